package eval

import (
	"math"
	"strings"
	"testing"

	"casus/internal/article"
	"casus/internal/doc"
	"casus/internal/extract/clause"
	"casus/internal/pipeline"
	"casus/internal/record"
	"casus/internal/text"
)

// spaced makes a document whose tokens are set apart by spaces.
func spaced(s string) *doc.Doc {
	d := doc.New(&article.Article{Text: s})
	s = strings.TrimSuffix(s, ".") // the stop is not a token here
	for at := int32(0); at < int32(len(s)); {
		n := strings.IndexByte(s[at:]+" ", ' ')
		d.Tokens = append(d.Tokens, doc.Token{Span: text.Span{Start: at, End: at + int32(n)}})
		at += int32(n) + 1
	}
	return d
}

func clauseOf(pred doc.TokenID, status string, in doc.ClauseID, args ...doc.Arg) doc.Clause {
	return doc.Clause{Pred: pred, Support: doc.NoToken, Status: status, Embedder: in, How: "say", Args: args}
}

func arg(role string, head doc.TokenID) doc.Arg { return doc.Arg{Role: role, Head: head} }

const clauseGold = `# a comment

Iran threatened to close the strait.
threatened A ag=Iran
close H <threatened ag=Iran pt=strait
~ Iran threatened and closed the strait.
threatened A ag=Iran
closed A ag=Iran pt=strait

Ann Lee said Bo and Cy fled from Oslo by car.
said A ag=Ann_Lee
fled A/P <said ag=Bo+Cy from=Oslo by?=car
Bo? A
`

func TestClausesCountsByHand(t *testing.T) {
	ledgers := map[string][]doc.Clause{
		// All right.
		"Iran threatened to close the strait.": {
			clauseOf(1, record.Actual, doc.NoClause, arg("agent", 0)),
			clauseOf(3, record.Hypothetical, 0, arg("agent", 0), arg("patient", 5)),
		},
		// The second predicate is missed, "strait" is one too many.
		"Iran threatened and closed the strait.": {
			clauseOf(1, record.Hypothetical, doc.NoClause, arg("patient", 0)),
			clauseOf(5, record.Actual, doc.NoClause),
		},
		// The holder is wrong; a conjunct and an unnamed oblique do not count.
		"Ann Lee said Bo and Cy fled from Oslo by car.": {
			clauseOf(2, record.Actual, doc.NoClause, arg("agent", 8)),
			clauseOf(6, record.Historical, 0, arg("agent", 3), arg("agent", 5), arg("from", 8), arg("by", 10), arg("in", 10)),
			clauseOf(3, record.Negated, doc.NoClause),
		},
	}
	r, err := Clauses(strings.NewReader(clauseGold), func(a *article.Article) *doc.Doc {
		d := spaced(a.Text)
		d.Clauses = ledgers[a.Text]
		return d
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []struct {
		row        string
		p, r, v    float64
		n          int
		singleRate bool
	}{
		{row: "predicates", p: 5. / 6, r: 5. / 6, n: 6},
		{row: "status", v: 4. / 6, n: 6, singleRate: true},
		{row: "non-actual coded actual", v: 0, n: 1, singleRate: true},
		{row: "actual coded non-actual", v: 1. / 4, n: 4, singleRate: true},
		{row: "pairs with every status right", v: 0, n: 1, singleRate: true},
		{row: "chain", p: 1. / 2, r: 1. / 2, n: 2},
		{row: "chain, embedders alone", p: 1, r: 1, n: 2},
		{row: "link say", v: 1. / 2, n: 2, singleRate: true},
		// Right: Iran, Iran, strait; Bo. Wrong: Iran as patient, Oslo as agent.
		// Missed: Iran, Iran, strait, Ann Lee.
		{row: "arguments, core", p: 4. / 6, r: 4. / 8, n: 8},
		{row: "arguments, oblique", p: 1, r: 1, n: 1},
		{row: "arguments", p: 5. / 7, r: 5. / 9, n: 9},
		{row: "status hypothetical", p: 1. / 2, r: 1, n: 1},
	} {
		got := rowNamed(t, r, want.row)
		if got.N != want.n {
			t.Errorf("%s: n = %d, want %d", want.row, got.N, want.n)
		}
		if want.singleRate {
			if near(got.Value, want.v) {
				continue
			}
			t.Errorf("%s = %v, want %v", want.row, *got.Value, want.v)
			continue
		}
		if !near(got.P, want.p) || !near(got.R, want.r) {
			t.Errorf("%s: P %v, R %v, want %v, %v", want.row, *got.P, *got.R, want.p, want.r)
		}
	}
}

func rowNamed(t *testing.T, r *Report, name string) Row {
	t.Helper()
	for _, row := range r.Rows {
		if row.Name == name {
			return row
		}
	}
	t.Fatalf("no row %q in %v", name, r.Rows)
	return Row{}
}

func near(got *float64, want float64) bool { return got != nil && math.Abs(*got-want) < 1e-9 }

func TestClausesWithoutLedger(t *testing.T) {
	r, err := Clauses(strings.NewReader(clauseGold), func(*article.Article) *doc.Doc { return nil })
	if err != nil {
		t.Fatal(err)
	}
	if got := rowNamed(t, r, "status"); *got.Value != 0 || got.N != 6 {
		t.Errorf("status = %v of %d, want 0 of 6", *got.Value, got.N)
	}
}

func TestClauseGoldErrors(t *testing.T) {
	for name, gold := range map[string]string{
		"no such word":      "He ran\nwalked A\n",
		"part of a word":    "He outran her\nran A\n",
		"second occurrence": "He ran\nran#2 A\n",
		"no such status":    "He ran\nran X\n",
		"no such embedder":  "He ran\nran A <said\n",
		"embedder unlined":  "He said she ran\nran A <said\n",
		"no such head":      "He ran\nran A ag=She\n",
		"no role":           "He ran\nran A He\n",
		"no such holder":    "He ran\nran A <ran:She\n",
	} {
		if _, err := readClauseGold(strings.NewReader(gold)); err == nil {
			t.Errorf("%s: no error for %q", name, gold)
		}
	}
}

func FuzzClauseGold(f *testing.F) {
	f.Add(clauseGold)
	f.Add("~ a\na A <?a:-\n")
	f.Fuzz(func(t *testing.T, s string) {
		sentences, err := readClauseGold(strings.NewReader(s))
		if err != nil {
			return
		}
		for _, g := range sentences {
			for _, p := range g.preds {
				if p.at.End <= p.at.Start || int(p.at.End) > len(g.text) || len(p.status) == 0 {
					t.Errorf("bad predicate %+v of %q", p, g.text)
				}
			}
		}
	})
}

// The embedded gold is whole: enough of it, and enough pairs.
func TestOwnClauseGold(t *testing.T) {
	sentences, pairs := 0, 0
	for _, part := range []string{"dev", "unseen"} {
		gold, err := readClauseGold(clause.Gold(part))
		if err != nil {
			t.Fatalf("%s: %v", part, err)
		}
		for i := range gold {
			if i > 0 && gold[i].group == gold[i-1].group {
				pairs++
			}
		}
		sentences += len(gold)
	}
	if sentences < 600 || pairs < 100 {
		t.Errorf("%d sentences and %d pairs, want 600 and 100", sentences, pairs)
	}
	if clause.Gold("test") != nil {
		t.Error("gold for an unknown part")
	}
}

// TestClauseGates measures the ledger on the dev part; -v lists what is wrong.
func TestClauseGates(t *testing.T) {
	if testing.Short() {
		t.Skip("loads the language model")
	}
	p, err := pipeline.New(pipeline.Options{})
	if err != nil {
		t.Fatal(err)
	}
	ledger := func(a *article.Article) *doc.Doc {
		d, _ := p.Run(a)
		return d
	}
	if testing.Verbose() {
		if err := ClauseErrors(t.Output(), clause.Gold("dev"), ledger); err != nil {
			t.Fatal(err)
		}
	}
	r, err := Clauses(clause.Gold("dev"), ledger)
	if err != nil {
		t.Fatal(err)
	}
	if got := *rowNamed(t, r, "status").Value; got < 0.92 {
		t.Errorf("status %.3f, want 0.92", got)
	}
	if got := *rowNamed(t, r, "non-actual coded actual").Value; got > 0.07 {
		t.Errorf("non-actual coded actual %.3f, want at most 0.07", got)
	}
	if got := *rowNamed(t, r, "actual coded non-actual").Value; got > 0.04 {
		t.Errorf("actual coded non-actual %.3f, want at most 0.04", got)
	}
	for name, floor := range map[string]float64{"chain": 0.89, "arguments": 0.91} {
		if got := *rowNamed(t, r, name).F1; got < floor {
			t.Errorf("%s %.3f, want %.2f", name, got, floor)
		}
	}
	if err := r.WriteTable(t.Output()); err != nil {
		t.Fatal(err)
	}
}

package eval

import (
	"slices"
	"strings"
	"testing"

	"casus/internal/article"
	"casus/internal/record"
)

func TestOwnStatementGoldReads(t *testing.T) {
	challenge, articles := 0, 0
	for _, part := range []string{"dev", "unseen"} {
		items, err := readStatementGold(OwnStatementGold(part))
		if err != nil {
			t.Errorf("%s: %v", part, err)
		}
		for _, it := range items {
			if it.date == "" {
				challenge++
			} else {
				articles++
			}
		}
	}
	if challenge < 150 || articles < 30 {
		t.Errorf("%d challenge items, %d articles", challenge, articles)
	}
	if OwnStatementGold("other") != nil {
		t.Error("a part that does not exist")
	}
}

// Three statements, one of them in a chain, and two counts in conflict.
const smallStatementGold = `# a comment
## one report 2026-01-02
= Herders flee
An aide told the Gazette that 40 herders fled. "Nobody fled," Mayor Ana Lupo told reporters.
The army said 12 herders fled. A nurse denied seeing them, the Echo reported.
@s1 indirect | An aide | told | that 40 herders fled | to=the Gazette | via=outlet:Gazette | anon=insider
@s2 direct | Mayor Ana Lupo | told | Nobody fled | who=Ana Lupo | to=reporters
@s3 indirect | The army | said | 12 herders fled
@s4 indirect | A nurse | denied | seeing them | pol=denies | anon=witness | opt
%c1 40 herders fled | 40 herders/people | by=An aide | disputes=c2 | denied=Ana Lupo
%c2 12 herders fled | 12 herders | by=The army
`

// codedSmall finds two of the three, gives one of them a wrong speaker, makes up a
// third, and sees one of the two counts.
func codedSmall(t *testing.T, a *article.Article) *record.Document {
	span := func(words string) record.Span { return recordSpan(t, a.Text, words) }
	ptr := func(words string) *record.Span { s := span(words); return &s }
	id := func(s string) *string { return &s }
	actor := func(id, name string, mentions ...string) record.Actor {
		out := record.Actor{ID: id, Name: name}
		for _, m := range mentions {
			out.Mentions = append(out.Mentions, record.Mention{Span: span(m), Form: "name"})
		}
		return out
	}
	forty, twelve := 40.0, 12.0
	return &record.Document{
		Article: record.Article{Text: a.Text, Title: &a.Title},
		Actors: []record.Actor{
			actor("a1", "aide", "An aide"), actor("a2", "Gazette", "the Gazette"), actor("a3", "Ana Lupo", "Ana Lupo"),
			actor("a4", "reporters", "reporters"), actor("a5", "army", "The army"),
		},
		Statements: []record.Statement{
			{
				ID: "s1", Kind: "indirect", Speaker: id("a1"), Source: ptr("An aide"), Cue: ptr("told"), Content: []record.Span{span("40 herders fled")}, Polarity: "affirms",
				Addressees: []string{"a2"}, Via: []record.Via{{Kind: "outlet", Name: "the Gazette"}}, Anonymous: true, SourceClass: id("official"),
			},
			{
				ID: "s2", Kind: "direct", Speaker: id("a5"), Source: ptr("Mayor Ana Lupo"), Content: []record.Span{span("Nobody fled")}, Polarity: "denies",
				Addressees: []string{"a1"}, Via: []record.Via{{Kind: "platform", Name: "X"}},
			},
			{ID: "s3", Kind: "indirect", Content: []record.Span{span("the Echo reported")}, Polarity: "affirms"},
			{ID: "s4", Kind: "indirect", Source: ptr("A nurse"), Content: []record.Span{span("seeing them")}, Polarity: "denies", Addressees: []string{"a4"}},
		},
		Claims: []record.Claim{
			{
				ID: "c1", Span: span("40 herders fled"), Quantity: &record.Quantity{Low: &forty, High: &forty, Unit: "herders"}, AssertedBy: []string{"a1"}, Disputes: []string{"c2"},
				DisputedBy: []record.Dispute{{Actor: "a3", Kind: "denied"}, {Article: true, Kind: "called-false"}},
			},
			{ID: "c2", Span: span("12 herders fled"), Quantity: &record.Quantity{Low: &twelve, Unit: "herders"}, Disputes: []string{"c1"}},
		},
	}
}

func TestStatementGold(t *testing.T) {
	r, err := StatementGold(strings.NewReader(smallStatementGold), func(a *article.Article) *record.Document { return codedSmall(t, a) })
	if err != nil {
		t.Fatal(err)
	}
	got := rows(r)
	prf := func(name string, p, rec float64) {
		t.Helper()
		if w := got[name]; w.P == nil || !near(w.P, p) || !near(w.R, rec) {
			t.Errorf("%s: %+v, want %.3f %.3f", name, w.Note, p, rec)
		}
	}
	// s1 and s2 of three are found; s3 of the prediction is false, s4 optional.
	prf("statements found", 2./3, 2./3)
	prf("statements attributed", 2./3, 2./3)
	prf("statements exact", 2./3, 2./3) // "that" aside
	prf("chain", 1./2, 1)               // the post on X is made up
	prf("addressees", 1./2, 1./2)       // the aide for the reporters; that of the optional one is free
	prf("quantities", 1./2, 1./2)       // 12 or more is not 12
	prf("dispute links", 2./3, 1)       // the conflict counts once; the article disputes nothing
	share := func(name string, ok, n int) {
		t.Helper()
		if w := got[name]; w.N != n || !near(w.Value, ratio(ok, n)) {
			t.Errorf("%s: %+v, want %d of %d", name, w, ok, n)
		}
	}
	share("speaker", 1, 2)
	share("cue", 1, 2)
	share("anonymous", 2, 2)
	share("class of anonymous", 0, 1)
	share("polarity", 1, 2)
	share("claims: asserted by", 1, 2)
	share("dispute kind", 1, 1)
	share("attributed: report", 2, 3)
	if !slices.ContainsFunc(r.Errors, func(e string) bool { return strings.HasPrefix(e, "one missed:") }) {
		t.Errorf("errors %q do not tell the missed statement", r.Errors)
	}
}

func TestStatementGoldRefuses(t *testing.T) {
	for name, c := range map[string]struct{ gold, want string }{
		"text before an item":   {"Hello.\n", "line 1"},
		"no kind":               {"## one\n", "line 1"},
		"bad date":              {"## one k yesterday\n", "yesterday"},
		"words not there":       {"## one k\nShe left.\n@s1 indirect | She | said | left\n", `"said" is not in the text`},
		"half a word":           {"## one k\nShe left.\n@s1 indirect | Sh | left | left\n", `"Sh" is not in the text`},
		"no such occurrence":    {"## one k\nShe left.\n@s1 indirect | She#2 | left | left\n", `"She" is not in the text`},
		"unknown kind":          {"## one k\nShe left.\n@s1 loud | She | left | left\n", "loud"},
		"unknown class":         {"## one k\nShe left.\n@s1 direct | She | - | left | anon=spy\n", "spy"},
		"unknown link":          {"## one k\nShe left.\n@s1 direct | She | - | left | via=phone:X\n", "phone"},
		"unknown key":           {"## one k\nShe left.\n@s1 direct | She | - | left | by=X\n", "by"},
		"unknown statement":     {"## one k\nShe left.\n@s1 direct | She | - | left | in=s9\n", "s9"},
		"unknown claim":         {"## one k\n40 left.\n%c1 40 left | 40 people | disputes=c2\n", "c2"},
		"quantity not a number": {"## one k\n40 left.\n%c1 40 left | forty people\n", "forty"},
	} {
		_, err := StatementGold(strings.NewReader(c.gold), nil)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %q", name, err, c.want)
		}
	}
}

func TestStatementGoldSpans(t *testing.T) {
	items, err := readStatementGold(strings.NewReader("## one k\n= He said\nHe said she said he said it was late and cold today.\n@s1 indirect | he | said | it was … cold\n@s2 indirect | she | said#1 | he said it | via=document:letter/outlet:Post > platform:X\n"))
	if err != nil {
		t.Fatal(err)
	}
	g := &items[0]
	v := &stmtView{stmtItem: g, x: newQuoteText(g.text())}
	for i, want := range []struct{ source, cue, content string }{{"he", "said", "it was late and cold"}, {"she", "said", "he said it"}} {
		s := g.statements[i]
		if v.cut(s.content...) != want.content || v.cut(s.sources...) != want.source || v.cut(s.cues...) != want.cue {
			t.Errorf("%s: %q %q %q", s.id, v.cut(s.content...), v.cut(s.sources...), v.cut(s.cues...))
		}
	}
	if cue := g.statements[0].cues[0]; cue[1]+1 != g.statements[0].content[0][0] {
		t.Errorf("the cue %v is not the one nearest to the content", cue)
	}
	link := g.statements[1].via[0]
	if !slices.Equal(link.kinds, []string{"document", "outlet"}) || !slices.Equal(link.names, []string{"letter", "Post"}) {
		t.Errorf("link %v", link)
	}
}

func TestSameAmountAndUnit(t *testing.T) {
	num := func(v float64) *float64 { return &v }
	for _, c := range []struct {
		gold      string
		low, high *float64
		unit      string
		amount    bool
		sameUnit  bool
	}{
		{"12 people", num(12), num(12), "person", true, true},
		{"12 people", num(12), nil, "people", false, true},
		{"40.. deaths", num(40), nil, "killed", true, true},
		{"..500 jobs", num(0), num(500), "job cuts", true, true},
		{"..500 jobs", nil, num(500), "banks", true, false},
		{"2000..3000 barrels", num(2000), num(3000), "barrels of oil", true, true},
		{"~40 -", num(36), num(44), "anything", true, true},
		{"~40 -", num(20), num(44), "anything", false, true},
		{"200..1000 or 200.. homes", num(200), nil, "homes", true, true},
	} {
		amounts, units, err := parseAmounts(c.gold)
		if err != nil {
			t.Fatal(err)
		}
		g := &claimGold{amounts: amounts, units: units}
		if got := g.sameAmount(&record.Quantity{Low: c.low, High: c.high}); got != c.amount {
			t.Errorf("%s: amount %t", c.gold, got)
		}
		if got := g.sameUnit(c.unit); got != c.sameUnit {
			t.Errorf("%s: unit %q %t", c.gold, c.unit, got)
		}
	}
}

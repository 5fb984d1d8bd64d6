package claim

import (
	"fmt"
	"math"
	"os"
	"strings"
	"testing"

	"casus/internal/article"
	"casus/internal/doc"
	"casus/internal/lang/token"
	"casus/internal/marked"
)

// tokens returns a document with its tokens alone.
func tokens(t testing.TB, text string) *doc.Doc {
	t.Helper()
	sp, err := token.Default()
	if err != nil {
		t.Fatal(err)
	}
	d := doc.New(&article.Article{Text: text})
	d.Blocks, d.Sentences, d.Tokens = sp.Split(d)
	return d
}

func lexiconOf(t testing.TB) *lexicon {
	t.Helper()
	f, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	return f.lx
}

// label writes a number as the marked file does.
func label(n number) string {
	num := func(v float64) string {
		if math.IsInf(v, 1) {
			return "inf"
		}
		s := fmt.Sprintf("%.4f", v)
		return strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	s := num(n.low) + "," + num(n.high)
	switch {
	case n.percent:
		s += ",percent"
	case n.currency != "":
		s += "," + n.currency
	}
	return s
}

func TestNumbers(t *testing.T) {
	f, err := os.Open("testdata/numbers.marked")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sentences, err := marked.Read(f)
	if err != nil {
		t.Fatal(err)
	}
	lx := lexiconOf(t)
	for _, s := range sentences {
		d := tokens(t, s.Text)
		sc := newScanner(lx, d)
		var got, want []string
		for _, sent := range d.Sentences {
			for _, n := range sc.scan(sent) {
				got = append(got, d.Words(n.first, n.end)+"|"+label(n))
			}
		}
		for _, sp := range s.Spans {
			want = append(want, sp.Of(s.Text)+"|"+sp.Label)
		}
		if g, w := strings.Join(got, "; "), strings.Join(want, "; "); g != w {
			t.Errorf("line %d: %s\n got %s\nwant %s", s.Line, s.Text, g, w)
		}
	}
}

func TestHedges(t *testing.T) {
	lx := lexiconOf(t)
	for text, want := range map[string]string{
		"At least 12 died.":               "At least",
		"They died by the thousands.":     "by the thousands",
		"An estimated 40 died.":           "An estimated",
		"Some 40 or so died.":             "Some",
		"As many as 30 died.":             "As many as",
		"Between 3 and 5 died.":           "Between",
		"Tens of thousands died.":         "Tens of thousands",
		"Exactly 12 died.":                "Exactly",
		"In all 12 died.":                 "",
		"Hundreds died, police have said": "Hundreds",
	} {
		d := tokens(t, text)
		sc := newScanner(lx, d)
		ns := sc.scan(d.Sentences[0])
		if len(ns) != 1 {
			t.Errorf("%s: %d numbers, want 1", text, len(ns))
			continue
		}
		if got := ns[0].hedge.Of(text); got != want {
			t.Errorf("%s: hedge %q, want %q", text, got, want)
		}
	}
}

// Whatever the text, numbers lie in it, in order, with low never above high.
func FuzzNumbers(f *testing.F) {
	for _, s := range []string{"$1.2bn to 3 million of a", "half of a million of the 3rd", "between 3 and", "tens of thousands of", "a few", "5 or 4 or 3", "by the", "1,2,3.4.5%", "two-two-two hundred and and"} {
		f.Add(s)
	}
	lx := lexiconOf(f)
	f.Fuzz(func(t *testing.T, s string) {
		d := tokens(t, s)
		sc := newScanner(lx, d)
		for _, sent := range d.Sentences {
			last := sent.First
			for _, n := range sc.scan(sent) {
				if n.first < last || n.end <= n.first || n.end > sent.End {
					t.Fatalf("number [%d,%d) is out of order in %q", n.first, n.end, s)
				}
				if n.low > n.high || math.IsNaN(n.low) {
					t.Fatalf("interval [%g,%g) of %q", n.low, n.high, s)
				}
				last = n.end
			}
		}
	})
}

package quote

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"casus/internal/article"
	"casus/internal/doc"
	"casus/internal/text"
)

func show(d *doc.Doc, qs []doc.Quote) []string {
	var out []string
	for _, q := range qs {
		s := fmt.Sprint(q.Depth)
		if !q.Closed {
			s += "~"
		}
		if q.Continues {
			s += "+"
		}
		out = append(out, s+":"+q.Inner.Of(d.Text))
	}
	return out
}

func TestPairs(t *testing.T) {
	f, err := os.Open("testdata/pairs.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sc := bufio.NewScanner(f)
	n := 0
	for line := 1; sc.Scan(); line++ {
		if line <= 2 {
			continue
		}
		n++
		cols := strings.Split(sc.Text(), "\t")
		d := doc.New(&article.Article{Text: strings.ReplaceAll(cols[0], `\n`, "\n\n")})
		var want []string
		if len(cols) > 1 {
			want = cols[1:]
		}
		if diff := cmp.Diff(want, show(d, Find(d))); diff != "" {
			t.Errorf("line %d: %s\n%s", line, cols[0], diff)
		}
	}
	if n < 40 {
		t.Fatalf("only %d cases read", n)
	}
}

// words cuts a text into words and marks, as a stand-in for tokens.
func words(s string) []doc.Token {
	var out []doc.Token
	start := -1
	flush := func(i int) {
		if start >= 0 {
			out = append(out, doc.Token{Span: text.Span{Start: int32(start), End: int32(i)}})
			start = -1
		}
	}
	for i, r := range s {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if start < 0 {
				start = i
			}
		default:
			flush(i)
			if !unicode.IsSpace(r) {
				_, n := utf8.DecodeRuneInString(s[i:])
				out = append(out, doc.Token{Span: text.Span{Start: int32(i), End: int32(i + n)}})
			}
		}
	}
	flush(len(s))
	return out
}

func TestTokensOfInner(t *testing.T) {
	d := doc.New(&article.Article{Title: "The “deal” is off", Text: "“We will ‘rebuild’ it,” she said."})
	d.Tokens = words(d.Text)
	var got []string
	for _, q := range Find(d) {
		got = append(got, d.Words(q.First, q.End))
	}
	want := []string{"deal", "We will ‘rebuild’ it,", "rebuild"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// check fails unless the quotations keep the promises of the package.
func check(t *testing.T, d *doc.Doc, qs []doc.Quote) {
	t.Helper()
	for i, q := range qs {
		switch {
		case q.Span.Start > q.Inner.Start || q.Inner.Empty() || q.Inner.End > q.Span.End || int(q.Span.End) > len(d.Text):
			t.Fatalf("bad spans %v in %q", q, d.Text)
		case !utf8.ValidString(q.Inner.Of(d.Text)) && utf8.ValidString(d.Text):
			t.Fatalf("%v cuts a rune of %q", q, d.Text)
		case strings.Contains(q.Span.Of(d.Text), "\n"):
			t.Fatalf("%v crosses a block of %q", q, d.Text)
		case q.First > q.End:
			t.Fatalf("tokens of %v run backwards", q)
		}
		if i > 0 {
			p := qs[i-1]
			if p.Span.Start > q.Span.Start || q.Span.Start < p.Span.End && q.Span.End > p.Span.End {
				t.Fatalf("%v and %v cross or are out of order in %q", p, q, d.Text)
			}
		}
	}
}

func FuzzFind(f *testing.F) {
	for _, s := range []string{
		"“We go,” he said. ‘no’", "\"a 'b \"c\" d' e\"", "«a “b ‘c’”»", "‘’“”\"'`´«»", "''''''``", "“a\n“b\n“c”", "6'2\" \"x", "’”\n”,”",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d := doc.New(&article.Article{Text: s})
		d.Tokens = words(s)
		check(t, d, Find(d))
	})
}

// A text of nothing but marks must cost no more than its length.
func TestHostileTextIsLinear(t *testing.T) {
	for _, unit := range []string{"\"", " \"a", "“", "'a ", "‘a’ \"", "«“‘\"", "5\" "} {
		d := doc.New(&article.Article{Text: strings.Repeat(unit, 200_000)})
		check(t, d, Find(d)) // hangs if quadratic
	}
}

func BenchmarkFind(b *testing.B) {
	para := "“We will rebuild the bridge,” the mayor’s office said. “It won’t take a ‘decade’ to do.” Nobody at the ministry disagreed with that.\n"
	d := doc.New(&article.Article{Text: strings.Repeat(para, 20)})
	d.Tokens = words(d.Text)
	b.ReportAllocs()
	b.SetBytes(int64(len(d.Text)))
	for b.Loop() {
		Find(d)
	}
}

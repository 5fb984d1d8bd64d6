package token

import (
	"bufio"
	"os"
	"strings"
	"testing"

	"casus/internal/doc"
)

// cases yields the lines of a file of cases.
func cases(t *testing.T, path string, each func(line int, text string)) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sc := bufio.NewScanner(f)
	for n := 1; sc.Scan(); n++ {
		if l := sc.Text(); l != "" && l[0] != '#' {
			each(n, l)
		}
	}
	if err := sc.Err(); err != nil {
		t.Fatal(err)
	}
}

func TestSentenceEnds(t *testing.T) {
	const mark = " ¦ "
	cases(t, "testdata/sentences.txt", func(n int, text string) {
		d := split(t, "", strings.ReplaceAll(text, mark, " "))
		checkLayers(t, d)
		var got []string
		for _, s := range d.Sentences {
			got = append(got, d.Words(s.First, s.End))
		}
		if g := strings.Join(got, mark); g != text {
			t.Errorf("line %d:\n got %s\nwant %s", n, g, text)
		}
	})
}

func words(d *doc.Doc) string {
	var b strings.Builder
	for i, tok := range d.Tokens {
		if i > 0 {
			b.WriteByte(' ')
		}
		if tok.Glued {
			b.WriteByte('_')
		}
		b.WriteString(d.Word(doc.TokenID(i)))
	}
	return b.String()
}

func TestWords(t *testing.T) {
	cases(t, "testdata/words.txt", func(n int, text string) {
		in, want, _ := strings.Cut(text, "\t")
		d := split(t, "", in)
		checkLayers(t, d)
		if got := words(d); got != want {
			t.Errorf("line %d: %s\n got %s\nwant %s", n, in, got, want)
		}
	})
}

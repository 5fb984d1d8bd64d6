package encoder

import (
	"bufio"
	"compress/gzip"
	"os"
	"strings"
	"testing"

	"casus/internal/doc"
	"casus/internal/testkit"
)

// newsDocs returns the news documents of a treebank's development file: running
// text of about the length of articles.
func newsDocs(t testing.TB) []*doc.Doc {
	f, err := os.Open(testkit.Shared(t, "data/language/en_gum-ud-dev.conllu.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var docs []*doc.Doc
	var sentences, words []string
	sc := bufio.NewScanner(z)
	sc.Buffer(nil, 1<<20)
	for sc.Scan() {
		line := sc.Text()
		c := strings.Split(line, "\t")
		switch {
		case strings.HasPrefix(line, "# newdoc") && len(sentences) > 0:
			docs, sentences = append(docs, docOf(sentences...)), nil
		case line == "" && len(words) > 0:
			sentences, words = append(sentences, strings.Join(words, " ")), nil
		case len(c) == 10 && !strings.ContainsAny(c[0], "-."):
			words = append(words, strings.ReplaceAll(c[1], " ", ""))
		}
	}
	return append(docs, docOf(sentences...))
}

// BenchmarkAnnotate reports words per second on one core with a warm cache.
func BenchmarkAnnotate(b *testing.B) {
	docs, m := newsDocs(b), defaultModel(b)
	words := 0
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		d := docs[i%len(docs)]
		m.Annotate(d)
		words += len(d.Tokens)
	}
	b.ReportMetric(float64(words)/b.Elapsed().Seconds(), "words/s")
	b.ReportMetric(float64(words)/float64(b.N), "words/doc")
}

package timex

import (
	"testing"

	"casus/internal/article"
	"casus/internal/doc"
	"casus/internal/lang/encoder"
	"casus/internal/lang/lemma"
	"casus/internal/lang/token"
)

// newDoc returns a document of the text, with tokens and no further layers.
func newDoc(t testing.TB, s, published string) *doc.Doc {
	t.Helper()
	p, err := article.ParseStamp(published)
	if err != nil {
		t.Fatal(err)
	}
	sp, err := token.Default()
	if err != nil {
		t.Fatal(err)
	}
	d := doc.New(&article.Article{Text: s, Published: p})
	d.Blocks, d.Sentences, d.Tokens = sp.Split(d)
	return d
}

// parsedDoc is newDoc with tags, trees and names.
func parsedDoc(t testing.TB, s, published string) *doc.Doc {
	t.Helper()
	d := newDoc(t, s, published)
	m, err := encoder.Default()
	if err != nil {
		t.Fatal(err)
	}
	l, err := lemma.Default()
	if err != nil {
		t.Fatal(err)
	}
	d.Tags, d.Arcs, d.Names = m.Annotate(d)
	l.Fill(d, d.Tags)
	return d
}

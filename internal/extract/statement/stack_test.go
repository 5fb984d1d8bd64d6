package statement

import (
	"strconv"
	"sync"
	"testing"

	"casus/internal/article"
	"casus/internal/doc"
	"casus/internal/ground/timex"
	"casus/internal/lang/coref"
	"casus/internal/lang/encoder"
	"casus/internal/lang/lemma"
	"casus/internal/lang/quote"
	"casus/internal/lang/token"
	"casus/internal/record"
)

// A stack is the stages before this one, with the models that the program carries.
type stack struct {
	token   *token.Splitter
	encoder *encoder.Model
	lemma   *lemma.Lemmatiser
	times   *timex.Tagger
	coref   *coref.Resolver
}

var stacked = sync.OnceValues(func() (*stack, error) {
	s := &stack{}
	var err error
	for _, load := range []func() error{
		func() error { s.token, err = token.Default(); return err },
		func() error { s.encoder, err = encoder.Default(); return err },
		func() error { s.lemma, err = lemma.Default(); return err },
		func() error { s.times, err = timex.Default(); return err },
		func() error { s.coref, err = coref.New(nil); return err },
	} {
		if err := load(); err != nil {
			return nil, err
		}
	}
	return s, nil
})

// annotate returns the document with all layers that the finder reads; actors
// are the entities under their own names.
func annotate(t testing.TB, a *article.Article) *doc.Doc {
	t.Helper()
	s, err := stacked()
	if err != nil {
		t.Fatal(err)
	}
	d := doc.New(a)
	d.Blocks, d.Sentences, d.Tokens = s.token.Split(d)
	d.Quotes = quote.Find(d)
	d.Tags, d.Arcs, d.Names = s.encoder.Annotate(d)
	s.lemma.Fill(d, d.Tags)
	d.Times = s.times.Find(d)
	d.Mentions, d.Entities = s.coref.Resolve(d)
	for i := range d.Entities {
		d.Actors = append(d.Actors, record.Actor{ID: "a" + strconv.Itoa(i+1), Name: d.Entities[i].Name})
	}
	return d
}

func finder(t testing.TB) *Finder {
	t.Helper()
	f, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

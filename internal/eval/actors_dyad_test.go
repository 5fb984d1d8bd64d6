package eval

import (
	"bytes"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"casus/internal/article"
	"casus/internal/doc"
	"casus/internal/ground/actor"
	"casus/internal/ground/place"
	"casus/internal/lang/coref"
	"casus/internal/lang/encoder"
	"casus/internal/lang/lemma"
	"casus/internal/lang/quote"
	"casus/internal/lang/token"
	"casus/internal/record"
	"casus/internal/testkit"
)

// reader reads a sentence up to its actors.
type reader struct {
	t  *token.Splitter
	e  *encoder.Model
	l  *lemma.Lemmatiser
	p  *place.Resolver
	c  *coref.Resolver
	ac *actor.Linker
}

func newReader(t testing.TB) *reader {
	t.Helper()
	r := &reader{}
	var errs [6]error
	r.t, errs[0] = token.Default()
	r.e, errs[1] = encoder.Default()
	r.l, errs[2] = lemma.Default()
	r.p, errs[3] = place.New(nil)
	r.c, errs[4] = coref.New(nil)
	r.ac, errs[5] = actor.New(nil, nil)
	for _, err := range errs {
		if err != nil {
			t.Fatal(err)
		}
	}
	r.e = r.e.WithPlaces(r.p.IsPlaceName)
	return r
}

func (r *reader) read(a *article.Article) *doc.Doc {
	d := doc.New(a)
	d.Blocks, d.Sentences, d.Tokens = r.t.Split(d)
	r.annotate(d)
	d.Places = r.p.Find(d)
	d.Mentions, d.Entities = r.c.Resolve(d)
	d.Actors = r.ac.Link(d)
	return d
}

// annotate fills the language layers of a document that has its tokens.
func (r *reader) annotate(d *doc.Doc) {
	d.Quotes = quote.Find(d)
	d.Tags, d.Arcs, d.Names = r.e.Annotate(d)
	r.l.Fill(d, d.Tags)
}

type goldParty struct {
	Text, Code, Sector string
	CodeAlt            []string `json:"code_alt"`
}

// right reports whether an actor has the country code and the sector of a party.
func (g *goldParty) right(a *record.Actor) (country, sector bool) {
	code := str(a.Code)
	country = code == g.Code || slices.Contains(g.CodeAlt, code) || g.Code == "IGO" && (code == "UNO" || code == "EUR" || code == "NGO")
	sector = g.Sector == "" || len(a.Sectors) > 0 && slices.Contains(a.Sectors, g.Sector)
	return
}

// mentionOf returns the actor of the mention that overlaps the party's words most.
func mentionOf(d *doc.Doc, words string) *record.Actor {
	at := strings.Index(d.Text, words)
	if at < 0 {
		return nil
	}
	var best *record.Actor
	score := 0.0
	for i := range d.Mentions {
		m := &d.Mentions[i]
		sp := d.Range(m.First, m.End)
		lo, hi := max(int(sp.Start), at), min(int(sp.End), at+len(words))
		if hi <= lo {
			continue
		}
		if s := float64(hi-lo) / float64(max(int(sp.End), at+len(words))-min(int(sp.Start), at)); s > score {
			score, best = s, &d.Actors[m.Entity]
		}
	}
	if score < 0.2 {
		return nil
	}
	return best
}

// Country and sector of the sources and targets of the field's gold records,
// from their words alone and from the mention in the sentence.
func TestDyadActors(t *testing.T) {
	data, err := os.ReadFile(testkit.Shared(t, "data/events/dev/gsr.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	r := newReader(t)
	var n, sectors, phraseOK, phraseSec, found, docOK, docSec int
	for line := range bytes.Lines(data) {
		var g struct {
			ID, Text, Date string
			Expected       []struct{ Source, Target []goldParty }
		}
		if err := json.Unmarshal(line, &g); err != nil {
			t.Fatal(err)
		}
		day, err := article.ParseStamp(g.Date)
		if err != nil {
			t.Fatal(err)
		}
		d := r.read(&article.Article{Text: g.Text, Published: day})
		for _, e := range g.Expected {
			for _, p := range append(append([]goldParty{}, e.Source...), e.Target...) {
				n++
				if p.Sector != "" {
					sectors++
				}
				a := r.ac.Phrase(p.Text, "", g.Date)
				c, s := p.right(&a)
				phraseOK += one(c)
				phraseSec += one(s && p.Sector != "")
				b := mentionOf(d, p.Text)
				var bc, bs bool
				if b != nil {
					found++
					bc, bs = p.right(b)
					docOK += one(bc)
					docSec += one(bs && p.Sector != "")
				} else {
					b = &record.Actor{}
				}
				if testing.Verbose() && (!c || !s || !bc || !bs) {
					t.Logf("%-12s %q want %s/%s  phrase %s%v %v  doc %q %s%v %v", g.ID[len(g.ID)-12:], p.Text, p.Code, p.Sector, str(a.Code), a.Sectors, a.Why, b.Name, str(b.Code), b.Sectors, b.Why)
				}
			}
		}
	}
	t.Logf("%d parties: phrase country %.3f sector %.3f; found in the sentence %.3f, country %.3f sector %.3f",
		n, ratio(phraseOK, n), ratio(phraseSec, sectors), ratio(found, n), ratio(docOK, n), ratio(docSec, sectors))
	if v := ratio(docOK, n); v < .75 {
		t.Errorf("country right for %.3f of the parties, want at least .75", v)
	}
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

// BenchmarkActors measures coreference and linking over news articles, by article.
func BenchmarkActors(b *testing.B) {
	data, err := os.ReadFile(testkit.Shared(b, "data/places/trnews.dev.jsonl"))
	if err != nil {
		b.Fatal(err)
	}
	r := newReader(b)
	var docs []*doc.Doc
	words := 0
	for line := range bytes.Lines(data) {
		var g struct{ Text string }
		if err := json.Unmarshal(line, &g); err != nil {
			b.Fatal(err)
		}
		if d := r.read(&article.Article{Text: g.Text}); len(docs) < 30 {
			docs = append(docs, d)
			words += len(d.Tokens)
		} else {
			break
		}
	}
	b.Run("coref", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			d := docs[i%len(docs)]
			d.Mentions, d.Entities = r.c.Resolve(d)
		}
		b.ReportMetric(float64(words)/float64(len(docs)), "tokens/article")
	})
	b.Run("link", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			r.ac.Link(docs[i%len(docs)])
		}
	})
}

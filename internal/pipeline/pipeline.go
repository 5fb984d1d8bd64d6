// Package pipeline runs the stages over one article, in order. The whole order
// can be read in [Pipeline.language] and [Pipeline.records]; nothing else
// assigns a layer of a document. One layer is written twice: who is one with
// whom is known better once the knowledge base has been asked.
//
// What must hold: the same article and coder give the same records, whatever
// ran before or runs beside; a fault in a stage becomes an outcome that names
// the stage, and never reaches another article.
package pipeline

import (
	"fmt"
	"io/fs"

	"casus/internal/article"
	"casus/internal/doc"
	"casus/internal/extract/claim"
	"casus/internal/extract/clause"
	"casus/internal/extract/event"
	"casus/internal/extract/statement"
	"casus/internal/ground/actor"
	"casus/internal/ground/place"
	"casus/internal/ground/timex"
	"casus/internal/lang/coref"
	"casus/internal/lang/encoder"
	"casus/internal/lang/ident"
	"casus/internal/lang/lemma"
	"casus/internal/lang/quote"
	"casus/internal/lang/token"
	"casus/internal/record"
)

// Options of a pipeline.
type Options struct {
	Rules   fs.FS  // laid over the built-in rules and lexicons; may be nil
	Version string // of the program, for the records
}

// A Pipeline holds the loaded models, lexicons and rules. It is safe for
// concurrent use.
type Pipeline struct {
	token     *token.Splitter
	encoder   *encoder.Model
	lemma     *lemma.Lemmatiser
	times     *timex.Tagger
	coref     *coref.Resolver
	places    *place.Resolver
	actors    *actor.Linker
	clauses   *clause.Analyser
	statement *statement.Finder
	events    *event.Coder
	claims    *claim.Finder
	coder     record.Coder
}

// A Trace follows an article through the stages.
type Trace struct {
	stage string
}

// Parse returns the document with its language layers.
func (p *Pipeline) Parse(a *article.Article) *doc.Doc {
	d := doc.New(a)
	d.Blocks, d.Sentences, d.Tokens = p.token.Split(d)
	p.language(d, &Trace{})
	return d
}

// Language fills the language layers of a document that has its tokens.
func (p *Pipeline) Language(d *doc.Doc) { p.language(d, &Trace{}) }

func (p *Pipeline) language(d *doc.Doc, t *Trace) {
	t.stage = "quotation marks"
	d.Quotes = quote.Find(d)
	t.stage = "language"
	d.Tags, d.Arcs, d.Names = p.encoder.Annotate(d)
	p.lemma.Fill(d, d.Tags)
}

// Run codes one article. Text cannot be wrong, so it returns no error.
func (p *Pipeline) Run(a *article.Article) (*doc.Doc, *record.Document) {
	return p.run(a, &Trace{})
}

func (p *Pipeline) run(a *article.Article, t *Trace) (*doc.Doc, *record.Document) {
	out := p.empty(a)
	t.stage = "language"
	code, ok := ident.Detect(a.Text, a.Language)
	out.Article.Language = record.Ptr(code)
	if !ok {
		out.Outcome = &record.Outcome{Stage: t.stage, Code: "unsupported-language", Reason: fmt.Sprintf("the text is in %q; casus reads English", code)}
		return nil, out
	}
	d := doc.New(a)
	t.stage = "tokens"
	d.Blocks, d.Sentences, d.Tokens = p.token.Split(d)
	out.Article.Sentences = sentences(d)
	p.language(d, t)
	p.records(d, out, t)
	return d, out
}

// records fills the layers that say when, where and who, and the records.
func (p *Pipeline) records(d *doc.Doc, out *record.Document, t *Trace) {
	t.stage = "clauses"
	p.clauses.Mend(d)
	t.stage = "dates"
	d.Times = p.times.Find(d)
	numberTimes(d)
	t.stage = "places"
	d.Places = p.places.Find(d)
	out.Places = numberPlaces(d)
	t.stage = "coreference"
	d.Mentions, d.Entities = p.coref.Resolve(d)
	t.stage = "actors"
	d.Actors = p.actors.Link(d)
	d.Mentions, d.Entities, d.Actors = p.actors.Unite(d)
	t.stage = "clauses"
	d.Clauses = p.clauses.Find(d)
	t.stage = "statements"
	out.Statements = append(out.Statements, p.statement.Find(d)...)
	t.stage = "events"
	found := p.events.Find(d, out.Statements)
	out.Events = found.Events
	p.describe(d, found.Actors)
	out.Actors = append(out.Actors, append(d.Actors, found.Actors...)...)
	out.Article.Genre = record.Ptr(found.Genre)
	for i, why := range found.Background {
		out.Article.Sentences[i].Background = why
	}
	t.stage = "claims"
	out.Claims = append(out.Claims, p.claims.Find(d, out.Statements, out.Events)...)
	t.stage = "records"
	assemble(d, out)
}

// describe says what is known of participants that only words stand for: "the
// rebels", "Kurdish villagers".
func (p *Pipeline) describe(d *doc.Doc, actors []record.Actor) {
	for i := range actors {
		a := &actors[i]
		if a.Code != nil || len(a.Sectors) > 0 || len(a.Mentions) == 0 || a.Mentions[0].Form == doc.FormPronoun {
			continue
		}
		known := p.actors.Phrase(a.Name, "", d.Article.Published.String())
		a.Code, a.Country, a.Sectors = known.Code, known.Country, append(a.Sectors, known.Sectors...)
	}
}

// Code codes one article. A fault in a stage becomes the document's outcome.
func (p *Pipeline) Code(a *article.Article) (out *record.Document) {
	t := &Trace{}
	defer func() {
		if r := recover(); r != nil {
			out = p.empty(a)
			out.Outcome = &record.Outcome{Stage: t.stage, Code: "internal-error", Reason: fmt.Sprintf("fault in stage %q: %v; please report it with the article", t.stage, r)}
		}
	}()
	_, out = p.run(a, t)
	return out
}

// Phrase codes an actor phrase that stands alone, on a date that may be unknown.
func (p *Pipeline) Phrase(text, context, date string) record.Actor {
	return p.actors.Phrase(text, context, date)
}

// Rules returns the event rules by id.
func (p *Pipeline) Rules() []event.Rule { return p.events.Rules() }

// CheckRules codes the sentences beside the rules and returns those that come
// out otherwise than their rules say, and how many there were.
func (p *Pipeline) CheckRules(code func(text string) *record.Document) ([]event.Failure, int) {
	return p.events.Check(code)
}

// Clauses returns the ledger of a coded document in words.
func (p *Pipeline) Clauses(d *doc.Doc) string { return clause.Dump(d, d.Clauses) }

// Coder says what made the records.
func (p *Pipeline) Coder() record.Coder { return p.coder }

// empty returns the document of an article without records.
func (p *Pipeline) empty(a *article.Article) *record.Document {
	return &record.Document{
		Schema: record.Schema, Coder: p.coder,
		Article: record.Article{
			ID: a.ID, URL: record.Ptr(a.URL), Outlet: record.Ptr(a.Outlet), Title: record.Ptr(a.Title), Byline: record.Ptr(a.Byline),
			Published: record.Ptr(a.Published.String()), Language: record.Ptr(a.Language), Text: a.Text, Sentences: []record.Sentence{},
		},
		Actors: []record.Actor{}, Places: []record.Place{}, Times: []record.Time{}, Events: []record.Event{}, Statements: []record.Statement{}, Claims: []record.Claim{},
	}
}

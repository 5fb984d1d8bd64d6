// Package place finds the names of places in a document and says which place
// each means.
//
// It owns the gazetteer: a compiled table of GeoNames and Natural Earth
// (gazetteer.zst, built by tools/gazbuild), and tables by hand of countries,
// regions, demonyms, abbreviations, nicknames and metonyms (en/*.tsv), and the
// home countries of publishers. Attribution is in NOTICE.
//
// What must hold: every location lies within the text and its words are those
// under its span; a name has one sense in a document unless the words beside it
// say otherwise ("London, Ont."); what lost is kept with its score; a mention
// that is no likely place is not returned at all. The same document gives the
// same locations. Cost is linear in the length of the text.
package place

import (
	"io/fs"

	"casus/internal/doc"
	"casus/internal/overlay"
	"casus/internal/text"
)

// A Resolver finds and resolves place names. It is safe for concurrent use.
type Resolver struct {
	g       *Gazetteer
	words   words
	usage   map[string]usage
	outlets *Outlets
}

// New returns a resolver over the built-in tables with those of over, which may
// be nil, laid over them.
func New(over fs.FS) (*Resolver, error) {
	fsys := fs.FS(embedded)
	load := Default
	if over != nil {
		fsys = overlay.FS{Over: over, Under: embedded}
		load = func() (*Gazetteer, error) { return Load(fsys) }
	}
	r := &Resolver{}
	var err error
	if r.g, err = load(); err != nil {
		return nil, err
	}
	if r.words, err = loadWords(fsys); err != nil {
		return nil, err
	}
	if r.usage, err = loadUsage(fsys); err != nil {
		return nil, err
	}
	if r.outlets, err = LoadOutlets(fsys); err != nil {
		return nil, err
	}
	return r, nil
}

// Gazetteer returns the gazetteer of the resolver.
func (r *Resolver) Gazetteer() *Gazetteer { return r.g }

// Find returns the places that the document names, in order of the text. It
// needs tokens and sentences; names, tags and trees make it better.
func (r *Resolver) Find(d *doc.Doc) []doc.Location {
	s := newScan(r, d)
	s.cut()
	s.evidence()
	s.match()
	s.resolve()
	return s.locations(nil)
}

// At resolves the given spans, as an evaluation with gold mentions needs it:
// the result is parallel to spans, with the zero Location where the resolver
// knows no place. What else the document names serves as context.
func (r *Resolver) At(d *doc.Doc, spans []text.Span) []doc.Location {
	s := newScan(r, d)
	s.cut()
	s.evidence()
	s.match()
	s.given(spans)
	s.resolve()
	return s.locations(spans)
}

// scan is the work on one document.
type scan struct {
	r        *Resolver
	g        *Gazetteer
	d        *doc.Doc
	units    []unit
	heading  []heading
	nameOf   []int32         // per token, the outermost name that covers it, or -1
	ner      bool            // names are known
	people   map[string]bool // folded family names
	lower    map[string]bool // folded words that also stand in lower case
	mentions []mention
	groups   []groupOf
	byKey    map[string]int32
	home     int16 // the publisher's country, or -1
	focus    int16 // the country that most names lie in, or -1
	all, own tally
	buf      []byte
	rows     []int32
	bearer   []bearer
}

func newScan(r *Resolver, d *doc.Doc) *scan {
	return &scan{
		r: r, g: r.g, d: d, people: map[string]bool{}, lower: map[string]bool{}, byKey: map[string]int32{}, all: newTally(), own: newTally(),
		units: make([]unit, 0, len(d.Tokens)+len(d.Tokens)/8), buf: make([]byte, 0, maxKey), ner: d.Names != nil || d.Tags != nil,
	}
}

// IsPlaceName reports whether the words name a country, a division or a town,
// rather than a sea or a range: what the language model calls GPE, not LOC.
func (r *Resolver) IsPlaceName(words string) bool { return r.g.IsPolity(words) }

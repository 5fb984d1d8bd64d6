// Package event derives the events of an article from its ledger of clauses.
//
// It owns the rules that say which predicate with which arguments is which act,
// and what follows from them: who takes part, when and where, whether it
// happened and on whose word, which tellings are one happening, and how sure
// the coder is. It reads the clauses' status and never overrules it: an act
// that was only threatened, planned or denied becomes what PLOVER makes of it
// (a threat, an agreement, a refusal) or stays unshown.
//
// What must hold: every event says which rule and which words made it; the same
// document gives the same events; nothing here fails on any document.
package event

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"sync"

	"casus/internal/doc"
	"casus/internal/extract/clause"
	"casus/internal/extract/codebook"
	"casus/internal/record"
	"casus/internal/table"
)

//go:embed en
var embedded embed.FS

// Files returns the embedded rules and lexicons, for laying a user's folder
// over them.
func Files() fs.FS { return embedded }

// A Coder finds events. It never changes once loaded and may be shared.
type Coder struct {
	book     *codebook.Book
	rules    *ruleset
	people   map[string]bool     // nouns that act
	suffixes []string            // endings of nouns that act
	contexts map[string][]string // lemma: PLOVER contexts
	analyser *clause.Analyser
	fsys     fs.FS // that it was loaded from
	lang     string
	genres   genreTable
	voices   voices
	weights  weights
}

// Default returns the coder with the embedded English rules.
var Default = sync.OnceValues(func() (*Coder, error) { return Load(embedded, "en") })

// Load reads rules and lexicons from the folder of a language; clauses are read
// with the built-in lexicons of [clause.Default].
func Load(fsys fs.FS, lang string) (*Coder, error) {
	a, err := clause.Default()
	if err != nil {
		return nil, err
	}
	return LoadWith(fsys, lang, a)
}

// LoadWith is [Load] with the clause analyser given, which learns the nouns and
// verbs of the rules.
func LoadWith(fsys fs.FS, lang string, a *clause.Analyser) (*Coder, error) {
	c := &Coder{fsys: fsys, lang: lang, analyser: a, book: codebook.Default(), people: map[string]bool{}, contexts: map[string][]string{}}
	var err error
	if c.rules, err = loadRules(fsys, lang, c.book, false); err != nil {
		return nil, fmt.Errorf("load event rules: %w", err)
	}
	err = table.Read(fsys, path.Join(lang, "people.tsv"), []string{"lemma"}, func(r *table.Row) error {
		l := r.Get("lemma")
		if suffix, ok := strings.CutPrefix(l, "-"); ok {
			c.suffixes = append(c.suffixes, suffix)
		} else {
			c.people[l] = true
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("load event lexicons: %w", err)
	}
	err = table.Read(fsys, path.Join(lang, "contexts.tsv"), []string{"lemma", "context"}, func(r *table.Row) error {
		if !c.book.HasContext(r.Get("context")) {
			return r.Errorf("no context %q", r.Get("context"))
		}
		c.contexts[r.Get("lemma")] = append(c.contexts[r.Get("lemma")], r.Get("context"))
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("load event lexicons: %w", err)
	}
	if c.weights, err = loadWeights(fsys, path.Join(lang, "confidence.tsv")); err != nil {
		return nil, fmt.Errorf("load event lexicons: %w", err)
	}
	if c.genres, err = loadGenres(fsys, path.Join(lang, "genres.tsv")); err != nil {
		return nil, fmt.Errorf("load event lexicons: %w", err)
	}
	if c.voices, err = loadVoices(fsys, lang); err != nil {
		return nil, fmt.Errorf("load event lexicons: %w", err)
	}
	c.analyser.AddNouns(c.rules.nouns...)
	c.analyser.AddVerbs(c.rules.verbs...)
	c.analyser.AddAdjectives(c.rules.adjs...)
	return c, nil
}

// Clauses returns the clause analyser that knows the nouns and adjectives of
// the rules.
func (c *Coder) Clauses() *clause.Analyser { return c.analyser }

// Rules returns the rules by id, with their examples. It reads the files anew.
func (c *Coder) Rules() []Rule {
	rs, err := loadRules(c.fsys, c.lang, c.book, true)
	if err != nil { // an example that is not YAML: the rules themselves loaded
		return c.rules.rules
	}
	return rs.rules
}

// A Result is what an article's events are, and what else was learnt.
type Result struct {
	Events []record.Event
	// Actors are participants that no entity stands for, named by their words
	// alone. Their ids follow those of the document's actors.
	Actors []record.Actor
	Genre  string
	// Background says for each sentence why its events are background, or "".
	Background []string
}

// Find returns the events of d, which must have clauses. Statements say on whose
// word an event stands.
func (c *Coder) Find(d *doc.Doc, statements []record.Statement) Result {
	f := newFinder(c, d, statements)
	f.genre = c.guess(d)
	f.matchAll()
	f.actAll()
	f.background()
	events := f.records()
	return Result{Events: events, Actors: f.extra, Genre: f.genre.name, Background: f.sentenceFlags}
}

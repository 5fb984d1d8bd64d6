// Package actor says who the entities of a document are: it links them to the
// knowledge base on the document's date and gives them country, sectors and
// role, from their own words first and the knowledge base second.
//
// One analyser reads an actor phrase ("a former CIA official", "Poland's foreign
// minister, Radosław Sikorski"): countries, demonyms, possessors, names, the
// nouns that name a sector, and what stands after a preposition. [Linker.Phrase]
// gives it a phrase that stands alone, [Linker.Link] the mentions of each entity
// with the evidence of the document. Word lists are in en/, facts in ground/kb.
//
// What must hold: what the text says of an actor beats the knowledge base; an
// office counts on the document's date; unknown stays nil and empty; every step
// leaves its rule in Actor.Why. The same document gives the same actors.
package actor

import (
	"embed"
	"fmt"
	"io/fs"
	"strings"

	"casus/internal/ground/kb"
	"casus/internal/ground/place"
	"casus/internal/lang/coref"
	"casus/internal/overlay"
	"casus/internal/record"
	"casus/internal/table"
)

//go:embed en/*.tsv
var files embed.FS

// Files returns the built-in word lists.
func Files() fs.FS { return files }

type class uint16

const (
	former class = 1 << iota // the post is over
	ahead                    // it has not begun
	count                    // transparent before "of"
	start                    // left out at the start of a phrase
	prep
	org     // ends the name of a body
	against // "an opponent of X" is not X's
	beside  // "a NATO member" is not NATO
	legal   // says what a company is before the law: "LLC"
)

var classes = map[string]class{"former": former, "ahead": ahead, "count": count, "start": start, "prep": prep, "org": org, "against": against, "joined": beside, "lead": 0, "legal": legal}

type lexeme struct {
	class  class
	prep   string // how the phrase after the preposition counts: of, in, from, to, for, with, and
	sector string // of the body whose name the word ends
}

type headNoun struct{ country, alone string }

// A Linker holds the knowledge base and the word lists. It is safe for
// concurrent use.
type Linker struct {
	kb      *kb.Base
	gaz     *place.Gazetteer
	words   map[string]lexeme
	heads   map[string]headNoun
	codes   map[string]string // ISO 3166 -> PLOVER country code where they differ
	names   map[string]string // ISO 3166 -> name of the country
	offices map[string]kb.Office
	titles  map[string][]string // folded title -> offices
	nouns   map[string]string   // lemma -> kind, as coreference has them
	given   map[string]bool     // folded given names
	leaders map[string]string   // country -> office that leads it
	spell   *spellings
}

// New returns a linker over the embedded knowledge base, gazetteer and word
// lists. The CSV files of facts are laid over the knowledge base, the files of
// over replace word lists of the same name; both may be nil.
func New(facts, over fs.FS) (*Linker, error) {
	l := &Linker{words: map[string]lexeme{}, heads: map[string]headNoun{}, codes: map[string]string{}, names: map[string]string{}, offices: map[string]kb.Office{}, titles: map[string][]string{}, nouns: map[string]string{}, given: map[string]bool{}, leaders: map[string]string{}}
	var err error
	if l.kb, err = kb.Open(facts); err != nil {
		return nil, fmt.Errorf("actors: %w", err)
	}
	if l.gaz, err = place.Default(); err != nil {
		return nil, fmt.Errorf("actors: %w", err)
	}
	if err := l.load(overlay.FS{Over: over, Under: files}); err != nil {
		return nil, fmt.Errorf("actors: %w", err)
	}
	for _, k := range []kb.Kind{kb.Region, kb.Country} {
		l.kb.Actors(k, func(r kb.Ref) bool {
			if len(r.ID()) == 3 {
				if c := r.Code(); c != "" {
					l.codes[r.Country()] = c
				}
				l.names[r.Country()] = r.Name()
			}
			return true
		})
	}
	l.spell = newSpellings(l.kb.Words(kb.Country))
	l.kb.Offices(func(o kb.Office) {
		l.offices[o.ID] = o
		for _, w := range o.Words {
			w = kb.Fold(w)
			l.titles[w] = append(l.titles[w], o.ID)
		}
	})
	return l, nil
}

func (l *Linker) load(fsys fs.FS) error {
	err := table.Read(coref.Files(), "en/nouns.tsv", []string{"lemma", "kind"}, func(r *table.Row) error {
		l.nouns[r.Get("lemma")] = r.Get("kind")
		return nil
	})
	if err != nil {
		return err
	}
	err = table.Read(coref.Files(), "en/given.tsv", []string{"name"}, func(r *table.Row) error {
		l.given[r.Get("name")] = true
		return nil
	})
	if err != nil {
		return err
	}
	err = table.Read(fsys, "en/leaders.tsv", []string{"country", "office"}, func(r *table.Row) error {
		l.leaders[r.Get("country")] = r.Get("office")
		return nil
	})
	if err != nil {
		return err
	}
	err = table.Read(fsys, "en/heads.tsv", []string{"noun", "country", "alone"}, func(r *table.Row) error {
		l.heads[r.Get("noun")] = headNoun{r.Get("country"), r.Get("alone")}
		return nil
	})
	if err != nil {
		return err
	}
	return table.Read(fsys, "en/words.tsv", []string{"word", "class", "value"}, func(r *table.Row) error {
		c, ok := classes[r.Get("class")]
		if !ok {
			return r.Errorf("class %q", r.Get("class"))
		}
		x := l.words[r.Get("word")]
		x.class |= c
		switch c {
		case prep:
			x.prep = r.Get("value")
		case org:
			x.sector = r.Get("value")
		}
		l.words[r.Get("word")] = x
		return nil
	})
}

// Phrase codes an actor phrase that stands alone. context is other text about
// it, and may be empty; date is YYYY-MM-DD or a part of it, and may be empty:
// then the latest day known counts.
func (l *Linker) Phrase(text, context, date string) record.Actor {
	ws := l.split(text)
	ctx := &evidence{date: kb.ParseDate(date, false)}
	if context != "" {
		if c := l.analyse(l.split(context), &evidence{date: ctx.date}, 0); c.country != "" {
			ctx.country = c.country
		}
	}
	c := l.analyse(ws, ctx, 0)
	if c.code == "" && ctx.country != "" && !c.ref.known() {
		c.country, c.code = ctx.country, l.codeOf(ctx.country)
		c.because("context")
	}
	a := l.record(&c, ctx.date)
	if a.Name == "" {
		a.Name = strings.TrimSpace(text)
	}
	return a
}

// codeOf returns PLOVER's country code for a country.
func (l *Linker) codeOf(iso string) string {
	if c := l.codes[iso]; c != "" {
		return c
	}
	return iso
}

// record turns a coding into an actor without id and mentions.
func (l *Linker) record(c *coding, date kb.Date) record.Actor {
	a := record.Actor{Type: c.typ, Sectors: c.sectors, Why: c.why}
	if a.Sectors == nil {
		a.Sectors = []string{}
	}
	if a.Type == "" {
		a.Type = record.Group
	}
	a.Country, a.Code = record.Ptr(c.country), record.Ptr(c.code)
	if c.role != "" {
		a.Role = record.Ptr(c.role)
	}
	if c.ref.known() && c.whole {
		a.KB = record.Ptr(c.ref.ID())
		a.Name = c.ref.Name()
	}
	return a
}

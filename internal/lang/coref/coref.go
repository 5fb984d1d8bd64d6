// Package coref finds who and what a document speaks of: it collects the
// mentions that can act (names, nouns for people and bodies, pronouns) and
// gathers those of one thing into an entity.
//
// It works on the tree and on word lists in en/: nouns with their kind and
// gender, given names, honorifics, pronouns, names without a common word, and
// nouns that take up a title ("the Mexican leader" for "President Sheinbaum").
// The linking is a row of sieves, surest first: names, appositions, nouns,
// pronouns. Each mention says which rule joined it ([doc.Mention.Rule]).
//
// What must hold: every mention lies within one sentence and has its head in
// it; mentions are in the order of the text; an entity lists its mentions in
// that order, and no entity is empty. A noun with two demonyms ("Hungarian and
// Romanian officials") gives one mention each, which overlap. Pronouns of the
// first and second person are left to lang/quote and extract/statement. The cost
// is linear in the length of the text: links look back a bounded distance.
package coref

import (
	"embed"
	"fmt"
	"io/fs"

	"casus/internal/doc"
	"casus/internal/overlay"
	"casus/internal/table"
)

//go:embed en/*.tsv
var files embed.FS

// Files returns the built-in word lists.
func Files() fs.FS { return files }

// nounKind says how the bearer of a noun acts.
type nounKind uint8

const (
	notNoun  nounKind = iota
	person            // official
	group             // police, protesters
	body              // ministry, company
	force             // warships
	place             // city, country
	agentive          // investor: a person or a body
	thing             // any other: it competes for pronouns and is left out of the result
)

var nounKinds = map[string]nounKind{"person": person, "group": group, "organisation": body, "force": force, "place": place, "agent": agentive}

type noun struct {
	kind   nounKind
	gender string
}

type pronoun struct {
	person         byte // '1', '2', '3'
	number, gender string
	use            string
}

// A Resolver holds the word lists. It is safe for concurrent use.
type Resolver struct {
	nouns      map[string]noun
	given      map[string]string
	honorifics map[string]string
	pronouns   map[string]pronoun
	alias      map[string]int // folded name -> group of names of one thing
	hypernyms  map[string]map[string]bool
	surnames   map[string]string // of people so known that the name alone is a person, with gender
	ranker     *ranker
	countries  map[string]country // by folded name, adjective or people
}

type country struct {
	id   string // "@isr"
	form string // name | adjective | people
}

// New loads the word lists for English; files of the same name in over, such as
// "en/nouns.tsv", replace them. over may be nil.
func New(over fs.FS) (*Resolver, error) {
	r, err := load(overlay.FS{Over: over, Under: files})
	if err != nil {
		return nil, fmt.Errorf("coreference: %w", err)
	}
	return r, nil
}

func load(fsys fs.FS) (*Resolver, error) {
	r := &Resolver{
		nouns: map[string]noun{}, given: map[string]string{}, honorifics: map[string]string{}, pronouns: map[string]pronoun{},
		alias: map[string]int{}, hypernyms: map[string]map[string]bool{}, countries: map[string]country{}, surnames: map[string]string{},
	}
	err := table.Read(fsys, "en/nouns.tsv", []string{"lemma", "kind", "gender"}, func(row *table.Row) error {
		k, ok := nounKinds[row.Get("kind")]
		if !ok {
			return row.Errorf("kind %q", row.Get("kind"))
		}
		r.nouns[row.Get("lemma")] = noun{k, row.Get("gender")}
		return nil
	})
	if err != nil {
		return nil, err
	}
	pairs := func(name, a, b string, into map[string]string) error {
		return table.Read(fsys, name, []string{a, b}, func(row *table.Row) error {
			into[row.Get(a)] = row.Get(b)
			return nil
		})
	}
	if err := pairs("en/given.tsv", "name", "gender", r.given); err != nil {
		return nil, err
	}
	if err := pairs("en/honorifics.tsv", "word", "gender", r.honorifics); err != nil {
		return nil, err
	}
	err = table.Read(fsys, "en/pronouns.tsv", []string{"form", "person", "number", "gender", "use"}, func(row *table.Row) error {
		p := row.Get("person")
		if len(p) != 1 {
			return row.Errorf("person %q", p)
		}
		r.pronouns[row.Get("form")] = pronoun{p[0], row.Get("number"), row.Get("gender"), row.Get("use")}
		return nil
	})
	if err != nil {
		return nil, err
	}
	groups := 0
	err = table.Read(fsys, "en/aliases.tsv", []string{"names"}, func(row *table.Row) error {
		groups++
		for _, n := range cut(row.Get("names")) {
			if _, taken := r.alias[n]; !taken {
				r.alias[n] = groups
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = table.Read(fsys, "en/surnames.tsv", []string{"name", "gender"}, func(row *table.Row) error {
		r.surnames[row.Get("name")] = row.Get("gender")
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = table.Read(fsys, "en/countries.tsv", []string{"word", "country", "form"}, func(row *table.Row) error {
		r.countries[row.Get("word")] = country{"@" + row.Get("country"), row.Get("form")}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if r.ranker, err = loadRanker(fsys, "en/pronoun-weights.tsv"); err != nil {
		return nil, err
	}
	return r, table.Read(fsys, "en/hypernyms.tsv", []string{"noun", "titles"}, func(row *table.Row) error {
		set := map[string]bool{}
		for _, n := range cut(row.Get("titles")) {
			set[n] = true
		}
		r.hypernyms[row.Get("noun")] = set
		return nil
	})
}

// Resolve returns the mentions of the document in the order of the text, and
// the entities in the order of their first mention.
func (r *Resolver) Resolve(d *doc.Doc) ([]doc.Mention, []doc.Entity) {
	return r.resolve(d, false)
}

// ResolveAll returns also the things that do not act and the pronouns of the
// first and second person, as coreference corpora have them.
func (r *Resolver) ResolveAll(d *doc.Doc) ([]doc.Mention, []doc.Entity) {
	return r.resolve(d, true)
}

func (r *Resolver) resolve(d *doc.Doc, all bool) ([]doc.Mention, []doc.Entity) {
	if len(d.Tokens) == 0 || len(d.Arcs) != len(d.Tokens) || len(d.Tags) != len(d.Tokens) {
		return nil, nil
	}
	s := newScan(r, d)
	s.all = all
	s.collect()
	s.linkNames()
	s.linkAppositions()
	s.linkNominals()
	s.linkPronouns()
	return s.output()
}

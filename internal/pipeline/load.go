package pipeline

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"sync"

	"casus/internal/extract/claim"
	"casus/internal/extract/clause"
	"casus/internal/extract/codebook"
	"casus/internal/extract/event"
	"casus/internal/extract/statement"
	"casus/internal/ground/actor"
	"casus/internal/ground/kb"
	"casus/internal/ground/place"
	"casus/internal/ground/timex"
	"casus/internal/lang/coref"
	"casus/internal/lang/encoder"
	"casus/internal/lang/lemma"
	"casus/internal/lang/token"
	"casus/internal/overlay"
	"casus/internal/record"
)

// lang is the language whose lexicons are loaded.
const lang = "en"

// rooms are the folders of data that a user may lay files over, each named for
// its package: --rules DIR with DIR/event/en/assault.yaml replaces that file.
var rooms = []struct {
	name  string
	files func() fs.FS
}{
	{"token", token.Files},
	{"lemma", lemma.Files},
	{"coref", coref.Files},
	{"timex", timex.Files},
	{"place", place.Files},
	{"kb", kb.Files},
	{"actor", actor.Files},
	{"clause", clause.Files},
	{"statement", statement.Files},
	{"event", event.Files},
	{"claim", claim.Files},
	{"codebook", codebook.Files},
}

// New loads what the stages need, all rooms at the same time.
func New(o Options) (*Pipeline, error) {
	p := &Pipeline{}
	r := rules{o.Rules}
	var lexicon string
	err := together(
		load(&p.encoder, "model", encoder.Default),
		load(&p.token, "token", from(r, "token", token.Files, token.Default, token.Load)),
		load(&p.lemma, "lemma", from(r, "lemma", lemma.Files, lemma.Default, lemma.Load)),
		load(&p.times, "timex", from(r, "timex", timex.Files, timex.Default, timex.Load)),
		load(&p.events, "event", func() (*event.Coder, error) { return events(r) }),
		load(&p.statement, "statement", from(r, "statement", statement.Files, statement.Default, statement.Load)),
		load(&p.claims, "claim", from(r, "claim", claim.Files, claim.Default, claim.Load)),
		load(&p.coref, "coref", func() (*coref.Resolver, error) { return coref.New(r.over("coref")) }),
		load(&p.places, "place", func() (*place.Resolver, error) { return place.New(r.over("place")) }),
		load(&p.actors, "actor", func() (*actor.Linker, error) { return actor.New(r.over("kb"), r.over("actor")) }),
		load(&lexicon, "hash", func() (string, error) { return hash(o.Rules) }),
	)
	if err != nil {
		return nil, err
	}
	p.encoder = p.encoder.WithPlaces(p.places.IsPlaceName)
	p.clauses = p.events.Clauses()
	p.coder = record.Coder{Version: o.Version, Model: p.encoder.Hash(), Lexicon: lexicon}
	return p, nil
}

// together runs the loads side by side and returns the error of the first, in
// the order given, that failed.
func together(loads ...func() error) error {
	errs := make([]error, len(loads))
	var wg sync.WaitGroup
	for i, l := range loads {
		wg.Go(func() { errs[i] = l() })
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// load returns a function that loads one room into dst.
func load[T any](dst *T, what string, f func() (T, error)) func() error {
	return func() error {
		v, err := f()
		if err != nil {
			return fmt.Errorf("load %s: %w", what, err)
		}
		*dst = v
		return nil
	}
}

// events loads the event rules with the clause lexicons that they work on.
func events(r rules) (*event.Coder, error) {
	clauses, rules := r.over("clause"), r.over("event")
	if clauses == nil && rules == nil {
		return event.Default()
	}
	a, err := clause.Load(overlay.FS{Over: clauses, Under: clause.Files()}, lang)
	if err != nil {
		return nil, err
	}
	return event.LoadWith(overlay.FS{Over: rules, Under: event.Files()}, lang, a)
}

// rules is the user's folder of rules, or nothing.
type rules struct{ fsys fs.FS }

// over returns the user's folder for a room, or nil.
func (r rules) over(room string) fs.FS {
	if r.fsys == nil {
		return nil
	}
	if info, err := fs.Stat(r.fsys, room); err != nil || !info.IsDir() {
		return nil
	}
	sub, err := fs.Sub(r.fsys, room)
	if err != nil {
		return nil
	}
	return sub
}

// from returns a function that loads a room from its own files, or with the
// user's laid over them.
func from[T any](r rules, room string, files func() fs.FS, own func() (T, error), with func(fs.FS, string) (T, error)) func() (T, error) {
	over := r.over(room)
	if over == nil {
		return own
	}
	return func() (T, error) { return with(overlay.FS{Over: over, Under: files()}, lang) }
}

// hash returns the hash of every rule, lexicon and table, with the user's.
func hash(rules fs.FS) (string, error) {
	h := sha256.New()
	sum := func(name string, fsys fs.FS) error {
		return fs.WalkDir(fsys, ".", func(p string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			b, err := fs.ReadFile(fsys, p)
			if err != nil {
				return err
			}
			fmt.Fprintf(h, "%s/%s %d\n", name, p, len(b))
			h.Write(b)
			return nil
		})
	}
	for _, r := range rooms {
		if err := sum(r.name, r.files()); err != nil {
			return "", fmt.Errorf("hash %s: %w", r.name, err)
		}
	}
	if rules != nil {
		if err := sum("rules", rules); err != nil {
			return "", fmt.Errorf("--rules: %w", err)
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:6]), nil
}

package pipeline

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"

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
	{"token", token.Files}, {"lemma", lemma.Files}, {"coref", coref.Files}, {"timex", timex.Files}, {"place", place.Files}, {"kb", kb.Files},
	{"actor", actor.Files}, {"clause", clause.Files}, {"statement", statement.Files}, {"event", event.Files}, {"codebook", codebook.Files},
}

// New loads what the stages need.
func New(o Options) (*Pipeline, error) {
	l := &loader{rules: o.Rules}
	p := &Pipeline{}
	p.encoder = must(l, "model", encoder.Default)
	p.token = from(l, "token", token.Files, token.Default, token.Load)
	p.lemma = from(l, "lemma", lemma.Files, lemma.Default, lemma.Load)
	p.times = from(l, "timex", timex.Files, timex.Default, timex.Load)
	p.events = from(l, "event", event.Files, event.Default, event.Load)
	p.statement = from(l, "statement", statement.Files, statement.Default, statement.Load)
	p.coref = must(l, "coref", func() (*coref.Resolver, error) { return coref.New(l.over("coref")) })
	p.places = must(l, "place", func() (*place.Resolver, error) { return place.New(l.over("place")) })
	p.actors = must(l, "actor", func() (*actor.Linker, error) { return actor.New(l.over("kb"), l.over("actor")) })
	if l.err != nil {
		return nil, l.err
	}
	p.encoder = p.encoder.WithPlaces(p.places.IsPlaceName)
	p.clauses = p.events.Clauses()
	lexicon, err := hash(o.Rules)
	if err != nil {
		return nil, err
	}
	p.coder = record.Coder{Version: o.Version, Model: p.encoder.Hash(), Lexicon: lexicon}
	return p, nil
}

// A loader loads the stages and keeps the first error.
type loader struct {
	rules fs.FS
	err   error
}

// over returns the user's folder for a room, or nil.
func (l *loader) over(room string) fs.FS {
	if l.rules == nil {
		return nil
	}
	if info, err := fs.Stat(l.rules, room); err != nil || !info.IsDir() {
		return nil
	}
	sub, err := fs.Sub(l.rules, room)
	if err != nil {
		return nil
	}
	return sub
}

func must[T any](l *loader, what string, load func() (T, error)) T {
	v, err := load()
	if err != nil && l.err == nil {
		l.err = fmt.Errorf("load %s: %w", what, err)
	}
	return v
}

// from loads a room from its own files, or with the user's laid over them.
func from[T any](l *loader, room string, files func() fs.FS, own func() (T, error), load func(fs.FS, string) (T, error)) T {
	over := l.over(room)
	if over == nil {
		return must(l, room, own)
	}
	return must(l, room, func() (T, error) { return load(overlay.FS{Over: over, Under: files()}, lang) })
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

package clause

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"casus/internal/table"
)

//go:embed en
var embedded embed.FS

// An embedder is one reading of a predicate that takes another act inside it.
type embedder struct {
	kind, effect, control string
	frames                []string
}

// A nominal says which role "of" and a possessor have in a nominal predicate.
type nominal struct{ verb, of, poss string }

// A modal says what a modal auxiliary makes of a clause: plainly, and inside
// what was said in the past.
type modal struct{ effect, reported string }

type support struct{ frame, subject string }

type lexicon struct {
	embed   map[string][]embedder // key: pos + ":" + lemma
	nouns   map[string]nominal
	support map[string][]support
	modals  map[string]modal
	negClause, negArg,
	adjectives, quantities map[string]bool
	phrasal map[string]bool // verbs with a particle: "call off"
	verbs   map[string]bool
	adverbs map[string]string
	changed map[string]string // adjectives that change the status of a noun: "planned"
	marks   map[string]string
	finite  map[string]bool       // marks that join finite clauses and no nouns
	past    map[string][][]string // phrases by first word
}

// Load reads the lexicons of a language from a folder named after it.
func Load(fsys fs.FS, lang string) (*Analyser, error) {
	lx := lexicon{
		embed: map[string][]embedder{}, nouns: map[string]nominal{}, support: map[string][]support{},
		modals: map[string]modal{}, negClause: map[string]bool{}, negArg: map[string]bool{},
		adjectives: map[string]bool{}, quantities: map[string]bool{}, phrasal: map[string]bool{}, verbs: map[string]bool{}, adverbs: map[string]string{}, changed: map[string]string{}, marks: map[string]string{}, finite: map[string]bool{}, past: map[string][][]string{},
	}
	for _, t := range []struct {
		name string
		cols []string
		add  func(c []string) // the cells of cols
	}{
		{"embedders.tsv", []string{"lemma", "pos", "frames", "kind", "effect", "control"}, lx.addEmbedder},
		{"nouns.tsv", []string{"lemma", "verb", "of", "poss"}, func(c []string) { lx.nouns[c[0]] = nominal{c[1], c[2], c[3]} }},
		{"support.tsv", []string{"verb", "frame", "subject"}, func(c []string) {
			lx.support[c[0]] = append(lx.support[c[0]], support{c[1], c[2]})
			lx.phrasal[c[0]] = strings.Contains(c[0], " ")
		}},
		{"modals.tsv", []string{"lemma", "effect", "reported"}, func(c []string) { lx.modals[c[0]] = modal{c[1], c[2]} }},
		{"negators.tsv", []string{"lemma", "scope"}, func(c []string) {
			if c[1] == "argument" {
				lx.negArg[c[0]] = true
			} else {
				lx.negClause[c[0]] = true
			}
		}},
		{"modifiers.tsv", []string{"lemma", "effect"}, func(c []string) { lx.changed[c[0]] = c[1] }},
		{"adverbs.tsv", []string{"lemma", "effect"}, func(c []string) { lx.adverbs[c[0]] = c[1] }},
		{"quantities.tsv", []string{"lemma"}, func(c []string) { lx.quantities[c[0]] = true }},
		{"marks.tsv", []string{"mark", "effect", "joins"}, func(c []string) {
			lx.marks[c[0]] = c[1]
			if c[2] == "finite" {
				lx.finite[c[0]] = true
			}
		}},
		{"past.tsv", []string{"words"}, func(c []string) {
			w := strings.Fields(c[0])
			lx.past[w[0]] = append(lx.past[w[0]], w)
		}},
	} {
		cells := make([]string, len(t.cols))
		err := table.Read(fsys, path.Join(lang, t.name), t.cols, func(r *table.Row) error {
			for i, c := range t.cols {
				cells[i] = r.Get(c)
			}
			if cells[0] == "" {
				return r.Errorf("empty %s", t.cols[0])
			}
			t.add(cells)
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("load clause lexicons: %w", err)
		}
	}
	return &Analyser{lx: lx}, nil
}

// Files returns the embedded lexicons, for laying a user's folder over them.
func Files() fs.FS { return embedded }

// Default returns an analyser with the embedded English lexicons.
func Default() (*Analyser, error) { return Load(embedded, "en") }

// agentive reports whether an adjective says what its subject is about to do.
func (lx *lexicon) agentive(adj string) bool {
	for _, e := range lx.embed["adj:"+adj] {
		switch e.kind {
		case "plan", "want", "able", "refuse":
			return true
		}
	}
	return false
}

func (lx *lexicon) addEmbedder(f []string) {
	key := f[1] + ":" + f[0]
	lx.embed[key] = append(lx.embed[key], embedder{kind: f[3], effect: f[4], control: f[5], frames: strings.Split(f[2], ",")})
	switch f[1] {
	case "verb":
		lx.phrasal[f[0]] = strings.Contains(f[0], " ")
		lx.verbs[f[0]] = true
	case "noun":
		if _, ok := lx.nouns[f[0]]; !ok {
			lx.nouns[f[0]] = nominal{"", "topic", "agent"}
		}
	case "adj":
		lx.adjectives[f[0]] = true
	}
}

package claim

import (
	"fmt"
	"io/fs"
	"strings"

	"casus/internal/table"
)

// A numberWord is a row of numbers.tsv.
type numberWord struct {
	kind      string // unit | ten | scale | group | part | some | vague
	low, high float64
}

// A bound is words around a number and the interval they make of it.
type bound struct {
	words  []string
	effect string // min | over | max | under | about | near | word
}

type lexicon struct {
	numerals map[string]numberWord
	money    map[string]string
	// before lists the bounds by their last word, after by their first.
	before, after map[string][]bound

	predicates map[string]predicate // lemma of a verb, noun or adjective that says what happened to those counted
	units      map[string]string    // head noun to unit: "fatality" to "deaths"
	people     map[string]bool      // heads that are counted without a predicate: protesters, troops, homes
	things     map[string]bool      // those of them that are not alive
	change     map[string]bool      // verbs of change: what they govern is a difference, not a level
	denials    map[string]denial
	phrases    [][]string        // denials of several words
	data       map[string]bool   // subjects that are data: "figures", "records"
	generic    map[string]bool   // heads that do not tell those counted from others
	uncounted  map[string]bool   // heads whose number is no claim: hours, times, points
	figures    map[string]bool   // words that stand for a number given before: "it", "toll"
	levels     map[string]bool   // verbs whose object or goal is a level: "reach"
	estimating map[string]bool   // verbs that give a number for it: "put the figure at"
	falsehoods map[string]string // "false", "true" and "not": what is said of a claim
	pointers   map[string]bool   // words that point back to what was said: "this", "the accusation"
	measures   map[string]bool   // nouns whose number follows: "a crowd of 31,000"
}

// A predicate is what a verb, a noun or an adjective says of those counted.
type predicate struct {
	unit string // "deaths"
	role string // who is counted: patient | subject | any
}

// A denial is a cue that the text or somebody in it stands against a claim.
type denial struct {
	kind string // denied | contradicted-by-data | called-false
	pos  string // verb | adverb | adjective | noun | phrase
}

func load(fsys fs.FS, lang string) (*lexicon, error) {
	lx := &lexicon{
		numerals: map[string]numberWord{}, money: map[string]string{}, before: map[string][]bound{}, after: map[string][]bound{},
		predicates: map[string]predicate{}, units: map[string]string{}, people: map[string]bool{}, things: map[string]bool{}, change: map[string]bool{},
		denials: map[string]denial{}, data: map[string]bool{}, generic: map[string]bool{},
		uncounted: map[string]bool{}, figures: map[string]bool{}, estimating: map[string]bool{}, levels: map[string]bool{}, measures: map[string]bool{}, pointers: map[string]bool{}, falsehoods: map[string]string{},
	}
	for _, t := range []struct {
		name    string
		columns []string
		add     func(*table.Row) error
	}{
		{"numbers.tsv", []string{"word", "kind", "low", "high"}, lx.addNumber},
		{"money.tsv", []string{"word", "code"}, func(r *table.Row) error { lx.money[r.Get("word")] = r.Get("code"); return nil }},
		{"bounds.tsv", []string{"phrase", "effect", "side"}, lx.addBound},
		{"units.tsv", []string{"lemma", "kind", "unit", "role"}, lx.addUnit},
		{"disputes.tsv", []string{"cue", "pos", "kind"}, func(r *table.Row) error {
			d := denial{kind: r.Get("kind"), pos: r.Get("pos")}
			if d.pos == "phrase" {
				lx.phrases = append(lx.phrases, strings.Fields(r.Get("cue")))
				return nil
			}
			if d.pos == "verdict" {
				lx.falsehoods[r.Get("cue")] = d.kind
				return nil
			}
			if d.pos == "pointer" {
				lx.pointers[r.Get("cue")] = true
				return nil
			}
			lx.denials[r.Get("cue")] = d
			return nil
		}},
	} {
		if err := table.Read(fsys, lang+"/"+t.name, t.columns, t.add); err != nil {
			return nil, fmt.Errorf("load claim tables: %w", err)
		}
	}
	return lx, nil
}

func (lx *lexicon) addNumber(r *table.Row) error {
	low, err := r.Float("low", 0)
	if err != nil {
		return err
	}
	high, err := r.Float("high", low)
	if err != nil {
		return err
	}
	lx.numerals[r.Get("word")] = numberWord{kind: r.Get("kind"), low: low, high: high}
	return nil
}

func (lx *lexicon) addBound(r *table.Row) error {
	b := bound{words: strings.Fields(r.Get("phrase")), effect: r.Get("effect")}
	if len(b.words) == 0 {
		return r.Errorf("no phrase")
	}
	switch b.effect {
	case "min", "over", "max", "under", "about", "near", "word":
	default:
		return r.Errorf("unknown effect %q", b.effect)
	}
	switch r.Get("side") {
	case "before":
		last := b.words[len(b.words)-1]
		lx.before[last] = append(lx.before[last], b)
	case "after":
		lx.after[b.words[0]] = append(lx.after[b.words[0]], b)
	default:
		return r.Errorf("unknown side %q", r.Get("side"))
	}
	return nil
}

func (lx *lexicon) addUnit(r *table.Row) error {
	l, unit := r.Get("lemma"), r.Get("unit")
	switch r.Get("kind") {
	case "predicate":
		lx.predicates[l] = predicate{unit: unit, role: r.Get("role")}
	case "noun":
		lx.units[l] = unit
	case "people":
		lx.people[l] = true
	case "thing":
		lx.people[l], lx.things[l] = true, true
	case "change":
		lx.change[l] = true
	case "uncounted":
		lx.uncounted[l] = true
	case "figure":
		lx.figures[l] = true
	case "level":
		lx.levels[l] = true
	case "estimate":
		lx.estimating[l] = true
	case "measure":
		lx.measures[l] = true
	case "generic":
		lx.generic[l] = true
	case "data":
		lx.data[l] = true
	default:
		return r.Errorf("unknown kind %q", r.Get("kind"))
	}
	return nil
}

package timex

import (
	"fmt"
	"io/fs"
	"path"
	"strings"

	"casus/internal/table"
)

// A rule says that a row of symbols makes a new one, and what it means: the
// meanings of its parts united, then changed by its ops.
type rule struct {
	id     string
	makes  symbol
	ops    []op
	left   []context
	right  []context
	checks []check
}

// A context demands or forbids a symbol beside the match.
type context struct {
	sym symbol
	not bool
}

// An elem is one symbol of a pattern. Tight: no space before it.
type elem struct {
	sym   symbol
	tight bool
}

// A node is a state of the automaton that all patterns share.
type node struct {
	next  []branch
	rules []int16 // that end here
}

type branch struct {
	elem
	to int32
}

// kinds are the nonterminals that are time expressions, in the order of the
// constants below.
var kinds = [...]string{"date", "time", "duration", "set", "none"}

const (
	dateKind = iota
	timeKind
	durationKind
	setKind
	noneKind // words that look like a time expression and are none
)

// edges of a sentence, in a context.
const (
	sentenceStart = "^"
	sentenceEnd   = "$"
)

// loadRules reads the grammar.
func (t *Tagger) loadRules(fsys fs.FS) error {
	for _, k := range kinds {
		t.kind = append(t.kind, t.intern(k))
	}
	t.nodes = make([]node, 1, 4096)
	name := path.Join(t.lang, "rules.tsv")
	var rows []*table.Row
	made, seen := map[string]bool{}, map[string]bool{}
	err := table.Read(fsys, name, []string{"rule", "makes", "pattern", "left", "right", "check", "sets"}, func(r *table.Row) error {
		rows = append(rows, r)
		made[r.Get("makes")] = true
		return nil
	})
	if err != nil {
		return err
	}
	for _, r := range rows {
		if err := t.addRule(r, made, seen); err != nil {
			return r.Errorf("rule %s: %v", r.Get("rule"), err)
		}
	}
	if len(t.rules) > 1<<15-1 {
		return fmt.Errorf("%s: too many rules", name)
	}
	t.root = make([]int32, len(t.symbols))
	for i := range t.root {
		t.root[i] = -1
	}
	for _, b := range t.nodes[0].next {
		t.root[b.sym] = b.to
	}
	return nil
}

func (t *Tagger) addRule(row *table.Row, made, seen map[string]bool) error {
	r := rule{id: row.Get("rule"), makes: t.intern(row.Get("makes"))}
	if seen[r.id] {
		return fmt.Errorf("a rule of that name was there before")
	}
	seen[r.id] = true
	var err error
	if r.ops, err = t.parseOps(row.Get("sets")); err != nil {
		return err
	}
	if r.left, err = t.parseContext(row.Get("left"), made); err != nil {
		return err
	}
	if r.right, err = t.parseContext(row.Get("right"), made); err != nil {
		return err
	}
	for w := range strings.FieldsSeq(row.Get("check")) {
		k, ok := checks[w]
		if !ok {
			return fmt.Errorf("no check %q", w)
		}
		r.checks = append(r.checks, k)
	}
	pattern, err := t.parsePattern(row.Get("pattern"), made)
	if err != nil {
		return err
	}
	if len(pattern) == 0 {
		return fmt.Errorf("no pattern")
	}
	id := int16(len(t.rules))
	t.rules = append(t.rules, r)
	return t.addPaths(0, pattern, 0, id)
}

// A slot is one place of a pattern: alternatives, perhaps none of them.
type slot struct {
	alts     []symbol
	tight    bool
	optional bool
}

// parsePattern reads "the? (NUM|FEW) ~DASH UNIT": classes in capitals,
// nonterminals and words in lower case, words in quotation marks, a question
// mark after what may be missing, ~ before what must touch the atom before it.
func (t *Tagger) parsePattern(s string, made map[string]bool) ([]slot, error) {
	var slots []slot
	for w := range strings.FieldsSeq(s) {
		var sl slot
		w, sl.tight = strings.CutPrefix(w, "~")
		w, sl.optional = strings.CutSuffix(w, "?")
		if strings.HasPrefix(w, "(") && strings.HasSuffix(w, ")") {
			w = w[1 : len(w)-1]
		}
		for alt := range strings.SplitSeq(w, "|") {
			sym, err := t.parseSymbol(alt, made)
			if err != nil {
				return nil, err
			}
			sl.alts = append(sl.alts, sym)
		}
		slots = append(slots, sl)
	}
	return slots, nil
}

func (t *Tagger) parseSymbol(s string, made map[string]bool) (symbol, error) {
	if len(s) > 2 && s[0] == '\'' && s[len(s)-1] == '\'' {
		id := t.wordID(s[1 : len(s)-1])
		w := &t.words[id]
		w.flags |= known
		if w.literal < 0 {
			w.literal = t.intern(s)
		}
		return w.literal, nil
	}
	if made[s] {
		return t.intern(s), nil
	}
	sym, ok := t.symbols[s]
	if _, class := t.class[sym]; !ok || !class && !t.n.has(sym) {
		return 0, fmt.Errorf("%q is neither a class nor made by a rule", s)
	}
	return sym, nil
}

func (t *Tagger) parseContext(s string, made map[string]bool) ([]context, error) {
	var cs []context
	for w := range strings.FieldsSeq(s) {
		w, not := strings.CutPrefix(w, "!")
		if w == sentenceStart || w == sentenceEnd {
			cs = append(cs, context{t.intern(w), not})
			continue
		}
		sym, err := t.parseSymbol(w, made)
		if err != nil {
			return nil, err
		}
		cs = append(cs, context{sym, not})
	}
	return cs, nil
}

// addPaths adds every row of symbols that the rest of the pattern stands for.
func (t *Tagger) addPaths(at int32, pattern []slot, taken int, id int16) error {
	if len(pattern) == 0 {
		if taken == 0 {
			return fmt.Errorf("the pattern matches nothing at all")
		}
		n := &t.nodes[at]
		if k := len(n.rules); k == 0 || n.rules[k-1] != id {
			n.rules = append(n.rules, id)
		}
		return nil
	}
	s := pattern[0]
	if s.optional {
		if err := t.addPaths(at, pattern[1:], taken, id); err != nil {
			return err
		}
	}
	for _, sym := range s.alts {
		if err := t.addPaths(t.branch(at, elem{sym, s.tight && taken > 0}), pattern[1:], taken+1, id); err != nil {
			return err
		}
	}
	return nil
}

// branch returns the node after the element, making one.
func (t *Tagger) branch(at int32, e elem) int32 {
	for _, b := range t.nodes[at].next {
		if b.elem == e {
			return b.to
		}
	}
	to := int32(len(t.nodes))
	t.nodes = append(t.nodes, node{})
	t.nodes[at].next = append(t.nodes[at].next, branch{e, to})
	return to
}

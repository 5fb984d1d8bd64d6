package timex

import "casus/internal/doc"

// Limits that keep the cost of hostile text linear. No time expression of real
// text comes near them.
const (
	maxAtoms   = 48   // of one island
	maxEdges   = 600  // of one chart
	maxActives = 4000 // of one chart
)

// An edge is a symbol found over the atoms [start, end).
type edge struct {
	sym        symbol
	start, end int16
	rule       int16 // that made it, or -1 for a word
	name       int16 // the rule that says most of it: of a bare chain, the first
	meaning    int32 // index into chart.meanings, 0 for none
}

// An active is a pattern begun: the node reached over the atoms [start, end)
// by the last edge, after the active before.
type active struct {
	node       int32
	start, end int16
	before     int32 // active, or -1
	last       int32 // edge
}

// A chart finds what the rules make of an island: a row of atoms that are all
// known to the lexicon, within a sentence. It is reused from island to island.
type chart struct {
	t       *Tagger
	d       *doc.Doc
	text    string
	atoms   []atom
	first   doc.TokenID // of the sentence
	last    doc.TokenID // the token after it
	atStart bool        // the island begins its sentence
	atEnd   bool
	// anchorYear bounds what four figures can be a year.
	anchorYear int
	edges      []edge
	actives    []active
	byEnd      [maxAtoms + 1][]int32 // actives that end there
	words      [maxAtoms + 1][]int32 // edges of words that end there
	meanings   []meaning
	stack      []int32
}

func (c *chart) reset() {
	for i := range min(len(c.atoms), maxAtoms) + 1 {
		c.byEnd[i] = c.byEnd[i][:0]
		c.words[i] = c.words[i][:0]
	}
	c.atoms, c.edges, c.actives = c.atoms[:0], c.edges[:0], c.actives[:0]
	c.meanings = append(c.meanings[:0], meaning{})
}

// terminal adds the edge of a word or number.
func (c *chart) terminal(sym symbol, start, end int, m *meaning) {
	if len(c.edges) >= maxEdges {
		return
	}
	e := edge{sym: sym, start: int16(start), end: int16(end), rule: -1}
	if m != nil && m.has != 0 {
		c.meanings = append(c.meanings, *m)
		e.meaning = int32(len(c.meanings) - 1)
	}
	c.words[end] = append(c.words[end], int32(len(c.edges)))
	c.edges = append(c.edges, e)
}

// parse fills the chart.
func (c *chart) parse() {
	for i := range c.atoms {
		c.wordsAt(i)
		c.numbersAt(i)
	}
	for end := 1; end <= len(c.atoms); end++ {
		for _, e := range c.words[end] {
			first := len(c.edges)
			c.extend(e)
			for k := first; k < len(c.edges); k++ {
				c.extend(int32(k))
			}
		}
	}
}

// wordsAt adds the readings of the words that begin at atom i.
func (c *chart) wordsAt(i int) {
	a := &c.atoms[i]
	if a.word == noWord {
		return
	}
	w := &c.t.words[a.word]
	if w.literal >= 0 {
		c.terminal(w.literal, i, i+1, nil)
	}
	for k := range w.entries {
		if e := &w.entries[k]; c.allows(e, a) {
			c.terminal(e.sym, i, i+1, &c.t.meanings[e.meaning])
		}
	}
phrases:
	for k := range w.phrases {
		p := &w.phrases[k]
		if i+1+len(p.rest) > len(c.atoms) || !c.allows(&p.entry, a) {
			continue
		}
		for j, id := range p.rest {
			if c.atoms[i+1+j].word != id {
				continue phrases
			}
		}
		c.terminal(p.sym, i, i+1+len(p.rest), &c.t.meanings[p.meaning])
	}
}

// allows reports whether the atom is written and tagged as the entry demands.
func (c *chart) allows(e *entry, a *atom) bool {
	if e.form == titleForm && !a.title || e.form == lowerForm && a.title {
		return false
	}
	return e.upos == 0 || int(a.tok) >= len(c.d.Tags) || uposBit(c.d.Tags[a.tok].UPOS)&e.upos != 0
}

// hasClass reports whether the word at atom i can be of the class, or is the
// word itself.
func (c *chart) hasClass(i int, sym symbol) bool {
	if i < 0 || i >= len(c.atoms) {
		return false
	}
	a := &c.atoms[i]
	if a.num >= 0 {
		return sym == c.t.n.num
	}
	if a.word == noWord {
		return false
	}
	w := &c.t.words[a.word]
	if w.literal == sym {
		return true
	}
	for k := range w.entries {
		if w.entries[k].sym == sym && c.allows(&w.entries[k], a) {
			return true
		}
	}
	return false
}

// extend begins and continues patterns with a finished edge.
func (c *chart) extend(id int32) {
	e := c.edges[id]
	if to := c.t.root[e.sym]; to >= 0 {
		c.advance(active{node: to, start: e.start, end: e.end, before: -1, last: id})
	}
	tight := c.atoms[e.start].tight
	for _, k := range c.byEnd[e.start] {
		a := c.actives[k]
		for _, b := range c.t.nodes[a.node].next {
			if b.sym == e.sym && (tight || !b.tight) {
				c.advance(active{node: b.to, start: a.start, end: e.end, before: k, last: id})
			}
		}
	}
}

// advance adds an active and the edges that it finishes.
func (c *chart) advance(a active) {
	if len(c.actives) >= maxActives {
		return
	}
	id := int32(len(c.actives))
	c.actives = append(c.actives, a)
	n := &c.t.nodes[a.node]
	if len(n.next) > 0 {
		c.byEnd[a.end] = append(c.byEnd[a.end], id)
	}
	for _, r := range n.rules {
		c.finish(id, r)
	}
}

// finish adds the edge that a rule makes of an active, if its parts agree and
// its contexts hold.
func (c *chart) finish(id int32, r int16) {
	a, rule := c.actives[id], &c.t.rules[r]
	if len(c.edges) >= maxEdges || !c.holds(rule.left, int(a.start)-1) || !c.holds(rule.right, int(a.end)) {
		return
	}
	var m meaning
	c.stack = c.stack[:0]
	for k := id; k >= 0; k = c.actives[k].before {
		c.stack = append(c.stack, c.actives[k].last)
	}
	for k := len(c.stack) - 1; k >= 0; k-- {
		if part := c.edges[c.stack[k]].meaning; part != 0 && !m.unite(&c.meanings[part]) {
			return
		}
	}
	for _, o := range rule.ops {
		o.apply(&m)
	}
	for _, k := range rule.checks {
		if !k(c, int(a.start), int(a.end), &m) {
			return
		}
	}
	e := edge{sym: rule.makes, start: a.start, end: a.end, rule: r, name: r}
	if part := &c.edges[a.last]; a.before < 0 && part.rule >= 0 && len(rule.ops) == 0 {
		e.name = part.name
	}
	for k := len(c.edges) - 1; k >= 0 && c.edges[k].end == e.end; k-- {
		o := &c.edges[k]
		if o.sym == e.sym && o.start == e.start && o.rule >= 0 && c.meanings[o.meaning] == m {
			if r < o.rule {
				o.rule, o.name = r, e.name
			}
			return
		}
	}
	if m.has != 0 {
		c.meanings = append(c.meanings, m)
		e.meaning = int32(len(c.meanings) - 1)
	}
	c.edges = append(c.edges, e)
}

// holds reports whether the contexts allow atom i as a neighbour: none of the
// forbidden, and one of the demanded if there are any.
func (c *chart) holds(cs []context, i int) bool {
	demanded, met := false, false
	for _, k := range cs {
		has := false
		switch {
		case k.sym == c.t.s.start:
			has = i < 0 && c.atStart
		case k.sym == c.t.s.end:
			has = i >= len(c.atoms) && c.atEnd
		case i < 0 || i >= len(c.atoms):
			has = c.besideHas(i, k.sym)
		default:
			has = c.hasClass(i, k.sym)
		}
		if k.not && has {
			return false
		}
		if !k.not {
			demanded, met = true, met || has
		}
	}
	return met || !demanded
}

// besideHas reports whether the word beside the island is of the class.
func (c *chart) besideHas(i int, sym symbol) bool {
	t := doc.NoToken
	if i < 0 {
		t = c.before(0)
	} else {
		t = c.after(len(c.atoms))
	}
	return t != doc.NoToken && c.t.has(c.d.Word(t), sym)
}

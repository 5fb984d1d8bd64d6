package claim

import (
	"slices"

	"casus/internal/doc"
	"casus/internal/record"
)

// again reads a number that gives the count of the sentence before anew:
// "police put the figure at 12,000", "the institute puts it at 41 percent", "the
// number was 26".
func (r *run) again(n *number, c *counted) bool {
	if u := r.reckoned(n); u != "" {
		c.unit, c.rule, c.predicated = u, "predicate", true
		return true
	}
	p := r.previous(n)
	if p == nil || n.currency != "" || n.percent != (p.Why.Rule == "percent") || !r.pointsBack(n) && !r.bare(n, p) {
		return false
	}
	c.unit, c.rule = p.Quantity.Unit, p.Why.Rule
	if p.Quantity.Of != nil {
		c.of = *p.Quantity.Of
	}
	c.like, c.bare = p, r.t.Rel(r.headOf(n), "nsubj")
	return true
}

// reckoned returns the unit of what is put at the number: "put the dead at 40".
func (r *run) reckoned(n *number) string {
	g := r.headOf(n)
	if n.currency != "" || n.percent || !r.caseIs(g, "at") {
		return ""
	}
	v, _ := r.role(g)
	if v == doc.NoToken || !r.estimates(v) {
		return ""
	}
	obj := r.t.Child(v, "obj")
	if obj == doc.NoToken {
		return ""
	}
	if u := r.tallied(obj); u != "" {
		return u
	}
	if p := r.pred(obj); p.role == "any" {
		return p.unit
	}
	return ""
}

// previous returns the last count of this sentence or the two before it.
func (r *run) previous(n *number) *found {
	sent := r.d.SentenceOf(n.first)
	for i := len(r.found) - 1; i >= 0; i-- {
		if f := &r.found[i]; f.n != nil && f.n.end <= n.first {
			if f.sent < sent-2 || f.Why.Rule == "money" {
				return nil
			}
			return f
		}
	}
	return nil
}

// pointsBack reports whether what is numbered is "it" or "the figure".
func (r *run) pointsBack(n *number) bool {
	g := r.headOf(n)
	if subj := r.t.Child(g, "nsubj"); subj != doc.NoToken { // the number was 26
		return r.isFigure(subj)
	}
	v, rel := r.role(g)
	if v == doc.NoToken || rel != "obl" && rel != "nmod" || !r.caseIs(g, "at", "as", "to") {
		return false
	}
	if r.d.Tags[v].UPOS == "ADJ" || r.d.Tags[v].UPOS == "ADV" { // our count is closer to 3,200
		subj := r.t.Child(v, "nsubj")
		return subj != doc.NoToken && r.isFigure(subj)
	}
	if r.isFigure(v) { // put [the figure at 12,000]
		v = r.t.Head(v)
		return v != doc.NoToken && r.estimates(v)
	}
	if !r.estimates(v) {
		return false
	}
	obj := r.t.Child(v, "obj")
	return obj != doc.NoToken && r.isFigure(obj)
}

// bare reports whether the number stands alone as what was counted before: "41
// closed", "data suggest tens of thousands".
func (r *run) bare(n *number, p *found) bool {
	g := r.headOf(n)
	if n.percent || p.Why.Rule != "counted" || r.nounAfter(n) != doc.NoToken || r.word(n.end) == "of" {
		return false
	}
	v, rel := r.role(g)
	if v == doc.NoToken || r.d.Tags[g].UPOS != "NUM" && !n.vague {
		return false
	}
	return rel == "nsubj" && g < v && r.pred(v).role == "" && r.d.Tags[g+1].UPOS != "NOUN" || rel == "obj" && r.dataShow(v) != doc.NoToken
}

// dataShow returns the data of which the verb says what they show, or NoToken.
func (r *run) dataShow(v doc.TokenID) doc.TokenID {
	if r.denials[r.d.Tags[v].Lemma].pos != "shows" {
		return doc.NoToken
	}
	if k := r.t.Child(v, "nsubj"); k != doc.NoToken && r.data[r.d.Tags[k].Lemma] {
		return k
	}
	return doc.NoToken
}

// shown returns the data that are said to show the claim, or NoToken.
func (r *run) shown(f *found) doc.TokenID {
	for x, i := r.headOf(f.n), 0; x != doc.NoToken && i < 8; x, i = r.t.Head(x), i+1 {
		if k := r.dataShow(x); k != doc.NoToken && k < x {
			return k
		}
	}
	return doc.NoToken
}

// conflictingData sets data against the claim that they are in conflict with.
func (r *run) conflictingData(i, j int) {
	f, g := &r.found[i], &r.found[j]
	k := r.shown(g)
	if k == doc.NoToken || slices.ContainsFunc(f.DisputedBy, func(d record.Dispute) bool { return d.Document != "" }) {
		return
	}
	first, end := r.t.Phrase(k, func(k doc.TokenID) bool { return r.t.Rel(k, "acl:relcl", "case", "cc", "det") })
	f.DisputedBy = append(f.DisputedBy, record.Dispute{Document: r.d.Words(first, end), Kind: contradictedByData})
}

func (r *run) estimates(v doc.TokenID) bool { return r.estimating[r.d.Tags[v].Lemma] }

// isFigure reports whether the word stands for a number given before.
func (r *run) isFigure(t doc.TokenID) bool {
	for _, k := range r.t.Children(t) {
		if r.t.Rel(k, "nmod", "acl", "acl:relcl") && r.t.Head(k) == t && !r.caseIs(k, "at", "as", "to") {
			return false // the number of the dead
		}
	}
	return r.figures[r.word(t)]
}

// level reads a bare number that the subject reaches: "sales fell to 1.5m",
// "attendance reached 31,000".
func (r *run) level(n *number, c *counted) bool {
	g := r.headOf(n)
	if c.noun != doc.NoToken || r.d.Tags[g].UPOS != "NUM" || n.low < few {
		return false
	}
	v, rel := r.role(g)
	if v == doc.NoToken || r.d.Tags[v].UPOS != "VERB" {
		return false
	}
	l := r.d.Tags[v].Lemma
	if !(rel == "obl" && r.change[l] && r.toward(g) || (rel == "obj" || rel == "obl" && r.toward(g)) && r.levels[l]) {
		return false
	}
	subj := r.t.Child(v, "nsubj", "nsubj:pass")
	if subj == doc.NoToken || r.d.Tags[subj].UPOS != "NOUN" || r.uncounted[r.d.Tags[subj].Lemma] {
		return false
	}
	if r.figures[r.d.Tags[subj].Lemma] { // the number of jobless
		if k := r.t.Child(subj, "nmod"); k != doc.NoToken && r.caseIs(k, "of") {
			subj = k
		}
	}
	c.noun, c.verb, c.unit, c.rule = subj, v, r.word(subj), "counted"
	return true
}

// measured reads a noun whose number follows it: "a crowd of 31,000", "a
// magnitude of 5.6".
func (r *run) measured(n *number, c *counted) bool {
	g := r.headOf(n)
	h := r.t.Head(g)
	if h == doc.NoToken || h >= n.first || n.first-h > 4 || !r.t.Rel(g, "nmod") || !r.caseIs(g, "of") || r.d.Tags[h].UPOS != "NOUN" {
		return false
	}
	if l := r.d.Tags[h].Lemma; r.uncounted[l] || !r.measures[l] {
		return false
	}
	c.noun, c.role, c.unit, c.rule = h, h, r.d.Tags[h].Lemma, "measure"
	return true
}

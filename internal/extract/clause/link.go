package clause

import (
	"slices"

	"casus/internal/doc"
)

// link finds the clause that c hangs from, the place it fills there, and the
// embedder that decides about it.
func (w *work) link(ci int) {
	c, x := &w.out[ci], &w.more[ci]
	head := w.conjunct(c.Pred)
	if head != c.Pred {
		if p := w.near(w.head[c.Pred]); p != doc.NoClause {
			c.Parent, c.Link = p, "conj"
			w.inheritEmbedder(ci, p)
		}
		return
	}
	if c.Kind == doc.NounClause {
		w.linkNoun(ci)
		return
	}
	gov := w.head[c.Pred]
	rel := w.rel(c.Pred)
	if gov == doc.NoToken || !w.inSentence(gov, c) {
		w.reportedAfter(ci)
		return
	}
	p := w.pred[gov]
	c.Link = rel
	switch {
	case w.deprel[c.Pred] == "acl:relcl":
		c.Link = "relcl"
	case rel == "csubj" && c.Infinitive && p != doc.NoClause && w.out[p].Kind == doc.AdjectiveClause:
		c.Link = "xcomp" // "is willing to": trees differ
	}
	if c.Link != "relcl" && w.strayRelative(ci) {
		return
	}
	if w.throughObject(ci, gov) {
		return
	}
	if p == doc.NoClause {
		// "the right to": a noun that is no predicate; hang from the next one above.
		c.Parent = w.near(gov)
		return
	}
	c.Parent = p
	if w.embed(ci, int(p), frameOf(c, x)) && c.Link == "advcl" && c.Infinitive && x.mark == "to" {
		c.Link = "xcomp" // "called on Chad to stop": trees differ
	}
	if e := x.emb; (e == nil && c.Link == "advcl") || (e != nil && (e.effect == "same" || e.kind == "reject" || e.kind == "agree")) {
		w.throughSupport(ci, gov)
	}
	if c.Embedder != doc.NoClause && x.mark == "that" {
		c.Link = "ccomp"
	}
}

// frameOf names the place that a verbal clause fills in the one above it.
func frameOf(c *doc.Clause, x *extra) string {
	switch c.Link {
	case "ccomp", "xcomp":
		return c.Link
	case "nmod", "obl":
		return x.mark // "no intention of resigning"
	case "csubj":
		return "subj"
	case "relcl":
		if x.mark == "that" { // "the charge that Chad armed them"
			return "ccomp"
		}
	case "acl", "advcl":
		if x.mark == "that" {
			return "ccomp"
		}
		if x.mark != "" && x.mark != "to" {
			return x.mark // "accused of bombing", "a plan for winning"
		}
		if c.Link == "acl" {
			return "acl"
		}
		return "advcl"
	}
	return ""
}

// near returns the clause of t, or of the nearest token above it that has one.
func (w *work) near(t doc.TokenID) doc.ClauseID {
	for range maxDepth {
		if t < 0 || int(t) >= len(w.pred) {
			return doc.NoClause
		}
		if w.pred[t] != doc.NoClause {
			return w.pred[t]
		}
		t = w.head[t]
	}
	return doc.NoClause
}

func (w *work) inSentence(t doc.TokenID, c *doc.Clause) bool {
	return t >= 0 && int(t) < len(w.pred) && w.d.SentenceOf(t) == w.d.SentenceOf(c.Pred)
}

// embed makes p the embedder of clause ci if its lexicon has the frame.
func (w *work) embed(ci, p int, frame string) bool {
	if p == ci {
		return false
	}
	e := w.embedderOf(p, frame, w.out[ci].Infinitive)
	if e == nil {
		return false
	}
	w.out[ci].Embedder, w.out[ci].How, w.more[ci].emb = doc.ClauseID(p), e.kind, e
	return true
}

// embedderOf returns the reading of clause p that takes an act in the frame.
func (w *work) embedderOf(p int, frame string, infinitive bool) *embedder {
	c := &w.out[p]
	pos := "verb:"
	switch c.Kind {
	case doc.NounClause, doc.SupportClause:
		pos = "noun:"
	case doc.AdjectiveClause:
		pos = "adj:"
	}
	list := w.lx.embed[pos+c.Lemma]
	if list == nil {
		return nil
	}
	for i := range list {
		for _, f := range list[i].frames {
			if f == frame || (f == "xcomp" && frame == "advcl" && infinitive) {
				return &list[i]
			}
		}
	}
	return nil
}

// inheritEmbedder gives a conjunct the embedder of the first of its row, unless
// it says something of its own: "threatened to strike and then marched".
func (w *work) inheritEmbedder(ci int, p doc.ClauseID) {
	c, q, x := &w.out[ci], &w.out[p], &w.more[ci]
	if q.Embedder == doc.NoClause {
		return
	}
	if e := w.more[p].emb; q.Link == "xcomp" && x.finite && e != nil {
		return
	}
	c.Embedder, c.How, x.emb = q.Embedder, q.How, w.more[p].emb
}

// strayRelative finds a relative clause that the tree hung elsewhere: "a gunman
// at the school who killed …". Its noun is the last one before the pronoun.
func (w *work) strayRelative(ci int) bool {
	c, x := &w.out[ci], &w.more[ci]
	who := w.kid(c.Pred, "nsubj")
	if who == doc.NoToken || who < 2 || !w.isRelativePronoun(who) || who > c.Pred {
		return false
	}
	t := who - 1
	if w.d.Tags[t].UPOS == "PUNCT" {
		t--
	}
	if u := w.d.Tags[t].UPOS; u != "NOUN" && u != "PROPN" || w.d.SentenceOf(t) != w.d.SentenceOf(who) {
		return false
	}
	for range maxDepth { // the head of the phrase that ends there
		h := w.head[t]
		if h == doc.NoToken || h >= who {
			break
		}
		switch w.rel(t) {
		case "flat", "appos", "compound", "nmod", "conj":
			t = h
			continue
		}
		break
	}
	x.noun, c.Link, c.Parent = t, "relcl", w.near(w.head[c.Pred])
	return true
}

// throughObject reads "accused the group of bombing" and "urged Chad to stop"
// where the tree hangs the inner verb from the object: in sense it hangs from
// the verb above.
func (w *work) throughObject(ci int, gov doc.TokenID) bool {
	c, mark := &w.out[ci], w.more[ci].mark
	if c.Link != "acl" || mark == "" {
		return false
	}
	v := w.head[gov]
	if v == doc.NoToken || w.pred[v] == doc.NoClause {
		return false
	}
	p := int(w.pred[v])
	frame := mark
	if mark == "to" && c.Infinitive {
		if n := w.pred[gov]; n != doc.NoClause && w.embedderOf(int(n), "acl", true) != nil {
			return false // "rejected an offer to send": the offer's
		}
		frame = "xcomp"
	}
	e := w.embedderOf(p, frame, c.Infinitive)
	if e == nil {
		return false
	}
	switch w.deprel[gov] {
	case "obj", "iobj", "nsubj:pass", "obl:agent":
	case "obl", "nmod":
		if !slices.Contains(e.frames, w.caseOf(gov)) { // "called on Chad to stop"
			return false
		}
	default:
		return false
	}
	c.Parent, c.Link = doc.ClauseID(p), "advcl"
	c.Embedder, c.How, w.more[ci].emb = doc.ClauseID(p), e.kind, e
	if frame == "xcomp" {
		c.Link = "xcomp"
	}
	return true
}

// throughSupport reads "made an offer to send": the infinitive hangs from the
// verb in the tree and from the noun in sense.
func (w *work) throughSupport(ci int, verb doc.TokenID) {
	frame := "acl"
	switch {
	case w.more[ci].mark == "that": // "rejected accusations … that it had looted"
		frame = "ccomp"
	case !w.out[ci].Infinitive:
		return
	}
	obj := w.kid(verb, "obj", "nsubj:pass")
	if obj == doc.NoToken || w.pred[obj] == doc.NoClause {
		return
	}
	if w.embed(ci, int(w.pred[obj]), frame) {
		w.out[ci].Parent, w.out[ci].Link = w.pred[obj], frame
	}
}

// reportedAfter finds the reporting verb that stands beside a main clause:
// "Troops withdrew, the ministry said."
func (w *work) reportedAfter(ci int) {
	t := w.out[ci].Pred
	for k := w.first[t]; k >= 0; k = w.next[k] {
		id := doc.TokenID(k)
		if w.rel(id) != "parataxis" || w.pred[id] == doc.NoClause || w.kid(id, "ccomp") != doc.NoToken {
			continue
		}
		if w.embed(ci, int(w.pred[id]), "parataxis") {
			return
		}
	}
}

// linkNoun links a nominal predicate: to the light verb it stands with, to the
// verb it is an argument of, or to the noun it completes.
func (w *work) linkNoun(ci int) {
	c := &w.out[ci]
	gov := w.head[c.Pred]
	if gov == doc.NoToken || !w.inSentence(gov, c) {
		return
	}
	frame := w.nounFrame(c.Pred)
	if frame == "of" && w.isQuantity(gov) { // "launched a wave of arrests"
		frame = w.nounFrame(gov)
		if gov = w.head[gov]; gov == doc.NoToken {
			return
		}
	}
	p := w.pred[gov]
	if o := w.objectTaking(c.Pred, gov, frame); o != doc.NoClause {
		p = o
	}
	if p == doc.NoClause {
		c.Parent, c.Link = w.near(gov), "nmod"
		return
	}
	c.Parent, c.Link = p, frame
	if w.out[p].Kind == doc.VerbClause {
		passive := w.out[p].Passive
		over := frame
		if frame == "subj" && passive {
			over = "obj"
		}
		list := w.lx.support[w.out[p].Lemma]
		if e := w.embedderOf(int(p), over, false); e != nil && e.effect != "same" {
			list = nil // "called for a strike" is no strike
		}
		for _, s := range list {
			if s.frame == frame || (s.frame == "obj" && frame == "subj" && passive) {
				c.Kind, c.Support = doc.SupportClause, gov
				break
			}
		}
		if frame == "subj" && passive {
			frame = "obj"
		}
	}
	if frame == "subj" && w.kid(gov, "obj") != doc.NoToken && !w.lx.phrasal[w.out[p].Lemma] {
		return // "the attack began", but not "the attack began a war"
	}
	if c.Kind == doc.NounClause || w.definite(c.Pred) {
		w.embed(ci, int(p), frame)
	}
}

// nounFrame names the place of a noun under its head.
func (w *work) nounFrame(t doc.TokenID) string {
	switch w.rel(t) {
	case "obj", "iobj":
		return "obj"
	case "nsubj":
		return "subj"
	case "obl", "nmod":
		if h := w.head[t]; h != doc.NoToken && w.pred[h] != doc.NoClause && w.particleCase(&w.out[w.pred[h]], t) {
			return "obj"
		}
		return w.caseOf(t)
	case "compound":
		return "mod"
	}
	return w.rel(t)
}

// isQuantity reports whether a noun only counts what follows "of".
func (w *work) isQuantity(t doc.TokenID) bool {
	return w.lx.quantities[w.lemma(t)]
}

// caseOf returns the preposition of a nominal, with the words fixed to it.
func (w *work) caseOf(t doc.TokenID) string {
	out := ""
	for k := w.first[t]; k >= 0; k = w.next[k] {
		id := doc.TokenID(k)
		if w.rel(id) != "case" {
			continue
		}
		m := w.markOf(id)
		if m == "'s" || m == "’s" || m == "'" || m == "’" {
			continue
		}
		if out != "" {
			return out + " " + m
		}
		out = m
	}
	return out
}

// definite reports whether a noun is introduced as known: "the attack", "its
// attack", "Friday's attack".
func (w *work) definite(t doc.TokenID) bool {
	for k := w.first[t]; k >= 0; k = w.next[k] {
		id := doc.TokenID(k)
		switch w.deprel[k] {
		case "det":
			switch w.lemma(id) {
			case "a", "an", "any", "no", "some", "another", "more", "further":
				return false
			}
			return true
		case "nmod:poss":
			return true
		}
	}
	return false
}

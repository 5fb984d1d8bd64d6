package statement

import (
	"slices"

	"casus/internal/doc"
)

// clause returns the head of the clause that the verb reports, and by what
// relation.
func (r *run) clause(v doc.TokenID, w *cueWord, a args) (doc.TokenID, string) {
	no := doc.NoToken
	if a.ccomp != no && (w.has(clauseFrame) || r.quoteOf(a.ccomp) >= 0) && !r.timeClause(v, a.ccomp) {
		return a.ccomp, "verb.clause"
	}
	if a.obj != no && w.has(quoteFrame) && r.quotedObject(v, a.obj) {
		return a.obj, "verb.quoted"
	}
	if p := a.parataxis; p != no && p > v && r.reportedParataxis(v, p) {
		return p, "verb.parataxis"
	}
	if h := r.t.Head(v); h != no {
		switch {
		case r.t.Rel(v, "parataxis", "discourse") && (a.subj != no || r.quoteBeside(v, h)) && !a.expletive && a.obj == no:
			return h, "verb.inserted"
		case r.t.Rel(v, "parataxis") && a.subj != no && w.has(objectAddressee):
			return h, "verb.inserted"
		case r.t.Rel(v, "advcl") && w.has(clauseFrame) && a.subj != no && a.obj == no && r.asClause(v):
			return h, "verb.as"
		}
	}
	if a.xcomp != no && w.has(clauseFrame) && r.quoteOf(a.xcomp) >= 0 && r.quoteOf(v) < 0 && !w.has(infFrame|objectInf|objectPredicate) {
		return a.xcomp, "verb.clause"
	}
	return no, ""
}

// timeClause reports whether a clause that the tree takes for the report only
// says when it was made: "said when she arrived".
func (r *run) timeClause(v, x doc.TokenID) bool {
	if r.quoteOf(x) >= 0 && r.quoteOf(v) < 0 {
		return false
	}
	first, _ := r.t.Phrase(x, nil)
	return first > v && r.is(first, "time-clause")
}

// quotedObject reports whether the object is words in quotation marks and no
// more: chanting "no peace", and not the name of a work.
func (r *run) quotedObject(v, obj doc.TokenID) bool {
	q := r.quoteOf(obj)
	if q < 0 || r.quoteOf(v) == q {
		return false
	}
	qt := r.quote(q)
	first, end := r.t.Phrase(obj, nil)
	return v < qt.First && first >= r.markBefore(qt) && end <= qt.End+1 && qt.End-qt.First > 1 && !r.titled(qt)
}

// asClause reports whether the clause begins with "as": "as he put it".
func (r *run) asClause(v doc.TokenID) bool {
	for _, c := range r.t.Children(v) {
		if r.t.Rel(c, "mark", "advmod", "case") && r.is(c, "as") {
			return true
		}
	}
	return false
}

// reportedParataxis reports whether a clause set beside the verb is what it
// reports: a colon or a quotation mark stands between.
func (r *run) reportedParataxis(v, p doc.TokenID) bool {
	if q := r.quoteOf(p); q >= 0 && r.quoteOf(v) != q {
		return true
	}
	first, _ := r.t.Phrase(p, nil)
	for t := first - 1; t > v && t >= first-2; t-- {
		if r.lower[t] == ":" || r.lower[t] == "," {
			return true
		}
	}
	return false
}

// quoteBeside reports whether the head lies in a quotation and the verb does not.
func (r *run) quoteBeside(v, h doc.TokenID) bool {
	return r.quoteOf(h) >= 0 && r.quoteOf(v) != r.quoteOf(h)
}

// take sets the content to the clause under root, without the reporting clause
// if that hangs inside it.
func (r *run) take(c *cand, root, v doc.TokenID, rule string) {
	inside := r.t.Under(v, root)
	toks := r.t.Subtree(root, func(x doc.TokenID) bool {
		if inside && x == v {
			return true
		}
		return x == c.subj || r.outsideClause(x, root)
	})
	c.content, c.rule = toks, rule
}

// outsideClause reports whether a dependent of the reported clause is none of
// it: another report set beside it.
func (r *run) outsideClause(x, root doc.TokenID) bool {
	if r.t.Rel(x, "advcl", "conj", "parataxis") && r.besideParticiple(x) {
		return true // "…, adding that": a report of its own
	}
	if r.t.Rel(x, "conj") && r.finite(x) && r.verbs[r.d.Tags[x].Lemma].has(clauseFrame) && r.verbs[r.d.Tags[x].Lemma].sense != "think" && r.t.Child(x, "nsubj") == doc.NoToken && r.t.Child(x, "ccomp") != doc.NoToken && r.sameTense(x) {
		return true // "he says he would go and tells the crowd that …"
	}
	return r.t.Head(x) == root && r.t.Rel(x, "parataxis", "discourse") && r.quoteOf(x) < 0 && r.quoteOf(root) >= 0
}

// besideParticiple reports whether the token begins another report after a
// comma: "…, adding that", "…, calling it a lie".
func (r *run) besideParticiple(x doc.TokenID) bool {
	if r.d.Tags[x].XPOS != "VBG" || r.word(x-1) != "," || r.in[x] >= 0 {
		return false
	}
	w := r.verbs[r.d.Tags[x].Lemma]
	return w.has(clauseFrame) || w.has(objectPredicate) && r.t.Child(x, "obj", "ccomp") != doc.NoToken
}

// sameTense reports whether the verb has the tense of the report that governs
// it, and not that of the reported clause it is coordinated with.
func (r *run) sameTense(x doc.TokenID) bool {
	h := r.t.Head(x)
	if h == doc.NoToken {
		return false
	}
	up := r.t.Head(h)
	return up != doc.NoToken && r.d.Tags[up].XPOS == r.d.Tags[x].XPOS && r.d.Tags[h].XPOS != r.d.Tags[x].XPOS
}

// takePhrases sets the content to several phrases.
func (r *run) takePhrases(c *cand, v doc.TokenID, rule string, heads ...doc.TokenID) {
	r.t.Reset()
	var toks []doc.TokenID
	for _, h := range heads {
		toks = r.t.Collect(toks, h, func(x doc.TokenID) bool { return x == v || x == c.subj })
	}
	slices.Sort(toks)
	c.content, c.rule, c.nominal = r.tail(toks), rule, true
}

// tail adds what follows a phrase and belongs to it whatever the tree says:
// "announced plans [to sue the council]".
func (r *run) tail(toks []doc.TokenID) []doc.TokenID {
	if len(toks) == 0 {
		return toks
	}
	t := toks[len(toks)-1] + 1
	end := r.sentence(t - 1).End
	if t >= end || !r.is(t, "tail") {
		return toks
	}
	clause := r.is(t, "to") || r.is(t, "that")
	for ; t < end && !r.punct(t); t++ {
		if !clause && (r.upos(t) == "CCONJ" || r.upos(t) == "SCONJ") || r.is(t, "tail-end") {
			break
		}
		clause = clause || r.is(t, "to") || r.is(t, "that")
		toks = append(toks, t)
	}
	return toks
}

// takeObject sets the content to the object with what is said of it: "praised
// him for …", "accused her of …".
func (r *run) takeObject(c *cand, v doc.TokenID, w *cueWord, a args, obj doc.TokenID) {
	heads := []doc.TokenID{obj}
	switch w.sense {
	case "criticize", "praise", "accuse", "describe", "reject":
		for _, list := range [][]doc.TokenID{a.obls, a.advcls} {
			for _, o := range list {
				if o > obj && r.withPrep(o) && o != c.subj {
					heads = append(heads, o)
				}
			}
		}
		if a.xcomp != doc.NoToken {
			heads = append(heads, a.xcomp)
		}
	}
	r.takePhrases(c, v, "verb.object", heads...)
}

func (r *run) withPrep(x doc.TokenID) bool {
	for _, c := range r.t.Children(x) {
		if r.t.Rel(c, "case", "mark") && r.is(c, "with") {
			return true
		}
	}
	return false
}

// prepositional sets the content to the phrase after a preposition of the
// verb's: "called for", "warned of", "spoke about".
func (r *run) prepositional(c *cand, v doc.TokenID, w *cueWord, a args) {
	for _, p := range w.preps {
		for _, o := range append(slices.Clone(a.obls), a.advcls...) {
			if o < v || !r.case_(o, p) {
				continue
			}
			r.takePhrases(c, v, "verb.preposition", o)
			c.prep = p
			marker := doc.NoToken
			for _, k := range r.t.Children(o) {
				if r.t.Rel(k, "case", "mark") && r.lower[k] == p {
					marker = k
				}
			}
			c.content = slices.DeleteFunc(c.content, func(t doc.TokenID) bool { return t == marker })
			if marker == c.cueEnd {
				c.cueEnd++
			}
			return
		}
	}
}

// clausal reports whether x heads a clause: it has a subject, or it is a verb.
func (r *run) clausal(x doc.TokenID) bool {
	return r.verbal(x) || r.t.Child(x, "nsubj", "cop", "csubj") != doc.NoToken
}

// climb bounds the steps up a tree, which may be broken.
const climb = 50

// nounCue makes a candidate of a noun of saying with its clause: "a warning
// that", "his claim that", "criticism of".
func (r *run) nounCue(n doc.TokenID, w *cueWord) (cand, bool) {
	c := cand{cue: n, word: w, cueFirst: n, cueEnd: n + 1, subj: doc.NoToken, addressee: doc.NoToken, nominal: true}
	for _, k := range r.t.Children(n) {
		if r.t.Rel(k, "nmod:poss") {
			c.subj = k
		}
	}
	for _, k := range r.t.Children(n) {
		switch {
		case r.t.Rel(k, "acl", "ccomp") && !r.t.Rel(k, "acl:relcl") && k > n && w.has(clauseFrame) && r.marked(k, "that"):
			r.take(&c, k, n, "noun.clause")
			c.nominal = false
		case r.t.Rel(k, "acl", "xcomp") && k > n && w.has(infFrame) && r.infinitive(k):
			r.take(&c, k, n, "noun.infinitive")
		case r.t.Rel(k, "nmod") && k > n && c.subj == doc.NoToken && r.case_(k, "by", "from"):
			c.subj = k
		}
	}
	if len(c.content) == 0 {
		for _, k := range r.t.Children(n) {
			if r.t.Rel(k, "nmod", "acl") && k > n && k != c.subj && r.case_(k, w.preps...) {
				r.takePhrases(&c, n, "noun.preposition", k)
				if m := r.caseOf(k); m != doc.NoToken {
					c.content = slices.DeleteFunc(c.content, func(t doc.TokenID) bool { return t == m })
					if m == c.cueEnd {
						c.cueEnd++
					}
				}
				break
			}
		}
	}
	if len(c.content) == 0 {
		return c, false
	}
	if c.subj == doc.NoToken {
		c.subj = r.bearer(n)
	}
	return c, true
}

// marked reports whether the clause begins with a word of the class.
func (r *run) marked(x doc.TokenID, class string) bool {
	for _, c := range r.t.Children(x) {
		if r.t.Rel(c, "mark") && r.is(c, class) {
			return true
		}
	}
	return false
}

// bearer returns the subject of the verb that utters the noun: "they issued a
// warning that".
func (r *run) bearer(n doc.TokenID) doc.TokenID {
	v := r.t.Head(n)
	if v == doc.NoToken || !r.verbal(v) || !r.t.Rel(n, "obj") || !r.words["light"][r.d.Tags[v].Lemma] {
		return doc.NoToken
	}
	return r.subject(v, r.t.Child(v, "nsubj"))
}

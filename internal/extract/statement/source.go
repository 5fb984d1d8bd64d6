package statement

import (
	"casus/internal/doc"
)

// subject returns the head of the phrase that does the saying: the subject of
// the verb, or that of the verb whose subject it shares.
func (r *run) subject(v, own doc.TokenID) doc.TokenID {
	if own != doc.NoToken {
		return own
	}
	for range 6 {
		h := r.t.Head(v)
		if h == doc.NoToken {
			return doc.NoToken
		}
		switch {
		case r.t.Rel(v, "acl:relcl"):
			return h
		case r.t.Rel(v, "acl"):
			if r.speaks(h) && !r.infinitive(v) {
				return h
			}
			if p := r.t.Child(h, "nmod:poss"); p != doc.NoToken && r.messageNoun(h) {
				return p
			}
			for i := 0; i < 6 && h != doc.NoToken && !r.clausal(h); i++ {
				h = r.t.Head(h)
			}
			if h == doc.NoToken {
				return doc.NoToken
			}
			if s := r.t.Child(h, "nsubj"); s != doc.NoToken && s != v {
				return s
			}
			v = h
		case r.t.Rel(v, "xcomp") && r.objectControl(h):
			return r.t.Child(h, "obj", "iobj")
		case r.t.Rel(v, "conj", "xcomp", "advcl", "parataxis", "ccomp", "dep", "csubj"):
			if s := r.t.Child(h, "nsubj", "nsubj:pass"); s != doc.NoToken {
				return s
			}
			v = h
		default:
			return doc.NoToken
		}
	}
	return doc.NoToken
}

// objectControl reports whether the object of the verb is who does what its
// infinitive says: "urged them to tell".
func (r *run) objectControl(h doc.TokenID) bool {
	if r.t.Child(h, "obj", "iobj") == doc.NoToken {
		return false
	}
	l := r.d.Tags[h].Lemma
	return r.words["object-control"][l] || r.verbs[l].has(objectInf)
}

// speaks reports whether the noun names somebody, or something that says what
// is written in it.
func (r *run) speaks(n doc.TokenID) bool {
	if i := r.names[n]; i >= 0 && r.d.Names[i].Kind != doc.EVENT {
		return true
	}
	_, ok := r.sources[r.d.Tags[n].Lemma]
	return ok || r.upos(n) == "PRON"
}

// messageNoun reports whether the noun is a document or a message.
func (r *run) messageNoun(n doc.TokenID) bool {
	m, ok := r.media[r.d.Tags[n].Lemma]
	return ok && m.kind != "platform"
}

// sourcePhrase returns the tokens that name the source: the phrase with its
// titles and appositions, without the relative clauses and asides after it.
func (r *run) sourcePhrase(x doc.TokenID) (first, end doc.TokenID) {
	first, end = r.t.Phrase(x, func(c doc.TokenID) bool {
		if r.t.Rel(c, "acl:relcl", "parataxis", "advcl", "discourse", "ccomp", "nsubj", "cop", "mark", "advmod:emph", "dep") && r.d.Arcs[c].Deprel != "nsubj:pass" {
			return true
		}
		if r.t.Rel(c, "acl") && c > 0 && r.lower[c-1] == "," { // Reuters, citing …, reported
			return true
		}
		if r.t.Rel(c, "case") && r.t.Head(c) == x {
			return r.lower[c] != "'s" && r.lower[c] != "’s" && r.lower[c] != "'" && r.lower[c] != "’"
		}
		return r.t.Rel(c, "cc", "punct") && c < x && r.t.Head(c) == x && !r.between(c, x)
	})
	for first < end-1 && r.punct(first) {
		first++
	}
	first, end = r.wholeNames(x, first, end)
	for end > first+1 && (r.punct(end-1) || r.lower[end-1] == "'s" || r.lower[end-1] == "’s" || r.t.Rel(end-1, "cc")) {
		end--
	}
	return first, end
}

// between reports whether a dependent of x stands before the mark c, so that
// the mark is inside the phrase.
func (r *run) between(c, x doc.TokenID) bool {
	for _, k := range r.t.Children(x) {
		if k < c && !r.t.Rel(k, "punct", "cc", "case") {
			return true
		}
	}
	return false
}

// wholeNames widens a phrase by the rest of a name that the tree tore from it,
// and by the name right after a title: "Senior researcher [Mu Li]".
func (r *run) wholeNames(x, first, end doc.TokenID) (doc.TokenID, doc.TokenID) {
	s := r.sentence(x)
	if i := r.names[first]; i >= 0 && r.d.Names[i].First < first && r.d.Names[i].First >= s.First {
		first = r.d.Names[i].First
	}
	for end < s.End && end > first && r.in[end] == r.in[x] && r.upos(end) == "PROPN" && (r.upos(end-1) == "PROPN" || r.upos(end-1) == "NOUN" || r.upos(end-1) == "ADJ") {
		end++
	}
	return first, end
}

// entity returns the entity that the source phrase names: the person named in
// it, else that of its head.
func (r *run) entity(c *cand) doc.EntityID {
	x := r.antecedent(c.subj)
	e := r.act.of(x)
	if x != c.subj {
		return e
	}
	for t := c.srcFirst; t < c.srcEnd && int(t) < len(r.act.head); t++ {
		if i := r.act.head[t]; i >= 0 && r.bearsName(c, t) && r.d.Mentions[i].Form == doc.FormName {
			return r.d.Mentions[i].Entity
		}
	}
	return e
}

// bearsName reports whether the token belongs to a person's name that is the
// source itself, not one it is of, for or with.
func (r *run) bearsName(c *cand, t doc.TokenID) bool {
	i := r.names[t]
	if i < 0 || r.d.Names[i].Kind != doc.PER {
		return false
	}
	first, end := r.d.Names[i].First, r.d.Names[i].End
	if first > c.srcFirst && (r.upos(first-1) == "ADP" || r.upos(first-1) == "CCONJ") {
		return false
	}
	return int(end) >= len(r.lower) || r.lower[end] != "'s" && r.lower[end] != "’s" && r.lower[end] != "'" && r.lower[end] != "’"
}

// namesPerson reports whether the source phrase holds the name of the source.
func (r *run) namesPerson(c *cand) bool {
	for t := c.srcFirst; t < c.srcEnd; t++ {
		if r.bearsName(c, t) {
			return true
		}
	}
	return false
}

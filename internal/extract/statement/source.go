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
		h := r.t.head(v)
		if h == doc.NoToken {
			return doc.NoToken
		}
		switch {
		case r.t.rel(v, "acl:relcl"):
			return h
		case r.t.rel(v, "acl"):
			return r.throughNoun(h)
		case r.t.rel(v, "xcomp") && r.t.child(h, "obj", "iobj") != doc.NoToken && !r.subjectControl(h):
			return r.t.child(h, "obj", "iobj")
		case r.t.rel(v, "conj", "xcomp", "advcl", "parataxis", "ccomp", "dep", "csubj"):
			if s := r.t.child(h, "nsubj", "nsubj:pass"); s != doc.NoToken {
				return s
			}
			v = h
		default:
			return doc.NoToken
		}
	}
	return doc.NoToken
}

// subjectControl reports whether the subject of the verb is that of its
// infinitive even beside an object: "promised voters to …".
func (r *run) subjectControl(h doc.TokenID) bool {
	w := r.verbs[r.d.Tags[h].Lemma]
	return w != nil && w.sense == "promise"
}

// throughNoun returns who stands behind a noun that a participle qualifies: of
// "she issued a statement saying …" the subject of the verb, where the noun is
// a document or a message; else the noun.
func (r *run) throughNoun(n doc.TokenID) doc.TokenID {
	m, ok := r.media[r.d.Tags[n].Lemma]
	if !ok || m.kind == "platform" {
		return n
	}
	if p := r.t.child(n, "nmod:poss"); p != doc.NoToken {
		return p
	}
	v := r.t.head(n)
	if v != doc.NoToken && r.verbal(v) && r.t.rel(n, "obj", "obl") && !r.passiveForm(v) {
		if s := r.subject(v, r.t.child(v, "nsubj")); s != doc.NoToken {
			return s
		}
	}
	return n
}

// sourcePhrase returns the tokens that name the source: the phrase with its
// titles and appositions, without the relative clauses and asides after it.
func (r *run) sourcePhrase(x doc.TokenID) (first, end doc.TokenID) {
	first, end = r.t.phrase(x, func(c doc.TokenID) bool {
		if r.t.rel(c, "acl:relcl", "parataxis", "advcl", "discourse", "ccomp", "nsubj", "cop", "mark", "advmod:emph", "dep") && r.d.Arcs[c].Deprel != "nsubj:pass" {
			return true
		}
		if r.t.rel(c, "case") && r.t.head(c) == x {
			return r.lower[c] != "'s" && r.lower[c] != "’s" && r.lower[c] != "'" && r.lower[c] != "’"
		}
		return r.t.rel(c, "cc", "punct") && c < x && r.t.head(c) == x && !r.between(c, x)
	})
	for first < end-1 && r.punct(first) {
		first++
	}
	for end > first+1 && (r.punct(end-1) || r.lower[end-1] == "'s" || r.lower[end-1] == "’s" || r.t.rel(end-1, "cc")) {
		end--
	}
	return first, end
}

// between reports whether a dependent of x stands before the mark c, so that
// the mark is inside the phrase.
func (r *run) between(c, x doc.TokenID) bool {
	for _, k := range r.t.children(x) {
		if k < c && !r.t.rel(k, "punct", "cc", "case") {
			return true
		}
	}
	return false
}

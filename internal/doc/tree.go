package doc

import "strings"

// Rel returns the relation of t without its subtype.
func (d *Doc) Rel(t TokenID) string {
	r := d.Arcs[t].Deprel
	if i := strings.IndexByte(r, ':'); i >= 0 {
		return r[:i]
	}
	return r
}

// Head returns the head of t, or NoToken for a root.
func (d *Doc) Head(t TokenID) TokenID { return d.Arcs[t].Head }

// Lemma returns the lemma of t.
func (d *Doc) Lemma(t TokenID) string { return d.Tags[t].Lemma }

// Children calls yield for every dependent of t in order, until it returns
// false. It scans the sentence of t: sentences are short.
func (d *Doc) Children(t TokenID) func(yield func(TokenID) bool) {
	return func(yield func(TokenID) bool) {
		s := d.Sentences[d.SentenceOf(t)]
		for c := s.First; c < s.End; c++ {
			if d.Arcs[c].Head == t && !yield(c) {
				return
			}
		}
	}
}

// Child returns the first dependent of t with one of the relations, which may
// carry a subtype, or NoToken.
func (d *Doc) Child(t TokenID, rels ...string) TokenID {
	for c := range d.Children(t) {
		for _, r := range rels {
			if d.Arcs[c].Deprel == r || (d.Rel(c) == r && !strings.Contains(r, ":")) {
				return c
			}
		}
	}
	return NoToken
}

// Under reports whether t is anc or lies below it.
func (d *Doc) Under(t, anc TokenID) bool {
	for range 1000 { // a broken tree must not hang
		if t == anc {
			return true
		}
		if t == NoToken {
			return false
		}
		t = d.Arcs[t].Head
	}
	return false
}

// Subtree returns the range of tokens that t and its dependents span, leaving
// out dependents whose relation skip accepts.
func (d *Doc) Subtree(t TokenID, skip func(deprel string) bool) (first, end TokenID) {
	s := d.Sentences[d.SentenceOf(t)]
	in := make([]bool, s.End-s.First)
	in[t-s.First] = true
	for changed := true; changed; {
		changed = false
		for c := s.First; c < s.End; c++ {
			h := d.Arcs[c].Head
			if in[c-s.First] || h == NoToken || h < s.First || h >= s.End || !in[h-s.First] {
				continue
			}
			if skip != nil && skip(d.Arcs[c].Deprel) {
				continue
			}
			in[c-s.First], changed = true, true
		}
	}
	first, end = t, t+1
	for first > s.First && in[first-1-s.First] {
		first--
	}
	for end < s.End && in[end-s.First] {
		end++
	}
	return first, end
}

package statement

import (
	"casus/internal/doc"
)

// The trees of sentences with quotations are often wrong where it matters: the
// first noun inside the marks becomes the subject of "said". What stands right
// beside the verb is surer, and is asked first.

// subjectOf returns the head of the phrase that is the subject of a reporting
// verb: what stands before it, or after it where the order is inverted; by the
// tree where neither is plain.
func (r *run) subjectOf(v, own doc.TokenID) doc.TokenID {
	participle := r.d.Tags[v].XPOS == "VBG" && r.t.Child(v, "aux") == doc.NoToken
	if own != doc.NoToken && (!r.sameSide(own, v) || own > v && participle || own < v && r.quoteBefore(v) >= 0 && r.in[v] < 0) {
		own = doc.NoToken
	}
	if participle && own == doc.NoToken {
		for h, i := r.t.Head(v), 0; h != doc.NoToken && i < 3; h, i = r.t.Head(h), i+1 {
			if up := r.t.Head(h); r.t.Rel(h, "ccomp") && up >= 0 && up < v && r.byCue[up] >= 0 && r.in[up] == r.in[v] {
				return r.cands[r.byCue[up]].subj // he said he would go, adding that …
			}
		}
		if s := r.subject(v, own); s != doc.NoToken && r.sameSide(s, v) && s < v {
			return s
		}
		return r.subjectBefore(v)
	}
	if x := r.nounBefore(v); x != doc.NoToken {
		if r.word(v+1) == "," && int(v)+2 < len(r.lower) && r.goesOnFinite(v+2) && (own == doc.NoToken || r.commaBetween(own, x)) {
			return x // The dam, engineers warned, could fail
		}
		if own != doc.NoToken && own < v && r.t.Under(x, own) {
			if r.t.Rel(x, "appos") && r.commaBetween(own, x) {
				return x // an apposition would close with a comma before the verb
			}
			return own
		}
		if own == doc.NoToken || own > v || r.upos(x) == "PRON" || r.commaBetween(own, x) && !r.apposed(own, x) {
			return r.phraseHead(x, v)
		}
		return own
	}
	if own != doc.NoToken && (own < v || r.inverted(v)) {
		return own
	}
	if x := r.nounAfterQuote(v); x != doc.NoToken {
		return x
	}
	if r.inverted(v) {
		if x := r.nounAfter(v); x != doc.NoToken {
			return x
		}
	}
	if s := r.subject(v, doc.NoToken); s != doc.NoToken && r.sameSide(s, v) {
		return s
	}
	return r.subjectBefore(v)
}

// nounAfterQuote returns the noun phrase between a quotation and the comma
// before the verb: "“…,” Ida Brandt, the mayor, said".
func (r *run) nounAfterQuote(v doc.TokenID) doc.TokenID {
	if r.word(v-1) != "," || r.in[v] >= 0 {
		return doc.NoToken
	}
	s := r.sentence(v)
	t := v - 1
	for t >= s.First && t > v-30 && r.in[t] < 0 && !r.verbal(t) {
		t--
	}
	if t < s.First || r.in[t] < 0 {
		return doc.NoToken
	}
	return r.nounAfter(t + 1)
}

// sameSide reports whether both tokens lie in the same quotation, or in none.
func (r *run) sameSide(a, b doc.TokenID) bool { return r.in[a] == r.in[b] }

// nounBefore returns the nominal that stands right before the verb, auxiliaries
// and adverbs aside, or NoToken.
func (r *run) nounBefore(v doc.TokenID) doc.TokenID {
	s := r.sentence(v)
	for t := v - 1; t >= s.First && t > v-6; t-- {
		if !r.sameSide(t, v) {
			return doc.NoToken
		}
		switch r.upos(t) {
		case "AUX", "ADV", "PART":
			if r.is(t, "to") {
				return doc.NoToken
			}
			continue
		case "NOUN", "PROPN":
			return t
		case "PRON":
			if r.is(t, "nominative") {
				return t
			}
			return doc.NoToken
		case "NUM":
			return t
		}
		return doc.NoToken
	}
	return doc.NoToken
}

// phraseHead climbs from a nominal to the head of its noun phrase, to the left
// of the verb.
func (r *run) phraseHead(x, v doc.TokenID) doc.TokenID {
	for range 8 {
		h := r.t.Head(x)
		if h == doc.NoToken || h >= v || r.commaBetween(h, x) || r.verbal(h) || !r.sameSide(h, v) || !r.t.Rel(x, "nmod", "compound", "flat", "appos", "conj", "amod", "nummod", "det", "case", "dep", "list") {
			break
		}
		x = h
	}
	return x
}

func (r *run) commaBetween(a, b doc.TokenID) bool {
	for t := min(a, b) + 1; t < max(a, b); t++ {
		if r.lower[t] == "," || r.lower[t] == ";" {
			return true
		}
	}
	return false
}

// apposed reports whether an even number of commas stands between: what they
// enclose is an aside.
func (r *run) apposed(a, b doc.TokenID) bool {
	return r.t.Under(b, a)
}

// inverted reports whether the verb begins its clause: after a comma, a
// quotation or nothing.
func (r *run) inverted(v doc.TokenID) bool {
	s := r.sentence(v)
	t := v - 1
	for t >= s.First && (r.upos(t) == "ADV" || r.upos(t) == "AUX") {
		t--
	}
	return t < s.First || r.punct(t) || !r.sameSide(t, v)
}

// nounAfter returns the head of the noun phrase right after the verb.
func (r *run) nounAfter(v doc.TokenID) doc.TokenID {
	s := r.sentence(v)
	for t := v + 1; t < s.End && t < v+8; t++ {
		if !r.sameSide(t, v) {
			break
		}
		switch r.upos(t) {
		case "DET", "ADJ", "ADV", "NUM":
			continue
		case "PUNCT":
			if t == v+1 {
				continue
			}
		case "NOUN", "PROPN", "PRON":
			x := t
			for range 6 { // the head lies in the same run of nouns
				h := r.t.Head(x)
				if h <= v || h >= s.End || h > t+6 || r.verbal(h) || r.commaBetween(x, h) {
					break
				}
				x = h
			}
			return x
		}
		break
	}
	return doc.NoToken
}

// subjectBefore returns the subject of the nearest verb before v in its
// sentence, outside quotations: whose "adding" this is.
func (r *run) subjectBefore(v doc.TokenID) doc.TokenID {
	if r.upos(v) != "VERB" || r.d.Tags[v].XPOS != "VBG" {
		return doc.NoToken
	}
	s := r.sentence(v)
	for t := v - 1; t >= s.First; t-- {
		if !r.verbal(t) || !r.sameSide(t, v) || r.t.Rel(t, "aux", "cop") {
			continue
		}
		if k := r.t.Child(t, "nsubj"); k != doc.NoToken && r.sameSide(k, v) {
			return k
		}
		if r.byCue[t] >= 0 {
			return r.cands[r.byCue[t]].subj
		}
	}
	return doc.NoToken
}

// after returns the first token after the verb that is none of its adjuncts:
// where reported words would begin.
func (r *run) after(v doc.TokenID, w *cueWord) doc.TokenID {
	s := r.sentence(v)
	t := v + 1
	for moved := true; moved && t < s.End; {
		moved = false
		if r.punct(t) {
			return t
		}
		if r.upos(t) == "ADV" && r.t.Head(t) == v {
			t++
			moved = true
			continue
		}
		for _, k := range r.t.Children(v) {
			if k < t || !r.t.Rel(k, "obl", "iobj", "compound:prt", "nmod", "advmod") && !(w.has(objectAddressee) && r.t.Rel(k, "obj")) {
				continue
			}
			first, end := r.t.Phrase(k, func(x doc.TokenID) bool {
				return r.t.Rel(x, "acl", "ccomp", "advcl", "parataxis") || r.t.Head(x) == k && r.t.Rel(x, "punct")
			})
			if first == t && end-first <= 12 && !r.holdsVerb(first, end) {
				t = end
				moved = true
				break
			}
		}
	}
	return r.pastCarrier(t, s.End)
}

// pastCarrier passes over who carried a document, up to "that": "said in a
// statement [carried by the agency] that".
func (r *run) pastCarrier(t, end doc.TokenID) doc.TokenID {
	if t == 0 || t >= end || !r.t.Rel(t, "acl") || r.d.Tags[t].XPOS != "VBN" || !r.messageNoun(t-1) {
		return t
	}
	for k := t + 1; k < end && k < t+10 && !r.punct(k) && !r.verbal(k); k++ {
		if r.is(k, "that") {
			return k
		}
	}
	return t
}

func (r *run) holdsVerb(first, end doc.TokenID) bool {
	for t := first; t < end; t++ {
		if r.verbal(t) {
			return true
		}
	}
	return false
}

package statement

import (
	"casus/internal/doc"
)

// Comments that name a source: "according to X", "per X", "in the words of X".

// accordingCue makes a candidate of "according to X" and "per X".
func (r *run) accordingCue(t doc.TokenID) (cand, bool) {
	c := cand{cue: t, cueFirst: t, cueEnd: t + 1, subj: doc.NoToken, addressee: doc.NoToken, rule: "according"}
	if r.is(t, "per") && !r.perSource(t) {
		return c, false
	}
	if r.is(t, "in-words") {
		return r.inWords(t)
	}
	x := doc.NoToken
	top := t // the token by which the phrase hangs in the clause
	if r.t.Rel(t, "case", "mark") {
		x = r.t.Head(t)
		top = x
	} else {
		x = r.t.Child(t, "obl", "nmod", "obj")
	}
	if x == doc.NoToken || !r.is(t, "per") && r.word(t+1) != "to" {
		return c, false
	}
	if r.word(t+1) == "to" {
		c.cueEnd = t + 2
	}
	h := r.t.Head(top)
	h = r.clauseOver(h)
	if h == doc.NoToken {
		return c, false
	}
	if k := r.t.Child(h, "ccomp"); k != doc.NoToken && h < t && r.verbs[r.d.Tags[h].Lemma].has(clauseFrame) && r.t.Head(top) == h && t < k {
		h = k // the report reports on another's word
	}
	c.subj = x
	if r.aroundComment(&c, t) {
		return c, len(c.content) > 0
	}
	h = r.sentenceClause(h, t)
	c.content = r.t.Subtree(h, func(y doc.TokenID) bool { return y == top })
	return c, len(c.content) > 0
}

// perSource reports whether "per" at a comma names who says what the sentence
// reports: a name, a kind of source, or a document.
func (r *run) perSource(t doc.TokenID) bool {
	x := r.t.Head(t)
	if x == doc.NoToken || !r.t.Rel(t, "case") || !r.clauseComma(t) {
		return false
	}
	_, source := r.sources[r.d.Tags[x].Lemma]
	return r.upos(x) == "PROPN" || r.d.Tags[x].XPOS == "NN" && (source || r.messageNoun(x)) && r.t.Child(x, "det", "nmod:poss") != doc.NoToken
}

// inWords makes a candidate of "in the words of X".
func (r *run) inWords(t doc.TokenID) (cand, bool) {
	x := r.t.Child(t, "nmod")
	in, of := r.caseOf(t), doc.NoToken
	if x != doc.NoToken {
		of = r.caseOf(x)
	}
	if in == doc.NoToken || of != t+1 || in > t || !r.clauseComma(in) {
		return cand{}, false
	}
	c := cand{cue: t, cueFirst: in, cueEnd: of + 1, subj: x, addressee: doc.NoToken, rule: "according"}
	return c, r.aroundComment(&c, in)
}

// aroundComment sets source and content of a comment that begins or ends its
// sentence: "according to X, …" and "…, according to X". It is about all the
// rest, back to a semicolon or a dash.
func (r *run) aroundComment(c *cand, t doc.TokenID) bool {
	s := r.sentence(t)
	if r.in[t] >= 0 {
		return false
	}
	first := c.cueEnd
	end := r.commentEnd(first, s)
	if end <= first {
		return false
	}
	if t <= s.First+1 && end < s.End-1 && r.lower[end] == "," {
		end = r.pastAppositions(c.subj, end, s)
		c.content = tokens(end+1, s.End)
		c.subj, c.srcFirst, c.srcEnd = r.top(first, end), first, end
		return true
	}
	rest := end
	for rest < s.End && r.punct(rest) && r.in[rest] < 0 {
		rest++
	}
	if rest < s.End && !r.is(rest, "relative") || t == s.First || r.lower[t-1] != "," {
		return false
	}
	from := s.First
	for k := t - 2; k > s.First; k-- {
		if (r.lower[k] == ";" || dash(r.lower[k]) && !r.glued(k)) && r.in[k] < 0 {
			from = k + 1
			break
		}
	}
	if !r.holdsVerb(from, t-1) {
		return false
	}
	c.content = tokens(from, t-1)
	c.subj, c.srcFirst, c.srcEnd = r.top(first, end), first, end
	return true
}

// commentEnd returns the end of the noun phrase that begins at first: the next
// comma, stop, relative pronoun or verb in the finite.
func (r *run) commentEnd(first doc.TokenID, s doc.Sentence) doc.TokenID {
	t := first
	depth := 0
	for ; t < s.End && t < first+30; t++ {
		switch {
		case r.lower[t] == "(":
			depth++
		case r.lower[t] == ")":
			depth--
		case depth > 0:
		case r.punct(t) && r.lower[t] != "-" && r.lower[t] != "'" && r.lower[t] != "/", r.in[t] >= 0, t > first && r.is(t, "relative") && r.upos(t) != "DET", r.finite(t):
			return t
		}
	}
	return t
}

// pastAppositions moves the end of a fronted comment past what is set beside
// the source between commas.
func (r *run) pastAppositions(x, end doc.TokenID, s doc.Sentence) doc.TokenID {
	if x == doc.NoToken {
		return end
	}
	for _, k := range r.t.Children(x) {
		if k <= end || !r.t.Rel(k, "appos") {
			continue
		}
		if e := r.commentEnd(end+1, s); k < e && e < s.End-1 && r.lower[e] == "," {
			return e
		}
	}
	return end
}

// sentenceClause returns the clause that "according to" comments on: that of
// h, or for a comment at either end of the sentence the whole of what is
// coordinated with it.
func (r *run) sentenceClause(h, t doc.TokenID) doc.TokenID {
	s := r.sentence(t)
	_, end := r.t.Phrase(t, nil)
	edge := t <= s.First+1 || end >= s.End-1 || r.lower[t-1] == ","
	for range 20 {
		up := r.t.Head(h)
		if up == doc.NoToken || !edge {
			break
		}
		if !r.t.Rel(h, "conj", "advcl", "acl", "parataxis", "xcomp") || r.t.Rel(h, "acl:relcl") && t > s.First+1 && end < s.End-1 {
			break
		}
		h = up
	}
	return r.clauseOver(h)
}

// clauseOver climbs from x to the head of the clause that it belongs to.
func (r *run) clauseOver(x doc.TokenID) doc.TokenID {
	for range climb {
		if x == doc.NoToken || r.clausal(x) || r.t.Head(x) == doc.NoToken {
			break
		}
		x = r.t.Head(x)
	}
	return x
}

// clauseComma reports whether a comma or the sentence's beginning stands before t.
func (r *run) clauseComma(t doc.TokenID) bool { return t == r.sentence(t).First || r.lower[t-1] == "," }

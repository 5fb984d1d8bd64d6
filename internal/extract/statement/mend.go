package statement

import (
	"slices"

	"casus/internal/doc"
)

// Content that follows its verb, and how it is mended where the tree is torn.

// reported sets the content to the clause or quotation that the verb reports:
// around it, where it is set into what it reports; else what the tree gives,
// mended by what stands after the verb.
func (r *run) reported(c *cand, v doc.TokenID, w *cueWord, a args) bool {
	root, rule := r.clause(v, w, a)
	if !c.passive && w.has(clauseFrame|quoteFrame) && !r.t.Rel(v, "xcomp") || rule == "verb.inserted" {
		first, end, ok := r.inserted(v, c.subj, w)
		if ok && (rule == "verb.inserted" || w.has(clauseFrame) && (!r.t.Rel(v, "acl", "advcl") || r.bareReport(v, first, end)) || r.quoteEnds(first)) {
			r.takeAround(c, v, root, first, end)
			if len(c.content) > 0 {
				return true
			}
		}
	}
	s := r.sentence(v)
	side := r.after(v, w)
	if c.addressee != doc.NoToken && c.addressee > v { // told Sky News …
		if i := r.names[c.addressee]; i >= 0 {
			side = max(side, r.d.Names[i].End)
		} else if c.addressee < v+6 {
			side = max(side, c.addressee+1)
		}
	}
	side = r.pastPerson(c, side, s.End)
	open := side >= s.End || r.punct(side)
	if r.takeQuoted(c, v, w, side, s) {
		return true
	}
	if root != doc.NoToken && !open && root < v && rule == "verb.clause" {
		root = doc.NoToken
		if w.rate >= sureRate && r.holdsVerb(side, s.End) {
			r.takeRight(c, v, side)
			return len(c.content) > 0
		}
	}
	if w.has(clauseFrame) && r.t.Rel(v, "acl:relcl") && !open && r.finite(side) && (root == doc.NoToken || root > side) && r.relativeBefore(c) {
		c.content, c.rule = nil, "verb.gap" // which he said was dear
		for t := side; t < s.End && !r.punct(t); t++ {
			c.content = append(c.content, t)
		}
		return true
	}
	if root == doc.NoToken {
		if w.has(clauseFrame) && (w.rate >= likelyRate || r.is(side, "that")) && r.clauseAt(side, s.End, w) {
			r.takeRight(c, v, side)
		} else if w.has(clauseFrame) && w.rate >= sureRate && !w.has(objectAddressee) && r.tornClause(v, s) {
			r.takeRight(c, v, v+1)
		}
		return len(c.content) > 0
	}
	r.take(c, root, v, rule)
	if root > v && len(c.content) > 0 && rule == "verb.clause" {
		r.mendRight(c, v, root, side)
		if n := len(c.content); r.is(side, "that") && r.clauseAt(side, s.End, w) {
			if r.takeRight(c, v, side); len(c.content) < 2*n {
				r.take(c, root, v, rule)
				r.mendRight(c, v, root, side)
			}
		}
	}
	return len(c.content) > 0
}

// tornClause reports whether a phrase right after the verb and the participle
// with which the sentence ends may be a clause that the tree has torn: "says
// between 20 and 30 tonnes leaked".
func (r *run) tornClause(v doc.TokenID, s doc.Sentence) bool {
	k := s.End - 1
	for k > v && r.punct(k) {
		k--
	}
	if r.d.Tags[k].XPOS != "VBN" || !r.t.Rel(k, "acl") || !r.t.Under(k, v) {
		return false
	}
	first, _ := r.t.Phrase(r.t.Head(k), nil)
	return first == v+1 && r.upos(first) != "PRON"
}

// pastPerson passes over the person between the verb and "that", and makes them
// the addressee: "promised pensioners that …".
func (r *run) pastPerson(c *cand, side, end doc.TokenID) doc.TokenID {
	t := side
	for t < end && t < side+5 && (r.nounPart(t) && r.upos(t) != "ADP" && !r.is(t, "that")) {
		t++
	}
	if t == side || t+1 >= end || !r.is(t, "that") || c.passive || c.addressee != doc.NoToken || !r.human(t-1) || r.verbal(t+1) {
		return side
	}
	c.addressee = r.top(side, t)
	return t
}

// takeQuoted sets the content to the quotation that a comma or a colon after
// the verb leads to, with the rest of its clause: "Asked why, he said, “…”".
func (r *run) takeQuoted(c *cand, v doc.TokenID, w *cueWord, side doc.TokenID, s doc.Sentence) bool {
	if c.passive || !w.has(clauseFrame|quoteFrame) || side+1 >= s.End || r.lower[side] != "," && r.lower[side] != ":" || r.in[side] >= 0 || !r.quoteStarts(side+1) {
		return false
	}
	q := r.in[side+1]
	if q < 0 {
		q = r.in[side+2]
	}
	qt := r.quote(int(q))
	c.content, c.rule = tokens(qt.First, qt.End), "verb.quote"
	if r.closesClause(qt.End - 1) {
		return true
	}
	for t := qt.End; t < s.End && !r.stops(t) && (r.in[t] >= 0 || r.upos(t) != "CCONJ" && r.upos(t) != "SCONJ"); t++ {
		c.content = append(c.content, t)
	}
	return true
}

// relativeBefore reports whether a relative pronoun without a preposition stands
// before the subject.
func (r *run) relativeBefore(c *cand) bool {
	if c.subj == doc.NoToken || c.subj > c.cue {
		return false
	}
	first, _ := r.sourcePhrase(c.subj)
	return first > 0 && (!r.is(first-1, "relative") || first < 2 || r.upos(first-2) != "ADP")
}

// finite reports whether the token is a finite verb.
func (r *run) finite(t doc.TokenID) bool {
	switch r.d.Tags[t].XPOS {
	case "VBD", "VBZ", "VBP", "MD":
		return true
	}
	return false
}

// likelyRate is the share of a verb's uses that report, from which on a clause
// right after it is taken for its report where the tree gives none.
const likelyRate = 0.6

// clauseAt reports whether a finite clause begins at t: by "that", by a pronoun
// in the nominative, or after a verb of saying by a noun phrase with a finite
// verb.
func (r *run) clauseAt(t, end doc.TokenID, w *cueWord) bool {
	if t < end && (r.upos(t) == "CCONJ" || r.is(t, "to")) {
		return false
	}
	that := r.is(t, "that") && (r.upos(t) == "SCONJ" || r.word(t+1) == "," || t+1 < end && r.upos(t+1) != "AUX" && r.upos(t+1) != "VERB")
	pron := t < end && r.upos(t) == "PRON" && r.is(t, "nominative")
	if !that && !pron && (w.rate < sureRate || t >= end || r.punct(t)) {
		return false
	}
	for k := t + 1; k < end; k++ {
		if r.finite(k) {
			return true
		}
		switch r.d.Tags[k].XPOS {
		case "WDT", "WP", "WRB", ",":
			if !that && !pron {
				return false
			}
		case ":", ".":
			return false
		}
	}
	return false
}

// frontedEnd ends the content of a participle that opens the sentence where
// the main report begins: "Asked whether she would run, Brandt said …".
func (r *run) frontedEnd(c *cand) {
	s := r.sentence(c.cue)
	if !c.passive && c.subj != doc.NoToken && c.subj < c.cue || c.cue > s.First+1 {
		return
	}
	for i, t := range c.content {
		if r.lower[t] != "," || r.in[t] >= 0 {
			continue
		}
		for k := t + 1; k < s.End && k < t+14; k++ {
			if r.verbal(k) && r.verbs[r.d.Tags[k].Lemma].has(clauseFrame|quoteFrame) && r.finite(k) && r.nounBefore(k) > t {
				c.content = c.content[:i]
				return
			}
			if r.lower[k] == "," {
				break
			}
		}
	}
}

// sureRate is the share of a verb's uses that report, from which on what
// follows it is taken for a report even against the tree.
const sureRate = 0.8

// takeRight sets the content to what follows the verb, up to what is
// coordinated with the verb or comments on it.
func (r *run) takeRight(c *cand, v, side doc.TokenID) {
	s := r.sentence(v)
	end := s.End
	for _, k := range r.t.Children(v) {
		if k > side && r.t.Rel(k, "conj", "parataxis", "advcl") && r.verbs[r.d.Tags[k].Lemma] != nil {
			first, _ := r.t.Phrase(k, nil)
			if first > side {
				end = min(end, first)
			}
		}
	}
	if h := r.t.Head(v); h > side && h < end && r.t.Rel(v, "advcl") { // While he said …, she said …
		if x := r.nounBefore(h); x != doc.NoToken {
			if f, _ := r.sourcePhrase(r.phraseHead(x, h)); f > side && r.lower[f-1] == "," {
				end = min(end, f-1)
			}
		}
	}
	var toks []doc.TokenID
	for t := side; t < end; t++ {
		if r.is(t, "according") && r.word(t+1) == "to" || r.lower[t] == "," && r.in[t] < 0 && t+1 < end && (r.is(t+1, "tail-end") && !r.is(t-1, "that") || r.besideParticiple(t+1)) {
			break
		}
		toks = append(toks, t)
	}
	c.content, c.rule = toks, "verb.right"
}

// mendRight adds to the clause after the verb what the tree tore from it: its
// first words, a second clause, its last words.
func (r *run) mendRight(c *cand, v, root, side doc.TokenID) {
	s := r.sentence(v)
	for len(c.content) > 1 && c.content[0] > v && c.content[0] < side {
		c.content = c.content[1:]
	}
	r.fill(c)
	first, last := c.content[0], c.content[len(c.content)-1]
	var more []doc.TokenID
	if side < first && !r.punct(side) && (!r.t.Rel(side, "advmod", "mark") || r.is(side, "that")) {
		for t := side; t < first; t++ {
			more = append(more, t)
		}
	}
	for _, k := range r.t.Children(v) {
		if k <= last || !r.t.Rel(k, "conj") || !r.goesOn(k) {
			continue
		}
		r.t.Reset()
		more = r.t.Collect(more, k, nil)
	}
	c.content = r.cutFront(r.cutTail(sorted(append(c.content, more...))))
	if last < c.content[len(c.content)-1] {
		last = c.content[len(c.content)-1]
	}
	if last > c.content[len(c.content)-1] {
		return // something was cut
	}
	for t := last + 1; t < s.End && !r.stops(t) && (r.in[t] >= 0 || r.upos(t) != "CCONJ" && r.upos(t) != "SCONJ" && !r.is(t, "according")); t++ {
		c.content = append(c.content, t)
	}
}

// stops reports whether a mark ends a clause: one that is no quotation mark,
// outside quotations.
func (r *run) stops(t doc.TokenID) bool {
	if !r.punct(t) || r.in[t] >= 0 {
		return false
	}
	return !r.openMark(t) && !(t > 0 && r.in[t-1] >= 0 && r.quote(int(r.in[t-1])).End == t && !r.closesClause(t-1))
}

// closesClause reports whether the last token of a quotation is a stop.
func (r *run) closesClause(t doc.TokenID) bool {
	w := r.lower[t]
	return w == "." || w == "," || w == "?" || w == "!"
}

// fill closes the gaps in the content after the verb, but where another verb
// stands in one.
func (r *run) fill(c *cand) {
	var out []doc.TokenID
	for i, t := range c.content {
		if i > 0 && t > c.content[i-1]+1 && !r.holdsVerb(c.content[i-1]+1, t) {
			out = append(out, tokens(c.content[i-1]+1, t)...)
		}
		out = append(out, t)
	}
	c.content = out
}

// cutTail ends the content before a clause in which the text itself qualifies
// it: “…, though …”, “…, even as …”.
func (r *run) cutTail(toks []doc.TokenID) []doc.TokenID {
	for i := len(toks) - 1; i > 3; i-- {
		t := toks[i]
		if r.in[t] < 0 && (r.is(t, "qualifies") || r.word(t) == "even" && r.is(t+1, "as")) && r.punct(t-1) && r.in[t-1] < 0 {
			return toks[:i]
		}
	}
	return toks
}

// cutFront drops the adverbs that stand before "that" and say when the report
// was made: "said afterwards that".
func (r *run) cutFront(toks []doc.TokenID) []doc.TokenID {
	for i, t := range toks[:min(4, len(toks))] {
		if i > 0 && r.is(t, "that") && r.upos(t) == "SCONJ" {
			return toks[i:]
		}
		if r.upos(t) != "ADV" {
			break
		}
	}
	return toks
}

// goesOn reports whether a clause coordinated with the verb is more of what it
// reports: it has a subject of its own, or its verb is one of state. Another
// report goes on only without a comma before it.
func (r *run) goesOn(k doc.TokenID) bool {
	subject, state := false, r.d.Tags[k].Lemma == "have"
	comma, but := false, false
	for _, g := range r.t.Children(k) {
		switch {
		case r.t.Rel(g, "nsubj", "nsubj:pass", "expl"):
			subject = true
		case r.t.Rel(g, "aux", "cop"):
			state = true
		case g < k && r.lower[g] == ",":
			comma = true
		case r.t.Rel(g, "cc") && r.is(g, "contrast"):
			but = true
		}
	}
	if comma && but {
		return false
	}
	if w := r.verbs[r.d.Tags[k].Lemma]; w.has(clauseFrame) && w.sense != "think" {
		return subject && !comma
	}
	return subject || state
}

// sorted orders the tokens and drops doubles.
func sorted(toks []doc.TokenID) []doc.TokenID {
	slices.Sort(toks)
	return slices.Compact(toks)
}

// calledQuote sets the content of a verb of naming to what stands between it
// and the end of a quotation in its clause, or of a second noun phrase: "called
// the plan “a toy”", "called the plan a toy".
func (r *run) calledQuote(c *cand, v doc.TokenID) bool {
	s := r.sentence(v)
	second := doc.NoToken // "called him [a liar]"
	for t := v + 1; t < s.End && t < v+30; t++ {
		if q := r.in[t]; q >= 0 && q != r.in[v] {
			end := min(r.quote(int(q)).End, s.End)
			c.content = nil
			for k := v + 1; k < end; k++ {
				c.content = append(c.content, k)
			}
			c.rule, c.nominal = "verb.object-called", true
			return true
		}
		if r.upos(t) == "DET" && r.is(t, "article") && t > v+1 && (r.upos(t-1) == "NOUN" || r.upos(t-1) == "PROPN" || r.upos(t-1) == "PRON") {
			second = t
		}
		if r.punct(t) && second != doc.NoToken && !r.openMark(t) {
			c.content, c.rule, c.nominal = tokens(v+1, t), "verb.object-called", true
			return true
		}
		if r.punct(t) && !r.openMark(t) || r.verbs[r.d.Tags[t].Lemma].has(clauseFrame) && r.verbal(t) {
			return false
		}
	}
	return false
}

// openMark reports whether the token is the opening mark of an outer quotation.
func (r *run) openMark(t doc.TokenID) bool {
	return int(t)+1 < len(r.in) && r.in[t+1] >= 0 && r.in[t] < 0 && r.quote(int(r.in[t+1])).First == t+1
}

package statement

import (
	"slices"

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
		if h == doc.NoToken || h >= v || r.commaBetween(h, x) && r.t.Rel(x, "conj") || r.verbal(h) || !r.sameSide(h, v) || !r.t.Rel(x, "nmod", "compound", "flat", "appos", "conj", "amod", "nummod", "det", "case", "dep", "list") {
			break
		}
		if r.commaBetween(h, x) && !r.t.Rel(x, "appos", "conj") {
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

// inserted reports whether the verb and its subject are a report set into or
// after what it reports, between commas: "…, she said, …". It returns the
// tokens of the report.
func (r *run) inserted(v, subj doc.TokenID, w *cueWord) (first, end doc.TokenID, ok bool) {
	s := r.sentence(v)
	end = r.after(v, w)
	first = v
	if subj != doc.NoToken {
		f, e := r.sourcePhrase(subj)
		if subj > v && f > v {
			end = max(end, e)
			end = r.skipAside(subj, end, s)
		} else if subj < v {
			first = f
		}
	}
	if first <= s.First+1 && !r.quoteEnds(first) {
		return first, end, false
	}
	b := first - 1
	for b > s.First && (r.upos(b) == "ADV" || r.upos(b) == "CCONJ") {
		b--
	}
	if r.quoteEnds(b + 1) {
		return first, end, true
	}
	if end < s.End && !r.punct(end) {
		return first, end, false
	}
	if end < s.End && (r.lower[end] == ":" || r.lower[end] == ",") && r.quoteStarts(end+1) {
		return first, end, false
	}
	if !r.punct(b) || r.lower[b] == ":" {
		return first, end, false
	}
	if end+1 < s.End && r.lower[end] == "," && r.goesOnFinite(end+1) { // The dam, engineers warned, could fail
		return first, end, b > s.First
	}
	return first, end, r.holdsVerb(s.First, b) || r.in[max(b-1, s.First)] >= 0
}

// goesOnFinite reports whether the clause whose subject stands before a report
// goes on at t with its verb.
func (r *run) goesOnFinite(t doc.TokenID) bool { return r.finite(t) && r.verbal(t) }

// skipAside passes over what qualifies an inverted subject: "said Brandt, who
// leads the council,".
func (r *run) skipAside(subj, end doc.TokenID, s doc.Sentence) doc.TokenID {
	_, e := r.t.Phrase(subj, nil)
	if e > end && e <= s.End {
		end = e
	}
	return end
}

// quoteEnds reports whether a quotation that wants more, by the comma or
// question mark at its end, closes right before the token.
func (r *run) quoteEnds(t doc.TokenID) bool {
	q := r.quoteBefore(t)
	if q < 0 || r.in[t] == int32(q) {
		return false
	}
	return r.openEnded(r.quote(q))
}

// quoteBefore returns the outer quotation that closes right before the token,
// or -1.
func (r *run) quoteBefore(t doc.TokenID) int {
	for i := doc.TokenID(1); i <= 3 && t-i >= 0; i++ {
		if q := r.in[t-i]; q >= 0 {
			return int(q)
		}
		if !r.punct(t - i) {
			return -1
		}
	}
	return -1
}

// quoteStarts reports whether a quotation opens at the token or its mark.
func (r *run) quoteStarts(t doc.TokenID) bool {
	for i := doc.TokenID(0); i < 2; i++ {
		if int(t+i) < len(r.in) && r.in[t+i] >= 0 {
			return r.quote(int(r.in[t+i])).First == t+i
		}
	}
	return false
}

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
	if t < end && r.upos(t) == "CCONJ" {
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

// moreOfIt reports whether what follows the report after a comma is more of
// what it reports, as it mostly is: not where it qualifies the source, or
// begins another report.
func (r *run) moreOfIt(t doc.TokenID, s doc.Sentence) bool {
	if r.is(t, "relative") && r.word(t) != "that" || r.d.Tags[t].XPOS == "VBG" || r.is(t, "according") || r.is(t, "tail-end") && !r.is(t, "reason") {
		return false
	}
	for k := t; k < s.End && k < t+12; k++ {
		if r.in[k] < 0 && r.verbal(k) && r.finite(k) && r.verbs[r.d.Tags[k].Lemma].has(clauseFrame) && r.verbs[r.d.Tags[k].Lemma].sense != "think" {
			return false
		}
		if r.lower[k] == "," && k > t+1 {
			break
		}
	}
	return true
}

// reportEnd returns where the rest of a report ends: at a participle that
// begins another, or with the sentence.
func (r *run) reportEnd(t doc.TokenID, s doc.Sentence) doc.TokenID {
	for k := t + 1; k < s.End; k++ {
		if r.in[k] < 0 && r.lower[k-1] == "," && (r.d.Tags[k].XPOS == "VBG" && r.verbs[r.d.Tags[k].Lemma].has(clauseFrame) || r.is(k, "according")) {
			return k - 1
		}
	}
	return s.End
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

// bareReport reports whether a clause that the tree hangs from a noun is a
// report between commas: no word makes it a relative clause.
func (r *run) bareReport(v, first, end doc.TokenID) bool {
	return r.t.Rel(v, "acl:relcl") && first > 0 && first < v && r.lower[first-1] == "," && !r.is(first, "relative") && (int(end) >= len(r.lower) || r.punct(end))
}

// sureRate is the share of a verb's uses that report, from which on what
// follows it is taken for a report even against the tree.
const sureRate = 0.8

// takeAround sets the content to the sentence without the report in it.
func (r *run) takeAround(c *cand, v, root, first, end doc.TokenID) {
	s := r.sentence(v)
	from := s.First
	for i := len(r.cands) - 1; i >= 0 && r.cands[i].cue >= s.First; i-- {
		o := &r.cands[i]
		if o.rule == "verb.inserted" && r.in[o.cue] == r.in[v] { // an earlier report keeps what stands before it
			from = max(from, o.cueEnd, o.srcEnd)
			n := len(o.content)
			for n > 0 && o.content[n-1] >= o.cue {
				n--
			}
			if n > 0 {
				o.content = o.content[:n]
			}
			break
		}
	}
	if q := r.quoteBefore(first); q >= 0 && r.in[v] < 0 && r.sentenceInitial(q) {
		from = max(from, min(r.quote(q).First, first))
	}
	var toks []doc.TokenID
	for t := from; t < first; t++ {
		if r.sameSide(t, v) || r.in[v] < 0 {
			toks = append(toks, t)
		}
	}
	for t := end; t < s.End; t++ {
		if root != doc.NoToken && root < v && r.t.Under(t, root) && !r.t.Under(t, v) {
			toks = append(toks, t)
		}
	}
	if end+1 < s.End && r.quoteStarts(end+1) && (r.lower[end] == "," || r.punct(end) && r.lower[end] != ".") && from < first && r.in[v] < 0 {
		q := r.in[end+1]
		if q < 0 {
			q = r.in[end+2]
		}
		for t := r.quote(int(q)).First; t < r.quote(int(q)).End; t++ {
			toks = append(toks, t)
		}
	}
	if end+1 < s.End && r.lower[end] == "," && r.is(end+1, "that") && r.in[end] < 0 { // It is a pity, she said, that …
		for t := end + 1; t < s.End; t++ {
			toks = append(toks, t)
		}
	}
	if end+1 < s.End && r.lower[end] == "," && r.in[end] < 0 && r.quoteBefore(first) < 0 && (!r.holdsVerb(from, first) && r.goesOnFinite(end+1) || c.subj < v && r.moreOfIt(end+1, s)) {
		toks = append(toks, tokens(end+1, r.reportEnd(end+1, s))...)
	}
	c.content, c.rule = sorted(toks), "verb.inserted"
}

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
		if r.is(t, "according") && r.word(t+1) == "to" || r.lower[t] == "," && r.is(t+1, "tail-end") && r.in[t] < 0 && !r.is(t-1, "that") {
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
	c.content = r.cutTail(sorted(append(c.content, more...)))
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

package statement

import (
	"casus/internal/doc"
)

// Reports set into what they report or after it, between commas: "…, she said, …".

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
	if !r.punct(b) || r.lower[b] == ":" || end < s.End && r.lower[end] != "," && r.quoteStarts(end) && r.quoteBefore(first) < 0 {
		return first, end, false
	}
	if end+1 < s.End && r.lower[end] == "," && r.goesOnFinite(end+1) { // The dam, engineers warned, could fail
		return first, end, b > s.First
	}
	return first, end, r.holdsVerb(s.First, b) || r.in[max(b-1, s.First)] >= 0
}

// splitSubject makes a candidate of a report between a subject and its verb,
// whatever the tree: "The dam, engineers warned, could fail", "Prices, added the
// governor, would fall".
func (r *run) splitSubject(c *cand, v doc.TokenID, w *cueWord) bool {
	if !w.has(clauseFrame) || w.rate < likelyRate || !r.finite(v) || r.in[v] >= 0 {
		return false
	}
	s := r.sentence(v)
	first, end := v, v+1
	for first > s.First && first > v-maxAside && r.nounPart(first-1) {
		first--
	}
	for end < s.End && end < v+maxAside && r.nounPart(end) {
		end++
	}
	if first <= s.First+1 || end >= s.End-2 || r.lower[first-1] != "," || r.lower[end] != "," || (first == v) == (end == v+1) {
		return false
	}
	from, to := first, v
	if first == v {
		from, to = v+1, end
	}
	x := r.top(from, to)
	if r.holdsVerb(s.First, first-1) || !r.goesOnFinite(end+1) || r.is(from, "relative") || !r.human(x) && !r.speaks(x) {
		return false
	}
	c.subj, c.srcFirst, c.srcEnd = x, from, to
	c.content = append(tokens(s.First, first-1), tokens(end+1, r.reportEnd(end+1, s))...)
	c.rule = "verb.inserted"
	return true
}

// maxAside bounds the tokens of a source between commas.
const maxAside = 10

// nounPart reports whether the token can be part of a noun phrase.
func (r *run) nounPart(t doc.TokenID) bool {
	switch r.upos(t) {
	case "NOUN", "PROPN", "PRON", "DET", "ADJ", "ADP", "NUM", "PART":
		return r.in[t] < 0
	}
	return false
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
		if r.in[k] < 0 && (r.besideParticiple(k) || r.lower[k-1] == "," && r.is(k, "according")) {
			return k - 1
		}
	}
	return s.End
}

// bareReport reports whether a clause that the tree hangs from a noun is a
// report between commas: no word makes it a relative clause.
func (r *run) bareReport(v, first, end doc.TokenID) bool {
	return r.t.Rel(v, "acl:relcl") && first > 0 && first < v && r.lower[first-1] == "," && !r.is(first, "relative") && (int(end) >= len(r.lower) || r.punct(end))
}

// afterBreak reports whether a dash or a colon stands before the quotation.
func (r *run) afterBreak(qt *doc.Quote) bool {
	w := r.word(r.markBefore(qt))
	return dash(w) || w == ":"
}

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
	if q := r.quoteBefore(first); q >= 0 && r.in[v] < 0 && (r.sentenceInitial(q) || r.afterBreak(r.quote(q))) {
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

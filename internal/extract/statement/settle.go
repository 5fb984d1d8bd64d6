package statement

import (
	"slices"
	"sort"
	"strings"

	"casus/internal/doc"
)

// settle drops candidates that report nothing, or only what another reports
// already, and orders the rest.
func (r *run) settle() {
	for i := range r.cands {
		r.trimCiting(&r.cands[i])
		r.cands[i].drop = r.unwanted(&r.cands[i])
	}
	r.cands = slices.DeleteFunc(r.cands, func(c cand) bool { return c.drop })
	sort.SliceStable(r.cands, func(i, j int) bool {
		a, b := r.begin(&r.cands[i]), r.begin(&r.cands[j])
		if a != b {
			return a < b
		}
		return r.finish(&r.cands[i]) > r.finish(&r.cands[j])
	})
	r.nest()
	r.compact()
}

// compact removes what was dropped and renumbers the nesting.
func (r *run) compact() {
	at := make([]int, len(r.cands))
	n := 0
	for i := range r.cands {
		at[i] = n
		if !r.cands[i].drop {
			n++
		}
	}
	for i := range r.cands {
		c := &r.cands[i]
		for c.within >= 0 && r.cands[c.within].drop {
			c.within = r.cands[c.within].within
		}
		if c.within >= 0 {
			c.within = at[c.within]
		}
	}
	r.cands = slices.DeleteFunc(r.cands, func(c cand) bool { return c.drop })
}

// nest drops reports inside the content of another, but for those that give a
// third person's words.
func (r *run) nest() {
	var open []int
	for i := range r.cands {
		c := &r.cands[i]
		if c.cue == doc.NoToken {
			continue
		}
		for len(open) > 0 && r.finish(&r.cands[open[len(open)-1]]) <= c.cue {
			open = open[:len(open)-1]
		}
		inside := r.in[c.cue] >= 0
		for _, o := range open {
			if r.covers(&r.cands[o], c) && !r.cutRelative(&r.cands[o], c) {
				inside, c.within = true, o
				r.endBefore(c, &r.cands[o])
			}
		}
		if inside && !(r.keepNested(c) && (c.within < 0 || r.speaksWithin(&r.cands[c.within], c))) {
			c.drop = true
			continue
		}
		open = append(open, i)
	}
}

// endBefore ends the content of a report before the report that it lies in,
// where that is set in or after it: “Iran says it will go, Brandt wrote”.
func (r *run) endBefore(c, o *cand) {
	first := o.cueFirst
	if o.subj != doc.NoToken {
		first = min(first, o.srcFirst)
	}
	if o.rule != "verb.inserted" || first <= c.cue {
		return
	}
	if n, _ := slices.BinarySearch(c.content, first); n > 0 {
		c.content = c.content[:n]
	}
}

// covers reports whether the cue and the content of c lie in the content of o.
func (r *run) covers(o, c *cand) bool {
	if o == c {
		return false
	}
	if q := r.quoteOf(c.cue); q >= 0 && slices.Contains(o.quotes, q) {
		return true
	}
	_, in := slices.BinarySearch(o.content, c.cue)
	return in
}

// cutRelative ends the content of o before a relative clause that reports in
// its turn: “the fees, which he said had doubled”.
func (r *run) cutRelative(o, c *cand) bool {
	if r.in[c.cue] >= 0 {
		return false
	}
	for x, i := c.cue, 0; x != doc.NoToken && i < 4; x, i = r.t.Head(x), i+1 {
		if !r.t.Rel(x, "acl:relcl") {
			continue
		}
		first, _ := r.t.Phrase(x, nil)
		if r.lower[first] == "," {
			first++
		}
		if first == 0 || r.lower[first-1] != "," || !r.is(first, "relative") {
			return false
		}
		n, _ := slices.BinarySearch(o.content, first)
		if n < 3 {
			return false
		}
		o.content = o.content[:n]
		return true
	}
	return false
}

// keepNested reports whether a report inside another is worth keeping: a third
// person is said to have said a whole clause.
func (r *run) keepNested(c *cand) bool {
	if c.word == nil || c.subj == doc.NoToken || c.nominal || c.word.rate < nestedRate || c.passive {
		return false
	}
	return c.subj < c.cue && (r.upos(c.subj) == "PROPN" || r.upos(c.subj) == "NOUN" && r.human(c.subj) && (c.rule == "verb.clause" || c.rule == "verb.right"))
}

// speaksWithin reports whether the content of o names who speaks in c.
func (r *run) speaksWithin(o, c *cand) bool {
	if _, in := slices.BinarySearch(o.content, c.subj); in {
		return true
	}
	q := r.quoteOf(c.subj)
	return q >= 0 && slices.Contains(o.quotes, q)
}

// nestedRate is the share of a verb's uses that report, from which on a report
// inside another is kept.
const nestedRate = 0.8

// finish is the end of the candidate's content.
func (r *run) finish(c *cand) doc.TokenID {
	t := c.cueEnd
	if n := len(c.content); n > 0 {
		t = max(t, c.content[n-1]+1)
	}
	for _, q := range c.quotes {
		t = max(t, r.quote(q).End)
	}
	return t
}

// begin is the token where the candidate begins.
func (r *run) begin(c *cand) doc.TokenID {
	t := c.cueFirst
	if c.cue == doc.NoToken {
		t = doc.TokenID(len(r.lower))
	}
	if len(c.content) > 0 {
		t = min(t, c.content[0])
	}
	for _, q := range c.quotes {
		t = min(t, r.quote(q).First)
	}
	return t
}

// unwanted reports whether the candidate is no report of speech.
func (r *run) unwanted(c *cand) bool {
	if len(c.content) == 0 && len(c.quotes) == 0 || r.bareRelative(c) {
		return true
	}
	if r.mereCitation(c) || r.asksNoName(c) || r.citesBeside(c) || c.subj == doc.NoToken && strings.HasPrefix(c.rule, "noun.") && !r.quoted(c) {
		return true
	}
	if c.word != nil && (c.word.sense == "think" || c.word.sense == "show" && !r.publishes(c)) && !r.quoted(c) {
		return true
	}
	return false
}

// bareRelative reports whether nothing is reported but what a relative pronoun
// stands for: "an operation that Mexico condemned".
func (r *run) bareRelative(c *cand) bool {
	if len(c.content) != 1 || len(c.quotes) > 0 {
		return false
	}
	x := r.d.Tags[c.content[0]].XPOS
	return x == "WDT" || x == "WP"
}

// publishes reports whether the source is a body or a document, which reports
// what it finds or shows, by a whole clause.
func (r *run) publishes(c *cand) bool {
	if c.nominal || c.subj == doc.NoToken {
		return false
	}
	if i := r.names[c.subj]; i >= 0 {
		return r.d.Names[i].Kind == doc.ORG
	}
	if e := r.act.entity(r.act.of(c.subj)); e != nil && e.Kind == doc.ORG {
		return true
	}
	_, source := r.sources[r.d.Tags[c.subj].Lemma]
	return source || r.messageNoun(c.subj) || r.words["body"][r.d.Tags[c.subj].Lemma]
}

// asksNoName reports whether the report is only of the source's wish to stay
// unnamed: "who declined to be named".
func (r *run) asksNoName(c *cand) bool {
	n := len(c.content)
	if c.cue == doc.NoToken || n == 0 || n > 6 || len(c.quotes) > 0 {
		return false
	}
	for i, t := range c.content[1:] {
		if r.is(t, "naming") && r.word(c.content[i]) == "be" {
			return true
		}
	}
	return false
}

// citesBeside reports whether the cue names, after a comma, another source of
// the report that the sentence makes: “, citing two officials,”.
func (r *run) citesBeside(c *cand) bool {
	return c.cue != doc.NoToken && c.cue > 0 && r.words["citing"][r.d.Tags[c.cue].Lemma] && r.d.Tags[c.cue].XPOS == "VBG" && r.word(c.cue-1) == "," &&
		!r.quoted(c) && r.t.Child(c.cue, "ccomp") == doc.NoToken
}

// trimCiting drops from the front of the content the other source that the
// report names: "according to the Post, [citing two ministers,] …".
func (r *run) trimCiting(c *cand) {
	if c.rule != "according" || len(c.content) < 4 || !r.words["citing"][r.d.Tags[c.content[0]].Lemma] || r.d.Tags[c.content[0]].XPOS != "VBG" {
		return
	}
	for i, t := range c.content {
		if r.word(t) == "," {
			if i+1 < len(c.content) {
				c.content = c.content[i+1:]
			}
			return
		}
	}
}

// mereCitation reports whether the cue only names the source of another report:
// "…, Reuters reported, citing two officials".
func (r *run) mereCitation(c *cand) bool {
	if c.cue == doc.NoToken || !r.words["citing"][r.d.Tags[c.cue].Lemma] || !r.t.Rel(c.cue, "advcl", "acl") || r.quoted(c) {
		return false
	}
	h := r.t.Head(c.cue)
	if h != doc.NoToken && r.t.Rel(c.cue, "acl") {
		h = r.t.Head(h)
	}
	if h == doc.NoToken || r.byCue[h] < 0 || len(c.content) == 0 {
		return false
	}
	y := r.t.Child(c.cue, "obj")
	if y == doc.NoToken {
		return false
	}
	_, person := r.sources[r.d.Tags[y].Lemma]
	return person || r.names[y] >= 0 || r.messageNoun(y)
}

// quoted reports whether the candidate has a quotation whole.
func (r *run) quoted(c *cand) bool {
	if len(c.quotes) > 0 {
		return true
	}
	for _, t := range c.content {
		if q := r.quoteOf(t); q >= 0 && (c.cue == doc.NoToken || r.quoteOf(c.cue) != q) {
			return true
		}
	}
	return false
}

package statement

import (
	"strings"

	"casus/internal/doc"
)

// Quotations with no verb: a colon or a dash and a name, or only the person that
// the sentence before is about.

// colonBefore makes a candidate of the sentence that ends in a colon before
// the quotation, in its block or at the end of the block before.
func (r *run) colonBefore(q int) int {
	if !r.colonJustBefore(q) {
		return -1
	}
	qt := r.quote(q)
	colon := qt.First - 1
	for colon >= 0 && r.lower[colon] != ":" && colon > qt.First-4 {
		colon--
	}
	if colon < 1 || r.lower[colon] != ":" {
		return -1
	}
	return r.introduced(colon)
}

// introduced makes a candidate of the words before a colon: its verb with a
// subject, or a bare name.
func (r *run) introduced(colon doc.TokenID) int {
	s := r.sentence(colon)
	root := doc.NoToken
	for v := colon - 1; v >= s.First; v-- {
		if r.in[v] >= 0 {
			continue
		}
		if i := r.byCue[v]; i >= 0 && r.verbal(v) {
			c := &r.cands[i]
			if c.nominal && !r.holdsQuote(c) {
				c.content, c.nominal, c.rule = nil, false, "colon"
			}
			return int(i)
		}
		if r.verbal(v) && r.t.Child(v, "nsubj") != doc.NoToken || r.t.Child(v, "cop") != doc.NoToken {
			root = v
		}
	}
	c := cand{rule: "colon", cue: colon, cueFirst: colon, cueEnd: colon + 1, subj: doc.NoToken, addressee: doc.NoToken}
	if root != doc.NoToken {
		c.subj = r.subjectOf(root, r.t.Child(root, "nsubj"))
		if r.verbal(root) {
			c.cue, c.cueFirst, c.cueEnd = root, root, root+1
		}
	} else if first, end, ok := r.bareName(s.First, colon); ok {
		c.subj, c.srcFirst, c.srcEnd = r.top(first, end), first, end
	}
	return r.add(c)
}

// bareName reports whether the tokens are a phrase without a verb, short
// enough to name somebody.
func (r *run) bareName(first, end doc.TokenID) (doc.TokenID, doc.TokenID, bool) {
	for first < end && r.punct(first) {
		first++
	}
	for end > first && r.punct(end-1) {
		end--
	}
	if first >= end || end-first > 8 {
		return first, end, false
	}
	noun := false
	for t := first; t < end; t++ {
		if r.verbal(t) || r.in[t] >= 0 {
			return first, end, false
		}
		noun = noun || r.upos(t) == "PROPN" || r.upos(t) == "NOUN"
	}
	return first, end, noun && !r.is(first, "not-a-source")
}

// top returns the token of the range that depends on none of it.
func (r *run) top(first, end doc.TokenID) doc.TokenID {
	for t := first; t < end; t++ {
		if h := r.t.Head(t); (h < first || h >= end) && !r.punct(t) {
			return t
		}
	}
	return first
}

// nameAfter makes a candidate of a name set after the quotation by a dash:
// “…” — Ida Brandt, mayor; in its block or alone in the next.
func (r *run) nameAfter(q int) int {
	qt := r.quote(q)
	t := qt.End
	for int(t) < len(r.lower) && r.punct(t) && !dash(r.lower[t]) && t < qt.End+3 {
		t++
	}
	if int(t) >= len(r.lower) || !dash(r.lower[t]) {
		return -1
	}
	b := r.block(r.d.Tokens[t].Span.Start)
	if d := b - r.block(qt.Span.End-1); d < 0 || d > 1 {
		return -1
	}
	return r.dashName(t, b)
}

// outletName reports whether the words name an outlet: a credit, no speaker.
func (r *run) outletName(first, end doc.TokenID) bool {
	return r.outlets[strings.TrimPrefix(lower(r.d.Words(first, end)), "the ")]
}

func dash(w string) bool { return w == "—" || w == "–" || w == "-" || w == "--" || w == "―" }

// dashName makes a candidate of the name between a dash and the end of the block.
func (r *run) dashName(t doc.TokenID, b int) int {
	end := t + 1
	for int(end) < len(r.lower) && r.d.Tokens[end].Span.Start < r.blockSpan(b).End && r.lower[end] != "," && end < t+10 {
		end++
	}
	first, end, ok := r.bareName(t+1, end)
	if !ok || !capital(r.d.Word(first)) || r.outletName(first, end) {
		return -1
	}
	if i := r.names[first]; i >= 0 && r.d.Names[i].Kind == doc.ORG {
		return -1 // a reference
	}
	return r.add(cand{rule: "dash", cue: t, cueFirst: t, cueEnd: t + 1, subj: r.top(first, end), srcFirst: first, srcEnd: end, addressee: doc.NoToken})
}

// floating makes a candidate of the person that the sentence before is about,
// for a quotation that is a sentence and has no report: “Captain Mira Sol looked
// at the wreck. “It was a good boat.””
func (r *run) floating(q int) int {
	qt := r.quote(q)
	t := r.markBefore(qt)
	if !r.sentenceInitial(q) || t >= qt.First || r.block(r.d.Tokens[t].Span.Start) != r.block(qt.Span.Start) {
		return -1
	}
	if inner := qt.Inner.Of(r.d.Text); !strings.ContainsAny(inner[len(inner)-1:], ".?!") {
		return -1
	}
	if end := int(qt.End) + 1; end < len(r.lower) && r.sentence(doc.TokenID(end)).First < qt.End {
		return -1
	}
	s := r.sentence(t)
	for v := s.First; v < s.End; v++ {
		if !r.t.Rel(v, "root") || r.in[v] >= 0 {
			continue
		}
		x := r.t.Child(v, "nsubj", "nsubj:pass")
		if x == doc.NoToken || r.in[x] >= 0 || !r.person(x) {
			return -1
		}
		return r.add(cand{rule: "quote.floating", cue: doc.NoToken, subj: x, addressee: doc.NoToken})
	}
	return -1
}

// person reports whether the noun or pronoun stands for a person.
func (r *run) person(x doc.TokenID) bool {
	if i := r.names[x]; i >= 0 {
		return r.d.Names[i].Kind == doc.PER
	}
	lemma := r.d.Tags[x].Lemma
	single := r.d.Tags[x].XPOS == "NN"
	if e := r.act.entity(r.act.of(x)); e != nil {
		if e.Kind == doc.PER || e.Kind == "" && single && e.Gender != doc.Neuter && !r.words["body"][lemma] {
			return true
		}
	}
	_, ok := r.sources[lemma]
	return ok && single
}

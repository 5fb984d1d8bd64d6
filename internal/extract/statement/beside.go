package statement

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"casus/internal/doc"
)

// Quotations reported by a verb outside them, in the sentences they touch.

// beside looks for a verb that reports the quotation from outside it, in the
// sentences it begins and ends in.
func (r *run) beside(q int) int {
	qt := r.quote(q)
	if i := r.besideAfter(qt); i >= 0 {
		return i
	}
	return r.besideBefore(q, qt)
}

// reach is how many tokens away a verb may stand that reports a quotation.
const reach = 24

// besideAfter looks at "…,” said X" and "…,” X said".
func (r *run) besideAfter(qt *doc.Quote) int {
	s := r.sentence(qt.End - 1)
	t := qt.End
	for t < s.End && r.punct(t) {
		t++
	}
	if t >= s.End { // “Why now?” she asked: the stop inside cut the sentence
		if int(t) >= len(r.lower) || !r.openEnded(qt) && capital(r.d.Word(t)) || r.block(r.d.Tokens[t].Span.Start) != r.block(qt.Span.Start) {
			return -1
		}
		s = r.sentence(t)
	} else if capital(r.d.Word(t)) && r.endsSentence(qt) && t > qt.End+1 {
		return -1
	}
	if !r.leadsOn(t) || r.word(t-1) == "(" {
		return -1
	}
	for v := t; v < s.End && v < t+reach; v++ {
		if r.in[v] >= 0 || r.lower[v] == ":" || r.lower[v] == ";" {
			break
		}
		if !r.verbal(v) || r.t.Rel(v, "aux", "cop", "amod") {
			continue
		}
		known := r.verbs[r.d.Tags[v].Lemma] != nil
		if !known && (v > t+6 || !r.openEnded(qt) || r.t.Rel(v, "acl", "advcl")) {
			return -1
		}
		subj := r.subjectOf(v, r.t.Child(v, "nsubj"))
		if subj == doc.NoToken || r.in[subj] >= 0 || subj < qt.First {
			if known {
				continue
			}
			return -1
		}
		return r.quoteCand(v, subj, "quote.after")
	}
	return -1
}

// leadsOn reports whether the token after a quotation begins a report of it,
// and no clause or phrase of another kind.
func (r *run) leadsOn(t doc.TokenID) bool {
	switch r.upos(t) {
	case "SCONJ", "CCONJ", "ADP", "AUX", "PUNCT":
		return false
	case "PRON", "DET":
		return !r.is(t, "relative") || r.is(t, "nominative")
	}
	return true
}

// openEnded reports whether the quotation ends in a mark after which its
// sentence may go on.
func (r *run) openEnded(qt *doc.Quote) bool {
	last, _ := utf8.DecodeLastRuneInString(qt.Inner.Of(r.d.Text))
	return strings.ContainsRune("?!,…—–-", last)
}

// endsSentence reports whether the quotation ends with a full stop.
func (r *run) endsSentence(qt *doc.Quote) bool {
	return strings.HasSuffix(qt.Inner.Of(r.d.Text), ".")
}

// besideBefore looks at "X said, “…" and "X said in Berlin: “…".
func (r *run) besideBefore(q int, qt *doc.Quote) int {
	first := r.sentence(qt.First).First
	if p := r.markBefore(qt); p < first && (r.word(p) == "," || r.word(p) == ":") && r.block(r.d.Tokens[p].Span.Start) == r.block(qt.Span.Start) {
		first = r.sentence(p).First // the sentence was cut before the quotation
	}
	marked := r.colonJustBefore(q)
	for v := qt.First - 1; v >= first && v > qt.First-reach; v-- {
		if r.in[v] >= 0 {
			break
		}
		w := r.verbs[r.d.Tags[v].Lemma]
		if !r.verbal(v) || w == nil || r.t.Rel(v, "aux", "cop", "amod") || w.sense == "decline" {
			continue
		}
		if !marked && v < qt.First-2 && !r.commaBefore(qt) {
			continue
		}
		subj := r.subjectOf(v, r.t.Child(v, "nsubj"))
		if i := r.byCue[v]; i >= 0 && w.has(clauseFrame) && !marked && len(r.cands[i].content) > 0 && !r.nearby(&r.cands[i], qt) {
			continue
		}
		return r.quoteCand(v, subj, "quote.before")
	}
	return -1
}

// nearby reports whether the content of the candidate reaches the quotation.
func (r *run) nearby(c *cand, qt *doc.Quote) bool {
	end := c.content[len(c.content)-1]
	return end >= qt.First-3
}

// markBefore returns the token before the quotation and its opening mark.
func (r *run) markBefore(qt *doc.Quote) doc.TokenID {
	t := qt.First - 1
	for t > 0 && r.d.Tokens[t].Span.Start >= qt.Span.Start {
		t--
	}
	return max(t, 0)
}

func (r *run) commaBefore(qt *doc.Quote) bool {
	before := strings.TrimRightFunc(r.d.Text[:qt.Span.Start], unicode.IsSpace)
	return strings.HasSuffix(before, ",") || strings.HasSuffix(before, " that")
}

// quoteCand returns the candidate of the verb, made or made over to report a
// quotation.
func (r *run) quoteCand(v, subj doc.TokenID, rule string) int {
	if i := r.byCue[v]; i >= 0 {
		c := &r.cands[i]
		if c.nominal && !r.holdsQuote(c) { // "told reporters the news: “…”"
			c.content, c.nominal, c.rule = nil, false, rule
		}
		return int(i)
	}
	w := r.verbs[r.d.Tags[v].Lemma]
	c := cand{rule: rule, word: w, cue: v, cueFirst: v, cueEnd: v + 1, subj: subj, addressee: doc.NoToken}
	a := r.args(v)
	if w.has(objectAddressee) {
		c.addressee = firstOf(a.iobj, a.obj)
	}
	r.toAddressee(&c, &cueWord{frames: toAddressee}, a)
	return r.add(c)
}

func (r *run) holdsQuote(c *cand) bool {
	for _, t := range c.content {
		if r.in[t] >= 0 {
			return true
		}
	}
	return false
}

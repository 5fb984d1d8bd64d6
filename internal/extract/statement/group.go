package statement

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"casus/internal/doc"
	"casus/internal/text"
)

// quotations gives every pair of marks that holds speech to a candidate: the
// one whose clause it is, a verb beside it, the quotation it continues, the
// colon before it, or the name after it.
func (r *run) quotations() {
	r.ownByTree()
	last := -1 // candidate of the quotation before
	for q := range r.outer {
		if r.owner[q] < 0 {
			r.place(q, last)
		}
		if r.owner[q] >= 0 {
			last = r.owner[q]
		}
	}
}

// ownByTree gives each quotation to the candidate whose content has most of
// it; of several, to the innermost.
func (r *run) ownByTree() {
	have := make([]int, len(r.outer)) // tokens of the best candidate
	size := make([]int, len(r.outer)) // of its content
	count := map[int]int{}
	for i := range r.cands {
		c := &r.cands[i]
		clear(count)
		for _, t := range c.content {
			if q := r.quoteOf(t); q >= 0 {
				count[q]++
			}
		}
		for q, n := range count {
			if c.cue != doc.NoToken && r.quoteOf(c.cue) == q {
				continue
			}
			if n > have[q] || n == have[q] && len(c.content) < size[q] {
				have[q], size[q], r.owner[q] = n, len(c.content), i
			}
		}
	}
}

// block returns the index of the block that holds the position.
func (r *run) block(at int32) int {
	lo, hi := 0, len(r.d.Blocks)
	for lo < hi {
		m := (lo + hi) / 2
		if r.d.Blocks[m].Span.End <= at {
			lo = m + 1
		} else {
			hi = m
		}
	}
	return lo
}

func (r *run) blockSpan(b int) text.Span {
	if b < 0 || b >= len(r.d.Blocks) {
		return text.Span{}
	}
	return r.d.Blocks[b].Span
}

// place finds a candidate for a quotation that no clause has.
func (r *run) place(q, last int) {
	qt := r.quote(q)
	if qt.First >= qt.End {
		return
	}
	full := r.full(q)
	if !full && !qt.Continues {
		return
	}
	if qt.Continues && q > 0 && r.owner[q-1] >= 0 {
		r.give(q, r.owner[q-1])
		return
	}
	if i := r.beside(q); i >= 0 {
		r.give(q, i)
		return
	}
	if i := r.continued(q, last); i >= 0 {
		r.give(q, i)
		return
	}
	if i := r.colonBefore(q); i >= 0 {
		r.give(q, i)
		return
	}
	if i := r.nameAfter(q); i >= 0 {
		r.give(q, i)
		return
	}
	if last >= 0 && r.alone(q) && r.follows(q, last) {
		r.give(q, last)
		return
	}
	if i := r.floating(q); i >= 0 {
		r.give(q, i)
	}
}

func (r *run) give(q, cand int) {
	r.owner[q] = cand
	r.cands[cand].quotes = append(r.cands[cand].quotes, q)
}

// full reports whether the quotation is speech rather than a word in marks: it
// stands where a quotation stands and ends as a sentence or a clause does.
func (r *run) full(q int) bool {
	qt := r.quote(q)
	inner := qt.Inner.Of(r.d.Text)
	lastRune, _ := utf8.DecodeLastRuneInString(inner)
	n := int(qt.End - qt.First)
	if r.titled(qt) {
		return false
	}
	ends := strings.ContainsRune(".?!,…—–-;", lastRune)
	if !ends && int(qt.Span.End) < len(r.d.Text) { // the stop outside the marks
		next := r.d.Text[qt.Span.End:]
		ends = n >= 5 && (next[0] == '.' || next[0] == ',' || next[0] == '?' || next[0] == '!' || next[0] == '\n')
	}
	if n < 2 {
		return ends && r.sentenceInitial(q)
	}
	return ends || n >= 8 || r.colonJustBefore(q) && n >= 3
}

// titled reports whether the marks hold the title of a work: every word of
// weight begins with a capital, and no stop but a comma ends it.
func (r *run) titled(qt *doc.Quote) bool {
	if qt.End-qt.First > 10 || r.block(qt.Span.Start) == 0 {
		return false
	}
	words := 0
	for t := qt.First; t < qt.End; t++ {
		switch r.upos(t) {
		case "PUNCT":
			if t < qt.End-1 && r.lower[t] != "," && r.lower[t] != ":" || r.lower[t] == "?" || r.lower[t] == "!" {
				return false
			}
			continue
		case "DET", "ADP", "CCONJ", "PART":
			continue
		}
		if !capital(r.d.Word(t)) {
			return false
		}
		words++
	}
	return words >= 2 || words == 1 && qt.End-qt.First > 1 && r.lower[qt.First] != "yes" && r.lower[qt.First] != "no" && !r.sentenceInitialAt(qt)
}

func (r *run) sentenceInitialAt(qt *doc.Quote) bool {
	q := r.in[qt.First]
	return q >= 0 && r.sentenceInitial(int(q))
}

// sentenceInitial reports whether the quotation begins a sentence or a block.
func (r *run) sentenceInitial(q int) bool {
	qt := r.quote(q)
	b := r.blockSpan(r.block(qt.Span.Start))
	before := strings.TrimRightFunc(r.d.Text[b.Start:max(b.Start, qt.Span.Start)], unicode.IsSpace)
	if before == "" {
		return true
	}
	last, _ := utf8.DecodeLastRuneInString(before)
	if strings.ContainsRune("\"”’'»", last) {
		before = strings.TrimRight(before, "\"”’'»")
		last, _ = utf8.DecodeLastRuneInString(before)
	}
	return strings.ContainsRune(".?!…", last)
}

func (r *run) colonJustBefore(q int) bool {
	before := strings.TrimRightFunc(r.d.Text[:r.quote(q).Span.Start], unicode.IsSpace)
	return strings.HasSuffix(before, ":")
}

// continued returns the candidate that the quotation goes on: it begins a
// sentence, no verb of its own is beside it, and the sentence before reports
// somebody, or is a quotation too.
func (r *run) continued(q, last int) int {
	if !r.sentenceInitial(q) {
		return -1
	}
	qt := r.quote(q)
	t := r.markBefore(qt)
	if t >= qt.First || r.block(r.d.Tokens[t].Span.Start) != r.block(qt.Span.Start) {
		return -1
	}
	s := r.sentence(t)
	best, size := -1, 0
	for i := len(r.cands) - 1; i >= 0; i-- {
		c := &r.cands[i]
		if c.cue < s.First || c.cue >= s.End || c.cue >= qt.First || r.in[c.cue] >= 0 || r.unwanted(c) {
			continue
		}
		if best >= 0 && r.besideReport(&r.cands[best], c) {
			best, size = i, len(c.content)
			continue
		}
		if best < 0 || r.finish(c) > r.finish(&r.cands[best])+1 || r.finish(c)+1 >= r.finish(&r.cands[best]) && len(c.content) > size {
			best, size = i, len(c.content)
		}
	}
	if best >= 0 {
		if c := &r.cands[best]; c.nominal && !r.holdsQuote(c) && c.subj != doc.NoToken && c.word != nil && (c.word.sense == "reject" || c.word.sense == "deny") {
			return -1 // "The judge dismissed the appeal. “…”": words of its own
		}
		return best
	}
	if last >= 0 && q > 0 && r.owner[q-1] == last && r.block(r.quote(q-1).Span.Start) == r.block(qt.Span.Start) {
		return last
	}
	return -1
}

// besideReport reports whether a report is only a participle beside another
// that quotes: “…,” she said, noting that ….
func (r *run) besideReport(side, c *cand) bool {
	return c.cue < side.cue && r.d.Tags[side.cue].XPOS == "VBG" && side.subj == c.subj && len(side.quotes) == 0 && (len(c.quotes) > 0 || r.holdsQuote(c))
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

// alone reports whether the quotation is all of its block.
func (r *run) alone(q int) bool {
	qt := r.quote(q)
	b := r.blockSpan(r.block(qt.Span.Start))
	rest := r.d.Text[b.Start:max(b.Start, qt.Span.Start)] + r.d.Text[min(qt.Span.End, b.End):b.End]
	return alnums(rest) == 0
}

// follows reports whether the block of the quotation comes right after the one
// in which the last quotation ended.
func (r *run) follows(q, last int) bool {
	b := r.block(r.quote(q).Span.Start)
	end := int32(-1)
	for p := q - 1; p >= 0 && end < 0; p-- {
		if r.owner[p] == last {
			end = r.quote(p).Span.End
		}
	}
	if end < 0 || b == 0 || r.block(end-1) != b-1 {
		return false
	}
	tail := r.d.Text[end:max(end, r.blockSpan(b-1).End)]
	return alnums(tail) < 120
}

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

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

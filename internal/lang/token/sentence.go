package token

import (
	"strings"

	"casus/internal/doc"
	"casus/internal/text"
)

// parts returns the stretches of a block that sentences may not cross: the
// dateline or the label of a turn, and the rest.
func (s *Splitter) parts(t string, b doc.Block) [2]text.Span {
	head := b.Span.Start
	switch {
	case !b.Dateline.Empty():
		head = b.Dateline.End
	case b.Kind == doc.Speaker:
		head += int32(strings.IndexByte(b.Span.Of(t), ':') + 1)
	}
	return [2]text.Span{{Start: b.Span.Start, End: head}, {Start: head, End: b.Span.End}}
}

// cut appends the sentences of the tokens from first on.
func (s *Splitter) cut(sc *scanner, first int, block int32, style string, sentences []doc.Sentence) []doc.Sentence {
	if first == len(sc.out) {
		return sentences
	}
	if n := len(sc.out); spaceFollows(sc.text, int(sc.out[n-1].Span.End)) {
		sc.out[n-1].SpaceAfter = true
	}
	seek := seeker{lx: s.lex, text: sc.text, toks: sc.out[first:], style: style}
	begin := first
	for i := 0; i < len(sc.out)-first; i++ {
		c, ok := seek.candidate(i)
		if !ok {
			continue
		}
		f := collector{model: s.ends}
		if seek.features(c, &f); f.sum <= 0 || style != careless && !seek.plain(c, f.sum) {
			continue
		}
		end := first + i + 1
		sentences = append(sentences, doc.Sentence{First: doc.TokenID(begin), End: doc.TokenID(end), Block: block})
		begin = end
		seek.begin(i + 1)
	}
	return append(sentences, doc.Sentence{First: doc.TokenID(begin), End: doc.TokenID(len(sc.out)), Block: block})
}

// margin is the sum that the end of a sentence without an end mark needs in
// edited text.
const margin = 2.5 * scale

// plain reports whether a candidate may end a sentence of edited text: at an end
// mark and before no small letter, or elsewhere, but at a dash, with a margin.
func (s *seeker) plain(c candidate, sum int32) bool {
	marked := c.mark == "abbr" || s.endsBefore(c.last) || s.endMark(c.last)
	if s.kind(c.last+1) == lower && !odd(s.form(c.last+1)) {
		return false
	}
	if marked || s.style == headline {
		return marked
	}
	k := s.kind(c.last)
	return sum > margin && k != dash && k != hyphen
}

// odd reports whether a word that begins small may open a sentence all the same:
// a brand or an address.
func odd(w string) bool {
	for i := 1; i < len(w); i++ {
		if c := w[i]; c == '/' || c == ':' || c == '.' && i+1 < len(w) || c >= 'A' && c <= 'Z' {
			return true
		}
	}
	return false
}

// spaceFollows reports whether a blank stands at byte i.
func spaceFollows(t string, i int) bool {
	if i >= len(t) {
		return false
	}
	c, _ := at(t, i)
	return c == space
}

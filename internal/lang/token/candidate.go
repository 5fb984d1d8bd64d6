package token

import (
	"strings"

	"casus/internal/doc"
)

// A candidate is a place where a sentence may end: after the token last.
type candidate struct {
	mark  string // the mark that would end it; "w" for a word, "," …
	word  int    // the word before the mark and closing quotes, or -1
	last  int
	quote bool // a quotation mark or bracket closes after the mark
}

// seeker looks for sentence ends among the tokens of one stretch of text.
type seeker struct {
	lx    *lexicon
	text  string
	toks  []doc.Token
	style string // "careful" in edited text
	first int    // of the sentence
	// What the sentence so far holds.
	depth int  // brackets open
	open  bool // a double quotation mark is open
	small int  // words in small letters
	until int  // first token not yet counted
	// ahead caches the next end mark after a token.
	ahead int
}

func (s *seeker) form(i int) string {
	if i < 0 || i >= len(s.toks) {
		return ""
	}
	return s.toks[i].Span.Of(s.text)
}

func (s *seeker) kind(i int) class {
	if i < 0 || i >= len(s.toks) {
		return space
	}
	c, _ := at(s.text, int(s.toks[i].Span.Start))
	return c
}

// endMark reports whether the token ends in a mark that ends sentences.
func (s *seeker) endMark(i int) bool {
	f := s.form(i)
	switch f[len(f)-1] {
	case '.', '!', '?':
		return true
	}
	return strings.HasSuffix(f, "…")
}

// closer reports whether the token closes a quotation or bracket that the
// sentence before it belongs to: it is written without a blank before it.
func (s *seeker) closer(i int) bool {
	if i <= 0 || i >= len(s.toks) || s.toks[i].Glued {
		return false
	}
	if s.toks[i-1].SpaceAfter {
		// A quotation mark set apart: only one that cannot open.
		return s.kind(i) == quote && (s.form(i) == "”" || s.form(i) == `"` && (i+1 == len(s.toks) || s.toks[i].SpaceAfter && s.opened(i)))
	}
	switch s.kind(i) {
	case closing, apostrophe:
		return true
	case quote:
		f := s.form(i)
		return f != "“" && f != "‘" && f != "„" && f != "«" && f != "``" && f != "`"
	}
	return false
}

// bare reports whether the token is an apostrophe alone.
func (s *seeker) bare(i int) bool { return s.form(i) == "'" || s.form(i) == "’" }

// opened reports whether a double quotation mark is open before token i.
func (s *seeker) opened(i int) bool {
	s.advance(i - 1)
	return s.open
}

// candidate returns the candidate after token i, if there is one.
func (s *seeker) candidate(i int) (c candidate, ok bool) {
	next := i + 1
	if next >= len(s.toks) || s.toks[next].Glued || s.toks[i].Glued && s.bare(i) || s.closer(next) && s.endsBefore(next) {
		return c, false
	}
	c = candidate{last: i}
	k := s.beforeClosers(i)
	c.quote = k < i
	if s.endMark(k) {
		c.mark, c.word = s.form(k), k-1
		if s.kind(k).wordly() { // an abbreviation
			c.mark, c.word = "abbr", k
		} else if len(c.mark) > 3 {
			c.mark = strings.ToValidUTF8(c.mark[:3], "")
		}
		return c, true
	}
	if !s.toks[i].SpaceAfter {
		return c, false
	}
	c.word = i
	switch s.kind(i) {
	case lower, digit:
		c.mark = "w"
	case upper:
		c.mark = "W"
	default:
		c.mark, c.word = s.form(i), i-1
	}
	if c.quote {
		c.word = k
	}
	switch s.kind(next) {
	case upper, digit, opening, symbol, currency:
		return c, true
	case quote, apostrophe, dash, hyphen, other:
		return c, s.form(next) != ","
	}
	return c, c.mark != "w" && c.mark != "W" && c.mark != ","
}

// maxClosers bounds how many closing marks stand after an end mark.
const maxClosers = 4

// beforeClosers returns the token before the closing marks that end at i.
func (s *seeker) beforeClosers(i int) int {
	for n := 0; n < maxClosers && i > s.first && s.closer(i); n++ {
		i--
	}
	return i
}

// endsBefore reports whether an end mark stands before the closers that end at i.
func (s *seeker) endsBefore(i int) bool { return s.endMark(s.beforeClosers(i)) }

// advance counts what stands between the start of the sentence and token i.
func (s *seeker) advance(i int) {
	for ; s.until <= i; s.until++ {
		switch s.kind(s.until) {
		case lower:
			s.small++
		case opening:
			s.depth++
		case closing:
			s.depth = max(0, s.depth-1)
		case quote:
			switch s.form(s.until) {
			case "“", "``", "«", "„":
				s.open = true
			case "”", "»", "''":
				s.open = false
			default:
				s.open = !s.open
			}
		}
	}
}

// begin starts a sentence at token i.
func (s *seeker) begin(i int) {
	s.first, s.small, s.depth = i, 0, 0
	s.until = i
}

// maxAhead bounds how far the length of the next sentence is looked at.
const maxAhead = 24

// nextEnd returns the number of tokens from i to the next end mark, up to
// maxAhead.
func (s *seeker) nextEnd(i int) int {
	if s.ahead < i {
		s.ahead = i
	}
	for s.ahead < len(s.toks) && s.ahead-i < maxAhead && !s.endMark(s.ahead) {
		s.ahead++
	}
	return s.ahead - i
}

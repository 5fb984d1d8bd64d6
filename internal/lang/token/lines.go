package token

import (
	"unicode/utf8"

	"casus/internal/text"
)

// A line is a line of the body without the blanks around it.
type line struct {
	text.Span
	gap    bool // an empty line, or the start of the body, stands before it
	indent bool // blanks stand before it
}

// splitLines returns the lines of s between start and end that are not empty.
func splitLines(s string, start, end int) []line {
	var lines []line
	gap := true
	for i := start; i < end; {
		eol := i
		for eol < end && lineBreak(s, eol) == 0 {
			eol++
		}
		a, b := trim(s, i, eol)
		if a < b {
			lines = append(lines, line{text.Span{Start: int32(a), End: int32(b)}, gap, a > i})
			gap = false
		} else {
			gap = true
		}
		if i = eol; i < end {
			i += lineBreak(s, i)
		}
	}
	return lines
}

// lineBreak returns the length of the line break at i, 0 when there is none.
func lineBreak(s string, i int) int {
	switch s[i] {
	case '\n', '\v', '\f':
		return 1
	case '\r':
		if i+1 < len(s) && s[i+1] == '\n' {
			return 2
		}
		return 1
	case 0xC2: // next line
		if i+1 < len(s) && s[i+1] == 0x85 {
			return 2
		}
	case 0xE2: // line and paragraph separator
		if i+2 < len(s) && s[i+1] == 0x80 && (s[i+2] == 0xA8 || s[i+2] == 0xA9) {
			return 3
		}
	}
	return 0
}

// trim returns the range without the blanks at both ends.
func trim(s string, start, end int) (int, int) {
	for start < end {
		c, n := at(s, start)
		if c != space {
			break
		}
		start += n
	}
	for end > start && before(s, end) == space {
		_, n := utf8.DecodeLastRuneInString(s[start:end])
		end -= n
	}
	return start, end
}

// blockSpans joins lines to blocks. An empty line always parts two blocks. What
// a single line break means differs from text to text: in some it ends a
// paragraph, in others it only keeps lines short. Lines that stop in the middle
// of a sentence, to go on with a small letter, tell the second kind.
func blockSpans(s string, lines []line) []text.Span {
	w := measure(s, lines)
	var blocks []text.Span
	for i, l := range lines {
		if i == 0 || l.gap || !w.joins(s, lines[i-1], l) {
			blocks = append(blocks, l.Span)
		} else {
			blocks[len(blocks)-1].End = l.End
		}
	}
	return blocks
}

// maxWidth is the length in bytes of the longest line that counts as wrapped.
const maxWidth = 160

// wrapping is how the lines of a text are broken.
type wrapping struct {
	wrapped bool
	width   int // of the longest line
}

// measure decides whether the lines of a text are wrapped.
func measure(s string, lines []line) wrapping {
	pairs, running, full, width := 0, 0, 0, 0
	for _, l := range lines {
		width = max(width, l.Len())
	}
	for i := 1; i < len(lines); i++ {
		if lines[i].gap {
			continue
		}
		pairs++
		if runsOn(s, lines[i-1], lines[i]) {
			running++
		}
		if !fits(s, lines[i-1], lines[i], width) {
			full++
		}
	}
	if width > maxWidth {
		return wrapping{width: width}
	}
	// A text in capitals has no small letters to tell: there the width decides.
	capitals := running == 0 && pairs >= 4 && full*10 >= pairs*7 && shouts(s, lines)
	return wrapping{wrapped: running > 0 && running*4 >= pairs || capitals, width: width}
}

// joins reports whether b continues the block of a.
func (w wrapping) joins(s string, a, b line) bool {
	switch {
	case bullet(b.Of(s)) > 0:
		return false
	case runsOn(s, a, b):
		return true
	case !w.wrapped, b.indent && !a.indent:
		return false
	}
	return !fits(s, a, b, w.width*4/5) || !closes(s, a) && a.Len() > w.width/2
}

// runsOn reports whether a sentence goes on from a to b.
func runsOn(s string, a, b line) bool {
	c, _ := at(s, int(b.Start))
	return c == lower && !closes(s, a)
}

// closes reports whether a line ends with a mark that ends sentences.
func closes(s string, l line) bool {
	for i := int(l.End); i > int(l.Start); i-- {
		switch c := s[i-1]; c {
		case '"', '\'', ')', ']':
			continue
		case '.', '!', '?', ':', ';':
			return true
		default:
			if c < utf8.RuneSelf {
				return false
			}
			switch r, n := utf8.DecodeLastRuneInString(s[l.Start:i]); r {
			case '”', '’', '»':
				i -= n - 1
				continue
			case '…':
				return true
			}
			return false
		}
	}
	return false
}

// fits reports whether the first word of b would have fitted on the line of a.
func fits(s string, a, b line, width int) bool {
	word := 0
	for i := int(b.Start); i < int(b.End) && s[i] != ' ' && word <= width; i++ {
		word++
	}
	return a.Len()+1+word <= width
}

// shouts reports whether the letters of the lines are capitals. A few lines tell.
func shouts(s string, lines []line) bool {
	small, capital := 0, 0
	for _, l := range lines[:min(len(lines), 40)] {
		for i := l.Start; i < l.End; i++ {
			switch byteClass(s[i]) {
			case lower:
				small++
			case upper:
				capital++
			}
		}
	}
	return capital > 10*small
}

// bullet returns the length of the mark that opens a list item, with the blank
// after it, or 0.
func bullet(s string) int {
	r, n := utf8.DecodeRuneInString(s)
	switch r {
	case '•', '·', '▪', '◦', '‣', '●', '○', '■', '□', '►', '▶', '➢', '✓', '⁃', '∙':
	case '*', '-', '–', '+', '>':
		if len(s) <= n || s[n] != ' ' {
			return 0
		}
	default:
		n = number(s)
		if n == 0 || len(s) <= n || s[n] != ' ' {
			return 0
		}
	}
	for n < len(s) && s[n] == ' ' {
		n++
	}
	return n
}

// number returns the length of the number of a list item: "1.", "12)", "(3)",
// "a)", "(b)", or 0.
func number(s string) int {
	i := 0
	round := len(s) > 0 && s[0] == '('
	if round {
		i++
	}
	digits := i
	for i < len(s) && i-digits < 3 && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	letter := i == digits && i < len(s) && s[i] >= 'a' && s[i] <= 'h'
	if letter {
		i++
	}
	if i == digits || i-digits > 2 || i >= len(s) {
		return 0
	}
	if s[i] == ')' || s[i] == '.' && !round && !letter {
		return i + 1
	}
	return 0
}

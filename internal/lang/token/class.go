package token

import (
	"unicode"
	"unicode/utf8"
)

// class says what a character is to the scanner.
type class uint8

const (
	other class = iota // a mark of its own
	space              // blanks, controls and characters without width
	lower              // letters, and what continues a word: marks, joiners
	upper
	digit
	apostrophe // ' and ’, which may stand inside a word
	quote      // other quotation marks
	hyphen
	dash
	dots // a full stop or an ellipsis
	bang // ! and ?
	opening
	closing
	currency
	symbol // emoji and the like
)

// ascii is the class of every ASCII character.
var ascii = func() (t [utf8.RuneSelf]class) {
	for c := range t {
		switch {
		case c <= ' ' || c == 0x7f:
			t[c] = space
		case c >= 'a' && c <= 'z' || c == '_':
			t[c] = lower
		case c >= 'A' && c <= 'Z':
			t[c] = upper
		case c >= '0' && c <= '9':
			t[c] = digit
		}
	}
	t['\''], t['"'], t['`'], t['-'], t['.'], t['!'], t['?'], t['$'] = apostrophe, quote, quote, hyphen, dots, bang, bang, currency
	t['('], t['['], t['{'], t[')'], t[']'], t['}'] = opening, opening, opening, closing, closing, closing
	return t
}()

// at returns the class and length of the character at byte i. An invalid byte
// is a symbol of length 1.
func at(s string, i int) (class, int) {
	if c := s[i]; c < utf8.RuneSelf {
		return ascii[c], 1
	}
	r, n := utf8.DecodeRuneInString(s[i:])
	return classify(r, n), n
}

// classify is the class of a character beyond ASCII.
func classify(r rune, n int) class {
	switch {
	case r == utf8.RuneError && n == 1:
		return symbol
	case r >= 0xC0 && r < 0x250 && r != 0xD7 && r != 0xF7:
		if unicode.IsUpper(r) {
			return upper
		}
		return lower
	case r >= 0x2000 && r < 0x2070:
		return generalPunctuation(r)
	}
	switch r {
	case 0xAD: // soft hyphen
		return lower
	case 0xAB, 0xBB, 0x300C, 0x300D:
		return quote
	case 0xA0, 0x85, 0xFEFF, 0x3000, 0x1680, 0x180E:
		return space
	case 0x2212:
		return dash
	case 0xFE0F, 0x20E3: // variation selector, keycap: part of the emoji before them
		return symbol
	}
	switch {
	case unicode.IsUpper(r):
		return upper
	case unicode.IsLetter(r), unicode.IsMark(r):
		return lower
	case unicode.IsDigit(r), unicode.IsNumber(r) && r != 0xB2 && r != 0xB3 && r != 0xB9:
		return digit
	case unicode.Is(unicode.Sc, r):
		return currency
	case unicode.IsSpace(r), unicode.IsControl(r):
		return space
	case unicode.Is(unicode.Ps, r):
		return opening
	case unicode.Is(unicode.Pe, r):
		return closing
	case unicode.Is(unicode.So, r), unicode.Is(unicode.Sk, r), unicode.Is(unicode.Co, r):
		return symbol
	}
	return other
}

// generalPunctuation classifies the block of typographic marks.
func generalPunctuation(r rune) class {
	switch r {
	case 0x2019, 0x201B:
		return apostrophe
	case 0x2018, 0x201A, 0x201C, 0x201D, 0x201E, 0x201F, 0x2039, 0x203A:
		return quote
	case 0x2010, 0x2011:
		return hyphen
	case 0x2012, 0x2013, 0x2014, 0x2015:
		return dash
	case 0x2026, 0x2024, 0x2025:
		return dots
	case 0x203C, 0x203D, 0x2047, 0x2048, 0x2049:
		return bang
	case 0x200C, 0x200D: // joiners stay inside words and emoji
		return lower
	}
	if r <= 0x200F || (r >= 0x2028 && r <= 0x202F) || r >= 0x205F {
		return space // blanks, marks of direction, characters without width
	}
	return other
}

// wordly reports whether a class continues a word.
func (c class) wordly() bool { return c == lower || c == upper || c == digit }

// letter reports whether a class is a letter.
func (c class) letter() bool { return c == lower || c == upper }

// byteClass is the class of an ASCII character, other for a byte beyond.
func byteClass(b byte) class {
	if b < utf8.RuneSelf {
		return ascii[b]
	}
	return other
}

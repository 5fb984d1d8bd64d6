package timex

import (
	"unicode/utf8"

	"casus/internal/doc"
	"casus/internal/text"
)

// An atom is a token or a part of one. Tokens are cut at hyphens, slashes and
// between figures and letters, so that "third-quarter", "10am" and "1990s" read
// alike however the tokeniser has them.
type atom struct {
	span   text.Span
	tok    doc.TokenID
	word   int32 // id in the lexicon, or noWord
	num    int32 // value of a run of figures, or -1
	digits uint8 // how many figures
	tight  bool  // no space before it
	title  bool  // begins with a capital
	punct  bool
}

// maxDigits is the longest run of figures that is read as a number.
const maxDigits = 9

// appendAtoms cuts a token into atoms.
func (t *Tagger) appendAtoms(as []atom, s string, sp text.Span, tok doc.TokenID) []atom {
	w := sp.Of(s)
	for i := 0; i < len(w); {
		n, kind := chunk(w[i:])
		a := atom{
			span: text.Span{Start: sp.Start + int32(i), End: sp.Start + int32(i+n)},
			tok:  tok, word: noWord, num: -1,
		}
		a.tight = a.span.Start > 0 && !isSpace(s[a.span.Start-1])
		part := w[i : i+n]
		switch kind {
		case figures:
			if n <= maxDigits {
				a.num, a.digits = 0, uint8(n)
				for j := range n {
					a.num = a.num*10 + int32(part[j]-'0')
				}
			}
		case letters:
			a.title = 'A' <= part[0] && part[0] <= 'Z'
			a.word = t.lookupAbbr(part)
		default:
			a.punct = true
			a.word = t.lookup(part)
		}
		as = append(as, a)
		i += n
	}
	return as
}

func isSpace(b byte) bool { return b == ' ' || b == '\n' || b == '\t' || b == '\r' }

// lookupAbbr looks up a word with and without its full stop.
func (t *Tagger) lookupAbbr(s string) int32 {
	id := t.lookup(s)
	if id == noWord && s[len(s)-1] == '.' {
		if id = t.lookup(s[:len(s)-1]); id != noWord && t.words[id].flags&abbr == 0 {
			id = noWord
		}
	}
	return id
}

const (
	figures = iota
	letters
	other
)

// chunk returns the length and kind of the first atom of w: figures; letters,
// with the full stops of an abbreviation and inner apostrophes; or one mark.
func chunk(w string) (n, kind int) {
	switch c := w[0]; {
	case '0' <= c && c <= '9':
		n = 1
		for n < len(w) && '0' <= w[n] && w[n] <= '9' {
			n++
		}
		return n, figures
	case isLetter(w):
		return word1(w), letters
	case c == '\'' && len(w) > 1 && w[1]|0x20 == 's' && (len(w) == 2 || !isLetter(w[2:])):
		return 2, other // a possessive
	case c < utf8.RuneSelf:
		return 1, other
	}
	r, n := utf8.DecodeRuneInString(w)
	if r == '’' && len(w) > n && w[n]|0x20 == 's' && (len(w) == n+1 || !isLetter(w[n+1:])) {
		n++
	}
	return n, other
}

// word1 returns the length of the run of letters that w begins with.
func word1(w string) int {
	n := 0
	for n < len(w) {
		switch {
		case isLetter(w[n:]):
			_, k := utf8.DecodeRuneInString(w[n:])
			n += k
		case w[n] == '.' && (n+1 == len(w) || w[n+1] == '-' || isLetter(w[n+1:])):
			n++
		case w[n] == '\'' && n+1 < len(w) && isLetter(w[n+1:]) && !(w[n+1]|0x20 == 's' && (n+2 == len(w) || !isLetter(w[n+2:]))):
			n++
		default:
			return n
		}
	}
	return n
}

// isLetter reports whether w begins with a letter. Beyond ASCII all but
// dashes, quotation marks, spaces and fractions count as letters.
func isLetter(w string) bool {
	c := w[0]
	if c < utf8.RuneSelf {
		return 'a' <= c|0x20 && c|0x20 <= 'z'
	}
	if c == 0xC2 { // Latin-1 signs: no-break space, ½, §, £ …
		return false
	}
	r, _ := utf8.DecodeRuneInString(w)
	return r < 0x2000 || r > 0x206F && r != '−' && r != utf8.RuneError
}

// flag returns whether a token may stand in a time expression, or make one.
func (t *Tagger) flag(w string) uint8 {
	if w == "" {
		return 0
	}
	plain := true
	for i := range len(w) {
		if c := w[i]; c|0x20 < 'a' || c|0x20 > 'z' {
			plain = false
			break
		}
	}
	if plain {
		return t.wordFlags(t.lookup(w))
	}
	return t.flagParts(w)
}

func isApostrophe(w string) bool { return w == "'" || w == "’" || w == "‘" }

func (t *Tagger) wordFlags(id int32) uint8 {
	if id == noWord {
		return 0
	}
	return t.words[id].flags
}

// flagParts is flag for tokens that are more than a run of ASCII letters.
func (t *Tagger) flagParts(w string) uint8 {
	var all uint8 = known
	var some uint8
	for i := 0; i < len(w); {
		n, kind := chunk(w[i:])
		var f uint8
		switch kind {
		case figures:
			f = known
			if figuresTrigger(w, i, n) {
				f |= trigger
			}
		case letters:
			f = t.wordFlags(t.lookupAbbr(w[i : i+n]))
		default:
			f = t.wordFlags(t.lookup(w[i : i+n]))
		}
		all &= f
		some |= f & trigger
		i += n
	}
	if some != 0 {
		return known | trigger
	}
	return all
}

// figuresTrigger reports whether the n figures at w[i] can make a time
// expression on their own: 1990, 10:35, 3/14, '98, 2nd, 80s.
func figuresTrigger(w string, i, n int) bool {
	switch {
	case n == 4:
		return w[i] == '1' || w[i] == '2' || i+n < len(w) && w[i+n] == '/'
	case i+n == len(w):
		return n == 2 && i > 0 && isApostrophe(w[:i])
	case n > 2:
		return false
	}
	switch w[i+n] {
	case ':', '/', '-', 's', 'n', 'r', 't':
		return true
	}
	return false
}

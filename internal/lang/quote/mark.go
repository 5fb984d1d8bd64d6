package quote

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A family is a set of marks that close each other. Writers mix the shapes of
// one family ("… ”), but not two families.
type family uint8

const (
	double family = iota // “ ” „ ‟ " `` ''
	single               // ‘ ’ ‚ ‛ ' `
	angle                // « »
	angle1               // ‹ ›
	corner               // 「 」
)

// A side is which way a mark faces, by its shape.
type side uint8

const (
	both side = iota
	opening
	closing
)

// A mark is one quotation mark of a block, before it is known what it does.
type mark struct {
	start, end int32
	family     family
	shape      side
	// left and right say what the neighbours allow: left, that the mark can
	// open (space before it, a word after it); right, that it can close.
	left, right bool
	straight    bool
	digit       bool // a digit stands before: it may be inches or minutes
	plural      bool // an s stands before and a lower-case word after: a possessive
}

// shapes are the marks of one rune.
var shapes = map[rune]struct {
	family family
	shape  side
}{
	'“': {double, opening}, '”': {double, closing}, '„': {double, opening}, '‟': {double, opening},
	'"': {double, both}, '＂': {double, both},
	'‘': {single, opening}, '’': {single, closing}, '‚': {single, opening}, '‛': {single, opening}, '\'': {single, both}, '`': {single, opening},
	'«': {angle, opening}, '»': {angle, closing}, '‹': {angle1, opening}, '›': {angle1, closing},
	'「': {corner, opening}, '」': {corner, closing}, '『': {corner, opening}, '』': {corner, closing},
}

// collect sets f.marks to the quotation marks of s, which begins at byte base
// of the text, leaving out apostrophes.
func (f *finder) collect(s string, base int32) {
	out := f.marks[:0]
	prev := rune(0)
	for i := 0; i < len(s); {
		b := s[i]
		if b != '"' && b != '\'' && b != '`' && b < utf8.RuneSelf {
			prev = rune(b)
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		sh, ok := shapes[r]
		if !ok {
			prev = r
			i += n
			continue
		}
		m := mark{start: base + int32(i), family: sh.family, shape: sh.shape, straight: r == '"' || r == '\''}
		if (r == '`' || r == '\'') && i+1 < len(s) && s[i+1] == b { // `` and ''
			n = 2
			m.family, m.straight = double, false
		}
		m.end = base + int32(i+n)
		next, after := rune(0), s[i+n:]
		if after != "" {
			next, _ = utf8.DecodeRuneInString(after)
		}
		if r == '"' && prev == '=' { // an attribute of markup left in the text
			if end := strings.IndexByte(s[i+1:], '"'); end >= 0 {
				i += end + 2
				prev = '"'
				continue
			}
		}
		if m.family == single && f.apostrophe(m.shape, prev, next, after) {
			prev = r
			i += n
			continue
		}
		m.flank(prev, next)
		m.plural = (prev == 's' || prev == 'S') && next == ' ' && lowerWord(after)
		out = append(out, m)
		prev = r
		i += n
	}
	f.marks = out
}

// apostrophe reports whether a single mark stands within a word or before the
// stump of one ('em, '90s).
func (f *finder) apostrophe(shape side, prev, next rune, after string) bool {
	if wordRune(prev) && wordRune(next) {
		return true
	}
	if wordRune(prev) || !wordRune(next) {
		return false
	}
	if unicode.IsDigit(next) {
		return shape != opening || len(after) > 2 && after[2] == 's'
	}
	end := strings.IndexFunc(after, func(r rune) bool { return !wordRune(r) })
	if end < 0 {
		end = len(after)
	}
	if !f.elided[strings.ToLower(after[:end])] {
		return false
	}
	// ‘a plan’ opens with a short word; an elision is glued to no other mark.
	return shape != opening || end > 1
}

// flank sets what the neighbours allow.
func (m *mark) flank(prev, next rune) {
	spaceBefore := prev == 0 || unicode.IsSpace(prev) || strings.ContainsRune("([{<—–-/…", prev) || opens(prev)
	spaceAfter := next == 0 || unicode.IsSpace(next)
	m.digit = unicode.IsDigit(prev) && !wordRune(next)
	m.left = spaceBefore && !spaceAfter
	m.right = prev != 0 && !unicode.IsSpace(prev) && (spaceAfter || !wordRune(next))
	switch {
	case m.left && m.right:
		// Between two marks or a dash and a mark: a word after it opens, a word
		// or a stop before it closes.
		if wordRune(next) {
			m.right = false
		} else if wordRune(prev) || strings.ContainsRune(".,!?", prev) {
			m.left = false
		}
	case !m.left && !m.right:
		m.left, m.right = !spaceAfter || spaceBefore, true
	}
}

func opens(r rune) bool {
	sh, ok := shapes[r]
	return ok && sh.shape != closing
}

func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// lowerWord reports whether s is a space and a word in lower case.
func lowerWord(s string) bool {
	s = strings.TrimLeft(s, " ")
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(r)
}

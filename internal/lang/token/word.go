package token

import (
	"strings"
	"unicode/utf8"
)

// word scans a token that begins with a letter, with the words of a contraction.
func (sc *scanner) word(start int) int {
	if end := sc.url(start); end > start {
		return sc.add(start, end)
	}
	return sc.wordFrom(start, sc.letters(start))
}

// wordFrom goes on with a word whose letters end at i.
func (sc *scanner) wordFrom(start, i int) int {
	for i < sc.end {
		c, n := at(sc.text, i)
		if c == space {
			break
		}
		next := i
		switch c {
		case apostrophe:
			if end := sc.clitic(start, i, n); end > i {
				return end
			}
			next = sc.afterApostrophe(start, i, n)
		case dots:
			if end := sc.mail(i); end > i {
				return sc.add(start, end)
			}
			var ends bool
			if next, ends = sc.afterStop(start, i); ends {
				return sc.emit(start, next)
			}
		case hyphen:
			next = sc.afterHyphen(start, i, n)
		case quote:
			if sc.text[i] == '`' {
				if end := sc.clitic(start, i, n); end > i {
					return end
				}
			}
		case currency:
			if sc.text[i] == '$' && i-start <= 3 && isUpper(sc.text[start:i]) {
				return sc.emit(start, i+1) // US$
			}
		case other:
			next = sc.afterMark(start, i)
		}
		if next == i {
			break
		}
		i = sc.letters(next)
	}
	return sc.emit(start, i)
}

// emit adds a word, cut in its parts where it is a contraction without an
// apostrophe.
func (sc *scanner) emit(start, end int) int {
	form := sc.text[start:end]
	if sc.lx.mayContract(form) {
		if e := sc.lx.look(form); e.cuts[0] > 0 && (len(form) > 3 || !isUpper(form)) {
			sc.add(start, start+int(e.cuts[0]))
			if e.cuts[1] > 0 {
				sc.glue(start+int(e.cuts[0]), start+int(e.cuts[1]))
				return sc.glue(start+int(e.cuts[1]), end)
			}
			return sc.glue(start+int(e.cuts[0]), end)
		}
	}
	return sc.add(start, end)
}

// isClitic reports whether the letters after an apostrophe are a word of their
// own: 's, 're, 've, 'm, 'll, 'd.
func isClitic(s string) bool {
	switch len(s) {
	case 1:
		switch s[0] | 0x20 {
		case 's', 'm', 'd':
			return true
		}
	case 2:
		a, b := s[0]|0x20, s[1]|0x20
		return (a == 'r' || a == 'v') && b == 'e' || a == 'l' && b == 'l'
	}
	return false
}

// clitic adds the word that ends at the apostrophe at i and the clitics after
// it, and returns their end; i when there is none.
func (sc *scanner) clitic(start, i, n int) int {
	next := i + n
	k := sc.letters(next)
	switch after := sc.text[next:k]; {
	case after == "":
		if c := sc.text[i-1] | 0x20; (c != 's' && c != 'z' && c != 'x') || sc.single || sc.text[i] == '`' || i-start < 2 {
			return i
		}
		sc.emit(start, i)
		return sc.glue(i, next)
	case isClitic(after):
		sc.emit(start, i)
		sc.glue(i, k)
	case len(after) == 1 && after[0]|0x20 == 't' && sc.text[i-1]|0x20 == 'n' && i-1 > start:
		sc.add(start, i-1)
		sc.glue(i-1, k)
	default:
		return i
	}
	// "wouldn't've"
	for k < sc.end {
		c, n := at(sc.text, k)
		if c != apostrophe {
			break
		}
		e := sc.letters(k + n)
		if !isClitic(sc.text[k+n : e]) {
			break
		}
		k = sc.glue(k, e)
	}
	return k
}

// afterApostrophe returns where a word goes on after an apostrophe that is part
// of it (O'Brien, goin'), or i.
func (sc *scanner) afterApostrophe(start, i, n int) int {
	next := i + n
	if sc.class(next).wordly() {
		return next
	}
	if !sc.single && i-start > 3 && strings.HasSuffix(sc.text[start:i], "in") {
		return next
	}
	return i
}

// afterHyphen returns where a word goes on after a hyphen that is part of it: a
// prefix stands before, or the whole form is listed.
func (sc *scanner) afterHyphen(start, i, n int) int {
	next := i + n
	if !sc.class(next).wordly() {
		if i-start <= 2 && sc.class(next) == space && sc.class(start) == lower {
			return next // a word broken off: "th- that"
		}
		return i
	}
	if sc.lx.look(sc.text[start:i]).prefix && (i-start > 1 || sc.text[start] == 'e') {
		return next
	}
	end := next
	for end < sc.end && end-start <= maxForm && (sc.class(end).letter() || sc.text[end] == '-') {
		_, n := at(sc.text, end)
		end += n
	}
	if sc.lx.look(sc.text[start:end]).whole {
		return end
	}
	if end := sc.mail(i); end > i {
		return end
	}
	return i
}

// afterMark returns where a word goes on after a mark that is part of it, or i.
func (sc *scanner) afterMark(start, i int) int {
	next := i + 1
	c := sc.class(next)
	switch sc.text[i] {
	case '&': // AT&T, R&D
		if k := sc.letters(next); i-start <= 4 && k > next && k-next <= 2 {
			return next
		}
	case '@':
		if c.wordly() {
			return sc.host(next)
		}
	case '*': // a word made decent
		if i-start <= 3 && (c.letter() || sc.byte(next) == '*') {
			for sc.byte(next) == '*' {
				next++
			}
			return next
		}
	case '/', '+', '#':
		return sc.listed(start, i)
	case '%':
		return sc.mail(i)
	}
	return i
}

// listed returns the end of a listed form that goes on with the mark at i, such
// as "c/o" or "w/", or i.
func (sc *scanner) listed(start, i int) int {
	end := i
	for end < sc.end && end-start <= 5 && (sc.class(end).letter() || sc.text[end] == '/' || sc.text[end] == '+' || sc.text[end] == '#') {
		_, n := at(sc.text, end)
		end += n
	}
	if sc.lx.look(sc.text[start:end]).whole {
		return end
	}
	return i
}

func isUpper(s string) bool {
	for i := range len(s) {
		if s[i] < 'A' || s[i] > 'Z' {
			return false
		}
	}
	return s != ""
}

func decode(s string, i int) (rune, int) {
	if i >= len(s) {
		return 0, 0
	}
	return utf8.DecodeRuneInString(s[i:])
}

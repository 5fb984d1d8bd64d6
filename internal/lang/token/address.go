package token

import "strings"

// url returns the end of the address at i, or i. An address begins with its
// scheme or with www.
func (sc *scanner) url(i int) int {
	switch sc.text[i] | 0x20 {
	case 'h':
		if sc.has(i, "http://") || sc.has(i, "https://") {
			return sc.address(i)
		}
	case 'w':
		if sc.has(i, "www.") {
			return sc.address(i)
		}
	case 'f':
		if sc.has(i, "ftp://") {
			return sc.address(i)
		}
	case 'd':
		if sc.has(i, "doi:10.") {
			return sc.address(i)
		}
	case 'm':
		if sc.has(i, "mailto:") {
			return sc.address(i)
		}
	}
	return i
}

// has reports whether a prefix in lower case stands at i in any case and goes on.
func (sc *scanner) has(i int, prefix string) bool {
	end := i + len(prefix)
	return end < sc.end && strings.EqualFold(sc.text[i:end], prefix) && sc.class(end) != space
}

// address returns the end of an address: it runs to a blank, an angle bracket or
// a quotation mark, and leaves the marks that close a sentence or a bracket.
func (sc *scanner) address(i int) int {
	end := i
	depth := 0
scan:
	for end < sc.end {
		c, n := at(sc.text, end)
		switch c {
		case space, quote, symbol, dash:
			break scan
		case opening:
			depth++
		case closing:
			if depth--; depth < 0 {
				break scan
			}
		case other:
			if sc.text[end] == '<' || sc.text[end] == '>' || sc.text[end] == '|' {
				break scan
			}
		}
		end += n
	}
	for end > i+1 && strings.IndexByte(".,;:!?'", sc.text[end-1]) >= 0 {
		end--
	}
	return end
}

// maxLocal bounds the part of a mail address before the @.
const maxLocal = 64

// mail returns the end of the mail address whose part before the @ goes on at i,
// or i.
func (sc *scanner) mail(i int) int {
	for k := i; k < sc.end && k-i < maxLocal; k++ {
		switch b := sc.text[k]; {
		case b == '@':
			if sc.class(k + 1).wordly() {
				return sc.host(k + 1)
			}
			return i
		case b >= 0x80 || !ascii[b].wordly() && strings.IndexByte("._%+-", b) < 0:
			return i
		}
	}
	return i
}

// host returns the end of the host name at i.
func (sc *scanner) host(i int) int {
	for {
		i = sc.letters(i)
		if b := sc.byte(i); b != '.' && b != '-' || !sc.class(i+1).wordly() {
			return i
		}
		i++
	}
}

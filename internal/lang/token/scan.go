package token

import (
	"strings"

	"casus/internal/doc"
	"casus/internal/text"
)

// A scanner cuts one block of a text into tokens, from left to right. Every
// character is looked at a bounded number of times.
type scanner struct {
	lx    *lexicon
	text  string
	begin int // of the block
	end   int
	out   []doc.Token
	// single is set inside single quotation marks, where an apostrophe after an
	// s closes the quotation and marks no possessive.
	single bool
}

// block appends the tokens of the text between start and end.
func (sc *scanner) block(start, end int) {
	sc.begin, sc.end, sc.single = start, end, false
	first := len(sc.out)
	for i := start; i < end; {
		c, n := at(sc.text, i)
		switch c {
		case space:
			if len(sc.out) > first {
				sc.out[len(sc.out)-1].SpaceAfter = true
			}
			i += n
		case lower, upper:
			i = sc.word(i)
		case digit:
			i = sc.number(i, i)
		case apostrophe:
			i = sc.apostrophe(i, n)
		default:
			i = sc.mark(i, c, n)
		}
	}
}

// add appends a token and returns its end.
func (sc *scanner) add(start, end int) int {
	sc.out = append(sc.out, doc.Token{Span: text.Span{Start: int32(start), End: int32(end)}})
	return end
}

// glue appends a word that is written together with the one before.
func (sc *scanner) glue(start, end int) int {
	sc.out = append(sc.out, doc.Token{Span: text.Span{Start: int32(start), End: int32(end)}, Glued: true})
	return end
}

// letters returns the end of the run of letters and digits at i.
func (sc *scanner) letters(i int) int {
	for i < sc.end {
		if b := sc.text[i]; b < 0x80 {
			if !ascii[b].wordly() {
				return i
			}
			i++
			continue
		}
		c, n := at(sc.text, i)
		if !c.wordly() {
			return i
		}
		i += n
	}
	return i
}

// digits returns the end of the run of digits at i.
func (sc *scanner) digits(i int) int {
	for i < sc.end && sc.text[i] >= '0' && sc.text[i] <= '9' {
		i++
	}
	return i
}

// class returns the class of the character at i, space at the end of the block.
func (sc *scanner) class(i int) class {
	if i >= sc.end {
		return space
	}
	c, _ := at(sc.text, i)
	return c
}

// byte returns the byte at i, 0 at the end of the block.
func (sc *scanner) byte(i int) byte {
	if i >= sc.end {
		return 0
	}
	return sc.text[i]
}

// opens reports whether i is where a token may open: at the start of the block,
// after a blank, an opening bracket, a quotation mark or a dash.
func (sc *scanner) opens(i int) bool {
	if i <= sc.begin {
		return true
	}
	switch before(sc.text, i) {
	case space, opening, quote, dash, hyphen:
		return true
	case other:
		return sc.text[i-1] == '/' || sc.text[i-1] == '='
	}
	return false
}

// before returns the class of the character that ends at byte i > 0.
func before(s string, i int) class {
	j := i - 1
	for j > 0 && i-j < 4 && s[j]&0xC0 == 0x80 {
		j--
	}
	c, n := at(s, j)
	if j+n != i {
		return symbol // an invalid byte
	}
	return c
}

// mark scans a token that begins with no letter or digit.
func (sc *scanner) mark(i int, c class, n int) int {
	spaced := i == sc.begin || before(sc.text, i) == space
	if spaced {
		if end := sc.drawing(i); end > i {
			return sc.add(i, end)
		}
	}
	if end := sc.face(i); end > i {
		return sc.add(i, end)
	}
	switch c {
	case dots:
		return sc.stops(i, spaced)
	case bang:
		return sc.add(i, sc.ends(i))
	case hyphen, dash:
		return sc.add(i, sc.run(i, c))
	case quote:
		return sc.quote(i, n)
	case symbol:
		return sc.add(i, sc.emoji(i))
	case other:
		return sc.otherMark(i, n, spaced)
	}
	return sc.add(i, i+n)
}

// run returns the end of the run of one class at i.
func (sc *scanner) run(i int, want class) int {
	for i < sc.end {
		c, n := at(sc.text, i)
		if c != want {
			break
		}
		i += n
	}
	return i
}

// ends returns the end of the run of marks that end sentences at i.
func (sc *scanner) ends(i int) int {
	for i < sc.end {
		c, n := at(sc.text, i)
		if c != dots && c != bang {
			break
		}
		i += n
	}
	return i
}

// stops scans full stops: one, an ellipsis, or the point before decimals or an
// ending such as ".com".
func (sc *scanner) stops(i int, spaced bool) int {
	end := sc.ends(i)
	if end == i+1 && spaced {
		if c := sc.class(end); c == digit {
			return sc.number(i, end)
		} else if c.letter() {
			if k := sc.letters(end); k-end <= maxForm {
				if e := sc.lx.look(sc.text[end:k]); e.file || e.site {
					return sc.add(i, k)
				}
			}
		}
	}
	return sc.add(i, end)
}

// quote scans a quotation mark: two backticks are one.
func (sc *scanner) quote(i, n int) int {
	end := i + n
	if sc.text[i] == '`' && sc.byte(end) == '`' {
		return sc.add(i, end+1)
	}
	if n == 3 && sc.text[i:end] == "‘" && sc.class(end) != space {
		if rest := sc.text[end:sc.end]; strings.HasPrefix(rest, "‘") || strings.HasPrefix(rest, "’") { // a pair
			return sc.add(i, end+n)
		}
		sc.single = true
	}
	return sc.add(i, end)
}

// apostrophe scans a token that begins with an apostrophe: an elision, a
// possessive after a mark, or a quotation mark.
func (sc *scanner) apostrophe(i, n int) int {
	next := i + n
	if sc.text[i] == '\'' && sc.byte(next) == '\'' {
		return sc.add(i, next+1)
	}
	c := sc.class(next)
	opens := sc.opens(i)
	switch {
	case opens && c == digit:
		// '90s, ’08
		if k := sc.digits(next); k == next+2 {
			if b := sc.byte(k); b == 's' && !sc.class(k+1).wordly() {
				return sc.add(i, k+1)
			}
			if !sc.class(k).wordly() && sc.class(k) != currency {
				return sc.add(i, k)
			}
		}
	case opens && c.letter():
		k := sc.letters(next)
		if k-next < maxForm-1 && sc.elided(sc.text[next:k]) || isClitic(sc.text[next:k]) && sc.class(k) == space {
			return sc.add(i, k)
		}
	case !opens && c.letter():
		if k := sc.letters(next); isClitic(sc.text[next:k]) {
			return sc.add(i, k)
		}
	case n == 3 && strings.HasPrefix(sc.text[next:sc.end], "’"): // a pair
		sc.single = false
		return sc.add(i, next+n)
	}
	if opens {
		sc.single = c != space
	} else {
		sc.single = false
	}
	return sc.add(i, next)
}

// elided reports whether letters are written with an apostrophe before them.
func (sc *scanner) elided(letters string) bool {
	var form [maxForm]byte
	form[0] = '\''
	n := copy(form[1:], letters)
	return sc.lx.look(string(form[:n+1])).elision
}

// otherMark scans marks that are in no class.
func (sc *scanner) otherMark(i, n int, spaced bool) int {
	next := i + n
	c := sc.class(next)
	switch sc.text[i] {
	case '#', '@':
		if c.letter() {
			return sc.add(i, sc.handle(next))
		}
	case '+':
		if c == digit && spaced {
			return sc.number(i, next)
		}
	case '/', '&', '%', ',', ';', ':', '\\':
		return sc.add(i, next)
	}
	if sc.text[i] < 0x80 {
		for next < sc.end && sc.text[next] == sc.text[i] {
			next++
		}
	}
	return sc.add(i, next)
}

// handle returns the end of a name after # or @: a host after a second @ belongs
// to it.
func (sc *scanner) handle(i int) int {
	i = sc.letters(i)
	if sc.byte(i) == '@' && sc.class(i+1).letter() {
		return sc.host(i + 1)
	}
	return i
}

// drawing returns the end of a row of marks that draws a line or an arrow, such
// as "=====", "--->" or "|---+---|". It stands alone between blanks.
func (sc *scanner) drawing(i int) int {
	if !strings.ContainsRune("-=*_~|>+#^<", rune(sc.text[i])) {
		return i
	}
	end := i
	for end < sc.end && !byteClass(sc.text[end]).wordly() && sc.text[end] > ' ' && sc.text[end] < 0x80 {
		end++
	}
	if sc.class(end) != space || end-i < 5 {
		return i
	}
	return end
}

// face returns the end of the emoticon at i, or i. A letter must not follow.
func (sc *scanner) face(i int) int {
	if !strings.ContainsRune(":;=(<>^-", rune(sc.text[i])) || sc.class(i+1) == space {
		return i
	}
	for n := min(4, sc.end-i); n >= 2; n-- {
		end := i + n
		if !byteClass(sc.text[end-1]).wordly() || !sc.class(end).wordly() {
			if sc.class(end) != other && sc.lx.look(sc.text[i:end]).face {
				return end
			}
		}
	}
	return i
}

// emoji returns the end of a pictograph with its modifiers and of a flag, which
// is two letters.
func (sc *scanner) emoji(i int) int {
	r, n := decode(sc.text, i)
	i += n
	if regional(r) {
		if r2, n2 := decode(sc.text[:sc.end], i); regional(r2) {
			return i + n2
		}
		return i
	}
	for i < sc.end {
		r, n := decode(sc.text, i)
		switch {
		case r == 0x200D:
			i += n
			if c := sc.class(i); c == symbol {
				_, n := decode(sc.text, i)
				i += n
			}
		case r == 0xFE0F, r == 0x20E3, r >= 0x1F3FB && r <= 0x1F3FF, r >= 0xE0020 && r <= 0xE007F:
			i += n
		default:
			return i
		}
	}
	return i
}

func regional(r rune) bool { return r >= 0x1F1E6 && r <= 0x1F1FF }

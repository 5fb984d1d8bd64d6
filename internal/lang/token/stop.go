package token

import "strings"

// afterStop returns where a word goes on after the full stop at i: i when the
// stop does not belong to the word. With ends set the stop is its last
// character, as in an abbreviation or an initial.
func (sc *scanner) afterStop(start, i int) (next int, ends bool) {
	if sc.text[i] != '.' {
		return i, false
	}
	switch c := sc.class(i + 1); {
	case c == dots:
		return i, false // an ellipsis
	case c.letter():
		return sc.innerStop(start, i)
	case c == digit:
		if before(sc.text, i) == digit {
			return i + 1, false // v2.0
		}
		if sc.lx.look(sc.text[start:i]).abbrev == abbrevNumber {
			return i + 1, true // No.5
		}
		return i, false
	}
	if sc.abbreviated(start, i) {
		return i + 1, true
	}
	return i, false
}

// innerStop judges a full stop between letters: "U.S", "Ph.D", "bank.com",
// "J.Smith". Elsewhere the blank after a sentence is missing.
func (sc *scanner) innerStop(start, i int) (next int, ends bool) {
	next = i + 1
	k := sc.letters(next)
	label := sc.text[next:k]
	part := partBefore(sc.text[start:i])
	switch {
	case part == 1 && len(label) == 1,
		part == 1 && len(label) == 2 && sc.byte(k) == '.',
		part == 2 && len(label) == 1 && isUpper(label):
		return next, false
	case part == 1 && byteClass(sc.text[i-1]) == upper && sc.class(next) == upper:
		return next, true
	}
	if e := sc.lx.look(label); (e.site || e.file) && (byteClass(label[0]) == lower || isUpper(sc.text[start:i])) {
		if e.site && sc.byte(k) == '/' {
			return sc.address(k), false
		}
		return k, false
	}
	dotted := i-start < 48 && strings.IndexByte(sc.text[start:i], '.') >= 0
	if byteClass(sc.text[start]) == lower && sc.class(next) == lower && (dotted || sc.byte(k) == '.' && sc.class(k+1) == lower) {
		return next, false // comp.sources.unix
	}
	return i, false
}

// partBefore returns the number of bytes after the last full stop of a form, 4
// for any longer part.
func partBefore(form string) int {
	n := 0
	for n < 4 && n < len(form) && form[len(form)-1-n] != '.' {
		n++
	}
	return n
}

// abbreviated reports whether the form before the full stop at i is written
// with it. No letter or digit follows the stop.
func (sc *scanner) abbreviated(start, i int) bool {
	form := sc.text[start:i]
	if strings.IndexByte(form, '.') >= 0 {
		return isAcronym(form)
	}
	follows := sc.class(i + 1)
	rest := i + 1
	for rest < sc.end {
		c, n := at(sc.text, rest)
		if c != space {
			break
		}
		rest += n
	}
	if rest >= sc.end {
		return false
	}
	if len(form) == 1 && byteClass(form[0]) == upper {
		return follows == space || sc.text[i+1] == ','
	}
	e := sc.lx.look(form)
	if e.abbrev == notAbbrev || e.capital && byteClass(form[0]) != upper {
		return false
	}
	goesOn := sc.text[i+1] == ',' || sc.text[i+1] == ')' || sc.class(rest) == digit || sc.class(rest) == lower
	switch e.abbrev {
	case abbrevNumber:
		return sc.class(rest) == digit || sc.text[rest] == '#' || len(form) > 1 && sc.roman(rest)
	case abbrevDate:
		return len(form) > 3 || goesOn
	case abbrevPlace:
		return goesOn || len(sc.out) > 0 && sc.text[sc.out[len(sc.out)-1].Span.Start] == ','
	}
	return true
}

// isAcronym reports whether every part between the stops has one or two letters.
func isAcronym(form string) bool {
	part := 0
	for i := range len(form) {
		if form[i] == '.' {
			part = 0
		} else if part++; part > 2 {
			return false
		}
	}
	return true
}

// roman reports whether a Roman number stands at i.
func (sc *scanner) roman(i int) bool {
	k := i
	for k < sc.end && strings.IndexByte("IVXLC", sc.text[k]) >= 0 {
		k++
	}
	return k > i && !sc.class(k).wordly()
}

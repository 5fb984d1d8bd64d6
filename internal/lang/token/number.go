package token

// number scans a token that begins with a figure: its digits begin at i, after
// a sign or a decimal point at start.
func (sc *scanner) number(start, i int) int {
	if start == sc.begin {
		if end := sc.ordinalMark(i); end > i {
			return sc.add(start, end)
		}
	}
	if end := sc.groups(i); end > i {
		return sc.add(start, end)
	}
	i = sc.digits(i)
	for i < sc.end {
		c, n := at(sc.text, i)
		next := i + n
		switch {
		case c == digit: // of another script, or a fraction
			i = sc.letters(i)
			continue
		case c.letter():
			return sc.afterFigure(start, i)
		case c == apostrophe:
			return sc.possessed(start, i, next)
		case sc.class(next) != digit:
			return sc.add(start, i)
		}
		switch sc.text[i] {
		case ',':
			if k := sc.digits(next); k-next != 3 && (k-next != 2 || sc.byte(k) != ',') {
				return sc.add(start, i)
			}
		case '.', ':', '/':
		default:
			return sc.add(start, i)
		}
		i = sc.digits(next)
	}
	return sc.add(start, i)
}

// ordinalMark returns the end of the number of a list item or heading at the
// start of the block, such as "1." or "2.3.", or i.
func (sc *scanner) ordinalMark(i int) int {
	end := i
	for {
		k := sc.digits(end)
		if k == end || k-end > 2 || sc.byte(k) != '.' {
			return i
		}
		end = k + 1
		if sc.class(end) == space && end < sc.end {
			return end
		}
	}
}

// possessed ends a number at an apostrophe: "the 1980's" is one word, "2008's" two.
func (sc *scanner) possessed(start, i, next int) int {
	b := sc.byte(next)
	if (b != 's' && b != 'S') || sc.class(next+1).wordly() {
		return sc.add(start, i)
	}
	if sc.text[i-1] == '0' && (i-start == 4 || i-start == 2) {
		return sc.add(start, next+1)
	}
	sc.add(start, i)
	return sc.glue(i, next+1)
}

// afterFigure ends a number that letters follow at i: an ordinal or decade keeps
// them, a unit is a word of its own, and anything else is a code such as "4x4".
func (sc *scanner) afterFigure(start, i int) int {
	k := sc.letters(i)
	if sc.byte(i+1) == '.' && (sc.text[i]|0x20 == 'a' || sc.text[i]|0x20 == 'p') && sc.byte(i+2)|0x20 == 'm' {
		return sc.add(start, i) // 7p.m.
	}
	switch after := sc.text[i:k]; {
	case after == "s", isOrdinal(after):
		return sc.wordFrom(start, k)
	case sc.lx.look(after).unit:
		return sc.add(start, i)
	}
	return sc.wordFrom(start, k)
}

func isOrdinal(s string) bool {
	if len(s) != 2 {
		return false
	}
	switch string([]byte{s[0] | 0x20, s[1] | 0x20}) {
	case "st", "nd", "rd", "th":
		return true
	}
	return false
}

// groups returns the end of a number of digits in groups joined by hyphens that
// is one word: a telephone number, a postal code, a date. "5-10" and "1990-95"
// are three words.
func (sc *scanner) groups(i int) int {
	var lens [6]int
	n, end := 0, i
	for n < len(lens) {
		k := sc.digits(end)
		if k == end {
			return i
		}
		lens[n] = k - end
		n++
		end = k
		b := sc.byte(k)
		if (b == '-' || b == '/' && n == 1 && lens[0] == 3) && sc.class(k+1) == digit {
			end = k + 1
			continue
		}
		break
	}
	switch sc.class(end) {
	case lower, upper, digit:
		return i
	}
	if sc.byte(end) == '-' {
		return i
	}
	slash := lens[0] == 3 && sc.byte(i+3) == '/'
	switch n {
	case 2:
		if !slash && (lens[0] == 3 || lens[0] == 5) && lens[1] == 4 {
			return end
		}
	case 3, 4, 5:
		if slash && (n != 3 || lens[1] != 3) {
			return i
		}
		for _, l := range lens[:n] {
			if l > 1 {
				return end
			}
		}
	}
	return i
}

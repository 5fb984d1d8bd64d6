package timex

// Classes of figures and spelled numbers. The lexicon cannot list them.
const (
	numeralClass = "NUMERAL" // a word that spells a number, alone or with others
	ordinalClass = "ORD"
	numberClass  = "NUM"      // how many: "2", "1,500", "2 1/2", "twenty-five"
	dayClass     = "DAY"      // 1 to 31
	hourClass    = "HOUR"     // 0 to 24, spelled ones too
	yearClass    = "YEAR"     // four figures
	yearWords    = "YEARWORD" // "nineteen ninety-six"
	shortYear    = "YY"       // two figures
	decadeClass  = "DECADE"   // "1990s", "80s"; the lexicon adds "nineties"
	clockClass   = "CLOCK"    // 10:35
	dotClock     = "DOTCLOCK" // 10.35, a time only before "a.m."
	fourClock    = "FOURCLOCK"
	isoClass     = "ISODATE"
	numericDate  = "NUMDATE"
)

// numberSymbols are the symbols of those classes.
type numberSymbols struct {
	num, ord, day, hour, year, yearWord, yy, decade, clock, dotClock, fourClock, iso, numeric, and, suffix, plural, possessive symbol
}

func (t *Tagger) internNumbers() {
	t.n = numberSymbols{
		num: t.intern(numberClass), ord: t.intern(ordinalClass), day: t.intern(dayClass), hour: t.intern(hourClass),
		year: t.intern(yearClass), yearWord: t.intern(yearWords), yy: t.intern(shortYear), decade: t.intern(decadeClass),
		clock: t.intern(clockClass), dotClock: t.intern(dotClock), fourClock: t.intern(fourClock),
		iso: t.intern(isoClass), numeric: t.intern(numericDate), and: t.intern("AND"), suffix: t.intern("ORDSUFFIX"), plural: t.intern("PLURAL"),
		possessive: t.intern("POSS"),
	}
}

// has reports whether the symbol is one of them.
func (n *numberSymbols) has(s symbol) bool {
	switch s {
	case n.num, n.ord, n.day, n.hour, n.year, n.yearWord, n.yy, n.decade, n.clock, n.dotClock, n.fourClock, n.iso, n.numeric:
		return true
	}
	return false
}

// byteAt returns the mark at atom i, or 0 when it is not one ASCII mark.
func (c *chart) byteAt(i int) byte {
	if i < 0 || i >= len(c.atoms) || !c.atoms[i].punct || c.atoms[i].span.Len() != 1 {
		return 0
	}
	return c.text[c.atoms[i].span.Start]
}

// figuresAt returns the value and number of figures at atom i, or -1.
func (c *chart) figuresAt(i int) (v int32, digits int) {
	if i < 0 || i >= len(c.atoms) {
		return -1, 0
	}
	return c.atoms[i].num, int(c.atoms[i].digits)
}

// joined returns the figures that follow atom i after the mark, without spaces.
func (c *chart) joined(i int, mark byte) (v int32, digits int) {
	if c.byteAt(i+1) != mark || i+2 >= len(c.atoms) || !c.atoms[i+1].tight || !c.atoms[i+2].tight {
		return -1, 0
	}
	return c.figuresAt(i + 2)
}

// numbersAt adds the numbers, years, clock times and dates in figures that
// begin at atom i.
func (c *chart) numbersAt(i int) {
	a := &c.atoms[i]
	if a.num < 0 {
		if a.word != noWord && c.t.words[a.word].flags&numeral != 0 {
			c.spelledAt(i)
		}
		return
	}
	if a.tight && i > 0 && c.insideNumber(i) || c.currency(i) {
		return
	}
	if c.dateInFigures(i) || c.clockAt(i) {
		return
	}
	c.countAt(i)
}

// insideNumber reports whether the figures at i continue a longer number.
func (c *chart) insideNumber(i int) bool {
	switch c.byteAt(i - 1) {
	case '.', ',', ':', '/':
		v, _ := c.figuresAt(i - 2)
		return v >= 0 && c.atoms[i-1].tight
	}
	return false
}

// currency reports whether a sign that counts money or numbers things stands
// right before atom i.
func (c *chart) currency(i int) bool {
	at := int(c.atoms[i].span.Start)
	if at == 0 || !c.atoms[i].tight {
		return false
	}
	switch c.text[at-1] {
	case '$', '#', '%', '@', '&', '=', '_', '.':
		return true
	}
	return at >= 2 && c.text[at-2] == 0xC2 && c.text[at-1] >= 0xA2 && c.text[at-1] <= 0xA7 || // ¢£¤¥¦§
		at >= 3 && c.text[at-3] == 0xE2 && c.text[at-2] == 0x82 // the block of currency signs
}

func (c *chart) dateInFigures(i int) bool {
	a := &c.atoms[i]
	for _, mark := range [...]byte{'-', '/', '.'} {
		b, nb := c.joined(i, mark)
		if b < 0 {
			continue
		}
		d, nd := c.joined(i+2, mark)
		if d < 0 {
			continue
		}
		var y, m, dd int32
		sym := c.t.n.numeric
		switch {
		case a.digits == 4 && nb <= 2 && nd <= 2:
			y, m, dd, sym = a.num, b, d, c.t.n.iso
		case a.digits <= 2 && nb <= 2 && (nd == 4 || nd == 2):
			y, m, dd = fullYear(d, nd), a.num, b
			if mark == '.' || m > 12 && dd <= 12 {
				m, dd = dd, m
			}
		default:
			continue
		}
		if m < 1 || m > 12 || dd < 1 || int(dd) > daysIn(int(y), int(m)) || y < 1000 || y > 2199 {
			continue
		}
		var mn meaning
		mn.set(fYear, y)
		mn.set(fMonth, m)
		mn.set(fDay, dd)
		c.terminal(sym, i, i+5, &mn)
		return true
	}
	return false
}

// fullYear reads two figures as a year from 1970 to 2069.
func fullYear(v int32, digits int) int32 {
	switch {
	case digits > 2:
		return v
	case v < 70:
		return 2000 + v
	}
	return 1900 + v
}

func (c *chart) clockAt(i int) bool {
	a := &c.atoms[i]
	if a.digits > 2 || a.num > 24 {
		return false
	}
	sym := c.t.n.clock
	m, n := c.joined(i, ':')
	if n != 2 {
		if m, n = c.joined(i, '.'); n != 2 {
			return false
		}
		sym = c.t.n.dotClock
	}
	if m > 59 || a.num == 24 && m > 0 {
		return false
	}
	var mn meaning
	mn.set(fHour, a.num)
	mn.set(fMinute, m)
	end := i + 3
	if s, n := c.joined(i+2, ':'); n == 2 && s <= 60 && sym == c.t.n.clock {
		mn.set(fSecond, s)
		end += 2
	} else if v, _ := c.joined(i+2, '.'); v >= 0 {
		return false // 1.25.3, or a result in athletics
	}
	c.terminal(sym, i, end, &mn)
	return sym == c.t.n.clock
}

// countAt adds the plain numbers that begin with figures.
func (c *chart) countAt(i int) {
	a := &c.atoms[i]
	end, n, whole := i+1, int64(a.num)*thousand, true
	for {
		v, digits := c.joined(end-1, ',')
		if digits != 3 || !whole {
			break
		}
		n = min(n*thousand+int64(v)*thousand, maxCount+thousand)
		end += 2
	}
	if v, digits := c.joined(end-1, '.'); v >= 0 {
		for ; digits > 3; digits-- {
			v /= 10
		}
		for ; digits < 3; digits++ {
			v *= 10
		}
		n += int64(v)
		end += 2
		whole = false
	}
	bare := end == i+1 && whole
	if whole {
		if f, k := c.fraction(end); k > end {
			n += f
			end, bare = k, false
		}
		if end < len(c.atoms) && c.atoms[end].word != noWord && c.t.words[c.atoms[end].word].flags&numeral != 0 {
			if m := c.t.words[c.atoms[end].word].number; m >= 100*thousand && !c.atoms[end].tight {
				n = min(n*int64(m/thousand), maxCount+thousand)
				end++
			}
		}
	}
	c.number(i, end, n)
	if !bare {
		return
	}
	var m meaning
	c.bareFigures(i, &m)
}

// bareFigures adds what figures alone can be: a day, an hour, a year, an
// ordinal, a decade.
func (c *chart) bareFigures(i int, m *meaning) {
	a := &c.atoms[i]
	one := func(sym symbol, f field, v int32, end int) {
		*m = meaning{}
		m.set(f, v)
		c.terminal(sym, i, end, m)
	}
	next := i + 1
	if next < len(c.atoms) && c.atoms[next].tight {
		switch {
		case c.hasClass(next, c.t.n.suffix):
			one(c.t.n.ord, fNth, a.num, next+1)
			return
		case c.hasClass(next, c.t.n.plural) || c.hasClass(next, c.t.n.possessive):
			if a.num%10 == 0 && (a.digits == 4 && a.num >= 1000 && a.num < 2200 || a.digits == 2) {
				d := a.num / 10
				if a.digits == 2 {
					d += 190 + 10*int32(b2i(a.num < 20))
				}
				one(c.t.n.decade, fDecade, d, next+1)
			}
		}
	}
	if a.digits <= 2 {
		if a.num >= 1 && a.num <= 31 {
			one(c.t.n.day, fDay, a.num, next)
		}
		if a.num <= 24 {
			one(c.t.n.hour, fHour, a.num, next)
		}
		if a.digits == 2 {
			one(c.t.n.yy, fYear, fullYear(a.num, 2), next)
		}
	}
	if a.digits != 4 {
		return
	}
	if a.num >= 1000 && a.num < 2200 {
		one(c.t.n.year, fYear, a.num, next)
	}
	if h, mi := a.num/100, a.num%100; h <= 24 && mi < 60 {
		*m = meaning{}
		m.set(fHour, h)
		m.set(fMinute, mi)
		c.terminal(c.t.n.fourClock, i, next, m)
	}
}

// fraction reads "1/2" or "½" at atom i, in thousandths, and returns the atom
// after it.
func (c *chart) fraction(i int) (n int64, end int) {
	if v, _ := c.figuresAt(i); v == 1 && !c.atoms[i].tight {
		if w, digits := c.joined(i, '/'); digits == 1 && w > 1 {
			return thousand / int64(w), i + 3
		}
	}
	if i < len(c.atoms) {
		switch c.atoms[i].span.Of(c.text) {
		case "½":
			return 500, i + 1
		case "¼":
			return 250, i + 1
		case "¾":
			return 750, i + 1
		}
	}
	return 0, i
}

func (c *chart) number(i, end int, n int64) {
	var m meaning
	if n > maxCount {
		n = vague
	}
	m.set(fN, int32(n))
	c.terminal(c.t.n.num, i, end, &m)
}

// spelledAt adds the numbers spelled in words that begin at atom i.
func (c *chart) spelledAt(i int) {
	v, end := c.spelled(i)
	if end == i {
		return
	}
	c.number(i, end, min(v*thousand, maxCount+thousand))
	var m meaning
	if v <= 24 {
		m.set(fHour, int32(v))
		c.terminal(c.t.n.hour, i, end, &m)
	}
	if v >= 20 && v <= 30 && v%10 == 0 {
		c.spelledOrdinal(i, end, int32(v))
	}
	y, yend := v, end
	if v >= 10 && v <= 21 { // nineteen ninety-six
		w, k := c.spelled(c.skipHyphen(end))
		if k <= end+1 && w == 0 || w < 10 || w > 99 {
			return
		}
		y, yend = 100*v+w, k
	}
	if y >= 1000 && y < 2200 {
		m = meaning{}
		m.set(fYear, int32(y))
		c.terminal(c.t.n.yearWord, i, yend, &m)
	}
}

// spelledOrdinal adds "twenty-first", where the atoms up to end spell tens.
func (c *chart) spelledOrdinal(i, end int, tens int32) {
	j := c.skipHyphen(end)
	if j >= len(c.atoms) || c.atoms[j].word == noWord {
		return
	}
	for _, e := range c.t.words[c.atoms[j].word].entries {
		if m := &c.t.meanings[e.meaning]; e.sym == c.t.n.ord && m.v[fNth] > 0 && m.v[fNth] < 10 {
			var o meaning
			o.set(fNth, tens+m.v[fNth])
			c.terminal(c.t.n.ord, i, j+1, &o)
		}
	}
}

func (c *chart) skipHyphen(i int) int {
	if c.byteAt(i) == '-' && c.atoms[i].tight {
		return i + 1
	}
	return i
}

// spelled reads the number spelled in words at atom i and returns the atom
// after it, or i if there is none.
func (c *chart) spelled(i int) (v int64, end int) {
	var total, cur int64
	end = i
	for j := i; j < len(c.atoms) && j < i+12; {
		if j > i && cur%100 >= 20 && cur%10 == 0 {
			j = c.skipHyphen(j)
		} else if j > i && (cur >= 100 && cur%100 == 0 || cur == 0 && total > 0) && c.hasClass(j, c.t.n.and) {
			j++
		}
		if j >= len(c.atoms) || c.atoms[j].word == noWord || c.t.words[c.atoms[j].word].flags&numeral == 0 {
			break
		}
		n := int64(c.t.words[c.atoms[j].word].number / thousand)
		switch {
		case n < 10 && cur%10 == 0 && (cur%100 == 0 || cur%100 >= 20), n >= 10 && n < 100 && cur%100 == 0:
			cur += n
		case n == 100 && cur < 100:
			cur = max(cur, 1) * 100
		case n >= 1000 && n > total%1_000_000_000:
			total += max(cur, 1) * n
			cur = 0
		default:
			return min(total+cur, maxCount), end
		}
		j++
		end = j
		if n == 0 {
			break
		}
	}
	return min(total+cur, maxCount), end
}

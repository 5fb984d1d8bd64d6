package timex

import (
	"strings"

	"casus/internal/doc"
)

// bareMonth rejects the names of people and groups: "June Smith", "Black
// September".
func bareMonth(c *chart, start, end int, _ *meaning) bool {
	if len(c.d.Names) > 0 {
		return !c.inPerson(c.atoms[start].tok)
	}
	if c.hasClass(start, c.t.s.nameMonth) && !c.hasClass(start-1, c.t.s.in) {
		if t := c.after(end); t != doc.NoToken && c.properWord(t) {
			return false
		}
	}
	if c.hasClass(start-1, c.t.s.timePrep) {
		return true
	}
	t := c.before(start)
	return t == doc.NoToken || t == c.first || !c.properWord(t)
}

// properWord reports whether the token looks like a part of a name: a capital
// and not in the lexicon.
func (c *chart) properWord(t doc.TokenID) bool {
	w := c.d.Word(t)
	return len(w) > 1 && 'A' <= w[0] && w[0] <= 'Z' && 'a' <= w[1] && w[1] <= 'z' && c.t.flag(w) == 0
}

// taggedMonth accepts "May" without a preposition where the tagger says that it
// is a name.
func taggedMonth(c *chart, start, end int, m *meaning) bool {
	if t := c.after(end); t != doc.NoToken && c.upos(t) == "ADP" && c.hasClass(start-1, c.t.s.the) {
		return false // the March for Life
	}
	return c.upos(c.atoms[start].tok) == "PROPN" && bareMonth(c, start, end, m)
}

// bareYear accepts four figures as a year.
func bareYear(c *chart, start, end int, m *meaning) bool {
	y := m.get(fYear)
	if c.tightAfter(end) || c.hasClass(start-1, c.t.s.numbered) || c.atoms[start].tight && start > 0 && c.byteAt(start-1) != '-' && c.byteAt(start-1) != '(' && c.byteAt(start-1) != '/' {
		return false
	}
	if b := c.before(start); b != doc.NoToken && c.t.has(c.d.Word(b), c.t.s.numbered) {
		return false
	}
	if a := c.after(end); a != doc.NoToken && c.t.has(c.d.Word(a), c.t.s.measure) {
		return false
	}
	if y >= 1900 && y <= c.anchorYear+20 {
		return true
	}
	return y >= 1200 && y < 2100 && c.hasClass(start-1, c.t.s.timePrep)
}

// rangeDay completes the second day of "Jan. 3 to 5" from the first.
func rangeDay(c *chart, start, _ int, m *meaning) bool {
	i := start - 2 // the first day
	if i >= 0 && c.hasClass(i, c.t.n.suffix) {
		i--
	}
	if i < 1 || c.atoms[i].num < 1 || c.atoms[i].num > 31 || c.atoms[i].digits > 2 || int(c.atoms[i].num) >= m.get(fDay) {
		return false
	}
	if mo := c.monthAt(i - 1); mo != 0 {
		m.set(fMonth, mo)
		return true
	}
	return false
}

// rangeStart completes the first day of "3 to 5 January" from the second.
func rangeStart(c *chart, _, end int, m *meaning) bool {
	i := end + 1
	if i+1 >= len(c.atoms) || c.atoms[i].num < 1 || c.atoms[i].num > 31 || c.atoms[i].digits > 2 || int(c.atoms[i].num) <= m.get(fDay) {
		return false
	}
	if mo := c.monthAt(i + 1); mo != 0 {
		m.set(fMonth, mo)
		return true
	}
	return false
}

// monthAt returns the month that atom i names, or 0.
func (c *chart) monthAt(i int) int32 {
	if i < 0 || i >= len(c.atoms) || c.atoms[i].word == noWord {
		return 0
	}
	for _, e := range c.t.words[c.atoms[i].word].entries {
		if m := &c.t.meanings[e.meaning]; m.is(fMonth) && c.atoms[i].title {
			return m.v[fMonth]
		}
	}
	return 0
}

func rangeMonth(c *chart, _, end int, _ *meaning) bool { return c.monthAt(end+1) != 0 }

func rangeMonthEnd(c *chart, start, _ int, _ *meaning) bool { return c.monthAt(start-2) != 0 }

// rangeYear completes "15" in "2010-15".
func rangeYear(c *chart, start, _ int, m *meaning) bool {
	v, digits := c.figuresAt(start - 2)
	if digits != 4 || v < 1200 || v > 2199 || !c.atoms[start].tight || !c.atoms[start-1].tight || c.tightAfter(start+1) {
		return false
	}
	y := v/100*100 + c.atoms[start].num
	m.set(fYear, y)
	return y > v && y-v < 60
}

// rate reports whether "a week" says how often or how much rather than how
// long: "three times a week", "$40 a day", "500 people a year".
func rate(c *chart, start, _ int, _ *meaning) bool {
	t := c.before(start)
	if t == doc.NoToken {
		return false
	}
	if c.hasClass(start-1, c.t.s.times) {
		return true
	}
	if c.hasClass(start-1, c.t.s.timePrep) {
		return false
	}
	w := c.d.Word(t)
	if isCount(w) {
		return true
	}
	tag := c.upos(t)
	if tag != "" && tag != "NOUN" && tag != "NUM" && tag != "SYM" {
		return false
	}
	if tag == "" && !(strings.HasSuffix(w, "s") && len(w) > 3 && w[0] >= 'a') && c.t.flag(w)&numeral == 0 {
		return false
	}
	for k := t; k >= c.first && k > t-4; k-- {
		if w := c.d.Word(k); isCount(w) || c.t.wordFlags(c.t.lookup(w))&numeral != 0 {
			return true
		}
	}
	return false
}

// isCount reports whether the word is a number in figures.
func isCount(w string) bool {
	for i := range len(w) {
		if '0' <= w[i] && w[i] <= '9' {
			return true
		}
	}
	return w == "%"
}

// nounPhraseEnd accepts words that a noun does not follow: "in the past", but
// not "the past leader".
func nounPhraseEnd(c *chart, _, end int, _ *meaning) bool {
	t := c.after(end)
	if t == doc.NoToken {
		return true
	}
	switch c.upos(t) {
	case "NOUN", "ADJ", "PROPN", "NUM":
		return false
	case "":
		w := c.d.Word(t)
		return w[0] < '0' || w[0] > '9' && w[0] < 'A' || c.t.flag(w) != 0 && !isCount(w) || c.t.has(w, c.t.s.function)
	}
	return true
}

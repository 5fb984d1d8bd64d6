package timex

import "casus/internal/doc"

// A check accepts or rejects what a rule made of the atoms [start, end), where
// that depends on more than the classes beside it. It may complete the meaning.
type check func(c *chart, start, end int, m *meaning) bool

// checks by the names that the grammar uses.
var checks = map[string]check{
	"a-unit":          aUnit,
	"about-day":       func(_ *chart, _, _ int, m *meaning) bool { return m.get(fMod) == modApprox },
	"after-modal":     afterModal,
	"bare-month":      bareMonth,
	"bare-units":      bareUnits,
	"calendar-unit":   calendarUnit,
	"clock":           clockTime,
	"day-of-month":    dayOfMonth,
	"day-offset":      dayOffset,
	"every":           everyNth,
	"half-number":     func(_ *chart, _, _ int, m *meaning) bool { return m.get(fHalf) <= 2 },
	"has-decade":      func(_ *chart, _, _ int, m *meaning) bool { return m.is(fDecade) },
	"hundred":         hundred,
	"long":            long,
	"long-unit":       func(_ *chart, _, _ int, m *meaning) bool { return unit(m.get(fUnit)) >= month },
	"no-name":         noName,
	"not-rate":        notRate,
	"not-week-end":    func(_ *chart, _, _ int, m *meaning) bool { return unit(m.get(fUnit)) > week },
	"np-end":          nounPhraseEnd,
	"nth":             func(_ *chart, _, _ int, m *meaning) bool { return m.get(fNth) <= 5 },
	"plural-parts":    pluralParts,
	"quarter-number":  func(_ *chart, _, _ int, m *meaning) bool { return m.get(fQuarter) <= 4 },
	"range-century":   rangeCentury,
	"range-day":       rangeDay,
	"range-month":     rangeMonth,
	"range-month-end": rangeMonthEnd,
	"range-start":     rangeStart,
	"range-year":      rangeYear,
	"rate":            rate,
	"row-about":       func(_ *chart, _, _ int, m *meaning) bool { return m.get(fMod) != modLess && m.get(fMod) != modMore },
	"short-unit":      func(_ *chart, _, _ int, m *meaning) bool { return unit(m.get(fUnit)) < month },
	"short-year":      func(c *chart, start, end int, _ *meaning) bool { return !c.tightAfter(end) && !c.atoms[start].tight },
	"smaller":         smaller,
	"tagged-month":    taggedMonth,
	"the-part":        thePart,
	"year":            bareYear,
	"year-words":      func(_ *chart, _, _ int, m *meaning) bool { return m.get(fYear) >= 1400 },
}

// Values of mod that checks ask for, by index of valueNames[fMod].
const (
	modApprox = 4
	modLess   = 5
	modMore   = 6
)

// hundred accepts "a hundred", and no "a two".
func hundred(c *chart, start, _ int, m *meaning) bool {
	w := c.atoms[start+1].word
	return w != noWord && c.t.words[w].number >= 100*thousand
}

// noName rejects a capital within a sentence: "China Daily", the ship Current.
func noName(c *chart, start, _ int, _ *meaning) bool {
	return !c.atoms[start].title || start == 0 && c.atStart
}

// bareUnits accepts a plural alone, "for weeks", of the units that are used so.
func bareUnits(_ *chart, _, _ int, m *meaning) bool {
	switch unit(m.get(fUnit)) {
	case hour, dayUnit, week, month, year, decade, century:
		return true
	}
	return false
}

// calendarUnit accepts "this week", and rejects what is a title: ABC's "This Week".
func calendarUnit(c *chart, start, end int, m *meaning) bool {
	if u := unit(m.get(fUnit)); u < dayUnit {
		return false
	}
	return !c.atoms[start].title || !c.atoms[end-1].title || start == 0 && c.atStart && c.headline()
}

// headline reports whether the sentence has a capital at every long word.
func (c *chart) headline() bool {
	for k := c.first; k < c.last; k++ {
		if w := c.d.Word(k); len(w) > 4 && 'a' <= w[0] && w[0] <= 'z' {
			return false
		}
	}
	return true
}

// aUnit rejects "a second" and "a quarter of".
func aUnit(c *chart, start, end int, m *meaning) bool {
	switch unit(m.get(fUnit)) {
	case second:
		return end-start > 2
	case quarter:
		return !c.hasClass(end, c.t.s.of)
	}
	return true
}

// afterModal accepts "will one day".
func afterModal(c *chart, start, _ int, _ *meaning) bool {
	t := c.before(start)
	return t != doc.NoToken && (c.t.has(c.d.Word(t), c.t.s.modal) || c.t.has(c.d.Word(t), c.t.s.future))
}

// clockTime accepts figures alone, 10:35, only after a preposition.
func clockTime(c *chart, start, end int, m *meaning) bool {
	if m.any(fMeridiem, fZone, fPart) || end-start != 3 || c.atoms[start].num < 0 {
		return true
	}
	return c.hasClass(start-1, c.t.s.timePrep)
}

func dayOfMonth(_ *chart, _, _ int, m *meaning) bool {
	d := m.get(fDay)
	return d >= 1 && d <= 31 && (!m.is(fMonth) || d <= daysIn(m.get(fYear), m.get(fMonth)))
}

// dayOffset accepts "two days after Christmas", but no weeks after a day that
// is itself counted from now.
func dayOffset(_ *chart, _, _ int, m *meaning) bool {
	return m.is(fN) && m.get(fN) > 0 && unit(m.get(fUnit)) >= dayUnit && m.any(fMonth, fFeast, fWeekday, fDayOff)
}

// rangeCentury accepts the first ordinal of "the 17th and 18th centuries".
func rangeCentury(c *chart, start, end int, m *meaning) bool {
	if !c.joins(end) {
		return false
	}
	for i := end + 1; i < min(end+4, len(c.atoms)); i++ {
		if w := c.atoms[i].word; w != noWord && c.isUnit(w, century) {
			return true
		}
	}
	return false
}

// isUnit reports whether a word of the lexicon names the unit.
func (c *chart) isUnit(w int32, u unit) bool {
	for _, e := range c.t.words[w].entries {
		if m := &c.t.meanings[e.meaning]; m.is(fUnit) && unit(m.get(fUnit)) == u {
			return true
		}
	}
	return false
}

// thePart accepts "in the morning" and "in morning trading".
func thePart(c *chart, start, end int, m *meaning) bool {
	return !c.hasClass(start, c.t.s.the) || nounPhraseEnd(c, start, end, m)
}

func everyNth(_ *chart, _, _ int, m *meaning) bool {
	if m.is(fNth) {
		m.set(fN, int32(m.get(fNth)*thousand))
		m.drop(fNth)
	}
	return true
}

func long(_ *chart, _, _ int, m *meaning) bool {
	if !m.is(fN) {
		m.set(fN, thousand)
	}
	return m.is(fUnit)
}

func pluralParts(c *chart, _, end int, _ *meaning) bool {
	return c.hasClass(end-1, c.t.s.parts)
}

// notRate rejects "a week" where it says how often.
func notRate(c *chart, start, end int, m *meaning) bool {
	return end-start != 2 || m.get(fN) != thousand || c.atoms[start].num >= 0 || !rate(c, start, end, m)
}

// smaller accepts the second part of "two hours and 30 minutes".
func smaller(_ *chart, _, _ int, m *meaning) bool {
	return m.get(fUnit2) > 0 && m.get(fUnit2) < m.get(fUnit) && m.get(fN) > 0 && m.get(fN2) > 0
}

// tightAfter reports whether what stands before atom i goes on in it: 1990m, 1990%.
func (c *chart) tightAfter(i int) bool {
	if i >= len(c.atoms) || !c.atoms[i].tight {
		return false
	}
	b := c.byteAt(i)
	return c.atoms[i].num >= 0 || b == '%' || !c.atoms[i].punct && c.atoms[i].tok == c.atoms[i-1].tok
}

// before returns the token before atom i, or NoToken at the start of the sentence.
func (c *chart) before(i int) doc.TokenID {
	t := c.atoms[i].tok - 1
	if i > 0 {
		t = c.atoms[i-1].tok
	}
	if t < c.first {
		return doc.NoToken
	}
	return t
}

// after returns the token after atom i-1, or NoToken at the end of the sentence.
func (c *chart) after(i int) doc.TokenID {
	t := c.atoms[i-1].tok + 1
	if i < len(c.atoms) {
		t = c.atoms[i].tok
	}
	if t >= c.last {
		return doc.NoToken
	}
	return t
}

// upos returns the tag of a token, or "".
func (c *chart) upos(t doc.TokenID) string {
	if t == doc.NoToken || int(t) >= len(c.d.Tags) {
		return ""
	}
	return c.d.Tags[t].UPOS
}

// inPerson reports whether the token is part of a person's name.
func (c *chart) inPerson(t doc.TokenID) bool {
	for i := range c.d.Names {
		if n := &c.d.Names[i]; n.First <= t && t < n.End && n.Kind == doc.PER {
			return true
		}
	}
	return false
}

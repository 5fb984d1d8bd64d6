package timex

import "slices"

// point finds the place of a meaning on the calendar. It reports false where
// that takes a date of publication that is unknown.
func (r *resolver) point(a *asked) (period, bool) {
	p, ok := r.base(a)
	if !ok {
		return p, false
	}
	u := unit(a.get(fUnit))
	switch {
	case a.is(fNth):
		return nth(p, u, a.meaning), true
	case a.is(fDir) && a.is(fN):
		return r.shifted(p, u, a), true
	case u > p.unit && !a.any(fOff, fN):
		return containing(p.first, u), true // the week of March 6
	}
	return p, true
}

// shifted returns what lies n units before or after p. A fraction of a unit
// counts in the next smaller ones.
func (r *resolver) shifted(p period, u unit, a *asked) period {
	n := a.get(fN) * a.get(fDir)
	if n%thousand != 0 {
		switch u {
		case week:
			u, n = dayUnit, n*7
		case year:
			u, n = month, n*12
		case decade:
			u, n = year, n*10
		}
	}
	n /= thousand
	if u == decade || u == century || u == millennium {
		n *= months[u] / 12
		u = year
	}
	if u == year && p.unit > dayUnit && p.unit < year {
		return p.shift(month, 12*n) // a year before that quarter
	}
	return p.shift(u, n)
}

// base finds the period that the fields name, before any shift.
func (r *resolver) base(a *asked) (period, bool) {
	switch {
	case a.is(fFeast):
		return r.yearly(a, func(y int) period { return period{dayUnit, r.t.feasts[a.get(fFeast)].in(y)} })
	case a.is(fDayOff):
		return period{dayUnit, r.anchor + day(a.get(fDayOff))}, r.known
	case a.is(fDecade):
		return period{decade, newDay(a.get(fDecade)*10, 1, 1)}, true
	case a.is(fCentury):
		return period{century, newDay((a.get(fCentury)-1)*100, 1, 1)}, true
	case a.is(fMonth) && a.is(fDay):
		return r.dayOfMonth(a)
	case a.is(fDay):
		return r.dayAlone(a)
	case a.is(fMonth):
		return r.yearly(a, func(y int) period { return period{month, newDay(y, a.get(fMonth), 1)} })
	case a.is(fQuarter):
		return r.quarter(a)
	case a.is(fHalf):
		return r.yearly(a, func(y int) period { return period{half, newDay(y, a.get(fHalf)*6-5, 1)} })
	case a.is(fSeason):
		return r.yearly(a, func(y int) period { return seasonOf(y, a.get(fSeason)) })
	case a.is(fWeekday):
		return r.weekday(a)
	case a.get(fBase) == fromPeriod && r.focus.periodSeen >= r.sentence-near:
		n := a.get(fOff)
		if a.is(fYear) {
			n = a.get(fYear) - r.focus.span.first.year()
		}
		return r.focus.span.shift(month, 12*n), true
	case a.get(fBase) >= fromQuarter:
		return r.sameQuarter(a)
	case a.is(fYear):
		return period{year, newDay(a.get(fYear), 1, 1)}, true
	case a.is(fUnit) && (a.is(fOff) || !a.is(fN)):
		return r.counted(a)
	}
	return r.from(a)
}

// from returns what the expression counts from: the day of publication, or the
// focus where the words ask for it.
func (r *resolver) from(a *asked) (period, bool) {
	f := &r.focus
	yearly := unit(a.get(fUnit)) == year && a.get(fN) == thousand && a.is(fDir)
	switch {
	case yearly && f.quarterSeen >= r.sentence-near:
		return f.quarter, true // "a year ago", in a report on a quarter
	case a.get(fBase) == fromFocus && yearly && f.lastSeen == r.sentence && (f.last.unit == month || f.last.unit == quarter):
		return f.last, true
	case a.get(fBase) == fromFocus && unit(a.get(fUnit)) == dayUnit && f.daySeen >= r.sentence-near:
		return f.day, true
	case a.get(fBase) == fromFocus && f.lastSeen >= r.sentence-near && f.last.unit <= max(dayUnit, unit(a.get(fUnit))):
		return f.last, true
	case a.any(fHour, fPart) && !a.any(fOff, fN, fWeekday) && f.daySeen >= r.sentence-near:
		return f.day, true // "at 10 p.m.", of the day just spoken of
	}
	return period{dayUnit, r.anchor}, r.known
}

// counted resolves "last week", "the following month".
func (r *resolver) counted(a *asked) (period, bool) {
	u := unit(a.get(fUnit))
	p, ok := r.from(a)
	if !ok {
		return p, false
	}
	if u == weekend {
		return r.weekend(p.first, a), true
	}
	p = containing(p.first, u).shift(u, a.get(fOff))
	if a.is(fNth) && r.tenseOf(a) == pastTense && p.last() > r.anchor {
		p = p.shift(u, -1) // "since year-end"
	}
	return p, true
}

// weekend resolves "the weekend", which may be the one before or to come.
func (r *resolver) weekend(from day, a *asked) period {
	p := containing(from, weekend)
	switch {
	case !a.is(fOff) || a.get(fOff) == 0 && r.tenseOf(a) == pastTense:
		if p.first > from && r.tenseOf(a) != futureTense {
			p.first -= 7
		}
	default:
		p.first += day(7 * a.get(fOff))
	}
	return p
}

// yearIn returns the year that the fields name or count to.
func (r *resolver) yearIn(a *asked) (y int, said, ok bool) {
	if a.is(fYear) {
		return a.get(fYear), true, true
	}
	if unit(a.get(fUnit)) == year && a.is(fOff) {
		p, ok := r.from(a)
		return p.first.year() + a.get(fOff), true, ok
	}
	return 0, false, r.known
}

// yearly resolves what comes once a year: a month, a season, a feast.
func (r *resolver) yearly(a *asked, in func(y int) period) (period, bool) {
	y, said, ok := r.yearIn(a)
	if said || !ok {
		return in(y), ok
	}
	if a.ends && r.before.is(fMonth) && r.focus.lastSeen == r.sentence { // from November to March
		began := r.focus.last
		if p := in(began.first.year()); p.first >= began.first {
			return p, true
		}
		return in(began.first.year() + 1), true
	}
	y = r.anchor.year()
	if a.is(fOff) {
		return r.relative(a.get(fOff), in), true
	}
	now := in(y)
	if r.anchor < now.first { // nearest before, nearest to come
		return r.nearer(a, in(y-1), now), true
	}
	if r.anchor > now.last() {
		return r.nearer(a, now, in(y+1)), true
	}
	return now, true
}

// relative resolves "last May", "next winter", "this summer".
func (r *resolver) relative(off int, in func(y int) period) period {
	y := r.anchor.year()
	p := in(y)
	switch {
	case off < 0:
		for p = in(y + 1); p.last() >= r.anchor; y-- {
			p = in(y)
		}
	case off > 0:
		for p = in(y - 1); p.first <= r.anchor; y++ {
			p = in(y)
		}
	default:
		if before := in(y - 1); before.last() >= r.anchor {
			return before // this winter, in January
		}
	}
	return p
}

// Costs of a day's distance, by tense, to the past and to the future. A writer
// leaves out the year of what is near; the tense of a verb that may not even
// govern the words only tips the balance.
var costs = [...]struct{ past, future int }{
	unknownTense: {2, 3},
	pastTense:    {1, 8},
	presentTense: {1, 1},
	futureTense:  {12, 1},
}

// nearer chooses between the last such time before publication and the next.
func (r *resolver) nearer(a *asked, past, future period) period {
	c := costs[r.tenseOf(a)]
	if int(r.anchor-past.last())*c.past <= int(future.first-r.anchor)*c.future {
		return past
	}
	return future
}

// dayOfMonth resolves a month and a day.
func (r *resolver) dayOfMonth(a *asked) (period, bool) {
	in := func(y int) period { return period{dayUnit, newDay(y, a.get(fMonth), a.get(fDay))} }
	y, said, ok := r.yearIn(a)
	if said {
		return in(y), ok
	}
	if !a.any(fOff, fWeekday) {
		for _, d := range slices.Backward(r.focus.dated) {
			if _, m, dd := d.date(); m == a.get(fMonth) && dd == a.get(fDay) {
				return period{dayUnit, d}, true
			}
		}
	}
	if !ok {
		return in(y), ok
	}
	if a.is(fWeekday) { // the year in which the two agree
		for _, d := range [...]int{0, -1, 1, -2, 2, -3, 3} {
			if p := in(r.anchor.year() + d); p.first.weekday() == a.get(fWeekday) {
				return p, true
			}
		}
	}
	if a.get(fMonth) == 2 && a.get(fDay) == 29 {
		for y := r.anchor.year(); ; y-- {
			if daysIn(y, 2) == 29 {
				return in(y), true
			}
		}
	}
	if a.is(fOff) {
		return r.relative(a.get(fOff), in), true
	}
	b := *a
	b.meaning = &meaning{}
	return r.yearly(&b, in)
}

// dayAlone resolves "on the 25th", of the month just spoken of.
func (r *resolver) dayAlone(a *asked) (period, bool) {
	at := period{dayUnit, r.anchor}
	if r.focus.lastSeen >= r.sentence-near && r.focus.last.unit <= month {
		at = r.focus.last
	} else if !r.known {
		return at, false
	}
	y, m, _ := at.first.date()
	return period{dayUnit, newDay(y, m, a.get(fDay))}, true
}

// weekday resolves a day of the week.
func (r *resolver) weekday(a *asked) (period, bool) {
	if d, ok := r.inTale(a); ok {
		return period{dayUnit, d}, true
	}
	from, ok := r.from(a)
	if !ok {
		return from, false
	}
	w := a.get(fWeekday)
	if a.ends && r.before.is(fWeekday) && !a.any(fOff, fUnit) && r.focus.lastSeen == r.sentence && r.focus.last.unit == dayUnit { // from Monday to Friday
		began := r.focus.last.first
		return period{dayUnit, began + day((w-began.weekday()+7)%7)}, true
	}
	back := day((from.first.weekday() - w + 7) % 7)
	switch {
	case unit(a.get(fUnit)) == week && a.is(fOff):
		return period{dayUnit, from.first.monday() + day(7*a.get(fOff)+w-1)}, true
	case a.is(fOff) && a.get(fOff) < 0:
		return period{dayUnit, from.first - 1 - (back+6)%7}, true
	case a.is(fOff) && a.get(fOff) > 0:
		return period{dayUnit, from.first + 7 - back}, true
	case a.is(fOff): // this Friday
		if r.tenseOf(a) == pastTense || back == 0 {
			return period{dayUnit, from.first - back}, true
		}
		return period{dayUnit, from.first + 7 - back}, true
	}
	if back != 0 && r.tenseOf(a) == futureTense {
		return period{dayUnit, from.first + 7 - back}, true
	}
	return period{dayUnit, from.first - back}, true
}

// inTale resolves a bare weekday of a tale, "On Aug. 6 … On Sunday …": the next
// such day after the one just spoken of, where it opens the sentence: elsewhere a
// weekday is more often one of these days. What somebody said on Sunday is news
// again, and no part of the tale.
func (r *resolver) inTale(a *asked) (day, bool) {
	f := &r.focus
	if f.tale != r.d.Sentences[r.sentence].Block || f.daySeen < r.sentence-2 || a.first > a.from+1 || a.any(fOff, fUnit) || r.tenseOf(a) != pastTense || r.t.reported(r.d, a.first, a.end) {
		return 0, false
	}
	ahead := day((a.get(fWeekday) - f.day.first.weekday() + 7) % 7)
	if ahead == 0 {
		ahead = 7 * day(b2i(f.daySeen != r.sentence))
	}
	return f.day.first + ahead, true
}

// quarter resolves a numbered quarter.
func (r *resolver) quarter(a *asked) (period, bool) {
	in := func(y int) period { return period{quarter, newDay(y, a.get(fQuarter)*3-2, 1)} }
	if a.get(fBase) == fromQuarter && !a.is(fYear) { // the year-ago third quarter
		p := in(r.anchor.year())
		if p.first > r.anchor {
			p = in(r.anchor.year() - 1)
		}
		return p.shift(month, 12*a.get(fOff)), r.known
	}
	y, said, ok := r.yearIn(a)
	if said || !ok {
		return in(y), ok
	}
	y = r.anchor.year()
	switch p := in(y); {
	case p.first <= r.anchor && (r.anchor-p.last() < 180 || r.tenseOf(a) != futureTense):
		return p, true
	case p.first <= r.anchor:
		return in(y + 1), true
	case r.tenseOf(a) == futureTense:
		return p, true
	}
	return in(y - 1), true
}

// sameQuarter resolves "the quarter", "the year-ago period", "the 1988
// quarter", "the latest quarter": the one that the text reports on, or the last
// that has ended.
func (r *resolver) sameQuarter(a *asked) (period, bool) {
	p, ended := r.focus.quarter, period{}
	if r.known {
		ended = containing(r.anchor, quarter).shift(quarter, -1)
	}
	latest := unit(a.get(fUnit)) == quarter && a.get(fOff) < 0
	if r.focus.quarterSeen == none || latest && r.known && p.first > ended.first {
		if !r.known {
			return p, false
		}
		p = ended
	}
	switch {
	case a.is(fYear):
		_, m, _ := p.first.date()
		p = period{quarter, newDay(a.get(fYear), m, 1)}
	case unit(a.get(fUnit)) == year:
		p = p.shift(month, 12*a.get(fOff))
	}
	return p, true
}

// nth returns the nth unit of p, the last for -1.
func nth(p period, u unit, m *meaning) period {
	n, last := m.get(fNth), p.last()
	if m.is(fWeekday) {
		return period{dayUnit, nthWeekday(p.first, last, m.get(fWeekday), n)}
	}
	switch {
	case n < 0 && (u == dayUnit || u == p.unit):
		return period{dayUnit, last}
	case u == dayUnit:
		return period{dayUnit, p.first + day(n-1)}
	case u == week && n < 0:
		return period{week, (last - 6).monday()}
	case u == week:
		return period{week, (p.first + 3).monday() + day(7*(n-1))}
	}
	return p
}

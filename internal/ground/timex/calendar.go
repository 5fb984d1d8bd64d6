package timex

import (
	"strconv"
	"time"
)

// A day is a day of the proleptic Gregorian calendar, counted from 1970-01-01.
type day int32

const secondsADay = 24 * 60 * 60

// Years outside of these are not written as dates.
const (
	minYear = 1
	maxYear = 9999
)

// newDay returns the day, days and months beyond their range running over.
func newDay(y, m, d int) day {
	return day(time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC).Unix() / secondsADay)
}

func (d day) time() time.Time { return time.Unix(int64(d)*secondsADay, 0).UTC() }

// date returns year, month and day of the month.
func (d day) date() (y, m, dd int) {
	y, mm, dd := d.time().Date()
	return y, int(mm), dd
}

func (d day) year() int { y, _, _ := d.date(); return y }

// weekday returns 1 for Monday to 7 for Sunday, as ISO 8601 counts.
func (d day) weekday() int { return (int(d)+3)%7 + 7*b2i((int(d)+3)%7 < 0) + 1 }

// monday returns the first day of the ISO week that holds d.
func (d day) monday() day { return d - day(d.weekday()-1) }

// String returns the day as YYYY-MM-DD.
func (d day) String() string {
	y, m, dd := d.date()
	return string(appendDate(make([]byte, 0, 10), y, m, dd))
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

func appendPadded(b []byte, n, width int) []byte {
	for w, limit := 1, 10; w < width; w, limit = w+1, limit*10 {
		if n < limit {
			b = append(b, '0')
		}
	}
	return strconv.AppendInt(b, int64(n), 10)
}

func appendDate(b []byte, y, m, d int) []byte {
	b = append(appendPadded(b, y, 4), '-')
	b = append(appendPadded(b, m, 2), '-')
	return appendPadded(b, d, 2)
}

// daysIn returns the number of days of the month. A month without a year has
// the most it can have.
func daysIn(y, m int) int {
	switch m {
	case 2:
		if y == 0 || newDay(y, 3, 0).is29() {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

func (d day) is29() bool { _, _, dd := d.date(); return dd == 29 }

// A unit is a length of time, and the granularity of a [period].
type unit int32

// Units, finest first. The order is used: a coarser unit is a greater one.
const (
	noUnit unit = iota
	second
	minute
	hour
	partOfDay
	dayUnit
	weekend
	week
	month
	season
	quarter
	half
	year
	decade
	century
	millennium
)

var unitNames = [...]string{
	"", "second", "minute", "hour", "part-of-day", "day", "weekend", "week", "month",
	"season", "quarter", "half", "year", "decade", "century", "millennium",
}

func (u unit) String() string { return unitNames[u] }

// seasonNames are the seasons from spring, 1, as values name them. They are the
// meteorological ones of the northern hemisphere; the winter of a year begins in
// its December.
var seasonNames = [...]string{"", "SP", "SU", "FA", "WI"}

// A period is a stretch of the calendar: the unit that begins with the day first.
type period struct {
	unit  unit
	first day
}

// containing returns the period of the unit that holds d.
func containing(d day, u unit) period {
	y, m, _ := d.date()
	switch u {
	case week:
		return period{week, d.monday()}
	case weekend:
		return period{weekend, d.monday() + 5}
	case month:
		return period{month, newDay(y, m, 1)}
	case season:
		return seasonOf(y-b2i(m < 3), (m+9)%12/3+1)
	case quarter:
		return period{quarter, newDay(y, (m-1)/3*3+1, 1)}
	case half:
		return period{half, newDay(y, (m-1)/6*6+1, 1)}
	case year:
		return period{year, newDay(y, 1, 1)}
	case decade:
		return period{decade, newDay(y/10*10, 1, 1)}
	case century:
		return period{century, newDay(y/100*100, 1, 1)}
	case millennium:
		return period{millennium, newDay(y/1000*1000, 1, 1)}
	}
	return period{dayUnit, d}
}

func seasonOf(y, s int) period { return period{season, newDay(y, s*3, 1)} }

// months is the length in months of the units that are made of months.
var months = [...]int{month: 1, season: 3, quarter: 3, half: 6, year: 12, decade: 120, century: 1200, millennium: 12000}

// shift returns the period n units u after p, of the coarser granularity of
// the two: two months after a day is a month.
func (p period) shift(u unit, n int) period {
	if p.unit < u {
		p = containing(p.first, u)
	}
	switch {
	case u < dayUnit:
		return p
	case u == dayUnit:
		p.first += day(n)
	case u < month:
		p.first += day(7 * n)
	default:
		y, m, d := p.first.date()
		p.first = newDay(y, m+n*months[u], d)
	}
	return p
}

// last returns the last day of the period.
func (p period) last() day {
	switch p.unit {
	case week:
		return p.first + 6
	case weekend:
		return p.first + 1
	case month, season, quarter, half, year, decade, century, millennium:
		y, m, d := p.first.date()
		return newDay(y, m+months[p.unit], d) - 1
	}
	return p.first
}

// writable reports whether the period lies within the years that values can name.
func (p period) writable() bool {
	return p.first.year() >= minYear && p.last().year() <= maxYear
}

// value returns the TIMEX3 value of the period.
func (p period) value() string {
	y, m, d := p.first.date()
	b := make([]byte, 0, 16)
	switch p.unit {
	case week, weekend:
		wy, w := p.first.time().ISOWeek()
		b = appendPadded(append(appendPadded(b, wy, 4), "-W"...), w, 2)
		if p.unit == weekend {
			b = append(b, "-WE"...)
		}
	case month:
		b = appendPadded(append(appendPadded(b, y, 4), '-'), m, 2)
	case season:
		b = append(append(appendPadded(b, y, 4), '-'), seasonNames[m/3]...)
	case quarter:
		b = append(appendPadded(b, y, 4), '-', 'Q', byte('1'+(m-1)/3))
	case half:
		b = append(appendPadded(b, y, 4), '-', 'H', byte('1'+(m-1)/6))
	case year:
		b = appendPadded(b, y, 4)
	case decade:
		b = appendPadded(b, y/10, 3)
	case century:
		b = appendPadded(b, y/100, 2)
	case millennium:
		b = appendPadded(b, y/1000, 1)
	default:
		b = appendDate(b, y, m, d)
	}
	return string(b)
}

// easter returns Easter Sunday of the year, by the anonymous Gregorian algorithm.
func easter(y int) day {
	a, b, c := y%19, y/100, y%100
	d, e := b/4, b%4
	g := (8*b + 13) / 25
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return newDay(y, n/31, n%31+1)
}

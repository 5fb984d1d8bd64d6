package timex

import (
	"strconv"
	"time"
)

const rfc3339 = time.RFC3339

var durations = [...]time.Duration{second: time.Second, minute: time.Minute, hour: time.Hour}

func timeDuration(n int) time.Duration { return time.Duration(n) }

// timeOfDay returns the part of a value after the day: "T10:30", "TNI".
func timeOfDay(m *meaning) string {
	if !m.is(fHour) {
		return "T" + valueNames[fPart][m.get(fPart)]
	}
	b := append(make([]byte, 0, 10), 'T')
	b = append(appendPadded(b, hourOf(m), 2), ':')
	b = appendPadded(b, m.get(fMinute), 2)
	if m.is(fSecond) {
		b = appendPadded(append(b, ':'), m.get(fSecond), 2)
	}
	if m.is(fZone) && m.get(fZone) == 0 {
		b = append(b, 'Z')
	}
	return string(b)
}

// hourOf returns the hour of 24.
func hourOf(m *meaning) int {
	h := m.get(fHour)
	late := m.get(fMeridiem) == 2 || m.get(fPart) == afternoon || m.get(fPart) == evening || m.get(fPart) == night && h >= 6
	switch {
	case late && h < 12:
		return h + 12
	case m.get(fMeridiem) == 1 && h == 12:
		return 0
	}
	return h
}

func timeUnit(m *meaning) unit {
	switch {
	case !m.is(fHour):
		return partOfDay
	case m.is(fSecond):
		return second
	case m.is(fMinute):
		return minute
	}
	return hour
}

// zoned returns the moment as RFC 3339 has it, where the text names the zone.
// Without one the day is all that is known of where it falls.
func zoned(d day, m *meaning) (string, bool) {
	if !m.is(fZone) || !m.is(fHour) {
		return "", false
	}
	y, mo, dd := d.date()
	zone := time.FixedZone("", m.get(fZone)*60)
	return time.Date(y, time.Month(mo), dd, hourOf(m), m.get(fMinute), m.get(fSecond), 0, zone).Format(rfc3339), true
}

// unknownDate returns the value of a date that counts from a day of
// publication that is unknown, with an X for each figure that is.
func (t *Tagger) unknownDate(m *meaning) string {
	const y = "XXXX"
	if m.is(fFeast) {
		if f := t.feasts[m.get(fFeast)]; !f.easter && f.weekday == 0 {
			return y + newDay(2000, f.month, f.day+f.plus).String()[4:]
		}
		return y + "-XX-XX"
	}
	two := func(f field) string { return string(appendPadded(nil, m.get(f), 2)) }
	switch {
	case m.is(fMonth) && m.is(fDay):
		return y + "-" + two(fMonth) + "-" + two(fDay)
	case m.is(fDay):
		return y + "-XX-" + two(fDay)
	case m.is(fMonth):
		return y + "-" + two(fMonth)
	case m.is(fQuarter):
		return y + "-Q" + strconv.Itoa(m.get(fQuarter))
	case m.is(fHalf):
		return y + "-H" + strconv.Itoa(m.get(fHalf))
	case m.is(fSeason):
		return y + "-" + seasonNames[m.get(fSeason)]
	case m.is(fWeekday):
		return y + "-WXX-" + strconv.Itoa(m.get(fWeekday))
	}
	switch unknownUnit(m) {
	case week:
		return y + "-WXX"
	case weekend:
		return y + "-WXX-WE"
	case month:
		return y + "-XX"
	case quarter:
		return y + "-QX"
	case year:
		return y
	case decade:
		return "XXX"
	case century:
		return "XX"
	}
	return y + "-XX-XX"
}

// unknownUnit returns the granularity of such a date.
func unknownUnit(m *meaning) unit {
	switch {
	case m.any(fDay, fWeekday, fDayOff, fFeast, fHour, fPart):
		return dayUnit
	case m.is(fMonth):
		return month
	case m.is(fQuarter), m.get(fBase) == fromQuarter:
		return quarter
	case m.is(fHalf):
		return half
	case m.is(fSeason):
		return season
	}
	if u := unit(m.get(fUnit)); u >= dayUnit && !m.is(fNth) {
		return u
	}
	return dayUnit
}

// duration resolves a length of time.
func (r *resolver) duration(a *asked) value {
	return value{typ: typeDuration, value: length(a.meaning), unit: unit(a.get(fUnit))}
}

// codes are the letters of units in durations, in the words of ISO 8601 as
// TIMEX3 widens it.
var codes = [...]string{
	second: "S", minute: "M", hour: "H", partOfDay: "X", dayUnit: "D", weekend: "WE", week: "W", month: "M",
	season: "X", quarter: "Q", half: "X", year: "Y", decade: "DE", century: "C", millennium: "ML",
}

// length returns the value of a duration: "P2Y6M", "PT30M", "PXD".
func length(m *meaning) string {
	if m.is(fFuzzy) || !m.is(fUnit) {
		return "PXX"
	}
	u, n := unit(m.get(fUnit)), m.get(fN)
	if n == vague || !m.is(fN) {
		return "P" + clock(u) + "X" + codes[u]
	}
	switch u { // counted in years
	case decade, century, millennium:
		u, n = year, n*(months[u]/12)
	}
	b := append([]byte{'P'}, clock(u)...)
	if small, per := smallerUnit(u); n%thousand != 0 && n*per%thousand == 0 {
		if n >= thousand {
			b = append(strconv.AppendInt(b, int64(n/thousand), 10), codes[u]...)
		}
		if clock(u) == "" && clock(small) != "" {
			b = append(b, 'T')
		}
		b = append(strconv.AppendInt(b, int64(n%thousand*per/thousand), 10), codes[small]...)
		return string(b)
	}
	b = append(strconv.AppendFloat(b, float64(n)/thousand, 'f', -1, 64), codes[u]...)
	if m.is(fN2) && m.get(fN2) != vague {
		v := unit(m.get(fUnit2))
		if clock(u) == "" && clock(v) != "" {
			b = append(b, 'T')
		}
		b = append(strconv.AppendFloat(b, float64(m.get(fN2))/thousand, 'f', -1, 64), codes[v]...)
	}
	return string(b)
}

// clock returns the T that stands before units of the clock.
func clock(u unit) string {
	if u < dayUnit {
		return "T"
	}
	return ""
}

// smallerUnit returns the unit that fractions of u are written in.
func smallerUnit(u unit) (small unit, per int) {
	switch u {
	case minute:
		return second, 60
	case hour:
		return minute, 60
	case dayUnit:
		return hour, 24
	case year:
		return month, 12
	}
	return u, 1
}

// set resolves what recurs.
func (r *resolver) set(a *asked) value {
	v := value{typ: typeSet}
	if n := a.get(fTimes) / thousand; n > 0 {
		v.freq = strconv.Itoa(n) + "X"
	}
	part := ""
	if a.is(fPart) {
		part = "T" + valueNames[fPart][a.get(fPart)]
	}
	switch {
	case a.is(fWeekday):
		v.value, v.unit = "XXXX-WXX-"+strconv.Itoa(a.get(fWeekday))+part, week
	case a.any(fMonth, fSeason):
		v.value, v.unit = r.t.unknownDate(a.meaning), year
	case a.is(fPart):
		v.value, v.unit = "XXXX-XX-XX"+part, dayUnit
	default:
		v.value, v.unit = length(a.meaning), unit(a.get(fUnit))
	}
	return v
}

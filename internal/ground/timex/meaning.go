package timex

import (
	"fmt"
	"strconv"
	"strings"
)

// A field is one feature of the meaning of words: which month, which part of
// the day, how many units.
type field uint8

const (
	fYear     field = iota
	fDecade         // 199 for the 1990s
	fCentury        // 19 for the 1900s
	fMonth          // 1 to 12
	fDay            // of the month
	fWeekday        // 1 for Monday
	fQuarter        // 1 to 4
	fHalf           // 1, 2; -1 for the last
	fSeason         // 1 for spring
	fFeast          // index into Tagger.feasts
	fHour           // 0 to 24
	fMinute         // 0 to 59
	fSecond         // 0 to 60
	fMeridiem       // 1 a.m., 2 p.m.
	fPart           // of the day
	fZone           // minutes east of UTC
	fUnit           // a unit
	fN              // how many units, in thousandths; vague when not said
	fUnit2          // a second, smaller unit: "two years and six months"
	fN2             // how many of those, in thousandths
	fOff            // which unit counted from the base: -1 last, 0 this, 1 next
	fDir            // where n units lead: -1 ago, 1 hence
	fBase           // what is counted from
	fDayOff         // days from the anchor: -1 yesterday
	fNth            // which of a row: 3 third; -1 last
	fMod            // TIMEX3 mod
	fQuant          // TIMEX3 quant
	fRef            // a time without a place on the calendar
	fTimes          // how many times a unit, in thousandths: TIMEX3 freq
	fFuzzy          // the words name a vague stretch: "a while"
	nFields
)

var fieldNames = [nFields]string{
	"year", "decade", "century", "month", "day", "weekday", "quarter", "half", "season", "feast",
	"hour", "minute", "second", "meridiem", "part", "zone", "unit", "n", "unit2", "n2", "off", "dir", "base", "dayoff",
	"nth", "mod", "quant", "ref", "times", "fuzzy",
}

// thousand is the scale of counts, so that "2 1/2" and "1.5" are whole numbers.
const thousand = 1000

// vague is the count of "several" and of bare plurals.
const vague = -1

// maxCount is the greatest count that is kept; more than that is vague.
const maxCount = 2_000_000 * thousand

// Bases: what "last", "earlier" and "the following" are counted from.
const (
	fromAnchor  = iota // the day of publication
	fromFocus          // the time that the text has just spoken of
	fromQuarter        // the financial quarter that the text reports on
	fromPeriod         // the month, quarter or half that the text reports on
)

// Names of values in the data files, by field.
var valueNames = map[field][]string{
	fUnit:     unitNames[:],
	fUnit2:    unitNames[:],
	fPart:     {"", "MO", "MI", "AF", "EV", "NI", "DT"},
	fMod:      {"", "START", "MID", "END", "APPROX", "LESS_THAN", "MORE_THAN", "EQUAL_OR_LESS", "EQUAL_OR_MORE", "BEFORE", "AFTER", "ON_OR_BEFORE", "ON_OR_AFTER"},
	fQuant:    {"", "EVERY", "EACH", "OTHER", "SOME"},
	fRef:      {"", "PAST_REF", "PRESENT_REF", "FUTURE_REF"},
	fBase:     {"anchor", "focus", "quarter", "period"},
	fMeridiem: {"", "am", "pm"},
	fSeason:   seasonNames[:],
}

// Parts of the day, by index of valueNames[fPart].
const (
	morning = iota + 1
	midday
	afternoon
	evening
	night
	daytime
)

// References, by index of valueNames[fRef].
const (
	pastRef = iota + 1
	presentRef
	futureRef
)

// A meaning is a set of fields and their values. Two meanings unite when they
// do not contradict each other.
type meaning struct {
	has uint32
	v   [nFields]int32
}

func (m *meaning) is(f field) bool { return m.has&(1<<f) != 0 }

func (m *meaning) any(fs ...field) bool {
	for _, f := range fs {
		if m.is(f) {
			return true
		}
	}
	return false
}

// get returns the value of f, or 0.
func (m *meaning) get(f field) int { return int(m.v[f]) }

func (m *meaning) set(f field, v int32) {
	m.has |= 1 << f
	m.v[f] = v
}

func (m *meaning) drop(f field) {
	m.has &^= 1 << f
	m.v[f] = 0
}

// unite adds the fields of o and reports whether they fit.
func (m *meaning) unite(o *meaning) bool {
	if both := m.has & o.has; both != 0 {
		for f := field(0); f < nFields; f++ {
			if both&(1<<f) != 0 && m.v[f] != o.v[f] {
				return false
			}
		}
	}
	if m.has == 0 {
		*m = *o
		return true
	}
	for f, rest := field(0), o.has; rest != 0; f, rest = f+1, rest>>1 {
		if rest&1 != 0 {
			m.v[f] = o.v[f]
		}
	}
	m.has |= o.has
	return true
}

// An op changes a meaning: "f=3", "f=@g" (move g to f), "f=-1@g" (move the
// negative of g), "f+=3", "f*=3", "-f" (forget f).
type op struct {
	f, from field
	kind    byte // '=' | '+' | '*' | '@' | '-'
	v       int32
}

func (o op) apply(m *meaning) {
	switch o.kind {
	case '=':
		m.set(o.f, o.v)
	case '+':
		if m.v[o.f] != vague {
			m.set(o.f, m.v[o.f]+o.v)
		}
	case '*':
		if m.v[o.f] != vague {
			m.set(o.f, m.v[o.f]*o.v)
		}
	case '-':
		m.drop(o.f)
	case '@':
		if m.is(o.from) {
			m.set(o.f, m.v[o.from]*o.v)
			m.drop(o.from)
		}
	}
}

// parseOps reads the column sets of a data file.
func (t *Tagger) parseOps(s string) ([]op, error) {
	var ops []op
	for w := range strings.FieldsSeq(s) {
		if name, ok := strings.CutPrefix(w, "-"); ok {
			f, err := parseField(name)
			if err != nil {
				return nil, err
			}
			ops = append(ops, op{f: f, kind: '-'})
			continue
		}
		name, val, ok := strings.Cut(w, "=")
		if !ok {
			return nil, fmt.Errorf("%q: want field=value or -field", w)
		}
		kind := byte('=')
		if last := len(name) - 1; last > 0 && (name[last] == '+' || name[last] == '*') {
			kind, name = name[last], name[:last]
		}
		f, err := parseField(name)
		if err != nil {
			return nil, err
		}
		if times, from, ok := strings.Cut(val, "@"); ok {
			g, err := parseField(from)
			if err != nil {
				return nil, err
			}
			n := 1
			if times != "" {
				if n, err = strconv.Atoi(times); err != nil {
					return nil, fmt.Errorf("%q: %w", w, err)
				}
			}
			ops = append(ops, op{f: f, kind: '@', from: g, v: int32(n)})
			continue
		}
		v, err := t.parseValue(f, val)
		if err != nil {
			return nil, err
		}
		if kind == '*' && (f == fN || f == fN2) {
			v /= thousand
		}
		ops = append(ops, op{f: f, kind: kind, v: v})
	}
	return ops, nil
}

func parseField(name string) (field, error) {
	for i, n := range fieldNames {
		if n == name {
			return field(i), nil
		}
	}
	return 0, fmt.Errorf("no field %q", name)
}

func (t *Tagger) parseValue(f field, s string) (int32, error) {
	for i, n := range valueNames[f] {
		if n == s {
			return int32(i), nil
		}
	}
	switch f {
	case fFeast:
		return t.addFeast(s)
	case fN, fN2, fTimes:
		if s == "X" {
			return vague, nil
		}
		n, err := strconv.ParseFloat(s, 64)
		if err != nil {
			return 0, err
		}
		return int32(n * thousand), nil
	}
	n, err := strconv.Atoi(s)
	if err != nil || valueNames[f] != nil {
		return 0, fmt.Errorf("field %s has no value %q", fieldNames[f], s)
	}
	return int32(n), nil
}

package timex

import (
	"casus/internal/article"
	"casus/internal/doc"
	"casus/internal/record"
)

// A resolver turns meanings into values, in the order of the text.
type resolver struct {
	t        *Tagger
	d        *doc.Doc
	anchor   day
	known    bool // the anchor is
	moment   article.Stamp
	sentence int
	out      []doc.TimeExpr
	focus    focus
	before   meaning // of the expression before, while the two may be a range
}

// focus is what the text has spoken of last, with the sentence it did so in.
type focus struct {
	last, day, quarter, span                   period // span: a month, quarter or half
	lastSeen, daySeen, quarterSeen, periodSeen int    // sentence, or none
	// tale is the block of the text that tells of days long before publication,
	// named by their dates, or none.
	tale int32
	// dated are days that the text has named with their years: "7 October 2023",
	// and later "the Oct. 7 attack".
	dated []day
}

const none = -1 << 20

// near is how many sentences back "the next day" and "a year earlier" look for
// the time they count from.
const near = 3

// maxDated bounds how many dated days are remembered.
const maxDated = 64

// longAgo is how many days before publication a tale begins.
const longAgo = 14

func (r *resolver) begin(t *Tagger, d *doc.Doc) {
	dated := r.focus.dated[:0]
	*r = resolver{t: t, d: d, focus: focus{dated: dated, tale: none, lastSeen: none, daySeen: none, quarterSeen: none, periodSeen: none}}
	if d.Article == nil || d.Article.Published.IsZero() {
		return
	}
	r.moment = d.Article.Published
	y, m, dd := r.moment.Time.Date()
	r.anchor, r.known = newDay(y, int(m), dd), true
}

// year returns the year of publication, or one that allows any year of our
// time where it is unknown.
func (r *resolver) year() int {
	if r.known {
		return r.anchor.year()
	}
	return 2030
}

// add resolves what the chart found and appends it.
func (r *resolver) add(c *chart, e edge, kind int) {
	m := c.meanings[e.meaning]
	first, last := &c.atoms[e.start], &c.atoms[e.end-1]
	x := doc.TimeExpr{First: first.tok, End: last.tok + 1}
	x.Span.Start, x.Span.End = first.span.Start, last.span.End
	x.EndsRange = kind == dateKind && r.endsRange(c, int(e.start))
	a := asked{meaning: &m, first: x.First, end: x.End, from: c.first, to: c.last, ends: x.EndsRange}
	var v value
	switch kind {
	case durationKind:
		v = r.duration(&a)
	case setKind:
		v = r.set(&a)
	default:
		v = r.date(&a)
		if v.value == "" {
			return
		}
		r.shareYear(c, e, &m)
	}
	x.Time = v.record(&m, c.t.rules[e.name].id)
	r.out = append(r.out, x)
	r.before = m
}

// endsRange reports whether the expression that begins at atom i ends a range
// that the one before began: "2010-2015", "from Monday to Friday", "between May
// and July".
func (r *resolver) endsRange(c *chart, i int) bool {
	if len(r.out) == 0 || i < 2 {
		return false
	}
	p := &r.out[len(r.out)-1]
	if p.Time.Type != typeDate && p.Time.Type != typeTime || p.EndsRange || p.Span.End != c.atoms[i-2].span.End {
		return false
	}
	if c.hasClass(i-1, c.t.s.joins[0]) || c.hasClass(i-1, c.t.s.joins[1]) {
		return true
	}
	return c.hasClass(i-1, c.t.s.joins[2]) && p.First > c.first && c.t.has(c.d.Word(p.First-1), c.t.s.from)
}

// shareYear gives the year of "Jan. 3-5, 2025" and "March to May 2024" to the
// first of the two too.
func (r *resolver) shareYear(c *chart, e edge, m *meaning) {
	if len(r.out) == 0 || !m.is(fYear) || !m.is(fMonth) || r.before.is(fYear) || !r.before.is(fMonth) {
		return
	}
	p := &r.out[len(r.out)-1]
	if p.Time.Type != typeDate || int(e.start) < 2 || p.Span.End != c.atoms[e.start-2].span.End || !c.joins(int(e.start)-1) {
		return
	}
	b := r.before
	y := m.v[fYear]
	if b.v[fMonth] > m.v[fMonth] {
		y--
	}
	b.set(fYear, y)
	v := r.date(&asked{meaning: &b, first: p.First, end: p.End, from: c.first, to: c.last})
	if v.value != "" {
		p.Time = v.record(&b, p.Time.Rule)
	}
}

// joins reports whether the word at atom i joins the two ends of a range.
func (c *chart) joins(i int) bool {
	for _, s := range c.t.s.joins {
		if c.hasClass(i, s) {
			return true
		}
	}
	return false
}

// asked is an expression to resolve: its meaning, its tokens and its sentence's.
type asked struct {
	*meaning
	first, end, from, to doc.TokenID
	ends                 bool // the range that the expression before began
	tense                tense
	looked               bool
}

// tenseOf returns the tense around the expression, looking once.
func (r *resolver) tenseOf(a *asked) tense {
	if !a.looked {
		a.looked, a.tense = true, r.t.tenseAt(r.d, a.first, a.end, a.from, a.to)
	}
	return a.tense
}

// A value is what an expression comes to.
type value struct {
	typ, value string
	unit       unit
	known      bool // from and to are
	from, to   string
	freq       string
}

// Types of time expression in TIMEX3.
const (
	typeDate     = "DATE"
	typeTime     = "TIME"
	typeDuration = "DURATION"
	typeSet      = "SET"
)

func (v *value) record(m *meaning, rule string) record.Time {
	t := record.Time{
		Type: v.typ, Value: v.value, Granularity: v.unit.String(), Rule: rule, Freq: v.freq,
		Mod: valueNames[fMod][m.get(fMod)], Quant: valueNames[fQuant][m.get(fQuant)],
	}
	if v.known {
		t.From, t.To = record.Ptr(v.from), record.Ptr(v.to)
	}
	return t
}

// date resolves a date or a time of day.
func (r *resolver) date(a *asked) value {
	if a.is(fRef) {
		return value{typ: typeDate, value: valueNames[fRef][a.get(fRef)]}
	}
	if u := unit(a.get(fUnit)); a.is(fDir) && a.get(fBase) == fromFocus && (a.get(fN) == vague || u < dayUnit && u != noUnit) {
		return r.duration(a) // "a few days later": how long is all that is said
	}
	if a.is(fDir) && a.get(fN) == vague {
		return value{typ: typeDate, value: valueNames[fRef][2+a.get(fDir)]}
	}
	timed := a.any(fHour, fPart)
	p, ok := r.point(a)
	if !ok {
		x := r.t.unknownDate(a.meaning)
		if timed {
			return value{typ: typeTime, value: x + timeOfDay(a.meaning), unit: timeUnit(a.meaning)}
		}
		return value{typ: typeDate, value: x, unit: unknownUnit(a.meaning)}
	}
	if !p.writable() {
		ref := pastRef
		if p.first.year() > maxYear {
			ref = futureRef
		}
		return value{typ: typeDate, value: valueNames[fRef][ref]}
	}
	r.remember(p, a.meaning)
	if u := unit(a.get(fUnit)); a.is(fDir) && u < dayUnit && u != noUnit {
		return r.momentAgo(a)
	}
	v := value{typ: typeDate, value: p.value(), unit: p.unit, known: true, from: p.first.String(), to: p.last().String()}
	if timed {
		v.typ, v.value, v.unit = typeTime, v.value+timeOfDay(a.meaning), timeUnit(a.meaning)
		if z, ok := zoned(p.first, a.meaning); ok {
			v.from, v.to = z, z
		}
	}
	return v
}

// remember makes p what the text speaks of.
func (r *resolver) remember(p period, m *meaning) {
	r.focus.last, r.focus.lastSeen = p, r.sentence
	if m.is(fDir) || m.get(fBase) >= fromQuarter && m.get(fOff) != 0 {
		return // the year before is what it is held against
	}
	if p.unit == dayUnit {
		r.focus.day, r.focus.daySeen = p, r.sentence
		if m.is(fYear) && len(r.focus.dated) < maxDated {
			r.focus.dated = append(r.focus.dated, p.first)
		}
		if m.is(fMonth) && (m.is(fYear) || r.known) {
			r.focus.tale = none
			if !r.known || r.anchor-p.first >= longAgo {
				r.focus.tale = r.d.Sentences[r.sentence].Block
			}
		}
	}
	if p.unit >= month && p.unit < year {
		r.focus.span, r.focus.periodSeen = p, r.sentence
	}
	if p.unit == quarter {
		r.focus.quarter, r.focus.quarterSeen = p, r.sentence
	}
}

// momentAgo resolves "two hours ago", which needs the hour of publication.
func (r *resolver) momentAgo(a *asked) value {
	u := unit(a.get(fUnit))
	n := a.get(fN) * a.get(fDir)
	v := value{typ: typeTime, value: "XXXX-XX-XXTXX:XX", unit: u}
	if !r.moment.Moment || a.get(fBase) == fromFocus || abs(n) > 1000*thousand {
		return v
	}
	t := r.moment.Time.Add(durations[u] / thousand * timeDuration(n))
	v.value = t.Format("2006-01-02T15:04")
	v.known = true
	v.from = t.Format(rfc3339)
	v.to = v.from
	return v
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}

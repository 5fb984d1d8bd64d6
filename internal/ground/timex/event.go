package timex

import (
	"sort"

	"casus/internal/doc"
	"casus/internal/record"
)

// Bases of the time of an event, as records name them.
const (
	basisClause      = "clause"
	basisSentence    = "sentence"
	basisNarrative   = "narrative"
	basisPublication = "publication"
)

// recent is how many days before publication a date may lie that hangs on a
// noun and still dates the verb: "signed it at a meeting in Geneva on Friday".
const recent = 14

// back is how many sentences of a paragraph the time of a narrative carries over.
const back = 2

// Of returns when the event of a predicate took place, by the English lexicon.
// See [Tagger.Of].
func Of(d *doc.Doc, pred doc.TokenID, tense string) (ref int, et *record.EventTime) {
	t, err := Default()
	if err != nil {
		return -1, nil
	}
	return t.Of(d, pred, tense)
}

// Of returns when the event of a predicate took place, and the index in d.Times
// of the expression that says so, or -1: the expression that governs the clause,
// else the one of the clause above it, else, for what is told in the past, the
// one of the sentence before in the paragraph, else the day of publication. A
// clause in the future without a date has none. The tense is that of the clause
// as doc.Clause has it. The Ref of the time is left to who numbers the times.
func (t *Tagger) Of(d *doc.Doc, pred doc.TokenID, tense string) (ref int, et *record.EventTime) {
	if pred < 0 || int(pred) >= len(d.Tokens) {
		return -1, nil
	}
	sent := d.SentenceOf(pred)
	if i, basis := t.inSentence(d, pred, sent); i >= 0 {
		return i, t.eventTime(d, i, basis)
	}
	if tense == "past" {
		if i := t.narrative(d, sent); i >= 0 {
			return i, t.eventTime(d, i, basisNarrative)
		}
	}
	if tense == "future" || d.Article == nil || d.Article.Published.IsZero() {
		return -1, nil
	}
	day := d.Article.Published.Day()
	return -1, &record.EventTime{From: &day, To: &day, Basis: basisPublication}
}

// datable reports whether an expression names days.
func datable(x *doc.TimeExpr) bool {
	return (x.Time.Type == typeDate || x.Time.Type == typeTime) && x.Time.From != nil
}

// timesIn returns the range of d.Times that lie in a sentence.
func timesIn(d *doc.Doc, sent int) (from, to int) {
	at := func(t doc.TokenID) int {
		return sort.Search(len(d.Times), func(i int) bool { return d.Times[i].First >= t })
	}
	s := d.Sentences[sent]
	return at(s.First), at(s.End)
}

// inSentence returns the expression of the sentence that dates the predicate.
func (t *Tagger) inSentence(d *doc.Doc, pred doc.TokenID, sent int) (i int, basis string) {
	from, to := timesIn(d, sent)
	if len(d.Arcs) != len(d.Tokens) {
		return nearest(d, pred, from, to), basisSentence
	}
	best, bestRank := -1, 0
	for i := from; i < to; i++ {
		x := &d.Times[i]
		if !datable(x) || x.EndsRange && i > from && datable(&d.Times[i-1]) {
			continue
		}
		rank := t.rank(d, x, pred)
		if rank > bestRank || rank == bestRank && best >= 0 && finer(x, &d.Times[best]) {
			best, bestRank = i, rank
		}
	}
	switch {
	case bestRank == 0:
		return -1, ""
	case bestRank >= ownClause:
		return best, basisClause
	}
	return best, basisSentence
}

// Ranks of an expression for a predicate.
const (
	reportClause = iota + 1 // dates the report that tells of it
	aboveClause             // dates a clause above
	looseClause             // hangs on a noun of the clause
	ownClause               // dates the clause
)

func finer(a, b *doc.TimeExpr) bool {
	return unitOf(a) < unitOf(b)
}

func unitOf(x *doc.TimeExpr) unit {
	for u, n := range unitNames {
		if n == x.Time.Granularity {
			return unit(u)
		}
	}
	return noUnit
}

// rank says how the expression bears on the predicate; 0 for not at all.
func (t *Tagger) rank(d *doc.Doc, x *doc.TimeExpr, pred doc.TokenID) int {
	k := headOf(d, x.First, x.End)
	if k == doc.NoToken {
		return 0
	}
	fixed := false // the words are part of the name of a thing: the 1992 accord
	for n := range climb {
		rel, h := d.Arcs[k].Deprel, d.Arcs[k].Head
		if h == doc.NoToken {
			return 0
		}
		if h == pred {
			switch {
			case n == 0 || isVerb(d, pred) && !fixed && t.recentDay(d, x), !isVerb(d, pred) && n <= 1:
				return ownClause
			}
			return 0
		}
		if isVerb(d, h) || t.hasCopula(d, h) {
			return t.rankAbove(d, x, h, pred, n == 0 || !fixed && t.recentDay(d, x))
		}
		switch rel {
		case "compound", "nmod:poss", "amod", "nummod", "nmod:desc":
			fixed = true
		}
		k = h
	}
	return 0
}

// rankAbove ranks an expression that dates the verb v for a predicate below it
// or beside it.
func (t *Tagger) rankAbove(d *doc.Doc, x *doc.TimeExpr, v, pred doc.TokenID, dates bool) int {
	if !dates || !d.Under(pred, v) {
		return 0
	}
	same := true // all the way up the two share their time
	for k := pred; k != v; k = d.Arcs[k].Head {
		switch d.Rel(k) {
		case "xcomp", "aux", "cop":
		case "conj":
			same = same && x.First < v // fronted: "On Friday he came and went"
		default:
			same = false
		}
	}
	switch {
	case same:
		return ownClause
	case t.has(d.Word(v), t.s.report):
		return reportClause
	}
	return aboveClause
}

// recentDay reports whether an expression is a day of the weeks around
// publication.
func (t *Tagger) recentDay(d *doc.Doc, x *doc.TimeExpr) bool {
	if unitOf(x) > dayUnit || d.Article == nil || d.Article.Published.IsZero() {
		return false
	}
	from, to := d.Article.Published.Time.AddDate(0, 0, -recent), d.Article.Published.Time.AddDate(0, 0, recent)
	day := *x.Time.From
	return day >= from.Format("2006-01-02") && day <= to.Format("2006-01-02")
}

// nearest returns the datable expression nearest to the predicate, or -1.
func nearest(d *doc.Doc, pred doc.TokenID, from, to int) int {
	best, bestGap := -1, doc.TokenID(0)
	for i := from; i < to; i++ {
		x := &d.Times[i]
		if !datable(x) {
			continue
		}
		gap := max(x.First-pred, pred-x.End)
		if best < 0 || gap < bestGap {
			best, bestGap = i, gap
		}
	}
	return best
}

// narrative returns the day that the paragraph has been telling of, or -1.
func (t *Tagger) narrative(d *doc.Doc, sent int) int {
	if len(d.Arcs) != len(d.Tokens) {
		return -1
	}
	for s := sent - 1; s >= 0 && s >= sent-back && d.Sentences[s].Block == d.Sentences[sent].Block; s-- {
		from, to := timesIn(d, s)
		for i := to - 1; i >= from; i-- {
			x := &d.Times[i]
			if !datable(x) || unitOf(x) > dayUnit {
				continue
			}
			v, noun := t.governor(d, x.First, x.End)
			if v == doc.NoToken || noun || t.has(d.Word(v), t.s.report) || t.verbTense(d, v, climb) != pastTense {
				continue
			}
			return i
		}
	}
	return -1
}

// eventTime returns the days that expression i gives an event, the end of a
// range and the preposition taken in.
func (t *Tagger) eventTime(d *doc.Doc, i int, basis string) *record.EventTime {
	x := &d.Times[i]
	et := &record.EventTime{From: x.Time.From, To: x.Time.To, Basis: basis}
	if i+1 < len(d.Times) && d.Times[i+1].EndsRange && datable(&d.Times[i+1]) {
		et.To = d.Times[i+1].Time.To
		return et
	}
	if basis == basisNarrative || x.First == 0 || x.Time.Type != typeDate {
		return et
	}
	switch w := d.Word(x.First - 1); {
	case t.has(w, t.s.since):
		et.To = nil
		if d.Article != nil {
			et.To = record.Ptr(d.Article.Published.Day())
		}
	case t.has(w, t.s.until), t.has(w, t.s.before):
		et.From = nil
	case t.has(w, t.s.after):
		et.From, et.To = et.To, nil
	}
	return et
}

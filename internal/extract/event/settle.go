package event

import (
	"casus/internal/doc"
	"casus/internal/record"
)

// time returns when an act took place: by a date at its predicate, else by one
// in its sentence, else by the article's own date.
func (f *finder) time(a *act) *record.EventTime {
	c := &f.cl[a.clause]
	if i := f.timeAt(c.Pred); i >= 0 {
		return f.timeRecord(i, "clause")
	}
	if c.Support != doc.NoToken {
		if i := f.timeAt(c.Support); i >= 0 {
			return f.timeRecord(i, "clause")
		}
	}
	s := f.d.Sentences[f.d.SentenceOf(c.Pred)]
	for i := range f.d.Times {
		t := &f.d.Times[i]
		if t.First >= s.First && t.First < s.End && f.usable(i) {
			return f.timeRecord(i, "sentence")
		}
	}
	if p := f.d.Article.Published; !p.Time.IsZero() {
		day := p.Time.Format("2006-01-02")
		return &record.EventTime{From: &day, To: &day, Basis: "publication"}
	}
	return nil
}

// usable reports whether a time expression says when: a date with a value.
func (f *finder) usable(i int) bool {
	t := &f.d.Times[i].Time
	return (t.Type == "DATE" || t.Type == "TIME") && t.From != nil
}

// timeAt returns the time expression that hangs from a predicate, or -1.
func (f *finder) timeAt(pred doc.TokenID) int {
	for i := range f.d.Times {
		t := &f.d.Times[i]
		if !f.usable(i) {
			continue
		}
		for k := t.First; k < t.End; k++ {
			if f.d.Arcs[k].Head == pred {
				return i
			}
		}
	}
	return -1
}

func (f *finder) timeRecord(i int, basis string) *record.EventTime {
	t := &f.d.Times[i].Time
	return &record.EventTime{From: t.From, To: t.To, Ref: record.Ptr(t.ID), Basis: basis}
}

// where returns the place of an act: one in its clause, else one in its
// sentence; never a place that stands for its government.
func (f *finder) where(a *act) *string {
	c := &f.cl[a.clause]
	for i := range c.Args {
		if p := f.placeIn(c.Args[i].First, c.Args[i].End, c.Args[i].Role); p != nil {
			return p
		}
	}
	s := f.d.Sentences[f.d.SentenceOf(c.Pred)]
	return f.placeIn(s.First, s.End, "in")
}

func (f *finder) placeIn(first, end doc.TokenID, role string) *string {
	switch role {
	case "in", "at", "near", "outside", "on", "inside", "to", "across", "around", "through", "into", "from", doc.Patient:
	default:
		return nil
	}
	for t := first; t < end; t++ {
		if i := f.place[t]; i != 0 {
			l := &f.d.Places[i-1]
			if l.Use == doc.Literal && l.Place.ID != "" {
				id := l.Place.ID
				return &id
			}
		}
	}
	return nil
}

// onWordOf returns the statements whose content holds the trigger, and those of
// them that deny it.
func (f *finder) onWordOf(trigger record.Span) (by, deny []string) {
	by, deny = []string{}, []string{}
	for i := range f.stmts {
		s := &f.stmts[i]
		for _, c := range s.Content {
			if c.In == trigger.In && c.Start <= trigger.Start && trigger.End <= c.End {
				if s.Polarity == "denies" {
					deny = append(deny, s.ID)
				} else {
					by = append(by, s.ID)
				}
				break
			}
		}
	}
	return by, deny
}

package event

import (
	"casus/internal/doc"
	"casus/internal/ground/timex"
	"casus/internal/record"
)

// time returns when an act took place, as the dates around its predicate tell:
// those of the light verb before those of its noun.
func (f *finder) time(a *act) *record.EventTime {
	c := &f.cl[a.clause]
	pred := c.Pred
	if c.Support != doc.NoToken {
		pred = c.Support
	}
	ref, et := timex.Of(f.d, pred, c.Tense)
	if et != nil && ref >= 0 && ref < len(f.d.Times) {
		et.Ref = record.Ptr(f.d.Times[ref].Time.ID)
	}
	return et
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

package event

import (
	"sort"
	"time"

	"casus/internal/doc"
	"casus/internal/ground/timex"
	"casus/internal/record"
)

// How many days back a date is news, and how many days back what it dates still
// belongs to the time an article reports on.
const (
	news   = 14
	recent = 60
)

// before reports whether the date of an act is long before the article's. A
// date counts where it stands in the act's clause, or in one that the clause
// hangs from or continues: "in 1990 A invaded B, and C condemned it two days
// later".
func (f *finder) before(a *act) bool {
	if f.strayDate(a) {
		return true
	}
	to, at := f.lastDay(a)
	if to.IsZero() || f.d.Article.Published.IsZero() {
		return false
	}
	pub := f.d.Article.Published.Time
	if to.After(pub) && f.cl[a.clause].Tense == "past" {
		return f.continues(a) // "two days later" counts from another date
	}
	if !to.Before(pub.AddDate(0, 0, -recent)) {
		return false
	}
	dated := f.clauseOf(at)
	for id, n := a.clause, 0; id != doc.NoClause && n <= maxNesting; n++ {
		c := &f.cl[id]
		if id == dated || c.Support != doc.NoToken && f.clauseAt(c.Support) == dated {
			return true
		}
		if id = c.Parent; id == doc.NoClause {
			id = c.Embedder
		}
	}
	return false
}

// strayDate reports whether the only dates of the sentence are long past and
// one of them may date the act, though it hangs from a noun or a participle
// below: "beaten during a march in 2021", "captured the last area held by
// militants in March".
func (f *finder) strayDate(a *act) bool {
	if f.d.Article.Published.IsZero() {
		return false
	}
	limit := f.d.Article.Published.Time.AddDate(0, 0, -recent).Format(time.DateOnly)
	sent := f.d.Sentences[f.d.SentenceOf(a.trigger)]
	found := false
	first := sort.Search(len(f.d.Times), func(i int) bool { return f.d.Times[i].First >= sent.First })
	for k := first; k < len(f.d.Times) && f.d.Times[k].First < sent.End; k++ {
		t := &f.d.Times[k]
		if t.Time.Type != "DATE" || t.Time.To == nil {
			continue
		}
		if *t.Time.To >= limit {
			return false
		}
		found = found || f.apart(t, sent) && f.mayDate(t.First, a)
	}
	return found
}

// apart reports whether a date stands by itself after a preposition: "in 2015",
// not "the 2015 deal".
func (f *finder) apart(t *doc.TimeExpr, sent doc.Sentence) bool {
	if t.First == sent.First || f.d.Tags[t.First-1].UPOS != "ADP" || f.lemma(t.First-1) == "of" || f.lemma(t.First-1) == "since" {
		return false
	}
	if t.End >= sent.End {
		return true
	}
	next := f.d.Tags[t.End].UPOS
	return next != "NOUN" && next != "PROPN" && next != "ADJ"
}

// mayDate reports whether a word stands in the act's clause, in one that the act's
// clause continues, or in one without tense right below it.
func (f *finder) mayDate(t doc.TokenID, a *act) bool {
	id := f.clauseOf(t)
	for up, n := a.clause, 0; up != doc.NoClause && n <= maxNesting && f.cl[up].Tense != "future"; n++ { // "in 1848 A built …, and B withdrew"
		c := &f.cl[up]
		if up == id || c.Support != doc.NoToken && f.clauseAt(c.Support) == id {
			return true
		}
		if c.Link != "conj" && c.Link != "relcl" && c.Link != "acl" {
			break
		}
		up = c.Parent
	}
	for n := 0; id != doc.NoClause && n < maxNesting; n++ {
		c := &f.cl[id]
		if id == a.clause || c.Support != doc.NoToken && f.clauseAt(c.Support) == a.clause {
			return true
		}
		if c.Tense != "" {
			return false
		}
		if id = c.Parent; id == doc.NoClause {
			id = c.Embedder
		}
	}
	return false
}

// continues reports whether the clause of an act is joined to one of long ago.
func (f *finder) continues(a *act) bool {
	for id, n := a.clause, 0; n <= maxNesting; n++ {
		c := &f.cl[id]
		if c.Support != doc.NoToken && f.clauseAt(c.Support) != doc.NoClause {
			c = &f.cl[f.clauseAt(c.Support)]
		}
		if c.Link != "conj" || c.Parent == doc.NoClause {
			return false
		}
		if id = c.Parent; f.cl[id].Status == record.Historical {
			return true
		}
	}
	return false
}

// dated reports whether a date of the act's sentence lies within so many days
// before the article.
func (f *finder) dated(a *act, days int) bool {
	to, _ := f.lastDay(a)
	return !to.IsZero() && !to.Before(f.d.Article.Published.Time.AddDate(0, 0, -days))
}

// lastDay returns the last day of the time that dates an act, and a word of it;
// the zero day where no words date it or the article has no date.
func (f *finder) lastDay(a *act) (time.Time, doc.TokenID) {
	c := &f.cl[a.clause]
	pred := c.Pred
	if c.Support != doc.NoToken {
		pred = c.Support
	}
	if f.d.Article.Published.Time.IsZero() {
		return time.Time{}, doc.NoToken
	}
	ref, et := timex.Of(f.d, pred, c.Tense)
	if et == nil || et.To == nil || ref < 0 || ref >= len(f.d.Times) || (et.Basis != "clause" && et.Basis != "sentence") {
		return time.Time{}, doc.NoToken
	}
	day := *et.To
	to, err := time.Parse(time.DateOnly, day[:min(len(day), len(time.DateOnly))])
	if err != nil {
		return time.Time{}, doc.NoToken
	}
	return to, f.d.Times[ref].First
}

// clauseOf returns the clause whose predicate a word depends on, or is.
func (f *finder) clauseOf(t doc.TokenID) doc.ClauseID {
	for n := 0; t >= 0 && int(t) < len(f.pred) && n < maxClimb; n++ {
		if f.pred[t] != doc.NoClause {
			return f.pred[t]
		}
		t = f.d.Arcs[t].Head
	}
	return doc.NoClause
}

// maxClimb bounds the way from a word up to its predicate.
const maxClimb = 64

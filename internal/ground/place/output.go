package place

import (
	"fmt"
	"math"

	"casus/internal/doc"
	"casus/internal/record"
	"casus/internal/text"
)

// locations makes the layer of the mentions that count, or, with spans, the
// answers parallel to them.
func (s *scan) locations(spans []text.Span) []doc.Location {
	if spans != nil {
		out := make([]doc.Location, len(spans))
		for i := range s.mentions {
			if m := &s.mentions[i]; m.given >= 0 {
				if l, ok := s.location(m); ok {
					out[m.given] = l
				}
			}
		}
		return out
	}
	out := make([]doc.Location, 0, len(s.mentions))
	for i := range s.mentions {
		m := &s.mentions[i]
		if m.score < accepted {
			continue
		}
		if l, ok := s.location(m); ok {
			out = append(out, l)
		}
	}
	return out
}

// location makes the record of a mention.
func (s *scan) location(m *mention) (doc.Location, bool) {
	g := &s.groups[m.group]
	l := doc.Location{First: s.units[m.first].tok, End: s.units[m.end-1].tok + 1, Span: m.span}
	i := s.chosen(g, m)
	if i < 0 {
		return l, s.near(m, &l)
	}
	l.Use = s.use(m, &g.cands[i])
	l.Score = math.Round(100*g.cands[i].score) / 100
	if i == g.best && m.holder < 0 && m.hint == 0 {
		if g.record == nil {
			p := s.record(g, i)
			p.Why = s.why(m, g, &g.cands[i])
			g.record = &p
		}
		l.Place = *g.record // shared by the mentions: no one edits a record in place
		return l, true
	}
	l.Place = s.record(g, i)
	l.Place.Why = s.why(m, g, &g.cands[i])
	return l, true
}

// chosen returns the candidate that the mention means: that of its name, unless
// the words beside it say otherwise.
func (s *scan) chosen(g *groupOf, m *mention) int {
	if g.best < 0 || m.holder < 0 {
		return g.best
	}
	h := &s.groups[s.mentions[m.holder].group]
	b := -1
	for i := range g.cands {
		if s.heldBy(&g.cands[i], h) && (b < 0 || g.cands[i].score > g.cands[b].score) {
			b = i
		}
	}
	if b < 0 {
		return g.best
	}
	return b
}

// record makes the record of candidate i, with the candidates that lost.
func (s *scan) record(g *groupOf, i int) record.Place {
	p := s.g.place(g.cands[i].ref)
	out := record.Place{
		Name: p.Name, Type: p.Type, Country: record.Ptr(p.Country), Admin1: record.Ptr(p.Admin1), KB: record.Ptr(p.KB()),
		Lat: coordinate(p.Lat), Lon: coordinate(p.Lon),
	}
	second, third := -1, -1
	for k := range g.cands {
		switch {
		case k == i:
		case second < 0 || g.cands[k].score > g.cands[second].score:
			second, third = k, second
		case third < 0 || g.cands[k].score > g.cands[third].score:
			third = k
		}
	}
	for _, k := range []int{second, third} {
		if k >= 0 {
			q := s.g.place(g.cands[k].ref)
			out.Candidates = append(out.Candidates, record.PlaceCandidate{Name: q.Name, Country: q.Country, KB: q.KB(), Score: math.Round(100*g.cands[k].score) / 100})
		}
	}
	return out
}

func coordinate(v float64) *float64 { return &v }

// why says in words what decided for the candidate.
func (s *scan) why(m *mention, g *groupOf, c *cand) []string {
	var why []string
	add := func(f string, args ...any) { why = append(why, fmt.Sprintf(f, args...)) }
	if m.holder >= 0 {
		add("%q follows and contains it", s.mentions[m.holder].span.Of(s.d.Text))
	}
	switch {
	case m.hint&wordProvince != 0 && c.class == classAdmin1, m.hint&wordCounty != 0 && c.class == classAdmin2, m.hint&wordSettlement != 0 && c.class == classCity:
		add("the words beside it call it one of its kind")
	}
	if c.score-c.prior >= 1 && c.class <= classAdmin1 {
		where := ""
		if c.a1 >= 0 && c.a1 != c.ref {
			where = string(s.g.t.name(c.a1))
		} else if c.country >= 0 {
			where = s.g.f.country[c.country].Name
		}
		if where != "" {
			add("other places of the text lie in %s", where)
		}
	}
	if len(g.cands) > 1 && c.country >= 0 && c.country == s.home && c.class <= classAdmin1 {
		add("the publisher is at home in %s", s.g.f.country[c.country].Name)
	}
	if len(g.cands) == 1 {
		add("the only place known by this name")
	} else if len(why) == 0 {
		add("the best known of %d places of this name", len(g.cands))
	}
	return why
}

package place

import (
	"strings"

	"casus/internal/doc"
	"casus/internal/record"
	"casus/internal/text"
)

// Names of places that the gazetteer lacks: streets, buildings, hamlets. They
// are located by what the text says around them, and say so.

// facility returns where the name of a street ends that begins at unit i, or i.
func (s *scan) facility(i int) int {
	if s.units[i].class&(wordLink|wordDirection) == wordLink || s.heading[s.units[i].sent].title {
		return i
	}
	for j := i + 1; j < i+5 && s.adjacent(j) && s.units[j].capital; j++ {
		if s.units[j-1].class&(wordGiven|wordTitle) != 0 {
			return i // "Virginia L. Lane"
		}
		if s.units[j].class&wordStreet == 0 {
			continue
		}
		end := j + 1
		stop := end < len(s.units) && s.units[end].span.Of(s.d.Text) == "."
		if stop {
			end++
		}
		switch w := strings.TrimSuffix(s.units[j].span.Of(s.d.Text), "."); {
		case w == "Way", w == "Drive", w == "Dr":
		case w == "St" && end < len(s.units) && s.units[end].sent == s.units[j].sent && s.units[end].capital:
			// "Fort St. John"
		case len(w) > 2 || stop || w != s.units[j].span.Of(s.d.Text):
			return j + 1
		}
	}
	return i
}

// unmatched handles unit i, at which no known name begins: a name of a place
// that the language model saw becomes an unknown mention. It returns the next unit.
func (s *scan) unmatched(i int) int {
	u := &s.units[i]
	n := s.name(u.tok)
	if n == nil || n.First != u.tok || (n.Kind != doc.GPE && n.Kind != doc.LOC && n.Kind != doc.FAC) {
		return i + 1
	}
	end := i
	for end < len(s.units) && s.units[end].tok < n.End {
		end++
	}
	for j := i + 1; j < end; j++ {
		if s.units[j].capital && s.longest(j, false).end > 0 && s.units[end-1].class&wordSite == 0 {
			return i + 1 // names inside are better than none
		}
	}
	m := s.unknown(i, end)
	if m.score < accepted && s.heldUnknown(m) {
		m.score += 3
	}
	return end
}

// unknown adds the units [i, end) as a name that the gazetteer lacks.
func (s *scan) unknown(i, end int) *mention {
	m := mention{first: int32(i), end: int32(end), span: text.Span{Start: s.units[i].span.Start, End: s.units[end-1].span.End}, holder: -1, given: -1, unknown: true}
	m.group = s.group(Fold(m.span.Of(s.d.Text)), nil)
	score := 0.0
	if end-i > 1 {
		score++
	}
	if s.units[end-1].class&(wordStreet|wordSite|wordCounty|wordWater|wordRelief|wordProvince) != 0 {
		score++
	}
	if n := s.name(s.units[i].tok); n != nil {
		switch n.Kind {
		case doc.LOC, doc.GPE, doc.FAC:
			score += 0.5
		case doc.PER:
			score -= 3
		}
	}
	if s.r.words[s.groups[m.group].key]&wordStop != 0 || (end-i == 1 && s.units[i].upper) {
		score -= 4
	}
	score += min(2, s.before(&m, false, s.heading[s.units[i].sent]))
	m.score = float32(score)
	s.mentions = append(s.mentions, m)
	return &s.mentions[len(s.mentions)-1]
}

// heldUnknown reports whether a division follows the mention: "Ten Mile, Tenn.".
func (s *scan) heldUnknown(m *mention) bool {
	k := int(m.end)
	if k+1 >= len(s.units) || s.units[k].span.Of(s.d.Text) != "," || s.units[k+1].sent != s.units[m.first].sent || !s.units[k+1].capital {
		return false
	}
	n := s.longest(k+1, true)
	return n.end > 0 && s.isDivision(n.bearers)
}

// anchor returns the mention that says best where m lies: a town in the same
// sentence, else the last one before, else the first one after.
func (s *scan) anchor(m *mention) *mention {
	var a *mention
	rank := 0.0
	for i := range s.mentions {
		o := &s.mentions[i]
		if o.unknown || o.score < accepted || o.given >= 0 && o == m {
			continue
		}
		g := &s.groups[o.group]
		if g.best < 0 || g.demo {
			continue
		}
		r := 0.0
		switch g.cands[g.best].class {
		case classCity, classDistrict:
			r = 3
		case classAdmin2:
			r = 2.5
		case classAdmin1:
			r = 1
		default:
			continue
		}
		gap := float64(o.first - m.first)
		if gap < 0 {
			gap = -gap
		} else {
			gap *= 1.3
		}
		if s.units[o.first].sent != s.units[m.first].sent {
			r--
			gap += 10
		}
		if o.part == wordNamesake || o.part == wordStreet {
			r--
		}
		r -= gap / 60
		if c := g.cands[g.best].country; c >= 0 && c == s.focus {
			r += 0.7
		}
		if o.holds && o.first >= m.end && o.first-m.end <= 1 {
			r += 2
		}
		if a == nil || r > rank {
			a, rank = o, r
		}
	}
	return a
}

// near makes the location of a name that the gazetteer lacks, at its anchor.
func (s *scan) near(m *mention, l *doc.Location) bool {
	a := s.anchor(m)
	l.Use = doc.Literal
	l.Place = record.Place{Name: m.span.Of(s.d.Text), Type: "locality"}
	if n := s.name(s.units[m.first].tok); s.units[m.end-1].class&(wordStreet|wordSite) != 0 || (n != nil && n.Kind == doc.FAC) {
		l.Place.Type = "facility"
	}
	if a == nil {
		return true
	}
	g := &s.groups[a.group]
	c := s.chosen(g, a)
	p := s.g.place(g.cands[c].ref)
	l.Place.Country, l.Place.Admin1 = record.Ptr(p.Country), record.Ptr(p.Admin1)
	l.Place.Lat, l.Place.Lon = coordinate(p.Lat), coordinate(p.Lon)
	l.Place.Why = []string{"near " + p.Name + ", which the text names beside it"}
	return true
}

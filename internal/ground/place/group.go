package place

import "casus/internal/record"

// A groupOf is one name in a document, with the places that bear it.
type groupOf struct {
	key    string
	cands  []cand
	fixed  bool          // a country or region of the tables by hand bears it
	state  bool          // a country bears it
	demo   bool          // it is a demonym
	count  int           // mentions that count
	best   int           // into cands, -1 for none
	record *record.Place // of the best, once made
}

// A cand is a place that may be meant.
type cand struct {
	ref      int32
	kind     nameKind
	class    class
	main     bool  // the name is its own, not an alias
	country  int16 // into facts.country, or -1
	a1, a2   int32 // rows, or -1
	lat, lon float64
	prior    float64
	score    float64
	p        float64 // share among the candidates
}

// group returns the index of the group with the key, made of the bearers when new.
func (s *scan) group(key string, bearers []bearer) int32 {
	if i, ok := s.byKey[key]; ok {
		if len(s.groups[i].cands) == 0 && len(bearers) > 0 {
			s.fill(&s.groups[i], bearers)
		}
		return i
	}
	i := int32(len(s.groups))
	s.byKey[key] = i
	s.groups = append(s.groups, groupOf{key: key, best: -1})
	s.fill(&s.groups[i], bearers)
	return i
}

func (s *scan) fill(g *groupOf, bearers []bearer) {
	g.cands = make([]cand, 0, len(bearers))
	for _, b := range bearers {
		c := s.cand(b)
		if c.class == classCountry || c.class == classRegion {
			g.fixed = true
			g.state = g.state || c.class == classCountry
		}
		if b.kind == nameShort || b.kind == nameAfter || b.hand {
			g.fixed = true
		}
		if b.kind == nameAdjective || b.kind == namePeople {
			g.demo = true
		}
		g.cands = append(g.cands, c)
	}
	s.mains(g)
	if g.demo {
		g.fixed = true
		for i := range g.cands {
			if c := &g.cands[i]; c.kind == nameProper && c.class <= classAdmin2 {
				c.prior -= insideState // the town of English, Indiana
			}
		}
	}
}

func (s *scan) cand(b bearer) cand {
	c := cand{ref: b.ref, kind: b.kind, class: s.g.classOf(b.ref), prior: s.g.prior(b.ref), country: -1, a1: -1, a2: -1, main: true}
	if b.ref < 0 {
		f := &s.g.f.list[^b.ref]
		c.lat, c.lon = f.lat, f.lon
		if i, ok := s.g.f.byCode[f.country]; ok {
			c.country = int16(i)
		}
		return c
	}
	c.lat, c.lon = s.g.t.lat(b.ref), s.g.t.lon(b.ref)
	if i, ok := s.g.f.byCode[s.g.t.country(b.ref)]; ok {
		c.country = int16(i)
	}
	c.a1, c.a2 = s.g.t.a1(b.ref), s.g.t.a2(b.ref)
	if b.kind != nameProper {
		c.prior += demonymGain
	}
	return c
}

// Aliases mislead: GeoNames lists old and foreign names.
const (
	aliasAlone  = 1.0 // what the prior of an alias loses
	aliasBeside = 2.5 // and beside a better known place whose own name it is
	insideState = 8.0 // what a town or division loses beside the country of its name
	demonymGain = 4.0 // a demonym or short form is never by chance
)

// mains marks the likely candidates whose own name the key is, and weighs the
// others against them.
func (s *scan) mains(g *groupOf) {
	top := -10.0
	for i := range g.cands {
		top = max(top, g.cands[i].prior)
	}
	best := -10.0 // of those of their own name
	for i := range g.cands {
		c := &g.cands[i]
		if c.ref >= 0 && c.kind == nameProper && c.prior >= top-5 {
			c.main = s.proper(c, g.key)
		}
		if c.main {
			best = max(best, c.prior)
		}
	}
	for i := range g.cands {
		c := &g.cands[i]
		switch {
		case c.main:
		case best > c.prior:
			c.prior -= aliasBeside
		default:
			c.prior -= aliasAlone
		}
	}
	s.seats(g)
}

// proper reports whether the key is the name of the candidate, or that of a
// division without the word for its kind.
func (s *scan) proper(c *cand, key string) bool {
	s.buf = appendFold(s.buf[:0], string(s.g.t.name(c.ref)))
	if string(s.buf) == key {
		return true
	}
	return c.class == classAdmin1 && len(s.buf) > len(key) && string(s.buf[:len(key)]) == key && s.buf[len(key)] == ' '
}

// seats prefers the main town of a division of the same name to the division,
// and a country to what is named after it in it.
func (s *scan) seats(g *groupOf) {
	for i := range g.cands {
		d := &g.cands[i]
		if d.class == classCountry && d.kind == nameProper {
			for j := range g.cands {
				if t := &g.cands[j]; t.class < classCountry && t.country == d.country {
					t.prior -= insideState
				}
			}
		}
		if d.class != classAdmin1 || d.kind != nameProper {
			continue
		}
		for j := range g.cands {
			t := &g.cands[j]
			if t.class == classCity && t.a1 == d.ref && (t.main || t.prior > 4.5) && t.prior >= d.prior-2.2 {
				d.prior = min(d.prior, t.prior-0.1)
			}
		}
	}
}

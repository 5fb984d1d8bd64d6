package place

import (
	"bytes"
	"math"
	"strings"

	"casus/internal/text"
)

// A mention is a run of units that names a place, perhaps.
type mention struct {
	first, end int32 // units
	span       text.Span
	group      int32
	score      float32   // evidence that a place is meant at all
	part       wordClass // what it is part of: wordBody, wordSite, wordNamesake or wordStreet, or 0
	holder     int32     // the mention that says where it lies ("Paris, Texas"), or -1
	holds      bool      // another mention lies in it
	hint       wordClass // wordSettlement, wordProvince …: what the words beside it call it
	given      int32     // index of the span given by the caller, or -1
	unknown    bool      // a name of a place that the gazetteer lacks
}

// maxWords is how many units a name may have.
const maxWords = 8

// A match is what the tables know of a run of units.
type match struct {
	end     int
	key     string
	bearers []bearer
	shorter *match // of the same beginning, or nil
}

// longest returns the longest name that begins at unit i. after admits the
// short forms that need a place before them.
func (s *scan) longest(i int, after bool) (m match) {
	d := s.d
	for j := i; j < len(s.units) && j < i+maxWords && s.units[j].sent == s.units[i].sent; j++ {
		u := &s.units[j]
		if j > i && strings.IndexByte(d.Text[s.units[j-1].span.End:u.span.Start], '\n') >= 0 {
			break
		}
		if !u.word {
			if w := u.span.Of(d.Text); j == i || (!joins(w) && (w[0] < '0' || w[0] > '9')) {
				break
			}
		} else if !u.capital && u.class&wordLink == 0 && (j-i < 2 || !s.possessive(j)) {
			break
		}
		s.buf = appendFold(s.buf[:0], s.words(i, j+1))
		var more bool
		s.rows, more = s.g.t.find(s.buf, s.rows[:0])
		if u.capital || (j-i >= 2 && s.possessive(j)) {
			if b := s.bearers(i, j+1, after); len(b) > 0 {
				n := match{end: j + 1, key: string(s.buf), bearers: b}
				if m.end > 0 {
					n.shorter = &match{end: m.end, key: m.key, bearers: m.bearers}
				}
				m = n
			}
		}
		if !more && !s.g.f.prefixes[string(s.buf)] && !short(s.buf) {
			break
		}
	}
	return m
}

// short reports whether the folded words end in a short form that is written
// out before another word.
func short(folded []byte) bool {
	switch string(folded[bytes.LastIndexByte(folded, ' ')+1:]) {
	case "st", "ste", "mt", "ft":
		return true
	}
	return false
}

func joins(w string) bool {
	switch w {
	case "-", "–", "'", "’", ".", "&", ",", "‑":
		return true
	}
	return false
}

// possessive reports whether unit j is an "'s" written together with the unit
// before: part of the name in "St. John's".
func (s *scan) possessive(j int) bool {
	if j == 0 || s.units[j].span.Start != s.units[j-1].span.End {
		return false
	}
	w := s.units[j].span.Of(s.d.Text)
	return w == "'s" || w == "’s"
}

// bearers returns the places that the units [i, j) may name. Their folded words
// are in s.buf and the rows of those in s.rows.
func (s *scan) bearers(i, j int, after bool) []bearer {
	words := s.words(i, j)
	upper := strings.ToUpper(words) == words
	dotted := strings.IndexByte(words, '.') >= 0 || (s.units[j-1].span.End < int32(len(s.d.Text)) && s.d.Text[s.units[j-1].span.End] == '.')
	short := len(s.buf) <= 3
	shout := s.heading[s.units[i].sent].upper
	from := len(s.bearer)
	out := s.bearer
	for _, b := range s.g.f.names[string(s.buf)] {
		if b.the && (i == 0 || !s.isThe(i-1) || (s.adjacent(j) && s.units[j].capital)) {
			continue // "the Gulf", and not "the Gulf War"
		}
		switch b.kind {
		case nameAfter:
			if !after || (!upper && !dotted) {
				continue
			}
		case nameShort:
			if len(s.buf) <= 2 && !upper || (shout && short && !dotted) {
				continue
			}
		default:
			if short && (!upper || (shout && strings.IndexByte(words, '.') < 0)) {
				continue
			}
		}
		out = append(out, b)
	}
	if strings.IndexByte(words, ',') < 0 && (!short || !upper || shout || after) && len(s.buf) >= 3 {
		facts := out[from:]
		for _, r := range s.rows {
			if !s.has(facts, r) {
				out = append(out, bearer{ref: r})
			}
		}
	}
	s.bearer = out
	return out[from:len(out):len(out)]
}

// isThe reports whether unit i is the article.
func (s *scan) isThe(i int) bool {
	w := s.units[i].span.Of(s.d.Text)
	return w == "the" || w == "The"
}

// has reports whether the list holds the row, or a fact laid over it.
func (s *scan) has(list []bearer, row int32) bool {
	for _, b := range list {
		if b.ref == row {
			return true
		}
		if b.ref < 0 {
			if f := &s.g.f.list[^b.ref]; f.id != 0 && f.kind != factMetonym && f.id == s.g.t.id(row) {
				return true
			}
		}
	}
	return false
}

// match finds all mentions, in order.
func (s *scan) match() {
	for i := 0; i < len(s.units); {
		if !s.units[i].capital {
			i++
			continue
		}
		if end := s.facility(i); end > i {
			s.unknown(i, end)
			i = end
			continue
		}
		m := s.longest(i, false)
		if m.end == 0 {
			i = s.unmatched(i)
			continue
		}
		i = s.chain(i, m)
	}
}

// chain adds the match that begins at unit i and the places that follow it as
// what it lies in: "Paris, Lamar County, Texas". It returns the next unit.
func (s *scan) chain(i int, m match) int {
	at := s.add(i, m)
	if s.mentions[at].score < accepted && m.shorter != nil {
		// "Denver City Council" is not of Denver City.
		if b := s.add(i, *m.shorter); s.mentions[b].score >= accepted {
			s.mentions[at] = s.mentions[b]
		}
		s.mentions = s.mentions[:len(s.mentions)-1]
	}
	for {
		last := &s.mentions[at]
		k := int(last.end)
		if k < len(s.units) && (s.units[k].span.Of(s.d.Text) == "," || s.units[k].span.Of(s.d.Text) == "(") && s.units[k].sent == s.units[k-1].sent {
			k++
		}
		if k >= len(s.units) || s.units[k].sent != s.units[k-1].sent || !s.units[k].capital || strings.IndexByte(s.d.Text[s.units[k-1].span.End:s.units[k].span.Start], '\n') >= 0 {
			return int(last.end)
		}
		n := s.longest(k, true)
		if n.end == 0 {
			return int(last.end)
		}
		comma := k > int(last.end)
		if !s.holds(last.group, n.bearers) || (!comma && n.end-k == 1 && !s.units[k].upper && !s.isDivision(n.bearers)) {
			if s.onlyAfter(n.bearers) {
				return int(last.end)
			}
			if !comma {
				return int(last.end)
			}
			return k
		}
		next := s.add(k, n)
		s.mentions[at].holder = next
		s.mentions[next].holds = true
		s.mentions[at].score += 4
		s.mentions[next].score += 2
		at = next
	}
}

func (s *scan) onlyAfter(list []bearer) bool {
	for _, b := range list {
		if b.kind != nameAfter {
			return false
		}
	}
	return true
}

func (s *scan) isDivision(list []bearer) bool {
	for _, b := range list {
		if b.kind == nameShort || b.kind == nameAfter {
			return true
		}
		switch s.g.classOf(b.ref) {
		case classAdmin1, classCountry:
			return b.kind == nameProper
		}
	}
	return false
}

// holds reports whether one of the bearers is a division or country that one of the group's lies in.
func (s *scan) holds(group int32, list []bearer) bool {
	g := &s.groups[group]
	for _, b := range list {
		if b.kind == nameAdjective || b.kind == namePeople {
			continue
		}
		for i := range g.cands {
			if s.within(&g.cands[i], b.ref) {
				return true
			}
		}
	}
	return false
}

// within reports whether the candidate lies in the division, country or region, and is not it.
func (s *scan) within(c *cand, ref int32) bool {
	if c.ref == ref {
		return false
	}
	if ref < 0 {
		f := &s.g.f.list[^ref]
		switch {
		case f.kind == factCountry:
			return c.country >= 0 && s.g.f.country[c.country].ISO3 == f.country && c.class != classCountry
		case f.kind == factRegion && f.id != 0 && c.a1 >= 0:
			return s.g.t.id(c.a1) == f.id
		case f.kind == factRegion && (f.typ == "region" || f.typ == "island" || f.typ == "admin1"):
			return c.class <= classAdmin2 && (f.country == "" || (c.country >= 0 && s.g.f.country[c.country].ISO3 == f.country)) && distance(c.lat, c.lon, f.lat, f.lon) < 300
		}
		return false
	}
	switch s.g.classOf(ref) {
	case classAdmin1:
		return c.a1 == ref
	case classAdmin2:
		return c.a2 == ref || (c.class == classCity && c.a2 >= 0 && c.a1 == s.g.t.a1(ref) && distance(c.lat, c.lon, s.g.t.lat(ref), s.g.t.lon(ref)) < 60)
	case classCity:
		// "Little Portugal, Toronto": what lies near a large city.
		return c.class <= classDistrict && s.g.t.pop(ref) > 200_000 && distance(c.lat, c.lon, s.g.t.lat(ref), s.g.t.lon(ref)) < 40
	}
	return false
}

// distance returns kilometres along the great circle.
func distance(lat1, lon1, lat2, lon2 float64) float64 {
	const rad = math.Pi / 180
	a, b := math.Sin((lat2-lat1)*rad/2), math.Sin((lon2-lon1)*rad/2)
	h := a*a + math.Cos(lat1*rad)*math.Cos(lat2*rad)*b*b
	return 12742 * math.Asin(math.Min(1, math.Sqrt(h)))
}

// add appends the mention that the match makes and returns its index.
func (s *scan) add(i int, m match) int32 {
	n := mention{first: int32(i), end: int32(m.end), span: text.Span{Start: s.units[i].span.Start, End: s.units[m.end-1].span.End}, holder: -1, given: -1}
	n.group = s.group(m.key, m.bearers)
	s.judge(&n)
	s.mentions = append(s.mentions, n)
	return int32(len(s.mentions) - 1)
}

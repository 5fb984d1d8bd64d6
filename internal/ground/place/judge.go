package place

import (
	"math"
	"strings"

	"casus/internal/doc"
)

// accepted is the evidence from which on a mention counts as the name of a place.
const accepted = 2

// never is more than all evidence makes up for.
const never = 20

// judge weighs what tells that the mention names a place.
func (s *scan) judge(m *mention) {
	g := &s.groups[m.group]
	first := &s.units[m.first]
	single := m.end-m.first == 1
	h := s.heading[first.sent]
	score := s.strength(g)
	fixed := g.fixed // a country or region: few other things have its name
	if !single {
		score += 1.5
		if s.r.words[g.key]&wordStop != 0 {
			score -= never
		}
	}
	s.partOf(m)
	score += s.named(m, fixed)
	score += s.before(m, fixed, h)
	score += s.after(m, fixed, h)
	if s.saint(m) {
		score -= 5
	}
	if single {
		if first.class&wordStop != 0 && !(fixed && first.upper) {
			score -= never
		}
		if first.class&wordCommon != 0 && !fixed {
			score--
			if first.initial || h.title || s.lower[g.key] {
				score -= 2
			}
		}
		if first.class&(wordTitle|wordGiven) != 0 && !fixed {
			score--
		}
		if !fixed {
			score += s.usual(g.key, first.initial || h.title)
		}
		if !fixed && first.upper && !h.upper && first.span.Len() <= 5 && !s.dateline(m) {
			score -= 2
		}
		if s.people[g.key] && !(fixed && s.ner) {
			score -= 3
			if s.ner && !s.afterPlacePreposition(m) {
				score -= 3 // somebody of the text has this family name
			}
		}
		if first.initial && !fixed {
			score -= 0.5
		}
	}

	m.score = float32(score)
}

// saint reports whether the mention names the saint of a church: "the church of
// St. Peter and St. Paul", "St. Mark's Cathedral".
func (s *scan) saint(m *mention) bool {
	if !strings.HasPrefix(s.groups[m.group].key, "saint ") && !strings.HasPrefix(s.groups[m.group].key, "sainte ") {
		return false
	}
	if m.part == wordSite && int(m.end) < len(s.units) && s.units[m.end].span.Start == s.units[m.end-1].span.End {
		return true
	}
	i := int(m.first) - 1
	for k := 0; k < 4 && i > 0; k++ { // over "St. Peter and"
		if s.units[i].span.Of(s.d.Text) == "of" {
			return s.units[i-1].class&wordSite != 0
		}
		if !s.units[i].capital && s.units[i].class&wordLink == 0 {
			break
		}
		i--
	}
	return false
}

// usual weighs how news uses the word: "Jones" is seldom a town, "Austin" mostly.
func (s *scan) usual(word string, initial bool) float64 {
	u, ok := s.r.usage[word]
	if !ok {
		return 0
	}
	v := min(0.8, math.Log2((float64(u.place)+1)/20))
	if u.lower >= 40 {
		v -= 0.5
		if initial {
			v -= 1.5
		}
	}
	if s.ner {
		v *= 0.7
	}
	return v
}

// strength says how well known the best bearer of the name is.
func (s *scan) strength(g *groupOf) float64 {
	if g.fixed {
		return 4
	}
	best := -3.0
	for i := range g.cands {
		c := &g.cands[i]
		v := 0.0
		switch c.class {
		case classAdmin1:
			v = 1.2 + (c.prior-6)*0.9
		case classAdmin2:
			v = (c.prior - 4.3) * 0.9
			if s.r.words[g.key[strings.LastIndexByte(g.key, ' ')+1:]]&wordCounty != 0 {
				v += 2.5 // "Laurel County" is nothing else
			}
		case classNature:
			v = -0.5
		case classMetonym:
			v = 3
		default:
			v = (c.prior - 4.3) * 1.3
		}
		best = max(best, v)
	}
	return min(best, 3)
}

// dateline reports whether the mention opens a paragraph in capitals: "LONDON (Reuters) -".
func (s *scan) dateline(m *mention) bool {
	if int(m.end) >= len(s.units) || !s.units[m.first].initial {
		return false
	}
	switch s.units[m.end].span.Of(s.d.Text) {
	case ",", "(", "-", "–", "—", "--", ":":
		return true
	}
	return false
}

// named weighs the name that the language model saw here.
func (s *scan) named(m *mention, fixed bool) float64 {
	if !s.ner {
		return 0
	}
	first, last := s.units[m.first].tok, s.units[m.end-1].tok
	n := s.name(first)
	if n == nil {
		n = s.name(last)
	}
	if n == nil {
		if fixed {
			return -0.5
		}
		return -1.5
	}
	exact := n.First >= first && n.End-1 <= last
	single := m.end-m.first == 1
	switch n.Kind {
	case doc.GPE, doc.LOC:
		switch {
		case exact && n.Kind == doc.LOC && !fixed:
			return 3 // a name of a place that no one else takes for one
		case exact:
			return 4.5
		case n.First == first:
			if s.headOfName(n)&(placeNoun|wordBody) == 0 {
				return 0.5 // "Chiang Kai Shek"
			}
			return 3
		case s.units[m.first-1].class&wordDirection != 0:
			return 3 // "Northern Virginia"
		}
		return 0
	case doc.FAC:
		return 2
	case doc.NORP:
		return 3
	case doc.PER:
		switch {
		case exact && fixed:
			return -2.5
		case exact && !single:
			return -1
		case exact:
			return s.mistaken(m)
		}
		return -7
	case doc.ORG:
		switch {
		case exact:
			return -0.5
		case n.First != first:
			return -2
		}
		return 0
	}
	if exact {
		return -1
	}
	return -2
}

// headOfName returns what the last word of the name tells.
func (s *scan) headOfName(n *doc.Name) wordClass {
	s.buf = appendFold(s.buf[:0], s.d.Word(n.End-1))
	return s.r.words[string(s.buf)] | s.r.words.plural(s.buf)
}

// mistaken weighs a single name that the language model took for a person's:
// less when news uses the word for a place.
func (s *scan) mistaken(m *mention) float64 {
	g := &s.groups[m.group]
	if u, ok := s.r.usage[g.key]; ok {
		return -4 + min(3, max(0, 0.25*(float64(u.place)-12)))
	}
	for i := range g.cands {
		if c := &g.cands[i]; c.class == classAdmin1 && c.main {
			return -2
		}
	}
	return -3.5
}

// before weighs the words before the mention.
func (s *scan) before(m *mention, fixed bool, h heading) float64 {
	i := int(m.first) - 1
	if i < 0 || s.units[i].sent != s.units[m.first].sent {
		return 0
	}
	score := 0.0
	single := m.end-m.first == 1
	u := &s.units[i]
	if u.class&wordTitle != 0 && s.adjacent(i+1) && single && !h.title {
		// "President Lincoln"; but "the mayor of", "Mayor London" is rare.
		if u.capital || u.class&wordBody == 0 {
			if fixed {
				score -= 1.5
			} else {
				score -= 5
			}
		}
	} else if u.capital && u.class&wordGiven != 0 && s.adjacent(i+1) && single {
		score -= 4
	} else if u.capital && s.adjacent(i+1) && !h.title && u.class&(wordStop|wordDirection|wordBody|wordSite|wordSettlement|wordProvince|wordLocative) == 0 && !s.placeAt(i) {
		if s.ner {
			score -= 0.7
		} else if single && !fixed {
			score -= 3
		}
	}
	if w := u.span.Of(s.d.Text); w == "of" && i > 0 && (s.units[i-1].span.Of(s.d.Text) == "," || (s.units[i-1].capital && !h.title && s.units[i-1].class&(wordBody|wordSite|wordNamesake) == 0)) {
		return score + 2 // "Jane Roe, 41, of Grovetown"
	} else if u.capital && u.upper && len(w) <= 3 && s.d.Text[u.span.End] == '-' && s.r.words[strings.ToLower(w)]&wordParty != 0 {
		return score + 3 // "R-Elbow Lake"
	}
	// The preposition may stand before an article, a direction or a noun: "in the northern city of Mosul".
	for k := 0; k < 5 && i >= 0 && s.units[i].sent == s.units[m.first].sent; k++ {
		u := &s.units[i]
		w := u.span.Of(s.d.Text)
		if u.class&(wordSettlement|wordProvince|wordCounty) != 0 && !u.capital && m.hint == 0 {
			m.hint = u.class & (wordSettlement | wordProvince | wordCounty)
			score++
		}
		if u.class&wordStrong != 0 && !u.capital || (k == 0 && u.class&wordStrong != 0 && u.initial) {
			return score + 2
		}
		if u.class&wordLocative != 0 && w != "of" {
			return score + 1
		}
		if w == "of" || w == "the" || u.class&(wordDirection|wordSettlement|wordProvince|wordCounty) != 0 {
			i--
			continue
		}
		break
	}
	return score
}

// placeAt reports whether a mention that counts covers unit i.
func (s *scan) placeAt(i int) bool {
	if n := len(s.mentions); n > 0 {
		m := &s.mentions[n-1]
		return int(m.first) <= i && i < int(m.end) && m.score >= accepted
	}
	return false
}

// after weighs the words after the mention.
func (s *scan) after(m *mention, fixed bool, h heading) float64 {
	j := int(m.end)
	if j >= len(s.units) || s.units[j].sent != s.units[m.first].sent {
		return 0
	}
	u := &s.units[j]
	if !s.adjacent(j) {
		return 0
	}
	if c := u.class & (wordProvince | wordCounty | wordSettlement); c != 0 && (c&wordSettlement == 0 || !u.capital) {
		m.hint = c
		return 1
	}
	if !u.capital {
		if u.class&wordBody != 0 {
			return 1.5 // "Danbury police"
		}
		return 0
	}
	if h.title {
		return 0
	}
	if s.units[m.end-1].class&wordDirection != 0 && m.end-m.first == 1 {
		return -6 // "Western State Hospital"
	}
	if m.part != 0 {
		if m.part == wordNamesake || m.part == wordStreet {
			return 0
		}
		return 1
	}
	if f := s.units[m.first].class; !s.ner && fixed && f&wordGiven != 0 && m.end-m.first == 1 && u.class&(wordStop|wordBody|wordSite|wordNamesake) == 0 {
		return -4 // "Jordan Pickford"
	}
	if s.ner || fixed || u.class&(wordStop|wordBody|wordSite|wordTitle|wordDirection) != 0 {
		return 0
	}
	if m.end-m.first == 1 {
		return -2.5
	}
	return -1
}

// partOf finds the longer name that the mention is part of, and by its head
// says what becomes of the mention: "Leeds Council", "University of Kent".
func (s *scan) partOf(m *mention) {
	j := int(m.end)
	end := j
	n := s.name(s.units[m.first].tok)
	if n != nil && n.Kind != doc.PER && n.End-1 > s.units[m.end-1].tok {
		for end < len(s.units) && s.units[end].tok < n.End {
			end++
		}
	} else if n == nil || !s.ner || n.End-1 <= s.units[m.end-1].tok {
		for end < len(s.units) && end < j+6 && s.adjacent(end) && s.units[end].capital && !s.heading[s.units[end].sent].title {
			end++
		}
	}
	if j < end && s.units[j].class&wordSchool != 0 {
		m.part = wordNamesake
		return
	}
	// The head is the last noun of the run before "of", else the first word that tells.
	for k := end - 1; k >= j; k-- {
		if c := s.units[k].class & (wordNamesake | wordBody | wordSite | wordStreet); c != 0 {
			m.part = kindOfPart(c)
			return
		}
	}
	if j < len(s.units) && s.adjacent(j) && s.units[j].class&wordStrain != 0 {
		m.part = wordNamesake // "the Marburg virus"
		return
	}
	if end > j && n != nil && n.Kind == doc.ORG {
		m.part = wordNamesake
		return
	}
	i := int(m.first) - 1
	if i > 0 && s.units[i].span.Of(s.d.Text) == "the" {
		i--
	}
	if i > 0 && s.units[i].span.Of(s.d.Text) == "of" && s.units[i-1].capital {
		c := s.units[i-1].class & (wordNamesake | wordBody | wordSite)
		if c == 0 {
			return
		}
		m.part = kindOfPart(c)
		if m.part == wordNamesake && c&wordSite == 0 && s.units[i-1].class&wordNamesake != 0 {
			// A university or bank "of" a place lies in it.
			m.part = wordSite
		}
	}
}

func kindOfPart(c wordClass) wordClass {
	for _, k := range []wordClass{wordStreet, wordNamesake, wordSite, wordBody} {
		if c&k != 0 {
			return k
		}
	}
	return 0
}

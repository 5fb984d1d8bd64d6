package place

import (
	"math"
	"sort"

	"casus/internal/text"
)

// Weights of the context, in units of the prior: one is a tenfold population.
const (
	wHolder  = 6.0 // "X, Y": X lies in Y
	wCountry = 1.2 // each doubling of the evidence for the country
	wAdmin1  = 1.4 // and for the divisions
	wAdmin2  = 1.4
	perVote  = 2.0 // how fast the evidence doubles
	wOutlet  = 1.2 // the publisher is at home in the country
	wContain = 3.0 // and Y is what X may lie in
	wSibling = 1.0 // other divisions of the country are named
	wHint    = 2.0 // "the province of X"

	sharpness = 1.3 // of the shares that candidates take of a vote
	rounds    = 3
	leastVote = 0.02

	// Evidence that a mention may lack when the same name counts elsewhere, and
	// when the place lies where the rest of the document does.
	promoteSame    = 4.0
	promoteContext = 3.5
	wSupport       = 0.8
)

// resolve decides which mentions count and which place each name means.
func (s *scan) resolve() {
	s.count()
	s.address()
	s.base()
	s.settle()
	if s.promote() {
		s.settle()
	}
	for i := range s.groups {
		g := &s.groups[i]
		g.best = best(g.cands)
	}
	s.focus = s.votes().top()
}

// settle lets the names vote until their shares settle.
func (s *scan) settle() {
	for range rounds {
		v := s.votes()
		for i := range s.groups {
			s.weigh(&s.groups[i], v)
		}
	}
}

// promote lets mentions count that lack a little evidence of their own and are
// borne by a place where the rest of the document lies. It reports whether any do.
func (s *scan) promote() bool {
	any := false
	for i := range s.mentions {
		m := &s.mentions[i]
		if m.score >= accepted || m.score < accepted-promoteContext {
			continue
		}
		g := &s.groups[m.group]
		b := best(g.cands)
		if b < 0 || s.people[g.key] {
			continue
		}
		m.score += float32(min(promoteContext, max(0, wSupport*(g.cands[b].score-g.cands[b].prior-1))))
		any = any || m.score >= accepted
	}
	if any {
		for i := range s.groups {
			s.groups[i].count = 0
		}
		s.count()
	}
	return any
}

func best(cands []cand) int {
	b := -1
	for i := range cands {
		if b < 0 || cands[i].score > cands[b].score {
			b = i
		}
	}
	return b
}

// count decides which mentions count: those with evidence enough, and weaker
// ones of a name that counts elsewhere.
func (s *scan) count() {
	top := make([]float32, len(s.groups))
	for i := range s.mentions {
		m := &s.mentions[i]
		top[m.group] = max(top[m.group], m.score)
	}
	for i := range s.mentions {
		m := &s.mentions[i]
		lack := float32(promoteSame)
		if m.unknown {
			lack = 2
		}
		if m.score < accepted && top[m.group] >= accepted+1 && m.score >= accepted-lack {
			m.score = accepted
		}
		if m.score >= accepted || m.given >= 0 {
			s.groups[m.group].count++
		}
	}
}

// base sets what does not change from round to round.
func (s *scan) base() {
	s.home = s.publisher()
	for i := range s.groups {
		g := &s.groups[i]
		for k := range g.cands {
			c := &g.cands[k]
			if c.country >= 0 && c.country == s.home && c.class <= classAdmin1 {
				c.prior += wOutlet
			}
			c.score = c.prior
		}
	}
	for i := range s.mentions {
		m := &s.mentions[i]
		g := &s.groups[m.group]
		if m.hint != 0 {
			s.hint(g, m)
		}
		if m.holder >= 0 {
			s.hold(g, m)
			s.contain(&s.groups[s.mentions[m.holder].group], g)
		}
	}
	for i := range s.groups {
		share(s.groups[i].cands)
	}
}

// hint prefers the kind of place that the words beside the mention call it.
func (s *scan) hint(g *groupOf, m *mention) {
	for i := range g.cands {
		c := &g.cands[i]
		fits := false
		switch {
		case m.hint&wordProvince != 0:
			fits = c.class == classAdmin1
		case m.hint&wordCounty != 0:
			fits = c.class == classAdmin2
		case m.hint&wordSettlement != 0:
			fits = c.class == classCity
		}
		if fits && c.prior < c.score+wHint {
			c.prior = c.score + wHint
		}
	}
}

// hold prefers the candidates that lie in what follows the mention.
func (s *scan) hold(g *groupOf, m *mention) {
	for i := range g.cands {
		c := &g.cands[i]
		if s.heldBy(c, &s.groups[s.mentions[m.holder].group]) {
			c.prior = max(c.prior, c.score+wHolder)
		}
	}
}

// contain prefers the candidates of h that something of g lies in: in "Athens,
// Georgia" the state.
func (s *scan) contain(h, g *groupOf) {
	for i := range h.cands {
		c := &h.cands[i]
		for k := range g.cands {
			if s.within(&g.cands[k], c.ref) {
				c.prior = max(c.prior, c.score+wContain)
				break
			}
		}
	}
}

func (s *scan) heldBy(c *cand, h *groupOf) bool {
	for i := range h.cands {
		if h.cands[i].prior > 2 && s.within(c, h.cands[i].ref) {
			return true
		}
	}
	return false
}

// share turns scores into shares of a vote.
func share(cands []cand) {
	if len(cands) == 0 {
		return
	}
	for i := range cands {
		if cands[i].score < cands[i].prior {
			cands[i].score = cands[i].prior
		}
	}
	top := cands[best(cands)].score
	sum := 0.0
	for i := range cands {
		cands[i].p = math.Exp(sharpness * (cands[i].score - top))
		sum += cands[i].p
	}
	for i := range cands {
		cands[i].p /= sum
	}
}

// tally is what the names of a document say together.
type tally struct {
	country map[int16]float64
	parts   map[int16]float64 // of the country: what its divisions alone say
	a1, a2  map[int32]float64
	voted   [32]uint64 // a bit for each row that may have votes: most candidates have none
}

func (t *tally) add(m map[int32]float64, row int32, w float64) {
	m[row] += w
	t.voted[row>>6&31] |= 1 << (row & 63)
}

// of returns the votes for the row.
func (t *tally) of(m map[int32]float64, row int32) float64 {
	if t.voted[row>>6&31]&(1<<(row&63)) == 0 {
		return 0
	}
	return m[row]
}

func newTally() tally {
	return tally{country: map[int16]float64{}, parts: map[int16]float64{}, a1: map[int32]float64{}, a2: map[int32]float64{}}
}

// top returns the country with most votes, or -1.
func (t *tally) top() int16 {
	b, most := int16(-1), 0.0
	for c, v := range t.country {
		if v > most || v == most && c < b {
			b, most = c, v
		}
	}
	return b
}

func (t *tally) clear() {
	clear(t.country)
	clear(t.parts)
	clear(t.a1)
	clear(t.a2)
	t.voted = [32]uint64{}
}

// votes adds up the shares of all names that count.
func (s *scan) votes() *tally {
	v := &s.all
	v.clear()
	for i := range s.groups {
		g := &s.groups[i]
		if g.count == 0 {
			continue
		}
		s.vote(g, voice(g), v)
	}
	return v
}

// voice is the weight of a name that is mentioned g.count times.
func voice(g *groupOf) float64 { return 1 + 0.5*math.Log2(float64(g.count)) }

func (s *scan) vote(g *groupOf, w float64, v *tally) {
	for i := range g.cands {
		c := &g.cands[i]
		if c.p < leastVote {
			continue
		}
		if c.country >= 0 {
			v.country[c.country] += w * c.p
			if c.class == classAdmin1 {
				v.parts[c.country] += w * c.p
			}
		}
		if c.a1 >= 0 {
			v.add(v.a1, c.a1, w*c.p)
		}
		if c.a2 >= 0 {
			v.add(v.a2, c.a2, w*c.p)
		}
	}
}

// weigh sets the scores of the group from what the other names say.
func (s *scan) weigh(g *groupOf, v *tally) {
	if len(g.cands) == 0 {
		return
	}
	own := &s.own
	own.clear()
	if g.count > 0 {
		s.vote(g, voice(g), own)
	}
	for i := range g.cands {
		c := &g.cands[i]
		c.score = c.prior
		if c.class == classCountry || c.class == classRegion || c.class == classMetonym {
			if c.country >= 0 {
				c.score += 0.5 * math.Log2(1+max(0, v.country[c.country]-own.country[c.country]))
			}
			continue
		}
		if c.country >= 0 {
			c.score += wCountry * math.Log2(1+perVote*max(0, v.country[c.country]-own.country[c.country]))
		}
		if c.class == classAdmin1 && c.country >= 0 && g.state {
			c.score += wSibling * math.Log2(1+perVote*max(0, v.parts[c.country]-own.parts[c.country]))
		}
		if c.a1 >= 0 {
			if n := v.of(v.a1, c.a1); n > 0 {
				c.score += wAdmin1 * math.Log2(1+perVote*max(0, n-own.of(own.a1, c.a1)))
			}
		}
		if c.a2 >= 0 {
			if n := v.of(v.a2, c.a2); n > 0 {
				c.score += wAdmin2 * math.Log2(1+perVote*max(0, n-own.of(own.a2, c.a2)))
			}
		}
	}
	share(g.cands)
}

// given adds the spans of the caller as mentions, in place of those found there.
func (s *scan) given(spans []text.Span) {
	for k, sp := range spans {
		i := sort.Search(len(s.units), func(i int) bool { return s.units[i].span.End > sp.Start })
		j := i
		for j < len(s.units) && s.units[j].span.Start < sp.End {
			j++
		}
		if j == i {
			continue
		}
		m := mention{first: int32(i), end: int32(j), span: sp, holder: -1, given: int32(k), score: accepted}
		key, bearers := s.recall(i, j)
		m.group = s.group(key, bearers)
		m.unknown = len(bearers) == 0
		s.judge(&m)
		m.score = max(m.score, accepted)
		for n := range s.mentions {
			if old := &s.mentions[n]; old.first == m.first && old.end == m.end && old.given < 0 {
				m.holder, m.hint = old.holder, old.hint
				old.score = -10 // counted once
			}
		}
		s.mentions = append(s.mentions, m)
	}
}

// recall looks the units [i, j) up, with and without the words around the name
// proper: "the city of Mosul", "northern Iraq", "Anbar province".
func (s *scan) recall(from, j int) (string, []bearer) {
	for i := from; i < j; i++ {
		for e := j; e > i; e-- {
			if e < j && s.units[e].class&(wordProvince|wordCounty|wordSettlement|wordRelief|wordWater|wordDirection) == 0 && s.units[e].word {
				break
			}
			s.buf = appendFold(s.buf[:0], s.words(i, e))
			s.rows, _ = s.g.t.find(s.buf, s.rows[:0])
			if b := s.bearers(i, e, true); len(b) > 0 {
				return string(s.buf), b
			}
		}
		if s.units[i].class&(wordDirection|wordLink|wordStop|wordSettlement|wordProvince) == 0 {
			break
		}
	}
	s.buf = appendFold(s.buf[:0], s.words(from, j))
	return string(s.buf), nil
}

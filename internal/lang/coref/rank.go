package coref

import (
	"fmt"
	"io"
	"io/fs"
	"math"
	"strconv"

	"casus/internal/doc"
	"casus/internal/table"
)

// A ranker scores the antecedents of a pronoun: a log-linear model over small
// features, learned from coreference corpora (tools/coreftrain) and kept as a
// table, en/pronoun-weights.tsv. The class of the pronoun goes into every feature.
type ranker struct {
	w [templates * values * classes]float32
}

const (
	values = 16
	// he/she, they, it; each as subject, possessor, other; then the three of each, then all:
	// what few examples show is learned together.
	classes = 13
)

// Templates of features.
const (
	tDistance = iota
	tRole
	tDistanceRole
	tKind
	tGender
	tNumber
	tSize
	tRank
	tSameRole
	tFirst
	tQuote
	tArticle
	tSyntax
	tTokens
	tNamed
	tLast
	tNull
	tNullSyntax
	templates
)

var templateNames = [templates]string{
	"distance", "role", "distance-role", "kind", "gender", "number", "size", "rank", "same-role", "first", "quote", "article", "syntax", "tokens", "named", "last", "null", "null-syntax",
}

var classNames = [classes]string{
	"he-subject", "he-possessive", "he-other", "they-subject", "they-possessive", "they-other", "it-subject", "it-possessive", "it-other", "he", "they", "it", "all",
}

func index(template, value, class int) int { return (template*values+value)*classes + class }

func loadRanker(fsys fs.FS, name string) (*ranker, error) {
	k := &ranker{}
	ts, cs := map[string]int{}, map[string]int{}
	for i, n := range templateNames {
		ts[n] = i
	}
	for i, n := range classNames {
		cs[n] = i
	}
	err := table.Read(fsys, name, []string{"template", "value", "class", "weight"}, func(r *table.Row) error {
		t, ok := ts[r.Get("template")]
		if !ok {
			return r.Errorf("template %q", r.Get("template"))
		}
		c, ok := cs[r.Get("class")]
		if !ok {
			return r.Errorf("class %q", r.Get("class"))
		}
		v, err := strconv.Atoi(r.Get("value"))
		if err != nil || v < 0 || v >= values {
			return r.Errorf("value %q", r.Get("value"))
		}
		w, err := r.Float("weight", 0)
		if err != nil {
			return err
		}
		k.w[index(t, v, c)] = float32(w)
		return nil
	})
	return k, err
}

// write writes the weights that matter.
func (k *ranker) write(w io.Writer) error {
	if _, err := fmt.Fprint(w, "template\tvalue\tclass\tweight\n"); err != nil {
		return err
	}
	for t := range templates {
		for v := range values {
			for c := range classes {
				if x := k.w[index(t, v, c)]; math.Abs(float64(x)) >= 0.02 {
					if _, err := fmt.Fprintf(w, "%s\t%d\t%s\t%.2f\n", templateNames[t], v, classNames[c], x); err != nil {
						return err
					}
				}
			}
		}
	}
	return nil
}

func (s *scan) classOf(m *mention) int {
	c := 0
	switch {
	case m.gender == "" && m.number == doc.PluralNum:
		c = 3
	case m.gender == doc.Neuter:
		c = 6
	}
	switch m.role {
	case subject:
		return c
	case possessor:
		return c + 1
	}
	return c + 2
}

// A candidate is an antecedent with its features.
type candidate struct {
	mention int32
	entity  int32
	feats   [templates - 2]uint8 // value per template
}

// candidates appends the mentions that the pronoun may take up, nearest first.
// An entity is taken once, at its latest mention.
func (s *scan) candidates(dst []candidate, i int32) []candidate {
	m := &s.m[i]
	here := s.sent[m.Head]
	for back, j := 0, i-1; j >= 0 && back < pronounMentions; back, j = back+1, j-1 {
		c := &s.m[j]
		dist := here - s.sent[c.Head]
		if dist > pronounSentences {
			break
		}
		if c.Entity == doc.NoEntity || c.modifier && c.Kind != doc.PER || c.First <= m.Head && m.Head < c.End {
			continue
		}
		e := s.root(int32(c.Entity))
		x := &s.ents[e]
		if x.speaker || !s.agrees(m, c, x) || s.bound(m, c) {
			continue
		}
		dup := false
		for k := range dst {
			dup = dup || dst[k].entity == e
		}
		if !dup {
			dst = append(dst, candidate{mention: j, entity: e})
		}
	}
	for k := range dst {
		s.features(m, &dst[k], k)
	}
	return dst
}

func bucket(n int, bounds ...int) uint8 {
	for i, b := range bounds {
		if n <= b {
			return uint8(i)
		}
	}
	return uint8(len(bounds))
}

func (s *scan) features(m *mention, k *candidate, rank int) {
	c, x := &s.m[k.mention], &s.ents[k.entity]
	f := &k.feats
	dist := int(s.sent[m.Head] - s.sent[c.Head])
	f[tDistance] = uint8(min(dist, 3))
	f[tRole] = uint8(c.role)
	f[tDistanceRole] = uint8(min(dist, 2)*5) + uint8(c.role)
	f[tKind] = kindValue(m, c, x)
	f[tGender] = 0
	switch {
	case m.gender == "":
		f[tGender] = 2
	case x.gender == m.gender:
		f[tGender] = 1
	}
	f[tNumber] = 0
	if x.number == m.number {
		f[tNumber] = 1
	}
	f[tSize] = bucket(len(x.mentions), 1, 2, 4, 8)
	f[tRank] = bucket(rank, 0, 1, 2, 3, 6)
	f[tSameRole] = uint8(min(dist, 2) * 2)
	if c.role == m.role {
		f[tSameRole]++
	}
	f[tFirst] = uint8(min(dist, 2) * 2)
	if s.opens(k.mention) {
		f[tFirst]++
	}
	pq, cq := s.quoteAt[m.Head], s.quoteAt[c.Head]
	switch {
	case pq == cq && pq == 0:
		f[tQuote] = 0
	case pq == cq:
		f[tQuote] = 1
	case pq != 0 && cq == 0:
		f[tQuote] = 2
	case pq == 0:
		f[tQuote] = 3
	default:
		f[tQuote] = 4
	}
	switch {
	case c.Form == doc.FormPronoun:
		f[tArticle] = 4
	case c.Form == doc.FormName:
		f[tArticle] = 0
	case c.definite:
		f[tArticle] = 1
	case c.indefinite:
		f[tArticle] = 2
	default:
		f[tArticle] = 3
	}
	f[tSyntax] = s.syntax(m, c, dist)
	f[tTokens] = bucket(int(m.Head-c.Head), 3, 6, 10, 15, 20, 30, 50, 80)
	f[tNamed] = 0
	if x.named {
		f[tNamed] = 1
	}
	f[tLast] = 0
	if c.modifier {
		f[tLast] = 1
	} else if c.predicate {
		f[tLast] = 2
	}
}

// kindValue says what the candidate is.
func kindValue(m, c *mention, x *entity) uint8 {
	if c.Form == doc.FormPronoun {
		if c.gender == m.gender && c.number == m.number {
			return 12
		}
		return 13
	}
	switch x.kind {
	case doc.PER:
		return 0
	case doc.ORG:
		return 1
	case doc.GPE, doc.LOC:
		return 2
	case doc.NORP:
		return 3
	}
	if x.named {
		return 4
	}
	return min(4+uint8(x.noun), 11)
}

// opens reports whether the mention is the first of its sentence that is no modifier.
func (s *scan) opens(i int32) bool {
	for j := i - 1; j >= 0 && s.sent[s.m[j].Head] == s.sent[s.m[i].Head]; j-- {
		if !s.m[j].modifier && s.m[j].Entity != doc.NoEntity {
			return false
		}
	}
	return true
}

// syntax relates the candidate to the clause of the pronoun: subject of that
// clause, subject of a clause above it, subject of a clause joined to it.
func (s *scan) syntax(m, c *mention, dist int) uint8 {
	if dist > 0 {
		return 0
	}
	v := s.head(c.Head)
	if v == doc.NoToken {
		return 1
	}
	n := 0
	for u := s.head(m.Head); u != doc.NoToken && n < 12; u, n = s.head(u), n+1 {
		if u == v {
			switch {
			case c.role == subject && n <= 1:
				return 2
			case c.role == subject && n <= 3:
				return 3
			case c.role == subject:
				return 4
			case c.role == object:
				return 5
			}
			return 6
		}
	}
	if s.is(v, "conj") || s.is(v, "advcl") {
		return 7
	}
	return 8
}

// nothing gives the features of a pronoun that takes up no mention.
func (s *scan) nothing(m *mention) (value, syntax int) {
	value = 0
	if s.quoteAt[m.Head] != 0 {
		value = 1
	}
	h := s.head(m.Head)
	if h == doc.NoToken {
		return value, 0
	}
	cop := s.child(h, "cop") != doc.NoToken
	clause := s.child(h, "ccomp", "csubj", "xcomp", "advcl") != doc.NoToken
	switch {
	case m.role != subject:
		return value, 1
	case cop && s.upos(h) == "ADJ" && clause:
		return value, 2
	case cop && s.upos(h) == "ADJ":
		return value, 3
	case cop && s.upos(h) == "NOUN":
		return value, 4
	case cop:
		return value, 5
	case clause:
		return value, 6
	}
	return value, 7
}

func (k *ranker) score(c *candidate, class int) float32 {
	sum := float32(0)
	for t, v := range c.feats {
		sum += k.at(t, int(v), class)
	}
	return sum
}

// at returns the weight of a feature for a class with those of the classes over it.
func (k *ranker) at(t, v, class int) float32 {
	i := index(t, v, 0)
	return k.w[i+class] + k.w[i+9+class/3] + k.w[i+12]
}

func (k *ranker) scoreNothing(s *scan, m *mention, class int) float32 {
	v, y := s.nothing(m)
	return k.at(tNull, v, class) + k.at(tNullSyntax, y, class)
}

// best returns the antecedent of the pronoun, or -1.
func (k *ranker) best(s *scan, i int32) int32 {
	m := &s.m[i]
	class := s.classOf(m)
	s.cands = s.candidates(s.cands[:0], i)
	at, top := int32(-1), k.scoreNothing(s, m, class)
	for n := range s.cands {
		if sc := k.score(&s.cands[n], class); sc > top {
			at, top = s.cands[n].entity, sc
		}
	}
	return at
}

// A Trainer learns the weights of the pronoun ranker.
type Trainer struct {
	r    *Resolver
	data []example
	k    ranker
}

type example struct {
	class       int
	null, nullY int
	cands       []candidate
	right       []bool
	nothing     bool
}

// NewTrainer returns a trainer over the resolver's word lists. It starts with
// what the corpora are too small to teach: that a name of the right gender goes
// before one whose gender is unknown.
func NewTrainer(r *Resolver) *Trainer {
	t := &Trainer{r: r}
	t.k.w[index(tGender, 1, 9)] = 0.6
	return t
}

// Add takes the pronouns of a document whose gold chains are known: same
// reports the chain of a token that heads a gold mention or is one, or -1.
func (t *Trainer) Add(d *doc.Doc, same func(head doc.TokenID) int) {
	if len(d.Tokens) == 0 {
		return
	}
	s := newScan(t.r, d)
	s.all = true
	s.collect()
	s.linkNames()
	s.linkAppositions()
	s.linkNominals()
	for i := range s.m {
		m := &s.m[i]
		if m.Form != doc.FormPronoun || m.Entity != doc.NoEntity {
			continue
		}
		if p := s.r.pronouns[s.lower(m.Head)]; p.person != '3' {
			s.linkSpeaker(int32(i), p)
			continue
		}
		gold := same(m.Head)
		cs := s.candidates(nil, int32(i))
		ex := example{class: s.classOf(m), cands: cs, right: make([]bool, len(cs)), nothing: true}
		ex.null, ex.nullY = s.nothing(m)
		join := int32(-1)
		for n := range cs {
			// Any mention of the entity in the chain makes it right: the gold chain goes on there.
			if gold >= 0 && same(s.m[cs[n].mention].Head) == gold {
				ex.right[n], ex.nothing = true, false
				if join < 0 {
					join = cs[n].entity
				}
			}
		}
		// A pronoun of a chain whose earlier mentions were not found teaches nothing.
		if gold < 0 || !ex.nothing {
			t.data = append(t.data, ex)
		}
		if join >= 0 {
			s.join(int32(i), join, "gold")
		}
	}
}

// AddChoice takes one pronoun of a document that is known to mean the name at
// right and not the name at wrong; of other candidates nothing is known. It
// reports whether both names are among the candidates.
func (t *Trainer) AddChoice(d *doc.Doc, pronoun, right, wrong doc.TokenID) bool {
	s := newScan(t.r, d)
	s.collect()
	s.linkNames()
	s.linkAppositions()
	s.linkNominals()
	for i := range s.m {
		m := &s.m[i]
		if m.Form != doc.FormPronoun || m.Entity != doc.NoEntity {
			continue
		}
		if m.Head != pronoun {
			if e := s.r.ranker.best(s, int32(i)); e >= 0 {
				s.join(int32(i), e, "pronoun")
			}
			continue
		}
		ex := example{class: s.classOf(m)}
		ex.null, ex.nullY = s.nothing(m)
		found := [2]bool{}
		for _, c := range s.candidates(nil, int32(i)) {
			is := func(t doc.TokenID) bool {
				for _, k := range s.ents[c.entity].mentions {
					if s.m[k].First <= t && t < s.m[k].End && s.m[k].Form == doc.FormName {
						return true
					}
				}
				return false
			}
			r, w := is(right), is(wrong)
			if r == w {
				continue
			}
			found[0], found[1] = found[0] || r, found[1] || w
			ex.cands, ex.right = append(ex.cands, c), append(ex.right, r)
		}
		if found[0] && found[1] {
			t.data = append(t.data, ex)
		}
		return found[0] && found[1]
	}
	return false
}

// Train fits the weights by gradient steps on the probability of the right
// antecedents, in the order of the documents, and writes them.
func (t *Trainer) Train(w io.Writer, epochs int) error {
	const rate, decay = 0.05, 1e-4
	var sum [templates * values * classes]float64 // squared gradients
	var p []float64
	for range epochs {
		for n := range t.data {
			ex := &t.data[n]
			p = t.probabilities(p[:0], ex)
			good := 0.0
			for i := range ex.cands {
				if ex.right[i] {
					good += p[i]
				}
			}
			if ex.nothing {
				good += p[len(ex.cands)]
			}
			good = max(good, 1e-9)
			step := func(tm, v int, g float64) {
				for _, at := range [3]int{index(tm, v, ex.class), index(tm, v, 9+ex.class/3), index(tm, v, 12)} {
					sum[at] += g * g
					t.k.w[at] += float32(rate*g/math.Sqrt(1+sum[at])) - float32(decay)*t.k.w[at]
				}
			}
			for i := range ex.cands {
				g := -p[i]
				if ex.right[i] {
					g += p[i] / good
				}
				if math.Abs(g) < 1e-4 {
					continue
				}
				for tm, v := range ex.cands[i].feats {
					step(tm, int(v), g)
				}
			}
			g := -p[len(ex.cands)]
			if ex.nothing {
				g += p[len(ex.cands)] / good
			}
			step(tNull, ex.null, g)
			step(tNullSyntax, ex.nullY, g)
		}
	}
	return t.k.write(w)
}

func (t *Trainer) probabilities(p []float64, ex *example) []float64 {
	top := math.Inf(-1)
	for i := range ex.cands {
		p = append(p, float64(t.k.score(&ex.cands[i], ex.class)))
		top = max(top, p[i])
	}
	p = append(p, float64(t.k.at(tNull, ex.null, ex.class)+t.k.at(tNullSyntax, ex.nullY, ex.class)))
	top = max(top, p[len(p)-1])
	z := 0.0
	for i := range p {
		p[i] = math.Exp(p[i] - top)
		z += p[i]
	}
	for i := range p {
		p[i] /= z
	}
	return p
}

// Examples returns how many pronouns were taken, and how many have an antecedent.
func (t *Trainer) Examples() (n, linked int) {
	for i := range t.data {
		if !t.data[i].nothing {
			linked++
		}
	}
	return len(t.data), linked
}

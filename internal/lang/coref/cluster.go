package coref

import (
	"slices"
	"strings"

	"casus/internal/doc"
)

// An entity is a doc.Entity in the making.
type entity struct {
	mentions       []int32
	kind           string
	gender, number string
	noun           nounKind
	full           string      // longest folded name
	words          []string    // of full
	titles         []string    // lemmas of titles and nouns that named it
	owner          string      // folded country or owner of its phrases, or ""
	last           doc.TokenID // head of its latest mention
	named          bool
	speaker        bool  // of pronouns of the first or second person
	merged         int32 // entity that it became part of, plus one
}

func (s *scan) root(e int32) int32 {
	for s.ents[e].merged != 0 {
		e = s.ents[e].merged - 1
	}
	return e
}

// begin makes a new entity of the mention.
func (s *scan) begin(i int32, rule string) int32 {
	e := int32(len(s.ents))
	s.ents = append(s.ents, entity{last: doc.NoToken})
	s.join(i, e, rule)
	return e
}

// join adds the mention to the entity.
func (s *scan) join(i, e int32, rule string) {
	e = s.root(e)
	m, x := &s.m[i], &s.ents[e]
	m.Entity, m.Rule = doc.EntityID(e), rule
	x.mentions = append(x.mentions, i)
	x.last = max(x.last, m.Head)
	if m.Form == doc.FormName {
		if !x.named || x.kind == "" {
			x.kind = m.Kind
		}
		if x.kind == doc.NORP && m.Kind == doc.GPE {
			x.kind = doc.GPE
		}
		x.named = true
		if len(m.key) > len(x.full) {
			x.full, x.words = m.key, strings.Fields(m.key)
		}
	}
	if x.gender == "" || x.gender == doc.Neuter && m.Form == doc.FormName && m.gender != "" {
		x.gender = m.gender
	}
	if x.number == "" || m.Form == doc.FormName {
		x.number = m.number
	}
	if m.noun != notNoun && x.noun == notNoun {
		x.noun = m.noun
	}
	if m.lemma != "" {
		x.addTitle(m.lemma)
	}
	if m.title != doc.NoToken {
		x.addTitle(s.lemma(m.title))
	}
	if x.owner == "" {
		x.owner = s.ownerOf(m)
	}
}

// merge makes entity b part of a.
func (s *scan) merge(a, b int32, rule string) {
	a, b = s.root(a), s.root(b)
	if a == b {
		return
	}
	for _, i := range s.ents[b].mentions {
		if r := s.m[i].Rule; r == "first" {
			s.m[i].Rule = rule
		}
		s.join(i, a, s.m[i].Rule)
	}
	s.ents[b].mentions, s.ents[b].merged = nil, a+1
}

// ownerOf returns the folded country, people or owner that the phrase carries.
func (s *scan) ownerOf(m *mention) string {
	t := m.demonym
	if t == doc.NoToken && m.Form == doc.FormName && m.title != doc.NoToken {
		for u := m.First; u < m.nf; u++ {
			if s.countryLike(u) {
				t = u
				break
			}
		}
	}
	if t == doc.NoToken && m.Form == doc.FormNominal {
		// "the foreign minister of Paraguay"
		for k := s.first[m.Head]; k != doc.NoToken && t == doc.NoToken; k = s.next[k] {
			if k > m.Head && s.is(k, "nmod") && s.caseOf(k) == "of" && s.countryLike(k) {
				t = k
			}
		}
	}
	if t == doc.NoToken {
		return ""
	}
	nm := &s.d.Names[s.nameAt[t]-1]
	return s.thing(s.fold(nm.First, nm.End))
}

// thing returns what stands for all names of one country: "@isr" for "israel"
// and "israeli"; other names stand for themselves.
func (s *scan) thing(folded string) string {
	if c, ok := s.r.countries[folded]; ok {
		return c.id
	}
	return folded
}

// names index the entities by their names.
type names struct {
	key   map[string]int32
	alias map[int]int32
	last  map[string][]int32 // by any word of a person's name but the first
	given map[string][]int32 // by the first word of a person's name
	short map[string]int32   // by initials
}

func (s *scan) linkNames() {
	x := &names{map[string]int32{}, map[int]int32{}, map[string][]int32{}, map[string][]int32{}, map[string]int32{}}
	for i := range s.m {
		m := &s.m[i]
		if m.Form != doc.FormName {
			continue
		}
		e, rule := s.sameName(m, x)
		if e < 0 {
			e, rule = s.begin(int32(i), "first"), "first"
		} else {
			s.join(int32(i), e, rule)
		}
		s.learn(m, e, x)
	}
}

// learn enters the name into the index.
func (s *scan) learn(m *mention, e int32, x *names) {
	k := s.nameKey(m)
	if _, ok := x.key[k]; !ok {
		x.key[k] = e
	}
	if g, ok := s.r.alias[m.key]; ok {
		if _, taken := x.alias[g]; !taken {
			x.alias[g] = e
		}
	}
	w := strings.Fields(m.key)
	if m.Kind == doc.PER {
		for n, v := range w {
			if n > 0 && len(v) > 1 && !nameSuffix[v] {
				x.last[v] = addOnce(x.last[v], e)
			}
		}
		if len(w) > 1 {
			x.given[w[0]] = addOnce(x.given[w[0]], e)
		} else if len(w) == 1 {
			x.last[w[0]] = addOnce(x.last[w[0]], e)
		}
		return
	}
	if len(w) > 1 {
		a, b := initials(m.key)
		for _, v := range [2]string{a, b} {
			if _, ok := x.short[v]; !ok && len(v) > 1 {
				x.short[v] = e
			}
		}
	}
}

var nameSuffix = map[string]bool{"jr": true, "sr": true, "ii": true, "iii": true, "iv": true, "bin": true, "al": true, "el": true, "de": true, "la": true, "da": true, "van": true, "von": true, "der": true, "den": true, "dos": true}

func addOnce(list []int32, e int32) []int32 {
	for _, x := range list {
		if x == e {
			return list
		}
	}
	return append(list, e)
}

// nameKey is the key of equal names: people and countries by what they are,
// a people apart from its country.
func (s *scan) nameKey(m *mention) string {
	if m.Kind == doc.PER {
		return m.key
	}
	if c, ok := s.r.countries[m.key]; ok {
		if c.form == "people" || m.Kind == doc.NORP && !m.modifier && s.plural(m.Head) {
			return c.id + " people"
		}
		return c.id
	}
	return m.key
}

// sameName returns the earlier entity that bears the name, or -1.
func (s *scan) sameName(m *mention, x *names) (int32, string) {
	if m.key == "" {
		return -1, ""
	}
	if e, ok := x.key[s.nameKey(m)]; ok && s.compatible(m, e) {
		return e, "name"
	}
	if g, ok := s.r.alias[m.key]; ok && m.Kind != doc.PER {
		if e, ok := x.alias[g]; ok {
			return e, "alias"
		}
	}
	w := strings.Fields(m.key)
	if len(w) == 1 && m.Kind == doc.PER && m.title == doc.NoToken && m.gender == "" && len(x.last[w[0]]) == 0 {
		// A town of the story that the tagger takes for a person.
		if e, ok := x.key[m.key]; ok && s.ents[s.root(e)].kind == doc.GPE {
			m.Kind = doc.GPE
			return e, "name"
		}
	}
	if len(w) == 1 {
		if e := s.latest(m, x.last[w[0]]); e >= 0 && (m.Kind == doc.PER || m.Kind == doc.ORG || m.Kind == doc.MISC || m.Kind == doc.LOC) {
			return e, "family-name"
		}
		if e := s.latest(m, x.given[w[0]]); e >= 0 && m.Kind == doc.PER && (s.r.given[w[0]] != "" || len(s.ents[s.root(e)].words) <= 3) {
			return e, "given-name"
		}
		if up := s.word(m.nf); len(up) > 1 && strings.ToUpper(up) == up {
			if e, ok := x.short[w[0]]; ok && !s.ents[s.root(e)].isPerson() {
				return e, "acronym"
			}
		}
		return -1, ""
	}
	if m.Kind != doc.PER {
		a, b := initials(m.key)
		for _, v := range [2]string{a, b} {
			if e, ok := x.key[v]; ok && len(v) > 2 && s.ents[s.root(e)].kind == m.Kind {
				return e, "acronym"
			}
		}
		return -1, ""
	}
	if e := s.sameBearer(m, w, x); e >= 0 {
		return e, "full-name"
	}
	return -1, ""
}

// sameBearer finds the person of whose name these words are a longer or shorter
// form: "John F. Kerry", "Andrés Manuel López Obrador" and "López Obrador".
func (s *scan) sameBearer(m *mention, w []string, x *names) int32 {
	for n := len(w) - 1; n >= 0; n-- {
		list := x.last[w[n]]
		for k := len(list) - 1; k >= 0 && k >= len(list)-8; k-- {
			e := s.root(list[k])
			if s.compatible(m, e) && sameWords(w, s.ents[e].words, s.r.given) {
				return e
			}
		}
	}
	return -1
}

// sameWords reports whether the shorter name's words stand in the longer in the
// same order, initials for names, and no given names clash.
func sameWords(a, b []string, given map[string]string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) == 0 {
		return false
	}
	k := 0
	for _, w := range a {
		for k < len(b) && b[k] != w && !(len(w) == 1 && b[k][0] == w[0]) && !(len(b[k]) == 1 && w[0] == b[k][0]) {
			k++
		}
		if k == len(b) {
			return false
		}
		k++
	}
	return len(a) > 1 || given[a[0]] == ""
}

func (x *entity) isPerson() bool { return x.kind == doc.PER || x.kind == "" && x.noun == person }

// compatible reports whether gender and titles allow the name for the entity.
func (s *scan) compatible(m *mention, e int32) bool {
	x := &s.ents[s.root(e)]
	if m.gender != "" && x.gender != "" && m.gender != x.gender && m.Kind == doc.PER {
		return false
	}
	return m.Kind != doc.PER || x.kind != doc.GPE || !x.named
}

// latest returns the entity of the list that was mentioned last and fits.
func (s *scan) latest(m *mention, list []int32) int32 {
	best, at := int32(-1), doc.NoToken
	for _, e := range list {
		e = s.root(e)
		if x := &s.ents[e]; x.last > at && s.compatible(m, e) {
			best, at = e, x.last
		}
	}
	return best
}

// linkAppositions joins a name and the noun set beside it, and an acronym and
// the name that it abbreviates.
func (s *scan) linkAppositions() {
	for i := range s.m {
		m := &s.m[i]
		if m.Form == doc.FormName && m.nf > 0 && s.sent[m.nf-1] == s.sent[m.nf] {
			s.linkTitle(int32(i), s.byHead[m.nf-1]-1)
		}
		if m.Form == doc.FormName && m.Kind == doc.PER && i > 0 {
			s.linkPost(int32(i))
		}
		if m.Form == doc.FormName && i > 0 && s.parenthesised(m) {
			s.linkAcronym(int32(i))
		}
		for k := s.first[m.Head]; k != doc.NoToken; k = s.next[k] {
			if s.byHead[k] == 0 {
				continue
			}
			j := s.byHead[k] - 1
			// "the city of El Fasher" and El Fasher are one who acts.
			if !s.all && m.Form == doc.FormNominal && m.noun == place && m.number != doc.PluralNum && s.is(k, "nmod") && s.caseOf(k) == "of" && s.m[j].Kind == doc.GPE {
				s.unite(int32(i), j, "apposition")
				continue
			}
			if !s.is(k, "appos") && !s.besides(m, &s.m[j]) {
				continue
			}
			if int(j) == i || s.m[j].First < m.End && m.First < s.m[j].End || !s.apposed(m, &s.m[j]) {
				continue
			}
			s.unite(int32(i), j, "apposition")
		}
	}
}

// besides reports whether noun phrase n stands after a comma right behind the
// name m, with nothing that joins two: "said Maria Lopez, a teacher" whose tree
// has a conjunct.
func (s *scan) besides(m, n *mention) bool {
	return m.Form == doc.FormName && n.Form == doc.FormNominal && s.is(n.Head, "conj") && s.is(m.Head, "nsubj") &&
		n.First == m.ne+1 && s.word(m.ne) == "," && (n.definite || n.indefinite) && (int(n.End) >= len(s.d.Tokens) || s.upos(n.End) == "PUNCT") &&
		s.child(n.Head, "cc") == doc.NoToken
}

// linkPost joins a person's name to the post before a comma where the tree hung
// the name elsewhere: "Norway's ambassador to Poland, Kari Lindstad, joined".
func (s *scan) linkPost(i int32) {
	m := &s.m[i]
	if m.First < 2 || s.word(m.First-1) != "," || s.sent[m.First] != s.sent[m.First-2] || s.child(m.Head, "cc") != doc.NoToken {
		return
	}
	switch s.rel(m.Head) {
	case "appos", "conj", "flat", "dep", "list", "parataxis":
	default:
		return
	}
	if int(m.End) < len(s.d.Tokens) {
		switch u := s.upos(m.End); {
		case u == "VERB", u == "AUX", u == "PUNCT":
		default:
			return
		}
	}
	for j := i - 1; j >= 0 && j >= i-6; j-- {
		n := &s.m[j]
		if n.Form == doc.FormNominal && n.End == m.First-1 && n.noun == person && n.number != doc.PluralNum && (n.definite || n.demonym != doc.NoToken) && n.Head < m.Head {
			s.unite(j, i, "apposition")
			return
		}
	}
}

// linkAcronym joins an acronym in brackets to the name right before it:
// "the Jalisco New Generation Cartel (CJNG)".
func (s *scan) linkAcronym(i int32) {
	m := &s.m[i]
	if m.ne-m.nf != 1 || len(m.key) < 2 || len(m.key) > 8 || strings.ToUpper(s.word(m.nf)) != s.word(m.nf) {
		return
	}
	for j := i - 1; j >= 0 && j >= i-6; j-- {
		c := &s.m[j]
		if c.Form != doc.FormName || c.Kind == doc.PER || c.ne != m.First-1 || c.ne-c.nf < 2 {
			continue
		}
		// The bracket may abbreviate the name in another language: one letter of its words is enough.
		for w := range strings.FieldsSeq(s.fold(c.First, c.ne)) {
			if strings.IndexByte(m.key, w[0]) >= 0 {
				s.unite(j, i, "acronym")
				return
			}
		}
	}
}

// linkTitle joins a name and the noun right before it where the tree hangs both
// on one verb: "Jordan's King Abdullah II met …".
func (s *scan) linkTitle(i, j int32) {
	if j < 0 || j == i {
		return
	}
	m, n := &s.m[i], &s.m[j]
	if n.Form != doc.FormNominal || n.End != m.First && n.Head+1 != m.nf || n.number == doc.PluralNum || s.head(n.Head) != s.head(m.Head) || s.rel(n.Head) != s.rel(m.Head) {
		return
	}
	if fits(n.noun, m.Kind) || n.lemma == "member" && (m.Kind == doc.GPE || m.Kind == doc.LOC) {
		s.unite(i, j, "title")
	}
}

// unite joins two mentions into one entity.
func (s *scan) unite(i, j int32, rule string) {
	a, b := s.m[i].Entity, s.m[j].Entity
	switch {
	case a == doc.NoEntity && b == doc.NoEntity:
		s.join(j, s.begin(i, "first"), rule)
	case b == doc.NoEntity:
		s.join(j, int32(a), rule)
	case a == doc.NoEntity:
		s.join(i, int32(b), rule)
	default:
		s.merge(int32(a), int32(b), rule)
	}
}

// apposed reports whether the two can be one thing.
func (s *scan) apposed(a, b *mention) bool {
	if a.modifier || b.modifier {
		return false
	}
	an, bn := a.Form == doc.FormName, b.Form == doc.FormName
	switch {
	case an && bn:
		if a.Kind == doc.PER || b.Kind == doc.PER {
			return a.Kind == b.Kind && sameWords(strings.Fields(a.key), strings.Fields(b.key), s.r.given)
		}
		full, big := initials(a.key)
		f2, b2 := initials(b.key)
		return b.key == full || b.key == big || a.key == f2 || a.key == b2 || s.parenthesised(b) && b.ne-b.nf == 1 && strings.ToUpper(s.word(b.nf)) == s.word(b.nf) && a.Kind != doc.GPE
	case an || bn:
		name, n := a, b
		if bn {
			name, n = b, a
		}
		if n.Form != doc.FormNominal || n.number == doc.PluralNum && name.Kind != doc.NORP && name.Kind != doc.ORG {
			return false
		}
		return fits(n.noun, name.Kind)
	}
	return a.Form == doc.FormNominal && b.Form == doc.FormNominal && a.noun == b.noun && a.number == b.number
}

func fits(n nounKind, kind string) bool {
	switch kind {
	case doc.PER:
		return n == person || n == agentive
	case doc.ORG, doc.MISC, doc.FAC:
		return n == body || n == group || n == agentive
	case doc.GPE, doc.LOC:
		return n == place
	case doc.NORP:
		return n == group || n == person
	}
	return false
}

// parenthesised reports whether the mention stands in round brackets.
func (s *scan) parenthesised(m *mention) bool {
	return m.First > 0 && int(m.End) < len(s.d.Tokens) && s.word(m.First-1) == "(" && s.word(m.End) == ")"
}

// addTitle remembers a noun that the text calls the entity by, once.
func (x *entity) addTitle(t string) {
	if !slices.Contains(x.titles, t) {
		x.titles = append(x.titles, t)
	}
}

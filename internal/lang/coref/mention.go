package coref

import (
	"strings"

	"casus/internal/doc"
)

// A mention is a doc.Mention with what the linking needs.
type mention struct {
	doc.Mention
	name           int32       // 1 + the name in it, or 0
	nf, ne         doc.TokenID // the tokens of the name
	title          doc.TokenID // the noun before the name that gives its bearer's post, or NoToken
	demonym        doc.TokenID // the demonym, country or other owner that it carries, or NoToken
	noun           nounKind
	gender, number string
	definite       bool // "the", "this", a possessor
	indefinite     bool // "a", "some", a number
	role           role
	modifier       bool // stands before another noun: "Trump administration"
	predicate      bool // "is the president"
	key            string
	lemma          string // of the head noun
}

type role uint8

const (
	other role = iota
	subject
	object
	oblique
	possessor
)

// collect gathers the mentions of the document in the order of the text.
func (s *scan) collect() {
	covered := make([]bool, len(s.d.Tokens)) // tokens whose name has its mention
	for t := doc.TokenID(0); int(t) < len(s.d.Tokens); t++ {
		if s.dateline(t) {
			continue
		}
		if n := s.nameAt[t]; n != 0 && !covered[t] {
			nm := &s.d.Names[n-1]
			for u := max(nm.First, 0); u < nm.End && int(u) < len(covered); u++ {
				covered[u] = true
			}
			s.addName(n, nm)
			continue
		}
		switch s.upos(t) {
		case "PRON", "DET":
			s.addPronoun(t)
		case "NOUN", "PROPN", "ADJ", "NUM":
			if s.nameAt[t] == 0 {
				s.addNominal(t)
			}
		}
	}
	s.order()
	for i := range s.m {
		if h := s.m[i].Head; s.byHead[h] == 0 {
			s.byHead[h] = int32(i + 1)
		}
	}
}

// dateline reports whether the token stands in a dateline, which names where
// and by whom a report was filed, not who acts.
func (s *scan) dateline(t doc.TokenID) bool {
	b := s.d.Sentences[s.sent[t]].Block
	if b < 0 || int(b) >= len(s.d.Blocks) {
		return false
	}
	x := &s.d.Blocks[b]
	return x.Kind == doc.Dateline || !x.Dateline.Empty() && x.Dateline.Contains(s.d.Tokens[t].Span)
}

// order sorts the mentions by where they begin, longer ones first. They arrive
// nearly sorted.
func (s *scan) order() {
	for i := 1; i < len(s.m); i++ {
		for j := i; j > 0 && less(&s.m[j], &s.m[j-1]); j-- {
			s.m[j], s.m[j-1] = s.m[j-1], s.m[j]
		}
	}
}

func less(a, b *mention) bool {
	if a.First != b.First {
		return a.First < b.First
	}
	return a.End > b.End
}

// top returns the token of the name whose head lies outside of it; of several,
// which only a wrong tree has, the first that is no modifier.
func (s *scan) top(first, end doc.TokenID) doc.TokenID {
	best := doc.NoToken
	for t := first; t < end; t++ {
		h := s.head(t)
		if h != doc.NoToken && h >= first && h < end {
			continue
		}
		switch s.rel(t) {
		case "amod", "compound", "det", "case", "punct", "nmod:desc", "nummod":
			if best == doc.NoToken {
				best = t
			}
		default:
			return t
		}
	}
	return max(best, first)
}

func (s *scan) addName(n int32, nm *doc.Name) {
	nf, ne := max(nm.First, 0), min(nm.End, doc.TokenID(len(s.d.Tokens)))
	if nf >= ne || s.sent[nf] != s.sent[ne-1] {
		return
	}
	if ne-nf == 1 && s.upos(nf) == "DET" {
		return // "The", cut off from a name
	}
	h := s.top(nf, ne)
	kind := nm.Kind
	if ne-nf == 1 && kind != doc.PER && kind != doc.NORP && s.surname(nf) {
		kind = doc.PER
	}
	if ne-nf == 1 && kind == doc.PER {
		kind = s.country(nf)
	}
	m := mention{Mention: doc.Mention{Kind: kind, Form: doc.FormName, Entity: doc.NoEntity}, name: n, nf: nf, ne: ne, title: doc.NoToken, demonym: doc.NoToken}
	switch kind {
	case doc.NORP:
		if s.upos(h) == "ADJ" || s.premodifies(h) {
			s.addDemonym(m, h)
			return
		}
	case doc.EVENT:
		return
	case doc.FAC, doc.MISC:
		if s.premodifies(h) {
			return
		}
	case doc.GPE, doc.LOC:
		if s.premodifies(h) {
			s.addDemonym(m, h)
			return
		}
	}
	m.modifier = s.premodifies(h)
	// The title may be the head: "Secretary of State Warren Christopher".
	if kind == doc.PER {
		if p := s.head(h); p != doc.NoToken && p < nf && s.titleOver(p, h, nf) {
			m.title = p
			h = p
			m.modifier = s.premodifies(h)
		}
	}
	if kind == doc.PER || kind == doc.ORG || kind == doc.MISC {
		if p := s.head(h); m.title == doc.NoToken && p != doc.NoToken && s.bodyOver(p, h, nf) {
			m.title, m.Kind, kind = p, doc.ORG, doc.ORG
			h = p
			m.modifier = s.premodifies(h)
		}
	}
	m.Head = h
	right := kind != doc.PER && kind != doc.GPE && kind != doc.LOC && !m.modifier
	m.First, m.End = s.phrase(h, right)
	m.First, m.End = min(m.First, nf), max(m.End, ne)
	if m.title == doc.NoToken && kind == doc.PER {
		m.title = s.titleBefore(h, nf)
	}
	if m.modifier {
		m.First, m.End = nf, ne
	}
	s.describe(&m)
	s.m = append(s.m, m)
}

// country returns the kind of a name of one word that the tagger takes for a
// person's although it is a country's or a people's, else PER.
func (s *scan) country(t doc.TokenID) string {
	w := foldWord(s.word(t))
	c, ok := s.r.countries[w]
	if _, org := s.r.alias[w]; org && !ok && strings.ToUpper(s.word(t)) == s.word(t) {
		return doc.ORG
	}
	if !ok || s.r.given[w] != "" || s.surname(t) || s.child(t, "flat", "nmod:desc") != doc.NoToken {
		return doc.PER
	}
	if c.form == "name" {
		return doc.GPE
	}
	return doc.NORP
}

// premodifies reports whether t stands before the noun that it belongs to.
func (s *scan) premodifies(t doc.TokenID) bool {
	h := s.head(t)
	if h == doc.NoToken || h < t {
		return s.is(t, "conj") && h != doc.NoToken && s.premodifies(h)
	}
	switch s.rel(t) {
	case "amod", "compound", "nmod:desc", "nmod", "det", "compound:prt":
		return s.caseOf(t) == ""
	}
	return false
}

// titleOver reports whether the noun p is a title that heads the name at h,
// which begins at nf, without a comma between.
func (s *scan) titleOver(p, h, nf doc.TokenID) bool {
	switch s.rel(h) {
	case "appos", "flat", "nmod", "nmod:desc", "flat:name", "dep", "compound":
	default:
		return false
	}
	if (s.caseOf(h) != "" || s.prepositionIn(p+1, nf)) && !s.postBetween(p, nf) {
		return false
	}
	if u := s.upos(p); u != "NOUN" && u != "PROPN" || s.nameAt[p] != 0 && s.d.Names[s.nameAt[p]-1].Kind == doc.PER {
		return false
	}
	k := s.noun(p).kind
	if _, ok := s.r.honorifics[strings.Trim(s.lower(p), ".")]; !ok && k != person && k != agentive {
		return false
	}
	for t := p + 1; t < nf; t++ {
		if s.upos(t) == "PUNCT" && s.word(t) != "-" && s.word(t) != "." {
			return false
		}
	}
	return true
}

func (s *scan) prepositionIn(first, end doc.TokenID) bool {
	for t := first; t < end; t++ {
		if s.upos(t) == "ADP" {
			return true
		}
	}
	return false
}

// bodyOver reports whether the noun p, right before the name that begins at nf
// and whose head is h, says what body the name names: "the newspaper La Prensa".
func (s *scan) bodyOver(p, h, nf doc.TokenID) bool {
	if p != nf-1 || s.nameAt[p] != 0 || s.caseOf(h) != "" {
		return false
	}
	switch s.rel(h) {
	case "appos", "flat", "nmod", "nmod:desc", "dep", "compound":
	default:
		return false
	}
	k := s.noun(p).kind
	return (k == body || k == group) && s.upos(p) == "NOUN" && !s.plural(p)
}

// postBetween reports whether the preposition belongs to the post between the
// title and the name, which parsers hang on the name: "Secretary of State X".
func (s *scan) postBetween(p, nf doc.TokenID) bool {
	if nf-p < 3 || s.lower(p+1) != "of" && s.lower(p+1) != "for" {
		return false
	}
	for t := p + 2; t < nf; t++ {
		if k := s.noun(t).kind; k == person || k == agentive {
			return false
		}
		if u := s.upos(t); u != "PROPN" && u != "NOUN" && u != "CCONJ" && u != "DET" && u != "ADJ" {
			return false
		}
	}
	return true
}

// titleBefore returns the title noun among the dependents of h before the name.
func (s *scan) titleBefore(h, nf doc.TokenID) doc.TokenID {
	best := doc.NoToken
	for k := s.first[h]; k != doc.NoToken; k = s.next[k] {
		if k < nf && (s.upos(k) == "NOUN" || s.upos(k) == "PROPN") && (s.is(k, "nmod") || s.is(k, "compound") || s.is(k, "flat") || s.is(k, "appos")) && s.rel(k) != "nmod:poss" {
			if s.noun(k).kind != notNoun {
				best = k
			}
		}
	}
	return best
}

// addDemonym handles a country or people before a noun. Before a noun that acts
// it belongs to that noun's mention; else it is a mention itself: "the Israeli
// strike".
func (s *scan) addDemonym(m mention, h doc.TokenID) {
	over := h
	for s.is(over, "conj") && s.head(over) != doc.NoToken && s.premodifies(s.head(over)) {
		over = s.head(over)
	}
	if p := s.head(over); p != doc.NoToken && s.acting(p) {
		return
	}
	m.Head, m.First, m.End, m.modifier = h, m.nf, m.ne, true
	s.describe(&m)
	s.m = append(s.m, m)
}

// acting reports whether the noun at t makes a mention of its own.
func (s *scan) acting(t doc.TokenID) bool {
	if n := s.nameAt[t]; n != 0 {
		return true
	}
	k := s.noun(t).kind
	return k != notNoun && (s.upos(t) == "NOUN" || s.upos(t) == "PROPN" || s.upos(t) == "ADJ")
}

// addNominal adds the mentions of the noun at t, if it can act: one, or one for
// each of its demonyms.
func (s *scan) addNominal(t doc.TokenID) {
	n := s.noun(t)
	if !s.acting(t) {
		if s.upos(t) != "NOUN" && s.upos(t) != "PROPN" {
			return
		}
		n = noun{kind: thing}
	}
	if s.upos(t) == "ADJ" && s.child(t, "det") == doc.NoToken {
		return
	}
	switch rel := s.rel(t); rel {
	case "compound", "amod", "nmod:desc", "flat", "fixed", "goeswith":
		if h := s.head(t); h != doc.NoToken && h > t || rel != "compound" {
			return
		}
	case "nmod":
		if s.premodifies(t) {
			return
		}
	}
	if s.postOf(t) {
		return
	}
	// A title that heads a name is part of the name's mention.
	for k := s.first[t]; k != doc.NoToken; k = s.next[k] {
		if nm := s.nameAt[k]; nm != 0 && k > t {
			x := &s.d.Names[nm-1]
			if x.First < 0 || int(x.End) > len(s.d.Tokens) || k != s.top(x.First, x.End) {
				continue
			}
			if x.Kind == doc.PER && s.titleOver(t, k, x.First) || (x.Kind == doc.PER || x.Kind == doc.ORG || x.Kind == doc.MISC) && s.bodyOver(t, k, x.First) {
				return
			}
		}
	}
	m := mention{Mention: doc.Mention{Head: t, Form: doc.FormNominal, Entity: doc.NoEntity}, title: doc.NoToken, demonym: doc.NoToken, noun: n.kind, gender: n.gender, lemma: s.lemma(t)}
	m.First, m.End = s.phrase(t, true)
	s.describe(&m)
	if n.kind == thing {
		s.m = append(s.m, m)
		return
	}
	ds := s.demonyms(t)
	if len(ds) < 2 || !m.plural() {
		if len(ds) > 0 {
			m.demonym = ds[0]
		}
		s.m = append(s.m, m)
		return
	}
	for i, k := range ds {
		mk := m
		mk.demonym = k
		if i > 0 {
			mk.First = k
		}
		s.m = append(s.m, mk)
	}
}

// postOf reports whether the noun belongs to the name of a post: "Secretary of
// State".
func (s *scan) postOf(t doc.TokenID) bool {
	h := s.head(t)
	return s.upos(t) == "PROPN" && s.is(t, "nmod") && s.caseOf(t) == "of" && h != doc.NoToken && h < t && s.upos(h) == "PROPN" && s.noun(h).kind == person
}

// demonyms returns the countries and peoples that stand before the noun at t:
// its demonyms with those joined to them, or a possessor.
func (s *scan) demonyms(t doc.TokenID) []doc.TokenID {
	var out []doc.TokenID
	for k := s.first[t]; k != doc.NoToken && k < t; k = s.next[k] {
		if !s.is(k, "amod") && !s.is(k, "compound") && !s.is(k, "nmod") {
			continue
		}
		for u := k; u != doc.NoToken; u = s.nextConj(u) {
			if s.countryLike(u) {
				out = append(out, u)
			}
			if u != k && len(out) > 8 {
				break
			}
		}
	}
	return out
}

// nextConj returns the next token joined to u: UD hangs all conjuncts on the
// first, parsers also chain them.
func (s *scan) nextConj(u doc.TokenID) doc.TokenID {
	for k := s.first[u]; k != doc.NoToken; k = s.next[k] {
		if s.is(k, "conj") && k > u {
			return k
		}
	}
	if s.is(u, "conj") {
		for k := s.next[u]; k != doc.NoToken; k = s.next[k] {
			if s.is(k, "conj") {
				return k
			}
		}
	}
	return doc.NoToken
}

func (s *scan) countryLike(t doc.TokenID) bool {
	n := s.nameAt[t]
	if n == 0 {
		return false
	}
	switch s.d.Names[n-1].Kind {
	case doc.NORP, doc.GPE, doc.LOC:
		return true
	}
	return false
}

func (m *mention) plural() bool { return m.number == doc.PluralNum }

// describe fills in number, gender, definiteness and role.
func (s *scan) describe(m *mention) {
	h := m.Head
	m.role = s.roleOf(h)
	m.predicate = s.child(h, "cop") != doc.NoToken
	if m.Form == doc.FormName {
		m.number = doc.Singular
		switch m.Kind {
		case doc.PER:
			m.gender = s.genderOf(m)
		case doc.NORP:
			if s.plural(h) {
				m.number = doc.PluralNum
			}
			m.gender = doc.Neuter
		default:
			m.gender = doc.Neuter
		}
		m.key = s.fold(m.nf, m.ne)
		return
	}
	m.number = doc.Singular
	if s.plural(h) {
		m.number = doc.PluralNum
	}
	for k := s.first[h]; k != doc.NoToken; k = s.next[k] {
		switch {
		case s.is(k, "det"):
			switch s.lower(k) {
			case "the", "this", "that", "these", "those", "both":
				m.definite = true
			case "a", "an", "some", "any", "another", "no", "several", "many", "few", "every", "each":
				m.indefinite = true
			}
		case s.rel(k) == "nmod:poss":
			m.definite = true
		case s.is(k, "nummod") && k < h:
			m.indefinite = !m.definite
		case s.is(k, "conj") && m.noun == person:
			// "the president and prime minister" are two
		}
	}
	if m.definite {
		m.indefinite = false
	}
}

func (s *scan) roleOf(t doc.TokenID) role {
	for range 4 {
		switch {
		case s.is(t, "nsubj"), s.is(t, "csubj"):
			return subject
		case s.is(t, "obj"), s.is(t, "iobj"):
			return object
		case s.is(t, "obl"), s.rel(t) == "nmod" && s.head(t) != doc.NoToken:
			return oblique
		case s.rel(t) == "nmod:poss":
			return possessor
		case s.is(t, "conj"):
			if h := s.head(t); h != doc.NoToken {
				t = h
				continue
			}
		}
		break
	}
	return other
}

// genderOf returns the gender of a person: of the title, else of the given name.
func (s *scan) genderOf(m *mention) string {
	for t := m.First; t < m.nf; t++ {
		if g := s.titleGender(t); g != "" {
			return g
		}
	}
	for t := m.nf; t < m.ne; t++ {
		w := strings.Trim(foldWord(s.word(t)), ".")
		if g := s.r.honorifics[w]; g != "" && t == m.nf && m.ne-m.nf > 1 {
			return g
		}
	}
	if m.ne-m.nf < 2 {
		return s.r.surnames[foldWord(s.word(m.nf))]
	}
	for t := m.nf; t < m.ne-1; t++ {
		if g := s.r.given[foldWord(s.word(t))]; g != "" {
			return g
		}
	}
	return ""
}

func (s *scan) surname(t doc.TokenID) bool {
	_, ok := s.r.surnames[foldWord(s.word(t))]
	return ok
}

func (s *scan) titleGender(t doc.TokenID) string {
	w := strings.Trim(s.lower(t), ".")
	if g := s.r.honorifics[w]; g != "" {
		return g
	}
	return s.noun(t).gender
}

func (s *scan) addPronoun(t doc.TokenID) {
	p, ok := s.r.pronouns[s.lower(t)]
	if !ok || p.person != '3' && !s.all {
		return
	}
	if p.gender == doc.Neuter && s.expletive(t) {
		return
	}
	m := mention{Mention: doc.Mention{First: t, End: t + 1, Head: t, Form: doc.FormPronoun, Entity: doc.NoEntity}, title: doc.NoToken, demonym: doc.NoToken, gender: p.gender, number: p.number, key: p.use}
	m.role = s.roleOf(t)
	if p.use == "possessive" {
		m.role = possessor
	}
	if s.lower(t) == "her" && s.rel(t) != "nmod:poss" {
		m.key = "object"
		m.role = s.roleOf(t)
	}
	s.m = append(s.m, m)
}

// expletive reports whether "it" stands for nothing: "it rained", "it is
// possible that", "it seems".
func (s *scan) expletive(t doc.TokenID) bool {
	if s.is(t, "expl") {
		return true
	}
	h := s.head(t)
	if h == doc.NoToken || !s.is(t, "nsubj") {
		return false
	}
	switch s.lemma(h) {
	case "rain", "snow", "seem", "appear", "turn", "happen":
		return s.child(h, "ccomp", "xcomp", "csubj") != doc.NoToken || s.lemma(h) == "rain" || s.lemma(h) == "snow"
	}
	if s.child(h, "csubj") != doc.NoToken {
		return true
	}
	if s.child(h, "cop") != doc.NoToken {
		if k := s.child(h, "ccomp", "advcl", "acl"); k != doc.NoToken && k > h {
			return s.upos(h) == "ADJ" || s.child(k, "mark") != doc.NoToken
		}
	}
	return false
}

// fold returns the words of the tokens in lower case without accents, marks and
// honorifics.
func (s *scan) fold(first, end doc.TokenID) string {
	s.buf = s.buf[:0]
	for t := first; t < end; t++ {
		w := foldWord(s.word(t))
		if w == "" || (len(s.buf) == 0 && (w == "the" || w == "mr" || w == "mrs" || w == "ms" || w == "dr" || w == "sir")) && t < end-1 {
			continue
		}
		if w == "s" && t > first && len(s.word(t)) > 1 {
			continue
		}
		if len(s.buf) > 0 {
			s.buf = append(s.buf, ' ')
		}
		s.buf = append(s.buf, w...)
	}
	return string(s.buf)
}

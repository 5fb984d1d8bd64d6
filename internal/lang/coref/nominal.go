package coref

import (
	"casus/internal/doc"
)

// How far back a noun looks for what it takes up.
const (
	nounSentences = 12
	nounMentions  = 120
)

// linkNominals joins definite nouns to what they take up, and begins entities
// for the rest.
func (s *scan) linkNominals() {
	for i := range s.m {
		m := &s.m[i]
		if m.Form != doc.FormNominal || m.Entity != doc.NoEntity {
			continue
		}
		e, rule := s.antecedent(int32(i))
		if e < 0 {
			s.begin(int32(i), "first")
			continue
		}
		s.join(int32(i), e, rule)
	}
}

// antecedent returns the entity that the noun takes up, or -1.
func (s *scan) antecedent(i int32) (int32, string) {
	m := &s.m[i]
	if m.indefinite || m.predicate {
		return -1, ""
	}
	bare := !m.definite && m.demonym == doc.NoToken
	if bare && m.noun != group && m.number != doc.PluralNum {
		return -1, ""
	}
	owner := s.ownerOf(m)
	here := s.sent[m.Head]
	weak, weakRule := int32(-1), ""
	for back, j := 0, i-1; j >= 0 && back < nounMentions; back, j = back+1, j-1 {
		c := &s.m[j]
		if here-s.sent[c.Head] > nounSentences {
			break
		}
		if c.Entity == doc.NoEntity || c.Form == doc.FormPronoun || c.modifier || c.First < m.End && m.First < c.End {
			continue
		}
		e := s.root(int32(c.Entity))
		rule := s.takesUp(m, c, &s.ents[e], owner, bare)
		switch {
		case rule == "":
		case owner != "" && s.ents[e].owner == "":
			// One whose country is not said waits for one of the right country.
			if weak < 0 {
				weak, weakRule = e, rule
			}
		default:
			return e, rule
		}
	}
	return weak, weakRule
}

// takesUp names the rule by which noun m can mean what c means, or returns "".
func (s *scan) takesUp(m, c *mention, x *entity, owner string, bare bool) string {
	if owner != "" && x.owner != "" && owner != x.owner {
		return ""
	}
	if m.gender != "" && x.gender != "" && x.gender != m.gender && x.gender != doc.Neuter {
		return ""
	}
	if m.number == doc.PluralNum != (x.number == doc.PluralNum) {
		return ""
	}
	if c.Form == doc.FormNominal {
		// The same noun again, with no other description.
		if c.lemma == m.lemma && s.narrows(m, c) && (owner == x.owner || owner == "" && !bare || x.owner == "") {
			return "same-noun"
		}
	}
	if bare {
		return ""
	}
	for _, t := range x.titles {
		if t == m.lemma && x.kind == doc.PER && s.narrowsTitle(m) {
			return "title"
		}
		if s.r.hypernyms[m.lemma][t] && x.kind == doc.PER && (owner == "" || x.owner == owner || x.owner == "") && s.narrowsTitle(m) {
			return "hypernym"
		}
	}
	if x.named && fits(m.noun, x.kind) && m.noun == body && m.number == doc.Singular {
		for _, w := range x.words {
			if w == m.lemma && s.narrowsTitle(m) {
				return "name-noun"
			}
		}
	}
	return ""
}

// narrows reports whether every description before noun m stands before c too,
// and c has none that m lacks but for its demonym.
func (s *scan) narrows(m, c *mention) bool {
	for k := s.first[m.Head]; k != doc.NoToken && k < m.Head; k = s.next[k] {
		if s.describes(k) && !s.hasWord(c, s.lemma(k)) {
			return false
		}
	}
	if !m.definite {
		for k := s.first[c.Head]; k != doc.NoToken && k < c.Head; k = s.next[k] {
			if s.describes(k) && !s.hasWord(m, s.lemma(k)) {
				return false
			}
		}
	}
	return s.sameOf(m.Head, c.Head)
}

// describes reports whether the dependent k tells one bearer from another.
func (s *scan) describes(k doc.TokenID) bool {
	if s.countryLike(k) {
		return false
	}
	if s.rel(k) == "nmod:poss" && s.upos(k) == "PRON" {
		return false
	}
	return s.is(k, "amod") || s.is(k, "compound") || s.is(k, "nmod")
}

func (s *scan) hasWord(m *mention, lemma string) bool {
	for t := m.First; t < m.End; t++ {
		if s.lemma(t) == lemma {
			return true
		}
	}
	return false
}

// sameOf reports whether a phrase after noun a ("of the court") stands after b too.
func (s *scan) sameOf(a, b doc.TokenID) bool {
	for k := s.first[a]; k != doc.NoToken; k = s.next[k] {
		if k < a || !s.is(k, "nmod") {
			continue
		}
		found := false
		for q := s.first[b]; q != doc.NoToken; q = s.next[q] {
			found = found || q > b && s.is(q, "nmod") && s.lemma(q) == s.lemma(k)
		}
		if !found {
			return false
		}
	}
	return true
}

// narrowsTitle reports whether nothing but articles, demonyms and a possessor
// describes the noun: "the Mexican leader", not "the former leader".
func (s *scan) narrowsTitle(m *mention) bool {
	for k := s.first[m.Head]; k != doc.NoToken; k = s.next[k] {
		if s.countryLike(k) || s.is(k, "det") || s.is(k, "case") || s.is(k, "punct") || s.rel(k) == "nmod:poss" || s.is(k, "conj") || s.is(k, "cc") {
			continue
		}
		if k < m.Head && !s.is(k, "nsubj") && !s.is(k, "cop") {
			if s.lemma(k) == "prime" || s.lemma(k) == "foreign" || s.lemma(k) == "vice" {
				continue
			}
			return false
		}
		if s.is(k, "nmod") && k > m.Head {
			return false
		}
	}
	return true
}

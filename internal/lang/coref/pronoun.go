package coref

import "casus/internal/doc"

// How far back a pronoun looks.
const (
	pronounSentences = 3
	pronounMentions  = 60
)

// linkPronouns joins each pronoun to the entity that fits best by gender,
// number, place in the sentence and distance. A pronoun for which nothing fits
// stands alone and makes no entity.
func (s *scan) linkPronouns() {
	for i := range s.m {
		if s.m[i].Form != doc.FormPronoun || s.m[i].Entity != doc.NoEntity {
			continue
		}
		if p := s.r.pronouns[s.lower(s.m[i].Head)]; p.person != '3' {
			s.linkSpeaker(int32(i), p)
			continue
		}
		if e, rule := s.pronounAntecedent(int32(i)); e >= 0 {
			s.join(int32(i), e, rule)
		}
	}
}

// linkSpeaker joins the pronouns of one person and number, those of each
// quotation apart.
func (s *scan) linkSpeaker(i int32, p pronoun) {
	q := s.quoteAt[s.m[i].Head]
	for j := i - 1; j >= 0 && j > i-200; j-- {
		c := &s.m[j]
		if c.Form != doc.FormPronoun || c.Entity == doc.NoEntity || s.quoteAt[c.Head] != q {
			continue
		}
		if o := s.r.pronouns[s.lower(c.Head)]; o.person == p.person && (o.person == '2' || o.number == p.number) {
			s.join(i, int32(c.Entity), "speaker")
			return
		}
	}
	e := s.begin(i, "first")
	s.ents[e].speaker, s.ents[e].noun = true, person
}

func (s *scan) pronounAntecedent(i int32) (int32, string) {
	m := &s.m[i]
	if m.key == "reflexive" {
		if e := s.clauseSubject(m.Head); e >= 0 {
			return e, "reflexive"
		}
	}
	return s.r.ranker.best(s, i), "pronoun"
}

// clauseSubject returns the entity of the subject of the clause of t, or -1.
func (s *scan) clauseSubject(t doc.TokenID) int32 {
	for v, n := s.head(t), 0; v != doc.NoToken && n < 8; v, n = s.head(v), n+1 {
		if k := s.child(v, "nsubj"); k != doc.NoToken && k != t {
			if i := s.byHead[k]; i != 0 && s.m[i-1].Entity != doc.NoEntity {
				return s.root(int32(s.m[i-1].Entity))
			}
		}
	}
	return -1
}

// agrees reports whether gender and number allow pronoun m for entity x, last
// seen as c.
func (s *scan) agrees(m, c *mention, x *entity) bool {
	human := x.isPerson() || x.noun == person || x.noun == agentive && x.kind == ""
	switch m.gender {
	case doc.Male, doc.Female:
		return human && x.number != doc.PluralNum && (x.gender == "" || x.gender == m.gender)
	case doc.Neuter:
		if human && x.noun != agentive {
			return false
		}
		if x.kind == doc.NORP && x.number == doc.PluralNum {
			return false
		}
		return x.number != doc.PluralNum && x.gender != doc.Male && x.gender != doc.Female
	}
	// they
	if x.number == doc.PluralNum {
		return true
	}
	return x.noun == group || x.noun == body || x.kind == doc.ORG || x.kind == doc.NORP || x.kind == doc.GPE
}

// bound reports whether syntax keeps the pronoun and the mention apart: subject
// and object of one verb, or a possessor and its own phrase.
func (s *scan) bound(m, c *mention) bool {
	if m.key == "reflexive" || m.role == possessor {
		return false
	}
	a, b := s.head(m.Head), s.head(c.Head)
	// "arrested 12 of them": the pronoun stands below the object.
	for n := 0; n < 3 && a != doc.NoToken && a != b && (s.upos(a) == "NOUN" || s.upos(a) == "NUM" || s.upos(a) == "PRON") && m.role == oblique && c.role == subject; n++ {
		a = s.head(a)
	}
	if a == doc.NoToken || a != b {
		return false
	}
	return c.role == subject && m.role != subject || m.role == subject && c.role != subject || c.role == m.role && s.is(m.Head, "conj") != s.is(c.Head, "conj")
}

package place

import (
	"casus/internal/doc"
)

// use says in what way the mention is used: for the place, for those who act
// for it, as a demonym, or as a part of the name of something else. Without a
// tree the words beside it decide.
func (s *scan) use(m *mention, c *cand) string {
	switch {
	case m.part == wordNamesake || m.part == wordStreet:
		return doc.NamePart
	case c.kind == nameAdjective || c.kind == namePeople:
		return doc.Demonym
	case m.part == wordBody:
		return doc.Metonym
	case m.part == wordSite && s.ofName(m):
		return doc.Metonym // a university of a place acts for itself
	case m.holder >= 0 || m.holds || s.opens(m) || s.afterPlacePreposition(m):
		return doc.Literal
	}
	acts := c.class == classCountry || c.class == classRegion && s.polity(c) || c.class == classAdmin1 || c.class == classMetonym || s.capital(c)
	if len(s.d.Arcs) == len(s.d.Tokens) && len(s.d.Arcs) > 0 && len(s.d.Tags) == len(s.d.Tokens) {
		return s.useInTree(m, acts)
	}
	return s.useByWords(m, acts)
}

// opens reports whether the mention is a dateline or part of one.
func (s *scan) opens(m *mention) bool {
	d := s.d
	if b := d.Sentences[s.units[m.first].sent].Block; int(b) < len(d.Blocks) && b >= 0 && d.Blocks[b].Dateline.Overlaps(m.span) {
		return true
	}
	return s.dateline(m) && s.units[m.end].span.Of(d.Text) != ","
}

// afterPlacePreposition reports whether "in" or its like stands right before
// the mention, whatever the tree says.
func (s *scan) afterPlacePreposition(m *mention) bool {
	i := int(m.first) - 1
	for ; i >= 0 && s.units[i].sent == s.units[m.first].sent; i-- {
		if !s.isThe(i) && s.units[i].class&wordDirection == 0 {
			return s.units[i].class&wordStrong != 0
		}
	}
	return false
}

// ofName reports whether the mention ends a name such as "University of Kent".
func (s *scan) ofName(m *mention) bool {
	i := int(m.first) - 1
	if i > 0 && s.isThe(i) {
		i--
	}
	return i > 0 && s.units[i].span.Of(s.d.Text) == "of" && s.units[i-1].capital && s.units[i-1].class&wordNamesake != 0
}

func (s *scan) polity(c *cand) bool {
	f := &s.g.f.list[^c.ref]
	return f.polity() || f.typ == "continent"
}

func (s *scan) capital(c *cand) bool { return c.ref >= 0 && s.g.t.code(c.ref) == "PPLC" }

// useByWords decides by the words before and after.
func (s *scan) useByWords(m *mention, acts bool) string {
	if i := int(m.first) - 1; i >= 0 && s.units[i].sent == s.units[m.first].sent {
		if s.isThe(i) {
			i--
		}
		if i > 0 && acts && s.units[i].span.Of(s.d.Text) == "of" && s.units[i-1].class&wordBody != 0 && s.units[i-1].class&(wordSettlement|wordProvince|wordCounty) == 0 {
			return doc.Metonym
		}
		if i >= 0 && s.units[i].class&wordLocative != 0 && s.units[i].class&wordDirection == 0 {
			return doc.Literal
		}
		if i >= 0 && s.units[i].class&wordDealing != 0 && acts {
			return doc.Metonym
		}
	}
	j := int(m.end)
	if j >= len(s.units) || s.units[j].sent != s.units[m.first].sent {
		return doc.Literal
	}
	u := &s.units[j]
	if w := u.span.Of(s.d.Text); (w == "'s" || w == "’s") && acts && j+1 < len(s.units) {
		if s.units[j+1].class&placeNoun == 0 {
			return doc.Metonym
		}
		return doc.Literal
	}
	if !u.capital && u.class&wordBody != 0 {
		return doc.Metonym
	}
	s.buf = appendFold(s.buf[:0], u.span.Of(s.d.Text))
	if acts && !u.capital && s.r.words.verb(s.buf)&wordSpeech != 0 {
		return doc.Metonym
	}
	return doc.Literal
}

// placeNoun are nouns that lie in the place that owns them: "Syria's largest city".
const placeNoun = wordSettlement | wordProvince | wordCounty | wordWater | wordRelief | wordStreet | wordSite | wordDirection | wordSpot

// useInTree decides by the relation of the mention to its head.
func (s *scan) useInTree(m *mention, acts bool) string {
	d := s.d
	h := s.headOf(m)
	for range 20 { // a conjunct is used as the first one is
		if d.Rel(h) != "conj" || d.Head(h) == doc.NoToken {
			break
		}
		h = d.Head(h)
	}
	head := d.Head(h)
	if head == doc.NoToken {
		return doc.Literal
	}
	if p := d.Child(h, "case"); p != doc.NoToken && d.Arcs[h].Deprel != "nmod:poss" {
		return s.useAfterPreposition(p, head, acts)
	}
	noun := s.classOfToken(head)
	switch rel := d.Rel(h); rel {
	case "nsubj":
		verb := s.classOfToken(head)
		if d.Tags[head].UPOS == "VERB" && verb&wordState == 0 && d.Arcs[h].Deprel != "nsubj:pass" {
			return doc.Metonym
		}
		if acts && d.Tags[head].UPOS != "VERB" && noun&placeNoun == 0 {
			return doc.Metonym // "Turkey, a NATO member, is ready"
		}
		if acts && d.Arcs[h].Deprel == "nsubj:pass" && verb&wordSpeech != 0 {
			return doc.Metonym
		}
	case "obj", "iobj":
		if acts && noun&wordMotion == 0 {
			return doc.Metonym
		}
	case "nmod", "compound", "amod", "flat":
		if noun&(wordSettlement|wordProvince|wordCounty) != 0 || noun&placeNoun != 0 && noun&wordBody == 0 {
			return doc.Literal
		}
		if noun&wordBody != 0 || acts {
			return doc.Metonym
		}
	case "vocative":
		return doc.Metonym
	}
	return doc.Literal
}

// useAfterPreposition decides for a mention with preposition p that depends on head.
func (s *scan) useAfterPreposition(p, head doc.TokenID, acts bool) string {
	c := s.classOfToken(p)
	w := s.d.Word(p)
	switch {
	case w == "of" || w == "Of":
		if n := s.classOfToken(head); acts && n&wordBody != 0 && n&(wordSettlement|wordProvince|wordCounty) == 0 {
			return doc.Metonym
		}
		return doc.Literal
	case c&wordRival != 0:
		return doc.Metonym
	case c&wordDealing != 0 && acts:
		if s.classOfToken(head)&(placeNoun|wordMotion) != 0 {
			return doc.Literal // "the border with Mexico", "left for Kenya"
		}
		return doc.Metonym
	}
	return doc.Literal
}

// headOf returns the token of the mention whose head lies outside it.
func (s *scan) headOf(m *mention) doc.TokenID {
	first, last := s.units[m.first].tok, s.units[m.end-1].tok
	for t := last; t > first; t-- {
		if h := s.d.Head(t); h < first || h > last {
			return t
		}
	}
	return first
}

// classOfToken returns what the word, or its lemma, tells.
func (s *scan) classOfToken(t doc.TokenID) wordClass {
	s.buf = appendFold(s.buf[:0], s.d.Word(t))
	c := s.r.words[string(s.buf)]
	if l := s.d.Tags[t].Lemma; l != "" {
		s.buf = appendFold(s.buf[:0], l)
		return c | s.r.words[string(s.buf)]
	}
	return c | s.r.words.verb(s.buf) | s.r.words.plural(s.buf)
}

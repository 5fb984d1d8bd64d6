package coref

import (
	"slices"
	"strconv"
	"strings"

	"casus/internal/doc"
)

// output numbers the entities by their first mention and leaves out pronouns
// that stand for nobody known.
func (s *scan) output() ([]doc.Mention, []doc.Entity) {
	number := make([]int32, len(s.ents))
	var mentions []doc.Mention
	var ents []doc.Entity
	acts := make([]bool, len(s.ents))
	for i := range s.m {
		if m := &s.m[i]; m.Entity != doc.NoEntity && (s.all || m.Form == doc.FormName || m.Form == doc.FormNominal && m.noun != thing) {
			acts[s.root(int32(m.Entity))] = true
		}
	}
	for i := range s.m {
		m := &s.m[i]
		if m.Entity == doc.NoEntity || !acts[s.root(int32(m.Entity))] {
			continue
		}
		e := s.root(int32(m.Entity))
		if number[e] == 0 {
			ents = append(ents, doc.Entity{})
			number[e] = int32(len(ents))
		}
		out := m.Mention
		out.Entity = doc.EntityID(number[e] - 1)
		x := &ents[out.Entity]
		x.Mentions = append(x.Mentions, int32(len(mentions)))
		mentions = append(mentions, out)
	}
	for e := range s.ents {
		if number[e] != 0 {
			s.finish(&s.ents[e], &ents[number[e]-1])
		}
	}
	return mentions, ents
}

func (s *scan) finish(x *entity, out *doc.Entity) {
	out.Kind, out.Gender, out.Number = x.kind, x.gender, x.number
	slices.Sort(x.mentions)
	best := -1000
	for _, i := range x.mentions {
		m := &s.m[i]
		if m.Form == doc.FormName {
			first, end := s.nameRange(m)
			n := int(end - first)
			// "Mexican" is no name for Mexico where the text has one.
			if c, ok := s.r.countries[m.key]; ok && c.form != "name" {
				n -= 100
			}
			if n > best {
				best, out.Name = n, s.d.Words(first, end)
			}
			s.attributes(m, out)
		}
	}
	for _, i := range x.mentions {
		m := &s.m[i]
		if m.Form != doc.FormNominal {
			continue
		}
		if out.Name == "" {
			out.Name = s.d.Words(m.First, m.End)
		}
		if out.Head == "" {
			out.Head = m.lemma
		}
		if m.Rule == "apposition" || x.named && m.Rule == "first" {
			set(out, "descriptor", s.d.Words(m.First, m.End))
		}
		s.age(m.Head, out)
		s.ageWords(m, out)
	}
	if out.Name == "" && len(x.mentions) > 0 {
		m := &s.m[x.mentions[0]]
		out.Name = s.d.Words(m.First, m.End)
	}
}

// nameRange returns the words of a name without an honorific before it, and with
// the place before it that the tagger cut off: "Kenya Human Rights Commission".
func (s *scan) nameRange(m *mention) (first, end doc.TokenID) {
	first, end = m.nf, m.ne
	for end-first > 1 {
		if _, ok := s.r.honorifics[strings.Trim(s.lower(first), ".")]; !ok {
			break
		}
		first++
	}
	if end-first > 1 {
		switch s.word(end - 1) {
		case "'s", "’s", "'", "’":
			end--
		}
	}
	for m.Kind == doc.ORG && first > m.First {
		n := s.nameAt[first-1]
		if n == 0 || s.d.Names[n-1].Kind != doc.GPE || s.d.Names[n-1].First < m.First || !s.premodifies(first-1) && !s.premodifies(s.d.Names[n-1].First) {
			break
		}
		first = s.d.Names[n-1].First
	}
	return first, end
}

func set(e *doc.Entity, key string, v any) {
	if e.Attributes == nil {
		e.Attributes = map[string]any{}
	}
	if _, ok := e.Attributes[key]; !ok {
		e.Attributes[key] = v
	}
}

// attributes takes the title and the age that stand at a name.
func (s *scan) attributes(m *mention, out *doc.Entity) {
	if m.title != doc.NoToken && m.First < m.nf {
		end := m.nf
		for end > m.First+1 && s.upos(end-1) == "PUNCT" {
			end--
		}
		set(out, "title", s.d.Words(m.First, end))
	}
	s.age(m.Head, out)
	// "Ingrid Dahl, 58, arrived"
	if t := m.ne; m.Kind == doc.PER && int(t)+2 < len(s.d.Tokens) && (s.word(t) == "," || s.word(t) == "(") {
		if e := s.word(t + 2); e == "," || e == "." || e == ")" {
			if n, err := strconv.Atoi(s.word(t + 1)); err == nil && n > 0 && n < 120 {
				set(out, "age", n)
			}
		}
	}
}

// ageWords reads "34-year-old" where the tokeniser cuts it at the hyphens.
func (s *scan) ageWords(m *mention, out *doc.Entity) {
	for t := m.First; t+4 < m.End; t++ {
		if s.word(t+1) == "-" && s.lower(t+2) == "year" && s.lower(t+4) == "old" {
			if n, err := strconv.Atoi(s.word(t)); err == nil && n > 0 && n < 120 {
				set(out, "age", n)
			}
		}
	}
}

// age reads "Claudia Sheinbaum, 62," and "the 62-year-old".
func (s *scan) age(h doc.TokenID, out *doc.Entity) {
	for k := s.first[h]; k != doc.NoToken; k = s.next[k] {
		w := s.word(k)
		switch {
		case s.upos(k) == "NUM" && k > h && (s.is(k, "appos") || s.is(k, "nummod") || s.is(k, "dep") || s.is(k, "parataxis")):
			if k > 0 && s.word(k-1) != "," && s.word(k-1) != "(" {
				continue
			}
		case strings.HasSuffix(s.lower(k), "-year-old"):
			w = w[:len(w)-len("-year-old")]
		default:
			continue
		}
		if n, err := strconv.Atoi(w); err == nil && n > 0 && n < 120 && s.child(k, "nmod", "obl") == doc.NoToken {
			set(out, "age", n)
		}
	}
}

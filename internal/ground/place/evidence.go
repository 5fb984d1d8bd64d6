package place

import "casus/internal/doc"

// evidence gathers what the whole document tells: which tokens lie in which
// name, who its people are, which words it also writes in lower case.
func (s *scan) evidence() {
	d := s.d
	s.nameOf = make([]int32, len(d.Tokens))
	for i := range s.nameOf {
		s.nameOf[i] = -1
	}
	for i, n := range d.Names {
		if n.First < 0 || n.End > doc.TokenID(len(d.Tokens)) || n.First >= n.End {
			continue
		}
		for t := n.First; t < n.End; t++ {
			if have := s.nameOf[t]; have < 0 || d.Names[have].End-d.Names[have].First < n.End-n.First {
				s.nameOf[t] = int32(i)
			}
		}
		if n.Kind == doc.PER && n.End-n.First > 1 {
			s.people[Fold(d.Word(n.End-1))] = true
		}
	}
	for i := range s.units {
		u := &s.units[i]
		if !u.word {
			continue
		}
		if !u.capital {
			if u.class&wordCommon != 0 {
				s.lower[Fold(u.span.Of(d.Text))] = true
			}
			continue
		}
		// A title or given name before a name makes its last word a family name.
		if !s.ner && u.class&(wordTitle|wordGiven) != 0 && u.class&wordBody == 0 {
			j := i + 1
			for j < i+4 && s.adjacent(j) && s.units[j].capital && s.units[j].class&(wordBody|wordSite) == 0 {
				j++
			}
			if j > i+1 {
				s.people[Fold(s.units[j-1].span.Of(d.Text))] = true
			}
		}
	}
}

// name returns the outermost name that covers the token, or nil.
func (s *scan) name(t doc.TokenID) *doc.Name {
	if int(t) < len(s.nameOf) && s.nameOf[t] >= 0 {
		return &s.d.Names[s.nameOf[t]]
	}
	return nil
}

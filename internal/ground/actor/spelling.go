package actor

import "casus/internal/ground/kb"

// minSpelling is the length from which a misspelt country is recognised.
const minSpelling = 7

// spellings finds the names and adjectives of countries with one letter wrong,
// missing or too many: "Ethopia", "Phillippines".
type spellings struct {
	words []string
	cut   map[string][]int32 // a word with one letter left out -> words
}

func newSpellings(words []string) *spellings {
	s := &spellings{cut: map[string][]int32{}}
	for _, w := range words {
		if len(w) < minSpelling-1 {
			continue
		}
		n := int32(len(s.words))
		s.words = append(s.words, w)
		s.cut[w] = append(s.cut[w], n)
		for i := range len(w) {
			k := w[:i] + w[i+1:]
			s.cut[k] = append(s.cut[k], n)
		}
	}
	return s
}

// find returns the one word that differs from w by a letter, or "".
func (s *spellings) find(w string) string {
	if len(w) < minSpelling {
		return ""
	}
	found := ""
	try := func(k string) bool {
		for _, n := range s.cut[k] {
			c := s.words[n]
			if c == found || c[0] != w[0] || !oneEdit(c, w) {
				continue
			}
			if found != "" {
				return false
			}
			found = c
		}
		return true
	}
	if !try(w) {
		return ""
	}
	for i := range len(w) {
		if !try(w[:i] + w[i+1:]) {
			return ""
		}
	}
	return found
}

// oneEdit reports whether a and b differ by one letter at most.
func oneEdit(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) == len(b) {
		return i == len(a) || a[i+1:] == b[i+1:]
	}
	return a[i:] == b[i+1:]
}

// misspelt returns the country that the word misspells, when nothing else is
// known of it and no name goes on beside it.
func (l *Linker) misspelt(ws []word, i int, date kb.Date) []kb.Name {
	w := &ws[i]
	if !w.up || w.caps || len(w.f) < minSpelling || l.common(w) || l.given[w.f] {
		return nil
	}
	for _, j := range [2]int{i - 1, i + 1} {
		if j >= 0 && j < len(ws) && ws[j].up && !l.common(&ws[j]) && !ws[min(i, j)].poss {
			return nil
		}
	}
	c := l.spell.find(w.f)
	if c == "" || l.gaz.IsPlaceName(w.s) {
		return nil
	}
	var buf [8]kb.Name
	for _, n := range l.kb.Lookup(buf[:0], []byte(c)) {
		if n.Kind() == kb.Country && n.On(date) {
			return []kb.Name{n}
		}
	}
	return nil
}

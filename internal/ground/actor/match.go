package actor

import (
	"strings"

	"casus/internal/ground/kb"
	"casus/internal/ground/place"
)

// maxName is the length of the longest name looked for, in words.
const maxName = 8

// A hit is a name of the knowledge base, or a noun that names a sector, at the
// words [i, j) of a phrase.
type hit struct {
	i, j    int
	names   []kb.Name // that fit as written; nil for a noun
	sectors string    // of a noun
}

// ref is an actor of the knowledge base, or none.
type ref struct{ kb.Ref }

func (r ref) known() bool { return !r.IsZero() }

// fits reports whether the words are written as the alias asks.
func fits(n *kb.Name, ws []word, whole bool, date kb.Date) bool {
	if !n.On(date) {
		return false
	}
	switch n.Alias {
	case kb.Acronym:
		return ws[0].caps
	case kb.Weak:
		return whole && ws[0].up
	}
	if n.Kind() == kb.Person {
		for i := range ws {
			if !ws[i].up && len(ws[i].f) > 3 {
				return false
			}
		}
	}
	// Names begin with a capital; "agence" and "al" may not.
	return ws[0].up || len(ws) > 1 && ws[len(ws)-1].up
}

// find returns the names that fit the words.
func (l *Linker) find(ws []word, whole bool, date kb.Date) []kb.Name {
	var keyBuf [96]byte
	var buf [8]kb.Name
	all := l.kb.Lookup(buf[:0], joined(keyBuf[:0], ws))
	if n := len(ws) - 1; len(all) == 0 && n > 0 && l.has(&ws[n], legal) {
		var out []kb.Name
		for _, x := range l.find(ws[:n], whole, date) {
			if x.Kind() == kb.Company || x.Kind() == kb.Outlet {
				out = append(out, x)
			}
		}
		return out
	}
	var out []kb.Name
	for i := range all {
		// "He" is a pronoun before it is a family.
		if all[i].Alias == kb.Family && len(ws) == 1 && len(ws[0].f) < 5 {
			if _, ok := l.kb.Agent([]byte(ws[0].f)); ok {
				continue
			}
		}
		if fits(&all[i], ws, whole, date) {
			out = append(out, all[i])
		}
	}
	return out
}

// hits finds the names and nouns of the phrase, the longest at each word.
// People are left to the caller when skip covers their words.
func (l *Linker) hits(ws []word, date kb.Date) (names, nouns []hit) {
	var keyBuf [128]byte
	for i := 0; i < len(ws); {
		n := l.longest(ws, i, date)
		if n.names == nil {
			i++
			continue
		}
		names = append(names, n)
		i = n.j
	}
	for i := 0; i < len(ws); i++ {
		for j := min(len(ws), i+6); j > i; j-- {
			if s, ok := l.kb.Agent(joined(keyBuf[:0], ws[i:j])); ok {
				nouns = append(nouns, hit{i: i, j: j, sectors: s})
				i = j - 1
				break
			}
		}
	}
	return names, nouns
}

func (l *Linker) longest(ws []word, i int, date kb.Date) hit {
	if !ws[i].up && !ws[i].caps && (i+1 >= len(ws) || !ws[i+1].up) {
		return hit{}
	}
	for j := min(len(ws), i+maxName); j > i; j-- {
		// A name does not run over a comma or a possessor, but in its own words.
		if broken(ws[i:j]) {
			continue
		}
		if names := l.find(ws[i:j], i == 0 && j == len(ws), date); names != nil && !l.partOf(ws, i, j, names) {
			return hit{i: i, j: j, names: names}
		}
	}
	if names := l.misspelt(ws, i, date); names != nil {
		return hit{i: i, j: i + 1, names: names}
	}
	return hit{}
}

// partOf reports whether the words [i, j), which name a body or a person, only
// stand in a longer name that nothing knows: "Santa Marta Self Defense Forces",
// "Juan Carlos Jobet".
func (l *Linker) partOf(ws []word, i, j int, names []kb.Name) bool {
	for k := range names {
		switch names[k].Kind() {
		case kb.Country, kb.Region, kb.Ethnic, kb.City:
			return false
		}
	}
	unknown := func(w *word) bool {
		return w.up && !w.caps && !w.poss && !number(w) && !l.common(w) && !strings.Contains(w.s, "-led") && !strings.Contains(w.s, "-backed") && !l.known(w)
	}
	if i > 0 && !ws[i].brk && unknown(&ws[i-1]) {
		return true
	}
	person := names[0].Kind() == kb.Person
	return person && j < len(ws) && !ws[j].brk && !ws[j-1].poss && unknown(&ws[j])
}

// known reports whether the word alone is a country, a people or a body.
func (l *Linker) known(w *word) bool {
	var buf [8]kb.Name
	for _, n := range l.kb.Lookup(buf[:0], []byte(w.f)) {
		if n.Kind() != kb.Person && n.Alias != kb.Weak {
			return true
		}
	}
	return false
}

func broken(ws []word) bool {
	for i := 1; i < len(ws); i++ {
		if ws[i].brk {
			return true
		}
	}
	return false
}

// based returns the country of "Somalia-based" and "Vietnamese-led".
func (l *Linker) based(w *word, date kb.Date) string {
	stem, ok := strings.CutSuffix(w.f, " based")
	if !ok {
		stem, ok = strings.CutSuffix(w.f, " led")
	}
	if !ok {
		return ""
	}
	var buf [8]kb.Name
	for _, n := range l.kb.Lookup(buf[:0], []byte(stem)) {
		if k := n.Kind(); (k == kb.Country || k == kb.Region) && n.On(date) {
			return n.Country()
		}
	}
	return ""
}

// minCity is the population below which a town alone in a phrase is not looked for.
const minCity = 15000

// town finds the longest run of capitalised words that names a town or a part
// of a country, and returns its likeliest bearer.
func (l *Linker) town(ws []word, skip func(i int) bool) (p place.Place, i, j int, ok bool) {
	// A name of which nothing is known is no town for holding a town's name.
	allNames := true
	for i := range ws {
		allNames = allNames && ws[i].up && !ws[i].poss && !l.common(&ws[i])
	}
	for i := 0; i < len(ws); i++ {
		if !ws[i].up || skip != nil && skip(i) {
			continue
		}
		for j := min(len(ws), i+4); j > i; j-- {
			if allNames && j-i < len(ws) || broken(ws[i:j]) || j-i == 1 && (len(ws[i].f) < 4 || l.common(&ws[i])) {
				continue
			}
			if found := l.gaz.Lookup(text(ws[i:j])); len(found) > 0 && (found[0].Population >= minCity || found[0].Type == "admin1" || found[0].Type == "region") && found[0].Country != "" {
				return found[0], i, j, true
			}
		}
	}
	return place.Place{}, 0, 0, false
}

// common reports whether the word is one of the language rather than a name.
func (l *Linker) common(w *word) bool {
	if l.words[w.f].class != 0 {
		return true
	}
	if _, ok := l.heads[w.f]; ok {
		return true
	}
	_, ok := l.kb.Agent([]byte(w.f))
	return ok
}

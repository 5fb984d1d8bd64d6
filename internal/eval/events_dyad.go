package eval

import (
	"slices"
	"strings"
)

// A party is the set of country codes that are right for an expected actor.
type party []string

// A wantedDyad is an expected pair. Mutual pairs have no direction.
type wantedDyad struct {
	types        []string
	source, side party
	mutual       bool
}

type wantedSource struct {
	types  []string
	source party
}

type gotDyad struct{ typ, source, target string }

type gotSource struct{ typ, source string }

// addActors scores type with source country, and type with both countries.
// sources may be nil.
func (s *eventScore) addActors(g *eventGold, events []codedEvent, sources, dyads *tally) {
	wantS, wantD := wantedPairs(g)
	oneWay := map[string]bool{} // types whose pairs are put in order before comparing
	for _, d := range wantD {
		if d.mutual {
			for _, t := range d.types {
				oneWay[t] = true
			}
		}
	}
	gotS, gotD := codedPairs(events, oneWay)
	if sources != nil {
		n := match(wantS, gotS, func(w wantedSource, got gotSource) bool {
			return contains(w.types, got.typ) && contains(w.source, got.source)
		})
		sources.add(n, len(gotS), len(wantS))
	}
	dyads.add(match(wantD, gotD, dyadRight), len(gotD), len(wantD))
}

func dyadRight(w wantedDyad, got gotDyad) bool {
	if !contains(w.types, got.typ) {
		return false
	}
	if contains(w.source, got.source) && contains(w.side, got.target) {
		return true
	}
	return (w.mutual || reciprocal[got.typ]) && contains(w.source, got.target) && contains(w.side, got.source)
}

// wantedPairs returns the expected sources and dyads, each once.
func wantedPairs(g *eventGold) ([]wantedSource, []wantedDyad) {
	alt := map[string][]string{}
	for _, e := range g.Expected {
		for _, a := range slices.Concat(e.Source, e.Target) {
			c := country(deref(a.Code))
			alt[c] = append(alt[c], a.CodeAlt...)
		}
	}
	parties := func(actors []expectedActor) []party {
		var out []party
		for _, a := range actors {
			c := country(deref(a.Code))
			p := append(party{c}, alt[c]...)
			slices.Sort(p)
			out = append(out, slices.Compact(p))
		}
		return out
	}
	nobody := []party{{""}}
	sources, dyads := map[string]wantedSource{}, map[string]wantedDyad{}
	addS := func(types []string, p party) {
		sources[key(types, p)] = wantedSource{types, p}
	}
	addD := func(types []string, a, b party, mutual bool) {
		k := key(types, a, b)
		if mutual {
			k += "mutual"
		}
		dyads[k] = wantedDyad{types, a, b, mutual}
		if mutual {
			addS(types, a)
		}
	}
	for _, e := range g.Expected {
		types, from, to := typesOf(e), parties(e.Source), parties(e.Target)
		for _, p := range from {
			addS(types, p)
		}
		switch {
		case len(to) == 0 && len(from) >= 2:
			for i, a := range from {
				for _, b := range from[i+1:] {
					addD(types, a, b, true)
				}
			}
		default:
			mutual := len(from) > 0 && len(to) > 0 && slices.ContainsFunc(types, func(t string) bool { return reciprocal[t] })
			for _, a := range orElse(from, nobody) {
				for _, b := range orElse(to, nobody) {
					addD(types, a, b, mutual)
				}
			}
		}
	}
	return values(sources), values(dyads)
}

// codedPairs returns the coded sources and dyads, each once.
func codedPairs(events []codedEvent, oneWay map[string]bool) ([]gotSource, []gotDyad) {
	sources, dyads := map[gotSource]bool{}, map[gotDyad]bool{}
	for _, e := range events {
		from, to := countries(e.source), countries(e.target)
		for _, c := range from {
			sources[gotSource{e.typ, c}] = true
		}
		if len(from) >= 2 && len(to) == 1 && to[0] == "" {
			for i, a := range from {
				for _, b := range from[i+1:] {
					dyads[gotDyad{e.typ, min(a, b), max(a, b)}] = true
				}
			}
			continue
		}
		for _, a := range from {
			for _, b := range to {
				if reciprocal[e.typ] || oneWay[e.typ] {
					a, b := min(a, b), max(a, b)
					dyads[gotDyad{e.typ, a, b}] = true
					continue
				}
				dyads[gotDyad{e.typ, a, b}] = true
			}
		}
	}
	s, d := keys(sources), keys(dyads)
	slices.SortFunc(s, func(x, y gotSource) int { return strings.Compare(x.typ+"\t"+x.source, y.typ+"\t"+y.source) })
	slices.SortFunc(d, func(x, y gotDyad) int {
		return strings.Compare(x.typ+"\t"+x.source+"\t"+x.target, y.typ+"\t"+y.source+"\t"+y.target)
	})
	return s, d
}

// addSectors compares the first sector of each expected actor that has one with
// that of the actor found for it: same country, on the same side of an event of
// the type, or on either side where the type is reciprocal.
func (s *eventScore) addSectors(g *eventGold, events []codedEvent) {
	for _, want := range g.Expected {
		types := typesOf(want)
		for side, actors := range [][]expectedActor{want.Source, want.Target} {
			var there []codedActor
			for _, e := range events {
				if !contains(types, e.typ) {
					continue
				}
				if side == 0 || reciprocal[e.typ] {
					there = append(there, e.source...)
				}
				if side == 1 || reciprocal[e.typ] {
					there = append(there, e.target...)
				}
			}
			for _, a := range actors {
				s.addSector(a, there)
			}
		}
	}
}

func (s *eventScore) addSector(want expectedActor, there []codedActor) {
	if len(want.Sector) < 3 {
		return
	}
	found, right := 0, 0
	c := country(deref(want.Code))
	for _, a := range there {
		if got := country(a.code); got != c && !contains(want.CodeAlt, got) {
			continue
		}
		found = 1
		if strings.HasPrefix(a.sector, want.Sector[:3]) {
			right = 1
		}
	}
	s.sectors += found
	s.sectorsRight += right
}

// country folds an actor code of PLOVER or CAMEO into a country field.
func country(code string) string {
	code = strings.ToUpper(code)
	switch {
	case code == "", strings.HasPrefix(code, "---"):
		return ""
	case strings.HasPrefix(code, "IGO"):
		for _, k := range []string{"UNO", "EUR"} {
			if strings.Contains(code[3:], k) {
				return k
			}
		}
		return "IGO"
	case strings.HasPrefix(code, "NGO"), strings.HasPrefix(code, "NGM"):
		return "NGO"
	}
	return code[:min(3, len(code))]
}

func countries(actors []codedActor) []string {
	out := make([]string, 0, max(1, len(actors)))
	for _, a := range actors {
		out = append(out, country(a.code))
	}
	return orElse(out, []string{""})
}

func orElse[T any](s, other []T) []T {
	if len(s) == 0 {
		return other
	}
	return s
}

func key(sets ...[]string) string {
	var b strings.Builder
	for _, s := range sets {
		b.WriteString(strings.Join(s, "/"))
		b.WriteByte('\t')
	}
	return b.String()
}

// values returns the values in the order of their keys.
func values[V any](m map[string]V) []V {
	names := make([]string, 0, len(m))
	for k := range m {
		names = append(names, k)
	}
	slices.Sort(names)
	out := make([]V, len(names))
	for i, k := range names {
		out[i] = m[k]
	}
	return out
}

func keys[K comparable](m map[K]bool) []K {
	out := make([]K, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	return out
}

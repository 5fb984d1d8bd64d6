package eval

import (
	"cmp"
	"fmt"
	"slices"
	"sort"
	"strings"

	"casus/internal/extract/codebook"
)

// reciprocal types have no direction: a dyad of them matches both ways.
var reciprocal = map[string]bool{"AGREE": true, "CONSULT": true, "SUPPORT": true, "COOPERATE": true}

// A tally counts what is right, what is false and what is missing.
type tally struct{ tp, fp, fn int }

func (t *tally) add(right, predicted, gold int) {
	t.tp += right
	t.fp += predicted - right
	t.fn += gold - right
}

// An eventScore counts events by the definitions of the field's scorer.
type eventScore struct {
	book  *codebook.Book
	coded bool // the gold has country codes
	texts int

	typ, primary, source, dyad, primaryDyad, root, code, quad tally

	perType map[string]*tally
	missed  map[string]map[string]int // type -> what was shown instead -> count

	negatives, falseOnNegatives int
	sectors, sectorsRight       int
}

func newEventScore(items []eventGold) *eventScore {
	s := &eventScore{book: codebook.Default(), perType: map[string]*tally{}, missed: map[string]map[string]int{}}
	for _, g := range items {
		for _, e := range g.Expected {
			for _, a := range slices.Concat(e.Source, e.Target) {
				s.coded = s.coded || a.Code != nil
			}
		}
	}
	return s
}

// add scores one text. Events come most confident first.
func (s *eventScore) add(g *eventGold, events []codedEvent) {
	s.texts++
	if len(g.Expected) == 0 {
		s.negatives++
		s.falseOnNegatives += len(events)
	}
	s.addQuad(g, events)
	if !g.typed() {
		return
	}
	s.addTypes(g, events)
	s.addCAMEO(g, events)
	if s.coded && g.coded() {
		s.addActors(g, events, &s.source, &s.dyad)
		s.addActors(g, events[:min(1, len(events))], nil, &s.primaryDyad)
		s.addSectors(g, events)
	}
}

func (s *eventScore) addTypes(g *eventGold, events []codedEvent) {
	want := wantedTypes(g)
	got := map[string]bool{}
	for _, e := range events {
		got[e.typ] = true
	}
	types := sorted(got)
	s.typ.add(match(want, types, contains), len(types), len(want))
	first := types[:0:0]
	if len(events) > 0 {
		first = []string{events[0].typ}
	}
	s.primary.add(match(want, first, contains), len(first), len(want))

	for _, w := range want {
		name := strings.Join(w, "/")
		if slices.ContainsFunc(types, func(t string) bool { return contains(w, t) }) {
			s.of(name).tp++
			continue
		}
		s.of(name).fn++
		instead := cmp.Or(strings.Join(types, "+"), "none")
		if s.missed[name] == nil {
			s.missed[name] = map[string]int{}
		}
		s.missed[name][instead]++
	}
	for _, t := range types {
		if !slices.ContainsFunc(want, func(w []string) bool { return contains(w, t) }) {
			s.of(t).fp++
		}
	}
}

func (s *eventScore) of(typ string) *tally {
	if s.perType[typ] == nil {
		s.perType[typ] = &tally{}
	}
	return s.perType[typ]
}

// wantedTypes returns the distinct expected types, each the set of names that
// are right, in order.
func wantedTypes(g *eventGold) [][]string {
	var want [][]string
	for _, e := range g.Expected {
		w := typesOf(e)
		if !slices.ContainsFunc(want, func(x []string) bool { return slices.Equal(x, w) }) {
			want = append(want, w)
		}
	}
	return want
}

func typesOf(e expectedEvent) []string {
	if len(e.EventAny) == 0 {
		return []string{e.Event}
	}
	w := slices.Clone(e.EventAny)
	slices.Sort(w)
	return slices.Compact(w)
}

func (s *eventScore) addQuad(g *eventGold, events []codedEvent) {
	want, got := map[int]bool{}, map[int]bool{}
	for _, e := range events {
		got[int(s.book.Quad(e.typ))] = true
	}
	for _, e := range g.Expected {
		q := e.Quad
		if e.Event != "" || len(e.EventAny) > 0 {
			q = s.wantedQuad(e, got)
		}
		if q > 0 {
			want[q] = true
		}
	}
	equal := func(a, b int) bool { return a == b }
	s.quad.add(match(sorted(want), sorted(got), equal), len(got), len(want))
}

// wantedQuad returns the class of an expected event: of several types that are
// right, that of the first whose class is shown.
func (s *eventScore) wantedQuad(e expectedEvent, got map[int]bool) int {
	types := typesOf(e)
	for _, t := range types {
		if q := int(s.book.Quad(t)); got[q] {
			return q
		}
	}
	return int(s.book.Quad(types[0]))
}

func (s *eventScore) addCAMEO(g *eventGold, events []codedEvent) {
	want, got := map[string]bool{}, map[string]bool{}
	wantRoot, gotRoot := map[string]bool{}, map[string]bool{}
	for _, e := range g.Expected {
		if e.CAMEO != "" {
			want[e.CAMEO], wantRoot[e.CAMEO[:min(2, len(e.CAMEO))]] = true, true
		}
	}
	if len(want) == 0 {
		return
	}
	for _, e := range events {
		if e.cameo != "" {
			got[e.cameo], gotRoot[e.cameo[:min(2, len(e.cameo))]] = true, true
		}
	}
	equal := func(a, b string) bool { return a == b }
	s.code.add(match(sorted(want), sorted(got), equal), len(got), len(want))
	s.root.add(match(sorted(wantRoot), sorted(gotRoot), equal), len(gotRoot), len(wantRoot))
}

// match pairs every wanted item with the first unused one that is right, and
// returns the number of pairs.
func match[W, G any](want []W, got []G, right func(W, G) bool) int {
	used := make([]bool, len(got))
	n := 0
	for _, w := range want {
		for i, g := range got {
			if !used[i] && right(w, g) {
				used[i] = true
				n++
				break
			}
		}
	}
	return n
}

func contains(set []string, s string) bool { return slices.Contains(set, s) }

func sorted[K cmp.Ordered](set map[K]bool) []K {
	out := make([]K, 0, len(set))
	for k := range set {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

func (s *eventScore) report() *Report {
	r := &Report{Task: "events"}
	add := func(name string, t tally) {
		if t != (tally{}) {
			r.PRF(name, t.tp, t.tp+t.fp, t.tp+t.fn)
		}
	}
	add("type", s.typ)
	add("type, primary event", s.primary)
	add("type + source", s.source)
	add("type + source + target", s.dyad)
	add("dyad, primary event", s.primaryDyad)
	add("CAMEO root", s.root)
	add("CAMEO code", s.code)
	add("quad class", s.quad)
	if s.sectors > 0 {
		r.Share("sector of found actors", s.sectorsRight, s.sectors)
	}
	if s.negatives > 0 {
		v := ratio(s.falseOnNegatives, s.negatives)
		r.Rows = append(r.Rows, Row{Name: "shown per 100 negatives", Value: &v, N: s.negatives, Note: fmt.Sprintf("%d shown", s.falseOnNegatives)})
	}
	s.reportTypes(r)
	return r
}

// reportTypes adds the macro average over the types of the gold, and each type.
func (s *eventScore) reportTypes(r *Report) {
	names := make([]string, 0, len(s.perType))
	for n := range s.perType {
		names = append(names, n)
	}
	sort.Strings(names)
	at, sum, n := len(r.Rows), 0.0, 0
	for _, name := range names {
		t := s.perType[name]
		f := r.PRF(name, t.tp, t.tp+t.fp, t.tp+t.fn)
		if t.tp+t.fn > 0 {
			sum += f
			n++
		}
		if m := worst(s.missed[name], 3); m != "" {
			r.Rows[len(r.Rows)-1].Note += "; missed for " + m
		}
	}
	if n > 0 {
		macro := sum / float64(n)
		r.Rows = slices.Insert(r.Rows, at, Row{Name: "macro F1 over types of the gold", Value: &macro, N: n})
	}
}

// worst names the most frequent of the counts.
func worst(counts map[string]int, n int) string {
	names := make([]string, 0, len(counts))
	for name := range counts {
		names = append(names, name)
	}
	sort.Slice(names, func(i, j int) bool {
		if counts[names[i]] != counts[names[j]] {
			return counts[names[i]] > counts[names[j]]
		}
		return names[i] < names[j]
	})
	var out []string
	for _, name := range names[:min(n, len(names))] {
		out = append(out, fmt.Sprintf("%s %d", name, counts[name]))
	}
	return strings.Join(out, ", ")
}

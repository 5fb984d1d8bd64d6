package eval

import (
	"fmt"
	"slices"
	"strings"

	"casus/internal/extract/codebook"
	"casus/internal/record"
)

// A share counts what is right among some.
type share struct{ ok, n int }

func (s *share) add(ok bool) {
	s.n++
	if ok {
		s.ok++
	}
}

// A goldScore counts by the definitions of EventGold.
type goldScore struct {
	book *codebook.Book

	negatives map[string]*share // by kind; ok counts false events
	kinds     []string          // in order of appearance

	typ, withActors, withCountries tally
	perType                        map[string]*tally
	optional                       int // shown events that are neither right nor false

	participants             tally
	sector                   share
	mode, date, place, genre share
	status, kept             share

	bins [10]struct {
		share
		sum float64
	}
}

func newGoldScore() *goldScore {
	return &goldScore{book: codebook.Default(), negatives: map[string]*share{}, perType: map[string]*tally{}}
}

func (s *goldScore) add(g *goldArticle, d *record.Document) {
	if g.Genre == "" {
		s.addNegative(g, d)
		return
	}
	s.genre.add(deref(d.Article.Genre) == g.Genre)
	s.addShown(g, d)
	s.addStatus(g, d)
}

func (s *goldScore) addNegative(g *goldArticle, d *record.Document) {
	n := s.negatives[g.Kind]
	if n == nil {
		n = &share{}
		s.negatives[g.Kind] = n
		s.kinds = append(s.kinds, g.Kind)
	}
	n.n++
	for i := range d.Events {
		if e := &d.Events[i]; e.Shown(0) && !slices.Contains(g.Allowed, e.Type) {
			n.ok++
			s.calibrate(e, false)
		}
	}
}

func (s *goldScore) calibrate(e *record.Event, right bool) {
	b := &s.bins[min(int(e.Confidence*10), 9)]
	b.add(right)
	b.sum += e.Confidence
}

// addShown scores the shown events against those that should be.
func (s *goldScore) addShown(g *goldArticle, d *record.Document) {
	var shown []*record.Event
	for i := range d.Events {
		if d.Events[i].Shown(0) {
			shown = append(shown, &d.Events[i])
		}
	}
	var wanted []*goldEvent
	for i := range g.Events {
		e := &g.Events[i]
		if e.Optional || e.Status == record.Actual {
			wanted = append(wanted, e)
		}
		if !e.Optional && e.Status == record.Actual {
			s.of(e.Type).fn++
			for _, t := range []*tally{&s.typ, &s.withActors, &s.withCountries} {
				t.fn++
			}
		}
	}
	for i, w := range pairEvents(wanted, shown, d) {
		e := shown[i]
		switch {
		case w == nil:
			s.of(e.Type).fp++
			for _, t := range []*tally{&s.typ, &s.withActors, &s.withCountries} {
				t.fp++
			}
			s.calibrate(e, false)
		case w.Optional:
			s.optional++
		default:
			s.of(w.Type).found(true)
			s.typ.found(true)
			s.calibrate(e, true)
			s.addDetails(g, w, e, d)
		}
	}
}

// found moves one gold event from the missed to the found, or, where it is
// found but wrong, counts the prediction as false.
func (t *tally) found(right bool) {
	if !right {
		t.fp++
		return
	}
	t.fn--
	t.tp++
}

func (s *goldScore) of(typ string) *tally {
	if s.perType[typ] == nil {
		s.perType[typ] = &tally{}
	}
	return s.perType[typ]
}

func (s *goldScore) addDetails(g *goldArticle, w *goldEvent, e *record.Event, d *record.Document) {
	actors, recipients := w.Actors, w.Recipients
	gotActors, gotRecipients := participants(e.Actors, d), participants(e.Recipients, d)
	if reciprocal[e.Type] && (len(gotRecipients) == 0 || len(recipients) == 0) { // no direction
		actors, recipients = slices.Concat(actors, recipients), nil
		gotActors, gotRecipients = slices.Concat(gotActors, gotRecipients), nil
	}
	right := s.side(g, actors, gotActors)
	right = s.side(g, recipients, gotRecipients) && right
	s.withActors.found(right)
	s.withCountries.found(sameCodes(actors, gotActors) && sameCodes(recipients, gotRecipients))

	if len(w.Modes) > 0 && e.Type == w.Type {
		s.mode.add(len(e.Modes) > 0 && !slices.ContainsFunc(e.Modes, func(m string) bool { return !contains(w.Modes, m) }))
	}
	if w.From != "" {
		s.date.add(e.Time != nil && day(e.Time.From) == w.From && day(e.Time.To) == w.To)
	}
	if w.Place != "" {
		s.place.add(s.placed(g, w.Place, e, d))
	}
}

// day is the date of a time.
func day(t *string) string {
	v := deref(t)
	return v[:min(len(v), len("2006-01-02"))]
}

func participants(ids []string, d *record.Document) []*record.Actor {
	var out []*record.Actor
	for _, id := range ids {
		if i := slices.IndexFunc(d.Actors, func(a record.Actor) bool { return a.ID == id }); i >= 0 {
			out = append(out, &d.Actors[i])
		}
	}
	return out
}

// side pairs the participants of one side, and reports whether all are found
// and none is too many.
func (s *goldScore) side(g *goldArticle, want []goldActor, got []*record.Actor) bool {
	used := make([]bool, len(got))
	n := 0
	for _, w := range want {
		at := g.find(w)
		i := slices.IndexFunc(got, func(a *record.Actor) bool { return named(a, at) })
		if i < 0 || used[i] {
			i = -1
			for j, a := range got {
				if !used[j] && (named(a, at) || sameParty(a, w)) {
					i = j
					break
				}
			}
		}
		if i < 0 {
			continue
		}
		used[i] = true
		n++
		if w.Sector != "" {
			s.sector.add(len(got[i].Sectors) > 0 && got[i].Sectors[0] == w.Sector)
		}
	}
	s.participants.add(n, len(got), len(want))
	return n == len(want) && n == len(got)
}

// named reports whether a mention of the actor overlaps one of the spans.
func named(a *record.Actor, at []record.Span) bool {
	for _, m := range a.Mentions {
		if slices.ContainsFunc(at, func(sp record.Span) bool { return spansMeet(m.Span, sp) }) {
			return true
		}
	}
	return false
}

// sameParty reports whether the actor is of the country and sector wanted: the
// army and its jets are one party.
func sameParty(a *record.Actor, w goldActor) bool {
	return w.Code != "" && w.Sector != "" && codeOf(a) == w.Code && len(a.Sectors) > 0 && a.Sectors[0] == w.Sector
}

func codeOf(a *record.Actor) string {
	if c := deref(a.Code); c != "" {
		return c
	}
	return deref(a.Country)
}

func sameCodes(want []goldActor, got []*record.Actor) bool {
	w, h := map[string]bool{}, map[string]bool{}
	for _, a := range want {
		w[a.Code] = true
	}
	for _, a := range got {
		h[codeOf(a)] = true
	}
	return slices.Equal(sorted(w), sorted(h))
}

func (s *goldScore) placed(g *goldArticle, words string, e *record.Event, d *record.Document) bool {
	i := slices.IndexFunc(d.Places, func(p record.Place) bool { return e.Place != nil && p.ID == *e.Place })
	if i < 0 {
		return false
	}
	at := g.find(goldActor{Words: []string{words}})
	for _, m := range d.Places[i].Mentions {
		if slices.ContainsFunc(at, func(sp record.Span) bool { return spansMeet(m.Span, sp) }) {
			return true
		}
	}
	return strings.EqualFold(d.Places[i].Name, words)
}

// addStatus scores the status of all events that the coder found, and how many
// of those that did not happen, or long ago, it kept from being shown.
func (s *goldScore) addStatus(g *goldArticle, d *record.Document) {
	var all []*record.Event
	for i := range d.Events {
		all = append(all, &d.Events[i])
	}
	var gold []*goldEvent
	for i := range g.Events {
		gold = append(gold, &g.Events[i])
	}
	for i, w := range pairEvents(gold, all, d) {
		if w == nil || w.Optional {
			continue
		}
		s.status.add(all[i].Status == w.Status)
		if w.Status != record.Actual {
			s.kept.add(!all[i].Shown(0))
		}
	}
}

func (s *goldScore) report() *Report {
	r := &Report{Task: "eventgold"}
	s.reportNegatives(r)
	prf := func(name string, t tally) { r.PRF(name, t.tp, t.tp+t.fp, t.tp+t.fn) }
	if s.genre.n > 0 {
		prf("shown events, type", s.typ)
		r.Rows[len(r.Rows)-1].Note += fmt.Sprintf(", and %d optional", s.optional)
		prf("with all participants", s.withActors)
		prf("with all countries", s.withCountries)
		prf("participants of those found", s.participants)
		for _, x := range []struct {
			name string
			share
		}{
			{"sector", s.sector},
			{"mode", s.mode},
			{"date", s.date},
			{"place", s.place},
			{"status", s.status},
			{"not actual, not shown", s.kept},
			{"genre", s.genre},
		} {
			r.Share(x.name, x.ok, x.n)
		}
	}
	s.reportCalibration(r)
	for _, t := range s.book.Types() {
		if p := s.perType[t.Name]; p != nil {
			prf("type "+t.Name, *p)
		}
	}
	return r
}

func (s *goldScore) reportNegatives(r *Report) {
	var all share
	for _, k := range s.kinds {
		all.ok += s.negatives[k].ok
		all.n += s.negatives[k].n
	}
	if all.n == 0 {
		return
	}
	row := func(name string, x share) {
		v := ratio(x.ok, x.n)
		r.Rows = append(r.Rows, Row{Name: name, Value: &v, N: x.n, Note: fmt.Sprintf("%d shown", x.ok)})
	}
	row("shown per 100 negatives", all)
	for _, k := range s.kinds {
		row("  "+k, *s.negatives[k])
	}
}

// reportCalibration adds the expected calibration error of the confidence of
// shown events, and the table behind it.
func (s *goldScore) reportCalibration(r *Report) {
	n, gap := 0, 0.0
	for _, b := range s.bins {
		n += b.n
		gap += max(b.sum-float64(b.ok), float64(b.ok)-b.sum)
	}
	if n == 0 {
		return
	}
	v := gap / float64(n)
	r.Rows = append(r.Rows, Row{Name: "calibration error", Value: &v, N: n, Note: "of the confidence of shown events"})
	for i, b := range s.bins {
		if b.n > 0 {
			r.Share(fmt.Sprintf("  confidence %.1f to %.1f", float64(i)/10, float64(i+1)/10), b.ok, b.n)
			r.Rows[len(r.Rows)-1].Note += fmt.Sprintf(", mean confidence %.2f", b.sum/float64(b.n))
		}
	}
}

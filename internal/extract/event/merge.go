package event

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"casus/internal/doc"
	"casus/internal/record"
)

// draft is an act with what the record says of it.
type draft struct {
	act   *act
	event record.Event
}

// records makes one record of each happening, in order of the text.
func (f *finder) records() []record.Event {
	drafts := make([]draft, 0, len(f.acts))
	for _, a := range f.acts {
		if !f.stands(a) {
			continue
		}
		if a.background == "" && a.status == record.Actual && f.private(a) {
			a.background = "between private persons"
		}
		if a.background == "" && a.status == record.Actual && f.longStanding(a) {
			a.background = "going on for more than a year"
		}
		a.confidence = f.confidence(a)
		drafts = append(drafts, draft{a, f.record(a)})
	}
	// The surest telling of the article's own news comes first in its group.
	order := make([]int, len(drafts))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int {
		a, b := &drafts[i].event, &drafts[j].event
		if a.Background != b.Background {
			if a.Background {
				return 1
			}
			return -1
		}
		return cmp.Compare(b.Confidence, a.Confidence)
	})
	var kept []*draft
next:
	for _, i := range order {
		d := &drafts[i]
		for _, k := range kept {
			if f.sameHappening(k, d) {
				k.absorb(d)
				continue next
			}
		}
		kept = append(kept, d)
	}
	dispute(kept)
	slices.SortStableFunc(kept, func(a, b *draft) int { return cmp.Compare(a.act.trigger, b.act.trigger) })
	out := make([]record.Event, len(kept))
	for i, k := range kept {
		k.event.ID = "e" + strconv.Itoa(i+1)
		out[i] = k.event
	}
	return out
}

// stands reports whether an act has the participants that its type cannot do
// without.
func (f *finder) stands(a *act) bool {
	switch a.typ {
	case "PROTEST", "REQUEST", "ACCUSE", "AGREE", "THREATEN", "REJECT", "SUPPORT":
		return len(a.actors) > 0
	case "CONSULT", "COOPERATE":
		return len(a.actors)+len(a.recipients) > 0
	}
	return len(a.actors)+len(a.recipients) > 0
}

// record writes the act down.
func (f *finder) record(a *act) record.Event {
	b := f.c.book
	e := record.Event{
		Type: a.typ, Modes: append([]string{}, a.modes...), Contexts: f.contextsOf(a),
		Quad: int(b.Quad(a.typ)), Score: record.Ptr(b.Score(a.typ, a.modes...)),
		Actors: f.ids(a.actors), Recipients: f.ids(a.recipients),
		Background: a.background != "", Inner: []record.Inner{}, Status: a.status,
		Time: f.time(a), Place: f.where(a), Trigger: f.d.Anchor(f.d.Tokens[a.trigger].Span),
		Sentence: f.d.SentenceOf(a.trigger), Size: map[string]string{},
		Confidence: a.confidence,
	}
	code := a.cameo
	if code == "" {
		code = b.CAMEOFor(a.typ, a.modes...)
	}
	if k, ok := b.CAMEO(code); ok {
		e.CAMEO, e.Goldstein = &code, &k.Goldstein
	}
	for _, in := range a.inner {
		e.Inner = append(e.Inner, record.Inner{
			Type: in.typ, Modes: append([]string{}, in.modes...), Actors: f.ids(in.actors), Recipients: f.ids(in.recipients),
			Trigger: f.d.Anchor(f.d.Tokens[in.trigger].Span), Status: in.status,
		})
	}
	e.AccordingTo, e.DisputedBy = f.onWordOf(e.Trigger)
	e.Mentions = []record.EventMention{{Trigger: e.Trigger, Sentence: e.Sentence, Status: e.Status, AccordingTo: e.AccordingTo}}
	e.Why = f.why(a, &e)
	return e
}

// why says what made the record, in words.
func (f *finder) why(a *act, e *record.Event) record.Why {
	c := &f.cl[a.clause]
	w := record.Why{Evidence: []record.Span{e.Trigger}, Steps: a.steps, Lost: a.lost}
	if a.rule != nil {
		w.Rule = a.rule.ID
	}
	if c.Support != doc.NoToken {
		w.Evidence = append(w.Evidence, f.d.Anchor(f.d.Tokens[c.Support].Span))
	}
	for i := range c.Args {
		x := &c.Args[i]
		w.Evidence = append(w.Evidence, f.d.Anchor(f.d.Range(x.First, x.End)))
		w.Steps = append(w.Steps, x.Role+" ("+x.Rule+"): "+f.d.Words(x.First, x.End))
	}
	for _, r := range c.Reasons {
		w.Steps = append(w.Steps, "status: "+r.Rule+" \""+f.d.Words(r.First, r.End)+"\"")
	}
	if a.background != "" {
		w.Steps = append(w.Steps, "background: "+a.background)
	}
	return w
}

// contextsOf returns the contexts of the rule and those that the words of the
// sentence tell.
func (f *finder) contextsOf(a *act) []string {
	out := append([]string{}, a.contexts...)
	s := f.d.SentenceOf(a.trigger)
	list, ok := f.contextBuf[s]
	if !ok {
		sent := f.d.Sentences[s]
		for t := sent.First; t < sent.End; t++ {
			l := f.lemma(t)
			list = append(list, f.c.contexts[l]...)
			if t+1 < sent.End {
				list = append(list, f.c.contexts[l+" "+f.lemma(t+1)]...)
			}
		}
		f.contextBuf[s] = list
	}
	for _, c := range list {
		if !slices.Contains(out, c) {
			out = append(out, c)
		}
	}
	slices.Sort(out)
	return out
}

// dispute lets a denial stand against the telling that it denies: "police denied
// beating them" against "they were beaten".
func dispute(kept []*draft) {
	for _, deny := range kept {
		d := &deny.event
		if d.Status != record.Negated || len(d.DisputedBy) == 0 {
			continue
		}
		for _, k := range kept {
			e := &k.event
			if e.Status == record.Negated || e.Type != d.Type || !overlap(e.Actors, d.Actors) && !overlap(e.Recipients, d.Recipients) {
				continue
			}
			for _, s := range d.DisputedBy {
				if !slices.Contains(e.DisputedBy, s) {
					e.DisputedBy = append(e.DisputedBy, s)
				}
			}
		}
	}
}

// sameHappening reports whether two drafts tell one happening: the same type,
// status, and modes and participants and dates that can be the same.
func (f *finder) sameHappening(a, b *draft) bool {
	x, y := &a.event, &b.event
	if x.Type != y.Type || (x.Status != y.Status && x.Status != record.Actual) || (y.Status != x.Status && y.Status != record.Historical) {
		return false
	}
	if !compatible(x.Modes, y.Modes) || !sameDay(x.Time, y.Time) {
		return false
	}
	if x.Sentence == y.Sentence && (f.resultOf(a.act, b.act) || f.resultOf(b.act, a.act) || f.oneVisit(x, y)) {
		return true
	}
	// A headline names its people more shortly than the text does.
	if f.cl[a.act.clause].Headline != f.cl[b.act.clause].Headline && (max(x.Sentence, y.Sentence) <= lead || a.act.rule == b.act.rule) && a.act.made == b.act.made {
		return f.sameNames(x.Actors, y.Actors) && f.sameNames(x.Recipients, y.Recipients)
	}
	if !compatible(x.Recipients, y.Recipients) {
		return false
	}
	if len(x.Actors) > 0 && len(y.Actors) > 0 && !overlap(x.Actors, y.Actors) {
		return false
	}
	// Something must tie them: a participant in common.
	if !overlap(x.Actors, y.Actors) && !overlap(x.Recipients, y.Recipients) {
		return false
	}
	// Two verbs of one sentence are two happenings, unless one restates the other.
	if x.Sentence == y.Sentence && !a.act.restates(b.act) {
		return false
	}
	return true
}

// lead is the number of sentences that a headline sums up.
const lead = 5

// resultOf reports whether b is what a did, told in the same breath: "shelled
// the town, killing two and wounding five".
func (f *finder) resultOf(b, a *act) bool {
	if a.typ != "ASSAULT" || b.typ != "ASSAULT" {
		return false
	}
	for id, n := b.clause, 0; n <= maxNesting; n++ {
		c := &f.cl[id]
		if c.Tense != "" || c.Parent == doc.NoClause {
			return false
		}
		switch c.Link {
		case "advcl", "xcomp", "conj", "acl":
		default:
			return false
		}
		if id = c.Parent; id == a.clause {
			return true
		}
	}
	return false
}

// oneVisit reports whether two consultations of one sentence are a visit and
// what it was for: "visited Nairobi and met the president".
func (f *finder) oneVisit(x, y *record.Event) bool {
	return x.Type == "CONSULT" && slices.Contains(x.Modes, "visit") != slices.Contains(y.Modes, "visit") && overlap(x.Actors, y.Actors)
}

// sameNames reports whether two sides may be the same people: one is empty, they
// share a member, or a word of their names.
func (f *finder) sameNames(a, b []string) bool {
	if compatible(a, b) {
		return true
	}
	for _, x := range a {
		for _, y := range b {
			if f.unnamed(x) || f.unnamed(y) || shareWord(f.name(x), f.name(y)) || f.sameCountry(x, y) {
				return true
			}
		}
	}
	return false
}

// sameCountry reports whether one of two actors is a state, and the other is of
// it: headlines call a government by its country.
func (f *finder) sameCountry(a, b string) bool {
	state, country := false, ""
	for i := range f.d.Actors {
		x := &f.d.Actors[i]
		if x.ID != a && x.ID != b {
			continue
		}
		if x.Country == nil || country != "" && *x.Country != country {
			return false
		}
		country = *x.Country
		state = state || x.Type == record.State || x.Type == record.PlaceActor
	}
	return state
}

// unnamed reports whether the text never names an actor: "opposition leader".
func (f *finder) unnamed(id string) bool {
	for i := range f.d.Actors {
		if f.d.Actors[i].ID != id || i >= len(f.d.Entities) {
			continue
		}
		for _, m := range f.d.Entities[i].Mentions {
			if f.d.Mentions[m].Form == doc.FormName {
				return false
			}
		}
	}
	return true
}

// name returns the name of a participant by its id.
func (f *finder) name(id string) string {
	for i := range f.d.Actors {
		if f.d.Actors[i].ID == id {
			return f.d.Actors[i].Name
		}
	}
	for i := range f.extra {
		if f.extra[i].ID == id {
			return f.extra[i].Name
		}
	}
	return ""
}

// shareWord reports whether two names share a word longer than an article.
func shareWord(a, b string) bool {
	for _, x := range strings.Fields(a) {
		for _, y := range strings.Fields(b) {
			if len(x) > 3 && strings.EqualFold(x, y) {
				return true
			}
		}
	}
	return false
}

// restates reports whether two acts of one sentence share type, rule and
// participants, as in "attacked and shelled".
func (a *act) restates(b *act) bool {
	return slices.EqualFunc(a.actors, b.actors, part.same) && slices.EqualFunc(a.recipients, b.recipients, part.same)
}

// compatible reports whether two lists may describe one thing: one is empty or
// they share a member.
func compatible(a, b []string) bool { return len(a) == 0 || len(b) == 0 || overlap(a, b) }

func overlap(a, b []string) bool {
	for _, x := range a {
		if slices.Contains(b, x) {
			return true
		}
	}
	return false
}

// sameDay reports whether two times can be one: their ranges meet, or one is
// only the article's own date.
func sameDay(a, b *record.EventTime) bool {
	if a == nil || b == nil || a.From == nil || b.From == nil || a.Basis == "publication" || b.Basis == "publication" {
		return true
	}
	toA, toB := cmp.Or(deref(a.To), *a.From), cmp.Or(deref(b.To), *b.From)
	return *a.From <= toB && *b.From <= toA
}

func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// absorb adds another telling to an event, and what it knows more.
func (d *draft) absorb(o *draft) {
	e, x := &d.event, &o.event
	e.Mentions = append(e.Mentions, x.Mentions...)
	if len(e.Actors) == 0 {
		e.Actors = x.Actors
	}
	if len(e.Recipients) == 0 {
		for _, r := range x.Recipients {
			if !slices.Contains(e.Actors, r) {
				e.Recipients = append(e.Recipients, r)
			}
		}
	}
	if len(e.Modes) == 0 {
		e.Modes, e.CAMEO, e.Goldstein, e.Score = x.Modes, x.CAMEO, x.Goldstein, x.Score
	}
	if e.Place == nil {
		e.Place = x.Place
	}
	if e.Time == nil || (e.Time.Basis == "publication" && x.Time != nil && x.Time.Basis != "publication") {
		e.Time = x.Time
	}
	for _, c := range x.Contexts {
		if !slices.Contains(e.Contexts, c) {
			e.Contexts = append(e.Contexts, c)
		}
	}
	slices.Sort(e.Contexts)
	if len(x.AccordingTo) == 0 {
		e.AccordingTo = []string{}
	}
	for _, s := range x.DisputedBy {
		if !slices.Contains(e.DisputedBy, s) {
			e.DisputedBy = append(e.DisputedBy, s)
		}
	}
}

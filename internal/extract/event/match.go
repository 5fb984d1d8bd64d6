package event

import (
	"strings"

	"casus/internal/doc"
	"casus/internal/record"
)

// A match is the rule that won a clause, and those that lost.
type match struct {
	rule  *Rule
	score float64
	lost  []*Rule
}

// matchAll matches embedded clauses before those that embed them, so that a
// rule may ask for the act inside.
func (f *finder) matchAll() {
	for i := len(f.cl) - 1; i >= 0; i-- {
		f.match[i] = f.best(doc.ClauseID(i))
	}
}

// phrasal is what a predicate of several words adds to how specific a match is.
const phrasal = 4

// best returns the most specific rule that holds for a clause, or nil.
func (f *finder) best(id doc.ClauseID) *match {
	c := &f.cl[id]
	var m match
	whole := false // a phrasal verb is another verb than the plain one
	try := func(lemma string) {
		for i := range f.c.rules.byLemma[lemma] {
			e := &f.c.rules.byLemma[lemma][i]
			if whole && len(e.rest) == 0 || len(e.rest) > 0 && !f.spelled(c, e) {
				continue
			}
			r := &f.c.rules.rules[e.rule]
			if m.rule == r {
				continue
			}
			score, ok := f.holds(r, id)
			if !ok {
				continue
			}
			score += 100*float64(r.Priority) + phrasal*float64(len(e.rest))
			switch {
			case m.rule == nil:
				m.rule, m.score = r, score
			case score > m.score:
				m.lost = append(m.lost, m.rule)
				m.rule, m.score = r, score
			default:
				m.lost = append(m.lost, r)
			}
		}
	}
	switch c.Kind {
	case doc.NounClause, doc.SupportClause:
		try("n:" + c.Lemma)
		if w := strings.ToLower(f.d.Word(c.Pred)); w != c.Lemma {
			try("n:" + w)
		}
	case doc.AdjectiveClause:
		try("a:" + c.Lemma)
	default:
		base, particle, _ := strings.Cut(c.Lemma, " ")
		// With a particle a verb is another verb, unless the particle only adds "up".
		whole = f.c.rules.phrasal[c.Lemma]
		if particle == "" || particle == "up" || whole {
			try("v:" + base)
		}
	}
	if m.rule == nil {
		return nil
	}
	return &m
}

// spelled reports whether the further words of a predicate stand with it: the
// particle or object of a verb, the words before a noun or after its "of".
func (f *finder) spelled(c *doc.Clause, e *entry) bool {
	if c.Kind == doc.NounClause || c.Kind == doc.SupportClause {
		if e.of {
			for k := range f.kids(c.Pred) {
				if f.d.Rel(k) == "nmod" && f.caseOf(k) == "of" && f.is(k, e.rest[0]) {
					return true
				}
			}
			return false
		}
		// "hunger strike", "cease - fire": the words before, whatever joins them.
		t := c.Pred - 1
		for i := len(e.rest) - 1; i >= 0; i-- {
			for t >= c.First && t >= 0 && (f.d.Word(t) == "-" || f.d.Word(t) == "–") {
				t--
			}
			if t < 0 || t < c.First || !f.is(t, e.rest[i]) {
				return false
			}
			t--
		}
		return true
	}
	end := f.d.Sentences[f.d.SentenceOf(c.Pred)].End
	for t := c.Pred + 1; t < end && t <= c.Pred+8; t++ {
		if !f.is(t, e.rest[0]) {
			continue
		}
		// A preposition is a particle only right behind the verb: "give in", but
		// not "give points in May".
		if h := f.d.Arcs[t].Head; t != c.Pred+1 && h != c.Pred && (len(e.rest) < 2 || h < 0 || f.d.Arcs[h].Head != c.Pred || f.d.Rel(t) != "case") {
			continue
		}
		ok := true
		for i := 1; i < len(e.rest); i++ {
			if t+doc.TokenID(i) >= end || !f.is(t+doc.TokenID(i), e.rest[i]) {
				ok = false
			}
		}
		if ok {
			return true
		}
	}
	return false
}

func (f *finder) is(t doc.TokenID, word string) bool {
	return f.lemma(t) == word || strings.EqualFold(f.d.Word(t), word)
}

// holds reports whether all constraints of a rule hold, and how specific they
// are.
func (f *finder) holds(r *Rule, id doc.ClauseID) (float64, bool) {
	score := 0.0
	for i := range r.where {
		k := &r.where[i]
		present, ok := f.filled(k, id)
		switch {
		case k.kinds&fillNone != 0:
			if present {
				return 0, false
			}
		case !present:
			if !k.optional && !k.negative() {
				return 0, false
			}
			continue
		case !ok:
			return 0, false
		}
		score += k.weight()
	}
	return score, true
}

// filled reports whether a role is present, and whether one filler of it is
// all that the constraint asks.
func (f *finder) filled(k *constraint, id doc.ClauseID) (present, ok bool) {
	switch {
	case complements[k.role]:
		return f.complement(k, id)
	case k.role == doc.Modifier:
		return f.modified(k, id)
	case k.role == supportRole:
		return f.supported(k, id)
	}
	c := &f.cl[id]
	for i := range c.Args {
		a := &c.Args[i]
		if a.Role == doc.Modifier && k.role == doc.Agent {
			if !f.people(a.Head) {
				continue
			}
		} else if a.Role != k.role && !(giving(a.Role) && giving(k.role)) && !f.addressee(c, a.Role, k.role) {
			continue
		}
		if k.role != doc.Agent && f.timely(a.Head) {
			continue // "resigned Thursday", "met in May"
		}
		present = true
		if f.fits(k, a) {
			return true, true
		}
	}
	return present, false
}

// giving reports whether a role is who gets something: "gave Chad tents", "gave
// tents to Chad".
func giving(role string) bool { return role == doc.Recipient || role == "to" }

// addressee reports whether an argument is whom an act of speech addresses, where
// a rule asks for its patient: "told Chad that", "warned Chad of".
func (f *finder) addressee(c *doc.Clause, role, asked string) bool {
	return asked == doc.Patient && role == doc.Recipient && c.Arg(doc.Patient) == nil
}

// timely reports whether the word at t belongs to a time expression.
func (f *finder) timely(t doc.TokenID) bool { return t >= 0 && int(t) < len(f.timed) && f.timed[t] }

// complement tests the clause that c embeds: its frame and, where the rule
// lists some, its predicate, its modal or the act that it is.
func (f *finder) complement(k *constraint, id doc.ClauseID) (present, ok bool) {
	for _, i := range f.under[id] {
		e := &f.cl[i]
		if e.Link != k.role {
			continue
		}
		present = true
		if k.forbidden.has(e.Lemma) {
			return true, false
		}
		if !k.listed() || k.words.has(e.Lemma) || e.Aspect != "perfect" && k.words.has(e.Modal) { // "should have left" asks nothing
			return true, true
		}
		if m := f.match[i]; m != nil && k.types[m.rule.Gives.Event] {
			return true, true
		}
	}
	return present, false
}

// supported tests the verb that a nominal predicate is an argument of.
func (f *finder) supported(k *constraint, id doc.ClauseID) (present, ok bool) {
	c := &f.cl[id]
	v := c.Parent
	if c.Support != doc.NoToken {
		v = f.clauseAt(c.Support)
	}
	if v == doc.NoClause || c.Link == "nmod" || c.Link == "subj" && !f.cl[v].Passive || f.cl[v].Kind == doc.NounClause {
		return false, false
	}
	l := f.cl[v].Lemma
	base, _, _ := strings.Cut(l, " ")
	if k.forbidden.has(l) || k.forbidden.has(base) {
		return true, false
	}
	return true, !k.listed() || k.words.has(l) || k.words.has(base)
}

// modified tests the words that modify the predicate noun, or the patient of a
// verb.
func (f *finder) modified(k *constraint, id doc.ClauseID) (present, ok bool) {
	c := &f.cl[id]
	head := c.Pred
	if c.Kind == doc.VerbClause || c.Kind == doc.ParticipleClause {
		a := c.Arg(doc.Patient)
		if a == nil {
			return false, false
		}
		head = a.Head
	}
	for m := range f.kids(head) {
		switch f.d.Rel(m) {
		case "amod", "compound", "nmod":
		default:
			continue
		}
		l, w := f.lemma(m), strings.ToLower(f.d.Word(m))
		if k.forbidden.has(l) || k.forbidden.has(w) {
			return true, false
		}
		present = true
		ok = ok || k.words.has(l) || k.words.has(w)
	}
	if !k.listed() {
		ok = present
	}
	return present, ok
}

// fits reports whether an argument is all that the constraint asks for.
func (f *finder) fits(k *constraint, a *doc.Arg) bool {
	if !k.forbidden.empty() && f.hasWord(&k.forbidden, a.Head, 0) {
		return false
	}
	var parts []part
	if k.cost() > 0 || k.notKinds != 0 {
		parts = f.participants(a)
	}
	if k.listed() && !f.hasWord(&k.words, a.Head, 0) && !f.hasSector(k, parts) && (k.orKinds == 0 || !f.anyKind(k.orKinds, a, parts)) {
		return false
	}
	return f.holdsKinds(k.kinds, a, parts) && (k.notKinds == 0 || !f.holdsKinds(k.notKinds, a, parts))
}

func (f *finder) holdsKinds(kinds fillerKind, a *doc.Arg, parts []part) bool {
	if kinds&fillActor != 0 && len(parts) == 0 {
		return false
	}
	if kinds&fillActors != 0 && len(parts) < 2 && !f.plural(a.Head) {
		return false
	}
	if kinds&fillPlace != 0 && !f.isPlace(a.Head) {
		return false
	}
	if kinds&fillPerson != 0 && !f.anyPart(parts, func(p part) bool { return !p.owner && f.isPerson(p) }) {
		return false
	}
	if kinds&fillState != 0 && !f.anyPart(parts, f.isState) {
		return false
	}
	if kinds&fillOrg != 0 && !f.anyPart(parts, f.isOrg) {
		return false
	}
	if kinds&fillOwned != 0 && !f.anyPart(parts, func(p part) bool { return p.owner }) {
		return false
	}
	return true
}

// anyKind reports whether one of the kinds holds.
func (f *finder) anyKind(kinds fillerKind, a *doc.Arg, parts []part) bool {
	for k := fillAny; k <= fillOrg; k <<= 1 {
		if kinds&k != 0 && f.holdsKinds(k, a, parts) {
			return true
		}
	}
	return false
}

func (f *finder) anyPart(parts []part, ok func(part) bool) bool {
	for _, p := range parts {
		if ok(p) {
			return true
		}
	}
	return false
}

func (f *finder) hasSector(k *constraint, parts []part) bool {
	if len(k.sectors) == 0 {
		return false
	}
	return f.anyPart(parts, func(p part) bool {
		if p.entity == doc.NoEntity || int(p.entity) >= len(f.d.Actors) || p.owner {
			return false
		}
		for _, s := range f.d.Actors[p.entity].Sectors {
			if k.sectors[s] {
				return true
			}
		}
		return false
	})
}

// hasWord tests the head of a phrase, the heads joined to it, and what a
// counting noun counts.
func (f *finder) hasWord(words *wordSet, t doc.TokenID, depth int) bool {
	l := f.lemma(t)
	if words.has(l) || words.has(strings.ToLower(f.d.Word(t))) {
		return true
	}
	if depth > maxNesting {
		return false
	}
	count := f.counts(t)
	for c := range f.kids(t) {
		switch f.d.Rel(c) {
		case "conj":
			if f.hasWord(words, c, depth+1) {
				return true
			}
		case "compound", "amod", "flat":
			// "foreign minister", "air force": a word of the list may be two.
			if words.has(f.lemma(c)+" "+l) || (f.d.Rel(c) == "flat" && words.has(f.lemma(c))) {
				return true
			}
		case "nmod":
			if count && f.caseOf(c) == "of" && f.hasWord(words, c, depth+1) {
				return true
			}
		}
	}
	return false
}

func (f *finder) plural(t doc.TokenID) bool {
	switch f.d.Tags[t].XPOS {
	case "NNS", "NNPS":
		return true
	}
	return f.d.Tags[t].UPOS == "PRON" && f.lemma(t) == "they"
}

func (f *finder) isPlace(t doc.TokenID) bool {
	if f.place[t] != 0 {
		return true
	}
	if m := f.mention[t]; m != 0 {
		switch f.d.Mentions[m-1].Kind {
		case doc.GPE, doc.LOC, doc.FAC:
			return true
		}
	}
	return false
}

func (f *finder) isPerson(p part) bool {
	if p.entity == doc.NoEntity {
		return true
	}
	switch f.d.Entities[p.entity].Kind {
	case doc.ORG, doc.GPE, doc.LOC, doc.FAC:
		return false
	}
	return true
}

// isState reports whether a participant is a state, its government or its people.
func (f *finder) isState(p part) bool {
	if p.entity == doc.NoEntity {
		return false
	}
	if int(p.entity) < len(f.d.Actors) {
		switch a := &f.d.Actors[p.entity]; a.Type {
		case record.State, record.People:
			return true
		case record.PlaceActor:
			return a.Code != nil
		}
	}
	switch f.d.Entities[p.entity].Kind {
	case doc.GPE, doc.NORP:
		return true
	}
	return false
}

func (f *finder) isOrg(p part) bool {
	if p.entity == doc.NoEntity {
		return false
	}
	return f.d.Entities[p.entity].Kind == doc.ORG ||
		int(p.entity) < len(f.d.Actors) && f.d.Actors[p.entity].Type == record.Organisation
}

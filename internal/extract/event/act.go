package event

import (
	"fmt"
	"slices"

	"casus/internal/doc"
	"casus/internal/extract/codebook"
	"casus/internal/record"
)

// An act is an event in the making.
type act struct {
	clause     doc.ClauseID
	rule       *Rule  // nil for an act that only a table made: see made
	made       string // id of the step that made the type out of another
	typ        string
	modes      []string
	cameo      string
	contexts   []string
	actors     []part
	recipients []part
	status     string
	inner      []*act
	within     bool // it is the inner act of another
	background string
	confidence float64
	steps      []string
	lost       []string
	trigger    doc.TokenID
}

// actAll makes an act of every matched clause, outer ones first, so that each
// knows what it embeds.
func (f *finder) actAll() {
	for i := range f.cl {
		if m := f.match[i]; m != nil && m.rule.Gives.Event != "" {
			f.byClause[i] = f.plain(doc.ClauseID(i), m)
		}
	}
	f.mergeSupport()
	// Inner acts are made what they are inside before the outer ones read them:
	// clauses lower in the tree come later in the ledger.
	for i := len(f.cl) - 1; i >= 0; i-- {
		if a := f.byClause[i]; a != nil {
			f.enclose(a)
		}
	}
	for i := range f.cl {
		if a := f.byClause[i]; a != nil && !a.within {
			f.declare(a)
			f.acts = append(f.acts, a)
		}
	}
}

// plain is the act that a rule gives, before what embeds it is considered.
func (f *finder) plain(id doc.ClauseID, m *match) *act {
	c := &f.cl[id]
	r := m.rule
	a := &act{
		clause: id, rule: r, typ: r.Gives.Event, modes: r.Gives.Mode, cameo: r.Gives.CAMEO,
		contexts: r.Gives.Contexts, status: c.Status, trigger: c.Pred,
	}
	a.step("rule %s reads %q as %s", r.ID, c.Lemma, a.typ)
	for _, l := range m.lost {
		if l.Gives.Event != a.typ || !slices.Equal(l.Gives.Mode, r.Gives.Mode) {
			a.lost = append(a.lost, fmt.Sprintf("%s (%s): less specific", l.ID, l.Gives.Event))
		}
	}
	f.cast(a, c)
	return a
}

func (a *act) step(format string, args ...any) {
	a.steps = append(a.steps, fmt.Sprintf(format, args...))
}

// mergeSupport keeps one act of "held talks": the noun's, unless the verb's
// rule says more.
func (f *finder) mergeSupport() {
	for i := range f.cl {
		c := &f.cl[i]
		if c.Kind != doc.SupportClause {
			continue
		}
		v := f.clauseAt(c.Support)
		if v == doc.NoClause {
			continue
		}
		noun, verb := f.byClause[i], f.byClause[v]
		if noun == nil || verb == nil {
			continue
		}
		if f.match[v].score > f.match[i].score {
			verb.takeParts(noun)
			verb.lost = append(verb.lost, noun.rule.ID+": the verb says more")
			f.byClause[i] = nil
		} else {
			noun.takeParts(verb)
			noun.lost = append(noun.lost, verb.rule.ID+": the noun says more")
			f.byClause[v] = nil
		}
	}
}

// takeParts fills empty sides from another reading of the same words.
func (a *act) takeParts(b *act) {
	if len(a.actors) == 0 {
		a.actors = b.actors
	}
	if len(a.recipients) == 0 && !a.rule.Gives.Reciprocal {
		for _, p := range b.recipients {
			if !slices.ContainsFunc(a.actors, p.same) {
				a.recipients = append(a.recipients, p)
			}
		}
	}
}

func (f *finder) clauseAt(t doc.TokenID) doc.ClauseID {
	if t < 0 || int(t) >= len(f.pred) {
		return doc.NoClause
	}
	return f.pred[t]
}

// enclose reads the acts that a's clause embeds as its inner acts, and lets
// them say what it is: an agreement to meet, a threat of violence.
func (f *finder) enclose(a *act) {
	for _, id := range f.embedded[a.clause] {
		in := f.byClause[id]
		if in == nil {
			in = f.deeper(id, 0)
		}
		if in == nil || in == a || in.within {
			continue
		}
		st := f.cl[id].Status
		if (st == record.Actual || st == record.Historical) && !answered(&f.cl[id]) {
			continue // condemned what did happen: an event of its own
		}
		in.within = true
		a.inner = append(a.inner, in)
		if len(a.inner) == 1 {
			f.become(a, in)
		}
	}
}

// answered reports whether a clause is what the act above it answers: the offer
// that was rejected or accepted.
func answered(c *doc.Clause) bool {
	switch c.How {
	case "reject", "agree", "approve", "cancel", "refuse":
		return c.Presupposed && (c.Kind == doc.NounClause || c.Kind == doc.SupportClause)
	}
	return false
}

// deeper looks for the act inside a clause that no rule reads: "agreed to try
// to meet".
func (f *finder) deeper(id doc.ClauseID, depth int) *act {
	if depth > maxNesting {
		return nil
	}
	for _, sub := range f.embedded[id] {
		if in := f.byClause[sub]; in != nil {
			return in
		}
		if in := f.deeper(sub, depth+1); in != nil {
			return in
		}
	}
	return nil
}

// codeOf takes the CAMEO code that the code book has for an act with that one
// inside, where it says more under the same root: "agreed to give food".
func (a *act) codeOf(f *finder, outer string, in *act) {
	inner := in.cameo
	if inner == "" {
		inner = f.c.book.CAMEOFor(in.typ, in.modes...)
	}
	if code := f.c.book.InsideCode(outer, inner); len(code) > 2 && len(a.cameo) >= 2 && code[:2] == a.cameo[:2] {
		a.cameo = code
	}
}

// become applies the code book: what the outer act is, given the inner one.
func (f *finder) become(a, in *act) {
	o, ok := f.c.book.Inside(a.typ, in.typ, in.modes...)
	if !ok && a.typ == "AGREE" && f.cl[in.clause].How != "offer" && f.cl[in.clause].How != "agree" {
		// A promise of force or of reprisals is a threat, one to refuse a refusal.
		o, ok = f.c.book.Inside(codebook.Future, in.typ, in.modes...)
	}
	if ok {
		if o.Type != a.typ {
			a.step("%s of %s is %s", a.typ, in.typ, o.Type)
		} else {
			a.step("inner act %s", in.typ)
		}
		outer := a.typ
		a.typ, a.cameo = o.Type, o.CAMEO
		if o.Mode != "" {
			a.modes = []string{o.Mode}
		}
		a.codeOf(f, outer, in)
	}
	if len(a.recipients) > 0 {
		return
	}
	from := in.recipients
	if a.typ == "REQUEST" && len(in.actors) > 0 && !slices.ContainsFunc(in.actors, func(p part) bool { return slices.ContainsFunc(a.actors, p.same) }) {
		from = in.actors
	}
	for _, p := range append(slices.Clip(from), in.actors...) {
		if !slices.ContainsFunc(a.actors, p.same) {
			a.recipients = f.addPart(a.recipients, p)
		}
	}
}

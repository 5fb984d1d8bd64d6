package event

import (
	"slices"

	"casus/internal/doc"
	"casus/internal/extract/codebook"
	"casus/internal/record"
)

// declare makes of an act that is not actual what PLOVER makes of it: "will
// meet" is an agreement, "will not release" a refusal, "plans to attack" a threat.
func (f *finder) declare(a *act) {
	if a.status == record.Actual || a.status == record.Historical {
		return
	}
	c := &f.cl[a.clause]
	if c.How == "offer" && c.Link == "obj" && c.Status == record.Hypothetical {
		switch a.typ {
		case "SUPPORT", "CONCEDE", "ACCUSE": // to offer an apology is to make it
			a.status = record.Actual
			return
		}
	}
	if c.How == "try" && f.attempted(a, c) {
		return
	}
	outer, why := f.stance(a, c)
	if outer == "" {
		return
	}
	o, ok := f.c.book.Inside(outer, a.typ, a.modes...)
	if !ok {
		return
	}
	var asking, asked []part
	if outer == "REQUEST" {
		if asking, asked = f.requester(a, c); len(asking) == 0 {
			return
		}
	}
	in := *a
	in.within = true
	a.inner = []*act{&in}
	a.step("%s: %s becomes %s", why, a.typ, o.Type)
	a.made = outer
	a.typ, a.cameo, a.modes, a.status = o.Type, o.CAMEO, nil, record.Actual
	if o.Mode != "" {
		a.modes = []string{o.Mode}
	}
	a.codeOf(f, outer, &in)
	if outer == "REQUEST" {
		a.actors, a.recipients = asking, asked
	}
}

// attempted makes an attempt on life or limb what PLOVER takes it for: an
// assault, whether it came off or not.
func (f *finder) attempted(a *act, c *doc.Clause) bool {
	if a.typ != "ASSAULT" && !(a.typ == "COERCE" && slices.Contains(a.modes, "cyber")) {
		return false
	}
	e := &f.cl[c.Embedder]
	if e.Status != record.Actual && e.How != "prevent" {
		return false
	}
	a.status = record.Actual
	if slices.Contains(a.modes, "targeted") {
		a.cameo = attemptedKilling
	}
	a.step("%s: an attempt counts as the act", e.Lemma)
	return true
}

// attemptedKilling is CAMEO's "attempt to assassinate".
const attemptedKilling = "185"

// stance says how a clause that is not actual stands: declared for the future,
// refused, demanded. It is empty where nobody commits to anything.
func (f *finder) stance(a *act, c *doc.Clause) (outer, why string) {
	if c.Condition || c.Question {
		return "", ""
	}
	if c.Embedder != doc.NoClause {
		e := &f.cl[c.Embedder]
		if c.How != "say" && c.How != "believe" && !f.positive(e, 0) {
			return "", ""
		}
		switch c.How {
		case "plan", "announce", "promise", "agree", "approve":
			if e.Negated {
				return codebook.Refused, "not " + e.Lemma
			}
			return codebook.Future, e.Lemma
		case "offer":
			return "AGREE", e.Lemma
		case "threaten":
			return "THREATEN", e.Lemma
		case "refuse", "reject":
			return codebook.Refused, e.Lemma
		case "demand", "ask":
			return "REQUEST", e.Lemma
		case "begin", "succeed", "seem", "order": // "will extend the curfew": the verb decides
			return f.stance(a, e)
		case "say", "":
		default:
			return "", ""
		}
	}
	switch {
	case c.Tense == "future" && c.Negated || c.Modal == "would" && c.Negated:
		return codebook.Refused, "will not"
	case c.Status == record.Future && f.unless(a.clause):
		return "THREATEN", "will … unless"
	case c.Status == record.Future:
		return codebook.Future, "will"
	case c.Modal == "would" && c.Embedder == doc.NoClause && len(a.actors) > 0 && !a.actors[0].owner && !f.conditional(a.clause):
		return codebook.Future, "would" // said by somebody whom the sentence does not name again
	case c.How == "say" && (c.Modal == "must" || c.Modal == "should") && c.Aspect != "perfect":
		return "REQUEST", c.Modal
	}
	return "", ""
}

// unless reports whether a clause names what would avert it.
func (f *finder) unless(id doc.ClauseID) bool {
	for _, i := range f.under[id] {
		if f.cl[i].Condition && f.byMark(&f.cl[i], "unless") {
			return true
		}
	}
	return false
}

// conditional reports whether a clause depends on a condition.
func (f *finder) conditional(id doc.ClauseID) bool {
	for _, i := range f.under[id] {
		if f.cl[i].Condition {
			return true
		}
	}
	return false
}

// positive reports whether a predicate stands as said: it happened, or it is
// itself what somebody agreed or planned to do.
func (f *finder) positive(e *doc.Clause, depth int) bool {
	switch e.Status {
	case record.Actual, record.Historical:
		return true
	case record.Future:
		switch e.How {
		case "plan", "announce", "promise", "agree", "approve":
			return depth < maxNesting && e.Embedder != doc.NoClause && f.positive(&f.cl[e.Embedder], depth+1)
		}
	}
	return false
}

// requester returns who says that somebody must act, and who must.
func (f *finder) requester(a *act, c *doc.Clause) (asking, asked []part) {
	if c.Embedder == doc.NoClause {
		return nil, nil
	}
	asking = f.fill(nil, &f.cl[c.Embedder], doc.Agent)
	for _, p := range a.actors {
		if !slices.ContainsFunc(asking, p.same) {
			asked = f.addPart(asked, p)
		}
	}
	return asking, asked
}

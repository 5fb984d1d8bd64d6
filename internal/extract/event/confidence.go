package event

import (
	"math"

	"casus/internal/doc"
	"casus/internal/record"
)

// confidence says how sure the coder is of an act: the rule's prior, and what
// the telling adds or takes.
func (f *finder) confidence(a *act) float64 {
	c := &f.cl[a.clause]
	p := defaultPrior
	if a.rule != nil {
		p = a.rule.Prior
	}
	// Odds multiply, so that no factor leads out of 0 … 1.
	z := math.Log(p / (1 - min(p, 0.97)))
	for _, w := range []struct {
		on bool
		by float64
	}{
		{c.Kind == doc.NounClause, -0.6},
		{c.Kind == doc.ParticipleClause, -1.2},
		{c.Kind == doc.AdjectiveClause, -0.3},
		{c.Presupposed, -0.5},
		{c.Link == "relcl" || c.Link == "acl", -0.5},
		{c.Link == "advcl", -0.3},
		{c.How == "believe" || c.How == "cause", -0.5},
		{c.Tense == "present" && c.Aspect == "" && !c.Headline, -0.7},
		{f.addressed(a.actors), -0.8},
		{c.Tense == "past", 0.3},
		{a.made != "", -0.3},
		{len(a.inner) > 0 && a.made == "", 0.4},
		{len(a.actors) == 0, -0.7},
		{len(a.recipients) == 0 && len(a.actors) < 2, -0.4},
		{byWords(a.actors), -0.2},
		{f.d.Arcs[c.Pred].Head == doc.NoToken, 0.4},
		{a.status != record.Actual, -0.2},
		{f.genre.name == "opinion", -0.8},
	} {
		if w.on {
			z += w.by
		}
	}
	return math.Round(100/(1+math.Exp(-z))) / 100
}

// addressed reports whether the only participants are speaker and listener:
// "I", "we", "you".
func (f *finder) addressed(parts []part) bool {
	for _, p := range parts {
		if p.entity != doc.NoEntity || f.d.Tags[p.head].UPOS != "PRON" {
			return false
		}
	}
	return len(parts) > 0
}

// byWords reports whether no participant is a known entity.
func byWords(parts []part) bool {
	for _, p := range parts {
		if p.entity != doc.NoEntity && !p.owner {
			return false
		}
	}
	return len(parts) > 0
}

package clause

import (
	"slices"
	"strings"

	"casus/internal/doc"
)

func contains(s, sub string) bool { return strings.Contains(s, sub) }

// undo gives clause ci the participants that stand elsewhere: with the verb
// that controls it, with the first of a coordination, with the noun that a
// participle modifies, with a light verb. Its parent has been undone before.
func (w *work) undo(ci int) {
	c := &w.out[ci]
	switch c.Kind {
	case doc.SupportClause:
		w.undoSupport(ci)
	case doc.NounClause:
		w.undoNoun(ci)
	case doc.VerbClause, doc.AdjectiveClause:
		if c.Link == "conj" {
			w.undoConjunct(ci)
		}
		if w.more[ci].subject.Head == doc.NoToken {
			w.undoSubject(ci)
		}
		if c.Link == "relcl" {
			w.undoGap(ci)
		}
		w.undoAttachment(ci)
	}
}

// surface makes t the subject of ci: patient of a passive, else agent.
func (w *work) surface(ci int, t doc.TokenID, rule string) {
	if t == doc.NoToken {
		return
	}
	c := &w.out[ci]
	role := doc.Agent
	if c.Passive {
		role = doc.Patient
		if c.Arg(doc.Patient) != nil {
			role = doc.Recipient
		}
	}
	if c.Arg(role) != nil {
		return
	}
	a := w.arg(role, t, rule)
	w.more[ci].subject = a
	w.add(c, a)
}

// undoSubject finds the subject of a clause without one.
func (w *work) undoSubject(ci int) {
	c := &w.out[ci]
	if c.Parent == doc.NoClause && c.Link != "acl" {
		return
	}
	switch c.Link {
	case "conj":
		if c.Parent != doc.NoClause {
			w.surface(ci, w.more[c.Parent].subject.Head, "conjunct")
		}
	case "xcomp":
		w.surface(ci, w.controller(ci), "control")
	case "ccomp":
		if !w.more[ci].finite {
			w.surface(ci, w.controller(ci), "control")
		}
	case "advcl":
		if w.more[ci].finite && !c.Passive {
			return
		}
		if c.Embedder == c.Parent { // "accused of bombing"
			w.surface(ci, w.controller(ci), "control")
			return
		}
		w.participialVoice(ci)
		w.surface(ci, w.more[c.Parent].subject.Head, "adverbial")
	case "acl":
		w.participialVoice(ci)
		noun := w.head[w.conjunct(c.Pred)]
		switch {
		case !c.Infinitive && w.more[ci].mark == "":
			// "issued a declaration demanding": who issued it demands.
			if n := w.pred[noun]; !c.Passive && n != doc.NoClause && w.out[n].Kind == doc.SupportClause {
				if a := w.out[n].Arg(doc.Agent); a != nil {
					w.surface(ci, a.Head, "author")
					return
				}
			}
			w.surface(ci, noun, "participle")
		case c.Embedder != doc.NoClause:
			if a := w.out[c.Embedder].Arg(doc.Agent); a != nil {
				w.surface(ci, a.Head, "control")
			}
		}
	}
}

// participialVoice makes a bare past participle passive: "troops deployed in
// the north", "accused by the court, he fled".
func (w *work) participialVoice(ci int) {
	c := &w.out[ci]
	if w.d.Tags[c.Pred].XPOS == "VBN" && c.Tense == "" && c.Aspect == "" {
		c.Passive = true
	}
}

// controller returns who an infinitive or gerund is about: the object of "urge",
// the subject of "promise", the subject of a passive.
func (w *work) controller(ci int) doc.TokenID {
	c := &w.out[ci]
	if c.Parent == doc.NoClause {
		return doc.NoToken
	}
	p := &w.out[c.Parent]
	control := "obj"
	if e := w.more[ci].emb; e != nil {
		control = e.control
	}
	if p.Kind == doc.NounClause || p.Kind == doc.SupportClause {
		if a := p.Arg(doc.Agent); a != nil {
			return a.Head
		}
		return doc.NoToken
	}
	if control != "subj" && !p.Passive {
		for _, role := range []string{doc.Patient, doc.Recipient} {
			if a := p.Arg(role); a != nil {
				return a.Head
			}
		}
		if e := w.more[ci].emb; e != nil { // "called on Iran to stop"
			for _, f := range e.frames {
				if a := p.Arg(f); a != nil {
					return a.Head
				}
			}
		}
	}
	return w.more[c.Parent].subject.Head
}

// undoConjunct shares with a later verb what the first one has: voice, tense
// and modality of a verb that has no auxiliary of its own.
func (w *work) undoConjunct(ci int) {
	c, x := &w.out[ci], &w.more[ci]
	if c.Parent == doc.NoClause || x.finite || x.subject.Head != doc.NoToken {
		return
	}
	p := &w.out[c.Parent]
	switch w.d.Tags[c.Pred].XPOS {
	case "VBN":
		if p.Passive && !c.Passive {
			c.Passive = true
		}
	case "VB", "VBG":
	default:
		return
	}
	c.Tense, c.Aspect = p.Tense, p.Aspect
	if c.Modal == "" {
		c.Modal = p.Modal
	}
	c.Infinitive = p.Infinitive
	x.finite = w.more[c.Parent].finite
	if p.Negated && !c.Negated {
		c.Negated = true
		c.Reasons = append(c.Reasons, p.Reasons...)
	}
}

// inheritObject shares the object of "attacked and killed the guards" with the
// first verb, and the agent of a passive with both.
func (w *work) inheritObject(ci int) {
	c := &w.out[ci]
	if c.Link != "conj" || c.Parent == doc.NoClause || c.Kind != doc.VerbClause {
		return
	}
	p := &w.out[c.Parent]
	if p.Kind != doc.VerbClause {
		return
	}
	near := c.Pred-p.Pred <= 3
	if o := c.Arg(doc.Patient); o != nil && near && !p.Passive && !c.Passive && p.Arg(doc.Patient) == nil && o.Head > c.Pred {
		w.add(p, w.arg(doc.Patient, o.Head, "conjunct"))
	}
	if p.Passive && c.Passive {
		if a := c.Arg(doc.Agent); a != nil && near && p.Arg(doc.Agent) == nil {
			w.add(p, w.arg(doc.Agent, a.Head, "conjunct"))
		}
		if a := p.Arg(doc.Agent); a != nil && c.Arg(doc.Agent) == nil {
			w.add(c, w.arg(doc.Agent, a.Head, "conjunct"))
		}
	}
}

// undoGap fills the place that a relative clause without a pronoun leaves open:
// "the sanctions the council imposed".
func (w *work) undoGap(ci int) {
	c := &w.out[ci]
	noun := w.antecedent(c)
	if noun == doc.NoToken {
		return
	}
	for k := range c.Args {
		if c.Args[k].Rule == "relative" {
			return
		}
	}
	for k := w.first[c.Pred]; k >= 0; k = w.next[k] {
		// "where", "whose", "in which" stand for something else.
		if id := doc.TokenID(k); w.isRelativePronoun(id) || w.d.Tags[id].XPOS == "WRB" {
			return
		}
	}
	switch {
	case w.more[ci].subject.Head == doc.NoToken:
		w.surface(ci, noun, "relative")
	case !c.Passive && c.Arg(doc.Patient) == nil:
		w.add(c, w.arg(doc.Patient, noun, "relative"))
	}
}

// undoAttachment reads the prepositions inside the object as the verb's too: a
// tree hangs "to the clinic" in "handed medicine to the clinic" from either.
func (w *work) undoAttachment(ci int) {
	c := &w.out[ci]
	if c.Passive && c.Arg(doc.Agent) == nil && w.more[ci].finite {
		w.strayAgent(c)
	}
	a := c.Arg(doc.Patient)
	if a == nil || a.Rule == "relative" || c.Kind != doc.VerbClause {
		return
	}
	w.attach(c, a.Head, 0)
}

// strayAgent finds "by" of a passive where the tree hangs it from another word:
// "released from prison by the government".
func (w *work) strayAgent(c *doc.Clause) {
	for k := w.first[c.Pred]; k >= 0; k = w.next[k] {
		o := doc.TokenID(k)
		if r := w.rel(o); o < c.Pred || r != "obl" && r != "obj" && r != "xcomp" {
			continue
		}
		for n := w.first[o]; n >= 0; n = w.next[n] {
			id := doc.TokenID(n)
			if r := w.rel(id); (r == "nmod" || r == "obl") && w.caseOf(id) == "by" {
				w.add(c, w.arg(doc.Agent, id, "attached"))
				return
			}
		}
	}
}

// takesOf reports whether "of" behind the name t completes the verb: "warned
// Canberra of consequences".
func (w *work) takesOf(c *doc.Clause, t doc.TokenID) bool {
	if w.d.Tags[t].UPOS != "PROPN" {
		return false
	}
	for _, e := range w.lx.embed["verb:"+c.Lemma] {
		if slices.Contains(e.frames, "of") {
			return true
		}
	}
	return false
}

func (w *work) attach(c *doc.Clause, t doc.TokenID, depth int) {
	for k := w.first[t]; k >= 0; k = w.next[k] {
		id := doc.TokenID(k)
		if w.rel(id) != "nmod" || w.deprel[k] == "nmod:poss" || id < c.Pred {
			continue
		}
		prep := w.caseOf(id)
		if prep != "" && (prep != "of" || w.takesOf(c, t)) && c.Arg(prep) == nil {
			w.add(c, w.arg(prep, id, "attached"))
		}
		if depth < 1 {
			w.attach(c, id, depth+1)
		}
	}
}

// undoSupport gives "talks" in "held talks with the rebels" the arguments of
// the light verb.
func (w *work) undoSupport(ci int) {
	c := &w.out[ci]
	v := w.pred[c.Support]
	if v == doc.NoClause {
		return
	}
	verb := &w.out[v]
	role := doc.Agent
	for _, s := range w.lx.support[verb.Lemma] {
		if s.frame == c.Link || (s.frame == "obj" && (c.Link == "subj" || c.Link == "obj")) {
			role = s.subject
			break
		}
	}
	for _, a := range verb.Args {
		switch {
		case a.Head == c.Pred || a.Role == c.Link:
		case a.Role == doc.Patient && verb.Passive && c.Link != "obj" && c.Link != "subj" && role == doc.Agent:
			// "were engaged in looting": the subject of the passive did it.
			w.replaceAgent(c, doc.Arg{Role: role, Head: a.Head, First: a.First, End: a.End, Rule: "support"})
		case a.Role == doc.Agent:
			if c.Arg(role) == nil || role == doc.Agent {
				w.replaceAgent(c, doc.Arg{Role: role, Head: a.Head, First: a.First, End: a.End, Rule: "support"})
			}
		case a.Role == doc.Patient:
		default:
			w.add(c, doc.Arg{Role: a.Role, Head: a.Head, First: a.First, End: a.End, Rule: "support"})
		}
	}
	c.Tense, c.Aspect, c.Modal, c.Infinitive = verb.Tense, verb.Aspect, verb.Modal, verb.Infinitive
	c.Negated = c.Negated != verb.Negated
}

// replaceAgent adds a, in place of an agent read off a demonym before the noun:
// in "he launched Israeli raids" the subject did it.
func (w *work) replaceAgent(c *doc.Clause, a doc.Arg) {
	for i := range c.Args {
		if c.Args[i].Role == a.Role && c.Args[i].Rule == "compound" {
			c.Args[i].Role = doc.Modifier
		}
	}
	w.add(c, a)
}

// undoNoun gives a nominal inside a promise, a threat or a refusal the subject
// of that: "Iran threatened retaliation".
func (w *work) undoNoun(ci int) {
	c := &w.out[ci]
	e := w.more[ci].emb
	if c.Link == "obj" && c.Arg(doc.Agent) == nil && !w.out[c.Parent].Passive {
		if a := w.out[c.Parent].Arg("by"); a != nil { // "rejected calls by the envoy"
			w.add(c, doc.Arg{Role: doc.Agent, Head: a.Head, First: a.First, End: a.End, Rule: "attached"})
		}
	}
	if e == nil || c.Arg(doc.Agent) != nil || (e.control != "subj" && e.control != "poss") {
		return
	}
	p := &w.out[c.Embedder]
	if a := p.Arg(doc.Agent); a != nil && e.effect != "actual" {
		w.add(c, doc.Arg{Role: doc.Agent, Head: a.Head, First: a.First, End: a.End, Rule: "control"})
	}
}

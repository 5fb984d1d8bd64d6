package clause

import (
	"time"

	"casus/internal/doc"
	"casus/internal/record"
)

// status decides whether what clause ci says happened, and notes why.
func (w *work) status(ci int, question bool) {
	c := &w.out[ci]
	if c.Kind == doc.NounClause || c.Kind == doc.SupportClause || c.Kind == doc.ParticipleClause {
		w.nounStatus(ci)
	} else {
		w.verbStatus(ci)
	}
	if question && !w.known(ci) && c.Embedder == doc.NoClause && (c.Parent == doc.NoClause || c.Link == "conj") {
		c.Question = true
		w.set(c, record.Hypothetical, "question", c.Pred)
	}
	if c.Status == record.Actual {
		if t, ok := w.longAgo(ci); ok {
			w.set(c, record.Historical, "past.time", t)
		}
	}
}

// set makes s the status of c and notes the rule and the word that decided.
func (w *work) set(c *doc.Clause, s, rule string, t doc.TokenID) {
	c.Status = s
	c.Reasons = append(c.Reasons, doc.Reason{Rule: rule, First: t, End: t + 1})
}

// verbStatus combines what the clause's own words say with what the clause
// above makes of it.
func (w *work) verbStatus(ci int) {
	c, x := &w.out[ci], &w.more[ci]
	reported := x.emb != nil && x.emb.effect == "own" && w.out[c.Embedder].Tense != "present"
	w.own(ci, reported)
	local := c.Status
	if c.Embedder != doc.NoClause {
		w.embedded(ci, local)
		return
	}
	if c.Link == "conj" && c.Parent != doc.NoClause {
		// "to strike and march": a conjunct without words of its own shares the status.
		p := &w.out[c.Parent]
		if !x.finite && local == record.Actual && x.subject.Rule == "conjunct" {
			w.set(c, p.Status, "conjunct", p.Pred)
		}
		c.Condition = p.Condition && !x.finite
		return
	}
	switch c.Link {
	case "advcl":
		w.adverbial(ci)
	case "acl":
		switch {
		case c.Infinitive:
			w.set(c, record.Hypothetical, "purpose", c.Pred)
		case x.subject.Rule == "author":
		default:
			c.Presupposed = true
		}
	case "xcomp":
		w.openComplement(ci)
	case "csubj":
		if !x.finite {
			w.set(c, record.Hypothetical, "subject", c.Pred)
		}
	}
}

// own decides by the words of the clause itself.
func (w *work) own(ci int, reported bool) {
	c, x := &w.out[ci], &w.more[ci]
	c.Status = record.Actual
	t := c.Pred
	if c.Modal == "be to" {
		s := record.Future
		if c.Aspect == "perfect" {
			s = record.Hypothetical // "were to have met"
		}
		w.set(c, s, "modal.be to", t)
	} else if m, ok := w.lx.modals[c.Modal]; ok && !(c.Aspect == "perfect" && c.Modal == "must") {
		s := m.effect
		if reported {
			s = m.reported
		}
		if s == record.Future && c.Tense == "" {
			c.Tense = "future"
		}
		w.set(c, s, "modal."+c.Modal, t)
	}
	if x.mark == "whether" || (x.mark == "if" && c.Link == "ccomp") {
		c.Question = true
		w.set(c, record.Hypothetical, "question", t)
	}
	if c.Headline && c.Infinitive && c.Parent == doc.NoClause {
		c.Tense = "future"
		w.set(c, record.Future, "headline.to", t)
	}
	if w.commands(ci) {
		w.set(c, record.Hypothetical, "imperative", t)
	}
	if c.Tense == "present" && c.Modal == "" && c.Aspect == "" && c.Kind == doc.VerbClause && w.conditional(t) {
		w.set(c, record.Hypothetical, "condition", t)
	}
	if c.Link == "ccomp" && x.mark == "that" && !x.finite && c.Modal == "" && w.kid(t, "nsubj") != doc.NoToken {
		w.set(c, record.Hypothetical, "subjunctive", t) // "insisted that she be freed"
	}
	if w.inverted(ci) {
		c.Condition = true
		w.set(c, record.Hypothetical, "inversion", t)
	}
	if c.Link != "ccomp" && c.Link != "advcl" && w.lx.marks[x.mark] == "condition" {
		c.Condition = true // the tree hung the clause elsewhere
		w.set(c, record.Hypothetical, "mark."+x.mark, t)
	}
	if w.lx.marks[x.mark] == record.Future && w.d.Tags[t].XPOS == "VB" && c.Status == record.Actual {
		w.set(c, record.Future, "mark."+x.mark, t)
	}
	w.adverbs(ci)
	if c.Negated {
		w.set(c, record.Negated, "negation", t)
	}
}

// adverbs applies the adverbs of the clause, and a date to come.
func (w *work) adverbs(ci int) {
	c := &w.out[ci]
	present := c.Tense == "present" || (c.Tense == "" && c.Aspect == "progressive")
	for k := w.first[c.Pred]; k >= 0; k = w.next[k] {
		id := doc.TokenID(k)
		if w.rel(id) == "advmod" {
			switch e := w.lx.adverbs[w.lemma(id)]; {
			case e == "" || e == "known":
			case e == "generic" || e == "future":
				if present && !c.Headline || e == "future" && c.Tense == "present" {
					s := record.Hypothetical
					if e == "future" {
						s, c.Tense = record.Future, "future"
					}
					w.set(c, s, "adverb."+w.lemma(id), id)
				}
			default:
				w.set(c, e, "adverb."+w.lemma(id), id)
			}
		}
		if present && w.ahead(id) {
			c.Tense = "future"
			w.set(c, record.Future, "time.ahead", id)
		}
	}
}

// ahead reports whether t heads a time expression after the article's date.
func (w *work) ahead(t doc.TokenID) bool {
	i := w.dated[t]
	pub := w.d.Article.Published.Time
	if i == 0 || pub.IsZero() {
		return false
	}
	from := w.d.Times[i-1].Time.From
	return from != nil && len(*from) >= 10 && (*from)[:10] > pub.Format("2006-01-02")
}

// embedded combines the clause's own status with the effect of its embedder.
func (w *work) embedded(ci int, local string) {
	c, x := &w.out[ci], &w.more[ci]
	p := &w.out[c.Embedder]
	rule := "embed." + x.emb.kind + "." + p.Lemma
	effect := x.emb.effect
	if effect == "same" && c.Link == "advcl" && c.Infinitive {
		effect = record.Hypothetical
	}
	if effect == "same" && x.emb.kind == "allow" && p.Status == record.Actual && p.Tense == "present" && p.Aspect == "" && !p.Headline {
		effect = record.Hypothetical // "are allowed to march" says not that they do
	}
	if local == record.Hypothetical && c.Question {
		return // "to decide whether to extend it"
	}
	if w.reportsOn(c) && local == record.Actual {
		switch x.emb.kind {
		case "reject", "agree", "deny", "approve", "cancel", "refuse":
			c.Presupposed = true
			return
		}
	}
	switch effect {
	case "own":
		if x.emb.kind == "say" && c.Infinitive && c.Aspect != "perfect" && local == record.Actual && p.Modal != "" {
			w.set(c, record.Hypothetical, rule, p.Pred)
		}
		up := w.more[c.Embedder].emb
		refused := p.Status == record.Negated || (up != nil && up.effect == record.Negated)
		if refused && local == record.Actual && !w.asks(c.Pred) { // "denied reports that rebels fled"
			w.set(c, record.Hypothetical, rule, p.Pred)
		}
		return
	case "same":
		if local != record.Negated {
			w.set(c, p.Status, rule, p.Pred)
		}
		return
	case record.Negated:
		switch {
		case local == record.Negated && x.emb.kind != "deny":
		case p.Negated && x.emb.kind == "fail":
			w.set(c, record.Actual, rule, p.Pred)
		case p.Status == record.Negated || p.Status == record.Hypothetical:
			w.set(c, record.Hypothetical, rule, p.Pred)
		default:
			w.set(c, record.Negated, rule, p.Pred)
		}
		return
	case record.Actual, record.Historical:
		if local == record.Negated {
			return
		}
		c.Presupposed = true
	}
	if local == record.Negated {
		return
	}
	if effect == record.Future && p.Status == record.Negated {
		effect = record.Negated // "has no plans to resign"
	}
	w.set(c, effect, rule, p.Pred)
}

// adverbial decides about a clause joined by "if", "after", "to", "without" …
func (w *work) adverbial(ci int) {
	c, x := &w.out[ci], &w.more[ci]
	effect, known := w.lx.marks[x.mark]
	if x.mark == "for" && effect == "purpose" && !c.Infinitive && !x.finite {
		effect = "own" // "apologised for testing it"
	}
	var above *doc.Clause
	if c.Parent != doc.NoClause {
		above = &w.out[c.Parent]
	}
	if !known {
		effect = "own"
	}
	if c.Infinitive && !known {
		effect = "purpose"
	}
	if effect == "purpose" && x.mark == "to" && !c.Infinitive {
		effect = "same" // "resorted to throwing stones"
	}
	rule := "mark." + x.mark
	switch effect {
	case "condition":
		c.Condition = true
		w.set(c, record.Hypothetical, rule, c.Pred)
	case "question":
		c.Question = true
		w.set(c, record.Hypothetical, rule, c.Pred)
	case "purpose":
		if !x.finite || x.mark != "for" {
			c.How = "purpose"
			w.set(c, record.Hypothetical, rule, c.Pred)
		}
	case record.Negated, record.Hypothetical:
		w.set(c, effect, rule, c.Pred)
	case "own", "same":
		if above != nil && c.Status == record.Actual && (!x.finite || effect == "same" && above.Status != record.Negated) {
			w.set(c, above.Status, "adverbial", above.Pred)
		}
	}
}

// openComplement decides about the infinitive of a verb that no lexicon knows.
func (w *work) openComplement(ci int) {
	c := &w.out[ci]
	if c.Parent == doc.NoClause || c.Status != record.Actual {
		return
	}
	p := &w.out[c.Parent]
	if c.Infinitive {
		c.How = "purpose"
		w.set(c, record.Hypothetical, "infinitive", p.Pred)
		return
	}
	w.set(c, p.Status, "complement", p.Pred)
}

// nounStatus decides about a nominal predicate: its light verb speaks for it;
// an embedder above it decides; a known act is taken to have happened; an act
// named for the first time shares the status of the clause it stands in.
func (w *work) nounStatus(ci int) {
	c, x := &w.out[ci], &w.more[ci]
	c.Status = record.Actual
	if c.Kind == doc.ParticipleClause {
		c.Presupposed = true
		return
	}
	if c.Kind == doc.SupportClause {
		if v := w.pred[c.Support]; v != doc.NoClause {
			w.set(c, w.out[v].Status, "support", c.Support)
			if w.out[v].Embedder != doc.NoClause && c.Embedder == doc.NoClause {
				c.Embedder, c.How, x.emb = w.out[v].Embedder, w.out[v].How, w.more[v].emb
			}
			c.Condition, c.Question = w.out[v].Condition, w.out[v].Question
			return
		}
	}
	local := record.Actual
	if s, t := w.modified(c.Pred); s != "" && !c.Negated {
		w.set(c, s, "modifier."+w.lemma(t), t)
		if c.Embedder == doc.NoClause {
			return
		}
	}
	if w.lx.marks[w.caseOf(c.Pred)] == record.Negated && c.Kind == doc.NounClause { // "without a deal"
		c.Negated = true
	}
	if c.Negated {
		local = record.Negated
		w.set(c, local, "negation", c.Pred)
	}
	if c.Embedder != doc.NoClause {
		w.embedded(ci, local)
		return
	}
	c.Presupposed = w.definite(c.Pred)
	if m, t := w.wouldBe(c.Pred); m != "" && !c.Negated {
		w.set(c, record.Hypothetical, "modal."+m, t)
		return
	}
	if c.Parent == doc.NoClause || c.Negated {
		return
	}
	p := &w.out[c.Parent]
	if c.Link == "conj" {
		c.Presupposed = c.Presupposed || p.Presupposed
		if !w.definite(c.Pred) {
			w.set(c, p.Status, "conjunct", p.Pred)
		}
		return
	}
	if c.Presupposed {
		return
	}
	if p.Status != record.Actual && p.Kind != doc.ParticipleClause {
		w.set(c, p.Status, "argument", p.Pred)
	}
}

// modified returns the status that a word before a noun gives its act, and the word.
func (w *work) modified(noun doc.TokenID) (string, doc.TokenID) {
	for k := w.first[noun]; k >= 0; k = w.next[k] {
		id := doc.TokenID(k)
		if r := w.rel(id); r != "amod" && r != "compound" {
			continue
		}
		if s := w.lx.changed[w.lemma(id)]; s != "" {
			return s, id
		}
		if s := w.lx.changed[w.word(id)]; s != "" {
			return s, id
		}
	}
	return "", doc.NoToken
}

// pastPhrase reports whether words that speak of the past begin at t.
func (w *work) pastPhrase(t, end doc.TokenID) bool {
	list := w.lx.past[w.word(t)]
next:
	for i := range list {
		ws := list[i]
		if int(end-t) < len(ws) {
			continue
		}
		for k := 1; k < len(ws); k++ {
			if w.word(t+doc.TokenID(k)) != ws[k] {
				continue next
			}
		}
		return true
	}
	return false
}

// longAgo reports whether the clause is dated well before the article, and by
// which word.
func (w *work) longAgo(ci int) (doc.TokenID, bool) {
	c := &w.out[ci]
	pub := w.d.Article.Published.Time
	for k := w.first[c.Pred]; k >= 0; k = w.next[k] {
		id := doc.TokenID(k)
		switch w.rel(id) {
		case "obl", "advmod", "nmod", "amod", "compound", "nummod":
		default:
			continue
		}
		if w.pred[id] != doc.NoClause {
			continue
		}
		switch w.caseOf(id) {
		case "since", "until", "till", "from", "by", "after", "before":
			continue
		}
		for t := w.lo[id]; t < w.hi[id]; t++ {
			if w.pastPhrase(t, w.hi[id]) {
				return t, true
			}
		}
		if i := w.dated[id]; i > 0 && !pub.IsZero() {
			tm := &w.d.Times[i-1].Time
			if tm.To != nil && (tm.Type == "DATE" || tm.Type == "TIME") && day(*tm.To).Before(pub.AddDate(0, 0, -recent)) {
				return id, true
			}
		}
	}
	return doc.NoToken, false
}

// recent is how many days back an article's own news reaches.
const recent = 60

// day returns the day of a record's date, or a day far ahead when it has none.
func day(s string) time.Time {
	if len(s) >= 10 {
		if t, err := time.Parse("2006-01-02", s[:10]); err == nil {
			return t
		}
	}
	return time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)
}

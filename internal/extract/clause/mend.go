package clause

import (
	"slices"
	"strings"

	"casus/internal/doc"
	"casus/internal/record"
)

// mendGerund reads "charged with smuggling uranium", taken for uranium of a
// smuggling kind: after a predicate that takes an act with the preposition, the
// word is a verb and the noun its object.
func (w *work) mendGerund(s doc.Sentence) {
	for v := s.First + 1; v < s.End; v++ {
		h := w.head[v]
		if h <= v || w.head[v-1] != h || !w.looksGerund(v) {
			continue
		}
		if r := w.rel(v - 1); r != "case" && r != "mark" {
			continue
		}
		gov := w.head[h]
		for range 2 {
			if gov == doc.NoToken || gov > v || w.takesAct(gov, w.word(v-1)) {
				break
			}
			gov = w.head[gov]
		}
		if gov == doc.NoToken || gov > v || !w.takesAct(gov, w.word(v-1)) {
			continue
		}
		w.head[v-1], w.deprel[v-1] = v, "mark"
		w.head[h], w.deprel[h] = v, "obj"
		w.head[v], w.deprel[v] = gov, "advcl"
		if w.d.Tags[gov].UPOS == "NOUN" {
			w.deprel[v] = "acl"
		}
	}
}

func (w *work) looksGerund(v doc.TokenID) bool {
	switch w.deprel[v] {
	case "amod":
		return w.d.Tags[v].XPOS == "VBG"
	case "compound":
		return w.d.Tags[v].XPOS == "NN" && w.gerundLemma(v) != ""
	}
	return false
}

// gerundLemma returns the known verb that a word in -ing is of, or "".
func (w *work) gerundLemma(t doc.TokenID) string {
	stem, ok := strings.CutSuffix(w.word(t), "ing")
	if n := len(stem); ok && n > 2 {
		for _, l := range []string{stem, stem + "e", stem[:n-1]} {
			if w.lx.verbs[l] {
				return l
			}
		}
	}
	return ""
}

// takesAct reports whether the word at t decides about an act that the
// preposition joins to it: "accused of", "charges of", "guilty of".
func (w *work) takesAct(t doc.TokenID, prep string) bool {
	pos := ""
	switch w.d.Tags[t].UPOS {
	case "VERB":
		pos = "verb:"
	case "NOUN":
		pos = "noun:"
	case "ADJ":
		pos = "adj:"
	default:
		return false
	}
	for _, e := range w.lx.embed[pos+w.lemma(t)] {
		switch e.kind {
		case "accuse", "allege", "court", "suspect", "deny", "say":
			for _, f := range e.frames {
				if f == prep {
					return true
				}
			}
		}
	}
	return false
}

// mendObject reads "called off the strike" where the tree takes what follows a
// particle for an adjunct though no preposition stands before it.
func (w *work) mendObject(s doc.Sentence) {
	for t := s.First + 2; t < s.End; t++ {
		v := w.head[t]
		if w.rel(t) != "obl" || v < s.First || v >= t || w.dated[t] > 0 {
			continue
		}
		if _, act := w.lx.nouns[w.lemma(t)]; w.deprel[t] == "obl:unmarked" && act && w.lx.verbs[w.lemma(v)] && !w.hasChild(s, v, "obj") {
			w.deprel[t] = "obj" // "cancelled the march"
			continue
		}
		if w.deprel[t] != "obl" {
			continue
		}
		particle, taken := false, false
		for k := s.First; k < s.End; k++ {
			switch {
			case w.head[k] == v && w.deprel[k] == "compound:prt":
				particle = true
			case w.head[k] == v && w.deprel[k] == "obj", w.head[k] == t && w.deprel[k] == "case":
				taken = true
			}
		}
		if particle && !taken {
			w.deprel[t] = "obj"
		}
	}
}

// mendThat reads "the allegation that he stole money" where the tree takes
// "that" for an object, though the verb has one or cannot have one.
func (w *work) mendThat(s doc.Sentence) {
	for t := s.First + 1; t < s.End; t++ {
		v := w.head[t]
		if w.deprel[t] != "obj" || v <= t || w.lemma(t) != "that" {
			continue
		}
		if r := w.rel(v); r != "acl" || !w.reportsThat(w.head[v]) {
			continue
		}
		full := w.deprel[v] == "acl"
		for k := t + 1; k < s.End && !full; k++ {
			full = w.head[k] == v && (w.deprel[k] == "obj" || w.deprel[k] == "aux:pass")
		}
		if full {
			w.deprel[t], w.deprel[v] = "mark", "acl"
		}
	}
}

// reportsThat reports whether the noun at t takes a clause with "that".
func (w *work) reportsThat(t doc.TokenID) bool {
	if t == doc.NoToken {
		return false
	}
	for _, e := range w.lx.embed["noun:"+w.lemma(t)] {
		if slices.Contains(e.frames, "ccomp") {
			return true
		}
	}
	return false
}

// objectTaking returns the object before a nominal that takes it with its
// preposition, where the tree hangs it from the verb: "dismissed calls for his
// resignation".
func (w *work) objectTaking(t, verb doc.TokenID, frame string) doc.ClauseID {
	o := w.kid(verb, "obj")
	if o == doc.NoToken || o >= t || w.pred[o] == doc.NoClause || w.rel(t) != "obl" {
		return doc.NoClause
	}
	if k := w.kid(t, "case"); k != o+1 || w.embedderOf(int(w.pred[o]), frame, false) == nil {
		return doc.NoClause
	}
	if v := w.pred[verb]; v != doc.NoClause && w.embedderOf(int(v), frame, false) != nil {
		return doc.NoClause
	}
	return w.pred[o]
}

// mendModal makes an auxiliary of a modal that the tree has govern its verb:
// "ought to welcome".
func (w *work) mendModal(s doc.Sentence) {
	for t := s.First + 1; t < s.End; t++ {
		m := w.head[t]
		if w.deprel[t] != "xcomp" || m < s.First || m >= t || w.d.Tags[m].UPOS != "AUX" {
			continue
		}
		if _, ok := w.lx.modals[w.lemma(m)]; !ok {
			continue
		}
		w.head[t], w.deprel[t] = w.head[m], w.deprel[m]
		for k := s.First; k < s.End; k++ {
			switch {
			case w.head[k] == t && w.deprel[k] == "mark":
				w.deprel[k] = "dep"
			case w.head[k] == m:
				w.head[k] = t
			}
		}
		w.head[m], w.deprel[m] = t, "aux"
	}
}

// inverted reports whether an auxiliary before the subject makes a condition of
// a clause without a mark: "had she testified".
func (w *work) inverted(ci int) bool {
	c, x := &w.out[ci], &w.more[ci]
	if x.mark != "" {
		return false
	}
	switch c.Link {
	case "advcl":
	case "": // the tree took the condition for the main clause
		if c.Parent != doc.NoClause || !w.modalBeside(c.Pred) {
			return false
		}
	default:
		return false
	}
	subject, aux := w.kid(c.Pred, "nsubj"), w.kid(c.Pred, "aux")
	if subject == doc.NoToken || aux == doc.NoToken || aux > subject {
		return false
	}
	return w.d.Tags[aux].XPOS == "VBD" || w.d.Tags[aux].XPOS == "MD"
}

// modalBeside reports whether a clause with a modal stands beside t.
func (w *work) modalBeside(t doc.TokenID) bool {
	for k := w.first[t]; k >= 0; k = w.next[k] {
		if r := w.deprel[k]; r != "parataxis" && r != "ccomp" {
			continue
		}
		if a := w.kid(doc.TokenID(k), "aux"); a != doc.NoToken && w.d.Tags[a].XPOS == "MD" {
			return true
		}
	}
	return false
}

// conditional reports whether a clause under t begins with "if" or the like.
func (w *work) conditional(t doc.TokenID) bool {
	for k := w.first[t]; k >= 0; k = w.next[k] {
		if w.rel(doc.TokenID(k)) != "advcl" {
			continue
		}
		if m := w.kid(doc.TokenID(k), "mark"); m != doc.NoToken && w.lx.marks[w.markOf(m)] == "condition" {
			return true
		}
	}
	return false
}

// commands reports whether the clause is an imperative: a bare verb without
// subject that nothing but a quotation holds.
func (w *work) commands(ci int) bool {
	c, x := &w.out[ci], &w.more[ci]
	if !c.Infinitive || x.mark != "" || c.Kind != doc.VerbClause || w.d.Tags[c.Pred].XPOS != "VB" || w.kid(c.Pred, "nsubj") != doc.NoToken {
		return false
	}
	switch {
	case c.Parent == doc.NoClause:
		first := c.First
		for first < c.Pred && w.d.Tags[first].UPOS == "PUNCT" {
			first++
		}
		return first == c.Pred && !c.Headline
	case c.Link == "ccomp" || c.Link == "parataxis":
		return c.InQuote || w.out[c.Parent].Pred > c.Pred
	}
	return false
}

// known reports whether a question takes its act for done: "why did they fire?"
func (w *work) known(ci int) bool {
	c := &w.out[ci]
	if c.Tense != "past" || c.Modal != "" {
		return false
	}
	for k := w.first[c.Pred]; k >= 0; k = w.next[k] {
		if w.rel(doc.TokenID(k)) == "advmod" && w.lx.adverbs[w.lemma(doc.TokenID(k))] == "known" {
			return true
		}
	}
	return false
}

// reportsOn reports whether a noun speaks of an act rather than being one: an
// offer or a plan that is rejected has been made all the same.
func (w *work) reportsOn(c *doc.Clause) bool {
	if c.Kind != doc.NounClause && c.Kind != doc.SupportClause {
		return false
	}
	for _, e := range w.lx.embed["noun:"+c.Lemma] {
		switch e.kind {
		case "offer", "ask", "demand", "allege", "say", "threaten", "promise", "plan":
			return true
		}
	}
	return false
}

// inheritSource lets what explains or conditions a report stand on the same
// word: "said that it left because the army had shelled the town".
func (w *work) inheritSource(ci int) {
	c := &w.out[ci]
	if c.Embedder != doc.NoClause || c.Parent == doc.NoClause || c.Link != "advcl" {
		return
	}
	for q, n := c.Parent, 0; q != doc.NoClause && n < maxDepth; q, n = w.out[q].Embedder, n+1 {
		if p, e := &w.out[q], w.more[q].emb; p.Embedder != doc.NoClause && e != nil && e.effect == "own" {
			c.Embedder = p.Embedder
			if c.How == "" {
				c.How = p.How
			}
			return
		}
	}
}

// asks reports whether a clause has a word that asks: "did not say what had
// caused it" takes for known that something had.
func (w *work) asks(t doc.TokenID) bool {
	for k := w.first[t]; k >= 0; k = w.next[k] {
		switch w.d.Tags[k].XPOS {
		case "WP", "WRB":
			return true
		}
	}
	return false
}

// wouldBe returns the modal of what a noun is the subject of, where it tells of
// an act to come: "the visit would be the first".
func (w *work) wouldBe(t doc.TokenID) (string, doc.TokenID) {
	gov := w.head[t]
	if gov == doc.NoToken || w.deprel[t] != "nsubj" {
		return "", doc.NoToken
	}
	modal := doc.NoToken
	for k := w.first[gov]; k >= 0; k = w.next[k] {
		if w.deprel[k] != "aux" {
			continue
		}
		switch l := w.lemma(doc.TokenID(k)); {
		case l == "have":
			return "", doc.NoToken
		case w.lx.modals[l] == imagined:
			modal = doc.TokenID(k)
		}
	}
	if modal == doc.NoToken {
		return "", doc.NoToken
	}
	return w.lemma(modal), modal
}

// imagined is the reading of a modal of what is imagined, and in reported speech to come.
var imagined = modal{effect: record.Hypothetical, reported: record.Future}

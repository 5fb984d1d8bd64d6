package clause

import (
	"slices"

	"casus/internal/doc"
)

// predicates appends a clause for every predicate of the sentence, those higher
// in the tree first, so that a clause can be read once its parent has been.
func (w *work) predicates(s doc.Sentence, headline bool) {
	begin := len(w.out)
	for t := s.First; t < s.End; t++ {
		kind := w.kind(t, headline)
		if kind == "" {
			continue
		}
		w.out = append(w.out, doc.Clause{
			Pred: t, Support: doc.NoToken, Kind: kind, First: w.lo[t], End: w.hi[t],
			Parent: doc.NoClause, Embedder: doc.NoClause, Lemma: w.predLemma(t),
		})
	}
	slices.SortStableFunc(w.out[begin:], func(a, b doc.Clause) int {
		return int(w.depth[a.Pred]) - int(w.depth[b.Pred])
	})
	for c := begin; c < len(w.out); c++ {
		w.pred[w.out[c].Pred] = doc.ClauseID(c)
		w.more = append(w.more, extra{subject: doc.Arg{Head: doc.NoToken}, noun: doc.NoToken})
	}
}

// kind returns what kind of predicate t is, or "".
func (w *work) kind(t doc.TokenID, headline bool) string {
	upos := w.d.Tags[t].UPOS
	if w.actsAsVerb(t, upos) {
		return doc.VerbClause
	}
	switch upos {
	case "VERB":
		switch w.rel(t) {
		case "case", "mark", "fixed", "cc", "compound", "flat", "goeswith", "aux", "cop":
			return ""
		case "amod":
			return doc.ParticipleClause
		}
		return doc.VerbClause
	case "AUX":
		switch w.rel(t) {
		case "root", "conj", "ccomp", "xcomp", "advcl", "acl", "parataxis":
			if l := w.d.Tags[t].Lemma; l == "have" || l == "do" {
				return doc.VerbClause
			}
		}
	case "PROPN":
		// A capital in a headline says nothing; elsewhere it makes a name: "the
		// Security Council".
		if !headline {
			return ""
		}
		fallthrough
	case "NOUN":
		switch w.rel(t) {
		case "compound", "flat", "fixed", "goeswith":
			return ""
		}
		if _, ok := w.lx.nouns[w.lemma(t)]; ok {
			return doc.NounClause
		}
	case "ADJ":
		if w.lx.adjectives[w.lemma(t)] && w.rel(t) != "amod" {
			return doc.AdjectiveClause
		}
	}
	return ""
}

// actsAsVerb reports whether the tree makes a verb of a word tagged otherwise:
// "would free 40 prisoners".
func (w *work) actsAsVerb(t doc.TokenID, upos string) bool {
	if upos == "NOUN" && w.kid(t, "mark") != doc.NoToken && w.kid(t, "obj") != doc.NoToken {
		return true // "with smuggling uranium"
	}
	if upos != "ADJ" && upos != "NOUN" && upos != "ADV" {
		return false
	}
	return w.kid(t, "cop") == doc.NoToken && w.kid(t, "nsubj") != doc.NoToken &&
		(w.kid(t, "aux") != doc.NoToken || w.kid(t, "obj") != doc.NoToken)
}

// predLemma returns the lemma of t with its particle.
func (w *work) predLemma(t doc.TokenID) string {
	l := w.lemma(t)
	if w.d.Tags[t].UPOS == "NOUN" && w.kid(t, "mark") != doc.NoToken {
		if g := w.gerundLemma(t); g != "" {
			l = g
		}
	}
	// "allow up to 300" has no particle.
	if p := w.kid(t, "compound:prt"); p != doc.NoToken && (int(p)+1 >= len(w.d.Tags) || w.word(p+1) != "to") {
		return l + " " + w.word(p)
	}
	if p := w.particle(t, l); p != doc.NoToken {
		return l + " " + w.word(p)
	}
	return l
}

// particle returns the word right after a verb that makes a known phrasal verb
// with it though the tree takes it for a preposition or an adverb: "called off
// the strike".
func (w *work) particle(t doc.TokenID, lemma string) doc.TokenID {
	p := t + 1
	if int(p) >= len(w.d.Tags) || (w.d.Tags[t].UPOS != "VERB" && w.d.Tags[t].UPOS != "AUX") {
		return doc.NoToken
	}
	switch w.word(p) {
	case "off", "out", "up", "down", "away", "back", "over", "aside", "through", "yet", "ahead", "place":
	default:
		return doc.NoToken
	}
	if w.lx.phrasal[lemma+" "+w.word(p)] {
		return p
	}
	return doc.NoToken
}

// features reads tense, aspect, modality, voice and negation off the words of
// the predicate.
func (w *work) features(ci int, headline bool) {
	c, x := &w.out[ci], &w.more[ci]
	t := c.Pred
	tag := &w.d.Tags[t]
	verbal := c.Kind == doc.VerbClause || c.Kind == doc.AdjectiveClause
	finite := tag.XPOS
	if c.Kind == doc.AdjectiveClause {
		finite = ""
	}
	hasAux, beTo := false, false
	for k := w.first[t]; k >= 0; k = w.next[k] {
		id := doc.TokenID(k)
		switch r := w.deprel[k]; r {
		case "aux", "aux:pass", "cop":
			w.auxiliary(c, x, id, r, &finite)
			hasAux = hasAux || r != "cop"
			beTo = beTo || !c.Infinitive && c.Kind == doc.VerbClause && w.lemma(id) == "be"
		case "mark":
			m := w.markOf(id)
			switch {
			case x.mark == "whether": // "whether to send"
			case x.mark == "as" && w.lx.marks["as "+m] != "":
				x.mark = "as " + m
			default:
				x.mark = m
			}
			if m == "to" && tag.XPOS != "VBG" {
				c.Infinitive = true
			}
		case "case":
			if c.Kind == doc.VerbClause && (tag.XPOS == "VBG" || tag.XPOS == "VB") && x.mark == "" && id < t { // "suspected of spying"
				x.mark = w.markOf(id)
			}
		case "advmod", "neg", "det", "cc":
			w.negation(c, id)
		case "nsubj", "obj", "nsubj:pass":
			if verbal && w.emptyArg(id) {
				c.Negated = true
				c.Reasons = append(c.Reasons, doc.Reason{Rule: "neg.argument", First: id, End: id + 1})
			}
		}
	}
	if beTo && c.Infinitive && c.Aspect != "progressive" { // "is to visit"
		c.Modal, c.Infinitive = "be to", false
	}
	if c.Kind == doc.ParticipleClause {
		c.Passive = tag.XPOS != "VBG"
	}
	if !hasAux && finite == "VBN" && w.kid(t, "nsubj:pass", "obl:agent") != doc.NoToken {
		c.Passive = true
	}
	if finite == "VBN" && !hasAux && !headline && w.mainVerb(t) {
		finite, c.Passive = "VBD", false // a main verb without auxiliary is no participle
		x.active = true
	}
	if finite == "VBN" && !hasAux && !c.Passive && w.kid(t, "nsubj") != doc.NoToken && w.kid(t, "obj") != doc.NoToken {
		finite = "VBD" // a past tense that was tagged a participle
	}
	x.finite = tense(c, finite)
	if verbal && finite == "VB" && c.Modal == "" && !hasAux {
		c.Infinitive = true
	}
}

// mainVerb reports whether t stands where only a finite verb does.
func (w *work) mainVerb(t doc.TokenID) bool {
	switch w.rel(t) {
	case "root", "ccomp", "parataxis":
		return w.kid(t, "nsubj", "nsubj:pass") != doc.NoToken
	}
	return false
}

// auxiliary reads one auxiliary or copula of c.
func (w *work) auxiliary(c *doc.Clause, x *extra, id doc.TokenID, rel string, finite *string) {
	tag := &w.d.Tags[id]
	if rel == "aux:pass" {
		c.Passive = true
	}
	l := w.lemma(id)
	if _, ok := w.lx.modals[l]; ok && (tag.XPOS == "MD" || tag.XPOS == "") {
		c.Modal = l
		*finite = "MD"
		return
	}
	switch {
	case l == "have" && rel == "aux":
		c.Aspect = "perfect"
	case l == "be" && rel == "aux" && w.d.Tags[c.Pred].XPOS == "VBG":
		if c.Aspect == "" {
			c.Aspect = "progressive"
		}
	}
	if tag.XPOS == "VBD" || tag.XPOS == "VBZ" || tag.XPOS == "VBP" {
		*finite = tag.XPOS
		if c.Aspect == "perfect" && l == "have" && tag.XPOS == "VBD" {
			*finite = "had"
		}
	}
}

// tense sets the tense that a finite form has and reports whether it is one.
func tense(c *doc.Clause, finite string) bool {
	switch finite {
	case "VBD", "had":
		c.Tense = "past"
	case "VBZ", "VBP":
		c.Tense = "present"
		if c.Aspect == "perfect" {
			c.Tense = "past"
		}
	case "MD":
		if c.Modal == "will" || c.Modal == "shall" || c.Modal == "'ll" || c.Modal == "wo" {
			c.Tense = "future"
		}
	default:
		return false
	}
	return true
}

// negation notes a negating word that modifies the predicate.
func (w *work) negation(c *doc.Clause, id doc.TokenID) {
	l := w.lemma(id)
	if w.lx.negClause[l] || (c.Kind != doc.VerbClause && w.lx.negArg[l]) {
		c.Negated = !c.Negated
		c.Reasons = append(c.Reasons, doc.Reason{Rule: "neg." + l, First: id, End: id + 1})
		return
	}
	if l == "long" || l == "longer" {
		if k := w.kid(id, "advmod", "det"); k != doc.NoToken && w.lx.negArg[w.lemma(k)] {
			c.Negated = true
			c.Reasons = append(c.Reasons, doc.Reason{Rule: "neg.no longer", First: k, End: id + 1})
		}
	}
}

// emptyArg reports whether an argument denies that anything fills it: "no
// troops", "nobody".
func (w *work) emptyArg(id doc.TokenID) bool {
	if w.lx.negArg[w.lemma(id)] {
		return true
	}
	k := w.kid(id, "det")
	return k != doc.NoToken && w.lx.negArg[w.lemma(k)]
}

// markOf returns a mark with the words fixed to it: "in order", "as if".
func (w *work) markOf(id doc.TokenID) string {
	m := w.word(id)
	for k := w.first[id]; k >= 0; k = w.next[k] {
		if w.rel(doc.TokenID(k)) == "fixed" {
			m += " " + w.word(doc.TokenID(k))
		}
	}
	return m
}

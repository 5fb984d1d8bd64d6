package clause

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"casus/internal/doc"
)

// arguments gives clause ci the arguments that stand at its own predicate.
func (w *work) arguments(ci int) {
	switch w.out[ci].Kind {
	case doc.NounClause, doc.SupportClause:
		w.nominalArgs(ci)
	case doc.ParticipleClause:
		w.participleArgs(ci)
	default:
		w.verbalArgs(ci)
		w.oneOfTwo(&w.out[ci])
	}
}

// verbalArgs reads subject, objects and obliques.
func (w *work) verbalArgs(ci int) {
	c, x := &w.out[ci], &w.more[ci]
	objects := 0
	for k := w.first[c.Pred]; k >= 0; k = w.next[k] {
		if r := w.deprel[k]; r == "obj" || r == "iobj" {
			objects++
		}
	}
	for k := w.first[c.Pred]; k >= 0; k = w.next[k] {
		id := doc.TokenID(k)
		if w.dated[id] > 0 && (w.rel(id) == "obj" || w.rel(id) == "nsubj") && w.d.Tags[id].UPOS == "PROPN" {
			continue // "demanded Friday that"
		}
		switch w.deprel[k] {
		case "expl":
			// "it is willing to": trees take a pronoun for no subject at all.
			if c.Kind == doc.AdjectiveClause && x.subject.Head == doc.NoToken && w.lx.agentive(c.Lemma) {
				x.subject = w.arg(doc.Agent, id, "direct")
				w.add(c, x.subject)
			}
		case "nsubj", "nsubj:pass":
			role, rule := doc.Agent, "direct"
			// A finite past tense is no passive, whatever the tree calls its subject.
			if c.Passive || w.deprel[k] == "nsubj:pass" && w.d.Tags[c.Pred].XPOS != "VBD" && !x.active {
				role, rule = doc.Patient, "passive"
				if objects > 0 {
					role = doc.Recipient // "was given a visa"
				}
				c.Passive = true
				if w.willing(c) {
					role = doc.Agent // "is prepared to"
				}
			}
			x.subject = w.arg(role, id, rule)
			w.add(c, w.relative(c, x.subject))
			x.subject = w.relative(c, x.subject)
		case "obj":
			w.add(c, w.relative(c, w.arg(doc.Patient, id, "direct")))
		case "iobj":
			role := doc.Recipient
			if objects == 1 { // "urged Chad to leave": nothing is given
				role = doc.Patient
			}
			w.add(c, w.relative(c, w.arg(role, id, "direct")))
		case "obl:agent":
			w.add(c, w.arg(doc.Agent, id, "passive"))
		case "advcl", "acl":
			// "warned Chad against sending": a gerund fills the place of a noun.
			if m := w.kid(id, "mark"); m != doc.NoToken && w.d.Tags[id].XPOS == "VBG" && w.d.Tags[m].UPOS != "PART" {
				if _, joins := w.lx.finite[w.word(m)]; !joins {
					w.add(c, doc.Arg{Role: w.word(m), Head: id, First: id, End: id + 1, Rule: "gerund"})
				}
			}
		case "obl", "advmod", "nmod":
			if w.deprel[k] == "advmod" && w.d.Tags[id].UPOS != "PROPN" && w.d.Tags[id].UPOS != "NOUN" {
				continue
			}
			if prep := w.caseOf(id); prep != "" {
				if w.particleCase(c, id) { // "called off the strike"
					w.add(c, w.arg(doc.Patient, id, "particle"))
				} else if prep == "by" && c.Passive {
					w.add(c, w.arg(doc.Agent, id, "passive"))
				} else {
					if prep == "with" && id < c.Pred && w.lo[id] == c.First {
						prep = "amid" // "With the signing of a pact, …" names no partner
					}
					w.add(c, w.relative(c, w.arg(prep, id, "direct")))
				}
			} else if objects == 0 && !c.Passive && w.counted(id, c.Pred) { // "wounded 31"
				w.add(c, w.arg(doc.Patient, id, "unmarked"))
			}
		}
	}
}

// oneOfTwo settles what trees give as two subjects or two objects side by side:
// a title and its name are one ("mediator Diego Cordovez"), and so are a name and
// what it is ("Chad, a neighbour"); of two objects the first gets the second
// ("give Chad a loan").
func (w *work) oneOfTwo(c *doc.Clause) {
	for i := 0; i+1 < len(c.Args); i++ {
		a, b := &c.Args[i], &c.Args[i+1]
		if a.Role != b.Role || (a.Role != doc.Agent && a.Role != doc.Patient) || b.First < a.End {
			continue
		}
		gap := b.First - a.End
		comma := gap == 1 && w.d.Word(a.End) == ","
		if gap > 1 || gap == 1 && !comma {
			continue
		}
		name := func(x *doc.Arg) bool { return w.d.Tags[x.Head].UPOS == "PROPN" }
		drop := -1
		switch {
		case name(b) && !name(a) && w.kid(b.Head, "det") == doc.NoToken:
			drop = i
		case comma && name(a) && w.kid(b.Head, "det") != doc.NoToken:
			drop = i + 1
		case !comma && a.Role == doc.Patient && a.Head > c.Pred && c.Arg(doc.Recipient) == nil:
			a.Role = doc.Recipient
		}
		if drop >= 0 {
			c.Args = slices.Delete(c.Args, drop, drop+1)
		}
	}
}

// counted reports whether t is a number of things behind the verb, which trees
// take for a measure: "killed at least 12 people", "wounded 31".
func (w *work) counted(t, verb doc.TokenID) bool {
	if t < verb || w.dated[t] > 0 {
		return false
	}
	switch w.d.Tags[t].UPOS {
	case "NUM":
		return t == verb+1
	case "NOUN":
		return w.kid(t, "nummod") != doc.NoToken
	}
	return false
}

// willing reports whether a passive says what its subject is about to do: "is
// scheduled to", "is committed to".
func (w *work) willing(c *doc.Clause) bool {
	for _, e := range w.lx.embed["verb:"+c.Lemma] {
		if e.control == "subj" && (e.kind == "plan" || e.kind == "promise" || e.kind == "reject" && w.hasCase(c.Pred, "to")) {
			return w.kid(c.Pred, "obl:agent") == doc.NoToken
		}
	}
	return false
}

// hasCase reports whether a nominal with the preposition hangs from t.
func (w *work) hasCase(t doc.TokenID, prep string) bool {
	for k := w.first[t]; k >= 0; k = w.next[k] {
		if id := doc.TokenID(k); w.rel(id) == "obl" && w.caseOf(id) == prep {
			return true
		}
	}
	return false
}

// particleCase reports whether the preposition of id is the particle of c's verb.
func (w *work) particleCase(c *doc.Clause, id doc.TokenID) bool {
	k := w.kid(id, "case")
	return k == c.Pred+1 && strings.HasSuffix(c.Lemma, " "+w.word(k)) && w.rel(k) == "case"
}

// participleArgs reads "the detained mayor" and "the attacking troops".
func (w *work) participleArgs(ci int) {
	c := &w.out[ci]
	noun := w.head[c.Pred]
	if noun == doc.NoToken || !w.inSentence(noun, c) {
		return
	}
	role := doc.Patient
	if !c.Passive {
		role = doc.Agent
	}
	w.add(c, w.arg(role, noun, "participle"))
}

// nominalArgs reads possessor, "of", "by" and the words before a nominal
// predicate; a light verb's arguments come later.
func (w *work) nominalArgs(ci int) {
	c := &w.out[ci]
	spec := w.lx.nouns[c.Lemma]
	poss, of := doc.NoToken, doc.NoToken
	for k := w.first[c.Pred]; k >= 0; k = w.next[k] {
		id := doc.TokenID(k)
		switch r := w.deprel[k]; r {
		case "nmod:poss":
			poss = id
		case "nsubj", "nsubj:pass":
			w.copular(c, id)
		case "compound", "amod", "nmod:desc", "nmod:unmarked":
			w.modifier(c, spec, id)
		case "nmod", "obl", "nmod:agent", "obl:agent":
			switch prep := w.caseOf(id); prep {
			case "":
			case "of":
				of = id
			case "by", "between", "among":
				w.add(c, w.arg(doc.Agent, id, prep))
			default:
				w.add(c, w.arg(prep, id, "direct"))
			}
		}
	}
	if poss != doc.NoToken {
		role := spec.poss
		if of != doc.NoToken {
			role = doc.Agent
		}
		w.add(c, w.arg(role, poss, "possessive"))
	}
	if of != doc.NoToken {
		role := spec.of
		if role == "topic" {
			role = "of"
		}
		w.add(c, w.arg(role, of, "of"))
		// "the arrest of the mayor by police": trees hang "by" from the mayor.
		for k := w.first[of]; k >= 0; k = w.next[k] {
			if id := doc.TokenID(k); w.rel(id) == "nmod" && w.caseOf(id) == "by" {
				w.add(c, w.arg(doc.Agent, id, "by"))
			}
		}
	}
}

// copular reads "is under investigation", "is in talks": the subject takes the
// role that the preposition gives it.
func (w *work) copular(c *doc.Clause, subject doc.TokenID) {
	prep := w.caseOf(c.Pred)
	if prep == "" || w.kid(c.Pred, "cop") == doc.NoToken {
		return
	}
	for _, s := range w.lx.support["be"] {
		if s.frame == prep {
			w.add(c, w.relative(c, w.arg(s.subject, subject, "copula")))
			return
		}
	}
}

// modifier reads a word before a nominal predicate: a name or a demonym is who
// did it, a common noun says what kind of act it was.
func (w *work) modifier(c *doc.Clause, spec nominal, id doc.TokenID) {
	upos := w.d.Tags[id].UPOS
	proper := upos == "PROPN" || (upos == "ADJ" && capitalised(w.d.Word(id)))
	switch {
	case proper && upos == "PROPN" && spec.poss == doc.Patient:
		w.add(c, w.arg(doc.Patient, id, "compound"))
	case proper:
		w.add(c, w.arg(doc.Agent, id, "compound"))
	case upos == "NOUN":
		w.add(c, w.arg(doc.Modifier, id, "compound"))
	}
}

func capitalised(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

// add appends an argument unless the clause has the same already.
func (w *work) add(c *doc.Clause, a doc.Arg) {
	if a.Head == doc.NoToken {
		return
	}
	for i := range c.Args {
		if c.Args[i].Role == a.Role && c.Args[i].Head == a.Head {
			return
		}
	}
	c.Args = append(c.Args, a)
}

// arg returns the argument with the head, and the words of its noun phrase
// without relative clauses, appositions and the preposition.
func (w *work) arg(role string, head doc.TokenID, rule string) doc.Arg {
	lo, hi := head, head+1
	w.phrase(head, &lo, &hi, 0)
	return doc.Arg{Role: role, Head: head, First: lo, End: hi, Rule: rule}
}

func (w *work) phrase(t doc.TokenID, lo, hi *doc.TokenID, depth int) {
	if depth > maxDepth {
		return
	}
	for k := w.first[t]; k >= 0; k = w.next[k] {
		id := doc.TokenID(k)
		switch w.rel(id) {
		case "acl", "advcl", "appos", "parataxis", "punct", "cc", "cop", "nsubj", "aux", "ccomp", "mark", "dep":
			continue
		case "case":
			if depth == 0 {
				continue
			}
		}
		*lo, *hi = min(*lo, id), max(*hi, id+1)
		w.phrase(id, lo, hi, depth+1)
	}
}

// relative puts the noun in the place of a relative pronoun: "the rebels who
// attacked" says that the rebels attacked.
func (w *work) relative(c *doc.Clause, a doc.Arg) doc.Arg {
	if !w.isRelativePronoun(a.Head) {
		return a
	}
	noun := w.antecedent(c)
	if x := &w.more[w.pred[c.Pred]]; noun == doc.NoToken && a.Head < c.Pred {
		noun = x.noun
	}
	if noun == doc.NoToken {
		return a
	}
	return w.arg(a.Role, noun, "relative")
}

func (w *work) isRelativePronoun(t doc.TokenID) bool {
	tag := &w.d.Tags[t]
	return (tag.UPOS == "PRON" || tag.UPOS == "DET") && (tag.XPOS == "WP" || tag.XPOS == "WDT" || tag.XPOS == "WP$" ||
		(tag.XPOS == "" && tag.Feats != "" && contains(tag.Feats, "PronType=Rel")))
}

// antecedent returns the noun that a relative clause, or a conjunct of one,
// hangs from.
func (w *work) antecedent(c *doc.Clause) doc.TokenID {
	t := w.conjunct(c.Pred)
	for range maxDepth {
		switch {
		case w.deprel[t] == "acl:relcl":
			return w.head[t]
		case w.rel(t) == "xcomp" || w.rel(t) == "ccomp":
			t = w.conjunct(w.head[t])
		default:
			return doc.NoToken
		}
		if t == doc.NoToken {
			return t
		}
	}
	return doc.NoToken
}

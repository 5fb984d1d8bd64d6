package statement

import (
	"slices"
	"strings"

	"casus/internal/doc"
)

// The dependents of a verb, by what they do in a report.

// args are the dependents of a verb, by what they do in a report.
type args struct {
	subj, subjPass, agent, obj, iobj, ccomp, xcomp, parataxis, particle doc.TokenID
	expletive                                                           bool
	obls                                                                []doc.TokenID
	advcls                                                              []doc.TokenID
}

// passiveForm reports whether the verb is a participle without an active auxiliary.
func (r *run) passiveForm(v doc.TokenID) bool {
	if r.d.Tags[v].XPOS != "VBN" {
		return false
	}
	for _, c := range r.t.Children(v) {
		if r.d.Arcs[c].Deprel == "aux" && r.d.Tags[c].Lemma == "have" {
			return r.t.Child(v, "aux:pass") != doc.NoToken
		}
	}
	return true
}

// activeSubject reports whether the verb has a subject and no auxiliary, so that
// its participle is a past tense ill tagged.
func (r *run) activeSubject(v doc.TokenID, a args) bool {
	return a.subj != doc.NoToken && a.subj < v && r.t.Child(v, "aux:pass", "aux", "cop") == doc.NoToken && !r.t.Rel(v, "acl", "amod")
}

// activeClause reports whether the verb heads a clause that would need an
// auxiliary to be passive.
func (r *run) activeClause(v doc.TokenID) bool {
	return r.t.Rel(v, "root", "ccomp", "parataxis") && !r.titleToken(v)
}

// titleToken reports whether the token stands in a headline, where auxiliaries
// are left out.
func (r *run) titleToken(t doc.TokenID) bool {
	b := r.block(r.d.Tokens[t].Span.Start)
	if b >= len(r.d.Blocks) {
		return false
	}
	k := r.d.Blocks[b].Kind
	return k == doc.Title || k == doc.Heading || b == 0 && r.d.Body == 0 && !strings.HasSuffix(r.d.Blocks[b].Span.Of(r.d.Text), ".")
}

// case_ reports whether the phrase headed by x is marked by one of the
// prepositions.
func (r *run) case_(x doc.TokenID, preps ...string) bool {
	for _, c := range r.t.Children(x) {
		if r.t.Rel(c, "case", "mark") && slices.Contains(preps, r.lower[c]) {
			return true
		}
	}
	return false
}

// caseOf returns the first token that marks the phrase, or NoToken.
func (r *run) caseOf(x doc.TokenID) doc.TokenID { return r.t.Child(x, "case") }

// oblique returns the first oblique with one of the prepositions, or NoToken.
func (r *run) oblique(a args, preps ...string) doc.TokenID {
	for _, o := range a.obls {
		if r.case_(o, preps...) {
			return o
		}
	}
	return doc.NoToken
}

// as returns the phrase that says as what the object is seen.
func (r *run) as(a args) doc.TokenID {
	for _, list := range [][]doc.TokenID{a.obls, a.advcls, {a.xcomp}} {
		for _, o := range list {
			if o == doc.NoToken {
				continue
			}
			for _, c := range r.t.Children(o) {
				if r.t.Rel(c, "case", "mark") && r.is(c, "as") {
					return o
				}
			}
		}
	}
	return doc.NoToken
}

// atFigure returns the phrase with a number after "at", or NoToken: "put the
// damage at 40 million".
func (r *run) atFigure(a args) doc.TokenID {
	o := r.oblique(a, "at")
	if o == doc.NoToken || o < a.obj {
		return doc.NoToken
	}
	first, end := r.t.Phrase(o, nil)
	for t := first; t < end; t++ {
		if r.upos(t) == "NUM" {
			return o
		}
	}
	return doc.NoToken
}

// gerund reports whether the clause after the verb is a gerund of the same
// subject: "denied taking the money".
func (r *run) gerund(v, x doc.TokenID) bool {
	return x > v && r.d.Tags[x].XPOS == "VBG" && r.t.Child(x, "nsubj", "mark", "aux") == doc.NoToken
}

func firstOf(ts ...doc.TokenID) doc.TokenID {
	for _, t := range ts {
		if t != doc.NoToken {
			return t
		}
	}
	return doc.NoToken
}

// infinitive reports whether the clause is marked by "to".
func (r *run) infinitive(x doc.TokenID) bool {
	for _, c := range r.t.Children(x) {
		if r.t.Rel(c, "mark") && r.is(c, "to") {
			return true
		}
	}
	return false
}

// bareNoun reports whether what the tree takes for a clause is a noun phrase.
func (r *run) bareNoun(x doc.TokenID) bool {
	return x != doc.NoToken && r.upos(x) == "NOUN" && r.t.Child(x, "nsubj", "cop", "aux", "mark", "expl") == doc.NoToken
}

package timex

import (
	"strings"

	"casus/internal/doc"
)

// climb is how far up a tree a governing verb is looked for.
const climb = 12

// headOf returns the token of [first, end) that hangs on one outside, or NoToken.
func headOf(d *doc.Doc, first, end doc.TokenID) doc.TokenID {
	for k := end - 1; k >= first; k-- {
		if h := d.Arcs[k].Head; h < first || h >= end {
			return k
		}
	}
	return doc.NoToken
}

// governor returns the verb that governs the tokens [first, end), and whether a
// noun stands between the two: "will attend Friday's hearing".
func (t *Tagger) governor(d *doc.Doc, first, end doc.TokenID) (verb doc.TokenID, noun bool) {
	k := headOf(d, first, end)
	if k == doc.NoToken {
		return doc.NoToken, false
	}
	for range climb {
		rel := d.Rel(k)
		h := d.Arcs[k].Head
		if h == doc.NoToken {
			return doc.NoToken, noun
		}
		if isVerb(d, h) || t.hasCopula(d, h) || t.has(d.Word(h), t.s.plan) && d.Tags[h].UPOS == "ADJ" {
			return h, noun
		}
		switch rel {
		case "obl", "advmod", "flat", "appos", "conj", "fixed", "list":
		default:
			noun = true
		}
		k = h
	}
	return doc.NoToken, noun
}

func isVerb(d *doc.Doc, k doc.TokenID) bool {
	return d.Tags[k].UPOS == "VERB" || d.Tags[k].UPOS == "AUX"
}

func (t *Tagger) hasCopula(d *doc.Doc, k doc.TokenID) bool {
	return d.Child(k, "cop", "aux") != doc.NoToken
}

// tenseInTree returns the tense of the verb that governs the expression.
func (t *Tagger) tenseInTree(d *doc.Doc, first, end doc.TokenID) tense {
	v, noun := t.governor(d, first, end)
	if v == doc.NoToken {
		return unknownTense
	}
	plan := t.has(d.Word(v), t.s.plan)
	if !isVerb(d, v) && plan { // effective Feb. 1
		return futureTense
	}
	switch x := t.verbTense(d, v, climb); {
	case x == simplePresent && t.has(d.Word(v), t.s.present):
		return presentTense
	case x == simplePresent && t.inHeadline(d, v):
		return pastTense
	case x == simplePresent && !noun:
		return futureTense // "parliament meets Friday"
	case x == pastTense && noun && plan:
		return futureTense // "planned a rally on Saturday"
	case x == pastTense && noun, x == simplePresent:
		return unknownTense // "announced a summit in May", "follows Tuesday's speech"
	default:
		return x
	}
}

// verbTense returns the tense of a verb from its auxiliaries, its form, or the
// verb it depends on.
func (t *Tagger) verbTense(d *doc.Doc, v doc.TokenID, steps int) tense {
	if steps == 0 {
		return unknownTense
	}
	plan := t.has(d.Word(v), t.s.plan)
	x, infinitive := unknownTense, false
	for c := range d.Children(v) {
		switch d.Rel(c) {
		case "aux", "cop":
			if y := t.auxTense(d, c); y > x || y == pastTense && x == unknownTense {
				x = y
			}
		case "mark":
			infinitive = infinitive || t.has(d.Word(c), t.s.infinitive)
		}
	}
	tag := &d.Tags[v]
	switch {
	case x == futureTense:
		return futureTense
	case x == pastTense && plan:
		return unknownTense // "was scheduled for Friday"
	case x == pastTense:
		return pastTense
	case x == presentTense:
		if plan || tag.XPOS == "VBG" {
			return futureTense
		}
		return presentTense
	case infinitive:
		return t.infinitiveTense(d, v, steps)
	case plan && tag.XPOS != "VBD":
		return futureTense
	}
	switch {
	case tag.XPOS == "VBD" || tag.XPOS == "VBN" || strings.Contains(tag.Feats, "Tense=Past"):
		return pastTense
	case tag.XPOS == "VBZ" || tag.XPOS == "VBP":
		return simplePresent
	}
	if h := d.Arcs[v].Head; h != doc.NoToken && isVerb(d, h) {
		return t.verbTense(d, h, steps-1) // "will visit Paris and meet him Friday"
	}
	return unknownTense
}

// auxTense returns the tense that an auxiliary gives its verb.
func (t *Tagger) auxTense(d *doc.Doc, k doc.TokenID) tense {
	switch w := d.Word(k); {
	case t.has(w, t.s.future), t.has(w, t.s.modal):
		return futureTense
	case t.has(w, t.s.could):
		return t.tenseOf(d, k)
	case strings.Contains(d.Tags[k].Feats, "Tense=Past"):
		return pastTense
	case t.has(w, t.s.perfect):
		return pastTense
	case t.has(w, t.s.aux):
		return unknownTense
	}
	return presentTense
}

// infinitiveTense returns where an infinitive lies: ahead, but after verbs such
// as "managed", and after "the first to", it has happened if they have.
func (t *Tagger) infinitiveTense(d *doc.Doc, v doc.TokenID, steps int) tense {
	h := d.Arcs[v].Head
	if h == doc.NoToken {
		return futureTense
	}
	if t.has(d.Word(h), t.s.bring) || t.has(d.Word(h), t.n.ord) {
		return t.verbTense(d, h, steps-1)
	}
	return futureTense
}

// inHeadline reports whether the token is in the title, where the present tells
// of what has happened.
func (t *Tagger) inHeadline(d *doc.Doc, k doc.TokenID) bool {
	return d.Tokens[k].Span.Start < d.Body
}

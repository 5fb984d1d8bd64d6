package timex

import (
	"strings"

	"casus/internal/doc"
)

// A tense is where the words around a time expression place it.
type tense uint8

const (
	unknownTense tense = iota
	pastTense
	simplePresent // the form alone; a clause is never of it
	presentTense
	futureTense
)

// reach is how many tokens away from a time expression a verb may govern it,
// where there is no tree.
const reach = 25

// tenseAt returns the tense of the clause around the tokens [first, end) of a
// sentence [from, to).
func (t *Tagger) tenseAt(d *doc.Doc, first, end, from, to doc.TokenID) tense {
	if first > from {
		w := d.Word(first - 1)
		switch {
		case t.has(w, t.s.since):
			return pastTense
		case t.isDeterminer(w) && end < to && t.isNoun(d, end): // a June agreement
			return unknownTense
		case t.has(w, t.s.as): // as early as Tuesday
			return futureTense
		case t.has(w, t.s.plan) && !t.isPastForm(d, first-1): // effective Feb. 1
			return futureTense
		case t.has(w, t.s.until):
			if t.leftOf(d, first, from) == pastTense && !t.perfectAbove(d, first, end) {
				return pastTense
			}
			return futureTense
		}
	}
	if len(d.Arcs) == len(d.Tokens) {
		if x := t.tenseInTree(d, first, end); x != unknownTense {
			return x
		}
	}
	x := t.leftOf(d, first, from)
	if x != unknownTense {
		if end < to && t.has(d.Word(end), t.s.possessive) && x == futureTense && !t.has(d.Word(max(first-1, from)), t.s.timePrep) {
			return unknownTense // "would get around Wednesday's ruling"
		}
		return x
	}
	return t.rightOf(d, end, to)
}

// isPastForm reports whether the tagger calls token k a past tense.
func (t *Tagger) isPastForm(d *doc.Doc, k doc.TokenID) bool {
	return int(k) < len(d.Tags) && d.Tags[k].XPOS == "VBD"
}

// perfectAbove reports whether the verb that governs the expression is in the
// present perfect: "has given him until Tuesday".
func (t *Tagger) perfectAbove(d *doc.Doc, first, end doc.TokenID) bool {
	if len(d.Arcs) != len(d.Tokens) {
		return false
	}
	v, _ := t.governor(d, first, end)
	if v == doc.NoToken {
		return false
	}
	aux := d.Child(v, "aux")
	return aux != doc.NoToken && t.has(d.Word(aux), t.s.perfect) && !t.isPastForm(d, aux)
}

func (t *Tagger) isDeterminer(w string) bool {
	return t.has(w, t.s.the) || t.has(w, t.s.a) || t.has(w, t.s.possessor) || t.has(w, t.s.possessive)
}

// isNoun reports whether token k can be a noun that goes on a noun phrase.
func (t *Tagger) isNoun(d *doc.Doc, k doc.TokenID) bool {
	if int(k) < len(d.Tags) {
		switch d.Tags[k].UPOS {
		case "NOUN", "ADJ", "PROPN":
			return true
		}
		return false
	}
	w := d.Word(k)
	return 'a' <= w[0] && w[0] <= 'z' && t.flag(w) == 0 && !t.has(w, t.s.function)
}

// leftOf looks for the nearest verb before the expression, up to the start of
// its clause.
func (t *Tagger) leftOf(d *doc.Doc, first, from doc.TokenID) tense {
	infinitive := false
	for k := first - 1; k >= from && k >= first-reach; k-- {
		w := d.Word(k)
		switch {
		case t.has(w, t.s.clause):
			if infinitive {
				return futureTense
			}
			return unknownTense
		case t.isInfinitive(d, k, first):
			infinitive = true
			continue
		}
		x := t.tenseOf(d, k)
		if x == unknownTense {
			continue
		}
		if infinitive {
			if x == pastTense && t.has(w, t.s.bring) {
				return pastTense
			}
			return futureTense
		}
		return t.helped(d, k, from, x)
	}
	if infinitive {
		return futureTense
	}
	return unknownTense
}

// helped returns the tense of a verb with its auxiliaries: "would still be held".
func (t *Tagger) helped(d *doc.Doc, k, from doc.TokenID, x tense) tense {
	for j := k - 1; j >= from && j >= k-4; j-- {
		w := d.Word(j)
		switch {
		case t.has(w, t.s.could):
			return t.tenseOf(d, j)
		case t.has(w, t.s.aux):
		case t.has(w, t.s.future), t.has(w, t.s.modal), t.isInfinitive(d, j, k+1):
			return futureTense
		default:
			return x
		}
	}
	return x
}

// isInfinitive reports whether token k is the "to" of an infinitive.
func (t *Tagger) isInfinitive(d *doc.Doc, k, first doc.TokenID) bool {
	if k+1 >= first || !t.has(d.Word(k), t.s.infinitive) {
		return false
	}
	if int(k+1) < len(d.Tags) {
		return d.Tags[k+1].UPOS == "VERB" || d.Tags[k+1].UPOS == "AUX"
	}
	w := d.Word(k + 1)
	return 'a' <= w[0] && w[0] <= 'z' && (t.has(w, t.s.aux) || t.flag(w) == 0 && !t.has(w, t.s.function))
}

// rightOf looks for the first verb after the expression.
func (t *Tagger) rightOf(d *doc.Doc, end, to doc.TokenID) tense {
	for k := end; k < to && k < end+reach; k++ {
		if x := t.tenseOf(d, k); x != unknownTense {
			return x
		}
	}
	return unknownTense
}

// tenseOf returns the tense that one token shows.
func (t *Tagger) tenseOf(d *doc.Doc, k doc.TokenID) tense {
	w := d.Word(k)
	switch {
	case t.has(w, t.s.future):
		return futureTense
	case t.has(w, t.s.could):
		if t.denied(d, k) { // "could not be reached Friday"
			return pastTense
		}
		return futureTense
	case t.has(w, t.s.plan):
		if k > 0 && t.isDeterminer(d.Word(k-1)) { // the plan
			return unknownTense
		}
		return futureTense
	case t.has(w, t.s.willBe):
		if int(k)+1 < len(d.Tokens) && t.has(d.Word(k+1), t.s.infinitive) {
			return futureTense
		}
		return unknownTense
	case t.has(w, t.s.modal):
		if int(k) < len(d.Tags) && d.Tags[k].UPOS != "AUX" {
			return unknownTense
		}
		return futureTense
	case t.has(w, t.s.past):
		return pastTense
	case t.has(w, t.s.present):
		return presentTense
	}
	if int(k) < len(d.Tags) {
		tag := &d.Tags[k]
		if tag.UPOS != "VERB" && tag.UPOS != "AUX" {
			return unknownTense
		}
		switch {
		case tag.XPOS == "VBD" || strings.Contains(tag.Feats, "Tense=Past"):
			return pastTense
		case t.inHeadline(d, k):
		case tag.XPOS == "VBZ" || tag.XPOS == "VBP" || strings.Contains(tag.Feats, "Tense=Pres") && strings.Contains(tag.Feats, "VerbForm=Fin"):
			return futureTense // "parliament meets Friday"
		}
	}
	if w[0] < 'a' || w[0] > 'z' {
		return unknownTense
	}
	if k > 0 && t.isDeterminer(d.Word(k-1)) && int(k)+1 < len(d.Tokens) && t.isNoun(d, k+1) {
		return unknownTense // "an unspecified date"
	}
	for _, s := range t.suffixes {
		if len(w) > len(s.ending)+2 && strings.HasSuffix(w, s.ending) {
			switch s.sym {
			case t.s.past:
				return pastTense
			case t.s.future:
				return futureTense
			}
		}
	}
	return unknownTense
}

// denied reports whether a verb is negated by a word near it.
func (t *Tagger) denied(d *doc.Doc, k doc.TokenID) bool {
	for j := max(k-8, 0); j < min(k+3, doc.TokenID(len(d.Tokens))); j++ {
		if t.has(d.Word(j), t.s.not) {
			return true
		}
	}
	return false
}

// reported reports whether the expression dates a verb of saying: the one that
// governs it, or without a tree one right beside it.
func (t *Tagger) reported(d *doc.Doc, first, end doc.TokenID) bool {
	if len(d.Arcs) == len(d.Tokens) {
		v, _ := t.governor(d, first, end)
		return v != doc.NoToken && t.has(d.Word(v), t.s.report)
	}
	for k := max(first-3, 0); k < min(end+3, doc.TokenID(len(d.Tokens))); k++ {
		if t.has(d.Word(k), t.s.report) {
			return true
		}
	}
	return false
}

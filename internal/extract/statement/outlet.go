package statement

import (
	"slices"
	"strings"

	"casus/internal/doc"
	"casus/internal/record"
)

// outletIn returns the head of the outlet that the phrase is or belongs to:
// "The New York Times", "CNN's Jake Tapper".
func (r *run) outletIn(h doc.TokenID) doc.TokenID {
	if r.outlet(h) {
		return h
	}
	for _, k := range r.t.Children(h) {
		if r.t.Rel(k, "nmod:poss", "compound", "nmod", "appos") && r.outlet(k) {
			return k
		}
	}
	return doc.NoToken
}

// outlet reports whether the name at x is that of a news outlet.
func (r *run) outlet(x doc.TokenID) bool {
	if e := r.act.of(x); e != doc.NoEntity && int(e) < len(r.d.Actors) && slices.Contains(r.d.Actors[e].Sectors, "MED") && r.d.Actors[e].Type != record.Person {
		return true
	}
	if r.upos(x) != "PROPN" {
		return false
	}
	first, end := r.properRun(x)
	name := strings.TrimPrefix(lower(r.d.Words(first, end)), "the ")
	if r.outlets[name] {
		return true
	}
	last := name[strings.LastIndexByte(name, ' ')+1:]
	i := r.names[x]
	if last == name || i >= 0 && r.d.Names[i].Kind == doc.PER {
		return false
	}
	if r.outletLast[last] {
		return true
	}
	org := i < 0 || r.d.Names[i].Kind == doc.ORG
	return org && r.outletFirst[name[:strings.IndexByte(name, ' ')]]
}

// properRun returns the proper nouns around x that stand together: the name of
// an outlet may hold that of its city.
func (r *run) properRun(x doc.TokenID) (first, end doc.TokenID) {
	first, end = x, x+1
	for first > 0 && (r.upos(first-1) == "PROPN" || r.upos(first-1) == "ADJ" && capital(r.d.Word(first-1)) || first > 1 && r.hyphen(first-1) && r.upos(first-2) == "PROPN") {
		first--
	}
	for int(end) < len(r.lower) && (r.upos(end) == "PROPN" || int(end)+1 < len(r.lower) && r.hyphen(end) && r.upos(end+1) == "PROPN") {
		end++
	}
	return first, end
}

// hyphen reports whether the token is a hyphen inside a word: France-Presse.
func (r *run) hyphen(t doc.TokenID) bool {
	return r.lower[t] == "-" && t > 0 && int(t)+1 < len(r.lower) && r.d.Tokens[t-1].Span.End == r.d.Tokens[t].Span.Start && r.d.Tokens[t].Span.End == r.d.Tokens[t+1].Span.Start
}

func (r *run) outletLink(kind string, x doc.TokenID) record.Via {
	first, end := r.properRun(x)
	v := record.Via{Kind: kind, Name: r.d.Words(first, end), Span: r.anchor(first, end)}
	if e := r.act.of(x); e != doc.NoEntity {
		id := r.act.id(e)
		v.Actor = &id
		if int(e) < len(r.d.Actors) && len(r.d.Actors[e].Name) > len(v.Name) && r.d.Actors[e].KB != nil {
			v.Name = r.d.Actors[e].Name
		}
	}
	return v
}

// An outletAt is an outlet and the words that name it.
type outletAt struct {
	head       doc.TokenID
	first, end doc.TokenID
}

// told returns the outlet that an addressee is: by its name, by a noun with the
// name after it ("the broadcaster RTÉ"), or by a noun alone ("state television").
func (r *run) told(h doc.TokenID) (outletAt, bool) {
	if o := r.outletIn(h); o != doc.NoToken {
		first, end := r.properRun(o)
		return outletAt{o, first, end}, true
	}
	if r.theName(h) {
		return outletAt{h, h, h + 1}, true
	}
	if o, ok := r.outletNoun(h); ok {
		return o, true
	}
	return outletAt{}, false
}

// theName reports whether the token is the short name of an outlet: the
// Guardian, the Tribune.
func (r *run) theName(t doc.TokenID) bool {
	if r.upos(t) != "PROPN" || t == 0 || r.lower[t-1] != "the" || !r.outletLast[r.lower[t]] || int(t)+1 < len(r.lower) && r.upos(t+1) == "PROPN" {
		return false
	}
	i := r.names[t]
	return i < 0 || r.d.Names[i].Kind != doc.PER
}

// farOutlet bounds how far back the outlet is looked for that "the station" is.
const farOutlet = 150

// outletBefore returns the outlet last named before the token.
func (r *run) outletBefore(h doc.TokenID) (outletAt, bool) {
	for t := h - 1; t >= 0 && t > h-farOutlet; t-- {
		if r.upos(t) == "PROPN" && r.outlet(t) {
			first, end := r.properRun(t)
			return outletAt{t, first, end}, true
		}
	}
	return outletAt{}, false
}

// outletNoun reads a phrase whose head, or the noun before whose name, is a
// common noun for an outlet.
func (r *run) outletNoun(h doc.TokenID) (outletAt, bool) {
	noun := h
	if r.upos(h) == "PROPN" {
		for noun = h - 1; noun >= 0 && noun > h-5 && r.upos(noun) == "PROPN"; noun-- {
		}
	}
	if noun < 0 || r.upos(noun) != "NOUN" || !r.outletCommon[r.word(noun)] {
		return outletAt{}, false
	}
	if t := noun + 1; int(t) < len(r.lower) && (r.upos(t) == "PROPN" || r.names[t] >= 0) && r.in[t] == r.in[noun] {
		first, end := t, t+1
		for int(end) < len(r.lower) && (r.upos(end) == "PROPN" || r.names[end] >= 0 && r.names[end] == r.names[t]) {
			end++
		}
		return outletAt{end - 1, first, end}, true
	}
	if noun != h {
		return outletAt{}, false
	}
	first := noun
	for first > 0 && (r.t.Under(first-1, noun) || r.t.Head(first-1) == noun) && !r.t.Rel(first-1, "case", "punct") && r.upos(first-1) != "DET" && r.upos(first-1) != "VERB" && r.upos(first-1) != "ADP" {
		first--
	}
	return outletAt{noun, first, noun + 1}, true
}

func (r *run) outletLinkOf(kind string, o outletAt) record.Via {
	v := r.outletLink(kind, o.head)
	if v.Name = r.d.Words(o.first, o.end); v.Actor != nil {
		if e := r.act.of(o.head); int(e) < len(r.d.Actors) && r.d.Actors[e].KB != nil && len(r.d.Actors[e].Name) > len(v.Name) {
			v.Name = r.d.Actors[e].Name
		}
	}
	v.Span = r.anchor(o.first, o.end)
	return v
}

package event

import (
	"slices"
	"strconv"
	"strings"

	"casus/internal/doc"
	"casus/internal/record"
)

// A part is somebody who takes part in an act.
type part struct {
	entity doc.EntityID // NoEntity for one known by words alone
	head   doc.TokenID
	owner  bool // reached through something of theirs: "Iran's offer"
}

// participants returns who fills an argument: the entities named at its head
// and at the heads joined to it; for "thousands of workers" the workers; for a
// thing, the one whose thing it is.
func (f *finder) participants(a *doc.Arg) []part {
	if a == nil {
		return nil
	}
	return f.partsAt(nil, a.Head, 0)
}

const maxNesting = 6

func (f *finder) partsAt(out []part, t doc.TokenID, depth int) []part {
	if depth > maxNesting || t < 0 || int(t) >= len(f.mention) {
		return out
	}
	before := len(out)
	out = f.entitiesAt(out, t)
	if len(out) == before {
		switch {
		case f.counts(t):
			for k := range f.kids(t) {
				if f.d.Rel(k) == "nmod" && f.caseOf(k) == "of" {
					out = f.partsAt(out, k, depth+1)
				}
			}
		case f.people(t) && f.d.Tags[t].UPOS != "PRON":
			out = f.addPart(out, part{doc.NoEntity, t, false})
		}
	}
	if len(out) == before && f.d.Tags[t].UPOS == "PRON" && depth == 0 {
		out = f.speakerAt(out, t)
	}
	if len(out) == before && f.d.Tags[t].UPOS == "PRON" && f.people(t) {
		out = f.addPart(out, part{doc.NoEntity, t, false})
	}
	if len(out) == before {
		out = f.ownersAt(out, t, depth)
	}
	if f.coordinated(t) {
		for k := range f.kids(t) {
			if f.d.Rel(k) == "conj" {
				out = f.partsAt(out, k, depth+1)
			}
		}
	}
	return out
}

// coordinated reports whether a conjunction joins what hangs from t as conjuncts:
// without one they are appositions.
func (f *finder) coordinated(t doc.TokenID) bool {
	for k := range f.kids(t) {
		switch f.d.Rel(k) {
		case "cc":
			return true
		case "conj":
			for c := range f.kids(k) {
				if f.d.Rel(c) == "cc" {
					return true
				}
			}
		}
	}
	return false
}

// speakerAt reads a pronoun that coreference left open as who says so: "Chad
// says it will send troops".
func (f *finder) speakerAt(out []part, t doc.TokenID) []part {
	if f.mention[t] != 0 {
		return out
	}
	switch f.lemma(t) {
	case "we", "i":
		return f.quotedSpeaker(out, t)
	case "it", "they", "he", "she":
	default:
		return out
	}
	c := f.clauseAt(f.d.Arcs[t].Head)
	if c == doc.NoClause || f.cl[c].Embedder == doc.NoClause || f.d.Rel(t) != "nsubj" {
		return out
	}
	if a := f.cl[f.cl[c].Embedder].Arg(doc.Agent); a != nil && a.Head != t && f.d.Tags[a.Head].UPOS != "PRON" {
		return f.partsAt(out, a.Head, 1)
	}
	return out
}

// quotedSpeaker reads "I" and "we" in a quotation as who speaks.
func (f *finder) quotedSpeaker(out []part, t doc.TokenID) []part {
	at := f.d.Anchor(f.d.Tokens[t].Span)
	for i := len(f.stmts) - 1; i >= 0; i-- {
		s := &f.stmts[i]
		if s.Speaker == nil || s.Kind == "indirect" {
			continue
		}
		for _, c := range s.Content {
			if c.In == at.In && c.Start <= at.Start && at.End <= c.End {
				for e := range f.d.Actors {
					if f.d.Actors[e].ID == *s.Speaker && e < len(f.d.Entities) {
						return f.addPart(out, part{doc.EntityID(e), t, false})
					}
				}
			}
		}
	}
	return out
}

// entitiesAt appends the acting entities whose mention has its head at t.
func (f *finder) entitiesAt(out []part, t doc.TokenID) []part {
	m := f.mention[t]
	if m == 0 {
		return out
	}
	out = f.addMention(out, m, t)
	if f.more != nil {
		for _, m := range f.more[t] {
			out = f.addMention(out, m, t)
		}
	}
	return out
}

func (f *finder) addMention(out []part, m int32, t doc.TokenID) []part {
	e := f.d.Mentions[m-1].Entity
	if int(e) >= len(f.d.Entities) || !f.canAct(e) {
		return out
	}
	return f.addPart(out, part{e, t, false})
}

func (f *finder) addPart(out []part, p part) []part {
	for _, q := range out {
		if q.entity == p.entity && (p.entity != doc.NoEntity || q.head == p.head) {
			return out
		}
	}
	return append(out, p)
}

// canAct reports whether an entity may be a participant.
func (f *finder) canAct(e doc.EntityID) bool {
	switch f.d.Entities[e].Kind {
	case doc.PER, doc.ORG, doc.GPE, doc.NORP, doc.LOC:
		return true
	case doc.EVENT, doc.MISC, doc.FAC:
		return int(e) < len(f.d.Actors) && f.d.Actors[e].Code != nil
	}
	if int(e) < len(f.d.Actors) {
		a := &f.d.Actors[e]
		if a.Code != nil || len(a.Sectors) > 0 || a.Type == record.Person || a.Type == record.Group || a.Type == record.State {
			return true
		}
	}
	ms := f.d.Entities[e].Mentions
	return len(ms) > 0 && f.people(f.d.Mentions[ms[0]].Head)
}

// people reports whether the word at t names people or a body.
func (f *finder) people(t doc.TokenID) bool {
	tag := &f.d.Tags[t]
	switch tag.UPOS {
	case "NOUN", "PROPN":
		l := f.lemma(t)
		if f.c.people[l] {
			return true
		}
		for _, suffix := range f.c.suffixes {
			if len(l) > len(suffix)+2 && strings.HasSuffix(l, suffix) {
				return tag.UPOS == "NOUN"
			}
		}
	case "PRON":
		switch f.lemma(t) {
		case "he", "she", "they", "who":
			return true
		}
	}
	return false
}

// counts reports whether the word at t only counts what follows "of".
func (f *finder) counts(t doc.TokenID) bool {
	switch f.d.Tags[t].UPOS {
	case "NUM":
		return true
	case "NOUN", "DET", "PRON", "ADJ":
		return f.c.analyser.Counts(f.lemma(t))
	}
	return false
}

// ownersAt appends whose thing t is: "Trump's plan", "the offer by Iran",
// "Russian aircraft".
func (f *finder) ownersAt(out []part, t doc.TokenID, depth int) []part {
	if f.d.Tags[t].UPOS == "PRON" {
		return out
	}
	before := len(out)
	for k := range f.kids(t) {
		switch f.d.Arcs[k].Deprel {
		case "nmod:poss", "compound", "amod", "appos", "nmod:desc", "flat":
			n := len(out)
			out = f.owner(out, k, depth)
			// "Israeli army bulldozers" have one owner.
			if len(out) > n && n > before {
				if f.code(out[n]) != "" && f.code(out[before]) == "" {
					out[before] = out[n]
				}
				out = out[:n]
			}
		}
	}
	if len(out) > before {
		return out
	}
	for k := range f.kids(t) {
		if r := f.d.Rel(k); r == "nmod" {
			switch f.caseOf(k) {
			case "of", "by", "from", "in", "between", "against", "with":
				out = f.owner(out, k, depth)
			}
		}
	}
	return out
}

func (f *finder) owner(out []part, k doc.TokenID, depth int) []part {
	n := len(out)
	out = f.partsAt(out, k, depth+1)
	for i := n; i < len(out); i++ {
		out[i].owner = true
	}
	return out
}

// code returns the country field of a participant, or "".
func (f *finder) code(p part) string {
	if p.entity == doc.NoEntity || int(p.entity) >= len(f.d.Actors) || f.d.Actors[p.entity].Code == nil {
		return ""
	}
	return *f.d.Actors[p.entity].Code
}

// caseOf returns the first preposition of t.
func (f *finder) caseOf(t doc.TokenID) string {
	for k := range f.kids(t) {
		if f.d.Rel(k) == "case" {
			return f.lemma(k)
		}
	}
	return ""
}

// id returns the record id of a participant, making an actor of its words when
// no entity stands for it.
func (f *finder) id(p part) string {
	if p.entity != doc.NoEntity {
		if int(p.entity) < len(f.d.Actors) && f.d.Actors[p.entity].ID != "" {
			return f.d.Actors[p.entity].ID
		}
		return "a" + strconv.Itoa(int(p.entity)+1)
	}
	if id := f.extraAt[p.head]; id != "" {
		return id
	}
	first, end := p.head, p.head+1
	for k := range f.kids(p.head) {
		switch f.d.Rel(k) {
		case "det", "amod", "compound", "nummod", "flat":
			if k < first {
				first = k
			}
		}
	}
	// The same words name the same group: "rebels" in headline and lead.
	name := f.d.Words(first, end)
	for i := range f.extra {
		if strings.EqualFold(f.extra[i].Name, name) {
			f.extraAt[p.head] = f.extra[i].ID
			f.extra[i].Mentions = append(f.extra[i].Mentions, f.mentionOf(p.head, first, end))
			return f.extra[i].ID
		}
	}
	id := "a" + strconv.Itoa(max(len(f.d.Actors), len(f.d.Entities))+len(f.extra)+1)
	f.extraAt[p.head] = id
	f.extra = append(f.extra, record.Actor{
		ID: id, Name: name, Type: record.Group, Sectors: []string{},
		Mentions: []record.Mention{f.mentionOf(p.head, first, end)}, Why: []string{"words"},
	})
	return id
}

func (f *finder) mentionOf(head, first, end doc.TokenID) record.Mention {
	form := doc.FormNominal
	if f.d.Tags[head].UPOS == "PRON" {
		form = doc.FormPronoun
	}
	return record.Mention{Span: f.d.Anchor(f.d.Range(first, end)), Form: form}
}

func (f *finder) ids(parts []part) []string {
	out := make([]string, 0, len(parts))
	for _, p := range parts {
		if id := f.id(p); !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}

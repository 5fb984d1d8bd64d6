package actor

import (
	"slices"
	"strconv"

	"casus/internal/doc"
	"casus/internal/record"
)

// Unite returns the coreference layers and the actors of a linked document with
// the entities joined that the knowledge base shows to be one: "the Russian
// leader" and Vladimir Putin, "CJNG" and "the Jalisco New Generation Cartel".
// Countries stay apart from their peoples and capitals. The layers of d are not
// touched.
func (l *Linker) Unite(d *doc.Doc) ([]doc.Mention, []doc.Entity, []record.Actor) {
	into := make([]int, len(d.Entities))
	first := map[string]int{}
	joined := false
	for i := range d.Actors {
		into[i] = i
		key := uniteKey(d, i)
		if key == "" {
			continue
		}
		if k, ok := first[key]; ok && (named(d, k) || named(d, i)) {
			into[i], joined = k, true
		} else if !ok {
			first[key] = i
		}
	}
	if !joined {
		return d.Mentions, d.Entities, d.Actors
	}
	return regroup(d, into)
}

// uniteKey says what thing an actor is, "" for one that stays alone.
func uniteKey(d *doc.Doc, i int) string {
	a := &d.Actors[i]
	if a.KB == nil {
		return ""
	}
	switch a.Type {
	case record.Person, record.Organisation, record.Group:
		return *a.KB
	case record.State:
		if slices.Contains(a.Why, "country") {
			return *a.KB
		}
	}
	return ""
}

func named(d *doc.Doc, i int) bool { return d.Entities[i].Kind != "" }

// regroup joins each entity i to into[i], which stands before it.
func regroup(d *doc.Doc, into []int) ([]doc.Mention, []doc.Entity, []record.Actor) {
	number := make([]int, len(into))
	var ents []doc.Entity
	var actors []record.Actor
	for i := range into {
		k := into[i]
		if k != i {
			number[i] = number[k]
			e, a := &ents[number[k]], &actors[number[k]]
			e.Mentions = append(e.Mentions, d.Entities[i].Mentions...)
			a.Mentions = append(a.Mentions, d.Actors[i].Mentions...)
			// The named one says who it is.
			if e.Kind == "" {
				m, am := e.Mentions, a.Mentions
				*e, *a = d.Entities[i], d.Actors[i]
				e.Mentions, a.Mentions = m, am
			}
			continue
		}
		number[i] = len(ents)
		e, a := d.Entities[i], d.Actors[i]
		e.Mentions, a.Mentions = slices.Clone(e.Mentions), slices.Clone(a.Mentions)
		ents, actors = append(ents, e), append(actors, a)
	}
	mentions := slices.Clone(d.Mentions)
	for i := range mentions {
		if e := mentions[i].Entity; e != doc.NoEntity {
			if into[e] != int(e) {
				mentions[i].Rule = "same-actor"
			}
			mentions[i].Entity = doc.EntityID(number[e])
		}
	}
	for i := range ents {
		sortMentions(&ents[i], &actors[i])
		actors[i].ID = "a" + strconv.Itoa(i+1)
	}
	return mentions, ents, actors
}

// sortMentions puts the mentions of both layers in the order of the text.
func sortMentions(e *doc.Entity, a *record.Actor) {
	for i := 1; i < len(e.Mentions); i++ {
		for j := i; j > 0 && e.Mentions[j] < e.Mentions[j-1]; j-- {
			e.Mentions[j], e.Mentions[j-1] = e.Mentions[j-1], e.Mentions[j]
			a.Mentions[j], a.Mentions[j-1] = a.Mentions[j-1], a.Mentions[j]
		}
	}
}

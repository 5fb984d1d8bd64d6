package event

import (
	"strings"
	"time"

	"casus/internal/doc"
	"casus/internal/record"
)

// privateClass is the class of rules that names private persons and firms.
const privateClass = "private"

// politicalSectors are those whose doings are politics, whoever they meet.
var politicalSectors = map[string]bool{
	"GOV": true, "LEG": true, "JUD": true, "MIL": true, "COP": true, "PTY": true, "OPP": true, "REB": true, "UAF": true,
	"SPY": true, "PRM": true, "ELI": true, "LAB": true, "REL": true, "IGO": true, "ISM": true, "IMG": true, "UNO": true, "EUR": true, "REF": true,
}

// private reports whether an act is between people who stand for nobody but
// themselves: "she accepted the invitation", "the firm bought lorries". Who
// harms, protests, is held or is tried need be nobody in particular.
func (f *finder) private(a *act) bool {
	switch a.typ {
	case "ASSAULT", "COERCE":
		return false
	case "PROTEST": // one alone: "grandfather protested loudly"
		for _, p := range a.actors {
			if f.d.Tags[p.head].XPOS != "NN" || !f.c.rules.sets[privateClass][f.lemma(p.head)] {
				return false
			}
		}
		return len(a.actors) > 0
	case "SANCTION":
		for _, m := range a.modes {
			if m == "convict" {
				return false
			}
		}
	}
	if len(a.actors) == 0 {
		return false
	}
	for _, p := range a.actors {
		if f.public(p) {
			return false
		}
	}
	for _, p := range a.recipients {
		if f.public(p) {
			return false
		}
	}
	for _, in := range a.inner { // "the nurses agreed to meet the minister"
		for _, p := range in.recipients {
			if f.public(p) {
				return false
			}
		}
	}
	return true
}

// public reports whether a participant stands for a state, a body or a group of
// politics.
func (f *finder) public(p part) bool {
	if p.entity == doc.NoEntity {
		return f.people(p.head) && !f.c.rules.sets[privateClass][f.lemma(p.head)]
	}
	if int(p.entity) >= len(f.d.Actors) {
		return false
	}
	a := &f.d.Actors[p.entity]
	for _, s := range a.Sectors {
		if politicalSectors[s] {
			return true
		}
	}
	switch a.Type {
	case record.State, record.People, record.PlaceActor:
		return true
	}
	if a.Code == nil {
		return f.publicHead(p)
	}
	// An American is not America: a person's country makes politics of what they
	// do only where nothing says that they are private.
	return !f.privateHead(p)
}

// publicHead reports whether an entity that nothing is known of has a name, which
// may be one of politics, or is called by a word for people of politics: "the
// rebels", "protesters".
func (f *finder) publicHead(p part) bool {
	if f.privateHead(p) {
		return false
	}
	if f.firstName(p) {
		return false
	}
	for _, m := range f.d.Entities[p.entity].Mentions {
		h := f.d.Mentions[m].Head
		if f.d.Mentions[m].Form == doc.FormName || f.d.Tags[h].UPOS == "NOUN" && f.people(h) && !f.c.rules.sets[privateClass][f.lemma(h)] {
			return true
		}
	}
	return false
}

// firstName reports whether an unknown person has one name alone in all the
// text: "Tom and his cousin". Who makes news is named in full somewhere.
func (f *finder) firstName(p part) bool {
	if f.d.Actors[p.entity].Type != record.Person || f.d.Actors[p.entity].KB != nil {
		return false
	}
	named := false
	for _, m := range f.d.Entities[p.entity].Mentions {
		x := &f.d.Mentions[m]
		if x.Form == doc.FormName && x.End-x.First > 1 {
			return false
		}
		named = named || x.Form == doc.FormName
	}
	return named && len(f.d.Sentences) > shortText
}

// shortText is the number of sentences up to which a text has no room to name
// people in full.
const shortText = 3

func (f *finder) privateHead(p part) bool {
	for _, m := range f.d.Entities[p.entity].Mentions {
		h := f.d.Mentions[m].Head
		if f.c.rules.sets[privateClass][strings.ToLower(f.d.Tags[h].Lemma)] {
			return true
		}
	}
	return false
}

// longStanding reports whether an act is dated by a time that began more than a
// year before the article: "have fought since 2009".
func (f *finder) longStanding(a *act) bool {
	pub := f.d.Article.Published.Time
	et := f.time(a)
	if pub.IsZero() || et == nil || et.From == nil || et.To == nil || et.Basis != "clause" && et.Basis != "sentence" || len(*et.From) < len(time.DateOnly) {
		return false
	}
	from, err := time.Parse(time.DateOnly, (*et.From)[:len(time.DateOnly)])
	return err == nil && from.Before(pub.AddDate(-1, 0, 0))
}

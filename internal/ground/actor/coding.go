package actor

import (
	"slices"
	"strings"

	"casus/internal/ground/kb"
	"casus/internal/record"
)

// A coding is what is known of an actor.
type coding struct {
	ref           ref
	whole         bool // the ref is the actor itself, not its owner
	country, code string
	sectors       []string
	role, typ     string
	title         string // the words of the post
	named         bool   // a name stands in the phrase
	former        bool
	located       bool // the country is only where it is
	town          bool // and is known only by the name of a town
	why           []string
}

func (c *coding) because(rule string) {
	if !slices.Contains(c.why, rule) {
		c.why = append(c.why, rule)
	}
}

// place sets the country if none is known.
func (c *coding) place(o *coding, rule string, located bool) {
	if o.code == "" || c.code != "" && (!c.town || o.town) {
		return
	}
	c.country, c.code, c.located, c.town = o.country, o.code, located, o.town
	c.because(rule)
}

// An evidence is what surrounds a phrase.
type evidence struct {
	date    kb.Date
	country string         // of the context, or ""
	votes   map[string]int // countries of the document; nil for a phrase alone
	person  bool           // the name is a person's
	nf, ne  int32          // tokens of the name in the document; equal when none
	plural  bool
	doc     bool
	located func(token int32) string // the country of the place named at a token, or ""
}

// fromRef codes an actor of the knowledge base on a day.
func (l *Linker) fromRef(n kb.Name, date kb.Date) coding {
	c := coding{ref: ref{n.Ref}, whole: true, named: true, country: n.Country(), code: n.Code(), sectors: n.Sectors()}
	if c.code == "" && c.country != "" {
		c.code = l.codeOf(c.country)
	}
	switch n.Kind() {
	case kb.Country, kb.Region:
		c.typ = record.State
		if n.Kind() == kb.Region && len(n.Sectors()) == 0 {
			c.typ = record.PlaceActor
		}
		switch n.Alias {
		case kb.Demonym:
			c.typ = record.People
			c.because("demonym")
		case kb.Metonym:
			c.sectors = []string{"GOV"}
			c.because("capital")
		default:
			c.because("country")
		}
		return c
	case kb.Ethnic:
		c.typ = record.People
		c.because("people")
		return c
	case kb.Person:
		c.typ = record.Person
		c.because("kb:person")
	case kb.Group:
		c.typ = record.Group
		c.because("kb:group")
	default:
		c.typ = record.Organisation
		c.because("kb:organisation")
	}
	l.hold(&c, date)
	return c
}

// hold sets what the roles of the linked actor say on the day.
func (l *Linker) hold(c *coding, date kb.Date) {
	r, s, ok := c.ref.On(date)
	if !ok {
		return
	}
	c.role = l.roleName(&r)
	switch s {
	case kb.InOffice:
		c.sectors = r.Sectors
		if r.Country != "" && c.typ == record.Person {
			c.setCountry(l, r.Country)
		}
		c.because("office-on-date")
		if r.Beyond(date) {
			c.because("knowledge-base-as-of-" + kb.AsOf.String())
		}
	case kb.Former_:
		if c.typ == record.Person {
			c.former = true
			c.role = "former " + c.role
			c.sectors = eliteOf(r.Sectors)
			c.because("office-ended")
		} else {
			c.sectors = r.Sectors
		}
	case kb.Ahead:
		c.role = ""
		c.because("office-not-yet-begun")
		if c.typ == record.Person {
			c.sectors = nil
			if len(r.Sectors) > 0 {
				switch r.Sectors[0] {
				case "REB", "CRM", "BUS", "REL", "CVL", "JRN", "LEG", "PTY":
					c.sectors = r.Sectors
				}
			}
		} else {
			c.sectors = r.Sectors
		}
	}
}

func (c *coding) setCountry(l *Linker, country string) {
	switch country {
	case "UNO", "EUR", "IGO", "NGO", "ISM", "IMG", "MNC":
		c.country, c.code = "", country
	default:
		c.country, c.code = country, l.codeOf(country)
	}
}

// eliteOf gives the sectors of one who held an office with these.
func eliteOf(s []string) []string {
	if len(s) == 0 {
		return []string{"ELI"}
	}
	switch s[0] {
	case "GOV", "LEG", "MIL", "SPY", "JUD", "COP", "PTY", "OPP":
		return []string{"ELI", s[0]}
	}
	return s
}

// roleName writes a role: "President of Mexico".
func (l *Linker) roleName(r *kb.Role) string {
	if r.Title == "" {
		return ""
	}
	if strings.Contains(r.Title, " of ") || r.Country == "" || l.names[r.Country] == "" || strings.Contains(r.Title, "(") {
		return r.Title
	}
	return r.Title + " of " + l.names[r.Country]
}

// rank orders sectors by how much they say: the more telling first.
var rank = func() map[string]int {
	m := map[string]int{}
	for i, s := range []string{"REB", "SPY", "COP", "MIL", "PRM", "JUD", "LEG", "OPP", "GOV", "PTY", "ELI", "CRM", "UAF", "REL", "REF", "LAB", "MED", "JRN", "EDU", "BUS", "AGR", "SOC", "PRE", "CVL", "UNK"} {
		m[s] = 100 - i
	}
	return m
}()

func cutSectors(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, ";")
}

func primary(s string) string {
	if len(s) >= 3 {
		return s[:3]
	}
	return s
}

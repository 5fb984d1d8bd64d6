package actor

import (
	"slices"
	"strings"

	"casus/internal/ground/kb"
)

// choose returns the actor that the names found for some words mean: people
// when the words are a person's name, else countries and bodies. title and
// country are what the words beside say. ok is false when none fits, or several
// do and nothing decides.
func (l *Linker) choose(names []kb.Name, ctx *evidence, country, sector string, offices []string) (kb.Name, bool) {
	people := ctx.person
	if !people {
		people = !slices.ContainsFunc(names, func(n kb.Name) bool { return n.Kind() != kb.Person })
	}
	best, second, at := -1<<30, -1<<30, -1
	for i := range names {
		n := &names[i]
		if (n.Kind() == kb.Person) != people {
			continue
		}
		sc := l.weigh(n, ctx, country, sector, offices)
		if at >= 0 && n.ID() == names[at].ID() {
			best = max(best, sc)
			continue
		}
		if sc > best {
			best, second, at = sc, best, i
		} else {
			second = max(second, sc)
		}
	}
	if at < 0 || best < 0 || best == second && !same(names, at, people) {
		return kb.Name{}, false
	}
	return names[at], true
}

// same reports whether the names of the wanted sort agree on country and sectors.
func same(names []kb.Name, at int, people bool) bool {
	if people {
		return false
	}
	for i := range names {
		if names[i].Kind() != kb.Person && (names[i].Country() != names[at].Country() || !slices.Equal(names[i].Sectors(), names[at].Sectors())) {
			return false
		}
	}
	return true
}

// weigh scores how well a name of the knowledge base fits; below zero it does not.
func (l *Linker) weigh(n *kb.Name, ctx *evidence, country, sector string, offices []string) int {
	if n.Kind() != kb.Person {
		return l.weighBody(n, ctx, country)
	}
	sc := 0
	if n.Alias == kb.Family {
		sc = -50
	}
	r, st, ok := n.Ref.On(ctx.date)
	top := 5
	if ok {
		if o, known := l.offices[r.Office]; known {
			top = o.Rank
		}
		switch st {
		case kb.InOffice:
			sc += []int{0, 70, 50, 30, 15, 10}[min(top, 5)]
		case kb.Former_:
			sc += []int{0, 55, 15, 10, 5, 2}[min(top, 5)]
			if top == 1 && ctx.date != 0 && r.End != 0 && r.End.Years(ctx.date) > 15 {
				sc -= 20
			}
		case kb.Ahead:
			sc -= 10
		}
		if sector != "" && len(r.Sectors) > 0 && r.Sectors[0] == sector && st == kb.InOffice {
			sc += 30
		}
		if len(offices) > 0 {
			if heldOne(n.Ref, offices) {
				sc += 40
			} else if n.Alias == kb.Family {
				sc -= 30
			}
		}
	}
	home := n.Country()
	if home == "" {
		home = n.Code()
	}
	switch {
	case country == "":
	case home == country || ok && r.Country == country:
		sc += 60
	default:
		sc -= 120
		if heldFor(n.Ref, country) {
			sc += 150
		}
	}
	if n.Alias == kb.Family && ctx.doc && len(offices) == 0 {
		// A family name alone needs a story about the country, or an office that
		// all the world knows; a given name does not do at all.
		switch {
		case l.given[familyOf(n)]:
			sc -= 100
		case ctx.votes[home] == 0 && (top > 1 || st != kb.InOffice || n.Source() != "own"):
			sc -= 60
		}
	}
	if ctx.votes != nil {
		switch {
		case ctx.votes[home] > 0:
			sc += 25 + min(ctx.votes[home], 5)
		case top >= 3 && home != "" && len(home) == 3 && country == "":
			// A minister or member of a country that the story never names.
			sc -= 45
		}
	} else if n.Alias != kb.Family {
		sc += 20
	}
	return sc
}

// familyOf returns the last word of a person's name, folded.
func familyOf(n *kb.Name) string {
	f := kb.Fold(n.Name())
	return f[strings.LastIndexByte(f, ' ')+1:]
}

func (l *Linker) weighBody(n *kb.Name, ctx *evidence, country string) int {
	sc := 40 - 4*int(n.Alias)
	switch n.Kind() {
	case kb.Country:
		sc += 30
	case kb.Region, kb.Ethnic:
		sc += 25
	case kb.Company, kb.NGO:
		sc -= 10
	case kb.IGO:
		if n.Alias == kb.Metonym { // "Brussels" is the Union before it is Belgium
			sc += 20
		}
	}
	if n.Source() == "own" {
		sc += 25
	}
	home := n.Country()
	if home != "" && country != "" {
		if home == country {
			sc += 40
		} else if n.Kind() != kb.Country {
			sc -= 30
		}
	}
	if ctx.votes != nil && n.Kind() == kb.Country {
		sc += min(ctx.votes[home], 9) // of two Congos
	}
	if ctx.votes != nil && home != "" && n.Kind() != kb.Country {
		if ctx.votes[home] > 0 {
			sc += 20 + min(ctx.votes[home], 9)
		} else if n.Alias == kb.Acronym || n.Alias == kb.Weak {
			sc -= 35
		}
	}
	return sc
}

func heldOne(r kb.Ref, offices []string) bool {
	for _, x := range r.Roles() {
		if slices.Contains(offices, x.Office) {
			return true
		}
	}
	return false
}

func heldFor(r kb.Ref, country string) bool {
	for _, x := range r.Roles() {
		if x.Country == country {
			return true
		}
	}
	return false
}

// officesOf returns the offices that the words of a title may name: those of
// its longest ending that names one.
func (l *Linker) officesOf(title []word) []string {
	var buf [96]byte
	for i := range title {
		if o := l.titles[string(joined(buf[:0], title[i:]))]; o != nil {
			return o
		}
		// "Secretary of State John Kerry" ends with the name; "president of France" does not.
	}
	for i := range title {
		for j := len(title); j > i; j-- {
			if o := l.titles[string(joined(buf[:0], title[i:j]))]; o != nil {
				return o
			}
		}
	}
	return nil
}

// officesEnding returns the offices that the last words name.
func (l *Linker) officesEnding(ws []word) []string {
	var buf [96]byte
	for i := range ws {
		if o := l.titles[string(joined(buf[:0], ws[i:]))]; o != nil {
			return o
		}
	}
	return nil
}

// person codes a person's name. title is the coding of the words before it.
func (l *Linker) person(name []word, title *coding, titleWords []word, ctx *evidence) coding {
	c := coding{typ: "person", named: true}
	country := ""
	if title != nil {
		country = title.country
		if country == "" {
			country = title.code
		}
	}
	if country == "" {
		country = ctx.country
	}
	pctx := *ctx
	pctx.person = true
	if names := l.namesOf(name, &pctx); names != nil {
		sector := ""
		if title != nil && len(title.sectors) > 0 && !title.former {
			sector = title.sectors[0]
		}
		if n, ok := l.choose(names, &pctx, country, sector, l.officesOf(titleWords)); ok {
			c = l.fromRef(n, ctx.date)
		}
	}
	if title == nil {
		return c
	}
	for _, w := range title.why {
		c.because(w)
	}
	if title.code != "" {
		if c.code != title.code && c.ref.known() && !title.located && !heldFor(c.ref.Ref, country) && c.ref.Country() != country {
			c = coding{typ: "person", named: true, why: c.why}
		}
		if !title.located || c.code == "" {
			c.country, c.code, c.located = title.country, title.code, title.located
		}
	}
	switch {
	case title.former:
		c.former = true
		c.sectors = eliteOf(title.sectors)
		if len(title.sectors) > 0 && title.sectors[0] == "ELI" {
			c.sectors = title.sectors
		}
	case len(title.sectors) > 0 && title.sectors[0] != "UNK":
		// The text's own word for the post stands, with what the knowledge base adds.
		if len(c.sectors) > 0 && c.sectors[0] == title.sectors[0] && len(c.sectors) > len(title.sectors) {
			break
		}
		c.sectors = title.sectors
		c.because("title")
	}
	if len(titleWords) > 0 {
		c.title = text(titleWords)
		if c.role == "" || c.former || len(c.sectors) > 0 && len(title.sectors) > 0 {
			if c.role == "" || !c.ref.known() {
				c.role = c.title
			}
		}
	}
	return c
}

// namesOf looks a person's name up: as written, without particles, and with the
// family name put last or first.
func (l *Linker) namesOf(name []word, ctx *evidence) []kb.Name {
	if len(name) == 0 || len(name) > maxName {
		return nil
	}
	keep := func(all []kb.Name) []kb.Name {
		out := all[:0]
		for _, n := range all {
			if n.Kind() == kb.Person && n.On(ctx.date) {
				out = append(out, n)
			}
		}
		return out
	}
	var buf [8]kb.Name
	var keyBuf [96]byte
	key := joined(keyBuf[:0], name)
	if out := keep(l.kb.Lookup(buf[:0], key)); len(out) > 0 {
		return slices.Clone(out)
	}
	if len(name) < 2 {
		return nil
	}
	if sq := kb.Squeeze(string(key)); sq != "" {
		if out := keep(l.kb.Lookup(buf[:0], []byte(sq))); len(out) > 0 {
			return slices.Clone(out)
		}
	}
	// Given name and last word; then the last word put first.
	short := append(append([]byte{}, name[0].f...), ' ')
	short = append(short, name[len(name)-1].f...)
	if len(name) > 2 {
		if out := keep(l.kb.Lookup(buf[:0], short)); len(out) > 0 {
			return slices.Clone(out)
		}
	}
	turned := append(append([]word{}, name[len(name)-1]), name[:len(name)-1]...)
	if out := keep(l.kb.Lookup(buf[:0], joined(keyBuf[:0], turned))); len(out) > 0 {
		return slices.Clone(out)
	}
	return nil
}

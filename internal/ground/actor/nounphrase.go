package actor

import (
	"slices"
	"strings"

	"casus/internal/ground/kb"
	"casus/internal/record"
)

// np codes a noun phrase without prepositions.
func (l *Linker) np(ws []word, names, nouns []hit, ctx *evidence, depth int) coding {
	if len(ws) == 0 {
		return coding{}
	}
	for p := len(ws) - 2; p >= 0; p-- {
		if ws[p].poss && !slices.ContainsFunc(names, func(h hit) bool { return h.i <= p && p < h.j-1 }) {
			return l.owned(ws[:p+1], ws[p+1:], ctx, depth)
		}
	}
	if i, j := l.personIn(ws, names, nouns, ctx); j > i {
		return l.titled(ws, i, j, ctx, depth)
	}
	return l.nominal(ws, names, nouns, ctx)
}

// owned codes "Russia's Baltic Fleet": the thing owned, with its owner's country.
func (l *Linker) owned(owner, thing []word, ctx *evidence, depth int) coding {
	octx := *ctx
	octx.person = false
	o := l.analyse(owner, &octx, depth+1)
	tctx := *ctx
	if o.country != "" {
		tctx.country = o.country
	}
	c := l.analyse(thing, &tctx, depth+1)
	if c.named && c.ref.known() && c.code != "" {
		if o.code == "" || c.code == o.code || c.country == "" || c.typ == record.Person {
			return c
		}
		// "Chile's Defense Department" is not the one that the knowledge base has.
		c.ref, c.whole, c.role = ref{}, false, ""
	}
	if o.code != "" && !(c.named && c.code != "" && o.located) {
		c.country, c.code, c.located = o.country, o.code, o.located
		c.because("possessor")
	}
	last := thing[len(thing)-1]
	h, generic := l.heads[last.f]
	switch {
	case o.typ == record.Organisation || o.typ == record.Group && o.named:
		if len(c.sectors) == 0 || generic && !fixed(c.sectors) && len(o.sectors) > 0 {
			c.sectors = o.sectors
			c.because("possessor")
		}
	case generic && len(c.sectors) == 0 && o.code != "":
		c.sectors = cutSectors(h.country)
		c.because("head:" + last.f)
	case len(c.sectors) == 0 && len(o.sectors) > 0 && o.typ != record.State && !c.named:
		c.sectors = o.sectors
		c.because("possessor")
	}
	return c
}

// personIn returns the words [i, j) of a person's name in the phrase, or an
// empty range.
func (l *Linker) personIn(ws []word, names, nouns []hit, ctx *evidence) (int, int) {
	if ctx.ne > ctx.nf {
		i, j := -1, -1
		for k := range ws {
			if ws[k].token >= ctx.nf && ws[k].token < ctx.ne {
				if i < 0 {
					i = k
				}
				j = k + 1
			}
		}
		return max(i, 0), max(j, 0)
	}
	for _, h := range names {
		if ctx.doc && h.j-h.i < 2 {
			continue
		}
		full := false
		for _, n := range h.names {
			if n.Kind() != kb.Person {
				full = false
				break
			}
			full = full || n.Alias != kb.Family || h.i > 0 && l.titleEnds(nouns, h.i) || len(ws) == h.j-h.i
		}
		if full {
			return h.i, h.j
		}
	}
	if ctx.doc {
		return 0, 0
	}
	// A title and capitalised words that nothing knows.
	for _, n := range nouns {
		if n.j >= len(ws) || n.j < 1 || !l.postNoun(ws[n.j-1].f) {
			continue
		}
		i := n.j
		ok := true
		for k := i; k < len(ws); k++ {
			taken := slices.ContainsFunc(nouns, func(h hit) bool { return h.i <= k && k < h.j && h.i != n.i })
			ok = ok && ws[k].up && !taken
		}
		if ok {
			return i, len(ws)
		}
	}
	return 0, 0
}

// titleEnds reports whether a noun ends at the word i.
func (l *Linker) titleEnds(nouns []hit, i int) bool {
	return slices.ContainsFunc(nouns, func(h hit) bool { return h.j == i })
}

// postNoun reports whether the word is a post that stands before a name.
func (l *Linker) postNoun(f string) bool {
	if l.titles[f] != nil {
		return true
	}
	k := l.nouns[f]
	return k == "person" || k == "agent"
}

// titled codes a person's name at [i, j) with the words around it.
func (l *Linker) titled(ws []word, i, j int, ctx *evidence, depth int) coding {
	name, before, after := ws[i:j], ws[:i], ws[j:]
	// The tagger takes titles for parts of names: "Archbishop Desmond Tutu".
	for len(name) > 1 && (honorific[name[0].f] || l.postNoun(name[0].f) && l.namesOf(name, ctx) == nil) {
		if !honorific[name[0].f] {
			before = ws[:len(before)+1]
		}
		name = name[1:]
	}
	// "Trump administration", "Assad supporters": the noun acts.
	if len(after) > 0 && !ctx.person {
		o := l.person(name, nil, nil, ctx)
		actx := *ctx
		actx.country = o.country
		c := l.analyse(after, &actx, depth+1)
		c.place(&o, "name-before-noun", false)
		return c
	}
	if len(before) == 0 {
		c := l.person(name, nil, nil, ctx)
		if !c.ref.known() && !ctx.person {
			if _, ok := l.kb.Agent(joined(nil, ws)); ok {
				_, nouns := l.hits(ws, ctx.date)
				return l.nominal(ws, nil, nouns, ctx)
			}
		}
		return c
	}
	tctx := *ctx
	tctx.person, tctx.nf, tctx.ne, tctx.doc = false, 0, 0, false
	tctx.votes = nil
	t := l.analyse(before, &tctx, depth+1)
	return l.person(name, &t, before, ctx)
}

// honorifics tell nothing of what their bearer does.
var honorific = map[string]bool{"mr": true, "mrs": true, "ms": true, "dr": true, "miss": true, "sir": true, "lord": true, "lady": true, "dame": true, "alhaji": true, "chief": true}

// countryOf returns the country or people that qualifies a phrase: its first,
// but for one after "ethnic".
func (l *Linker) countryOf(names []hit, ctx *evidence) *kb.Name {
	for k := range names {
		for i := range names[k].names {
			n := &names[k].names[i]
			if n.Kind() == kb.Country || n.Kind() == kb.Region {
				return state(names[k].names, n)
			}
		}
	}
	return nil
}

// nominal codes a phrase headed by a common noun or an unknown name.
func (l *Linker) nominal(ws []word, names, nouns []hit, ctx *evidence) coding {
	var c coding
	var body *hit
	var bodyName kb.Name
	for k := range names {
		h := &names[k]
		if h.i > 0 && ws[h.i-1].f == "ethnic" {
			continue
		}
		for i := range h.names {
			n := &h.names[i]
			switch n.Kind() {
			case kb.Country, kb.Region:
				n = state(h.names, n)
				if c.code == "" {
					o := l.fromRef(*n, ctx.date)
					c.country, c.code = o.country, o.code
					c.because(o.why[0])
				}
			case kb.Ethnic:
				if c.code == "" && n.Country() != "" {
					c.country, c.code = n.Country(), l.codeOf(n.Country())
					c.because("people")
				}
				continue
			case kb.Person, kb.City:
				continue
			default:
				if body == nil {
					if x, ok := l.choose(h.names, ctx, c.country, "", nil); ok {
						body, bodyName = h, x
					}
				}
			}
			break
		}
	}
	last := &ws[len(ws)-1]
	if body != nil && body.j < len(ws) && bodyName.Kind() == kb.IGO && l.has(last, beside) {
		body = nil
	}
	if body != nil {
		o := l.fromRef(bodyName, ctx.date)
		c.place(&o, "kb:organisation", false)
		if body.j == len(ws) { // "the rebel FDLR"
			c.ref, c.whole, c.named, c.typ, c.sectors, c.role = o.ref, true, true, o.typ, o.sectors, o.role
			c.because(o.why[0])
			if c.code != "" && o.country != "" && o.country != c.country && o.typ == record.Organisation {
				c.ref, c.whole = ref{}, false
			}
			l.mark(&c, ws)
			return c
		}
	}
	c.sectors = l.sectorsOf(&c, ws, names, nouns, body, bodyName, ctx)
	if last.up && l.has(last, org) {
		c.named = true
		c.typ = record.Organisation
	}
	l.mark(&c, ws)
	return c
}

// mark applies "former" and its like.
func (l *Linker) mark(c *coding, ws []word) {
	for i := 0; i < len(ws)-1; i++ {
		if l.has(&ws[i], former) || strings.HasPrefix(ws[i].f, "ex ") {
			c.former = true
			if len(c.sectors) == 0 || c.sectors[0] != "ELI" {
				c.sectors = eliteOf(c.sectors)
			}
			c.because("former")
			return
		}
	}
	if strings.HasPrefix(ws[len(ws)-1].f, "ex ") {
		c.former, c.sectors = true, eliteOf(c.sectors)
		c.because("former")
	}
}

// sectorsOf chooses the sectors of a common noun: of the noun itself where it
// says enough, else of what stands before it.
func (l *Linker) sectorsOf(c *coding, ws []word, names, nouns []hit, body *hit, bodyName kb.Name, ctx *evidence) []string {
	last := &ws[len(ws)-1]
	var head *hit
	for k := range nouns {
		if nouns[k].j == len(ws) {
			head = &nouns[k]
		}
	}
	var ofBody []string
	if body != nil {
		o := l.fromRef(bodyName, ctx.date)
		ofBody = o.sectors
	}
	h, generic := l.heads[last.f]
	if head != nil && head.j-head.i > 1 {
		generic = false
	}
	if head != nil && !generic {
		switch p := primary(head.sectors); p {
		case "UAF", "UNK", "CVL":
			if len(ofBody) > 0 && ofBody[0] != "GOV" {
				c.because("kb:organisation")
				return ofBody
			}
		case "ELI":
			c.former = strings.HasPrefix(text(ws), "former") || c.former
		}
		c.because("noun:" + string(joined(nil, ws[head.i:head.j])))
		return cutSectors(head.sectors)
	}
	// What stands before the head.
	var best *hit
	for k := range nouns {
		n := &nouns[k]
		if n.j == len(ws) && n.j-n.i == 1 && generic {
			continue
		}
		if best == nil || rank[primary(n.sectors)] > rank[primary(best.sectors)] {
			best = n
		}
	}
	switch {
	case len(ofBody) > 0 && (best == nil || rank[ofBody[0]] >= rank[primary(best.sectors)] || ofBody[0] != "GOV"):
		c.because("kb:organisation")
		return ofBody
	case best != nil && (generic || !last.up || l.has(last, org)):
		c.because("noun:" + string(joined(nil, ws[best.i:best.j])))
		if s := l.words[last.f].sector; s != "" && last.up && !generic && rank[s] > rank[primary(best.sectors)] {
			return []string{s}
		}
		return cutSectors(best.sectors)
	case generic && c.code != "" && !l.ethnic(names):
		if h.country != "" {
			c.because("head:" + last.f)
		}
		return cutSectors(h.country)
	case generic && l.ethnic(names):
		c.because("people")
		if h.country == "GOV" {
			return []string{"ELI"}
		}
		return cutSectors(h.alone)
	case generic:
		if h.alone != "" {
			c.because("head:" + last.f)
		}
		return cutSectors(h.alone)
	}
	if s := l.words[last.f].sector; s != "" && last.up {
		c.because("name-noun:" + last.f)
		return []string{s}
	}
	// "University of X", "Bank of Y".
	if s := l.words[ws[0].f].sector; s != "" && ws[0].up {
		c.because("name-noun:" + ws[0].f)
		return []string{s}
	}
	return nil
}

// state returns the country among the names before a dependency: "Dutch" is the
// Netherlands before it is Aruba.
func state(names []kb.Name, n *kb.Name) *kb.Name {
	if n.Kind() == kb.Country {
		return n
	}
	for i := range names {
		if names[i].Kind() == kb.Country {
			return &names[i]
		}
	}
	return n
}

func (l *Linker) ethnic(names []hit) bool {
	return slices.ContainsFunc(names, func(h hit) bool {
		return slices.ContainsFunc(h.names, func(n kb.Name) bool { return n.Kind() == kb.Ethnic })
	})
}

// typeOf says what sort of actor a common noun is.
func (l *Linker) typeOf(ws []word, ctx *evidence) string {
	last := &ws[len(ws)-1]
	f := last.f
	kind := l.nouns[f]
	plural := ctx.plural
	if kind == "" {
		switch {
		case strings.HasSuffix(f, "ies") && l.nouns[f[:len(f)-3]+"y"] != "":
			kind, plural = l.nouns[f[:len(f)-3]+"y"], true
		case strings.HasSuffix(f, "men") && l.nouns[f[:len(f)-3]+"man"] != "":
			kind, plural = "person", true
		case strings.HasSuffix(f, "s") && l.nouns[f[:len(f)-1]] != "":
			kind, plural = l.nouns[f[:len(f)-1]], true
		}
	}
	switch kind {
	case "organisation":
		return record.Organisation
	case "place":
		return record.PlaceActor
	case "person", "agent":
		if plural {
			return record.Group
		}
		return record.Person
	}
	if last.up && l.has(last, org) {
		return record.Organisation
	}
	return record.Group
}

package actor

import (
	"slices"
	"strings"

	"casus/internal/ground/kb"
	"casus/internal/record"
)

const maxDepth = 8

// analyse codes a phrase.
func (l *Linker) analyse(ws []word, ctx *evidence, depth int) coding {
	if depth > maxDepth || len(ws) == 0 {
		return coding{}
	}
	if len(ws) > 60 {
		ws = ws[:60]
	}
	if c, ok := l.wholly(ws, ctx); ok {
		return c
	}
	cut := false
	for len(ws) > 1 && (l.has(&ws[0], start) || number(&ws[0])) && !ws[1].brk {
		// "two of the men" counts; "two men" starts.
		if l.has(&ws[0], count) && ws[1].f == "of" {
			break
		}
		ws, cut = ws[1:], true
	}
	if cut {
		if c, ok := l.wholly(ws, ctx); ok {
			return c
		}
	}
	for k := 1; k < len(ws); k++ {
		if ws[k].brk {
			return l.apposed(ws[:k], ws[k:], ctx, depth)
		}
	}
	return l.simple(ws, ctx, depth)
}

// wholly codes a phrase that is a name of the knowledge base and no more.
func (l *Linker) wholly(ws []word, ctx *evidence) (coding, bool) {
	if len(ws) > maxName || broken(ws) || ctx.person && ctx.doc {
		return coding{}, false
	}
	names := l.find(ws, true, ctx.date)
	if names == nil && len(ws) > 1 && ws[0].up {
		names = l.namesOf(ws, ctx)
	}
	if names == nil && len(ws) == 1 {
		names = l.misspelt(ws, 0, ctx.date)
	}
	if names == nil {
		return coding{}, false
	}
	n, ok := l.choose(names, ctx, ctx.country, "", nil)
	if !ok {
		return coding{}, false
	}
	return l.fromRef(n, ctx.date), true
}

// apposed codes a phrase and what a comma adds to it.
func (l *Linker) apposed(left, right []word, ctx *evidence, depth int) coding {
	right = slices.Clone(right)
	right[0].brk = false
	a, b := l.analyse(left, ctx, depth+1), l.analyse(right, ctx, depth+1)
	// "the spokesman, John Smith": the name is second.
	if b.named && !a.named && b.typ == record.Person {
		a, b = b, a
	}
	if b.typ == record.State && b.whole {
		if !a.ref.known() {
			a.place(&b, "place-after-comma", true)
		}
		return a
	}
	if a.ref.known() && a.whole && a.typ == record.Person && b.country != "" && a.country != b.country && !b.located && !heldFor(a.ref.Ref, b.country) {
		a = coding{typ: record.Person, named: true, why: a.why}
		a.because("text-against-knowledge-base")
	}
	a.place(&b, "apposition", b.located)
	if len(b.sectors) > 0 && b.sectors[0] != "UNK" && (len(a.sectors) == 0 || a.typ == record.Person) {
		a.sectors = b.sectors
		a.because("apposition")
		for _, w := range b.why {
			a.because(w)
		}
	}
	if a.role == "" && a.typ == record.Person && len(b.sectors) > 0 {
		a.role = text(right)
	}
	return a
}

// A tail is a prepositional phrase.
type tail struct {
	prep string
	ws   []word
}

// simple codes a phrase without commas: a noun phrase and its tails.
func (l *Linker) simple(ws []word, ctx *evidence, depth int) coding {
	names, nouns := l.hits(ws, ctx.date)
	inside := func(k int) bool {
		in := func(hs []hit) bool {
			return slices.ContainsFunc(hs, func(h hit) bool { return h.i < k && k < h.j })
		}
		return in(names) || in(nouns)
	}
	var tails []tail
	end := len(ws)
	for k := len(ws) - 1; k >= 1; k-- {
		x := l.words[ws[k].f]
		if x.class&prep == 0 || inside(k) || ws[k].up && k+1 < len(ws) && ctx.person {
			continue
		}
		if x.prep == "and" && l.onlyCountry(names, 0, k) {
			continue
		}
		tails = append(tails, tail{x.prep, ws[k+1 : end]})
		end = k
	}
	slices.Reverse(tails)
	main := ws[:end]
	names, nouns = within(names, end), within(nouns, end)
	if len(tails) > 0 && tails[0].prep == "of" && l.has(&main[len(main)-1], count) && len(tails[0].ws) > 0 {
		return l.counted(main, names, tails, ctx, depth)
	}
	c := l.np(main, names, nouns, ctx, depth)
	for _, t := range tails {
		if len(t.ws) > 0 {
			l.tail(&c, main, t, ctx, depth)
		}
	}
	l.locate(&c, ws, names, ctx)
	if c.typ == "" {
		c.typ = l.typeOf(main, ctx)
	}
	return c
}

func within(hs []hit, end int) []hit {
	out := hs[:0]
	for _, h := range hs {
		if h.j <= end {
			out = append(out, h)
		}
	}
	return out
}

// onlyCountry reports whether a demonym covers the words [i, j).
func (l *Linker) onlyCountry(names []hit, i, j int) bool {
	return slices.ContainsFunc(names, func(h hit) bool {
		return h.i <= i && h.j == j && slices.ContainsFunc(h.names, func(n kb.Name) bool { return n.Kind() == kb.Country || n.Kind() == kb.Region })
	})
}

// counted codes "members of X", "a group of Y": as X, with the first part's country.
func (l *Linker) counted(main []word, names []hit, tails []tail, ctx *evidence, depth int) coding {
	var ws []word
	ws = append(ws, tails[0].ws...)
	for _, t := range tails[1:] {
		ws = append(ws, word{s: t.prep, f: t.prep, token: -1})
		ws = append(ws, t.ws...)
	}
	c := l.analyse(ws, ctx, depth+1)
	if h := l.countryOf(names, ctx); h != nil {
		o := l.fromRef(*h, ctx.date)
		c.place(&o, "demonym", false)
	}
	for i := range main {
		if l.has(&main[i], former) {
			c.former, c.sectors = true, eliteOf(c.sectors)
		}
	}
	if c.typ == record.State || c.whole {
		c.typ, c.whole = record.Group, false
	}
	c.because("count-noun")
	return c
}

// tail adds what a prepositional phrase says.
func (l *Linker) tail(c *coding, main []word, t tail, ctx *evidence, depth int) {
	if t.prep == "to" || t.prep == "with" || t.prep == "and" || t.prep == "of" && l.has(&main[len(main)-1], against) {
		return
	}
	octx := *ctx
	octx.person, octx.nf, octx.ne = false, 0, 0
	o := l.analyse(t.ws, &octx, depth+1)
	last := &main[len(main)-1]
	_, generic := l.heads[last.f]
	switch t.prep {
	case "of", "for", "at":
		if o.code != "" && !c.ref.known() && (c.code == "" || c.located) {
			c.country, c.code, c.located, c.town = o.country, o.code, o.located, o.town
			c.because(t.prep + "-phrase")
		}
		if generic && len(o.sectors) > 0 && o.typ != record.State && o.typ != record.PlaceActor && o.sectors[0] != "UNK" && o.sectors[0] != "CVL" && !c.former && !fixed(c.sectors) {
			c.sectors = o.sectors
			c.because("head-of")
		}
		if generic && c.code != "" && len(c.sectors) == 0 && o.typ == record.State {
			c.sectors = cutSectors(l.heads[last.f].country)
			c.because("head-of-state")
		}
	case "in", "from":
		c.place(&o, t.prep+"-phrase", true)
		if generic && len(c.sectors) == 0 && len(o.sectors) > 0 && o.typ == record.Organisation {
			c.sectors = o.sectors
			c.because("head-of")
		}
	}
}

// fixed reports whether a sector is too telling for a body headed to change it.
func fixed(s []string) bool {
	return len(s) > 0 && (s[0] == "JUD" || s[0] == "SPY" || s[0] == "COP" || s[0] == "REB" || s[0] == "MIL" || s[0] == "LAB" || s[0] == "EDU")
}

// locate finds a country in towns and parts of countries named in the phrase.
func (l *Linker) locate(c *coding, ws []word, names []hit, ctx *evidence) {
	if c.code != "" || c.typ == record.Person && c.named {
		return
	}
	for i := range ws {
		if b := l.based(&ws[i], ctx.date); b != "" {
			c.country, c.code = b, l.codeOf(b)
			c.because("based")
			return
		}
	}
	if ctx.doc {
		if ctx.located == nil {
			return
		}
		for i := range ws {
			if ws[i].token < 0 {
				continue
			}
			if strings.HasPrefix(ws[i].f, "anti ") || strings.HasPrefix(ws[i].f, "pro ") || strings.HasSuffix(ws[i].f, " led") || strings.HasSuffix(ws[i].f, " backed") || i > 0 && ws[i-1].f == "ethnic" {
				continue
			}
			if iso := ctx.located(ws[i].token); iso != "" {
				c.country, c.code, c.located, c.town = iso, l.codeOf(iso), true, true
				c.because("town")
				return
			}
		}
		return
	}
	p, i, j, ok := l.town(ws, func(i int) bool {
		return slices.ContainsFunc(names, func(h hit) bool { return h.i <= i && i < h.j })
	})
	if !ok {
		return
	}
	c.country, c.code, c.located, c.town = p.Country, l.codeOf(p.Country), true, true
	c.because("town")
	if i == 0 && j == len(ws) && len(c.sectors) == 0 {
		c.typ = record.PlaceActor
		if c.sectors = []string{"CVL"}; p.Capital {
			c.sectors = []string{"GOV"}
		}
	}
}

package actor

import (
	"slices"
	"strconv"
	"strings"

	"casus/internal/doc"
	"casus/internal/ground/kb"
	"casus/internal/record"
)

// maxPhrase bounds the words of a mention that are read.
const maxPhrase = 40

// A linking is the work on one document.
type linking struct {
	l      *Linker
	d      *doc.Doc
	date   kb.Date
	votes  map[string]int
	people map[string]int // countries of the known people that the text names in full
	placed []string       // per token: the country of the place named there
	buf    []word

	about   string // the country that the article is about
	counted bool
}

// Link returns the actors of the document, parallel to d.Entities.
func (l *Linker) Link(d *doc.Doc) []record.Actor {
	x := &linking{l: l, d: d, votes: map[string]int{}, people: map[string]int{}, placed: make([]string, len(d.Tokens))}
	if d.Article != nil {
		x.date = kb.ParseDate(d.Article.Published.String(), false)
	}
	x.vote()
	out := make([]record.Actor, len(d.Entities))
	for i := range d.Entities {
		c := x.entity(&d.Entities[i])
		a := l.record(&c, x.date)
		a.ID = "a" + strconv.Itoa(i+1)
		a.Name = x.name(&c, &a, &d.Entities[i])
		a.Attributes = d.Entities[i].Attributes
		a.Mentions = x.mentions(&d.Entities[i])
		out[i] = a
	}
	return out
}

// name gives the actor its name: a state its proper name, also where the text
// has only its adjective, and a person known by one word the full name; else the
// fullest name of the text stands.
func (x *linking) name(c *coding, a *record.Actor, e *doc.Entity) string {
	if a.KB == nil {
		return e.Name
	}
	full := c.ref.Name()
	switch c.ref.Kind() {
	case kb.Country, kb.Region:
		if a.Type == record.People && x.adjective(e) {
			a.Type = record.State
		}
		if a.Type == record.State && !slices.Contains(c.why, "capital") {
			return full
		}
	case kb.Ethnic:
		if x.adjective(e) {
			return full
		}
	case kb.Person:
		if !strings.Contains(e.Name, " ") && strings.Contains(full, " ") {
			return full
		}
	default:
		// The tagger cut "Times" out of "The New York Times".
		if e.Kind == doc.ORG && len(e.Name) < len(full) && strings.HasSuffix(full, " "+e.Name) {
			for _, i := range e.Mentions {
				if m := &x.d.Mentions[i]; strings.Contains(x.d.Words(m.First, m.End), full) {
					return full
				}
			}
		}
	}
	return e.Name
}

// adjective reports whether all mentions are adjectives before a noun: "a Mexican
// offer".
func (x *linking) adjective(e *doc.Entity) bool {
	for _, i := range e.Mentions {
		m := &x.d.Mentions[i]
		if m.Form != doc.FormName || m.End-m.First > 2 || x.d.Arcs[m.Head].Head <= m.Head {
			return false
		}
		switch x.d.Arcs[m.Head].Deprel {
		case "amod", "compound", "nmod", "conj":
		default:
			return false
		}
	}
	return true
}

// vote counts the countries that the document names.
func (x *linking) vote() {
	for i := range x.d.Places {
		p := &x.d.Places[i]
		if p.Place.Country == nil || p.Use == doc.NamePart {
			continue
		}
		x.votes[*p.Place.Country]++
		for t := max(p.First, 0); t < p.End && int(t) < len(x.placed); t++ {
			x.placed[t] = *p.Place.Country
		}
	}
	var buf [8]kb.Name
	for i := range x.d.Names {
		n := &x.d.Names[i]
		if n.First < 0 || int(n.End) > len(x.d.Tokens) || n.First >= n.End {
			continue
		}
		ws := x.words(n.First, n.End)
		if len(ws) == 0 || len(ws) > maxName {
			continue
		}
		var key [96]byte
		if n.Kind == doc.PER {
			for _, m := range x.l.kb.Lookup(buf[:0], joined(key[:0], ws)) {
				if m.Kind() == kb.Person && m.Alias == kb.Full && len(ws) > 1 && m.Country() != "" {
					x.people[m.Country()]++
					break
				}
			}
			continue
		}
		at := x.placed[n.First]
		for _, m := range x.l.kb.Lookup(buf[:0], joined(key[:0], ws)) {
			if at != "" && m.Kind() == kb.Country && m.Country() != at {
				continue // another Congo
			}
			if k := m.Kind(); (k == kb.Country || k == kb.Region || k == kb.Ethnic || m.Source() == "own" && m.Alias == kb.Full) && k != kb.Person && fits(&m, ws, true, x.date) {
				if home := m.Country(); home != "" {
					x.votes[home]++
				} else if m.Code() != "" {
					x.votes[m.Code()]++
				}
				break
			}
		}
	}
}

// words returns the words of the tokens [first, end). The slice is valid until
// the next call.
func (x *linking) words(first, end doc.TokenID) []word {
	ws := x.buf[:0]
	brk := false
	for t := first; t < end && len(ws) < maxPhrase; t++ {
		var after bool
		s := x.d.Word(t)
		// A hyphen without spaces belongs to the word: "Somalia - based" is not ours.
		if glued := t > first && !x.d.Tokens[t-1].SpaceAfter && len(ws) > 0 && (s == "-" || strings.HasSuffix(ws[len(ws)-1].s, "-")); glued {
			w := &ws[len(ws)-1]
			m := makeWord(w.s+s, w.brk, w.token)
			if s == "-" {
				m.f = w.f
			}
			*w = m
			continue
		}
		ws, brk, after = appendWord(ws, s, brk, int32(t))
		brk = brk || after
	}
	x.buf = ws
	return ws
}

func (x *linking) mentions(e *doc.Entity) []record.Mention {
	out := make([]record.Mention, 0, len(e.Mentions))
	for _, i := range e.Mentions {
		m := &x.d.Mentions[i]
		out = append(out, record.Mention{Span: x.d.Anchor(x.d.Range(m.First, m.End)), Form: m.Form})
	}
	return out
}

// entity codes one entity: its names first, the fullest of them with what
// stands around it, then its nouns.
func (x *linking) entity(e *doc.Entity) coding {
	var c coding
	best := -1
	for n, i := range e.Mentions {
		m := &x.d.Mentions[i]
		if m.Form == doc.FormName && (best < 0 || x.weight(m) > x.weight(&x.d.Mentions[e.Mentions[best]])) {
			best = n
		}
	}
	if best >= 0 {
		c = x.code(&x.d.Mentions[e.Mentions[best]], e)
	}
	seen := 0
	for n, i := range e.Mentions {
		m := &x.d.Mentions[i]
		if n == best || m.Form == doc.FormPronoun || m.Form == doc.FormName && (x.plainName(m) || best >= 0 && c.code != "" && len(c.sectors) > 0) {
			continue
		}
		if seen++; seen > 8 {
			break
		}
		o := x.code(m, e)
		x.add(&c, &o, e, best < 0 && seen == 1)
	}
	x.inherit(&c, e)
	x.settle(&c, e)
	return c
}

// weight prefers the mention that says most: a long name with a title.
func (x *linking) weight(m *doc.Mention) int {
	w := int(m.End - m.First)
	if w > 12 {
		w = 12
	}
	if m.Kind == doc.NORP {
		w -= 20 // Mexico says more than "Mexican"
	}
	if x.d.InTitle(x.d.Tokens[m.First].Span) {
		w -= 2 // headlines are terse and in capitals
	}
	return w
}

// plainName reports whether the mention is a name and nothing else, of one word.
func (x *linking) plainName(m *doc.Mention) bool { return m.End-m.First == 1 }

// code codes one mention.
func (x *linking) code(m *doc.Mention, e *doc.Entity) coding {
	ctx := &evidence{date: x.date, votes: x.votes, doc: true, plural: e.Number == doc.PluralNum, located: func(t int32) string { return x.placed[t] }}
	if m.Kind == doc.PER || m.Form == doc.FormName && e.Kind == doc.PER {
		ctx.person = true
		ctx.nf, ctx.ne = x.nameRange(m)
	}
	ws := slices.Clone(x.words(m.First, m.End))
	if ctx.person && x.l.body(ws, x.date) {
		ctx.person, ctx.nf, ctx.ne = false, 0, 0
	}
	c := x.l.analyse(ws, ctx, 0)
	if ctx.person {
		c.typ = record.Person
	}
	return c
}

// body reports whether the words, which the tagger takes for a person's name,
// are the full name of a body alone: "Boko Haram".
func (l *Linker) body(ws []word, d kb.Date) bool {
	if len(ws) == 0 || len(ws) > maxName {
		return false
	}
	found := false
	for _, n := range l.find(ws, true, d) {
		if n.Kind() == kb.Person {
			return false
		}
		found = found || n.Alias == kb.Full && (len(ws) > 1 || n.Source() == "own")
	}
	return found
}

// nameRange returns the tokens of the person's name in the mention.
func (x *linking) nameRange(m *doc.Mention) (int32, int32) {
	first, end := int32(0), int32(0)
	for i := range x.d.Names {
		n := &x.d.Names[i]
		if n.Kind == doc.PER && !n.Nested && n.First >= m.First && n.End <= m.End && int32(n.End-n.First) >= end-first {
			first, end = int32(n.First), int32(n.End)
		}
	}
	if end > first {
		return first, end
	}
	if m.End-m.First == 1 {
		return int32(m.First), int32(m.End)
	}
	return 0, 0
}

// add adds what a further mention says. The first codes the entity.
func (x *linking) add(c, o *coding, e *doc.Entity, firstOne bool) {
	if firstOne {
		*c = *o
		return
	}
	if c.typ == "" {
		c.typ = o.typ
	}
	if (c.code == "" || c.located && !o.located) && o.code != "" {
		c.country, c.code, c.located = o.country, o.code, o.located
		c.because("other-mention")
	}
	if !c.ref.known() && o.ref.known() && o.whole && (o.typ == c.typ || c.typ == "") {
		c.ref, c.whole = o.ref, true
		if c.role == "" {
			c.role = o.role
		}
	}
	if len(o.sectors) > 0 && o.sectors[0] != "UNK" && len(c.sectors) == 0 {
		c.sectors, c.former = o.sectors, o.former
		c.because("other-mention")
	}
	if c.role == "" && o.role != "" {
		c.role = o.role
	}
	// "the ousted president": the text knows more than the date.
	if o.former && !c.former && c.typ == record.Person && !o.named {
		c.former, c.sectors = true, eliteOf(c.sectors)
		if c.role != "" && !strings.HasPrefix(c.role, "former ") {
			c.role = "former " + c.role
		}
		c.because("former")
	}
}

// settle gives a place name its type, and says of a capital whether it stands
// for its government or is only where something happens.
func (x *linking) settle(c *coding, e *doc.Entity) {
	switch e.Kind {
	case doc.GPE, doc.LOC:
		if (c.typ == record.Group || c.typ == record.Organisation && !c.ref.known()) && (len(c.sectors) == 0 || c.sectors[0] == "CVL") {
			c.typ = record.PlaceActor
		}
	case doc.ORG:
		if c.typ == record.Group && !c.ref.known() || c.typ == record.Person {
			c.typ = record.Organisation
		}
	}
	union := c.ref.known() && c.ref.Kind() == kb.IGO && e.Kind == doc.GPE
	if !union && (c.typ != record.State || !slices.Contains(c.why, "capital")) {
		return
	}
	for _, i := range e.Mentions {
		if m := &x.d.Mentions[i]; m.Form == doc.FormName && !x.literal(m) {
			return
		}
	}
	// London is a town, not the United Kingdom.
	c.typ, c.sectors = record.PlaceActor, nil
	c.ref, c.whole = ref{}, false
	if union { // Brussels is where the Union sits, and a town in Belgium
		c.country = x.placed[x.d.Mentions[e.Mentions[0]].Head]
		c.code = x.l.codeOf(c.country)
	}
	c.because("capital-as-place")
}

// literal reports whether the mention is a place where something is.
func (x *linking) literal(m *doc.Mention) bool {
	for i := range x.d.Places {
		p := &x.d.Places[i]
		if p.First < m.End && m.First < p.End {
			return p.Use != doc.Metonym
		}
	}
	return false
}

// inherit takes the office-holder for an office named without its holder, and
// gives a country from the sentence.
func (x *linking) inherit(c *coding, e *doc.Entity) {
	x.holder(c, e)
	if c.typ == "" {
		switch e.Kind {
		case doc.PER:
			c.typ = record.Person
		case doc.GPE, doc.LOC:
			c.typ = record.PlaceActor
		case doc.ORG, doc.FAC:
			c.typ = record.Organisation
		default:
			c.typ = record.Group
		}
	}
	if c.code == "" && !c.ref.known() && len(c.sectors) > 0 && c.sectors[0] != "UNK" && len(e.Mentions) > 0 {
		iso, rule := x.around(&x.d.Mentions[e.Mentions[0]])
		// A minister may speak anywhere; the army of an article is that of its country.
		if home := x.home(); home != "" && domestic[c.sectors[0]] && (iso == "" || e.Kind == doc.PER) {
			iso, rule = home, "article-country"
		}
		if iso != "" {
			c.country, c.code, c.located = iso, x.l.codeOf(iso), true
			c.because(rule)
		}
	}
}

// domestic sectors are at home in the country that an article is about, where
// the text names no other.
var domestic = map[string]bool{
	"GOV": true, "MIL": true, "COP": true, "LEG": true, "JUD": true, "OPP": true, "PTY": true, "SPY": true,
	"LAB": true, "CVL": true, "EDU": true, "MED": true,
}

// abroad are the codes that stand for no country.
var abroad = map[string]bool{"UNO": true, "EUR": true, "IGO": true, "NGO": true, "ISM": true, "IMG": true, "MNC": true}

// Of the countries that an article names, the one it is about has at least
// homeVotes of the namings and homeShare of them in a hundred.
const (
	homeVotes = 2
	homeShare = 60
)

// home returns the country that the article is about, or "".
func (x *linking) home() string {
	if x.counted {
		return x.about
	}
	x.counted = true
	// Who is named tells as much as where: news of Washington about Russia names
	// Russia alone.
	all, named := 0, map[string]int{}
	for _, from := range []map[string]int{x.votes, x.people} {
		for iso, n := range from {
			if !abroad[iso] {
				named[iso] += n
				all += n
			}
		}
	}
	for iso, n := range named {
		if n >= homeVotes && 100*n >= homeShare*all {
			x.about = iso
		}
	}
	return x.about
}

// holder links "the Mexican president" to who held the office on the day.
func (x *linking) holder(c *coding, e *doc.Entity) {
	if e.Kind != "" || e.Number == doc.PluralNum || c.country == "" || c.located || c.former || c.ref.known() || x.date == 0 || len(e.Mentions) == 0 {
		return
	}
	m := &x.d.Mentions[e.Mentions[0]]
	if m.Form != doc.FormNominal {
		return
	}
	ws := x.words(m.First, m.Head+1)
	for _, w := range ws {
		if w.token >= int32(m.Head) {
			break
		}
		if l := x.l; l.has(&w, ahead) || w.f == "a" || w.f == "an" || w.f == "deputy" || w.f == "vice" {
			return
		}
	}
	found, ok := x.l.officer(c.country, x.l.officesEnding(ws), x.date)
	if !ok {
		return
	}
	c.ref, c.whole, c.role = ref{found.Actor}, true, x.l.roleName(&found)
	c.because("office-holder")
	if found.Beyond(x.date) {
		c.because("knowledge-base-as-of-" + kb.AsOf.String())
	}
}

// officer returns who held one of the offices of the country on the day. Of
// several, as "leader" names, the one that leads the country counts.
func (l *Linker) officer(country string, offices []string, d kb.Date) (kb.Role, bool) {
	var found kb.Role
	best := 0
	for _, id := range offices {
		o := l.offices[id]
		if o.Rank > 2 {
			continue
		}
		r, ok := l.kb.Holder(country, id, d)
		if !ok || r.Stale(d) {
			continue
		}
		weight := 1
		switch {
		case l.leaders[country] == id:
			weight = 4
		case id == "president":
			weight = 3
		case id == "prime-minister":
			weight = 2
		}
		if weight > best {
			found, best = r, weight
		}
	}
	return found, best > 0
}

// around returns the country in which the sentence of the mention plays: the
// one of all its places, else of the dateline.
func (x *linking) around(m *doc.Mention) (iso, rule string) {
	s := x.d.Sentences[x.d.SentenceOf(m.Head)]
	for i := range x.d.Places {
		p := &x.d.Places[i]
		if p.Place.Country == nil || p.Use != doc.Literal || p.First < s.First || p.End > s.End {
			continue
		}
		if iso != "" && iso != *p.Place.Country {
			return "", ""
		}
		iso = *p.Place.Country
	}
	return iso, "sentence-place"
}

package statement

import (
	"slices"
	"strconv"

	"casus/internal/doc"
	"casus/internal/record"
	"casus/internal/text"
)

// actors answers which actor a token refers to.
type actors struct {
	d    *doc.Doc
	head []int32 // per token: the longest mention that it heads, or -1
	over []int32 // per token: the shortest mention that covers it, or -1
}

func newActors(d *doc.Doc) *actors {
	n := len(d.Tokens)
	a := &actors{d: d, head: make([]int32, n), over: make([]int32, n)}
	for i := range n {
		a.head[i], a.over[i] = -1, -1
	}
	for i := range d.Mentions {
		m := &d.Mentions[i]
		if m.Entity < 0 || m.First < 0 || int(m.End) > n || m.First >= m.End {
			continue
		}
		if h := m.Head; h >= m.First && h < m.End && (a.head[h] < 0 || width(&d.Mentions[a.head[h]]) < width(m)) {
			a.head[h] = int32(i)
		}
		for t := m.First; t < m.End; t++ {
			if a.over[t] < 0 || width(&d.Mentions[a.over[t]]) > width(m) {
				a.over[t] = int32(i)
			}
		}
	}
	return a
}

func width(m *doc.Mention) doc.TokenID { return m.End - m.First }

// of returns the entity of the phrase headed by x, or NoEntity.
func (a *actors) of(x doc.TokenID) doc.EntityID {
	if x < 0 || int(x) >= len(a.head) {
		return doc.NoEntity
	}
	if i := a.head[x]; i >= 0 {
		return a.d.Mentions[i].Entity
	}
	if i := a.over[x]; i >= 0 && width(&a.d.Mentions[i]) <= 6 {
		return a.d.Mentions[i].Entity
	}
	return doc.NoEntity
}

// id returns the record's id of an entity.
func (a *actors) id(e doc.EntityID) string {
	if int(e) < len(a.d.Actors) && a.d.Actors[e].ID != "" {
		return a.d.Actors[e].ID
	}
	return "a" + strconv.Itoa(int(e)+1)
}

func (a *actors) entity(e doc.EntityID) *doc.Entity {
	if e < 0 || int(e) >= len(a.d.Entities) {
		return nil
	}
	return &a.d.Entities[e]
}

// named reports whether a mention of the entity is a name.
func (a *actors) named(e doc.EntityID) bool {
	ent := a.entity(e)
	if ent == nil {
		return false
	}
	for _, m := range ent.Mentions {
		if m >= 0 && int(m) < len(a.d.Mentions) && a.d.Mentions[m].Form == doc.FormName {
			return true
		}
	}
	return false
}

// speaker sets who speaks, or who may.
func (r *run) speaker(s *record.Statement, c *cand) {
	if c.subj == doc.NoToken {
		return
	}
	x := r.antecedent(c.subj)
	e := r.entity(c)
	if joint := r.joint(x, e); len(joint) > 1 {
		s.Candidates = joint
		return
	}
	if e != doc.NoEntity {
		id := r.act.id(e)
		s.Speaker = &id
		return
	}
	if r.upos(x) == "PRON" && !r.is(x, "first") && !r.is(x, "second") {
		s.Candidates = r.nearbyPersons(c.subj)
	}
}

// antecedent returns the head of what a relative pronoun stands for, else x.
func (r *run) antecedent(x doc.TokenID) doc.TokenID {
	if !r.is(x, "relative") || r.upos(x) == "NOUN" || r.act.head[x] >= 0 {
		return x
	}
	for v, i := r.t.Head(x), 0; v != doc.NoToken && i < 6; v, i = r.t.Head(v), i+1 {
		if r.t.Rel(v, "acl:relcl") {
			if h := r.t.Head(v); h != doc.NoToken {
				return h
			}
		}
	}
	return x
}

// joint returns the ids of the entities that a coordination names, when they
// are several and no one mention covers them all.
func (r *run) joint(x doc.TokenID, first doc.EntityID) []string {
	if first == doc.NoEntity || !r.act.named(first) {
		return nil
	}
	ids := []string{r.act.id(first)}
	for _, k := range r.t.Children(x) {
		if e := r.act.of(k); r.t.Rel(k, "conj") && e != doc.NoEntity && e != first && r.act.named(e) {
			ids = append(ids, r.act.id(e))
		}
	}
	return ids
}

// nearbyPersons returns the persons and groups last named before a pronoun.
func (r *run) nearbyPersons(x doc.TokenID) []string {
	out := []string{}
	for i := len(r.d.Mentions) - 1; i >= 0 && len(out) < 3; i-- {
		m := &r.d.Mentions[i]
		if m.Head >= x || m.Entity < 0 || m.Form == doc.FormPronoun {
			continue
		}
		if ent := r.act.entity(m.Entity); ent == nil || ent.Kind != doc.PER && ent.Gender == doc.Neuter {
			continue
		}
		if id := r.act.id(m.Entity); !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}

// anonymity sets whether the source stays unnamed, and its class.
func (r *run) anonymity(s *record.Statement, c *cand) {
	if c.subj == doc.NoToken {
		return
	}
	x := r.antecedent(c.subj)
	e := r.entity(c)
	if e != doc.NoEntity && r.act.named(e) || r.namesPerson(c) {
		return
	}
	lemma := r.d.Tags[x].Lemma
	w, ok := r.sources[lemma]
	if !ok && r.upos(x) == "PRON" && e != doc.NoEntity {
		if ent := r.act.entity(e); ent != nil {
			w, ok = r.sources[ent.Head]
		}
	}
	if r.nameInside(x) || r.upos(x) == "PRON" && !ok {
		return
	}
	switch {
	case r.unnamed(c):
		if !ok {
			w.class = "other"
		}
	case !ok || !w.anonymous || (w.post || r.body(x)) && r.definite(x) && !r.everIndefinite(e):
		return
	}
	s.Anonymous = true
	s.SourceClass = &w.class
}

// body reports whether the noun with the noun before it names a body, not one
// of its people: "the coast guard", "the disaster authority".
func (r *run) body(x doc.TokenID) bool {
	k := r.t.Child(x, "compound")
	return k != doc.NoToken && k < x && r.upos(k) == "NOUN" && r.d.Tags[x].XPOS == "NN"
}

// farUnnamed bounds how far behind the source the text may say that it stays
// unnamed.
const farUnnamed = 16

// unnamed reports whether the text says that the source is not to be named: "who
// asked not to be identified", "on condition of anonymity", "an unnamed officer".
func (r *run) unnamed(c *cand) bool {
	for t := c.srcFirst; t < c.srcEnd; t++ {
		if r.is(t, "nameless") {
			return true
		}
	}
	end := min(r.sentence(c.subj).End, c.srcEnd+farUnnamed)
	for t := c.srcEnd; t < end; t++ {
		switch {
		case r.in[t] >= 0, t == c.cue && t > c.srcEnd:
			return false
		case r.is(t, "anonymity"):
			return true
		case r.is(t, "naming") && r.word(t-1) == "be":
			return true
		}
	}
	return false
}

// definite reports whether the noun is singular and has the definite article or
// a possessor: the holder of a post, whom the reader can know.
func (r *run) definite(x doc.TokenID) bool {
	if r.d.Tags[x].XPOS == "NNS" {
		return false
	}
	for _, k := range r.t.Children(x) {
		if r.t.Rel(k, "det") && r.word(k) == "the" || r.t.Rel(k, "nmod:poss") {
			return true
		}
	}
	return r.upos(x) == "PRON"
}

// everIndefinite reports whether a mention of the entity brings it in as one of
// several: "a minister".
func (r *run) everIndefinite(e doc.EntityID) bool {
	ent := r.act.entity(e)
	if ent == nil {
		return false
	}
	for _, i := range ent.Mentions {
		if i >= 0 && int(i) < len(r.d.Mentions) {
			m := &r.d.Mentions[i]
			if m.Form == doc.FormNominal && m.First < m.End && r.is(m.First, "indefinite") {
				return true
			}
		}
	}
	return false
}

// nameInside reports whether the phrase names its head: by apposition, or as a
// title before a name.
func (r *run) nameInside(x doc.TokenID) bool {
	if r.upos(x) == "PROPN" {
		return true
	}
	for _, k := range r.t.Children(x) {
		if r.t.Rel(k, "appos", "flat") && (r.upos(k) == "PROPN" || r.names[k] >= 0) {
			return true
		}
	}
	return false
}

// addressees sets the persons addressed; an outlet that is told is a link of
// the chain too.
func (r *run) addressees(s *record.Statement, c *cand) {
	to, told := c.addressee, c.addressee
	if to == doc.NoToken {
		for _, find := range []func(*cand) doc.TokenID{r.urged, r.askedOf, r.promisedTo, r.writtenTo} {
			if to = find(c); to != doc.NoToken {
				break
			}
		}
		if to == doc.NoToken {
			to = r.spokenTo(c)
			told = to // Speaking to the BBC, he said
		}
	}
	if to == doc.NoToken {
		return
	}
	heads := []doc.TokenID{to}
	for _, k := range r.t.Children(to) {
		if r.t.Rel(k, "conj") {
			heads = append(heads, k)
		}
	}
	for _, h := range heads {
		if c.subj != doc.NoToken && h >= c.srcFirst && h < c.srcEnd {
			continue // "warned the minister": the tree has it twice
		}
		e := r.act.of(h)
		o, ok := r.told(h)
		ok = ok && to == told
		if ok && e == doc.NoEntity {
			e = r.act.of(o.head)
		}
		if e != doc.NoEntity {
			if id := r.act.id(e); !slices.Contains(s.Addressees, id) {
				s.Addressees = append(s.Addressees, id)
			}
		}
		if ok {
			link := r.outletLinkOf("outlet", o)
			if o.first == o.head && o.end == o.head+1 && r.upos(o.head) == "NOUN" && r.definite(o.head) { // told the station
				if last, ok := r.outletBefore(o.head); ok {
					link = r.outletLinkOf("outlet", last)
					link.Span = r.anchor(o.first, o.end)
					if e == doc.NoEntity && link.Actor != nil {
						s.Addressees = append(s.Addressees, *link.Actor)
					}
				}
			}
			s.Via = append(s.Via, link)
		}
	}
}

// urged returns the head of who is urged, told or asked to do something.
func (r *run) urged(c *cand) doc.TokenID {
	if c.cue == doc.NoToken || c.passive || !c.word.has(objectInf) || c.word.sense == "call" || c.word.sense == "think" {
		return doc.NoToken
	}
	o := r.t.Child(c.cue, "obj", "iobj")
	if o == doc.NoToken || o < c.cue {
		return doc.NoToken
	}
	if c.rule == "verb.object-infinitive" {
		return o
	}
	if k := r.t.Child(o, "acl"); k != doc.NoToken && r.infinitive(k) {
		return o
	}
	return doc.NoToken
}

// askedOf returns the head of the subject of a passive that somebody is the
// agent of: “he was asked by a reporter”.
func (r *run) askedOf(c *cand) doc.TokenID {
	if c.cue == doc.NoToken || !c.word.has(objectAddressee) {
		return doc.NoToken
	}
	if x := r.t.Child(c.cue, "nsubj:pass"); x != c.subj {
		return x
	}
	return doc.NoToken
}

// promisedTo returns the head of the indirect object: "promised them that".
func (r *run) promisedTo(c *cand) doc.TokenID {
	if c.cue == doc.NoToken || c.passive || c.nominal {
		return doc.NoToken
	}
	x := r.t.Child(c.cue, "iobj")
	if x == doc.NoToken && r.t.Child(c.cue, "ccomp") != doc.NoToken && c.word.has(clauseFrame) {
		x = r.t.Child(c.cue, "obj")
	}
	if x == doc.NoToken || x == c.subj || x < c.cue {
		return doc.NoToken
	}
	if _, in := slices.BinarySearch(c.content, x); in {
		return doc.NoToken
	}
	return x
}

// spokenTo returns the head of whom the source speaks to as it says so:
// "speaking to journalists", "addressing parliament", "in a call with the king".
func (r *run) spokenTo(c *cand) doc.TokenID {
	if c.cue == doc.NoToken {
		return doc.NoToken
	}
	for _, k := range r.t.Children(c.cue) {
		switch {
		case r.t.Rel(k, "advcl") && r.d.Tags[k].XPOS == "VBG" && r.is(k, "speaking-to"):
			for _, o := range r.t.Children(k) {
				if r.t.Rel(o, "obl") && r.hasCase(o, "to") {
					return o
				}
			}
		case r.t.Rel(k, "advcl") && r.d.Tags[k].XPOS == "VBG" && r.is(k, "addressing"):
			if o := r.t.Child(k, "obj"); o != doc.NoToken {
				return o
			}
		case r.t.Rel(k, "obl") && r.is(k, "talk-with"):
			for _, o := range r.t.Children(k) {
				if r.t.Rel(o, "nmod") && r.hasCase(o, "with") {
					return o
				}
			}
		}
	}
	return doc.NoToken
}

// hasCase reports whether the phrase has the preposition.
func (r *run) hasCase(x doc.TokenID, prep string) bool {
	for _, k := range r.t.Children(x) {
		if r.t.Rel(k, "case") && r.lower[k] == prep {
			return true
		}
	}
	return false
}

// writtenTo returns the head of whom the letter or statement is to that the
// words stand in: "said in a letter to the board".
func (r *run) writtenTo(c *cand) doc.TokenID {
	if c.cue == doc.NoToken {
		return doc.NoToken
	}
	for _, k := range r.t.Children(c.cue) {
		if !r.t.Rel(k, "obl") || k == c.subj || !r.messageNoun(k) {
			continue
		}
		for _, o := range r.t.Children(k) {
			if r.t.Rel(o, "nmod") && o > k && r.hasCase(o, "to") {
				return o
			}
		}
	}
	return doc.NoToken
}

// nameAt returns the tokens of the name that x belongs to: the recognised one,
// or the proper nouns around it.
func (r *run) nameAt(x doc.TokenID) (first, end doc.TokenID) {
	if i := r.names[x]; i >= 0 {
		return r.d.Names[i].First, r.d.Names[i].End
	}
	if r.upos(x) != "PROPN" {
		return x, x
	}
	first, end = x, x+1
	for first > 0 && r.upos(first-1) == "PROPN" && r.t.Under(first-1, x) {
		first--
	}
	for int(end) < len(r.lower) && r.upos(end) == "PROPN" && r.t.Under(end, x) {
		end++
	}
	return first, end
}

// time sets when the words were said, by a time expression of the cue's own
// clause.
func (r *run) time(s *record.Statement, c *cand) {
	if c.cue == doc.NoToken {
		return
	}
	sent := r.sentence(c.cue)
	for i := r.timesFrom(sent.First); i < len(r.d.Times); i++ {
		te := &r.d.Times[i]
		if te.First >= sent.End {
			break
		}
		if te.First < sent.First || te.Time.Type == "DURATION" || te.Time.Type == "SET" || te.Time.From == nil {
			continue
		}
		top := r.top(te.First, te.End)
		if _, in := slices.BinarySearch(c.content, top); in || !r.hangsFrom(top, c.cue) {
			continue
		}
		id := te.Time.ID
		if id == "" {
			id = "t" + strconv.Itoa(i+1)
		}
		s.Time = &record.EventTime{From: te.Time.From, To: te.Time.To, Ref: &id, Basis: "clause"}
		return
	}
}

// timesFrom returns the index of the first time expression at or after t.
func (r *run) timesFrom(t doc.TokenID) int {
	i, _ := slices.BinarySearchFunc(r.d.Times, t, func(te doc.TimeExpr, t doc.TokenID) int { return int(te.First - t) })
	return i
}

// hangsFrom reports whether x qualifies v, by a few steps of adverbial relations.
func (r *run) hangsFrom(x, v doc.TokenID) bool {
	for range 4 {
		h := r.t.Head(x)
		if h == doc.NoToken || !r.t.Rel(x, "obl", "advmod", "nmod", "nummod", "obj", "dep", "compound") {
			return false
		}
		if h == v {
			return true
		}
		if r.verbal(h) {
			return false
		}
		x = h
	}
	return false
}

// about lists the actors that the content mentions, the speaker left out.
func (r *run) about(s *record.Statement, spans []text.Span) {
	for i := range r.d.Mentions {
		m := &r.d.Mentions[i]
		if m.Entity < 0 || m.First >= m.End || int(m.End) > len(r.d.Tokens) {
			continue
		}
		sp := r.d.Range(m.First, m.End)
		if !slices.ContainsFunc(spans, func(c text.Span) bool { return c.Contains(sp) }) {
			continue
		}
		id := r.act.id(m.Entity)
		if (s.Speaker == nil || id != *s.Speaker) && !slices.Contains(s.About, id) {
			s.About = append(s.About, id)
		}
	}
}

package claim

import (
	"math"
	"slices"
	"strings"

	"casus/internal/doc"
	"casus/internal/record"
	"casus/internal/text"
)

// A counted is a number with what it counts.
type counted struct {
	unit       string
	noun       doc.TokenID // head of those counted, or NoToken
	role       doc.TokenID // the token that stands in the sentence for them
	verb       doc.TokenID // what is said of them, or NoToken
	of         string
	change     bool
	predicated bool
	rule       string
	like       *found // an earlier count that this one gives anew
	bare       bool   // as the subject of a clause of its own
}

// count makes a claim of the number, if it is worth listing.
func (r *run) count(n number, s doc.Sentence) {
	if r.idle(&n) {
		return
	}
	c, ok := r.counts(&n)
	if !ok {
		return
	}
	span := r.clauseSpan(&n, &c, s)
	f := found{at: span.Start, span: span, sent: r.d.SentenceOf(n.first), n: &n, change: c.change || n.points}
	f.Span = r.d.Anchor(span)
	f.Quantity = r.quantity(&n, &c, span)
	f.Event = r.eventAt(c.verb)
	if f.Event == nil {
		f.Event = r.eventAt(c.noun)
	}
	if c.noun != doc.NoToken {
		f.noun = r.d.Tags[c.noun].Lemma
	}
	if c.verb != doc.NoToken {
		f.verb = r.d.Tags[c.verb].Lemma
	}
	if c.like != nil {
		if f.noun = c.like.noun; !c.bare {
			f.verb = c.like.verb
		}
	}
	f.Why = record.Why{Rule: c.rule, Evidence: []record.Span{r.d.Anchor(r.d.Range(n.first, n.end))}}
	if n.hasHedge {
		f.Why.Evidence = append(f.Why.Evidence, r.d.Anchor(n.hedge))
	}
	if r.assert(&f, r.d.Range(n.first, n.end)) {
		r.estimatedBy(&f, &c)
		r.found = append(r.found, f)
	}
}

// idle reports whether the number counts nothing: it is part of a date or a
// name, a year, a rank, or the word "one" standing for somebody.
func (r *run) idle(n *number) bool {
	for t := n.first; t < n.end; t++ {
		if r.timed[t] >= 0 || r.named[t] >= 0 && n.currency == "" {
			return true
		}
	}
	w := r.word(n.first)
	if n.plain && n.exact() && n.low >= 1900 && n.low <= 2100 && len(w) == 4 {
		return true
	}
	if n.end-n.first == 1 && r.d.Tags[n.first].UPOS == "PRON" {
		return true
	}
	switch r.word(n.first - 1) {
	case "no.", "nos.", "number", "#", "article", "section", "chapter", "page":
		return true
	}
	return false
}

// headOf returns the token of the number on which its place in the tree depends.
func (r *run) headOf(n *number) doc.TokenID {
	head := n.end - 1
	for t := n.end - 1; t >= n.first; t-- {
		if h := r.t.Head(t); (h < n.first || h >= n.end) && r.d.Tags[t].UPOS != "PUNCT" {
			head = t
			break
		}
	}
	return head
}

// counts says what the number counts.
func (r *run) counts(n *number) (counted, bool) {
	g := r.headOf(n)
	c := counted{noun: doc.NoToken, role: g, verb: doc.NoToken}
	if of := r.ofNoun(n, g); of != doc.NoToken && r.d.Tags[of].UPOS != "NUM" {
		c.noun = of
	} else if h := r.t.Head(g); h != doc.NoToken && r.t.Rel(g, "nummod", "compound", "amod", "det", "nmod:npmod", "nmod:unmarked", "advmod", "quantmod", "dep") && r.nominal(h) {
		c.noun, c.role = h, h
	}
	if c.noun == doc.NoToken && n.currency == "" && !n.percent {
		if h := r.nounAfter(n); h != doc.NoToken { // the tree has torn them apart
			c.noun, c.role = h, h
		}
	}
	c.verb = r.governor(c.role)
	switch {
	case r.again(n, &c):
		return c, true
	case n.currency != "":
		c.unit, c.rule = n.currency, "money"
		c.of = r.moneyFor(n, &c)
		c.change = c.verb != doc.NoToken && r.change[r.d.Tags[c.verb].Lemma] && c.of == ""
		return c, true
	case n.percent:
		c.unit, c.rule = "percent", "percent"
		c.of = r.shareOf(n, &c)
		c.change = c.verb != doc.NoToken && r.change[r.d.Tags[c.verb].Lemma] && !r.toward(c.role)
		return c, true
	case r.byPredicate(n, &c):
		return c, true
	case c.noun != doc.NoToken && !r.partOfTerm(n, &c):
		l := r.d.Tags[c.noun].Lemma
		if u, ok := r.units[l]; ok {
			c.unit, c.rule = u, "noun"
			c.of = r.ofWords(c.noun)
			return c, true
		}
		if r.common(c.noun) && (n.low >= few || n.low != math.Trunc(n.low) || n.hasHedge) && !r.isSource(c.noun) {
			c.unit, c.rule = r.word(c.noun), "counted"
			c.of = r.nounWords(n, c.noun, false)
			if c.of == c.unit {
				c.of = ""
			}
			return c, true
		}
	case r.measured(n, &c), r.level(n, &c):
		return c, true
	}
	return c, false
}

// common reports whether the noun is one that can be counted or measured:
// drones, barrels, kilometres, but not hours or points.
func (r *run) common(x doc.TokenID) bool {
	l := r.d.Tags[x].Lemma
	return r.people[l] || r.d.Tags[x].UPOS == "NOUN" && !r.uncounted[l]
}

// nounAfter returns the countable noun that follows the number, adjectives and
// names aside.
func (r *run) nounAfter(n *number) doc.TokenID {
	first := n.end
	if _, ok := r.number(n.end+1, n.end+2); ok && r.word(n.end) == "of" { // 60 of 200 houses
		first = n.end + 2
	}
	for t := first; int(t) < len(r.d.Tokens) && t < first+4; t++ {
		switch r.d.Tags[t].UPOS {
		case "ADJ", "PROPN":
			continue
		case "NOUN":
			l := r.d.Tags[t].Lemma
			if int(t)+1 < len(r.d.Tokens) && r.d.Tags[t+1].UPOS == "NOUN" && r.people[r.d.Tags[t+1].Lemma] {
				continue
			}
			if r.people[l] || r.units[l] != "" || !r.uncounted[l] && r.d.Tags[t].XPOS == "NNS" {
				return t
			}
		}
		break
	}
	return doc.NoToken
}

// few is the number of people or things below which a count, of which nothing
// is said, is not worth listing.
const few = 3

// isSource reports whether the noun names the source of a statement.
func (r *run) isSource(t doc.TokenID) bool {
	a := r.d.Anchor(r.d.Tokens[t].Span)
	return slices.ContainsFunc(r.statements, func(s record.Statement) bool {
		return s.Source != nil && s.Source.In == a.In && s.Source.Start <= a.Start && a.End <= s.Source.End
	})
}

// partOfTerm reports whether number and noun are glued into a term: "five-day
// strike", "40-year-old man".
func (r *run) partOfTerm(n *number, c *counted) bool {
	return r.word(n.end) == "-" && n.end < c.noun || c.noun < n.first && !n.vague && r.t.Head(n.first) == c.noun && c.noun != n.first
}

func (r *run) nominal(t doc.TokenID) bool {
	u := r.d.Tags[t].UPOS
	return u == "NOUN" || u == "PROPN" || u == "ADJ" || u == "VERB" && r.pred(t).role != ""
}

// ofNoun returns the head of the phrase after "of": "dozens of people",
// "40 percent of voters".
func (r *run) ofNoun(n *number, g doc.TokenID) doc.TokenID {
	for _, k := range r.t.Children(g) {
		if k >= n.end && r.t.Rel(k, "nmod") && r.caseIs(k, "of") {
			if inner := r.t.Child(k, "nmod"); inner != doc.NoToken && r.caseIs(inner, "of") && r.numerals[r.word(k)].kind != "" {
				return inner
			}
			return k
		}
	}
	if r.word(n.end) == "of" { // the tree hangs it elsewhere
		for t := n.end + 1; int(t) < len(r.d.Tokens) && t < n.end+6; t++ {
			if h := r.t.Head(t); r.nominal(t) && (h < n.first || h > t+4 || !r.nominal(max(h, 0)) || h < t) {
				return t
			}
		}
	}
	return doc.NoToken
}

func (r *run) caseIs(x doc.TokenID, words ...string) bool {
	for _, k := range r.t.Children(x) {
		if r.t.Rel(k, "case") && slices.Contains(words, r.word(k)) {
			return true
		}
	}
	return false
}

// governor returns the verb, or the predicate noun or adjective, of which the
// phrase is an argument.
func (r *run) governor(x doc.TokenID) doc.TokenID {
	for range 6 {
		h := r.t.Head(x)
		if h == doc.NoToken {
			return doc.NoToken
		}
		u := r.d.Tags[h].UPOS
		if u == "VERB" || u == "AUX" || r.t.Rel(x, "nsubj") {
			return h
		}
		x = h
	}
	return doc.NoToken
}

// byPredicate sets the unit by what became of those counted: "12 people were
// killed", "killing 12", "12 dead", "the death toll rose to 12".
func (r *run) byPredicate(n *number, c *counted) bool {
	if c.noun != doc.NoToken && r.things[r.d.Tags[c.noun].Lemma] {
		return false // shells are fired, homes are not killed
	}
	if c.noun != doc.NoToken {
		if p := r.pred(c.noun); p.role == "any" || p.role == "patient" && r.d.Tags[c.noun].XPOS == "VBN" { // 12 dead, 40 wounded
			c.unit, c.verb, c.rule, c.predicated = p.unit, c.noun, "predicate", true
			return true
		}
		if l := r.d.Tags[c.noun].Lemma; r.units[l] == "" && !r.people[l] && r.d.Tags[c.noun].UPOS == "NOUN" && !r.others(n) {
			return false
		}
		for _, k := range r.t.Children(c.noun) { // 12 people killed in the raid
			if p := r.pred(k); p.role != "" && (r.t.Rel(k, "acl") && r.d.Tags[k].XPOS == "VBN" || r.t.Rel(k, "amod") && k > c.noun) {
				c.unit, c.verb, c.of, c.rule, c.predicated = p.unit, k, r.nounWords(n, c.noun, true), "predicate", true
				return true
			}
		}
	}
	if c.noun == doc.NoToken && int(n.end) < len(r.d.Tokens) && r.d.Tags[n.end].UPOS == "ADJ" && r.pred(n.end).role == "any" { // six dead
		c.unit, c.verb, c.rule, c.predicated = r.pred(n.end).unit, n.end, "predicate", true
		return true
	}
	v, rel := r.role(c.role)
	if v == doc.NoToken {
		return false
	}
	p := r.pred(v)
	fits := p.role == "any" || p.role == "patient" && (rel == "nsubj:pass" || rel == "obj" && r.d.Tags[v].XPOS != "VBN" || rel == "obj" && r.t.Child(v, "nsubj") != doc.NoToken) || p.role == "subject" && rel == "nsubj"
	if !fits && p.role == "patient" && rel == "obl" && r.caseIs(c.role, "than") && r.t.Child(v, "obj") == doc.NoToken { // arrested more than 300
		fits = true
	}
	if !fits && rel == "obj" { // left 12 people dead
		if x := r.t.Child(v, "xcomp"); x != doc.NoToken {
			if q := r.pred(x); q.role == "any" {
				p, fits = q, true
			}
		}
	}
	if !fits && (rel == "obl" || rel == "obj" || rel == "nsubj") {
		if u := r.toll(v, c.role); u != "" {
			p, fits = predicate{unit: u}, true
		}
	}
	if !fits && n.vague && r.word(n.first-1) == "the" && r.word(n.first-2) == "by" { // dying by the millions
		if p.role != "" {
			fits = true
			c.noun = r.counter(v, c.noun)
		} else if x := r.counter(v, doc.NoToken); x != doc.NoToken && r.common(x) { // arriving by the millions
			c.noun, c.verb, c.unit, c.rule = x, v, r.word(x), "counted"
			return true
		}
	}
	if !fits {
		return false
	}
	c.unit, c.verb, c.rule, c.predicated = p.unit, v, "predicate", true
	if c.noun != doc.NoToken {
		c.of = r.nounWords(n, c.noun, true)
	}
	return true
}

// counter returns the subject of the verb, else what there was.
func (r *run) counter(v, or doc.TokenID) doc.TokenID {
	if x := r.t.Child(v, "nsubj", "nsubj:pass"); x != doc.NoToken {
		return x
	}
	return or
}

// pred returns what the word says of those counted, by its lemma or, of an
// adjective taken for a participle ("missing"), by its form.
func (r *run) pred(t doc.TokenID) predicate {
	if p, ok := r.predicates[r.d.Tags[t].Lemma]; ok {
		return p
	}
	if p := r.predicates[r.word(t)]; p.role == "any" {
		return p
	}
	return predicate{}
}

// others reports whether the number stands for people left unnamed: "12 others".
func (r *run) others(n *number) bool { return n.end-n.first == 1 && r.word(n.end) == "others" }

// role returns the predicate and the relation by which the phrase depends on
// it, seen through coordination.
func (r *run) role(x doc.TokenID) (doc.TokenID, string) {
	for range 4 {
		h := r.t.Head(x)
		if h == doc.NoToken {
			return doc.NoToken, ""
		}
		rel := r.d.Arcs[x].Deprel
		if rel == "conj" && r.nominalOrNumber(h) {
			x = h
			continue
		}
		if i := strings.IndexByte(rel, ':'); i >= 0 && rel != "nsubj:pass" {
			rel = rel[:i]
		}
		return h, rel
	}
	return doc.NoToken, ""
}

func (r *run) nominalOrNumber(t doc.TokenID) bool {
	u := r.d.Tags[t].UPOS
	return u == "NOUN" || u == "PROPN" || u == "NUM" || u == "PRON"
}

// toll returns the unit that the subject of the verb counts: "the death toll
// rose to 12", "the number of dead stood at 12".
func (r *run) toll(v, x doc.TokenID) string {
	for _, rel := range []string{"nsubj", "nsubj:pass", "obj"} {
		if subj := r.t.Child(v, rel); subj != doc.NoToken && subj != x {
			if u := r.tallied(subj); u != "" {
				return u
			}
		}
	}
	return ""
}

// tallied returns the unit that a noun of number names: "toll", "number of dead".
func (r *run) tallied(subj doc.TokenID) string {
	if u := r.units[r.d.Tags[subj].Lemma]; u != "" {
		return u
	}
	if l := r.d.Tags[subj].Lemma; l == "number" || l == "total" || l == "count" || l == "tally" {
		for _, k := range r.t.Children(subj) {
			if !r.t.Rel(k, "nmod", "compound") {
				continue
			}
			if u := r.units[r.d.Tags[k].Lemma]; u != "" {
				return u
			}
			if p := r.pred(k); p.role == "any" {
				return p.unit
			}
			if r.people[r.d.Tags[k].Lemma] {
				return r.word(k)
			}
		}
	}
	return ""
}

// nounWords returns the words from after the number to the noun; alone, also
// a bare noun such as "people".
func (r *run) nounWords(n *number, noun doc.TokenID, alone bool) string {
	first := noun
	for first > 0 && first-1 >= n.end && r.t.Under(first-1, noun) && !r.t.Rel(first-1, "det", "case", "nummod") {
		first--
	}
	if noun < n.end {
		first, _ = r.t.Phrase(noun, func(k doc.TokenID) bool { return !r.t.Rel(k, "amod", "compound") })
	}
	w := r.d.Words(first, noun+1)
	if !alone && first == noun {
		return ""
	}
	return w
}

// ofWords returns the phrase after "of" that qualifies the noun.
func (r *run) ofWords(noun doc.TokenID) string {
	for _, k := range r.t.Children(noun) {
		if r.t.Rel(k, "nmod") && r.caseIs(k, "of") {
			return r.phraseWords(k)
		}
	}
	return ""
}

// phraseWords returns the phrase without its preposition, its determiner and
// what follows the head.
func (r *run) phraseWords(x doc.TokenID) string {
	first, end := r.t.Phrase(x, func(k doc.TokenID) bool { return !r.t.Rel(k, "amod", "compound", "flat", "nmod:poss", "nummod") })
	return r.d.Words(first, end)
}

// moneyFor returns what the money is for: "in aid", "a $5 million fund".
func (r *run) moneyFor(n *number, c *counted) string {
	if c.noun != doc.NoToken && c.noun >= n.end {
		return r.nounWords(n, c.noun, true)
	}
	g := r.headOf(n)
	for _, k := range r.t.Children(g) {
		if k >= n.end && r.t.Rel(k, "nmod") && r.caseIs(k, "in", "for", "of", "from", "worth") {
			return r.phraseWords(k)
		}
	}
	switch r.word(n.end) { // the tree hangs "in aid" from the verb
	case "in", "of", "for", "worth":
		t := n.end + 1
		if int(t) < len(r.d.Tokens) && r.d.Tags[t].UPOS == "NOUN" && r.timed[t] < 0 && (int(t)+1 >= len(r.d.Tokens) || r.d.Tags[t+1].UPOS != "NOUN") {
			return r.word(t)
		}
	}
	return ""
}

// shareOf returns of what the percentage is: "40 percent of voters"; "the rate
// fell to 4 percent".
func (r *run) shareOf(n *number, c *counted) string {
	if c.noun != doc.NoToken {
		if c.noun >= n.end {
			return r.phraseWords(c.noun)
		}
	}
	v, rel := r.role(c.role)
	if v == doc.NoToken || rel == "conj" {
		return ""
	}
	if subj := r.t.Child(v, "nsubj", "nsubj:pass"); subj != doc.NoToken && subj != c.role && r.nominal(subj) && (rel == "obl" || rel == "obj" || rel == "ccomp" || rel == "xcomp" || rel == "advmod") {
		return r.phraseWords(subj)
	}
	return ""
}

// toward reports whether the phrase is a goal: "rose to 5 percent".
func (r *run) toward(x doc.TokenID) bool { return r.caseIs(x, "to", "at") }

// quantity makes the record's quantity.
func (r *run) quantity(n *number, c *counted, span text.Span) *record.Quantity {
	low := n.low
	q := &record.Quantity{Unit: c.unit, Low: &low}
	if !math.IsInf(n.high, 1) {
		high := max(n.high, low)
		q.High = &high
	}
	if n.hasHedge {
		h := n.hedge.Of(r.d.Text)
		q.Hedge = &h
	}
	q.Of = record.Ptr(c.of)
	q.Per = record.Ptr(r.per(n, c))
	q.Place = record.Ptr(r.placeIn(span, n))
	q.Period = record.Ptr(r.periodIn(span, c))
	return q
}

// per returns the noun after "per", "a" or "every" that follows the number or
// what it counts.
func (r *run) per(n *number, c *counted) string {
	t := n.end
	if c.noun != doc.NoToken && c.noun+1 > t {
		t = c.noun + 1
	}
	switch r.word(t) {
	case "per", "a", "an", "each", "every":
		if int(t)+1 < len(r.d.Tokens) && r.d.Tags[t+1].UPOS == "NOUN" {
			return r.word(t + 1)
		}
	}
	return ""
}

// placeIn returns the first place of the claim that is named for itself.
func (r *run) placeIn(span text.Span, n *number) string {
	i, _ := slices.BinarySearchFunc(r.d.Places, span.Start, func(p doc.Location, at int32) int { return int(p.Span.Start - at) })
	for ; i < len(r.d.Places) && r.d.Places[i].Span.Start < span.End; i++ {
		p := &r.d.Places[i]
		if p.Use == doc.Literal && span.Contains(p.Span) {
			return p.Place.Name
		}
	}
	return ""
}

// periodIn returns the time expression of the claim that qualifies its
// predicate, else the first in it.
func (r *run) periodIn(span text.Span, c *counted) string {
	i, _ := slices.BinarySearchFunc(r.d.Times, span.Start, func(t doc.TimeExpr, at int32) int { return int(t.Span.Start - at) })
	for ; i < len(r.d.Times) && r.d.Times[i].Span.Start < span.End; i++ {
		if te := &r.d.Times[i]; span.Contains(te.Span) && (te.Time.From != nil || te.Time.Type == "DURATION" || te.Time.Type == "SET" && strings.Contains(te.Span.Of(r.d.Text), " ")) {
			return te.Span.Of(r.d.Text)
		}
	}
	return ""
}

// clauseSpan returns the clause that makes the claim, cut to one piece around
// the number.
func (r *run) clauseSpan(n *number, c *counted, s doc.Sentence) text.Span {
	top := c.verb
	if top == doc.NoToken {
		top = c.role
	}
	first, end := r.t.Phrase(top, func(k doc.TokenID) bool {
		if r.t.Rel(k, "obl", "nmod") && r.caseIs(k, "according") {
			return true
		}
		return r.t.Rel(k, "parataxis", "mark", "discourse", "cc") && r.t.Head(k) == top || r.t.Rel(k, "conj") && r.t.Head(k) == top && k > n.end && r.d.Tags[top].UPOS == "VERB"
	})
	if n.first < first || n.end > end { // the tree is torn: take the number's own phrase
		first, end = min(first, n.first), max(end, n.end)
		if end-first > 40 {
			first, end = n.first, n.end
			if c.noun != doc.NoToken && c.noun >= n.end && c.noun < n.end+6 {
				end = c.noun + 1
			}
		}
	}
	first, end = max(first, s.First), min(end, s.End)
	for first < n.first && r.d.Tags[first].UPOS == "PUNCT" {
		first++
	}
	for end > n.end && r.d.Tags[end-1].UPOS == "PUNCT" {
		end--
	}
	sp := r.d.Range(first, end)
	if n.hasHedge && n.hedge.Start < sp.Start && sp.Start-n.hedge.Start < 30 {
		sp.Start = n.hedge.Start
	}
	for first < n.first && r.d.Tokens[first].Span.Start < sp.Start {
		first++
	}
	for k := first; k < n.first; k++ { // According to the ministry, …
		if r.word(k) == "according" {
			for k < n.first && r.word(k) != "," {
				k++
			}
			if k+1 < n.first {
				sp.Start = r.d.Tokens[k+1].Span.Start
			}
		}
	}
	for k := n.end; k+1 < end; k++ { // …, according to the ministry
		if r.word(k) == "according" && r.word(k+1) == "to" {
			sp.End = r.d.Tokens[k-1].Span.End
			if r.d.Tags[k-1].UPOS == "PUNCT" && k-2 >= n.end-1 {
				sp.End = r.d.Tokens[k-2].Span.End
			}
			break
		}
	}
	if r.d.InTitle(sp) && sp.End > r.d.Body-2 {
		sp.End = max(sp.Start, r.d.Body-2)
	}
	return sp
}

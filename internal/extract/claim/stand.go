package claim

import (
	"slices"
	"strconv"
	"strings"

	"casus/internal/doc"
	"casus/internal/record"
	"casus/internal/text"
)

// Kinds of dispute.
const (
	denied             = "denied"
	contradictedByData = "contradicted-by-data"
	calledFalse        = "called-false"
)

// assert sets who stands for the claim, by the statement its words lie in. It
// reports false for what nobody asserts: a question, a refusal to say.
func (r *run) assert(f *found, words text.Span) bool {
	i := r.statementAt(words)
	if i < 0 {
		f.article = true
		return true
	}
	s := &r.statements[i]
	id := s.ID
	f.Statement = &id
	switch s.Polarity {
	case "questions", "declines":
		return false
	case "denies":
		d := record.Dispute{Kind: denied, Statement: &id}
		if s.Speaker != nil {
			d.Actor = *s.Speaker
		}
		f.DisputedBy = append(f.DisputedBy, d)
		return true
	}
	if s.Speaker != nil {
		f.AssertedBy = []string{*s.Speaker}
	} else if s.Source != nil {
		f.voice = strings.ToLower(s.Source.Text)
	}
	if r.calledFalse(s) {
		f.DisputedBy = append(f.DisputedBy, record.Dispute{Article: true, Kind: calledFalse})
	}
	return true
}

// calledFalse reports whether the article calls what the statement says false:
// "falsely claimed", "said without evidence".
func (r *run) calledFalse(s *record.Statement) bool {
	cue := r.tokenOf(s.Cue)
	if cue == doc.NoToken {
		return false
	}
	for _, k := range r.t.Children(cue) {
		if r.t.Rel(k, "advmod") && r.denials[r.word(k)].pos == "adverb" || r.t.Rel(k, "amod") && r.denials[r.word(k)].pos == "adjective" {
			return true
		}
	}
	if w := r.word(cue - 1); r.denials[w].pos == "adverb" {
		return true
	}
	sent := r.d.Sentences[min(r.d.SentenceOf(cue), len(r.d.Sentences)-1)]
	for t := sent.First; t < sent.End; t++ {
		for _, p := range r.phrases {
			if r.word(t) == p[0] && r.match(bound{words: p}, t, sent.End) && !r.within(s, t) {
				return true
			}
		}
	}
	return false
}

// within reports whether the token lies in the content of the statement.
func (r *run) within(s *record.Statement, t doc.TokenID) bool {
	a := r.d.Anchor(r.d.Tokens[t].Span)
	return slices.ContainsFunc(s.Content, func(c record.Span) bool { return c.In == a.In && c.Start <= a.Start && a.End <= c.End })
}

// tokenOf returns the token at which the span of a record begins, or NoToken.
func (r *run) tokenOf(sp *record.Span) doc.TokenID {
	if sp == nil {
		return doc.NoToken
	}
	at := r.bytesOf(*sp)
	i, ok := slices.BinarySearchFunc(r.d.Tokens, at, func(t doc.Token, at int32) int { return int(t.Span.Start - at) })
	if !ok {
		return doc.NoToken
	}
	return doc.TokenID(i)
}

// propositions makes claims without a number of what is denied, or told as false.
func (r *run) propositions() {
	for i := range r.statements {
		s := &r.statements[i]
		if len(s.Content) == 0 || s.Within != nil {
			continue
		}
		id := s.ID
		f := found{sent: s.Sentence}
		switch {
		case s.Polarity == "denies" && r.back(s), s.Polarity != "declines" && r.callsFalse(s):
			r.deniedBefore(i)
			continue
		case s.Polarity == "denies" && r.propositional(s):
			d := record.Dispute{Kind: denied, Statement: &id}
			if s.Speaker != nil {
				d.Actor = *s.Speaker
			} else if s.Source == nil {
				continue
			}
			f.DisputedBy = []record.Dispute{d}
			f.Why.Rule = "denied"
		case s.Polarity == "affirms" && s.Kind != "direct" && r.calledFalse(s):
			f.DisputedBy = []record.Dispute{{Article: true, Kind: calledFalse}}
			if s.Speaker != nil {
				f.AssertedBy = []string{*s.Speaker}
			}
			f.Why.Rule = "called-false"
		default:
			continue
		}
		f.Statement = &id
		f.Span = r.proposition(s)
		f.at = r.bytesOf(f.Span)
		f.span = text.Span{Start: f.at, End: f.at + int32(len(f.Span.Text))}
		if s.Cue != nil {
			f.Why.Evidence = []record.Span{*s.Cue}
		}
		if !r.listed(f.span) {
			r.found = append(r.found, f)
		}
	}
}

// listed reports whether a claim with a number already begins in the span.
func (r *run) listed(sp text.Span) bool {
	return slices.ContainsFunc(r.found, func(f found) bool {
		return f.n != nil && sp.Contains(r.d.Range(f.n.first, f.n.end)) && len(f.DisputedBy) > 0
	})
}

// propositional reports whether what is denied can be true or false: a clause,
// or a noun that names a claim or an act.
func (r *run) propositional(s *record.Statement) bool {
	switch s.Why.Rule {
	case "verb.clause", "verb.right", "verb.inserted":
		return true
	}
	if cue := r.tokenOf(s.Cue); cue != doc.NoToken && r.denials[r.d.Tags[cue].Lemma].kind == "rejected" {
		return r.nameClaim(s) // calls, plans and offers are rejected too
	}
	return len(s.Content[0].Text) >= 12
}

// nameClaim reports whether the content is a noun for a claim, with its clause.
func (r *run) nameClaim(s *record.Statement) bool {
	first := r.tokenOf(&s.Content[0])
	if first == doc.NoToken {
		return false
	}
	end := r.bytesOf(s.Content[0]) + int32(len(s.Content[0].Text))
	claim := false
	for t := first; int(t) < len(r.d.Tokens) && t < first+claimReach && r.d.Tokens[t].Span.End <= end; t++ {
		if claim && r.word(t) == "that" {
			return true
		}
		claim = claim || r.denials[r.d.Tags[t].Lemma].kind == "claim"
	}
	return false
}

// claimReach bounds how far the clause of a noun for a claim is looked for.
const claimReach = 8

// proposition returns the words of the claim in the content: after "the claim
// that", all of it otherwise.
func (r *run) proposition(s *record.Statement) record.Span {
	sp := s.Content[0]
	first := r.tokenOf(&sp)
	if first == doc.NoToken {
		return sp
	}
	start := r.bytesOf(sp)
	end := start + int32(len(sp.Text))
	claim := false
	for t := first; int(t)+1 < len(r.d.Tokens) && t < first+claimReach && r.d.Tokens[t].Span.End <= end; t++ {
		if r.word(t) == "that" && (t == first || claim) && r.d.Tokens[t+1].Span.Start < end {
			return r.d.Anchor(text.Span{Start: r.d.Tokens[t+1].Span.Start, End: end})
		}
		claim = claim || r.denials[r.d.Tags[t].Lemma].kind == "claim"
	}
	return sp
}

// bytesOf returns the byte of the document at which the span of a record begins.
func (r *run) bytesOf(sp record.Span) int32 {
	lo, hi := 0, len(r.d.Tokens)
	for lo < hi { // tokens are in order, and so are their anchors
		m := (lo + hi) / 2
		a := r.d.Anchor(r.d.Tokens[m].Span)
		if before(a, sp) {
			lo = m + 1
		} else {
			hi = m
		}
	}
	if lo == len(r.d.Tokens) {
		return int32(len(r.d.Text))
	}
	a := r.d.Anchor(r.d.Tokens[lo].Span)
	if a.Start == sp.Start && a.In == sp.In {
		return r.d.Tokens[lo].Span.Start
	}
	// The span begins inside a token or before it, at a mark.
	if lo > 0 {
		p := r.d.Tokens[lo-1].Span
		if pa := r.d.Anchor(p); pa.In == sp.In && pa.Start < sp.Start && sp.Start < pa.End {
			return p.End
		}
	}
	return r.d.Tokens[lo].Span.Start
}

func before(a, b record.Span) bool {
	if (a.In != "") != (b.In != "") {
		return a.In != ""
	}
	return a.Start < b.Start
}

// contradicted finds sentences that set data against the claim before them:
// "But records show …".
func (r *run) contradicted() {
	for si := range r.d.Sentences {
		s := r.d.Sentences[si]
		subj, at := r.dataSpeak(s)
		if subj == doc.NoToken {
			continue
		}
		target := -1
		for i := range r.found {
			f := &r.found[i]
			if f.sent < si && f.sent >= si-2 && f.Statement != nil && len(f.AssertedBy) > 0 || f.sent == si && f.span.End <= r.d.Tokens[at].Span.Start {
				target = i
			}
		}
		if target < 0 {
			continue
		}
		f := &r.found[target]
		first, end := r.t.Phrase(subj, func(k doc.TokenID) bool { return r.t.Rel(k, "acl:relcl", "case", "cc", "det") })
		f.DisputedBy = append(f.DisputedBy, record.Dispute{Document: r.d.Words(first, end), Kind: contradictedByData})
		for j := range r.found {
			g := &r.found[j]
			if j != target && g.sent == si && g.at >= r.d.Tokens[at].Span.Start && g.n != nil && f.n != nil {
				r.link(target, j)
			}
		}
	}
}

// dataSpeak returns the data that a sentence, or its part after a contrast,
// sets against what came before, and the token of the contrast.
func (r *run) dataSpeak(s doc.Sentence) (subj, at doc.TokenID) {
	for t := s.First; t < s.End; t++ {
		if r.denials[r.word(t)].pos != "contrast" || t > s.First+1 && r.word(t-1) != "," && r.word(t-1) != ";" {
			continue
		}
		for v := t + 1; v < s.End && v < t+16; v++ {
			if r.d.Tags[v].UPOS != "VERB" || r.denials[r.d.Tags[v].Lemma].pos != "shows" {
				continue
			}
			if k := r.t.Child(v, "nsubj"); k != doc.NoToken && k > t && r.data[r.d.Tags[k].Lemma] {
				return k, t
			}
		}
	}
	return doc.NoToken, doc.NoToken
}

// link records that two claims dispute each other.
func (r *run) link(i, j int) {
	a, b := strconv.Itoa(i), strconv.Itoa(j)
	if !slices.Contains(r.found[i].Disputes, b) {
		r.found[i].Disputes = append(r.found[i].Disputes, b)
		r.found[j].Disputes = append(r.found[j].Disputes, a)
	}
}

// most bounds the claims of one document that are compared with each other.
const most = 150

// conflicts links claims that count the same differently, on the word of
// different people.
func (r *run) conflicts() {
	n := min(len(r.found), most)
	for i := range n {
		for j := i + 1; j < n; j++ {
			if r.conflict(&r.found[i], &r.found[j]) {
				r.link(i, j)
				r.conflictingData(i, j)
			}
		}
	}
}

func (r *run) conflict(a, b *found) bool {
	if a.n == nil || b.n == nil || a.change || b.change || a.Quantity.Unit != b.Quantity.Unit || len(a.DisputedBy) > 0 && len(a.AssertedBy) == 0 || len(b.DisputedBy) > 0 && len(b.AssertedBy) == 0 {
		return false
	}
	if !r.differentVoices(a, b) || !r.sameMatter(a, b) {
		return false
	}
	lo, hi := a.n, b.n
	if lo.low > hi.low {
		lo, hi = hi, lo
	}
	top := lo.high
	if lo.vague { // a manner of speaking reaches further than its interval
		top *= 2
	}
	return top < hi.low
}

// differentVoices reports whether the two claims stand on the word of
// different people; the article is one too.
func (r *run) differentVoices(a, b *found) bool {
	if a.article && b.article {
		return false
	}
	if a.article != b.article {
		return len(a.AssertedBy)+len(b.AssertedBy) > 0 || a.voice+b.voice != ""
	}
	if len(a.AssertedBy) == 0 && a.voice == "" || len(b.AssertedBy) == 0 && b.voice == "" {
		return false
	}
	return !slices.Equal(a.AssertedBy, b.AssertedBy) || a.voice != b.voice
}

// sameMatter reports whether the two claims count the same: the same noun, the
// same predicate, and neither place nor period sets them apart.
func (r *run) sameMatter(a, b *found) bool {
	apart := func(x, y *string) bool { return x != nil && y != nil && *x != *y }
	if apart(a.Quantity.Place, b.Quantity.Place) || apart(a.Quantity.Period, b.Quantity.Period) || apart(a.Event, b.Event) || apart(a.Quantity.Per, b.Quantity.Per) {
		return false
	}
	switch {
	case a.Why.Rule == "money" || a.Why.Rule == "percent":
		return a.Quantity.Of != nil && b.Quantity.Of != nil && *a.Quantity.Of == *b.Quantity.Of
	case a.Why.Rule == "counted" || b.Why.Rule == "counted":
		return a.noun == b.noun && a.verb != "" && b.verb != "" && (a.verb == b.verb || r.estimating[a.verb] || r.estimating[b.verb])
	}
	if a.noun != "" && b.noun != "" && a.noun != b.noun && !r.generic[a.noun] && !r.generic[b.noun] {
		return false
	}
	return true
}

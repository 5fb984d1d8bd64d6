package statement

import (
	"slices"
	"strings"

	"casus/internal/doc"
	"casus/internal/record"
)

// chain sets the road the words took: the platform they were posted on, the
// interview or document they stand in. Outlets that were told are there already.
func (r *run) chain(s *record.Statement, c *cand) {
	if c.cue == doc.NoToken {
		return
	}
	var links []record.Via
	if m := r.media[r.d.Tags[c.cue].Lemma]; m.kind == "tweet" {
		links = append(links, record.Via{Kind: "platform", Name: m.name, Span: r.anchor(c.cue, c.cue+1)})
	}
	for _, k := range r.t.Children(c.cue) {
		if _, in := slices.BinarySearch(c.content, k); in {
			continue
		}
		switch {
		case r.t.Rel(k, "obl", "nmod") && k != c.subj && k != c.addressee:
			links = append(links, r.mediumOf(k)...)
			if r.appearsIn(k) && (r.theName(k) || r.outletIn(k) == k) { // wrote in the Guardian
				links = append(links, r.outletLink("outlet", k))
			}
		case r.t.Rel(k, "obj", "iobj") && k != c.addressee: // posted a message on X
			links = append(links, r.mediumUnder(k)...)
		case r.t.Rel(k, "advcl") && k < c.cue: // Writing on Facebook, he …
			for _, o := range r.t.Children(k) {
				if r.t.Rel(o, "obl") {
					links = append(links, r.mediumOf(o)...)
				}
			}
		}
	}
	if c.subj != doc.NoToken { // Brandt, writing on X, said
		for _, k := range r.t.Children(c.subj) {
			if r.t.Rel(k, "acl", "advcl") && !r.t.Rel(k, "acl:relcl") && k != c.cue && k > c.subj && k < c.cue {
				for _, o := range r.t.Children(k) {
					if r.t.Rel(o, "obl") {
						links = append(links, r.mediumOf(o)...)
					}
				}
			}
		}
	}
	if h := r.t.Head(c.cue); h != doc.NoToken && r.t.Rel(c.cue, "acl") { // issued a statement saying
		links = append(links, r.mediumOf(h)...)
	}
	if c.addressee != doc.NoToken {
		links = append(links, r.mediumUnder(c.addressee)...)
	}
	if len(links) == 0 {
		return
	}
	told := s.Via
	s.Via = nil
	for _, l := range links {
		if l.Kind == "interview" && len(told) > 0 {
			continue // the outlet told says it
		}
		if !slices.ContainsFunc(s.Via, func(o record.Via) bool { return o.Kind == l.Kind && o.Name == l.Name }) {
			s.Via = append(s.Via, l)
		}
	}
	s.Via = append(s.Via, told...)
	if s.Via == nil {
		s.Via = []record.Via{}
	}
}

// mediumOf returns the links that a phrase gives: "on X", "in a post on Truth
// Social", "in a statement", "in an interview with CNN".
func (r *run) mediumOf(x doc.TokenID) []record.Via {
	if name, first, end := r.platform(x); name != "" {
		return []record.Via{{Kind: "platform", Name: name, Span: r.anchor(first, end)}}
	}
	m, at := r.noun(x)
	switch m.kind {
	case "post":
		if under := r.mediumUnder(x); len(under) > 0 {
			return append(under, r.carrier(x)...)
		}
	case "tweet":
		return []record.Via{{Kind: "platform", Name: m.name, Span: r.anchor(x, x+1)}}
	case "document":
		link := record.Via{Kind: "document", Name: at, Span: r.anchor(x, x+1)}
		return slices.Concat([]record.Via{link}, r.mediumUnder(x), r.carrier(x))
	case "interview":
		for _, k := range r.t.Children(x) {
			if r.t.Rel(k, "nmod", "compound", "nmod:poss") {
				if o := r.outletIn(k); o != doc.NoToken {
					return []record.Via{r.outletLink("interview", o)}
				}
			}
		}
		return []record.Via{{Kind: "interview", Name: at, Span: r.anchor(x, x+1)}}
	}
	return nil
}

// mediumUnder returns the platforms named in what qualifies the phrase.
func (r *run) mediumUnder(x doc.TokenID) []record.Via {
	var out []record.Via
	for _, k := range r.t.Children(x) {
		switch {
		case r.t.Rel(k, "nmod", "compound", "nmod:poss", "obl"):
			if name, first, end := r.platform(k); name != "" {
				out = append(out, record.Via{Kind: "platform", Name: name, Span: r.anchor(first, end)})
			} else if m, _ := r.noun(k); m.kind == "post" || m.kind == "tweet" {
				out = append(out, r.mediumOf(k)...)
			}
		case r.t.Rel(k, "acl") && !r.t.Rel(k, "acl:relcl"): // a statement posted on Telegram
			for _, o := range r.t.Children(k) {
				if r.t.Rel(o, "obl") {
					out = append(out, r.mediumOf(o)...)
				}
			}
		}
	}
	return out
}

// platform returns the platform that the name at x names.
func (r *run) platform(x doc.TokenID) (name string, first, end doc.TokenID) {
	if r.upos(x) != "PROPN" && r.names[x] < 0 && !capital(r.d.Word(x)) {
		return "", x, x
	}
	first, end = r.nameAt(x)
	if first >= end {
		first, end = x, x+1
	}
	words := lower(r.d.Words(first, end))
	for _, w := range []string{words, r.word(x)} {
		if m := r.media[w]; m.kind == "platform" && (w != "x" || r.d.Word(x) == "X") {
			return m.name, first, end
		}
	}
	return "", x, x
}

// noun returns the medium that a common noun is, with the words that name it:
// "letter", "press release".
func (r *run) noun(x doc.TokenID) (medium, string) {
	lemma := r.d.Tags[x].Lemma
	for _, whole := range r.mediaLast[lemma] {
		before, _ := strings.CutSuffix(whole, " "+lemma)
		if r.word(x-1) == before {
			return r.media[whole], whole
		}
	}
	m := r.media[lemma]
	if m.kind == "platform" {
		return medium{}, ""
	}
	return m, lemma
}

// appearsIn reports whether a preposition says that words appear in the phrase.
func (r *run) appearsIn(x doc.TokenID) bool {
	for _, k := range r.t.Children(x) {
		if r.t.Rel(k, "case") && r.is(k, "appears-in") {
			return true
		}
	}
	return false
}

// carrier returns the outlet by which a document or a post came out: "a
// statement carried by KCNA", "a recording obtained by the BBC".
func (r *run) carrier(x doc.TokenID) []record.Via {
	for _, k := range r.t.Children(x) {
		if !r.t.Rel(k, "acl") || k < x || !r.is(k, "carried") {
			continue
		}
		for _, o := range r.t.Children(k) {
			if r.t.Rel(o, "obl") && o > k && r.word(k+1) == "by" {
				if at, ok := r.told(o); ok {
					return []record.Via{r.outletLinkOf("outlet", at)}
				}
			}
		}
	}
	return nil
}

// cited makes over a report that an outlet gives on another's word: of
// "Reuters, citing two officials, reported" the officials are the source.
func (r *run) cited(s *record.Statement, c *cand) {
	if c.cue == doc.NoToken || c.subj == doc.NoToken {
		return
	}
	k := r.citing(c)
	if k == doc.NoToken {
		return
	}
	y := r.citee(k)
	if y == doc.NoToken {
		return
	}
	if m, at := r.noun(y); m.kind == "document" {
		s.Via = append(s.Via, record.Via{Kind: "document", Name: at, Span: r.anchor(y, y+1)})
		if o, ok := r.told(c.subj); ok {
			s.Via = append(s.Via, r.outletLinkOf("outlet", o))
		}
		return
	}
	o, ok := r.told(c.subj)
	if !ok && r.upos(c.subj) == "PROPN" && r.reports(c) {
		first, end := r.properRun(c.subj)
		o, ok = outletAt{c.subj, first, end}, true
	}
	if ok {
		s.Via = append(s.Via, r.outletLinkOf("outlet", o))
		c.subj = y
		c.srcFirst, c.srcEnd = r.sourcePhrase(y)
	}
}

// reports reports whether the cue is what outlets do.
func (r *run) reports(c *cand) bool { return r.d.Tags[c.cue].Lemma == "report" }

// citing returns the verb by which the source names another source: it hangs
// from the cue or the source, or stands after a comma behind either.
func (r *run) citing(c *cand) doc.TokenID {
	for _, k := range append(slices.Clone(r.t.Children(c.cue)), r.t.Children(c.subj)...) {
		if r.t.Rel(k, "advcl", "acl") && !r.t.Rel(k, "acl:relcl") && r.words["citing"][r.d.Tags[k].Lemma] {
			return k
		}
	}
	end := r.sentence(c.cue).End
	for _, t := range []doc.TokenID{c.srcEnd, c.cueEnd} {
		for stop := min(t+4, end-1); t < stop; t++ {
			if r.word(t) == "," {
				if r.words["citing"][r.d.Tags[t+1].Lemma] && r.d.Tags[t+1].XPOS == "VBG" && r.in[t+1] < 0 {
					return t + 1
				}
				break
			}
		}
	}
	return doc.NoToken
}

// citee returns the head of who or what is cited.
func (r *run) citee(k doc.TokenID) doc.TokenID {
	if y := r.t.Child(k, "obj"); y != doc.NoToken {
		return y
	}
	s := r.sentence(k)
	for t := k + 1; t < s.End && t < k+6; t++ { // the tree hangs it elsewhere
		if u := r.upos(t); (u == "NOUN" || u == "PROPN") && (t+1 == s.End || r.upos(t+1) != "NOUN" && r.upos(t+1) != "PROPN") {
			return t
		}
	}
	return doc.NoToken
}

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
			return under
		}
	case "tweet":
		return []record.Via{{Kind: "platform", Name: m.name, Span: r.anchor(x, x+1)}}
	case "document":
		link := record.Via{Kind: "document", Name: at, Span: r.anchor(x, x+1)}
		return append([]record.Via{link}, r.mediumUnder(x)...)
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

// cited makes over a report that an outlet gives on another's word: of
// "Reuters, citing two officials, reported" the officials are the source.
func (r *run) cited(s *record.Statement, c *cand) {
	if c.cue == doc.NoToken || c.subj == doc.NoToken {
		return
	}
	for _, k := range append(slices.Clone(r.t.Children(c.cue)), r.t.Children(c.subj)...) {
		if !r.t.Rel(k, "advcl", "acl") || r.t.Rel(k, "acl:relcl") || !r.words["citing"][r.d.Tags[k].Lemma] {
			continue
		}
		y := r.t.Child(k, "obj")
		if y == doc.NoToken {
			continue
		}
		if m, at := r.noun(y); m.kind == "document" {
			s.Via = append(s.Via, record.Via{Kind: "document", Name: at, Span: r.anchor(y, y+1)})
			return
		}
		if r.outletIn(c.subj) == c.subj {
			s.Via = append(s.Via, r.outletLink("outlet", c.subj))
			c.subj = y
			c.srcFirst, c.srcEnd = r.sourcePhrase(y)
		}
		return
	}
}

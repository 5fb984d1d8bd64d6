package statement

import (
	"strings"

	"casus/internal/doc"
	"casus/internal/record"
)

// Polarities of a statement.
const (
	affirms   = "affirms"
	denies    = "denies"
	questions = "questions"
	declines  = "declines"
)

// stance sets the polarity of the statement and the words by which the text
// keeps its distance.
func (r *run) stance(s *record.Statement, c *cand) {
	s.Polarity = r.polarity(c)
	if h := r.hedge(c); h != "" {
		s.Hedge = &h
	}
}

func (r *run) polarity(c *cand) string {
	if c.word == nil || c.cue == doc.NoToken {
		return affirms
	}
	negated := r.negated(c.cue)
	switch c.word.sense {
	case "deny", "reject":
		if !negated {
			return denies
		}
	case "decline":
		return declines
	case "ask":
		if r.asks(c) {
			return questions
		}
	default:
		if negated {
			return declines
		}
	}
	return affirms
}

// asks reports whether what is asked is a question, and no request.
func (r *run) asks(c *cand) bool {
	switch c.rule {
	case "verb.object-infinitive", "verb.infinitive":
		return false
	case "verb.preposition":
		return c.prep == "about"
	}
	if len(c.content) == 0 {
		return len(c.quotes) > 0
	}
	for _, t := range c.content[:min(2, len(c.content))] {
		if r.is(t, "to") || r.is(t, "that") {
			return false
		}
	}
	return true
}

// negated reports whether the verb is denied, or shares the denial of the one
// it is coordinated with.
func (r *run) negated(v doc.TokenID) bool {
	if r.hasNegator(v) {
		return true
	}
	for _, k := range r.t.Children(v) {
		if r.t.Rel(k, "nsubj") && (r.is(k, "negator") || r.hasNegator(k)) {
			return true
		}
	}
	return false
}

// hasNegator reports whether a negating word hangs from x.
func (r *run) hasNegator(x doc.TokenID) bool {
	for _, k := range r.t.Children(x) {
		if r.is(k, "negator") && (r.t.Rel(k, "advmod", "det", "cc:preconj") || r.t.Rel(k, "cc") && k < x) {
			return true
		}
	}
	return false
}

func (r *run) hedge(c *cand) string {
	if c.cue == doc.NoToken {
		return ""
	}
	heads := []doc.TokenID{c.cue}
	if root := r.contentRoot(c); root != doc.NoToken {
		heads = append(heads, root)
	}
	for _, h := range heads {
		for _, k := range r.t.Children(h) {
			if pos := r.hedges[r.word(k)]; pos == "adverb" && r.t.Rel(k, "advmod") || pos == "adjective" && r.t.Rel(k, "amod") {
				return strings.ToLower(r.d.Word(k))
			}
		}
	}
	return ""
}

// contentRoot returns the token of the content that depends on none of it.
func (r *run) contentRoot(c *cand) doc.TokenID {
	for _, t := range c.content {
		if h := r.t.Head(t); h == c.cue || h == doc.NoToken {
			if !r.punct(t) {
				return t
			}
		}
	}
	return doc.NoToken
}

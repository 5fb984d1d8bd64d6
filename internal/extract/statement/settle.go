package statement

import (
	"slices"
	"sort"

	"casus/internal/doc"
)

// settle drops candidates that report nothing and orders the rest.
func (r *run) settle() {
	for i := range r.cands {
		c := &r.cands[i]
		if r.unwanted(c) {
			c.drop = true
		}
	}
	r.cands = slices.DeleteFunc(r.cands, func(c cand) bool { return c.drop })
	sort.SliceStable(r.cands, func(i, j int) bool {
		a, b := &r.cands[i], &r.cands[j]
		return r.begin(a) < r.begin(b)
	})
}

// begin is the token where the candidate begins.
func (r *run) begin(c *cand) doc.TokenID {
	t := c.cueFirst
	if len(c.content) > 0 {
		t = min(t, c.content[0])
	}
	for _, q := range c.quotes {
		t = min(t, r.quote(q).First)
	}
	return t
}

// unwanted reports whether the candidate is no report of speech.
func (r *run) unwanted(c *cand) bool {
	if len(c.content) == 0 && len(c.quotes) == 0 {
		return true
	}
	if c.word != nil && (c.word.sense == "think" || c.word.sense == "show") && !r.quoted(c) {
		return true
	}
	return false
}

// quoted reports whether the candidate has a quotation whole.
func (r *run) quoted(c *cand) bool {
	if len(c.quotes) > 0 {
		return true
	}
	for _, t := range c.content {
		if q := r.quoteOf(t); q >= 0 && (c.cue == doc.NoToken || r.quoteOf(c.cue) != q) {
			return true
		}
	}
	return false
}

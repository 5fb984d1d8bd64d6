package claim

import (
	"slices"
	"strconv"

	"casus/internal/doc"
	"casus/internal/record"
	"casus/internal/text"
)

// actorOf returns the id of the actor that the phrase headed by x names, or "".
func (r *run) actorOf(x doc.TokenID) string {
	best := -1
	for i := range r.d.Mentions {
		m := &r.d.Mentions[i]
		if m.Entity >= 0 && m.Head == x && (best < 0 || m.End-m.First > r.d.Mentions[best].End-r.d.Mentions[best].First) {
			best = i
		}
	}
	if best < 0 {
		return ""
	}
	e := r.d.Mentions[best].Entity
	if int(e) < len(r.d.Actors) && r.d.Actors[e].ID != "" {
		return r.d.Actors[e].ID
	}
	return "a" + strconv.Itoa(int(e)+1)
}

// estimatedBy gives a count that the article tells of somebody's reckoning to
// who reckons: "police put the figure at 12,000".
func (r *run) estimatedBy(f *found, c *counted) {
	if !f.article || c.verb == doc.NoToken || !r.estimates(c.verb) {
		return
	}
	subj := r.t.Child(c.verb, "nsubj")
	if subj == doc.NoToken {
		return
	}
	f.article = false
	if id := r.actorOf(subj); id != "" {
		f.AssertedBy = []string{id}
		return
	}
	f.voice = r.word(subj)
}

// back reports whether what is denied is only pointed to: "the accusation",
// "that claim", "this".
func (r *run) back(s *record.Statement) bool {
	if len(s.Content) != 1 {
		return false
	}
	first := r.tokenOf(&s.Content[0])
	if first == doc.NoToken {
		return false
	}
	end := r.bytesOf(s.Content[0]) + int32(len(s.Content[0].Text))
	last := first
	for int(last)+1 < len(r.d.Tokens) && r.d.Tokens[last+1].Span.End <= end {
		if r.word(last+1) == "as" { // dismissed the report as propaganda
			break
		}
		last++
	}
	if last == first {
		return r.pointers[r.word(first)]
	}
	return last-first < 3 && r.pointers[r.word(first)] && r.denials[r.d.Tags[last].Lemma].kind == "claim"
}

// falseReach bounds how many words say of what was said before that it is false.
const falseReach = 9

// callsFalse reports whether the statement only says of one before it that it
// is false: "that was not true", "the number was exaggerated", "such accounts
// false".
func (r *run) callsFalse(s *record.Statement) bool {
	first := r.tokenOf(&s.Content[0])
	if first == doc.NoToken || len(s.Content) != 1 {
		return false
	}
	end := r.bytesOf(s.Content[0]) + int32(len(s.Content[0].Text))
	t := first
	if r.word(t) == "that" && (r.pointers[r.word(t+1)] || r.figures[r.word(t+1)]) { // said that the number was …
		t++
	}
	if !r.pointers[r.word(t)] {
		return false
	}
	if l := r.d.Tags[min(int(t)+1, len(r.d.Tags)-1)].Lemma; r.denials[l].kind == "claim" || r.figures[l] {
		t++
	}
	negated := false
	for t++; int(t) < len(r.d.Tokens) && t < first+falseReach && r.d.Tokens[t].Span.End <= end; t++ {
		switch w := r.word(t); {
		case r.falsehoods[w] == "false":
			return !negated
		case r.falsehoods[w] == "true":
			return negated
		case r.falsehoods[w] == "not":
			negated = true
		case r.d.Tags[t].UPOS == "NOUN" || r.d.Tags[t].UPOS == "VERB":
			return false
		}
	}
	return false
}

// lookBackSentences bounds how far a denial points back.
const lookBackSentences = 3

// deniedBefore sets a denial that points back against what somebody else was
// last reported to say.
func (r *run) deniedBefore(i int) {
	s := &r.statements[i]
	for j := i - 1; j >= 0; j-- {
		o := &r.statements[j]
		if o.Sentence < s.Sentence-lookBackSentences {
			return
		}
		if o.Polarity != "affirms" || o.Within != nil || len(o.Content) == 0 || o.Speaker == nil && o.Source == nil ||
			o.Speaker != nil && s.Speaker != nil && *o.Speaker == *s.Speaker {
			continue
		}
		d := record.Dispute{Kind: denied, Statement: &s.ID}
		if s.Speaker != nil {
			d.Actor = *s.Speaker
		}
		if k := slices.IndexFunc(r.found, func(f found) bool { return f.Statement != nil && *f.Statement == o.ID }); k >= 0 {
			r.found[k].DisputedBy = append(r.found[k].DisputedBy, d)
			return
		}
		f := found{sent: o.Sentence}
		f.Statement, f.DisputedBy, f.Why.Rule = &o.ID, []record.Dispute{d}, "denied"
		if o.Speaker != nil {
			f.AssertedBy = []string{*o.Speaker}
		}
		f.Span = r.proposition(o)
		f.at = r.bytesOf(f.Span)
		f.span = text.Span{Start: f.at, End: f.at + int32(len(f.Span.Text))}
		if s.Cue != nil {
			f.Why.Evidence = []record.Span{*s.Cue}
		}
		r.found = append(r.found, f)
		return
	}
}

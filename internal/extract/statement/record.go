package statement

import (
	"strconv"

	"casus/internal/doc"
	"casus/internal/record"
	"casus/internal/text"
)

// records turns the candidates into statements.
func (r *run) records() []record.Statement {
	out := []record.Statement{}
	ids := make([]int, len(r.cands)) // number of the candidate's statement, from 1; 0 for none
	for i := range r.cands {
		c := &r.cands[i]
		ps, kind := r.pieces(c)
		if len(ps) == 0 {
			continue
		}
		s := record.Statement{
			ID: "s" + strconv.Itoa(len(out)+1), Kind: kind, Polarity: "affirms", Candidates: []string{}, Addressees: []string{}, Via: []record.Via{}, About: []string{},
		}
		own := -1
		if c.cue != doc.NoToken {
			own = r.quoteOf(c.cue)
			s.Cue = r.anchor(c.cueFirst, c.cueEnd)
			s.Why.Evidence = append(s.Why.Evidence, *s.Cue)
		}
		var spans []text.Span
		for _, p := range ps {
			if sp := r.span(p, kind, own); !sp.Empty() {
				spans = append(spans, sp)
				s.Content = append(s.Content, r.d.Anchor(sp))
			}
		}
		if len(s.Content) == 0 {
			continue
		}
		r.addressees(&s, c)
		r.chain(&s, c)
		r.cited(&s, c)
		r.speaker(&s, c)
		r.anonymity(&s, c)
		r.stance(&s, c)
		r.time(&s, c)
		r.about(&s, spans)
		if c.subj != doc.NoToken {
			s.Source = r.anchor(c.srcFirst, c.srcEnd)
			s.Why.Evidence = append(s.Why.Evidence, *s.Source)
		}
		if c.within >= 0 && ids[c.within] > 0 {
			r.inside(&s, &out[ids[c.within]-1], &r.cands[c.within])
		}
		s.Why.Rule = c.rule
		s.Sentence = r.d.SentenceOf(r.at(c, ps))
		out = append(out, s)
		ids[i] = len(out)
	}
	return out
}

// inside sets a statement into the one that quotes it: an outlet that quotes is
// a link of the chain.
func (r *run) inside(s, outer *record.Statement, c *cand) {
	id := outer.ID
	s.Within = &id
	if c.subj != doc.NoToken && r.outlet(c.subj) {
		s.Via = append(s.Via, r.outletLink("outlet", c.subj))
	}
}

func (r *run) at(c *cand, ps []piece) doc.TokenID {
	if c.cue != doc.NoToken {
		return c.cue
	}
	return ps[0].first
}

func (r *run) anchor(first, end doc.TokenID) *record.Span {
	sp := r.d.Anchor(onRunes(r.d.Text, r.d.Range(first, end)))
	return &sp
}

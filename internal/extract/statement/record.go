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
	r.act = newActors(r.d)
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
		s.Why.Rule = c.rule
		s.Sentence = r.d.SentenceOf(r.at(c, ps))
		out = append(out, s)
	}
	return out
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

package eval

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"casus/internal/record"
)

// A claimPred is a claim of the record in the view.
type claimPred struct {
	*record.Claim
	words tokenSet
}

func (s *stmtScore) addClaims(v *stmtView, d *record.Document) {
	var preds []*claimPred
	for i := range d.Claims {
		if c := &d.Claims[i]; c.Span.In == "" {
			preds = append(preds, &claimPred{c, v.words(v.span(c.Span))})
		}
	}
	s.addQuantities(v, preds)
	s.addDisputes(v, preds, d)
}

// addQuantities pairs amounts at the same words, the right ones first. Spans of
// time are not scored.
func (s *stmtScore) addQuantities(v *stmtView, preds []*claimPred) {
	var gold []*claimGold
	for i := range v.claims {
		if g := &v.claims[i]; len(g.amounts) > 0 {
			gold = append(gold, g)
			s.quantity.gold += oneIf(!g.optional)
			s.amount.gold += oneIf(!g.optional)
		}
	}
	preds = slices.DeleteFunc(slices.Clone(preds), func(p *claimPred) bool {
		return p.Quantity == nil || timeUnits[unitName(p.Quantity.Unit)]
	})
	pairs := pairClaims(v, gold, preds)
	for _, p := range preds {
		g := pairs[p]
		if g != nil && g.optional {
			continue
		}
		s.quantity.pred++
		s.amount.pred++
		if g != nil && g.sameAmount(p.Quantity) {
			s.amount.tp++
			if g.sameUnit(p.Quantity.Unit) {
				s.quantity.tp++
				continue
			}
		}
		want := "nothing"
		if g != nil {
			want = v.cut(g.span)
		}
		s.fail(v.stmtItem, "quantity", "want %q, got %s in %q", want, quantityText(p.Quantity), p.Span.Text)
	}
	for _, g := range gold {
		found := slices.ContainsFunc(preds, func(p *claimPred) bool { return pairs[p] == g })
		if !g.optional && !found {
			s.fail(v.stmtItem, "quantity", "missed %q", v.cut(g.span))
		}
	}
}

// pairClaims gives predictions the gold whose words they share: right amounts
// and units first, then right amounts, then what must be found, then the most
// alike.
func pairClaims(v *stmtView, gold []*claimGold, preds []*claimPred) map[*claimPred]*claimGold {
	type cand struct {
		g     *claimGold
		p     *claimPred
		score float64
	}
	var cs []cand
	for _, g := range gold {
		words := v.words(g.span)
		for _, p := range preds {
			n := words.shared(p.words)
			if n == 0 || len(g.amounts) == 0 && 2*n < min(len(words), len(p.words)) {
				continue
			}
			right := len(g.amounts) == 0 && p.Quantity == nil || p.Quantity != nil && g.sameAmount(p.Quantity)
			score := iou(words, p.words) + 10*float64(oneIf(right)) + float64(oneIf(!g.optional))
			if right && p.Quantity != nil && g.sameUnit(p.Quantity.Unit) {
				score += 10
			}
			cs = append(cs, cand{g, p, score})
		}
	}
	slices.SortStableFunc(cs, func(a, b cand) int { return cmp.Compare(b.score, a.score) })
	pairs, used := map[*claimPred]*claimGold{}, map[*claimGold]bool{}
	for _, c := range cs {
		if pairs[c.p] == nil && !used[c.g] {
			pairs[c.p], used[c.g] = c.g, true
		}
	}
	return pairs
}

// sameAmount compares the ends. An unknown low end is as good as nought.
func (g *claimGold) sameAmount(q *record.Quantity) bool {
	for _, a := range g.amounts {
		if a.near {
			if q.Low != nil && q.High != nil && *q.Low <= a.low && a.low <= *q.High && *q.Low >= .75*a.low && *q.High <= 1.25*a.low {
				return true
			}
			continue
		}
		low := !a.hasLow && (q.Low == nil || *q.Low == 0) || a.hasLow && q.Low != nil && close(*q.Low, a.low)
		high := !a.hasHigh && q.High == nil || a.hasHigh && q.High != nil && close(*q.High, a.high)
		if low && high {
			return true
		}
	}
	return false
}

func close(a, b float64) bool { return a-b < 1e-6*max(1, b) && b-a < 1e-6*max(1, b) }

// sameUnit compares units without number; a unit may have words around its noun.
func (g *claimGold) sameUnit(unit string) bool {
	head, _, _ := strings.Cut(unit, " of ")
	got := unitName(head)
	return len(g.units) == 0 || slices.ContainsFunc(g.units, func(u string) bool {
		want := unitName(u)
		return got == want || strings.HasSuffix(got, " "+want)
	})
}

var timeUnits = map[string]bool{"second": true, "minute": true, "hour": true, "day": true, "night": true, "week": true, "month": true, "year": true, "decade": true, "year old": true, "century": true}

// sameUnits are spellings of one unit.
var sameUnits = map[string]string{
	"%": "percent", "per cent": "percent", "$": "usd", "us$": "usd", "dollar": "usd", "us dollar": "usd",
	"€": "eur", "euro": "eur", "£": "gbp", "pound": "gbp", "krone": "nok", "kroner": "nok",
	"people": "person", "dead": "death", "killed": "death", "ton": "tonne", "km": "kilometre", "kilometer": "kilometre", "liter": "litre",
	"job cut": "job",
}

func unitName(u string) string {
	u = plainName(u)
	switch {
	case strings.HasSuffix(u, "ies"):
		u = strings.TrimSuffix(u, "ies") + "y"
	case strings.HasSuffix(u, "s") && !strings.HasSuffix(u, "ss"):
		u = strings.TrimSuffix(u, "s")
	}
	if same := sameUnits[u]; same != "" {
		return same
	}
	return u
}

// A disputeLink is a claim with a rival claim, or with somebody against it.
type disputeLink struct {
	gold, rival *claimGold
	dispute     *disputeGold
}

// addDisputes scores the links between claims, each once, and from claims to
// those who dispute them. Links of claims that the gold leaves optional are
// neither missed nor false.
func (s *stmtScore) addDisputes(v *stmtView, preds []*claimPred, d *record.Document) {
	var gold []*claimGold
	for i := range v.claims {
		gold = append(gold, &v.claims[i])
	}
	pairs := pairClaims(v, gold, preds)
	byID := map[string]*claimPred{}
	found := map[disputeLink]bool{}
	for _, p := range preds {
		byID[p.ID] = p
	}
	for _, p := range preds {
		g := pairs[p]
		if g != nil && g.by != nil {
			s.addAsserted(v, g, p)
		}
		for _, id := range p.Disputes {
			if id < p.ID && byID[id] != nil && slices.Contains(byID[id].Disputes, p.ID) {
				continue // counted at the other end
			}
			link := disputeLink{gold: g}
			if o := byID[id]; o != nil {
				link.rival = pairs[o]
			}
			s.addLink(v, p, link, v.rivals(link.gold, link.rival), found)
		}
		for _, dis := range p.DisputedBy {
			link := disputeLink{gold: g}
			if g != nil {
				link.dispute = v.disputed(g, &dis, d)
			}
			if link.dispute != nil {
				s.disputeKind.add(link.dispute.kind == dis.Kind)
			}
			s.addLink(v, p, link, link.dispute != nil, found)
		}
	}
	for _, g := range gold {
		if g.optional {
			continue
		}
		n := len(g.disputes) + len(g.rivals)
		s.disputes.gold += n
		got := 0
		for l := range found {
			got += oneIf(l.gold == g || l.rival == g && slices.Contains(g.rivals, l.gold.id))
		}
		if got < n {
			s.fail(v.stmtItem, "dispute", "missed %d of %d on %q", n-got, n, v.cut(g.span))
		}
	}
}

func (s *stmtScore) addLink(v *stmtView, p *claimPred, l disputeLink, ok bool, found map[disputeLink]bool) {
	switch {
	case l.gold != nil && l.gold.optional, l.rival != nil && l.rival.optional:
	case ok && !found[l]:
		found[l] = true
		s.disputes.add(1, 1, 0)
	default:
		s.disputes.pred++
		s.fail(v.stmtItem, "dispute", "false on %q", p.Span.Text)
	}
}

// rivals reports whether the gold has a link between the two claims.
func (v *stmtView) rivals(a, b *claimGold) bool {
	return a != nil && b != nil && (slices.Contains(a.rivals, b.id) || slices.Contains(b.rivals, a.id))
}

// disputed finds who of the gold's disputers it is: by the actor, the document
// or, where the actor is unknown, the source of the statement that disputes.
func (v *stmtView) disputed(g *claimGold, dis *record.Dispute, d *record.Document) *disputeGold {
	for i := range g.disputes {
		by := &g.disputes[i].by
		switch {
		case by.article:
			if dis.Article {
				return &g.disputes[i]
			}
		case dis.Actor != "" && v.is(v.actors[dis.Actor], by.names, by.at):
			return &g.disputes[i]
		case dis.Document != "" && slices.ContainsFunc(by.names, func(n string) bool { return holdsWord(n, dis.Document) || holdsWord(dis.Document, n) }):
			return &g.disputes[i]
		case dis.Actor == "" && dis.Statement != nil:
			k := slices.IndexFunc(d.Statements, func(st record.Statement) bool { return st.ID == *dis.Statement })
			if k < 0 || d.Statements[k].Source == nil {
				continue
			}
			source := v.words(v.span(*d.Statements[k].Source))
			if slices.ContainsFunc(by.at, func(sp runeSpan) bool { return v.words(sp).meets(source) }) {
				return &g.disputes[i]
			}
		}
	}
	return nil
}

func (s *stmtScore) addAsserted(v *stmtView, g *claimGold, p *claimPred) {
	ok := slices.ContainsFunc(p.AssertedBy, func(id string) bool { return v.is(v.actors[id], g.by.names, g.by.at) })
	s.asserted.add(ok)
	if !ok {
		s.fail(v.stmtItem, "asserted", "%q: want %q", p.Span.Text, g.by.names)
	}
}

func quantityText(q *record.Quantity) string {
	end := func(f *float64) string {
		if f == nil {
			return ""
		}
		return strconv.FormatFloat(*f, 'g', -1, 64)
	}
	return end(q.Low) + ".." + end(q.High) + " " + q.Unit
}

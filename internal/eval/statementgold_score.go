package eval

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"casus/internal/record"
)

// A stmtPred is a statement of the record in the view.
type stmtPred struct {
	*record.Statement
	content []runeSpan
	words   tokenSet
	source  tokenSet
	gold    *stmtGold
}

func (s *stmtScore) addStatements(v *stmtView, d *record.Document) {
	preds := v.predicted(d)
	v.pair(preds)
	right := s.perKind[v.kind]
	if right == nil {
		right = &share{}
		s.perKind[v.kind] = right
		s.kinds = append(s.kinds, v.kind)
	}
	byGold := map[*stmtGold]*stmtPred{}
	for _, p := range preds {
		if p.gold != nil {
			byGold[p.gold] = p
		}
	}
	for i := range v.statements {
		g := &v.statements[i]
		if g.optional {
			continue
		}
		for _, c := range []*prCount{&s.found, &s.attributed, &s.exact} {
			c.gold++
		}
		p := byGold[g]
		if p == nil {
			right.add(false)
			s.fail(v.stmtItem, "missed", "%q", v.cut(g.content...))
			s.missed(g)
			continue
		}
		right.add(s.details(v, g, p, byGold))
	}
	for _, p := range preds {
		switch {
		case p.gold == nil:
			s.fail(v.stmtItem, "false", "%q", v.cut(p.content...))
			s.chain.add(0, oneIf(len(p.Via) > 0), 0)
			s.addressee.add(0, len(p.Addressees), 0)
		case p.gold.optional:
			continue
		}
		for _, c := range []*prCount{&s.found, &s.attributed, &s.exact} {
			c.pred++
		}
	}
}

// missed counts what a missed statement had.
func (s *stmtScore) missed(g *stmtGold) {
	if !g.anyVia {
		s.chain.add(0, 0, oneIf(len(g.via) > 0))
	}
	for _, to := range g.to {
		s.addressee.add(0, 0, oneIf(!to.optional))
	}
}

// predicted takes the statements of the record, those of the title only where
// the gold has some there.
func (v *stmtView) predicted(d *record.Document) []*stmtPred {
	inTitle := slices.ContainsFunc(v.statements, func(g stmtGold) bool { return g.content[0][0] < v.bodyAt })
	var out []*stmtPred
	for i := range d.Statements {
		p := &stmtPred{Statement: &d.Statements[i]}
		for _, c := range p.Content {
			if c.In == "title" && !inTitle {
				continue
			}
			p.content = append(p.content, v.span(c))
		}
		if p.words = v.words(p.content...); len(p.words) == 0 {
			continue
		}
		if p.Source != nil {
			p.source = v.words(v.span(*p.Source))
		}
		out = append(out, p)
	}
	return out
}

// pair gives each prediction its gold statement, the most alike first, those
// that must be found before optional ones, and among equals those whose source
// agrees.
func (v *stmtView) pair(preds []*stmtPred) {
	type cand struct {
		g     *stmtGold
		p     *stmtPred
		score float64
	}
	for _, optional := range []bool{false, true} {
		var cs []cand
		for i := range v.statements {
			g := &v.statements[i]
			words := v.words(g.content...)
			for _, p := range preds {
				if g.optional == optional && p.gold == nil {
					if score := iou(words, p.words); score >= .5 {
						cs = append(cs, cand{g, p, score + float64(oneIf(v.sourceAgrees(g, p)))/1000})
					}
				}
			}
		}
		slices.SortStableFunc(cs, func(a, b cand) int { return cmp.Compare(b.score, a.score) })
		used := map[*stmtGold]bool{}
		for _, c := range cs {
			if c.p.gold == nil && !used[c.g] {
				c.p.gold, used[c.g] = c.g, true
			}
		}
	}
}

func (v *stmtView) sourceAgrees(g *stmtGold, p *stmtPred) bool {
	if g.anySrc || len(g.sources) == 0 && len(p.source) == 0 {
		return true
	}
	return slices.ContainsFunc(g.sources, func(sp runeSpan) bool { return v.words(sp).meets(p.source) })
}

// details scores a statement found, and reports whether it is attributed right.
func (s *stmtScore) details(v *stmtView, g *stmtGold, p *stmtPred, byGold map[*stmtGold]*stmtPred) bool {
	s.found.tp++
	attributed := v.sourceAgrees(g, p)
	if attributed {
		s.attributed.tp++
	} else {
		s.fail(v.stmtItem, "source", "%s: got %q", g.id, spanText(p.Source))
	}
	if v.trim(v.words(g.content...)).equal(v.trim(p.words)) {
		s.exact.tp++
	} else {
		s.fail(v.stmtItem, "words", "%q\n\tgot %q", v.cut(g.content...), v.cut(p.content...))
	}
	s.kind.add(slices.Contains(g.kinds, p.Kind))
	if len(g.cues) > 0 {
		s.cue.add(p.Cue != nil && slices.ContainsFunc(g.cues, func(sp runeSpan) bool {
			return v.x.set(sp).meets(v.x.set(v.span(*p.Cue)))
		}))
	}
	s.addSpeaker(v, g, p)
	s.addChain(v, g, p)
	s.addAddressees(v, g, p)
	s.addAnonymous(v, g, p)
	if !slices.Contains(g.polarity, "?") {
		ok := slices.Contains(g.polarity, p.Polarity)
		s.polarity.add(ok)
		if !ok {
			s.fail(v.stmtItem, "polarity", "%s: want %s, got %s", g.id, g.polarity, p.Polarity)
		}
	}
	s.addWithin(v, g, p, byGold)
	return attributed
}

// trim leaves out a leading "that", which some count to the content and some to
// the cue.
func (v *stmtView) trim(words tokenSet) tokenSet {
	if len(words) > 1 && strings.EqualFold(v.cut(v.x.tokens[words[0]]), "that") {
		return words[1:]
	}
	return words
}

func spanText(s *record.Span) string {
	if s == nil {
		return ""
	}
	return s.Text
}

func (s *stmtScore) addSpeaker(v *stmtView, g *stmtGold, p *stmtPred) {
	if g.anyWho || len(g.who) == 0 && len(g.sources) == 0 {
		return
	}
	var a *record.Actor
	if p.Speaker != nil {
		a = v.actors[*p.Speaker]
	}
	at := g.sources
	if len(g.who) > 0 { // the words of the source may be a pronoun
		at = nil
	}
	ok := v.is(a, g.who, at)
	s.speaker.add(ok)
	if !ok {
		name := "nobody"
		if a != nil {
			name = a.Name
		}
		s.fail(v.stmtItem, "speaker", "%s: want %q, got %s", g.id, append(g.who, v.cut(g.sources...)), name)
	}
}

func (s *stmtScore) addChain(v *stmtView, g *stmtGold, p *stmtPred) {
	if len(g.via) == 0 && len(p.Via) == 0 || g.anyVia && len(p.Via) == 0 {
		return
	}
	ok := sameChain(g.via, p.Via)
	s.chain.add(oneIf(ok), oneIf(len(p.Via) > 0), oneIf(len(g.via) > 0))
	if !ok {
		var got []string
		for _, l := range p.Via {
			got = append(got, l.Kind+":"+l.Name)
		}
		s.fail(v.stmtItem, "chain", "%s: want %v, got %q", g.id, g.via, got)
	}
}

// sameChain compares link by link. The name of a document is what it is called,
// however described: a "written statement to the press" is a statement.
func sameChain(want []linkGold, got []record.Via) bool {
	if len(want) != len(got) {
		return false
	}
	for i, w := range want {
		ok := false
		for j, kind := range w.kinds {
			name := got[i].Name
			ok = ok || kind == got[i].Kind && (sameName(name, w.names[j]) || kind == "document" && holdsWord(name, w.names[j]))
		}
		if !ok {
			return false
		}
	}
	return true
}

func (s *stmtScore) addAddressees(v *stmtView, g *stmtGold, p *stmtPred) {
	got := slices.Clone(p.Addressees)
	for _, to := range g.to {
		i := slices.IndexFunc(got, func(id string) bool { return v.is(v.actors[id], to.names, to.at) })
		if i >= 0 {
			got = slices.Delete(got, i, i+1)
		} else if !to.optional {
			s.fail(v.stmtItem, "addressee", "%s: missed %q", g.id, to.names)
		}
		if !to.optional {
			s.addressee.add(oneIf(i >= 0), oneIf(i >= 0), 1)
		}
	}
	for _, id := range got {
		s.addressee.pred++
		if a := v.actors[id]; a != nil {
			s.fail(v.stmtItem, "addressee", "%s: false %q", g.id, a.Name)
		}
	}
}

func (s *stmtScore) addAnonymous(v *stmtView, g *stmtGold, p *stmtPred) {
	if g.anyWho || len(g.who) == 0 && len(g.sources) == 0 || slices.Contains(g.classes, "?") {
		return
	}
	want := len(g.classes) > 0
	s.anonymous.add(want == p.Anonymous)
	if want != p.Anonymous {
		s.fail(v.stmtItem, "anonymous", "%s: want %t (%q)", g.id, want, v.cut(g.sources...))
	} else if want {
		ok := slices.Contains(g.classes, deref(p.SourceClass))
		s.class.add(ok)
		if !ok {
			s.fail(v.stmtItem, "class", "%s: want %q, got %q", g.id, g.classes, deref(p.SourceClass))
		}
	}
}

func (s *stmtScore) addWithin(v *stmtView, g *stmtGold, p *stmtPred, byGold map[*stmtGold]*stmtPred) {
	if g.within == "" {
		return
	}
	i := slices.IndexFunc(v.statements, func(o stmtGold) bool { return o.id == g.within })
	outer := byGold[&v.statements[i]]
	ok := outer != nil && p.Within != nil && *p.Within == outer.ID
	s.within.add(ok)
	if !ok {
		s.fail(v.stmtItem, "within", "%s", g.id)
	}
}

func isArticle(w string) bool {
	switch strings.ToLower(w) {
	case "the", "a", "an":
		return true
	}
	return false
}

// plainName is the name in lower case without article or mark at its ends.
func plainName(s string) string {
	w := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return unicode.IsSpace(r) || r == ',' })
	if len(w) > 1 && isArticle(w[0]) {
		w = w[1:]
	}
	return strings.Trim(strings.Join(w, " "), ".\"“”'‘’")
}

func sameName(a, b string) bool { return plainName(a) == plainName(b) }

// endsIn reports whether the name is the wanted one after a title.
func endsIn(name, want string) bool {
	return proper(want) && strings.HasSuffix(plainName(name), " "+plainName(want))
}

func holdsWord(name, want string) bool {
	return strings.Contains(" "+plainName(name)+" ", " "+plainName(want)+" ")
}

// proper reports whether every long word of the name has a capital.
func proper(name string) bool {
	for _, w := range strings.Fields(name) {
		if r := []rune(w); len(r) > 3 && !unicode.IsUpper(r[0]) && !unicode.IsDigit(r[0]) {
			return false
		}
	}
	return name != "" && strings.ToLower(name) != name
}

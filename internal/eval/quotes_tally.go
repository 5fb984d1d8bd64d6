package eval

import (
	"fmt"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A prCount is what precision and recall are made of.
type prCount struct{ tp, pred, gold int }

func (c *prCount) add(tp, pred, gold int) { c.tp += tp; c.pred += pred; c.gold += gold }

// A quoteTally sums the protocols over documents.
type quoteTally struct {
	speech bool

	gold, pred, tp5, tp8, exact      int
	srcOverlap, srcExact, cueOverlap int
	kinds                            map[string]*kindTally
	content, source, cue             prCount // tokens
	citron                           map[string]*[2]prCount
	citronOverlap                    map[string]*prCount
	ggt                              map[float64]*ggtTally
	linked, canonical, linkedFound   int
}

type kindTally struct{ gold, pred, tp5, exact, src int }

type ggtTally struct{ tp, fp, fn, speaker int }

func newTally(speech bool) *quoteTally {
	t := &quoteTally{
		speech: speech, kinds: map[string]*kindTally{}, citron: map[string]*[2]prCount{}, citronOverlap: map[string]*prCount{},
		ggt: map[float64]*ggtTally{0.3: {}, 0.8: {}},
	}
	for _, k := range quoteKinds {
		t.kinds[k] = &kindTally{}
	}
	for _, k := range []string{"cue", "source", "content", "all"} {
		t.citron[k], t.citronOverlap[k] = &[2]prCount{}, &prCount{}
	}
	return t
}

var quoteKinds = []string{"direct", "mixed", "indirect"}

// A pairing is which gold goes with which prediction, one to one, the best
// overlap of words first.
type pairing struct {
	gold, pred []int // index of the other, or -1
	score      []float64
}

func pairQuotes(g, p []feats) pairing {
	type cand struct {
		score float64
		i, j  int
	}
	var cs []cand
	for i := range g {
		for j := range p {
			if n := g[i].contentWords.shared(p[j].contentWords); n > 0 {
				all := len(g[i].contentWords) + len(p[j].contentWords) - n
				cs = append(cs, cand{float64(n) / float64(all), i, j})
			}
		}
	}
	sort.Slice(cs, func(a, b int) bool {
		x, y := cs[a], cs[b]
		if x.score != y.score {
			return x.score > y.score
		}
		if x.i != y.i {
			return x.i < y.i
		}
		return x.j < y.j
	})
	m := pairing{make([]int, len(g)), make([]int, len(p)), make([]float64, len(g))}
	for i := range m.gold {
		m.gold[i] = -1
	}
	for j := range m.pred {
		m.pred[j] = -1
	}
	for _, c := range cs {
		if m.gold[c.i] < 0 && m.pred[c.j] < 0 {
			m.gold[c.i], m.pred[c.j], m.score[c.i] = c.j, c.i, c.score
		}
	}
	return m
}

func (t *quoteTally) doc(x *quoteText, g, p []feats) {
	ignored := make([]bool, len(g))
	if t.speech {
		for i := range g {
			ignored[i] = !x.isSpeech(g[i].q) || g[i].q.Nested || g[i].q.Credit
		}
	}
	m := pairQuotes(g, p)
	t.matches(g, p, m, ignored)
	t.predictions(x, g, p, m, ignored)
	t.tokens(x, g, p, ignored)
	if !t.speech {
		t.addCitron(g, p)
	}
	t.addGGT(x, g, p, ignored)
}

func (t *quoteTally) matches(g, p []feats, m pairing, ignored []bool) {
	for i := range g {
		if ignored[i] {
			continue
		}
		k := t.kind(g[i].q.Kind)
		t.gold++
		k.gold++
		linked := g[i].q.named()
		if linked {
			t.linked++
		}
		j, s := m.gold[i], m.score[i]
		if j < 0 || s < 0.5 {
			continue
		}
		b := &p[j]
		t.tp5++
		k.tp5++
		if g[i].sourceWords.agree(b.sourceWords) {
			t.srcOverlap++
			k.src++
		}
		t.srcExact += oneIf(g[i].sourceWords.equal(b.sourceWords))
		t.cueOverlap += oneIf(g[i].cueWords.agree(b.cueWords))
		t.tp8 += oneIf(s >= 0.8)
		t.exact += oneIf(s == 1)
		k.exact += oneIf(s == 1)
		if linked {
			t.linkedFound++
			t.canonical += oneIf(sameSpeaker(g[i].q, b.q))
		}
	}
}

func (t *quoteTally) kind(k string) *kindTally {
	if t.kinds[k] == nil {
		t.kinds[k] = &kindTally{}
	}
	return t.kinds[k]
}

// named reports whether the gold says by a proper name who the source is: it
// has a Wikipedia title, or a name with a capital after its first word. What is
// known by a common noun alone ("researchers") has no canonical name.
func (q *goldQuote) named() bool {
	if q.Canonical == nil {
		return false
	}
	if q.Canonical.Wiki != nil && *q.Canonical.Wiki != "" {
		return true
	}
	words := strings.Fields(q.Canonical.Name)
	for i, w := range words {
		if r, _ := utf8.DecodeRuneInString(w); unicode.IsUpper(r) && (i > 0 || len(words) == 1 && q.Canonical.Etype == "person") {
			return true
		}
	}
	return false
}

// sameSpeaker reports whether a name of the predicted speaker is the gold's
// name or Wikipedia title, or ends a title and name that the gold gives whole.
func sameSpeaker(g, p *goldQuote) bool {
	fold := func(s string) string {
		return strings.Join(strings.Fields(strings.ToLower(strings.ReplaceAll(s, "_", " "))), " ")
	}
	name := fold(g.Canonical.Name)
	for _, n := range p.speaker {
		n = fold(n)
		if n == name || strings.HasSuffix(name, " "+n) || strings.HasSuffix(n, " "+name) {
			return true
		}
		if g.Canonical.Wiki != nil && n == fold(*g.Canonical.Wiki) {
			return true
		}
	}
	return false
}

// excused reports whether a prediction lies mostly in gold that the track
// ignores, or has the cue of such.
func excused(b *feats, g []feats, ignored []bool) bool {
	for i := range g {
		if ignored[i] && (2*g[i].contentWords.shared(b.contentWords) >= len(b.contentWords) || g[i].cueWords.meets(b.cueWords)) {
			return true
		}
	}
	return false
}

func (t *quoteTally) predictions(x *quoteText, g, p []feats, m pairing, ignored []bool) {
	for j := range p {
		if t.speech {
			i := m.pred[j]
			hit := i >= 0 && !ignored[i] && m.score[i] >= 0.5
			if !hit && (excused(&p[j], g, ignored) || !x.isSpeech(p[j].q)) {
				continue
			}
		}
		t.pred++
		t.kind(p[j].q.Kind).pred++
	}
}

// tokens compares the tokens of all contents, sources and cues of a document.
func (t *quoteTally) tokens(x *quoteText, g, p []feats, ignored []bool) {
	var act, ign, pred []*feats
	for i := range g {
		if ignored[i] {
			ign = append(ign, &g[i])
		} else {
			act = append(act, &g[i])
		}
	}
	for j := range p {
		if !t.speech || x.isSpeech(p[j].q) {
			pred = append(pred, &p[j])
		}
	}
	var free tokenSet
	for _, f := range ign {
		free = append(append(append(free, f.contentWords...), f.sourceWords...), f.cueWords...)
	}
	free = free.norm()
	layer := func(c *prCount, of func(*feats) tokenSet) {
		var gs, ps tokenSet
		for _, f := range act {
			gs = append(gs, of(f)...)
		}
		for _, f := range pred {
			ps = append(ps, of(f)...)
		}
		gs = gs.norm()
		ps = without(ps.norm(), without(free, gs))
		c.add(gs.shared(ps), len(ps), len(gs))
	}
	layer(&t.content, func(f *feats) tokenSet { return f.contentWords })
	layer(&t.source, func(f *feats) tokenSet { return f.sourceWords })
	layer(&t.cue, func(f *feats) tokenSet { return f.cueWords })
}

// addCitron counts by Citron's protocol: a part is right if its cue overlaps a
// cue of the other side whose part is identical. It is not one to one.
func (t *quoteTally) addCitron(g, p []feats) {
	for side, ab := range [2][2][]feats{{p, g}, {g, p}} {
		for i := range ab[0] {
			a := &ab[0][i]
			var cue, src, con, all bool
			for j := range ab[1] {
				b := &ab[1][j]
				same := a.cue.equal(b.cue)
				over := a.cue.meets(b.cue)
				cue = cue || same && len(a.cue) > 0
				src = src || over && a.source.equal(b.source)
				con = con || over && a.content.equal(b.content)
				all = all || same && a.source.equal(b.source) && a.content.equal(b.content)
			}
			for k, ok := range map[string]bool{"cue": cue, "source": src, "content": con, "all": all} {
				t.citron[k][side].add(oneIf(ok), 1, 0)
			}
		}
	}
	of := map[string]func(*feats) tokenSet{
		"cue": func(f *feats) tokenSet { return f.cue }, "source": func(f *feats) tokenSet { return f.source },
		"content": func(f *feats) tokenSet { return f.content },
	}
	for k, get := range of {
		c := t.citronOverlap[k]
		for i := range p {
			c.pred += len(get(&p[i]))
			for j := range g {
				c.tp += get(&p[i]).shared(get(&g[j]))
			}
		}
		for j := range g {
			c.gold += len(get(&g[j]))
		}
	}
}

// addGGT counts by the Gender Gap Tracker's protocol: each gold quotation takes
// the prediction that covers most of it, if more than the threshold.
func (t *quoteTally) addGGT(x *quoteText, g, p []feats, ignored []bool) {
	for th, c := range t.ggt {
		taken := make([]bool, len(p))
		for i := range g {
			if ignored[i] {
				continue
			}
			start, end := contentHull(g[i].q)
			best, most := -1, 0.0
			for j := range p {
				if taken[j] || end <= start {
					continue
				}
				s, e := contentHull(p[j].q)
				share := float64(max(0, min(end, e)-max(start, s))) / float64(end-start)
				if share > th && share > most {
					best, most = j, share
				}
			}
			if best < 0 {
				c.fn++
				continue
			}
			taken[best] = true
			c.tp++
			c.speaker += oneIf(g[i].source.agree(p[best].source))
		}
		for j := range p {
			if taken[j] || t.speech && (!x.isSpeech(p[j].q) || excused(&p[j], g, ignored)) {
				continue
			}
			c.fp++
		}
	}
}

// contentHull runs from the beginning of the first piece to the end of the last.
func contentHull(q *goldQuote) (start, end int) {
	return q.Content[0][0], q.Content[len(q.Content)-1][1]
}

func oneIf(b bool) int {
	if b {
		return 1
	}
	return 0
}

// report adds the rows of one track.
func (t *quoteTally) report(r *Report, track string) {
	name := func(s string) string { return track + ": " + s }
	r.PRF(name("quotation, half the words"), t.tp5, t.pred, t.gold)
	r.PRF(name("quotation, .8 of the words"), t.tp8, t.pred, t.gold)
	r.PRF(name("quotation, exact words"), t.exact, t.pred, t.gold)
	r.PRF(name("attributed"), t.srcOverlap, t.pred, t.gold)
	r.Share(name("source overlaps, given match"), t.srcOverlap, t.tp5)
	r.Share(name("source exact, given match"), t.srcExact, t.tp5)
	r.Share(name("cue overlaps, given match"), t.cueOverlap, t.tp5)
	for _, k := range quoteKinds {
		c := t.kinds[k]
		r.Share(name(k+" recall"), c.tp5, c.gold)
		r.Share(name(k+" recall, exact words"), c.exact, c.gold)
		r.Share(name(k+" source, given match"), c.src, c.tp5)
	}
	r.PRF(name("tokens of content"), t.content.tp, t.content.pred, t.content.gold)
	r.PRF(name("tokens of source"), t.source.tp, t.source.pred, t.source.gold)
	r.PRF(name("tokens of cue"), t.cue.tp, t.cue.pred, t.cue.gold)
	if !t.speech {
		for _, k := range []string{"cue", "source", "content", "all"} {
			r.twoSided(name("Citron exact "+k), t.citron[k][0], t.citron[k][1])
		}
		for _, k := range []string{"cue", "source", "content"} {
			c := t.citronOverlap[k]
			r.PRF(name("Citron overlap "+k), c.tp, c.pred, c.gold)
		}
	}
	for _, th := range []float64{0.3, 0.8} {
		c := t.ggt[th]
		r.PRF(name(fmt.Sprintf("Gender Gap Tracker %.1f", th)), c.tp, c.tp+c.fp, c.tp+c.fn)
		r.Share(name(fmt.Sprintf("Gender Gap Tracker %.1f speaker", th)), c.speaker, c.tp)
	}
	if t.linked > 0 {
		r.Share(name("canonical speaker, given match"), t.canonical, t.linkedFound)
		r.Share(name("canonical speaker, of all gold"), t.canonical, t.linked)
	}
}

// twoSided adds a row whose precision and recall prCount different things right.
func (r *Report) twoSided(name string, pred, gold prCount) {
	p, rec := ratio(pred.tp, pred.pred), ratio(gold.tp, gold.pred)
	f := 0.0
	if p+rec > 0 {
		f = 2 * p * rec / (p + rec)
	}
	r.Rows = append(r.Rows, Row{
		Name: name, P: &p, R: &rec, F1: &f, N: gold.pred,
		Note: fmt.Sprintf("predicted right %d of %d, gold found %d of %d", pred.tp, pred.pred, gold.tp, gold.pred),
	})
}

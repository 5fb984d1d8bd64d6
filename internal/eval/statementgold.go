package eval

import (
	"embed"
	"fmt"
	"io"
	"slices"

	"casus/internal/article"
	"casus/internal/record"
)

// The project's own gold of statements and claims. Its README.md has the
// guidelines and the format.
//
//go:embed gold/statements/*.txt
var statementGoldFiles embed.FS

// OwnStatementGold returns the project's own gold of statements and claims: part
// "dev" is for work, part "unseen" is reported and never tuned on. It returns
// nil for other names.
func OwnStatementGold(part string) io.Reader {
	if part != "dev" && part != "unseen" {
		return nil
	}
	var all []io.Reader
	for _, kind := range []string{"challenge", "articles"} {
		f, err := statementGoldFiles.Open("gold/statements/" + kind + "." + part + ".txt")
		if err != nil {
			return nil // not reached: the files are embedded
		}
		all = append(all, f)
	}
	return io.MultiReader(all...)
}

// StatementGold scores statements with their chains, addressees, anonymity and
// polarity, and claims with their quantities and disputes.
//
// A statement is found when the words of its content and of a gold statement's
// overlap by half or more of their union, one to one. Gold marked optional is
// neither missed nor false. Details are scored on the statements found; chains
// and addressees over all, so that those of missed statements are missed and
// those of false ones false. Claims are scored on the items that annotate them.
func StatementGold(gold io.Reader, code Coder) (*Report, error) {
	items, err := readStatementGold(gold)
	if err != nil {
		return nil, fmt.Errorf("read statement gold: %w", err)
	}
	s := &stmtScore{perKind: map[string]*share{}}
	for i := range items {
		s.add(&items[i], code(items[i].article()))
	}
	return s.report(), nil
}

func (g *stmtItem) article() *article.Article {
	stamp, _ := article.ParseStamp(g.date) // checked
	return &article.Article{ID: g.id, Title: g.title, Text: g.body, Published: stamp}
}

// A stmtScore counts by the definitions of StatementGold.
type stmtScore struct {
	found, attributed, exact prCount
	chain, addressee         prCount
	kind, speaker, cue       share
	anonymous, class         share
	polarity, within         share

	quantity, amount, disputes prCount // amount: the interval alone, whatever its unit
	asserted, disputeKind      share
	perKind                    map[string]*share // attributed, by kind of item
	kinds                      []string          // in order of appearance
	errors                     []string
}

func (s *stmtScore) fail(g *stmtItem, what, format string, args ...any) {
	s.errors = append(s.errors, g.id+" "+what+": "+fmt.Sprintf(format, args...))
}

func (s *stmtScore) report() *Report {
	r := &Report{Task: "statementgold", Errors: s.errors}
	prf := func(name string, c prCount) { r.PRF(name, c.tp, c.pred, c.gold) }
	prf("statements found", s.found)
	prf("statements attributed", s.attributed)
	prf("statements exact", s.exact)
	share := func(name string, c share) { r.Share(name, c.ok, c.n) }
	share("kind", s.kind)
	share("cue", s.cue)
	share("speaker", s.speaker)
	prf("chain", s.chain)
	prf("addressees", s.addressee)
	share("anonymous", s.anonymous)
	share("class of anonymous", s.class)
	share("polarity", s.polarity)
	share("within", s.within)
	prf("quantities", s.quantity)
	prf("quantities, any unit", s.amount)
	share("claims: asserted by", s.asserted)
	prf("dispute links", s.disputes)
	share("dispute kind", s.disputeKind)
	for _, k := range s.kinds {
		share("attributed: "+k, *s.perKind[k])
	}
	return r
}

// add scores one item.
func (s *stmtScore) add(g *stmtItem, d *record.Document) {
	x := newQuoteText(g.text())
	actors := map[string]*record.Actor{}
	for i := range d.Actors {
		actors[d.Actors[i].ID] = &d.Actors[i]
	}
	v := &stmtView{stmtItem: g, x: x, actors: actors}
	s.addStatements(v, d)
	if g.claimed {
		s.addClaims(v, d)
	}
}

// A stmtView is an item beside what was coded of it, in one text: the title,
// a blank line, the body.
type stmtView struct {
	*stmtItem
	x      *quoteText
	actors map[string]*record.Actor
}

// span is a span of the record in the text of the view.
func (v *stmtView) span(sp record.Span) runeSpan {
	if sp.In == "title" {
		return runeSpan{sp.Start, sp.End}
	}
	return runeSpan{sp.Start + v.bodyAt, sp.End + v.bodyAt}
}

func (v *stmtView) words(spans ...runeSpan) tokenSet { return v.x.words(v.x.set(spans...)) }

func (v *stmtView) cut(spans ...runeSpan) string {
	out := ""
	for i, sp := range spans {
		if i > 0 {
			out += " + "
		}
		out += string(v.x.runes[sp[0]:sp[1]])
	}
	return out
}

// iou is the share of the words in both among those in either.
func iou(a, b tokenSet) float64 {
	n := a.shared(b)
	return ratio(n, len(a)+len(b)-n)
}

// is reports whether the actor is the one that the names, or else the words at
// one of the spans, name. A mention is at a span when it covers half of it, or
// begins it and is no mere possessor.
func (v *stmtView) is(a *record.Actor, names []string, at []runeSpan) bool {
	if a == nil {
		return false
	}
	for _, n := range names {
		if sameName(a.Name, n) || endsIn(a.Name, n) {
			return true
		}
		if !proper(n) && slices.ContainsFunc(a.Mentions, func(m record.Mention) bool { return sameName(m.Text, n) }) {
			return true
		}
	}
	for _, m := range a.Mentions {
		msp := v.span(m.Span)
		for _, sp := range at {
			if iou(v.words(msp), v.words(sp)) >= .5 || v.begins(msp, sp) {
				return true
			}
		}
	}
	return false
}

// begins reports whether the mention begins the span, articles apart.
func (v *stmtView) begins(mention, span runeSpan) bool {
	first := func(sp runeSpan) int {
		set := v.words(sp)
		if len(set) > 1 && isArticle(v.cut(v.x.tokens[set[0]])) {
			return set[1]
		}
		if len(set) > 0 {
			return set[0]
		}
		return -1
	}
	if f := first(mention); f < 0 || f != first(span) {
		return false
	}
	rest := string(v.x.runes[mention[1]:min(mention[1]+2, len(v.x.runes))])
	return rest != "'s" && rest != "’s"
}

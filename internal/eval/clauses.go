package eval

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"casus/internal/article"
	"casus/internal/doc"
	"casus/internal/record"
	"casus/internal/text"
)

// A Ledger returns the document of an article with its clauses, or nil if it
// reads none.
type Ledger func(*article.Article) *doc.Doc

// clauseDate is the day that the sentences of the gold are read on.
const clauseDate = "2025-11-20"

// Clauses scores the ledger of each sentence of the gold against its
// annotation, by the definitions in the gold's README.md.
//
// Trees are the ledger's own: no gold trees exist for these sentences.
func Clauses(gold io.Reader, ledger Ledger) (*Report, error) {
	s, err := scoreClauses(gold, ledger, func(string, ...any) {})
	if err != nil {
		return nil, err
	}
	return s.report(), nil
}

// ClauseErrors writes what is wrong in the ledger of each sentence.
func ClauseErrors(w io.Writer, gold io.Reader, ledger Ledger) error {
	var bad error
	_, err := scoreClauses(gold, ledger, func(format string, args ...any) {
		if _, err := fmt.Fprintf(w, format+"\n", args...); err != nil && bad == nil {
			bad = err
		}
	})
	if err != nil {
		return err
	}
	return bad
}

func scoreClauses(gold io.Reader, ledger Ledger, wrong func(string, ...any)) (*clauseScore, error) {
	sentences, err := readClauseGold(gold)
	if err != nil {
		return nil, err
	}
	stamp, err := article.ParseStamp(clauseDate)
	if err != nil {
		return nil, err
	}
	s := &clauseScore{wrong: wrong, confusion: map[string]map[string]int{}, kinds: map[string]*share{}}
	for i := range sentences {
		d := ledger(sentences[i].article(stamp))
		if d == nil {
			d = &doc.Doc{}
		}
		s.add(&sentences[i], d)
	}
	s.endPair(-1)
	return s, nil
}

// A found counts what is right among the predicted and the gold.
type found struct{ tp, pred, gold int }

// A clauseScore counts by the definitions of Clauses.
type clauseScore struct {
	wrong func(format string, args ...any)

	preds, chain, embedders found
	core, oblique           found
	status                  share
	falseActual, lostActual share // ok counts the errors
	confusion               map[string]map[string]int
	kinds                   map[string]*share // direct links found, by kind
	pairs                   share
	group, members          int // of the group now being read
	groupOK                 bool
}

// An alignment is a gold sentence and its analysis.
type alignment struct {
	g *clauseSentence
	d *doc.Doc
}

// covers says that token t lies in a span of the sentence.
func (a *alignment) covers(sp text.Span, t doc.TokenID) bool {
	if t < 0 || int(t) >= len(a.d.Tokens) {
		return false
	}
	base := a.d.Body
	if a.g.headline() {
		base = 0
	}
	tok := a.d.Tokens[t].Span
	return tok.Start < sp.End+base && tok.End > sp.Start+base
}

func (a *alignment) coversAny(sps []text.Span, t doc.TokenID) bool {
	return slices.ContainsFunc(sps, func(sp text.Span) bool { return a.covers(sp, t) })
}

// clause returns the clause whose predicate, or else support verb, is at sp.
func (a *alignment) clause(sp text.Span) *doc.Clause {
	var second *doc.Clause
	for i := range a.d.Clauses {
		c := &a.d.Clauses[i]
		if a.covers(sp, c.Pred) {
			return c
		}
		if c.Support != doc.NoToken && a.covers(sp, c.Support) {
			second = c
		}
	}
	return second
}

func (s *clauseScore) add(g *clauseSentence, d *doc.Doc) {
	if g.group != s.group {
		s.endPair(g.group)
	}
	s.members++
	a := &alignment{g, d}
	s.addExtra(a)
	for i := range g.preds {
		p := &g.preds[i]
		if p.optional {
			continue
		}
		c := a.clause(p.at)
		s.preds.gold++
		if c != nil {
			s.preds.tp++
			s.preds.pred++
		}
		s.addStatus(a, p, c)
		s.addChain(a, p, c)
		s.addArgs(a, p, c)
	}
}

// endPair counts the pair that ends, and begins a group.
func (s *clauseScore) endPair(group int) {
	if s.members > 1 {
		s.pairs.add(s.groupOK)
	}
	s.group, s.members, s.groupOK = group, 0, true
}

// addExtra counts the predicates that gold does not have.
func (s *clauseScore) addExtra(a *alignment) {
	for i := range a.d.Clauses {
		c := &a.d.Clauses[i]
		if slices.ContainsFunc(a.g.preds, func(p goldClause) bool {
			return a.covers(p.at, c.Pred) || (c.Support != doc.NoToken && a.covers(p.at, c.Support))
		}) {
			continue
		}
		s.preds.pred++
		s.wrong("predicate +%s: %s", a.d.Word(c.Pred), a.g.text)
	}
}

func (s *clauseScore) addStatus(a *alignment, p *goldClause, c *doc.Clause) {
	got := "missed"
	if c != nil {
		got = c.Status
	}
	ok := slices.Contains(p.status, got)
	s.status.add(ok)
	want := p.status[0]
	if ok {
		want = got
	} else {
		s.groupOK = false
		s.wrong("status %s %s, not %s: %s", p.word, got, strings.Join(p.status, "/"), a.g.text)
	}
	if s.confusion[want] == nil {
		s.confusion[want] = map[string]int{}
	}
	s.confusion[want][got]++
	if c == nil {
		return
	}
	if !slices.Contains(p.status, record.Actual) {
		s.falseActual.add(got == record.Actual)
	}
	if p.status[0] == record.Actual {
		s.lostActual.add(!ok)
	}
}

// addChain compares the predicates that p stands inside, and their holders.
func (s *clauseScore) addChain(a *alignment, p *goldClause, c *doc.Clause) {
	seen := make([]bool, len(p.chain))
	for l, kind := range a.chain(c) {
		i := slices.IndexFunc(p.chain, func(g goldLink) bool { return a.covers(g.at, l.at) })
		if i >= 0 && p.chain[i].optional {
			continue
		}
		s.embedders.pred++
		s.chain.pred++
		right := i >= 0 && !seen[i] && a.heldBy(&p.chain[i], l.holders)
		if i >= 0 && !seen[i] {
			seen[i] = true
			s.embedders.tp++
		}
		if right {
			s.chain.tp++
		} else if i < 0 {
			s.wrong("chain %s +%s: %s", p.word, a.word(l.at), a.g.text)
		} else {
			s.wrong("holder %s of %s: %s", a.words(l.holders), p.chain[i].word, a.g.text)
		}
		if kind != "" {
			if s.kinds[kind] == nil {
				s.kinds[kind] = &share{}
			}
			s.kinds[kind].add(right)
		}
	}
	for i, g := range p.chain {
		if g.optional {
			continue
		}
		s.embedders.gold++
		s.chain.gold++
		if !seen[i] {
			s.wrong("chain %s -%s: %s", p.word, g.word, a.g.text)
		}
	}
}

// A foundLink is an embedder of the ledger and who holds it.
type foundLink struct {
	at      doc.TokenID
	holders []doc.TokenID
}

// chain yields what c stands inside from the nearest on: the predicates that
// embed it, the first with its kind, and the sources that "according to" names
// for it or for one of them.
func (a *alignment) chain(c *doc.Clause) func(yield func(foundLink, string) bool) {
	return func(yield func(foundLink, string) bool) {
		for n := 0; c != nil && n < len(a.d.Clauses); n++ {
			for _, arg := range c.Args {
				if arg.Role == sourceRole && !yield(foundLink{a.source(arg), []doc.TokenID{arg.Head}}, "") {
					return
				}
			}
			if c.Embedder == doc.NoClause {
				return
			}
			kind := ""
			if n == 0 {
				kind = c.How
			}
			c = &a.d.Clauses[c.Embedder]
			l := foundLink{at: c.Pred}
			for _, arg := range c.Args {
				if arg.Role == doc.Agent {
					l.holders = append(l.holders, arg.Head)
				}
			}
			if !yield(l, kind) {
				return
			}
		}
	}
}

// sourceRole is the oblique that names on whose word a clause stands.
const sourceRole = "according to"

// source returns the first word of "according to" before an argument.
func (a *alignment) source(arg doc.Arg) doc.TokenID {
	first, _, _ := strings.Cut(sourceRole, " ")
	for t := arg.Head; t >= 0 && t > arg.Head-10; t-- {
		if strings.EqualFold(a.d.Word(t), first) {
			return t
		}
	}
	return doc.NoToken
}

func (a *alignment) heldBy(g *goldLink, holders []doc.TokenID) bool {
	if len(g.holders) == 0 || len(holders) == 0 {
		return len(g.holders) == len(holders)
	}
	return slices.ContainsFunc(holders, func(t doc.TokenID) bool { return a.coversAny(g.holders, t) })
}

func (a *alignment) word(t doc.TokenID) string {
	if t < 0 || int(t) >= len(a.d.Tokens) {
		return "?"
	}
	return a.d.Word(t)
}

func (a *alignment) words(ts []doc.TokenID) string {
	var w []string
	for _, t := range ts {
		w = append(w, a.d.Word(t))
	}
	return "[" + strings.Join(w, " ") + "]"
}

// addArgs compares arguments by head and role.
func (s *clauseScore) addArgs(a *alignment, p *goldClause, c *doc.Clause) {
	seen := make([]bool, len(p.args))
	if c != nil {
		for i := range c.Args {
			s.addArg(a, p, &c.Args[i], seen)
		}
	}
	for i, g := range p.args {
		if g.optional {
			continue
		}
		t := s.argTally(g.roles[0])
		t.gold++
		if !seen[i] {
			s.wrong("argument %s -%s=%s: %s", p.word, strings.Join(g.roles, "/"), g.heads[0].Of(a.g.text), a.g.text)
		}
	}
}

func (s *clauseScore) argTally(role string) *found {
	switch role {
	case doc.Agent, doc.Patient, doc.Recipient:
		return &s.core
	}
	return &s.oblique
}

func (s *clauseScore) addArg(a *alignment, p *goldClause, arg *doc.Arg, seen []bool) {
	named := false // gold has its head
	for i, g := range p.args {
		head := a.coversAny(g.heads, arg.Head)
		if slices.Contains(g.roles, arg.Role) && (head || a.coversAny(g.conjuncts, arg.Head)) {
			if head && !g.optional && !seen[i] {
				seen[i] = true
				t := s.argTally(g.roles[0])
				t.tp++
				t.pred++
			}
			return
		}
		if head && g.optional {
			return
		}
		named = named || head
	}
	t := s.argTally(arg.Role)
	if t == &s.oblique && !named {
		return
	}
	t.pred++
	s.wrong("argument %s +%s=%s: %s", p.word, arg.Role, a.d.Word(arg.Head), a.g.text)
}

func (s *clauseScore) report() *Report {
	r := &Report{Task: "clauses"}
	r.PRF("predicates", s.preds.tp, s.preds.pred, s.preds.gold)
	r.Share("status", s.status.ok, s.status.n)
	r.Share("non-actual coded actual", s.falseActual.ok, s.falseActual.n)
	r.Share("actual coded non-actual", s.lostActual.ok, s.lostActual.n)
	for _, st := range statuses {
		s.statusRow(r, st)
	}
	r.Share("pairs with every status right", s.pairs.ok, s.pairs.n)
	r.PRF("chain", s.chain.tp, s.chain.pred, s.chain.gold)
	r.PRF("chain, embedders alone", s.embedders.tp, s.embedders.pred, s.embedders.gold)
	for _, k := range slices.Sorted(maps.Keys(s.kinds)) {
		r.Share("link "+k, s.kinds[k].ok, s.kinds[k].n)
	}
	r.PRF("arguments", s.core.tp+s.oblique.tp, s.core.pred+s.oblique.pred, s.core.gold+s.oblique.gold)
	r.PRF("arguments, core", s.core.tp, s.core.pred, s.core.gold)
	r.PRF("arguments, oblique", s.oblique.tp, s.oblique.pred, s.oblique.gold)
	return r
}

// statusRow adds a status with what its gold was coded as.
func (s *clauseScore) statusRow(r *Report, st string) {
	tp, pred, gold := s.confusion[st][st], 0, 0
	var as []string
	for want, row := range s.confusion {
		for got, n := range row {
			if got == st {
				pred += n
			}
			if want == st {
				gold += n
				if got != st {
					as = append(as, fmt.Sprintf("%s %d", got, n))
				}
			}
		}
	}
	slices.Sort(as)
	r.PRF("status "+st, tp, pred, gold)
	r.Rows[len(r.Rows)-1].Note = strings.Join(as, ", ")
}

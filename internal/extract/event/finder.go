package event

import (
	"strings"

	"casus/internal/doc"
	"casus/internal/record"
)

// finder codes one document.
type finder struct {
	c     *Coder
	d     *doc.Doc
	cl    []doc.Clause
	stmts []record.Statement
	genre genreGuess

	mention    []int32          // of each token: 1 + index of the mention whose head it is
	more       [][]int32        // of each token: further mentions with that head, rarely any
	pred       []doc.ClauseID   // of each token: the clause it is the predicate of
	timed      []bool           // of each token: a time expression covers it
	place      []int32          // of each token: 1 + index of the location that covers it
	embedded   [][]doc.ClauseID // of each clause: those it embeds
	under      [][]doc.ClauseID // of each clause: those that hang from it
	match      []*match
	acts       []*act
	byClause   []*act
	extra      []record.Actor
	extraAt    map[doc.TokenID]string
	contextBuf map[int][]string

	sentenceFlags []string
}

func newFinder(c *Coder, d *doc.Doc, statements []record.Statement) *finder {
	n := len(d.Tokens)
	f := &finder{
		c: c, d: d, cl: d.Clauses, stmts: statements,
		mention: make([]int32, n), pred: make([]doc.ClauseID, n), place: make([]int32, n), timed: make([]bool, n),
		embedded: make([][]doc.ClauseID, len(d.Clauses)),
		under:    make([][]doc.ClauseID, len(d.Clauses)),
		match:    make([]*match, len(d.Clauses)),
		byClause: make([]*act, len(d.Clauses)),
		extraAt:  map[doc.TokenID]string{}, contextBuf: map[int][]string{},
		sentenceFlags: make([]string, len(d.Sentences)),
	}
	for i := range f.pred {
		f.pred[i] = doc.NoClause
	}
	for i := range f.cl {
		f.pred[f.cl[i].Pred] = doc.ClauseID(i)
	}
	for i := range d.Mentions {
		m := &d.Mentions[i]
		if m.Head < 0 || int(m.Head) >= n || m.Entity == doc.NoEntity {
			continue
		}
		switch at := f.mention[m.Head]; {
		case at == 0:
			f.mention[m.Head] = int32(i + 1)
		default:
			if f.more == nil {
				f.more = make([][]int32, n)
			}
			f.more[m.Head] = append(f.more[m.Head], int32(i+1))
		}
	}
	for i := range d.Times {
		for t := max(d.Times[i].First, 0); t < d.Times[i].End && int(t) < n; t++ {
			f.timed[t] = true
		}
	}
	for i := range d.Places {
		for t := max(d.Places[i].First, 0); t < d.Places[i].End && int(t) < n; t++ {
			f.place[t] = int32(i + 1)
		}
	}
	for i := range f.cl {
		if e := f.cl[i].Embedder; e != doc.NoClause && int(e) != i {
			f.embedded[e] = append(f.embedded[e], doc.ClauseID(i))
		}
		if p := f.cl[i].Parent; p != doc.NoClause && int(p) != i {
			f.under[p] = append(f.under[p], doc.ClauseID(i))
		}
	}
	return f
}

func (f *finder) lemma(t doc.TokenID) string { return strings.ToLower(f.d.Tags[t].Lemma) }

// kids calls yield for the dependents of t.
func (f *finder) kids(t doc.TokenID) func(yield func(doc.TokenID) bool) {
	return f.d.Children(t)
}

package encoder

import (
	"slices"

	"casus/internal/doc"
)

// agreement makes the names of one document agree: a name is of the kind that
// most of its occurrences were read as. The sentences that say least about a
// name ("Okafor declined .") so profit from those that say most. A person's full
// name speaks twice for its last word.
type agreement struct {
	d     *doc.Doc
	votes map[string]*ballot
	buf   []byte
}

// A ballot counts, by kind, the votes for one name.
type ballot struct {
	kinds []string
	votes []int
}

func (b *ballot) add(kind string, votes int) {
	i := slices.Index(b.kinds, kind)
	if i < 0 {
		i = len(b.kinds)
		b.kinds, b.votes = append(b.kinds, kind), append(b.votes, 0)
	}
	b.votes[i] += votes
}

// winner returns the kind with the most votes; own wins a tie, then the kind
// that was met first.
func (b *ballot) winner(own string) string {
	best, most := own, 0
	if i := slices.Index(b.kinds, own); i >= 0 {
		most = b.votes[i]
	}
	for i, v := range b.votes {
		if v > most {
			best, most = b.kinds[i], v
		}
	}
	return best
}

// agree changes the kinds of the names, which are all of the document.
func agree(d *doc.Doc, names []doc.Name) {
	a := agreement{d: d, votes: make(map[string]*ballot, len(names))}
	for _, n := range names {
		a.ballot(n.First, n.End).add(n.Kind, 1)
		if n.Kind == doc.PER && n.End-n.First > 1 {
			a.ballot(n.End-1, n.End).add(doc.PER, 2)
		}
	}
	for i, n := range names {
		names[i].Kind = a.ballot(n.First, n.End).winner(n.Kind)
	}
}

// ballot returns that of the words, whatever their case and the blanks between.
func (a *agreement) ballot(first, end doc.TokenID) *ballot {
	a.buf = a.buf[:0]
	for t := first; t < end; t++ {
		a.buf = append(AppendFolded(a.buf, a.d.Word(t)), ' ')
	}
	b := a.votes[string(a.buf)]
	if b == nil {
		b = &ballot{}
		a.votes[string(a.buf)] = b
	}
	return b
}

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
	kinds []string
	ids   map[string]int // of names: the place of their ballot, less one
	count []int          // by ballot and kind
	buf   []byte
}

// agree changes the kinds of the names, which are all of the document; kinds
// lists those there can be.
func agree(d *doc.Doc, names []doc.Name, kinds []string) {
	a := agreement{d: d, kinds: kinds, ids: make(map[string]int, len(names))}
	per := slices.Index(kinds, doc.PER)
	for _, n := range names {
		kind := slices.Index(kinds, n.Kind)
		a.ballot(n.First, n.End)[kind]++
		if kind == per && n.End-n.First > 1 {
			a.ballot(n.End-1, n.End)[per] += 2
		}
	}
	for i, n := range names {
		names[i].Kind = kinds[winner(a.ballot(n.First, n.End), slices.Index(kinds, n.Kind))]
	}
}

// winner returns the kind with the most votes; own wins a tie.
func winner(count []int, own int) int {
	best := own
	for k, n := range count {
		if n > count[best] {
			best = k
		}
	}
	return best
}

// ballot returns the votes by kind on the words, whatever their case and the
// blanks between.
func (a *agreement) ballot(first, end doc.TokenID) []int {
	a.buf = a.buf[:0]
	for t := first; t < end; t++ {
		a.buf = append(AppendFolded(a.buf, a.d.Word(t)), ' ')
	}
	k := len(a.kinds)
	id := a.ids[string(a.buf)]
	if id == 0 {
		id = len(a.ids) + 1
		a.ids[string(a.buf)] = id
		a.count = append(a.count, make([]int, k)...)
	}
	return a.count[(id-1)*k : id*k]
}

// Package tree indexes the dependency arcs of a document for the rooms that
// walk them: dependents of a token without a search, sets of tokens without an
// allocation for each. A broken tree, with arcs that leave the document or run
// in a circle, neither hangs nor panics; the cost of a walk is that of what it
// visits.
package tree

import (
	"slices"
	"sort"
	"strings"

	"casus/internal/doc"
)

// A Tree is the index of one document. It is not for use by several goroutines.
type Tree struct {
	d     *doc.Doc
	start []int32
	kids  []doc.TokenID
	seen  []uint32 // stamp of the last set that took the token
	stamp uint32
	stack []doc.TokenID
}

// New returns the index. Arcs that leave their sentence or point at
// themselves are passed over: a broken tree must not hang or panic.
func New(d *doc.Doc) *Tree {
	n := len(d.Tokens)
	t := &Tree{d: d, start: make([]int32, n+2), kids: make([]doc.TokenID, n), seen: make([]uint32, n)}
	for i := range d.Arcs {
		if h := d.Arcs[i].Head; h >= 0 && int(h) < n && int(h) != i {
			t.start[h+2]++
		}
	}
	for i := 2; i < len(t.start); i++ {
		t.start[i] += t.start[i-1]
	}
	for i := range d.Arcs {
		if h := d.Arcs[i].Head; h >= 0 && int(h) < n && int(h) != i {
			t.kids[t.start[h+1]] = doc.TokenID(i)
			t.start[h+1]++
		}
	}
	return t
}

// Children returns the dependents of x in order.
func (t *Tree) Children(x doc.TokenID) []doc.TokenID { return t.kids[t.start[x]:t.start[x+1]] }

// Rel reports whether the relation of x, subtype aside, is one of rels.
func (t *Tree) Rel(x doc.TokenID, rels ...string) bool {
	r := t.d.Arcs[x].Deprel
	for _, want := range rels {
		if r == want || len(r) > len(want) && r[len(want)] == ':' && strings.HasPrefix(r, want) {
			return true
		}
	}
	return false
}

// Child returns the first dependent of x with one of the relations, or NoToken.
func (t *Tree) Child(x doc.TokenID, rels ...string) doc.TokenID {
	for _, c := range t.Children(x) {
		if t.Rel(c, rels...) {
			return c
		}
	}
	return doc.NoToken
}

// Head returns the head of x, or NoToken where there is none inside the document.
func (t *Tree) Head(x doc.TokenID) doc.TokenID {
	h := t.d.Arcs[x].Head
	if h < 0 || int(h) >= len(t.d.Arcs) || h == x {
		return doc.NoToken
	}
	return h
}

// Collect appends to out the subtree of x, without the dependents that skip
// accepts and what lies under them. Tokens taken since the last reset are not
// taken again.
func (t *Tree) Collect(out []doc.TokenID, x doc.TokenID, skip func(doc.TokenID) bool) []doc.TokenID {
	t.stack = append(t.stack[:0], x)
	for len(t.stack) > 0 {
		y := t.stack[len(t.stack)-1]
		t.stack = t.stack[:len(t.stack)-1]
		if t.seen[y] == t.stamp {
			continue
		}
		t.seen[y] = t.stamp
		out = append(out, y)
		for _, c := range t.Children(y) {
			if skip == nil || !skip(c) {
				t.stack = append(t.stack, c)
			}
		}
	}
	return out
}

// Reset begins a new set for [Tree.Collect].
func (t *Tree) Reset() { t.stamp++ }

// Subtree returns the tokens of the subtree of x in order.
func (t *Tree) Subtree(x doc.TokenID, skip func(doc.TokenID) bool) []doc.TokenID {
	t.Reset()
	out := t.Collect(nil, x, skip)
	slices.Sort(out)
	return out
}

// Under reports whether x is anc or lies below it.
func (t *Tree) Under(x, anc doc.TokenID) bool {
	for range 200 {
		if x == anc {
			return true
		}
		if x == doc.NoToken {
			return false
		}
		x = t.Head(x)
	}
	return false
}

// Phrase returns the range of tokens around x that its subtree covers without
// a gap, leaving out dependents that skip accepts.
func (t *Tree) Phrase(x doc.TokenID, skip func(doc.TokenID) bool) (first, end doc.TokenID) {
	toks := t.Subtree(x, skip)
	i := sort.Search(len(toks), func(i int) bool { return toks[i] >= x })
	lo, hi := i, i
	for lo > 0 && toks[lo-1] == toks[lo]-1 {
		lo--
	}
	for hi+1 < len(toks) && toks[hi+1] == toks[hi]+1 {
		hi++
	}
	return toks[lo], toks[hi] + 1
}

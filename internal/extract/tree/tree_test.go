package tree

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"casus/internal/doc"
)

// chain makes a document of one sentence with the given heads and relations.
func chain(heads []int, rels ...string) *doc.Doc {
	d := &doc.Doc{Tokens: make([]doc.Token, len(heads)), Arcs: make([]doc.Arc, len(heads))}
	for i, h := range heads {
		d.Arcs[i].Head = doc.TokenID(h)
		if i < len(rels) {
			d.Arcs[i].Deprel = rels[i]
		}
	}
	return d
}

func TestTree(t *testing.T) {
	// The mayor , who leads , said that he left
	d := chain([]int{1, 6, 4, 4, 1, 1, -1, 9, 9, 6}, "det", "nsubj", "punct", "nsubj", "acl:relcl", "punct", "root", "mark", "nsubj", "ccomp")
	x := New(d)
	if got, want := x.Children(6), []doc.TokenID{1, 9}; !cmp.Equal(got, want) {
		t.Errorf("Children(6) = %v, want %v", got, want)
	}
	if x.Child(6, "obj") != doc.NoToken || x.Child(1, "acl") != 4 || x.Rel(4, "ac") {
		t.Error("relations match by whole names, subtypes aside")
	}
	first, end := x.Phrase(1, func(c doc.TokenID) bool { return x.Rel(c, "acl:relcl", "punct") })
	if first != 0 || end != 2 {
		t.Errorf("Phrase(1) = %d, %d; want 0, 2", first, end)
	}
	if got, want := x.Subtree(9, nil), []doc.TokenID{7, 8, 9}; !cmp.Equal(got, want) {
		t.Errorf("Subtree(9) = %v, want %v", got, want)
	}
	if !x.Under(3, 6) || x.Under(6, 3) {
		t.Error("Under climbs to the root and no further")
	}
}

func TestBrokenTreesEnd(t *testing.T) {
	for _, heads := range [][]int{{1, 0}, {0}, {5, -7}, {1, 2, 0}, {}} {
		d := chain(heads, "conj", "conj", "conj")
		x := New(d)
		for i := range heads {
			tok := doc.TokenID(i)
			x.Subtree(tok, nil)
			x.Phrase(tok, nil)
			x.Under(tok, doc.TokenID(len(heads)))
			x.Head(tok)
		}
	}
}

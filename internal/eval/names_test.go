package eval

import (
	"slices"
	"strings"
	"testing"

	"casus/internal/doc"

	"github.com/google/go-cmp/cmp"
)

const labelledText = `-DOCSTART- one

Ana	B-Person
Ruiz	E-Person
visited	O
Lima	S-Location

The	O
Andean	B-NORP
Bank	B-Organization

-DOCSTART- two

May	B-Date
Peru	S-Location
`

func TestNames(t *testing.T) {
	var sizes []int
	r, err := Names("x", strings.NewReader(labelledText), func(d *doc.Doc) {
		sizes = append(sizes, len(d.Tokens), len(d.Sentences))
		if len(sizes) > 2 {
			return // nothing found in the second document
		}
		d.Names = []doc.Name{
			{First: 0, End: 2, Kind: doc.PER},               // right
			{First: 3, End: 4, Kind: doc.GPE},               // right when mapped
			{First: 5, End: 7, Kind: doc.ORG},               // wrong span
			{First: 5, End: 6, Kind: doc.NORP},              // right, as named too
			{First: 6, End: 7, Kind: doc.ORG, Nested: true}, // does not count
			{First: 2, End: 3, Kind: doc.FAC},               // not shared
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(sizes, []int{7, 2, 2, 1}) {
		t.Errorf("tokens and sentences of the documents: %v", sizes)
	}
	wantCounts(t, r, "all kinds as named", 1, 5, 6)
	wantCounts(t, r, "PER/LOC/ORG", 2, 3, 4)
	wantCounts(t, r, "PER/LOC/ORG/NORP", 3, 4, 5)
	wantCounts(t, r, "four kinds of CoNLL", 3, 5, 5) // NORP is MISC, FAC is LOC
	wantCounts(t, r, "LOC", 1, 1, 2)
}

func TestNamesOfLabels(t *testing.T) {
	for labels, want := range map[string][]doc.Name{
		"O B-PER I-PER O":         {{First: 1, End: 3, Kind: "PER"}},
		"I-ORG I-ORG I-LOC":       {{First: 0, End: 2, Kind: "ORG"}, {First: 2, End: 3, Kind: "LOC"}},
		"B-PER B-PER":             {{First: 0, End: 1, Kind: "PER"}, {First: 1, End: 2, Kind: "PER"}},
		"B-X M E-X I-X":           {{First: 0, End: 1, Kind: "X"}, {First: 2, End: 3, Kind: "X"}, {First: 3, End: 4, Kind: "X"}},
		"S-X U-X":                 {{First: 0, End: 1, Kind: "X"}, {First: 1, End: 2, Kind: "X"}},
		"B-creative-work I-other": {{First: 0, End: 1, Kind: "creative-work"}, {First: 1, End: 2, Kind: "other"}},
	} {
		if diff := cmp.Diff(want, namesOf(strings.Fields(labels))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", labels, diff)
		}
	}
}

func TestNamesErrors(t *testing.T) {
	_, err := Names("f.tsv", strings.NewReader("Ana\tB-PER\nRuiz\n"), func(*doc.Doc) {})
	if err == nil || !strings.Contains(err.Error(), "f.tsv:2: no label") {
		t.Errorf("got %v", err)
	}
}

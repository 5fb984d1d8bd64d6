package pipeline

import (
	"slices"
	"testing"
	"testing/fstest"

	"casus/internal/article"
	"casus/internal/doc"
)

// A user's clause tables decide what event rules read.
func TestClauseTablesOverlay(t *testing.T) {
	const text = "Chad threatened to bomb the camp."
	how := func(o Options) string {
		p, err := New(o)
		if err != nil {
			t.Fatal(err)
		}
		d, _ := p.Run(&article.Article{ID: "a", Text: text, Language: "en"})
		for i := range d.Clauses {
			if c := &d.Clauses[i]; c.Lemma == "bomb" && c.Embedder != doc.NoClause {
				return c.How
			}
		}
		return ""
	}
	if got := how(Options{}); got != "threaten" {
		t.Fatalf("built in: bomb is inside %q, want threaten", got)
	}
	user := fstest.MapFS{"clause/en/embedders.tsv": {Data: []byte("lemma\tpos\tframes\tkind\teffect\tcontrol\nthreaten\tverb\txcomp\tboast\thypothetical\tsubj\n")}}
	if got := how(Options{Rules: user}); got != "boast" {
		t.Errorf("laid over: bomb is inside %q, want boast", got)
	}
}

// Participants that no entity stands for have what their words tell.
func TestParticipantsByWords(t *testing.T) {
	p := built(t)
	out := p.Code(&article.Article{ID: "a", Text: "Warlords shelled the harbour of Aden on Monday.", Language: "en"})
	for i := range out.Actors {
		if a := &out.Actors[i]; a.Name == "Warlords" {
			if !slices.Contains(a.Sectors, "REB") && !slices.Contains(a.Sectors, "UAF") && !slices.Contains(a.Sectors, "PRM") {
				t.Errorf("sectors of warlords: %v", a.Sectors)
			}
			return
		}
	}
	t.Errorf("no warlords among %d actors", len(out.Actors))
}

package token_test

import (
	"testing"

	"casus/internal/doc"
	"casus/internal/eval"
	"casus/internal/lang/conllu"
	"casus/internal/lang/token"
	"casus/internal/testkit"
)

// TestTreebankScores keeps the scores on raw text that nothing was learned from.
func TestTreebankScores(t *testing.T) {
	s, err := token.Default()
	if err != nil {
		t.Fatal(err)
	}
	for rel, want := range map[string]map[string]float64{
		"data/language/en_ewt-ud-dev.conllu.gz": {"Words": 0.990, "Sentences": 0.86},
		"data/language/en_gum-ud-dev.conllu.gz": {"Words": 0.996, "Sentences": 0.95},
	} {
		f, err := conllu.Open(testkit.Shared(t, rel))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		r, err := eval.Sentences(rel, f, func(d *doc.Doc) { d.Blocks, d.Sentences, d.Tokens = s.Split(d) })
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range r.Rows {
			t.Logf("%s %s %.2f", rel, row.Name, 100**row.F1)
			if *row.F1 < want[row.Name] {
				t.Errorf("%s: %s F1 %.4f, want at least %.3f", rel, row.Name, *row.F1, want[row.Name])
			}
		}
	}
}

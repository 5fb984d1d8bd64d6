package train

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"casus/internal/lang/encoder"
	"casus/internal/testkit"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// The scores of the shipped model on the development files: a change of the
// model or of how it is read shows here as a difference.
func TestScoresOfShippedModel(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 180,000 words")
	}
	m, err := encoder.Default()
	if err != nil {
		t.Fatal(err)
	}
	d := &corpus{}
	if d.devs, err = loadDevs(testkit.Shared(t, "data/language")); err != nil {
		t.Fatal(err)
	}
	got := strings.Join(d.evaluate(m), "\n") + "\n"
	golden := filepath.Join("testdata", "scores.txt")
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("scores changed (-want +got):\n%s", diff)
	}
}

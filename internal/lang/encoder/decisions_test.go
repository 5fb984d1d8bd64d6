package encoder

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"casus/internal/doc"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// The analysis of a few sentences, as the shipped model gives it. The same file
// holds for every processor and for the build without assembly (go test -tags
// purego): a difference there is a difference in arithmetic.
func TestDecisions(t *testing.T) {
	d := docOf(
		"UN envoy urges Sudan 's warring sides to halt attacks on El Fasher",
		"KHARTOUM , March 3 ( Reuters ) - Sudanese army jets bombed a market in North Darfur on Monday , killing at least 40 people , residents said .",
		"“ We do n't negotiate with terrorists , ” Interior Minister Gérald Darmanin told reporters in Paris .",
		"The proposal , which was rejected by the Kremlin last week , would have required both sides to withdraw their troops .",
		"Mr. Okafor , 52 , a former judge who leads the opposition Unity Party , was arrested and later released on bail .",
		"Oil fell 2.3 % to $ 78.10 a barrel .",
		"TALKS COLLAPSE AS PROTESTERS STORM PARLIAMENT",
		"Neither the European Commission nor Amnesty International has commented so far .",
	)
	tags, arcs, names := annotate(t, defaultModel(t), d)
	var b strings.Builder
	for _, s := range d.Sentences {
		for i := s.First; i < s.End; i++ {
			head := doc.TokenID(0)
			if arcs[i].Head != doc.NoToken {
				head = arcs[i].Head - s.First + 1
			}
			fmt.Fprintf(&b, "%d\t%s\t%s\t%s\t%s\t%d\t%s\n", i-s.First+1, d.Word(i), tags[i].UPOS, tags[i].XPOS, tags[i].Feats, head, arcs[i].Deprel)
		}
		for _, n := range names {
			if n.First >= s.First && n.End <= s.End {
				fmt.Fprintf(&b, "# %s: %s\n", n.Kind, d.Words(n.First, n.End))
			}
		}
		b.WriteByte('\n')
	}
	golden := filepath.Join("testdata", "decisions.txt")
	if *update {
		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), b.String()); diff != "" {
		t.Errorf("decisions changed (-want +got):\n%s", diff)
	}
}

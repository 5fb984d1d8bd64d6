package pipeline

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"casus/internal/article"
	"casus/internal/ingest"
	"casus/internal/record"
)

var update = flag.Bool("update", false, "write the golden records of the examples anew")

// built returns a pipeline with the built-in rules.
func built(t testing.TB) *Pipeline {
	t.Helper()
	p, err := New(Options{Version: "test"})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func examples(t testing.TB) []*article.Article {
	t.Helper()
	var out []*article.Article
	for it := range ingest.Sources([]string{"../../examples/*.txt"}, ingest.Options{}) {
		if it.Err != nil {
			t.Fatalf("%s: %v", it.Name, it.Err)
		}
		out = append(out, it.Article)
	}
	if len(out) == 0 {
		t.Fatal("no examples")
	}
	return out
}

// golden is what of a document the goldens hold: not the coder, which changes
// with every lexicon, and not the text, which stands in the example.
func golden(t *testing.T, d *record.Document) []byte {
	t.Helper()
	c := *d
	c.Coder = record.Coder{}
	c.Article.Text = ""
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(&c); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestExamples(t *testing.T) {
	p := built(t)
	for _, a := range examples(t) {
		d := p.Code(a)
		if d.Outcome != nil {
			t.Errorf("%s: %+v", a.Path, d.Outcome)
		}
		if err := record.Validate(d); err != nil {
			t.Errorf("%s: %v", a.Path, err)
		}
		name := strings.TrimSuffix(a.Path, ".txt") + ".golden.json"
		got := golden(t, d)
		if *update {
			if err := os.WriteFile(name, got, 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), string(got)); diff != "" {
			t.Errorf("%s differs (-want +got); run go test ./internal/pipeline -update and read the diff:\n%s", filepath.Base(name), diff)
		}
	}
}

// TestSameBytes codes the examples again, alone and eight at a time.
func TestSameBytes(t *testing.T) {
	p := built(t)
	arts := examples(t)
	want := make([][]byte, len(arts))
	for i, a := range arts {
		want[i] = golden(t, p.Code(a))
	}
	var wg sync.WaitGroup
	got := make([]*record.Document, 8*len(arts))
	for w := range 8 {
		wg.Go(func() {
			for i := range arts {
				k := (i + w) % len(arts)
				got[w*len(arts)+k] = p.Code(arts[k])
			}
		})
	}
	wg.Wait()
	for i, d := range got {
		if !bytes.Equal(golden(t, d), want[i%len(arts)]) {
			t.Fatalf("%s: other records with eight workers", arts[i%len(arts)].Path)
		}
	}
}

func TestOutcomes(t *testing.T) {
	p := built(t)
	d := p.Code(&article.Article{ID: "x", Text: "Los ministros de los dos países se reunieron el lunes en la ciudad portuaria y dijeron que reanudarían las conversaciones sobre los derechos de pesca, interrumpidas en otoño por las patrulleras."})
	if d.Outcome == nil || d.Outcome.Code != "unsupported-language" || len(d.Events) != 0 {
		t.Errorf("a Spanish text: %+v", d.Outcome)
	}
	for _, s := range []string{"", " \n\n ", "...", "\"\"\"", "A", strings.Repeat("\n", 50)} {
		if d := p.Code(&article.Article{ID: "x", Text: s}); d.Outcome != nil {
			t.Errorf("%q: %+v", s, d.Outcome)
		}
	}
}

// TestFaultBecomesOutcome breaks a stage: the article must get an outcome that
// names it.
func TestFaultBecomesOutcome(t *testing.T) {
	p := *built(t)
	p.events = nil
	d := p.Code(&article.Article{ID: "x", Text: "Police arrested two men in Lagos."})
	if d.Outcome == nil || d.Outcome.Code != "internal-error" || d.Outcome.Stage != "events" {
		t.Errorf("outcome = %+v", d.Outcome)
	}
}

func FuzzCode(f *testing.F) {
	for _, a := range examples(f) {
		f.Add(a.Title, a.Text)
	}
	f.Add("", "\"“'”—:\n\n- $5bn; 12% of ??? “He said, she said")
	f.Add("Trump: we'll", "PENCE: “No”\nTHE: a\n\n“open\n\n“again")
	p, err := New(Options{})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, title, text string) {
		if !utf8.ValidString(title) || !utf8.ValidString(text) || len(text) > 20_000 {
			t.Skip()
		}
		d := p.Code(&article.Article{ID: "x", Title: title, Text: text})
		if d.Outcome != nil && d.Outcome.Code == "internal-error" {
			t.Fatalf("%+v", d.Outcome)
		}
		if err := record.Validate(d); err != nil {
			t.Fatal(err)
		}
	})
}

func BenchmarkCode(b *testing.B) {
	p := built(b)
	arts := examples(b)
	words := 0
	for _, a := range arts {
		words += len(strings.Fields(a.Text))
	}
	b.ReportAllocs()
	b.ResetTimer()
	n := 0
	for b.Loop() {
		for _, a := range arts {
			p.Code(a)
		}
		n += words
	}
	b.ReportMetric(float64(n)/450/b.Elapsed().Seconds(), "articles450/s")
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "words/s")
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		built(b)
	}
}

package eval_test

import (
	"io"
	"strconv"
	"strings"
	"testing"

	"casus/internal/article"
	"casus/internal/eval"
	"casus/internal/ingest"
	"casus/internal/pipeline"
	"casus/internal/record"
	"casus/internal/testkit"

	_ "embed"
)

// gates.tsv holds the least score that each development file must reach.
//
//go:embed testdata/gates.tsv
var gates string

// TestGates measures casus on the development data and fails where a score has
// fallen below its gate.
func TestGates(t *testing.T) {
	if testing.Short() {
		t.Skip("measures on all development files")
	}
	p, err := pipeline.New(pipeline.Options{})
	if err != nil {
		t.Fatal(err)
	}
	reports := map[string]*eval.Report{}
	for n, line := range strings.Split(strings.TrimSpace(gates), "\n") {
		if n == 0 || strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 5 {
			t.Fatalf("gates.tsv line %d: want 5 columns, got %d", n+1, len(f))
		}
		task, file, row, column := f[0], f[1], f[2], f[3]
		floor, err := strconv.ParseFloat(f[4], 64)
		if err != nil {
			t.Fatalf("gates.tsv line %d: %v", n+1, err)
		}
		t.Run(task+"/"+file+"/"+row, func(t *testing.T) {
			key := task + " " + file
			if reports[key] == nil && task == "statementgold" {
				r, err := eval.StatementGold(eval.OwnStatementGold(file), p.Code)
				if err != nil {
					t.Fatal(err)
				}
				reports[key] = r
			}
			if reports[key] == nil {
				reports[key] = measure(t, p, task, testkit.Shared(t, "data/"+file))
			}
			got := 100 * value(t, reports[key], row, column)
			t.Logf("%s %.1f (gate %.1f)", column, got, floor)
			if got < floor {
				t.Errorf("%s %.1f is below its gate of %.1f", column, got, floor)
			}
		})
	}
}

// measure runs one task over one gold file.
func measure(t *testing.T, p *pipeline.Pipeline, task, path string) *eval.Report {
	t.Helper()
	gold, err := ingest.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer gold.Close()
	shown := func(a *article.Article) *record.Document {
		d := p.Code(a)
		kept := d.Events[:0]
		for _, e := range d.Events {
			if e.Shown(record.DefaultMinConfidence) {
				kept = append(kept, e)
			}
		}
		d.Events = kept
		return d
	}
	run := map[string]func(io.Reader) (*eval.Report, error){
		"events": func(r io.Reader) (*eval.Report, error) { return eval.Events(r, shown) },
		"quotes": func(r io.Reader) (*eval.Report, error) { return eval.Quotes(r, p.Code) },
		"dates":  func(r io.Reader) (*eval.Report, error) { return eval.Dates(r, p.Code) },
		"places": func(r io.Reader) (*eval.Report, error) { return eval.Places(r, p.Code) },
		"actors": func(r io.Reader) (*eval.Report, error) { return eval.Actors(r, p.Phrase) },
	}[task]
	if run == nil {
		t.Fatalf("no task %q", task)
	}
	r, err := run(gold)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func value(t *testing.T, r *eval.Report, name, column string) float64 {
	t.Helper()
	for _, row := range r.Rows {
		if row.Name != name {
			continue
		}
		if v := map[string]*float64{"precision": row.P, "recall": row.R, "f1": row.F1, "value": row.Value}[column]; v != nil {
			return *v
		}
	}
	t.Fatalf("the report has no row %q with a column %q", name, column)
	return 0
}

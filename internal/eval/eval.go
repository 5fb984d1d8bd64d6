// Package eval measures casus against gold data, by the definitions of the
// field's scorers. One file holds one task.
package eval

import (
	"encoding/json"
	"fmt"
	"io"
	"text/tabwriter"

	"casus/internal/article"
	"casus/internal/record"
)

// A Coder codes one article, as casus code does.
type Coder func(*article.Article) *record.Document

// A Report is a table of scores.
type Report struct {
	Task string `json:"task"`
	Gold string `json:"gold"`
	Rows []Row  `json:"rows"`
	// Errors say what was wrong where, for those who work on development data.
	Errors []string `json:"errors,omitempty"`
}

// A Row is one score: precision, recall and F1 of counts, or a single value.
type Row struct {
	Name  string   `json:"name"`
	P     *float64 `json:"precision,omitempty"`
	R     *float64 `json:"recall,omitempty"`
	F1    *float64 `json:"f1,omitempty"`
	Value *float64 `json:"value,omitempty"` // accuracy and the like, 0 to 1
	N     int      `json:"n"`               // gold items
	Note  string   `json:"note,omitempty"`
}

// PRF adds a row for tp right among pred predicted and gold wanted.
func (r *Report) PRF(name string, tp, pred, gold int) float64 {
	p, rec := ratio(tp, pred), ratio(tp, gold)
	f := 0.0
	if p+rec > 0 {
		f = 2 * p * rec / (p + rec)
	}
	r.Rows = append(r.Rows, Row{Name: name, P: &p, R: &rec, F1: &f, N: gold, Note: fmt.Sprintf("tp %d, predicted %d", tp, pred)})
	return f
}

// Share adds a row for ok right among n.
func (r *Report) Share(name string, ok, n int) float64 {
	v := ratio(ok, n)
	r.Rows = append(r.Rows, Row{Name: name, Value: &v, N: n, Note: fmt.Sprintf("%d right", ok)})
	return v
}

func ratio(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}

// WriteTable prints the report for people.
func (r *Report) WriteTable(w io.Writer) error {
	tw := tabwriter.NewWriter(w, 0, 4, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(tw, "%s\tP\tR\tF1\tvalue\tn\t \n", r.Task)
	cell := func(v *float64) string {
		if v == nil {
			return ""
		}
		return fmt.Sprintf("%.1f", 100**v)
	}
	for _, row := range r.Rows {
		fmt.Fprintf(tw, "%s\t%s\t%s\t%s\t%s\t%d\t %s\n", row.Name, cell(row.P), cell(row.R), cell(row.F1), cell(row.Value), row.N, row.Note)
	}
	return tw.Flush()
}

// WriteJSON prints the report as one JSON object.
func (r *Report) WriteJSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(r)
}

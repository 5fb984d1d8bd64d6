package eval

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"

	"casus/internal/article"
	"casus/internal/record"
)

// A goldTime is a time expression of a gold file, in code points of the text.
type goldTime struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Type  string `json:"type"`
	Value string `json:"value"`
}

// fullDay reports whether the expression is a date with its day.
func (g *goldTime) fullDay() bool {
	if g.Type != "DATE" || len(g.Value) != len("2006-01-02") {
		return false
	}
	for i := range len(g.Value) {
		if dash := i == 4 || i == 7; dash != (g.Value[i] == '-') || !dash && (g.Value[i] < '0' || g.Value[i] > '9') {
			return false
		}
	}
	return true
}

// A dateDoc is one line of a gold file.
type dateDoc struct {
	ID    string     `json:"doc_id"`
	DCT   string     `json:"dct"` // document creation time
	Title string     `json:"title"`
	Text  string     `json:"text"`
	Timex []goldTime `json:"timex"`
}

// published reads the creation time; a day is cut out of what is not a whole moment.
func (d *dateDoc) published() (article.Stamp, error) {
	s := d.DCT
	if len(s) < len("2006-01-02T15:04") {
		s = s[:min(len(s), len("2006-01-02"))]
	}
	return article.ParseStamp(s)
}

// Dates scores time expressions by the definitions of TempEval-3: each gold
// expression takes the predicted one that it shares most characters with, once;
// strict asks for the same span, value for the same TIMEX3 value, each over all
// that is gold and all that is predicted. Full-day dates are the gold dates with
// year, month and day.
func Dates(gold io.Reader, code Coder) (*Report, error) {
	var n dateTally
	sc := bufio.NewScanner(gold)
	sc.Buffer(nil, 1<<26)
	for line := 1; sc.Scan(); line++ {
		if len(sc.Bytes()) == 0 {
			continue
		}
		var d dateDoc
		if err := json.Unmarshal(sc.Bytes(), &d); err != nil {
			return nil, fmt.Errorf("dates: line %d: %w", line, err)
		}
		stamp, err := d.published()
		if err != nil {
			return nil, fmt.Errorf("dates: %s: %w", d.ID, err)
		}
		rec := code(&article.Article{ID: d.ID, Title: d.Title, Text: d.Text, Published: stamp})
		n.add(d.Timex, rec.Times)
	}
	if err := sc.Err(); err != nil {
		return nil, fmt.Errorf("dates: %w", err)
	}
	r := &Report{Task: "dates"}
	r.PRF("strict", n.strict, n.predicted, n.gold)
	r.PRF("relaxed", n.relaxed, n.predicted, n.gold)
	r.PRF("value", n.value, n.predicted, n.gold)
	r.Share("full-day dates right", n.dayRight, n.day)
	return r, nil
}

// A dateTally counts over documents.
type dateTally struct {
	gold, predicted, strict, relaxed, value, day, dayRight int
}

// add counts one document.
func (n *dateTally) add(gold []goldTime, times []record.Time) {
	n.gold += len(gold)
	n.predicted += len(times)
	used := make([]bool, len(times))
	for i := range gold {
		g := &gold[i]
		full := g.fullDay()
		if full {
			n.day++
		}
		best, most := -1, 0
		for k := range times {
			if o := min(g.End, times[k].End) - max(g.Start, times[k].Start); !used[k] && o > most {
				best, most = k, o
			}
		}
		if best < 0 {
			continue
		}
		used[best] = true
		n.relaxed++
		p := &times[best]
		if p.Start == g.Start && p.End == g.End {
			n.strict++
		}
		if p.Value == g.Value {
			n.value++
			if full {
				n.dayRight++
			}
		}
	}
}

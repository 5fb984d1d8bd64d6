package cli

import (
	"fmt"
	"io"

	"casus/internal/export/csv"
	"casus/internal/export/jsonl"
	"casus/internal/export/table"
	"casus/internal/record"
)

// A writer prints documents in one of the output formats.
type writer interface {
	Write(d *record.Document) error
	Close() error
}

// formats of output, for help and completion.
var formats = []string{"table", "json", "jsonl", "csv"}

// newWriter returns the writer of the format to w, a buffer in front of the
// standard output; "" is a table on a terminal and JSON lines elsewhere.
func (a *app) newWriter(format string, w io.Writer, why bool) (writer, error) {
	if format == "" {
		format = "jsonl"
		if isTerminal(a.out) || why {
			format = "table"
		}
	}
	switch format {
	case "json":
		return jsonl.New(w, true), nil
	case "jsonl":
		return jsonl.New(w, false), nil
	case "csv":
		return csv.New(w), nil
	case "table":
		return table.New(w, table.Options{Width: width(a.out), Color: a.color(a.out), Why: why}), nil
	}
	return nil, usageError("unknown output format %q: use %s", format, list(formats))
}

func list(words []string) string {
	s := ""
	for i, w := range words {
		switch {
		case i == 0:
		case i == len(words)-1:
			s += " or "
		default:
			s += ", "
		}
		s += w
	}
	return s
}

// show keeps of the document what is printed: the events that happened and are
// the article's own news, or all of them. Links to events left out are cut.
func show(d *record.Document, all bool, minConfidence float64) {
	kept := d.Events[:0]
	ids := map[string]bool{}
	for _, e := range d.Events {
		if all || e.Shown(minConfidence) {
			kept = append(kept, e)
			ids[e.ID] = true
		}
	}
	d.Events = kept
	for i := range d.Claims {
		if c := &d.Claims[i]; c.Event != nil && !ids[*c.Event] {
			c.Event = nil
		}
	}
}

// count says a number of things: "1 article", "2 articles".
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

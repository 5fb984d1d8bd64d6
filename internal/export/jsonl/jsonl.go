// Package jsonl writes documents as JSON, one line each or indented.
package jsonl

import (
	"encoding/json"
	"io"

	"casus/internal/record"
)

// A Writer writes documents.
type Writer struct{ enc *json.Encoder }

// New returns a Writer of one document per line, or of indented ones.
func New(w io.Writer, indent bool) *Writer {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	if indent {
		e.SetIndent("", "  ")
	}
	return &Writer{e}
}

// Write writes one document.
func (w *Writer) Write(d *record.Document) error { return w.enc.Encode(d) }

// Close implements the interface of writers that hold something back.
func (w *Writer) Close() error { return nil }

// Package csv writes one row per event, for spreadsheets, R and pandas.
package csv

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"casus/internal/export"
	"casus/internal/record"
)

// Columns are the names in the first row.
var Columns = []string{
	"article_id", "url", "outlet", "published", "genre", "event_id", "type", "modes", "contexts", "cameo", "quad", "score", "goldstein",
	"status", "background", "actors", "actor_codes", "recipients", "recipient_codes", "from", "to", "date_basis",
	"place", "country", "latitude", "longitude", "according_to", "confidence", "trigger", "start", "end", "in", "sentence", "rule",
}

// A Writer writes events as rows.
type Writer struct {
	w      *csv.Writer
	header bool
}

// New returns a Writer to w.
func New(w io.Writer) *Writer { return &Writer{w: csv.NewWriter(w)} }

// Write writes the events of one document.
func (w *Writer) Write(d *record.Document) error {
	if err := w.head(); err != nil {
		return err
	}
	v := export.NewView(d)
	for i := range d.Events {
		if err := w.w.Write(row(v, &d.Events[i])); err != nil {
			return err
		}
	}
	w.w.Flush()
	return w.w.Error()
}

// Close writes the header even when there was no document.
func (w *Writer) Close() error {
	if err := w.head(); err != nil {
		return err
	}
	w.w.Flush()
	return w.w.Error()
}

func (w *Writer) head() error {
	if w.header {
		return nil
	}
	w.header = true
	return w.w.Write(Columns)
}

func row(v *export.View, e *record.Event) []string {
	a := v.Doc.Article
	r := []string{
		safe(a.ID), safe(str(a.URL)), safe(str(a.Outlet)), str(a.Published), str(a.Genre), e.ID, e.Type, strings.Join(e.Modes, ";"), strings.Join(e.Contexts, ";"),
		str(e.CAMEO), strconv.Itoa(e.Quad), num(e.Score), num(e.Goldstein), e.Status, strconv.FormatBool(e.Background),
		safe(v.Names(e.Actors)), v.Codes(e.Actors), safe(v.Names(e.Recipients)), v.Codes(e.Recipients),
	}
	if t := e.Time; t != nil {
		r = append(r, str(t.From), str(t.To), t.Basis)
	} else {
		r = append(r, "", "", "")
	}
	if p := v.Place(e.Place); p != nil {
		r = append(r, safe(p.Name), str(p.Country), num(p.Lat), num(p.Lon))
	} else {
		r = append(r, "", "", "", "")
	}
	return append(r, safe(v.OnWordOf(e.AccordingTo)), strconv.FormatFloat(e.Confidence, 'f', 2, 64), safe(e.Trigger.Text),
		strconv.Itoa(e.Trigger.Start), strconv.Itoa(e.Trigger.End), e.Trigger.In, safe(export.SentenceText(v.Doc, e.Sentence)), e.Why.Rule)
}

// safe keeps a spreadsheet from taking words of an article for a formula.
func safe(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}

func str(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func num(f *float64) string {
	if f == nil {
		return ""
	}
	return strconv.FormatFloat(*f, 'f', -1, 64)
}

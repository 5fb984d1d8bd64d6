// Package polecat writes events in the 40 columns of POLECAT: a header, tabs
// between cells, no quoting.
//
// Columns that casus has no source for stay empty: Correlates of War numbers,
// Wikipedia ids and districts. A reciprocal event has a row each way, the second
// marked _R as POLECAT does.
package polecat

import (
	"bufio"
	"encoding/hex"
	"fmt"
	"io"
	"strconv"
	"strings"

	"casus/internal/export"
	"casus/internal/record"
)

// Columns are the names in the first row.
var Columns = []string{
	"Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
	"Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title", "Actor Name Raw", "Wikipedia Actor ID",
	"Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector", "Recipient Sectors", "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID",
	"Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename", "Feature Type",
	"Source", "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language", "Version",
}

// A Writer writes events as rows.
type Writer struct {
	w      *bufio.Writer
	header bool
	Left   int // events left out, for want of a date
}

// New returns a Writer to w.
func New(w io.Writer) *Writer { return &Writer{w: bufio.NewWriter(w)} }

// Write writes the events of a document.
func (w *Writer) Write(d *record.Document) error {
	if err := w.head(); err != nil {
		return err
	}
	v := export.NewView(d)
	for i := range d.Events {
		e := &d.Events[i]
		if e.Time == nil || e.Time.From == nil || len(*e.Time.From) < 10 {
			w.Left++
			continue
		}
		for _, p := range v.Pairs(e) {
			if err := w.line(row(v, e, p)); err != nil {
				return err
			}
		}
	}
	return nil
}

// Close writes what is held back, and the header even of no events.
func (w *Writer) Close() error {
	if err := w.head(); err != nil {
		return err
	}
	return w.w.Flush()
}

func (w *Writer) head() error {
	if w.header {
		return nil
	}
	w.header = true
	return w.line(Columns)
}

func (w *Writer) line(cells []string) error {
	_, err := w.w.WriteString(strings.Join(cells, "\t") + "\n")
	return err
}

// quads are the words of PLOVER's quad classes.
var quads = []string{"", "VERBAL COOPERATION", "MATERIAL COOPERATION", "VERBAL CONFLICT", "MATERIAL CONFLICT"}

func row(v *export.View, e *record.Event, p export.Pair) []string {
	d := v.Doc
	quad := ""
	if e.Quad > 0 && e.Quad < len(quads) {
		quad = quads[e.Quad]
	}
	r := []string{id(d, e, p), (*e.Time.From)[:10], e.Type, strings.Join(e.Modes, ";"), num(e.Score), quad, strings.Join(e.Contexts, ";")}
	r = append(append(r, side(p.Actor)...), side(p.Recipient)...)
	r = append(r, place(v.Place(e.Place))...)
	day := export.Str(d.Article.Published)
	day = day[:min(10, len(day))]
	people, orgs := named(d)
	var places []string
	for i := range d.Places {
		places = append(places, export.Flat(d.Places[i].Name))
	}
	return append(r, export.Flat(outlet(d)), day, people, orgs, strings.Join(places, ";"), export.Str(d.Article.Language), version(d))
}

// id is unique to a row: the format's date, time and hash, then type and part.
func id(d *record.Document, e *record.Event, p export.Pair) string {
	sum := export.Sum("polecat", d.Article.ID, e.Trigger.In, strconv.Itoa(e.Trigger.Start), strconv.Itoa(e.Trigger.End), name(p.Actor, p.Mirror, p.Recipient), name(p.Recipient, p.Mirror, p.Actor))
	day, clock := "00000000", "0000"
	if s := export.Str(d.Article.Published); len(s) >= 10 {
		day = strings.ReplaceAll(s[:10], "-", "")
		if len(s) >= 16 {
			clock = s[11:13] + s[14:16]
		}
	}
	out := fmt.Sprintf("%s-%s-%s_%s", day, clock, hex.EncodeToString(sum[:6]), e.Type)
	if p.Mirror {
		out += "_R"
	}
	return out
}

// name gives both rows of a reciprocal event the same names in the same order.
func name(a *record.Actor, mirror bool, other *record.Actor) string {
	if mirror {
		a = other
	}
	if a == nil {
		return ""
	}
	return a.ID + " " + a.Name
}

func side(a *record.Actor) []string {
	out := make([]string, 8)
	if a == nil {
		return out
	}
	country := export.Str(a.Code)
	if country == "" {
		country = export.Str(a.Country)
	}
	out[0], out[1], out[4], out[5] = export.Flat(a.Name), country, strings.Join(a.Sectors, ";"), export.Flat(export.Str(a.Role))
	if len(a.Sectors) > 0 {
		out[3] = a.Sectors[0]
	}
	if len(a.Mentions) > 0 {
		out[6] = export.Flat(a.Mentions[0].Text)
	}
	return out
}

func place(p *record.Place) []string {
	out := make([]string, 10)
	if p == nil {
		return out
	}
	out[0], out[3], out[4], out[5], out[6] = export.Flat(p.Name), export.Flat(export.Str(p.Admin1)), export.Str(p.Country), num(p.Lat), num(p.Lon)
	if p.Type == "city" {
		out[1] = out[0]
	}
	if n, ok := strings.CutPrefix(export.Str(p.KB), "geonames:"); ok {
		out[7] = n
	}
	if len(p.Mentions) > 0 {
		out[8] = export.Flat(p.Mentions[0].Text)
	}
	out[9] = p.Type
	return out
}

// named lists the people and the organisations of a story.
func named(d *record.Document) (people, orgs string) {
	var p, o []string
	for i := range d.Actors {
		a := &d.Actors[i]
		byName := false
		for _, m := range a.Mentions {
			byName = byName || m.Form == "name"
		}
		switch {
		case !byName:
		case a.Type == record.Person:
			p = append(p, strings.ReplaceAll(export.Flat(a.Name), ";", ","))
		case a.Type == record.Organisation:
			o = append(o, strings.ReplaceAll(export.Flat(a.Name), ";", ","))
		}
	}
	return strings.Join(p, ";"), strings.Join(o, ";")
}

func outlet(d *record.Document) string {
	if o := export.Str(d.Article.Outlet); o != "" {
		return o
	}
	return export.Str(d.Article.URL)
}

func version(d *record.Document) string {
	return "casus-" + d.Coder.Version + "+" + d.Coder.Lexicon[:min(8, len(d.Coder.Lexicon))]
}

func num(f *float64) string {
	if f == nil {
		return ""
	}
	return strconv.FormatFloat(*f, 'f', -1, 64)
}

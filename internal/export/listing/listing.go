// Package listing writes records that were found one by one: events,
// statements, claims and articles, as a table, CSV or JSON.
package listing

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"casus/internal/export"
	eventcsv "casus/internal/export/csv"
	"casus/internal/record"
)

// Formats are the formats of a listing.
var Formats = []string{"table", "json", "jsonl", "csv"}

// A Writer writes records of one kind.
type Writer interface {
	// Write writes a record of a document; id is "" for the article itself.
	Write(d *record.Document, id string) error
	Close() error
}

// New returns a Writer of records of the kind (event, statement, claim or article).
func New(w io.Writer, format, kind string, width int) (Writer, error) {
	switch format {
	case "table":
		if width <= 0 {
			width = 120
		}
		return &table{w: w, width: width}, nil
	case "json":
		return &jsonArray{w: w}, nil
	case "jsonl":
		return &lines{newEncoder(w)}, nil
	case "csv":
		if kind == "event" {
			return &events{eventcsv.New(w)}, nil
		}
		return newRows(w, kind)
	}
	return nil, fmt.Errorf("unknown output format %q: use %s", format, strings.Join(Formats, ", "))
}

// An Entry is one record with what a reader needs to understand it.
type Entry struct {
	ID        string            `json:"id"` // ARTICLE/RECORD, or ARTICLE
	Kind      string            `json:"kind"`
	Article   Source            `json:"article"`
	Event     *record.Event     `json:"event,omitempty"`
	Statement *record.Statement `json:"statement,omitempty"`
	Claim     *record.Claim     `json:"claim,omitempty"`
	Actors    []record.Actor    `json:"actors,omitempty"` // that the record names, without their mentions
	Place     *record.Place     `json:"place,omitempty"`
	Sentence  string            `json:"sentence,omitempty"`
}

// A Source is what an entry says of the article of its record.
type Source struct {
	ID         string          `json:"id"`
	URL        *string         `json:"url"`
	Outlet     *string         `json:"outlet"`
	Title      *string         `json:"title"`
	Published  *string         `json:"published"`
	Language   *string         `json:"language"`
	Genre      *string         `json:"genre"`
	Coder      record.Coder    `json:"coder"`
	Outcome    *record.Outcome `json:"outcome,omitempty"`
	Events     int             `json:"events"`
	Statements int             `json:"statements"`
	Claims     int             `json:"claims"`
}

// EntryOf returns the entry of a record, and false for an unknown id.
func EntryOf(d *record.Document, id string) (*Entry, bool) {
	a := &d.Article
	e := &Entry{ID: a.ID + "/" + id, Article: Source{
		a.ID, a.URL, a.Outlet, a.Title, a.Published, a.Language, a.Genre, d.Coder, d.Outcome, len(d.Events), len(d.Statements), len(d.Claims),
	}}
	var who []string
	sentence := -1
	switch {
	case id == "":
		e.ID, e.Kind = a.ID, "article"
	default:
		for i := range d.Events {
			if x := &d.Events[i]; x.ID == id {
				e.Kind, e.Event, sentence = "event", x, x.Sentence
				who = append(append(who, x.Actors...), x.Recipients...)
				if p := export.NewView(d).Place(x.Place); p != nil {
					c := *p
					c.Mentions = []record.Mention{}
					e.Place = &c
				}
			}
		}
		for i := range d.Statements {
			if x := &d.Statements[i]; x.ID == id {
				e.Kind, e.Statement, sentence = "statement", x, x.Sentence
				if x.Speaker != nil {
					who = append(who, *x.Speaker)
				}
				who = append(append(who, x.Addressees...), x.About...)
			}
		}
		for i := range d.Claims {
			if x := &d.Claims[i]; x.ID == id {
				e.Kind, e.Claim, sentence = "claim", x, sentenceAt(d, x.Span)
				who = append(who, x.AssertedBy...)
			}
		}
	}
	for i := range d.Actors {
		for _, id := range who {
			if d.Actors[i].ID == id {
				c := d.Actors[i]
				c.Mentions = []record.Mention{}
				e.Actors = append(e.Actors, c)
				break
			}
		}
	}
	e.Sentence = export.SentenceText(d, sentence)
	return e, e.Kind != ""
}

// sentenceAt returns the number of the sentence that holds a span.
func sentenceAt(d *record.Document, s record.Span) int {
	for i, x := range d.Article.Sentences {
		if x.In == s.In && x.Start <= s.Start && s.Start < x.End {
			return i
		}
	}
	return -1
}

func newEncoder(w io.Writer) *json.Encoder {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e
}

type lines struct{ enc *json.Encoder }

func (l *lines) Write(d *record.Document, id string) error {
	e, ok := EntryOf(d, id)
	if !ok {
		return unknown(d, id)
	}
	return l.enc.Encode(e)
}

func (l *lines) Close() error { return nil }

func unknown(d *record.Document, id string) error {
	return fmt.Errorf("article %s has no record %q", d.Article.ID, id)
}

// jsonArray writes one array of entries.
type jsonArray struct {
	w io.Writer
	n int
}

func (j *jsonArray) Write(d *record.Document, id string) error {
	e, ok := EntryOf(d, id)
	if !ok {
		return unknown(d, id)
	}
	var b strings.Builder
	enc := newEncoder(&b)
	enc.SetIndent("  ", "  ")
	if err := enc.Encode(e); err != nil {
		return err
	}
	sep := ",\n  "
	if j.n == 0 {
		sep = "[\n  "
	}
	j.n++
	_, err := io.WriteString(j.w, sep+strings.TrimSuffix(b.String(), "\n"))
	return err
}

func (j *jsonArray) Close() error {
	end := "\n]\n"
	if j.n == 0 {
		end = "[]\n"
	}
	_, err := io.WriteString(j.w, end)
	return err
}

// events writes events as casus code does.
type events struct{ w *eventcsv.Writer }

func (e *events) Write(d *record.Document, id string) error {
	one := *d
	one.Events = nil
	for _, x := range d.Events {
		if x.ID == id {
			one.Events = append(one.Events, x)
		}
	}
	return e.w.Write(&one)
}

func (e *events) Close() error { return e.w.Close() }

// rows writes the other kinds as CSV.
type rows struct {
	w  *csv.Writer
	of func(*Entry, *export.View) []string
}

var articleColumns = []string{"article_id", "url", "outlet", "published", "title"}

func newRows(w io.Writer, kind string) (Writer, error) {
	r := &rows{w: csv.NewWriter(w)}
	var columns []string
	switch kind {
	case "statement":
		columns = []string{"statement_id", "kind", "polarity", "speaker", "speaker_code", "anonymous", "source_class", "cue", "content", "hedge", "about", "addressees", "via", "review"}
		r.of = statementRow
	case "claim":
		columns = []string{"claim_id", "claim", "low", "high", "unit", "asserted_by", "disputed", "event_id", "statement_id", "review"}
		r.of = claimRow
	default:
		columns = []string{"language", "genre", "events", "statements", "claims", "outcome"}
		r.of = articleRow
	}
	return r, r.w.Write(append(append([]string{}, articleColumns...), columns...))
}

func (r *rows) Write(d *record.Document, id string) error {
	e, ok := EntryOf(d, id)
	if !ok {
		return unknown(d, id)
	}
	a := &d.Article
	row := append([]string{a.ID, export.Str(a.URL), export.Str(a.Outlet), export.Str(a.Published), export.Str(a.Title)}, r.of(e, export.NewView(d))...)
	for i := range row {
		row[i] = export.Cell(row[i])
	}
	return r.w.Write(row)
}

func (r *rows) Close() error {
	r.w.Flush()
	return r.w.Error()
}

func statementRow(e *Entry, v *export.View) []string {
	s := e.Statement
	var said []string
	for _, c := range s.Content {
		said = append(said, c.Text)
	}
	cue, code := "", ""
	if s.Cue != nil {
		cue = s.Cue.Text
	}
	if s.Speaker != nil {
		code = v.Codes([]string{*s.Speaker})
	}
	return []string{
		s.ID, s.Kind, s.Polarity, v.Speaker(s), code, strconv.FormatBool(s.Anonymous), export.Str(s.SourceClass), cue, strings.Join(said, " … "), export.Str(s.Hedge),
		v.Names(s.About), v.Names(s.Addressees), export.Chain(s), s.Review,
	}
}

func claimRow(e *Entry, v *export.View) []string {
	c := e.Claim
	var low, high, unit string
	if q := c.Quantity; q != nil {
		low, high, unit = num(q.Low), num(q.High), q.Unit
	}
	return []string{c.ID, c.Span.Text, low, high, unit, v.Names(c.AssertedBy), strconv.FormatBool(len(c.DisputedBy) > 0), export.Str(c.Event), export.Str(c.Statement), c.Review}
}

func articleRow(e *Entry, _ *export.View) []string {
	outcome := ""
	if e.Article.Outcome != nil {
		outcome = e.Article.Outcome.Code
	}
	return []string{export.Str(e.Article.Language), export.Str(e.Article.Genre), strconv.Itoa(e.Article.Events), strconv.Itoa(e.Article.Statements), strconv.Itoa(e.Article.Claims), outcome}
}

func num(f *float64) string {
	if f == nil {
		return ""
	}
	return strconv.FormatFloat(*f, 'f', -1, 64)
}

// table writes two lines per record: what it says, and the words.
type table struct {
	w     io.Writer
	width int
}

func (t *table) Write(d *record.Document, id string) error {
	e, ok := EntryOf(d, id)
	if !ok {
		return unknown(d, id)
	}
	v := export.NewView(d)
	head, words := "", e.Sentence
	switch e.Kind {
	case "event":
		head = eventHead(e, v)
	case "statement":
		s := e.Statement
		head = fmt.Sprintf("%s %s %s %s", Day(d), v.Speaker(s), s.Polarity, s.Kind)
		if s.Review != "" {
			head += " [" + s.Review + "]"
		}
		if len(s.Content) > 0 {
			words = "“" + s.Content[0].Text + "”"
		}
	case "claim":
		head = fmt.Sprintf("%s “%s”", Day(d), e.Claim.Span.Text)
		if by := v.Names(e.Claim.AssertedBy); by != "" {
			head += " by " + by
		}
	case "article":
		head = fmt.Sprintf("%s %s", Day(d), export.Str(d.Article.Title))
		words = fmt.Sprintf("events %d, statements %d, claims %d", len(d.Events), len(d.Statements), len(d.Claims))
	}
	where := e.ID
	if o := export.Str(d.Article.Outlet); o != "" {
		where = o + "  " + where
	}
	_, err := fmt.Fprintf(t.w, "%s\n    %s\n    %s\n", t.clip(head, 0), t.clip(words, 4), where)
	return err
}

func (t *table) Close() error { return nil }

func eventHead(e *Entry, v *export.View) string {
	x := e.Event
	day := export.When(x.Time)
	if day == "" {
		day = "no date   "
	}
	s := day + " " + x.Type
	if x.Status != record.Actual {
		s += " (" + x.Status + ")"
	}
	s += " " + names(v, x.Actors)
	if len(x.Recipients) > 0 {
		s += " → " + names(v, x.Recipients)
	}
	if e.Place != nil {
		s += ", " + e.Place.Name
	}
	s += fmt.Sprintf(" %.2f", x.Confidence)
	if x.Review != "" {
		s += " [" + x.Review + "]"
	}
	return s
}

func names(v *export.View, ids []string) string {
	if s := v.Names(ids); s != "" {
		return s
	}
	return "?"
}

// Day returns the date of publication, in ten characters.
func Day(d *record.Document) string {
	p := export.Str(d.Article.Published)
	if len(p) < 10 {
		return "no date   "
	}
	return p[:10]
}

// clip makes a text one line that fits.
func (t *table) clip(s string, indent int) string {
	s = strings.Join(strings.Fields(s), " ")
	if most := t.width - indent; utf8.RuneCountInString(s) > most {
		r := []rune(s)
		return string(r[:most-1]) + "…"
	}
	return s
}

// Package table prints records for people on a terminal: who did what to whom,
// when and where, whether it happened, and on whose word.
package table

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"casus/internal/export"
	"casus/internal/record"
)

// Options of the table.
type Options struct {
	Width int  // of the terminal, in characters; 0 where there is none
	Color bool // use ANSI colours
	Why   bool // print words, rule and steps under each record
}

// A Writer prints documents one below the other.
type Writer struct {
	w io.Writer
	o Options
	n int
}

// New returns a Writer to w.
func New(w io.Writer, o Options) *Writer {
	if o.Width == 0 {
		o.Width = 1 << 16
	}
	return &Writer{w: w, o: o}
}

// Close implements the interface of writers that hold something back.
func (w *Writer) Close() error { return nil }

// Write prints one document.
func (w *Writer) Write(d *record.Document) error {
	var b strings.Builder
	if w.n > 0 {
		b.WriteString("\n")
	}
	w.n++
	v := export.NewView(d)
	w.heading(&b, d)
	if d.Outcome != nil {
		fmt.Fprintf(&b, "not coded: %s (%s)\n", d.Outcome.Reason, d.Outcome.Code)
	} else {
		w.events(&b, v)
		w.statements(&b, v)
		w.claims(&b, v)
	}
	_, err := io.WriteString(w.w, b.String())
	return err
}

func (w *Writer) heading(b *strings.Builder, d *record.Document) {
	var parts []string
	for _, s := range []*string{d.Article.Title, d.Article.Outlet, d.Article.Published, d.Article.Genre} {
		if s != nil && *s != "" {
			parts = append(parts, *s)
		}
	}
	if len(parts) == 0 {
		parts = []string{d.Article.ID}
	}
	b.WriteString(w.paint(bold, Clean(strings.Join(parts, " · "))) + "\n")
}

func (w *Writer) events(b *strings.Builder, v *export.View) {
	if len(v.Doc.Events) == 0 {
		b.WriteString("no events\n")
		return
	}
	rows := [][]string{{"", "WHO", "WHAT", "WHOM", "WHEN", "WHERE", "STATUS", "ON WHOSE WORD"}}
	for i := range v.Doc.Events {
		e := &v.Doc.Events[i]
		what := e.Type
		if len(e.Modes) > 0 {
			what += " " + strings.Join(e.Modes, ",")
		}
		status := e.Status
		if e.Background {
			status += ", background"
		}
		where := ""
		if p := v.Place(e.Place); p != nil {
			where = p.Name
			if p.Country != nil && *p.Country != "" && p.Type != "country" {
				where += ", " + *p.Country
			}
		}
		rows = append(rows, []string{e.ID, who(v, e.Actors), what, who(v, e.Recipients), export.When(e.Time), where, status, v.OnWordOf(e.AccordingTo)})
	}
	w.grid(b, rows, []int{4, 54, 22, 40, 21, 20, 20, 24}, func(i int) {
		if w.o.Why {
			e := &v.Doc.Events[i]
			w.why(b, export.SentenceText(v.Doc, e.Sentence), e.Trigger.Text, e.Why)
		}
	})
}

func who(v *export.View, ids []string) string {
	var out []string
	for _, id := range ids {
		a := v.Actor(id)
		if a == nil {
			continue
		}
		s := a.Name
		if c := v.Codes([]string{id}); c != "" {
			s += " [" + c + "]"
		}
		out = append(out, s)
	}
	return strings.Join(out, "; ")
}

func (w *Writer) statements(b *strings.Builder, v *export.View) {
	if len(v.Doc.Statements) == 0 {
		return
	}
	rows := [][]string{{"", "SPEAKER", "KIND", "SAID", "TO", "BY WAY OF"}}
	for i := range v.Doc.Statements {
		s := &v.Doc.Statements[i]
		var said []string
		for _, c := range s.Content {
			said = append(said, strings.Join(strings.Fields(c.Text), " "))
		}
		kind := s.Kind
		if s.Polarity != "affirms" && s.Polarity != "" {
			kind += ", " + s.Polarity
		}
		rows = append(rows, []string{s.ID, v.Speaker(s), kind, strings.Join(said, " … "), v.Names(s.Addressees), export.Chain(s)})
	}
	b.WriteString("\n")
	w.grid(b, rows, []int{4, 26, 16, 70, 20, 24}, func(i int) {
		if w.o.Why {
			s := &v.Doc.Statements[i]
			cue := ""
			if s.Cue != nil {
				cue = s.Cue.Text
			}
			w.why(b, "", cue, s.Why)
		}
	})
}

func (w *Writer) claims(b *strings.Builder, v *export.View) {
	if len(v.Doc.Claims) == 0 {
		return
	}
	rows := [][]string{{"", "CLAIM", "QUANTITY", "ASSERTED BY", "DISPUTED BY"}}
	for i := range v.Doc.Claims {
		c := &v.Doc.Claims[i]
		by := v.Names(c.AssertedBy)
		if by == "" {
			by = "the article"
		}
		var against []string
		for _, d := range c.DisputedBy {
			switch {
			case d.Article:
				against = append(against, "the article ("+d.Kind+")")
			case d.Document != "":
				against = append(against, d.Document+" ("+d.Kind+")")
			default:
				against = append(against, v.Names([]string{d.Actor})+" ("+d.Kind+")")
			}
		}
		rows = append(rows, []string{c.ID, c.Span.Text, Interval(c.Quantity), by, strings.Join(against, "; ")})
	}
	b.WriteString("\n")
	w.grid(b, rows, []int{4, 60, 34, 26, 36}, nil)
}

// Interval prints a quantity for people: "[20000, 100000) deaths".
func Interval(q *record.Quantity) string {
	if q == nil {
		return ""
	}
	num := func(f *float64, open string) string {
		if f == nil {
			return open
		}
		return fmt.Sprintf("%.10g", *f)
	}
	low, high := num(q.Low, "-∞"), num(q.High, "∞")
	if low == high {
		return low + " " + q.Unit
	}
	return "[" + low + ", " + high + ") " + q.Unit
}

func (w *Writer) why(b *strings.Builder, sentence, trigger string, y record.Why) {
	pad := "     "
	if sentence != "" {
		s := Clean(strings.Join(strings.Fields(sentence), " "))
		if w.o.Color && trigger != "" {
			s = strings.Replace(s, trigger, w.paint(invert, trigger), 1)
		}
		b.WriteString(pad + "“" + s + "”\n")
	}
	b.WriteString(pad + w.paint(dim, "rule "+y.Rule))
	if trigger != "" {
		b.WriteString(w.paint(dim, " on “"+Clean(trigger)+"”"))
	}
	b.WriteString("\n")
	for _, s := range y.Steps {
		b.WriteString(pad + w.paint(dim, "· "+Clean(s)) + "\n")
	}
	for _, s := range y.Lost {
		b.WriteString(pad + w.paint(dim, "× "+Clean(s)) + "\n")
	}
}

// grid prints rows in columns as wide as their content, at most want, scaled
// to the width of the terminal. after is called behind each row but the first.
func (w *Writer) grid(b *strings.Builder, rows [][]string, want []int, after func(i int)) {
	widths := make([]int, len(want))
	total := 0
	for c := range want {
		for _, r := range rows {
			widths[c] = max(widths[c], min(want[c], utf8.RuneCountInString(r[c])))
		}
		total += widths[c] + 2
	}
	for total > max(w.o.Width, 60) {
		wide := 0
		for c := range widths {
			if widths[c] > widths[wide] {
				wide = c
			}
		}
		if widths[wide] <= 8 {
			break
		}
		widths[wide]--
		total--
	}
	for i, r := range rows {
		line := ""
		for c, cell := range r {
			cell = fit(Clean(cell), widths[c])
			if i == 0 {
				cell = w.paint(dim, cell)
			}
			line += cell + "  "
		}
		b.WriteString(strings.TrimRight(line, " ") + "\n")
		if i > 0 && after != nil {
			after(i - 1)
		}
	}
}

// fit cuts or pads s to n characters.
func fit(s string, n int) string {
	s = strings.Join(strings.Fields(s), " ")
	have := utf8.RuneCountInString(s)
	if have <= n {
		return s + strings.Repeat(" ", n-have)
	}
	r := []rune(s)
	return string(r[:max(0, n-1)]) + "…"
}

// Clean removes control characters, so that an article cannot drive the
// reader's terminal.
func Clean(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f && r < 0xa0 || r == 0x202e || r == 0x2066 || r == 0x2067 {
			return ' '
		}
		return r
	}, s)
}

const (
	bold   = "\x1b[1m"
	dim    = "\x1b[2m"
	invert = "\x1b[7m"
)

func (w *Writer) paint(code, s string) string {
	if !w.o.Color {
		return s
	}
	return code + s + "\x1b[0m"
}

// Package explain says in words why a record exists: the words it stands on,
// the rule, the steps that decided, who the actors are and how that is known,
// and the alternatives that lost.
package explain

import (
	"fmt"
	"io"
	"strings"

	"casus/internal/export"
	"casus/internal/export/table"
	"casus/internal/record"
)

// Write explains the record with the id. It reports whether there is one.
func Write(w io.Writer, d *record.Document, id string) (bool, error) {
	p := &page{v: export.NewView(d)}
	switch {
	case p.event(id), p.statement(id), p.claim(id), p.actor(id), p.place(id), p.time(id):
	default:
		return false, nil
	}
	_, err := io.WriteString(w, p.b.String())
	return true, err
}

type page struct {
	v *export.View
	b strings.Builder
}

func (p *page) line(format string, args ...any) {
	p.b.WriteString(table.Clean(fmt.Sprintf(format, args...)) + "\n")
}

// row prints a name and a value, unless the value is empty.
func (p *page) row(name, value string) {
	if value != "" {
		p.line("  %-12s %s", name, value)
	}
}

func (p *page) event(id string) bool {
	for i := range p.v.Doc.Events {
		e := &p.v.Doc.Events[i]
		if e.ID != id {
			continue
		}
		p.line("%s  %s %s  (%s, confidence %.2f)", e.ID, e.Type, strings.Join(e.Modes, ","), status(e), e.Confidence)
		p.row("words", quoted(export.SentenceText(p.v.Doc, e.Sentence)))
		p.row("trigger", at(e.Trigger))
		p.row("actors", p.who(e.Actors))
		p.row("recipients", p.who(e.Recipients))
		for _, in := range e.Inner {
			p.row("inner act", fmt.Sprintf("%s by %s to %s, %s, on %s", in.Type, orNobody(p.v.Names(in.Actors)), orNobody(p.v.Names(in.Recipients)), in.Status, at(in.Trigger)))
		}
		p.when(e.Time)
		if pl := p.v.Place(e.Place); pl != nil {
			p.row("place", pl.Name+p.kb(pl.KB))
		}
		if e.CAMEO != nil {
			p.row("CAMEO", *e.CAMEO)
		}
		if on := p.v.OnWordOf(e.AccordingTo); on != "" {
			p.row("on word of", on+" ("+strings.Join(e.AccordingTo, ", ")+")")
		} else {
			p.row("on word of", "the article itself")
		}
		for _, m := range e.Mentions {
			p.row("told", at(m.Trigger)+" in "+quoted(export.SentenceText(p.v.Doc, m.Sentence))+", "+m.Status)
		}
		p.why(e.Why)
		return true
	}
	return false
}

func status(e *record.Event) string {
	if e.Background {
		return e.Status + ", background"
	}
	return e.Status
}

func orNobody(s string) string {
	if s == "" {
		return "nobody named"
	}
	return s
}

func (p *page) who(ids []string) string {
	var out []string
	for _, id := range ids {
		a := p.v.Actor(id)
		if a == nil {
			continue
		}
		s := a.Name
		if c := p.v.Codes([]string{id}); c != "" {
			s += " [" + c + "]"
		}
		out = append(out, s+p.kb(a.KB)+" ("+id+")")
	}
	return strings.Join(out, "; ")
}

func (p *page) kb(kb *string) string {
	if kb == nil {
		return ""
	}
	return " <" + *kb + ">"
}

func (p *page) when(t *record.EventTime) {
	if t == nil {
		return
	}
	s := export.When(t) + ", from the " + t.Basis
	if t.Ref != nil {
		for i := range p.v.Doc.Times {
			if x := &p.v.Doc.Times[i]; x.ID == *t.Ref {
				s += fmt.Sprintf(": %s = %s (rule %s)", at(x.Span), x.Value, x.Rule)
			}
		}
	}
	p.row("time", s)
}

func (p *page) why(y record.Why) {
	p.row("rule", y.Rule)
	for _, e := range y.Evidence {
		p.row("evidence", at(e))
	}
	for _, s := range y.Steps {
		p.row("step", s)
	}
	for _, s := range y.Lost {
		p.row("lost", s)
	}
}

func (p *page) statement(id string) bool {
	s := p.v.Statement(id)
	if s == nil {
		return false
	}
	p.line("%s  %s statement by %s (%s)", s.ID, s.Kind, p.v.Speaker(s), s.Polarity)
	for _, c := range s.Content {
		p.row("said", at(c))
	}
	if s.Source != nil {
		p.row("source", at(*s.Source))
	}
	if s.Cue != nil {
		p.row("cue", at(*s.Cue))
	}
	if s.Speaker != nil {
		p.row("speaker", p.who([]string{*s.Speaker}))
	} else {
		p.row("speaker", "unknown; considered: "+orNobody(p.who(s.Candidates)))
	}
	p.row("to", p.who(s.Addressees))
	p.row("by way of", export.Chain(s))
	if s.Anonymous {
		p.row("anonymous", "yes, "+deref(s.SourceClass))
	}
	p.when(s.Time)
	p.why(s.Why)
	return true
}

func (p *page) claim(id string) bool {
	for i := range p.v.Doc.Claims {
		c := &p.v.Doc.Claims[i]
		if c.ID != id {
			continue
		}
		p.line("%s  claim", c.ID)
		p.row("words", at(c.Span))
		p.row("quantity", table.Interval(c.Quantity))
		by := p.who(c.AssertedBy)
		if by == "" {
			by = "the article itself"
		}
		p.row("asserted by", by)
		p.row("disputes", strings.Join(c.Disputes, ", "))
		p.why(c.Why)
		return true
	}
	return false
}

func (p *page) actor(id string) bool {
	a := p.v.Actor(id)
	if a == nil {
		return false
	}
	p.line("%s  %s (%s)", a.ID, a.Name, a.Type)
	p.row("code", p.v.Codes([]string{id}))
	p.row("sectors", strings.Join(a.Sectors, ", "))
	p.row("role", deref(a.Role))
	p.row("KB", deref(a.KB))
	for _, m := range a.Mentions {
		p.row(m.Form, at(m.Span))
	}
	for _, r := range a.Why {
		p.row("rule", r)
	}
	return true
}

func (p *page) place(id string) bool {
	pl := p.v.Place(&id)
	if pl == nil {
		return false
	}
	p.line("%s  %s (%s)", pl.ID, pl.Name, pl.Type)
	p.row("country", deref(pl.Country))
	p.row("KB", deref(pl.KB))
	if pl.Lat != nil && pl.Lon != nil {
		p.row("at", fmt.Sprintf("%.4f, %.4f", *pl.Lat, *pl.Lon))
	}
	for _, m := range pl.Mentions {
		p.row(m.Use, at(m.Span))
	}
	for _, r := range pl.Why {
		p.row("rule", r)
	}
	for _, c := range pl.Candidates {
		p.row("lost", fmt.Sprintf("%s, %s <%s> (score %.2f)", c.Name, c.Country, c.KB, c.Score))
	}
	return true
}

func (p *page) time(id string) bool {
	for i := range p.v.Doc.Times {
		t := &p.v.Doc.Times[i]
		if t.ID != id {
			continue
		}
		p.line("%s  %s %s", t.ID, t.Type, t.Value)
		p.row("words", at(t.Span))
		p.row("from", deref(t.From))
		p.row("to", deref(t.To))
		p.row("rule", t.Rule)
		return true
	}
	return false
}

func quoted(s string) string { return "“" + strings.Join(strings.Fields(s), " ") + "”" }

// at prints words and where they stand.
func at(s record.Span) string {
	in := ""
	if s.In != "" {
		in = " in the " + s.In
	}
	return fmt.Sprintf("%s at %d–%d%s", quoted(s.Text), s.Start, s.End, in)
}

func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

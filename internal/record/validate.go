package record

import (
	"fmt"
	"unicode/utf8"
)

// Validate checks what must hold of a document: every span slices back to its
// words, every id is unique, every link leads to a record. It returns the first
// fault, named by its record.
func Validate(d *Document) error {
	v := &validator{text: []rune(d.Article.Text), ids: map[string]bool{}}
	if !utf8.ValidString(d.Article.Text) {
		return fmt.Errorf("article text is not valid UTF-8")
	}
	if d.Article.Title != nil {
		v.title = []rune(*d.Article.Title)
	}
	v.declare(d)
	v.sentences(d)
	v.actorsPlacesTimes(d)
	for i := range d.Events {
		v.event(&d.Events[i])
	}
	for i := range d.Statements {
		v.statement(&d.Statements[i])
	}
	for i := range d.Claims {
		v.claim(&d.Claims[i])
	}
	return v.err
}

type validator struct {
	text, title []rune
	ids         map[string]bool
	n           int // sentences
	err         error
}

func (v *validator) fail(format string, args ...any) {
	if v.err == nil {
		v.err = fmt.Errorf(format, args...)
	}
}

func (v *validator) declare(d *Document) {
	add := func(id string) {
		if id == "" || v.ids[id] {
			v.fail("id %q is empty or used twice", id)
		}
		v.ids[id] = true
	}
	for i := range d.Actors {
		add(d.Actors[i].ID)
	}
	for i := range d.Places {
		add(d.Places[i].ID)
	}
	for i := range d.Times {
		add(d.Times[i].ID)
	}
	for i := range d.Events {
		add(d.Events[i].ID)
	}
	for i := range d.Statements {
		add(d.Statements[i].ID)
	}
	for i := range d.Claims {
		add(d.Claims[i].ID)
	}
}

func (v *validator) sentences(d *Document) {
	v.n = len(d.Article.Sentences)
	for i, s := range d.Article.Sentences {
		src := v.text
		if s.In == "title" {
			src = v.title
		}
		if s.Start < 0 || s.End < s.Start || s.End > len(src) {
			v.fail("sentence %d: [%d,%d) lies outside the text", i, s.Start, s.End)
		}
	}
}

func (v *validator) span(of string, s Span) {
	src := v.text
	if s.In == "title" {
		src = v.title
	}
	if s.Start < 0 || s.End < s.Start || s.End > len(src) {
		v.fail("%s: span [%d,%d) lies outside the text", of, s.Start, s.End)
		return
	}
	if got := string(src[s.Start:s.End]); got != s.Text {
		v.fail("%s: span [%d,%d) holds %q, record says %q", of, s.Start, s.End, got, s.Text)
	}
}

func (v *validator) spans(of string, ss []Span) {
	for _, s := range ss {
		v.span(of, s)
	}
}

func (v *validator) links(of string, ids ...string) {
	for _, id := range ids {
		if !v.ids[id] {
			v.fail("%s: no record %q", of, id)
		}
	}
}

func (v *validator) link(of string, id *string) {
	if id != nil {
		v.links(of, *id)
	}
}

func (v *validator) at(of string, sentence int) {
	if sentence < 0 || sentence >= v.n {
		v.fail("%s: no sentence %d", of, sentence)
	}
}

func (v *validator) time(of string, t *EventTime) {
	if t != nil {
		v.link(of, t.Ref)
	}
}

func (v *validator) actorsPlacesTimes(d *Document) {
	for i := range d.Actors {
		for _, m := range d.Actors[i].Mentions {
			v.span(d.Actors[i].ID, m.Span)
		}
	}
	for i := range d.Places {
		for _, m := range d.Places[i].Mentions {
			v.span(d.Places[i].ID, m.Span)
		}
	}
	for i := range d.Times {
		v.span(d.Times[i].ID, d.Times[i].Span)
	}
}

func (v *validator) event(e *Event) {
	v.span(e.ID, e.Trigger)
	v.at(e.ID, e.Sentence)
	v.links(e.ID, e.Actors...)
	v.links(e.ID, e.Recipients...)
	v.links(e.ID, e.DisputedBy...)
	v.links(e.ID, e.AccordingTo...)
	v.link(e.ID, e.Place)
	v.time(e.ID, e.Time)
	v.spans(e.ID, e.Why.Evidence)
	for _, m := range e.Mentions {
		v.span(e.ID, m.Trigger)
		v.at(e.ID, m.Sentence)
		v.links(e.ID, m.AccordingTo...)
	}
	for _, in := range e.Inner {
		v.span(e.ID, in.Trigger)
		v.links(e.ID, in.Actors...)
		v.links(e.ID, in.Recipients...)
	}
	for _, c := range e.Size {
		v.links(e.ID, c)
	}
}

func (v *validator) statement(s *Statement) {
	v.at(s.ID, s.Sentence)
	v.link(s.ID, s.Speaker)
	v.link(s.ID, s.Within)
	v.links(s.ID, s.Candidates...)
	v.links(s.ID, s.Addressees...)
	v.links(s.ID, s.About...)
	v.time(s.ID, s.Time)
	v.spans(s.ID, s.Content)
	v.spans(s.ID, s.Why.Evidence)
	for _, sp := range []*Span{s.Source, s.Cue} {
		if sp != nil {
			v.span(s.ID, *sp)
		}
	}
	for _, l := range s.Via {
		v.link(s.ID, l.Actor)
		if l.Span != nil {
			v.span(s.ID, *l.Span)
		}
	}
}

func (v *validator) claim(c *Claim) {
	v.span(c.ID, c.Span)
	v.link(c.ID, c.Event)
	v.link(c.ID, c.Statement)
	v.links(c.ID, c.AssertedBy...)
	v.links(c.ID, c.Disputes...)
	v.spans(c.ID, c.Why.Evidence)
	for _, d := range c.DisputedBy {
		v.link(c.ID, d.Statement)
		if d.Actor != "" {
			v.links(c.ID, d.Actor)
		}
	}
}

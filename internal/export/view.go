// Package export is the room of the shapes that records take for others. This
// file holds what several of them ask of a document.
package export

import (
	"strings"

	"casus/internal/record"
)

// A View looks up the records of one document by id.
type View struct {
	Doc        *record.Document
	actors     map[string]*record.Actor
	places     map[string]*record.Place
	statements map[string]*record.Statement
}

// NewView indexes the document.
func NewView(d *record.Document) *View {
	v := &View{Doc: d, actors: map[string]*record.Actor{}, places: map[string]*record.Place{}, statements: map[string]*record.Statement{}}
	for i := range d.Actors {
		v.actors[d.Actors[i].ID] = &d.Actors[i]
	}
	for i := range d.Places {
		v.places[d.Places[i].ID] = &d.Places[i]
	}
	for i := range d.Statements {
		v.statements[d.Statements[i].ID] = &d.Statements[i]
	}
	return v
}

// Actor returns the actor with the id, or nil.
func (v *View) Actor(id string) *record.Actor { return v.actors[id] }

// Place returns the place with the id, or nil.
func (v *View) Place(id *string) *record.Place {
	if id == nil {
		return nil
	}
	return v.places[*id]
}

// Statement returns the statement with the id, or nil.
func (v *View) Statement(id string) *record.Statement { return v.statements[id] }

// Names returns the names of actors, separated by "; ".
func (v *View) Names(ids []string) string {
	return v.join(ids, func(a *record.Actor) string { return a.Name })
}

// Codes returns the PLOVER codes of actors: country and primary sector.
func (v *View) Codes(ids []string) string {
	return v.join(ids, func(a *record.Actor) string {
		var parts []string
		if a.Code != nil {
			parts = append(parts, *a.Code)
		}
		if len(a.Sectors) > 0 {
			parts = append(parts, a.Sectors[0])
		}
		return strings.Join(parts, " ")
	})
}

func (v *View) join(ids []string, of func(*record.Actor) string) string {
	var out []string
	for _, id := range ids {
		if a := v.actors[id]; a != nil {
			out = append(out, of(a))
		}
	}
	return strings.Join(out, "; ")
}

// OnWordOf says on whose word an event stands: the sources of the statements,
// or "" when the article asserts it itself.
func (v *View) OnWordOf(statements []string) string {
	var out []string
	seen := map[string]bool{}
	for _, id := range statements {
		if s := v.statements[id]; s != nil {
			if w := v.Speaker(s); !seen[w] {
				seen[w] = true
				out = append(out, w)
			}
		}
	}
	return strings.Join(out, "; ")
}

// Speaker returns the best name for who made the statement.
func (v *View) Speaker(s *record.Statement) string {
	if s.Speaker != nil {
		if a := v.actors[*s.Speaker]; a != nil {
			return a.Name
		}
	}
	if s.Source != nil {
		return s.Source.Text
	}
	return "unnamed"
}

// Chain returns the road a statement came by: "X (platform), The Post (outlet)".
func Chain(s *record.Statement) string {
	var out []string
	for _, l := range s.Via {
		out = append(out, l.Name+" ("+l.Kind+")")
	}
	return strings.Join(out, ", ")
}

// When returns the time of an event in as few characters as say it.
func When(t *record.EventTime) string {
	switch {
	case t == nil || t.From == nil:
		return ""
	case t.To == nil || *t.To == *t.From:
		return *t.From
	}
	return *t.From + "/" + *t.To
}

// SentenceText returns the words of a sentence of the document.
func SentenceText(d *record.Document, i int) string {
	if i < 0 || i >= len(d.Article.Sentences) {
		return ""
	}
	s := d.Article.Sentences[i]
	src := d.Article.Text
	if s.In == "title" && d.Article.Title != nil {
		src = *d.Article.Title
	}
	return slice(src, s.Start, s.End)
}

// slice returns code points [start, end) of s.
func slice(s string, start, end int) string {
	n, from := 0, -1
	for i := range s {
		if n == start {
			from = i
		}
		if n == end {
			return s[from:i]
		}
		n++
	}
	if from < 0 {
		return ""
	}
	return s[from:]
}

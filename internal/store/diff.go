package store

import (
	"bytes"
	"encoding/json"

	"casus/internal/record"
)

// A Difference is a record that two codings of one article do not share.
type Difference struct {
	Record string // id in the coding that has it; of an edit, in the second
	Op     string // add, edit, delete
	Kind   string // event, statement, claim
	Before any    // *record.Event, *record.Statement or *record.Claim, or nil
	After  any
}

// Diff compares the events, statements and claims of two codings. A record is
// the same one when it stands on the same words; it is edited when anything but
// its id and the ids it points to is different.
func Diff(a, b *record.Document) []Difference {
	var out []Difference
	out = diff(out, "event", items(a, a.Events, func(e *record.Event) (string, string, any) { return key("event", e.Trigger), e.ID, eventFace(a, e) }),
		items(b, b.Events, func(e *record.Event) (string, string, any) { return key("event", e.Trigger), e.ID, eventFace(b, e) }))
	out = diff(out, "statement", items(a, a.Statements, func(s *record.Statement) (string, string, any) {
		return key("statement", first(s)), s.ID, statementFace(a, s)
	}),
		items(b, b.Statements, func(s *record.Statement) (string, string, any) {
			return key("statement", first(s)), s.ID, statementFace(b, s)
		}))
	out = diff(out, "claim", items(a, a.Claims, func(c *record.Claim) (string, string, any) { return key("claim", c.Span), c.ID, claimFace(a, c) }),
		items(b, b.Claims, func(c *record.Claim) (string, string, any) { return key("claim", c.Span), c.ID, claimFace(b, c) }))
	return out
}

type item struct {
	anchor, id string
	face       []byte
	rec        any
}

func items[T any](_ *record.Document, rs []T, of func(*T) (anchor, id string, face any)) []item {
	out := make([]item, len(rs))
	for i := range rs {
		anchor, id, face := of(&rs[i])
		// Faces are made of plain values, which always marshal.
		raw, err := json.Marshal(face)
		if err != nil {
			raw = []byte(err.Error())
		}
		out[i] = item{anchor, id, raw, &rs[i]}
	}
	return out
}

func diff(out []Difference, kind string, a, b []item) []Difference {
	before := map[string][]item{}
	for _, x := range a {
		before[x.anchor] = append(before[x.anchor], x)
	}
	for _, y := range b {
		xs := before[y.anchor]
		if len(xs) == 0 {
			out = append(out, Difference{y.id, "add", kind, nil, y.rec})
			continue
		}
		best := 0
		for i, x := range xs {
			if bytes.Equal(x.face, y.face) {
				best = i
				break
			}
		}
		if !bytes.Equal(xs[best].face, y.face) {
			out = append(out, Difference{y.id, "edit", kind, xs[best].rec, y.rec})
		}
		before[y.anchor] = append(xs[:best:best], xs[best+1:]...)
	}
	for _, x := range a {
		for _, left := range before[x.anchor] {
			if left.id == x.id {
				out = append(out, Difference{x.id, "delete", kind, x.rec, nil})
			}
		}
	}
	return out
}

// Faces are what a reader sees of a record: ids replaced by what they name.

func eventFace(d *record.Document, e *record.Event) any {
	f := *e
	f.ID, f.Why, f.Review = "", record.Why{}, ""
	f.Actors, f.Recipients = actorFaces(d, e.Actors), actorFaces(d, e.Recipients)
	f.DisputedBy, f.AccordingTo = anchors(d, e.DisputedBy), anchors(d, e.AccordingTo)
	f.Place = placeFace(d, e.Place)
	f.Size = map[string]string{}
	for k, c := range e.Size {
		f.Size[k] = Anchor(d, c)
	}
	f.Inner, f.Mentions = nil, nil
	if e.Time != nil {
		t := *e.Time
		t.Ref = nil
		f.Time = &t
	}
	return f
}

func statementFace(d *record.Document, s *record.Statement) any {
	f := *s
	f.ID, f.Why, f.Review, f.Candidates = "", record.Why{}, "", nil
	f.Addressees, f.About = actorFaces(d, s.Addressees), actorFaces(d, s.About)
	f.Via = nil
	if s.Speaker != nil {
		f.Speaker = &actorFaces(d, []string{*s.Speaker})[0]
	}
	if s.Within != nil {
		w := Anchor(d, *s.Within)
		f.Within = &w
	}
	if s.Time != nil {
		t := *s.Time
		t.Ref = nil
		f.Time = &t
	}
	return f
}

func claimFace(d *record.Document, c *record.Claim) any {
	f := *c
	f.ID, f.Why, f.Review, f.DisputedBy = "", record.Why{}, "", nil
	f.AssertedBy, f.Disputes = actorFaces(d, c.AssertedBy), anchors(d, c.Disputes)
	for _, l := range []**string{&f.Event, &f.Statement} {
		if *l != nil {
			a := Anchor(d, **l)
			*l = &a
		}
	}
	return f
}

func actorFaces(d *record.Document, ids []string) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = id
		for j := range d.Actors {
			if a := &d.Actors[j]; a.ID == id {
				out[i] = a.Name + " " + str(a.Code)
			}
		}
	}
	return out
}

func anchors(d *record.Document, ids []string) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = Anchor(d, id)
	}
	return out
}

func placeFace(d *record.Document, id *string) *string {
	if id == nil {
		return nil
	}
	for i := range d.Places {
		if d.Places[i].ID == *id {
			return &d.Places[i].Name
		}
	}
	return id
}

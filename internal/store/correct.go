package store

import (
	"encoding/json"
	"fmt"

	"casus/internal/record"
)

// Marks of reviewed records.
const (
	Accepted = "accepted"
	Edited   = "edited"
	Rejected = "rejected"
)

// Anchor names a record by its kind and the words it stands on, which stay when
// another coder gives it another id. It is "" for an unknown id.
func Anchor(d *record.Document, id string) string {
	for i := range d.Events {
		if e := &d.Events[i]; e.ID == id {
			return key("event", e.Trigger)
		}
	}
	for i := range d.Statements {
		if s := &d.Statements[i]; s.ID == id {
			return key("statement", first(s))
		}
	}
	for i := range d.Claims {
		if c := &d.Claims[i]; c.ID == id {
			return key("claim", c.Span)
		}
	}
	return ""
}

func key(kind string, s record.Span) string {
	return fmt.Sprintf("%s %s %d-%d", kind, s.In, s.Start, s.End)
}

// first returns the first piece of what a statement says, or its cue.
func first(s *record.Statement) record.Span {
	switch {
	case len(s.Content) > 0:
		return s.Content[0]
	case s.Cue != nil:
		return *s.Cue
	}
	return record.Span{}
}

// A Verdict is a correction, found by its anchor.
type Verdict struct {
	Anchor, Action string
	Patch          []byte
}

// Apply lays verdicts over the records of a document, the later over the
// earlier. Rejected records stay, marked. An edit that no longer fits the
// records of another coder is passed over.
func Apply(d *record.Document, vs []Verdict) {
	for _, v := range vs {
		for i := range d.Events {
			if e := &d.Events[i]; key("event", e.Trigger) == v.Anchor {
				apply(d, e, &e.Review, &e.ID, v)
			}
		}
		for i := range d.Statements {
			if s := &d.Statements[i]; key("statement", first(s)) == v.Anchor {
				apply(d, s, &s.Review, &s.ID, v)
			}
		}
		for i := range d.Claims {
			if c := &d.Claims[i]; key("claim", c.Span) == v.Anchor {
				apply(d, c, &c.Review, &c.ID, v)
			}
		}
	}
}

func apply[T any](d *record.Document, r *T, review, id *string, v Verdict) {
	switch v.Action {
	case Accept:
		*review = Accepted
	case Reject:
		*review = Rejected
	case Edit:
		before, was := *r, *id
		if err := merge(r, v.Patch); err != nil || *id != was || record.Validate(d) != nil {
			*r = before
			return
		}
		*review = Edited
	}
}

// merge lays a JSON merge patch over a record.
func merge[T any](r *T, patch []byte) error {
	raw, err := json.Marshal(r)
	if err != nil {
		return err
	}
	var have, with any
	if err := json.Unmarshal(raw, &have); err != nil {
		return err
	}
	if err := json.Unmarshal(patch, &with); err != nil {
		return fmt.Errorf("the edit is not JSON: %w", err)
	}
	raw, err = json.Marshal(mergePatch(have, with))
	if err != nil {
		return err
	}
	var out T
	if err := json.Unmarshal(raw, &out); err != nil {
		return fmt.Errorf("the edit does not fit the record: %w", err)
	}
	*r = out
	return nil
}

// mergePatch is RFC 7386.
func mergePatch(have, with any) any {
	w, ok := with.(map[string]any)
	if !ok {
		return with
	}
	h, ok := have.(map[string]any)
	if !ok {
		h = map[string]any{}
	}
	for k, v := range w {
		if v == nil {
			delete(h, k)
		} else {
			h[k] = mergePatch(h[k], v)
		}
	}
	return h
}

// TryEdit checks that a patch fits a record: that it is JSON, names known
// fields, and leaves a document that is sound.
func TryEdit(d *record.Document, id string, patch []byte) error {
	for i := range d.Events {
		if e := &d.Events[i]; e.ID == id {
			return tryEdit(d, e, &e.ID, patch)
		}
	}
	for i := range d.Statements {
		if s := &d.Statements[i]; s.ID == id {
			return tryEdit(d, s, &s.ID, patch)
		}
	}
	for i := range d.Claims {
		if c := &d.Claims[i]; c.ID == id {
			return tryEdit(d, c, &c.ID, patch)
		}
	}
	return ErrNotFound
}

func tryEdit[T any](d *record.Document, r *T, id *string, patch []byte) error {
	before, was := *r, *id
	defer func() { *r = before }()
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(patch, &fields); err != nil {
		return fmt.Errorf("the edit is not a JSON object: %w", err)
	}
	var known map[string]json.RawMessage
	raw, err := json.Marshal(r)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(raw, &known); err != nil {
		return err
	}
	for f := range fields {
		if _, ok := known[f]; !ok || f == "id" || f == "review" {
			return fmt.Errorf("the edit names %q, which is no field that can be edited", f)
		}
	}
	if err := merge(r, patch); err != nil {
		return err
	}
	if *id != was {
		return fmt.Errorf("the id of a record cannot be edited")
	}
	if err := record.Validate(d); err != nil {
		return fmt.Errorf("the edit leaves a record that is not sound: %w", err)
	}
	return nil
}

package store

import (
	"encoding/json"
	"testing"

	"casus/internal/record"
)

func TestMergePatch(t *testing.T) {
	for _, c := range [][3]string{ // RFC 7386, in cases of our own
		{`{"a":1,"b":2}`, `{"a":3}`, `{"a":3,"b":2}`},
		{`{"a":1,"b":2}`, `{"b":null}`, `{"a":1}`},
		{`{"a":{"x":1,"y":2}}`, `{"a":{"y":null,"z":3}}`, `{"a":{"x":1,"z":3}}`},
		{`{"a":[1,2]}`, `{"a":[3]}`, `{"a":[3]}`},
		{`{"a":1}`, `{"a":{"b":null,"c":1}}`, `{"a":{"c":1}}`},
		{`{"a":1}`, `[1]`, `[1]`},
	} {
		var have, with any
		if json.Unmarshal([]byte(c[0]), &have) != nil || json.Unmarshal([]byte(c[1]), &with) != nil {
			t.Fatal(c)
		}
		got, err := json.Marshal(mergePatch(have, with))
		if err != nil || string(got) != c[2] {
			t.Errorf("%s with %s = %s (%v), want %s", c[0], c[1], got, err, c[2])
		}
	}
}

func two() (a, b *record.Document) {
	make1 := func() *record.Document {
		return &record.Document{
			Article: record.Article{Text: "Ana met Bo and hit Cy.", Sentences: []record.Sentence{{Start: 0, End: 22}}},
			Actors:  []record.Actor{{ID: "a1", Name: "Ana"}, {ID: "a2", Name: "Bo"}},
			Events: []record.Event{
				{ID: "e1", Type: "CONSULT", Actors: []string{"a1"}, Recipients: []string{"a2"}, Trigger: record.Span{Start: 4, End: 7, Text: "met"}},
				{ID: "e2", Type: "ASSAULT", Actors: []string{"a1"}, Trigger: record.Span{Start: 15, End: 18, Text: "hit"}},
			},
		}
	}
	return make1(), make1()
}

func TestDiffGoesByWordsNotIDs(t *testing.T) {
	a, b := two()
	b.Events[0].ID, b.Events[1].ID = "e2", "e1"
	b.Events[0], b.Events[1] = b.Events[1], b.Events[0]
	b.Actors[0].ID, b.Actors[1].ID = "a7", "a8"
	for i := range b.Events {
		b.Events[i].Actors = []string{"a7"}
		if b.Events[i].Type == "CONSULT" {
			b.Events[i].Recipients = []string{"a8"}
		}
	}
	if d := Diff(a, b); len(d) != 0 {
		t.Errorf("other ids make a difference: %+v", d)
	}
	b.Actors[1].Name = "Cy"
	if d := Diff(a, b); len(d) != 1 || d[0].Op != "edit" || d[0].Record != "e2" {
		t.Errorf("another recipient: %+v", d)
	}
	if d := Diff(a, &record.Document{}); len(d) != 2 || d[0].Op != "delete" {
		t.Errorf("nothing left: %+v", d)
	}
	if d := Diff(&record.Document{}, a); len(d) != 2 || d[1].Op != "add" {
		t.Errorf("all new: %+v", d)
	}
}

func TestApplyPassesOverWhatNoLongerFits(t *testing.T) {
	d, _ := two()
	Apply(d, []Verdict{
		{Anchor(d, "e1"), Edit, []byte(`{"actors":["a99"]}`)},
		{Anchor(d, "e2"), Reject, nil},
		{"event  99-100", Reject, nil},
	})
	if d.Events[0].Review != "" || d.Events[0].Actors[0] != "a1" || d.Events[1].Review != Rejected {
		t.Errorf("events = %+v", d.Events)
	}
}

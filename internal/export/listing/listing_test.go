package listing

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"

	"casus/internal/record"
)

func sample() *record.Document {
	p := record.Ptr[string]
	cue := record.Span{Start: 20, End: 24, Text: "said"}
	return &record.Document{
		Article: record.Article{ID: "x", Outlet: p("=Post()"), Published: p("2026-01-13T08:00:00Z"), Title: p("T"), Text: "Ana met Bo. “Yes,” said Ana of 3 men.", Sentences: []record.Sentence{{Start: 0, End: 11}, {Start: 12, End: 37}}},
		Actors:  []record.Actor{{ID: "a1", Name: "Ana", Mentions: []record.Mention{{Form: "name"}}}, {ID: "a2", Name: "Bo"}},
		Events:  []record.Event{{ID: "e1", Type: "CONSULT", Status: record.Negated, Actors: []string{"a1"}, Recipients: []string{"a2"}, Trigger: record.Span{Start: 4, End: 7, Text: "met"}, Time: &record.EventTime{From: p("2026-01-12")}, Review: "edited"}},
		Statements: []record.Statement{{
			ID: "s1", Kind: "direct", Polarity: "affirms", Speaker: p("a1"), Cue: &cue, Content: []record.Span{{Start: 13, End: 16, Text: "Yes"}, {Start: 28, End: 30, Text: "of"}}, Sentence: 1,
		}},
		Claims: []record.Claim{{ID: "c1", Span: record.Span{Start: 31, End: 36, Text: "3 men"}, AssertedBy: []string{"a1"}, Quantity: &record.Quantity{Low: record.Ptr(3.0), Unit: "men"}}},
	}
}

func write(t *testing.T, format, kind, id string, width int) string {
	t.Helper()
	var b bytes.Buffer
	w, err := New(&b, format, kind, width)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Write(sample(), id); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestTable(t *testing.T) {
	for id, want := range map[string]string{
		"e1": "2026-01-12 CONSULT (negated) Ana → Bo 0.00 [edited]\n    Ana met Bo.\n    =Post()  x/e1\n",
		"s1": "2026-01-13 Ana affirms direct\n    “Yes”\n    =Post()  x/s1\n",
		"c1": "2026-01-13 “3 men” by Ana\n    “Yes,” said Ana of 3 men.\n    =Post()  x/c1\n",
		"":   "2026-01-13 T\n    events 1, statements 1, claims 1\n    =Post()  x\n",
	} {
		if got := write(t, "table", "", id, 100); got != want {
			t.Errorf("%q: got\n%swant\n%s", id, got, want)
		}
	}
	if got := write(t, "table", "event", "e1", 20); !strings.HasPrefix(got, "2026-01-12 CONSULT …\n") {
		t.Errorf("narrow: %q", got)
	}
}

func TestCSV(t *testing.T) {
	for kind, c := range map[string]struct{ id, column, want string }{
		"event": {"e1", "type", "CONSULT"}, "statement": {"s1", "content", "Yes … of"}, "claim": {"c1", "low", "3"}, "article": {"", "outlet", "'=Post()"},
	} {
		rows, err := csv.NewReader(strings.NewReader(write(t, "csv", kind, c.id, 0))).ReadAll()
		if err != nil || len(rows) != 2 || len(rows[0]) != len(rows[1]) {
			t.Fatalf("%s: %v, %v", kind, rows, err)
		}
		for i, name := range rows[0] {
			if name == c.column && rows[1][i] != c.want {
				t.Errorf("%s: %s = %q, want %q", kind, name, rows[1][i], c.want)
			}
		}
	}
}

func TestJSON(t *testing.T) {
	var es []Entry
	if err := json.Unmarshal([]byte(write(t, "json", "event", "e1", 0)), &es); err != nil || len(es) != 1 {
		t.Fatal(err)
	}
	e := es[0]
	if e.ID != "x/e1" || e.Kind != "event" || e.Event.Type != "CONSULT" || len(e.Actors) != 2 || e.Sentence != "Ana met Bo." {
		t.Errorf("entry = %+v", e)
	}
	var b bytes.Buffer
	w, err := New(&b, "json", "event", 0)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil || b.String() != "[]\n" {
		t.Errorf("nothing is written as %q", b.String())
	}
	if _, err := New(&b, "xml", "event", 0); err == nil {
		t.Error("an unknown format is accepted")
	}
	if w, err := New(&b, "jsonl", "event", 0); err != nil || w.Write(sample(), "e9") == nil {
		t.Error("an unknown record is written")
	}
}

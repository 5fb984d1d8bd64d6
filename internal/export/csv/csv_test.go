package csv

import (
	"bytes"
	"encoding/csv"
	"testing"

	"casus/internal/record"
)

func TestWrite(t *testing.T) {
	d := &record.Document{
		Article: record.Article{ID: "x", Text: "Ana met Bo.\nYes.", Title: record.Ptr("T"), Sentences: []record.Sentence{{Start: 0, End: 11}}},
		Actors:  []record.Actor{{ID: "a1", Name: "=HYPERLINK(\"x\")", Code: record.Ptr("FRA"), Sectors: []string{"GOV"}}},
		Events: []record.Event{{
			ID: "e1", Type: "CONSULT", Status: record.Actual, Actors: []string{"a1"}, Trigger: record.Span{Start: 4, End: 7, Text: "met"},
			Time: &record.EventTime{From: record.Ptr("2026-01-12"), To: record.Ptr("2026-01-12"), Basis: "clause"}, Confidence: 0.8,
		}},
	}
	var b bytes.Buffer
	w := New(&b)
	if err := w.Write(d); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&b).ReadAll()
	if err != nil || len(rows) != 2 {
		t.Fatalf("%d rows, %v; want 2", len(rows), err)
	}
	got := map[string]string{}
	for i, c := range rows[0] {
		got[c] = rows[1][i]
	}
	for c, want := range map[string]string{
		"type": "CONSULT", "actors": "'=HYPERLINK(\"x\")", "actor_codes": "FRA GOV", "from": "2026-01-12", "date_basis": "clause",
		"confidence": "0.80", "trigger": "met", "sentence": "Ana met Bo.", "place": "",
	} {
		if got[c] != want {
			t.Errorf("column %s = %q, want %q", c, got[c], want)
		}
	}
}

func TestCloseWritesTheHeaderOfAnEmptyRun(t *testing.T) {
	var b bytes.Buffer
	if err := New(&b).Close(); err != nil || !bytes.HasPrefix(b.Bytes(), []byte("article_id,")) {
		t.Errorf("got %q, %v", b.String(), err)
	}
}

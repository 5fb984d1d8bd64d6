package eval

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"casus/internal/article"
	"casus/internal/record"
)

// codedFile returns a Coder that answers with the events of a file, first most
// confident, among events that are not shown and must not count.
func codedFile(t *testing.T, path string) Coder {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	type actor struct{ Code, Sector string }
	docs := map[string]*record.Document{}
	sc := bufio.NewScanner(bytes.NewReader(data))
	for sc.Scan() {
		var p struct {
			ID     string
			Events []struct {
				Event, CAMEO   string
				Source, Target []actor
			}
		}
		if err := json.Unmarshal(sc.Bytes(), &p); err != nil {
			t.Fatal(err)
		}
		d := &record.Document{Events: []record.Event{
			{Type: "MOBILIZE", Status: record.Future, Confidence: 1},
			{Type: "MOBILIZE", Status: record.Actual, Background: true, Confidence: 1},
		}}
		side := func(actors []actor) (ids []string) {
			for _, a := range actors {
				id := fmt.Sprintf("a%d", len(d.Actors)+1)
				d.Actors = append(d.Actors, record.Actor{ID: id, Code: record.Ptr(a.Code), Sectors: []string{a.Sector}})
				ids = append(ids, id)
			}
			return ids
		}
		for i, e := range p.Events {
			d.Events = append(d.Events, record.Event{
				Type: e.Event, CAMEO: record.Ptr(e.CAMEO), Status: record.Actual, Confidence: 0.9 - 0.1*float64(i),
				Actors: side(e.Source), Recipients: side(e.Target),
			})
		}
		docs[p.ID] = d
	}
	return func(a *article.Article) *record.Document { return docs[a.ID] }
}

// The counts are those of the field's scorer on the same two files; it knows no
// primary event, no sectors and no negatives, which were counted by hand.
func TestEvents(t *testing.T) {
	gold, err := os.Open("testdata/events_gold.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer gold.Close()
	r, err := Events(gold, codedFile(t, "testdata/events_pred.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"type":                            "66.7 / 85.7 / 75.0",
		"type, primary event":             "85.7 / 85.7 / 85.7",
		"type + source":                   "60.0 / 75.0 / 66.7",
		"type + source + target":          "55.6 / 71.4 / 62.5",
		"dyad, primary event":             "71.4 / 71.4 / 71.4",
		"CAMEO root":                      "75.0 / 85.7 / 80.0",
		"CAMEO code":                      "50.0 / 57.1 / 53.3",
		"quad class":                      "75.0 / 100.0 / 85.7",
		"sector of found actors":          "71.4",
		"shown per 100 negatives":         "50.0",
		"macro F1 over types of the gold": "81.0",
		"ACCUSE":                          "100.0 / 100.0 / 100.0",
		"AGREE":                           "0.0 / 0.0 / 0.0",
		"ASSAULT":                         "50.0 / 100.0 / 66.7",
		"COERCE":                          "0.0 / 0.0 / 0.0",
		"CONCEDE/RETREAT":                 "100.0 / 100.0 / 100.0",
		"CONSULT":                         "100.0 / 100.0 / 100.0",
		"PROTEST":                         "0.0 / 0.0 / 0.0",
		"SANCTION":                        "100.0 / 100.0 / 100.0",
		"SUPPORT":                         "100.0 / 100.0 / 100.0",
	}
	for _, row := range r.Rows {
		got := ""
		if row.Value != nil {
			got = fmt.Sprintf("%.1f", 100**row.Value)
		} else {
			got = fmt.Sprintf("%.1f / %.1f / %.1f", 100**row.P, 100**row.R, 100**row.F1)
		}
		if w, ok := want[row.Name]; !ok || got != w {
			t.Errorf("%s = %s, want %s", row.Name, got, w)
		}
		delete(want, row.Name)
		if row.Name == "PROTEST" && !strings.Contains(row.Note, "missed for ASSAULT 1") {
			t.Errorf("note of PROTEST = %q, want what was shown instead", row.Note)
		}
	}
	for name := range want {
		t.Errorf("no row %q", name)
	}
}

func TestEventsByQuadClassAlone(t *testing.T) {
	gold := `{"id":"q1","text":"a","expected":[{"event":"","quad":4}]}
{"id":"q2","text":"b","date":"121108","expected":[{"event":"","quad":1}]}
{"id":"q3","text":"c","expected":[]}`
	code := func(a *article.Article) *record.Document {
		if a.ID == "q3" {
			return nil // an article without records
		}
		return &record.Document{Events: []record.Event{{Type: "ASSAULT", Status: record.Actual}}}
	}
	r, err := Events(strings.NewReader(gold), code)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, row := range r.Rows {
		names = append(names, row.Name)
		if row.Name == "quad class" && (*row.P != 0.5 || *row.R != 0.5) {
			t.Errorf("quad class P, R = %v, %v, want one of two right", *row.P, *row.R)
		}
		if row.Name == "shown per 100 negatives" && (*row.Value != 0 || row.N != 1) {
			t.Errorf("negatives = %v of %d, want 0 of 1", *row.Value, row.N)
		}
	}
	if got, want := strings.Join(names, ", "), "quad class, shown per 100 negatives"; got != want {
		t.Errorf("rows = %s, want %s", got, want)
	}
}

func TestEventsNamesTheBrokenLine(t *testing.T) {
	_, err := Events(strings.NewReader("{\"id\":\"a\",\"expected\":[]}\n{oops\n"), nil)
	if err == nil || !strings.Contains(err.Error(), "line 2") {
		t.Errorf("error = %v, want one that names line 2", err)
	}
}

func TestCountry(t *testing.T) {
	for code, want := range map[string]string{
		"": "", "---GOV": "", "usa": "USA", "CHNGOV": "CHN", "IGO": "IGO", "IGOUNO": "UNO", "IGOEUREEC": "EUR",
		"NGOHRI": "NGO", "NGMENV": "NGO", "UNO": "UNO", "US": "US",
	} {
		if got := country(code); got != want {
			t.Errorf("country(%q) = %q, want %q", code, got, want)
		}
	}
}

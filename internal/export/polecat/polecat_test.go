package polecat

import (
	"bytes"
	"flag"
	"os"
	"strings"
	"testing"

	"casus/internal/record"
	"casus/internal/testkit"
)

var update = flag.Bool("update", false, "write the golden rows anew")

func sample() *record.Document {
	p, score, lat, lon := record.Ptr[string], 2.5, 59.91, 10.75
	return &record.Document{
		Coder:   record.Coder{Version: "v1.2", Lexicon: "0123456789ab"},
		Article: record.Article{ID: "x1", Outlet: p("Example Wire"), Language: p("en"), Published: p("2026-09-07T10:22:00Z"), Text: "Norway met Colombia in Oslo.", Sentences: []record.Sentence{{Start: 0, End: 28}}},
		Actors: []record.Actor{
			{ID: "a1", Name: "Ana Lima", Type: record.Person, Code: p("NOR"), Sectors: []string{"GOV", "LEG"}, Role: p("foreign\nminister"), Mentions: []record.Mention{{Span: record.Span{Text: "Norway"}, Form: "name"}}},
			{ID: "a2", Name: "Colombia", Type: record.State, Code: p("COL"), Mentions: []record.Mention{{Span: record.Span{Text: "Colombia"}, Form: "name"}}},
		},
		Places: []record.Place{{ID: "p1", Name: "Oslo", Type: "city", Country: p("NOR"), Admin1: p("Oslo"), Lat: &lat, Lon: &lon, KB: p("geonames:3143244"), Mentions: []record.Mention{{Span: record.Span{Text: "Oslo"}}}}},
		Events: []record.Event{
			{ID: "e1", Type: "CONSULT", Modes: []string{"visit"}, Contexts: []string{"diplomatic", "peacekeeping"}, Quad: 1, Score: &score, Actors: []string{"a1", "a2"}, Status: record.Actual, Time: &record.EventTime{From: p("2026-09-06")}, Place: p("p1"), Trigger: record.Span{Start: 7, End: 10, Text: "met"}},
			{ID: "e2", Type: "ASSAULT", Quad: 4, Actors: []string{"a1"}, Recipients: []string{"a2"}, Status: record.Actual},
		},
	}
}

func TestRows(t *testing.T) {
	var b bytes.Buffer
	w := New(&b)
	if err := w.Write(sample()); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile("testdata/rows.tsv", b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("testdata/rows.tsv")
	if err != nil {
		t.Fatal(err)
	}
	if b.String() != string(want) || w.Left != 1 {
		t.Errorf("%d left out, want 1; got\n%s\nwant\n%s", w.Left, b.String(), want)
	}
	ids := map[string]bool{}
	for _, l := range strings.Split(strings.TrimRight(b.String(), "\n"), "\n") {
		c := strings.Split(l, "\t")
		if len(c) != 40 || ids[c[0]] {
			t.Errorf("%d cells, want 40; id %s", len(c), c[0])
		}
		ids[c[0]] = true
	}
}

func TestHeaderIsThatOfTheFormat(t *testing.T) {
	raw, err := os.ReadFile(testkit.Shared(t, "data/formats/polecat.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, l := range strings.Split(strings.TrimSpace(string(raw)), "\n")[1:] {
		want = append(want, strings.Split(l, "\t")[1])
	}
	if got := strings.Join(Columns, "|"); got != strings.Join(want, "|") {
		t.Errorf("columns are\n%s\nwant\n%s", got, strings.Join(want, "|"))
	}
}

func TestCloseWritesTheHeaderOfNoEvents(t *testing.T) {
	var b bytes.Buffer
	if err := New(&b).Close(); err != nil || b.String() != strings.Join(Columns, "\t")+"\n" {
		t.Errorf("got %q, %v", b.String(), err)
	}
}

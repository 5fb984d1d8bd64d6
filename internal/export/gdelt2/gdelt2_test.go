package gdelt2

import (
	"bytes"
	"flag"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"casus/internal/record"
	"casus/internal/testkit"
)

var update = flag.Bool("update", false, "write the golden rows anew")

// sample has a directed event, a reciprocal one, and one without a date.
func sample() *record.Document {
	p, gov := record.Ptr[string], []string{"GOV"}
	gold, lat, lon := 1.0, 59.91, 10.75
	return &record.Document{
		Article: record.Article{ID: "x1", URL: p("https://news.example/a"), Published: p("2026-09-07T10:22:00Z"), Title: p("Talks"), Text: "Norway met Colombia in Oslo.", Sentences: []record.Sentence{{Start: 0, End: 28}}},
		Actors: []record.Actor{
			{ID: "a1", Name: "Norway", Type: record.State, Code: p("NOR"), Sectors: gov},
			{ID: "a2", Name: "Colombian\tnegotiators", Type: record.Group, Code: p("COL"), Sectors: []string{"JRN", "PTY", "OPP"}},
			{ID: "a3", Name: "United Nations", Type: record.Organisation, Code: p("UNO")},
		},
		Places: []record.Place{{ID: "p1", Name: "Oslo", Type: "city", Country: p("NOR"), Admin1: p("Oslo"), Lat: &lat, Lon: &lon, KB: p("geonames:3143244")}, {ID: "p2", Name: "Germany", Type: "country", Country: p("DEU"), Lat: &lat, Lon: &lon}},
		Events: []record.Event{
			{ID: "e1", Type: "CONSULT", CAMEO: p("0251"), Goldstein: &gold, Actors: []string{"a1"}, Recipients: []string{"a2"}, Status: record.Actual, Time: &record.EventTime{From: p("2026-09-06")}, Place: p("p1"), Trigger: record.Span{Start: 7, End: 10, Text: "met"}},
			{ID: "e2", Type: "COOPERATE", CAMEO: p("09"), Actors: []string{"a1", "a3"}, Status: record.Actual, Place: p("p2"), Trigger: record.Span{Start: 0, End: 6, Text: "Norway"}, Sentence: 0},
			{ID: "e3", Type: "ASSAULT", Actors: []string{"a1"}, Status: record.Actual},
		},
	}
}

func write(t *testing.T, d *record.Document) (string, int) {
	t.Helper()
	var b bytes.Buffer
	w := New(&b)
	if err := w.Write(d); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String(), w.Left
}

func TestRows(t *testing.T) {
	got, left := write(t, sample())
	if *update {
		if err := os.WriteFile("testdata/rows.tsv", []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("testdata/rows.tsv")
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) || left != 1 {
		t.Errorf("%d left out, want 1; got\n%s\nwant\n%s", left, got, want)
	}
	ids := map[string]bool{}
	for _, l := range strings.Split(strings.TrimSpace(got), "\n") {
		c := strings.Split(l, "\t")
		if len(c) != 61 || len(Columns) != 61 {
			t.Errorf("%d cells, %d columns, want 61", len(c), len(Columns))
		}
		n, err := strconv.ParseUint(c[0], 10, 64)
		if err != nil || n >= 1<<53 || ids[c[0]] {
			t.Errorf("id %s is too large or used twice (%v)", c[0], err)
		}
		ids[c[0]] = true
	}
	if again, _ := write(t, sample()); again != got {
		t.Error("another run writes other bytes")
	}
}

// The columns derived from others are checked against real rows.
func TestDerivedColumnsAreThoseOfRealRows(t *testing.T) {
	raw, err := os.ReadFile(testkit.Shared(t, "data/formats/real/gdelt2_events_real.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimRight(string(raw), "\n"), "\n")
	if got := strings.Join(Columns, "\t"); got != lines[0] {
		t.Fatalf("columns differ:\n%s\n%s", got, lines[0])
	}
	at := map[string]int{}
	for i, c := range Columns {
		at[c] = i
	}
	for _, l := range lines[1:] {
		c := strings.Split(l, "\t")
		day, err := time.Parse("20060102", c[at["SQLDATE"]])
		if err != nil {
			t.Fatal(err)
		}
		code := c[at["EventCode"]]
		for col, got := range map[string]string{
			"FractionDate": FractionDate(day), "EventBaseCode": BaseCode(code), "EventRootCode": RootCode(code), "QuadClass": strconv.Itoa(QuadClass(code)), "Year": day.Format("2006"),
		} {
			want := c[at[col]]
			if col == "FractionDate" {
				if f, err := strconv.ParseFloat(want, 64); err == nil {
					want = strconv.FormatFloat(f, 'f', 4, 64)
				}
			}
			if got != want {
				t.Errorf("%s of %s = %s, want %s", col, code, got, want)
			}
		}
	}
	if len(lines) < 50 {
		t.Errorf("only %d rows", len(lines))
	}
}

package eval

import (
	"os"
	"strings"
	"testing"

	"casus/internal/article"
	"casus/internal/doc"
	"casus/internal/ground/place"
	"casus/internal/lang/token"
	"casus/internal/record"
	"casus/internal/testkit"
	"casus/internal/text"
)

// placeGold has a title, letters of two bytes before the names, a name without
// coordinates and every kind of toponym type that counts.
const placeGold = `{"doc_id":"a","title":"Fire in Lyon","text":"Après Lyon, Oslo and Polish Bern.","places":[
{"start":6,"end":10,"name":"Lyon","lat":45.75,"lon":4.85,"geonameid":"2996944","toponym_type":"Literal"},
{"start":12,"end":16,"name":"Oslo","lat":59.9,"lon":10.7,"geonameid":"3143244","toponym_type":"Metonymic"},
{"start":21,"end":27,"name":"Polish","toponym_type":"Demonym"},
{"start":28,"end":32,"name":"Bern","lat":46.9,"lon":7.4,"geonameid":"2661552","toponym_type":"Coercion"}]}
{"doc_id":"b","text":"Nothing in Rome.","places":[{"start":11,"end":15,"name":"Rome","lat":41.9,"lon":12.5}]}
`

func gold() *strings.Reader {
	// One document a line: the array was broken for reading.
	return strings.NewReader(strings.ReplaceAll(strings.ReplaceAll(placeGold, "[\n", "["), "},\n", "},"))
}

// placeOf makes a record with mentions at start, end, use.
func placeOf(id string, lat, lon float64, mentions ...record.Mention) record.Place {
	return record.Place{Name: id, Lat: &lat, Lon: &lon, KB: record.Ptr("geonames:" + id), Mentions: mentions}
}

func mentionAt(start, end int, use string) record.Mention {
	return record.Mention{Span: record.Span{Start: start, End: end}, Use: use}
}

func TestPlaces(t *testing.T) {
	code := func(a *article.Article) *record.Document {
		if a.ID == "b" {
			// A name-part does not count, right or wrong.
			return &record.Document{Places: []record.Place{placeOf("9", 41.9, 12.5, mentionAt(11, 15, doc.NamePart))}}
		}
		title := mentionAt(8, 12, doc.Literal)
		title.In = "title"
		return &record.Document{Places: []record.Place{
			placeOf("2996944", 0, 0, title, mentionAt(6, 10, doc.Literal)), // right by its id
			placeOf("1", 60.5, 11, mentionAt(12, 16, doc.Literal)),         // right by distance, wrong in use
			placeOf("2", 52, 20, mentionAt(21, 27, doc.Demonym)),           // no coordinates in the gold
			placeOf("3", 40, -80, mentionAt(28, 32, doc.Literal)),          // wrong
			placeOf("4", 46.9, 7.4, mentionAt(28, 32, doc.Literal)),        // right, but not the first to overlap
			placeOf("5", 1, 1, mentionAt(0, 5, doc.Literal)),               // not in the gold
			placeOf("2661552", 46.9, 7.4, mentionAt(28, 32, doc.NamePart)), // not counted
		}}
	}
	r, err := Places(gold(), code)
	if err != nil {
		t.Fatal(err)
	}
	row := map[string]Row{}
	for _, x := range r.Rows {
		row[x.Name] = x
	}
	if x := row["detection"]; *x.P != 5.0/6 || *x.R != 4.0/5 {
		t.Errorf("detection P %v R %v, want 5/6 and 4/5", *x.P, *x.R)
	}
	for name, want := range map[string]float64{
		"precision of detection without demonyms": 4.0 / 5, "right among all located": 2.0 / 4, "right among located and found": 2.0 / 3,
		"place or actor": 3.0 / 4, "place or actor: places": 1, "place or actor: actors": 1.0 / 2,
	} {
		if x, ok := row[name]; !ok || *x.Value != want {
			t.Errorf("%s = %+v, want %v", name, x, want)
		}
	}
}

func TestPlacesGiven(t *testing.T) {
	r, err := PlacesGiven(gold(), func(a *article.Article, spans []text.Span) []doc.Location {
		d := doc.New(a)
		out := make([]doc.Location, len(spans))
		for i, sp := range spans {
			switch sp.Of(d.Text) {
			case "Lyon":
				out[i].Place = placeOf("2996944", 0, 0)
			case "Oslo":
				out[i].Place = placeOf("1", 0, 0)
			case "Polish", "Bern", "Rome":
			default:
				t.Errorf("span %v covers %q", sp, sp.Of(d.Text))
			}
		}
		return out
	})
	if err != nil {
		t.Fatal(err)
	}
	if all, found := *r.Rows[0].Value, *r.Rows[1].Value; all != 1.0/4 || found != 1.0/2 {
		t.Errorf("right %v of all and %v of resolved, want 1/4 and 1/2", all, found)
	}
}

func TestPlacesNamesTheBrokenLine(t *testing.T) {
	_, err := Places(strings.NewReader("\n{\"text\":\"x\"}\n{broken\n"), func(*article.Article) *record.Document { return &record.Document{} })
	if err == nil || !strings.Contains(err.Error(), "line 3") {
		t.Errorf("error %v, want line 3", err)
	}
}

func TestKilometres(t *testing.T) {
	if d := kilometres(52.52, 13.405, 48.8566, 2.3522); d < 870 || d > 885 {
		t.Errorf("Berlin to Paris = %v km", d)
	}
	if d := kilometres(10, 179.5, 10, -179.5); d > 120 {
		t.Errorf("across the date line = %v km", d)
	}
}

// TestGivenPlacesOnDevelopmentData guards the resolving of place names: gold
// spans, tokens, and no other analysis.
func TestGivenPlacesOnDevelopmentData(t *testing.T) {
	split, err := token.Default()
	if err != nil {
		t.Fatal(err)
	}
	r, err := place.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	for set, least := range map[string]float64{"trnews": 0.92, "geovirus": 0.93, "geowebnews": 0.82, "lgl": 0.86} {
		f, err := os.Open(testkit.Shared(t, "data/places/"+set+".dev.jsonl"))
		if err != nil {
			t.Fatal(err)
		}
		report, err := PlacesGiven(f, func(a *article.Article, spans []text.Span) []doc.Location {
			d := doc.New(a)
			d.Blocks, d.Sentences, d.Tokens = split.Split(d)
			return r.At(d, spans)
		})
		f.Close()
		if err != nil {
			t.Fatal(err)
		}
		if got := *report.Rows[0].Value; got < least {
			t.Errorf("%s: %.3f of the located names are resolved right, want %.2f", set, got, least)
		} else {
			t.Logf("%s: %.3f", set, got)
		}
	}
}

package eval

import (
	"encoding/json"
	"io"
	"strings"
	"testing"

	"casus/internal/article"
	"casus/internal/record"
)

// perfect codes an article as the gold has it: every field that EventGold reads.
func perfect(t *testing.T, golds map[string]*goldArticle) Coder {
	return func(a *article.Article) *record.Document {
		g := golds[a.ID]
		d := &record.Document{Article: record.Article{Genre: record.Ptr(g.Genre), Text: a.Text}}
		d.Article.Sentences = []record.Sentence{{Start: 0, End: len([]rune(a.Text))}}
		party := func(w goldActor) string {
			id := "a" + string(rune('0'+len(d.Actors)))
			sectors := []string{}
			if w.Sector != "" {
				sectors = append(sectors, w.Sector)
			}
			d.Actors = append(d.Actors, record.Actor{
				ID: id, Code: record.Ptr(w.Code), Sectors: sectors,
				Mentions: []record.Mention{{Span: g.find(w)[0]}},
			})
			return id
		}
		for i := range g.Events {
			w := &g.Events[i]
			e := record.Event{Type: w.Type, Modes: w.Modes[:min(1, len(w.Modes))], Status: w.Status, Confidence: 1}
			for _, sp := range w.spans {
				e.Mentions = append(e.Mentions, record.EventMention{Trigger: sp, Sentence: -1})
			}
			for _, x := range w.Actors {
				e.Actors = append(e.Actors, party(x))
			}
			for _, x := range w.Recipients {
				e.Recipients = append(e.Recipients, party(x))
			}
			if w.From != "" {
				e.Time = &record.EventTime{From: record.Ptr(w.From), To: record.Ptr(w.To)}
			}
			if w.Place != "" {
				d.Places = append(d.Places, record.Place{ID: "p" + e.Type + w.Trigger[0], Name: w.Place})
				e.Place = record.Ptr("p" + e.Type + w.Trigger[0])
			}
			d.Events = append(d.Events, e)
		}
		return d
	}
}

func ownGold(t *testing.T, part string) map[string]*goldArticle {
	t.Helper()
	golds := map[string]*goldArticle{}
	s := newGoldScore()
	for dec := json.NewDecoder(OwnEventGold(part)); ; {
		var g goldArticle
		if err := dec.Decode(&g); err == io.EOF {
			return golds
		} else if err != nil {
			t.Fatal(err)
		}
		if err := g.check(s.book); err != nil {
			t.Fatalf("%s: %v", g.ID, err)
		}
		if golds[g.ID] != nil {
			t.Fatalf("%s twice", g.ID)
		}
		golds[g.ID] = &g
	}
}

// The gold is well formed, its parts share no text, and it scores full marks
// against itself.
func TestOwnEventGold(t *testing.T) {
	seen := map[string]string{}
	negatives, articles := 0, 0
	for _, part := range []string{"dev", "unseen"} {
		golds := ownGold(t, part)
		for _, g := range golds {
			if other := seen[g.Text]; other != "" {
				t.Errorf("%s has the text of %s", g.ID, other)
			}
			seen[g.Text] = g.ID
			if g.Genre == "" {
				negatives++
			} else {
				articles++
			}
		}
		r, err := EventGold(OwnEventGold(part), perfect(t, golds))
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range r.Rows {
			want := 1.0
			if strings.HasPrefix(row.Name, "  ") || row.Name == "shown per 100 negatives" || row.Name == "calibration error" {
				want = 0
			}
			switch {
			case strings.HasPrefix(row.Name, "  confidence"):
			case row.F1 != nil && *row.F1 != 1, row.F1 == nil && *row.Value != want:
				t.Errorf("%s: %s is not perfect: %+v", part, row.Name, row)
			}
		}
	}
	if negatives < 150 || articles < 40 {
		t.Errorf("%d negatives and %d articles", negatives, articles)
	}
	if OwnEventGold("test") != nil {
		t.Error("a part that does not exist")
	}
}

const twoGold = `{"id":"n","kind":"trial","date":"2025-01-01","text":"He shot.","expected":[],"allowed":["ACCUSE"]}
{"id":"a","genre":"report","date":"2025-01-02","title":"X","text":"Rebels shot two men on Wednesday. Police may strike.","events":[
 {"type":"ASSAULT","modes":["firearms"],"status":"actual","trigger":["shot"],"actors":[{"words":["Rebels"],"sector":"REB"}],"recipients":[{"words":["men"]}],"from":"2025-01-01","to":"2025-01-01"},
 {"type":"PROTEST","status":"hypothetical","trigger":["strike"],"actors":[],"recipients":[]},
 {"type":"COERCE","status":"actual","optional":true,"trigger":["Police"],"actors":[],"recipients":[]}]}
`

func TestEventGoldCounts(t *testing.T) {
	gold := strings.ReplaceAll(strings.ReplaceAll(twoGold, "[\n", "["), ",\n ", ",")
	r, err := EventGold(strings.NewReader(gold), func(a *article.Article) *record.Document {
		d := &record.Document{}
		shown := func(typ string, start, sentence int, conf float64) {
			d.Events = append(d.Events, record.Event{
				Type: typ, Status: record.Actual, Confidence: conf, Modes: []string{"beat"}, Actors: []string{"a1"},
				Mentions: []record.EventMention{{Trigger: record.Span{Start: start, End: start + 4}, Sentence: sentence}},
			})
		}
		if a.ID == "n" {
			shown("ASSAULT", 3, 0, 0.9) // false
			shown("ACCUSE", 3, 0, 0.9)  // allowed
			return d
		}
		d.Article.Genre = record.Ptr("opinion")
		d.Article.Sentences = []record.Sentence{{Start: 0, End: 33}, {Start: 34, End: 51}}
		d.Actors = []record.Actor{{ID: "a1", Sectors: []string{"MIL"}, Mentions: []record.Mention{{Span: record.Span{Start: 0, End: 6}}}}}
		shown("ASSAULT", 12, 0, 0.8) // right, by its sentence
		shown("ASSAULT", 7, 0, 0.6)  // right too, and by its trigger: the one above is false
		shown("PROTEST", 45, 1, 0.7) // false: not actual
		shown("COERCE", 34, 1, 0.7)  // optional
		return d
	})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]Row{}
	for _, row := range r.Rows {
		got[row.Name] = row
	}
	value := map[string]float64{
		"shown per 100 negatives": 1, "sector": 0, "mode": 0, "date": 0, "status": 0.5, "not actual, not shown": 0, "genre": 0,
		// bins: .9 false, .8 false, .7 false, .6 right
		"calibration error": (0.9 + 0.8 + 0.7 + 0.4) / 4,
	}
	for name, want := range value {
		if row := got[name]; row.Value == nil || *row.Value < want-1e-9 || *row.Value > want+1e-9 {
			t.Errorf("%s: got %+v, want %v", name, row, want)
		}
	}
	if row := got["shown events, type"]; *row.P != 1.0/3 || *row.R != 1 {
		t.Errorf("type: %+v", row)
	}
	if row := got["with all participants"]; *row.P != 0 {
		t.Errorf("with all participants: %+v", row) // the men are not found
	}
	if row := got["participants of those found"]; *row.P != 1 || *row.R != 0.5 {
		t.Errorf("participants: %+v", row)
	}
}

func TestEventGoldErrors(t *testing.T) {
	for line, want := range map[string]string{
		`{"id":"x"}`: "line 1",
		`{"id":"x","genre":"report","text":"He shot.","events":[{"type":"SHOOT","status":"actual","trigger":["shot"]}]}`:                                `unknown type "SHOOT"`,
		`{"id":"x","genre":"report","text":"He shot.","events":[{"type":"ASSAULT","modes":["phone"],"status":"actual","trigger":["shot"]}]}`:            `unknown mode "phone"`,
		`{"id":"x","genre":"report","text":"He shot.","events":[{"type":"ASSAULT","status":"past","trigger":["shot"]}]}`:                                `unknown status "past"`,
		`{"id":"x","genre":"report","text":"He shots.","events":[{"type":"ASSAULT","status":"actual","trigger":["shot"]}]}`:                             "is not in the text",
		`{"id":"x","genre":"report","text":"He shot.","events":[{"type":"ASSAULT","status":"actual","trigger":["shot"],"actors":[{"words":["She"]}]}]}`: "is not in the text",
		`{"id":"x","kind":"sport","genre":"report","text":"He shot."}`:                                                                                  "not both",
		"{": "line 1",
	} {
		_, err := EventGold(strings.NewReader(line), func(*article.Article) *record.Document { return &record.Document{} })
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want %q", line, err, want)
		}
	}
}

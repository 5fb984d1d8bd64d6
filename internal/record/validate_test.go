package record

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// sample is a small sound document.
func sample() *Document {
	return &Document{
		Schema: Schema, Article: Article{ID: "x", Text: "Ana met Bo in Zürich.", Title: Ptr("Talks"), Sentences: []Sentence{{Start: 0, End: 5, In: "title"}, {Start: 0, End: 21}}},
		Actors: []Actor{{ID: "a1", Name: "Ana", Type: Person, Sectors: []string{}, Mentions: []Mention{{Span: Span{0, 3, "Ana", ""}, Form: "name"}}}},
		Places: []Place{{ID: "p1", Name: "Zürich", Type: "city", Mentions: []Mention{{Span: Span{14, 20, "Zürich", ""}, Use: "literal"}}}},
		Times:  []Time{},
		Events: []Event{{
			ID: "e1", Type: "CONSULT", Modes: []string{}, Contexts: []string{}, Quad: 1, Actors: []string{"a1"}, Recipients: []string{}, Inner: []Inner{}, Status: Actual,
			Place: Ptr("p1"), Trigger: Span{0, 5, "Talks", "title"}, Sentence: 0, Mentions: []EventMention{{Trigger: Span{4, 7, "met", ""}, Sentence: 1, Status: Actual, AccordingTo: []string{}}},
			DisputedBy: []string{}, Size: map[string]string{}, AccordingTo: []string{}, Confidence: 0.8, Why: Why{Rule: "r", Evidence: []Span{}},
		}},
		Statements: []Statement{}, Claims: []Claim{},
	}
}

func TestValidate(t *testing.T) {
	if err := Validate(sample()); err != nil {
		t.Fatalf("a sound document: %v", err)
	}
	for want, breakIt := range map[string]func(*Document){
		"holds":            func(d *Document) { d.Events[0].Mentions[0].Trigger.Text = "mit" },
		"outside the text": func(d *Document) { d.Places[0].Mentions[0].End = 99 },
		"no record":        func(d *Document) { d.Events[0].Actors = []string{"a9"} },
		"used twice":       func(d *Document) { d.Places[0].ID = "a1" },
		"no sentence":      func(d *Document) { d.Events[0].Sentence = 2 },
	} {
		d := sample()
		breakIt(d)
		if err := Validate(d); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error = %v, want %q in it", err, want)
		}
	}
}

func TestDocumentsFollowTheSchema(t *testing.T) {
	raw, err := jsonschema.UnmarshalJSON(strings.NewReader(string(JSONSchema)))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("casus.json", raw); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("casus.json")
	if err != nil {
		t.Fatal(err)
	}
	check := func(d *Document) error {
		b, err := json.Marshal(d)
		if err != nil {
			t.Fatal(err)
		}
		v, err := jsonschema.UnmarshalJSON(strings.NewReader(string(b)))
		if err != nil {
			t.Fatal(err)
		}
		return s.Validate(v)
	}
	if err := check(sample()); err != nil {
		t.Errorf("a sound document: %v", err)
	}
	d := sample()
	d.Events[0].Status = "maybe"
	if check(d) == nil {
		t.Error("the schema allows a status that does not exist")
	}
}

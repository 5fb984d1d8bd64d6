package event_test

import (
	"testing"
	"time"

	"casus/internal/article"
	"casus/internal/extract/event"
	"casus/internal/pipeline"
	"casus/internal/record"
)

// coded is the share of the examples beside the rules that must come out as they
// say: trees err, and a new model may read others than the last did.
const coded = 0.85

func TestExamplesOfRules(t *testing.T) {
	p, err := pipeline.New(pipeline.Options{})
	if err != nil {
		t.Fatal(err)
	}
	c, err := event.Default()
	if err != nil {
		t.Fatal(err)
	}
	day := article.Stamp{Time: time.Date(2024, 1, 10, 0, 0, 0, 0, time.UTC)}
	failures, n := c.Check(func(text string) *record.Document {
		return p.Code(&article.Article{ID: "example", Text: text, Language: "en", Published: day})
	})
	for _, f := range failures {
		t.Log(f)
	}
	if n == 0 || float64(len(failures)) > (1-coded)*float64(n) {
		t.Errorf("%d of %d examples come out otherwise than their rules say", len(failures), n)
	}
}

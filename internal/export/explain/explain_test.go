package explain

import (
	"strings"
	"testing"

	"casus/internal/record"
)

func sample() *record.Document {
	return &record.Document{
		Article: record.Article{ID: "x", Text: "Ana met Bo in Bern.", Sentences: []record.Sentence{{Start: 0, End: 19}}},
		Actors:  []record.Actor{{ID: "a1", Name: "Ana", Type: record.Person, KB: record.Ptr("fra.person.ana"), Role: record.Ptr("minister"), Mentions: []record.Mention{{Span: record.Span{End: 3, Text: "Ana"}, Form: "name"}}, Why: []string{"alias"}}},
		Places:  []record.Place{{ID: "p1", Name: "Bern", Candidates: []record.PlaceCandidate{{Name: "Bern", Country: "USA", KB: "geonames:1", Score: 0.1}}}},
		Times:   []record.Time{{ID: "t1", Span: record.Span{Start: 0, End: 3, Text: "Ana"}, Type: "DATE", Value: "2026-01-12", Rule: "weekday"}},
		Events: []record.Event{{
			ID: "e1", Type: "CONSULT", Status: record.Actual, Actors: []string{"a1"}, Trigger: record.Span{Start: 4, End: 7, Text: "met"}, Place: record.Ptr("p1"),
			Time: &record.EventTime{From: record.Ptr("2026-01-12"), To: record.Ptr("2026-01-12"), Ref: record.Ptr("t1"), Basis: "clause"},
			Why:  record.Why{Rule: "en.consult.meet", Evidence: []record.Span{{Start: 4, End: 7, Text: "met"}}, Lost: []string{"en.other: no recipient"}},
		}},
		Statements: []record.Statement{{ID: "s1", Kind: "direct", Polarity: "affirms", Content: []record.Span{{Start: 0, End: 3, Text: "Ana"}}, Candidates: []string{"a1"}}},
		Claims:     []record.Claim{{ID: "c1", Span: record.Span{Start: 0, End: 3, Text: "Ana"}}},
	}
}

func TestWrite(t *testing.T) {
	for id, wants := range map[string][]string{
		"e1": {"rule         en.consult.meet", "evidence     “met” at 4–7", "lost         en.other", "fra.person.ana", "rule weekday", "the article itself"},
		"s1": {"unknown; considered: Ana"},
		"c1": {"asserted by  the article itself"},
		"a1": {"role         minister", "name         “Ana”"},
		"p1": {"lost         Bern, USA <geonames:1>"},
		"t1": {"DATE 2026-01-12"},
	} {
		var b strings.Builder
		ok, err := Write(&b, sample(), id)
		if !ok || err != nil {
			t.Errorf("%s: %v, %v", id, ok, err)
		}
		for _, w := range wants {
			if !strings.Contains(b.String(), w) {
				t.Errorf("%s: no %q in\n%s", id, w, b.String())
			}
		}
	}
	if ok, _ := Write(&strings.Builder{}, sample(), "e2"); ok {
		t.Error("a record that does not exist is explained")
	}
}

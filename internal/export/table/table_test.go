package table

import (
	"strings"
	"testing"
	"unicode/utf8"

	"casus/internal/record"
)

func TestWrite(t *testing.T) {
	low, high := 20000.0, 100000.0
	d := &record.Document{
		Article: record.Article{ID: "x", Text: "Ana met Bo in Zürich on Monday. She said so.", Title: record.Ptr("Talks\x1b[31m"), Sentences: []record.Sentence{{Start: 0, End: 31}}},
		Actors:  []record.Actor{{ID: "a1", Name: "Ana", Code: record.Ptr("FRA"), Sectors: []string{"GOV"}}},
		Places:  []record.Place{{ID: "p1", Name: "Zürich", Type: "city", Country: record.Ptr("CHE")}},
		Events: []record.Event{{
			ID: "e1", Type: "CONSULT", Status: record.Actual, Actors: []string{"a1"}, Place: record.Ptr("p1"), Trigger: record.Span{Start: 4, End: 7, Text: "met"},
			AccordingTo: []string{"s1"}, Why: record.Why{Rule: "en.consult.meet", Steps: []string{"past tense"}},
		}},
		Statements: []record.Statement{{ID: "s1", Kind: "indirect", Speaker: record.Ptr("a1"), Content: []record.Span{{Text: "so"}}, Polarity: "denies", Via: []record.Via{{Kind: "platform", Name: "X"}}}},
		Claims:     []record.Claim{{ID: "c1", Span: record.Span{Text: "tens of thousands"}, Quantity: &record.Quantity{Low: &low, High: &high, Unit: "people"}}},
	}
	var b strings.Builder
	if err := New(&b, Options{Width: 100, Why: true}).Write(d); err != nil {
		t.Fatal(err)
	}
	got := b.String()
	for _, want := range []string{"Ana [FRA GOV]", "Zürich, CHE", "actual", "rule en.consult.meet", "· past tense", "indirect, denies", "X (platform)", "[20000, 100000) people", "“Ana met Bo in Zürich on Monday.”"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	if strings.Contains(got, "\x1b") {
		t.Error("a control character of the article reached the terminal")
	}
}

func TestFit(t *testing.T) {
	for _, s := range []string{"", "short", "a line that is much too long for it", "naïve café décor"} {
		if got := fit(s, 10); utf8.RuneCountInString(got) != 10 {
			t.Errorf("fit(%q) = %q", s, got)
		}
	}
}

func TestWriteOutcome(t *testing.T) {
	var b strings.Builder
	d := &record.Document{Article: record.Article{ID: "x"}, Outcome: &record.Outcome{Code: "unsupported-language", Reason: "the text is in \"es\""}}
	if err := New(&b, Options{}).Write(d); err != nil || !strings.Contains(b.String(), "not coded: the text is in") {
		t.Errorf("got %q, %v", b.String(), err)
	}
}

package eval

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"
	"unicode/utf8"

	"casus/internal/article"
	"casus/internal/record"
)

// at returns the span of code points of the nth time that words stand in s.
func at(t *testing.T, s, words string) runeSpan {
	t.Helper()
	i := strings.Index(s, words)
	if i < 0 {
		t.Fatalf("%q is not in %q", words, s)
	}
	start := utf8.RuneCountInString(s[:i])
	return runeSpan{start, start + utf8.RuneCountInString(words)}
}

func recordSpan(t *testing.T, s, words string) record.Span {
	sp := at(t, s, words)
	return record.Span{Start: sp[0], End: sp[1], Text: words}
}

// The numbers of this test were checked against the reference scorer.
const quotesText = "“Élan matters,” Mayor Ida Brandt said. The council wants a new bridge over the river. " +
	"Brandt warned that the old bridge would fall within two years. Brandt’s deputy called it “a toy.” According to the auditor, nothing was paid."

func quotesGold(t *testing.T) string {
	sp := func(w string) *runeSpan { s := at(t, quotesText, w); return &s }
	gold := quoteDoc{ID: "d1", Text: quotesText, Quotes: []goldQuote{
		{Kind: "direct", Source: sp("Mayor Ida Brandt"), Cue: sp("said"), Content: []runeSpan{*sp("“Élan matters,”")}},
		{Kind: "indirect", Source: sp("The council"), Cue: sp("wants"), Content: []runeSpan{*sp("a new bridge over the river")}},
		{Kind: "indirect", Source: sp("Brandt"), Cue: sp("warned"), Content: []runeSpan{*sp("that the old bridge would fall within two years")}},
		{Kind: "mixed", Source: sp("Brandt’s deputy"), Cue: sp("called"), Content: []runeSpan{*sp("it “a toy.”")}},
		{Kind: "indirect", Source: sp("the auditor"), Cue: sp("According to"), Content: []runeSpan{*sp("nothing was paid")}},
	}}
	line, err := json.Marshal(gold)
	if err != nil {
		t.Fatal(err)
	}
	return string(line) + "\n"
}

func quotesPredicted(t *testing.T) []record.Statement {
	sp := func(w string) *record.Span { s := recordSpan(t, quotesText, w); return &s }
	return []record.Statement{
		{Kind: "direct", Source: sp("Ida Brandt"), Cue: sp("said"), Content: []record.Span{*sp("Élan matters,")}},
		{Kind: "indirect", Source: sp("The council"), Cue: sp("wants"), Content: []record.Span{*sp("a new bridge")}},
		{Kind: "indirect", Source: sp("The council"), Cue: sp("warned"), Content: []record.Span{*sp("the old bridge would fall within two years")}},
		{Kind: "indirect", Source: sp("the auditor"), Cue: sp("According to"), Content: []record.Span{*sp("paid")}},
	}
}

func rows(r *Report) map[string]Row {
	m := map[string]Row{}
	for _, row := range r.Rows {
		m[row.Name] = row
	}
	return m
}

func TestQuotes(t *testing.T) {
	rec := &record.Document{Article: record.Article{ID: "d1", Text: quotesText}, Statements: quotesPredicted(t)}
	r, err := Quotes(strings.NewReader(quotesGold(t)), func(*article.Article) *record.Document { return rec })
	if err != nil {
		t.Fatal(err)
	}
	got := rows(r)
	for name, want := range map[string][2]float64{ // precision, recall
		"speech: quotation, half the words": {2. / 3, 2. / 4}, // the council's wish is on no track of speech
		"speech: quotation, exact words":    {1. / 3, 1. / 4}, // direct content is widened by its marks
		"speech: attributed":                {1. / 3, 1. / 4},
		"all: quotation, half the words":    {3. / 4, 3. / 5},
		"all: quotation, .8 of the words":   {2. / 4, 2. / 5},
		"all: Citron exact cue":             {4. / 4, 4. / 5},
		"all: Citron exact source":          {2. / 4, 2. / 5},
		"all: Citron exact content":         {1. / 4, 1. / 5},
		"all: Citron exact all":             {0, 0},
		"all: Gender Gap Tracker 0.3":       {3. / 4, 3. / 5},
		"all: Gender Gap Tracker 0.8":       {2. / 4, 2. / 5},
	} {
		row, ok := got[name]
		if !ok {
			t.Errorf("no row %q", name)
			continue
		}
		if math.Abs(*row.P-want[0]) > 1e-9 || math.Abs(*row.R-want[1]) > 1e-9 {
			t.Errorf("%s = %.3f, %.3f; want %.3f, %.3f", name, *row.P, *row.R, want[0], want[1])
		}
	}
	for name, want := range map[string]float64{
		"speech: source overlaps, given match":   1. / 2,
		"speech: source exact, given match":      0,
		"speech: cue overlaps, given match":      1,
		"speech: direct recall":                  1,
		"speech: direct recall, exact words":     1,
		"speech: mixed recall":                   0,
		"speech: indirect recall":                1. / 2,
		"speech: Gender Gap Tracker 0.8 speaker": 1. / 2,
		"all: source overlaps, given match":      2. / 3,
		"all: source exact, given match":         1. / 3,
		"all: indirect recall":                   2. / 3,
		"all: indirect source, given match":      1. / 2,
		"all: Gender Gap Tracker 0.3 speaker":    2. / 3,
	} {
		row, ok := got[name]
		if !ok || row.Value == nil {
			t.Errorf("no value %q", name)
		} else if math.Abs(*row.Value-want) > 1e-9 {
			t.Errorf("%s = %.3f, want %.3f", name, *row.Value, want)
		}
	}
}

func TestQuotesOfTitlesAreLeftOut(t *testing.T) {
	span := record.Span{Start: 0, End: 4, Text: "Yes,", In: "title"}
	rec := &record.Document{Article: record.Article{Text: "Yes, it is."}, Statements: []record.Statement{{Kind: "indirect", Content: []record.Span{span}}}}
	if got := predicted(rec); len(got) != 0 {
		t.Errorf("predicted = %v, want none", got)
	}
}

func TestCanonicalSpeaker(t *testing.T) {
	wiki := "Ida_Brandt"
	gold := goldQuote{}
	if err := json.Unmarshal(fmt.Appendf(nil, `{"speaker_canonical":{"name":"Mayor Ida Brandt","wiki":%q}}`, wiki), &gold); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]bool{"Ida Brandt": true, "ida  brandt": true, "Brandt": true, "rand": false, "Ida": false, "the mayor": false} {
		if got := sameSpeaker(&gold, &goldQuote{speaker: []string{name}}); got != want {
			t.Errorf("sameSpeaker(%q) = %v, want %v", name, got, want)
		}
	}
}

func TestNamedSpeakers(t *testing.T) {
	for line, want := range map[string]bool{
		`{"speaker_canonical":{"name":"researchers"}}`:                   false,
		`{"speaker_canonical":{"name":"Recent reports"}}`:                false,
		`{"speaker_canonical":{"name":"Memon","etype":"person"}}`:        true,
		`{"speaker_canonical":{"name":"the mayor, Ida Brandt"}}`:         true,
		`{"speaker_canonical":{"name":"the navy","wiki":"Halden_Navy"}}`: true,
		`{"speaker_canonical":null}`:                                     false,
	} {
		var q goldQuote
		if err := json.Unmarshal([]byte(line), &q); err != nil {
			t.Fatal(err)
		}
		if got := q.named(); got != want {
			t.Errorf("named(%s) = %v, want %v", line, got, want)
		}
	}
}

func TestSpeechLemma(t *testing.T) {
	for form, want := range map[string]string{"Said": "say", "told": "tell", "notified": "notify", "arguing": "argue", "quipped": "quip", "urges": "urge", "is": "is"} {
		if got := speechLemma(form, speechLemmas()); got != want {
			t.Errorf("speechLemma(%q) = %q, want %q", form, got, want)
		}
	}
}

func TestQuotesRefusesSpansOutside(t *testing.T) {
	for _, line := range []string{
		`{"doc_id":"a","text":"short","quotes":[{"kind":"direct","content":[[0,9]]}]}`,
		`{"doc_id":"a","text":"short","quotes":[{"kind":"direct","content":[[3,2]]}]}`,
		`not JSON`,
	} {
		_, err := Quotes(strings.NewReader("\n"+line+"\n"), func(*article.Article) *record.Document { return nil })
		if err == nil || !strings.Contains(err.Error(), "line 2") {
			t.Errorf("Quotes(%s) = %v, want an error naming line 2", line, err)
		}
	}
}

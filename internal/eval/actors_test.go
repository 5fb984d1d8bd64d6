package eval

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"

	"casus/internal/ground/actor"
	"casus/internal/record"
	"casus/internal/testkit"
)

func TestActorsProtocol(t *testing.T) {
	gold := `{"actor":"one","country":"FRA","code_1":"GOV"}
{"actor":"two","country":"UNO","code_1":"HLH"}
{"actor":"three","country":"","code_1":""}
{"actor":"four","country":"DEU","code_1_any":["PTY","REB"]}
{"actor":"five","country":"XKX"}
{"actor":"skip","country":"ITA","xfail":true}
{"actor":"six","code_1":"NGO"}
`
	answers := map[string]record.Actor{
		"one":   {Country: record.Ptr("FRA"), Code: record.Ptr("FRA"), Sectors: []string{"GOV"}},
		"two":   {Code: record.Ptr("UNO"), Sectors: []string{"MED"}},
		"three": {Code: record.Ptr("IGO")},
		"four":  {Country: record.Ptr("FRA"), Code: record.Ptr("FRA"), Sectors: []string{"REB"}},
		"five":  {Country: record.Ptr("XKX"), Code: record.Ptr("KOS")},
		"six":   {Code: record.Ptr("NGO")},
	}
	r, misses, err := ActorsMisses(strings.NewReader(gold), func(text, _, _ string) record.Actor { return answers[text] })
	if err != nil {
		t.Fatal(err)
	}
	got := ""
	for _, row := range r.Rows {
		got += fmt.Sprintf("%s %s; ", row.Name, row.Note)
	}
	want := "country 3 right; code 5 right; both 2 right; country, where one is wanted 3 right; code, where one is wanted 4 right; both, where both are wanted 2 right; "
	if got != want {
		t.Errorf("Actors rows = %q, want %q", got, want)
	}
	if len(misses) != 2 {
		t.Errorf("%d misses, want 2: %v", len(misses), misses)
	}
}

func TestIsoDate(t *testing.T) {
	for in, want := range map[string]string{"2022-10-20": "2022-10-20", "12 April 2022": "2022-04-12", "1 july 2021": "2021-07-01", "October 1, 2021": "2021-10-01", "Today": "", "": ""} {
		if got := isoDate(in); got != want {
			t.Errorf("isoDate(%q) = %q, want %q", in, got, want)
		}
	}
}

// The floor of the knowledge base on the field's own unit tests.
func TestActorsFloor(t *testing.T) {
	path := testkit.Shared(t, "data/actors/ngec_actor_tests.jsonl")
	l, err := actor.New(nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	r, misses, err := ActorsMisses(bytes.NewReader(data), l.Phrase)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := r.WriteTable(&b); err != nil {
		t.Fatal(err)
	}
	t.Log("\n" + b.String())
	if testing.Verbose() {
		for _, m := range misses {
			t.Logf("%q @%s: want %s %s, have %s/%s %v  %v", m.Text, m.Date, m.WantCountry, m.WantCode, m.Country, m.Code, m.Sectors, m.Why)
		}
	}
	for i, bar := range []float64{.68, .60, .50} {
		if v := *r.Rows[i].Value; v < bar {
			t.Errorf("%s = %.3f, want at least %.2f", r.Rows[i].Name, v, bar)
		}
	}
}

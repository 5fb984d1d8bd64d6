package jsonl

import (
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	a, err := Parse([]byte(`{"doc_id": 7, "dct": "20260113", "title": " T ", "text": " as is\n", "domain": "example.org", "extra": [1]}`))
	if err != nil {
		t.Fatal(err)
	}
	if a.ID != "7" || a.Published.Day() != "2026-01-13" || a.Title != "T" || a.Text != " as is\n" || a.Outlet != "example.org" {
		t.Errorf("Parse = %+v", a)
	}
}

func TestParseErrorsNameTheField(t *testing.T) {
	for in, want := range map[string]string{
		`{"id":"x"}`:                   `"text"`,
		`{"text": 3}`:                  `field "text": want a string`,
		`{"text":"a","date":"soon"}`:   `field "date"`,
		`{"text":"a","id":{}}`:         `field "id"`,
		`{"text":`:                     "not valid JSON",
		`[1]`:                          "want a string, got array",
		`{"text":"a","date":"2026-1"}`: `"2026-1"`,
	} {
		if _, err := Parse([]byte(in)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Parse(%s) error = %v, want %q in it", in, err, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(`{"text":"a","id":1}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		if a, err := Parse(raw); err == nil && a == nil {
			t.Error("no article and no error")
		}
	})
}

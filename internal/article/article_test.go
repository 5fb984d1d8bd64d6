package article

import "testing"

func TestParseStamp(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "20260113": "2026-01-13", "2026-01-13": "2026-01-13",
		"2026-01-13T07:05": "2026-01-13T07:05:00Z", "2026-01-13T07:05:09Z": "2026-01-13T07:05:09Z",
		"2026-01-13 07:05:09": "2026-01-13T07:05:09Z", "2026-01-13T07:05:09-06:00": "2026-01-13T07:05:09-06:00",
	} {
		got, err := ParseStamp(in)
		if err != nil || got.String() != want {
			t.Errorf("ParseStamp(%q) = %q, %v; want %q", in, got, err, want)
		}
	}
	if _, err := ParseStamp("last Tuesday"); err == nil {
		t.Error("ParseStamp accepts words")
	}
}

func TestHashTellsURLFromText(t *testing.T) {
	if Hash("a", "b") == Hash("ab", "") {
		t.Error("url and text run together")
	}
}

package plain

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestRead(t *testing.T) {
	a, err := Read([]byte("Title: Talks open\r\nOutlet: The Harbour Post\r\nPublished: 2026-01-13\r\n\r\nFirst.\r\n\r\n\r\nSecond. \x00\r\n"))
	if err != nil {
		t.Fatal(err)
	}
	if a.Title != "Talks open" || a.Outlet != "The Harbour Post" || a.Published.Day() != "2026-01-13" || a.Text != "First.\n\nSecond." {
		t.Errorf("Read = %+v", a)
	}
}

func TestReadWithoutHeader(t *testing.T) {
	for _, s := range []string{
		"Trump: we will talk.\n\nThe president said so.",
		"One paragraph only: no header here.",
		"",
	} {
		a, err := Read([]byte(s))
		if err != nil || a.Text != s || a.Title != "" {
			t.Errorf("Read(%q) = %+v, %v", s, a, err)
		}
	}
}

func TestReadBadDateNamesTheLine(t *testing.T) {
	_, err := Read([]byte("Title: x\nPublished: soon\n\nBody."))
	if err == nil || !strings.Contains(err.Error(), "line 2: Published") {
		t.Errorf("error = %v", err)
	}
}

func TestCleanWindows1252(t *testing.T) {
	if got := Clean([]byte("\x93Yes,\x94 he said \x96 at last")); got != "“Yes,” he said – at last" {
		t.Errorf("Clean = %q", got)
	}
}

func FuzzClean(f *testing.F) {
	f.Add([]byte("a\r\n\r\n\r\nb\xff"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		s := Clean(raw)
		if !utf8.ValidString(s) || strings.Contains(s, "\n\n\n") {
			t.Errorf("Clean(%q) = %q", raw, s)
		}
		if again := Clean([]byte(s)); again != s {
			t.Errorf("Clean is not stable: %q, then %q", s, again)
		}
	})
}

package overlay

import (
	"io/fs"
	"testing"
	"testing/fstest"
)

func TestOverWins(t *testing.T) {
	under := fstest.MapFS{"en/a.tsv": {Data: []byte("old")}, "en/b.tsv": {Data: []byte("kept")}}
	over := fstest.MapFS{"en/a.tsv": {Data: []byte("new")}, "en/c.tsv": {Data: []byte("added")}}
	o := FS{Over: over, Under: under}
	for name, want := range map[string]string{"en/a.tsv": "new", "en/b.tsv": "kept", "en/c.tsv": "added"} {
		got, err := fs.ReadFile(o, name)
		if err != nil || string(got) != want {
			t.Errorf("ReadFile(%q) = %q, %v; want %q", name, got, err, want)
		}
	}
	entries, err := fs.ReadDir(o, "en")
	if err != nil || len(entries) != 3 {
		t.Errorf("ReadDir = %v, %v; want 3 entries", entries, err)
	}
	if _, err := fs.ReadFile(FS{Under: under}, "en/a.tsv"); err != nil {
		t.Errorf("without an overlay: %v", err)
	}
}

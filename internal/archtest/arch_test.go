// Package archtest checks that imports only point from later rooms to earlier ones.
package archtest

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// rooms lists the rooms in the order data flows through them. A package may
// import its own room and the rooms above it.
var rooms = [][]string{
	{"text", "overlay", "testkit"},
	{"marked", "table"},
	{"article"},
	{"record"},
	{"doc"},
	{"ingest", "lang"},
	{"ground"},
	{"extract"},
	{"pipeline"},
	{"story"},
	{"query"},
	{"store"},
	{"export"},
	{"serve"},
	{"engine"},
	{"eval"},
	{"cli"},
}

// closed names imports that the order allows but the design does not.
var closed = map[string][]string{
	"story":  {"doc", "lang", "ground", "extract", "pipeline"},
	"query":  {"doc", "ingest", "lang", "ground", "extract", "pipeline", "story"},
	"store":  {"doc", "lang", "ground", "extract", "pipeline"},
	"export": {"doc", "lang", "ground", "extract", "pipeline", "store"},
	"serve":  {"doc", "lang", "ground", "extract", "pipeline"},
}

func TestImportsPointBackwards(t *testing.T) {
	level := map[string]int{}
	for i, r := range rooms {
		for _, p := range r {
			level[p] = i
		}
	}
	// The files are parsed here, not listed with the go command, so that the
	// test cache notices when one changes.
	root := ".."
	files := 0
	err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		files++
		rel, _ := filepath.Rel(root, path)
		from, _, _ := strings.Cut(filepath.ToSlash(rel), "/")
		if _, known := level[from]; !known {
			t.Errorf("%s is in no room: add it to rooms", path)
			return nil
		}
		for _, imp := range f.Imports {
			to, ok := strings.CutPrefix(strings.Trim(imp.Path.Value, `"`), "casus/internal/")
			to, _, _ = strings.Cut(to, "/")
			if !ok || to == from {
				continue
			}
			if level[to] >= level[from] {
				t.Errorf("%s imports %s: %q comes after %q", path, imp.Path.Value, to, from)
			}
			if slices.Contains(closed[from], to) {
				t.Errorf("%s imports %s: %s must not know %s", path, imp.Path.Value, from, to)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files == 0 {
		t.Fatal("no files read: the test looks in the wrong folder")
	}
}

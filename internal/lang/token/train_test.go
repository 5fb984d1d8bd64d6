package token

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"casus/internal/lang/conllu"
)

// treebank writes sentences of one word and a mark, many times over, so that the
// mark ¤ ends sentences and the mark ! does not.
func treebank(t *testing.T) string {
	t.Helper()
	var b strings.Builder
	sentence := func(words ...string) {
		for i, w := range words {
			b.WriteString(strings.Join([]string{string(rune('1' + i)), w, "_", "X", "_", "_", "0", "root", "_", "_"}, "\t") + "\n")
		}
		b.WriteString("\n")
	}
	b.WriteString("# newdoc id = a\n# newpar\n")
	for range 40 {
		sentence("Hej", "!", "Ho", ";")
		sentence("Ha", ";")
	}
	b.WriteString("# newdoc id = GUM_fiction_secret\n# newpar\n")
	for range 40 {
		sentence("Forbidden", "!")
	}
	path := filepath.Join(t.TempDir(), "a.conllu")
	if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestTrain(t *testing.T) {
	path := treebank(t)
	var first, second bytes.Buffer
	for _, w := range []*bytes.Buffer{&first, &second} {
		if err := Train(w, path); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Error("two trainings differ")
	}
	if strings.Contains(first.String(), "forbidden") {
		t.Error("a document that may not be used was used")
	}
	fsys := fstest.MapFS{}
	entries, err := files.ReadDir("en")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		data, err := files.ReadFile("en/" + e.Name())
		if err != nil {
			t.Fatal(err)
		}
		fsys["en/"+e.Name()] = &fstest.MapFile{Data: data}
	}
	fsys["en/ends.tsv"] = &fstest.MapFile{Data: first.Bytes()}
	s, err := Load(fsys, "en")
	if err != nil {
		t.Fatal(err)
	}
	d := conllu.Tokens("", nil)
	d.Text = "Ha ; Hej ! Ho ; Ha ;"
	_, sentences, tokens := s.Split(d)
	var ends []int
	for _, sent := range sentences {
		ends = append(ends, int(tokens[sent.End-1].Span.End))
	}
	if len(ends) != 3 || ends[0] != 4 || ends[1] != 15 || ends[2] != 20 {
		t.Errorf("sentences of %q end at %v, want 4, 15, 20", d.Text, ends)
	}
}

func TestLoadErrorsNameFileAndLine(t *testing.T) {
	for file, want := range map[string]struct{ data, message string }{
		"en/ends.tsv":          {"feature\tvalue\tweight\nmark\t.\tx\n", `en/ends.tsv:2: weight "x"`},
		"en/abbreviations.tsv": {"form\tclass\nDr\tdoctor\n", `en/abbreviations.tsv:2: unknown class "doctor"`},
		"en/contractions.tsv":  {"form\twords\ncannot\tcan nt\n", "en/contractions.tsv:2: "},
		"en/layout.tsv":        {"phrase\tclass\nBy\tbyline\n", "en/layout.tsv:2: "},
	} {
		fsys := fstest.MapFS{file: {Data: []byte(want.data)}}
		entries, err := files.ReadDir("en")
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			if name := "en/" + e.Name(); name != file {
				data, err := files.ReadFile(name)
				if err != nil {
					t.Fatal(err)
				}
				fsys[name] = &fstest.MapFile{Data: data}
			}
		}
		if _, err := Load(fsys, "en"); err == nil || !strings.Contains(err.Error(), want.message) {
			t.Errorf("%s: %v, want %q", file, err, want.message)
		}
	}
}

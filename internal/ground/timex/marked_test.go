package timex

import (
	"io/fs"
	"path"
	"strings"
	"testing"

	"casus/internal/marked"
	"casus/internal/record"
)

// TestMarked checks the sentences of en/*.marked: all that is marked is found
// with its value, and nothing else is.
func TestMarked(t *testing.T) {
	tg, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	names, err := fs.Glob(files, "en/*.marked")
	if err != nil {
		t.Fatal(err)
	}
	phrases, negatives := 0, 0
	for _, name := range names {
		data, err := fs.ReadFile(files, name)
		if err != nil {
			t.Fatal(err)
		}
		anchor := ""
		for n, line := range strings.Split(string(data), "\n") {
			if rest, ok := strings.CutPrefix(line, "# anchor"); ok {
				anchor = strings.TrimSpace(rest)
				continue
			}
			if line == "" || line[0] == '#' {
				continue
			}
			plain, spans, err := marked.Parse(line)
			if err != nil {
				t.Fatalf("%s:%d: %v", name, n+1, err)
			}
			phrases += len(spans)
			if len(spans) == 0 {
				negatives++
			}
			checkMarked(t, tg, path.Base(name), n+1, plain, anchor, spans)
		}
	}
	if phrases < 250 || negatives < 30 {
		t.Errorf("%d phrases and %d sentences without any, want 250 and 30", phrases, negatives)
	}
}

func checkMarked(t *testing.T, tg *Tagger, file string, line int, plain, anchor string, want []marked.Span) {
	t.Helper()
	d := newDoc(t, plain, anchor)
	got := tg.Find(d)
	for i := range max(len(got), len(want)) {
		switch {
		case i >= len(want):
			t.Errorf("%s:%d: %q: found %q (%s by %s), which is not marked", file, line, plain, got[i].Span.Of(d.Text), got[i].Time.Value, got[i].Time.Rule)
		case i >= len(got):
			t.Errorf("%s:%d: %q: did not find %q", file, line, plain, want[i].Of(plain))
		case got[i].Span != want[i].Span:
			t.Errorf("%s:%d: %q: found %q (%s by %s), want %q", file, line, plain, got[i].Span.Of(d.Text), got[i].Time.Value, got[i].Time.Rule, want[i].Of(plain))
		default:
			for _, w := range strings.Fields(want[i].Label) {
				if have := facet(&got[i].Time, w); have != w {
					t.Errorf("%s:%d: %q: %q is %s by %s, want %s", file, line, plain, want[i].Of(plain), have, got[i].Time.Rule, w)
				}
			}
		}
	}
}

// facet returns the part of a time that a word of a label is about.
func facet(t *record.Time, want string) string {
	name, _, ok := strings.Cut(want, "=")
	switch {
	case strings.Contains(want, ".."):
		if t.From == nil || t.To == nil {
			return "without days"
		}
		return *t.From + ".." + *t.To
	case !ok:
		return t.Value
	}
	switch name {
	case "mod":
		return "mod=" + t.Mod
	case "type":
		return "type=" + t.Type
	case "freq":
		return "freq=" + t.Freq
	case "quant":
		return "quant=" + t.Quant
	}
	return "no facet " + name
}

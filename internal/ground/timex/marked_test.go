package timex

import (
	"io/fs"
	"path"
	"slices"
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
	phrases, negatives := 0, 0
	eachMarked(t, func(file string, line int, plain, anchor string, spans []marked.Span) {
		phrases += len(spans)
		if len(spans) == 0 {
			negatives++
		}
		checkMarked(t, tg, file, line, plain, anchor, spans)
	})
	if phrases < 250 || negatives < 30 {
		t.Errorf("%d phrases and %d sentences without any, want 250 and 30", phrases, negatives)
	}
}

// eachMarked calls do for every sentence of en/*.marked, with the day of
// publication that its file gives it.
func eachMarked(t *testing.T, do func(file string, line int, plain, anchor string, spans []marked.Span)) {
	t.Helper()
	names, err := fs.Glob(files, "en/*.marked")
	if err != nil {
		t.Fatal(err)
	}
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
			do(path.Base(name), n+1, plain, anchor, spans)
		}
	}
}

// TestEveryRuleFires wants a marked phrase for every rule of the grammar that a
// time expression can be named for.
func TestEveryRuleFires(t *testing.T) {
	tg, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	fired := map[string]bool{}
	eachMarked(t, func(_ string, _ int, plain, anchor string, _ []marked.Span) {
		for _, x := range tg.Find(newDoc(t, plain, anchor)) {
			fired[x.Time.Rule] = true
		}
	})
	// Named for the part that they consist of, or in need of a tagger.
	for _, id := range []string{"duration", "date.ago", "date.day", "date.month", "date.rel", "time.clock", "time.daypart", "date.month-weak"} {
		fired[id] = true
	}
	for i := range tg.rules {
		r := &tg.rules[i]
		k := slices.Index(tg.kind, r.makes)
		if k >= 0 && k != noneKind && !fired[r.id] {
			t.Errorf("no marked phrase is found by the rule %s", r.id)
		}
	}
}

func TestTagsTellMonthsFromWords(t *testing.T) {
	tg, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	for s, want := range map[string]int{
		"The council chose May for the vote.": 1,
		"The rebels may attack the town.":     0,
		"Rebels march through the town.":      0,
		"A second man was shot.":              0,
	} {
		if xs := tg.Find(parsedDoc(t, s, "2026-01-08")); len(xs) != want {
			t.Errorf("%q: %d times, want %d: %+v", s, len(xs), want, xs)
		}
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

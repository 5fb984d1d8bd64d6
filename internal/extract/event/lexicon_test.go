package event

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"casus/internal/extract/codebook"
	"casus/internal/marked"
)

// Every rule can be read, found and tested: its id says its language and type,
// it has examples of both kinds, and their marks fit what it gives.
func TestRulesAreWhole(t *testing.T) {
	c, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, r := range c.Rules() {
		if seen[r.ID] {
			t.Errorf("%s is there twice", r.ID)
		}
		seen[r.ID] = true
		typ := strings.TrimSuffix(r.File, ".yaml")
		if !strings.HasPrefix(r.ID, "en."+typ+".") {
			t.Errorf("%s stands in %s", r.ID, r.File)
		}
		if r.Gives.Event == "" { // it only keeps its words from other rules
			if len(r.Yes) > 0 || len(r.No) < 2 {
				t.Errorf("%s gives nothing: want no yes and at least 2 no", r.ID)
			}
			continue
		}
		if r.Gives.Event != strings.ToUpper(typ) {
			t.Errorf("%s gives %s", r.ID, r.Gives.Event)
		}
		if len(r.Yes) < 3 || len(r.No) < 2 {
			t.Errorf("%s has %d yes and %d no, want at least 3 and 2", r.ID, len(r.Yes), len(r.No))
		}
		for _, s := range r.Yes {
			checkMarks(t, r.ID, r.Gives.Event, s)
		}
		for _, s := range r.No {
			if strings.ContainsAny(s, "{}|") {
				t.Errorf("%s: a no sentence has marks: %q", r.ID, s)
			}
		}
	}
}

func checkMarks(t *testing.T, id, event, s string) {
	t.Helper()
	_, spans, err := marked.Parse(s)
	if err != nil {
		t.Errorf("%s: %v", id, err)
		return
	}
	triggers := 0
	for _, sp := range spans {
		switch sp.Label {
		case event:
			triggers++
		case "actor", "recipient":
		default:
			t.Errorf("%s: mark %q in %q", id, sp.Label, s)
		}
	}
	if triggers == 0 {
		t.Errorf("%s: no trigger of %s is marked in %q", id, event, s)
	}
}

// A word that two rules of one type list in the same way is a slip; a class is
// sorted, so that a word is found where it is looked for.
func TestRuleWordsAreTidy(t *testing.T) {
	c, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range c.Rules() {
		for _, list := range [][]string{r.Verb, r.Noun, r.Adj} {
			s := slices.Clone(list)
			slices.Sort(s)
			if len(slices.Compact(s)) != len(list) {
				t.Errorf("%s lists a word twice", r.ID)
			}
			for _, w := range list {
				if w != strings.ToLower(w) || w != strings.TrimSpace(w) {
					t.Errorf("%s: word %q", r.ID, w)
				}
			}
		}
	}
}

// Every type has its file, which opens with what the type is and is not.
func TestEveryTypeHasItsFile(t *testing.T) {
	for _, typ := range codebook.Default().Types() {
		name := filepath.Join("en", strings.ToLower(typ.Name)+".yaml")
		data, err := os.ReadFile(name)
		if err != nil {
			t.Error(err)
			continue
		}
		head, _, _ := strings.Cut(string(data), "\n\n")
		if !strings.HasPrefix(head, "# "+typ.Name+": ") || !strings.Contains(head, "Boundaries (PLOVER 2.0)") {
			t.Errorf("%s: the header does not say what %s is and where it ends", name, typ.Name)
		}
	}
}

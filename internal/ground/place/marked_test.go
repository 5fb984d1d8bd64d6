package place

import (
	"os"
	"strings"
	"testing"

	"casus/internal/article"
	"casus/internal/doc"
	"casus/internal/marked"
)

func resolver(t testing.TB) *Resolver {
	t.Helper()
	r, err := New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// describe returns what a label may say of a location.
func describe(l *doc.Location) (use, typ, country, admin1 string) {
	deref := func(s *string) string {
		if s == nil {
			return "-"
		}
		return *s
	}
	return l.Use, l.Place.Type, deref(l.Place.Country), deref(l.Place.Admin1)
}

// fits reports whether the location is what the label says: use, type,
// country and first-order division, "-" standing for anything, or for none.
func fits(label string, l *doc.Location) bool {
	want := strings.SplitN(label, " ", 4)
	use, typ, country, admin1 := describe(l)
	for i, have := range []string{use, typ, country, admin1} {
		if i < len(want) && want[i] != have && !(want[i] == "-" && i < 2) {
			return false
		}
	}
	return true
}

func TestMarked(t *testing.T) {
	f, err := os.Open("testdata/places.marked")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sentences, err := marked.Read(f)
	if err != nil {
		t.Fatal(err)
	}
	if len(sentences) < 120 {
		t.Errorf("%d sentences, want 120 or more", len(sentences))
	}
	r := resolver(t)
	for _, s := range sentences {
		d := tokenise(&article.Article{Text: s.Text})
		got := r.Find(d)
		for _, want := range s.Spans {
			found := false
			for i := range got {
				if got[i].Span != want.Span {
					continue
				}
				found = true
				if !fits(want.Label, &got[i]) {
					use, typ, country, admin1 := describe(&got[i])
					t.Errorf("line %d: %q: %q is %s %s %s %s (%s), want %s", s.Line, s.Text, want.Of(s.Text), use, typ, country, admin1, got[i].Place.Name, want.Label)
				}
			}
			if !found {
				t.Errorf("line %d: %q: %q is not found", s.Line, s.Text, want.Of(s.Text))
			}
		}
		for i := range got {
			expected := false
			for _, want := range s.Spans {
				expected = expected || want.Span == got[i].Span
			}
			if !expected {
				t.Errorf("line %d: %q: %q is taken for %s %s", s.Line, s.Text, got[i].Span.Of(s.Text), got[i].Use, got[i].Place.Name)
			}
		}
	}
}

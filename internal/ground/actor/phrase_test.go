package actor

import (
	"os"
	"sync"
	"testing"

	"casus/internal/record"
	"casus/internal/table"
)

var shared = sync.OnceValues(func() (*Linker, error) { return New(nil, nil) })

func linker(t testing.TB) *Linker {
	t.Helper()
	l, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func first(s []string) string {
	if len(s) == 0 {
		return ""
	}
	return s[0]
}

func TestPhrases(t *testing.T) {
	l := linker(t)
	n := 0
	err := table.Read(os.DirFS("testdata"), "phrases.tsv", []string{"phrase", "date", "country", "code", "sector", "kb"}, func(r *table.Row) error {
		n++
		a := l.Phrase(r.Get("phrase"), "", r.Get("date"))
		got := [4]string{deref(a.Country), deref(a.Code), first(a.Sectors), deref(a.KB)}
		want := [4]string{r.Get("country"), r.Get("code"), r.Get("sector"), r.Get("kb")}
		if want[3] == "?" {
			want[3] = got[3]
		}
		if got != want {
			t.Errorf("line %d: Phrase(%q, %q) = %q, want %q; why %v", r.Line, r.Get("phrase"), r.Get("date"), got, want, a.Why)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if n < 150 {
		t.Errorf("%d phrases read, want 150 and more", n)
	}
}

// The text's own word on country and post beats the knowledge base.
func TestTextBeatsKnowledgeBase(t *testing.T) {
	l := linker(t)
	a := l.Phrase("Bolivian Senator Marco Rubio", "", "2020-01-01")
	if deref(a.Country) != "BOL" || a.KB != nil {
		t.Errorf("Phrase of a namesake = %v %v, want BOL and no link", deref(a.Country), deref(a.KB))
	}
}

func TestContextGivesCountry(t *testing.T) {
	l := linker(t)
	a := l.Phrase("the interior minister", "Portugal", "")
	if deref(a.Country) != "PRT" || first(a.Sectors) != "GOV" {
		t.Errorf("Phrase with context = %v %v, want PRT GOV", deref(a.Country), a.Sectors)
	}
}

func FuzzPhrase(f *testing.F) {
	for _, s := range []string{"", "the", "'s", "Poland's foreign minister, Radosław Sikorski", "a of of in", "members of members of members of", "((((", "U.S.'s 's", "ex-president", "’", "A, , ,B", "of"} {
		f.Add(s, "2020-01-01")
	}
	l := linker(f)
	f.Fuzz(func(t *testing.T, s, date string) {
		if len(s) > 2000 {
			s = s[:2000]
		}
		a := l.Phrase(s, s, date)
		switch a.Type {
		case record.Person, record.State, record.Organisation, record.Group, record.People, record.PlaceActor:
		default:
			t.Errorf("Phrase(%q) has type %q", s, a.Type)
		}
		if a.Sectors == nil {
			t.Errorf("Phrase(%q) has nil sectors", s)
		}
	})
}

func BenchmarkPhrase(b *testing.B) {
	l := linker(b)
	for b.Loop() {
		l.Phrase("a former CIA official", "", "2020-01-01")
		l.Phrase("Poland's foreign minister, Radoslaw Sikorski", "", "2024-05-01")
		l.Phrase("two Kenyan soldiers", "", "")
	}
}

// The legal ending of a company's name: with a company before it, and with none.
func TestLegalEnding(t *testing.T) {
	l := linker(t)
	for _, x := range []struct{ text, kb string }{{"Chrysler LLC", "usa.company.chrysler"}, {"Boeing Co.", "usa.company.boeing"}, {"Mexico Inc", ""}, {"Mrs Limited", ""}, {"Inc", ""}} {
		if a := l.Phrase(x.text, "", "2026-01-13"); deref(a.KB) != x.kb {
			t.Errorf("%s is %q, want %q", x.text, deref(a.KB), x.kb)
		}
	}
}

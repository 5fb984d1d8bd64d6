package actor

import (
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"casus/internal/article"
	"casus/internal/doc"
	"casus/internal/lang/conllu"
	"casus/internal/lang/coref"
	"casus/internal/record"
)

// articles reads testdata/articles.conllu as documents published on the day,
// with their coreference.
func articles(t testing.TB, day string) []*doc.Doc {
	t.Helper()
	f, err := os.Open("testdata/articles.conllu")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r, err := coref.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	stamp, err := article.ParseStamp(day)
	if err != nil {
		t.Fatal(err)
	}
	var out []*doc.Doc
	for ss, err := range conllu.Docs(f, "articles.conllu") {
		if err != nil {
			t.Fatal(err)
		}
		d := conllu.Annotated(ss[0].DocID, ss)
		d.Article.Published = stamp
		// Names of towns, as ground/place would give them.
		for i := range d.Names {
			n := &d.Names[i]
			if c := map[string]string{"Goma": "COD", "Vienna": "AUT", "Moscow": "RUS", "New York": "USA"}[d.Words(n.First, n.End)]; c != "" {
				d.Places = append(d.Places, doc.Location{First: n.First, End: n.End, Span: d.Range(n.First, n.End), Use: doc.Literal, Place: record.Place{Country: &c}})
			}
		}
		d.Mentions, d.Entities = r.Resolve(d)
		out = append(out, d)
	}
	return out
}

func line(a *record.Actor) string {
	return fmt.Sprintf("%s: %s %s %s %s %s", a.Name, a.Type, deref(a.Country), deref(a.Code), strings.Join(a.Sectors, ";"), deref(a.KB))
}

func TestLink(t *testing.T) {
	l := linker(t)
	want := [][]string{
		{
			"Claudia Sheinbaum: person MEX MEX GOV mex.person.claudia-sheinbaum",
			"Donald Trump: person USA USA GOV usa.person.donald-trump",
			"Nicolas Maduro: person VEN VEN ELI;GOV ven.person.nicolas-maduro",
			"Juan Ramon de la Fuente: person MEX MEX GOV mex.person.juan-ramon-de-la-fuente",
		},
		{
			"Senior Hungarian and Romanian officials: group HUN HUN GOV ",
			"Romanian officials: group ROU ROU GOV ",
			"Kari Lindstad: person NOR NOR GOV ",
		},
		{
			"Rebels: group COD COD REB ",
			"Police: organisation   COP ",
			"A former CIA official: person USA USA ELI;SPY ",
			"United Nations: organisation  UNO  uno.igo.un",
		},
		{
			"Vladimir Putin: person RUS RUS GOV rus.person.vladimir-putin",
			"Maria Zakharova: person RUS RUS GOV rus.person.maria-zakharova",
			"Moscow: place RUS RUS  ",
			"An opposition lawmaker: person RUS RUS LEG ",
			"Kremlin: organisation RUS RUS GOV rus.org.kremlin",
		},
	}
	for i, d := range articles(t, "2026-01-13") {
		d.Actors = l.Link(d)
		hold(t, d)
		var got []string
		for k := range d.Actors {
			got = append(got, line(&d.Actors[k]))
		}
		for _, w := range want[i] {
			if !slices.Contains(got, w) {
				t.Errorf("article %d: no actor %q; have\n\t%s", i+1, w, strings.Join(got, "\n\t"))
			}
		}
	}
}

// The same words on another day: who holds the office decides.
func TestLinkOnTheDay(t *testing.T) {
	l := linker(t)
	for _, x := range []struct{ day, trump, maduro string }{
		{"2019-06-01", "GOV", "ELI;GOV"}, // "the ousted president" beats the knowledge base
		{"2022-06-01", "ELI;GOV", "ELI;GOV"},
		{"2026-01-13", "GOV", "ELI;GOV"},
	} {
		d := articles(t, x.day)[0]
		for _, a := range l.Link(d) {
			s := strings.Join(a.Sectors, ";")
			if a.Name == "Donald Trump" && s != x.trump || a.Name == "Nicolas Maduro" && s != x.maduro {
				t.Errorf("%s on %s: sectors %s", a.Name, x.day, s)
			}
		}
	}
}

// "The Russian leader" is who leads Russia on the day, and one actor with him.
func TestUnite(t *testing.T) {
	l := linker(t)
	d := articles(t, "2026-01-13")[3]
	d.Actors = l.Link(d)
	n := len(d.Entities)
	d.Mentions, d.Entities, d.Actors = l.Unite(d)
	hold(t, d)
	if len(d.Entities) >= n {
		t.Fatalf("%d entities after Unite of %d", len(d.Entities), n)
	}
	for i := range d.Actors {
		var words []string
		for _, m := range d.Actors[i].Mentions {
			words = append(words, m.Text)
		}
		if got := strings.Join(words, " | "); d.Actors[i].Name == "Vladimir Putin" && got != "Putin | The Russian leader" {
			t.Errorf("mentions of Putin: %s", got)
		}
	}
	for i, m := range d.Mentions {
		if !slices.Contains(d.Entities[m.Entity].Mentions, int32(i)) {
			t.Errorf("mention %d is not listed by its entity", i)
		}
	}
}

// hold tests what must hold of the actors of any document.
func hold(t testing.TB, d *doc.Doc) {
	t.Helper()
	if len(d.Actors) != len(d.Entities) {
		t.Fatalf("%d actors for %d entities", len(d.Actors), len(d.Entities))
	}
	for i := range d.Actors {
		a := &d.Actors[i]
		if a.ID != fmt.Sprintf("a%d", i+1) || a.Name == "" || a.Type == "" || a.Sectors == nil {
			t.Errorf("actor %d: id %q, name %q, type %q, sectors %v", i, a.ID, a.Name, a.Type, a.Sectors)
		}
		if len(a.Mentions) != len(d.Entities[i].Mentions) {
			t.Errorf("actor %s has %d mentions, want %d", a.ID, len(a.Mentions), len(d.Entities[i].Mentions))
		}
		runes := []rune(d.Article.Text)
		for _, m := range a.Mentions {
			if got := string(runes[m.Start:m.End]); got != m.Text {
				t.Errorf("actor %s: %q stands at the place of %q", a.ID, got, m.Text)
			}
		}
	}
}

func TestLinkIsDeterministic(t *testing.T) {
	l := linker(t)
	for _, d := range articles(t, "2026-01-13") {
		if a, b := l.Link(d), l.Link(d); !reflect.DeepEqual(a, b) {
			t.Error("two runs differ")
		}
	}
}

func TestLinkNothing(t *testing.T) {
	if got := linker(t).Link(doc.New(&article.Article{})); len(got) != 0 {
		t.Errorf("Link of an empty document = %v", got)
	}
}

func BenchmarkLink(b *testing.B) {
	l := linker(b)
	ds := articles(b, "2026-01-13")
	for b.Loop() {
		for _, d := range ds {
			l.Link(d)
		}
	}
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		if _, err := New(nil, nil); err != nil {
			b.Fatal(err)
		}
	}
}

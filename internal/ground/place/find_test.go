package place

import (
	"fmt"
	"os"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"casus/internal/article"
	"casus/internal/doc"
	"casus/internal/table"
	"casus/internal/text"
)

// tree makes a document of one sentence from words written form/UPOS/head/relation,
// with the lemma where it is no regular one.
func tree(t *testing.T, line string) *doc.Doc {
	t.Helper()
	words := strings.Fields(line)
	var forms []string
	for _, w := range words {
		forms = append(forms, w[:strings.Index(w, "/")])
	}
	d := doc.New(&article.Article{Text: strings.Join(forms, " ")})
	at := int32(0)
	for i, w := range words {
		part := strings.Split(w, "/")
		head, err := strconv.Atoi(part[2])
		if err != nil || len(part) < 4 {
			t.Fatalf("%q: %v", w, err)
		}
		part = append(part, "")
		d.Tokens = append(d.Tokens, doc.Token{Span: text.Span{Start: at, End: at + int32(len(forms[i]))}})
		d.Tags = append(d.Tags, doc.Tag{UPOS: part[1], Lemma: part[4]})
		if part[1] == "PROPN" {
			d.Names = append(d.Names, doc.Name{First: doc.TokenID(i), End: doc.TokenID(i + 1), Kind: doc.GPE})
		}
		d.Arcs = append(d.Arcs, doc.Arc{Head: doc.TokenID(head - 1), Deprel: part[3]})
		at += int32(len(forms[i])) + 1
	}
	d.Sentences = []doc.Sentence{{First: 0, End: doc.TokenID(len(words))}}
	return d
}

func TestUseInTree(t *testing.T) {
	r := resolver(t)
	err := table.Read(os.DirFS("testdata"), "use.tsv", []string{"use", "tree"}, func(row *table.Row) error {
		d := tree(t, row.Get("tree"))
		var got []string
		for _, l := range r.Find(d) {
			got = append(got, l.Use)
		}
		if have := strings.Join(got, " "); have != row.Get("use") {
			t.Errorf("%v", row.Errorf("%q: uses %q, want %q", d.Text, have, row.Get("use")))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestNames checks what the names of the language model change.
func TestNames(t *testing.T) {
	r := resolver(t)
	find := func(s, name, kind string) []string {
		d := tokenise(&article.Article{Text: s})
		d.Names = []doc.Name{}
		if name != "" {
			at := int32(strings.Index(s, name))
			n := doc.Name{First: -1, Kind: kind}
			for i, tok := range d.Tokens {
				if tok.Span.Start >= at && tok.Span.End <= at+int32(len(name)) {
					if n.First < 0 {
						n.First = doc.TokenID(i)
					}
					n.End = doc.TokenID(i + 1)
				}
			}
			d.Names = append(d.Names, n)
		}
		got := []string{}
		for _, l := range r.Find(d) {
			got = append(got, l.Span.Of(s)+" "+l.Use)
		}
		return got
	}
	for _, c := range []struct {
		text, name, kind string
		want             []string
	}{
		{"Jackson declined to comment.", "Jackson", doc.PER, []string{}},
		{"Houston declined to comment.", "Houston", doc.GPE, []string{"Houston literal"}},
		{"She met Paris Hilton in Lyon.", "Paris Hilton", doc.PER, []string{"Lyon literal"}},
		{"The Toledo Glass Works closed.", "Toledo Glass Works", doc.ORG, []string{"Toledo name-part"}},
		{"The fair in Little Wobbleton was fun.", "Little Wobbleton", doc.LOC, []string{"Little Wobbleton literal"}},
	} {
		if got := find(c.text, c.name, c.kind); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%q with %s %q: %q, want %q", c.text, c.kind, c.name, got, c.want)
		}
	}
}

func TestLosersAreKept(t *testing.T) {
	r := resolver(t)
	got := r.Find(tokenise(&article.Article{Text: "Officers in Paris, Texas, found the car."}))
	if len(got) != 2 {
		t.Fatalf("Find = %+v", got)
	}
	p := got[0].Place
	if len(p.Candidates) != 2 || p.Candidates[0].Country != "FRA" || p.Candidates[0].KB != "geonames:2988507" || p.Candidates[0].Score >= got[0].Score {
		t.Errorf("candidates of Paris = %+v, score %v", p.Candidates, got[0].Score)
	}
	if len(p.Why) == 0 || !strings.Contains(p.Why[0], "Texas") {
		t.Errorf("why of Paris = %q", p.Why)
	}
}

func TestPublisherDecides(t *testing.T) {
	r := resolver(t)
	const s = "Firefighters in Birmingham put out a blaze near the river."
	for url, want := range map[string]string{"": "GBR", "https://www.example.gov/a": "USA", "https://news.example.com/alabama/a-blaze": "USA"} {
		got := r.Find(tokenise(&article.Article{Text: s, URL: url}))
		if len(got) != 1 || got[0].Place.Country == nil || *got[0].Place.Country != want {
			t.Errorf("from %q: %+v, want a place in %s", url, got, want)
		}
	}
}

func TestAt(t *testing.T) {
	r := resolver(t)
	const s = "Ships left Odessa for Varna. Nobody knew Blorptown."
	d := tokenise(&article.Article{Text: s})
	span := func(w string) text.Span {
		i := int32(strings.Index(s, w))
		return text.Span{Start: i, End: i + int32(len(w))}
	}
	got := r.At(d, []text.Span{span("Varna"), span("Blorptown"), span("Odessa"), {Start: 3, End: 3}})
	if len(got) != 4 || got[0].Place.Name != "Varna" || *got[2].Place.Country != "UKR" || got[3].Place.Name != "" {
		t.Errorf("At = %+v", got)
	}
	if got[1].Place.KB != nil {
		t.Errorf("Blorptown resolves to %v", *got[1].Place.KB)
	}
}

// check tests what must hold of every location.
func check(t *testing.T, d *doc.Doc, list []doc.Location) {
	t.Helper()
	last := int32(-1)
	for _, l := range list {
		if l.Span.Start < 0 || int(l.Span.End) > len(d.Text) || l.Span.Empty() || l.Span.Start < last {
			t.Fatalf("span %v of a text of %d bytes, after %d", l.Span, len(d.Text), last)
		}
		last = l.Span.Start
		if l.First < 0 || int(l.End) > len(d.Tokens) || l.First >= l.End {
			t.Fatalf("tokens [%d, %d) of %d", l.First, l.End, len(d.Tokens))
		}
		if !utf8.ValidString(l.Span.Of(d.Text)) && utf8.ValidString(d.Text) {
			t.Fatalf("span %v cuts a letter", l.Span)
		}
		if l.Place.Lat != nil && (*l.Place.Lat < -90 || *l.Place.Lat > 90 || *l.Place.Lon < -180 || *l.Place.Lon > 180) {
			t.Fatalf("%q lies at %v, %v", l.Place.Name, *l.Place.Lat, *l.Place.Lon)
		}
		switch l.Use {
		case doc.Literal, doc.Metonym, doc.Demonym, doc.NamePart:
		default:
			t.Fatalf("use %q", l.Use)
		}
	}
}

func FuzzFind(f *testing.F) {
	for _, s := range []string{
		"Paris, Texas, USA", "(Reuters) - LONDON, Ont.,", "St. St. St. John's 's", "U.S.-led NEW YORK/Paris", "Rue d’Enghein, Côte d'Ivoire", "The the The Gulf", "\xffKyiv\xfe",
		"University of the University of Kent", "R-Elbow Lake, D-W.Va.", "\n\nA\n", "San San San San San San San San San San San", "US$5 to @Paris #London",
	} {
		f.Add(s, "https://www.example.co.uk/news/canada/x", byte(3))
	}
	r := resolver(f)
	kinds := []string{doc.PER, doc.ORG, doc.LOC, doc.GPE, doc.NORP, doc.FAC, doc.MISC, doc.EVENT, "?"}
	f.Fuzz(func(t *testing.T, s, url string, seed byte) {
		d := tokenise(&article.Article{Text: s, URL: url, Title: s[:len(s)/3]})
		n := len(d.Tokens)
		if seed%2 == 1 {
			for i := 0; i < n; i += 1 + int(seed)%5 {
				d.Names = append(d.Names, doc.Name{First: doc.TokenID(i), End: doc.TokenID(min(n, i+1+int(seed)%4)), Kind: kinds[(i+int(seed))%len(kinds)]})
			}
		}
		if seed%3 == 0 { // any tree at all
			rels := []string{"nsubj", "obl", "case", "conj", "nmod:poss", "compound", "root", "obj"}
			for i := range n {
				d.Tags = append(d.Tags, doc.Tag{UPOS: "VERB"})
				d.Arcs = append(d.Arcs, doc.Arc{Head: doc.TokenID((i*7+int(seed))%(n+1) - 1), Deprel: rels[(i+int(seed))%len(rels)]})
			}
		}
		got := r.Find(d)
		check(t, d, got)
		if again := r.Find(d); !reflect.DeepEqual(got, again) {
			t.Fatalf("Find twice: %+v, %+v", got, again)
		}
		var spans []text.Span
		for i := 0; i < len(d.Text); i += 5 {
			spans = append(spans, text.Span{Start: int32(i), End: int32(min(len(d.Text), i+7))})
		}
		if at := r.At(d, spans); len(at) != len(spans) {
			t.Fatalf("At: %d answers to %d spans", len(at), len(spans))
		}
	})
}

// article450 is a text of some 450 words with forty places.
func article450() *doc.Doc {
	var b strings.Builder
	for i := range 10 {
		fmt.Fprintf(&b, "Officials from %s and %s met on Monday in Springfield, Illinois, to discuss the flood that hit San Antonio and most of Texas last week, aides said. "+
			"The mayor of Cambridge told reporters that %s would send forty engineers to the river, while the governor waited for word from Washington before he signed the order.\n\n",
			[]string{"Kenya", "Norway", "Peru"}[i%3], []string{"Lyon", "Osaka", "Accra"}[i%3], []string{"Toronto", "Santiago", "Victoria"}[i%3])
	}
	return tokenise(&article.Article{Text: b.String(), URL: "https://www.example.com/world/x"})
}

func BenchmarkArticle(b *testing.B) {
	r := resolver(b)
	d := article450()
	b.ReportAllocs()
	for b.Loop() {
		r.Find(d)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "docs/s")
}

// TestLinear compares the work for a text and for one ten times as long.
func TestLinear(t *testing.T) {
	r := resolver(t)
	unit := "San Antonio, Springfield and Paris, Texas; Victoria of San Jose. "
	allocs := func(n int) float64 {
		d := tokenise(&article.Article{Text: strings.Repeat(unit, n)})
		return testing.AllocsPerRun(3, func() { r.Find(d) })
	}
	if a, b := allocs(40), allocs(400); b > 15*a {
		t.Errorf("%v allocations for 40 sentences, %v for 400", a, b)
	}
}

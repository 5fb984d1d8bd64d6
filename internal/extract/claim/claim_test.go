package claim

import (
	"bufio"
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"casus/internal/article"
	"casus/internal/doc"
	"casus/internal/extract/statement"
	"casus/internal/ground/timex"
	"casus/internal/lang/coref"
	"casus/internal/lang/encoder"
	"casus/internal/lang/lemma"
	"casus/internal/lang/quote"
	"casus/internal/lang/token"
	"casus/internal/record"
)

// A stack is the stages before this one, with the models that the program carries.
type stack struct {
	token      *token.Splitter
	encoder    *encoder.Model
	lemma      *lemma.Lemmatiser
	times      *timex.Tagger
	coref      *coref.Resolver
	statements *statement.Finder
}

var stacked = sync.OnceValues(func() (*stack, error) {
	s := &stack{}
	var err error
	for _, load := range []func() error{
		func() error { s.token, err = token.Default(); return err },
		func() error { s.encoder, err = encoder.Default(); return err },
		func() error { s.lemma, err = lemma.Default(); return err },
		func() error { s.times, err = timex.Default(); return err },
		func() error { s.coref, err = coref.New(nil); return err },
		func() error { s.statements, err = statement.Default(); return err },
	} {
		if err := load(); err != nil {
			return nil, err
		}
	}
	return s, nil
})

func annotate(t testing.TB, text string) (*doc.Doc, []record.Statement) {
	t.Helper()
	s, err := stacked()
	if err != nil {
		t.Fatal(err)
	}
	stamp, err := article.ParseStamp("2026-01-15")
	if err != nil {
		t.Fatal(err)
	}
	d := doc.New(&article.Article{Text: text, Published: stamp})
	d.Blocks, d.Sentences, d.Tokens = s.token.Split(d)
	d.Quotes = quote.Find(d)
	d.Tags, d.Arcs, d.Names = s.encoder.Annotate(d)
	s.lemma.Fill(d, d.Tags)
	d.Times = s.times.Find(d)
	d.Mentions, d.Entities = s.coref.Resolve(d)
	for i := range d.Entities {
		d.Actors = append(d.Actors, record.Actor{ID: "a" + strconv.Itoa(i+1), Name: d.Entities[i].Name})
	}
	return d, s.statements.Find(d)
}

func finder(t testing.TB) *Finder {
	t.Helper()
	f, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// An item of the file of claims.
type item struct {
	line  int
	text  string
	want  []map[string]string
	pairs [][2]int
	count int // -1 when any number will do
}

func readItems(t *testing.T) []item {
	t.Helper()
	f, err := os.Open("testdata/claims.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var items []item
	cur := item{count: -1}
	flush := func() {
		if cur.text != "" {
			items = append(items, cur)
		}
		cur = item{count: -1}
	}
	sc := bufio.NewScanner(f)
	for n := 1; sc.Scan(); n++ {
		l := sc.Text()
		if l == "" {
			flush()
			continue
		}
		rest := strings.TrimSpace(l[1:])
		switch l[0] {
		case '#':
		case '>':
			cur.text, cur.line = strings.TrimSpace(cur.text+"\n\n"+rest), n
		case '=':
			w := map[string]string{}
			for _, field := range strings.Split(rest, " ; ") {
				k, v, _ := strings.Cut(field, " ")
				w[k] = v
			}
			cur.want = append(cur.want, w)
		case '~':
			var p [2]int
			if _, err := fmt.Sscan(rest, &p[0], &p[1]); err != nil {
				t.Fatalf("line %d: %v", n, err)
			}
			cur.pairs = append(cur.pairs, p)
		case '0':
			if cur.count, err = strconv.Atoi(rest); err != nil {
				t.Fatalf("line %d: %v", n, err)
			}
		default:
			t.Fatalf("line %d: cannot read %q", n, l)
		}
	}
	flush()
	return items
}

func fields(d *doc.Doc, c *record.Claim) map[string]string {
	name := func(id string) string {
		n, _ := strconv.Atoi(strings.TrimPrefix(id, "a"))
		if n > 0 && n <= len(d.Actors) {
			return d.Actors[n-1].Name
		}
		return id
	}
	out := map[string]string{"by": "-", "words": c.Span.Text}
	if len(c.AssertedBy) > 0 {
		out["by"] = name(c.AssertedBy[0])
	}
	for _, x := range c.DisputedBy {
		who := x.Document
		if x.Actor != "" {
			who = name(x.Actor)
		} else if x.Article {
			who = "article"
		}
		out["against"] = x.Kind + " " + who
	}
	if q := c.Quantity; q != nil {
		num := func(p *float64, open string) string {
			if p == nil {
				return open
			}
			return strconv.FormatFloat(*p, 'f', -1, 64)
		}
		out["low"], out["high"], out["unit"] = num(q.Low, "-"), num(q.High, "inf"), q.Unit
		for k, p := range map[string]*string{"of": q.Of, "per": q.Per, "hedge": q.Hedge} {
			if p != nil {
				out[k] = *p
			}
		}
	}
	return out
}

// fits reports whether the claim is the wanted one: its interval and unit, or
// its words where it has none.
func fits(got, want map[string]string) bool {
	if want["words"] != "" && !strings.Contains(got["words"], want["words"]) {
		return false
	}
	for _, k := range []string{"low", "high", "unit"} {
		if want[k] != "" && got[k] != want[k] {
			return false
		}
	}
	return true
}

// floors are the shares that must pass; they guard what is reached.
var floors = map[string]float64{"items": 0.80, "interval": 0.90, "against": 0.85}

func TestClaims(t *testing.T) {
	f := finder(t)
	right, all := map[string]int{}, map[string]int{}
	for _, it := range readItems(t) {
		d, ss := annotate(t, it.text)
		cs := f.Find(d, ss, nil)
		checkClaims(t, d, cs)
		var wrong []string
		at := make([]int, len(it.want))
		for i, w := range it.want {
			at[i] = -1
			for k := range cs {
				if fits(fields(d, &cs[k]), w) {
					at[i] = k
					break
				}
			}
			all["interval"]++
			if at[i] < 0 {
				wrong = append(wrong, fmt.Sprintf("no claim fits %v", w))
				continue
			}
			right["interval"]++
			got := fields(d, &cs[at[i]])
			for _, k := range []string{"of", "per", "hedge", "by", "against"} {
				if w[k] == "" {
					continue
				}
				all[k]++
				if got[k] == w[k] {
					right[k]++
				} else {
					wrong = append(wrong, fmt.Sprintf("%s of %q is %q, want %q", k, got["words"], got[k], w[k]))
				}
			}
		}
		links := 0
		for i := range cs {
			links += len(cs[i].Disputes)
		}
		if links != 2*len(it.pairs) {
			wrong = append(wrong, fmt.Sprintf("%d links between claims, want %d", links/2, len(it.pairs)))
		}
		if it.count >= 0 && len(cs) != it.count {
			wrong = append(wrong, fmt.Sprintf("%d claims, want %d", len(cs), it.count))
		}
		all["items"]++
		if len(wrong) == 0 {
			right["items"]++
			continue
		}
		t.Logf("line %d: %s\n\t%s", it.line, it.text, strings.Join(wrong, "\n\t"))
		for i := range cs {
			t.Logf("\thave %v", fields(d, &cs[i]))
		}
	}
	for _, k := range []string{"items", "interval", "of", "per", "hedge", "by", "against"} {
		share := float64(right[k]) / float64(max(all[k], 1))
		t.Logf("%-9s %3d of %3d  %.3f", k, right[k], all[k], share)
		if share < floors[k] {
			t.Errorf("%s: %.3f right, want %.2f", k, share, floors[k])
		}
	}
}

// checkClaims fails unless the claims keep the promises of the package.
func checkClaims(t *testing.T, d *doc.Doc, cs []record.Claim) {
	t.Helper()
	body, title := []rune(d.Article.Text), []rune(d.Article.Title)
	byID := map[string]*record.Claim{}
	for i := range cs {
		byID[cs[i].ID] = &cs[i]
	}
	for i := range cs {
		c := &cs[i]
		text := body
		if c.Span.In != "" {
			text = title
		}
		if c.Span.Start < 0 || c.Span.End > len(text) || c.Span.Start > c.Span.End || string(text[c.Span.Start:c.Span.End]) != c.Span.Text {
			t.Fatalf("span %+v does not slice %q", c.Span, d.Text)
		}
		if q := c.Quantity; q != nil && q.High != nil && (q.Low == nil || *q.Low > *q.High) {
			t.Fatalf("interval of %s runs backwards", c.ID)
		}
		for _, o := range c.Disputes {
			other := byID[o]
			if other == nil || !strings.Contains(" "+strings.Join(other.Disputes, " ")+" ", " "+c.ID+" ") {
				t.Fatalf("%s disputes %s, which does not dispute it", c.ID, o)
			}
		}
	}
}

func TestSizes(t *testing.T) {
	d, ss := annotate(t, "The raid killed 12 people and police arrested 40 men.")
	events := []record.Event{}
	for _, w := range []string{"killed", "arrested"} {
		i := strings.Index(d.Text, w)
		events = append(events, record.Event{ID: "e-" + w, Trigger: record.Span{Start: i, End: i + len(w), Text: w}})
	}
	cs := finder(t).Find(d, ss, events)
	got := Sizes(cs)
	if got["e-killed"]["dead"] != "c1" || got["e-arrested"]["arrested"] != "c2" {
		t.Errorf("Sizes = %v of %d claims", got, len(cs))
	}
}

func FuzzFind(f *testing.F) {
	f.Add("At least 12 of 40 people, $5 in 3 days, were killed by the 100s — he said. But data show 2 dead.")
	f.Add("He denied \"that 5 or 6 died\". 10% of 3-4 million")
	fi := finder(f)
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 3000 || !utf8.ValidString(s) {
			return
		}
		d, ss := annotate(t, s)
		checkClaims(t, d, fi.Find(d, ss, nil))
	})
}

func BenchmarkFind(b *testing.B) {
	text := strings.Repeat("At least 12 people were killed in the raid, police said on Monday. Officials put the damage at $40 million. About 40 percent of the town fled. Nobody at the ministry would say who had ordered it or why the road was left open.\n\n", 10)
	d, ss := annotate(b, text)
	f := finder(b)
	b.ReportAllocs()
	for b.Loop() {
		f.Find(d, ss, nil)
	}
}

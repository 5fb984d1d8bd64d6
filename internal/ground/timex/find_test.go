package timex

import (
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"casus/internal/doc"
	"casus/internal/overlay"
)

// checkTimes fails where the layer breaks what it promises.
func checkTimes(t *testing.T, d *doc.Doc, xs []doc.TimeExpr) {
	t.Helper()
	last := int32(0)
	for i := range xs {
		x := &xs[i]
		switch {
		case x.First < 0 || x.End <= x.First || int(x.End) > len(d.Tokens):
			t.Fatalf("tokens [%d, %d) of %d", x.First, x.End, len(d.Tokens))
		case x.Span.Start < last || x.Span.End <= x.Span.Start || int(x.Span.End) > len(d.Text):
			t.Fatalf("span %v after %d of %d bytes", x.Span, last, len(d.Text))
		case x.Span.Start < d.Tokens[x.First].Span.Start || x.Span.End > d.Tokens[x.End-1].Span.End:
			t.Fatalf("span %v leaves its tokens", x.Span)
		case x.Time.Value == "" || x.Time.Rule == "" || x.Time.Type == "":
			t.Fatalf("%q: %+v", x.Span.Of(d.Text), x.Time)
		case (x.Time.From == nil) != (x.Time.To == nil):
			t.Fatalf("%q: one of from and to", x.Span.Of(d.Text))
		case x.Time.From != nil && *x.Time.From > *x.Time.To:
			t.Fatalf("%q: from %s to %s", x.Span.Of(d.Text), *x.Time.From, *x.Time.To)
		}
		if utf8.ValidString(d.Text) && !utf8.ValidString(x.Span.Of(d.Text)) {
			t.Fatalf("%q cuts a character", x.Span.Of(d.Text))
		}
		last = x.Span.End
	}
}

func FuzzFind(f *testing.F) {
	for _, s := range []string{
		"On Jan. 3, 2026, at 10:35 a.m. (0735 GMT) Friday, two years ago",
		"from 2010-15 to the 1990s, the '80s, mid-November; 12/31/99 1.2.2003 99:99",
		"twenty-first of May the second half of the last quarter of fiscal 2027",
		"9999999 million years ago, in 0001, Feb. 30, 31 June, 1/2/3/4/5",
		"the day before the day before the day before yesterday Friday Friday Friday",
		"a year ago a year ago a year earlier the next day 5000 centuries later",
		"May may march March's 1½ years’ ’98 \xff\xfe 3\u00a0January",
	} {
		f.Add(s, "2026-01-08")
		f.Add(s, "")
	}
	tg, err := Default()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, s, published string) {
		if published != "" {
			published = "2024-02-29T23:59:00Z"
		}
		d := newDoc(t, s, published)
		checkTimes(t, d, tg.Find(d))
		d.Times = tg.Find(d)
		for k := range d.Tokens {
			tg.Of(d, doc.TokenID(k), "past")
		}
	})
}

// TestHostile holds the work for twice the text to about twice the work.
func TestHostile(t *testing.T) {
	tg, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{
		"May ", "the last ", "a year ago ", "Friday, ", "2010-", "the end of the ", "one hundred and ", "10:30 ", "year-", "1/1/", "of the first week of the ",
		"early late early ", "twenty ", "the day before ",
	} {
		work := func(n int) float64 {
			d := newDoc(t, strings.Repeat(s, n), "2026-01-08")
			return testing.AllocsPerRun(1, func() { checkTimes(t, d, tg.Find(d)) })
		}
		if a, b := work(500), work(1000); b > 3*a+100 {
			t.Errorf("%q: %v allocations for 500, %v for 1000", s, a, b)
		}
	}
}

// TestOverlay lays a user's file over the lexicon.
func TestOverlay(t *testing.T) {
	over := fstest.MapFS{"en/words/feasts.tsv": {Data: []byte("word\tclass\tsets\tonly\nvictory day\tFEAST\tfeast=5-9\ttitle\n")}}
	tg, err := Load(overlay.FS{Over: over, Under: files}, "en")
	if err != nil {
		t.Fatal(err)
	}
	xs := tg.Find(newDoc(t, "The parade on Victory Day was short.", "2026-06-01"))
	if len(xs) != 1 || xs[0].Time.Value != "2026-05-09" {
		t.Errorf("with the user's feasts: %+v, want 2026-05-09", xs)
	}
}

func TestLoadSaysWhatIsWrong(t *testing.T) {
	for _, c := range []struct{ file, data, want string }{
		{"en/words/feasts.tsv", "word\tclass\tsets\tonly\nvictory day\tFEAST\tfeast=never\n", `feasts.tsv:2: cannot read "never" as a feast`},
		{"en/words/units.tsv", "word\tclass\tsets\tonly\nday\tUNITT\tunit=day\n", `units.tsv:2: class "UNITT" is not in classes.tsv`},
		{"en/words/units.tsv", "word\tclass\tsets\tonly\nday\tUNIT\tunit=dya\n", `units.tsv:2: field unit has no value "dya"`},
		{"en/rules.tsv", "rule\tmakes\tpattern\tleft\tright\tcheck\tsets\nx\tdate\tMOTNH\n", `rules.tsv:2: rule x: "MOTNH" is neither a class nor made by a rule`},
		{"en/rules.tsv", "rule\tmakes\tpattern\tleft\tright\tcheck\tsets\nx\tdate\tMONTH?\n", `rules.tsv:2: rule x: the pattern matches nothing at all`},
		{"en/rules.tsv", "rule\tmakes\tpattern\tleft\tright\tcheck\tsets\nx\tdate\tMONTH\t\t\tcheque\n", `rules.tsv:2: rule x: no check "cheque"`},
		{"en/classes.tsv", "class\trole\tnote\nMONTH\thero\n", `classes.tsv:2: role "hero"`},
	} {
		_, err := Load(overlay.FS{Over: fstest.MapFS{c.file: {Data: []byte(c.data)}}, Under: files}, "en")
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("Load with a bad %s: %v, want %q", c.file, err, c.want)
		}
	}
	if _, err := Load(files, "xx"); err == nil {
		t.Error("Load of an unknown language: no error")
	}
}

func BenchmarkFind(b *testing.B) {
	tg, err := Default()
	if err != nil {
		b.Fatal(err)
	}
	d := newDoc(b, strings.Repeat(sample, 4), "2026-01-08")
	b.SetBytes(int64(len(d.Text)))
	b.ReportAllocs()
	for b.Loop() {
		tg.Find(d)
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := Load(files, "en"); err != nil {
			b.Fatal(err)
		}
	}
}

// sample has about as many time expressions as news has.
const sample = `The interior minister of the island republic resigned on Friday, two days after a court found that officers under her command had detained 34 fishermen without charge.

Her resignation, announced in a statement of three sentences, came as the opposition prepared a motion of no confidence that was due to be debated next week. The prime minister, who took office in March 2024, thanked her for her service and said that a successor would be named by the end of the month. Neither of them took questions from reporters who had waited outside the ministry for most of the morning.

The fishermen were arrested on Dec. 12 in waters that a neighbouring state claims as its own. Their families said that they had heard nothing from them for almost three weeks, until a judge visited the naval base where they were being held and ordered that they be brought before him. The navy has denied that anyone was mistreated. A commission of inquiry set up by parliament is expected to report in May, and the families have asked that its hearings be open to the public.

Relations between the two states have been poor since 2019, when a patrol boat sank after a collision for which each side blames the other. Talks about a common fishing zone have been held every year, most recently in the third quarter of 2025, and have always ended without an agreement. Diplomats who follow the talks say that both governments are now under pressure at home, and that neither is likely to give way before the elections of the coming spring.
`

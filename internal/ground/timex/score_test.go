package timex

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"sort"
	"strings"
	"testing"

	"casus/internal/testkit"
)

type goldDoc struct {
	ID    string `json:"doc_id"`
	DCT   string `json:"dct"`
	Text  string `json:"text"`
	Timex []struct {
		Start int    `json:"start"`
		End   int    `json:"end"`
		Type  string `json:"type"`
		Value string `json:"value"`
		Text  string `json:"text"`
	} `json:"timex"`
}

func readGold(t testing.TB, rel string) []goldDoc {
	f, err := os.Open(testkit.Shared(t, rel))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []goldDoc
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<24)
	for sc.Scan() {
		var d goldDoc
		if err := json.Unmarshal(sc.Bytes(), &d); err != nil {
			t.Fatal(err)
		}
		out = append(out, d)
	}
	return out
}

var fullDay = regexp.MustCompile(`^\d{4}-\d\d-\d\d$`)

func dctOf(d goldDoc) string {
	if len(d.DCT) < 16 {
		return d.DCT[:min(10, len(d.DCT))]
	}
	return d.DCT
}

type tally struct{ strict, relaxed, value, pred, gold, day, dayOK int }

func (t tally) f(n int) float64 { return 2 * float64(n) / float64(t.pred+t.gold) }

func (t tally) String() string {
	return fmt.Sprintf("strict %.3f relaxed %.3f value %.3f days %d/%d=%.3f P %.3f R %.3f pred %d gold %d", t.f(t.strict), t.f(t.relaxed), t.f(t.value), t.dayOK, t.day,
		float64(t.dayOK)/float64(t.day), float64(t.relaxed)/float64(t.pred), float64(t.relaxed)/float64(t.gold), t.pred, t.gold)
}

func score(t testing.TB, rel string, parsed, verbose bool) tally {
	tg, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	var n tally
	miss, extra, wrong, bounds := map[string]int{}, map[string]int{}, map[string]int{}, map[string]int{}
	show := os.Getenv("TIMEX_SHOW")
	for _, g := range readGold(t, rel) {
		make := newDoc
		if parsed {
			make = parsedDoc
		}
		d := make(t, g.Text, dctOf(g))
		xs := tg.Find(d)
		used := map[int]bool{}
		n.pred += len(xs)
		n.gold += len(g.Timex)
		ctx := func(a, b int) string {
			r := []rune(g.Text)
			return strings.ReplaceAll(string(r[max(0, a-60):a])+"["+string(r[a:b])+"]"+string(r[b:min(len(r), b+40)]), "\n", " ")
		}
		for _, x := range g.Timex {
			best, bo := -1, 0
			for k := range xs {
				s := d.Anchor(xs[k].Span)
				if o := min(x.End, s.End) - max(x.Start, s.Start); !used[k] && o > bo {
					best, bo = k, o
				}
			}
			full := x.Type == "DATE" && fullDay.MatchString(x.Value)
			if full {
				n.day++
			}
			if best < 0 {
				miss[strings.ToLower(x.Text)]++
				if show == "miss" {
					t.Log("MISS", ctx(x.Start, x.End), x.Value)
				}
				continue
			}
			used[best] = true
			n.relaxed++
			p := xs[best]
			s := d.Anchor(p.Span)
			if s.Start == x.Start && s.End == x.End {
				n.strict++
			} else {
				bounds[x.Text+" / "+s.Text]++
			}
			if p.Time.Value == x.Value {
				n.value++
				if full {
					n.dayOK++
				}
			} else {
				wrong[fmt.Sprintf("%s %s (%s, not %s)", strings.ToLower(x.Text), p.Time.Rule, p.Time.Value, x.Value)]++
				if show == "wrong" || show == "days" && full {
					t.Log("WRONG", g.DCT, ctx(x.Start, x.End), p.Time.Value, "not", x.Value, p.Time.Rule)
				}
			}
		}
		for k := range xs {
			if !used[k] {
				s := d.Anchor(xs[k].Span)
				extra[strings.ToLower(s.Text)+" "+xs[k].Time.Rule]++
				if show == "extra" {
					t.Log("EXTRA", ctx(s.Start, s.End), xs[k].Time.Value, xs[k].Time.Rule)
				}
			}
		}
	}
	if verbose {
		for _, c := range []struct {
			name string
			m    map[string]int
		}{{"MISSED", miss}, {"EXTRA", extra}, {"WRONG", wrong}, {"BOUNDS", bounds}} {
			var ks []string
			for k := range c.m {
				ks = append(ks, k)
			}
			sort.Slice(ks, func(i, j int) bool {
				if c.m[ks[i]] != c.m[ks[j]] {
					return c.m[ks[i]] > c.m[ks[j]]
				}
				return ks[i] < ks[j]
			})
			var b strings.Builder
			for _, k := range ks {
				fmt.Fprintf(&b, "  %d %s\n", c.m[k], k)
			}
			t.Logf("%s\n%s", c.name, b.String())
		}
	}
	return n
}

func TestScore(t *testing.T) {
	for _, f := range []string{"tempeval3.train", "tempeval3.dev", "meantime.dev"} {
		n := score(t, "data/dates/"+f+".jsonl", false, os.Getenv("TIMEX_VERBOSE") == f)
		t.Logf("%s: %s", f, n)
	}
}

func TestScoreParsed(t *testing.T) {
	for _, f := range []string{"tempeval3.train", "tempeval3.dev", "meantime.dev"} {
		n := score(t, "data/dates/"+f+".jsonl", true, os.Getenv("TIMEX_VERBOSE") == f)
		t.Logf("%s: %s", f, n)
	}
}

package cli

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"casus/internal/query"
	"casus/internal/store"
)

var buckets = []string{"day", "week", "month"}

// bucketOf returns the first day of the day's bucket. Weeks begin on Monday.
func bucketOf(by string, day int) int {
	t := query.Date(day)
	switch by {
	case "week":
		return day - (int(t.Weekday())+6)%7
	case "month":
		return day - t.Day() + 1
	}
	return day
}

// after returns the first day of the next bucket.
func after(by string, day int) int {
	switch by {
	case "week":
		return day + 7
	case "month":
		return query.Day(query.Date(day).AddDate(0, 1, 0))
	}
	return day + 1
}

// mostBuckets bounds a series: a misdated article must not make it endless.
const mostBuckets = 100_000

// series returns the buckets from first to last, those without days too: a gap
// in a series is a zero.
func series(by string, first, last int) ([]int, error) {
	var out []int
	for b := bucketOf(by, first); b <= last; b = after(by, b) {
		if len(out) == mostBuckets {
			return nil, usageError("more than %d %ss: narrow the query with since: and until:", mostBuckets, by)
		}
		out = append(out, b)
	}
	return out, nil
}

func (a *app) timelineCmd() *cobra.Command {
	var qf queryFlags
	var by, output, kind string
	var quad bool
	c := &cobra.Command{
		Use:   "timeline QUERY",
		Short: "Count records over time, with the articles of each day as denominator",
		Long: `Timeline counts events by the day they took place and other records by the day
of publication. "articles" is how many articles of the store were published in
the time: "per_article" is the count by article, which compares days of much and little
news.

` + queryHelp,
		Example: "  casus timeline 'actor:RUS recipient:UKR' --by week --quad --store news.db\n  casus timeline 'sanctions' --kind article --by month -o csv --store news.db",
		RunE: func(cmd *cobra.Command, args []string) error {
			r, err := qf.request(args)
			if err != nil {
				return err
			}
			if err := setKind(&r, kind); err != nil {
				return err
			}
			if err := oneOf("by", by, buckets); err != nil {
				return err
			}
			s, err := qf.read(cmd.Context())
			return with(s, err, func(s store.Store) error {
				days, err := s.Timeline(cmd.Context(), r)
				if err != nil {
					return err
				}
				t, err := timelineTable(days, by, quad && r.KindOf() == query.Event)
				if err != nil {
					return err
				}
				return a.writeTable(t, output)
			})
		},
	}
	qf.register(c)
	f := c.Flags()
	f.StringVar(&by, "by", "day", "day, week or month")
	f.BoolVar(&quad, "quad", false, "count events by quad class too")
	f.StringVar(&kind, "kind", "", "event, statement, article or claim (default: event)")
	f.StringVarP(&output, "output", "o", "", "table, json, jsonl or csv (default: table on a terminal, else csv)")
	complete(c, "by", buckets...)
	return c
}

func oneOf(flag, v string, values []string) error {
	for _, x := range values {
		if v == x {
			return nil
		}
	}
	return usageError("--%s: want %s, got %q", flag, list(values), v)
}

var quadColumns = []string{"verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict"}

func timelineTable(days []store.Day, by string, quad bool) (*grid, error) {
	g := &grid{columns: []string{"from", "to", "count", "articles", "per_article"}}
	if quad {
		g.columns = append(g.columns, quadColumns...)
	}
	if len(days) == 0 {
		return g, nil
	}
	bs, err := series(by, days[0].Day, days[len(days)-1].Day)
	if err != nil {
		return nil, err
	}
	i := 0
	for _, b := range bs {
		var sum store.Day
		for ; i < len(days) && days[i].Day < after(by, b); i++ {
			sum.N += days[i].N
			sum.Articles += days[i].Articles
			for q := range sum.Quads {
				sum.Quads[q] += days[i].Quads[q]
			}
		}
		row := []any{date(b), date(after(by, b) - 1), sum.N, sum.Articles, share(sum.N, sum.Articles)}
		if quad {
			for q := 1; q <= 4; q++ {
				row = append(row, sum.Quads[q])
			}
		}
		g.rows = append(g.rows, row)
	}
	return g, nil
}

func date(day int) string { return query.Date(day).Format(time.DateOnly) }

// share is n by m, or nil without a denominator.
func share(n, m int) any {
	if m == 0 {
		return nil
	}
	return round(float64(n) / float64(m))
}

func round(f float64) float64 {
	r, err := strconv.ParseFloat(strconv.FormatFloat(f, 'f', 4, 64), 64)
	if err != nil {
		return f
	}
	return r
}

// A grid is a small table of numbers and words.
type grid struct {
	columns []string
	rows    [][]any
}

// writeTable prints a grid as a table, CSV or JSON.
func (a *app) writeTable(g *grid, output string) error {
	switch a.orDefault(output, "csv") {
	case "table":
		w := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
		fmt.Fprintln(w, strings.ToUpper(strings.Join(g.columns, "\t")))
		for _, r := range g.rows {
			fmt.Fprintln(w, strings.Join(cells(r), "\t"))
		}
		return w.Flush()
	case "csv":
		w := csv.NewWriter(a.out)
		w.Write(g.columns)
		for _, r := range g.rows {
			w.Write(cells(r))
		}
		w.Flush()
		return w.Error()
	case "json", "jsonl":
		return a.writeObjects(g, output == "json")
	}
	return usageError("unknown output format %q: use table, json, jsonl or csv", output)
}

func cells(row []any) []string {
	out := make([]string, len(row))
	for i, v := range row {
		if v != nil {
			out[i] = fmt.Sprint(v)
		}
	}
	return out
}

// writeObjects prints one JSON object per row, in the order of the columns.
func (a *app) writeObjects(g *grid, array bool) error {
	var b strings.Builder
	for i, r := range g.rows {
		if array {
			b.WriteString(map[bool]string{true: "[\n ", false: ",\n "}[i == 0])
		}
		for j, v := range r {
			raw, err := json.Marshal(v)
			if err != nil {
				return err
			}
			fmt.Fprintf(&b, "%s%q:%s", map[bool]string{true: "{", false: ","}[j == 0], g.columns[j], raw)
		}
		b.WriteByte('}')
		if !array {
			b.WriteByte('\n')
		}
	}
	if array {
		b.WriteString(map[bool]string{true: "[]\n", false: "\n]\n"}[len(g.rows) == 0])
	}
	_, err := fmt.Fprint(a.out, b.String())
	return err
}

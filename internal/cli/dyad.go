package cli

import (
	"context"

	"github.com/spf13/cobra"

	"casus/internal/query"
	"casus/internal/store"
)

func (a *app) dyadCmd() *cobra.Command {
	var qf queryFlags
	var by, output string
	c := &cobra.Command{
		Use:   "dyad A B [QUERY]",
		Short: "Sum what two sides did to each other over time",
		Long: `Dyad sums by day, week or month the events that A did to B and B to A. A side is a
code (USA, CHN, UNO) or a name. An event between several on each side counts once;
a reciprocal event counts both ways. "articles" is how many articles of the store
were published in the time.

` + queryHelp,
		Example: "  casus dyad USA CHN --by month --store news.db\n  casus dyad RUS UKR 'since:2026-01 event:ASSAULT' --by week -o csv --store news.db",
		Args:    cobra.MinimumNArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			r, err := qf.request(args[2:])
			if err != nil {
				return err
			}
			if err := oneOf("by", by, buckets); err != nil {
				return err
			}
			s, err := qf.read(cmd.Context())
			return with(s, err, func(s store.Store) error {
				g, err := dyadTable(cmd.Context(), s, args[0], args[1], r, by)
				if err != nil {
					return err
				}
				return a.writeTable(g, output)
			})
		},
	}
	qf.register(c)
	c.Flags().StringVar(&by, "by", "month", "day, week or month")
	c.Flags().StringVarP(&output, "output", "o", "", "table, json, jsonl or csv (default: table on a terminal, else csv)")
	complete(c, "by", buckets...)
	return c
}

// dyadTable has a row for each time and direction, those without events too.
func dyadTable(ctx context.Context, s store.Store, x, y string, r store.Request, by string) (*grid, error) {
	g := &grid{columns: append([]string{"from", "to", "actor", "recipient", "events", "articles", "per_article", "goldstein_mean", "score_mean"}, quadColumns...)}
	days, err := s.Dyad(ctx, x, y, r)
	if err != nil || len(days) == 0 {
		return g, err
	}
	bs, err := series(by, days[0].Day, days[len(days)-1].Day)
	if err != nil {
		return nil, err
	}
	articles, err := articlesBy(ctx, s, by)
	if err != nil {
		return nil, err
	}
	i := 0
	for _, b := range bs {
		var sums [2]store.DyadDay
		for ; i < len(days) && days[i].Day < after(by, b); i++ {
			d := &sums[0]
			if days[i].Reverse {
				d = &sums[1]
			}
			d.N, d.Goldstein, d.Score = d.N+days[i].N, d.Goldstein+days[i].Goldstein, d.Score+days[i].Score
			for q := range d.Quads {
				d.Quads[q] += days[i].Quads[q]
			}
		}
		for j, d := range sums {
			from, to := x, y
			if j == 1 {
				from, to = y, x
			}
			row := []any{date(b), date(after(by, b) - 1), from, to, d.N, articles[b], share(d.N, articles[b]), mean(d.Goldstein, d.N), mean(d.Score, d.N)}
			for q := 1; q <= 4; q++ {
				row = append(row, d.Quads[q])
			}
			g.rows = append(g.rows, row)
		}
	}
	return g, nil
}

func mean(sum float64, n int) any {
	if n == 0 {
		return nil
	}
	return round(sum / float64(n))
}

// articlesBy counts the articles of a store by bucket.
func articlesBy(ctx context.Context, s store.Store, by string) (map[int]int, error) {
	days, err := s.Timeline(ctx, store.Request{Kind: query.Article})
	out := map[int]int{}
	for _, d := range days {
		out[bucketOf(by, d.Day)] += d.Articles
	}
	return out, err
}

package cli

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"casus/internal/export"
	"casus/internal/query"
	"casus/internal/record"
	"casus/internal/store"
)

// A dyadMonth is one month of what one code did to another.
type dyadMonth struct {
	month    int
	src, tgt string
}

type dyadSum struct {
	events, articles int
	quads            [5]int
	gold, score      float64
	last             string // article counted last
}

// dyadMonths sums events by month and pair of codes. "articles" is how many
// articles report one, "articles_all" how many the store has of the month.
func dyadMonths(cmd *cobra.Command, s store.Store, r store.Request) (*grid, error) {
	sums := map[dyadMonth]*dyadSum{}
	err := s.Each(cmd.Context(), r, func(d *record.Document) error {
		v := export.NewView(d)
		for i := range d.Events {
			addDyads(sums, v, &d.Events[i])
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	all, err := articlesBy(cmd.Context(), s, "month")
	if err != nil {
		return nil, err
	}
	g := &grid{columns: append([]string{"month", "actor", "recipient", "events", "articles", "articles_all", "share", "goldstein_mean", "score_mean"}, quadColumns...)}
	keys := slices.SortedFunc(maps.Keys(sums), func(x, y dyadMonth) int {
		return cmp.Or(cmp.Compare(x.month, y.month), cmp.Compare(x.src, y.src), cmp.Compare(x.tgt, y.tgt))
	})
	for _, k := range keys {
		x := sums[k]
		row := []any{query.Date(k.month).Format("2006-01"), k.src, k.tgt, x.events, x.articles, all[k.month], share(x.articles, all[k.month]), mean(x.gold, x.events), mean(x.score, x.events)}
		for q := 1; q <= 4; q++ {
			row = append(row, x.quads[q])
		}
		g.rows = append(g.rows, row)
	}
	return g, nil
}

// addDyads counts an event once for each pair of codes.
func addDyads(sums map[dyadMonth]*dyadSum, v *export.View, e *record.Event) {
	if e.Time == nil || e.Time.From == nil || len(*e.Time.From) < 10 {
		return
	}
	t, err := time.Parse(time.DateOnly, (*e.Time.From)[:10])
	if err != nil {
		return
	}
	month := bucketOf("month", query.Day(t))
	seen := map[dyadMonth]bool{}
	for _, p := range v.Pairs(e) {
		k := dyadMonth{month, codeOf(p.Actor), codeOf(p.Recipient)}
		if k.src == "" || k.tgt == "" || seen[k] {
			continue
		}
		seen[k] = true
		x := sums[k]
		if x == nil {
			x = &dyadSum{}
			sums[k] = x
		}
		x.events++
		if x.last != v.Doc.Article.ID {
			x.articles, x.last = x.articles+1, v.Doc.Article.ID
		}
		if e.Goldstein != nil {
			x.gold += *e.Goldstein
		}
		if e.Score != nil {
			x.score += *e.Score
		}
		if e.Quad > 0 && e.Quad < len(x.quads) {
			x.quads[e.Quad]++
		}
	}
}

func codeOf(a *record.Actor) string {
	switch {
	case a == nil:
		return ""
	case a.Code != nil:
		return *a.Code
	}
	return export.Str(a.Country)
}

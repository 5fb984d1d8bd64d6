package sqlite

import (
	"context"
	"errors"
	"slices"

	"casus/internal/query"
	"casus/internal/record"
	"casus/internal/store"
)

// Timeline implements [store.Store]. Events are counted by the day they took
// place, other records by the day of publication.
func (s *Store) Timeline(ctx context.Context, r store.Request) (out []store.Day, err error) {
	err = s.snapshot(ctx, func(q querier) error {
		p, err := s.plan(ctx, q, &r, sums)
		if err != nil {
			return err
		}
		day, quad := "r.a >> 24", "0"
		where := p.where
		if p.kind == events {
			day, quad = "e.day", "e.quad"
			where.sql = "(" + where.sql + ") AND e.day IS NOT NULL"
		} else {
			where.sql = "(" + where.sql + ") AND r.a >= ?"
			low, _ := keyRange(noDay+1, 0)
			where.args = append(slices.Clone(where.args), low)
		}
		rows, err := q.QueryContext(ctx, "SELECT "+day+" AS d, "+quad+", count(*) FROM "+p.from.sql+" WHERE "+where.sql+" GROUP BY 1, 2 ORDER BY 1, 2", append(slices.Clone(p.from.args), where.args...)...)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var day, quad, n int
			if err := rows.Scan(&day, &quad, &n); err != nil {
				return err
			}
			if len(out) == 0 || out[len(out)-1].Day != day {
				out = append(out, store.Day{Day: day})
			}
			d := &out[len(out)-1]
			d.N += n
			if quad >= 0 && quad < len(d.Quads) {
				d.Quads[quad] += n
			}
		}
		if err := rows.Err(); err != nil {
			return err
		}
		out, err = s.denominators(ctx, q, out)
		return err
	})
	return out, translate(err)
}

// denominators adds how many articles each day has, with the days between that
// have articles and no record.
func (s *Store) denominators(ctx context.Context, q querier, days []store.Day) ([]store.Day, error) {
	if len(days) == 0 {
		return days, nil
	}
	rows, err := q.QueryContext(ctx, `SELECT day, articles FROM daily WHERE day BETWEEN ? AND ? AND articles > 0 ORDER BY day`, days[0].Day, days[len(days)-1].Day)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []store.Day
	i := 0
	for rows.Next() {
		var day, n int
		if err := rows.Scan(&day, &n); err != nil {
			return nil, err
		}
		for ; i < len(days) && days[i].Day < day; i++ {
			out = append(out, days[i])
		}
		d := store.Day{Day: day}
		if i < len(days) && days[i].Day == day {
			d = days[i]
			i++
		}
		d.Articles = n
		out = append(out, d)
	}
	return append(out, days[i:]...), rows.Err()
}

// Dyad implements [store.Store]. Sides are codes, or names.
func (s *Store) Dyad(ctx context.Context, a, b string, r store.Request) (out []store.DyadDay, err error) {
	if r.KindOf() != query.Event {
		return nil, errors.New("a dyad is made of events")
	}
	err = s.snapshot(ctx, func(q querier) error {
		for _, reverse := range []bool{false, true} {
			days, err := s.oneWay(ctx, q, a, b, &r)
			if err != nil {
				return err
			}
			for _, d := range days {
				d.Reverse = reverse
				out = append(out, d)
			}
			a, b = b, a
		}
		return nil
	})
	slices.SortStableFunc(out, func(x, y store.DyadDay) int { return x.Day - y.Day })
	return out, translate(err)
}

const dyadSums = "count(*), coalesce(sum(goldstein), 0), coalesce(sum(score), 0)"

// oneWay sums by day what a did to b. Two codes and no other condition are
// answered by the table of pairs alone.
func (s *Store) oneWay(ctx context.Context, q querier, a, b string, r *store.Request) ([]store.DyadDay, error) {
	var ask string
	var args []any
	if first, last, ok := onlyDays(r.Query); ok && isCode(a) && isCode(b) && !r.All {
		ask = "SELECT day, quad, " + dyadSums + " FROM pair WHERE src = ? AND tgt = ? AND day BETWEEN ? AND ? AND status = 'actual' AND background = 0 AND confidence >= ? GROUP BY 1, 2 ORDER BY 1, 2"
		args = []any{a, b, first, last, r.MinConfidence}
	} else {
		and := query.And{query.Field{Name: "actor", Value: a}, query.Field{Name: "recipient", Value: b}}
		if r.Query != nil && r.Query.Expr != nil {
			and = append(and, r.Query.Expr)
		}
		req := *r
		req.Query = &query.Query{Expr: and}
		p, err := s.plan(ctx, q, &req, sums)
		if err != nil {
			return nil, err
		}
		ask = "SELECT e.day, e.quad, " + dyadSums + " FROM " + p.from.sql + " WHERE (" + p.where.sql + ") AND e.day IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2"
		args = append(slices.Clone(p.from.args), p.where.args...)
	}
	rows, err := q.QueryContext(ctx, ask, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []store.DyadDay
	for rows.Next() {
		var day, quad, n int
		var gold, score float64
		if err := rows.Scan(&day, &quad, &n, &gold, &score); err != nil {
			return nil, err
		}
		if len(out) == 0 || out[len(out)-1].Day != day {
			out = append(out, store.DyadDay{Day: day})
		}
		d := &out[len(out)-1]
		d.N, d.Goldstein, d.Score = d.N+n, d.Goldstein+gold, d.Score+score
		if quad >= 0 && quad < len(d.Quads) {
			d.Quads[quad] += n
		}
	}
	return out, rows.Err()
}

// onlyDays returns the days that a query asks for, if it asks for nothing else.
func onlyDays(q *query.Query) (first, last int, ok bool) {
	first, last = -1<<40, 1<<40
	if q == nil || q.Expr == nil {
		return first, last, true
	}
	and, isAnd := q.Expr.(query.And)
	if !isAnd {
		and = query.And{q.Expr}
	}
	for _, x := range and {
		f, isField := x.(query.Field)
		switch {
		case isField && f.Name == "since":
			first = max(first, int(f.Number))
		case isField && f.Name == "until":
			last = min(last, int(f.Number))
		default:
			return 0, 0, false
		}
	}
	return first, last, true
}

// Facets implements [store.Store].
func (s *Store) Facets(ctx context.Context, r store.Request, most int) (out []store.Facet, err error) {
	err = s.snapshot(ctx, func(q querier) error {
		p, err := s.plan(ctx, q, &r, every)
		if err != nil {
			return err
		}
		for _, f := range facetsOf[p.kind] {
			rows, err := q.QueryContext(ctx, "SELECT v, count(*) FROM (SELECT "+f.value+" AS v FROM "+p.from.sql+f.join+" WHERE "+p.where.sql+
				") WHERE v IS NOT NULL AND v <> '' GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?", append(append(slices.Clone(p.from.args), p.where.args...), most)...)
			if err != nil {
				return err
			}
			for rows.Next() {
				x := store.Facet{Field: f.field}
				if err := rows.Scan(&x.Value, &x.N); err != nil {
					return errors.Join(err, rows.Close())
				}
				out = append(out, x)
			}
			if err := errors.Join(rows.Err(), rows.Close()); err != nil {
				return err
			}
		}
		return nil
	})
	return out, translate(err)
}

type facet struct{ field, value, join string }

var (
	articleFacets = []facet{{"outlet", "coalesce(r.outlet, r.domain)", ""}, {"sourcecountry", "r.country", ""}, {"genre", "r.genre", ""}, {"sourcelang", "r.language", ""}}
	facetsOf      = map[level][]facet{
		events: append([]facet{
			{"event", "e.type", ""}, {"status", "e.status", ""}, {"quad", "CAST(e.quad AS TEXT)", ""},
			{"actor", "trim(e.src)", ""}, {"recipient", "trim(e.tgt)", ""}, {"place", "e.country", ""}, {"basis", "e.basis", ""},
		}, articleFacets...),
		statements: append([]facet{
			{"kind", "s.kind", ""}, {"polarity", "s.polarity", ""},
			{"speaker", "y.name", " LEFT JOIN entity y ON y.id = s.speaker"}, {"source_class", "s.source_class", ""},
		}, articleFacets...),
		claims:   append([]facet{{"unit", "c.unit", ""}, {"disputed", "iif(c.disputed, 'yes', 'no')", ""}}, articleFacets...),
		articles: articleFacets,
	}
)

// Places implements [store.Store].
func (s *Store) Places(ctx context.Context, r store.Request) (out []store.PlaceCount, err error) {
	if r.KindOf() != query.Event {
		return nil, errors.New("a map shows events")
	}
	err = s.snapshot(ctx, func(q querier) error {
		p, err := s.plan(ctx, q, &r, sums)
		if err != nil {
			return err
		}
		rows, err := q.QueryContext(ctx, "SELECT e.spot, y.name, y.type, y.country, y.admin1, y.lat, y.lon, y.kb, e.quad, count(*) FROM "+p.from.sql+
			" JOIN spot y ON y.id = e.spot WHERE ("+p.where.sql+") AND y.lat IS NOT NULL GROUP BY 1, e.quad ORDER BY 1, e.quad", append(slices.Clone(p.from.args), p.where.args...)...)
		if err != nil {
			return err
		}
		defer rows.Close()
		last := int64(-1)
		for rows.Next() {
			var spot int64
			var quad, n int
			var x record.Place
			if err := rows.Scan(&spot, &x.Name, &x.Type, &x.Country, &x.Admin1, &x.Lat, &x.Lon, &x.KB, &quad, &n); err != nil {
				return err
			}
			if spot != last {
				out = append(out, store.PlaceCount{Place: x})
				last = spot
			}
			c := &out[len(out)-1]
			c.N += n
			if quad >= 0 && quad < len(c.Quads) {
				c.Quads[quad] += n
			}
		}
		return rows.Err()
	})
	slices.SortStableFunc(out, func(x, y store.PlaceCount) int { return y.N - x.N })
	return out, translate(err)
}

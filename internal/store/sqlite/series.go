package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"

	"casus/internal/query"
	"casus/internal/record"
	"casus/internal/store"
)

// Timeline implements [store.Store]. Events are counted by the day they took
// place, other records by the day of publication.
func (s *Store) Timeline(ctx context.Context, r store.Request) (out []store.Day, err error) {
	err = s.answer(ctx, func(ctx context.Context, q querier) error {
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
	err = s.answer(ctx, func(ctx context.Context, q querier) error {
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

// Facets implements [store.Store]. Fields of few values are counted together in
// one pass, and parted afterwards.
func (s *Store) Facets(ctx context.Context, r store.Request, most int) (out []store.Facet, err error) {
	err = s.answer(ctx, func(ctx context.Context, q querier) error {
		for _, g := range facetsOf[levelOf(r.KindOf())] {
			how := sums
			if g.article {
				how = every
			}
			p, err := s.plan(ctx, q, &r, how)
			if err != nil {
				return err
			}
			fs, err := s.count(ctx, q, p, g, most)
			if err != nil {
				return err
			}
			out = append(out, fs...)
		}
		return nil
	})
	return out, translate(err)
}

// count counts the values of the fields of a group.
func (s *Store) count(ctx context.Context, q querier, p *plan, g facetGroup, most int) ([]store.Facet, error) {
	rows, err := q.QueryContext(ctx, "SELECT "+strings.Join(g.values, ", ")+", count(*) FROM "+p.from.sql+g.join+" WHERE "+p.where.sql+" GROUP BY "+ordinals(len(g.values)),
		append(slices.Clone(p.from.args), p.where.args...)...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	counts := make([]map[string]int, len(g.fields))
	cells := make([]sql.NullString, len(g.fields))
	n := 0
	into := make([]any, 0, len(cells)+1)
	for i := range cells {
		counts[i] = map[string]int{}
		into = append(into, &cells[i])
	}
	into = append(into, &n)
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return nil, err
		}
		for i, c := range cells {
			if c.String != "" {
				counts[i][c.String] += n
			}
		}
	}
	var out []store.Facet
	for i, f := range g.fields {
		vs := slices.SortedFunc(maps.Keys(counts[i]), func(x, y string) int {
			return cmp.Or(cmp.Compare(counts[i][y], counts[i][x]), cmp.Compare(x, y))
		})
		for _, v := range vs[:min(most, len(vs))] {
			out = append(out, store.Facet{Field: f, Value: v, N: counts[i][v]})
		}
	}
	return out, rows.Err()
}

// ordinals is "1, 2, 3".
func ordinals(n int) string {
	out := make([]string, n)
	for i := range out {
		out[i] = strconv.Itoa(i + 1)
	}
	return strings.Join(out, ", ")
}

// A facetGroup is fields whose values are few enough to be counted together.
type facetGroup struct {
	fields, values []string
	join           string
	article        bool // the values are of the article's row
}

var (
	articleFacets = facetGroup{[]string{"outlet", "sourcecountry", "genre", "sourcelang"}, []string{"coalesce(r.outlet, r.domain)", "r.country", "r.genre", "r.language"}, "", true}
	facetsOf      = map[level][]facetGroup{
		events: {
			{[]string{"event", "status", "quad", "basis"}, []string{"e.type", "e.status", "e.quad", "e.basis"}, "", false},
			{[]string{"actor"}, []string{"trim(e.src)"}, "", false},
			{[]string{"recipient"}, []string{"trim(e.tgt)"}, "", false},
			{[]string{"place"}, []string{"e.country"}, "", false},
			articleFacets,
		},
		statements: {
			{[]string{"kind", "polarity", "source_class"}, []string{"s.kind", "s.polarity", "s.source_class"}, "", false},
			{[]string{"speaker"}, []string{"y.name"}, " LEFT JOIN entity y ON y.id = s.speaker", false},
			articleFacets,
		},
		claims:   {{[]string{"unit", "disputed"}, []string{"c.unit", "iif(c.disputed, 'yes', 'no')"}, "", false}, articleFacets},
		articles: {articleFacets},
	}
)

// Places implements [store.Store].
func (s *Store) Places(ctx context.Context, r store.Request) (out []store.PlaceCount, err error) {
	if r.KindOf() != query.Event {
		return nil, errors.New("a map shows events")
	}
	err = s.answer(ctx, func(ctx context.Context, q querier) error {
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

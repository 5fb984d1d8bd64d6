package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"casus/internal/query"
	"casus/internal/store"
)

// few is how many rows a condition may have to be looked up first. Past it,
// walking from the newest and testing each row finds a page sooner.
const few = 5000

// A plan is the FROM and WHERE of a request. Rows of the level have alias e, s,
// c or r; r is always the article.
type plan struct {
	kind  level
	from  sqlCond
	where sqlCond
	words bool   // the full-text index leads
	order string // newest first
}

// plan compiles a request. q runs the short questions that choose what leads;
// how says what will be read.
func (s *Store) plan(ctx context.Context, q querier, r *store.Request, how reading) (*plan, error) {
	c := newCompiler(r)
	p := &plan{kind: c.kind}
	var conds query.And
	if r.Query != nil {
		switch e := r.Query.Expr.(type) {
		case nil:
		case query.And:
			conds = e
		default:
			conds = query.And{e}
		}
	}
	texts, rest := split(conds)
	lead, err := s.lead(ctx, q, c, texts, rest, how == newest)
	if err != nil {
		return nil, err
	}
	if lead != textLeads {
		rest = append(rest, texts...)
		texts = nil
	}
	where := []sqlCond{c.base(r)}
	if len(rest) > 0 {
		where = append(where, c.and(rest, c.kind))
	}
	p.from, p.words = c.from(lead, rest), lead == textLeads
	if how == sums && c.kind == events && lead == walkLeads && c.only(events, rest) {
		p.from = sqlCond{"event e", nil} // an index may hold all that is asked
	}
	if p.words {
		where = append(where, sqlCond{"words MATCH ?", []any{matchAll(texts)}})
	}
	p.where = join(where, " AND ")
	p.order = c.orderBy(p.words)
	return p, nil
}

// A reading is what is read of the rows that meet a request.
type reading int

const (
	newest reading = iota // the newest only
	every                 // all of them, and their articles
	sums                  // sums over all, of columns of the kind's own table
)

// only reports whether all conditions are about one level.
func (c *compiler) only(l level, conds query.And) bool {
	for _, x := range conds {
		if found, ok := c.level(x); !ok || found != l {
			return false
		}
	}
	return true
}

// split parts the conditions that the full-text index answers from the others.
func split(conds query.And) (texts, rest query.And) {
	for _, x := range conds {
		switch x.(type) {
		case query.Text, query.Near:
			texts = append(texts, x)
		default:
			rest = append(rest, x)
		}
	}
	return texts, rest
}

func matchAll(texts query.And) string {
	m := make([]string, len(texts))
	for i, t := range texts {
		m[i] = match(t)
	}
	return strings.Join(m, " AND ")
}

// What leads a query: the walk from the newest row, the full-text index, or a
// condition that few rows meet.
const (
	walkLeads = -1
	textLeads = -2
)

type querier interface {
	QueryContext(ctx context.Context, q string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, q string, args ...any) *sql.Row
}

// lead chooses what leads: the index of a condition in rest, or textLeads or
// walkLeads.
func (s *Store) lead(ctx context.Context, q querier, c *compiler, texts, rest query.And, paged bool) (int, error) {
	best, n := walkLeads, few
	if !paged {
		n = 20 * few // all rows are read: looking up pays for longer
	}
	for i, x := range rest {
		f, ok := x.(query.Field)
		if !ok {
			continue
		}
		set, ok := c.rowsOf(f)
		if !ok {
			continue
		}
		m, err := atMost(ctx, q, set, n)
		if err != nil {
			return 0, err
		}
		if m < n {
			best, n = i, m
		}
	}
	if len(texts) > 0 {
		m, err := atMost(ctx, q, sqlCond{"SELECT rowid FROM words WHERE words MATCH ?", []any{matchAll(texts)}}, n)
		if err != nil {
			return 0, err
		}
		if m < n || best == walkLeads {
			best = textLeads
		}
	}
	return best, nil
}

// rowsOf returns the keys of the rows that meet a condition on the level that
// is listed, where an index has them.
func (c *compiler) rowsOf(f query.Field) (sqlCond, bool) {
	role := map[string]string{"actor": "a", "recipient": "r", "according_to": "w", "speaker": "s", "about": "b"}[f.Name]
	switch {
	case c.fieldLevel(f.Name) != c.kind:
		return sqlCond{}, false
	case role != "":
		return partsOf(role, f.Value), true
	case f.Name == "place":
		x := spotsNamed(f.Value)
		return sqlCond{"SELECT a, n FROM event WHERE spot IN (" + x.sql + ")", x.args}, true
	}
	return sqlCond{}, false
}

// atMost counts rows, but not past most.
func atMost(ctx context.Context, q querier, set sqlCond, most int) (int, error) {
	var n int
	err := q.QueryRowContext(ctx, "SELECT count(*) FROM (SELECT 1 FROM ("+set.sql+") LIMIT ?)", append(append([]any{}, set.args...), most)...).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("search: %w", err)
	}
	return n, nil
}

// from writes the tables in the order in which they are read: CROSS JOIN keeps it.
func (c *compiler) from(lead int, rest query.And) sqlCond {
	table := string(c.kind) + " " + alias[c.kind]
	withArticle := func(f sqlCond) sqlCond {
		if c.kind != articles {
			f.sql += " CROSS JOIN article r ON r.a = " + alias[c.kind] + ".a"
		}
		return f
	}
	switch {
	case lead == textLeads && c.kind == articles:
		return sqlCond{"words CROSS JOIN article r ON r.a = words.rowid", nil}
	case lead == textLeads:
		return withArticle(sqlCond{"words CROSS JOIN " + table + " ON " + alias[c.kind] + ".a = words.rowid", nil})
	case lead >= 0:
		set, _ := c.rowsOf(rest[lead].(query.Field))
		return withArticle(sqlCond{"(SELECT DISTINCT a, n FROM (" + set.sql + ")) l CROSS JOIN " + table + " ON " + alias[c.kind] + ".a = l.a AND " + alias[c.kind] + ".n = l.n", set.args})
	}
	return withArticle(sqlCond{table + " NOT INDEXED", nil})
}

func (c *compiler) orderBy(words bool) string {
	switch {
	case words && c.kind == articles:
		return "words.rowid DESC"
	case words:
		return "words.rowid DESC, " + alias[c.kind] + ".n DESC"
	case c.kind == articles:
		return "r.a DESC"
	}
	return alias[c.kind] + ".a DESC, " + alias[c.kind] + ".n DESC"
}

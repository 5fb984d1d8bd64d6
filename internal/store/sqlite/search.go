package sqlite

import (
	"context"
	"database/sql"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"time"

	"casus/internal/query"
	"casus/internal/record"
	"casus/internal/store"
)

// Limits on one search.
const (
	defaultLimit = 20
	mostLimit    = 1000
	patience     = 30 * time.Second
	newestBest   = 10_000 // relevance is judged among so many of the newest matches
)

// A place in the order of a search.
type position struct {
	a int64
	n int64
}

// Search implements [store.Store].
func (s *Store) Search(ctx context.Context, r store.Request) (*store.Page, error) {
	limit := min(max(r.Limit, 0), mostLimit)
	if limit == 0 {
		limit = defaultLimit
	}
	page := &store.Page{}
	err := s.answer(ctx, func(ctx context.Context, q querier) error {
		keys, err := s.keys(ctx, q, &r, limit+1)
		if err != nil {
			return err
		}
		if len(keys) > limit {
			keys = keys[:limit]
			page.Next = cursor(keys[limit-1])
		}
		page.Hits, err = s.hits(ctx, q, r.KindOf(), keys)
		return err
	})
	return page, translate(err)
}

// snapshot runs f on one state of the database.
func (s *Store) snapshot(ctx context.Context, f func(querier) error) error {
	tx, err := s.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return err
	}
	return errors.Join(f(tx), tx.Rollback())
}

// answer runs f on one state of the database, and not for ever: a reader that
// stays keeps the log from being emptied.
func (s *Store) answer(ctx context.Context, f func(context.Context, querier) error) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	return s.snapshot(ctx, func(q querier) error { return f(ctx, q) })
}

// keys returns the places of the newest matches after the cursor.
func (s *Store) keys(ctx context.Context, q querier, r *store.Request, limit int) ([]position, error) {
	p, err := s.plan(ctx, q, r, newest)
	if err != nil {
		return nil, err
	}
	where := p.where
	if r.Best && p.words {
		if r.Cursor != "" {
			return nil, fmt.Errorf("%w: a search by relevance has one page", store.ErrCursor)
		}
		return s.best(ctx, q, p, limit)
	}
	if r.Cursor != "" {
		at, err := parseCursor(r.Cursor)
		if err != nil {
			return nil, err
		}
		where.sql = "(" + where.sql + ") AND " + p.after()
		where.args = append(slices.Clone(where.args), p.afterArgs(at)...)
	}
	args := append(append(slices.Clone(p.from.args), where.args...), limit)
	rows, err := q.QueryContext(ctx, "SELECT "+p.selectKeys()+" FROM "+p.from.sql+" WHERE "+where.sql+" ORDER BY "+p.order+" LIMIT ?", args...)
	if err != nil {
		return nil, err
	}
	return scanKeys(rows)
}

// best returns the matches of highest relevance (BM25) among the newest.
func (s *Store) best(ctx context.Context, q querier, p *plan, limit int) ([]position, error) {
	args := append(append(slices.Clone(p.from.args), p.where.args...), newestBest, limit)
	rows, err := q.QueryContext(ctx, "SELECT a, n FROM (SELECT "+p.selectKeys()+", bm25(words, 4.0, 1.0) AS score FROM "+p.from.sql+" WHERE "+p.where.sql+
		" ORDER BY "+p.order+" LIMIT ?) ORDER BY score, a DESC, n DESC LIMIT ?", args...)
	if err != nil {
		return nil, err
	}
	return scanKeys(rows)
}

func scanKeys(rows *sql.Rows) ([]position, error) {
	defer rows.Close()
	var out []position
	for rows.Next() {
		var k position
		if err := rows.Scan(&k.a, &k.n); err != nil {
			return nil, err
		}
		out = append(out, k)
	}
	return out, rows.Err()
}

func (p *plan) selectKeys() string {
	if p.kind == articles {
		return "r.a AS a, 0 AS n"
	}
	return alias[p.kind] + ".a AS a, " + alias[p.kind] + ".n AS n"
}

// after is the condition on rows that come later in the order than a position.
// The first bound lets the index begin there.
func (p *plan) after() string {
	key := alias[p.kind] + ".a"
	if p.words {
		key = "words.rowid"
	}
	if p.kind == articles {
		return key + " < ?"
	}
	return key + " <= ? AND (" + key + " < ? OR " + alias[p.kind] + ".n < ?)"
}

func (p *plan) afterArgs(at position) []any {
	if p.kind == articles {
		return []any{at.a}
	}
	return []any{at.a, at.a, at.n}
}

func cursor(p position) string {
	b := binary.AppendVarint(binary.AppendVarint(nil, p.a), p.n)
	return base64.RawURLEncoding.EncodeToString(b)
}

func parseCursor(s string) (position, error) {
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil {
		return position{}, fmt.Errorf("%w: %q", store.ErrCursor, s)
	}
	a, n := binary.Varint(b)
	if n <= 0 {
		return position{}, fmt.Errorf("%w: %q", store.ErrCursor, s)
	}
	m, k := binary.Varint(b[n:])
	if k <= 0 || n+k != len(b) {
		return position{}, fmt.Errorf("%w: %q", store.ErrCursor, s)
	}
	return position{a, m}, nil
}

// hits loads the documents of the places found, each once.
func (s *Store) hits(ctx context.Context, q querier, kind query.Kind, keys []position) ([]store.Hit, error) {
	out := make([]store.Hit, 0, len(keys))
	var doc *record.Document
	have := int64(0)
	for i, k := range keys {
		if i == 0 || k.a != have {
			var err error
			if doc, err = s.byKey(ctx, q, k.a); err != nil {
				return nil, err
			}
			have = k.a
		}
		out = append(out, store.Hit{Document: doc, Record: recordID(doc, kind, int(k.n))})
	}
	return out, nil
}

func recordID(d *record.Document, kind query.Kind, n int) string {
	switch {
	case kind == query.Event && n < len(d.Events):
		return d.Events[n].ID
	case kind == query.Statement && n < len(d.Statements):
		return d.Statements[n].ID
	case kind == query.Claim && n < len(d.Claims):
		return d.Claims[n].ID
	}
	return ""
}

// byKey returns a document with its corrections.
func (s *Store) byKey(ctx context.Context, q querier, a int64) (*record.Document, error) {
	return s.load(ctx, q, `SELECT r.id, c.title, c.body, c.doc FROM article r JOIN content c ON c.a = r.a WHERE r.a = ?`, a)
}

func (s *Store) load(ctx context.Context, q querier, ask string, args ...any) (*record.Document, error) {
	var id string
	var p packed
	err := q.QueryRowContext(ctx, ask, args...).Scan(&id, &p.title, &p.body, &p.frame)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, store.ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	d, err := s.codec.unpack(p)
	if err != nil {
		return nil, fmt.Errorf("article %s: %w", id, err)
	}
	vs, err := verdicts(ctx, q, id)
	if err != nil {
		return nil, err
	}
	store.Apply(d, vs)
	return d, nil
}

// Document implements [store.Store].
func (s *Store) Document(ctx context.Context, article string) (d *record.Document, err error) {
	err = s.snapshot(ctx, func(q querier) error {
		d, err = s.load(ctx, q, `SELECT r.id, c.title, c.body, c.doc FROM article r JOIN content c ON c.a = r.a WHERE r.id = ?`, article)
		return err
	})
	return d, translate(err)
}

// Articles implements [store.Store].
func (s *Store) Articles(ctx context.Context, since *int, f func(string, int) error) error {
	low := int64(-1 << 62)
	if since != nil {
		low, _ = keyRange(*since, *since)
	}
	return translate(s.snapshot(ctx, func(q querier) error {
		rows, err := q.QueryContext(ctx, `SELECT id, coder FROM article WHERE a >= ? ORDER BY a DESC`, low)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var id string
			var run int
			if err := rows.Scan(&id, &run); err != nil {
				return err
			}
			if err := f(id, run); err != nil {
				return err
			}
		}
		return rows.Err()
	}))
}

// Each implements [store.Store].
func (s *Store) Each(ctx context.Context, r store.Request, f func(*record.Document) error) error {
	return translate(s.snapshot(ctx, func(q querier) error {
		p, err := s.plan(ctx, q, &r, every)
		if err != nil {
			return err
		}
		args := append(slices.Clone(p.from.args), p.where.args...)
		rows, err := q.QueryContext(ctx, "SELECT "+p.selectKeys()+" FROM "+p.from.sql+" WHERE "+p.where.sql+" ORDER BY "+p.order, args...)
		if err != nil {
			return err
		}
		keys, err := scanKeys(rows)
		if err != nil {
			return err
		}
		for i := 0; i < len(keys); {
			j := i
			ns := map[int]bool{}
			for ; j < len(keys) && keys[j].a == keys[i].a; j++ {
				ns[int(keys[j].n)] = true
			}
			d, err := s.byKey(ctx, q, keys[i].a)
			if err != nil {
				return err
			}
			keep(d, r.KindOf(), ns)
			if err := f(d); err != nil {
				return err
			}
			i = j
		}
		return nil
	}))
}

// keep drops the records of the kind that did not match. An article that
// matches keeps all that nobody rejected.
func keep(d *record.Document, kind query.Kind, ns map[int]bool) {
	switch kind {
	case query.Event:
		d.Events = kept(d.Events, func(i int) bool { return ns[i] })
	case query.Statement:
		d.Statements = kept(d.Statements, func(i int) bool { return ns[i] })
	case query.Claim:
		d.Claims = kept(d.Claims, func(i int) bool { return ns[i] })
	case query.Article:
		d.Events = kept(d.Events, func(i int) bool { return d.Events[i].Review != store.Rejected })
		d.Statements = kept(d.Statements, func(i int) bool { return d.Statements[i].Review != store.Rejected })
		d.Claims = kept(d.Claims, func(i int) bool { return d.Claims[i].Review != store.Rejected })
	}
}

func kept[T any](xs []T, ok func(int) bool) []T {
	out := make([]T, 0, len(xs))
	for i := range xs {
		if ok(i) {
			out = append(out, xs[i])
		}
	}
	return out
}

package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"casus/internal/record"
	"casus/internal/store"
)

// Runs implements [store.Store].
func (s *Store) Runs(ctx context.Context) ([]store.Run, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT c.id, c.version, c.model, c.lexicon, c.first_at,
		(SELECT count(*) FROM article r WHERE r.coder = c.id), (SELECT count(DISTINCT article) FROM history h WHERE h.coder = c.id) FROM coder c ORDER BY c.id`)
	if err != nil {
		return nil, translate(err)
	}
	defer rows.Close()
	var out []store.Run
	for rows.Next() {
		var r store.Run
		var at string
		if err := rows.Scan(&r.ID, &r.Coder.Version, &r.Coder.Model, &r.Coder.Lexicon, &at, &r.Articles, &r.Before); err != nil {
			return nil, err
		}
		if r.First, err = time.Parse(time.RFC3339Nano, at); err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, rows.Err()
}

// DocumentOf implements [store.Store].
func (s *Store) DocumentOf(ctx context.Context, article string, run int) (d *record.Document, err error) {
	err = s.snapshot(ctx, func(q querier) error {
		d, err = s.documentOf(ctx, q, article, run)
		return err
	})
	return d, translate(err)
}

func (s *Store) documentOf(ctx context.Context, q querier, article string, run int) (*record.Document, error) {
	// The latest that the run wrote, or what a later run found no reason to change.
	var p packed
	var frame []byte
	err := q.QueryRowContext(ctx, `WITH all_of AS (
			SELECT h.seq, h.coder, h.title, h.body, h.doc FROM history h WHERE h.article = ?1
			UNION ALL SELECT 1 << 40, r.coder, c.title, c.body, c.doc FROM article r JOIN content c ON c.a = r.a WHERE r.id = ?1
		) SELECT title, body, doc FROM all_of WHERE doc IS NOT NULL AND seq >= (SELECT max(seq) FROM all_of WHERE coder = ?2) ORDER BY seq LIMIT 1`,
		article, run).Scan(&p.title, &p.body, &frame)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, store.ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	p.frame = frame
	d, err := s.codec.unpack(p)
	if err != nil {
		return nil, err
	}
	err = q.QueryRowContext(ctx, `SELECT version, model, lexicon FROM coder WHERE id = ?`, run).Scan(&d.Coder.Version, &d.Coder.Model, &d.Coder.Lexicon)
	return d, err
}

// Shared implements [store.Store].
func (s *Store) Shared(ctx context.Context, a, b int, f func(string) error) error {
	rows, err := s.read.QueryContext(ctx, `SELECT id FROM (SELECT id, a FROM article) r
		WHERE ?1 IN (SELECT coder FROM article x WHERE x.id = r.id UNION SELECT coder FROM history h WHERE h.article = r.id)
		AND ?2 IN (SELECT coder FROM article x WHERE x.id = r.id UNION SELECT coder FROM history h WHERE h.article = r.id) ORDER BY r.a DESC`, a, b)
	if err != nil {
		return translate(err)
	}
	defer rows.Close()
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return err
		}
		if err := f(id); err != nil {
			return err
		}
	}
	return rows.Err()
}

// Changes implements [store.Store].
func (s *Store) Changes(ctx context.Context, after int64, limit int) ([]store.Change, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT seq, at, article, record, op, coder FROM change WHERE seq > ? ORDER BY seq LIMIT ?`, after, limit)
	if err != nil {
		return nil, translate(err)
	}
	defer rows.Close()
	var out []store.Change
	for rows.Next() {
		var c store.Change
		var at string
		if err := rows.Scan(&c.Seq, &at, &c.Article, &c.Record, &c.Op, &c.Run); err != nil {
			return nil, err
		}
		if c.At, err = time.Parse(time.RFC3339Nano, at); err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, rows.Err()
}

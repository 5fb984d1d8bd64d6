package sqlite

import (
	"context"
	"fmt"
	"slices"
	"time"

	"casus/internal/record"
	"casus/internal/store"
)

// Correct implements [store.Store]. It keeps the correction and makes the rows
// of the article again.
func (s *Store) Correct(ctx context.Context, c store.Correction) error {
	if s.conn == nil {
		return store.ErrReadOnly
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return translate(s.update(func(t *tx) error { return t.correct(c) }))
}

func (t *tx) correct(c store.Correction) error {
	old, err := t.stored(c.Article)
	if err != nil {
		return err
	}
	if old == nil {
		return fmt.Errorf("article %s: %w", c.Article, store.ErrNotFound)
	}
	d, err := t.s.codec.unpack(old.packed)
	if err != nil {
		return err
	}
	before, err := t.corrected(d)
	if err != nil {
		return err
	}
	anchor := store.Anchor(d, c.Record)
	if anchor == "" {
		return fmt.Errorf("record %s/%s: %w", c.Article, c.Record, store.ErrNotFound)
	}
	switch c.Action {
	case store.Accept, store.Reject:
	case store.Edit:
		if err := store.TryEdit(before, c.Record, c.Patch); err != nil {
			return err
		}
	default:
		return fmt.Errorf("unknown action %q", c.Action)
	}
	if err := t.deleteDocument(old.a, before); err != nil {
		return err
	}
	if err := t.exec(`INSERT INTO correction (article, record, anchor, action, patch, author, reason, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		c.Article, c.Record, anchor, c.Action, c.Patch, c.Author, c.Reason, stamp(c.At)); err != nil {
		return err
	}
	after, err := t.corrected(d)
	if err != nil {
		return err
	}
	if err := t.change(c.At, c.Article, c.Record, "correct", old.coder); err != nil {
		return err
	}
	return t.insertDocument(old.a, after)
}

// corrected returns the document with its corrections: d itself without any.
func (t *tx) corrected(d *record.Document) (*record.Document, error) {
	vs, err := verdicts(t.ctx, t.s.conn, d.Article.ID)
	if err != nil || len(vs) == 0 {
		return d, err
	}
	c := *d
	c.Events, c.Statements, c.Claims = slices.Clone(d.Events), slices.Clone(d.Statements), slices.Clone(d.Claims)
	store.Apply(&c, vs)
	return &c, nil
}

// verdicts returns the corrections of an article, oldest first.
func verdicts(ctx context.Context, q querier, article string) ([]store.Verdict, error) {
	rows, err := q.QueryContext(ctx, `SELECT anchor, action, patch FROM correction WHERE article = ? ORDER BY seq`, article)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []store.Verdict
	for rows.Next() {
		var v store.Verdict
		if err := rows.Scan(&v.Anchor, &v.Action, &v.Patch); err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, rows.Err()
}

// Corrections implements [store.Store]. An empty article asks for all.
func (s *Store) Corrections(ctx context.Context, article string) ([]store.Correction, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT seq, article, record, action, patch, author, reason, at FROM correction WHERE article = ?1 OR ?1 = '' ORDER BY seq`, article)
	if err != nil {
		return nil, translate(err)
	}
	defer rows.Close()
	var out []store.Correction
	for rows.Next() {
		var c store.Correction
		var at string
		if err := rows.Scan(&c.Seq, &c.Article, &c.Record, &c.Action, &c.Patch, &c.Author, &c.Reason, &at); err != nil {
			return nil, err
		}
		if c.At, err = time.Parse(time.RFC3339Nano, at); err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, rows.Err()
}

package sqlite

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"casus/internal/record"
	"casus/internal/store"
)

// Stats implements [store.Store].
func (s *Store) Stats(ctx context.Context) (*store.Stats, error) {
	st := &store.Stats{}
	err := s.snapshot(ctx, func(q querier) error {
		var first, last *int
		if err := q.QueryRowContext(ctx, `SELECT (SELECT max(n) FROM migration), count(*), coalesce(sum(events), 0), coalesce(sum(statements), 0), coalesce(sum(claims), 0),
			count(code), (SELECT count(*) FROM failure), (SELECT min(day) FROM daily WHERE day > ?1 AND articles > 0), (SELECT max(day) FROM daily WHERE day > ?1 AND articles > 0) FROM article`, noDay).
			Scan(&st.Schema, &st.Articles, &st.Events, &st.Statements, &st.Claims, &st.Outcomes, &st.Failures, &first, &last); err != nil {
			return err
		}
		if first != nil && last != nil {
			st.First, st.Last = dayText(*first), dayText(*last)
		}
		return nil
	})
	st.Bytes = size(s.path) + size(s.path+"-wal")
	return st, translate(err)
}

// size is the length of a file, 0 where there is none.
func size(path string) int64 {
	info, err := os.Stat(path)
	if err != nil {
		return 0
	}
	return info.Size()
}

// Check implements [store.Store]: the file is sound, every document opens and
// is sound, and the tables say what the documents say.
func (s *Store) Check(ctx context.Context) ([]string, error) {
	var faults []string
	err := s.snapshot(ctx, func(q querier) error {
		rows, err := q.QueryContext(ctx, `PRAGMA integrity_check(20)`)
		if err != nil {
			return err
		}
		for rows.Next() {
			var line string
			if err := rows.Scan(&line); err != nil {
				return errors.Join(err, rows.Close())
			}
			if line != "ok" {
				faults = append(faults, line)
			}
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			return err
		}
		fs, err := s.checkCounts(ctx, q)
		faults = append(faults, fs...)
		if err != nil {
			return err
		}
		fs, err = s.checkDocuments(ctx, q)
		faults = append(faults, fs...)
		return err
	})
	return faults, translate(err)
}

func (s *Store) checkCounts(ctx context.Context, q querier) ([]string, error) {
	var faults []string
	for _, c := range []struct{ about, ask string }{
		{"articles without their document", `SELECT count(*) FROM article r LEFT JOIN content c ON c.a = r.a WHERE c.a IS NULL`},
		{"documents without an article", `SELECT count(*) FROM content c LEFT JOIN article r ON c.a = r.a WHERE r.a IS NULL`},
		{"articles missing from the full-text index", `SELECT count(*) FROM article r WHERE NOT EXISTS (SELECT 1 FROM words_docsize w WHERE w.id = r.a)`},
		{"entries of the full-text index without an article", `SELECT count(*) FROM words_docsize w WHERE NOT EXISTS (SELECT 1 FROM article r WHERE w.id = r.a)`},
		{"articles whose events are not all in the table", `SELECT count(*) FROM article r WHERE r.events <> (SELECT count(*) FROM event e WHERE e.a = r.a)`},
		{"articles whose statements are not all in the table", `SELECT count(*) FROM article r WHERE r.statements <> (SELECT count(*) FROM statement e WHERE e.a = r.a)`},
		{"articles whose claims are not all in the table", `SELECT count(*) FROM article r WHERE r.claims <> (SELECT count(*) FROM claim e WHERE e.a = r.a)`},
		{"days with a wrong count of articles", `SELECT count(*) FROM daily d WHERE d.articles <> (SELECT count(*) FROM article r WHERE r.a BETWEEN d.day << 24 AND (d.day << 24) + 16777215)`},
		{"participants without a record", `SELECT count(*) FROM part p WHERE NOT EXISTS (SELECT 1 FROM article r WHERE r.a = p.a)`},
		{"pairs without an event", `SELECT count(*) FROM pair p WHERE NOT EXISTS (SELECT 1 FROM event e WHERE e.a = p.a AND e.n = p.n)`},
	} {
		var n int
		if err := q.QueryRowContext(ctx, c.ask).Scan(&n); err != nil {
			return faults, err
		}
		if n > 0 {
			faults = append(faults, fmt.Sprintf("%d %s", n, c.about))
		}
	}
	return faults, nil
}

func (s *Store) checkDocuments(ctx context.Context, q querier) ([]string, error) {
	rows, err := q.QueryContext(ctx, `SELECT r.id, c.title, c.body, c.doc, r.hash, r.events FROM article r JOIN content c ON c.a = r.a`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var faults []string
	for rows.Next() && len(faults) < 20 {
		var id string
		var p packed
		var hash []byte
		var events int
		if err := rows.Scan(&id, &p.title, &p.body, &p.frame, &hash, &events); err != nil {
			return faults, err
		}
		d, err := s.codec.unpack(p)
		if err == nil {
			err = record.Validate(d)
		}
		if err == nil {
			if h := store.HashOf(&d.Article); string(h[:]) != string(hash) || d.Article.ID != id || len(d.Events) != events {
				err = errors.New("its row says otherwise than its document")
			}
		}
		if err != nil {
			faults = append(faults, fmt.Sprintf("article %s: %v", id, err))
		}
	}
	return faults, rows.Err()
}

// Backup implements [store.Store]: a copy as of one moment, compact, while
// others write. The file must not be there yet.
func (s *Store) Backup(ctx context.Context, to string) error {
	if _, err := os.Stat(to); !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("backup: %s is there already", to)
	}
	part := to + ".part"
	if err := os.Remove(part); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("backup: %w", err)
	}
	// A query_only connection may not even write another file.
	db, err := openPlain(s.path)
	if err != nil {
		return err
	}
	defer db.Close()
	if _, err := db.ExecContext(ctx, `VACUUM INTO ?`, part); err != nil {
		return errors.Join(fmt.Errorf("backup: %w", translate(err)), os.Remove(part))
	}
	return os.Rename(part, to)
}

// Vacuum implements [store.Store].
func (s *Store) Vacuum(ctx context.Context) error {
	if s.conn == nil {
		return store.ErrReadOnly
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, q := range []string{`INSERT INTO words(words) VALUES ('optimize')`, `VACUUM`, `PRAGMA wal_checkpoint(TRUNCATE)`} {
		if _, err := s.conn.ExecContext(ctx, q); err != nil {
			return translate(err)
		}
	}
	return nil
}

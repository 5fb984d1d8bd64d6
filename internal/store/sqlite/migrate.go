package sqlite

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"time"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

//go:embed indexes.sql
var indexes string

// A migration is one numbered step of the schema. A released step never changes:
// its checksum is kept in the database.
type migration struct {
	n              int
	name, sql, sum string
}

func migrations() ([]migration, error) {
	names, err := fs.Glob(migrationFiles, "migrations/*.sql") // sorted
	if err != nil {
		return nil, err
	}
	var ms []migration
	for _, f := range names {
		raw, err := migrationFiles.ReadFile(f)
		if err != nil {
			return nil, err
		}
		num, name, _ := strings.Cut(strings.TrimSuffix(strings.TrimPrefix(f, "migrations/"), ".sql"), ".")
		n, err := strconv.Atoi(num)
		if err != nil || n != len(ms)+1 {
			return nil, fmt.Errorf("migration %s: want number %d", f, len(ms)+1)
		}
		sum := sha256.Sum256(raw)
		ms = append(ms, migration{n, name, string(raw), hex.EncodeToString(sum[:])})
	}
	return ms, nil
}

type execer interface {
	ExecContext(ctx context.Context, q string, args ...any) (sql.Result, error)
	QueryRowContext(ctx context.Context, q string, args ...any) *sql.Row
	QueryContext(ctx context.Context, q string, args ...any) (*sql.Rows, error)
}

// applied returns the number of the last step that the database has, after
// checking that they are the steps of this program.
func applied(ctx context.Context, db execer, ms []migration) (int, error) {
	var there int
	err := db.QueryRowContext(ctx, `SELECT count(*) FROM sqlite_master WHERE name = 'migration'`).Scan(&there)
	if err != nil {
		return 0, err
	}
	if there == 0 {
		var tables int
		if err := db.QueryRowContext(ctx, `SELECT count(*) FROM sqlite_master`).Scan(&tables); err != nil {
			return 0, err
		}
		if tables > 0 {
			return 0, errors.New("a database of another program: it has tables, but none of casus")
		}
		return 0, nil
	}
	rows, err := db.QueryContext(ctx, `SELECT n, sum FROM migration ORDER BY n`)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	last := 0
	for rows.Next() {
		var n int
		var sum string
		if err := rows.Scan(&n, &sum); err != nil {
			return 0, err
		}
		switch {
		case n > len(ms):
			return 0, fmt.Errorf("written by a newer casus (schema %d, this one knows %d): use that one", n, len(ms))
		case n != last+1 || ms[n-1].sum != sum:
			return 0, fmt.Errorf("schema step %d is not the one this program knows", n)
		}
		last = n
	}
	return last, rows.Err()
}

// migrate brings the schema to the newest step, one transaction a step, and
// returns how many steps it took.
func migrate(ctx context.Context, db execer, ms []migration, at time.Time) (int, error) {
	steps := 0
	for {
		err := inTx(ctx, db, func() error {
			if _, err := db.ExecContext(ctx, `CREATE TABLE IF NOT EXISTS migration (n INTEGER PRIMARY KEY, name TEXT NOT NULL, sum TEXT NOT NULL, at TEXT NOT NULL)`); err != nil {
				return err
			}
			n, err := applied(ctx, db, ms) // again: another process may have been quicker
			if err != nil {
				return err
			}
			if n == len(ms) {
				return errDone
			}
			m := ms[n]
			if _, err := db.ExecContext(ctx, m.sql); err != nil {
				return fmt.Errorf("schema step %d (%s): %w", m.n, m.name, err)
			}
			_, err = db.ExecContext(ctx, `INSERT INTO migration (n, name, sum, at) VALUES (?, ?, ?, ?)`, m.n, m.name, m.sum, stamp(at))
			return err
		})
		if errors.Is(err, errDone) {
			return steps, nil
		}
		if err != nil {
			return steps, err
		}
		steps++
	}
}

var errDone = errors.New("done")

// inTx runs f in a transaction that writes from its first statement on.
func inTx(ctx context.Context, db execer, f func() error) (err error) {
	if _, err := db.ExecContext(ctx, `BEGIN IMMEDIATE`); err != nil {
		return err
	}
	defer func() {
		if err != nil {
			// SQLite may have rolled back itself, as it does when the disk is full.
			db.ExecContext(context.WithoutCancel(ctx), `ROLLBACK`)
		}
	}()
	if err := f(); err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, `COMMIT`)
	return err
}

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339Nano) }

package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"casus/internal/query"
	"casus/internal/store"
	"casus/internal/store/storetest"
)

func TestBrokenVersionsOfSQLiteAreRefused(t *testing.T) {
	for v, want := range map[string]bool{"3.40.1": true, "3.51.2": true, "3.51.3": false, "3.52.0": true, "3.52.1": false, "3.54.1": false, "4.0.0": false, "x": true} {
		if broken(v) != want {
			t.Errorf("broken(%s) = %v", v, !want)
		}
	}
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := checkVersion(context.Background(), db); err != nil {
		t.Errorf("the version built in: %v", err)
	}
}

func TestOpenRefusesWhatIsNoStore(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	if _, err := Open(ctx, filepath.Join(dir, "none.db"), Options{}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("missing file: %v", err)
	}
	if _, err := Open(ctx, dir, Options{Create: true}); err == nil {
		t.Error("a folder is opened")
	}
	text := filepath.Join(dir, "a.txt")
	if err := os.WriteFile(text, []byte(strings.Repeat("just text ", 2000)), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, o := range []Options{{}, {Create: true}, {ReadOnly: true}} {
		if _, err := Open(ctx, text, o); err == nil {
			t.Error("a text file is opened")
		}
	}
	alter := func(q string) string {
		t.Helper()
		p := filepath.Join(t.TempDir(), "x.db")
		db, err := sql.Open("sqlite", dsn(p, "mode=rwc"))
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		if _, err := db.Exec(q); err != nil {
			t.Fatal(err)
		}
		return p
	}
	const mig = `CREATE TABLE migration (n INTEGER PRIMARY KEY, name TEXT, sum TEXT, at TEXT); INSERT INTO migration VALUES `
	for q, want := range map[string]string{
		`CREATE TABLE other (x)`:       "another program",
		mig + `(99, 'x', 'y', 'z')`:    "newer casus",
		mig + `(1, 'init', 'no', 'z')`: "not the one this program knows",
	} {
		for _, o := range []Options{{}, {ReadOnly: true}} {
			if _, err := Open(ctx, alter(q), o); err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %v, want %q", q, err, want)
			}
		}
	}
}

func TestReadOnlyStoreIsNotWritten(t *testing.T) {
	ctx := context.Background()
	s := create(t, Options{})
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	r, err := Open(ctx, s.path, Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if _, err := r.Put(ctx, storetest.Items(0, 1, 1), storetest.At); !errors.Is(err, store.ErrReadOnly) {
		t.Errorf("put: %v", err)
	}
	if _, err := r.read.Exec(`DELETE FROM article`); err == nil {
		t.Error("the readers' connection writes")
	}
}

// A bulk load that dies leaves no indexes; the next to open makes them.
func TestBulkLoadThatDiedIsMended(t *testing.T) {
	ctx := context.Background()
	s := create(t, Options{Bulk: true})
	if _, err := s.Put(ctx, storetest.Items(0, 20, 9), storetest.At); err != nil {
		t.Fatal(err)
	}
	indexes := func(s *Store) (n int) {
		if err := s.read.QueryRow(`SELECT count(*) FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND name LIKE 'event_%'`).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	if n := indexes(s); n != 0 {
		t.Errorf("%d indexes while loading", n)
	}
	if err := s.shut(); err != nil { // as if it died
		t.Fatal(err)
	}
	s, err := Open(ctx, s.path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if n := indexes(s); n != 2 {
		t.Errorf("%d indexes after, want 2", n)
	}
}

func TestReadersAndWriterDoNotWait(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	s := create(t, Options{})
	defer s.Close()
	if _, err := s.Put(ctx, storetest.Items(0, 40, 9), storetest.At); err != nil {
		t.Fatal(err)
	}
	q, err := query.Parse("actor:USA")
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for ctx.Err() == nil {
				_, err := s.Search(ctx, store.Request{Query: q, All: true})
				if err == nil {
					_, err = s.Dyad(ctx, "USA", "CHN", store.Request{})
				}
				if err != nil && ctx.Err() == nil {
					t.Errorf("read: %v", err)
					return
				}
			}
		})
	}
	for i := 40; i < 200; i += 20 {
		if _, err := s.Put(context.Background(), storetest.Items(i, i+20, 9), storetest.At); err != nil {
			t.Errorf("write: %v", err)
		}
	}
	cancel()
	wg.Wait()
}

func TestBackupWhileWriting(t *testing.T) {
	ctx := context.Background()
	s := create(t, Options{})
	defer s.Close()
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := 0; i < 80; i += 8 {
			if _, err := s.Put(ctx, storetest.Items(i, i+8, 9), storetest.At); err != nil {
				t.Errorf("write: %v", err)
			}
		}
	})
	time.Sleep(5 * time.Millisecond)
	to := filepath.Join(t.TempDir(), "copy.db")
	if err := s.Backup(ctx, to); err != nil {
		t.Fatal(err)
	}
	wg.Wait()
	if err := s.Backup(ctx, to); err == nil {
		t.Error("a backup is written over")
	}
	c, err := Open(ctx, to, Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	st, err := c.Stats(ctx)
	if err != nil || st.Articles%8 != 0 {
		t.Errorf("%+v, %v: want whole batches", st, err)
	}
	if faults, err := c.Check(ctx); err != nil || len(faults) > 0 {
		t.Errorf("%v, %v", faults, err)
	}
	if err := s.Vacuum(ctx); err != nil {
		t.Error(err)
	}
	if faults, err := s.Check(ctx); err != nil || len(faults) > 0 {
		t.Errorf("after vacuum: %v, %v", faults, err)
	}
}

func TestCheckFindsDamage(t *testing.T) {
	ctx := context.Background()
	for q, want := range map[string]string{
		`DELETE FROM event WHERE a = (SELECT max(a) FROM article)`:                                                "events are not all",
		`DELETE FROM content WHERE a = (SELECT max(a) FROM article)`:                                              "without their document",
		`DELETE FROM words WHERE rowid = (SELECT max(a) FROM article)`:                                            "missing from the full-text index",
		`UPDATE content SET doc = zeroblob(20) WHERE a = (SELECT max(a) FROM article)`:                            "damaged",
		`UPDATE article SET hash = zeroblob(16) WHERE a = (SELECT max(a) FROM article)`:                           "says otherwise",
		`UPDATE daily SET articles = articles + 1`:                                                                "wrong count",
		`INSERT INTO part VALUES (1, 'a', 1, 1)`:                                                                  "participants without",
		`INSERT INTO pair VALUES ('USA', 'CHN', 1, 1, 1, 1, NULL, NULL, 'actual', 0, 0.9)`:                        "pairs without",
		`UPDATE article SET statements = 0; UPDATE article SET claims = 9 WHERE a = (SELECT max(a) FROM article)`: "statements are not all",
	} {
		s := create(t, Options{})
		if _, err := s.Put(ctx, storetest.Items(0, 3, 2), storetest.At); err != nil {
			t.Fatal(err)
		}
		if _, err := s.conn.ExecContext(ctx, q); err != nil {
			t.Fatalf("%s: %v", q, err)
		}
		faults, err := s.Check(ctx)
		if err != nil || !strings.Contains(strings.Join(faults, "\n"), want) {
			t.Errorf("%s: %v, %v; want %q", q, faults, err, want)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}

// Package sqlite keeps a store in one SQLite file.
//
// One connection writes, several read. The write-ahead log makes a commit
// safe from the death of the process, and synchronous FULL from the loss of
// power; readers never wait for the writer, nor it for them.
//
// The file holds every document whole (table content), and tables made from
// them to search. Full text is an FTS5 index without a copy of the text: the
// text is in content, compressed.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"time"

	"modernc.org/sqlite"

	"casus/internal/store"
)

// Limits on the write-ahead log and on waiting.
const (
	pageSize        = 16384    // documents of 4 KB waste less of such a page
	walPages        = 1000     // checkpoint when the log holds so many
	walKeep         = 16 << 20 // bytes of log kept after a checkpoint
	walMost         = 64 << 20 // past this, a commit waits for readers to let go
	busy            = 10 * time.Second
	readers         = 4
	defaultCacheKiB = 32 << 10
)

// Options says how a store is opened. The zero value opens an existing store to
// read and write.
type Options struct {
	Create   bool      // make the file when it is missing
	ReadOnly bool      // never write, not even the schema
	Bulk     bool      // leave secondary indexes out until Close, for a first load
	Now      time.Time // written beside schema steps
	CacheKiB int       // page cache of the writer; 0 is 32 MiB
	MaxPages int64     // most pages of the file, 0 for no limit
}

// A Store is an open database.
type Store struct {
	path  string
	codec *codec
	read  *sql.DB
	now   time.Time
	bulk  bool

	mu       sync.Mutex // of what follows
	write    *sql.DB
	conn     *sql.Conn
	stmts    map[string]*sql.Stmt
	entities map[int64]int64 // hash to id, of committed rows only
	spots    map[int64]int64
	commits  int
}

var _ store.Store = (*Store)(nil)

// Open opens the store at path.
func Open(ctx context.Context, path string, o Options) (*Store, error) {
	s, err := open(ctx, path, o)
	if err != nil {
		return nil, fmt.Errorf("store %s: %w", path, translate(err))
	}
	return s, nil
}

func open(ctx context.Context, path string, o Options) (*Store, error) {
	info, err := os.Stat(path)
	switch {
	case err == nil && info.IsDir():
		return nil, errors.New("is a folder: name a file in it")
	case errors.Is(err, fs.ErrNotExist) && !o.Create:
		return nil, fmt.Errorf("no such file: casus db init makes one: %w", fs.ErrNotExist)
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return nil, err
	}
	registerFunctions()
	cd, err := newCodec()
	if err != nil {
		return nil, err
	}
	s := &Store{path: path, codec: cd, now: o.Now, stmts: map[string]*sql.Stmt{}, entities: map[int64]int64{}, spots: map[int64]int64{}}
	if err := s.connect(ctx, o); err != nil {
		return nil, errors.Join(err, s.shut())
	}
	return s, nil
}

func (s *Store) connect(ctx context.Context, o Options) error {
	ms, err := migrations()
	if err != nil {
		return err
	}
	if !o.ReadOnly {
		if err := s.connectWriter(ctx, o, ms); err != nil {
			return err
		}
	}
	mode := "mode=ro"
	if o.ReadOnly && !writable(s.path) && size(s.path+"-wal") == 0 {
		mode = "immutable=1" // no lock and no log can be made beside the file
	}
	if s.read, err = sql.Open("sqlite", dsn(s.path, mode, "query_only(1)", "cache_size(-8000)", "temp_store(2)")); err != nil {
		return err
	}
	s.read.SetMaxOpenConns(max(readers, runtime.GOMAXPROCS(0)))
	s.read.SetMaxIdleConns(readers)
	if err := checkVersion(ctx, s.read); err != nil {
		return err
	}
	n, err := applied(ctx, s.read, ms)
	if err == nil && n < len(ms) {
		err = fmt.Errorf("its schema is %d, this casus wants %d: run casus db migrate", n, len(ms))
	}
	return err
}

func (s *Store) connectWriter(ctx context.Context, o Options, ms []migration) (err error) {
	cache := o.CacheKiB
	if cache == 0 {
		cache = defaultCacheKiB
	}
	if s.write, err = sql.Open("sqlite", dsn(s.path, "mode=rwc", "cache_size(-"+strconv.Itoa(cache)+")", "temp_store(2)", "foreign_keys(0)")); err != nil {
		return err
	}
	s.write.SetMaxOpenConns(1)
	if s.conn, err = s.write.Conn(ctx); err != nil {
		return err
	}
	if err := checkVersion(ctx, s.conn); err != nil {
		return err
	}
	// Before anything is written: the file may be another program's.
	if _, err := applied(ctx, s.conn, ms); err != nil {
		return err
	}
	sync := "FULL"
	if o.Bulk {
		sync = "NORMAL"
	}
	for _, p := range []string{
		fmt.Sprintf("page_size = %d", pageSize), "journal_mode = WAL", "synchronous = " + sync,
		fmt.Sprintf("wal_autocheckpoint = %d", walPages), fmt.Sprintf("journal_size_limit = %d", walKeep),
	} {
		if _, err := s.conn.ExecContext(ctx, "PRAGMA "+p); err != nil {
			return err
		}
	}
	if o.MaxPages > 0 {
		if _, err := s.conn.ExecContext(ctx, fmt.Sprintf("PRAGMA max_page_count = %d", o.MaxPages)); err != nil {
			return err
		}
	}
	if _, err := migrate(ctx, s.conn, ms, o.Now); err != nil {
		return err
	}
	return s.startBulk(ctx, o.Bulk)
}

// startBulk drops the secondary indexes, or makes those that a bulk load left out
// when it died.
func (s *Store) startBulk(ctx context.Context, bulk bool) error {
	s.bulk = bulk
	if !bulk {
		return s.makeIndexes(ctx)
	}
	for _, name := range indexNames() {
		if _, err := s.conn.ExecContext(ctx, "DROP INDEX IF EXISTS "+name); err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) makeIndexes(ctx context.Context) error {
	names := indexNames()
	var n int
	if err := s.conn.QueryRowContext(ctx, `SELECT count(*) FROM sqlite_master WHERE type = 'index' AND name IN (`+marks(len(names))+`)`, anys(names)...).Scan(&n); err != nil {
		return err
	}
	if n == len(names) {
		return nil
	}
	return inTx(ctx, s.conn, func() error {
		_, err := s.conn.ExecContext(ctx, indexes)
		return err
	})
}

// indexNames are the names in indexes.sql.
func indexNames() []string {
	var out []string
	for line := range strings.Lines(indexes) {
		if rest, ok := strings.CutPrefix(line, "CREATE INDEX IF NOT EXISTS "); ok {
			name, _, _ := strings.Cut(rest, " ")
			out = append(out, name)
		}
	}
	return out
}

// Close makes what a bulk load left out and closes the database.
func (s *Store) Close() error {
	var err error
	if s.conn != nil && s.bulk {
		s.mu.Lock()
		err = s.makeIndexes(context.Background())
		s.mu.Unlock()
	}
	return translate(errors.Join(err, s.shut()))
}

func (s *Store) shut() error {
	var errs []error
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, st := range s.stmts {
		errs = append(errs, st.Close())
	}
	if s.read != nil {
		errs = append(errs, s.read.Close())
	}
	if s.conn != nil {
		errs = append(errs, s.conn.Close())
	}
	if s.write != nil {
		errs = append(errs, s.write.Close())
	}
	s.codec.close()
	return errors.Join(errs...)
}

func dsn(path, mode string, pragmas ...string) string {
	v := url.Values{"_pragma": {fmt.Sprintf("busy_timeout(%d)", busy.Milliseconds())}}
	for _, p := range pragmas {
		v.Add("_pragma", p)
	}
	u := url.URL{Scheme: "file", OmitHost: true, Path: path}
	if abs, err := filepath.Abs(path); err == nil {
		u.Path = filepath.ToSlash(abs)
	}
	return u.String() + "?" + mode + "&" + v.Encode()
}

// writable reports whether a log can be made beside the file.
func writable(path string) bool {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return false
	}
	f.Close()
	t, err := os.CreateTemp(filepath.Dir(path), ".casus-*")
	if err != nil {
		return false
	}
	t.Close()
	return os.Remove(t.Name()) == nil
}

// checkVersion refuses versions of SQLite that can damage a database: before
// 3.51.3 a reset of the log could lose pages, and 3.52.0 was withdrawn.
func checkVersion(ctx context.Context, db execer) error {
	var v string
	if err := db.QueryRowContext(ctx, `SELECT sqlite_version()`).Scan(&v); err != nil {
		return err
	}
	if broken(v) {
		return fmt.Errorf("built with SQLite %s, which can damage a database: want 3.51.3 or later, but not 3.52.0", v)
	}
	return nil
}

func broken(v string) bool {
	var n [3]int
	for i, p := range strings.SplitN(v, ".", 3) {
		x, err := strconv.Atoi(p)
		if err != nil {
			return true
		}
		n[i] = x
	}
	return n[0]*1e6+n[1]*1e3+n[2] < 3_051_003 || n == [3]int{3, 52, 0}
}

// translate gives the faults that users can mend their names.
func translate(err error) error {
	var se *sqlite.Error
	if !errors.As(err, &se) {
		return err
	}
	switch se.Code() & 0xff {
	case 13: // SQLITE_FULL
		return fmt.Errorf("%w: %w", store.ErrFull, err)
	case 8, 14: // SQLITE_READONLY, SQLITE_CANTOPEN
		return fmt.Errorf("%w: %w", store.ErrReadOnly, err)
	case 11, 26: // SQLITE_CORRUPT, SQLITE_NOTADB
		return fmt.Errorf("the file is damaged, or no store: %w", err)
	}
	return err
}

func marks(n int) string { return strings.TrimSuffix(strings.Repeat("?,", n), ",") }

func anys[T any](xs []T) []any {
	out := make([]any, len(xs))
	for i, x := range xs {
		out[i] = x
	}
	return out
}

// openPlain opens the file for reading, on one connection.
func openPlain(path string) (*sql.DB, error) {
	db, err := sql.Open("sqlite", dsn(path, "mode=ro"))
	if err == nil {
		db.SetMaxOpenConns(1)
	}
	return db, err
}

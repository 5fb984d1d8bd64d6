package sqlite

import (
	"bytes"
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"

	"casus/internal/query"
	"casus/internal/record"
	"casus/internal/store"
)

// Articles are numbered by day.
const (
	dayBits  = 24
	noDay    = -1 << 20 // of articles whose date is unknown: after all others
	mostADay = 1<<dayBits - 1
)

// A prepared item is all that can be made of it without the database.
type prepared struct {
	item   store.Item
	hash   store.Hash
	packed packed
	day    int
	key    int64 // once it is known
	result store.Result
	old    *stored
	coder  int
}

// stored is the row of an article that is there already.
type stored struct {
	a      int64
	hash   []byte
	coder  int
	packed packed
}

// Put implements [store.Store].
func (s *Store) Put(ctx context.Context, items []store.Item, at time.Time) ([]store.Result, error) {
	if s.conn == nil {
		return nil, store.ErrReadOnly
	}
	ps := make([]*prepared, len(items))
	for i, it := range items {
		p, err := s.prepare(it)
		if err != nil {
			return nil, err
		}
		ps[i] = p
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	err := s.update(func(t *tx) error { return t.put(ps, at) })
	if err != nil {
		return nil, translate(err)
	}
	out := make([]store.Result, len(ps))
	for i, p := range ps {
		out[i] = p.result
	}
	return out, nil
}

// update runs f in one transaction. Once begun, it is not given up half-way
// because somebody is in a hurry.
func (s *Store) update(f func(*tx) error) error {
	ctx := context.Background()
	t := &tx{s: s, ctx: ctx, entities: map[int64]int64{}, spots: map[int64]int64{}, next: map[int]int64{}, daily: map[int][2]int{}}
	err := inTx(ctx, s.conn, func() error {
		if err := f(t); err != nil {
			return err
		}
		return t.flush()
	})
	if err != nil {
		return err
	}
	s.remember(t)
	if s.commits++; s.commits%64 == 0 {
		return s.trimLog(ctx)
	}
	return nil
}

// most words of a dictionary kept in memory.
const cacheMost = 200_000

func (s *Store) remember(t *tx) {
	if len(s.entities) > cacheMost {
		clear(s.entities)
	}
	if len(s.spots) > cacheMost {
		clear(s.spots)
	}
	maps.Copy(s.entities, t.entities)
	maps.Copy(s.spots, t.spots)
}

// trimLog empties a log that long readers have let grow.
func (s *Store) trimLog(ctx context.Context) error {
	if size(s.path+"-wal") < walMost {
		return nil
	}
	var busy, log, done int
	return s.conn.QueryRowContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`).Scan(&busy, &log, &done)
}

func (s *Store) prepare(it store.Item) (*prepared, error) {
	d := it.Document
	if d.Article.ID == "" {
		return nil, errors.New("an article without an id cannot be stored")
	}
	if err := record.Validate(d); err != nil {
		return nil, fmt.Errorf("article %s: %w", d.Article.ID, err)
	}
	pk, err := s.codec.pack(d)
	if err != nil {
		return nil, err
	}
	p := &prepared{item: it, hash: store.HashOf(&d.Article), packed: pk, day: noDay}
	if day, ok := dayOf(d.Article.Published).(int); ok {
		p.day = day
	}
	return p, nil
}

// put writes the articles. FTS5 is quick when rows come in the order of their
// keys, so new ones are numbered first and written in that order.
func (t *tx) put(ps []*prepared, at time.Time) error {
	last := map[string]*prepared{} // of an id given twice in one batch
	var todo []*prepared
	for _, p := range ps {
		id := p.item.Document.Article.ID
		if before := last[id]; before != nil {
			if before.hash != p.hash {
				return fmt.Errorf("two articles of one batch have the id %s: give the batch again without one", id)
			}
			p.result = store.Unchanged
			continue
		}
		last[id] = p
		if err := t.place(p, at); err != nil {
			return err
		}
		if p.result != store.Unchanged {
			todo = append(todo, p)
		}
	}
	slices.SortStableFunc(todo, func(x, y *prepared) int { return cmp.Compare(x.key, y.key) })
	for _, p := range todo {
		if err := t.write(p, at); err != nil {
			return err
		}
	}
	return nil
}

// place finds what is stored of the article and gives it a key.
func (t *tx) place(p *prepared, at time.Time) (err error) {
	if p.coder, err = t.coder(p.item.Document.Coder, at); err != nil {
		return err
	}
	old, err := t.stored(p.item.Document.Article.ID)
	if err != nil {
		return err
	}
	switch same := old != nil && string(old.hash) == string(p.hash[:]); {
	case same && old.coder == p.coder:
		p.result = store.Unchanged
		return nil
	case same:
		p.result, p.old, p.key = store.Recoded, old, old.a
		return nil
	case old != nil:
		p.result, p.old = store.Replaced, old
		if int(old.a>>dayBits) == p.day {
			p.key = old.a
			return nil
		}
	default:
		p.result = store.Added
	}
	p.key, err = t.number(p.day)
	return err
}

func (t *tx) number(day int) (int64, error) {
	low := int64(day) << dayBits
	n, ok := t.next[day]
	if !ok {
		var last sql.NullInt64
		if err := t.s.conn.QueryRowContext(t.ctx, `SELECT max(a) FROM article WHERE a BETWEEN ? AND ?`, low, low|mostADay).Scan(&last); err != nil {
			return 0, err
		}
		n = low
		if last.Valid {
			n = last.Int64 + 1
		}
	}
	if n > low|mostADay {
		return 0, fmt.Errorf("more than %d articles on one day", mostADay)
	}
	t.next[day] = n + 1
	return n, nil
}

func (t *tx) coder(c record.Coder, at time.Time) (int, error) {
	if err := t.exec(`INSERT INTO coder (version, model, lexicon, first_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`, c.Version, c.Model, c.Lexicon, stamp(at)); err != nil {
		return 0, err
	}
	find, err := t.s.prepared(t.ctx, `SELECT id FROM coder WHERE version = ? AND model = ? AND lexicon = ?`)
	if err != nil {
		return 0, err
	}
	var id int
	return id, find.QueryRowContext(t.ctx, c.Version, c.Model, c.Lexicon).Scan(&id)
}

func (t *tx) stored(id string) (*stored, error) {
	find, err := t.s.prepared(t.ctx, `SELECT r.a, r.hash, r.coder, c.title, c.body, c.doc FROM article r JOIN content c ON c.a = r.a WHERE r.id = ?`)
	if err != nil {
		return nil, err
	}
	o := &stored{}
	err = find.QueryRowContext(t.ctx, id).Scan(&o.a, &o.hash, &o.coder, &o.packed.title, &o.packed.body, &o.packed.frame)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return o, err
}

// write stores one article, in place of what was there.
func (t *tx) write(p *prepared, at time.Time) error {
	d := p.item.Document
	if p.old != nil {
		if err := t.replace(p, at); err != nil {
			return err
		}
	} else if err := t.change(at, d.Article.ID, "", "add", p.coder); err != nil {
		return err
	}
	eff, err := t.corrected(d)
	if err != nil {
		return err
	}
	if err := t.article(p); err != nil {
		return err
	}
	return t.insertDocument(p.key, eff)
}

func (t *tx) article(p *prepared) error {
	d := p.item.Document
	r := &d.Article
	var stage, code, reason any
	coded := 1
	if d.Outcome != nil {
		stage, code, reason, coded = d.Outcome.Stage, d.Outcome.Code, d.Outcome.Reason, 0
	}
	if err := t.exec(`INSERT INTO article (a, id, hash, coder, url, outlet, domain, country, title, published, language, genre, events, statements, claims, stage, code, reason)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		p.key, r.ID, p.hash[:], p.coder, r.URL, r.Outlet, null(Domain(str(r.URL))), null(p.item.Country), r.Title, r.Published, r.Language, r.Genre,
		len(d.Events), len(d.Statements), len(d.Claims), stage, code, reason); err != nil {
		return err
	}
	if err := t.exec(`INSERT INTO content (a, title, body, doc) VALUES (?, ?, ?, ?)`, p.key, p.packed.title, p.packed.body, p.packed.frame); err != nil {
		return err
	}
	t.count(p.key, 1, coded)
	return t.exec(`INSERT INTO words (rowid, title, body) VALUES (?, ?, ?)`, p.key, str(r.Title), r.Text)
}

// count keeps the number of articles per day.
func (t *tx) count(key int64, articles, coded int) {
	c := t.daily[int(key>>dayBits)]
	t.daily[int(key>>dayBits)] = [2]int{c[0] + articles, c[1] + coded}
}

// replace removes the rows of an article, keeps the document they came from,
// and writes down what changes.
func (t *tx) replace(p *prepared, at time.Time) error {
	was, err := t.s.codec.unpack(p.old.packed)
	if err != nil {
		return err
	}
	before, err := t.corrected(was)
	if err != nil {
		return err
	}
	if err := t.deleteDocument(p.old.a, before); err != nil {
		return err
	}
	coded := 1
	if was.Outcome != nil {
		coded = 0
	}
	t.count(p.old.a, -1, -coded)
	for _, q := range []string{`DELETE FROM article WHERE a = ?`, `DELETE FROM content WHERE a = ?`, `DELETE FROM words WHERE rowid = ?`} {
		if err := t.exec(q, p.old.a); err != nil {
			return err
		}
	}
	if p.key != p.old.a {
		if err := t.exec(`UPDATE OR REPLACE story_article SET a = ? WHERE a = ?`, p.key, p.old.a); err != nil {
			return err
		}
	}
	diff := store.Diff(was, p.item.Document)
	same, err := sameRecords(was, p.item.Document)
	if err != nil {
		return err
	}
	if err := t.remember(p, was.Article.ID, same && p.result == store.Recoded, at); err != nil {
		return err
	}
	if p.result == store.Replaced {
		if err := t.change(at, was.Article.ID, "", "edit", p.coder); err != nil {
			return err
		}
	}
	for _, c := range diff {
		if err := t.change(at, was.Article.ID, c.Record, c.Op, p.coder); err != nil {
			return err
		}
	}
	return nil
}

// sameRecords reports whether two coders wrote the same.
func sameRecords(a, b *record.Document) (bool, error) {
	x, y := *a, *b
	x.Coder, y.Coder = record.Coder{}, record.Coder{}
	p, err := json.Marshal(&x)
	if err != nil {
		return false, err
	}
	q, err := json.Marshal(&y)
	return bytes.Equal(p, q), err
}

// remember moves the document of the coder before to the history.
func (t *tx) remember(p *prepared, id string, same bool, at time.Time) error {
	var title, body, doc any
	if !same {
		title, body, doc = p.old.packed.title, p.old.packed.body, p.old.packed.frame
	}
	return t.exec(`INSERT INTO history (article, seq, coder, until, title, body, doc)
		VALUES (?1, (SELECT coalesce(max(seq), 0) + 1 FROM history WHERE article = ?1), ?2, ?3, ?4, ?5, ?6)`, id, p.old.coder, stamp(at), title, body, doc)
}

func (t *tx) change(at time.Time, article, rec, op string, coder int) error {
	return t.exec(`INSERT INTO change (at, article, record, op, coder) VALUES (?, ?, ?, ?, ?)`, stamp(at), article, rec, op, coder)
}

// Fail implements [store.Store].
func (s *Store) Fail(ctx context.Context, fs []store.Failure) error {
	if s.conn == nil {
		return store.ErrReadOnly
	}
	if len(fs) == 0 || ctx.Err() != nil {
		return ctx.Err()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return translate(s.update(func(t *tx) error {
		for _, f := range fs {
			if err := t.exec(`INSERT OR REPLACE INTO failure (name, stage, code, reason, at) VALUES (?, ?, ?, ?, ?)`, f.Name, f.Stage, f.Code, f.Reason, stamp(f.At)); err != nil {
				return err
			}
		}
		return nil
	}))
}

// Coded implements [store.Store].
func (s *Store) Coded(ctx context.Context, refs []store.Ref, c record.Coder) ([]bool, error) {
	out := make([]bool, len(refs))
	st, err := s.read.PrepareContext(ctx, `SELECT 1 FROM article r JOIN coder c ON c.id = r.coder WHERE r.id = ? AND r.hash = ? AND c.version = ? AND c.model = ? AND c.lexicon = ?`)
	if err != nil {
		return nil, translate(err)
	}
	defer st.Close()
	for i, r := range refs {
		var one int
		err := st.QueryRowContext(ctx, r.ID, r.Hash[:], c.Version, c.Model, c.Lexicon).Scan(&one)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return nil, translate(err)
		}
		out[i] = err == nil
	}
	return out, nil
}

// Domain returns the web domain of an address, without "www.", or "".
func Domain(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
}

func sorted[V any](m map[int]V) []int { return slices.Sorted(maps.Keys(m)) }

// keyRange returns the keys of the articles of the days from first to last.
func keyRange(first, last int) (int64, int64) {
	return int64(first) << dayBits, int64(last)<<dayBits | mostADay
}

// dayText writes a day of the store as a date.
func dayText(day int) string {
	if day == noDay {
		return ""
	}
	return query.Date(day).Format(time.DateOnly)
}

package sqlite

import (
	"cmp"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"casus/internal/query"
	"casus/internal/record"
	"casus/internal/store"
)

// exec runs a statement that is prepared once.
func (s *Store) exec(ctx context.Context, q string, args ...any) error {
	st, err := s.prepared(ctx, q)
	if err != nil {
		return err
	}
	_, err = st.ExecContext(ctx, args...)
	return err
}

func (s *Store) prepared(ctx context.Context, q string) (*sql.Stmt, error) {
	if st := s.stmts[q]; st != nil {
		return st, nil
	}
	st, err := s.conn.PrepareContext(ctx, q)
	if err != nil {
		return nil, err
	}
	s.stmts[q] = st
	return st, nil
}

// A tx is what one transaction learns: the ids of entities and spots it made,
// which hold only when it commits.
type tx struct {
	s        *Store
	ctx      context.Context
	entities map[int64]int64
	spots    map[int64]int64
	next     map[int]int64 // key of the next article of a day
	daily    map[int][2]int
	parts    []part
	pairs    []pair
}

type part struct {
	entity int64
	role   string
	a      int64
	n      int
}

type pair struct {
	src, tgt string
	day      int
	a        int64
	e        *record.Event
	n        int
}

// insertDocument writes the rows of a document with its corrections laid over.
func (t *tx) insertDocument(a int64, d *record.Document) error {
	ents, err := t.actors(a, d)
	if err != nil {
		return err
	}
	spots, err := t.places(a, d)
	if err != nil {
		return err
	}
	for n, x := range d.Article.Sentences {
		if err := t.exec(`INSERT INTO sentence (a, n, start, end, field, background) VALUES (?, ?, ?, ?, ?, ?)`, a, n, x.Start, x.End, null(x.In), null(x.Background)); err != nil {
			return err
		}
	}
	for n := range d.Times {
		x := &d.Times[n]
		if err := t.exec(`INSERT INTO time (a, n, type, value, day_from, day_to, start, end, field) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			a, n, x.Type, x.Value, dayOf(x.From), dayOf(x.To), x.Start, x.End, null(x.In)); err != nil {
			return err
		}
	}
	for n := range d.Events {
		if err := t.event(a, n, d, &d.Events[n], ents, spots); err != nil {
			return err
		}
	}
	for n := range d.Statements {
		if err := t.statement(a, n, &d.Statements[n], ents); err != nil {
			return err
		}
	}
	for n := range d.Claims {
		x := &d.Claims[n]
		var low, high, unit any
		if x.Quantity != nil {
			low, high, unit = x.Quantity.Low, x.Quantity.High, x.Quantity.Unit
		}
		if err := t.exec(`INSERT INTO claim (a, n, id, low, high, unit, event, statement, disputed, review, start, end, field) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			a, n, x.ID, low, high, unit, x.Event, x.Statement, len(x.DisputedBy) > 0, null(x.Review), x.Span.Start, x.Span.End, null(x.Span.In)); err != nil {
			return err
		}
		t.take("c", a, n, ents, x.AssertedBy)
	}
	return nil
}

func (t *tx) exec(q string, args ...any) error { return t.s.exec(t.ctx, q, args...) }

func (t *tx) event(a int64, n int, d *record.Document, e *record.Event, ents map[string]int64, spots map[string]int64) error {
	src, tgt := e.Actors, e.Recipients
	mutual := len(tgt) == 0 && len(src) > 1
	if mutual {
		tgt = src
	}
	var from, to, basis, spot, country any
	if e.Time != nil {
		from, to, basis = dayOf(e.Time.From), dayOf(e.Time.To), e.Time.Basis
	}
	if e.Place != nil {
		if id, ok := spots[*e.Place]; ok {
			spot = id
		}
		for i := range d.Places {
			if d.Places[i].ID == *e.Place {
				country = d.Places[i].Country
			}
		}
	}
	codes := codesOf(d)
	if err := t.exec(`INSERT INTO event (a, n, id, type, modes, contexts, cameo, quad, score, goldstein, status, background, confidence, review,
		day, day_to, basis, spot, country, src, tgt, sentence, start, end, field) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		a, n, e.ID, e.Type, spaced(e.Modes), spaced(e.Contexts), e.CAMEO, e.Quad, e.Score, e.Goldstein, e.Status, e.Background, e.Confidence, null(e.Review),
		from, to, basis, spot, country, spaced(pick(codes, src)), spaced(pick(codes, tgt)), e.Sentence, e.Trigger.Start, e.Trigger.End, null(e.Trigger.In)); err != nil {
		return err
	}
	t.take("a", a, n, ents, src)
	t.take("r", a, n, ents, tgt)
	for _, id := range e.AccordingTo {
		for i := range d.Statements {
			if x := &d.Statements[i]; x.ID == id && x.Speaker != nil {
				t.take("w", a, n, ents, []string{*x.Speaker})
			}
		}
	}
	if day, ok := from.(int); ok && e.Review != store.Rejected {
		t.pairs = append(t.pairs, pairsOf(a, n, day, e, codes, src, tgt, mutual)...)
	}
	return nil
}

// pairsOf lists who did it to whom, by code.
func pairsOf(a int64, n, day int, e *record.Event, codes map[string]string, src, tgt []string, mutual bool) []pair {
	var out []pair
	for _, x := range src {
		for _, y := range tgt {
			p := pair{codes[x], codes[y], day, a, e, n}
			if p.src == "" || p.tgt == "" || mutual && x == y {
				continue
			}
			if !slices.ContainsFunc(out, func(q pair) bool { return q.src == p.src && q.tgt == p.tgt }) {
				out = append(out, p)
			}
		}
	}
	return out
}

func (t *tx) statement(a int64, n int, x *record.Statement, ents map[string]int64) error {
	var day, speaker any
	if x.Time != nil {
		day = dayOf(x.Time.From)
	}
	if x.Speaker != nil {
		if id, ok := ents[*x.Speaker]; ok {
			speaker = id
		}
		t.take("s", a, n, ents, []string{*x.Speaker})
	}
	var at record.Span
	switch {
	case len(x.Content) > 0:
		at = x.Content[0]
	case x.Cue != nil:
		at = *x.Cue
	}
	t.take("b", a, n, ents, x.About)
	t.take("d", a, n, ents, x.Addressees)
	return t.exec(`INSERT INTO statement (a, n, id, kind, speaker, anonymous, source_class, polarity, review, day, sentence, start, end, field) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		a, n, x.ID, x.Kind, speaker, x.Anonymous, x.SourceClass, x.Polarity, null(x.Review), day, x.Sentence, at.Start, at.End, null(at.In))
}

// take notes that the actors have a role in record n.
func (t *tx) take(role string, a int64, n int, ents map[string]int64, ids []string) {
	for _, id := range ids {
		if e, ok := ents[id]; ok {
			t.parts = append(t.parts, part{e, role, a, n})
		}
	}
}

// flush writes the rows whose place in the file is far apart, in the order of
// their keys: each page is then touched once.
func (t *tx) flush() error {
	slices.SortFunc(t.parts, func(x, y part) int {
		return cmp.Or(cmp.Compare(x.entity, y.entity), strings.Compare(x.role, y.role), cmp.Compare(x.a, y.a), cmp.Compare(x.n, y.n))
	})
	for _, p := range slices.Compact(t.parts) {
		if err := t.exec(`INSERT OR IGNORE INTO part (entity, role, a, n) VALUES (?, ?, ?, ?)`, p.entity, p.role, p.a, p.n); err != nil {
			return err
		}
	}
	slices.SortFunc(t.pairs, func(x, y pair) int {
		return cmp.Or(strings.Compare(x.src, y.src), strings.Compare(x.tgt, y.tgt), cmp.Compare(x.day, y.day), cmp.Compare(x.a, y.a), cmp.Compare(x.n, y.n))
	})
	for _, p := range t.pairs {
		if err := t.exec(`INSERT INTO pair (src, tgt, day, a, n, quad, score, goldstein, status, background, confidence) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			p.src, p.tgt, p.day, p.a, p.n, p.e.Quad, p.e.Score, p.e.Goldstein, p.e.Status, p.e.Background, p.e.Confidence); err != nil {
			return err
		}
	}
	t.parts, t.pairs = nil, nil
	for _, day := range sorted(t.daily) {
		if err := t.exec(`INSERT INTO daily (day, articles, coded) VALUES (?1, ?2, ?3) ON CONFLICT (day) DO UPDATE SET articles = articles + ?2, coded = coded + ?3`,
			day, t.daily[day][0], t.daily[day][1]); err != nil {
			return err
		}
	}
	t.daily = map[int][2]int{}
	return nil
}

// deleteDocument removes the rows that insertDocument wrote for d.
func (t *tx) deleteDocument(a int64, d *record.Document) error {
	if err := t.flush(); err != nil { // its rows may be waiting there
		return err
	}
	ents, err := t.entitiesOf(a)
	if err != nil {
		return err
	}
	codes := codesOf(d)
	for n := range d.Events {
		e := &d.Events[n]
		src, tgt := e.Actors, e.Recipients
		mutual := len(tgt) == 0 && len(src) > 1
		if mutual {
			tgt = src
		}
		if e.Time == nil {
			continue
		}
		day, ok := dayOf(e.Time.From).(int)
		if !ok {
			continue
		}
		for _, p := range pairsOf(a, n, day, e, codes, src, tgt, mutual) {
			if err := t.exec(`DELETE FROM pair WHERE src = ? AND tgt = ? AND day = ? AND a = ? AND n = ?`, p.src, p.tgt, p.day, p.a, p.n); err != nil {
				return err
			}
		}
	}
	for _, e := range ents {
		for _, role := range roles {
			if err := t.exec(`DELETE FROM part WHERE entity = ? AND role = ? AND a = ?`, e, role, a); err != nil {
				return err
			}
		}
	}
	for _, table := range perArticle {
		if err := t.exec(`DELETE FROM `+table+` WHERE a = ?`, a); err != nil {
			return err
		}
	}
	return nil
}

var (
	roles      = []string{"a", "r", "w", "s", "b", "d", "c"}
	perArticle = []string{"sentence", "time", "actor", "place", "event", "statement", "claim"}
)

func (t *tx) entitiesOf(a int64) ([]int64, error) {
	rows, err := t.s.conn.QueryContext(t.ctx, `SELECT DISTINCT entity FROM actor WHERE a = ?`, a)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []int64
	for rows.Next() {
		var e int64
		if err := rows.Scan(&e); err != nil {
			return nil, err
		}
		out = append(out, e)
	}
	return out, rows.Err()
}

func (t *tx) actors(a int64, d *record.Document) (map[string]int64, error) {
	ids := make(map[string]int64, len(d.Actors))
	for n := range d.Actors {
		x := &d.Actors[n]
		name := wordFor(x)
		if name == "" && x.Code == nil && x.Country == nil {
			continue
		}
		sectors := strings.Join(x.Sectors, " ")
		h := hash(name, x.Type, str(x.Country), str(x.Code), sectors, str(x.KB))
		id, err := t.word(t.s.entities, t.entities, h, "entity", func() error {
			return t.exec(`INSERT INTO entity (hash, name, type, country, code, sectors, kb) VALUES (?, ?, ?, ?, ?, ?, ?)`, h, name, x.Type, x.Country, code(x), sectors, x.KB)
		})
		if err != nil {
			return nil, err
		}
		ids[x.ID] = id
		if err := t.exec(`INSERT INTO actor (a, n, entity) VALUES (?, ?, ?)`, a, n, id); err != nil {
			return nil, err
		}
	}
	return ids, nil
}

func (t *tx) places(a int64, d *record.Document) (map[string]int64, error) {
	ids := make(map[string]int64, len(d.Places))
	for n := range d.Places {
		x := &d.Places[n]
		h := hash(x.Name, x.Type, str(x.Country), str(x.Admin1), float(x.Lat), float(x.Lon), str(x.KB))
		id, err := t.word(t.s.spots, t.spots, h, "spot", func() error {
			return t.exec(`INSERT INTO spot (hash, name, type, country, admin1, lat, lon, kb) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`, h, x.Name, x.Type, x.Country, x.Admin1, x.Lat, x.Lon, x.KB)
		})
		if err != nil {
			return nil, err
		}
		ids[x.ID] = id
		if err := t.exec(`INSERT INTO place (a, n, spot) VALUES (?, ?, ?)`, a, n, id); err != nil {
			return nil, err
		}
	}
	return ids, nil
}

// word returns the id of a word of a dictionary, adding it when it is new.
func (t *tx) word(old, fresh map[int64]int64, h int64, table string, add func() error) (int64, error) {
	if id, ok := old[h]; ok {
		return id, nil
	}
	if id, ok := fresh[h]; ok {
		return id, nil
	}
	find, err := t.s.prepared(t.ctx, `SELECT id FROM `+table+` WHERE hash = ?`)
	if err != nil {
		return 0, err
	}
	var id int64
	err = find.QueryRowContext(t.ctx, h).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		if err := add(); err != nil {
			return 0, err
		}
		err = find.QueryRowContext(t.ctx, h).Scan(&id)
	}
	fresh[h] = id
	return id, err
}

func hash(parts ...string) int64 {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return int64(binary.LittleEndian.Uint64(sum[:8]))
}

func float(f *float64) string {
	if f == nil {
		return ""
	}
	return strconv.FormatFloat(*f, 'g', -1, 64)
}

// wordFor is the name under which an actor can be found: its own, or a short
// description such as "police". Longer ones never come again.
func wordFor(x *record.Actor) string {
	if x.KB != nil || len(strings.Fields(x.Name)) <= 2 {
		return x.Name
	}
	for _, m := range x.Mentions {
		if m.Form == "name" {
			return x.Name
		}
	}
	return ""
}

// code is the code by which an actor counts, or its country.
func code(x *record.Actor) *string {
	if x.Code != nil {
		return x.Code
	}
	return x.Country
}

// codesOf returns the code of each actor that has one.
func codesOf(d *record.Document) map[string]string {
	out := make(map[string]string, len(d.Actors))
	for i := range d.Actors {
		if c := code(&d.Actors[i]); c != nil {
			out[d.Actors[i].ID] = *c
		}
	}
	return out
}

func pick(codes map[string]string, ids []string) []string {
	var out []string
	for _, id := range ids {
		if c := codes[id]; c != "" && !slices.Contains(out, c) {
			out = append(out, c)
		}
	}
	return out
}

// spaced writes words so that each has a space before and after it: a word is
// then found with one look, and no other by mistake.
func spaced(words []string) string {
	if len(words) == 0 {
		return ""
	}
	return " " + strings.Join(words, " ") + " "
}

// dayOf returns the day of a date or date-time, or nil.
func dayOf(s *string) any {
	if s == nil || len(*s) < len(time.DateOnly) {
		return nil
	}
	t, err := time.Parse(time.DateOnly, (*s)[:len(time.DateOnly)])
	if err != nil {
		return nil
	}
	return query.Day(t)
}

// null writes an absent word as NULL.
func null(s string) any {
	if s == "" {
		return nil
	}
	return s
}

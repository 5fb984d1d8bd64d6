package kb

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"slices"
	"sort"
	"strings"
	"time"
)

// A Problem is a fault in a file of facts.
type Problem struct {
	File string
	Line int
	Text string
}

func (p Problem) String() string { return fmt.Sprintf("%s:%d: %s", p.File, p.Line, p.Text) }

// Columns returns the columns of a shape, or nil when there is no such shape.
func Columns(shape string) []string { return slices.Clone(shapes[shape]) }

// Shapes returns the names of the shapes, sorted.
func Shapes() []string {
	var out []string
	for s := range shapes {
		out = append(out, s)
	}
	sort.Strings(out)
	return out
}

// Lint checks the CSV files of a folder that is to be laid over the base, all of
// them, and returns what is wrong in the order of files and lines. The files of
// with, by name, stand for those of the folder; it may be nil. An error is one
// of reading.
func (b *Base) Lint(fsys fs.FS, with map[string][]byte) ([]Problem, error) {
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return nil, fmt.Errorf("read knowledge base: %w", err)
	}
	files := maps.Clone(with)
	if files == nil {
		files = map[string][]byte{}
	}
	for _, e := range entries {
		if _, given := files[e.Name()]; given || e.IsDir() || !strings.HasSuffix(e.Name(), ".csv") {
			continue
		}
		if files[e.Name()], err = fs.ReadFile(fsys, e.Name()); err != nil {
			return nil, fmt.Errorf("read knowledge base: %w", err)
		}
	}
	l := &linter{countries: map[string]bool{}, ids: map[string]bool{}, offices: map[string]int{}, rows: map[string][]Row{}}
	for _, k := range []Kind{Country, Region} {
		b.Actors(k, func(r Ref) bool {
			l.countries[r.Country()] = true
			return true
		})
	}
	for s := range specials {
		l.countries[s] = true
	}
	l.countries[""] = true
	for _, t := range b.tables {
		for r := range t.rows[secActor] {
			l.ids[Ref{t, int32(r)}.ID()] = true
		}
	}
	b.Offices(func(o Office) { l.offices[o.ID] = o.Rank })
	for _, name := range slices.Sorted(maps.Keys(files)) {
		l.read(name, files[name])
	}
	l.check()
	sort.SliceStable(l.problems, func(i, j int) bool {
		x, y := l.problems[i], l.problems[j]
		if x.File != y.File {
			return x.File < y.File
		}
		return x.Line < y.Line
	})
	return l.problems, nil
}

type linter struct {
	countries map[string]bool
	ids       map[string]bool
	offices   map[string]int
	rows      map[string][]Row
	problems  []Problem
}

func (l *linter) add(file string, line int, format string, args ...any) {
	l.problems = append(l.problems, Problem{file, line, fmt.Sprintf(format, args...)})
}

// read takes the rows of a file that have the right number of fields.
func (l *linter) read(name string, data []byte) {
	shape, ok := shapeOf(name)
	if !ok {
		l.add(name, 1, "no shape %q: name the file NAME.SHAPE.csv, with SHAPE one of %s", shape, strings.Join(Shapes(), ", "))
		return
	}
	cr := csv.NewReader(bytes.NewReader(data))
	cr.Comment = '#'
	cr.FieldsPerRecord = -1
	want := shapes[shape]
	for head := true; ; head = false {
		f, err := cr.Read()
		if errors.Is(err, io.EOF) {
			if head {
				l.add(name, 1, "no header: want %s", strings.Join(want, ","))
			}
			return
		}
		var pe *csv.ParseError
		if errors.As(err, &pe) {
			l.add(name, pe.Line, "%v", pe.Err)
			return
		}
		if err != nil {
			l.add(name, 1, "%v", err)
			return
		}
		line, _ := cr.FieldPos(0)
		switch {
		case head && !slices.Equal(f, want):
			l.header(name, line, f, want)
			return
		case !head && len(f) != len(want):
			l.add(name, line, "%d fields, want %d", len(f), len(want))
		case !head:
			l.rows[shape] = append(l.rows[shape], Row{name, line, f})
		}
	}
}

func (l *linter) header(name string, line int, have, want []string) {
	n := len(l.problems)
	for _, c := range have {
		if !slices.Contains(want, c) {
			l.add(name, line, "unknown column %q: want %s", c, strings.Join(want, ","))
		}
	}
	for _, c := range want {
		if !slices.Contains(have, c) {
			l.add(name, line, "no column %q", c)
		}
	}
	if n == len(l.problems) {
		l.add(name, line, "columns in another order: want %s", strings.Join(want, ","))
	}
}

func (l *linter) check() {
	known := map[string]bool{}
	for id := range l.ids {
		known[id] = true
	}
	for _, r := range l.rows["actor"] {
		known[r.F[0]] = true
	}
	for _, r := range l.rows["holder"] {
		known[strings.ToLower(r.F[3])+".person."+Slug(r.F[0])] = true
	}
	for _, r := range l.rows["office"] {
		l.offices[r.F[0]] = 5
	}
	for shape, rows := range l.rows {
		for _, r := range rows {
			get := func(col string) (string, bool) {
				i := slices.Index(shapes[shape], col)
				if i < 0 {
					return "", false
				}
				return r.F[i], true
			}
			l.row(shape, &r, get, known)
		}
	}
	l.holders()
}

func (l *linter) row(shape string, r *Row, get func(string) (string, bool), known map[string]bool) {
	bad := func(format string, args ...any) { l.add(r.File, r.Line, format, args...) }
	if v := r.F[0]; strings.TrimSpace(v) == "" {
		bad("empty %s", shapes[shape][0])
	}
	if v, ok := get("country"); ok && !l.countries[v] {
		bad("unknown country %q: want ISO 3166-1 alpha-3, or one of %s", v, strings.Join(specialNames(), " "))
	}
	if v, ok := get("code"); ok && !l.countries[v] {
		bad("unknown code %q", v)
	}
	if v, ok := get("sectors"); ok {
		for s := range strings.SplitSeq(v, ";") {
			if s != "" && !sectors[s] {
				bad("%q is no PLOVER sector", s)
			}
		}
	}
	l.dates(get, bad)
	if v, ok := get("end_kind"); ok {
		if _, known := endKinds[v]; !known {
			bad("unknown end_kind %q: want known, next_holder, open, about or observed", v)
		}
	}
	if v, ok := get("office"); ok && shape != "office" && v != "" {
		if _, known := l.offices[v]; !known {
			bad("unknown office %q", v)
		}
	}
	if v, ok := get("source"); ok && strings.TrimSpace(v) == "" {
		bad("no source")
	}
	switch shape {
	case "actor":
		if kindOf(r.F[1]) == 0 {
			bad("unknown kind %q: want one of %s", r.F[1], strings.Join(kindNames[1:], ", "))
		}
		if r.F[2] == "" {
			bad("no name")
		}
		l.aliases(r.F[6], bad)
	case "holder":
		l.aliases(r.F[10], bad)
		if r.F[2] != "" && genderOf(r.F[2]) == 0 {
			bad("unknown gender %q: want m, f or nothing", r.F[2])
		}
	case "alias":
		if _, ok := aliasKinds[r.F[2]]; !ok {
			bad("unknown kind %q of alias", r.F[2])
		}
		fallthrough
	case "role":
		if !known[r.F[0]] {
			bad("no actor %q", r.F[0])
		}
	case "member":
		for i := range 2 {
			if !known[r.F[i]] {
				bad("no actor %q", r.F[i])
			}
		}
	case "office", "outlet":
		col := map[string]int{"office": 3, "outlet": 2}[shape]
		var x float64
		if n, err := fmt.Sscan(r.F[col], &x); n != 1 || err != nil {
			bad("%s %q is no number", shapes[shape][col], r.F[col])
		}
	case "retract":
		l.retract(r, known, bad)
	}
}

func (l *linter) retract(r *Row, known map[string]bool, bad func(string, ...any)) {
	switch id, _, _ := strings.Cut(r.F[1], " "); r.F[0] {
	case "actor":
		if !known[r.F[1]] {
			bad("retracts no actor: %q", r.F[1])
		}
	case "role":
		if !known[id] {
			bad("retracts a role of no actor: %q", id)
		}
	case "alias":
	default:
		bad("cannot retract from table %q: want actor, role or alias", r.F[0])
	}
}

func (l *linter) aliases(list string, bad func(string, ...any)) {
	for a := range strings.SplitSeq(list, "|") {
		if k, _, ok := strings.Cut(a, ":"); ok {
			if _, known := aliasKinds[k]; !known {
				bad("unknown kind %q of alias", k)
			}
		}
	}
}

func (l *linter) dates(get func(string) (string, bool), bad func(string, ...any)) {
	var at [2]Date
	for i, col := range []string{"start", "end"} {
		v, ok := get(col)
		if !ok || v == "" {
			continue
		}
		if at[i] = ParseDate(v, i == 1); at[i] == 0 || !calendar(v) {
			bad("bad date %q in %s: want YYYY, YYYY-MM or YYYY-MM-DD", v, col)
			at[i] = 0
		}
	}
	if at[0] != 0 && at[1] != 0 && at[1] < at[0] {
		s, _ := get("start")
		e, _ := get("end")
		bad("ends %s before it starts %s", e, s)
	}
}

// calendar reports whether the date is one of the calendar.
func calendar(s string) bool {
	for _, f := range []string{"2006", "2006-01", "2006-01-02"} {
		if _, err := time.Parse(f, s); err == nil {
			return true
		}
	}
	return false
}

func specialNames() []string {
	var out []string
	for s := range specials {
		out = append(out, s)
	}
	sort.Strings(out)
	return out
}

// holders finds two people in one office on one day, in offices that one person
// holds. They may share the day on which one follows the other.
func (l *linter) holders() {
	type spell struct {
		r          *Row
		start, end Date
	}
	by := map[string][]spell{}
	for i := range l.rows["holder"] {
		r := &l.rows["holder"][i]
		s, e := ParseDate(r.F[7], false), ParseDate(r.F[8], true)
		switch office := r.F[4]; {
		case s == 0, l.offices[office] == 0 || l.offices[office] > 2, office == "igo-head", office == "head-of-state", strings.HasPrefix(office, "vice-"), strings.HasPrefix(office, "deputy-"):
			continue
		}
		if end := endKinds[r.F[9]]; end == EndObserved || end == EndKnown && e == 0 {
			continue
		}
		if e == 0 {
			e = 99991231
		}
		by[r.F[3]+" "+r.F[4]] = append(by[r.F[3]+" "+r.F[4]], spell{r, s, e})
	}
	for _, list := range by {
		sort.SliceStable(list, func(i, j int) bool { return list[i].start < list[j].start })
		for i := 1; i < len(list); i++ {
			x, y := list[i-1], list[i]
			if y.start < x.end && Fold(x.r.F[0]) != Fold(y.r.F[0]) {
				l.add(y.r.File, y.r.Line, "two hold %s of %s on %s: %s and %s (%s:%d)", y.r.F[4], y.r.F[3], y.start, y.r.F[0], x.r.F[0], x.r.File, x.r.Line)
			}
		}
	}
}

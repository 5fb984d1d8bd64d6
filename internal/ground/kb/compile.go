package kb

import (
	"encoding/binary"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"sort"
	"strings"
)

// The shapes of the CSV files: "<source>.<shape>.csv", with these columns.
var shapes = map[string][]string{
	// actor's aliases are separated by "|"; a kind may stand before one: "weak:IS".
	"actor": {"id", "kind", "name", "country", "code", "sectors", "aliases", "source"},
	"alias": {"actor", "alias", "kind", "start", "end", "source"},
	// holder is a person and an office in one row; see addHolders.
	"holder": {"name", "family", "gender", "country", "office", "title", "sectors", "start", "end", "end_kind", "aliases", "source"},
	"role":   {"actor", "office", "title", "country", "sectors", "start", "end", "end_kind", "source"},
	"office": {"office", "title", "sectors", "rank", "aliases", "source"},
	"agent":  {"pattern", "sectors", "source"},
	"member": {"actor", "body", "source"},
	"outlet": {"domain", "country", "share", "source"},
	// retract takes rows of the files before it out of the table.
	"retract": {"table", "key", "reason"},
}

// A Row is a line of a CSV file, by the columns of its shape.
type Row struct {
	File string
	Line int
	F    []string
}

// ReadCSV returns the rows of one file of the given shape. A line that starts
// with # is a comment.
func ReadCSV(r io.Reader, name, shape string) ([]Row, error) {
	cr := csv.NewReader(r)
	cr.Comment = '#'
	cr.FieldsPerRecord = -1
	cr.ReuseRecord = false
	want := shapes[shape]
	head, err := cr.Read()
	if err != nil {
		return nil, fmt.Errorf("%s: read header: %w", name, err)
	}
	if !slices.Equal(head, want) {
		return nil, fmt.Errorf("%s: header is %v, want %v", name, head, want)
	}
	var rows []Row
	for {
		f, err := cr.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		line, _ := cr.FieldPos(0)
		if len(f) != len(want) {
			return nil, fmt.Errorf("%s:%d: %d fields, want %d", name, line, len(f), len(want))
		}
		rows = append(rows, Row{name, line, f})
	}
}

// ReadAll returns the rows of every "*.<shape>.csv" in the folder, by shape, in
// the order of the file names.
func ReadAll(fsys fs.FS, dir string) (map[string][]Row, error) {
	entries, err := fs.ReadDir(fsys, dir)
	if err != nil {
		return nil, fmt.Errorf("read knowledge base: %w", err)
	}
	out := map[string][]Row{}
	for _, e := range entries {
		shape, ok := shapeOf(e.Name())
		if !ok {
			continue
		}
		f, err := fsys.Open(path.Join(dir, e.Name()))
		if err != nil {
			return nil, fmt.Errorf("read knowledge base: %w", err)
		}
		rows, err := ReadCSV(f, e.Name(), shape)
		f.Close()
		if err != nil {
			return nil, err
		}
		out[shape] = append(out[shape], rows...)
	}
	return out, nil
}

func shapeOf(name string) (string, bool) {
	base, ok := strings.CutSuffix(name, ".csv")
	if !ok {
		return "", false
	}
	if i := strings.LastIndexByte(base, '.'); i >= 0 {
		base = base[i+1:]
	}
	_, ok = shapes[base]
	return base, ok
}

// builder collects the sections of a table.
type builder struct {
	pool   []byte
	refs   map[string]uint32
	actor  map[string]uint32
	actors [][]uint32
	roles  [][]uint32
	names  [][]uint32
	agents [][]uint32
	other  map[string][][]uint32
}

// Compile builds the binary table from the rows of the CSV files.
func Compile(rows map[string][]Row) ([]byte, error) {
	b := &builder{refs: map[string]uint32{}, actor: map[string]uint32{}, other: map[string][][]uint32{}}
	b.str("")
	expandHolders(rows)
	gone, err := retracted(rows["retract"])
	if err != nil {
		return nil, err
	}
	if err := b.addActors(rows["actor"], gone); err != nil {
		return nil, err
	}
	if err := b.addRoles(rows["role"], gone); err != nil {
		return nil, err
	}
	if err := b.addAliases(rows["actor"], rows["alias"], gone); err != nil {
		return nil, err
	}
	if err := b.addRest(rows); err != nil {
		return nil, err
	}
	return b.bytes(), nil
}

func retracted(rows []Row) (map[string]bool, error) {
	gone := map[string]bool{}
	for _, r := range rows {
		if _, ok := shapes[r.F[0]]; !ok {
			return nil, fmt.Errorf("%s:%d: no table %q", r.File, r.Line, r.F[0])
		}
		gone[r.F[0]+"\x00"+r.F[1]] = true
		if r.F[0] == "alias" {
			gone["alias\x00"+Fold(r.F[1])] = true
			if id, alias, ok := strings.Cut(r.F[1], " "); ok {
				gone["alias\x00"+id+" "+Fold(alias)] = true
			}
		}
	}
	return gone, nil
}

// str puts a string of up to 65,535 bytes into the pool once.
func (b *builder) str(s string) uint32 {
	if ref, ok := b.refs[s]; ok {
		return ref
	}
	if len(s) > 1<<16-1 {
		s = s[:1<<16-1]
	}
	ref := uint32(len(b.pool))
	b.pool = binary.LittleEndian.AppendUint16(b.pool, uint16(len(s)))
	b.pool = append(b.pool, s...)
	b.refs[s] = ref
	return ref
}

// addActors reads the actors. A later row of the same id replaces the one
// before, so that a hand-written file corrects an imported one.
func (b *builder) addActors(rows []Row, gone map[string]bool) error {
	for _, r := range rows {
		id, kind, name, gender := r.F[0], kindOf(r.F[1]), r.F[2], ""
		if g, n, ok := strings.Cut(name, "\x00"); ok {
			gender, name = g, n
		}
		if id == "" || name == "" || kind == 0 {
			return fmt.Errorf("%s:%d: want an id, a known kind and a name, have %q, %q, %q", r.File, r.Line, id, r.F[1], name)
		}
		if gone["actor\x00"+id] {
			continue
		}
		if err := checkSectors(r, r.F[5]); err != nil {
			return err
		}
		row := []uint32{b.str(id), uint32(kind) | uint32(genderOf(gender))<<8, b.str(name), b.str(r.F[3]), b.str(r.F[4]), b.str(r.F[5]), b.str(r.F[7]), 0, 0}
		if i, ok := b.actor[id]; ok {
			b.actors[i] = row
			continue
		}
		b.actor[id] = uint32(len(b.actors))
		b.actors = append(b.actors, row)
	}
	return nil
}

func checkSectors(r Row, list string) error {
	for s := range strings.SplitSeq(list, ";") {
		if s != "" && !sectors[s] {
			return fmt.Errorf("%s:%d: %q is no PLOVER sector", r.File, r.Line, s)
		}
	}
	return nil
}

func (b *builder) addRoles(rows []Row, gone map[string]bool) error {
	type role struct {
		actor uint32
		f     []uint32
	}
	var all []role
	for _, r := range rows {
		i, ok := b.actor[r.F[0]]
		if gone["actor\x00"+r.F[0]] || gone["role\x00"+r.F[0]+" "+r.F[1]] || gone["role\x00"+r.F[0]+" "+r.F[1]+" "+r.F[5]] {
			continue
		}
		if !ok {
			return fmt.Errorf("%s:%d: role of %q, who is in no actor file", r.File, r.Line, r.F[0])
		}
		if err := checkSectors(r, r.F[4]); err != nil {
			return err
		}
		end, ok := endKinds[r.F[7]]
		if !ok {
			return fmt.Errorf("%s:%d: end_kind %q", r.File, r.Line, r.F[7])
		}
		all = append(all, role{i, []uint32{
			i, b.str(r.F[1]), b.str(r.F[2]), b.str(r.F[3]), b.str(r.F[4]),
			uint32(ParseDate(r.F[5], false)), uint32(ParseDate(r.F[6], true)), end, b.str(r.F[8]),
		}})
	}
	sort.SliceStable(all, func(x, y int) bool {
		if all[x].actor != all[y].actor {
			return all[x].actor < all[y].actor
		}
		return all[x].f[5] < all[y].f[5]
	})
	for n, r := range all {
		a := b.actors[r.actor]
		if a[8] == 0 {
			a[7] = uint32(n)
		}
		a[8]++
		b.roles = append(b.roles, r.f)
	}
	return nil
}

// addAliases makes the name of every actor an alias, then the alias rows.
func (b *builder) addAliases(actors, aliases []Row, gone map[string]bool) error {
	type key struct {
		fold  string
		actor uint32
	}
	seen := map[key]int{}
	add := func(alias string, actor, kind, start, end uint32) {
		k := Fold(alias)
		if k == "" || gone["alias\x00"+k] {
			return
		}
		if at, ok := seen[key{k, actor}]; ok {
			if b.names[at][2] > kind { // the stronger kind stands
				b.names[at][2] = kind
			}
			return
		}
		seen[key{k, actor}] = len(b.names)
		b.names = append(b.names, []uint32{b.str(k), actor, kind, start, end})
	}
	for _, r := range actors {
		i, ok := b.actor[r.F[0]]
		if !ok {
			continue
		}
		name := r.F[2]
		if _, n, ok := strings.Cut(name, "\x00"); ok {
			name = n
		}
		kind := defaultKind(name)
		// A body that the imported lists name by one word stands only where
		// that word is the whole of a mention: "League", "Hope".
		if kind == Full && !strings.ContainsAny(name, " -'’") && r.F[7] != "own" {
			switch r.F[1] {
			case "party", "org", "group", "igo", "ngo", "company":
				kind = Weak
			}
		}
		add(name, i, uint32(kind), 0, 0)
		for a := range strings.SplitSeq(r.F[6], "|") {
			kind, alias := defaultKind(a), a
			if k, rest, ok := strings.Cut(a, ":"); ok {
				if kind, ok = aliasKinds[k]; !ok {
					return fmt.Errorf("%s:%d: kind %q of alias", r.File, r.Line, k)
				}
				alias = rest
			}
			add(alias, i, uint32(kind), 0, 0)
		}
	}
	for _, r := range aliases {
		i, ok := b.actor[r.F[0]]
		if gone["actor\x00"+r.F[0]] || gone["alias\x00"+r.F[0]+" "+Fold(r.F[1])] {
			continue
		}
		if !ok {
			return fmt.Errorf("%s:%d: alias of %q, who is in no actor file", r.File, r.Line, r.F[0])
		}
		kind, ok := aliasKinds[r.F[2]]
		if !ok {
			return fmt.Errorf("%s:%d: kind %q of alias", r.File, r.Line, r.F[2])
		}
		add(r.F[1], i, uint32(kind), uint32(ParseDate(r.F[3], false)), uint32(ParseDate(r.F[4], true)))
	}
	return nil
}

// defaultKind takes a word in capitals for an acronym.
func defaultKind(alias string) AliasKind {
	if len(alias) > 1 && len(alias) <= 8 && !strings.Contains(alias, " ") && strings.ToUpper(alias) == alias && strings.ToLower(alias) != alias {
		return Acronym
	}
	return Full
}

func (b *builder) addRest(rows map[string][]Row) error {
	byKey := map[string]int{}
	for _, r := range rows["agent"] {
		if err := checkSectors(r, r.F[1]); err != nil {
			return err
		}
		k := Fold(r.F[0])
		if at, ok := byKey[k]; ok {
			b.agents[at] = []uint32{b.str(k), b.str(r.F[1])}
			continue
		}
		byKey[k] = len(b.agents)
		b.agents = append(b.agents, []uint32{b.str(k), b.str(r.F[1])})
	}
	for _, r := range rows["office"] {
		if err := checkSectors(r, r.F[2]); err != nil {
			return err
		}
		var rank uint32
		if _, err := fmt.Sscan(r.F[3], &rank); err != nil {
			return fmt.Errorf("%s:%d: rank %q", r.File, r.Line, r.F[3])
		}
		b.other["office"] = append(b.other["office"], []uint32{b.str(r.F[0]), b.str(r.F[1]), b.str(r.F[2]), rank, b.str(r.F[4])})
	}
	for _, r := range rows["member"] {
		if i, ok := b.actor[r.F[0]]; ok {
			b.other["member"] = append(b.other["member"], []uint32{i, b.str(r.F[1])})
		}
	}
	for _, r := range rows["outlet"] {
		var share float64
		if _, err := fmt.Sscan(r.F[2], &share); err != nil {
			return fmt.Errorf("%s:%d: share %q", r.File, r.Line, r.F[2])
		}
		b.other["outlet"] = append(b.other["outlet"], []uint32{b.str(r.F[0]), b.str(r.F[1]), uint32(1000*share + .5)})
	}
	return nil
}

// sections in the order in which they stand in the file, with their width.
var sections = []struct {
	name  string
	width int
}{{"actor", 9}, {"role", 9}, {"alias", 5}, {"agent", 2}, {"office", 5}, {"member", 2}, {"outlet", 3}}

const magic = "casuskb1"

// bytes lays the sections out by column, each cell as the difference to the one
// above it, which packs much better than rows. Read undoes the differences.
func (b *builder) bytes() []byte {
	b.other["actor"], b.other["role"], b.other["alias"], b.other["agent"] = b.actors, b.roles, b.names, b.agents
	for _, s := range []string{"alias", "agent", "outlet"} {
		rows := b.other[s]
		sort.SliceStable(rows, func(i, j int) bool {
			return b.at(rows[i][0]) < b.at(rows[j][0])
		})
	}
	out := []byte(magic)
	out = binary.LittleEndian.AppendUint32(out, uint32(len(b.pool)))
	for _, s := range sections {
		out = binary.LittleEndian.AppendUint32(out, uint32(len(b.other[s.name])))
	}
	out = append(out, b.pool...)
	for len(out)%4 != 0 {
		out = append(out, 0)
	}
	for _, s := range sections {
		rows := b.other[s.name]
		for c := range s.width {
			last := uint32(0)
			for _, r := range rows {
				out = binary.LittleEndian.AppendUint32(out, r[c]-last)
				last = r[c]
			}
		}
	}
	return out
}

func (b *builder) at(ref uint32) string {
	n := uint32(binary.LittleEndian.Uint16(b.pool[ref:]))
	return string(b.pool[ref+2 : ref+2+n])
}

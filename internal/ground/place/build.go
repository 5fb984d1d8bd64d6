package place

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"slices"
	"sort"
	"strings"

	"github.com/klauspost/compress/zstd"
)

// A Row is a place as it goes into a table.
type Row struct {
	ID         uint32 // geonameid, or 0
	Name       string
	Lat, Lon   float64
	Code       string // GeoNames feature code: PPL, PPLC, ADM1, ADM2, SEA …
	Country    string // ISO 3166-1 alpha-2, or ""
	Admin1     string // GeoNames code within the country
	Admin2     string // and within that
	Population uint32
	Names      []string // others, in any spelling
}

// A Builder compiles rows to a table. The same rows in any order give the same bytes.
type Builder struct{ rows []Row }

// Add adds a row.
func (b *Builder) Add(r Row) { b.rows = append(b.rows, r) }

// Len returns the number of rows added.
func (b *Builder) Len() int { return len(b.rows) }

// Write compiles the rows and writes them, compressed.
func (b *Builder) Write(w io.Writer) error {
	raw, err := b.compile()
	if err != nil {
		return fmt.Errorf("compile gazetteer: %w", err)
	}
	z, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBestCompression), zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(16<<20))
	if err != nil {
		return err
	}
	// All at once: so the frame says how long it is, and unpacking allocates once.
	if _, err := w.Write(z.EncodeAll(raw, nil)); err != nil {
		return err
	}
	return z.Close()
}

// rank puts a division before what lies in it.
func rank(code string) int {
	switch code {
	case "ADM1":
		return 0
	case "ADM2":
		return 1
	}
	return 2
}

func (b *Builder) sort() {
	slices.SortFunc(b.rows, func(x, y Row) int {
		return cmp.Or(cmp.Compare(x.Country, y.Country), cmp.Compare(x.Admin1, y.Admin1), cmp.Compare(min(rank(x.Code), 1), min(rank(y.Code), 1)),
			cmp.Compare(x.Admin2, y.Admin2), cmp.Compare(rank(x.Code), rank(y.Code)),
			cmp.Compare(x.ID, y.ID), cmp.Compare(x.Name, y.Name), cmp.Compare(x.Lat, y.Lat), cmp.Compare(x.Lon, y.Lon))
	})
}

func (b *Builder) compile() ([]byte, error) {
	b.sort()
	if len(b.rows) >= 1<<24 {
		return nil, fmt.Errorf("%d rows: at most %d", len(b.rows), 1<<24-1)
	}
	countries, codes, admin1 := newPool(), newPool(), newPool()
	admin2 := newPool()
	for _, r := range b.rows {
		countries.add(r.Country)
		codes.add(r.Code)
		switch r.Code {
		case "ADM1":
			admin1.add(r.Country + "." + r.Admin1)
		case "ADM2":
			admin2.add(r.Country + "." + r.Admin1 + "." + r.Admin2)
		}
	}
	for _, p := range []*pool{countries, codes, admin1, admin2} {
		p.sort()
	}
	if len(countries.list) > 256 || len(codes.list) > 256 || len(admin1.list) > 65535 || len(admin2.list) > 65535 {
		return nil, fmt.Errorf("too many countries (%d), codes (%d) or divisions (%d, %d)", len(countries.list), len(codes.list), len(admin1.list), len(admin2.list))
	}
	n := len(b.rows)
	columns := make([]byte, n*rowBytes)
	put := func(col, planes, i int, v uint32) {
		for p := range planes {
			columns[(col+p)*n+i] = byte(v >> (8 * p))
		}
	}
	a1rows, a2rows := make([]byte, 3*len(admin1.list)), make([]byte, 3*len(admin2.list))
	putRow := func(rows []byte, k, i int) {
		m := len(rows) / 3
		rows[k], rows[m+k], rows[2*m+k] = byte(i), byte(i>>8), byte(i>>16)
	}
	var names, nameRest []byte
	for i, r := range b.rows {
		if len(r.Name) > 255 || r.Name == "" {
			return nil, fmt.Errorf("geonameid %d: name of %d bytes", r.ID, len(r.Name))
		}
		if math.Abs(r.Lat) > 90 || math.Abs(r.Lon) > 180 || math.IsNaN(r.Lat+r.Lon) {
			return nil, fmt.Errorf("geonameid %d: no place on Earth: %v, %v", r.ID, r.Lat, r.Lon)
		}
		if i%group == 0 {
			nameRest = binary.LittleEndian.AppendUint32(nameRest, uint32(len(names)))
		}
		names = append(names, r.Name...)
		put(colName, 1, i, uint32(len(r.Name)))
		put(colID, 4, i, r.ID)
		put(colLat, 3, i, uint32(math.Round(r.Lat*1000)+90_000))
		put(colLon, 3, i, uint32(math.Round(r.Lon*1000)+180_000))
		put(colPop, 4, i, r.Population)
		put(colCountry, 1, i, uint32(countries.at[r.Country]))
		put(colCode, 1, i, uint32(codes.at[r.Code]))
		if k, ok := admin1.at[r.Country+"."+r.Admin1]; ok {
			put(colA1, 2, i, uint32(k+1))
			if r.Code == "ADM1" {
				putRow(a1rows, k, i)
			}
		}
		if k, ok := admin2.at[r.Country+"."+r.Admin1+"."+r.Admin2]; ok {
			put(colA2, 2, i, uint32(k+1))
			if r.Code == "ADM2" {
				putRow(a2rows, k, i)
			}
		}
	}
	keys, keyRest, nKeys := b.keys()
	join := func(p *pool) []byte { return []byte(strings.Join(p.list, "\n")) }
	sec := [sections][]byte{join(countries), join(codes), join(admin1), a1rows, a2rows, columns, nameRest, names, keyRest, keys}
	out := []byte(tableMagic)
	out = binary.LittleEndian.AppendUint32(out, uint32(n))
	out = binary.LittleEndian.AppendUint32(out, uint32(nKeys))
	for _, s := range sec {
		out = binary.LittleEndian.AppendUint32(out, uint32(len(s)))
	}
	return append(out, bytes.Join(sec[:], nil)...), nil
}

// keys returns the folded names of all rows, front-coded, and where each group begins.
func (b *Builder) keys() (keys, rest []byte, n int) {
	type bearer struct {
		key string
		row int32
	}
	var all []bearer
	for i, r := range b.rows {
		for _, name := range append([]string{r.Name}, r.Names...) {
			if k := Fold(name); k != "" && len(k) <= maxKey {
				all = append(all, bearer{k, int32(i)})
			}
		}
	}
	slices.SortFunc(all, func(x, y bearer) int { return cmp.Or(cmp.Compare(x.key, y.key), cmp.Compare(x.row, y.row)) })
	all = slices.Compact(all)
	last := ""
	for i := 0; i < len(all); {
		j := i
		for j < len(all) && all[j].key == all[i].key {
			j++
		}
		key, shared := all[i].key, 0
		if n%group == 0 {
			rest = binary.LittleEndian.AppendUint32(rest, uint32(len(keys)))
		} else {
			for shared < min(len(key), len(last)) && key[shared] == last[shared] {
				shared++
			}
		}
		keys = append(keys, byte(shared), byte(len(key)-shared))
		keys = append(keys, key[shared:]...)
		keys = binary.AppendUvarint(keys, uint64(j-i))
		before := int32(0)
		for ; i < j; i++ {
			keys = binary.AppendUvarint(keys, uint64(all[i].row-before))
			before = all[i].row
		}
		last = key
		n++
	}
	return keys, rest, n
}

// pool numbers strings.
type pool struct {
	list []string
	at   map[string]int
}

func newPool() *pool { return &pool{at: map[string]int{}} }

func (p *pool) add(s string) {
	if _, ok := p.at[s]; !ok {
		p.at[s] = len(p.list)
		p.list = append(p.list, s)
	}
}

func (p *pool) sort() {
	sort.Strings(p.list)
	for i, s := range p.list {
		p.at[s] = i
	}
}

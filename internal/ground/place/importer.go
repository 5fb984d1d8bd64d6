package place

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// ImportOptions say which rows of a GeoNames dump are taken. First- and
// second-order divisions and their seats always are.
type ImportOptions struct {
	MinPopulation uint32
	Countries     []string // ISO 3166-1 alpha-2; all when empty
	Codes         []string // feature codes besides PPL*, ADM1 and ADM2: "AIRP", "MT"
	MaxRows       int      // more is an error: the table is held in memory
}

// ImportStats count the lines of a dump.
type ImportStats struct{ Lines, Taken, Kept int }

// dumpFields is the number of columns of GeoNames' main table.
const dumpFields = 19

// maxDumpLine bounds a line of a dump; the longest of GeoNames have 15 kB.
const maxDumpLine = 1 << 20

// Import reads GeoNames' main table (allCountries.txt, or that of a country)
// line by line and returns a builder of the rows taken and of all rows of base,
// which the tables by hand need. A row of the dump replaces the one of the same
// geonameid, which leaves it its names.
func Import(r io.Reader, base *Gazetteer, o ImportOptions) (*Builder, ImportStats, error) {
	b := &Builder{}
	var st ImportStats
	at := map[uint32]int{} // geonameid → row
	division := map[uint32]string{}
	sc := bufio.NewScanner(r)
	sc.Buffer(make([]byte, 64<<10), maxDumpLine)
	for sc.Scan() {
		st.Lines++
		line := sc.Text()
		if line == "" || line[0] == '#' {
			continue
		}
		row, ok, err := dumpRow(line, &o)
		if err != nil {
			return nil, st, fmt.Errorf("line %d: %w", st.Lines, err)
		}
		if !ok {
			continue
		}
		if _, twice := at[row.ID]; twice {
			return nil, st, fmt.Errorf("line %d: geonameid %d again", st.Lines, row.ID)
		}
		if st.Taken++; o.MaxRows > 0 && st.Taken > o.MaxRows {
			return nil, st, fmt.Errorf("line %d: more than %d places: take those of some countries or with more inhabitants", st.Lines, o.MaxRows)
		}
		if row.Code == "ADM2" {
			division[row.ID] = row.Admin2
		}
		at[row.ID] = b.Len()
		b.Add(row)
	}
	if err := sc.Err(); err != nil {
		return nil, st, fmt.Errorf("line %d: %w", st.Lines+1, err)
	}
	if st.Lines == 0 {
		return nil, st, fmt.Errorf("no lines")
	}
	base.rows(func(row Row, a2 uint32) {
		if i, ok := at[row.ID]; ok && row.ID != 0 {
			b.rows[i].Names = append(b.rows[i].Names, row.Names...)
			return
		}
		if a2 != 0 {
			if row.Admin2 = division[a2]; row.Admin2 == "" {
				row.Admin2 = "#" + strconv.FormatUint(uint64(a2), 10) // the table keeps no code
			}
		}
		st.Kept++
		b.Add(row)
	})
	return b, st, nil
}

// dumpRow reads a line; ok is false for one that is not taken.
func dumpRow(line string, o *ImportOptions) (row Row, ok bool, err error) {
	f := strings.SplitN(line, "\t", dumpFields+1)
	if len(f) != dumpFields {
		return row, false, fmt.Errorf("%d fields, want %d of GeoNames' main table", len(f), dumpFields)
	}
	id, err := strconv.ParseUint(f[0], 10, 32)
	if err != nil || id == 0 {
		return row, false, fmt.Errorf("geonameid %q", f[0])
	}
	pop := uint64(0)
	if f[14] != "" {
		if pop, err = strconv.ParseUint(f[14], 10, 64); err != nil {
			return row, false, fmt.Errorf("geonameid %d: population %q", id, f[14])
		}
	}
	code := f[7]
	switch {
	case len(o.Countries) > 0 && !slices.Contains(o.Countries, f[8]):
		return row, false, nil
	case code == "ADM1", code == "ADM2", slices.Contains(o.Codes, code):
	case f[6] == "P" && !strings.HasSuffix(code, "H") && code != "PPLQ" && code != "PPLW":
		if seat := strings.HasPrefix(code, "PPLA") || code == "PPLC"; !seat && pop < uint64(o.MinPopulation) {
			return row, false, nil
		}
	default:
		return row, false, nil
	}
	lat, err1 := strconv.ParseFloat(f[4], 64)
	lon, err2 := strconv.ParseFloat(f[5], 64)
	if err1 != nil || err2 != nil || !(math.Abs(lat) <= 90 && math.Abs(lon) <= 180) {
		return row, false, fmt.Errorf("geonameid %d: no place on Earth: %q, %q", id, f[4], f[5])
	}
	name := f[1]
	if Fold(name) == "" || len(name) > 255 {
		name = f[2]
	}
	if Fold(name) == "" || len(name) > 255 {
		return row, false, nil // no Latin name: no English text has it
	}
	row = Row{
		ID: uint32(id), Name: strings.Clone(name), Lat: lat, Lon: lon, Code: strings.Clone(code), Country: strings.Clone(f[8]), Admin1: strings.Clone(f[10]),
		Population: uint32(min(pop, math.MaxUint32)), Names: append(AltNames(f[3]), strings.Clone(f[2])),
	}
	if code != "ADM1" {
		row.Admin2 = strings.Clone(f[11])
	}
	return row, true, nil
}

// AltNames keeps of GeoNames' alternate names what may stand in an English text:
// they list transcripts of Chinese and airport codes too.
func AltNames(list string) []string {
	var keep []string
	for a := range strings.SplitSeq(list, ",") {
		first, _ := utf8.DecodeRuneInString(a)
		if utf8.RuneCountInString(a) < 3 || !unicode.IsUpper(first) || (len(a) <= 4 && strings.ToUpper(a) == a) {
			continue
		}
		keep = append(keep, strings.Clone(a))
	}
	return keep
}

// rows calls yield with every row of the table, its names folded, and with the
// geonameid of the second-order division that it lies in, or 0.
func (g *Gazetteer) rows(yield func(r Row, admin2 uint32)) {
	t := g.t
	names := make([][]string, t.rows)
	c := cursor{t.keyBytes, 0}
	var buf [256]byte
	for range t.keys {
		n := c.key(buf[:])
		key, row := string(buf[:n]), int32(0)
		for range int(c.varint()) {
			if row += int32(c.varint()); int(row) < t.rows {
				names[row] = append(names[row], key)
			}
		}
	}
	for i := range int32(t.rows) {
		r := Row{ID: t.id(i), Name: string(t.name(i)), Lat: t.lat(i), Lon: t.lon(i), Code: t.code(i), Country: t.country(i), Population: t.pop(i), Names: names[i]}
		if k := int(t.num(colA1, 2, i)) - 1; k >= 0 && k < len(t.admin1) {
			_, r.Admin1, _ = strings.Cut(t.admin1[k], ".")
		}
		a2 := uint32(0)
		if k := t.a2(i); k >= 0 {
			a2 = t.id(k)
		}
		yield(r, a2)
	}
}

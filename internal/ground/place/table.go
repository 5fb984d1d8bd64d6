package place

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
)

// The table is one block of bytes, searched as it stands. After the magic word
// come the sizes and lengths of the sections, then the sections:
//
//	countries  ISO 3166-1 alpha-2 codes, a line each
//	codes      GeoNames feature codes, a line each
//	admin1     codes of first-order divisions, "US.TX", a line each, sorted
//	a1rows     their rows, 3 bytes each in planes
//	a2rows     the rows of second-order divisions, likewise
//	columns    rowBytes planes of one byte a row: plane p of row i is at p*rows+i
//	nameRest   every 16th row, where its name begins in names, 4 bytes
//	names      display names, one after the other; lengths are a column
//	keyRest    every 16th key, where it begins in keys, 4 bytes
//	keys       folded names, sorted, front-coded in groups of 16: length shared
//	           with the key before, length of the rest, the rest, the number of
//	           rows that bear it, and the rows as varints, each after the first
//	           less the one before
//
// Planes make the file small: the high bytes of neighbouring rows are equal.
const (
	tableMagic = "CASGAZ2\n"
	group      = 16
	sections   = 10
)

// Columns, by their first plane.
const (
	colID      = 0  // 4
	colLat     = 4  // 3, thousandths of a degree plus 90
	colLon     = 7  // 3, thousandths of a degree plus 180
	colPop     = 10 // 4
	colCountry = 14 // 1
	colCode    = 15 // 1
	colA1      = 16 // 2, one more than the place in admin1, 0 for none
	colA2      = 18 // 2, likewise
	colName    = 20 // 1, length of the display name
	rowBytes   = 21
)

// gazTable is a compiled gazetteer.
type gazTable struct {
	rows, keys int
	countries  []string
	codes      []string
	admin1     []string
	a1rows     []byte
	a2rows     []byte
	columns    []byte
	nameRest   []byte
	names      []byte
	keyRest    []byte
	keyBytes   []byte
}

// openTable checks the sizes of b and returns it as a table. b is kept.
func openTable(b []byte) (*gazTable, error) {
	if !bytes.HasPrefix(b, []byte(tableMagic)) {
		return nil, fmt.Errorf("not a gazetteer table of this version")
	}
	b = b[len(tableMagic):]
	const head = 4 * (2 + sections)
	if len(b) < head {
		return nil, fmt.Errorf("gazetteer table: cut short")
	}
	u := func(i int) int { return int(binary.LittleEndian.Uint32(b[4*i:])) }
	t := &gazTable{rows: u(0), keys: u(1)}
	var sec [sections][]byte
	rest := b[head:]
	for i := range sec {
		n := u(2 + i)
		if n > len(rest) {
			return nil, fmt.Errorf("gazetteer table: section %d cut short", i)
		}
		sec[i], rest = rest[:n:n], rest[n:]
	}
	t.countries, t.codes, t.admin1 = fields(sec[0]), fields(sec[1]), fields(sec[2])
	t.a1rows, t.a2rows, t.columns = sec[3], sec[4], sec[5]
	t.nameRest, t.names, t.keyRest, t.keyBytes = sec[6], sec[7], sec[8], sec[9]
	if len(t.columns) != t.rows*rowBytes || len(t.a1rows) != 3*len(t.admin1) ||
		len(t.nameRest) != 4*groups(t.rows) || len(t.keyRest) != 4*groups(t.keys) {
		return nil, fmt.Errorf("gazetteer table: sections do not fit together")
	}
	return t, nil
}

func groups(n int) int { return (n + group - 1) / group }

func fields(b []byte) []string {
	if len(b) == 0 {
		return nil
	}
	return strings.Split(string(b), "\n")
}

// num reads n planes of row i, low byte first.
func (t *gazTable) num(col, n int, i int32) uint32 {
	v := uint32(0)
	for p := n - 1; p >= 0; p-- {
		v = v<<8 | uint32(t.columns[(col+p)*t.rows+int(i)])
	}
	return v
}

func (t *gazTable) id(i int32) uint32  { return t.num(colID, 4, i) }
func (t *gazTable) pop(i int32) uint32 { return t.num(colPop, 4, i) }
func (t *gazTable) lat(i int32) float64 {
	return (float64(t.num(colLat, 3, i)) - 90_000) / 1000
}

func (t *gazTable) lon(i int32) float64 {
	return (float64(t.num(colLon, 3, i)) - 180_000) / 1000
}
func (t *gazTable) country(i int32) string { return at(t.countries, int(t.num(colCountry, 1, i))) }
func (t *gazTable) code(i int32) string    { return at(t.codes, int(t.num(colCode, 1, i))) }

func at(list []string, i int) string {
	if i < len(list) {
		return list[i]
	}
	return ""
}

// planeRow reads entry i of a list of rows in three planes; -1 where i is out of range.
func planeRow(b []byte, i int) int32 {
	n := len(b) / 3
	if i < 0 || i >= n {
		return -1
	}
	return int32(b[i]) | int32(b[n+i])<<8 | int32(b[2*n+i])<<16
}

func (t *gazTable) a1(i int32) int32 { return planeRow(t.a1rows, int(t.num(colA1, 2, i))-1) }
func (t *gazTable) a2(i int32) int32 { return planeRow(t.a2rows, int(t.num(colA2, 2, i))-1) }

// name returns the display name of row i. It does not allocate.
func (t *gazTable) name(i int32) []byte {
	g := int(i) / group
	off := int(binary.LittleEndian.Uint32(t.nameRest[4*g:]))
	for j := g * group; j < int(i); j++ {
		off += int(t.columns[colName*t.rows+j])
	}
	end := off + int(t.columns[colName*t.rows+int(i)])
	if end > len(t.names) {
		return nil
	}
	return t.names[off:end]
}

// maxKey bounds the length of a folded name.
const maxKey = 120

// find appends the rows that bear the folded name to dst, in order. more tells
// whether a longer name begins with it and a space.
func (t *gazTable) find(key []byte, dst []int32) (rows []int32, more bool) {
	if len(key) == 0 || len(key) > maxKey {
		return dst, false
	}
	// The last group whose first key is not after key.
	lo, hi := 0, groups(t.keys)
	for lo < hi {
		m := (lo + hi) / 2
		if bytes.Compare(t.first(m), key) <= 0 {
			lo = m + 1
		} else {
			hi = m
		}
	}
	g := lo - 1
	rows = dst
	var buf [256]byte
	n := 0
	c := cursor{t.keyBytes, 0}
	if g >= 0 {
		c.at = min(int(binary.LittleEndian.Uint32(t.keyRest[4*g:])), len(c.b))
	} else {
		g = 0
	}
	for k := g * group; k < t.keys; k++ {
		n = c.key(buf[:])
		count := int(c.varint())
		cmp := bytes.Compare(buf[:n], key)
		switch {
		case cmp == 0:
			row := int32(0)
			for range count {
				row += int32(c.varint())
				if int(row) < t.rows {
					rows = append(rows, row)
				}
			}
			continue
		case cmp > 0:
			// "york" sorts before "york-" would, but keys hold only letters,
			// digits and spaces, and a space sorts first.
			return rows, n > len(key) && buf[len(key)] == ' ' && bytes.Equal(buf[:len(key)], key)
		}
		for range count {
			c.varint()
		}
		if c.at >= len(c.b) {
			break
		}
	}
	return rows, false
}

// first returns the first key of group g, which shares nothing with the key before.
func (t *gazTable) first(g int) []byte {
	off := int(binary.LittleEndian.Uint32(t.keyRest[4*g:]))
	if off+2 > len(t.keyBytes) {
		return nil
	}
	n := int(t.keyBytes[off+1])
	return t.keyBytes[off+2 : min(off+2+n, len(t.keyBytes))]
}

// cursor reads keys one after the other.
type cursor struct {
	b  []byte
	at int
}

func (c *cursor) byte() int {
	if c.at >= len(c.b) {
		return 0
	}
	c.at++
	return int(c.b[c.at-1])
}

// key writes the next key over buf, which holds the one before, and returns its length.
func (c *cursor) key(buf []byte) int {
	shared, rest := c.byte(), c.byte()
	end := min(c.at+rest, len(c.b))
	n := shared + copy(buf[shared:], c.b[c.at:end])
	c.at = end
	return n
}

func (c *cursor) varint() uint32 {
	v, shift := uint32(0), 0
	for shift < 35 {
		x := c.byte()
		v |= uint32(x&0x7f) << shift
		if x < 0x80 {
			break
		}
		shift += 7
	}
	return v
}

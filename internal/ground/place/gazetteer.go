package place

import (
	"cmp"
	"embed"
	"encoding/binary"
	"fmt"
	"io/fs"
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync"

	"github.com/klauspost/compress/zstd"
)

//go:embed en gazetteer.zst outlets.tsv.gz
var embedded embed.FS

// Files returns the built-in tables and lexicons.
func Files() fs.FS { return embedded }

// A Gazetteer knows the names of places. It is safe for concurrent use.
type Gazetteer struct {
	t *gazTable
	f *facts
	// byID lists geonameids and their rows for the places that tables by hand point to.
	capital map[string]int32 // ISO2 → row
}

var shared = sync.OnceValues(func() (*Gazetteer, error) { return Load(embedded) })

// Default returns the built-in gazetteer. It is unpacked when first asked for.
func Default() (*Gazetteer, error) { return shared() }

// Load reads a gazetteer from a folder laid out as [Files] is.
func Load(fsys fs.FS) (*Gazetteer, error) {
	f, err := loadFacts(fsys)
	if err != nil {
		return nil, err
	}
	packed, err := fs.ReadFile(fsys, "gazetteer.zst")
	if err != nil {
		return nil, err
	}
	t, err := unpack(packed)
	if err != nil {
		return nil, fmt.Errorf("gazetteer.zst: %w", err)
	}
	g := &Gazetteer{t: t, f: f}
	if err := g.settle(); err != nil {
		return nil, err
	}
	return g, nil
}

func unpack(packed []byte) (*gazTable, error) {
	z, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(256<<20))
	if err != nil {
		return nil, err
	}
	defer z.Close()
	raw, err := z.DecodeAll(packed, nil)
	if err != nil {
		return nil, err
	}
	return openTable(raw)
}

// settle finds the rows that the tables by hand point to and lays each fact
// over the row of the same geonameid.
func (g *Gazetteer) settle() error {
	g.capital = map[string]int32{}
	wanted := map[uint32][]int32{} // geonameid → facts
	for _, p := range g.f.pending {
		if id, err := strconv.ParseUint(p.target, 10, 32); err == nil {
			wanted[uint32(id)] = nil
		}
	}
	for i, p := range g.f.list {
		if p.kind == factMetonym {
			wanted[p.id] = append(wanted[p.id], int32(i))
		}
	}
	found := make(map[uint32]int32, len(wanted))
	capital := slices.Index(g.t.codes, "PPLC")
	ids := [4][]byte{}
	for p := range ids {
		ids[p] = g.t.columns[(colID+p)*g.t.rows:][:g.t.rows]
	}
	codes := g.t.columns[colCode*g.t.rows:][:g.t.rows]
	for i := range codes {
		if int(codes[i]) == capital {
			g.capital[g.t.country(int32(i))] = int32(i)
		}
	}
	for id := range wanted {
		var want [4]byte
		binary.LittleEndian.PutUint32(want[:], id)
		// The lowest byte is the one that tells rows apart.
		for at := 0; ; at++ {
			n := slices.Index(ids[0][at:], want[0])
			if n < 0 {
				break
			}
			at += n
			if ids[1][at] == want[1] && ids[2][at] == want[2] && ids[3][at] == want[3] {
				found[id] = int32(at)
				break
			}
		}
	}
	for _, p := range g.f.pending {
		ref, ok := g.target(p.target, found)
		if !ok {
			return fmt.Errorf("%s: no place %q in the gazetteer", p.where, p.target)
		}
		g.f.prefix(p.key)
		g.f.names[p.key] = append(g.f.names[p.key], bearer{ref: ref, kind: p.kind, hand: p.kind == nameProper})
	}
	g.f.pending = nil
	for id, list := range wanted {
		for _, i := range list {
			row, ok := found[id]
			if !ok {
				return fmt.Errorf("en/metonyms.tsv: %s: no geonameid %d in the gazetteer", g.f.list[i].name, id)
			}
			g.f.list[i].lat, g.f.list[i].lon = g.t.lat(row), g.t.lon(row)
		}
	}
	return nil
}

func (g *Gazetteer) target(s string, found map[uint32]int32) (int32, bool) {
	if id, err := strconv.ParseUint(s, 10, 32); err == nil {
		row, ok := found[uint32(id)]
		return row, ok
	}
	return g.admin1(s)
}

// admin1 returns the row of the division with the GeoNames code, "US.TX".
func (g *Gazetteer) admin1(code string) (int32, bool) {
	i := sort.SearchStrings(g.t.admin1, code)
	if i >= len(g.t.admin1) || g.t.admin1[i] != code {
		return 0, false
	}
	return planeRow(g.t.a1rows, i), true
}

// A Place is an entry of the gazetteer.
type Place struct {
	GeoNames   uint32 // 0 where GeoNames has none
	Name       string
	Type       string // country, admin1, admin2, city, region, sea, island, …
	Country    string // ISO 3166-1 alpha-3, or ""
	Admin1     string
	Lat, Lon   float64
	Population uint32
	Capital    bool // of its country
}

// KB returns the id of the place in records, or "".
func (p *Place) KB() string {
	if p.GeoNames == 0 {
		return ""
	}
	return "geonames:" + strconv.FormatUint(uint64(p.GeoNames), 10)
}

// place returns the entry that ref names.
func (g *Gazetteer) place(ref int32) Place {
	if ref < 0 {
		f := &g.f.list[^ref]
		p := Place{GeoNames: f.id, Name: f.name, Type: f.typ, Country: f.country, Lat: f.lat, Lon: f.lon, Population: f.pop}
		if f.kind == factMetonym {
			p.GeoNames = 0
		}
		return p
	}
	code := g.t.code(ref)
	p := Place{
		GeoNames: g.t.id(ref), Name: string(g.t.name(ref)), Type: placeType(code), Lat: g.t.lat(ref), Lon: g.t.lon(ref),
		Population: g.t.pop(ref), Capital: code == "PPLC",
	}
	if c := g.Country(g.t.country(ref)); c != nil {
		p.Country = c.ISO3
	}
	if a1 := g.t.a1(ref); a1 >= 0 && a1 != ref {
		p.Admin1 = string(g.t.name(a1))
	} else if a1 == ref {
		p.Admin1 = p.Name
	}
	return p
}

// placeType names the kind of a GeoNames feature code in records.
func placeType(code string) string {
	switch {
	case code == "ADM1":
		return "admin1"
	case code == "ADM2":
		return "admin2"
	case code == "PPLX":
		return "district"
	case strings.HasPrefix(code, "PPL"), code == "STLMT":
		return "city"
	}
	switch code {
	case "SEA", "GULF", "BAY", "STRT", "CHN", "SD", "LGN", "FJD", "INLT", "OCN":
		return "sea"
	case "ISL", "ISLS", "RF":
		return "island"
	case "MTS":
		return "mountains"
	case "STM", "CNL", "FLLS":
		return "river"
	case "LK", "RSV":
		return "lake"
	case "DSRT":
		return "desert"
	}
	return "region"
}

// Lookup returns the places that bear the name, those of the tables by hand
// first, then the likeliest first. Demonyms and abbreviations are no names.
func (g *Gazetteer) Lookup(name string) []Place {
	key := Fold(name)
	var out []Place
	for _, b := range g.f.names[key] {
		if b.kind == nameProper && !b.the {
			out = append(out, g.place(b.ref))
		}
	}
	own := len(out)
	rows, _ := g.t.find([]byte(key), nil)
	slices.SortStableFunc(rows, func(a, b int32) int { return cmp.Compare(g.prior(b), g.prior(a)) })
	for _, r := range rows {
		p := g.place(r)
		if !slices.ContainsFunc(out[:own], func(q Place) bool { return q.GeoNames != 0 && q.GeoNames == p.GeoNames }) {
			out = append(out, p)
		}
	}
	return out
}

// IsPlaceName reports whether the words name a place.
func (g *Gazetteer) IsPlaceName(words string) bool {
	var room [maxKey]byte
	key := appendFold(room[:0], words)
	for _, b := range g.f.names[string(key)] {
		if b.kind == nameProper && !b.the {
			return true
		}
	}
	var rows [4]int32
	found, _ := g.t.find(key, rows[:0])
	return len(found) > 0
}

// IsPolity reports whether the words name a country, a division or a town.
func (g *Gazetteer) IsPolity(words string) bool {
	var room [maxKey]byte
	key := appendFold(room[:0], words)
	for _, b := range g.f.names[string(key)] {
		if b.kind != nameProper || b.the {
			continue
		}
		if b.ref >= 0 || g.f.list[^b.ref].polity() {
			return true
		}
		return false // a sea, whatever town has its name
	}
	var room2 [64]int32
	rows, _ := g.t.find(key, room2[:0])
	for _, r := range rows {
		if g.classOf(r) != classNature {
			return true
		}
	}
	return false
}

// Country returns the country with the ISO 3166-1 code of two or three letters, or nil.
func (g *Gazetteer) Country(code string) *Country {
	if i, ok := g.f.byCode[code]; ok {
		return &g.f.country[i]
	}
	return nil
}

// Countries returns all countries, ordered by ISO 3166-1 alpha-3 code.
func (g *Gazetteer) Countries() []Country { return g.f.country }

// Metonyms returns the buildings and streets that stand for an institution.
func (g *Gazetteer) Metonyms() []Metonym { return g.f.metonyms }

// CountryOf returns the country that the words name, as a noun or a demonym:
// "Poland", "Polish", "Poles". demonym tells which. Nil where they name none
// or several.
func (g *Gazetteer) CountryOf(words string) (c *Country, demonym bool) {
	var room [maxKey]byte
	for _, b := range g.f.names[string(appendFold(room[:0], words))] {
		if b.ref >= 0 || g.f.list[^b.ref].kind != factCountry {
			continue
		}
		if c != nil {
			return nil, false
		}
		c, demonym = g.Country(g.f.list[^b.ref].country), b.kind == nameAdjective || b.kind == namePeople
	}
	return c, demonym
}

// Capital returns the capital of the country, and whether there is one.
func (g *Gazetteer) Capital(c *Country) (Place, bool) {
	row, ok := g.capital[c.ISO2]
	if !ok {
		return Place{}, false
	}
	return g.place(row), true
}

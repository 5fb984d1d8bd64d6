package place

import (
	"fmt"
	"io/fs"
	"strconv"
	"strings"

	"casus/internal/table"
)

// A Country is a country or territory of ISO 3166-1, or Kosovo.
type Country struct {
	ISO3, ISO2, FIPS string
	GeoNames         uint32
	Name             string
	Lat, Lon         float64
	Population       uint32
	Capital          string
	Aliases          []string
	Adjectives       []string // "French"
	People           []string // "Frenchmen"
}

// A Metonym is a building or street whose name stands for those who work there.
type Metonym struct {
	Name    string
	Country string // ISO 3166-1 alpha-3, or EUR, UNO
	Body    string // "head of state", "defence ministry" …
	City    uint32 // geonameid of the city it lies in
}

// fact is a place of the tables by hand: a country, a region or a metonym.
type fact struct {
	kind    factKind
	id      uint32
	name    string
	typ     string // of record.Place
	country string // ISO3
	lat     float64
	lon     float64
	pop     uint32
}

// polity reports whether people govern themselves there, and so may act.
func (f *fact) polity() bool {
	switch f.typ {
	case "country", "union", "admin1", "city", "district":
		return true
	case "region":
		return f.country != ""
	}
	return false
}

type factKind uint8

const (
	factCountry factKind = iota
	factRegion
	factMetonym
)

// nameKind says in what way a name names a place.
type nameKind uint8

const (
	nameProper    nameKind = iota // its name, or another of its names
	nameAdjective                 // "Polish"
	namePeople                    // "Poles"
	nameShort                     // "Calif.": names it in any position
	nameAfter                     // "Pa.": only after the name of a place in it
)

// bearer is a place that a name of the tables by hand may name. ref is a row
// of the gazetteer, or ^i for fact i.
type bearer struct {
	ref  int32
	kind nameKind
	the  bool // only after "the": "the Gulf"
	hand bool // a nickname or spelling of the tables by hand
}

// facts holds the tables by hand.
type facts struct {
	list     []fact
	names    map[string][]bearer // by folded name
	prefixes map[string]bool     // folded words that a longer name goes on from
	country  []Country
	byCode   map[string]int32 // ISO2 and ISO3, into country
	metonyms []Metonym
	// pending are bearers known by a code or geonameid of the gazetteer.
	pending []pending
}

type pending struct {
	key    string
	kind   nameKind
	target string
	where  string // file and line, for messages
}

func loadFacts(fsys fs.FS) (*facts, error) {
	f := &facts{names: map[string][]bearer{}, prefixes: map[string]bool{}, byCode: map[string]int32{}}
	for _, load := range []func(fs.FS) error{f.loadCountries, f.loadRegions, f.loadMetonyms, f.loadAliases, f.loadDemonyms, f.loadAbbreviations} {
		if err := load(fsys); err != nil {
			return nil, fmt.Errorf("load places: %w", err)
		}
	}
	return f, nil
}

// name records that the words name a place. Words that begin with a small "the"
// name it only after the article.
func (f *facts) name(words string, b bearer) {
	words, b.the = strings.CutPrefix(words, "the ")
	key := Fold(words)
	if key == "" {
		return
	}
	f.prefix(key)
	for _, have := range f.names[key] {
		if have.ref == b.ref {
			return
		}
	}
	f.names[key] = append(f.names[key], b)
}

func (f *facts) prefix(key string) {
	for i := range len(key) {
		if key[i] == ' ' {
			f.prefixes[key[:i]] = true
		}
	}
}

// list cuts a cell at semicolons.
func list(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, ";")
}

func point(r *table.Row) (lat, lon float64, err error) {
	if lat, err = r.Float("lat", 0); err != nil {
		return 0, 0, err
	}
	if lon, err = r.Float("lon", 0); err != nil {
		return 0, 0, err
	}
	if lat < -90 || lat > 90 || lon < -180 || lon > 180 {
		return 0, 0, r.Errorf("no place on Earth: %v, %v", lat, lon)
	}
	return lat, lon, nil
}

func number(r *table.Row, column string) (uint32, error) {
	s := r.Get(column)
	if s == "" {
		return 0, nil
	}
	n, err := strconv.ParseUint(s, 10, 32)
	if err != nil {
		return 0, r.Errorf("column %s: %q is no number", column, s)
	}
	return uint32(n), nil
}

func (f *facts) loadCountries(fsys fs.FS) error {
	cols := []string{"iso3", "iso2", "fips", "geonameid", "name", "lat", "lon", "population", "capital", "aliases", "adjectives", "people"}
	return table.Read(fsys, "en/countries.tsv", cols, func(r *table.Row) error {
		c := Country{
			ISO3: r.Get("iso3"), ISO2: r.Get("iso2"), FIPS: r.Get("fips"), Name: r.Get("name"), Capital: r.Get("capital"),
			Aliases: list(r.Get("aliases")), Adjectives: list(r.Get("adjectives")), People: list(r.Get("people")),
		}
		var err error
		if c.Lat, c.Lon, err = point(r); err != nil {
			return err
		}
		if c.GeoNames, err = number(r, "geonameid"); err != nil {
			return err
		}
		if c.Population, err = number(r, "population"); err != nil {
			return err
		}
		if len(c.ISO3) != 3 || len(c.ISO2) != 2 || c.Name == "" {
			return r.Errorf("want iso3, iso2 and name")
		}
		ref := ^int32(len(f.list))
		f.byCode[c.ISO3], f.byCode[c.ISO2] = int32(len(f.country)), int32(len(f.country))
		f.country = append(f.country, c)
		f.list = append(f.list, fact{kind: factCountry, id: c.GeoNames, name: c.Name, typ: "country", country: c.ISO3, lat: c.Lat, lon: c.Lon, pop: c.Population})
		f.all(ref, append([]string{c.Name}, c.Aliases...), c.Adjectives, c.People)
		return nil
	})
}

func (f *facts) all(ref int32, names, adjectives, people []string) {
	for _, n := range names {
		f.name(n, bearer{ref: ref})
	}
	for _, n := range adjectives {
		f.name(n, bearer{ref: ref, kind: nameAdjective})
	}
	for _, n := range people {
		f.name(n, bearer{ref: ref, kind: namePeople})
	}
}

func (f *facts) loadRegions(fsys fs.FS) error {
	cols := []string{"name", "aliases", "adjectives", "people", "type", "country", "geonameid", "lat", "lon"}
	return table.Read(fsys, "en/regions.tsv", cols, func(r *table.Row) error {
		p := fact{kind: factRegion, name: r.Get("name"), typ: r.Get("type"), country: r.Get("country")}
		var err error
		if p.lat, p.lon, err = point(r); err != nil {
			return err
		}
		if p.id, err = number(r, "geonameid"); err != nil {
			return err
		}
		if p.name == "" || p.typ == "" {
			return r.Errorf("want name and type")
		}
		ref := ^int32(len(f.list))
		f.list = append(f.list, p)
		f.all(ref, append([]string{p.name}, list(r.Get("aliases"))...), list(r.Get("adjectives")), list(r.Get("people")))
		return nil
	})
}

func (f *facts) loadMetonyms(fsys fs.FS) error {
	return table.Read(fsys, "en/metonyms.tsv", []string{"name", "country", "body", "target"}, func(r *table.Row) error {
		id, err := number(r, "target")
		if err != nil {
			return err
		}
		m := Metonym{Name: r.Get("name"), Country: r.Get("country"), Body: r.Get("body"), City: id}
		if m.Name == "" || m.Body == "" || id == 0 {
			return r.Errorf("want name, body and target")
		}
		f.metonyms = append(f.metonyms, m)
		ref := ^int32(len(f.list))
		country := m.Country
		if _, ok := f.byCode[country]; !ok {
			country = "" // a union has no place of its own
		}
		f.list = append(f.list, fact{kind: factMetonym, id: id, name: m.Name, typ: "facility", country: country})
		f.name(m.Name, bearer{ref: ref})
		return nil
	})
}

func (f *facts) loadAliases(fsys fs.FS) error {
	return table.Read(fsys, "en/aliases.tsv", []string{"alias", "target"}, func(r *table.Row) error {
		f.wait(r, r.Get("alias"), nameProper)
		return nil
	})
}

func (f *facts) loadDemonyms(fsys fs.FS) error {
	return table.Read(fsys, "en/demonyms.tsv", []string{"word", "kind", "target"}, func(r *table.Row) error {
		switch r.Get("kind") {
		case "adjective":
			f.wait(r, r.Get("word"), nameAdjective)
		case "people":
			f.wait(r, r.Get("word"), namePeople)
		default:
			return r.Errorf("kind %q: want adjective or people", r.Get("kind"))
		}
		return nil
	})
}

func (f *facts) loadAbbreviations(fsys fs.FS) error {
	return table.Read(fsys, "en/abbreviations.tsv", []string{"abbreviation", "division", "where"}, func(r *table.Row) error {
		kind := nameShort
		switch r.Get("where") {
		case "free":
		case "after":
			kind = nameAfter
		default:
			return r.Errorf("where %q: want free or after", r.Get("where"))
		}
		f.pending = append(f.pending, pending{Fold(r.Get("abbreviation")), kind, r.Get("division"), fmt.Sprintf("%s:%d", r.File, r.Line)})
		return nil
	})
}

func (f *facts) wait(r *table.Row, words string, kind nameKind) {
	f.pending = append(f.pending, pending{Fold(words), kind, r.Get("target"), fmt.Sprintf("%s:%d", r.File, r.Line)})
}

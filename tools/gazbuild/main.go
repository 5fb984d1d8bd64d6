// Gazbuild compiles the embedded gazetteer from GeoNames and Natural Earth files.
//
//	go run ./tools/gazbuild -in DIR -points tools/gazbuild/admin1_points.tsv -out internal/ground/place/gazetteer.zst
//
// DIR holds gazetteer_cities500_latin.tsv.gz (GeoNames cities500 as a TSV with
// header), admin1CodesASCII.txt, admin2Codes.txt and natural_earth_regions.json.
// The same input gives the same bytes.
package main

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"casus/internal/ground/place"
)

func main() {
	in := flag.String("in", "", "folder of the input files")
	points := flag.String("points", "tools/gazbuild/admin1_points.tsv", "coordinates of large first-order divisions")
	out := flag.String("out", "internal/ground/place/gazetteer.zst", "table to write")
	flag.Parse()
	if err := run(*in, *points, *out); err != nil {
		fmt.Fprintln(os.Stderr, "gazbuild:", err)
		os.Exit(1)
	}
}

func run(in, points, out string) error {
	g := gazetteer{a1: map[string]*division{}, a2: map[string]*division{}}
	steps := []struct {
		path string
		read func(io.Reader) error
	}{
		{filepath.Join(in, "gazetteer_cities500_latin.tsv.gz"), g.cities},
		{points, g.points},
		{filepath.Join(in, "admin1CodesASCII.txt"), g.admin1},
		{filepath.Join(in, "admin2Codes.txt"), g.admin2},
		{filepath.Join(in, "natural_earth_regions.json"), g.regions},
	}
	for _, s := range steps {
		if err := readFile(s.path, s.read); err != nil {
			return fmt.Errorf("%s: %w", s.path, err)
		}
	}
	f, err := os.Create(out)
	if err != nil {
		return err
	}
	if err := g.build.Write(f); err != nil {
		return err
	}
	fmt.Printf("%d rows\n", g.build.Len())
	return f.Close()
}

func readFile(path string, read func(io.Reader) error) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	if !strings.HasSuffix(path, ".gz") {
		return read(f)
	}
	z, err := gzip.NewReader(f)
	if err != nil {
		return err
	}
	return read(z)
}

// gazetteer collects the rows.
type gazetteer struct {
	build  place.Builder
	a1, a2 map[string]*division // by code: "US.TX", "US.TX.113"
}

// A division is what is known of it from the places in it.
type division struct {
	lat, lon, weight float64
	pop              uint64
	fixed            bool // its point is given
}

func (d *division) add(lat, lon float64, pop uint32) {
	// Half the weight lies with the people and half with the land.
	w := float64(pop) + 2000
	d.lat, d.lon, d.weight = d.lat+w*lat, d.lon+w*lon, d.weight+w
	d.pop += uint64(pop)
}

func (d *division) point() (lat, lon float64) {
	if d.fixed {
		return d.lat, d.lon
	}
	return d.lat / d.weight, d.lon / d.weight
}

// lines calls f with the tab-separated fields of every line.
func lines(r io.Reader, n int, f func([]string) error) error {
	sc := bufio.NewScanner(r)
	sc.Buffer(nil, 1<<20)
	for i := 1; sc.Scan(); i++ {
		if sc.Text() == "" || sc.Text()[0] == '#' {
			continue
		}
		c := strings.Split(sc.Text(), "\t")
		if len(c) < n {
			return fmt.Errorf("line %d: %d fields, want %d", i, len(c), n)
		}
		if err := f(c); err != nil {
			return fmt.Errorf("line %d: %w", i, err)
		}
	}
	return sc.Err()
}

func (g *gazetteer) cities(r io.Reader) error {
	return lines(r, 13, func(c []string) error {
		if c[0] == "geonameid" {
			return nil
		}
		id, err := strconv.ParseUint(c[0], 10, 32)
		if err != nil {
			return err
		}
		lat, err := strconv.ParseFloat(c[4], 64)
		if err != nil {
			return err
		}
		lon, err := strconv.ParseFloat(c[5], 64)
		if err != nil {
			return err
		}
		pop, _ := strconv.ParseUint(c[10], 10, 32) // absent for some
		row := place.Row{
			ID: uint32(id), Name: c[1], Lat: lat, Lon: lon, Code: c[6], Country: c[7], Admin1: c[8], Admin2: c[9],
			Population: uint32(pop), Names: append(place.AltNames(c[3]), c[2]),
		}
		g.build.Add(row)
		divide(g.a1, row.Country+"."+row.Admin1).add(lat, lon, row.Population)
		divide(g.a2, row.Country+"."+row.Admin1+"."+row.Admin2).add(lat, lon, row.Population)
		return nil
	})
}

func divide(m map[string]*division, code string) *division {
	d := m[code]
	if d == nil {
		d = &division{}
		m[code] = d
	}
	return d
}

func (g *gazetteer) points(r io.Reader) error {
	return lines(r, 3, func(c []string) error {
		if c[0] == "code" {
			return nil
		}
		lat, err := strconv.ParseFloat(c[1], 64)
		if err != nil {
			return err
		}
		lon, err := strconv.ParseFloat(c[2], 64)
		if err != nil {
			return err
		}
		d := divide(g.a1, c[0])
		d.lat, d.lon, d.fixed = lat, lon, true
		return nil
	})
}

func (g *gazetteer) admin1(r io.Reader) error {
	return lines(r, 4, func(c []string) error {
		return g.division(c, g.a1[c[0]], "ADM1", []string{" Province", " State", " Region", " Governorate", " Oblast", " Department", " Prefecture", " District", " County", " Krai", " Voivodeship", " Canton", " Parish", " Municipality"})
	})
}

func (g *gazetteer) admin2(r io.Reader) error {
	return lines(r, 4, func(c []string) error {
		return g.division(c, g.a2[c[0]], "ADM2", nil)
	})
}

// division adds a division that has places in it; others have no coordinates.
// Its name is known with and without its kind.
func (g *gazetteer) division(c []string, d *division, code string, kinds []string) error {
	if d == nil || c[1] == "" {
		return nil
	}
	id, err := strconv.ParseUint(c[3], 10, 32)
	if err != nil {
		return err
	}
	part := strings.SplitN(c[0], ".", 3)
	row := place.Row{ID: uint32(id), Name: c[1], Code: code, Country: part[0], Admin1: part[1], Names: []string{c[2]}, Population: uint32(min(d.pop, 1<<32-1))}
	if len(part) == 3 {
		row.Admin2 = part[2]
	}
	row.Lat, row.Lon = d.point()
	for _, k := range kinds {
		for _, n := range []string{c[1], c[2]} {
			if s, ok := strings.CutSuffix(n, k); ok {
				row.Names = append(row.Names, s)
			}
		}
	}
	g.build.Add(row)
	return nil
}

// kinds maps the kinds of Natural Earth to GeoNames feature codes.
var kinds = map[string]string{
	"Island": "ISL", "Island group": "ISLS", "Range/mtn": "MTS", "Range/Mts": "MTS", "Plain": "PLN", "Plateau": "PLAT", "Pen/cape": "PEN", "Peninsula": "PEN",
	"Desert": "DSRT", "Valley": "VAL", "Basin": "BSN", "Lowland": "PLN", "Delta": "DLTA", "Coast": "COAST", "Geoarea": "RGN", "Foothills": "MTS",
	"Tundra": "RGN", "Gorge": "GRGE", "Isthmus": "ISTH", "Wetlands": "WTLD", "Depression": "DPR", "Continent": "CONT",
	"ocean": "OCN", "sea": "SEA", "gulf": "GULF", "bay": "BAY", "strait": "STRT", "channel": "CHN", "sound": "SD", "river": "STM", "reef": "RF", "lagoon": "LGN", "fjord": "FJD", "inlet": "INLT",
	"island": "ISL", "island group": "ISLS", "cape": "CAPE", "plain": "PLN", "waterfall": "FLLS",
	"Lake": "LK", "Reservoir": "RSV", "Alkaline Lake": "LK", "River": "STM", "Lake Centerline": "STM", "Canal": "CNL",
}

// written writes out what Natural Earth abbreviates.
var written = strings.NewReplacer(" I.", " Island", " Is.", " Islands", " Mts.", " Mountains", " Mtns.", " Mountains", " Pen.", " Peninsula",
	" Plat.", " Plateau", " Sd.", " Sound", " Str.", " Strait", " Arch.", " Archipelago")

func (g *gazetteer) regions(r io.Reader) error {
	var list [][]json.RawMessage
	if err := json.NewDecoder(r).Decode(&list); err != nil {
		return err
	}
	for i, e := range list {
		var row place.Row
		var kind string
		if len(e) < 5 {
			return fmt.Errorf("entry %d: %d fields", i, len(e))
		}
		for j, to := range []any{&row.Name, &row.Lat, &row.Lon, &kind, &row.Names} {
			if err := json.Unmarshal(e[j], to); err != nil {
				return fmt.Errorf("entry %d: %w", i, err)
			}
		}
		row.Code = kinds[kind]
		if row.Code == "" || row.Code == "CONT" || row.Name == "" || len([]rune(row.Name)) < 4 {
			continue
		}
		row.Name = written.Replace(row.Name)
		g.build.Add(row)
	}
	return nil
}

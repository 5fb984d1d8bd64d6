package place

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"
	"testing/fstest"
)

func gazetteer(t testing.TB) *Gazetteer {
	t.Helper()
	g, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "Paris": "paris", "São Paulo": "sao paulo", "Côte d’Ivoire": "cote divoire", "Port-au-Prince": "port au prince",
		"St. John's": "saint johns", "Mt. Vernon": "mount vernon", "Ft Worth": "fort worth", "Pine St.": "pine st", "U.S.": "us", "Łódź": "lodz", "Ålesund": "alesund",
		"Tromsø": "tromso", "  Two   words ": "two words", "Washington, D.C.": "washington dc", "Ḥomṣ": "homs", "Iğdır": "igdir", "\xff": "", "北京": "北京", "N'Djamena": "ndjamena",
	} {
		if got := Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{"St. Ives", "Ærø", "a\xffb", "‘Adan"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := Fold(s)
		if twice := Fold(once); twice != once {
			t.Errorf("Fold(%q) = %q, again %q", s, once, twice)
		}
	})
}

// TestTableRoundTrip builds tables of random rows and finds every name again.
func TestTableRoundTrip(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{0, 1, 15, 16, 17, 400} {
		var b Builder
		var rows []Row
		for i := range n {
			r := Row{
				ID: uint32(i + 1), Name: fmt.Sprintf("Town %c%d", 'A'+i%26, rnd.IntN(50)), Lat: float64(rnd.IntN(180_000)-90_000) / 1000, Lon: float64(rnd.IntN(360_000)-180_000) / 1000,
				Code: "PPL", Country: "FR", Admin1: "11", Admin2: fmt.Sprint(i % 3), Population: uint32(rnd.IntN(1 << 30)), Names: []string{fmt.Sprintf("Alias %d", i)},
			}
			switch i {
			case 0:
				r.Code, r.Admin2 = "ADM1", ""
			case 1, 2, 3:
				r.Code, r.Admin2 = "ADM2", fmt.Sprint(i-1)
			}
			rows = append(rows, r)
		}
		rnd.Shuffle(n, func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
		for _, r := range rows {
			b.Add(r)
		}
		var packed, again bytes.Buffer
		if err := b.Write(&packed); err != nil {
			t.Fatal(err)
		}
		rnd.Shuffle(n, func(i, j int) { b.rows[i], b.rows[j] = b.rows[j], b.rows[i] })
		if err := b.Write(&again); err != nil || !bytes.Equal(packed.Bytes(), again.Bytes()) {
			t.Errorf("%d rows in another order give other bytes (%v)", n, err)
		}
		tab, err := unpack(packed.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range rows {
			for _, name := range append(want.Names, want.Name) {
				found, _ := tab.find([]byte(Fold(name)), nil)
				i := slices.IndexFunc(found, func(i int32) bool { return tab.id(i) == want.ID })
				if i < 0 {
					t.Fatalf("%d rows: %q does not find %d", n, name, want.ID)
				}
				r := found[i]
				if string(tab.name(r)) != want.Name || tab.lat(r) != want.Lat || tab.lon(r) != want.Lon || tab.pop(r) != want.Population || tab.code(r) != want.Code || tab.country(r) != "FR" {
					t.Errorf("row %d reads back as %q %v %v %d %s", want.ID, tab.name(r), tab.lat(r), tab.lon(r), tab.pop(r), tab.code(r))
				}
				if a1 := tab.a1(r); n > 3 && (a1 < 0 || tab.code(a1) != "ADM1") {
					t.Errorf("row %d lies in no division", want.ID)
				}
				if a2 := tab.a2(r); n > 3 && want.Code == "PPL" && (a2 < 0 || tab.code(a2) != "ADM2") {
					t.Errorf("row %d lies in no second-order division", want.ID)
				}
			}
		}
		if found, more := tab.find([]byte("alias"), nil); len(found) != 0 || more != (n > 0) {
			t.Errorf("%d rows: find(alias) = %v, %v", n, found, more)
		}
		for _, absent := range []string{"", "a", "zzz", "town", "town z999"} {
			if found, _ := tab.find([]byte(absent), nil); len(found) != 0 {
				t.Errorf("%d rows: %q finds %v", n, absent, found)
			}
		}
	}
}

func TestBuilderRefusesBadRows(t *testing.T) {
	for _, r := range []Row{{Name: ""}, {Name: "X", Lat: 91}, {Name: "X", Lon: -181}} {
		var b Builder
		b.Add(r)
		if err := b.Write(&bytes.Buffer{}); err == nil {
			t.Errorf("Write accepts %+v", r)
		}
	}
}

func FuzzOpenTable(f *testing.F) {
	var b Builder
	b.Add(Row{ID: 1, Name: "Aa", Code: "ADM1", Country: "FR", Admin1: "1"})
	b.Add(Row{ID: 2, Name: "Bb", Code: "PPL", Country: "FR", Admin1: "1"})
	raw, err := b.compile()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(raw)
	f.Add(raw[:20])
	f.Fuzz(func(t *testing.T, b []byte) {
		tab, err := openTable(b)
		if err != nil {
			return
		}
		found, _ := tab.find([]byte("bb"), nil)
		for _, r := range found {
			tab.name(r)
			tab.country(r)
			tab.code(r)
			tab.a1(r)
			tab.a2(r)
		}
	})
}

func TestLookup(t *testing.T) {
	g := gazetteer(t)
	if g.t.rows < 125_000 {
		t.Errorf("%d places, want 125,000 or more", g.t.rows)
	}
	for _, c := range []struct {
		name, typ, country string
		id                 uint32
	}{
		{"Paris", "city", "FRA", 2988507},
		{"Mexico City", "city", "MEX", 3530597},
		{"São Paulo", "admin1", "BRA", 3448433},
		{"Sao Paulo", "admin1", "BRA", 3448433},
		{"Gdańsk", "city", "POL", 3099434},
		{"Gdansk", "city", "POL", 3099434},
		{"Kyiv", "city", "UKR", 703448},
		{"Kiev", "city", "UKR", 703448},
		{"Türkiye", "country", "TUR", 298795},
		{"Turkey", "country", "TUR", 298795},
		{"U.S.", "country", "USA", 6252001},
		{"Myanmar", "country", "MMR", 1327865},
		{"Burma", "country", "MMR", 1327865},
		{"Ivory Coast", "country", "CIV", 2287781},
		{"Donbas", "region", "UKR", 0},
		{"Gaza Strip", "region", "PSE", 281132},
		{"Darfur", "region", "SDN", 0},
		{"Tigray", "admin1", "ETH", 444187},
		{"South China Sea", "sea", "", 0},
		{"Metcalfe County", "admin2", "USA", 4300606},
		{"Queensland", "admin1", "AUS", 2152274},
		{"Washington, D.C.", "city", "USA", 4140963},
	} {
		got := g.Lookup(c.name)
		if len(got) == 0 || got[0].Type != c.typ || got[0].Country != c.country || (c.id != 0 && got[0].GeoNames != c.id) {
			t.Errorf("Lookup(%q)[0] = %+v, want %s %s %d", c.name, got[:min(1, len(got))], c.typ, c.country, c.id)
		}
	}
	for _, w := range []string{"Aleppo", "Bosnia", "St. Petersburg", "new york"} {
		if !g.IsPlaceName(w) {
			t.Errorf("IsPlaceName(%q) = false", w)
		}
	}
	for _, w := range []string{"", "Polish", "the quick fox", "Calif."} {
		if g.IsPlaceName(w) {
			t.Errorf("IsPlaceName(%q) = true", w)
		}
	}
}

func TestCountries(t *testing.T) {
	g := gazetteer(t)
	if n := len(g.Countries()); n < 249 {
		t.Errorf("%d countries", n)
	}
	for _, c := range g.Countries() {
		if got, _ := g.CountryOf(c.Name); got == nil || got.ISO3 != c.ISO3 {
			t.Errorf("CountryOf(%q) = %v", c.Name, got)
		}
		if g.Country(c.ISO2) != g.Country(c.ISO3) {
			t.Errorf("codes %s and %s name different countries", c.ISO2, c.ISO3)
		}
	}
	for words, want := range map[string]string{"Polish": "POL", "Poles": "POL", "U.S.": "USA", "Bosnian": "BIH", "South Korean": "KOR", "DPRK": "PRK", "Holland": "NLD"} {
		if c, _ := g.CountryOf(words); c == nil || c.ISO3 != want {
			t.Errorf("CountryOf(%q) = %v, want %s", words, c, want)
		}
	}
	if c, _ := g.CountryOf("Dominican"); c != nil {
		t.Errorf("CountryOf(Dominican) = %s, want nil: two countries", c.ISO3)
	}
	if p, ok := g.Capital(g.Country("FRA")); !ok || p.Name != "Paris" || !p.Capital {
		t.Errorf("Capital(FRA) = %+v, %v", p, ok)
	}
	without := 0
	for i := range g.Countries() {
		if _, ok := g.Capital(&g.Countries()[i]); !ok {
			without++
		}
	}
	if without > 15 {
		t.Errorf("%d countries without capital", without)
	}
}

// TestTablesByHand checks what a reader of the tables would.
func TestTablesByHand(t *testing.T) {
	g := gazetteer(t)
	regions := 0
	for _, f := range g.f.list {
		if f.kind == factRegion {
			regions++
			if f.country != "" && f.country != "EUR" && g.Country(f.country) == nil {
				t.Errorf("%s: no country %q", f.name, f.country)
			}
		}
		if f.lat == 0 && f.lon == 0 {
			t.Errorf("%s lies at 0, 0", f.name)
		}
	}
	if regions < 200 {
		t.Errorf("%d regions", regions)
	}
}

func TestLoadErrorsNameTheLine(t *testing.T) {
	for name, bad := range map[string]string{
		"en/countries.tsv":     "iso3\tiso2\tfips\tgeonameid\tname\tlat\tlon\tpopulation\tcapital\taliases\tadjectives\tpeople\nFRA\tFR\tFR\tx\tFrance\t1\t1\n",
		"en/regions.tsv":       "name\taliases\tadjectives\tpeople\ttype\tcountry\tgeonameid\tlat\tlon\nX\t\t\t\tregion\t\t\t95\t1\n",
		"en/demonyms.tsv":      "word\tkind\ttarget\nTexan\tplural\tUS.TX\n",
		"en/abbreviations.tsv": "abbreviation\tdivision\twhere\nTex.\tUS.TX\tsometimes\n",
		"en/aliases.tsv":       "alias\ttarget\nNowhere\tUS.ZZ\n",
		"en/metonyms.tsv":      "name\tcountry\tbody\ttarget\nCastle\tFRA\t\t1\n",
	} {
		fsys := fstest.MapFS{}
		for _, f := range []string{"en/countries.tsv", "en/regions.tsv", "en/metonyms.tsv", "en/aliases.tsv", "en/demonyms.tsv", "en/abbreviations.tsv", "gazetteer.zst"} {
			data, err := embedded.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			fsys[f] = &fstest.MapFile{Data: data}
		}
		fsys[name] = &fstest.MapFile{Data: []byte(bad)}
		_, err := Load(fsys)
		if err == nil || !bytes.Contains([]byte(err.Error()), []byte(name+":2")) {
			t.Errorf("bad %s: error %v, want file and line", name, err)
		}
	}
}

func TestOutlets(t *testing.T) {
	g := gazetteer(t)
	o, err := LoadOutlets(embedded)
	if err != nil {
		t.Fatal(err)
	}
	for domain, want := range map[string]string{"www.cbc.ca": "CAN", "example.co.uk": "GBR", "nowhere.example": "", "news.example.de": "DEU", "": "", "state.gov": "USA", "thing.tv": ""} {
		if got := o.Country(domain, g); got != want {
			t.Errorf("Country(%q) = %q, want %q", domain, got, want)
		}
	}
	if got := host("https://me@www.example.org:80/a/b"); got != "www.example.org" {
		t.Errorf("host = %q", got)
	}
}

func BenchmarkLoad(b *testing.B) {
	var before, after runtime.MemStats
	var g *Gazetteer
	for b.Loop() {
		g = nil
		runtime.GC()
		runtime.ReadMemStats(&before)
		var err error
		if g, err = Load(embedded); err != nil {
			b.Fatal(err)
		}
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/1e6, "MB-resident")
	runtime.KeepAlive(g)
}

func BenchmarkFind(b *testing.B) {
	g := gazetteer(b)
	keys := [][]byte{[]byte("culiacan"), []byte("kyiv"), []byte("not a place"), []byte("san jose"), []byte("aleppo")}
	var rows []int32
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		rows, _ = g.t.find(keys[i%len(keys)], rows[:0])
	}
}

func BenchmarkFold(b *testing.B) {
	var room [64]byte
	b.ReportAllocs()
	for b.Loop() {
		appendFold(room[:0], "Saint-Jean-de-Luz, Pyrénées")
	}
}

// BenchmarkNew is what a program pays at its start, the gazetteer included.
func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		if _, err := Load(embedded); err != nil {
			b.Fatal(err)
		}
		if _, err := New(nil); err != nil {
			b.Fatal(err)
		}
	}
}

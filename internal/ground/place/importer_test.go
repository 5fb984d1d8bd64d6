package place

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"casus/internal/overlay"
)

// dump has places that do not exist, of Estonia and Latvia, and Tallinn.
const dump = `99000001	Uuspalu	Uuspalu	Uuspalu Linn,UPL,新村	58.9	25.1	P	PPL	EE		07	0999			420		50	Europe/Tallinn	2026-01-01
99000002	Vaikla	Vaikla		58.8	25.2	P	PPL	EE		07	0999			12		50	Europe/Tallinn	2026-01-01
99000003	Uuspalu vald	Uuspalu vald		58.85	25.15	A	ADM2	EE		07	0999			9000		50	Europe/Tallinn	2026-01-01
99000004	Meza Kalns	Meza Kalns		57.0	25.0	T	MT	LV		10				0	300	300	Europe/Riga	2026-01-01
588409	Tallinn	Tallinn	Reval	59.43696	24.75353	P	PPLC	EE		01				394024		22	Europe/Tallinn	2026-01-01
`

func TestImport(t *testing.T) {
	base, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	b, st, err := Import(strings.NewReader(dump), base, ImportOptions{MinPopulation: 100, Countries: []string{"EE"}, MaxRows: 10})
	if err != nil {
		t.Fatal(err)
	}
	if st.Lines != 5 || st.Taken != 3 || st.Kept != base.t.rows-1 {
		t.Errorf("%+v, want 5 lines, 3 taken, %d kept", st, base.t.rows-1)
	}
	raw, err := b.compile() // Write packs it, which takes long
	if err != nil {
		t.Fatal(err)
	}
	tab, err := openTable(raw)
	if err != nil {
		t.Fatal(err)
	}
	f, err := loadFacts(embedded)
	if err != nil {
		t.Fatal(err)
	}
	g := &Gazetteer{t: tab, f: f}
	if err := g.settle(); err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct {
		name    string
		id      uint32
		country string
	}{{"Uuspalu", 99000001, "EST"}, {"Uuspalu Linn", 99000001, "EST"}, {"Uuspalu vald", 99000003, "EST"}, {"Tallinn", 588409, "EST"}, {"Riga", 456172, "LVA"}} {
		ps := g.Lookup(x.name)
		if len(ps) == 0 || ps[0].GeoNames != x.id || ps[0].Country != x.country {
			t.Errorf("Lookup(%s) = %+v, want geonameid %d", x.name, ps, x.id)
		}
	}
	for _, n := range []string{"Vaikla", "Meza Kalns"} {
		if ps := g.Lookup(n); len(ps) > 0 {
			t.Errorf("Lookup(%s) = %+v, want nothing", n, ps)
		}
	}
	rows, _ := tab.find([]byte("uuspalu"), nil)
	if a2 := tab.a2(rows[0]); a2 < 0 || tab.id(a2) != 99000003 {
		t.Errorf("Uuspalu lies in row %d, want the division 99000003", a2)
	}
}

func TestAltNames(t *testing.T) {
	got := AltNames("Kiew,kyiv,KBP,Kijów,sheng hu li ya,Ki,Kyyiv")
	if want := []string{"Kiew", "Kijów", "Kyyiv"}; !slices.Equal(got, want) {
		t.Errorf("AltNames = %q, want %q", got, want)
	}
}

func TestImportErrors(t *testing.T) {
	base, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct{ name, in, want string }{
		{"empty", "", "no lines"},
		{"columns", "1\tX\n", "line 1: 2 fields, want 19"},
		{"id", strings.Replace(dump, "99000002", "x", 1), `line 2: geonameid "x"`},
		{"latitude", strings.Replace(dump, "58.9", "158.9", 1), "line 1: geonameid 99000001: no place on Earth"},
		{"population", strings.Replace(dump, "420", "many", 1), `line 1: geonameid 99000001: population "many"`},
		{"twice", dump + dump, "line 6: geonameid 99000001 again"},
		{"too many", dump, "line 3: more than 2 places"},
		{"long line", strings.Repeat("x", maxDumpLine+1), "line 1: "},
	} {
		max := 100
		if x.name == "too many" {
			max = 2
		}
		if _, _, err := Import(strings.NewReader(x.in), base, ImportOptions{MaxRows: max}); err == nil || !strings.Contains(err.Error(), x.want) {
			t.Errorf("%s: error %v, want one with %q", x.name, err, x.want)
		}
	}
}

// A table that a user made is laid over the built-in one.
func TestOwnTable(t *testing.T) {
	var b Builder
	b.Add(Row{ID: 1, Name: "Uuspalu", Code: "PPL", Country: "EE", Lat: 58, Lon: 25})
	var buf bytes.Buffer
	if err := b.Write(&buf); err != nil {
		t.Fatal(err)
	}
	// Without the rows that the tables by hand point to, it is refused.
	_, err := Load(overlay.FS{Over: fstest.MapFS{"gazetteer.zst": {Data: buf.Bytes()}}, Under: embedded})
	if err == nil || !strings.Contains(err.Error(), "in the gazetteer") {
		t.Errorf("a table without the places of the tables by hand: error %v", err)
	}
}

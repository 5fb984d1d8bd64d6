package eval

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strings"

	"casus/internal/article"
	"casus/internal/doc"
	"casus/internal/record"
	"casus/internal/text"
)

// A placeDoc is one line of a gold file of places.
type placeDoc struct {
	ID     string      `json:"doc_id"`
	Text   string      `json:"text"`
	Title  string      `json:"title"`
	URL    string      `json:"url"`
	Date   string      `json:"dct"`
	Places []goldPlace `json:"places"`
}

// A goldPlace is a place name of a gold file; only some have coordinates.
type goldPlace struct {
	Start    int      `json:"start"` // code points
	End      int      `json:"end"`
	Name     string   `json:"name"`
	Lat      *float64 `json:"lat"`
	Lon      *float64 `json:"lon"`
	GeoNames string   `json:"geonameid"`
	Type     string   `json:"toponym_type"`
}

// A placeMention is what casus found.
type placeMention struct {
	start, end int
	use        string
	place      *record.Place
}

// accKm is the distance up to which a place counts as right, 100 miles.
const accKm = 161

// Places scores places against a file of articles with located names: which
// names are found, and of all gold names with coordinates how many are resolved
// to the same GeoNames entry or within 161 km. Names that are only part of the
// name of something else do not count as predicted. Corpora differ in whether
// demonyms are places, so precision is given without them too. Where the gold says what a
// name stands for, telling places from actors is scored too.
func Places(gold io.Reader, code Coder) (*Report, error) {
	t := placeTally{}
	err := eachPlaceDoc(gold, func(d *placeDoc, a *article.Article) {
		out := code(a)
		var found []placeMention
		for i := range out.Places {
			p := &out.Places[i]
			for _, m := range p.Mentions {
				if m.In == "" {
					found = append(found, placeMention{m.Start, m.End, m.Use, p})
				}
			}
		}
		t.add(d.Places, found)
	})
	if err != nil {
		return nil, fmt.Errorf("score places: %w", err)
	}
	return t.report(), nil
}

// PlacesGiven scores the resolving of gold spans alone: at returns the
// locations of spans of the article, parallel to them.
func PlacesGiven(gold io.Reader, at func(*article.Article, []text.Span) []doc.Location) (*Report, error) {
	t := placeTally{}
	err := eachPlaceDoc(gold, func(d *placeDoc, a *article.Article) {
		body := text.NewIndex(a.Text)
		shift := int32(doc.New(a).Body)
		spans := make([]text.Span, len(d.Places))
		for i, g := range d.Places {
			spans[i] = text.Span{Start: shift + int32(body.Bytes(g.Start)), End: shift + int32(body.Bytes(g.End))}
		}
		for i, l := range at(a, spans) {
			g := d.Places[i]
			if g.Lat == nil {
				continue
			}
			t.located++
			if l.Place.Name == "" {
				continue
			}
			t.resolved++
			if g.right(&l.Place) {
				t.right++
			}
		}
	})
	if err != nil {
		return nil, fmt.Errorf("score places: %w", err)
	}
	r := &Report{Task: "places, spans given"}
	r.Share("right among all located", t.right, t.located)
	r.Share("right among resolved", t.right, t.resolved)
	return r, nil
}

// eachPlaceDoc calls f for every document of a gold file.
func eachPlaceDoc(gold io.Reader, f func(*placeDoc, *article.Article)) error {
	sc := bufio.NewScanner(gold)
	sc.Buffer(nil, 64<<20)
	for n := 1; sc.Scan(); n++ {
		if strings.TrimSpace(sc.Text()) == "" {
			continue
		}
		d := &placeDoc{}
		if err := json.Unmarshal(sc.Bytes(), d); err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
		// A date that cannot be read is an unknown one: places do not need it.
		stamp, _ := article.ParseStamp(d.Date)
		f(d, &article.Article{ID: d.ID, Text: d.Text, Title: d.Title, URL: d.URL, Published: stamp})
	}
	return sc.Err()
}

// right reports whether the place is the gold one: the same entry, or near it.
func (g *goldPlace) right(p *record.Place) bool {
	if g.GeoNames != "" && p.KB != nil && strings.HasSuffix(*p.KB, ":"+g.GeoNames) {
		return true
	}
	return p.Lat != nil && p.Lon != nil && g.Lon != nil && kilometres(*p.Lat, *p.Lon, *g.Lat, *g.Lon) <= accKm
}

// kilometres returns the length of the great circle between two points.
func kilometres(lat1, lon1, lat2, lon2 float64) float64 {
	const rad = math.Pi / 180
	a, b := math.Sin((lat2-lat1)*rad/2), math.Sin((lon2-lon1)*rad/2)
	h := a*a + math.Cos(lat1*rad)*math.Cos(lat2*rad)*b*b
	return 12742 * math.Asin(math.Min(1, math.Sqrt(h)))
}

// placeTally counts over documents.
type placeTally struct {
	predicted, hits             int // mentions found, and those that overlap a gold one
	plain, plainHits            int // the same without demonyms
	gold, met                   int // gold mentions, and those that a found one overlaps
	located, resolved, right    int // gold with coordinates
	typed, agreed               int // gold that says place or actor, among those found
	places, placesR, actors, ar int
}

func (t *placeTally) add(gold []goldPlace, found []placeMention) {
	var counted []placeMention
	for _, m := range found {
		if m.use != doc.NamePart {
			counted = append(counted, m)
		}
	}
	t.predicted += len(counted)
	for _, m := range counted {
		hit := 0
		for i := range gold {
			if overlap(m.start, m.end, gold[i].Start, gold[i].End) {
				hit = 1
				break
			}
		}
		t.hits += hit
		if m.use != doc.Demonym {
			t.plain++
			t.plainHits += hit
		}
	}
	for i := range gold {
		g := &gold[i]
		t.gold++
		m := first(counted, g)
		if m != nil {
			t.met++
		}
		t.role(g, first(found, g))
		if g.Lat == nil {
			continue
		}
		t.located++
		if m == nil {
			continue
		}
		t.resolved++
		if g.right(m.place) {
			t.right++
		}
	}
}

func overlap(a, b, c, d int) bool { return min(b, d) > max(a, c) }

// first returns the first mention found that overlaps the gold one, in the
// order of the records, or nil.
func first(found []placeMention, g *goldPlace) *placeMention {
	for i := range found {
		if overlap(found[i].start, found[i].end, g.Start, g.End) {
			return &found[i]
		}
	}
	return nil
}

// standsFor says of the toponym types of GeoWebNews which are places and which
// stand for people or institutions; others say neither, and "Mixed" says both.
var standsFor = map[string]bool{
	"Literal": true, "Literal_Modifier": true, "Coercion": true, "Embedded_Literal": true,
	"Metonymic": false, "Demonym": false, "Non_Literal_Modifier": false, "Embedded_Non_Lit": false,
}

// role scores the telling of places from actors, where the name was found.
func (t *placeTally) role(g *goldPlace, m *placeMention) {
	literal, known := standsFor[g.Type]
	if !known || m == nil {
		return
	}
	t.typed++
	ok := (m.use == doc.Literal) == literal
	if ok {
		t.agreed++
	}
	if literal {
		t.places++
		if ok {
			t.placesR++
		}
	} else {
		t.actors++
		if ok {
			t.ar++
		}
	}
}

func (t *placeTally) report() *Report {
	r := &Report{Task: "places"}
	p, rec := ratio(t.hits, t.predicted), ratio(t.met, t.gold)
	f := 0.0
	if p+rec > 0 {
		f = 2 * p * rec / (p + rec)
	}
	r.Rows = append(r.Rows, Row{Name: "detection", P: &p, R: &rec, F1: &f, N: t.gold, Note: fmt.Sprintf("%d of %d predicted overlap gold", t.hits, t.predicted)})
	r.Share("precision of detection without demonyms", t.plainHits, t.plain)
	r.Share("right among all located", t.right, t.located)
	r.Share("right among located and found", t.right, t.resolved)
	if t.typed > 0 {
		r.Share("place or actor", t.agreed, t.typed)
		r.Share("place or actor: places", t.placesR, t.places)
		r.Share("place or actor: actors", t.ar, t.actors)
	}
	return r
}

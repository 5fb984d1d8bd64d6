// Package gdelt2 writes events in the columns of GDELT 2.0: 61 of them, separated
// by tabs, without a header and without quoting.
//
// What differs from GDELT's own files: ids are hashes that stay the same;
// AvgTone is 0, because casus scores no tone; where an actor is, is not known, so
// Actor1Geo and Actor2Geo are empty (type 0); ADM1 and ADM2 codes are empty;
// FeatureID is a GeoNames id; DATEADDED is the time of publication, so that the
// same records give the same bytes. Events without a CAMEO code or a date, which
// the format cannot hold, are left out and counted.
package gdelt2

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"casus/internal/export"
	"casus/internal/query"
	"casus/internal/record"
)

// Columns are the names of the columns, which the files do not hold.
var Columns = append(append(append([]string{"GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate"}, actorColumns("Actor1")...), actorColumns("Actor2")...),
	slices.Concat([]string{"IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions", "NumSources", "NumArticles", "AvgTone"},
		geoColumns("Actor1Geo"), geoColumns("Actor2Geo"), geoColumns("ActionGeo"), []string{"DATEADDED", "SOURCEURL"})...)

func actorColumns(p string) []string {
	return each(p, "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type1Code", "Type2Code", "Type3Code")
}

func geoColumns(p string) []string {
	return each(p, "_Type", "_FullName", "_CountryCode", "_ADM1Code", "_ADM2Code", "_Lat", "_Long", "_FeatureID")
}

func each(prefix string, names ...string) []string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = prefix + n
	}
	return out
}

// A Writer writes events as rows.
type Writer struct {
	w    *bufio.Writer
	Left int // events left out
}

// New returns a Writer to w.
func New(w io.Writer) *Writer { return &Writer{w: bufio.NewWriter(w)} }

// Write writes the events of a document.
func (w *Writer) Write(d *record.Document) error {
	v := export.NewView(d)
	for i := range d.Events {
		e := &d.Events[i]
		day, ok := dayOf(d, e)
		if !ok || e.CAMEO == nil || len(*e.CAMEO) < 2 {
			w.Left++
			continue
		}
		for _, p := range v.Pairs(e) {
			if _, err := w.w.WriteString(strings.Join(row(v, e, p, day), "\t") + "\n"); err != nil {
				return err
			}
		}
	}
	return nil
}

// Close writes what is held back.
func (w *Writer) Close() error { return w.w.Flush() }

// dayOf is the day of the event, or that of publication.
func dayOf(d *record.Document, e *record.Event) (time.Time, bool) {
	s := export.Str(d.Article.Published)
	if e.Time != nil && e.Time.From != nil {
		s = *e.Time.From
	}
	if len(s) < 10 {
		return time.Time{}, false
	}
	t, err := time.Parse(time.DateOnly, s[:10])
	return t, err == nil
}

// root is how many sentences of a text make its lead.
const root = 3

func row(v *export.View, e *record.Event, p export.Pair, day time.Time) []string {
	d := v.Doc
	code := *e.CAMEO
	isRoot := "0"
	if e.Trigger.In == "title" || leads(d, e.Sentence) {
		isRoot = "1"
	}
	r := []string{
		strconv.FormatUint(export.Number("gdelt2", d.Article.ID, e.Trigger.In, strconv.Itoa(e.Trigger.Start), strconv.Itoa(e.Trigger.End), e.Type, name(p.Actor), name(p.Recipient)), 10),
		day.Format("20060102"), day.Format("200601"), day.Format("2006"), FractionDate(day),
	}
	r = append(append(r, actor(p.Actor)...), actor(p.Recipient)...)
	r = append(r, isRoot, code, BaseCode(code), RootCode(code), strconv.Itoa(QuadClass(code)), float(e.Goldstein), strconv.Itoa(max(1, len(e.Mentions))), "1", "1", "0")
	r = append(append(append(r, geo(nil)...), geo(nil)...), geo(v.Place(e.Place))...)
	return append(r, added(d), export.Flat(source(d)))
}

func leads(d *record.Document, sentence int) bool {
	n := 0
	for i, s := range d.Article.Sentences {
		if s.In == "title" {
			continue
		}
		if n++; n > root {
			return false
		}
		if i == sentence {
			return true
		}
	}
	return false
}

func name(a *record.Actor) string {
	if a == nil {
		return ""
	}
	return strings.ToUpper(export.Flat(a.Name))
}

// FractionDate is the year and the part of it that has passed, as GDELT's files
// have it: months of 30 days, years of 365.
func FractionDate(t time.Time) string {
	return strconv.FormatFloat(float64(t.Year())+float64((int(t.Month())-1)*30+t.Day())/365, 'f', 4, 64)
}

// BaseCode is the CAMEO code cut to its second level.
func BaseCode(code string) string { return code[:min(3, len(code))] }

// RootCode is the CAMEO code cut to its first level.
func RootCode(code string) string { return code[:2] }

// QuadClass is GDELT's own: roots 01-05, 06-09, 10-14 and 15-20. It is not
// PLOVER's, which has PROTEST among the material conflicts.
func QuadClass(code string) int {
	switch r := RootCode(code); {
	case r <= "05":
		return 1
	case r <= "09":
		return 2
	case r <= "14":
		return 3
	}
	return 4
}

func float(f *float64) string {
	if f == nil {
		return ""
	}
	s := strconv.FormatFloat(*f, 'f', -1, 64)
	if !strings.Contains(s, ".") {
		s += ".0"
	}
	return s
}

// types maps PLOVER's sectors to CAMEO's roles where the two differ; "" has none.
var types = map[string]string{"JRN": "MED", "MED": "HLH", "PRM": "UAF", "SOC": "CVL", "PTY": "", "UNK": "", "REL": "", "PRE": ""}

// groups are the codes of PLOVER's country field that are no countries.
var groups = map[string]string{"UNO": "UNO", "IGO": "IGO", "NGO": "NGO", "MNC": "MNC", "IMG": "IMG", "ISM": "NGM"}

func actor(a *record.Actor) []string {
	out := make([]string, 10)
	if a == nil {
		return out
	}
	country, group := export.Str(a.Code), ""
	if country == "" {
		country = export.Str(a.Country)
	}
	var roles []string
	if g, ok := groups[country]; ok {
		country = ""
		if g == "UNO" {
			group = g
		} else {
			roles = append(roles, g)
		}
	}
	for _, s := range a.Sectors {
		if t, ok := types[s]; ok {
			s = t
		}
		if s != "" && !slices.Contains(roles, s) {
			roles = append(roles, s)
		}
	}
	roles = roles[:min(3, len(roles))]
	out[0], out[1], out[2], out[3] = country+group+strings.Join(roles, ""), name(a), country, group
	copy(out[7:], roles)
	return out
}

// Types of place.
const (
	noPlace   = "0"
	aCountry  = "1"
	usState   = "2"
	usCity    = "3"
	worldCity = "4"
	worldADM1 = "5"
)

func geo(p *record.Place) []string {
	out := []string{noPlace, "", "", "", "", "", "", ""}
	if p == nil || p.Lat == nil || p.Lon == nil {
		return out
	}
	iso := export.Str(p.Country)
	fips := query.FIPS(iso)
	if iso == "KOS" {
		fips = "KV"
	}
	id := strings.TrimPrefix(export.Str(p.KB), "geonames:")
	usa := iso == "USA"
	typ := worldCity
	full := []string{p.Name}
	switch {
	case p.Type == "country" || p.Type == "region" || p.Type == "union":
		typ, id = aCountry, fips
	case p.Type == "admin1" && usa:
		typ = usState
	case p.Type == "admin1":
		typ = worldADM1
	case usa:
		typ = usCity
	}
	if typ != aCountry {
		if a := export.Str(p.Admin1); a != "" && p.Type != "admin1" {
			full = append(full, a)
		}
		if c := query.CountryName(iso); c != "" {
			full = append(full, c)
		}
	}
	copy(out, []string{typ, export.Flat(strings.Join(full, ", ")), fips, "", "", coord(p.Lat), coord(p.Lon), id})
	return out
}

func coord(f *float64) string { return strconv.FormatFloat(*f, 'f', -1, 64) }

// added is the time of publication, to the quarter of an hour.
func added(d *record.Document) string {
	s := export.Str(d.Article.Published)
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		if t, err = time.Parse(time.DateOnly, s); err != nil {
			return "19700101000000"
		}
	}
	return t.UTC().Truncate(15 * time.Minute).Format("20060102150405")
}

func source(d *record.Document) string {
	if u := export.Str(d.Article.URL); u != "" {
		return u
	}
	return fmt.Sprintf("%s %s", export.Str(d.Article.Outlet), d.Article.ID)
}

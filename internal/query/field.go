package query

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A spec says what a field means and how its value is read.
type spec struct {
	name  string
	alias []string
	about string
	read  func(v string) (Field, error)
}

// fields are the fields of the language, in the order of the help.
var fields = []spec{
	{"actor", nil, "who did it: a name, a code (USA, UNO) or a knowledge-base id", words},
	{"recipient", nil, "to whom it was done", words},
	{"speaker", nil, "who is quoted", words},
	{"about", nil, "whom a statement is about", words},
	{"according_to", nil, "on whose word alone the event stands", words},
	{"event", []string{"plover"}, "PLOVER type (CONSULT) or the start of a CAMEO code (04)", eventType},
	{"cameo", nil, "start of a CAMEO code", cameo},
	{"mode", nil, "PLOVER mode", lower},
	{"context", nil, "PLOVER context", lower},
	{"theme", nil, "GDELT theme, read as PLOVER type or context", lower},
	{"status", nil, "actual, historical, future, hypothetical, negated or any", status},
	{"quad", nil, "1 to 4, or verbal-cooperation … material-conflict", quad},
	{"place", nil, "where it happened: a name, or an ISO country code", words},
	{"confidence", nil, "least confidence, 0 to 1", confidence},
	{"polarity", []string{"stance"}, "of a statement: affirms, denies, questions or declines", oneOf("affirms", "denies", "questions", "declines")},
	{"review", nil, "accepted, rejected or edited by a person", oneOf("accepted", "rejected", "edited")},
	{"since", nil, "first day, YYYY-MM-DD (YYYY-MM or YYYY: its first)", first},
	{"until", nil, "last day, YYYY-MM-DD (YYYY-MM or YYYY: its last)", last},
	{"outlet", nil, "name of the publisher", words},
	{"domain", nil, "web domain of the article, and those under it", domain},
	{"domainis", nil, "exact web domain", domain},
	{"sourcecountry", nil, "country of the outlet: name, ISO or FIPS code", country},
	{"sourcelang", nil, "language of the article, as en or english", language},
	{"genre", nil, "report, opinion, sport, court …", lower},
	{"story", nil, "id of a story", words},
}

// unavailable are GDELT's operators that have no answer here.
var unavailable = map[string]string{
	"tone":     "casus does not score the tone of an article",
	"toneabs":  "casus does not score the tone of an article",
	"imagetag": "casus does not read images", "imagewebtag": "casus does not read images", "imageocrmeta": "casus does not read images",
	"imagefacetone": "casus does not read images", "imagenumfaces": "casus does not read images", "imagewebcount": "casus does not read images",
}

// Help returns one line per field: its name and what it means.
func Help() string {
	var b strings.Builder
	for _, f := range fields {
		fmt.Fprintf(&b, "  %-14s %s\n", f.name+":", f.about)
	}
	return b.String()
}

// field returns the field of the name or alias.
func field(name string) (spec, bool) {
	for _, f := range fields {
		if f.name == name || slices.Contains(f.alias, name) {
			return f, true
		}
	}
	return spec{}, false
}

func words(v string) (Field, error) {
	if !searchable(v) {
		return Field{}, fmt.Errorf("%q has no letter or digit to look for", v)
	}
	return Field{Value: v}, nil
}

func lower(v string) (Field, error) {
	f, err := words(v)
	f.Value = strings.ToLower(v)
	return f, err
}

func oneOf(values ...string) func(string) (Field, error) {
	return func(v string) (Field, error) {
		v = strings.ToLower(v)
		if !slices.Contains(values, v) {
			return Field{}, fmt.Errorf("unknown value %q: use %s", v, strings.Join(values, ", "))
		}
		return Field{Value: v}, nil
	}
}

// Types are the types of PLOVER.
var Types = []string{
	"AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "RETREAT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
	"PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
}

func eventType(v string) (Field, error) {
	if f, err := cameo(v); err == nil {
		return f, nil
	}
	up := strings.ToUpper(v)
	if up == "MOBILISE" {
		up = "MOBILIZE"
	}
	if !slices.Contains(Types, up) {
		return Field{}, fmt.Errorf("unknown event type %q%s: use a CAMEO code or one of %s", v, maybe(up, Types), strings.Join(Types, " "))
	}
	return Field{Value: up}, nil
}

func cameo(v string) (Field, error) {
	if len(v) < 2 || len(v) > 4 || strings.Trim(v, "0123456789") != "" {
		return Field{}, fmt.Errorf("%q is not a CAMEO code: want two to four digits", v)
	}
	return Field{Name: "cameo", Value: v}, nil
}

func status(v string) (Field, error) {
	switch v = strings.ToLower(v); v {
	case "happened":
		v = "actual"
	case "planned", "threatened":
		v = "future"
	case "denied":
		v = "negated"
	case "past":
		v = "historical"
	}
	return oneOf("actual", "historical", "future", "hypothetical", "negated", "any")(v)
}

var quads = []string{"verbal-cooperation", "material-cooperation", "verbal-conflict", "material-conflict"}

func quad(v string) (Field, error) {
	i := slices.Index(quads, strings.ToLower(v))
	if n, err := strconv.Atoi(v); err == nil {
		i = n - 1
	}
	if i < 0 || i >= len(quads) {
		return Field{}, fmt.Errorf("unknown quad class %q: use 1 to 4 or %s", v, strings.Join(quads, ", "))
	}
	return Field{Value: strconv.Itoa(i + 1), Number: float64(i + 1)}, nil
}

func confidence(v string) (Field, error) {
	n, err := strconv.ParseFloat(v, 64)
	if err != nil || !(n >= 0 && n <= 1) {
		return Field{}, fmt.Errorf("%q is not a confidence: want a number from 0 to 1", v)
	}
	return Field{Value: strconv.FormatFloat(n, 'f', -1, 64), Number: n}, nil
}

func first(v string) (Field, error) { return day(v, false) }
func last(v string) (Field, error)  { return day(v, true) }

// day reads a day, or the first or last day of a month or year.
func day(v string, end bool) (Field, error) {
	for _, l := range []struct {
		layout       string
		years, month int
	}{{"2006-01-02", 0, 0}, {"20060102", 0, 0}, {"2006-01", 0, 1}, {"2006", 1, 0}} {
		t, err := time.Parse(l.layout, v)
		if err != nil {
			continue
		}
		if end && l.years+l.month > 0 {
			t = t.AddDate(l.years, l.month, -1)
		}
		return Field{Value: t.Format(time.DateOnly), Number: float64(Day(t))}, nil
	}
	return Field{}, fmt.Errorf("cannot read %q as a day: write YYYY-MM-DD", v)
}

// Day returns the days from 1970-01-01 to the date of t.
func Day(t time.Time) int {
	y, m, d := t.Date()
	return int(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// Date is the inverse of [Day].
func Date(day int) time.Time { return time.Unix(int64(day)*86400, 0).UTC() }

func domain(v string) (Field, error) {
	v = strings.TrimPrefix(strings.ToLower(v), "www.")
	if v == "" || strings.ContainsAny(v, " /:") {
		return Field{}, fmt.Errorf("%q is not a web domain: write it as example.org", v)
	}
	return Field{Value: v}, nil
}

func country(v string) (Field, error) {
	c, ok := Country(v)
	if !ok {
		return Field{}, fmt.Errorf("unknown country %q: use its English name, ISO code or FIPS code", v)
	}
	return Field{Value: c}, nil
}

// languages are GDELT's names and three-letter codes of the largest languages.
var languages = map[string]string{
	"english": "en", "eng": "en", "spanish": "es", "spa": "es", "french": "fr", "fra": "fr", "fre": "fr", "german": "de", "deu": "de", "ger": "de",
	"portuguese": "pt", "por": "pt", "italian": "it", "ita": "it", "russian": "ru", "rus": "ru", "arabic": "ar", "ara": "ar", "chinese": "zh", "zho": "zh", "chi": "zh",
	"turkish": "tr", "tur": "tr", "ukrainian": "uk", "ukr": "uk", "polish": "pl", "pol": "pl", "dutch": "nl", "nld": "nl", "japanese": "ja", "jpn": "ja", "korean": "ko", "kor": "ko",
	"hindi": "hi", "hin": "hi", "persian": "fa", "fas": "fa", "indonesian": "id", "ind": "id", "greek": "el", "ell": "el", "hebrew": "he", "heb": "he",
}

func language(v string) (Field, error) {
	v = strings.ToLower(v)
	if c, ok := languages[v]; ok {
		v = c
	}
	if len(v) < 2 || len(v) > 8 || strings.Trim(v, "abcdefghijklmnopqrstuvwxyz-") != "" {
		return Field{}, fmt.Errorf("unknown language %q: use a code such as en", v)
	}
	return Field{Value: v}, nil
}

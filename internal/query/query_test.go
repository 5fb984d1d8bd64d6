package query

import (
	"errors"
	"strconv"
	"strings"
	"testing"
	"time"
)

func TestParse(t *testing.T) {
	for in, want := range map[string]string{
		"":                                     "",
		"  ":                                   "",
		"peace talks":                          `"peace" "talks"`,
		`"peace talks" -football`:              `"peace talks" -"football"`,
		"(truce OR ceasefire) Oslo":            `("truce" OR "ceasefire") "Oslo"`,
		"a b OR c":                             `(("a" "b") OR "c")`,
		"a AND b":                              `"a" "b"`,
		"cease-fire":                           `"cease-fire"`,
		`near20:"trump putin"`:                 `near20:"trump putin"`,
		`repeat3:"sanctions"`:                  `repeat3:"sanctions"`,
		"actor:NOR event:consult":              `actor:"NOR" event:"CONSULT"`,
		"event:04":                             `cameo:"04"`,
		"event:AID,CONSULT":                    `(event:"AID" OR event:"CONSULT")`,
		"status:happened quad:verbal-conflict": `status:"actual" quad:"3"`,
		"since:2026-02 until:2026-02":          `since:"2026-02-01" until:"2026-02-28"`,
		"sourcecountry:france":                 `sourcecountry:"FRA"`,
		"sourcecountry:UP":                     `sourcecountry:"UKR"`,
		"sourcelang:spanish":                   `sourcelang:"es"`,
		"-domain:www.example.org":              `-domain:"example.org"`,
		`speaker:"Ana Lima" kind:statement`:    `kind:statement speaker:"Ana Lima"`,
		"--a":                                  `"a"`,
		"at 10:30":                             `"at" "10:30"`,
		"https://example.org/a":                `"https://example.org/a"`,
		"OR":                                   "error 1",
		"a OR":                                 "error 3",
		"(a":                                   "error 1",
		"a)":                                   "error 2",
		"a ()":                                 "error 3",
		`x "y`:                                 "error 3",
		"a - b":                                "error 3",
		"actr:NOR":                             "error 1",
		"é tone<-5":                            "error 3",
		"quad:9":                               "error 6",
		"since:yesterday":                      "error 7",
		"event:DANCE":                          "error 7",
		"near:x":                               "error 1",
		"-kind:event":                          "error 1",
		"kind:event kind:claim":                "error 12",
		"actor:":                               "error 1",
		"…":                                    "error 1",
		"a\xff":                                "error 1",
	} {
		q, err := Parse(in)
		got := ""
		var qe *Error
		switch {
		case errors.As(err, &qe):
			got = "error " + strconv.Itoa(qe.Pos)
		default:
			got = q.String()
		}
		if got != want {
			t.Errorf("Parse(%q) = %s (%v), want %s", in, got, err, want)
		}
	}
}

func TestErrorsSayWhatWasMeant(t *testing.T) {
	for in, want := range map[string]string{
		"actr:NOR":       "did you mean actor?",
		"event:CONSULTS": "did you mean CONSULT?",
		"tone>5":         "tone is not available",
		"status:maybe":   "use actual, historical",
	} {
		if _, err := Parse(in); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Parse(%q): %v, want %q", in, err, want)
		}
	}
}

func TestDay(t *testing.T) {
	for _, s := range []string{"1969-12-31", "1970-01-01", "2026-02-28", "1815-06-18"} {
		d, err := time.Parse(time.DateOnly, s)
		if err != nil {
			t.Fatal(err)
		}
		if got := Date(Day(d)).Format(time.DateOnly); got != s {
			t.Errorf("Date(Day(%s)) = %s", s, got)
		}
	}
}

func TestCountries(t *testing.T) {
	for in, want := range map[string]string{"GM": "DEU", "Germany": "DEU", "DEU": "DEU", "ukraine": "UKR", "unitedstates": "USA", "united kingdom": "GBR"} {
		if got, ok := Country(in); !ok || got != want {
			t.Errorf("Country(%q) = %q, %v; want %q", in, got, ok, want)
		}
	}
	if FIPS("CHN") != "CH" || FIPS("JPN") != "JA" || CountryName("JPN") != "Japan" {
		t.Errorf("FIPS: China %q, Japan %q", FIPS("CHN"), FIPS("JPN"))
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"", `"a b" -c`, "(a OR b) c", `near5:"x y" repeat2:z`, "actor:NOR,SWE -(place:Oslo OR quad:1)", "kind:event tone<3", "--(-a", "since:2026-01 \x00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		q, err := Parse(s)
		if err != nil {
			var qe *Error
			if !errors.As(err, &qe) || qe.Pos < 1 || qe.Pos > len(s)+1 {
				t.Fatalf("Parse(%q): error without a position: %v", s, err)
			}
			return
		}
		again, err := Parse(q.String())
		if len(q.String()) > maxBytes {
			return
		}
		if err != nil || again.String() != q.String() {
			t.Fatalf("Parse(%q) = %s, which reads as %v, %v", s, q, again, err)
		}
	})
}

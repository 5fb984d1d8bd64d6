package eval

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"casus/internal/record"
)

// An actorCase is a row of an actor test file: a phrase with an optional
// context and date, and what it codes to. A code may be one or any of several.
type actorCase struct {
	Actor      string   `json:"actor"`
	Text       string   `json:"text"`
	Context    string   `json:"context"`
	Known      string   `json:"known_country"`
	Date       string   `json:"date"`
	Country    *string  `json:"country"`
	CountryAny []string `json:"country_any"`
	Code       *string  `json:"code_1"`
	CodeAny    []string `json:"code_1_any"`
	XFail      bool     `json:"xfail"`
}

// An ActorMiss is a case that went wrong, for people who tune.
type ActorMiss struct {
	Text, Date, WantCountry, WantCode, Country, Code string
	Sectors, Why                                     []string
}

// Actors scores a phrase coder on actor test rows. Rows marked xfail are left
// out. "country" is over the rows that give a country, "code" over those that
// give a sector, "both" over those that give the two; an expected empty string
// means that nothing is right. The country is right when it equals the ISO code
// or PLOVER's country code; the sector when it is the primary sector or, for
// bodies without one, PLOVER's country code ("NGO").
func Actors(gold io.Reader, phrase func(text, context, date string) record.Actor) (*Report, error) {
	r, _, err := ActorsMisses(gold, phrase)
	return r, err
}

// ActorsMisses is [Actors], with the cases that went wrong.
func ActorsMisses(gold io.Reader, phrase func(text, context, date string) record.Actor) (*Report, []ActorMiss, error) {
	type tally struct{ ok, n int }
	var country, code, both, countryGiven, codeGiven, bothGiven tally
	add := func(t *tally, ok bool) {
		t.n++
		if ok {
			t.ok++
		}
	}
	var misses []ActorMiss
	sc := bufio.NewScanner(gold)
	sc.Buffer(nil, 1<<20)
	for n := 1; sc.Scan(); n++ {
		if len(strings.TrimSpace(sc.Text())) == 0 {
			continue
		}
		var c actorCase
		if err := json.Unmarshal(sc.Bytes(), &c); err != nil {
			return nil, nil, fmt.Errorf("line %d: %w", n, err)
		}
		if c.XFail {
			continue
		}
		wantCountry, wantCode := c.CountryAny, c.CodeAny
		if c.Country != nil {
			wantCountry = []string{*c.Country}
		}
		if c.Code != nil {
			wantCode = []string{*c.Code}
		}
		if wantCountry == nil && wantCode == nil {
			continue
		}
		text, context := c.Actor, strings.TrimSpace(c.Context+" "+c.Known)
		if text == "" {
			text = c.Text
		}
		a := phrase(text, context, isoDate(c.Date))
		okCountry, okCode := rightCountry(wantCountry, &a), rightSector(wantCode, &a)
		if wantCountry != nil {
			add(&country, okCountry)
			if !slices.Contains(wantCountry, "") {
				add(&countryGiven, okCountry)
			}
		}
		if wantCode != nil {
			add(&code, okCode)
			if !slices.Contains(wantCode, "") {
				add(&codeGiven, okCode)
			}
		}
		if wantCountry != nil && wantCode != nil {
			add(&both, okCountry && okCode)
			if !slices.Contains(wantCountry, "") && !slices.Contains(wantCode, "") {
				add(&bothGiven, okCountry && okCode)
			}
		}
		if wantCountry != nil && !okCountry || wantCode != nil && !okCode {
			misses = append(misses, ActorMiss{text, c.Date, strings.Join(wantCountry, "|"), strings.Join(wantCode, "|"), str(a.Country), str(a.Code), a.Sectors, a.Why})
		}
	}
	if err := sc.Err(); err != nil {
		return nil, nil, fmt.Errorf("read actor cases: %w", err)
	}
	r := &Report{Task: "actors"}
	r.Share("country", country.ok, country.n)
	r.Share("code", code.ok, code.n)
	r.Share("both", both.ok, both.n)
	r.Share("country, where one is wanted", countryGiven.ok, countryGiven.n)
	r.Share("code, where one is wanted", codeGiven.ok, codeGiven.n)
	r.Share("both, where both are wanted", bothGiven.ok, bothGiven.n)
	return r, misses, nil
}

func str(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func rightCountry(want []string, a *record.Actor) bool {
	return slices.Contains(want, str(a.Country)) && (str(a.Country) != "" || str(a.Code) == "") || str(a.Code) != "" && slices.Contains(want, str(a.Code))
}

// sameSector maps sector codes of older code books to PLOVER's. JNK and NON
// mark words that are no actor.
var sameSector = map[string]string{"HLH": "MED", "BUD": "REL", "HIN": "REL", "MOS": "REL", "JEW": "REL", "CHR": "REL", "CTH": "REL", "INS": "REB", "SEP": "REB", "JNK": "", "NON": ""}

func rightSector(want []string, a *record.Actor) bool {
	got := ""
	if len(a.Sectors) > 0 {
		got = a.Sectors[0]
	}
	for _, w := range want {
		if s, ok := sameSector[w]; ok {
			w = s
		}
		if w == got || got == "" && w != "" && w == str(a.Code) {
			return true
		}
	}
	return false
}

// isoDate reads the dates that such files give: "2022-10-20", "12 April 2022",
// "October 1, 2021"; anything else, such as "today", is no date.
func isoDate(s string) string {
	s = strings.TrimSpace(s)
	for _, layout := range []string{"2006-01-02", "2 January 2006", "January 2, 2006", "2 Jan 2006"} {
		if t, err := time.Parse(layout, titled(s)); err == nil {
			return t.Format("2006-01-02")
		}
	}
	return ""
}

// titled writes the words of a date with a capital: "1 july 2021".
func titled(s string) string {
	w := strings.Fields(strings.ToLower(s))
	for i := range w {
		w[i] = strings.ToUpper(w[i][:1]) + w[i][1:]
	}
	return strings.Join(w, " ")
}

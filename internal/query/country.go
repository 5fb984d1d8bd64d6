package query

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed countries.tsv
var countryTable string

type countries struct {
	byWord map[string]string // ISO3, ISO2, FIPS and squeezed name to ISO3
	fips   map[string]string
	name   map[string]string
}

// countryIndex reads the table, which the tests have read before.
var countryIndex = sync.OnceValue(func() countries {
	c := countries{map[string]string{}, map[string]string{}, map[string]string{}}
	var rows [][]string
	for line := range strings.Lines(countryTable) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if strings.HasPrefix(line, "#") || len(f) != 4 || f[0] == "iso3" {
			continue
		}
		rows = append(rows, f)
		c.fips[f[0]], c.name[f[0]] = f[2], f[3]
	}
	// A two-letter code can mean two countries: GDELT writes FIPS, so FIPS wins.
	for _, col := range []int{1, 2, 0, 3} {
		for _, f := range rows {
			if w := squeeze(f[col]); w != "" {
				c.byWord[w] = f[0]
			}
		}
	}
	for w, iso := range map[string]string{"us": "USA", "usa": "USA", "america": "USA", "britain": "GBR", "greatbritain": "GBR", "russia": "RUS", "southkorea": "KOR", "northkorea": "PRK", "czechrepublic": "CZE", "turkey": "TUR"} {
		c.byWord[w] = iso
	}
	return c
})

// squeeze writes a name as GDELT does: lower case, no spaces.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		case r == ' ' || r == '-' || r == '.' || r == '\'':
			return -1
		}
		return r
	}, s)
}

// Country returns the ISO 3166-1 alpha-3 code of a country given by its code or
// English name.
func Country(s string) (string, bool) {
	c, ok := countryIndex().byWord[squeeze(s)]
	return c, ok
}

// FIPS returns the FIPS 10-4 code of a country, or "".
func FIPS(iso3 string) string { return countryIndex().fips[iso3] }

// CountryName returns the English name of a country, or "".
func CountryName(iso3 string) string { return countryIndex().name[iso3] }

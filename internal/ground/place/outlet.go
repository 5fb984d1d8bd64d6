package place

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"io"
	"io/fs"
	"strings"
)

// Outlets says in which country a publisher's domain is at home.
type Outlets struct {
	country map[string]string // domain → ISO 3166-1 alpha-3
}

// LoadOutlets reads outlets.tsv.gz: domain and country, a line each.
func LoadOutlets(fsys fs.FS) (*Outlets, error) {
	f, err := fsys.Open("outlets.tsv.gz")
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("outlets.tsv.gz: %w", err)
	}
	raw, err := io.ReadAll(io.LimitReader(z, 64<<20))
	if err != nil {
		return nil, fmt.Errorf("outlets.tsv.gz: %w", err)
	}
	return readOutlets(string(raw))
}

func readOutlets(s string) (*Outlets, error) {
	o := &Outlets{country: make(map[string]string, strings.Count(s, "\n"))}
	sc := bufio.NewScanner(strings.NewReader(s))
	for n := 1; sc.Scan(); n++ {
		line := sc.Text()
		if line == "" || line[0] == '#' || strings.HasPrefix(line, "domain\t") {
			continue
		}
		domain, country, ok := strings.Cut(line, "\t")
		if !ok || len(country) != 3 {
			return nil, fmt.Errorf("outlets.tsv.gz:%d: want a domain and a country", n)
		}
		o.country[domain] = country
	}
	return o, sc.Err()
}

// Country returns the country of the domain or of the domain it belongs to,
// else that of its top-level domain, else "".
func (o *Outlets) Country(host string, g *Gazetteer) string {
	host = strings.TrimPrefix(strings.ToLower(host), "www.")
	for d := host; strings.Contains(d, "."); {
		if c, ok := o.country[d]; ok {
			return c
		}
		_, d, _ = strings.Cut(d, ".")
	}
	tld := host[strings.LastIndexByte(host, '.')+1:]
	switch tld {
	case "uk":
		return "GBR"
	case "gov", "mil":
		return "USA"
	case "tv", "me", "co", "io", "fm", "cc", "ws", "to", "ly", "nu", "ai", "am", "la", "eu": // sold to anyone
		return ""
	}
	if c := g.Country(strings.ToUpper(tld)); c != nil && len(tld) == 2 {
		return c.ISO3
	}
	return ""
}

// host returns the host of a URL, without user and port.
func host(url string) string {
	if _, rest, ok := strings.Cut(url, "://"); ok {
		url = rest
	}
	url, _, _ = strings.Cut(url, "/")
	if _, after, ok := strings.Cut(url, "@"); ok {
		url = after
	}
	url, _, _ = strings.Cut(url, ":")
	return url
}

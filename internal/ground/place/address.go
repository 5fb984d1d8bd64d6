package place

import "strings"

// publisher returns the country that the publisher is at home in, or -1.
func (s *scan) publisher() int16 {
	h := s.host()
	if h == "" {
		return -1
	}
	if i, ok := s.g.f.byCode[s.r.outlets.Country(h, s.g)]; ok {
		return int16(i)
	}
	return -1
}

// host returns the domain of the publisher, or "".
func (s *scan) host() string {
	a := s.d.Article
	if a == nil {
		return ""
	}
	if h := host(a.URL); h != "" {
		return h
	}
	if strings.Contains(a.Outlet, ".") && !strings.ContainsAny(a.Outlet, " /") {
		return a.Outlet
	}
	return ""
}

// maxParts bounds the parts of an address that are looked at.
const maxParts = 12

// address lets the places vote that the address of the article names: the
// sections of "example.ca/news/canada/toronto/…". The last part is left out: it
// repeats the title.
func (s *scan) address() {
	if s.d.Article == nil {
		return
	}
	h := strings.Split(strings.TrimPrefix(s.host(), "www."), ".")
	path := s.d.Article.URL
	if _, rest, ok := strings.Cut(path, "://"); ok {
		path = rest
	}
	_, path, _ = strings.Cut(path, "/")
	parts := strings.Split(path, "/")
	parts = parts[:len(parts)-1]
	if len(h) > 2 {
		parts = append(parts, h[:len(h)-2]...)
	}
	for _, p := range parts[:min(len(parts), maxParts)] {
		if len(p) >= 4 && len(p) < 40 && strings.Count(p, "-") < 3 {
			s.section(p)
		}
	}
}

// section counts the name of a country, division or large city.
func (s *scan) section(part string) {
	s.buf = appendFold(s.buf[:0], part)
	if s.r.words[string(s.buf)]&(wordStop|wordCommon) != 0 {
		return
	}
	key := string(s.buf)
	var found []bearer
	for _, b := range s.g.f.names[key] {
		if b.kind == nameProper && !b.the {
			found = append(found, b)
		}
	}
	s.rows, _ = s.g.t.find(s.buf, s.rows[:0])
	known := len(found) > 0
	for _, r := range s.rows {
		if !s.has(found, r) {
			found = append(found, bearer{ref: r})
			known = known || s.g.prior(r) > 5
		}
	}
	if known {
		i := s.group(key, found)
		s.groups[i].count++
	}
}

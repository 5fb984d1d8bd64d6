package kb

import (
	"slices"
	"strings"
	"unicode"
)

// A holder row says that a person held an office for a time; expandHolders
// turns such rows into actors, aliases and roles. Rows of one country whose
// names fold alike, or whose given name and family name do, or that share a
// full alias, are one person. The person bears the name of the first row of a
// hand-written file ("own-…"), else of the first row.
type person struct {
	id, name, country, gender, source string
	own, merged                       bool
	aliases                           []Row
	roles                             []Row
}

type holders struct {
	list  []*person
	index map[string]*person // by country and folded name
}

func expandHolders(rows map[string][]Row) {
	h := &holders{index: map[string]*person{}}
	for _, r := range rows["holder"] {
		h.add(r)
	}
	used := map[string]bool{}
	for _, p := range h.list {
		if p.merged {
			continue
		}
		p.id = strings.ToLower(p.country) + ".person." + Slug(p.name)
		for used[p.id] {
			p.id += "-2"
		}
		used[p.id] = true
		country, code := p.country, ""
		if specials[country] {
			country, code = "", p.country
		}
		name := strings.Join([]string{p.gender, p.name}, "\x00")
		rows["actor"] = append(rows["actor"], Row{p.source, 0, []string{p.id, "person", name, country, code, "", "", p.source}})
		for _, a := range p.aliases {
			a.F[0] = p.id
			rows["alias"] = append(rows["alias"], a)
		}
		for _, x := range standing(p.roles) {
			x.F[0] = p.id
			rows["role"] = append(rows["role"], x)
		}
	}
}

// specials are the values of PLOVER's country field that are no country.
var specials = map[string]bool{"UNO": true, "EUR": true, "IGO": true, "NGO": true, "ISM": true, "IMG": true, "MNC": true}

func (h *holders) add(r Row) {
	name, family, gender, country := r.F[0], r.F[1], r.F[2], r.F[3]
	if family == "" {
		family = lastName(name)
	}
	full := []string{name}
	for a := range strings.SplitSeq(r.F[10], "|") {
		if a != "" && !strings.Contains(a, ":") {
			full = append(full, a)
		}
	}
	same := h.match(country, full, family)
	var p *person
	if len(same) > 0 {
		p = same[0]
		for _, q := range same[1:] {
			h.merge(p, q)
		}
	}
	own := strings.HasPrefix(r.File, "own-")
	if p == nil {
		p = &person{name: name, country: country, gender: gender, source: r.F[11], own: own}
		h.list = append(h.list, p)
	}
	if own && !p.own {
		p.name, p.own = name, true
	}
	if p.gender == "" {
		p.gender = gender
	}
	h.alias(p, r, full, family)
	p.roles = append(p.roles, Row{r.File, r.Line, []string{"", r.F[4], r.F[5], country, r.F[6], r.F[7], r.F[8], r.F[9], r.F[11]}})
}

func keys(name, family string) []string {
	f := Fold(name)
	out := []string{f}
	if s := short(name, family); s != "" {
		out = append(out, Fold(s))
	}
	if s := Squeeze(f); s != "" {
		out = append(out, s)
	}
	return out
}

// match returns the people whom one of the names means: several, when the row
// shows that they are one.
func (h *holders) match(country string, full []string, family string) []*person {
	var out []*person
	for _, n := range full {
		for _, k := range keys(n, family) {
			if p := h.index[country+" "+k]; p != nil && !slices.Contains(out, p) {
				out = append(out, p)
			}
		}
	}
	return out
}

// merge makes q the same person as p.
func (h *holders) merge(p, q *person) {
	p.aliases, p.roles = append(p.aliases, q.aliases...), append(p.roles, q.roles...)
	if p.gender == "" {
		p.gender = q.gender
	}
	if q.own && !p.own {
		p.name, p.own = q.name, true
	}
	q.merged, q.aliases, q.roles = true, nil, nil
	for k, v := range h.index {
		if v == q {
			h.index[k] = p
		}
	}
}

// standing leaves out imported rows of an office for which hand-written rows
// of the same time stand.
func standing(roles []Row) []Row {
	var out []Row
	for _, x := range roles {
		beaten := false
		for _, y := range roles {
			if !strings.HasPrefix(x.File, "own-") && strings.HasPrefix(y.File, "own-") && (x.F[1] == y.F[1] || x.F[1] == "" || x.F[1] == "minister") && overlaps(x, y) {
				beaten = true
				break
			}
		}
		if !beaten {
			out = append(out, x)
		}
	}
	return out
}

// overlaps reports whether the times of two roles share a day.
func overlaps(x, y Row) bool {
	span := func(r Row) (Date, Date) {
		a, b := ParseDate(r.F[5], false), ParseDate(r.F[6], true)
		if b == 0 {
			if b = 99999999; r.F[7] == "observed" {
				b = a
			}
		}
		return a, b
	}
	a, b := span(x)
	c, d := span(y)
	return a <= d && c <= b
}

func (h *holders) alias(p *person, r Row, full []string, family string) {
	add := func(alias, kind string) {
		p.aliases = append(p.aliases, Row{r.File, r.Line, []string{"", alias, kind, "", "", r.F[11]}})
	}
	for _, n := range full {
		add(n, "full")
		for i, k := range keys(n, family) {
			if strings.Contains(k, " ") || i == 0 {
				if h.index[p.country+" "+k] == nil {
					h.index[p.country+" "+k] = p
				}
				if i > 0 {
					add(k, "short")
				}
			}
		}
	}
	if family != full[0] && Fold(family) != "" {
		add(family, "family")
		// "Sánchez Pérez-Castejón" is called Sánchez, "de la Fuente" stays whole.
		if w := strings.Fields(family); len(w) > 1 && unicode.IsUpper(firstRune(w[0])) && len(w[0]) > 3 {
			add(w[0], "family")
		}
	}
	for a := range strings.SplitSeq(r.F[10], "|") {
		if kind, alias, ok := strings.Cut(a, ":"); ok {
			add(alias, kind)
		}
	}
}

func firstRune(s string) rune {
	for _, r := range s {
		return r
	}
	return 0
}

// lastName returns the last word of a name, leaving out a numeral or "Jr.".
func lastName(name string) string {
	w := strings.Fields(name)
	for len(w) > 1 {
		switch l := strings.ToUpper(strings.Trim(w[len(w)-1], ".")); l {
		case "JR", "SR", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XIV", "XVI":
			w = w[:len(w)-1]
			continue
		}
		break
	}
	if len(w) == 0 {
		return name
	}
	return strings.Trim(w[len(w)-1], ",")
}

// short returns the first given name with the family name, "" when that is the
// name already.
func short(name, family string) string {
	w := strings.Fields(name)
	if len(w) < 2 || family == "" || strings.HasPrefix(name, family) {
		return ""
	}
	s := w[0] + " " + family
	if s == name {
		return ""
	}
	return s
}

// Slug returns a name as part of an id: "claudia-sheinbaum".
func Slug(name string) string { return strings.ReplaceAll(Fold(name), " ", "-") }

package codebook

import (
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"
)

// Load reads the tables of a folder: types.tsv, modes.tsv, contexts.tsv,
// sectors.tsv, cameo.tsv, inner.tsv and innercode.tsv.
func Load(fsys fs.FS) (*Book, error) {
	b := &Book{byType: map[string]int{}, byCode: map[string]int{}, inside: map[[3]string]Outcome{}, insideCode: map[[2]string]string{}}
	for _, table := range []struct {
		name    string
		columns string
		row     func(f []string) error
	}{
		{"types.tsv", "type quad quad_name recipient score meaning", b.addType},
		{"modes.tsv", "type mode score cameo meaning", b.addMode},
		{"contexts.tsv", "context meaning", b.addContext},
		{"sectors.tsv", "code group meaning", b.addSector},
		{"cameo.tsv", "code label goldstein goldstein_icews quad quad_icews type mode contexts", b.addCode},
		{"inner.tsv", "outer inner inner_mode type mode cameo", b.addInside},
		{"innercode.tsv", "outer inner cameo", b.addInsideCode},
	} {
		if err := readTable(fsys, table.name, strings.Fields(table.columns), table.row); err != nil {
			return nil, fmt.Errorf("load code book: %w", err)
		}
	}
	if err := b.check(); err != nil {
		return nil, fmt.Errorf("load code book: %w", err)
	}
	return b, nil
}

// readTable calls row with the fields of every line, in the order of columns.
func readTable(fsys fs.FS, name string, columns []string, row func([]string) error) error {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return err
	}
	var at []int
	n := 0
	for line := range strings.Lines(string(data)) {
		n++
		line = strings.TrimRight(line, "\r\n")
		if line == "" || line[0] == '#' {
			continue
		}
		f := strings.Split(line, "\t")
		if at == nil {
			for _, c := range columns {
				i := slices.Index(f, c)
				if i < 0 {
					return fmt.Errorf("%s:%d: no column %q", name, n, c)
				}
				at = append(at, i)
			}
			continue
		}
		got := make([]string, len(columns))
		for i, j := range at {
			if j >= len(f) {
				return fmt.Errorf("%s:%d: %d fields, column %q is number %d", name, n, len(f), columns[i], j+1)
			}
			got[i] = f[j]
		}
		if err := row(got); err != nil {
			return fmt.Errorf("%s:%d: %w", name, n, err)
		}
	}
	if at == nil {
		return fmt.Errorf("%s: no header", name)
	}
	return nil
}

func (b *Book) addType(f []string) error {
	if _, dup := b.byType[f[0]]; dup {
		return fmt.Errorf("type %s is there twice", f[0])
	}
	quad, err := parseQuad(f[1])
	if err != nil {
		return err
	}
	score, err := strconv.ParseFloat(f[4], 64)
	if err != nil {
		return err
	}
	b.byType[f[0]] = len(b.types)
	b.types = append(b.types, Type{Name: f[0], Quad: quad, QuadName: f[2], Recipient: f[3] == "yes", Score: score, Meaning: f[5]})
	return nil
}

func (b *Book) addMode(f []string) error {
	i, ok := b.byType[f[0]]
	if !ok {
		return fmt.Errorf("no type %q", f[0])
	}
	t := &b.types[i]
	if f[1] == "" {
		t.CAMEO = f[3]
		return nil
	}
	if _, dup := t.mode(f[1]); dup {
		return fmt.Errorf("mode %s of %s is there twice", f[1], f[0])
	}
	m := Mode{Name: f[1], Score: t.Score, CAMEO: f[3], Meaning: f[4]}
	if f[2] != "" {
		var err error
		if m.Score, err = strconv.ParseFloat(f[2], 64); err != nil {
			return err
		}
		m.Scored = true
	}
	t.Modes = append(t.Modes, m)
	return nil
}

func (b *Book) addContext(f []string) error {
	b.contexts = append(b.contexts, Label{Name: f[0], Group: "context", Meaning: f[1]})
	return nil
}

func (b *Book) addSector(f []string) error {
	b.sectors = append(b.sectors, Label{Name: f[0], Group: f[1], Meaning: f[2]})
	return nil
}

func (b *Book) addCode(f []string) error {
	if len(f[0]) < 2 {
		return fmt.Errorf("code %q is too short", f[0])
	}
	if _, dup := b.byCode[f[0]]; dup {
		return fmt.Errorf("code %s is there twice", f[0])
	}
	c := Code{Code: f[0], Label: f[1], Type: f[6], Mode: f[7]}
	above, _ := b.CAMEO(f[0]) // codes stand in order, the shorter first
	var err error
	if c.Goldstein, err = parseScore(f[2], above.Goldstein); err != nil {
		return err
	}
	if c.GoldsteinICEWS, err = parseScore(f[3], above.GoldsteinICEWS); err != nil {
		return err
	}
	if c.Quad, err = parseQuad(f[4]); err != nil {
		return err
	}
	if c.QuadICEWS, err = parseQuad(f[5]); err != nil {
		return err
	}
	if f[8] != "" {
		c.Contexts = strings.Split(f[8], ",")
	}
	b.byCode[c.Code] = len(b.codes)
	b.codes = append(b.codes, c)
	return nil
}

func (b *Book) addInside(f []string) error {
	if _, ok := b.byType[f[0]]; !ok && f[0] != Future && f[0] != Refused {
		return fmt.Errorf("no type %q", f[0])
	}
	for _, tm := range [][2]string{{f[1], f[2]}, {f[3], f[4]}} {
		if _, ok := b.byType[tm[0]]; !ok {
			return fmt.Errorf("no type %q", tm[0])
		}
		if _, ok := b.Mode(tm[0], tm[1]); tm[1] != "" && !ok {
			return fmt.Errorf("%s has no mode %q", tm[0], tm[1])
		}
	}
	if _, ok := b.byCode[f[5]]; !ok {
		return fmt.Errorf("no CAMEO code %q", f[5])
	}
	k := [3]string{f[0], f[1], f[2]}
	if _, dup := b.inside[k]; dup {
		return fmt.Errorf("%s of %s is there twice", f[0], strings.TrimSpace(f[1]+" "+f[2]))
	}
	b.inside[k] = Outcome{Type: f[3], Mode: f[4], CAMEO: f[5]}
	return nil
}

func (b *Book) addInsideCode(f []string) error {
	if _, ok := b.byType[f[0]]; !ok && f[0] != Future && f[0] != Refused {
		return fmt.Errorf("no type %q", f[0])
	}
	for _, code := range f[1:] {
		if _, ok := b.byCode[code]; !ok {
			return fmt.Errorf("no CAMEO code %q", code)
		}
	}
	k := [2]string{f[0], f[1]}
	if _, dup := b.insideCode[k]; dup {
		return fmt.Errorf("%s of %s is there twice", f[0], f[1])
	}
	b.insideCode[k] = f[2]
	return nil
}

// parseScore reads a score; an empty one is that of the code above.
func parseScore(s string, above float64) (float64, error) {
	if s == "" {
		return above, nil
	}
	return strconv.ParseFloat(s, 64)
}

func parseQuad(s string) (Quad, error) {
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 || n > 4 {
		return None, fmt.Errorf("quad class %q is not 1 to 4", s)
	}
	return Quad(n), nil
}

// check verifies that what the tables name of each other is there, and puts
// labels in order.
func (b *Book) check() error {
	byName := func(x, y Label) int { return strings.Compare(x.Name, y.Name) }
	slices.SortFunc(b.contexts, byName)
	slices.SortFunc(b.sectors, byName)
	for _, t := range b.types {
		if _, ok := b.byCode[t.CAMEO]; !ok {
			return fmt.Errorf("modes.tsv: type %s: no CAMEO code %q", t.Name, t.CAMEO)
		}
		for _, m := range t.Modes {
			if _, ok := b.byCode[m.CAMEO]; !ok {
				return fmt.Errorf("modes.tsv: mode %s of %s: no CAMEO code %q", m.Name, t.Name, m.CAMEO)
			}
		}
	}
	for _, c := range b.codes {
		if c.Type == "" {
			continue
		}
		if _, ok := b.byType[c.Type]; !ok {
			return fmt.Errorf("cameo.tsv: code %s: no type %q", c.Code, c.Type)
		}
		if _, ok := b.Mode(c.Type, c.Mode); c.Mode != "" && !ok {
			return fmt.Errorf("cameo.tsv: code %s: %s has no mode %q", c.Code, c.Type, c.Mode)
		}
		for _, x := range c.Contexts {
			if !b.HasContext(x) {
				return fmt.Errorf("cameo.tsv: code %s: no context %q", c.Code, x)
			}
		}
	}
	return nil
}

// Package codebook holds what the ontologies say: PLOVER 2.0 types, modes,
// contexts and sectors, CAMEO codes, and the mapping between the two.
//
// The tables are facts and know no language. A Book never changes after it is
// loaded and may be shared.
package codebook

import (
	"embed"
	"io/fs"
	"slices"
	"sync"
)

//go:embed *.tsv
var files embed.FS

// Files returns the embedded tables, for laying a user's folder over them.
func Files() fs.FS { return files }

// Default returns the book of the embedded tables.
var Default = sync.OnceValue(func() *Book {
	b, err := Load(files)
	if err != nil {
		panic(err) // a broken build: the tests load every table
	}
	return b
})

// A Quad is a quad class.
type Quad int

// Quad classes. None is that of a code without class.
const (
	None                Quad = 0
	VerbalCooperation   Quad = 1
	MaterialCooperation Quad = 2
	VerbalConflict      Quad = 3
	MaterialConflict    Quad = 4
)

// A Type is a PLOVER event type.
type Type struct {
	Name      string
	Quad      Quad
	QuadName  string
	Recipient bool // a recipient is needed
	Score     float64
	Modes     []Mode // in the order of their names
	CAMEO     string // given when a rule names none
	Meaning   string
}

// A Mode says how an event of a type was done.
type Mode struct {
	Name    string
	Score   float64
	Scored  bool   // false: the manual prints no score, and Score is that of the type
	CAMEO   string // given when a rule names none
	Meaning string
}

// A Label is a context or a sector.
type Label struct {
	Name, Group, Meaning string
}

// A Code is a CAMEO code.
type Code struct {
	Code           string
	Label          string
	Goldstein      float64 // as GDELT data carry it
	GoldsteinICEWS float64
	Quad           Quad // as GDELT data carry it
	QuadICEWS      Quad
	Type           string // PLOVER, or "" where it drops the code
	Mode           string
	Contexts       []string
}

// Root returns the two digits of the code's top category.
func (c Code) Root() string { return c.Code[:2] }

// An Outcome is what an act becomes inside another: "agreed to meet", "will
// not release".
type Outcome struct{ Type, Mode, CAMEO string }

// Outer acts that are no event type: the act is put off by a modal alone.
const (
	Future  = "future"  // declared: "will meet"
	Refused = "refused" // declared not to be done: "will not meet"
)

// A Book is the loaded tables.
type Book struct {
	inside     map[[3]string]Outcome
	insideCode map[[2]string]string
	types      []Type
	contexts   []Label
	sectors    []Label
	codes      []Code
	byType     map[string]int
	byCode     map[string]int
}

// Types returns all types by name.
func (b *Book) Types() []Type { return b.types }

// Contexts returns all contexts by name.
func (b *Book) Contexts() []Label { return b.contexts }

// Sectors returns all sectors and country-field codes by name.
func (b *Book) Sectors() []Label { return b.sectors }

// Codes returns all CAMEO codes in order.
func (b *Book) Codes() []Code { return b.codes }

// Type returns the type of that name.
func (b *Book) Type(name string) (Type, bool) {
	i, ok := b.byType[name]
	if !ok {
		return Type{}, false
	}
	return b.types[i], true
}

// Mode returns a mode of a type.
func (b *Book) Mode(typ, mode string) (Mode, bool) {
	i, ok := b.byType[typ]
	if !ok {
		return Mode{}, false
	}
	return b.types[i].mode(mode)
}

// Quad returns the quad class of a type, or None.
func (b *Book) Quad(typ string) Quad {
	t, _ := b.Type(typ)
	return t.Quad
}

// Score returns PLOVER's score of an event: that of its strongest mode, else of
// its type. Unknown types score 0.
func (b *Book) Score(typ string, modes ...string) float64 {
	i, ok := b.byType[typ]
	if !ok {
		return 0
	}
	t := &b.types[i]
	if best, ok := t.strongest(modes); ok {
		return best.Score
	}
	return t.Score
}

// CAMEOFor returns the code given to an event of the type and modes when no
// rule named one: that of its strongest mode, else of its type. It is empty for
// an unknown type.
func (b *Book) CAMEOFor(typ string, modes ...string) string {
	i, ok := b.byType[typ]
	if !ok {
		return ""
	}
	t := &b.types[i]
	if best, ok := t.strongest(modes); ok {
		return best.CAMEO
	}
	return t.CAMEO
}

// CAMEO returns the code, or the nearest code above it: "1831x" gives 1831.
func (b *Book) CAMEO(code string) (Code, bool) {
	for ; len(code) >= 2; code = code[:len(code)-1] {
		if i, ok := b.byCode[code]; ok {
			return b.codes[i], true
		}
	}
	return Code{}, false
}

// Inside returns what an act of the inner type and modes becomes inside an outer
// one, which is a type, [Future] or [Refused]. The first mode that has a row of
// its own decides, else the row of the type. It reports false where the table
// is silent: then the outer act has no mode or code from the inner one.
func (b *Book) Inside(outer, inner string, modes ...string) (Outcome, bool) {
	for _, m := range modes {
		if o, ok := b.inside[[3]string{outer, inner, m}]; ok {
			return o, true
		}
	}
	o, ok := b.inside[[3]string{outer, inner, ""}]
	return o, ok
}

// InsideCode returns the CAMEO code of an outer act, which is a type, [Future]
// or [Refused], by the code of the act inside it: an agreement (AGREE) to give
// food (073) is 0333. It is empty where CAMEO has no such code.
func (b *Book) InsideCode(outer, inner string) string {
	for ; len(inner) >= 2; inner = inner[:len(inner)-1] {
		if code, ok := b.insideCode[[2]string{outer, inner}]; ok {
			return code
		}
	}
	return ""
}

// HasContext reports whether name is a context.
func (b *Book) HasContext(name string) bool { return has(b.contexts, name) }

// HasSector reports whether name is a sector or a country-field code.
func (b *Book) HasSector(name string) bool { return has(b.sectors, name) }

func has(labels []Label, name string) bool {
	_, ok := slices.BinarySearchFunc(labels, name, func(l Label, n string) int {
		switch {
		case l.Name < n:
			return -1
		case l.Name > n:
			return 1
		}
		return 0
	})
	return ok
}

func (t *Type) mode(name string) (Mode, bool) {
	for _, m := range t.Modes {
		if m.Name == name {
			return m, true
		}
	}
	return Mode{}, false
}

// strongest returns the mode farthest from zero, the first of equals.
func (t *Type) strongest(modes []string) (best Mode, ok bool) {
	for _, name := range modes {
		m, known := t.mode(name)
		if known && (!ok || abs(m.Score) > abs(best.Score)) {
			best, ok = m, true
		}
	}
	return best, ok
}

func abs(x float64) float64 { return max(x, -x) }

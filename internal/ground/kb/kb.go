// Package kb is the knowledge base of actors: countries, office-holders with
// the dates of their offices, organisations, parties, armed groups, outlets,
// their aliases, and the nouns that name a sector ("soldiers": MIL).
//
// Its source is the CSV files in data/, one fact a line, each with its source
// and dates; they are compiled (see [Compile]) into one table, kb.bin.zst, that
// is embedded, unpacked when first used and searched in place. The files of a
// user's folder, of the same shapes, are laid over it.
//
// What must hold: nothing here guesses. A role has the dates that its row has;
// who held an office on a day is answered from those rows, and an answer beyond
// the last day for which the row was observed says so ([Held.Stale]).
package kb

import (
	"embed"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"sync"

	"github.com/klauspost/compress/zstd"
)

//go:embed kb.bin.zst
var files embed.FS

// Files returns the compiled table.
func Files() fs.FS { return files }

// AsOf is the last day on which the imported leaders were observed in office.
const AsOf Date = 20260122

// A Kind says what an actor is.
type Kind uint8

// Kinds of actor.
const (
	Person Kind = iota + 1
	Country
	Region // a part of a country, or an unrecognised state
	City
	Org   // an organisation of a country
	Group // an armed or other group
	Party
	IGO
	NGO
	Company
	Outlet
	Ethnic // a people without a state
)

var kindNames = []string{"", "person", "country", "region", "city", "org", "group", "party", "igo", "ngo", "company", "outlet", "ethnic"}

func (k Kind) String() string { return kindNames[k] }

func kindOf(s string) Kind {
	for i, n := range kindNames {
		if n == s && i > 0 {
			return Kind(i)
		}
	}
	return 0
}

// An AliasKind says how a name stands for its actor, strongest first.
type AliasKind uint8

// Kinds of alias.
const (
	Full     AliasKind = iota // the name, or another full name
	Short                     // given name and family name
	Acronym                   // must be written in capitals
	Demonym                   // "Hungarian", "Turks"
	Metonym                   // a building or capital that stands for a government
	Former                    // a name of old
	Spelling                  // a variant
	Family                    // a family name alone: needs support
	Weak                      // only as the whole of a mention
)

var aliasKinds = map[string]AliasKind{
	"full": Full, "short": Short, "acronym": Acronym, "demonym": Demonym, "metonym": Metonym,
	"former": Former, "spelling": Spelling, "family": Family, "weak": Weak,
}

// End kinds of a role.
const (
	EndKnown    uint32 = iota // the end date is the end
	EndOpen                   // in office when last observed, on [AsOf] or at the end of the row's source
	EndAbout                  // last observed then; left some time after
	EndObserved               // seen in office about then; neither start nor end is known
)

var endKinds = map[string]uint32{"": EndKnown, "known": EndKnown, "next_holder": EndKnown, "open": EndOpen, "about": EndAbout, "observed": EndObserved}

// sectors are PLOVER's sector codes.
var sectors = map[string]bool{
	"COP": true, "GOV": true, "JUD": true, "LEG": true, "MIL": true, "PRM": true, "PTY": true, "REB": true, "SPY": true, "UAF": true, "UNK": true,
	"AGR": true, "BUS": true, "CRM": true, "CVL": true, "EDU": true, "ELI": true, "JRN": true, "LAB": true, "MED": true, "REF": true, "OPP": true,
	"PRE": true, "REL": true, "SOC": true,
}

func genderOf(s string) uint8 {
	switch s {
	case "male", "m":
		return 1
	case "female", "f":
		return 2
	}
	return 0
}

// A Table is one compiled set of files. It is immutable.
type Table struct {
	cells []uint32
	pool  string
	start [7]int // first cell of each section
	rows  [7]int
	names hash
	agent hash

	once     sync.Once
	byOffice []int32 // rows of roles by country and office
}

const (
	secActor = iota
	secRole
	secAlias
	secAgent
	secOffice
	secMember
	secOutlet
)

// Read returns the table over the bytes that [Compile] made.
func Read(data []byte) (*Table, error) {
	t := &Table{}
	at := len(magic)
	if len(data) < at+4+4*len(sections) || string(data[:at]) != magic {
		return nil, errors.New("knowledge base: not a compiled table")
	}
	n := int(binary.LittleEndian.Uint32(data[at:]))
	at += 4
	cells := 0
	for i, s := range sections {
		t.rows[i] = int(binary.LittleEndian.Uint32(data[at:]))
		t.start[i] = cells
		cells += s.width * t.rows[i]
		at += 4
	}
	if n < 0 || at+n > len(data) || len(data) != (at+n+3)&^3+4*cells {
		return nil, errors.New("knowledge base: table of the wrong length")
	}
	t.pool = string(data[at : at+n])
	data = data[(at+n+3)&^3:]
	t.cells = make([]uint32, cells)
	for i, s := range sections {
		for c := range s.width {
			sum := uint32(0)
			for k := t.start[i] + c*t.rows[i]; k < t.start[i]+(c+1)*t.rows[i]; k++ {
				sum += binary.LittleEndian.Uint32(data[4*k:])
				t.cells[k] = sum
			}
		}
	}
	t.names = newHash(t, secAlias)
	t.agent = newHash(t, secAgent)
	return t, nil
}

func (t *Table) cell(sec, col, row int) uint32 { return t.cells[t.start[sec]+col*t.rows[sec]+row] }

// str returns a string of the pool.
func (t *Table) str(ref uint32) string {
	n := int(t.pool[ref]) | int(t.pool[ref+1])<<8
	return t.pool[int(ref)+2 : int(ref)+2+n]
}

// hash finds the first row of a section whose rows are sorted by a key in
// column 0: open addressing over row+1.
type hash struct {
	slots []uint32
	mask  uint32
}

func newHash(t *Table, sec int) hash {
	size := uint32(16)
	for int(size) < 2*t.rows[sec] {
		size *= 2
	}
	h := hash{slots: make([]uint32, size), mask: size - 1}
	last := uint32(1<<32 - 1)
	for r := range t.rows[sec] {
		ref := t.cell(sec, 0, r)
		if ref == last {
			continue
		}
		last = ref
		i := sum(t.str(ref)) & h.mask
		for h.slots[i] != 0 {
			i = (i + 1) & h.mask
		}
		h.slots[i] = uint32(r) + 1
	}
	return h
}

// sum is FNV-1a.
func sum[B string | []byte](b B) uint32 {
	h := uint32(2166136261)
	for i := range len(b) {
		h = (h ^ uint32(b[i])) * 16777619
	}
	return h
}

func (t *Table) find(h hash, sec int, key []byte) int {
	if len(h.slots) == 0 {
		return -1
	}
	for i := sum(key) & h.mask; h.slots[i] != 0; i = (i + 1) & h.mask {
		r := int(h.slots[i]) - 1
		if t.str(t.cell(sec, 0, r)) == string(key) {
			return r
		}
	}
	return -1
}

// A Base is the embedded table with the user's tables over it.
type Base struct {
	tables []*Table
	hidden []bool // rows of actors of the last table that the first has too; nil for none
}

// shows reports whether the actor of table i is not replaced by one above it.
func (b *Base) shows(i int, row uint32) bool { return i == 0 || b.hidden == nil || !b.hidden[row] }

var embedded = sync.OnceValues(func() (*Table, error) {
	d, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return nil, fmt.Errorf("open knowledge base: %w", err)
	}
	defer d.Close()
	packed, err := files.ReadFile("kb.bin.zst")
	if err != nil {
		return nil, fmt.Errorf("open knowledge base: %w", err)
	}
	data, err := d.DecodeAll(packed, make([]byte, 0, 8<<20))
	if err != nil {
		return nil, fmt.Errorf("open knowledge base: %w", err)
	}
	return Read(data)
})

// Open returns the knowledge base. The CSV files in the folder over, of the
// shapes that [Compile] reads, are laid over it; over may be nil.
func Open(over fs.FS) (*Base, error) {
	t, err := embedded()
	if err != nil {
		return nil, err
	}
	if over == nil {
		return &Base{tables: []*Table{t}}, nil
	}
	rows, err := ReadAll(over, ".")
	if err != nil {
		return nil, err
	}
	hidden := lay(t, rows)
	data, err := Compile(rows)
	if err != nil {
		return nil, fmt.Errorf("knowledge base overlay: %w", err)
	}
	top, err := Read(data)
	if err != nil {
		return nil, err
	}
	return &Base{tables: []*Table{top, t}, hidden: hidden}, nil
}

// A Ref names an actor of a Base.
type Ref struct {
	table *Table
	row   int32
}

// IsZero reports whether the ref names nobody.
func (r Ref) IsZero() bool { return r.table == nil }

// ID returns the actor's id: "mex.person.claudia-sheinbaum".
func (r Ref) ID() string { return r.table.str(r.table.cell(secActor, 0, int(r.row))) }

// Kind returns what the actor is.
func (r Ref) Kind() Kind { return Kind(r.table.cell(secActor, 1, int(r.row)) & 255) }

// Gender returns "male", "female" or "".
func (r Ref) Gender() string {
	switch r.table.cell(secActor, 1, int(r.row)) >> 8 {
	case 1:
		return "male"
	case 2:
		return "female"
	}
	return ""
}

// Name returns the actor's name.
func (r Ref) Name() string { return r.table.str(r.table.cell(secActor, 2, int(r.row))) }

// Country returns the ISO 3166-1 alpha-3 code of the actor's country, or "".
func (r Ref) Country() string { return r.table.str(r.table.cell(secActor, 3, int(r.row))) }

// Code returns the PLOVER country code where it is not the country: "UNO".
func (r Ref) Code() string { return r.table.str(r.table.cell(secActor, 4, int(r.row))) }

// Sectors returns the actor's sectors apart from its roles, primary first.
func (r Ref) Sectors() []string { return split(r.table.str(r.table.cell(secActor, 5, int(r.row)))) }

// Source returns where the row came from.
func (r Ref) Source() string { return r.table.str(r.table.cell(secActor, 6, int(r.row))) }

func split(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, ";")
}

// A Name is an alias found.
type Name struct {
	Ref
	Alias      AliasKind
	start, end Date
}

// On reports whether the name was in use on the day; 0 is any day.
func (n Name) On(d Date) bool { return d == 0 || within(d, n.start, n.end) }

// Lookup appends to dst the actors that a folded name stands for.
func (b *Base) Lookup(dst []Name, folded []byte) []Name {
	for i, t := range b.tables {
		r := t.find(t.names, secAlias, folded)
		if r < 0 {
			continue
		}
		for ref := t.cell(secAlias, 0, r); r < t.rows[secAlias] && t.cell(secAlias, 0, r) == ref; r++ {
			if !b.shows(i, t.cell(secAlias, 1, r)) {
				continue
			}
			dst = append(dst, Name{
				Ref:   Ref{t, int32(t.cell(secAlias, 1, r))},
				Alias: AliasKind(t.cell(secAlias, 2, r)),
				start: Date(t.cell(secAlias, 3, r)), end: Date(t.cell(secAlias, 4, r)),
			})
		}
	}
	return dst
}

// Agent returns the sectors that a folded noun phrase names, as in the file
// ("GOV;MIL"), or "" and false.
func (b *Base) Agent(folded []byte) (string, bool) {
	for _, t := range b.tables {
		if r := t.find(t.agent, secAgent, folded); r >= 0 {
			return t.str(t.cell(secAgent, 1, r)), true
		}
	}
	return "", false
}

// OutletCountry returns the country that a news domain reports on most, and
// the share of its reports that do.
func (b *Base) OutletCountry(domain string) (iso3 string, share float64) {
	for _, t := range b.tables {
		lo, hi := 0, t.rows[secOutlet]
		for lo < hi {
			m := (lo + hi) / 2
			if t.str(t.cell(secOutlet, 0, m)) < domain {
				lo = m + 1
			} else {
				hi = m
			}
		}
		if lo < t.rows[secOutlet] && t.str(t.cell(secOutlet, 0, lo)) == domain {
			return t.str(t.cell(secOutlet, 1, lo)), float64(t.cell(secOutlet, 2, lo)) / 1000
		}
	}
	return "", 0
}

// Actors calls yield for every actor of the kind, until it returns false.
func (b *Base) Actors(k Kind, yield func(Ref) bool) {
	for i, t := range b.tables {
		for r := range t.rows[secActor] {
			if !b.shows(i, uint32(r)) {
				continue
			}
			if ref := (Ref{t, int32(r)}); ref.Kind() == k && !yield(ref) {
				return
			}
		}
	}
}

// Offices calls yield for every office: its id, title, sectors, rank and the
// words that name it.
func (b *Base) Offices(yield func(Office)) {
	for _, t := range b.tables {
		for r := range t.rows[secOffice] {
			yield(Office{
				ID: t.str(t.cell(secOffice, 0, r)), Title: t.str(t.cell(secOffice, 1, r)), Sectors: split(t.str(t.cell(secOffice, 2, r))),
				Rank: int(t.cell(secOffice, 3, r)), Words: strings.Split(t.str(t.cell(secOffice, 4, r)), "|"),
			})
		}
	}
}

// An Office is a post that many countries have.
type Office struct {
	ID, Title string
	Sectors   []string
	Rank      int // 1 heads a state or government
	Words     []string
}

// Words returns the folded names of one word of all actors of the kind, sorted.
func (b *Base) Words(k Kind) []string {
	var out []string
	for i, t := range b.tables {
		last := ""
		for r := range t.rows[secAlias] {
			ref := Ref{t, int32(t.cell(secAlias, 1, r))}
			if w := t.str(t.cell(secAlias, 0, r)); b.shows(i, t.cell(secAlias, 1, r)) && ref.Kind() == k && w != last && !strings.Contains(w, " ") {
				out = append(out, w)
				last = w
			}
		}
	}
	return out
}

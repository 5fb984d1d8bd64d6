package kb

import (
	"strings"
)

// lay readies the rows of a user's folder for a table of their own above base:
// holders become people, and every actor of base that a row corrects, adds to or
// retracts is copied in front of them with its names and roles. It returns which
// rows of base that table replaces.
func lay(base *Table, rows map[string][]Row) (hidden []bool) {
	expandHolders(rows)
	delete(rows, "holder")
	byID := make(map[string]int, base.rows[secActor])
	for r := range base.rows[secActor] {
		byID[Ref{base, int32(r)}.ID()] = r
	}
	hidden = make([]bool, base.rows[secActor])
	touch := func(id string) {
		if r, ok := byID[id]; ok {
			hidden[r] = true
		}
	}
	for _, shape := range []string{"actor", "alias", "role", "member"} {
		for _, r := range rows[shape] {
			touch(r.F[0])
		}
	}
	for _, r := range rows["retract"] {
		id, _, _ := strings.Cut(r.F[1], " ")
		touch(id)
		if r.F[0] == "alias" {
			b := Base{tables: []*Table{base}}
			for _, n := range b.Lookup(nil, []byte(Fold(r.F[1]))) {
				hidden[n.row] = true
			}
		}
	}
	var actors, aliases, roles []Row
	for r := range hidden {
		if !hidden[r] {
			continue
		}
		ref := Ref{base, int32(r)}
		actors = append(actors, Row{"built-in", 0, []string{
			ref.ID(), ref.Kind().String(), ref.Gender() + "\x00" + ref.Name(), ref.Country(), ref.Code(), strings.Join(ref.Sectors(), ";"), "", ref.Source(),
		}})
		for _, x := range ref.Roles() {
			roles = append(roles, Row{"built-in", 0, []string{
				ref.ID(), x.Office, x.Title, x.Country, strings.Join(x.Sectors, ";"), x.Start.String(), x.End.String(), endNames[x.EndKind], x.Source,
			}})
		}
	}
	for r := range base.rows[secAlias] {
		if a := base.cell(secAlias, 1, r); hidden[a] {
			n := base.name(r)
			aliases = append(aliases, Row{"built-in", 0, []string{n.ID(), n.Folded, n.Alias.String(), n.start.String(), n.end.String(), ""}})
		}
	}
	rows["actor"] = append(actors, rows["actor"]...)
	rows["alias"] = append(aliases, rows["alias"]...)
	rows["role"] = append(roles, rows["role"]...)
	return hidden
}

var endNames = []string{EndKnown: "known", EndOpen: "open", EndAbout: "about", EndObserved: "observed"}

// EndKindName returns the name of an end kind.
func EndKindName(k uint32) string { return endNames[min(int(k), len(endNames)-1)] }

// An Alias is a name of an actor, folded.
type Alias struct {
	Name
	Folded string
}

// Dates returns when the name was in use; 0 is open.
func (n Name) Dates() (start, end Date) { return n.start, n.end }

func (k AliasKind) String() string {
	for s, v := range aliasKinds {
		if v == k {
			return s
		}
	}
	return ""
}

func (t *Table) name(r int) Alias {
	return Alias{Name{
		Ref:   Ref{t, int32(t.cell(secAlias, 1, r))},
		Alias: AliasKind(t.cell(secAlias, 2, r)),
		start: Date(t.cell(secAlias, 3, r)), end: Date(t.cell(secAlias, 4, r)),
	}, t.str(t.cell(secAlias, 0, r))}
}

// Aliases returns the names of the actor, sorted. It reads the whole table.
func (r Ref) Aliases() []Alias {
	var out []Alias
	for i := range r.table.rows[secAlias] {
		if r.table.cell(secAlias, 1, i) == uint32(r.row) {
			out = append(out, r.table.name(i))
		}
	}
	return out
}

// ByID returns the actor of the id.
func (b *Base) ByID(id string) (Ref, bool) {
	for i, t := range b.tables {
		for r := range t.rows[secActor] {
			if ref := (Ref{t, int32(r)}); b.shows(i, uint32(r)) && ref.ID() == id {
				return ref, true
			}
		}
	}
	return Ref{}, false
}

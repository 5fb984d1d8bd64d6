package kb

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// A Change is a difference that a user's folder makes to the built-in table.
type Change struct {
	Op   byte   // '+' new, '-' gone, '~' other
	What string // actor, alias, role, agent, office, outlet
	ID   string // of the actor, or the pattern, office or domain
	Text string
}

// Diff returns what the files of the folder change, by actor.
func Diff(over fs.FS) ([]Change, error) {
	b, err := Open(over)
	if err != nil {
		return nil, err
	}
	if len(b.tables) < 2 {
		return nil, nil
	}
	top, base := b.tables[0], b.tables[1]
	below := &Base{tables: []*Table{base}}
	byID := map[string]Ref{}
	for r := range base.rows[secActor] {
		if b.hidden[r] {
			ref := Ref{base, int32(r)}
			byID[ref.ID()] = ref
		}
	}
	var out []Change
	add := func(op byte, what, id, format string, args ...any) {
		out = append(out, Change{op, what, id, fmt.Sprintf(format, args...)})
	}
	seen := map[string]bool{}
	for r := range top.rows[secActor] {
		now := Ref{top, int32(r)}
		id := now.ID()
		seen[id] = true
		was, ok := byID[id]
		if !ok {
			add('+', "actor", id, "%s", describe(now))
		} else if x, y := describe(was), describe(now); x != y {
			add('~', "actor", id, "%s -> %s", x, y)
		}
		var had, has [2][]string
		if ok {
			had = [2][]string{aliasLines(was), roleLines(was)}
		}
		has = [2][]string{aliasLines(now), roleLines(now)}
		for i, what := range []string{"alias", "role"} {
			for _, s := range had[i] {
				if !slices.Contains(has[i], s) {
					add('-', what, id, "%s", s)
				}
			}
			for _, s := range has[i] {
				if !slices.Contains(had[i], s) {
					add('+', what, id, "%s", s)
				}
			}
		}
	}
	for r := range base.rows[secActor] {
		if ref := (Ref{base, int32(r)}); b.hidden[r] && !seen[ref.ID()] {
			add('-', "actor", ref.ID(), "%s", describe(ref))
		}
	}
	for r := range top.rows[secAgent] {
		k, s := top.str(top.cell(secAgent, 0, r)), top.str(top.cell(secAgent, 1, r))
		if was, ok := below.Agent([]byte(k)); !ok {
			add('+', "agent", k, "%s", s)
		} else if was != s {
			add('~', "agent", k, "%s -> %s", was, s)
		}
	}
	for r := range top.rows[secOffice] {
		add('+', "office", top.str(top.cell(secOffice, 0, r)), "%s", top.str(top.cell(secOffice, 1, r)))
	}
	for r := range top.rows[secOutlet] {
		k, s := top.str(top.cell(secOutlet, 0, r)), top.str(top.cell(secOutlet, 1, r))
		if was, _ := below.OutletCountry(k); was == "" {
			add('+', "outlet", k, "%s", s)
		} else if was != s {
			add('~', "outlet", k, "%s -> %s", was, s)
		}
	}
	return out, nil
}

func describe(r Ref) string {
	return strings.Join(strings.Fields(strings.Join([]string{r.Name() + ",", r.Kind().String(), r.Country(), r.Code(), strings.Join(r.Sectors(), ";")}, " ")), " ")
}

func aliasLines(r Ref) []string {
	var out []string
	for _, a := range r.Aliases() {
		out = append(out, a.Folded+" ("+a.Alias.String()+")")
	}
	return out
}

func roleLines(r Ref) []string {
	var out []string
	for _, x := range r.Roles() {
		out = append(out, x.Span()+" "+x.Title+" "+x.Country+" "+strings.Join(x.Sectors, ";"))
	}
	return out
}

// Span writes when the role was held: "2024-10-01..", "..2019-05-02", "about 2019-10-01".
func (r *Role) Span() string {
	if r.EndKind == EndObserved {
		return "about " + max(r.Start, r.End).String()
	}
	return r.Start.String() + ".." + r.End.String()
}

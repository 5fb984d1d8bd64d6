package kb

import (
	"sort"
	"strings"
)

// A Role is an office, a post or a standing held for a time.
type Role struct {
	Actor      Ref
	Office     string // "president", "foreign-minister"; "" when none of the list
	Title      string
	Country    string
	Sectors    []string
	Start, End Date
	EndKind    uint32
	Source     string
}

func (t *Table) role(r int) Role {
	return Role{
		Actor:  Ref{t, int32(t.cell(secRole, 0, r))},
		Office: t.str(t.cell(secRole, 1, r)), Title: t.str(t.cell(secRole, 2, r)), Country: t.str(t.cell(secRole, 3, r)),
		Sectors: split(t.str(t.cell(secRole, 4, r))),
		Start:   Date(t.cell(secRole, 5, r)), End: Date(t.cell(secRole, 6, r)), EndKind: t.cell(secRole, 7, r),
		Source: t.str(t.cell(secRole, 8, r)),
	}
}

// Roles returns the roles of the actor by their start.
func (r Ref) Roles() []Role {
	first, n := int(r.table.cell(secActor, 7, int(r.row))), int(r.table.cell(secActor, 8, int(r.row)))
	out := make([]Role, 0, n)
	for i := first; i < first+n; i++ {
		out = append(out, r.table.role(i))
	}
	return out
}

// Standing says how a role stands to a day.
type Standing uint8

// Standings, best first.
const (
	InOffice Standing = iota + 1
	Former_           // it had ended
	Ahead             // it had not begun
)

// observedYears is how long an office seen once is taken to have lasted, before
// and after. Ministers stay two to three years on the average.
const observedYears = 2.0

// staleYears is how long an open row is taken as current after it was last seen.
const staleYears = 3.0

// Stands returns how the role stands to the day; day 0 is the latest day known.
func (r *Role) Stands(d Date) Standing {
	if d == 0 {
		d = AsOf
	}
	switch r.EndKind {
	case EndObserved:
		seen := r.Start
		if seen == 0 {
			seen = r.End
		}
		switch y := seen.Years(d); {
		case y > observedYears:
			return Former_
		case y < -observedYears:
			return Ahead
		}
		return InOffice
	case EndAbout:
		if r.End != 0 && r.End.Years(d) > 0.25 {
			return Former_
		}
	case EndOpen:
	default:
		if r.End != 0 && d > r.End {
			return Former_
		}
	}
	if r.Start != 0 && d < r.Start {
		return Ahead
	}
	return InOffice
}

// Stale reports whether the day lies beyond the time for which the open row vouches.
func (r *Role) Stale(d Date) bool {
	return r.EndKind == EndOpen && d != 0 && AsOf.Years(d) > staleYears
}

// Beyond reports whether the day lies after the last on which the open row was
// seen to hold: the answer may have changed since.
func (r *Role) Beyond(d Date) bool { return r.EndKind == EndOpen && d > AsOf }

// On returns the role that counts on the day: one in office, the most recently
// begun first; else the one that ended last; else one to come. ok is false when
// the actor has no roles.
func (r Ref) On(d Date) (role Role, s Standing, ok bool) {
	best := Standing(9)
	for _, x := range r.Roles() {
		st := x.Stands(d)
		if st < best || st == best && (st == Former_ && x.End >= role.End || st == InOffice && x.Start >= role.Start) {
			role, best, ok = x, st, true
		}
	}
	return role, best, ok
}

// better reports whether the row says more of who holds the office: one with
// dates before one of a person seen in office once, then the one who began last.
func (r *Role) better(o *Role) bool {
	if seen := r.EndKind == EndObserved; seen != (o.EndKind == EndObserved) {
		return !seen
	}
	return r.Start >= o.Start
}

// Holder returns who held the office of the country on the day: the one in
// office who began last. With found false, nobody is known.
func (b *Base) Holder(country, office string, d Date) (best Role, found bool) {
	for n, t := range b.tables {
		for _, i := range t.holders(country, office) {
			r := t.role(i)
			if !b.shows(n, uint32(r.Actor.row)) {
				continue
			}
			if r.Stands(d) == InOffice && (!found || r.better(&best)) {
				best, found = r, true
			}
		}
		if found {
			return best, true
		}
	}
	return best, found
}

// holders returns the rows of roles of the office, from an index made on first use.
func (t *Table) holders(country, office string) []int {
	t.once.Do(func() {
		t.byOffice = make([]int32, t.rows[secRole])
		for i := range t.byOffice {
			t.byOffice[i] = int32(i)
		}
		sort.SliceStable(t.byOffice, func(x, y int) bool { return t.officeLess(int(t.byOffice[x]), int(t.byOffice[y])) })
	})
	cmp := func(i int) int {
		r := int(t.byOffice[i])
		if c := strings.Compare(t.str(t.cell(secRole, 3, r)), country); c != 0 {
			return c
		}
		return strings.Compare(t.str(t.cell(secRole, 1, r)), office)
	}
	lo := sort.Search(len(t.byOffice), func(i int) bool { return cmp(i) >= 0 })
	var out []int
	for ; lo < len(t.byOffice) && cmp(lo) == 0; lo++ {
		out = append(out, int(t.byOffice[lo]))
	}
	return out
}

func (t *Table) officeLess(x, y int) bool {
	if c := strings.Compare(t.str(t.cell(secRole, 3, x)), t.str(t.cell(secRole, 3, y))); c != 0 {
		return c < 0
	}
	return t.str(t.cell(secRole, 1, x)) < t.str(t.cell(secRole, 1, y))
}

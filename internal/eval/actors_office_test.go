package eval

import (
	"encoding/csv"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"casus/internal/ground/kb"
	"casus/internal/testkit"
)

// Questions about who held what office on which day. The rows are those of the
// sources; a question asks for the day in the middle of a spell, which stands in
// no row. Which rows are asked is fixed: every nth, in the order of the file.
// Dependencies are not asked about, nor heads whom several states have.
const (
	everyMember = 25
	everyLeader = 5
	minDays     = 60 // of a spell, so that its middle is not at its edge
)

func readCSV(t *testing.T, path string) []map[string]string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]string
	for _, r := range rows[1:] {
		m := map[string]string{}
		for i, v := range r {
			m[rows[0][i]] = v
		}
		out = append(out, m)
	}
	return out
}

// middle returns the day between two.
func middle(start, end string) (kb.Date, bool) {
	a, b := kb.ParseDate(start, false), kb.ParseDate(end, true)
	if a == 0 || b == 0 || len(start) < 10 || a.Years(b)*365 < minDays {
		return 0, false
	}
	days := func(d kb.Date) int { return int(d/10000)*372 + (int(d/100%100)-1)*31 + int(d%100) - 1 }
	m := (days(a) + days(b)) / 2
	return kb.Date(m/372*10000 + (m%372/31+1)*100 + min(m%31+1, 28)), true
}

// bearers returns the actors that a name stands for.
func bearers(facts *kb.Base, name string) []kb.Ref {
	var out []kb.Ref
	for _, n := range facts.Lookup(nil, []byte(kb.Fold(name))) {
		if n.Kind() == kb.Person && !slices.ContainsFunc(out, func(r kb.Ref) bool { return r.ID() == n.ID() }) {
			out = append(out, n.Ref)
		}
	}
	return out
}

func TestOffices(t *testing.T) {
	members := readCSV(t, testkit.Shared(t, "data/actors/us_congress_executive.csv"))
	leaders := readCSV(t, testkit.Shared(t, "data/actors/kb_leaders.csv"))
	facts, err := kb.Open(nil)
	if err != nil {
		t.Fatal(err)
	}
	r := &Report{Task: "offices"}
	var wrong []string

	// What office did NAME hold on DATE?
	title := map[string]string{"sen": "Senator", "rep": "Representative", "prez": "President", "viceprez": "Vice President"}
	ok, n := 0, 0
	for i, k := 0, 0; i < len(members); i++ {
		m := members[i]
		day, asked := middle(m["start"], m["end"])
		if m["end"] < "1989" || !asked {
			continue
		}
		if k++; k%everyMember != 0 {
			continue
		}
		n++
		right := false
		for _, p := range bearers(facts, m["name"]) {
			x, s, _ := p.On(day)
			right = right || s == kb.InOffice && x.Country == "USA" && strings.HasPrefix(x.Title, title[m["type"]])
		}
		if right {
			ok++
		} else {
			wrong = append(wrong, fmt.Sprintf("what was %s on %s: want %s", m["name"], day, m["type"]))
		}
	}
	r.Share("what office a person held", ok, n)
	total, all := ok, n

	// Who held OFFICE on DATE?
	states, shared := map[string]bool{}, map[string]int{}
	facts.Actors(kb.Country, func(r kb.Ref) bool {
		states[r.Country()] = true
		return true
	})
	for _, m := range leaders {
		shared[m["name"]]++
	}
	offices := map[string]string{}
	facts.Offices(func(o kb.Office) {
		if o.Rank == 1 {
			for _, w := range o.Words {
				offices[kb.Fold(w)] = o.ID
			}
		}
	})
	ok, n = 0, 0
	for i, k := 0, 0; i < len(leaders); i++ {
		m := leaders[i]
		end := m["end"]
		if m["end_kind"] == "in office at last observation" {
			end = kb.AsOf.String()
		}
		office := offices[kb.Fold(m["title"])]
		day, asked := middle(m["start"], end)
		name, _, _ := strings.Cut(m["name"], " - formerly")
		if !states[m["iso3"]] || strings.HasSuffix(name, ".") || shared[m["name"]] > 4 || office == "" || !asked {
			continue
		}
		if k++; k%everyLeader != 0 {
			continue
		}
		n++
		x, found := facts.Holder(m["iso3"], office, day)
		right := found && slices.ContainsFunc(bearers(facts, name), func(p kb.Ref) bool { return p.ID() == x.Actor.ID() })
		right = right || found && slices.ContainsFunc(x.Actor.Aliases(), func(a kb.Alias) bool {
			return strings.Contains(" "+a.Folded+" ", " "+kb.Fold(m["family"])+" ")
		})
		if right {
			ok++
			continue
		}
		have := "nobody"
		if found {
			have = x.Actor.Name()
		}
		wrong = append(wrong, fmt.Sprintf("who was %s of %s on %s: want %s, have %s", m["title"], m["iso3"], day, m["name"], have))
	}
	r.Share("who held an office", ok, n)
	v := r.Share("both", total+ok, all+n)
	var b strings.Builder
	if err := r.WriteTable(&b); err != nil {
		t.Fatal(err)
	}
	t.Log("\n" + b.String() + strings.Join(wrong, "\n"))
	if all+n < 200 {
		t.Errorf("%d questions, want 200", all+n)
	}
	if v < .98 {
		t.Errorf("%.3f right, want .98", v)
	}
}

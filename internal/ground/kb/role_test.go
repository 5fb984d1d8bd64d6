package kb

import (
	"strings"
	"testing"
	"testing/fstest"
)

// Who held which office on which day.
func TestHolder(t *testing.T) {
	b := open(t)
	for _, x := range []struct{ country, office, day, want string }{
		{"MEX", "president", "2024-09-30", "Andrés Manuel López Obrador"},
		{"MEX", "president", "2024-10-02", "Claudia Sheinbaum"},
		{"MEX", "president", "2015-01-10", "Enrique Peña Nieto"},
		{"USA", "president", "2016-06-01", "Barack Obama"},
		{"USA", "president", "2018-06-01", "Donald Trump"},
		{"USA", "president", "2022-06-01", "Joseph Biden"},
		{"USA", "president", "2025-06-01", "Donald Trump"},
		{"GBR", "prime-minister", "2022-09-20", "Liz Truss"},
		{"GBR", "prime-minister", "2023-09-20", "Rishi Sunak"},
		{"GBR", "foreign-minister", "2025-10-01", "Yvette Cooper"},
		{"UKR", "president", "2022-02-24", "Volodymyr Zelensky"},
		{"UKR", "defence-minister", "2023-10-01", "Rustem Umerov"},
		{"RUS", "president", "2010-01-01", "Dmitry Medvedev"},
		{"RUS", "president", "2020-01-01", "Vladimir Putin"},
		{"RUS", "defence-minister", "2024-06-01", "Andrei Belousov"},
		{"DEU", "prime-minister", "2010-01-01", "Angela Merkel"},
		{"DEU", "foreign-minister", "2023-01-01", "Annalena Baerbock"},
		{"ISR", "prime-minister", "2021-12-01", "Naftali Bennett"},
		{"ISR", "defence-minister", "2025-01-01", "Israel Katz"},
		{"IRN", "foreign-minister", "2025-03-01", "Abbas Araghchi"},
		{"SYR", "president", "2015-01-01", "Bashar al-Assad"},
		{"SYR", "president", "2025-06-01", "Ahmed al-Sharaa"},
		{"VEN", "president", "2026-01-04", "Nicolás Maduro"},
		{"JPN", "prime-minister", "2025-11-01", "Sanae Takaichi"},
		{"KOR", "president", "2025-07-01", "Lee Jae-myung"},
		{"UNO", "secretary-general", "1999-01-01", "Kofi Annan"},
	} {
		r, ok := b.Holder(x.country, x.office, ParseDate(x.day, false))
		if !ok {
			t.Errorf("Holder(%s, %s, %s): nobody, want %s", x.country, x.office, x.day, x.want)
			continue
		}
		if got := r.Actor.Name(); got != x.want {
			t.Errorf("Holder(%s, %s, %s) = %s, want %s", x.country, x.office, x.day, got, x.want)
		}
	}
	if r, ok := b.Holder("MEX", "no-such-office", 0); ok {
		t.Errorf("Holder of no office = %v", r.Title)
	}
}

func TestStands(t *testing.T) {
	for _, x := range []struct {
		start, end string
		kind       uint32
		day        string
		want       Standing
	}{
		{"2010-01-01", "2012-05-05", EndKnown, "2011-01-01", InOffice},
		{"2010-01-01", "2012-05-05", EndKnown, "2012-05-05", InOffice},
		{"2010-01-01", "2012-05-05", EndKnown, "2012-05-06", Former_},
		{"2010-01-01", "2012-05-05", EndKnown, "2009-12-31", Ahead},
		{"2010", "", EndOpen, "2030-01-01", InOffice},
		{"2010", "2012-05-05", EndAbout, "2012-06-01", InOffice},
		{"2010", "2012-05-05", EndAbout, "2013-06-01", Former_},
		{"2019-10-15", "", EndObserved, "2018-12-01", InOffice},
		{"2019-10-15", "", EndObserved, "2023-01-01", Former_},
		{"2019-10-15", "", EndObserved, "2015-01-01", Ahead},
	} {
		r := Role{Start: ParseDate(x.start, false), End: ParseDate(x.end, true), EndKind: x.kind}
		if got := r.Stands(ParseDate(x.day, false)); got != x.want {
			t.Errorf("role %s..%s (%d) on %s stands %d, want %d", x.start, x.end, x.kind, x.day, got, x.want)
		}
	}
}

// A user's file adds people and corrects what is built in.
func TestOverlay(t *testing.T) {
	b, err := Open(fstest.MapFS{
		"mine.holder.csv": {Data: []byte("# mine\nname,family,gender,country,office,title,sectors,start,end,end_kind,aliases,source\nAda Novak,,f,SVN,president,President,GOV,2030-01-01,,open,,me\n")},
		"mine.agent.csv":  {Data: []byte("pattern,sectors,source\nbeekeepers,AGR,me\n")},
	})
	if err != nil {
		t.Fatal(err)
	}
	if r, ok := b.Holder("SVN", "president", 20310101); !ok || r.Actor.Name() != "Ada Novak" || r.Actor.Gender() != "female" {
		t.Errorf("Holder with an overlay = %v %v", r.Title, ok)
	}
	if s, _ := b.Agent([]byte("beekeepers")); s != "AGR" {
		t.Errorf("Agent(beekeepers) = %q, want AGR", s)
	}
	if names := b.Lookup(nil, []byte("mexico")); len(names) == 0 {
		t.Error("the built-in table is hidden by the overlay")
	}
}

func TestBadFiles(t *testing.T) {
	for name, x := range map[string]struct{ file, data, want string }{
		"header":     {"a.actor.csv", "id,kind\n", "a.actor.csv: header"},
		"kind":       {"a.actor.csv", "id,kind,name,country,code,sectors,aliases,source\nx,nonsense,X,,,,,me\n", "a.actor.csv:2"},
		"sector":     {"a.actor.csv", "id,kind,name,country,code,sectors,aliases,source\nx,org,X,,,ZZZ,,me\n", "ZZZ"},
		"alias of":   {"a.alias.csv", "actor,alias,kind,start,end,source\nnobody,X,full,,,me\n", "a.alias.csv:2"},
		"columns":    {"a.agent.csv", "pattern,sectors,source\nonly\n", "a.agent.csv:2"},
		"alias kind": {"a.actor.csv", "id,kind,name,country,code,sectors,aliases,source\nx,org,X,,,,odd:Y,me\n", "odd"},
	} {
		_, err := Open(fstest.MapFS{x.file: {Data: []byte(x.data)}})
		if err == nil || !strings.Contains(err.Error(), x.want) {
			t.Errorf("%s: error %v, want one with %q", name, err, x.want)
		}
	}
}

func TestRetract(t *testing.T) {
	rows := map[string][]Row{
		"actor":   {{"a", 1, []string{"x", "org", "Xylo Guild", "DEU", "", "LAB", "weak:Xylo", "me"}}, {"a", 2, []string{"y", "org", "Ypsilon", "DEU", "", "LAB", "", "own"}}},
		"retract": {{"r", 1, []string{"actor", "x", "gone"}}},
	}
	data, err := Compile(rows)
	if err != nil {
		t.Fatal(err)
	}
	tab, err := Read(data)
	if err != nil {
		t.Fatal(err)
	}
	b := &Base{tables: []*Table{tab}}
	if n := b.Lookup(nil, []byte("xylo guild")); len(n) != 0 {
		t.Errorf("a retracted actor is found: %s", n[0].ID())
	}
	if n := b.Lookup(nil, []byte("ypsilon")); len(n) != 1 || n[0].Country() != "DEU" {
		t.Errorf("Lookup(ypsilon) = %v", n)
	}
}

func FuzzCompile(f *testing.F) {
	f.Add("actor", "id,kind,name,country,code,sectors,aliases,source\nx,org,X,,,,weak:Y|Z,me\n")
	f.Add("holder", "name,family,gender,country,office,title,sectors,start,end,end_kind,aliases,source\nA B,,f,SVN,president,P,GOV,2030,,open,C D|acronym:AB,me\n")
	f.Add("role", "actor,office,title,country,sectors,start,end,end_kind,source\n")
	f.Fuzz(func(t *testing.T, shape, data string) {
		b, err := Open(fstest.MapFS{"x." + strings.ReplaceAll(shape, "/", "") + ".csv": {Data: []byte(data)}})
		if err != nil {
			return
		}
		for _, n := range b.Lookup(nil, []byte("x")) {
			_ = n.ID() + n.Name() + n.Country()
			for _, r := range n.Roles() {
				r.Stands(0)
			}
		}
	})
}

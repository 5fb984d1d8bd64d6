package kb

import (
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

func TestLint(t *testing.T) {
	const holder = "name,family,gender,country,office,title,sectors,start,end,end_kind,aliases,source\n"
	b, err := Open(nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct{ name, file, data, want string }{
		{"good", "a.holder.csv", holder + "Ana Quispe,,f,MEX,president,President,GOV,2030-10-01,2036-09-30,,,me\nBea Ruiz,,f,MEX,president,President,GOV,2036-09-30,,open,,me\n", ""},
		{"shape", "a.people.csv", "x\n", `a.people.csv:1: no shape "people"`},
		{"column", "a.agent.csv", "pattern,sector,source\n", `a.agent.csv:1: unknown column "sector"`},
		{"order", "a.agent.csv", "source,sectors,pattern\n", "a.agent.csv:1: columns in another order"},
		{"fields", "a.agent.csv", "# a\npattern,sectors,source\nx,MIL\n", "a.agent.csv:3: 2 fields, want 3"},
		{"sector", "a.agent.csv", "pattern,sectors,source\nx,MIL;XYZ,me\n", `a.agent.csv:2: "XYZ" is no PLOVER sector`},
		{"source", "a.agent.csv", "pattern,sectors,source\nx,MIL,\n", "a.agent.csv:2: no source"},
		{"date", "a.holder.csv", holder + "Ana Quispe,,f,MEX,,Senator,LEG,2023-02-30,,,,me\n", `a.holder.csv:2: bad date "2023-02-30" in start`},
		{"turned", "a.holder.csv", holder + "Ana Quispe,,f,MEX,,Senator,LEG,2023,2021-05,,,me\n", "ends 2021-05 before it starts 2023"},
		{"country", "a.holder.csv", holder + "Ana Quispe,,f,Mexico,,Senator,LEG,2023,,open,,me\n", `unknown country "Mexico"`},
		{"office", "a.holder.csv", holder + "Ana Quispe,,f,MEX,presidency,President,GOV,2023,,open,,me\n", `unknown office "presidency"`},
		{"two", "a.holder.csv", holder + "Ana Quispe,,f,MEX,president,President,GOV,2030-10-01,2036-09-30,,,me\nBea Ruiz,,f,MEX,president,President,GOV,2036-09-01,,open,,me\n", "a.holder.csv:3: two hold president of MEX on 2036-09-01: Bea Ruiz and Ana Quispe (a.holder.csv:2)"},
		{"dangling", "a.alias.csv", "actor,alias,kind,start,end,source\nnobody,X,full,,,me\n", `a.alias.csv:2: no actor "nobody"`},
		{"built in", "a.alias.csv", "actor,alias,kind,start,end,source\nmex,Aztec Land,full,,,me\n", ""},
		{"retract", "a.retract.csv", "table,key,reason\nactor,nobody,x\n", `a.retract.csv:2: retracts no actor: "nobody"`},
		{"quote", "a.agent.csv", "pattern,sectors,source\n\"x,MIL,me\n", "a.agent.csv:"},
	} {
		got, err := b.Lint(fstest.MapFS{x.file: {Data: []byte(x.data)}}, nil)
		if err != nil {
			t.Fatal(err)
		}
		switch {
		case x.want == "" && len(got) > 0:
			t.Errorf("%s: %v, want no problem", x.name, got)
		case x.want != "" && (len(got) == 0 || !strings.Contains(got[0].String(), x.want)):
			t.Errorf("%s: %v, want one with %q", x.name, got, x.want)
		}
	}
}

// The files that the built-in table is made of pass the check of a user's.
func TestOwnFilesPassLint(t *testing.T) {
	b, err := Open(nil)
	if err != nil {
		t.Fatal(err)
	}
	ps, err := b.Lint(ownFiles{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range ps {
		if i < 20 {
			t.Error(p)
		}
	}
}

func TestDiff(t *testing.T) {
	got, err := Diff(fstest.MapFS{
		"a.alias.csv":   {Data: []byte("actor,alias,kind,start,end,source\nmex,Aztec Land,full,,,me\n")},
		"a.agent.csv":   {Data: []byte("pattern,sectors,source\nsoldiers,CRM,me\nsoldiers,REB,me\n")},
		"a.retract.csv": {Data: []byte("table,key,reason\nactor,irn,test\n")},
	})
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, c := range got {
		lines = append(lines, string(c.Op)+c.What+" "+c.ID+" "+c.Text)
	}
	want := "+alias mex aztec land (full)\n-actor irn Iran, country IRN\n~agent soldiers MIL -> REB"
	if s := strings.Join(lines, "\n"); s != want {
		t.Errorf("Diff =\n%s\nwant\n%s", s, want)
	}
}

// ownFiles are the hand-written files of data/ alone.
type ownFiles struct{}

func (ownFiles) Open(name string) (fs.File, error) { return os.DirFS("data").Open(name) }

func (ownFiles) ReadDir(name string) ([]fs.DirEntry, error) {
	all, err := fs.ReadDir(os.DirFS("data"), name)
	return slices.DeleteFunc(all, func(e fs.DirEntry) bool { return !strings.HasPrefix(e.Name(), "own-") }), err
}

package kb

import (
	"testing"
	"testing/fstest"
)

// A user's rows add to, correct and retract what the built-in table has.
func TestOverlayMeetsBuiltIn(t *testing.T) {
	over := fstest.MapFS{
		"my.alias.csv":   {Data: []byte("actor,alias,kind,start,end,source\nmex,Aztec Land,full,,,me\n")},
		"my.holder.csv":  {Data: []byte("name,family,gender,country,office,title,sectors,start,end,end_kind,aliases,source\nAna Quispe,Quispe,f,MEX,president,President,GOV,2030-10-01,,open,,me\nClaudia Sheinbaum,,f,MEX,,Senator,LEG,2031-01-01,,open,,me\n")},
		"my.retract.csv": {Data: []byte("table,key,reason\nactor,irn,test\nalias,usa America,test\nrole,fra.person.emmanuel-macron president,test\n")},
	}
	b, err := Open(over)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := Open(nil)
	if err != nil {
		t.Fatal(err)
	}
	ids := func(b *Base, name string) map[string]int {
		out := map[string]int{}
		for _, n := range b.Lookup(nil, []byte(Fold(name))) {
			out[n.ID()]++
		}
		return out
	}
	if got := ids(b, "Aztec Land"); got["mex"] != 1 {
		t.Errorf("a new alias: %v", got)
	}
	if got := ids(b, "Mexico"); got["mex"] != 1 {
		t.Errorf("a name of an actor that got an alias: %v, want mex once", got)
	}
	if got := ids(b, "Iran"); got["irn"] != 0 || ids(plain, "Iran")["irn"] == 0 {
		t.Errorf("a retracted actor: %v", got)
	}
	if got := ids(b, "America"); got["usa"] != 0 || ids(b, "United States")["usa"] != 1 {
		t.Errorf("a retracted alias: %v", got)
	}
	if r, ok := b.Holder("MEX", "president", 20310101); !ok || r.Actor.Name() != "Ana Quispe" {
		t.Errorf("president of Mexico in 2031: %v %q", ok, r.Actor.Name())
	}
	if r, ok := b.Holder("MEX", "president", 20260101); !ok || r.Actor.ID() != "mex.person.claudia-sheinbaum" {
		t.Errorf("president of Mexico in 2026: %v", ok)
	}
	she, ok := b.ByID("mex.person.claudia-sheinbaum")
	if !ok {
		t.Fatal("no Claudia Sheinbaum")
	}
	if r, _, _ := she.On(20310601); r.Title != "Senator" || len(she.Roles()) < 2 {
		t.Errorf("a person with a further role: %q of %d roles", r.Title, len(she.Roles()))
	}
	if r, ok := b.Holder("FRA", "president", 20250101); ok {
		t.Errorf("a retracted role: %s", r.Actor.Name())
	}
	if r, ok := plain.Holder("FRA", "president", 20250101); !ok || !r.Beyond(20260201) || r.Beyond(20260101) {
		t.Errorf("Beyond: %v", ok)
	}
}

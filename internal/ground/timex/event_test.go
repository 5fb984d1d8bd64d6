package timex

import (
	"testing"

	"casus/internal/doc"
)

func TestOf(t *testing.T) {
	tg, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		text, pred, tense string
		want              string // from..to basis, or nothing
	}{
		{"Rebels attacked the town on Monday.", "attacked", "past", "2026-01-05..2026-01-05 clause"},
		{"On Monday, rebels attacked the town and burned the market.", "burned", "past", "2026-01-05..2026-01-05 clause"},
		{"The army began shelling the town on Monday.", "shelling", "past", "2026-01-05..2026-01-05 clause"},
		{"The minister said on Monday that rebels had attacked the town.", "attacked", "past", "2026-01-05..2026-01-05 sentence"},
		{"The minister said on Tuesday that rebels had attacked the town on Monday.", "attacked", "past", "2026-01-05..2026-01-05 clause"},
		{"The minister said on Tuesday that rebels had attacked the town on Monday.", "said", "past", "2026-01-06..2026-01-06 clause"},
		{"The president will visit Ankara on Friday.", "visit", "future", "2026-01-09..2026-01-09 clause"},
		{"The president will visit Ankara.", "visit", "future", ""},
		{"Rebels attacked the town.", "attacked", "past", "2026-01-08..2026-01-08 publication"},
		{"The attack on Monday killed ten people.", "attack", "past", "2026-01-05..2026-01-05 clause"},
		{"The two ministers condemned the 1992 accord.", "condemned", "past", "2026-01-08..2026-01-08 publication"},
		{"On Aug. 6, 2025, rebels took the town. They killed ten people.", "killed", "past", "2025-08-06..2025-08-06 narrative"},
		{"The two sides met from Jan. 3 to 5 in Doha.", "met", "past", "2026-01-03..2026-01-05 clause"},
		{"He has been in prison since Monday.", "prison", "present", "2026-01-05..2026-01-08 clause"},
		{"The two sides met last week in Doha.", "met", "past", "2025-12-29..2026-01-04 clause"},
	} {
		d := parsedDoc(t, c.text, "2026-01-08")
		d.Times = tg.Find(d)
		pred := doc.NoToken
		for k := range d.Tokens {
			if d.Word(doc.TokenID(k)) == c.pred {
				pred = doc.TokenID(k)
			}
		}
		ref, et := tg.Of(d, pred, c.tense)
		got := ""
		if et != nil {
			got = *et.From + ".." + *et.To + " " + et.Basis
		}
		if got != c.want {
			t.Errorf("Of(%q, %s) = %q, want %q", c.text, c.pred, got, c.want)
		}
		if (ref >= 0) != (et != nil && et.Basis != basisPublication) {
			t.Errorf("Of(%q, %s): ref %d with basis of %q", c.text, c.pred, ref, got)
		}
	}
}

func TestOfSurvivesBareDocuments(t *testing.T) {
	tg, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	d := newDoc(t, "Rebels attacked the town on Monday.", "2026-01-08")
	d.Times = tg.Find(d)
	if ref, et := tg.Of(d, 1, "past"); ref != 0 || et == nil || *et.From != "2026-01-05" || et.Basis != basisSentence {
		t.Errorf("Of without a tree = %d, %+v, want the time of the sentence", ref, et)
	}
	for _, pred := range []doc.TokenID{doc.NoToken, 7, 1000} {
		if ref, et := tg.Of(d, pred, "past"); ref >= 0 || et != nil {
			t.Errorf("Of token %d = %d, %v, want none", pred, ref, et)
		}
	}
}

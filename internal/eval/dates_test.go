package eval

import (
	"strings"
	"testing"

	"casus/internal/article"
	"casus/internal/record"
)

func timeAt(start, end int, value string) record.Time {
	return record.Time{Span: record.Span{Start: start, End: end}, Value: value}
}

// The counts of these two documents are worked out by hand.
func TestDates(t *testing.T) {
	gold := `{"doc_id":"a","dct":"2026-01-08T09:30","text":"On Friday and Monday they met last week for two days.","timex":[` +
		`{"start":3,"end":9,"type":"DATE","value":"2026-01-02"},` + // right span, right value
		`{"start":14,"end":20,"type":"DATE","value":"2026-01-05"},` + // right span, wrong value
		`{"start":30,"end":39,"type":"DATE","value":"2026-W01"},` + // wider span, right value
		`{"start":44,"end":52,"type":"DURATION","value":"P2D"}]}` + "\n" + // missed
		`{"doc_id":"b","dct":"20260108","text":"In 2025, in May.","timex":[` +
		`{"start":3,"end":7,"type":"DATE","value":"2025"},` + // taken by the first, which overlaps it alone
		`{"start":12,"end":15,"type":"DATE","value":"2025-05-01"}]}` + "\n" // overlapped only by what is already taken
	predicted := map[string][]record.Time{
		"a": {timeAt(3, 9, "2026-01-02"), timeAt(14, 20, "2026-01-12"), timeAt(25, 39, "2026-W01"), timeAt(0, 2, "P1D")},
		"b": {timeAt(3, 15, "2025")},
	}
	r, err := Dates(strings.NewReader(gold), func(a *article.Article) *record.Document {
		if a.Published.Day() != "2026-01-08" {
			t.Errorf("%s: published %q", a.ID, a.Published.Day())
		}
		return &record.Document{Times: predicted[a.ID]}
	})
	if err != nil {
		t.Fatal(err)
	}
	// 5 predicted, 6 gold: overlap 4, same span 2, same value 3; full days 3, right 1.
	want := []struct {
		name string
		tp   int
		n    int
	}{{"strict", 2, 6}, {"relaxed", 4, 6}, {"value", 3, 6}}
	for i, w := range want {
		row := r.Rows[i]
		if row.Name != w.name || row.N != w.n || *row.P != float64(w.tp)/5 || *row.R != float64(w.tp)/6 {
			t.Errorf("%s: P %v R %v of %d, want %d of 5 and of 6", row.Name, *row.P, *row.R, row.N, w.tp)
		}
	}
	if days := r.Rows[3]; days.N != 3 || *days.Value != 1./3 {
		t.Errorf("full-day dates %v of %d, want 1 of 3", *days.Value, days.N)
	}
}

func TestDatesTakesThePredictionThatSharesMost(t *testing.T) {
	gold := `{"doc_id":"a","dct":"","text":"early in March 2025","timex":[{"start":0,"end":19,"type":"DATE","value":"2025-03"}]}`
	r, err := Dates(strings.NewReader(gold), func(*article.Article) *record.Document {
		return &record.Document{Times: []record.Time{timeAt(0, 5, "X"), timeAt(9, 19, "2025-03")}}
	})
	if err != nil {
		t.Fatal(err)
	}
	if *r.Rows[2].R != 1 || *r.Rows[2].P != .5 {
		t.Errorf("value P %v R %v, want 0.5 and 1", *r.Rows[2].P, *r.Rows[2].R)
	}
}

func TestDatesRefusesWhatIsNoGold(t *testing.T) {
	for _, s := range []string{"{", `{"doc_id":"a","dct":"yesterday at noon","text":""}`} {
		if _, err := Dates(strings.NewReader(s), func(*article.Article) *record.Document { return &record.Document{} }); err == nil {
			t.Errorf("Dates(%q): no error", s)
		}
	}
}

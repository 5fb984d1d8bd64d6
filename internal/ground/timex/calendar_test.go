package timex

import (
	"testing"
	"time"
)

func TestDay(t *testing.T) {
	for d := newDay(1895, 12, 20); d < newDay(2045, 1, 10); d += 13 {
		w := d.time()
		if iso := (int(w.Weekday())+6)%7 + 1; d.weekday() != iso {
			t.Fatalf("%s is weekday %d, want %d", d, d.weekday(), iso)
		}
		if d.String() != w.Format(time.DateOnly) {
			t.Fatalf("day %d is %s, want %s", d, d, w.Format(time.DateOnly))
		}
	}
}

func TestEaster(t *testing.T) {
	for y, want := range map[int]string{1818: "1818-03-22", 1943: "1943-04-25", 1999: "1999-04-04", 2000: "2000-04-23", 2024: "2024-03-31", 2026: "2026-04-05"} {
		if got := easter(y).String(); got != want {
			t.Errorf("easter(%d) = %s, want %s", y, got, want)
		}
	}
}

func TestPeriods(t *testing.T) {
	at := func(y, m, d int, u unit) period { return containing(newDay(y, m, d), u) }
	for _, c := range []struct {
		p                 period
		value, from, last string
	}{
		{at(2026, 1, 1, week), "2026-W01", "2025-12-29", "2026-01-04"},
		{at(2027, 1, 3, week), "2026-W53", "2026-12-28", "2027-01-03"},
		{at(2026, 1, 4, weekend), "2026-W01-WE", "2026-01-03", "2026-01-04"},
		{at(2024, 2, 29, month), "2024-02", "2024-02-01", "2024-02-29"},
		{at(2026, 2, 1, season), "2025-WI", "2025-12-01", "2026-02-28"},
		{at(2026, 12, 1, season), "2026-WI", "2026-12-01", "2027-02-28"},
		{at(2026, 5, 31, season), "2026-SP", "2026-03-01", "2026-05-31"},
		{at(2026, 8, 8, quarter), "2026-Q3", "2026-07-01", "2026-09-30"},
		{at(2026, 8, 8, half), "2026-H2", "2026-07-01", "2026-12-31"},
		{at(1987, 8, 8, decade), "198", "1980-01-01", "1989-12-31"},
		{at(1987, 8, 8, century), "19", "1900-01-01", "1999-12-31"},
		{at(2024, 2, 29, dayUnit).shift(year, -1), "2023", "2023-01-01", "2023-12-31"},
		{at(2026, 1, 31, dayUnit).shift(month, 1), "2026-02", "2026-02-01", "2026-02-28"},
		{at(2026, 3, 1, dayUnit).shift(week, -9), "2025-W52", "2025-12-22", "2025-12-28"},
		{at(2026, 3, 1, quarter).shift(month, -12), "2025-Q1", "2025-01-01", "2025-03-31"},
	} {
		if c.p.value() != c.value || c.p.first.String() != c.from || c.p.last().String() != c.last {
			t.Errorf("%s %s..%s, want %s %s..%s", c.p.value(), c.p.first, c.p.last(), c.value, c.from, c.last)
		}
	}
}

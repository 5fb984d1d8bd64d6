package kb

import (
	"fmt"
	"strconv"
)

// A Date is a day as the number yyyymmdd; 0 is unknown. Dates compare as numbers.
type Date int32

// ParseDate reads YYYY, YYYY-MM or YYYY-MM-DD, and longer forms that begin so.
// A part that is not given is the first of the period, or, with end set, the
// last. Anything else is 0.
func ParseDate(s string, end bool) Date {
	if s == "" {
		return 0
	}
	y, ok := digits(s, 0, 4)
	if !ok || (len(s) > 4 && s[4] != '-') {
		if ok && len(s) == 8 { // YYYYMMDD
			m, ok1 := digits(s, 4, 2)
			d, ok2 := digits(s, 6, 2)
			if ok1 && ok2 {
				return Date(y*10000 + m*100 + d)
			}
		}
		return 0
	}
	m, d := 1, 1
	if end {
		m, d = 12, 31
	}
	if v, ok := digits(s, 5, 2); ok && len(s) >= 7 {
		m = v
		if end {
			d = 31
		}
		if v, ok := digits(s, 8, 2); ok && len(s) >= 10 && s[7] == '-' {
			d = v
		}
	} else if len(s) > 4 {
		return 0
	}
	if m < 1 || m > 12 || d < 1 || d > 31 {
		return 0
	}
	return Date(y*10000 + m*100 + d)
}

func digits(s string, at, n int) (int, bool) {
	if len(s) < at+n {
		return 0, false
	}
	v, err := strconv.Atoi(s[at : at+n])
	return v, err == nil && s[at] != '-' && s[at] != '+'
}

// String writes the date as YYYY-MM-DD, or "" when unknown.
func (d Date) String() string {
	if d == 0 {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d/10000, d/100%100, d%100)
}

// Years returns the distance between two dates in years, roughly.
func (d Date) Years(o Date) float64 {
	f := func(x Date) float64 { return float64(x/10000) + float64(x/100%100)/12 + float64(x%100)/365 }
	return f(o) - f(d)
}

// within reports whether d lies in [start, end]; 0 is open.
func within(d, start, end Date) bool {
	return (start == 0 || start <= d) && (end == 0 || d <= end)
}

package article

import (
	"fmt"
	"strings"
	"time"
)

// A Stamp is when an article was published: a day, or a moment. The zero Stamp
// is unknown; casus never guesses one from the clock.
type Stamp struct {
	Time   time.Time
	Moment bool // the time of day is known too
}

// layouts are the forms that are read, most telling first.
var layouts = []struct {
	layout string
	moment bool
}{
	{time.RFC3339Nano, true},
	{"2006-01-02T15:04:05", true},
	{"2006-01-02T15:04Z07:00", true},
	{"2006-01-02T15:04", true},
	{"2006-01-02 15:04:05Z07:00", true},
	{"2006-01-02 15:04:05", true},
	{"2006-01-02 15:04", true},
	{time.RFC1123Z, true},
	{time.RFC1123, true},
	{"2006-01-02", false},
	{"20060102", false},
	{"20060102150405", true},
}

// ParseStamp reads a date or a date-time. The empty string is the unknown Stamp.
func ParseStamp(s string) (Stamp, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return Stamp{}, nil
	}
	for _, l := range layouts {
		if t, err := time.Parse(l.layout, s); err == nil {
			return Stamp{Time: t, Moment: l.moment}, nil
		}
	}
	return Stamp{}, fmt.Errorf("cannot read %q as a date: write YYYY-MM-DD or an RFC 3339 date-time", s)
}

// IsZero reports whether the date is unknown.
func (s Stamp) IsZero() bool { return s.Time.IsZero() }

// Day returns the date as YYYY-MM-DD, or "" when unknown.
func (s Stamp) Day() string {
	if s.IsZero() {
		return ""
	}
	return s.Time.Format(time.DateOnly)
}

// String returns the RFC 3339 form, as long as what is known of it.
func (s Stamp) String() string {
	if s.Moment {
		return s.Time.Format(time.RFC3339)
	}
	return s.Day()
}

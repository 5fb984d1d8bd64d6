package export

import "strings"

// Cell keeps a spreadsheet from taking words of an article for a formula.
func Cell(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}

// Str returns the string, or "" where there is none.
func Str(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

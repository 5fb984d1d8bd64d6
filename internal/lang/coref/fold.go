package coref

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// cut splits a cell at bars.
func cut(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, "|")
}

// foldWord returns the word in lower case, without accents and marks.
func foldWord(w string) string {
	ok := true
	for i := range len(w) {
		if c := w[i]; c >= utf8.RuneSelf || !('a' <= c && c <= 'z' || '0' <= c && c <= '9') {
			ok = false
			break
		}
	}
	if ok {
		return w
	}
	var b strings.Builder
	for _, r := range norm.NFKD.String(w) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case r == 'ı':
			b.WriteByte('i')
		case r == 'ł' || r == 'Ł':
			b.WriteByte('l')
		case r == 'ø' || r == 'Ø':
			b.WriteByte('o')
		case r == 'đ' || r == 'Đ':
			b.WriteByte('d')
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			b.WriteRune(unicode.ToLower(r))
		case r == '-' || r == '–':
			b.WriteByte(' ')
		}
	}
	return strings.TrimSpace(b.String())
}

// initials returns the first letters of the words of a folded name, leaving
// small words out: "united nations high commissioner for refugees" is "unhcr".
func initials(folded string) (full, big string) {
	var a, b []byte
	for w := range strings.FieldsSeq(folded) {
		a = append(a, w[0])
		switch w {
		case "of", "the", "for", "and", "in", "on", "to", "de", "la", "del", "des", "du":
		default:
			b = append(b, w[0])
		}
	}
	return string(a), string(b)
}

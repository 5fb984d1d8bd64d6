package place

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold returns the form under which names are compared: lower case without
// diacritics, stops and apostrophes; other marks are single spaces; "St.",
// "Mt." and "Ft." before another word are written out. "St. John's" and "saint
// johns", "Côte d’Ivoire" and "Cote dIvoire" fold alike.
func Fold(s string) string { return string(appendFold(nil, s)) }

// appendFold appends the folded form of s to dst. It does not allocate when dst
// has room. Invalid UTF-8 folds to spaces.
func appendFold(dst []byte, s string) []byte {
	base := len(dst)
	word := base // where the current word begins
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c >= utf8.RuneSelf:
			r, n := utf8.DecodeRuneInString(s[i:])
			if r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)) {
				dst = appendFoldRune(dst, r, s[i:i+n])
			} else if !dropped(r) {
				dst, word = endWord(dst, base, word)
			}
			i += n
			continue
		case 'a' <= c && c <= 'z' || '0' <= c && c <= '9':
			dst = append(dst, c)
		case 'A' <= c && c <= 'Z':
			dst = append(dst, c+'a'-'A')
		case c == '.' || c == '\'' || c == '`':
		default:
			dst, word = endWord(dst, base, word)
		}
		i++
	}
	if len(dst) > base && dst[len(dst)-1] == ' ' {
		dst = dst[:len(dst)-1]
	}
	return dst
}

// dropped reports whether a mark joins the letters around it, as an apostrophe does.
func dropped(r rune) bool {
	switch r {
	case '’', '‘', '´', '′', '\u200b', '\u200d', '\u00ad':
		return true
	}
	return false
}

// endWord closes the word dst[word:] with a space, writing out its
// abbreviation, and returns where the next begins.
func endWord(dst []byte, base, word int) ([]byte, int) {
	if len(dst) == base || dst[len(dst)-1] == ' ' {
		return dst, len(dst)
	}
	switch string(dst[word:]) {
	case "st":
		dst = append(dst[:word], "saint"...)
	case "ste":
		dst = append(dst[:word], "sainte"...)
	case "mt":
		dst = append(dst[:word], "mount"...)
	case "ft":
		dst = append(dst[:word], "fort"...)
	}
	dst = append(dst, ' ')
	return dst, len(dst)
}

// appendFoldRune appends the base letters of r, whose bytes are enc.
func appendFoldRune(dst []byte, r rune, enc string) []byte {
	parts := norm.NFKD.PropertiesString(enc).Decomposition()
	if parts == nil {
		return appendBase(dst, r)
	}
	for len(parts) > 0 {
		d, n := utf8.DecodeRune(parts)
		parts = parts[n:]
		dst = appendBase(dst, d)
	}
	return dst
}

// appendBase appends a letter that does not decompose, in lower case and in
// the letters of ASCII where one stands for it. Marks are left out.
func appendBase(dst []byte, r rune) []byte {
	switch r = unicode.ToLower(r); r {
	case 'ß':
		return append(dst, "ss"...)
	case 'æ':
		return append(dst, "ae"...)
	case 'œ':
		return append(dst, "oe"...)
	case 'ø':
		return append(dst, 'o')
	case 'ł':
		return append(dst, 'l')
	case 'đ', 'ð':
		return append(dst, 'd')
	case 'þ':
		return append(dst, "th"...)
	case 'ı':
		return append(dst, 'i')
	case 'ħ':
		return append(dst, 'h')
	case 'ə':
		return append(dst, 'a')
	case 'ʻ', 'ʼ', 'ʿ', 'ʾ', 'ʹ', 'ʺ', 'ˈ':
		return dst
	}
	if unicode.IsLetter(r) || unicode.IsDigit(r) {
		return utf8.AppendRune(dst, r)
	}
	return dst
}

package kb

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold returns the form of a name under which it is looked up: lower case,
// without diacritics, every run of marks a single space, possessive "'s" and
// full stops gone. "Al-Qa’ida", "al-Qaʿida" and "al Qaida" fold alike.
func Fold(s string) string { return string(AppendFold(nil, s)) }

// AppendFold appends the folded form of s to dst.
func AppendFold(dst []byte, s string) []byte {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return foldRunes(dst, s)
		}
	}
	base := len(dst)
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case 'a' <= c && c <= 'z' || '0' <= c && c <= '9':
			dst = append(dst, c)
		case 'A' <= c && c <= 'Z':
			dst = append(dst, c+'a'-'A')
		case c == '\'' && possessive(s[i+1:]):
			i++
		case c == '\'' || c == '.' || c == '`':
			// "Qa'ida" is one word, "U.S." is "us"
		case c == '&':
			dst = append(space(dst, base), "and "...)
		default:
			dst = space(dst, base)
		}
	}
	return trim(dst, base)
}

// possessive reports whether rest, after an apostrophe, is an ending "s".
func possessive(rest string) bool {
	return rest != "" && (rest[0] == 's' || rest[0] == 'S') && (len(rest) == 1 || !letter(rest[1]))
}

func letter(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c >= utf8.RuneSelf
}

func space(dst []byte, base int) []byte {
	if len(dst) > base && dst[len(dst)-1] != ' ' {
		dst = append(dst, ' ')
	}
	return dst
}

func trim(dst []byte, base int) []byte {
	if len(dst) > base && dst[len(dst)-1] == ' ' {
		dst = dst[:len(dst)-1]
	}
	return dst
}

// foldRunes is AppendFold for text beyond ASCII. Letters that do not decompose
// are written as English writes them.
func foldRunes(dst []byte, s string) []byte {
	base := len(dst)
	var buf [utf8.UTFMax]byte
	rest := norm.NFKD.String(s)
	for i, r := range rest {
		switch {
		case r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			dst = append(dst, byte(unicode.ToLower(r)))
		case unicode.Is(unicode.Mn, r):
		case r == '\'' || r == '’' || r == '‘' || r == 'ʼ' || r == 'ʿ' || r == 'ʻ' || r == '`' || r == '´' || r == '.':
			after := rest[i+utf8.RuneLen(r):]
			if (r == '\'' || r == '’') && possessive(after) {
				dst = append(dst, 0) // the s that follows is dropped below
			}
		case r == '&':
			dst = append(space(dst, base), "and "...)
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if t := plain(unicode.ToLower(r)); t != "" {
				dst = append(dst, t...)
			} else {
				n := utf8.EncodeRune(buf[:], unicode.ToLower(r))
				dst = append(dst, buf[:n]...)
			}
		default:
			dst = space(dst, base)
		}
		if n := len(dst); n > base+1 && dst[n-2] == 0 {
			dst = dst[:n-2]
		}
	}
	return trim(dst, base)
}

// plain spells a lower-case letter that has no decomposition, or returns "".
func plain(r rune) string {
	switch r {
	case 'ı':
		return "i"
	case 'ø':
		return "o"
	case 'ł':
		return "l"
	case 'đ', 'ð':
		return "d"
	case 'ß':
		return "ss"
	case 'æ':
		return "ae"
	case 'œ':
		return "oe"
	case 'þ':
		return "th"
	case 'ə':
		return "a"
	}
	return ""
}

// Squeeze drops from a folded name the particles that writers spell, join or
// leave out as they like: "nawaf al ahmad al sabah" and "nawaf ahmad sabah".
// It returns "" when nothing but one word is left or nothing changed.
func Squeeze(folded string) string {
	words := strings.Fields(folded)
	kept := words[:0]
	for _, w := range words {
		switch w {
		case "al", "el", "bin", "ibn", "ben", "ul", "the", "de", "da", "dos", "del", "van", "von", "abu":
			if len(words) > 2 {
				continue
			}
		}
		if len(w) == 1 { // an initial
			continue
		}
		kept = append(kept, w)
	}
	out := strings.Join(kept, " ")
	if len(kept) < 2 || out == folded {
		return ""
	}
	return out
}

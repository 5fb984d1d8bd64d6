package place

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"casus/internal/article"
	"casus/internal/doc"
	"casus/internal/text"
)

// tokenise gives the document tokens and sentences by a few rules, so that the
// tests of this package need no other room.
func tokenise(a *article.Article) *doc.Doc {
	d := doc.New(a)
	s := d.Text
	first := doc.TokenID(0)
	end := func() {
		if n := doc.TokenID(len(d.Tokens)); n > first {
			d.Sentences = append(d.Sentences, doc.Sentence{First: first, End: n})
			first = n
		}
	}
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == '\n':
			end()
		case unicode.IsSpace(r):
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			j := word(s, i)
			d.Tokens = append(d.Tokens, doc.Token{Span: text.Span{Start: int32(i), End: int32(j)}})
			i = j
			continue
		default:
			m := n
			if strings.HasPrefix(s[i:], "'s") || strings.HasPrefix(s[i:], "’s") {
				m = n + 1
			}
			d.Tokens = append(d.Tokens, doc.Token{Span: text.Span{Start: int32(i), End: int32(i + m)}})
			if r == '.' || r == '!' || r == '?' {
				j := i + m
				for j < len(s) && strings.ContainsRune(")\"'”’", rune(s[j])) {
					j++
				}
				if k := j + 1; k < len(s) && s[j] == ' ' {
					if q, _ := utf8.DecodeRuneInString(s[k:]); unicode.IsUpper(q) || q == '"' || q == '“' {
						end()
					}
				}
			}
			i += m
			continue
		}
		i += n
	}
	end()
	return d
}

// word returns where the word at i ends: letters, digits, inner apostrophes and
// hyphens, and the stops of initials and of short forms before a name.
func word(s string, i int) int {
	start := i
	for i < len(s) {
		r, n := utf8.DecodeRuneInString(s[i:])
		next, _ := utf8.DecodeRuneInString(s[min(i+n, len(s)):])
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
		case (r == '\'' || r == '’') && unicode.IsLetter(next) && next != 's':
		case r == '-' && unicode.IsLetter(next):
		case r == '.' && (initials(s[start:i]) || abbreviated[s[start:i]]):
			i++
			if i < len(s) && unicode.IsLetter(next) {
				continue
			}
			return i
		default:
			return i
		}
		i += n
	}
	return i
}

func initials(w string) bool {
	letters := 0
	for _, r := range w {
		switch {
		case r == '.':
			letters = 0
		case unicode.IsUpper(r):
			letters++
		default:
			return false
		}
	}
	return letters == 1
}

var abbreviated = map[string]bool{
	"St": true, "Mt": true, "Ft": true, "Mr": true, "Mrs": true, "Ms": true, "Dr": true, "Gen": true, "Sgt": true, "Col": true, "Lt": true, "Gov": true, "Sen": true, "Rep": true,
	"Ky": true, "Calif": true, "Fla": true, "Ill": true, "Ind": true, "Ga": true, "Va": true, "Ala": true, "Tenn": true, "Tex": true, "Pa": true, "Mass": true, "Conn": true,
	"Ont": true, "Que": true, "Alta": true, "Sask": true, "Mich": true, "Minn": true, "Mo": true, "La": true, "Miss": true, "Ore": true, "Wash": true, "Wis": true, "Ariz": true,
	"Ark": true, "Colo": true, "Del": true, "Kan": true, "Md": true, "Mont": true, "Neb": true, "Nev": true, "Okla": true, "Vt": true, "Wyo": true, "Vic": true, "Qld": true, "Va.": true, "Nfld": true,
}

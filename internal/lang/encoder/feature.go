package encoder

import (
	"unicode"
	"unicode/utf8"
)

// Inputs of the network, in the order in which their vectors are joined.
const (
	inNews = iota // pretrained vector of the folded word
	inWord        // trained vector of the folded word
	inSuffix3
	inSuffix2
	inPrefix3
	inShape
	inputs
)

// An InputSpec is the size of one input table. Rows 0 means that a word list
// gives the rows, after row 0 for words that it lacks.
type InputSpec struct {
	Name      string
	Rows, Dim int
}

// InputSpecs are the input tables.
var InputSpecs = [inputs]InputSpec{
	{"news", 0, 64},
	{"word", 0, 64},
	{"suffix3", 8192, 32},
	{"suffix2", 2048, 16},
	{"prefix3", 4096, 16},
	{"shape", 512, 16},
}

// InputWidth is the sum of the dimensions of the inputs.
const InputWidth = 64 + 64 + 32 + 16 + 16 + 16

// Features are the rows of a word in the input tables.
type Features [inputs]int32

// Word returns the row of the word in the table of trained words, 0 when the
// word is unknown; Blur makes it unknown, as training does now and then.
func (f *Features) Word() int32 { return f[inWord] }

// Blur makes the word unknown.
func (f *Features) Blur() { f[inWord] = 0 }

// A Lexicon finds the rows of folded words.
type Lexicon struct{ ids map[string]wordIDs }

type wordIDs struct{ news, word int32 }

// NewLexicon returns the lexicon of two word lists, whose words have rows from 1.
func NewLexicon(news, words []string) *Lexicon {
	l := &Lexicon{ids: make(map[string]wordIDs, len(news)+len(words)/4)}
	for i, w := range news {
		l.ids[w] = wordIDs{news: int32(i + 1)}
	}
	for i, w := range words {
		id := l.ids[w]
		id.word = int32(i + 1)
		l.ids[w] = id
	}
	return l
}

// Features returns the features of a word. buf is scratch and is returned for
// the next call.
func (l *Lexicon) Features(word string, buf []byte) (Features, []byte) {
	var f Features
	buf = AppendFolded(buf[:0], word)
	id := l.ids[string(buf)]
	f[inNews], f[inWord] = id.news, id.word
	suffix3 := lastRunes(buf, 3)
	f[inSuffix3] = bucket(suffix3, inSuffix3)
	f[inSuffix2] = bucket(lastRunes(suffix3, 2), inSuffix2)
	f[inPrefix3] = bucket(firstRunes(buf, 3), inPrefix3)
	f[inShape] = bucket(appendShape(buf[:0], word), inShape)
	return f, buf
}

// AppendFolded appends the word in lower case, with digits as 0 and curly
// quotation marks straight: the form in which word lists hold it.
func AppendFolded(dst []byte, word string) []byte {
	for i := 0; i < len(word); i++ {
		c := word[i]
		switch {
		case c >= utf8.RuneSelf:
			return appendFoldedRunes(dst, word[i:])
		case 'A' <= c && c <= 'Z':
			c += 'a' - 'A'
		case '0' <= c && c <= '9':
			c = '0'
		}
		dst = append(dst, c)
	}
	return dst
}

func appendFoldedRunes(dst []byte, word string) []byte {
	for _, r := range word {
		switch {
		case '0' <= r && r <= '9':
			r = '0'
		case r == '‘' || r == '’':
			r = '\''
		case r == '“' || r == '”':
			r = '"'
		default:
			r = unicode.ToLower(r)
		}
		dst = utf8.AppendRune(dst, r)
	}
	return dst
}

func lastRunes(s []byte, n int) []byte {
	i := len(s)
	for ; n > 0 && i > 0; n-- {
		_, size := utf8.DecodeLastRune(s[:i])
		i -= size
	}
	return s[i:]
}

func firstRunes(s []byte, n int) []byte {
	i := 0
	for ; n > 0 && i < len(s); n-- {
		_, size := utf8.DecodeRune(s[i:])
		i += size
	}
	return s[:i]
}

// shapeLength is the most classes that a shape keeps.
const shapeLength = 8

// appendShape appends the classes of the word's characters, no class more than
// twice in a row: "Xxdd" for "Mi17".
func appendShape(dst []byte, word string) []byte {
	start := len(dst)
	for _, r := range word {
		c, n := class(r), len(dst)
		if n-start >= 2 && dst[n-1] == c && dst[n-2] == c {
			continue
		}
		if n-start == shapeLength {
			break
		}
		dst = append(dst, c)
	}
	return dst
}

func class(r rune) byte {
	switch {
	case 'a' <= r && r <= 'z':
		return 'x'
	case 'A' <= r && r <= 'Z':
		return 'X'
	case '0' <= r && r <= '9':
		return 'd'
	case r < utf8.RuneSelf:
		return byte(r) // each mark is its own class
	case r == '“' || r == '‘':
		return 'q'
	case r == '”' || r == '’':
		return 'p'
	case unicode.IsUpper(r):
		return 'X'
	case unicode.IsLetter(r):
		return 'x'
	}
	return 'u'
}

// bucket hashes s (FNV-1a, then mixed) into the rows of an input table.
func bucket(s []byte, input int) int32 {
	h := uint32(2166136261)
	for _, c := range s {
		h = (h ^ uint32(c)) * 16777619
	}
	h ^= h >> 15
	h *= 0x2c1b3c6d
	h ^= h >> 13
	return int32(h % uint32(InputSpecs[input].Rows))
}

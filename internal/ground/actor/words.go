package actor

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"casus/internal/ground/kb"
)

// A word of an actor phrase.
type word struct {
	s     string // as written, without the possessive ending
	f     string // folded
	up    bool   // begins with a capital
	caps  bool   // an acronym: two capitals and more
	poss  bool   // a possessive ending follows
	brk   bool   // a comma or bracket stands before it
	token int32  // of the document, else -1
}

// split cuts a phrase into words.
func (l *Linker) split(text string) []word {
	var ws []word
	brk := false
	for f := range strings.FieldsSeq(text) {
		var after bool
		ws, brk, after = appendWord(ws, f, brk, -1)
		brk = brk || after
	}
	return ws
}

// appendWord adds a written word. brk says that a break stands before it; the
// results say whether a break is still pending and whether one follows.
func appendWord(ws []word, f string, brk bool, token int32) (_ []word, pending, after bool) {
	for f != "" {
		r, n := utf8.DecodeRuneInString(f)
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			break
		}
		switch r {
		case '(', ',', ';', ':', '[', ')', '–', '—':
			brk = true
		case '\'', '’':
			if low := strings.ToLower(f[n:]); (low == "s" || low == "") && len(ws) > 0 {
				ws[len(ws)-1].poss = true
				return ws, brk, false
			}
		}
		f = f[n:]
	}
	for f != "" {
		r, n := utf8.DecodeLastRuneInString(f)
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '.' || r == '+' {
			break
		}
		switch r {
		case ')', ',', ';', ':', ']':
			after = true
		case '\'', '’':
			if len(f) > n && (f[len(f)-n-1] == 's' || f[len(f)-n-1] == 'S') {
				f = f[:len(f)-n]
				w := makeWord(f, brk, token)
				w.poss = true
				return append(ws, w), false, after
			}
		}
		f = f[:len(f)-n]
	}
	if f == "" {
		return ws, brk, after
	}
	poss := false
	for _, e := range [...]string{"'s", "’s", "'S", "’S"} {
		if s, ok := strings.CutSuffix(f, e); ok && s != "" {
			f, poss = s, true
			break
		}
	}
	w := makeWord(f, brk, token)
	w.poss = poss
	if w.f == "" {
		return ws, brk, after
	}
	return append(ws, w), false, after
}

func makeWord(s string, brk bool, token int32) word {
	w := word{s: s, brk: brk, token: token}
	upper := 0
	for i, r := range s {
		if unicode.IsUpper(r) {
			upper++
			w.up = w.up || i == 0
		} else if i == 0 && !unicode.IsLower(r) {
			w.up = true
		}
	}
	w.caps = upper >= 2 || upper == 1 && len(s) >= 2 && s[len(s)-1] >= '0' && s[len(s)-1] <= '9'
	// "al-Assad", "d'Ivoire", "el-Sisi" are names.
	if !w.up && upper > 0 && strings.ContainsAny(s, "-'’") {
		w.up = true
	}
	w.f = kb.Fold(s)
	return w
}

// joined appends the folded words [i, j) to dst.
func joined(dst []byte, ws []word) []byte {
	for i := range ws {
		if i > 0 {
			dst = append(dst, ' ')
		}
		dst = append(dst, ws[i].f...)
	}
	return dst
}

func text(ws []word) string {
	var b strings.Builder
	for i := range ws {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(ws[i].s)
		if ws[i].poss && i < len(ws)-1 {
			b.WriteString("'s")
		}
	}
	return b.String()
}

func (l *Linker) has(w *word, c class) bool { return l.words[w.f].class&c != 0 }

// number reports whether the word is a figure.
func number(w *word) bool { return w.f != "" && w.f[0] >= '0' && w.f[0] <= '9' && !w.caps }

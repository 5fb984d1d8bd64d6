package place

import (
	"unicode"
	"unicode/utf8"

	"casus/internal/doc"
	"casus/internal/text"
)

// A unit is a word or a mark. Tokens are cut at hyphens and slashes, so that
// "Russia-Turkey" holds two names whatever the tokeniser made of it.
type unit struct {
	span    text.Span
	tok     doc.TokenID
	sent    int32
	class   wordClass
	word    bool // has a letter
	capital bool
	upper   bool // no lower-case letter
	initial bool // first word of its sentence or quotation
}

// units cuts the tokens of the document.
func (s *scan) cut() {
	d := s.d
	for si := range d.Sentences {
		sent := &d.Sentences[si]
		initial := true
		for t := sent.First; t < sent.End && int(t) < len(d.Tokens); t++ {
			w := d.Word(t)
			start := d.Tokens[t].Span.Start
			from := 0
			for i, r := range w {
				if (r == '-' || r == '/' || r == '–' || r == '—') && len(w) > utf8.RuneLen(r) {
					s.unit(w, from, i, start, t, si, &initial)
					from = i + utf8.RuneLen(r)
				}
			}
			s.unit(w, from, len(w), start, t, si, &initial)
		}
	}
	s.headings()
}

func (s *scan) unit(w string, from, to int, start int32, t doc.TokenID, si int, initial *bool) {
	if from >= to {
		return
	}
	w = w[from:to]
	u := unit{span: text.Span{Start: start + int32(from), End: start + int32(to)}, tok: t, sent: int32(si), upper: true}
	quoted := false
	sum := false // "US$", "@Paris"
	for i, r := range w {
		switch {
		case unicode.IsUpper(r):
			u.word = true
			if i == 0 || quoted {
				u.capital = true // "d'Ivoire" counts as written large
			}
		case unicode.IsLetter(r):
			u.word, u.upper = true, false
		case r == '$' || r == '@' || r == '#' || r == '€' || r == '£':
			sum = true
		}
		quoted = r == '\'' || r == '’'
	}
	if sum {
		u.word, u.capital = false, false
	}
	if u.word {
		u.initial, *initial = *initial, false
		s.buf = appendFold(s.buf[:0], w)
		u.class = s.r.words[string(s.buf)]
	} else if r, _ := utf8.DecodeRuneInString(w); r == '"' || r == '“' || r == ':' || r == '•' {
		*initial = true
	}
	s.units = append(s.units, u)
}

// headings marks the sentences whose capitals say nothing: most of their longer words have one.
func (s *scan) headings() {
	s.heading = make([]heading, len(s.d.Sentences))
	for i := 0; i < len(s.units); {
		j, long, caps, upper := i, 0, 0, 0
		for ; j < len(s.units) && s.units[j].sent == s.units[i].sent; j++ {
			u := &s.units[j]
			if !u.word || u.span.Len() < 4 {
				continue
			}
			long++
			if u.capital {
				caps++
			}
			if u.upper {
				upper++
			}
		}
		h := &s.heading[s.units[i].sent]
		h.title = long >= 6 && caps*5 >= long*4
		h.upper = long >= 3 && upper*4 >= long*3
		i = j
	}
}

// heading says which capitals of a sentence tell nothing.
type heading struct{ title, upper bool }

// adjacent reports whether unit j follows unit j-1 after one space and no mark,
// in the same sentence.
func (s *scan) adjacent(j int) bool {
	if j <= 0 || j >= len(s.units) || s.units[j].sent != s.units[j-1].sent {
		return false
	}
	gap := text.Span{Start: s.units[j-1].span.End, End: s.units[j].span.Start}
	g := gap.Of(s.d.Text)
	return g == " " || g == "\u00a0" || g == "  "
}

// words returns the text of the units [i, j).
func (s *scan) words(i, j int) string {
	return s.d.Text[s.units[i].span.Start:s.units[j-1].span.End]
}

package token

import "strings"

// A template is one kind of feature of a candidate end. Its values are the forms
// and shapes of words around the candidate, joined by a bar.
type template uint8

const (
	tMark template = iota
	tMarkNextClass
	tMarkNext
	tMarkPrev
	tShapes
	tAbbrev
	tPrevLength
	tNextShapes
	tGap
	tInside
	tLength
	tSmall
	tPrevClass
	tNextTwo
	tAhead
	tOpened
	tPrevTwo
	tPrevShapeNext
	tGapLength
	tLine
	tStarts
	tStartsAfter
	tStyle
	tStyleShapes
	tOpener
	tCommon // no feature: its weight marks a word that is mostly written small
	templates
)

var templateNames = [templates]string{
	"mark", "mark+next-class", "mark+next", "mark+prev", "shapes", "abbrev", "prev-length", "next-shapes", "gap", "inside",
	"length", "small", "prev-class", "next-two", "ahead", "opened", "prev-two", "prev-shape+next", "gap-length", "line",
	"starts", "starts-after", "style", "style-shapes", "opener", "common",
}

// hash keys.
const (
	fnvOffset = 2166136261
	fnvPrime  = 16777619
)

// hashFeature is the key of a feature. Letters count in small form.
func hashFeature(t template, parts ...string) uint32 {
	h := uint32(fnvOffset)
	h = (h ^ uint32(t)) * fnvPrime
	for _, p := range parts {
		for i := range len(p) {
			c := p[i]
			if c >= 'A' && c <= 'Z' {
				c |= 0x20
			}
			h = (h ^ uint32(c)) * fnvPrime
		}
		h = (h ^ '|') * fnvPrime
	}
	return h
}

// A collector takes the features of a candidate. To decide it needs the sum of
// their weights; to learn it needs their names too.
type collector struct {
	model  *model
	sum    int32
	names  *[]string
	common map[string]bool // in place of the model
}

// starts says whether a word with a capital is one that is mostly written small,
// and so has its capital from the start of a sentence.
func (c *collector) starts(word string) string {
	switch {
	case c.names != nil && c.common[smallASCII(word)], c.names == nil && c.model.weight(hashFeature(tCommon, word)) != 0:
		return "yes"
	}
	return "no"
}

func (c *collector) add(t template, parts ...string) {
	if c.names != nil {
		*c.names = append(*c.names, templateNames[t]+"\t"+smallASCII(strings.Join(parts, "|")))
		return
	}
	c.sum += int32(c.model.weight(hashFeature(t, parts...)))
}

// smallASCII is how names show the letters that hashFeature counts.
func smallASCII(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' {
			return r | 0x20
		}
		return r
	}, s)
}

// features gives the features of a candidate to the collector.
func (s *seeker) features(c candidate, f *collector) {
	s.advance(c.last)
	next := c.last + 1
	mark, prev, n1 := c.mark, s.form(c.word), s.form(next)
	if c.word < s.first {
		prev = ""
	}
	quote := "-"
	if c.quote {
		quote = s.form(c.last)
	}
	prevShape, nextShape := shape(prev), shape(n1)
	kind := mark
	switch mark {
	case ".", "!", "?", "w", "W":
	case "abbr":
	default:
		if s.endMark(c.last) {
			kind = "e"
		}
	}
	f.add(tMark, mark, quote)
	f.add(tMarkNextClass, kind, nextShape[:1], quote)
	f.add(tShapes, kind, prevShape, nextShape)
	f.add(tPrevClass, kind, shape(s.form(c.word-1)), prevShape)
	f.add(tStyleShapes, kind, s.style, prevShape, nextShape)
	if f.names == nil && f.sum < hopeless {
		return
	}
	f.add(tMarkNext, kind, n1)
	f.add(tMarkPrev, kind, prev)
	f.add(tPrevShapeNext, kind, prevShape, n1)
	if mark == "abbr" {
		class, opener := s.abbrevClass(prev), "no"
		if nextShape[0] == 'A' && s.lx.look(n1).opener {
			opener = "yes"
		}
		f.add(tAbbrev, class, nextShape)
		f.add(tOpener, class, opener)
		f.add(tOpener, "any", opener, nextShape)
	}
	f.add(tStyle, kind, s.style, nextShape[:1], quote)
	if nextShape[0] == 'A' {
		starts := f.starts(n1)
		f.add(tStarts, kind, starts, prevShape)
		f.add(tStartsAfter, kind, starts, prev)
	}
	f.add(tSmall, kind, bucket(s.small), nextShape)
	if f.names == nil && f.sum < hopeless {
		return
	}
	f.add(tPrevLength, kind, bucket(len(prev)))
	f.add(tNextShapes, kind, nextShape, shape(s.form(next+1)))
	gap := "no"
	if s.toks[c.last].SpaceAfter {
		gap = "yes"
	}
	f.add(tGap, mark, gap, nextShape[:1])
	f.add(tInside, kind, s.inside(), nextShape[:1])
	length, ahead := bucket(c.last-s.first+1), bucket(s.nextEnd(next))
	f.add(tLength, kind, length)
	f.add(tNextTwo, n1, s.form(next+1))
	f.add(tAhead, kind, ahead, nextShape[:1])
	first := shape(s.form(s.first))
	f.add(tOpened, kind, first, nextShape[:1])
	f.add(tPrevTwo, s.form(c.word-1), prev, kind)
	f.add(tGapLength, kind, gap, length, ahead)
	f.add(tLine, first, bucket(s.small), kind, nextShape)
}

// hopeless is a sum of the first features that the others never mend: most words
// before a capital are dismissed so.
const hopeless = -3 * scale

// inside names the brackets and quotation marks that are open.
func (s *seeker) inside() string {
	switch {
	case s.depth > 0 && s.open:
		return "(\""
	case s.depth > 0:
		return "("
	case s.open:
		return "\""
	}
	return "-"
}

// abbrevClass names the class of an abbreviation; those in no list are acronyms,
// such as "U.S.", or initials.
func (s *seeker) abbrevClass(form string) string {
	form = strings.TrimSuffix(form, ".")
	if a := s.lx.look(form).abbrev; a != notAbbrev {
		return abbrevNames[a]
	}
	if strings.IndexByte(form, '.') >= 0 {
		return "acronym"
	}
	return "initial"
}

var abbrevNames = [...]string{"none", "title", "number", "inside", "date", "name", "place", "end", "unit"}

// bucket names a range of lengths.
func bucket(n int) string {
	switch {
	case n <= 0:
		return "0"
	case n < 7:
		return "0123456"[n : n+1]
	case n < 10:
		return "7"
	case n < 15:
		return "10"
	case n < 24:
		return "15"
	case n < 40:
		return "24"
	}
	return "40"
}

// shape names the look of a word: "Aa" capitalised, "AA" capitals, "A" one
// capital, "a", "9", "9-9" figures with marks, and marks as they are.
func shape(w string) string {
	if w == "" {
		return "^"
	}
	c, n := at(w, 0)
	switch c {
	case upper:
		if n == len(w) {
			return "A"
		}
		if w[len(w)-1] == '.' {
			return "A."
		}
		for i := n; i < len(w); {
			c, n := at(w, i)
			if c == lower {
				return "Aa"
			}
			i += n
		}
		return "AA"
	case lower:
		if w[len(w)-1] == '.' {
			return "a."
		}
		return "a"
	case digit:
		for i := range len(w) {
			if !byteClass(w[i]).wordly() {
				return "9-9"
			}
		}
		if len(w) == 4 {
			return "9999"
		}
		return "9"
	case symbol:
		return "@"
	case dots, bang:
		return "."
	}
	if len(w) > 4 {
		return w[:1]
	}
	return w
}

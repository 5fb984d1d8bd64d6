package token

import "casus/internal/doc"

// Styles of a text.
const (
	careful  = "careful"
	careless = "careless"
	headline = "headline" // of titles and headings, whose ends are marked or are those of the block
)

// styleOf tells whether a text was written with care for its marks: its longer
// paragraphs end with one, and few words after a full stop begin small. Articles
// are, mails and posts often not. In careful text a sentence ends where it says so.
func styleOf(s string, blocks []doc.Block) string {
	long, closed, small, capital := 0, 0, 0, 0
	for _, b := range blocks {
		if b.Kind == doc.Title || b.Kind == doc.Heading {
			continue
		}
		if b.Span.Len() >= minLong {
			long++
			if closes(s, line{Span: b.Span}) {
				closed++
			}
		}
		n, m := startsAfterStops(b.Span.Of(s))
		small, capital = small+n, capital+m
	}
	if closed*10 >= long*6 && small*10 <= capital {
		return careful
	}
	return careless
}

// minLong is the length in bytes of a block long enough to be a paragraph.
const minLong = 60

// startsAfterStops counts the words after a full stop that begin small, and with
// a capital. Before a small one stands a longer word in small letters, that is no
// abbreviation.
func startsAfterStops(s string) (small, capital int) {
	run := 0 // small letters before i
	for i := 0; i+2 < len(s); i++ {
		c := byteClass(s[i])
		if c == lower {
			run++
			continue
		}
		if c >= dots && c <= bang && s[i+1] == ' ' {
			switch byteClass(s[i+2]) {
			case lower:
				if run >= 5 {
					small++
				}
			case upper:
				capital++
			}
		}
		run = 0
	}
	return small, capital
}

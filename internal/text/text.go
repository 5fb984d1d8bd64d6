// Package text holds positions in a text.
//
// Inside casus a position is a byte offset into UTF-8: it is what slicing
// needs. At the border (JSON, databases, other languages) positions are
// Unicode code points; [Index] converts between the two. A [Span] is half-open:
// start included, end excluded. The text under a span never changes.
package text

import (
	"sort"
	"unicode/utf8"
)

// A Span is the half-open byte range [Start, End) of a text.
type Span struct{ Start, End int32 }

// Of returns the words of s that the span covers.
func (sp Span) Of(s string) string { return s[sp.Start:sp.End] }

// Len returns the length of the span in bytes.
func (sp Span) Len() int { return int(sp.End - sp.Start) }

// Empty reports whether the span covers nothing.
func (sp Span) Empty() bool { return sp.End <= sp.Start }

// Contains reports whether o lies inside sp.
func (sp Span) Contains(o Span) bool { return sp.Start <= o.Start && o.End <= sp.End }

// Overlaps reports whether the two spans share a byte.
func (sp Span) Overlaps(o Span) bool { return sp.Start < o.End && o.Start < sp.End }

// Cover returns the smallest span that contains both.
func (sp Span) Cover(o Span) Span {
	return Span{min(sp.Start, o.Start), max(sp.End, o.End)}
}

// stride is the number of bytes between two remembered positions of an Index.
const stride = 256

// An Index converts byte offsets of one text to code-point offsets. ASCII text
// costs nothing; other text costs one number every stride bytes.
type Index struct {
	text  string
	ascii bool
	marks []int32 // code points before byte i*stride
}

// NewIndex returns the index of s.
func NewIndex(s string) *Index {
	x := &Index{text: s, ascii: true}
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			x.ascii = false
			break
		}
	}
	if x.ascii {
		return x
	}
	x.marks = make([]int32, 0, len(s)/stride+1)
	n := int32(0)
	for i := range len(s) {
		if i%stride == 0 {
			x.marks = append(x.marks, n)
		}
		if leads(s[i]) {
			n++
		}
	}
	return x
}

// leads reports whether b begins a code point: it is not a continuation byte.
func leads(b byte) bool { return b&0xC0 != 0x80 }

// Runes returns the number of code points before byte offset off.
func (x *Index) Runes(off int) int {
	if x.ascii {
		return off
	}
	m := min(off/stride, len(x.marks)-1)
	if m < 0 {
		return 0
	}
	n := int(x.marks[m])
	for i := m * stride; i < off; i++ {
		if leads(x.text[i]) {
			n++
		}
	}
	return n
}

// Bytes returns the byte offset of code point n, the inverse of [Index.Runes].
func (x *Index) Bytes(n int) int {
	if x.ascii {
		return min(n, len(x.text))
	}
	m := sort.Search(len(x.marks), func(i int) bool { return int(x.marks[i]) > n }) - 1
	if m < 0 {
		return 0
	}
	have, i := int(x.marks[m]), m*stride
	for i < len(x.text) && (have < n || !leads(x.text[i])) {
		if leads(x.text[i]) {
			have++
		}
		i++
	}
	return i
}

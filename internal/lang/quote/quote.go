// Package quote pairs quotation marks.
//
// It owns doc.Quotes. News text is full of marks that do not pair: a quotation
// that runs over paragraphs opens in each and closes in the last, marks are
// lost in conversion, apostrophes and inches look like marks. Nothing here is
// an error: a mark that cannot be paired is passed over, or its quotation is
// given as not closed. What must hold: quotations come in order of their start,
// nest or stand apart, never cross a block, and lie on rune boundaries; the
// work is linear in the text.
package quote

import (
	"bufio"
	"bytes"
	_ "embed"
	"sort"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"casus/internal/doc"
	"casus/internal/text"
)

//go:embed en/elisions.tsv
var elisionsTSV []byte

// elisions are read once; the file is part of the binary and cannot be wrong.
var elisions = sync.OnceValue(func() map[string]bool {
	m := map[string]bool{}
	sc := bufio.NewScanner(bytes.NewReader(elisionsTSV))
	header := true
	for sc.Scan() {
		w := strings.TrimSpace(sc.Text())
		if w == "" || w[0] == '#' {
			continue
		}
		if !header {
			m[w] = true
		}
		header = false
	}
	return m
})

// maxDepth bounds the nesting that is followed; what is nested deeper in news
// is stray marks.
const maxDepth = 4

type finder struct {
	text   string
	elided map[string]bool
	marks  []mark
	after  []int // index of the next mark of the same family, or -1
	closer []int // index of the next mark of the same family that can close, or -1
	double int   // index of the first double mark of the block
	stack  []int // indexes into marks of the quotations that are open
	curly  bool  // the text uses curly marks
	out    []doc.Quote
}

// Find returns the quotations of d, by d.Text, d.Blocks and d.Tokens. Without
// blocks, lines are taken as blocks.
func Find(d *doc.Doc) []doc.Quote {
	f := &finder{text: d.Text, elided: elisions()}
	f.curly = strings.Contains(d.Text, "“") && strings.Contains(d.Text, "”")
	blocks := blocksOf(d)
	ranOn := false // the block before ended inside a quotation
	for i, b := range blocks {
		next := false
		if i+1 < len(blocks) {
			next = f.opensWithMark(blocks[i+1])
		}
		from := len(f.out)
		ran := f.block(b, ranOn, next)
		sortQuotes(f.out[from:])
		ranOn = ran
	}
	depths(f.out)
	f.tokens(d.Tokens)
	return f.out
}

// blocksOf returns the spans of the blocks, without blank ends.
func blocksOf(d *doc.Doc) []text.Span {
	var out []text.Span
	if len(d.Blocks) > 0 {
		for _, b := range d.Blocks {
			if sp := trim(d.Text, b.Span); !sp.Empty() {
				out = append(out, sp)
			}
		}
		return out
	}
	start := 0
	for start <= len(d.Text) {
		end := strings.IndexByte(d.Text[start:], '\n')
		if end < 0 {
			end = len(d.Text)
		} else {
			end += start
		}
		if sp := trim(d.Text, text.Span{Start: int32(start), End: int32(end)}); !sp.Empty() {
			out = append(out, sp)
		}
		start = end + 1
	}
	return out
}

func trim(s string, sp text.Span) text.Span {
	w := sp.Of(s)
	l := len(w) - len(strings.TrimLeftFunc(w, unicode.IsSpace))
	sp.Start += int32(l)
	sp.End = sp.Start + int32(len(strings.TrimSpace(w)))
	return sp
}

// opensWithMark reports whether the block begins with a mark that can open.
func (f *finder) opensWithMark(b text.Span) bool {
	w := b.Of(f.text)
	r, n := utf8.DecodeRuneInString(w)
	if strings.HasPrefix(w, "``") || strings.HasPrefix(w, "''") {
		n = 2
	}
	sh, ok := shapes[r]
	if !ok || sh.shape == closing && sh.family != single || n >= len(w) {
		return false
	}
	next, _ := utf8.DecodeRuneInString(w[n:])
	if sh.family == single && n < 2 && f.apostrophe(sh.shape, 0, next, w[n:]) {
		return false
	}
	return !unicode.IsSpace(next)
}

// block pairs the marks of one block. ranOn says that the block before ended
// inside a quotation, next that the block after opens with a mark. It reports
// whether this block ends inside a quotation too.
func (f *finder) block(b text.Span, ranOn, next bool) bool {
	f.collect(b.Of(f.text), b.Start)
	f.look()
	f.stack = f.stack[:0]
	for i := range f.marks {
		m := &f.marks[i]
		switch {
		case f.closes(i):
			f.close(i)
		case f.opensAt(i):
			f.reopen(b, i)
			if len(f.stack) < maxDepth {
				f.stack = append(f.stack, i)
			}
		case ranOn && i == f.double && m.right && len(f.stack) == 0:
			// The quotation of the block before goes on without a new mark.
			f.add(text.Span{Start: b.Start, End: m.end}, text.Span{Start: b.Start, End: m.start}, true)
		case f.lostOpener(b, i):
			f.add(text.Span{Start: b.Start, End: m.end}, text.Span{Start: b.Start, End: m.start}, true)
		}
	}
	ran := f.unclosed(b, next)
	if ranOn {
		for i := range f.out {
			if q := &f.out[len(f.out)-1-i]; q.Span.Start < b.Start {
				break
			} else if q.Span.Start == b.Start {
				q.Continues = true
			}
		}
	}
	return ran
}

// look finds for each mark what follows it, so that pairing need not search.
func (f *finder) look() {
	n := len(f.marks)
	f.after, f.closer = append(f.after[:0], make([]int, n)...), append(f.closer[:0], make([]int, n)...)
	f.double = -1
	var next, closer [corner + 1]int
	for i := range next {
		next[i], closer[i] = -1, -1
	}
	for i := n - 1; i >= 0; i-- {
		m := &f.marks[i]
		f.after[i], f.closer[i] = next[m.family], closer[m.family]
		next[m.family] = i
		if m.right && m.shape != opening {
			closer[m.family] = i
		}
		if m.family == double {
			f.double = i
		}
	}
}

// openOf returns the position in the stack of the innermost open quotation of
// the family, or -1.
func (f *finder) openOf(fam family) int {
	for i := len(f.stack) - 1; i >= 0; i-- {
		if f.marks[f.stack[i]].family == fam {
			return i
		}
	}
	return -1
}

// closes reports whether mark i ends the open quotation of its family.
func (f *finder) closes(i int) bool {
	m := &f.marks[i]
	at := f.openOf(m.family)
	if at < 0 {
		return false
	}
	switch {
	case m.family == single:
		// Singles close only what is innermost, and a possessive plural only
		// when no better mark follows.
		if at != len(f.stack)-1 || !m.right || m.shape == opening {
			return false
		}
		return !m.plural || !f.closerNext(i)
	case m.shape == closing:
		return true
	case m.shape == opening:
		// “like this“, or „so“.
		return m.right && !m.left
	case m.digit && f.closerNext(i):
		return false // inches
	}
	return m.right || !m.left
}

// closerNext reports whether the next mark of the family is one that can only
// close, so that mark i need not.
func (f *finder) closerNext(i int) bool {
	j := f.after[i]
	return j >= 0 && f.marks[j].right && !f.marks[j].left && f.marks[j].shape != opening
}

// opensAt reports whether mark i begins a quotation.
func (f *finder) opensAt(i int) bool {
	m := &f.marks[i]
	switch {
	case m.family == single:
		return m.left && m.shape != closing && (f.closer[i] >= 0 || i == 0 && m.shape == opening)
	case m.digit && m.straight:
		return false
	case m.shape == opening:
		return m.left || !m.right
	case m.shape == closing:
		// A mark turned the wrong way, or the reversed style »so«.
		return m.left && !m.right && f.after[i] >= 0 && f.marks[f.after[i]].right
	}
	return m.left
}

// close pairs mark i with the innermost open one of its family; quotations of
// other families left open inside are strays.
func (f *finder) close(i int) {
	m := f.marks[i]
	at := f.openOf(m.family)
	o := f.marks[f.stack[at]]
	f.stack = f.stack[:at]
	f.add(text.Span{Start: o.start, End: m.end}, text.Span{Start: o.end, End: m.start}, true)
}

// reopen looks at an opening mark inside an open quotation of the same family.
// If two closing marks follow, it is nested; else the earlier one was never
// closed, and ends here.
func (f *finder) reopen(b text.Span, i int) {
	m := f.marks[i]
	at := f.openOf(m.family)
	if at < 0 || m.family == single {
		return
	}
	closers := 0
	for j := f.after[i]; j >= 0 && closers < 2 && f.marks[j].shape != opening && f.marks[j].right; j = f.after[j] {
		closers++
	}
	o := f.marks[f.stack[at]]
	if closers == 2 || f.blockQuote(b, o) {
		return
	}
	f.stack = f.stack[:at]
	if o.straight && f.curly {
		return
	}
	f.add(text.Span{Start: o.start, End: m.start}, text.Span{Start: o.end, End: m.start}, false)
}

// blockQuote reports whether a straight mark opens a block of a text that is
// otherwise set with curly marks: some sites mark a block quotation so.
func (f *finder) blockQuote(b text.Span, o mark) bool {
	return f.curly && o.straight && o.family == double && o.start == b.Start
}

// lostOpener reports whether mark i closes a quotation whose opening mark was
// lost, as a drop cap at the beginning of a block often loses it: the block's
// first mark, after a stop, within its first sentence.
func (f *finder) lostOpener(b text.Span, i int) bool {
	m := f.marks[i]
	if m.family != double || m.shape != closing || !m.right || m.digit || len(f.stack) > 0 || i != f.double {
		return false
	}
	w := f.text[b.Start:m.start]
	if w == "" || !strings.ContainsRune(",?!", rune(w[len(w)-1])) {
		return false
	}
	return !strings.ContainsAny(w[:len(w)-1], ".?!:—–")
}

// unclosed gives what is still open at the end of the block, and reports
// whether a quotation runs on into the next.
func (f *finder) unclosed(b text.Span, next bool) bool {
	ran := false
	for _, i := range f.stack {
		o := f.marks[i]
		switch {
		case o.family == single && !(next && o.start == b.Start):
			continue
		case o.straight && f.curly && !f.blockQuote(b, o):
			continue
		}
		f.add(text.Span{Start: o.start, End: b.End}, text.Span{Start: o.end, End: b.End}, false)
		ran = true
	}
	return ran
}

// add keeps a quotation that holds something.
func (f *finder) add(span, inner text.Span, closed bool) {
	in := trim(f.text, inner)
	if in.Empty() {
		return
	}
	if !closed {
		span.End = in.End
	}
	f.out = append(f.out, doc.Quote{Span: span, Inner: in, Closed: closed})
}

func sortQuotes(q []doc.Quote) {
	sort.SliceStable(q, func(i, j int) bool {
		if q[i].Span.Start != q[j].Span.Start {
			return q[i].Span.Start < q[j].Span.Start
		}
		return q[i].Span.End > q[j].Span.End
	})
}

// depths sets the depth of each quotation, by those that hold it.
func depths(qs []doc.Quote) {
	var open []int32 // ends
	for i := range qs {
		for len(open) > 0 && open[len(open)-1] <= qs[i].Span.Start {
			open = open[:len(open)-1]
		}
		qs[i].Depth = uint8(min(len(open), 255))
		open = append(open, qs[i].Span.End)
	}
}

// tokens sets the tokens that lie inside each quotation.
func (f *finder) tokens(tokens []doc.Token) {
	at := 0
	for i := range f.out {
		q := &f.out[i]
		for at < len(tokens) && tokens[at].Span.Start < q.Inner.Start {
			at++
		}
		end := at + sort.Search(len(tokens)-at, func(j int) bool { return tokens[at+j].Span.End > q.Inner.End })
		q.First, q.End = doc.TokenID(at), doc.TokenID(end)
	}
}

package token

import (
	"fmt"
	"io/fs"
	"path"
	"strings"

	"casus/internal/doc"
	"casus/internal/table"
	"casus/internal/text"
)

// What a phrase of en/layout.tsv is known for; a phrase may be several things.
const (
	monthWord = 1 << iota
	dayWord
	dateWord
	labelWord
	particleWord
	agencyWord
)

// layoutWords are the words by which blocks are known.
type layoutWords struct {
	words    map[string]uint8
	bylines  []string
	captions []string
	credits  []string
}

func loadLayout(fsys fs.FS, lang string) (*layoutWords, error) {
	lw := &layoutWords{words: map[string]uint8{}}
	err := table.Read(fsys, path.Join(lang, "layout.tsv"), []string{"phrase", "class"}, func(row *table.Row) error {
		phrase := row.Get("phrase")
		if phrase == "" || phrase != strings.ToLower(phrase) {
			return row.Errorf("phrase %q: want small letters", phrase)
		}
		switch class := row.Get("class"); class {
		case "byline":
			lw.bylines = append(lw.bylines, phrase)
		case "caption":
			lw.captions = append(lw.captions, phrase)
		case "credit":
			lw.credits = append(lw.credits, phrase)
		case "month":
			lw.words[phrase] |= monthWord
		case "day":
			lw.words[phrase] |= dayWord
		case "date":
			lw.words[phrase] |= dateWord
		case "label":
			lw.words[phrase] |= labelWord
		case "agency":
			lw.words[phrase] |= agencyWord
		case "particle":
			lw.words[phrase] |= particleWord
		default:
			return row.Errorf("unknown class %q", class)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("load layout words: %w", err)
	}
	return lw, nil
}

// of returns what a word is known for.
func (lw *layoutWords) of(word string) uint8 {
	var low [maxForm]byte
	if len(word) > maxForm {
		return 0
	}
	for i := range len(word) {
		low[i] = word[i]
		if low[i] >= 'A' && low[i] <= 'Z' {
			low[i] |= 0x20
		}
	}
	return lw.words[string(low[:len(word)])]
}

// A page is the text whose blocks are being named.
type page struct {
	lw     *layoutWords
	text   string
	blocks []doc.Block
	labels []int // of each block, the end of the label before its colon, or 0
	turns  bool  // the blocks are turns of a conversation
}

// blocks returns the blocks of a document with their kinds.
func (s *Splitter) blocks(d *doc.Doc) []doc.Block {
	var blocks []doc.Block
	if d.Body > 0 {
		if a, b := trim(d.Text, 0, int(d.Body)); a < b {
			blocks = append(blocks, doc.Block{Kind: doc.Title, Span: text.Span{Start: int32(a), End: int32(b)}})
		}
	}
	first := len(blocks)
	for _, sp := range blockSpans(d.Text, splitLines(d.Text, int(d.Body), len(d.Text))) {
		blocks = append(blocks, doc.Block{Span: sp})
	}
	p := page{lw: s.layout, text: d.Text, blocks: blocks[first:]}
	p.findLabels()
	for i := range p.blocks {
		p.name(i)
	}
	return blocks
}

// name decides the kind of a block.
func (p *page) name(i int) {
	b := &p.blocks[i]
	t := b.Span.Of(p.text)
	switch {
	case bullet(t) > 0:
		b.Kind = doc.ListItem
	case p.onlyDate(t):
		b.Kind = doc.Dateline
	case p.byline(t):
		b.Kind = doc.Byline
	case p.caption(t):
		b.Kind = doc.Caption
	case p.turns && p.labels[i] > 0:
		b.Kind = doc.Speaker
	default:
		switch n := p.dateline(t, i); {
		case n == len(t):
			b.Kind = doc.Dateline
		case n > 0:
			b.Dateline = text.Span{Start: b.Span.Start, End: b.Span.Start + int32(n)}
		case p.heading(i, t):
			b.Kind = doc.Heading
		}
	}
}

// nextWord cuts the first word of s, without the marks around it.
func nextWord(s string) (word, rest string) {
	s = strings.TrimLeft(s, " \t\n\r\u00a0")
	end := strings.IndexAny(s, " \t\n\r")
	if end < 0 {
		end = len(s)
	}
	return strings.Trim(s[:end], ",.;:()[]|–—-\"“”"), s[end:]
}

// countWords counts the words of s, up to limit+1.
func countWords(s string, limit int) int {
	n := 0
	in := false
	for i := 0; i < len(s) && n <= limit; i++ {
		blank := s[i] <= ' '
		if !blank && !in {
			n++
		}
		in = !blank
	}
	return n
}

// maxDate is the length in bytes of the longest line that may be only a date.
const maxDate = 80

// onlyDate reports whether a block holds a date, and nothing else.
func (p *page) onlyDate(t string) bool {
	if len(t) > maxDate {
		return false
	}
	dated, figure := false, false
	for rest := t; ; {
		var w string
		w, rest = nextWord(rest)
		if w == "" {
			if strings.TrimSpace(rest) == "" {
				return dated && figure
			}
			continue
		}
		if w[0] >= '0' && w[0] <= '9' {
			digits, marks := countDigits(w)
			if digits+marks < len(w) && p.lw.of(strings.TrimLeft(w, "0123456789:.")) == 0 {
				return false
			}
			figure = true
			dated = dated || digits >= 6 && marks >= 2
			continue
		}
		k := p.lw.of(w)
		if k&(monthWord|dayWord|dateWord) == 0 {
			return false
		}
		dated = dated || k&(monthWord|dayWord) != 0
	}
}

// countDigits counts the digits of a word and the marks of dates and times.
func countDigits(w string) (digits, marks int) {
	for i := range len(w) {
		switch {
		case w[i] >= '0' && w[i] <= '9':
			digits++
		case strings.IndexByte("/-.:", w[i]) >= 0:
			marks++
		}
	}
	return digits, marks
}

// maxByline is the number of words of the longest byline.
const maxByline = 16

// byline reports whether a block says who wrote the article.
func (p *page) byline(t string) bool {
	t = strings.TrimLeft(t, "(— ")
	phrase := opener(t, p.lw.bylines)
	if phrase == "" {
		return false
	}
	rest := strings.TrimLeft(t[len(phrase):], ": ")
	if rest == "" {
		return false
	}
	if c, _ := at(rest, 0); c != upper || countWords(t, 2*maxByline) > 2*maxByline {
		return false
	}
	if strings.IndexByte(phrase, ' ') > 0 {
		return true // "Reporting by …" is said of nothing else
	}
	return countWords(t, maxByline) <= maxByline && strings.IndexByte(".!?\"", t[len(t)-1]) < 0 && !strings.HasSuffix(t, "”")
}

// opener returns the longest phrase that s begins with, in any case, or "".
func opener(s string, phrases []string) string {
	best := ""
	for _, ph := range phrases {
		n := len(ph)
		if n <= len(best) || n > len(s) || s[0]|0x20 != ph[0]|0x20 || !strings.EqualFold(s[:n], ph) {
			continue
		}
		if n < len(s) && byteClass(ph[n-1]).wordly() {
			if c, _ := at(s, n); c.wordly() {
				continue
			}
		}
		best = s[:n]
	}
	return best
}

// maxCaption is the length in bytes of the longest caption known by its credit.
const maxCaption = 500

// caption reports whether a block describes a picture.
func (p *page) caption(t string) bool {
	if opener(t, p.lw.captions) != "" {
		return true
	}
	if len(t) > maxCaption {
		return false
	}
	tail := t[max(0, len(t)-80):]
	if strings.IndexByte(tail, '/') < 0 && strings.IndexByte(tail, '(') < 0 {
		return false
	}
	tail = strings.ToLower(tail)
	for _, c := range p.lw.credits {
		if strings.Contains(tail, c) {
			return true
		}
	}
	return false
}

// Limits of a heading between paragraphs.
const (
	maxHeading      = 100
	maxHeadingWords = 14
)

// heading reports whether a short block without a closing mark stands above
// another block.
func (p *page) heading(i int, t string) bool {
	if i+1 >= len(p.blocks) || len(t) > maxHeading || countWords(t, maxHeadingWords) > maxHeadingWords {
		return false
	}
	if c, _ := at(t, 0); c == lower {
		return false
	}
	switch before(t, len(t)) {
	case dots, bang, quote, apostrophe, dash, hyphen, closing:
		return false
	case other:
		return t[len(t)-1] == '%'
	}
	return true
}

// findLabels notes the blocks that begin with a label and a colon, as the turns
// of a transcript do, and decides whether the page is one: it has two labels in
// capitals, or labels that come again.
func (p *page) findLabels() {
	p.labels = make([]int, len(p.blocks))
	var seen map[string]int
	capitals, named := 0, 0
	for i := range p.blocks {
		t := p.blocks[i].Span.Of(p.text)
		n, caps := p.label(t)
		if n == 0 {
			continue
		}
		if seen == nil {
			seen = map[string]int{}
		}
		p.labels[i] = n
		seen[t[:n]]++
		if caps {
			capitals++
		} else {
			named++
		}
	}
	again := 0
	for _, n := range seen {
		if n > 1 {
			again++
		}
	}
	p.turns = capitals >= 2 || named >= 3 && again >= 2
	if p.turns && named > 0 && named < 3 {
		for i := range p.blocks {
			if n := p.labels[i]; n > 0 && !inCapitals(p.blocks[i].Span.Of(p.text)[:n]) {
				p.labels[i] = 0
			}
		}
	}
}

// maxLabel is the length in bytes of the longest label of a turn.
const maxLabel = 60

// label returns the end of the label of a turn, its colon included, or 0, and
// whether it is written in capitals.
func (p *page) label(t string) (n int, caps bool) {
	n = strings.IndexByte(t[:min(len(t), maxLabel)], ':')
	if n < 1 || n+1 >= len(t) || t[n+1] != ' ' || p.lw.of(t[:n])&labelWord != 0 {
		return 0, false
	}
	label := t[:n]
	if c, _ := at(label, 0); c != upper {
		return 0, false
	}
	if inCapitals(label) {
		if n == 1 && label != "Q" && label != "A" || countWords(label, 6) > 6 {
			return 0, false
		}
		return n + 1, true
	}
	for rest := label; strings.TrimSpace(rest) != ""; {
		var w string
		if w, rest = nextWord(rest); w == "" {
			continue
		}
		if c, _ := at(w, 0); c != upper {
			return 0, false
		}
	}
	if countWords(label, 4) > 4 {
		return 0, false
	}
	return n + 1, false
}

// inCapitals reports whether s has letters and all of them are capitals.
func inCapitals(s string) bool {
	some := false
	for i := 0; i < len(s); {
		c, n := at(s, i)
		switch c {
		case lower:
			return false
		case upper:
			some = true
		}
		i += n
	}
	return some
}

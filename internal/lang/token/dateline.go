package token

import "strings"

// maxDateline is the length in bytes of the longest dateline.
const maxDateline = 100

// dateline returns the length of the dateline that opens a paragraph, up to and
// with its dash: "MEXICO CITY, Jan 13 (Reuters) —". It is made of words in
// capitals, names after a comma, a date and an agency in brackets. A place in
// small letters needs one of the latter two, or a dash before a new sentence at
// the top of the article; a colon needs capitals there. The dash may lack after
// an agency that is known: "Lima (CNN) The".
func (p *page) dateline(t string, block int) int {
	d := datelineScan{p: p, t: t, top: block < 3}
	return d.scan()
}

type datelineScan struct {
	p   *page
	t   string
	top bool // near the top of the article

	capitals, names, dates, agencies int
	known                            bool // one of the agencies
}

func (d *datelineScan) scan() int {
	i := 0
	comma := false
	for i < len(d.t) && i < maxDateline {
		c, n := at(d.t, i)
		switch {
		case c == space:
			i += n
			continue
		case c == dash, c == hyphen, d.t[i] == '_':
			return d.end(i)
		case d.t[i] == ':':
			if d.capitals > 0 && d.capitals <= 3 && d.names == 0 && d.top && d.opensSentence(i+1) || d.known {
				return i + 1
			}
			return 0
		case d.t[i] == '(':
			k := strings.IndexByte(d.t[i:min(len(d.t), i+40)], ')')
			if k < 2 {
				return 0
			}
			name := d.t[i+1 : i+k]
			if strings.ContainsAny(name, "-–") && len(name) < 12 {
				return 0 // (R-Texas)
			}
			d.agencies++
			i += k + 1
			if d.p.lw.of(name)&agencyWord != 0 {
				if d.known = true; d.opensSentence(i) {
					return i
				}
			}
			continue
		case d.t[i] == ',', d.t[i] == '/', d.t[i] == '.', d.t[i] == '&':
			comma = comma || d.t[i] == ','
			i++
			continue
		case !c.wordly():
			return 0
		}
		end := wordEnd(d.t, i)
		if !d.word(d.t[i:end], comma) {
			return 0
		}
		i = end
	}
	return 0
}

// wordEnd returns the end of the word at i; a hyphen or apostrophe between
// letters is inside it.
func wordEnd(t string, i int) int {
	for i < len(t) {
		c, n := at(t, i)
		if c == hyphen || c == apostrophe {
			if i+n >= len(t) {
				return i
			}
			if c2, _ := at(t, i+n); !c2.letter() {
				return i
			}
		} else if !c.wordly() {
			return i
		}
		i += n
	}
	return i
}

// word takes a word into account and reports whether a dateline may hold it.
func (d *datelineScan) word(w string, comma bool) bool {
	k := d.p.lw.of(w)
	c, _ := at(w, 0)
	switch {
	case k&labelWord != 0 && d.capitals+d.names == 0:
		return false // UPDATE 1 -
	case c == digit, k&(monthWord|dayWord) != 0 && c == upper:
		d.dates++
		return d.capitals+d.names > 0
	case len(w) > 1 && inCapitals(w):
		d.capitals++
		return d.capitals <= 6
	case c == upper && (comma || d.capitals == 0):
		d.names++
		return d.names <= 4
	case k&particleWord != 0:
		return d.capitals+d.names > 0
	}
	return false
}

// end judges the words before the dash at i and returns the end of the dateline.
func (d *datelineScan) end(i int) int {
	k := i
	for k < len(d.t) {
		c, n := at(d.t, k)
		if c != dash && c != hyphen && d.t[k] != '_' { // old wire reports have _ for a dash
			break
		}
		k += n
	}
	switch {
	case i == 0:
		return 0
	case k == len(d.t) && (d.capitals > 0 || d.known):
		return k // it stands alone
	case k == len(d.t):
		return 0
	}
	spaced := before(d.t, i) == space || before(d.t, i) == closing
	after, _ := at(d.t, k)
	if short := d.t[i] == '-' && k == i+1; !spaced && (short && after != space || (short || after != space) && d.capitals == 0) {
		return 0 // a hyphen inside a word
	}
	switch {
	case d.agencies > 0 && after == space:
		return k
	case d.capitals > 0 && d.opensSentence(k):
		return k
	case d.names > 0 && d.opensSentence(k) && (d.dates > 0 || d.top && d.t[i] != '-' && d.names <= 3):
		return k
	}
	return 0
}

// opensSentence reports whether a capital, a figure or a quotation stands after
// the blank at i.
func (d *datelineScan) opensSentence(i int) bool {
	for i < len(d.t) {
		c, n := at(d.t, i)
		if c == space {
			i += n
			continue
		}
		return c == upper || c == digit || c == quote || c == apostrophe
	}
	return false
}

package claim

import (
	"math"
	"strconv"
	"strings"

	"casus/internal/doc"
	"casus/internal/text"
)

// A number is a number expression and the interval it stands for.
type number struct {
	first, end doc.TokenID // of the number itself, with sign, percent and currency
	low, high  float64     // high is +Inf when open
	vague      bool        // "dozens", "several": the interval is a manner of speaking
	plain      bool        // a bare figure or number word, without scale, sign or bound
	currency   string      // ISO 4217
	percent    bool
	points     bool // percentage points: a difference
	part       bool // a fraction: "half of"
	hedge      text.Span
	hasHedge   bool
	effect     string
}

// exact reports that the interval is a point.
func (n *number) exact() bool { return n.low == n.high }

// A scanner reads number expressions off the tokens of one document.
type scanner struct {
	*lexicon
	d     *doc.Doc
	lower []string // words in lower case
}

func newScanner(lx *lexicon, d *doc.Doc) *scanner {
	s := &scanner{lexicon: lx, d: d, lower: make([]string, len(d.Tokens))}
	for i := range d.Tokens {
		s.lower[i] = lower(d.Word(doc.TokenID(i)))
	}
	return s
}

// lower is strings.ToLower without its cost for words already in lower case.
func lower(w string) string {
	for i := range len(w) {
		if c := w[i]; c >= 'A' && c <= 'Z' || c >= 0x80 {
			return strings.ToLower(w)
		}
	}
	return w
}

func (s *scanner) word(t doc.TokenID) string {
	if t < 0 || int(t) >= len(s.lower) {
		return ""
	}
	return s.lower[t]
}

// scan returns the number expressions of the sentence, in order.
func (s *scanner) scan(sent doc.Sentence) []number {
	var out []number
	for t := sent.First; t < sent.End; {
		n, ok := s.number(t, sent.End)
		if !ok {
			t++
			continue
		}
		s.ranges(&n, sent)
		s.bounds(&n, sent)
		if k := len(out); k > 0 {
			s.sameMoney(&n, &out[k-1])
		}
		out = append(out, n)
		t = max(n.end, t+1)
	}
	return out
}

// millions is the least amount that may leave out the currency of the amount
// before it: "cost 9 billion kroner and brought in 6 billion".
const millions = 1e6

// sameMoney gives a great number without a noun the currency of the one before.
func (s *scanner) sameMoney(n, before *number) {
	if n.currency != "" || n.percent || n.low < millions || before.currency == "" || s.word(n.end) == "of" || n.vague {
		return
	}
	if int(n.end) < len(s.d.Tags) {
		if u := s.d.Tags[n.end].UPOS; u == "NOUN" || u == "ADJ" || u == "PROPN" {
			return
		}
	}
	n.currency = before.currency
}

// number reads a number at t: "$1.2 billion", "twenty-three", "tens of
// thousands", "half a million", "several hundred", "12 percent".
func (s *scanner) number(t, end doc.TokenID) (number, bool) {
	n := number{first: t, end: t}
	code, signed := s.money[s.word(t)]
	signed = signed && !isWord(s.word(t))
	if signed {
		n.end++
	}
	ok := s.vague(&n, end) || s.figure(&n, end) || s.words(&n, end)
	if !ok {
		return n, false
	}
	if signed {
		if c := s.money[s.word(t-1)+s.word(t)]; c != "" && s.word(t-1) != "" { // NZ $ 26 million
			code, n.first = c, t-1
		}
		n.currency, n.plain = code, false
	}
	s.suffix(&n, end)
	return n, true
}

// isWord reports whether the token begins with a letter, so is no sign; "us$" is one.
func isWord(w string) bool {
	return w != "" && w[0] >= 'a' && w[0] <= 'z' && !strings.HasSuffix(w, "$")
}

// vague reads plurals of unknown number: "dozens", "tens of thousands".
func (s *scanner) vague(n *number, end doc.TokenID) bool {
	w, ok := s.numeral(n.end)
	if !ok || w.kind != "vague" || n.end >= end {
		return false
	}
	n.low, n.high, n.vague = w.low, w.high, true
	n.end++
	if s.word(n.end) == "of" && n.end+1 < end {
		if o, ok := s.numeral(n.end + 1); ok && o.kind == "vague" {
			scale := o.low / 2
			n.low, n.high = n.low*scale, n.high*scale
			n.end += 2
		}
	}
	return true
}

// numeral looks the token up in the number words.
func (s *scanner) numeral(t doc.TokenID) (numberWord, bool) {
	w, ok := s.numerals[s.word(t)]
	return w, ok
}

// figure reads digits and the scales after them.
func (s *scanner) figure(n *number, end doc.TokenID) bool {
	if n.end >= end {
		return false
	}
	v, percent, ok := s.digits(s.word(n.end))
	if !ok {
		return false
	}
	n.end++
	n.plain = true
	v = s.scales(n, v, end)
	n.low, n.high = v, v
	if percent {
		n.percent, n.plain = true, false
	}
	return true
}

// digits reads "1,200", "3.5", "5m", "1.2bn", "12%"; not ordinals, decades,
// times or words glued to figures.
func (s *scanner) digits(w string) (v float64, percent, ok bool) {
	if w == "" || w[0] < '0' || w[0] > '9' {
		return 0, false, false
	}
	i := 0
	for i < len(w) && (w[i] >= '0' && w[i] <= '9' || w[i] == ',' || w[i] == '.') {
		i++
	}
	num := strings.TrimRight(w[:i], ",.")
	if strings.Count(num, ".") > 1 || len(num) > 1 && num[0] == '0' && num[1] != '.' {
		return 0, false, false
	}
	v, err := strconv.ParseFloat(strings.ReplaceAll(num, ",", ""), 64)
	if err != nil || len(num) > 18 {
		return 0, false, false
	}
	switch rest := w[i:]; rest {
	case "":
		return v, false, true
	case "%":
		return v, true, true
	default:
		if sc, ok := s.numerals[rest]; ok && sc.kind == "scale" {
			return math.Round(v*sc.low*1000) / 1000, false, true
		}
		if rest == "k" {
			return v * 1000, false, true
		}
	}
	return 0, false, false
}

// scales multiplies by the scale words that follow.
func (s *scanner) scales(n *number, v float64, end doc.TokenID) float64 {
	for n.end < end {
		t := n.end
		if s.word(t) == "-" && t+1 < end {
			t++
		}
		w, ok := s.numeral(t)
		if !ok || w.kind != "scale" {
			break
		}
		v = math.Round(v*w.low*1000) / 1000 // 4.1 billion is no 4,099,999,999.9999995
		n.end = t + 1
		n.plain = false
	}
	return v
}

// words reads a number written in words.
func (s *scanner) words(n *number, end doc.TokenID) bool {
	start := n.end
	if s.fraction(n, end) || s.some(n, end) {
		return true
	}
	t := start
	if w := s.word(t); (w == "a" || w == "an") && t+1 < end {
		if w, ok := s.numeral(t + 1); !ok || w.kind != "scale" && w.kind != "group" {
			return false
		}
		t++
	}
	total, cur, any := 0.0, 0.0, false
	for t < end {
		w, ok := s.numeral(t)
		if !ok && any && (s.word(t) == "-" || s.word(t) == "and" && cur >= 100) && t+1 < end {
			if w, ok = s.numeral(t + 1); !ok || w.kind != "unit" && w.kind != "ten" || s.word(t) == "-" && math.Mod(cur, 10) != 0 {
				break
			}
			t++
		} else if !ok {
			break
		}
		done := false
		switch w.kind {
		case "unit", "ten":
			if any && math.Mod(cur, 10) != 0 || any && w.kind == "ten" && math.Mod(cur, 100) != 0 {
				done = true
				break
			}
			cur += w.low
		case "scale":
			cur = max(cur, 1) * w.low
			if w.low >= 1000 {
				total, cur = total+cur, 0
			}
		case "group":
			cur = max(cur, 1) * w.low
		default:
			done = true
		}
		if done {
			break
		}
		any = true
		t++
		if w.kind == "group" && s.word(t) == "of" { // a couple of hundred
			if o, ok := s.numeral(t + 1); ok && (o.kind == "scale" || o.kind == "group") && t+1 < end {
				t++
			}
		}
	}
	if !any {
		return false
	}
	n.plain = t == start+1
	n.low = total + cur
	n.high = n.low
	n.end = t
	return true
}

// fraction reads "half", "a third", "two thirds", "three-quarters", and "half a million".
func (s *scanner) fraction(n *number, end doc.TokenID) bool {
	t, times := n.end, 1.0
	switch w, ok := s.numeral(t); {
	case s.word(t) == "a" || s.word(t) == "one":
		t++
	case ok && w.kind == "unit" && w.low < 10:
		times = w.low
		t++
	}
	if t > n.end && s.word(t) == "-" {
		t++
	}
	w, ok := s.numeral(t)
	if !ok || w.kind != "part" || t >= end {
		return false
	}
	v := times * w.low
	t++
	if a := s.word(t); a == "a" || a == "of" && s.word(t+1) == "a" || a == "-" && s.word(t+1) == "a" { // half a million
		for s.word(t) != "a" {
			t++
		}
		if sc, ok := s.numeral(t + 1); ok && sc.kind == "scale" && t+1 < end {
			n.low, n.high, n.end = v*sc.low, v*sc.low, t+2
			return true
		}
		if sc, ok := s.numeral(t + 1); ok && sc.kind == "group" && t+1 < end {
			n.low, n.high, n.end = v*sc.low, v*sc.low, t+2
			return true
		}
		t = t - 1
	}
	if v > 1 || t > end {
		return false
	}
	if a := s.word(t); a != "of" && a != "the" && a != "its" && a != "their" && a != "all" {
		return false // "a third minister", "half"
	}
	n.low, n.high, n.end = 100*v, 100*v, t
	n.percent, n.part = true, true
	return true
}

// some reads "several hundred", "a few dozen", "a handful".
func (s *scanner) some(n *number, end doc.TokenID) bool {
	t := n.end
	if s.word(t) == "a" {
		t++
	}
	w, ok := s.numeral(t)
	if !ok || w.kind != "some" || t >= end {
		return false
	}
	if s.word(t) == "few" && t == n.end { // "few" alone denies
		return false
	}
	low, high := w.low, w.high
	t++
	for t < end {
		sc, ok := s.numeral(t)
		if !ok || sc.kind != "scale" && sc.kind != "group" {
			break
		}
		low, high = low*sc.low, high*sc.low
		t++
	}
	n.low, n.high, n.vague, n.end = low, high, true, t
	return true
}

// suffix reads percent and currency names after the number.
func (s *scanner) suffix(n *number, end doc.TokenID) {
	t := n.end
	if t < end && s.word(t) == "-" && t+1 < end {
		t++
	}
	if t >= end {
		return
	}
	switch w := s.word(t); w {
	case "%", "percent", "pct":
		n.percent, n.plain, n.end = true, false, t+1
	case "per":
		if s.word(t+1) == "cent" && t+1 < end {
			n.percent, n.plain, n.end = true, false, t+2
		}
	case "percentage":
		if p := s.word(t + 1); (p == "points" || p == "point") && t+1 < end {
			n.percent, n.points, n.plain, n.end = true, true, false, t+2
		}
	default:
		if n.currency != "" || n.part {
			return
		}
		at := t
		if w == "of" && n.vague { // millions of dollars
			at++
		}
		for skip := 0; skip < 2 && at < end; skip++ { // 40 million Canadian dollars
			if code, ok := s.money[s.word(at)]; ok && isWord(s.word(at)) {
				n.currency, n.plain, n.end = code, false, at+1
				if c := s.nationMoney(at); c != "" {
					n.currency = c
				}
				return
			}
			if s.d.Tags == nil || s.d.Tags[at].UPOS != "ADJ" && s.d.Tags[at].UPOS != "PROPN" {
				return
			}
			at++
		}
	}
}

// nationMoney looks up a currency named with its country: "canadian dollars".
func (s *scanner) nationMoney(at doc.TokenID) string {
	if at == 0 {
		return ""
	}
	return s.money[s.word(at-1)+" "+s.word(at)]
}

// ranges joins "3 to 5 million", "between 3 and 5", "3-5", "two or three".
func (s *scanner) ranges(n *number, sent doc.Sentence) {
	if n.vague || n.part || n.end+1 >= sent.End || !n.exact() {
		return
	}
	sep := s.word(n.end)
	between := n.first > sent.First && s.word(n.first-1) == "between"
	from := n.first > sent.First && s.word(n.first-1) == "from"
	switch {
	case sep == "to" && !from, sep == "-", sep == "–", sep == "or", sep == "and" && between:
	default:
		return
	}
	m, ok := s.number(n.end+1, sent.End)
	if !ok || m.vague || m.part || m.points != n.points && n.points {
		return
	}
	if m.low > n.low && s.scaleOf(n) == 1 { // 3 to 5 million
		if scale := s.scaleOf(&m); scale > 1 && n.low < scale && n.low*scale <= m.low {
			n.low *= scale
		}
	}
	if m.low < n.low || sep == "or" && m.low-n.low > 2 && m.low != n.low+1 || sep == "to" && n.plain && m.plain && m.low > 1000*max(n.low, 1) {
		return
	}
	n.high, n.end = m.low, m.end
	n.plain = false
	n.percent = n.percent || m.percent
	if m.currency != "" {
		n.currency = m.currency
	}
	if between {
		n.hedge, n.hasHedge, n.effect = s.d.Tokens[n.first-1].Span, true, "word"
	}
}

// scaleOf returns the scale word's value in the number, or 1.
func (s *scanner) scaleOf(n *number) float64 {
	v := 1.0
	for t := n.first; t < n.end; t++ {
		if w, ok := s.numeral(t); ok && w.kind == "scale" {
			v *= w.low
		}
	}
	return v
}

// bounds applies "at least", "nearly", "or more" and "by the" to the number.
func (s *scanner) bounds(n *number, sent doc.Sentence) {
	if n.vague && n.first >= sent.First+2 && s.word(n.first-1) == "the" && s.word(n.first-2) == "by" {
		n.high = math.Inf(1)
		n.hedge, n.hasHedge, n.effect = s.d.Range(n.first-2, n.end), true, "over"
		return
	}
	if b, at, ok := s.boundBefore(n.first, sent.First); ok {
		n.apply(b.effect)
		n.hedge, n.hasHedge = s.d.Range(at, at+doc.TokenID(len(b.words))), true
	} else if n.vague {
		n.hedge, n.hasHedge = s.d.Range(n.first, n.end), true
	}
	for _, b := range s.after[s.word(n.end)] {
		if s.match(b, n.end, sent.End) {
			n.apply(b.effect)
			sp := s.d.Range(n.end, n.end+doc.TokenID(len(b.words)))
			if b.effect != "word" && !n.hasHedge {
				n.hedge, n.hasHedge = sp, true
			}
			break
		}
	}
}

// boundBefore returns the longest bound that ends before t, over "a", "an",
// "the" and an adjective such as "estimated" left out of no phrase.
func (s *scanner) boundBefore(t, first doc.TokenID) (bound, doc.TokenID, bool) {
	var best bound
	at := doc.NoToken
	for back := doc.TokenID(1); back <= 2 && t-back >= first; back++ {
		last := t - back
		for _, b := range s.before[s.word(last)] {
			start := last - doc.TokenID(len(b.words)) + 1
			if start >= first && s.match(b, start, t) && len(b.words) > len(best.words) {
				best, at = b, start
			}
		}
		if at != doc.NoToken {
			return best, at, true
		}
		if w := s.word(last); w != "a" && w != "an" && w != "the" {
			break
		}
	}
	return best, at, false
}

func (s *scanner) match(b bound, at, end doc.TokenID) bool {
	if int(at)+len(b.words) > int(end) {
		return false
	}
	for i, w := range b.words {
		if s.word(at+doc.TokenID(i)) != w {
			return false
		}
	}
	return true
}

// apply widens the interval by a bound.
func (n *number) apply(effect string) {
	if n.effect == "" || n.effect == "word" {
		n.effect = effect
	}
	switch effect {
	case "min", "over":
		n.high = math.Inf(1)
	case "max", "under":
		n.low = 0
	case "about":
		n.low, n.high = round(n.low*0.9), round(n.high*1.1)
	case "near":
		n.low = round(n.low * 0.9)
	}
	if effect != "word" {
		n.plain = false
	}
}

// round drops the dust of binary fractions.
func round(v float64) float64 { return math.Round(v*1e6) / 1e6 }

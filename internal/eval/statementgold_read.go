package eval

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"casus/internal/article"
)

// A stmtItem is a text with its statements and claims.
type stmtItem struct {
	id, kind, date string
	title, body    string
	bodyAt         int // where the body begins in text()

	statements []stmtGold
	claims     []claimGold
	claimed    bool // the claims are annotated

	lines []string // of the annotation, until resolved
	paras []string
}

type stmtGold struct {
	id       string
	kinds    []string
	optional bool
	content  []runeSpan
	sources  []runeSpan // alternatives; none: there is no source
	anySrc   bool       // the source is not scored
	cues     []runeSpan // alternatives
	who      []string   // names of the speaker
	anyWho   bool       // the speaker is not scored
	to       []partyGold
	via      []linkGold
	anyVia   bool // the chain is this or none
	classes  []string
	polarity []string
	within   string
}

// A partyGold is an actor by its names and where they stand.
type partyGold struct {
	names    []string
	at       []runeSpan
	optional bool
	article  bool
}

// A linkGold is a link of a chain: kinds and names that are right, pairwise.
type linkGold struct{ kinds, names []string }

type claimGold struct {
	id       string
	span     runeSpan
	amounts  []amountGold // alternatives; none: a plain proposition
	units    []string     // alternatives; none: not scored
	optional bool
	by       *partyGold
	rivals   []string // ids of claims that dispute it and are disputed by it
	disputes []disputeGold
}

type disputeGold struct {
	kind string
	by   partyGold
}

// An amountGold is an interval. Near asks for one around low, within a quarter.
type amountGold struct {
	low, high       float64
	hasLow, hasHigh bool
	near            bool
}

// text is the title, a blank line and the body.
func (g *stmtItem) text() string {
	if g.title == "" {
		return g.body
	}
	return g.title + "\n\n" + g.body
}

func readStatementGold(r io.Reader) ([]stmtItem, error) {
	var items []stmtItem
	sc := bufio.NewScanner(r)
	sc.Buffer(nil, 1<<20)
	for n := 1; sc.Scan(); n++ {
		line := strings.TrimRight(sc.Text(), " ")
		if head, ok := strings.CutPrefix(line, "## "); ok {
			f := strings.Fields(head)
			if len(f) < 2 {
				return nil, fmt.Errorf("line %d: an item needs an id and a kind", n)
			}
			it := stmtItem{id: f[0], kind: f[1]}
			if len(f) > 2 {
				it.date = f[2]
				if _, err := article.ParseStamp(it.date); err != nil {
					return nil, fmt.Errorf("line %d: %w", n, err)
				}
			}
			items = append(items, it)
			continue
		}
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if len(items) == 0 {
			return nil, fmt.Errorf("line %d: text before the first item", n)
		}
		it := &items[len(items)-1]
		switch {
		case strings.HasPrefix(line, "= "):
			it.title = line[2:]
		case line == "@none":
		case line == "%none":
			it.claimed = true
		case line[0] == '@', line[0] == '%':
			it.lines = append(it.lines, line)
		default:
			it.paras = append(it.paras, line)
		}
	}
	if err := sc.Err(); err != nil {
		return nil, err
	}
	for i := range items {
		if err := items[i].resolve(); err != nil {
			return nil, fmt.Errorf("%s: %w", items[i].id, err)
		}
	}
	return items, nil
}

func (g *stmtItem) resolve() error {
	g.body = strings.Join(g.paras, "\n\n")
	if g.title != "" {
		g.bodyAt = len([]rune(g.title)) + 2
	}
	for _, line := range g.lines {
		fields := strings.Split(line[1:], " | ")
		for i := range fields {
			fields[i] = strings.TrimSpace(fields[i])
		}
		var err error
		if line[0] == '@' {
			err = g.statement(fields)
		} else {
			g.claimed = true
			err = g.claim(fields)
		}
		if err != nil {
			return fmt.Errorf("%q: %w", fields[0], err)
		}
	}
	return g.checkIDs()
}

func (g *stmtItem) checkIDs() error {
	hasStatement := func(id string) bool {
		return slices.ContainsFunc(g.statements, func(s stmtGold) bool { return s.id == id })
	}
	for _, s := range g.statements {
		if s.within != "" && !hasStatement(s.within) {
			return fmt.Errorf("%s is within unknown %q", s.id, s.within)
		}
	}
	for _, c := range g.claims {
		for _, r := range c.rivals {
			if !slices.ContainsFunc(g.claims, func(o claimGold) bool { return o.id == r }) {
				return fmt.Errorf("%s disputes unknown %q", c.id, r)
			}
		}
	}
	return nil
}

// statement reads: id kind | source | cue | content | key=value …
func (g *stmtItem) statement(f []string) error {
	id, kind, ok := strings.Cut(f[0], " ")
	if !ok || len(f) < 4 {
		return fmt.Errorf("a statement needs a kind, a source, a cue and content")
	}
	s := stmtGold{id: id, kinds: strings.Split(kind, "/"), polarity: []string{"affirms"}}
	for _, k := range s.kinds {
		if k != "direct" && k != "indirect" && k != "mixed" {
			return fmt.Errorf("unknown kind %q", k)
		}
	}
	for _, piece := range strings.Split(f[3], " + ") {
		from := 0
		if n := len(s.content); n > 0 {
			from = s.content[n-1][1]
		}
		at, err := g.find(piece, from)
		if err != nil {
			return err
		}
		s.content = append(s.content, at[0])
	}
	var err error
	switch f[1] {
	case "-":
	case "*":
		s.anySrc = true
	default:
		if s.sources, err = g.nearest(f[1], s.content); err != nil {
			return err
		}
	}
	if f[2] != "-" {
		if s.cues, err = g.nearest(f[2], s.content); err != nil {
			return err
		}
	}
	for _, kv := range f[4:] {
		if err := g.option(&s, kv); err != nil {
			return err
		}
	}
	g.statements = append(g.statements, s)
	return nil
}

func (g *stmtItem) option(s *stmtGold, kv string) error {
	key, value, _ := strings.Cut(kv, "=")
	switch key {
	case "opt":
		s.optional = true
	case "who":
		if s.anyWho = value == "?"; s.anyWho {
			break
		}
		s.who = strings.Split(value, "/")
	case "in":
		s.within = value
	case "pol":
		s.polarity = strings.Split(value, "/")
	case "anon":
		s.classes = strings.Split(value, "/")
		for _, c := range s.classes {
			if !slices.Contains(sourceClasses, c) {
				return fmt.Errorf("unknown class %q", c)
			}
		}
	case "to":
		for _, w := range strings.Split(value, ";") {
			p, err := g.party(w)
			if err != nil {
				return err
			}
			s.to = append(s.to, p)
		}
	case "via":
		value, s.anyVia = strings.CutPrefix(value, "?")
		for _, l := range strings.Split(value, " > ") {
			var link linkGold
			kind := ""
			for _, alt := range strings.Split(l, "/") {
				k, name, ok := strings.Cut(alt, ":")
				if !ok {
					k, name = kind, alt
				}
				if kind = k; !slices.Contains(linkKinds, k) {
					return fmt.Errorf("unknown kind of link %q", k)
				}
				link.kinds, link.names = append(link.kinds, k), append(link.names, name)
			}
			s.via = append(s.via, link)
		}
	default:
		return fmt.Errorf("unknown key %q", key)
	}
	return nil
}

// "?" leaves the class, and with it whether the source is anonymous, unscored.
var (
	sourceClasses = []string{"official", "diplomat", "military", "witness", "analyst", "insider", "other", "?"}
	linkKinds     = []string{"platform", "outlet", "interview", "document"}
)

// party reads names/alternatives, of which one must stand in the text.
func (g *stmtItem) party(value string) (partyGold, error) {
	var p partyGold
	value, p.optional = strings.CutPrefix(strings.TrimSpace(value), "?")
	if value == "article" {
		p.article = true
		return p, nil
	}
	p.names = strings.Split(value, "/")
	for _, n := range p.names {
		at, err := g.find(n, 0)
		if err == nil {
			p.at = append(p.at, at...)
		}
	}
	if len(p.at) == 0 {
		return p, fmt.Errorf("%q is not in the text", value)
	}
	return p, nil
}

// claim reads: id words | quantity | key=value …
func (g *stmtItem) claim(f []string) error {
	id, words, ok := strings.Cut(f[0], " ")
	if !ok || len(f) < 2 {
		return fmt.Errorf("a claim needs words and a quantity")
	}
	at, err := g.find(words, 0)
	if err != nil {
		return err
	}
	c := claimGold{id: id, span: at[0]}
	if f[1] != "-" {
		if c.amounts, c.units, err = parseAmounts(f[1]); err != nil {
			return err
		}
	}
	for _, kv := range f[2:] {
		key, value, _ := strings.Cut(kv, "=")
		switch key {
		case "opt":
			c.optional = true
		case "by":
			p, err := g.party(value)
			if err != nil {
				return err
			}
			c.by = &p
		case "disputes":
			c.rivals = append(c.rivals, value)
		case "denied", "called-false", "data":
			p, err := g.party(value)
			if err != nil {
				return err
			}
			if key == "data" {
				key = "contradicted-by-data"
			}
			c.disputes = append(c.disputes, disputeGold{key, p})
		default:
			return fmt.Errorf("unknown key %q", key)
		}
	}
	g.claims = append(g.claims, c)
	return nil
}

// parseAmounts reads intervals joined by " or ", then the units: 12 is exact,
// 2000..3000 a range, 40.. and ..40 open, ~40 about forty. Unit "-" is any.
func parseAmounts(s string) (amounts []amountGold, units []string, err error) {
	alts := strings.Split(s, " or ")
	last, unit, ok := strings.Cut(alts[len(alts)-1], " ")
	if !ok {
		return nil, nil, fmt.Errorf("quantity %q needs a unit", s)
	}
	alts[len(alts)-1] = last
	for _, a := range alts {
		var q amountGold
		a, q.near = strings.CutPrefix(a, "~")
		low, high, isRange := strings.Cut(a, "..")
		if !isRange {
			high = low
		}
		if low != "" {
			q.hasLow = true
			if q.low, err = strconv.ParseFloat(low, 64); err != nil {
				return nil, nil, err
			}
		}
		if high != "" {
			q.hasHigh = true
			if q.high, err = strconv.ParseFloat(high, 64); err != nil {
				return nil, nil, err
			}
		}
		amounts = append(amounts, q)
	}
	if units = strings.Split(unit, "/"); slices.Contains(units, "-") {
		units = nil
	}
	return amounts, units, nil
}

// nearest resolves alternatives, each to its place nearest the content and
// outside of it.
func (g *stmtItem) nearest(alts string, content []runeSpan) ([]runeSpan, error) {
	var out []runeSpan
	for _, words := range strings.Split(alts, "/") {
		at, err := g.find(words, 0)
		if err != nil {
			return nil, err
		}
		best, bestGap := at[0], -1
		for _, sp := range at {
			gap := gapTo(sp, content)
			if gap >= 0 && (bestGap < 0 || gap < bestGap) {
				best, bestGap = sp, gap
			}
		}
		out = append(out, best)
	}
	return out, nil
}

// gapTo is the distance to the nearest piece, -1 inside one.
func gapTo(sp runeSpan, content []runeSpan) int {
	best := -1
	for _, c := range content {
		gap := 0
		switch {
		case sp[1] <= c[0]:
			gap = c[0] - sp[1]
		case c[1] <= sp[0]:
			gap = sp[0] - c[1]
		default:
			return -1
		}
		if best < 0 || gap < best {
			best = gap
		}
	}
	return best
}

// find returns where words stand, from a place on: in the body, or else in the
// title. "first words … last words" spans all between; "words#2" is the second
// place alone.
func (g *stmtItem) find(words string, from int) ([]runeSpan, error) {
	nth := 0
	if i := strings.LastIndexByte(words, '#'); i > 0 {
		n, err := strconv.Atoi(words[i+1:])
		if err != nil {
			return nil, fmt.Errorf("bad occurrence in %q", words)
		}
		words, nth = words[:i], n
	}
	text := []rune(g.text())
	first, last, open := strings.Cut(words, " … ")
	var out []runeSpan
	for _, at := range []int{max(g.bodyAt, from), from} {
		for _, sp := range wholeWords(text, []rune(first), at) {
			if open {
				ends := wholeWords(text, []rune(last), sp[1])
				if len(ends) == 0 {
					continue
				}
				sp[1] = ends[0][1]
			}
			out = append(out, sp)
		}
		if len(out) > 0 {
			break
		}
	}
	if nth > 0 && nth <= len(out) {
		return out[nth-1 : nth], nil
	}
	if len(out) == 0 || nth > 0 {
		return nil, fmt.Errorf("%q is not in the text", words)
	}
	return out, nil
}

// wholeWords returns where words stand in text, not inside longer words.
func wholeWords(text, words []rune, from int) []runeSpan {
	var out []runeSpan
	if len(words) == 0 {
		return nil
	}
	isWord := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	for i := from; i+len(words) <= len(text); i++ {
		end := i + len(words)
		if !slices.Equal(text[i:end], words) ||
			i > 0 && isWord(text[i-1]) && isWord(words[0]) ||
			end < len(text) && isWord(text[end]) && isWord(words[len(words)-1]) {
			continue
		}
		out = append(out, runeSpan{i, end})
	}
	return out
}

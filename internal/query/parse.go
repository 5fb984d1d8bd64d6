package query

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Limits on what strangers may send.
const (
	maxBytes = 8 << 10
	maxDepth = 32
	maxTerms = 128
)

// An Error is a fault of a query and where it stands.
type Error struct {
	Pos int // in code points, from 1
	Msg string
}

func (e *Error) Error() string { return fmt.Sprintf("query, character %d: %s", e.Pos, e.Msg) }

// Parse reads a query.
func Parse(s string) (*Query, error) {
	switch {
	case len(s) > maxBytes:
		return nil, &Error{1, fmt.Sprintf("longer than %d bytes", maxBytes)}
	case !utf8.ValidString(s):
		return nil, &Error{1, "not valid UTF-8"}
	}
	p := &parser{s: s, q: &Query{}}
	e, err := p.or(0)
	if err != nil {
		return nil, err
	}
	if p.skip(); p.i < len(p.s) { // only a closing parenthesis stops or
		return nil, p.fail(p.i, "this closing parenthesis was never opened")
	}
	p.q.Expr = e
	return p.q, nil
}

type parser struct {
	s     string
	i     int
	terms int
	q     *Query
}

func (p *parser) fail(at int, format string, args ...any) error {
	return &Error{utf8.RuneCountInString(p.s[:at]) + 1, fmt.Sprintf(format, args...)}
}

func (p *parser) skip() {
	for p.i < len(p.s) {
		r, n := utf8.DecodeRuneInString(p.s[p.i:])
		if !unicode.IsSpace(r) {
			return
		}
		p.i += n
	}
}

// or reads terms up to a closing parenthesis or the end: groups of terms with
// OR between them, which binds less than the AND that is not written.
func (p *parser) or(depth int) (Expr, error) {
	if depth > maxDepth {
		return nil, p.fail(p.i, "more than %d parentheses inside each other", maxDepth)
	}
	var alts Or
	var cur And
	orAt := -1 // of the last OR that waits for what follows it
	for {
		p.skip()
		if p.i >= len(p.s) || p.s[p.i] == ')' {
			break
		}
		at := p.i
		switch p.keyword() {
		case "OR":
			if len(cur) == 0 {
				return nil, p.fail(at, "OR needs a term before it")
			}
			alts, cur, orAt = append(alts, all(cur)), nil, at
			continue
		case "AND":
			continue
		}
		t, err := p.term(depth)
		if err != nil {
			return nil, err
		}
		if t != nil {
			if c, ok := t.(And); ok {
				cur = append(cur, c...)
			} else {
				cur = append(cur, t)
			}
			orAt = -1
		}
	}
	if orAt >= 0 && len(cur) == 0 {
		return nil, p.fail(orAt, "OR needs a term after it")
	}
	if len(alts) == 0 {
		return all(cur), nil
	}
	var flat Or
	for _, a := range append(alts, all(cur)) {
		switch a := a.(type) {
		case nil:
		case Or:
			flat = append(flat, a...)
		default:
			flat = append(flat, a)
		}
	}
	return flat, nil
}

func all(a And) Expr {
	switch len(a) {
	case 0:
		return nil
	case 1:
		return a[0]
	}
	return a
}

// keyword reads OR or AND, if one comes next.
func (p *parser) keyword() string {
	for _, k := range []string{"OR", "AND"} {
		rest, ok := strings.CutPrefix(p.s[p.i:], k)
		if ok && (rest == "" || strings.ContainsAny(rest[:1], " \t\n\r()\"")) {
			p.i += len(k)
			return k
		}
	}
	return ""
}

// term reads one term. It is nil where the term is a setting, not a condition.
func (p *parser) term(depth int) (Expr, error) {
	at := p.i
	if p.terms++; p.terms > maxTerms {
		return nil, p.fail(at, "more than %d terms", maxTerms)
	}
	switch c := p.s[p.i]; c {
	case '-':
		p.i++
		if p.i >= len(p.s) || strings.ContainsRune(" \t\r\n)", rune(p.s[p.i])) {
			return nil, p.fail(at, "a minus needs a term right after it")
		}
		if depth > maxDepth {
			return nil, p.fail(at, "more than %d conditions inside each other", maxDepth)
		}
		x, err := p.term(depth + 1)
		if err == nil && x == nil {
			err = p.fail(at, "this cannot be excluded")
		}
		if err != nil {
			return nil, err
		}
		if n, ok := x.(Not); ok {
			return n.X, nil
		}
		return Not{x}, nil
	case '(':
		p.i++
		e, err := p.or(depth + 1)
		if err != nil {
			return nil, err
		}
		if p.i >= len(p.s) {
			return nil, p.fail(at, "this parenthesis is never closed")
		}
		p.i++
		if e == nil {
			return nil, p.fail(at, "nothing stands between the parentheses")
		}
		return e, nil
	case '"':
		w, err := p.quoted()
		if err != nil {
			return nil, err
		}
		return p.text(at, w)
	}
	return p.wordOrField(at, depth)
}

// quoted reads up to the closing quotation mark.
func (p *parser) quoted() (string, error) {
	at := p.i
	end := strings.IndexByte(p.s[at+1:], '"')
	if end < 0 {
		return "", p.fail(at, "this quotation mark is never closed")
	}
	p.i = at + end + 2
	return clean(p.s[at+1 : at+1+end]), nil
}

// clean makes white space single spaces and drops control characters.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// bare reads up to a space, a parenthesis or a quotation mark.
func (p *parser) bare() string {
	at := p.i
	for p.i < len(p.s) {
		r, n := utf8.DecodeRuneInString(p.s[p.i:])
		if unicode.IsSpace(r) || r == '(' || r == ')' || r == '"' {
			break
		}
		p.i += n
	}
	return clean(p.s[at:p.i])
}

func (p *parser) text(at int, w string) (Expr, error) {
	if !searchable(w) {
		return nil, p.fail(at, "%q has no letter or digit to look for", w)
	}
	return Text{w}, nil
}

// searchable reports whether s holds something that an index has.
func searchable(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) })
}

func (p *parser) wordOrField(at, depth int) (Expr, error) {
	name, ok := p.fieldName()
	if !ok {
		return p.text(at, p.bare())
	}
	vat := p.i
	value := ""
	if p.i < len(p.s) && p.s[p.i] == '"' {
		var err error
		if value, err = p.quoted(); err != nil {
			return nil, err
		}
		return p.value(at, vat, name, value)
	}
	value = p.bare()
	if value == "" {
		return nil, p.fail(at, "%s: needs a value right after the colon", name)
	}
	if strings.Contains(value, ",") && depth <= maxDepth { // event:AID,CONSULT
		var any Or
		for v := range strings.SplitSeq(value, ",") {
			x, err := p.value(at, vat, name, clean(v))
			if err != nil {
				return nil, err
			}
			if p.terms++; x == nil || p.terms > maxTerms {
				return nil, p.fail(at, "too many values")
			}
			any = append(any, x)
		}
		return any, nil
	}
	return p.value(at, vat, name, value)
}

// fieldName reads "name:" if one comes next. A colon as in 10:30 makes no
// field, for names are letters; GDELT writes tone<5 without one.
func (p *parser) fieldName() (string, bool) {
	for j := p.i; j < len(p.s); j++ {
		c := p.s[j]
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c == '_', c >= '0' && c <= '9' && j > p.i:
			continue
		case j == p.i:
			return "", false
		case c == ':' && !strings.HasPrefix(p.s[j:], "://"):
			name := strings.ToLower(p.s[p.i:j])
			p.i = j + 1
			return name, true
		case c == '<' || c == '>' || c == '=':
			if name := strings.ToLower(p.s[p.i:j]); unavailable[name] != "" {
				p.i = j + 1
				return name, true
			}
		}
		return "", false
	}
	return "", false
}

// value makes the condition of a field and its value.
func (p *parser) value(at, vat int, name, value string) (Expr, error) {
	if why, ok := unavailable[name]; ok {
		return nil, p.fail(at, "%s is not available: %s", name, why)
	}
	if n, ok := numbered(name, "near"); ok {
		w := strings.Fields(value)
		if len(w) < 2 || n < 1 || n > 1000 {
			return nil, p.fail(at, `near wants two words or more and a distance from 1 to 1000, as near20:"trump putin"`)
		}
		for _, x := range w {
			if !searchable(x) {
				return nil, p.fail(vat, "%q has no letter or digit to look for", x)
			}
		}
		return Near{n, w}, nil
	}
	if n, ok := numbered(name, "repeat"); ok {
		if strings.ContainsRune(value, ' ') || !searchable(value) || n < 1 || n > 1000 {
			return nil, p.fail(at, `repeat wants one word and a number from 1 to 1000, as repeat3:"sanctions"`)
		}
		return Repeat{n, value}, nil
	}
	if name == "kind" {
		return nil, p.kind(at, value)
	}
	if value == "" {
		return nil, p.fail(vat, "%s: needs a value", name)
	}
	f, ok := field(name)
	if !ok {
		var names []string
		for _, f := range fields {
			names = append(names, f.name)
		}
		return nil, p.fail(at, "unknown field %q%s (put it between quotation marks to look for the words)", name, maybe(name, names))
	}
	x, err := f.read(value)
	if err != nil {
		return nil, p.fail(vat, "%s: %v", f.name, err)
	}
	if x.Name == "" {
		x.Name = f.name
	}
	return x, nil
}

func (p *parser) kind(at int, v string) error {
	k := Kind(strings.ToLower(v))
	switch k {
	case Event, Statement, Article, Claim:
	default:
		return p.fail(at, "unknown kind %q: use %s", v, strings.Join(Kinds, ", "))
	}
	if p.q.Kind != "" && p.q.Kind != k {
		return p.fail(at, "kind: is given twice")
	}
	p.q.Kind = k
	return nil
}

// numbered reads near20 as near and 20.
func numbered(name, word string) (int, bool) {
	d, ok := strings.CutPrefix(name, word)
	if !ok || d == "" || len(d) > 6 {
		return 0, false
	}
	n, err := strconv.Atoi(d)
	return n, err == nil
}

// maybe suggests the nearest of the known words.
func maybe(w string, known []string) string {
	best, cost := "", 3
	for _, k := range known {
		if c := distance(w, k); c < cost {
			best, cost = k, c
		}
	}
	if best == "" {
		return ""
	}
	return fmt.Sprintf(" (did you mean %s?)", best)
}

// distance is Levenshtein's.
func distance(a, b string) int {
	if len(a) > 64 {
		return len(a)
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diag := row[0]
		row[0] = i + 1
		for j := range len(b) {
			c := diag
			if a[i] != b[j] {
				c = 1 + min(diag, row[j], row[j+1])
			}
			diag, row[j+1] = row[j+1], c
		}
	}
	return row[len(b)]
}

package eval

import (
	"bufio"
	"fmt"
	"io"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"casus/internal/article"
	"casus/internal/doc"
	"casus/internal/record"
	"casus/internal/text"
)

// A clauseSentence is a gold sentence with its predicates. Sentences of one
// group differ by a word or so.
type clauseSentence struct {
	text  string
	group int
	preds []goldClause
}

// A goldClause is a predicate line of the gold.
type goldClause struct {
	word     string
	at       text.Span // in the sentence
	optional bool      // a predicate or not, as one likes
	status   []string  // the right ones, the annotator's choice first
	chain    []goldLink
	args     []goldArg
}

// A goldLink is a predicate that another stands inside.
type goldLink struct {
	word     string
	at       text.Span
	holders  []text.Span // any of these; none: nobody holds it
	optional bool
	byLine   bool // the holder is the agent of that predicate's own line
}

// A goldArg is an argument.
type goldArg struct {
	roles     []string
	heads     []text.Span // any of these
	conjuncts []text.Span
	optional  bool
}

var (
	predLine   = regexp.MustCompile(`^(\S+?)(\?)? ([APFHN](?:/[APFHN])*)((?: \S+)*)$`)
	statusCode = map[string]string{
		"A": record.Actual, "P": record.Historical, "F": record.Future, "H": record.Hypothetical, "N": record.Negated,
	}
	roleCode = map[string][]string{
		"ag": {doc.Agent}, "pt": {doc.Patient}, "rc": {doc.Recipient}, "ad": {doc.Patient, doc.Recipient}, "btw": {doc.Agent, "between"},
	}
)

// readClauseGold reads the format that the README.md of the gold describes.
func readClauseGold(r io.Reader) ([]clauseSentence, error) {
	var out []clauseSentence
	group, fresh := 0, true
	sc := bufio.NewScanner(r)
	for n := 1; sc.Scan(); n++ {
		line := strings.TrimRight(sc.Text(), " \r")
		switch m := predLine.FindStringSubmatch(line); {
		case strings.HasPrefix(line, "#"):
		case line == "":
			fresh = true
		case fresh || strings.HasPrefix(line, "~ "):
			if fresh {
				group++
			}
			fresh = false
			out = append(out, clauseSentence{text: strings.TrimPrefix(line, "~ "), group: group})
		case m == nil:
			return nil, fmt.Errorf("read clause gold: line %d: want a word, a status, a chain and arguments: %q", n, line)
		default:
			s := &out[len(out)-1]
			if err := s.addPredicate(m[1], m[2] != "", m[3], strings.Fields(m[4])); err != nil {
				return nil, fmt.Errorf("read clause gold: line %d: %w", n, err)
			}
		}
	}
	if err := sc.Err(); err != nil {
		return nil, fmt.Errorf("read clause gold: %w", err)
	}
	for i := range out {
		if err := out[i].findHolders(); err != nil {
			return nil, fmt.Errorf("read clause gold: %q: %w", out[i].text, err)
		}
	}
	return out, nil
}

// headline says that the sentence is a title: it has no stop.
func (s *clauseSentence) headline() bool {
	last, _ := utf8.DecodeLastRuneInString(s.text)
	return inWord(last)
}

func (s *clauseSentence) article(read article.Stamp) *article.Article {
	a := &article.Article{Text: s.text, Language: "en", Published: read}
	if s.headline() {
		a.Title, a.Text = s.text, ""
	}
	return a
}

func (s *clauseSentence) addPredicate(word string, optional bool, statuses string, rest []string) error {
	at, err := s.find(word)
	if err != nil {
		return err
	}
	g := goldClause{word: word, at: at, optional: optional}
	for c := range strings.SplitSeq(statuses, "/") {
		g.status = append(g.status, statusCode[c])
	}
	for _, f := range rest {
		if link, ok := strings.CutPrefix(f, "<"); ok {
			err = g.addLink(s, link)
		} else {
			err = g.addArg(s, f)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", word, err)
		}
	}
	s.preds = append(s.preds, g)
	return nil
}

func (g *goldClause) addLink(s *clauseSentence, f string) error {
	var l goldLink
	f, l.optional = strings.CutPrefix(f, "?")
	word, holder, given := strings.Cut(f, ":")
	at, err := s.find(word)
	if err != nil {
		return err
	}
	l.word, l.at, l.byLine = word, at, !given
	if given && holder != "-" {
		if l.holders, err = s.findAny(holder); err != nil {
			return err
		}
	}
	g.chain = append(g.chain, l)
	return nil
}

func (g *goldClause) addArg(s *clauseSentence, f string) error {
	roles, value, ok := strings.Cut(f, "=")
	if !ok {
		return fmt.Errorf("want role=head: %q", f)
	}
	var a goldArg
	roles, a.optional = strings.CutSuffix(roles, "?")
	for r := range strings.SplitSeq(roles, "/") {
		if full, ok := roleCode[r]; ok {
			a.roles = append(a.roles, full...)
		} else {
			a.roles = append(a.roles, r)
		}
	}
	for i, part := range strings.Split(value, "+") {
		at, err := s.findAny(part)
		if err != nil {
			return err
		}
		if i == 0 {
			a.heads = at
		} else {
			a.conjuncts = append(a.conjuncts, at...)
		}
	}
	g.args = append(g.args, a)
	return nil
}

// findHolders gives the links without a named holder the agent of their line.
func (s *clauseSentence) findHolders() error {
	for i := range s.preds {
		for j := range s.preds[i].chain {
			l := &s.preds[i].chain[j]
			if !l.byLine {
				continue
			}
			p := s.predicate(l.at)
			if p == nil {
				if l.optional {
					continue
				}
				return fmt.Errorf("%s stands inside %s, which has no line", s.preds[i].word, l.word)
			}
			for _, a := range p.args {
				if a.roles[0] == doc.Agent {
					l.holders = append(append(l.holders, a.heads...), a.conjuncts...)
				}
			}
		}
	}
	return nil
}

func (s *clauseSentence) predicate(at text.Span) *goldClause {
	for i := range s.preds {
		if s.preds[i].at == at {
			return &s.preds[i]
		}
	}
	return nil
}

// findAny finds the alternatives that bars set apart.
func (s *clauseSentence) findAny(words string) ([]text.Span, error) {
	var out []text.Span
	for w := range strings.SplitSeq(words, "|") {
		at, err := s.find(w)
		if err != nil {
			return nil, err
		}
		out = append(out, at)
	}
	return out, nil
}

// find returns the place of a word, "word#2" being its second occurrence and
// an underscore a space. It is a word of its own, not a part of one.
func (s *clauseSentence) find(word string) (text.Span, error) {
	w, nth := word, 1
	if i := strings.LastIndexByte(word, '#'); i > 0 && i == len(word)-2 && word[i+1] >= '1' && word[i+1] <= '9' {
		w, nth = word[:i], int(word[i+1]-'0')
	}
	w = strings.ReplaceAll(w, "_", " ")
	for from := int32(0); w != ""; {
		i := int32(strings.Index(s.text[from:], w))
		if i < 0 {
			break
		}
		sp := text.Span{Start: from + i, End: from + i + int32(len(w))}
		from = sp.End
		if s.whole(sp) {
			if nth--; nth == 0 {
				return sp, nil
			}
		}
	}
	return text.Span{}, fmt.Errorf("%q is not in %q", word, s.text)
}

// whole says that no word runs over an edge of sp.
func (s *clauseSentence) whole(sp text.Span) bool {
	before, _ := utf8.DecodeLastRuneInString(s.text[:sp.Start])
	first, _ := utf8.DecodeRuneInString(s.text[sp.Start:])
	last, _ := utf8.DecodeLastRuneInString(s.text[:sp.End])
	after, _ := utf8.DecodeRuneInString(s.text[sp.End:])
	return !(inWord(before) && inWord(first)) && !(inWord(last) && inWord(after))
}

func inWord(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

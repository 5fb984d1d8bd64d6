package conllu

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"
)

// maxLine bounds the length of a line in bytes, so that a file that is not
// CoNLL-U at all is refused and not read into memory.
const maxLine = 64 << 20

// columns is the number of fields of a row.
const columns = 10

// A Reader reads sentences one at a time.
type Reader struct {
	name  string
	lines *bufio.Scanner
	line  int
	ahead *Sentence // read but not yet returned by ReadDoc
	err   error
}

// NewReader returns a reader of r. The name stands in messages.
func NewReader(r io.Reader, name string) *Reader {
	sc := bufio.NewScanner(r)
	sc.Buffer(make([]byte, 0, 64<<10), maxLine)
	return &Reader{name: name, lines: sc}
}

// Read returns the next sentence, or io.EOF. Any other error names the file and
// the line, and ends the reading.
func (r *Reader) Read() (*Sentence, error) {
	if s := r.ahead; s != nil {
		r.ahead = nil
		return s, nil
	}
	if r.err != nil {
		return nil, r.err
	}
	s, err := r.read()
	if err != nil {
		r.err = err
		return nil, err
	}
	return s, nil
}

func (r *Reader) read() (*Sentence, error) {
	s := &Sentence{}
	for r.lines.Scan() {
		r.line++
		line := strings.TrimSuffix(r.lines.Text(), "\r")
		if r.line == 1 {
			line = strings.TrimPrefix(line, "\ufeff")
		}
		switch {
		case line == "" || strings.TrimSpace(line) == "":
			if len(s.Words) > 0 {
				return s, r.check(s)
			}
		case line[0] == '#' && len(s.Words) == 0 && len(s.Ranges) == 0:
			s.comment(line)
		default:
			if len(s.Words) == 0 && s.Line == 0 {
				s.Line = r.line
			}
			if err := s.row(line); err != nil {
				return nil, fmt.Errorf("%s:%d: %w", r.name, r.line, err)
			}
		}
	}
	if err := r.lines.Err(); err != nil {
		return nil, fmt.Errorf("%s:%d: %w", r.name, r.line+1, err)
	}
	if len(s.Words) == 0 && s.Line == 0 {
		return nil, io.EOF
	}
	return s, r.check(s) // the last sentence may lack its empty line
}

// comment takes over a comment line: those the package knows into fields.
func (s *Sentence) comment(line string) {
	body := strings.TrimSpace(line[1:])
	key, value, _ := strings.Cut(body, "=")
	key, value = strings.TrimSpace(key), strings.TrimSpace(value)
	switch key {
	case "sent_id":
		s.ID = value
	case "text":
		s.Text = value
	case "newpar", "newpar id":
		s.NewPar = true
	case "newdoc", "newdoc id":
		s.NewDoc, s.DocID = true, value
	default:
		s.Comments = append(s.Comments, body)
	}
}

// row takes over one row: a word, a range "3-4", or an empty node "8.1", which
// is skipped: casus has no enhanced graph.
func (s *Sentence) row(line string) error {
	var col [columns]string
	rest := line
	for i := range columns {
		field, tail, more := strings.Cut(rest, "\t")
		if more != (i < columns-1) {
			return fmt.Errorf("want %d columns separated by tabs, have %d", columns, strings.Count(line, "\t")+1)
		}
		if field == "" {
			return fmt.Errorf("column %d is empty: write _", i+1)
		}
		col[i], rest = field, tail
	}
	id := col[0]
	if strings.IndexByte(id, '.') > 0 {
		return nil
	}
	if a, b, ok := strings.Cut(id, "-"); ok {
		return s.span(a, b, &col)
	}
	if n, err := strconv.Atoi(id); err != nil || n != len(s.Words)+1 {
		return fmt.Errorf("id %q, want %d", id, len(s.Words)+1)
	}
	head := NoHead
	if col[6] != "_" {
		n, err := strconv.Atoi(col[6])
		if err != nil || n < 0 {
			return fmt.Errorf("head %q is no number", col[6])
		}
		head = n
	}
	lemma := open(col[2])
	if lemma == "" && col[1] == "_" {
		lemma = "_"
	}
	s.Words = append(s.Words, Word{
		Form: col[1], Lemma: lemma, UPOS: open(col[3]), XPOS: open(col[4]), Feats: open(col[5]),
		Head: head, Deprel: open(col[7]), Deps: open(col[8]), Misc: open(col[9]), SpaceAfter: spaceAfter(col[9]),
	})
	return nil
}

// span takes over a range row. The words it covers follow.
func (s *Sentence) span(a, b string, col *[columns]string) error {
	first, err1 := strconv.Atoi(a)
	last, err2 := strconv.Atoi(b)
	if err1 != nil || err2 != nil || first != len(s.Words)+1 || last <= first {
		return fmt.Errorf("range %s-%s, want one that begins at %d", a, b, len(s.Words)+1)
	}
	if n := len(s.Ranges); n > 0 && s.Ranges[n-1].End > first-1 {
		return fmt.Errorf("range %s-%s overlaps the one before", a, b)
	}
	s.Ranges = append(s.Ranges, Range{First: first - 1, End: last, Form: col[1], SpaceAfter: spaceAfter(col[9])})
	return nil
}

// check settles what only the whole sentence shows.
func (r *Reader) check(s *Sentence) error {
	fail := func(format string, args ...any) error {
		return fmt.Errorf("%s:%d: sentence %s: %w", r.name, s.Line, s.ID, fmt.Errorf(format, args...))
	}
	if len(s.Words) == 0 {
		return fail("no words")
	}
	for _, g := range s.Ranges {
		if g.End > len(s.Words) {
			return fail("range %d-%d ends after the last word %d", g.First+1, g.End, len(s.Words))
		}
		for j := g.First; j < g.End-1; j++ {
			s.Words[j].SpaceAfter = false
		}
		s.Words[g.End-1].SpaceAfter = g.SpaceAfter
	}
	for i := range s.Words {
		if s.Words[i].Head > len(s.Words) {
			return fail("head %d of word %d, the last is %d", s.Words[i].Head, i+1, len(s.Words))
		}
	}
	return nil
}

func open(field string) string {
	if field == "_" {
		return ""
	}
	return field
}

func spaceAfter(misc string) bool {
	v, ok := Field(misc, "SpaceAfter")
	return !ok || v != "No"
}

// ReadDoc returns the sentences up to the next newdoc comment, or io.EOF. A
// file without such comments is one document.
func (r *Reader) ReadDoc() ([]Sentence, error) {
	var doc []Sentence
	for {
		s, err := r.Read()
		if errors.Is(err, io.EOF) && len(doc) > 0 {
			return doc, nil
		}
		if err != nil {
			return nil, err
		}
		if s.NewDoc && len(doc) > 0 {
			r.ahead = s
			return doc, nil
		}
		doc = append(doc, *s)
	}
}

// Docs yields the documents of r. An error is the last thing it yields.
func Docs(r io.Reader, name string) iter.Seq2[[]Sentence, error] {
	return func(yield func([]Sentence, error) bool) {
		rd := NewReader(r, name)
		for {
			doc, err := rd.ReadDoc()
			if errors.Is(err, io.EOF) {
				return
			}
			if !yield(doc, err) || err != nil {
				return
			}
		}
	}
}

// Package marked reads test sentences whose expected spans are marked in the
// text: "They met {on Thursday|2025-05-15} in Geneva." A sentence with nothing
// marked is a negative. Lines that begin with # and empty lines are skipped.
package marked

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"casus/internal/text"
)

// A Span is an expected span and the label written after its bar.
type Span struct {
	text.Span
	Label string
}

// A Sentence is one line of a marked file.
type Sentence struct {
	Line  int
	Text  string
	Spans []Span
}

// Parse returns the sentence without its marks, and the marked spans.
func Parse(s string) (string, []Span, error) {
	var plain strings.Builder
	var spans []Span
	for {
		before, rest, ok := strings.Cut(s, "{")
		plain.WriteString(before)
		if !ok {
			return plain.String(), spans, nil
		}
		inside, after, ok := strings.Cut(rest, "}")
		words, label, bar := strings.Cut(inside, "|")
		if !ok || !bar {
			return "", nil, fmt.Errorf("marked: %q: want {words|label}", rest)
		}
		start := int32(plain.Len())
		plain.WriteString(words)
		spans = append(spans, Span{text.Span{Start: start, End: int32(plain.Len())}, label})
		s = after
	}
}

// Read returns the sentences of a marked file.
func Read(r io.Reader) ([]Sentence, error) {
	var out []Sentence
	sc := bufio.NewScanner(r)
	sc.Buffer(nil, 1<<20)
	for n := 1; sc.Scan(); n++ {
		line := strings.TrimSpace(sc.Text())
		if line == "" || line[0] == '#' {
			continue
		}
		plain, spans, err := Parse(line)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		out = append(out, Sentence{n, plain, spans})
	}
	return out, sc.Err()
}

// Package plain makes an article of a plain text file.
//
// A file may open with a header of "Name: value" lines (Title, Byline, Outlet,
// URL, Published, Language, ID) that ends at the first blank line; a file
// without one is text from its first character on.
package plain

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"casus/internal/article"
)

// Read makes an article of raw bytes in UTF-8, or in Windows-1252 where they
// are not valid UTF-8.
func Read(raw []byte) (*article.Article, error) {
	s := Clean(raw)
	a := &article.Article{}
	body, err := header(a, s)
	if err != nil {
		return nil, err
	}
	a.Text = body
	return a, nil
}

// Clean returns raw as the text of an article: valid UTF-8, Unix line ends, no
// byte-order mark or control characters, at most one blank line in a row.
func Clean(raw []byte) string {
	s := string(raw)
	if !utf8.ValidString(s) {
		// Windows-1252 maps every byte, so decoding cannot fail.
		if dec, err := charmap.Windows1252.NewDecoder().String(s); err == nil {
			s = dec
		}
	}
	s = strings.TrimPrefix(s, "\ufeff")
	s = strings.ReplaceAll(s, "\r\n", "\n")
	s = strings.ReplaceAll(s, "\r", "\n")
	var b strings.Builder
	b.Grow(len(s))
	blank := 0
	for line := range strings.SplitSeq(s, "\n") {
		line = strings.TrimRight(strings.Map(printable, line), " \t\u00a0")
		if line == "" {
			blank++
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
			if blank > 0 {
				b.WriteByte('\n')
			}
		}
		blank = 0
		b.WriteString(line)
	}
	return b.String()
}

func printable(r rune) rune {
	if r < ' ' && r != '\t' || r == 0x7f {
		return -1
	}
	return r
}

// header reads the leading "Name: value" lines into a and returns the rest.
// A text whose first line is not of a known name has no header.
func header(a *article.Article, s string) (string, error) {
	head, body, ok := strings.Cut(s, "\n\n")
	if !ok {
		return s, nil
	}
	lines := strings.Split(head, "\n")
	for _, l := range lines {
		name, _, colon := strings.Cut(l, ":")
		if !colon || field(a, name) == nil && !isPublished(name) {
			return s, nil
		}
	}
	for i, l := range lines {
		name, value, _ := strings.Cut(l, ":")
		value = strings.TrimSpace(value)
		if isPublished(name) {
			st, err := article.ParseStamp(value)
			if err != nil {
				return "", fmt.Errorf("line %d: Published: %w", i+1, err)
			}
			a.Published = st
			continue
		}
		*field(a, name) = value
	}
	return body, nil
}

func isPublished(name string) bool { return strings.EqualFold(name, "published") }

// field returns where the value of a header line goes, or nil for no such name.
func field(a *article.Article, name string) *string {
	switch strings.ToLower(name) {
	case "id":
		return &a.ID
	case "title":
		return &a.Title
	case "byline":
		return &a.Byline
	case "outlet":
		return &a.Outlet
	case "url":
		return &a.URL
	case "language":
		return &a.Language
	}
	return nil
}

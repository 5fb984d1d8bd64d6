// Package jsonl reads articles from JSON lines.
//
// A line is an object with "text"; "id" (or "doc_id"), "date" (or "dct",
// "published"), "title", "url", "outlet" (or "domain", "publisher"), "byline"
// and "language" are optional and other keys are ignored. The text is taken as
// it stands.
package jsonl

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"casus/internal/article"
)

type line struct {
	ID        any     `json:"id"`
	DocID     any     `json:"doc_id"`
	Date      string  `json:"date"`
	DCT       string  `json:"dct"`
	Published string  `json:"published"`
	Title     string  `json:"title"`
	Text      *string `json:"text"`
	URL       string  `json:"url"`
	Outlet    string  `json:"outlet"`
	Domain    string  `json:"domain"`
	Publisher string  `json:"publisher"`
	Byline    string  `json:"byline"`
	Language  string  `json:"language"`
}

// Parse makes an article of one line.
func Parse(raw []byte) (*article.Article, error) {
	var l line
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	if err := dec.Decode(&l); err != nil {
		return nil, describe(err)
	}
	if l.Text == nil {
		return nil, errors.New(`no field "text": each line must be an object with the article's text`)
	}
	st, err := article.ParseStamp(first(l.Published, l.Date, l.DCT))
	if err != nil {
		return nil, fmt.Errorf("field \"date\": %w", err)
	}
	id, err := text(l.ID, l.DocID)
	if err != nil {
		return nil, err
	}
	return &article.Article{
		ID: id, URL: l.URL, Title: strings.TrimSpace(l.Title), Byline: l.Byline, Language: l.Language,
		Outlet: first(l.Outlet, l.Publisher, l.Domain), Published: st, Text: *l.Text,
	}, nil
}

// Sniff reports whether raw begins like JSON lines of articles.
func Sniff(raw []byte) bool {
	head := bytes.TrimLeft(raw, " \t\r\n\ufeff")
	return len(head) > 1 && head[0] == '{' && bytes.ContainsRune(head, '"')
}

func first(vs ...string) string {
	for _, v := range vs {
		if v != "" {
			return v
		}
	}
	return ""
}

// text returns the first id that is given; numbers are ids too.
func text(vs ...any) (string, error) {
	for _, v := range vs {
		switch v := v.(type) {
		case nil:
		case string:
			return v, nil
		case json.Number:
			return v.String(), nil
		default:
			return "", fmt.Errorf("field \"id\": want a string or a number, got %T", v)
		}
	}
	return "", nil
}

// describe says a JSON error in the words of the field.
func describe(err error) error {
	var ute *json.UnmarshalTypeError
	if errors.As(err, &ute) {
		return fmt.Errorf("field %q: want a string, got %s", ute.Field, ute.Value)
	}
	return fmt.Errorf("not valid JSON: %w", err)
}

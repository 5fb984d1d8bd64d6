package html

import (
	"bytes"

	"golang.org/x/net/html"

	"casus/internal/article"
)

// scan reads the title and the paragraphs of a page in one linear pass, without
// building a tree: the way out for pages that are too large or too deep.
func scan(page []byte) (*article.Article, error) {
	z := html.NewTokenizer(bytes.NewReader(page))
	z.SetMaxBuf(MaxBytes)
	var w blocks
	var title []byte
	inTitle, inPara, skip := false, false, 0
	for {
		switch z.Next() {
		case html.ErrorToken:
			a := &article.Article{Title: squeeze(string(title)), Text: w.String()}
			if a.Text == "" {
				return nil, ErrNoText
			}
			return a, nil
		case html.TextToken:
			switch {
			case inTitle:
				title = append(title, z.Text()...)
			case inPara && skip == 0:
				w.text(string(z.Text()))
			}
		case html.StartTagToken:
			name, _ := z.TagName()
			switch tag := string(name); {
			case silent[tag]:
				skip++
			case tag == "title":
				inTitle = true
			case tag == "p", tag == "h1", tag == "h2", tag == "blockquote", tag == "li":
				w.end()
				inPara = true
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			switch tag := string(name); {
			case silent[tag]:
				skip = max(0, skip-1)
			case tag == "title":
				inTitle = false
			case tag == "p", tag == "h1", tag == "h2", tag == "blockquote", tag == "li":
				w.end()
				inPara = false
			}
		}
	}
}

// declaredTitle returns the text of the title element.
func declaredTitle(page []byte) string {
	z := html.NewTokenizer(bytes.NewReader(page))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return ""
		case html.StartTagToken:
			if name, _ := z.TagName(); string(name) == "title" {
				if z.Next() == html.TextToken {
					return squeeze(string(z.Text()))
				}
				return ""
			}
		}
	}
}

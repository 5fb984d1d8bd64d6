// Package html makes an article of a web page: its title, byline, date, outlet,
// language and clean body.
//
// Pages are hostile, and an extractor at work cannot be stopped. So the size and
// the number of elements are counted before a tree is built: a large page goes
// to the extractor whose cost grows with the page alone, and a huge or deeply
// nested one is read by a linear pass over its paragraphs.
package html

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"
	"time"

	trafilatura "github.com/markusmobius/go-trafilatura"
	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"

	readability "codeberg.org/readeck/go-readability/v2"

	"casus/internal/article"
	"casus/internal/ingest/plain"
)

// Limits on a page. Real news pages have a few thousand elements.
const (
	MaxBytes      = 16 << 20
	largeElements = 5_000 // more: the linear extractor only
	largeBytes    = 2 << 20
	maxElements   = 50_000 // more: no tree at all
	maxDepth      = 400
	// enough is the length of a body below which a second extractor is asked.
	enough = 250
)

// ErrTooLarge is returned for a page of more than MaxBytes.
var ErrTooLarge = errors.New("page is larger than 16 MiB")

// ErrNoText is returned for a page in which no article is found.
var ErrNoText = errors.New("no article text found on the page")

// Sniff reports whether raw looks like an HTML page.
func Sniff(raw []byte) bool {
	head := bytes.ToLower(raw[:min(len(raw), 4096)])
	for _, mark := range []string{"<!doctype html", "<html", "<head", "<body", "<article", "<meta ", "<div", "<p>"} {
		if bytes.Contains(head, []byte(mark)) {
			return true
		}
	}
	return false
}

// Read makes an article of a page. The base URL may be empty.
func Read(raw []byte, base string) (*article.Article, error) {
	if len(raw) > MaxBytes {
		return nil, ErrTooLarge
	}
	utf8, err := charset.NewReader(bytes.NewReader(raw), "")
	if err != nil {
		return nil, fmt.Errorf("decode page: %w", err)
	}
	page, err := io.ReadAll(io.LimitReader(utf8, 2*MaxBytes))
	if err != nil {
		return nil, fmt.Errorf("decode page: %w", err)
	}
	elements, depth := measure(page)
	if elements > maxElements || depth > maxDepth {
		return scan(page)
	}
	var u *url.URL
	if base != "" {
		u, _ = url.Parse(base)
	}
	a, err := extract(page, u, elements > largeElements || len(page) > largeBytes)
	if err != nil {
		return nil, err
	}
	if a.Text == "" {
		return nil, ErrNoText
	}
	return a, nil
}

// measure counts the elements of the page and how deep they may nest.
func measure(page []byte) (elements, deepest int) {
	z := html.NewTokenizer(bytes.NewReader(page))
	depth := 0
	for elements <= maxElements {
		switch z.Next() {
		case html.ErrorToken:
			return elements, deepest
		case html.StartTagToken:
			elements++
			if name, _ := z.TagName(); !open[string(name)] {
				depth++
				deepest = max(deepest, depth)
			}
		case html.EndTagToken:
			depth = max(0, depth-1)
		case html.SelfClosingTagToken:
			elements++
		}
	}
	return elements, deepest
}

// open are elements that pages leave without an end tag.
var open = set("p li br img meta link input hr area base col embed source track wbr td th tr dt dd option")

func extract(page []byte, u *url.URL, large bool) (*article.Article, error) {
	a := &article.Article{}
	if large {
		second(a, page, u)
		a.Title = first(a.Title, declaredTitle(page))
		return a, nil
	}
	root, err := html.ParseWithOptions(bytes.NewReader(page), html.ParseOptionEnableScripting(false))
	if err != nil {
		return nil, fmt.Errorf("parse page: %w", err)
	}
	res, err := trafilatura.ExtractDocument(root, trafilatura.Options{OriginalURL: u, ExcludeComments: true, ExcludeTables: true})
	if err == nil && res != nil {
		m := res.Metadata
		a.Title, a.Byline, a.Language, a.URL = squeeze(m.Title), squeeze(m.Author), m.Language, m.URL
		a.Outlet = first(squeeze(m.Sitename), m.Hostname)
		if !m.Date.IsZero() {
			a.Published = stamp(m.Date)
		}
		a.Text = body(res.ContentNode)
	}
	if len(a.Text) < enough {
		second(a, page, u)
	}
	a.Title = first(a.Title, declaredTitle(page))
	return a, nil
}

// second asks the other extractor and takes its text when it found more.
func second(a *article.Article, page []byte, u *url.URL) {
	r, err := readability.FromReader(bytes.NewReader(page), u)
	if err != nil || r.Node == nil {
		return
	}
	if t := body(r.Node); len(t) > len(a.Text) {
		a.Text = t
	}
	a.Title = first(a.Title, squeeze(r.Title()))
	a.Byline = first(a.Byline, squeeze(r.Byline()))
	a.Outlet = first(a.Outlet, squeeze(r.SiteName()))
	a.Language = first(a.Language, r.Language())
	if t, err := r.PublishedTime(); err == nil && a.Published.IsZero() {
		a.Published = stamp(t)
	}
}

// stamp keeps the time of day only where the page gives one.
func stamp(t time.Time) article.Stamp {
	h, m, s := t.Clock()
	return article.Stamp{Time: t, Moment: h != 0 || m != 0 || s != 0}
}

// body returns the text of a tree, its block elements separated by blank lines.
func body(n *html.Node) string {
	if n == nil {
		return ""
	}
	var w blocks
	walk(n, &w)
	return w.String()
}

func walk(n *html.Node, w *blocks) {
	switch n.Type {
	case html.TextNode:
		w.text(n.Data)
		return
	case html.ElementNode:
		if silent[n.Data] {
			return
		}
		if n.Data == "br" || block[n.Data] {
			w.end()
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		walk(c, w)
	}
	if n.Type == html.ElementNode && block[n.Data] {
		w.end()
	}
}

var silent = set("script style noscript template svg iframe button form select nav aside footer")

var block = set("p div section article header main blockquote h1 h2 h3 h4 h5 h6 ul ol li table tr dl dt dd figure figcaption pre hr address title body")

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

// blocks collects paragraphs.
type blocks struct {
	out, cur strings.Builder
}

func (b *blocks) text(s string) { b.cur.WriteString(s) }

func (b *blocks) end() {
	p := squeeze(b.cur.String())
	b.cur.Reset()
	if p == "" {
		return
	}
	if b.out.Len() > 0 {
		b.out.WriteString("\n\n")
	}
	b.out.WriteString(p)
}

func (b *blocks) String() string {
	b.end()
	return plain.Clean([]byte(b.out.String()))
}

// squeeze folds runs of white space into one space.
func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }

func first(vs ...string) string {
	for _, v := range vs {
		if v != "" {
			return v
		}
	}
	return ""
}

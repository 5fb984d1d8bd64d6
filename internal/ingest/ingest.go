// Package ingest turns files into articles: plain text, HTML pages and JSON
// lines, compressed or not, told apart by their content.
//
// A source that cannot be read becomes an Item with an error and the next one
// is read: one bad article never ends a batch.
package ingest

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/klauspost/compress/zstd"

	"casus/internal/article"
	"casus/internal/ingest/html"
	"casus/internal/ingest/jsonl"
	"casus/internal/ingest/plain"
)

// A Format is how a source is read.
type Format string

// Formats of input. Auto guesses by content.
const (
	Auto  Format = "auto"
	Text  Format = "text"
	HTML  Format = "html"
	JSONL Format = "jsonl"
)

// ParseFormat reads the name of a format.
func ParseFormat(s string) (Format, error) {
	switch f := Format(s); f {
	case Auto, Text, HTML, JSONL:
		return f, nil
	}
	return "", fmt.Errorf("unknown input format %q: use auto, text, html or jsonl", s)
}

// Limits on one source.
const (
	maxFile = 64 << 20 // of a text file, after decompression
	maxLine = 32 << 20 // of one line of JSON
)

// Options says how sources are read and what overrides what they say.
type Options struct {
	Format    Format
	Published article.Stamp // overrides the date of every article, when set
	URL       string
	Outlet    string
	Stdin     io.Reader
}

// An Item is an article, or the error that stands in its place.
type Item struct {
	Article *article.Article
	Name    string // file, and line where one file holds many: "news.jsonl:17"
	Err     error
}

// Sources returns the articles of the arguments in order. An argument is a
// file, a folder (read in order of name, recursively), a glob, or "-" for
// standard input.
func Sources(args []string, o Options) iter.Seq[Item] {
	return func(yield func(Item) bool) {
		for _, arg := range args {
			for name, err := range expand(arg) {
				if err != nil {
					if !yield(Item{Name: name, Err: err}) {
						return
					}
					continue
				}
				if !read(name, o, yield) {
					return
				}
			}
		}
	}
}

// expand returns the files that an argument names.
func expand(arg string) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		if arg == "-" {
			yield(arg, nil)
			return
		}
		info, err := os.Stat(arg)
		switch {
		case err == nil && info.IsDir():
			walkDir(arg, yield)
		case err == nil:
			yield(arg, nil)
		default:
			names, gerr := filepath.Glob(arg)
			if gerr != nil || len(names) == 0 {
				yield(arg, fmt.Errorf("no such file, folder or pattern"))
				return
			}
			slices.Sort(names)
			for _, n := range names {
				if info, err := os.Stat(n); err == nil && info.IsDir() {
					continue
				}
				if !yield(n, nil) {
					return
				}
			}
		}
	}
}

func walkDir(root string, yield func(string, error) bool) {
	stop := errors.New("stop")
	err := filepath.WalkDir(root, func(p string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			if !yield(p, err) {
				return stop
			}
			return nil
		case strings.HasPrefix(e.Name(), ".") && p != root:
			if e.IsDir() {
				return fs.SkipDir
			}
			return nil
		case e.IsDir() || !e.Type().IsRegular():
			return nil
		}
		if !yield(p, nil) {
			return stop
		}
		return nil
	})
	if err != nil && !errors.Is(err, stop) {
		yield(root, err)
	}
}

// read yields the articles of one file and reports whether to go on.
func read(name string, o Options, yield func(Item) bool) bool {
	shown := name
	var f io.Reader
	if name == "-" {
		shown, f = "standard input", o.Stdin
	} else {
		file, err := os.Open(name)
		if err != nil {
			return yield(Item{Name: name, Err: errors.Unwrap(err)})
		}
		defer file.Close()
		f = file
	}
	r, closeFn, err := decompress(f)
	if err != nil {
		return yield(Item{Name: shown, Err: err})
	}
	defer closeFn()
	br := bufio.NewReaderSize(r, 64<<10)
	head, err := br.Peek(4096)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, bufio.ErrBufferFull) {
		return yield(Item{Name: shown, Err: fmt.Errorf("read: %w", err)})
	}
	format := o.Format
	if format == Auto || format == "" {
		format = guess(head)
	}
	if format == JSONL {
		return lines(shown, br, o, yield)
	}
	return yield(one(shown, br, format, o))
}

// guess tells the format of a source by its first bytes.
func guess(head []byte) Format {
	switch {
	case jsonl.Sniff(head):
		return JSONL
	case html.Sniff(head):
		return HTML
	}
	return Text
}

// decompress looks through gzip and zstd, told by their magic numbers.
func decompress(f io.Reader) (io.Reader, func(), error) {
	br := bufio.NewReaderSize(f, 64<<10)
	magic, _ := br.Peek(4)
	switch {
	case bytes.HasPrefix(magic, []byte{0x1f, 0x8b}):
		z, err := gzip.NewReader(br)
		if err != nil {
			return nil, nil, fmt.Errorf("not a valid gzip file: %w", err)
		}
		return z, func() { z.Close() }, nil
	case bytes.Equal(magic, []byte{0x28, 0xb5, 0x2f, 0xfd}):
		z, err := zstd.NewReader(br, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(256<<20))
		if err != nil {
			return nil, nil, fmt.Errorf("not a valid zstd file: %w", err)
		}
		return z, z.Close, nil
	}
	return br, func() {}, nil
}

// one reads a source that holds a single article.
func one(name string, r io.Reader, f Format, o Options) Item {
	raw, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if err != nil {
		return Item{Name: name, Err: fmt.Errorf("read: %w", err)}
	}
	if len(raw) > maxFile {
		return Item{Name: name, Err: fmt.Errorf("larger than %d MiB: split it, or give JSON lines", maxFile>>20)}
	}
	var a *article.Article
	if f == HTML {
		a, err = html.Read(raw, o.URL)
	} else {
		if binary(raw) {
			return Item{Name: name, Err: errors.New("not text: it holds binary data")}
		}
		a, err = plain.Read(raw)
	}
	if err != nil {
		return Item{Name: name, Err: err}
	}
	if strings.TrimSpace(a.Text) == "" {
		return Item{Name: name, Err: errors.New("empty: no text to code")}
	}
	return finish(a, name, o)
}

// binary reports whether raw cannot be text: it holds many NUL bytes.
func binary(raw []byte) bool {
	head := raw[:min(len(raw), 8192)]
	return bytes.Count(head, []byte{0})*20 > len(head)
}

// lines reads JSON lines.
func lines(name string, br *bufio.Reader, o Options, yield func(Item) bool) bool {
	for n := 1; ; n++ {
		raw, err := line(br)
		if len(bytes.TrimSpace(raw)) > 0 || errors.Is(err, errLong) {
			at := fmt.Sprintf("%s:%d", name, n)
			var it Item
			if errors.Is(err, errLong) {
				it = Item{Name: at, Err: err}
			} else if a, perr := jsonl.Parse(raw); perr != nil {
				it = Item{Name: at, Err: perr}
			} else {
				it = finish(a, at, o)
			}
			if !yield(it) {
				return false
			}
		}
		if err != nil && !errors.Is(err, errLong) {
			if !errors.Is(err, io.EOF) {
				return yield(Item{Name: name, Err: fmt.Errorf("read: %w", err)})
			}
			return true
		}
	}
}

var errLong = fmt.Errorf("line is longer than %d MiB", maxLine>>20)

// line reads up to the next newline, passing over the rest of one that is too long.
func line(br *bufio.Reader) ([]byte, error) {
	var out []byte
	long := false
	for {
		part, err := br.ReadSlice('\n')
		if len(out)+len(part) > maxLine {
			long, out = true, nil
		}
		if !long {
			out = append(out, part...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case long && err == nil:
			return nil, errLong
		}
		return out, err
	}
}

// finish applies the options that override and gives the article its id.
func finish(a *article.Article, name string, o Options) Item {
	a.Path = name
	if !o.Published.IsZero() {
		a.Published = o.Published
	}
	if o.URL != "" {
		a.URL = o.URL
	}
	if o.Outlet != "" {
		a.Outlet = o.Outlet
	}
	if a.ID == "" {
		a.ID = article.Hash(a.URL, a.Text)
	}
	return Item{Article: a, Name: name}
}

package cli

import (
	"iter"
	"runtime"

	"github.com/spf13/cobra"

	"casus/internal/article"
	"casus/internal/ingest"
)

// inputFlags are the flags of every command that reads articles.
type inputFlags struct {
	format, published, url, outlet string
	workers                        int
}

func (f *inputFlags) register(c *cobra.Command) {
	fs := c.Flags()
	fs.StringVar(&f.format, "input", "auto", "format of the input: auto, text, html or jsonl")
	fs.StringVar(&f.published, "published", "", "date of the articles, YYYY-MM-DD or RFC 3339; overrides what they say")
	fs.StringVar(&f.url, "url", "", "address of the article")
	fs.StringVar(&f.outlet, "outlet", "", "name of the publisher")
	fs.IntVar(&f.workers, "workers", runtime.GOMAXPROCS(0), "articles coded at the same time")
}

// sources returns the articles that the arguments name.
func (f *inputFlags) sources(a *app, args []string) (iter.Seq[ingest.Item], error) {
	format, err := ingest.ParseFormat(f.format)
	if err != nil {
		return nil, exitCode{exitUsage, err}
	}
	st, err := article.ParseStamp(f.published)
	if err != nil {
		return nil, usageError("--published: %w", err)
	}
	if f.workers < 1 {
		return nil, usageError("--workers: want 1 or more, got %d", f.workers)
	}
	return ingest.Sources(args, ingest.Options{Format: format, Published: st, URL: f.url, Outlet: f.outlet, Stdin: a.in}), nil
}

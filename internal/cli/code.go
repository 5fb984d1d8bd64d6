package cli

import (
	"bufio"
	"fmt"
	"time"

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"

	"casus/internal/engine"
	"casus/internal/record"
)

func (a *app) codeCmd() *cobra.Command {
	var in inputFlags
	var output string
	var all, why bool
	var minConf float64
	c := &cobra.Command{
		Use:   "code FILE…",
		Short: "Code articles: events, statements, claims, actors, places, dates",
		Long: `Code reads articles (plain text, HTML or JSON lines, told apart by content; .gz
and .zst too) and prints their records. FILE may be a folder, a pattern, or -
for standard input.

By default only events that happened and are the article's own news are printed;
--all adds planned, threatened, denied, past and low-confidence ones, with their
status.`,
		Example: `  casus code examples/call.txt
  casus code --why -                            paste text, end with Ctrl-D
  casus code --output jsonl --workers 8 news/ > records.jsonl
  casus code --published 2026-01-13 page.html --output csv --all`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			items, err := in.sources(a, args)
			if err != nil {
				return err
			}
			p, err := a.pipeline()
			if err != nil {
				return err
			}
			buf := bufio.NewWriterSize(a.out, 1<<16)
			w, err := a.newWriter(output, buf, why)
			if err != nil {
				return err
			}
			run := &batch{app: a, w: w, buf: buf, all: all, minConf: minConf, bar: a.progress()}
			return run.finish(engine.Run(cmd.Context(), items, in.workers, p.Code, run.emit))
		},
	}
	in.register(c)
	f := c.Flags()
	f.StringVarP(&output, "output", "o", "", "json, jsonl, csv or table (default: table on a terminal, else jsonl)")
	f.BoolVar(&all, "all", false, "print every event, whatever its status and confidence")
	f.BoolVar(&why, "why", false, "print the words and the reasons under each record of the table")
	f.Float64Var(&minConf, "min-confidence", record.DefaultMinConfidence, "least confidence of an event to be printed, 0 to 1")
	complete(c, "output", formats...)
	complete(c, "input", "auto", "text", "html", "jsonl")
	return c
}

// complete offers the values of a flag to the shell.
func complete(c *cobra.Command, flag string, values ...string) {
	// The only error is a flag that does not exist, which the tests would meet.
	_ = c.RegisterFlagCompletionFunc(flag, func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return values, cobra.ShellCompDirectiveNoFileComp
	})
}

// progress returns the bar of a long run, or nil where none is wanted: it is
// drawn on a terminal only, and only while the records go elsewhere.
func (a *app) progress() *progressbar.ProgressBar {
	if a.quiet || !isTerminal(a.errOut) || isTerminal(a.out) {
		return nil
	}
	return progressbar.NewOptions(-1, progressbar.OptionSetWriter(a.errOut), progressbar.OptionSetDescription("coding"),
		progressbar.OptionShowIts(), progressbar.OptionSetItsString("articles"), progressbar.OptionShowCount(),
		progressbar.OptionClearOnFinish(), progressbar.OptionThrottle(200*time.Millisecond))
}

// A batch prints results and remembers what failed.
type batch struct {
	app     *app
	w       writer
	buf     *bufio.Writer
	all     bool
	minConf float64
	bar     *progressbar.ProgressBar
	done    int
	failed  []engine.Result
}

func (b *batch) emit(r engine.Result) error {
	if b.bar != nil {
		b.bar.Add(1)
	}
	if r.Err != nil {
		b.failed = append(b.failed, r)
		fmt.Fprintf(b.app.errOut, "casus: %s: %s\n", r.Name, oneLine(r.Err))
		return nil
	}
	b.done++
	show(r.Document, b.all, b.minConf)
	if err := b.w.Write(r.Document); err != nil {
		return err
	}
	// A person, or a program that writes one article and waits for its
	// records, must not wait for the buffer to fill.
	return b.buf.Flush()
}

// finish closes the output and says at the end what failed.
func (b *batch) finish(err error) error {
	if b.bar != nil {
		b.bar.Finish()
	}
	if cerr := b.w.Close(); err == nil {
		err = cerr
	}
	if ferr := b.buf.Flush(); err == nil {
		err = ferr
	}
	switch {
	case err != nil:
		return err
	case len(b.failed) == 0:
		return nil
	case b.done == 0 && len(b.failed) == 1:
		return exitCode{exitError, nil} // already said in one line
	}
	if !b.app.quiet {
		fmt.Fprintf(b.app.errOut, "casus: %s coded, %d failed; the lines above say which and why\n", count(b.done, "article"), len(b.failed))
	}
	return exitCode{exitPartial, nil}
}

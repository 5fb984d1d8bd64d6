package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"casus/internal/article"
	"casus/internal/record"
)

// extracted is what casus extract prints.
type extracted struct {
	Title     *string `json:"title"`
	Byline    *string `json:"byline"`
	Published *string `json:"published"`
	Outlet    *string `json:"outlet"`
	Language  *string `json:"language"`
	URL       *string `json:"url"`
	Text      string  `json:"text"`
}

func (a *app) extractCmd() *cobra.Command {
	var in inputFlags
	var output string
	c := &cobra.Command{
		Use:     "extract FILE…",
		Short:   "Print the title, byline, date, outlet, language and clean text of pages",
		Example: "  casus extract page.html --output json",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if output != "json" && output != "jsonl" && output != "text" {
				return usageError("unknown output format %q: use text, json or jsonl", output)
			}
			items, err := in.sources(a, args)
			if err != nil {
				return err
			}
			var failed []error
			done := 0
			for it := range items {
				if it.Err != nil {
					fmt.Fprintf(a.errOut, "casus: %s: %s\n", it.Name, oneLine(it.Err))
					failed = append(failed, it.Err)
					continue
				}
				done++
				if err := a.printExtract(it.Article, output); err != nil {
					return err
				}
			}
			if len(failed) > 0 && done > 0 {
				return exitCode{exitPartial, nil}
			}
			if len(failed) > 0 {
				return exitCode{exitError, nil}
			}
			return errors.Join(failed...)
		},
	}
	in.register(c)
	c.Flags().StringVarP(&output, "output", "o", "text", "text, json or jsonl")
	complete(c, "output", "text", "json", "jsonl")
	return c
}

func (a *app) printExtract(art *article.Article, output string) error {
	x := extracted{
		Title: record.Ptr(art.Title), Byline: record.Ptr(art.Byline), Published: record.Ptr(art.Published.String()), Outlet: record.Ptr(art.Outlet),
		Language: record.Ptr(art.Language), URL: record.Ptr(art.URL), Text: art.Text,
	}
	if output != "text" {
		e := json.NewEncoder(a.out)
		e.SetEscapeHTML(false)
		if output == "json" {
			e.SetIndent("", "  ")
		}
		return e.Encode(x)
	}
	// The form that casus reads back: a header, a blank line, the text.
	var b strings.Builder
	for _, f := range []struct {
		name  string
		value *string
	}{{"Title", x.Title}, {"Byline", x.Byline}, {"Published", x.Published}, {"Outlet", x.Outlet}, {"Language", x.Language}, {"URL", x.URL}} {
		if f.value != nil {
			fmt.Fprintf(&b, "%s: %s\n", f.name, *f.value)
		}
	}
	if b.Len() > 0 {
		b.WriteString("\n")
	}
	b.WriteString(art.Text + "\n")
	_, err := fmt.Fprint(a.out, b.String())
	return err
}

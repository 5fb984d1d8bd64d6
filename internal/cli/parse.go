package cli

import (
	"bufio"
	"fmt"

	"github.com/spf13/cobra"

	"casus/internal/ingest"
	"casus/internal/lang/conllu"
)

func (a *app) parseCmd() *cobra.Command {
	var input, output string
	c := &cobra.Command{
		Use:   "parse [FILE…]",
		Short: "Print sentences, words, tags, lemmas, trees and names as CoNLL-U",
		Long: `Parse reads raw text from the files, or from standard input, and prints the
language analysis as CoNLL-U, with names in the MISC column (NER=B-PER …).
With --input conllu the sentences and words given are kept.`,
		Example: "  casus parse article.txt\n  casus parse --input conllu < gold.conllu > own.conllu",
		RunE: func(_ *cobra.Command, args []string) error {
			if output != "conllu" {
				return usageError("unknown output format %q: use conllu", output)
			}
			if len(args) == 0 {
				args = []string{"-"}
			}
			if input == "conllu" {
				return a.parseTokens(args)
			}
			format, err := ingest.ParseFormat(input)
			if err != nil {
				return usageError("unknown input format %q: use auto, text, html, jsonl or conllu", input)
			}
			return a.parseText(args, format)
		},
	}
	c.Flags().StringVar(&input, "input", "auto", "auto, text, html, jsonl or conllu")
	c.Flags().StringVarP(&output, "output", "o", "conllu", "conllu")
	complete(c, "input", "auto", "text", "html", "jsonl", "conllu")
	complete(c, "output", "conllu")
	return c
}

func (a *app) parseText(args []string, format ingest.Format) error {
	p, err := a.pipeline()
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(a.out, 1<<16)
	failed := false
	for it := range ingest.Sources(args, ingest.Options{Format: format, Stdin: a.in}) {
		if it.Err != nil {
			fmt.Fprintf(a.errOut, "casus: %s: %s\n", it.Name, oneLine(it.Err))
			failed = true
			continue
		}
		if err := conllu.Write(w, p.Parse(it.Article)); err != nil {
			return err
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	if failed {
		return exitCode{exitPartial, nil}
	}
	return nil
}

// parseTokens keeps the words of CoNLL-U input.
func (a *app) parseTokens(args []string) error {
	p, err := a.pipeline()
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(a.out, 1<<16)
	for _, name := range args {
		r := a.in
		if name != "-" {
			f, err := ingest.OpenFile(name)
			if err != nil {
				return err
			}
			defer f.Close()
			r = f
		}
		for ss, err := range conllu.Docs(r, name) {
			if err != nil {
				return exitCode{exitData, err}
			}
			d := conllu.Tokens(ss[0].DocID, ss)
			p.Language(d)
			if err := conllu.Write(w, d); err != nil {
				return err
			}
		}
	}
	return w.Flush()
}

package cli

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"casus/internal/article"
	"casus/internal/doc"
	"casus/internal/eval"
	"casus/internal/ingest"
	"casus/internal/pipeline"
)

func (a *app) clausesCmd() *cobra.Command {
	var in inputFlags
	var raw bool
	c := &cobra.Command{
		Use:   "clauses FILE…",
		Short: "Print the ledger of clauses: who does what to whom, on whose word, with what status",
		Long: `Clauses reads articles as casus code does and prints every predicate of every
sentence: its status (actual, historical, future, hypothetical, negated), its
arguments, the predicates that it stands inside with those who hold them, nearest
first, and the reasons for the status with the words that gave them.`,
		Example: `  casus clauses examples/call.txt
  echo "Iran threatened to close the strait." | casus clauses -`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			items, err := in.sources(a, args)
			if err != nil {
				return err
			}
			p, err := a.pipeline()
			if err != nil {
				return err
			}
			w := bufio.NewWriterSize(a.out, 1<<16)
			failed := false
			for it := range items {
				if it.Err != nil {
					fmt.Fprintf(a.errOut, "casus: %s: %s\n", it.Name, oneLine(it.Err))
					failed = true
					continue
				}
				failed = a.printClauses(w, p, it, raw) || failed
			}
			if err := w.Flush(); err != nil {
				return err
			}
			if failed {
				return exitCode{exitPartial, nil}
			}
			return nil
		},
	}
	in.register(c)
	c.Flags().BoolVar(&raw, "raw", false, "one line per clause with everything known of it, for work on the rules")
	return c
}

// printClauses prints the ledger of one article and says whether it has none.
func (a *app) printClauses(w io.Writer, p *pipeline.Pipeline, it ingest.Item, raw bool) (failed bool) {
	d, out := p.Run(it.Article)
	if d == nil {
		fmt.Fprintf(a.errOut, "casus: %s: %s\n", it.Name, out.Outcome.Reason)
		return true
	}
	if raw {
		io.WriteString(w, p.Clauses(d))
		return false
	}
	writeLedger(w, d)
	return false
}

// writeLedger prints the sentences of d with their clauses.
func writeLedger(w io.Writer, d *doc.Doc) {
	next := 0
	for _, s := range d.Sentences {
		fmt.Fprintf(w, "%s\n", strings.Join(strings.Fields(d.Words(s.First, s.End)), " "))
		for ; next < len(d.Clauses) && d.Clauses[next].Pred < s.End; next++ {
			writeClause(w, d, &d.Clauses[next])
		}
		fmt.Fprintln(w)
	}
}

func writeClause(w io.Writer, d *doc.Doc, c *doc.Clause) {
	name := d.Word(c.Pred)
	if c.Support != doc.NoToken {
		name = d.Word(c.Support) + " … " + name
	}
	fmt.Fprintf(w, "  %-13s %s", c.Status, name)
	for _, arg := range c.Args {
		fmt.Fprintf(w, "  %s: %s", arg.Role, d.Words(arg.First, arg.End))
	}
	fmt.Fprintln(w)
	var chain []string
	for e, n := c, 0; e.Embedder != doc.NoClause && n < len(d.Clauses); n++ {
		how := e.How
		e = &d.Clauses[e.Embedder]
		link := d.Word(e.Pred)
		if how != "" {
			link += " (" + how + ")"
		}
		if holder := e.Arg(doc.Agent); holder != nil {
			link += " by " + d.Words(holder.First, holder.End)
		}
		chain = append(chain, link)
	}
	if chain != nil {
		fmt.Fprintf(w, "    inside: %s\n", strings.Join(chain, " < "))
	}
	for _, r := range c.Reasons {
		fmt.Fprintf(w, "    because: %s %q\n", r.Rule, d.Words(r.First, r.End))
	}
}

// ledger analyses one article.
func ledger(p *pipeline.Pipeline) eval.Ledger {
	return func(a *article.Article) *doc.Doc {
		d, _ := p.Run(a)
		return d
	}
}

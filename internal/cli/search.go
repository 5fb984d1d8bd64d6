package cli

import (
	"bufio"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"casus/internal/export/listing"
	"casus/internal/query"
	"casus/internal/store"
)

func (a *app) searchCmd() *cobra.Command {
	var qf queryFlags
	var kind, speaker, about, output, cursor string
	var limit int
	var best, fail bool
	c := &cobra.Command{
		Use:   "search QUERY",
		Short: "Find events, statements, claims and articles in a store",
		Long:  "Search lists what a store holds, newest first.\n\n" + queryHelp,
		Example: `  casus search 'actor:NOR recipient:COL event:CONSULT near5:"peace talks"' --store news.db
  casus search --kind statement --speaker Sheinbaum --about Trump --store news.db
  casus search --kind article '' -o csv --limit 1000 --store news.db`,
		RunE: func(cmd *cobra.Command, args []string) error {
			r, err := qf.request(args)
			if err != nil {
				return err
			}
			r.Limit, r.Cursor, r.Best = limit, cursor, best
			if err := setKind(&r, kind); err != nil {
				return err
			}
			for f, v := range map[string]string{"speaker": speaker, "about": about} {
				if v == "" {
					continue
				}
				if kind == "" && r.Query.Kind == "" {
					r.Kind = query.Statement
				}
				q, err := query.Parse(f + `:"` + strings.ReplaceAll(v, `"`, " ") + `"`)
				if err != nil {
					return usageError("--%s: %w", f, err)
				}
				r.Query.Expr = both(r.Query.Expr, q.Expr)
			}
			s, err := qf.read(cmd.Context())
			return with(s, err, func(s store.Store) error { return a.search(cmd, s, r, output, fail) })
		},
	}
	qf.register(c)
	f := c.Flags()
	f.StringVar(&kind, "kind", "", "event, statement, article or claim (default: event)")
	f.StringVar(&speaker, "speaker", "", "who is quoted (lists statements)")
	f.StringVar(&about, "about", "", "whom a statement is about (lists statements)")
	f.StringVarP(&output, "output", "o", "", "table, json, jsonl or csv (default: table on a terminal, else jsonl)")
	f.IntVar(&limit, "limit", 20, "most records to list, up to 1000")
	f.StringVar(&cursor, "cursor", "", "go on after a page: the cursor that the page before printed")
	f.BoolVar(&best, "best", false, "most relevant first, of the newest 10,000 that match, instead of newest first")
	f.BoolVar(&fail, "fail-empty", false, "exit with 3 when nothing is found")
	complete(c, "kind", query.Kinds...)
	complete(c, "output", listing.Formats...)
	return c
}

const exitEmpty = 3

func setKind(r *store.Request, kind string) error {
	if kind == "" {
		return nil
	}
	q, err := query.Parse("kind:" + kind)
	if err != nil || q.Kind == "" {
		return usageError("--kind: unknown kind %q: use %s", kind, list(query.Kinds))
	}
	if r.Query.Kind != "" && r.Query.Kind != q.Kind {
		return usageError("--kind says %s, the query says %s", q.Kind, r.Query.Kind)
	}
	r.Kind = q.Kind
	return nil
}

func both(x, y query.Expr) query.Expr {
	switch x := x.(type) {
	case nil:
		return y
	case query.And:
		return append(x[:len(x):len(x)], y)
	}
	return query.And{x, y}
}

// orDefault returns the output format: a table on a terminal, else the other.
func (a *app) orDefault(output, other string) string {
	switch {
	case output != "":
		return output
	case isTerminal(a.out):
		return "table"
	}
	return other
}

func (a *app) search(cmd *cobra.Command, s store.Store, r store.Request, output string, fail bool) error {
	buf := bufio.NewWriter(a.out)
	w, err := listing.New(buf, a.orDefault(output, "jsonl"), string(r.KindOf()), width(a.out))
	if err != nil {
		return exitCode{exitUsage, err}
	}
	page, err := s.Search(cmd.Context(), r)
	if err != nil {
		return err
	}
	for _, h := range page.Hits {
		if err := w.Write(h.Document, h.Record); err != nil {
			return err
		}
	}
	if err := errors.Join(w.Close(), buf.Flush()); err != nil {
		return err
	}
	switch {
	case len(page.Hits) == 0:
		if !a.quiet {
			fmt.Fprintln(a.errOut, "casus: nothing found")
		}
		if fail {
			return exitCode{exitEmpty, nil}
		}
	case page.Next != "" && !a.quiet:
		fmt.Fprintf(a.errOut, "casus: more follow: --cursor %s\n", page.Next)
	}
	return nil
}

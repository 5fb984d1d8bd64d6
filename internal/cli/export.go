package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"casus/internal/export/csv"
	"casus/internal/export/gdelt2"
	"casus/internal/export/jsonl"
	"casus/internal/export/polecat"
	"casus/internal/query"
	"casus/internal/store"
)

var exportFormats = []string{"csv", "jsonl", "gdelt2", "polecat", "dyad-month"}

func (a *app) exportCmd() *cobra.Command {
	var qf queryFlags
	var format, out, kind string
	c := &cobra.Command{
		Use:   "export QUERY",
		Short: "Write what a query finds in a format for other programs",
		Long: `Export writes everything that a query finds, from one moment of the store:

  csv         one row per event, for R, pandas and spreadsheets
  jsonl       one document per article, as casus code writes them, with the records that match
  gdelt2      the 61 columns of GDELT 2.0 events
  polecat     the 40 columns of POLECAT
  dyad-month  events by month and pair of codes, with the articles of the month

` + queryHelp,
		Example: "  casus export 'event:ASSAULT since:2026-01' --format csv --out assaults.csv --store news.db\n  casus export '' --format gdelt2 --store news.db > 20260113.export.CSV",
		RunE: func(cmd *cobra.Command, args []string) error {
			r, err := qf.request(args)
			if err != nil {
				return err
			}
			if err := oneOf("format", format, exportFormats); err != nil {
				return err
			}
			if err := setKind(&r, kind); err != nil {
				return err
			}
			if r.KindOf() != query.Event && format != "jsonl" {
				return usageError("format %s holds events only: use jsonl for %ss", format, r.KindOf())
			}
			s, err := qf.read(cmd.Context())
			return with(s, err, func(s store.Store) error {
				return a.toFile(out, func(w io.Writer) error { return a.export(cmd, s, r, format, w) })
			})
		},
	}
	qf.register(c)
	f := c.Flags()
	f.StringVar(&format, "format", "csv", list(exportFormats))
	f.StringVar(&out, "out", "", "file to write, which appears when it is complete (default: standard output)")
	f.StringVar(&kind, "kind", "", "for jsonl: event, statement, article or claim (default: event)")
	complete(c, "format", exportFormats...)
	return c
}

// toFile runs f with the standard output, or with a file that gets its name only
// when all is written.
func (a *app) toFile(name string, f func(io.Writer) error) error {
	if name == "" {
		buf := bufio.NewWriterSize(a.out, 1<<16)
		return errors.Join(f(buf), buf.Flush())
	}
	tmp, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+"-*")
	if err != nil {
		return fmt.Errorf("--out: %w", err)
	}
	buf := bufio.NewWriterSize(tmp, 1<<16)
	err = f(buf)
	if err == nil {
		err = errors.Join(buf.Flush(), tmp.Chmod(0o644), tmp.Sync())
	}
	if err := errors.Join(err, tmp.Close()); err != nil {
		return errors.Join(err, os.Remove(tmp.Name()))
	}
	return os.Rename(tmp.Name(), name)
}

func (a *app) export(cmd *cobra.Command, s store.Store, r store.Request, format string, out io.Writer) error {
	var w writer
	left := func() int { return 0 }
	switch format {
	case "dyad-month":
		g, err := dyadMonths(cmd, s, r)
		if err != nil {
			return err
		}
		b := *a
		b.out = out
		return b.writeTable(g, "csv")
	case "jsonl":
		w = jsonl.New(out, false)
	case "csv":
		w = csv.New(out)
	case "gdelt2":
		g := gdelt2.New(out)
		w, left = g, func() int { return g.Left }
	case "polecat":
		p := polecat.New(out)
		w, left = p, func() int { return p.Left }
	}
	if err := s.Each(cmd.Context(), r, w.Write); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	if n := left(); n > 0 && !a.quiet {
		fmt.Fprintf(a.errOut, "casus: %s left out, which %s cannot hold\n", count(n, "event"), format)
	}
	return nil
}

package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"casus/internal/query"
	"casus/internal/record"
	"casus/internal/store"
	"casus/internal/store/sqlite"
)

// storeFlag is the flag of every command that uses a store.
type storeFlag struct{ path string }

func (f *storeFlag) register(c *cobra.Command) {
	c.Flags().StringVar(&f.path, "store", os.Getenv("CASUS_STORE"), "file of the store (also: CASUS_STORE in the environment)")
}

// open opens the store that the flag names.
func (f *storeFlag) open(ctx context.Context, o sqlite.Options) (store.Store, error) {
	switch {
	case f.path == "":
		return nil, usageError("name the store: --store FILE, or CASUS_STORE in the environment")
	case strings.HasPrefix(f.path, "postgres://") || strings.HasPrefix(f.path, "postgresql://"):
		return nil, usageError("PostgreSQL stores are not built in: name a file")
	}
	o.Now = now()
	s, err := sqlite.Open(ctx, f.path, o)
	if err != nil {
		return nil, err
	}
	return s, nil
}

// read opens the store to read.
func (f *storeFlag) read(ctx context.Context) (store.Store, error) {
	return f.open(ctx, sqlite.Options{ReadOnly: true})
}

// now is the clock: it is read here and nowhere deeper.
func now() time.Time { return time.Now().UTC() }

// with runs f on an open store and closes it.
func with(s store.Store, err error, f func(store.Store) error) error {
	if err != nil {
		return err
	}
	return errors.Join(f(s), s.Close())
}

// queryFlags are the flags of every command that asks a query.
type queryFlags struct {
	storeFlag
	all     bool
	minConf float64
}

func (f *queryFlags) register(c *cobra.Command) {
	f.storeFlag.register(c)
	c.Flags().BoolVar(&f.all, "all", false, "events of every status and confidence, and background")
	c.Flags().Float64Var(&f.minConf, "min-confidence", record.DefaultMinConfidence, "least confidence of an event, 0 to 1")
}

// request reads the words of a command line as one query.
func (f *queryFlags) request(args []string) (store.Request, error) {
	q, err := query.Parse(strings.Join(args, " "))
	if err != nil {
		return store.Request{}, exitCode{exitUsage, err}
	}
	return store.Request{Query: q, All: f.all, MinConfidence: f.minConf}, nil
}

// queryHelp explains the language in the help of commands.
var queryHelp = `QUERY is made of words and "phrases", (a OR b), -not, near20:"a b", repeat3:"a"
and of fields:

` + query.Help() + `
An empty query asks for everything. By default events are listed that happened
and are the article's own news; status: or --all asks for others.`

func (a *app) dbCmd() *cobra.Command {
	c := &cobra.Command{
		Use:     "db",
		Short:   "Make, check and care for a store",
		Example: "  casus db init --store news.db\n  casus db check --store news.db",
	}
	c.AddCommand(
		a.dbDo("init", "Make a store", sqlite.Options{Create: true}, func(_ context.Context, s store.Store, _ []string) error { return nil }),
		a.dbDo("migrate", "Bring an older store to the schema of this casus", sqlite.Options{}, func(_ context.Context, s store.Store, _ []string) error { return nil }),
		a.dbDo("check", "Look for damage: of the file, of documents, of indexes", sqlite.Options{ReadOnly: true}, a.dbCheck),
		a.dbDo("vacuum", "Give back the space of what was removed", sqlite.Options{}, func(ctx context.Context, s store.Store, _ []string) error { return s.Vacuum(ctx) }),
		a.dbDo("info", "Print the sizes of a store", sqlite.Options{ReadOnly: true}, a.dbInfo),
		a.dbDo("runs", "List the coders that filled a store", sqlite.Options{ReadOnly: true}, a.dbRuns),
		a.dbBackup(), a.dbLog(),
	)
	return c
}

func (a *app) dbDo(use, short string, o sqlite.Options, do func(context.Context, store.Store, []string) error) *cobra.Command {
	var sf storeFlag
	c := &cobra.Command{
		Use: use, Short: short, Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			s, err := sf.open(cmd.Context(), o)
			return with(s, err, func(s store.Store) error { return do(cmd.Context(), s, args) })
		},
	}
	sf.register(c)
	return c
}

func (a *app) dbCheck(ctx context.Context, s store.Store, _ []string) error {
	faults, err := s.Check(ctx)
	if err != nil {
		return err
	}
	for _, f := range faults {
		fmt.Fprintln(a.out, f)
	}
	if len(faults) > 0 {
		return exitCode{exitData, fmt.Errorf("%s found: restore a backup, or load the articles again", count(len(faults), "fault"))}
	}
	fmt.Fprintln(a.out, "ok")
	return nil
}

func (a *app) dbInfo(ctx context.Context, s store.Store, _ []string) error {
	st, err := s.Stats(ctx)
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "articles\t%d\nevents\t%d\nstatements\t%d\nclaims\t%d\nnot coded\t%d\nunreadable inputs\t%d\nfirst day\t%s\nlast day\t%s\nbytes\t%d\nschema\t%d\n",
		st.Articles, st.Events, st.Statements, st.Claims, st.Outcomes, st.Failures, st.First, st.Last, st.Bytes, st.Schema)
	return w.Flush()
}

func (a *app) dbRuns(ctx context.Context, s store.Store, _ []string) error {
	runs, err := s.Runs(ctx)
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "RUN\tARTICLES\tREPLACED\tFIRST\tVERSION\tMODEL\tLEXICON")
	for _, r := range runs {
		fmt.Fprintf(w, "%d\t%d\t%d\t%s\t%s\t%s\t%s\n", r.ID, r.Articles, r.Before, r.First.Format(time.RFC3339), r.Coder.Version, r.Coder.Model, r.Coder.Lexicon)
	}
	return w.Flush()
}

func (a *app) dbBackup() *cobra.Command {
	var sf storeFlag
	c := &cobra.Command{
		Use: "backup FILE", Short: "Copy a store to FILE, as of one moment, while others write", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			s, err := sf.read(cmd.Context())
			return with(s, err, func(s store.Store) error { return s.Backup(cmd.Context(), args[0]) })
		},
	}
	sf.register(c)
	return c
}

func (a *app) dbLog() *cobra.Command {
	var sf storeFlag
	var after int64
	c := &cobra.Command{
		Use: "log", Short: "Print what came, changed and went, one JSON object a line", Args: cobra.NoArgs,
		Long: `Log prints the change log: articles and records added, edited, deleted and
corrected. To follow a store, give --after the last seq that you have.`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, err := sf.read(cmd.Context())
			return with(s, err, func(s store.Store) error {
				enc := json.NewEncoder(a.out)
				for {
					cs, err := s.Changes(cmd.Context(), after, 1000)
					if err != nil || len(cs) == 0 {
						return err
					}
					for _, c := range cs {
						if err := enc.Encode(c); err != nil {
							return err
						}
						after = c.Seq
					}
				}
			})
		},
	}
	sf.register(c)
	c.Flags().Int64Var(&after, "after", 0, "print what came after this seq")
	return c
}

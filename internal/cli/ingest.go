package cli

import (
	"context"
	"fmt"
	"iter"
	"time"

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"

	"casus/internal/article"
	"casus/internal/engine"
	"casus/internal/ground/kb"
	"casus/internal/ingest"
	"casus/internal/record"
	"casus/internal/store"
	"casus/internal/store/sqlite"
)

func (a *app) ingestCmd() *cobra.Command {
	var in inputFlags
	var sf storeFlag
	var bulk bool
	c := &cobra.Command{
		Use:   "ingest FILE…",
		Short: "Code articles and keep them in a store",
		Long: `Ingest codes articles as casus code does and keeps them, with their records, in
a store, which is made when it is missing. Articles that are stored already, coded
by this same coder, are passed over: an interrupted ingest is taken up by giving
the command again. What cannot be read is kept as a failure with its reason.`,
		Example: "  casus ingest --store news.db news/\n  zcat dump.jsonl.gz | casus ingest --store news.db -\n  casus ingest --bulk --store archive.db archive/   first load of many articles",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			items, err := in.sources(a, args)
			if err != nil {
				return err
			}
			s, err := sf.open(cmd.Context(), sqlite.Options{Create: true, Bulk: bulk})
			return with(s, err, func(s store.Store) error {
				p, err := a.pipeline()
				if err != nil {
					return err
				}
				k, err := a.newKeeper(cmd.Context(), s)
				if err != nil {
					return err
				}
				return k.finish(engine.Run(cmd.Context(), k.fresh(items, p.Coder()), in.workers, p.Code, k.emit))
			})
		},
	}
	in.register(c)
	sf.register(c)
	c.Flags().BoolVar(&bulk, "bulk", false, "first load of many articles: make the indexes at the end")
	return c
}

// batchSize is how many articles one transaction holds, and batchWait how long
// an article may wait for others.
const (
	batchSize = 64
	batchWait = 2 * time.Second
)

// A keeper puts coded articles into a store, many in a transaction, and
// remembers what became of each.
type keeper struct {
	app     *app
	ctx     context.Context
	s       store.Store
	kb      *kb.Base
	bar     *progressbar.ProgressBar
	wait    []store.Item
	ids     map[string]bool
	fails   []store.Failure
	since   time.Time // of the first that waits
	skipped int
	results map[store.Result]int
	failed  int
}

func (a *app) newKeeper(ctx context.Context, s store.Store) (*keeper, error) {
	base, err := kb.Open(nil)
	if err != nil {
		return nil, err
	}
	// What was coded is stored even when the run is interrupted.
	return &keeper{app: a, ctx: context.WithoutCancel(ctx), s: s, kb: base, bar: a.storeProgress(), ids: map[string]bool{}, results: map[store.Result]int{}}, nil
}

// storeProgress returns the bar of a run that prints no data.
func (a *app) storeProgress() *progressbar.ProgressBar {
	if a.quiet || !isTerminal(a.errOut) {
		return nil
	}
	return progressbar.NewOptions(-1, progressbar.OptionSetWriter(a.errOut), progressbar.OptionSetDescription("storing"),
		progressbar.OptionShowIts(), progressbar.OptionSetItsString("articles"), progressbar.OptionShowCount(),
		progressbar.OptionClearOnFinish(), progressbar.OptionThrottle(200*time.Millisecond))
}

// fresh passes over the articles that are stored already.
func (k *keeper) fresh(items iter.Seq[ingest.Item], c record.Coder) iter.Seq[ingest.Item] {
	return func(yield func(ingest.Item) bool) {
		for it := range items {
			if it.Err == nil {
				x := it.Article
				ref := store.Ref{ID: x.ID, Hash: store.ContentHash(x.URL, x.Outlet, x.Title, x.Byline, x.Published.String(), x.Text)}
				done, err := k.s.Coded(k.ctx, []store.Ref{ref}, c)
				if err != nil {
					it.Err = err
				} else if done[0] {
					k.skipped++
					continue
				}
			}
			if !yield(it) {
				return
			}
		}
	}
}

func (k *keeper) emit(r engine.Result) error {
	if k.bar != nil {
		k.bar.Add(1)
	}
	err, stage, code := r.Err, "ingest", "unreadable"
	if err == nil {
		if err = record.Validate(r.Document); err != nil {
			stage, code = "store", "unsound-records"
		}
	}
	if err != nil {
		k.failed++
		fmt.Fprintf(k.app.errOut, "casus: %s: %s\n", r.Name, oneLine(err))
		k.fails = append(k.fails, store.Failure{Name: r.Name, Stage: stage, Code: code, Reason: oneLine(err), At: now()})
		return nil
	}
	id := r.Document.Article.ID
	if k.ids[id] { // another text of the same id: one after the other
		if err := k.flush(); err != nil {
			return err
		}
	}
	if len(k.wait) == 0 {
		k.since = now()
	}
	k.ids[id] = true
	k.wait = append(k.wait, store.Item{Document: r.Document, Country: k.country(r.Document)})
	if len(k.wait) >= batchSize || now().Sub(k.since) > batchWait {
		return k.flush()
	}
	return nil
}

// country returns the country that the outlet of an article reports from.
func (k *keeper) country(d *record.Document) string {
	if d.Article.URL == nil {
		return ""
	}
	c, _ := k.kb.OutletCountry(sqlite.Domain(*d.Article.URL))
	return c
}

func (k *keeper) flush() error {
	if err := k.s.Fail(k.ctx, k.fails); err != nil {
		return err
	}
	k.fails = nil
	rs, err := k.s.Put(k.ctx, k.wait, now())
	if err != nil {
		return err
	}
	for _, r := range rs {
		k.results[r]++
	}
	k.wait = k.wait[:0]
	clear(k.ids)
	return nil
}

// finish stores what waits and says what became of all.
func (k *keeper) finish(err error) error {
	if k.bar != nil {
		k.bar.Finish()
	}
	if ferr := k.flush(); err == nil {
		err = ferr
	}
	stored := k.results[store.Added] + k.results[store.Recoded] + k.results[store.Replaced]
	if !k.app.quiet {
		fmt.Fprintf(k.app.errOut, "casus: %s stored", count(stored, "article"))
		for _, x := range []struct {
			n    int
			what string
		}{
			{k.results[store.Recoded], "coded anew"},
			{k.results[store.Replaced], "in place of another text of the same id"},
			{k.skipped + k.results[store.Unchanged], "there already"},
			{k.failed, "failed"},
		} {
			if x.n > 0 {
				fmt.Fprintf(k.app.errOut, ", %d %s", x.n, x.what)
			}
		}
		fmt.Fprintln(k.app.errOut)
	}
	switch {
	case err != nil:
		return err
	case k.failed == 0:
		return nil
	case k.failed == 1 && stored+k.skipped+k.results[store.Unchanged] == 0:
		return exitCode{exitError, nil}
	}
	return exitCode{exitPartial, nil}
}

// again returns the article that a document was coded from.
func again(d *record.Document) (*article.Article, error) {
	r := &d.Article
	x := &article.Article{ID: r.ID, Text: r.Text, Path: r.ID}
	for _, f := range []struct {
		to   *string
		from *string
	}{{&x.URL, r.URL}, {&x.Outlet, r.Outlet}, {&x.Title, r.Title}, {&x.Byline, r.Byline}, {&x.Language, r.Language}} {
		if f.from != nil {
			*f.to = *f.from
		}
	}
	if r.Published == nil {
		return x, nil
	}
	var err error
	x.Published, err = article.ParseStamp(*r.Published)
	return x, err
}

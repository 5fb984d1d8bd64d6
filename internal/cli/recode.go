package cli

import (
	"fmt"
	"iter"
	"runtime"

	"github.com/spf13/cobra"

	"casus/internal/engine"
	"casus/internal/ingest"
	"casus/internal/query"
	"casus/internal/record"
	"casus/internal/store"
	"casus/internal/store/sqlite"
)

func (a *app) recodeCmd() *cobra.Command {
	var sf storeFlag
	var since string
	var workers int
	c := &cobra.Command{
		Use:   "recode",
		Short: "Code the articles of a store again, with this casus",
		Long: `Recode codes each article that another coder coded: another version, model or
rules. The records before stay readable (casus diff), corrections by people stay
in force, and the change log says what came, changed and went. An interrupted
recode is taken up by giving the command again.`,
		Example: "  casus recode --store news.db --since 2026-01-01\n  casus recode --store news.db --rules my-rules/",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if workers < 1 {
				return usageError("--workers: want 1 or more, got %d", workers)
			}
			var from *int
			if since != "" {
				q, err := query.Parse("since:" + since)
				if err != nil {
					return usageError("--since: %w", err)
				}
				f, ok := q.Expr.(query.Field)
				if !ok {
					return usageError("--since: want one day, got %q", since)
				}
				day := int(f.Number)
				from = &day
			}
			s, err := sf.open(cmd.Context(), sqlite.Options{})
			return with(s, err, func(s store.Store) error {
				p, err := a.pipeline()
				if err != nil {
					return err
				}
				ids, err := codedByOthers(cmd, s, from, p.Coder())
				if err != nil {
					return err
				}
				k, err := a.newKeeper(cmd.Context(), s)
				if err != nil {
					return err
				}
				return k.finish(engine.Run(cmd.Context(), k.stored(ids), workers, p.Code, k.emit))
			})
		},
	}
	sf.register(c)
	c.Flags().StringVar(&since, "since", "", "only articles published on this day or later")
	c.Flags().IntVar(&workers, "workers", runtime.GOMAXPROCS(0), "articles coded at the same time")
	return c
}

// codedByOthers lists the articles that another coder coded, newest first.
func codedByOthers(cmd *cobra.Command, s store.Store, since *int, c record.Coder) ([]string, error) {
	runs, err := s.Runs(cmd.Context())
	if err != nil {
		return nil, err
	}
	mine := -1
	for _, r := range runs {
		if r.Coder == c {
			mine = r.ID
		}
	}
	var ids []string
	err = s.Articles(cmd.Context(), since, func(id string, run int) error {
		if run != mine {
			ids = append(ids, id)
		}
		return nil
	})
	return ids, err
}

// stored reads articles back from the store.
func (k *keeper) stored(ids []string) iter.Seq[ingest.Item] {
	return func(yield func(ingest.Item) bool) {
		for _, id := range ids {
			it := ingest.Item{Name: id}
			d, err := k.s.Document(k.ctx, id)
			if err == nil {
				it.Article, err = again(d)
			}
			if err != nil {
				it.Err = fmt.Errorf("read it back: %w", err)
			}
			if !yield(it) {
				return
			}
		}
	}
}

package cli

import (
	"encoding/json"
	"errors"

	"github.com/spf13/cobra"

	"casus/internal/export/explain"
	"casus/internal/export/listing"
	"casus/internal/store"
)

func (a *app) showCmd() *cobra.Command {
	var sf storeFlag
	var output string
	var run int
	c := &cobra.Command{
		Use:   "show ID",
		Short: "Print an article of a store with its records, or one record and why it is there",
		Long: `Show prints an article (ARTICLE) with all its records, or one record
(ARTICLE/e1) with the words it stands on and the reasons for it.`,
		Example: "  casus show 3f9c21aa77b04c1e --store news.db\n  casus show 3f9c21aa77b04c1e/e1 --store news.db",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			art, rec, err := splitID(args[0])
			if err != nil {
				return err
			}
			s, err := sf.read(cmd.Context())
			return with(s, err, func(s store.Store) error {
				d, err := s.Document(cmd.Context(), art)
				if run > 0 {
					d, err = s.DocumentOf(cmd.Context(), art, run)
				}
				if errors.Is(err, store.ErrNotFound) && rec != "" { // an id that looks like ARTICLE/RECORD
					if whole, werr := s.Document(cmd.Context(), args[0]); werr == nil {
						d, rec, err = whole, "", nil
					}
				}
				switch {
				case errors.Is(err, store.ErrNotFound):
					return notFound(args[0])
				case err != nil:
					return err
				case rec == "":
					w, err := a.newWriter(a.orDefault(output, "json"), a.out, false)
					if err != nil {
						return err
					}
					return errors.Join(w.Write(d), w.Close())
				}
				if e, ok := listing.EntryOf(d, rec); ok && output == "json" {
					enc := json.NewEncoder(a.out)
					enc.SetEscapeHTML(false)
					enc.SetIndent("", "  ")
					return enc.Encode(e)
				}
				ok, err := explain.Write(a.out, d, rec)
				if err == nil && !ok {
					err = notFound(args[0])
				}
				return err
			})
		},
	}
	sf.register(c)
	c.Flags().StringVarP(&output, "output", "o", "", "of an article: json, jsonl, csv or table; of a record: text or json")
	c.Flags().IntVar(&run, "run", 0, "as this run coded it, without corrections (casus db runs lists the runs)")
	return c
}

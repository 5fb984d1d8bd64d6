package cli

import (
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"casus/internal/export"
	"casus/internal/record"
	"casus/internal/store"
)

func (a *app) diffCmd() *cobra.Command {
	var sf storeFlag
	var output string
	c := &cobra.Command{
		Use:   "diff RUN RUN",
		Short: "Compare what two coders made of the same articles",
		Long: `Diff compares the events, statements and claims of two runs, over the articles
that both coded. casus db runs lists the runs; "latest" and "previous" name the
last two. A record is the same one when it stands on the same words.`,
		Example: "  casus diff previous latest --store news.db\n  casus diff 1 3 -o jsonl --store news.db",
		Args:    cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			s, err := sf.read(cmd.Context())
			return with(s, err, func(s store.Store) error {
				runs, err := s.Runs(cmd.Context())
				if err != nil {
					return err
				}
				x, err := runOf(runs, args[0])
				if err != nil {
					return err
				}
				y, err := runOf(runs, args[1])
				if err != nil {
					return err
				}
				return a.diff(cmd, s, x, y, output)
			})
		},
	}
	sf.register(c)
	c.Flags().StringVarP(&output, "output", "o", "table", "table or jsonl")
	complete(c, "output", "table", "jsonl")
	return c
}

func runOf(runs []store.Run, name string) (int, error) {
	back := map[string]int{"latest": 1, "previous": 2}[name]
	if back > 0 && back <= len(runs) {
		return runs[len(runs)-back].ID, nil
	}
	n, err := strconv.Atoi(name)
	for _, r := range runs {
		if err == nil && r.ID == n {
			return n, nil
		}
	}
	return 0, usageError("no run %q: casus db runs lists them", name)
}

func (a *app) diff(cmd *cobra.Command, s store.Store, x, y int, output string) error {
	if output != "table" && output != "jsonl" {
		return usageError("unknown output format %q: use table or jsonl", output)
	}
	enc := json.NewEncoder(a.out)
	enc.SetEscapeHTML(false)
	articles, counts := 0, map[string]int{}
	err := s.Shared(cmd.Context(), x, y, func(id string) error {
		before, err := s.DocumentOf(cmd.Context(), id, x)
		if err != nil {
			return err
		}
		after, err := s.DocumentOf(cmd.Context(), id, y)
		if err != nil {
			return err
		}
		articles++
		for _, d := range store.Diff(before, after) {
			counts[d.Kind+" "+d.Op]++
			if output == "jsonl" {
				err = enc.Encode(struct {
					ID     string `json:"id"`
					Kind   string `json:"kind"`
					Op     string `json:"op"`
					Before any    `json:"before,omitempty"`
					After  any    `json:"after,omitempty"`
				}{id + "/" + d.Record, d.Kind, d.Op, d.Before, d.After})
			} else {
				_, err = fmt.Fprintf(a.out, "%s %s/%s  %s\n", map[string]string{"add": "+", "delete": "-", "edit": "~"}[d.Op], id, d.Record, words(before, after, d))
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil || output == "jsonl" {
		return err
	}
	fmt.Fprintf(a.out, "%s coded by both\n", count(articles, "article"))
	for _, k := range []string{"event", "statement", "claim"} {
		fmt.Fprintf(a.out, "%ss: %d added, %d changed, %d gone\n", k, counts[k+" add"], counts[k+" edit"], counts[k+" delete"])
	}
	return nil
}

// words says in a line what a record says, and what it said before.
func words(before, after *record.Document, d store.Difference) string {
	was, is := gist(before, d.Before), gist(after, d.After)
	switch {
	case d.Before == nil:
		return is
	case d.After == nil || was == is:
		return was
	}
	return was + "  →  " + is
}

func gist(d *record.Document, r any) string {
	v := export.NewView(d)
	switch r := r.(type) {
	case *record.Event:
		s := fmt.Sprintf("%s %s: %s → %s, %s", r.Type, r.Status, v.Names(r.Actors), v.Names(r.Recipients), export.When(r.Time))
		if r.Background {
			s += ", background"
		}
		return fmt.Sprintf("%s (%.2f, “%s”)", s, r.Confidence, r.Trigger.Text)
	case *record.Statement:
		s := ""
		if len(r.Content) > 0 {
			s = r.Content[0].Text
		}
		return fmt.Sprintf("%s %s %s: “%s”", v.Speaker(r), r.Polarity, r.Kind, s)
	case *record.Claim:
		return fmt.Sprintf("“%s” by %s", r.Span.Text, v.Names(r.AssertedBy))
	}
	return ""
}

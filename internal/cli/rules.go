package cli

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"casus/internal/article"
	"casus/internal/record"
)

func (a *app) rulesCmd() *cobra.Command {
	c := &cobra.Command{Use: "rules", Short: "List the event rules, show one, or test the sentences beside them"}
	c.AddCommand(a.rulesList(), a.rulesShow(), a.rulesTest())
	return c
}

func (a *app) rulesList() *cobra.Command {
	return &cobra.Command{
		Use: "list [TYPE]", Short: "List the rules, or those of one PLOVER type", Args: cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			p, err := a.pipeline()
			if err != nil {
				return err
			}
			tw := tabwriter.NewWriter(a.out, 0, 4, 2, ' ', 0)
			n := 0
			for _, r := range p.Rules() {
				if len(args) == 1 && !strings.EqualFold(r.Gives.Event, args[0]) {
					continue
				}
				n++
				fmt.Fprintf(tw, "%s\t%s\t%s\t%s\n", r.ID, r.Gives.Event, strings.Join(r.Gives.Mode, ","), strings.Join(append(append(append([]string{}, r.Verb...), r.Noun...), r.Adj...), ", "))
			}
			if n == 0 {
				return usageError("no rule gives type %q", args[0])
			}
			return tw.Flush()
		},
	}
}

func (a *app) rulesShow() *cobra.Command {
	return &cobra.Command{
		Use: "show ID", Short: "Show a rule with the sentences that it must and must not match", Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			p, err := a.pipeline()
			if err != nil {
				return err
			}
			for _, r := range p.Rules() {
				if r.ID != args[0] {
					continue
				}
				fmt.Fprintf(a.out, "%s gives %s", r.ID, r.Gives.Event)
				if len(r.Gives.Mode) > 0 {
					fmt.Fprintf(a.out, " %s", strings.Join(r.Gives.Mode, ","))
				}
				fmt.Fprintf(a.out, "  (%s)\n", r.File)
				for _, f := range []struct {
					name  string
					words []string
				}{{"verb", r.Verb}, {"noun", r.Noun}, {"adj", r.Adj}, {"class", r.Class}} {
					if len(f.words) > 0 {
						fmt.Fprintf(a.out, "  %-5s %s\n", f.name, strings.Join(f.words, ", "))
					}
				}
				for _, s := range r.Yes {
					fmt.Fprintf(a.out, "  yes   %s\n", s)
				}
				for _, s := range r.No {
					fmt.Fprintf(a.out, "  no    %s\n", s)
				}
				return nil
			}
			return usageError("no rule %q: casus rules list shows them", args[0])
		},
	}
}

func (a *app) rulesTest() *cobra.Command {
	var limit int
	c := &cobra.Command{
		Use: "test", Short: "Code the sentences beside the rules and report those that come out wrong", Args: cobra.NoArgs,
		Long: "Test codes each sentence that a rule says it must or must not match, with the\nrules of --rules laid over the built-in ones. It fails when a share of the\nsentences larger than --allow comes out wrong: trees are not always right.",
		RunE: func(*cobra.Command, []string) error {
			p, err := a.pipeline()
			if err != nil {
				return err
			}
			failures, n := p.CheckRules(func(text string) *record.Document {
				return p.Code(&article.Article{ID: "example", Text: text})
			})
			for _, f := range failures {
				fmt.Fprintln(a.out, f)
			}
			fmt.Fprintf(a.out, "%d of %d sentences come out as their rules say\n", n-len(failures), n)
			if len(failures)*100 > limit*n {
				return exitCode{exitError, fmt.Errorf("%d sentences come out wrong, more than %d %%", len(failures), limit)}
			}
			return nil
		},
	}
	c.Flags().IntVar(&limit, "allow", 10, "percent of sentences that may come out wrong")
	return c
}

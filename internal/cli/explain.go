package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"casus/internal/export/explain"
	"casus/internal/record"
)

func (a *app) explainCmd() *cobra.Command {
	var in inputFlags
	c := &cobra.Command{
		Use:   "explain FILE#ID",
		Short: "Say why a record exists: words, rule, knowledge, alternatives that lost",
		Long: `Explain codes the article again and prints why the record is there. ID is an
event (e1), statement (s1), claim (c1), actor (a1), place (p1) or time (t1) as
printed by casus code. In a file of many articles, FILE:LINE#ID names the one.`,
		Example: "  casus explain examples/call.txt#e1\n  casus explain news.jsonl:17#s2",
		Args:    cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			i := strings.LastIndexByte(args[0], '#')
			if i <= 0 || i == len(args[0])-1 {
				return usageError("want FILE#ID, for example examples/call.txt#e1; got %q", args[0])
			}
			d, err := a.codeOne(&in, args[0][:i])
			if err != nil {
				return err
			}
			if d.Outcome != nil {
				return exitCode{exitError, fmt.Errorf("%s: not coded: %s", args[0][:i], d.Outcome.Reason)}
			}
			ok, err := explain.Write(a.out, d, args[0][i+1:])
			if err == nil && !ok {
				err = fmt.Errorf("%s has no record %q; casus code --all lists them", args[0][:i], args[0][i+1:])
			}
			return err
		},
	}
	in.register(c)
	return c
}

// codeOne codes one article: that of a file of one, or of FILE:LINE.
func (a *app) codeOne(in *inputFlags, name string) (*record.Document, error) {
	file := name
	if i := strings.LastIndexByte(name, ':'); i > 0 && digits(name[i+1:]) {
		file = name[:i]
	}
	items, err := in.sources(a, []string{file})
	if err != nil {
		return nil, err
	}
	for it := range items {
		if it.Name != name && file != name {
			continue
		}
		if it.Err != nil {
			return nil, fmt.Errorf("%s: %w", it.Name, it.Err)
		}
		p, err := a.pipeline()
		if err != nil {
			return nil, err
		}
		return p.Code(it.Article), nil
	}
	return nil, fmt.Errorf("%s: no such article", name)
}

func digits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

package cli

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"casus/internal/doc"
	"casus/internal/eval"
	"casus/internal/extract/clause"
	"casus/internal/ground/kb"
	"casus/internal/ingest"
	"casus/internal/lang/coref"
	"casus/internal/pipeline"
)

// tasks are what casus eval measures.
var tasks = map[string]struct {
	short string
	run   func(p *pipeline.Pipeline, gold io.Reader, name string) (*eval.Report, error)
}{
	"events": {"event types, dyads, CAMEO and quad class per sentence", func(p *pipeline.Pipeline, gold io.Reader, _ string) (*eval.Report, error) {
		return eval.Events(gold, shownOnly(p))
	}},
	"eventgold": {"whole articles and negatives; GOLD may be dev or unseen, casus's own", func(p *pipeline.Pipeline, gold io.Reader, _ string) (*eval.Report, error) {
		return eval.EventGold(gold, confidentOnly(p))
	}},
	"statementgold": {"statements, chains, claims; GOLD may be dev or unseen, casus's own", func(p *pipeline.Pipeline, gold io.Reader, _ string) (*eval.Report, error) {
		return eval.StatementGold(gold, p.Code)
	}},
	"clauses": {"status, chain and arguments of predicates; GOLD may be dev or unseen, casus's own", func(p *pipeline.Pipeline, gold io.Reader, _ string) (*eval.Report, error) {
		return eval.Clauses(gold, ledger(p))
	}},
	"quotes": {"quotations and their sources", func(p *pipeline.Pipeline, gold io.Reader, _ string) (*eval.Report, error) {
		return eval.Quotes(gold, p.Code)
	}},
	"dates": {"TIMEX3 spans and values", func(p *pipeline.Pipeline, gold io.Reader, _ string) (*eval.Report, error) {
		return eval.Dates(gold, p.Code)
	}},
	"places": {"place names found and resolved", func(p *pipeline.Pipeline, gold io.Reader, _ string) (*eval.Report, error) {
		return eval.Places(gold, p.Code)
	}},
	"actors": {"country and sector of actor phrases", func(p *pipeline.Pipeline, gold io.Reader, _ string) (*eval.Report, error) {
		return eval.Actors(gold, p.Phrase)
	}},
	"coref": {"coreference in an archive of CoNLL files, such as OntoGUM", func(p *pipeline.Pipeline, gold io.Reader, _ string) (*eval.Report, error) {
		r, err := coref.New(nil)
		if err != nil {
			return nil, err
		}
		return eval.Coref(gold, p.Language, r.ResolveAll)
	}},
	"links": {"names linked to the knowledge base, gold links to DBpedia", func(p *pipeline.Pipeline, gold io.Reader, _ string) (*eval.Report, error) {
		b, err := kb.Open(nil)
		if err != nil {
			return nil, err
		}
		return eval.Links(gold, p.Code, b)
	}},
	"parse": {"tags, lemmas and trees of CoNLL-U, its words given", func(p *pipeline.Pipeline, gold io.Reader, name string) (*eval.Report, error) {
		return eval.Parse(name, gold, false, p.Language)
	}},
	"parse-raw": {"the same from raw text: words and sentences too", func(p *pipeline.Pipeline, gold io.Reader, name string) (*eval.Report, error) {
		return eval.Parse(name, gold, true, raw(p))
	}},
	"sentences": {"words and sentences of CoNLL-U, from raw text", func(p *pipeline.Pipeline, gold io.Reader, name string) (*eval.Report, error) {
		return eval.Sentences(name, gold, raw(p))
	}},
	"names": {"names in a file of words and labels", func(p *pipeline.Pipeline, gold io.Reader, name string) (*eval.Report, error) {
		return eval.Names(name, gold, p.Language)
	}},
}

// raw analyses a document that has its text alone.
func raw(p *pipeline.Pipeline) eval.Parser {
	return func(d *doc.Doc) { *d = *p.Parse(d.Article) }
}

func (a *app) evalCmd() *cobra.Command {
	var output string
	names := slices.Sorted(maps.Keys(tasks))
	var help strings.Builder
	for _, n := range names {
		fmt.Fprintf(&help, "  %-10s %s\n", n, tasks[n].short)
	}
	c := &cobra.Command{
		Use:   "eval TASK GOLD",
		Short: "Measure casus against gold data",
		Long: "Eval codes the texts of a gold file and prints precision, recall and F1 by the\ndefinitions of the field's scorers. Files may be compressed.\n\nTasks:\n" +
			help.String(),
		Example:   "  casus eval events gold.jsonl\n  casus eval parse --output json en_gum-ud-dev.conllu",
		Args:      cobra.ExactArgs(2),
		ValidArgs: names,
		RunE: func(_ *cobra.Command, args []string) error {
			t, ok := tasks[args[0]]
			if !ok {
				return usageError("unknown task %q: use %s", args[0], list(names))
			}
			if output != "table" && output != "json" {
				return usageError("unknown output format %q: use table or json", output)
			}
			var gold io.Reader
			switch args[0] {
			case "eventgold":
				gold = eval.OwnEventGold(args[1])
			case "statementgold":
				gold = eval.OwnStatementGold(args[1])
			case "clauses":
				gold = clause.Gold(args[1])
			}
			if gold == nil {
				f, err := ingest.OpenFile(args[1])
				if err != nil {
					return err
				}
				defer f.Close()
				gold = f
			}
			p, err := a.pipeline()
			if err != nil {
				return err
			}
			r, err := t.run(p, gold, args[1])
			if err != nil {
				return exitCode{exitData, fmt.Errorf("%s: %w", args[1], err)}
			}
			r.Gold = args[1]
			if output == "json" {
				return r.WriteJSON(a.out)
			}
			return r.WriteTable(a.out)
		},
	}
	c.Flags().StringVarP(&output, "output", "o", "table", "table or json")
	complete(c, "output", "table", "json")
	return c
}

package clause

import (
	"fmt"
	"strings"

	"casus/internal/doc"
)

// Dump returns the ledger of d for people, one clause a line.
func Dump(d *doc.Doc, clauses []doc.Clause) string {
	var b strings.Builder
	for i := range clauses {
		c := &clauses[i]
		fmt.Fprintf(&b, "%d %s %q %s", i, c.Kind, c.Lemma, c.Status)
		for _, f := range []struct {
			on   bool
			name string
		}{
			{c.Tense != "", c.Tense},
			{c.Aspect != "", c.Aspect},
			{c.Modal != "", "modal:" + c.Modal},
			{c.Negated, "negated"},
			{c.Passive, "passive"},
			{c.Question, "question"},
			{c.Condition, "condition"},
			{c.InQuote, "quoted"},
			{c.Headline, "headline"},
			{c.Presupposed, "presupposed"},
			{c.How != "", "how:" + c.How},
			{c.Embedder != doc.NoClause, fmt.Sprintf("in:%d", c.Embedder)},
			{c.Link != "", fmt.Sprintf("%s<%d", c.Link, c.Parent)},
		} {
			if f.on {
				b.WriteString(" " + f.name)
			}
		}
		for _, a := range c.Args {
			fmt.Fprintf(&b, " | %s(%s): %s", a.Role, a.Rule, d.Words(a.First, a.End))
		}
		for _, r := range c.Reasons {
			fmt.Fprintf(&b, " ; %s %q", r.Rule, d.Words(r.First, r.End))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

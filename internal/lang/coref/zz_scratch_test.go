package coref

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"casus/internal/article"
	"casus/internal/doc"
	"casus/internal/lang/conllu"
	"casus/internal/lang/encoder"
	"casus/internal/lang/lemma"
	"casus/internal/lang/quote"
	"casus/internal/lang/token"
)

func TestScratch(t *testing.T) {
	f := os.Getenv("SCRATCH")
	if f == "" {
		t.Skip()
	}
	b, _ := os.ReadFile(f)
	sp, err := token.Default()
	if err != nil {
		t.Fatal(err)
	}
	enc, err := encoder.Default()
	if err != nil {
		t.Fatal(err)
	}
	lem, err := lemma.Default()
	if err != nil {
		t.Fatal(err)
	}
	d := doc.New(&article.Article{Text: strings.TrimSpace(string(b))})
	d.Blocks, d.Sentences, d.Tokens = sp.Split(d)
	d.Quotes = quote.Find(d)
	d.Tags, d.Arcs, d.Names = enc.Annotate(d)
	lem.Fill(d, d.Tags)
	if os.Getenv("TREE") != "" {
		conllu.Write(os.Stdout, d)
	}
	r, err := New(nil)
	if err != nil {
		t.Fatal(err)
	}
	d.Mentions, d.Entities = r.Resolve(d)
	for i, e := range d.Entities {
		fmt.Printf("%d %q kind=%s %s %s head=%s %v\n", i, e.Name, e.Kind, e.Gender, e.Number, e.Head, e.Attributes)
		for _, k := range e.Mentions {
			m := d.Mentions[k]
			fmt.Printf("     s%d [%s] head=%s %s %s\n", d.SentenceOf(m.Head), d.Words(m.First, m.End), d.Word(m.Head), m.Form, m.Rule)
		}
	}
}

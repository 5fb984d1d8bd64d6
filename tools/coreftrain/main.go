// Coreftrain learns the weights by which lang/coref ranks the antecedents of
// pronouns.
//
//	coreftrain GUM.conllu.gz ONTOGUM.tar.gz GAP.tsv.gz > internal/lang/coref/en/pronoun-weights.tsv
//
// GAP is a table of sentences with a pronoun and the two names that it may mean.
// It reads the documents of the tree bank, whose tokens the coreference files
// share, and leaves out the genres whose texts are not for commercial use.
package main

import (
	"archive/tar"
	"bufio"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"strconv"
	"strings"

	"casus/internal/article"
	"casus/internal/doc"
	"casus/internal/eval"
	"casus/internal/lang/conllu"
	"casus/internal/lang/coref"
	"casus/internal/lang/encoder"
	"casus/internal/lang/lemma"
	"casus/internal/lang/quote"
	"casus/internal/lang/token"
)

func main() {
	if len(os.Args) != 4 {
		fmt.Fprintln(os.Stderr, "usage: coreftrain GUM.conllu.gz ONTOGUM.tar.gz GAP.tsv.gz > WEIGHTS.tsv")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2], os.Args[3]); err != nil {
		fmt.Fprintln(os.Stderr, "coreftrain:", err)
		os.Exit(1)
	}
}

func run(trees, chainFile, gap string) error {
	chains, err := readChains(chainFile)
	if err != nil {
		return err
	}
	enc, err := encoder.Default()
	if err != nil {
		return err
	}
	lem, err := lemma.Default()
	if err != nil {
		return err
	}
	res, err := coref.New(nil)
	if err != nil {
		return err
	}
	in, err := conllu.Open(trees)
	if err != nil {
		return err
	}
	defer in.Close()
	t := coref.NewTrainer(res)
	docs := 0
	for ss, err := range conllu.Docs(in, trees) {
		if err != nil {
			return err
		}
		id := ss[0].DocID
		g, ok := chains[id]
		if !ok || conllu.NonCommercial(id) {
			continue
		}
		d := conllu.Tokens(id, ss)
		d.Quotes = quote.Find(d)
		d.Tags, d.Arcs, d.Names = enc.Annotate(d)
		lem.Fill(d, d.Tags)
		t.Add(d, chainOf(d, g))
		docs++
	}
	choices, err := addGAP(t, gap, enc, lem)
	if err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "%d choices\n", choices)
	n, linked := t.Examples()
	fmt.Fprintf(os.Stderr, "%d documents, %d pronouns, %d with an antecedent\n", docs, n, linked)
	fmt.Print("# Weights of the features by which the antecedents of pronouns are ranked; see rank.go.\n" +
		"# Learned by tools/coreftrain from OntoGUM over GUM (annotation CC BY 4.0), train part, without the genres for non-commercial use,\n# and from GAP, development part (Apache-2.0).\n")
	return t.Train(os.Stdout, 12)
}

// addGAP adds the rows of GAP in which one of the two names is meant.
func addGAP(t *coref.Trainer, file string, enc *encoder.Model, lem *lemma.Lemmatiser) (int, error) {
	in, err := conllu.Open(file)
	if err != nil {
		return 0, err
	}
	defer in.Close()
	split, err := token.Default()
	if err != nil {
		return 0, err
	}
	sc := bufio.NewScanner(in)
	sc.Buffer(nil, 1<<20)
	n := 0
	for line := 1; sc.Scan(); line++ {
		f := strings.Split(sc.Text(), "\t")
		if line == 1 || len(f) < 10 {
			continue
		}
		right, wrong := 5, 8
		switch {
		case f[6] == "TRUE" && f[9] == "FALSE":
		case f[6] == "FALSE" && f[9] == "TRUE":
			right, wrong = wrong, right
		default:
			continue
		}
		d := doc.New(&article.Article{Text: f[1]})
		d.Blocks, d.Sentences, d.Tokens = split.Split(d)
		d.Quotes = quote.Find(d)
		d.Tags, d.Arcs, d.Names = enc.Annotate(d)
		lem.Fill(d, d.Tags)
		var at [3]doc.TokenID
		for i, column := range [3]int{3, right, wrong} {
			off, err := strconv.Atoi(f[column])
			if err != nil {
				return n, fmt.Errorf("%s:%d: %w", file, line, err)
			}
			at[i] = tokenAt(d, f[1], off)
		}
		if at[0] >= 0 && t.AddChoice(d, at[0], at[1], at[2]) {
			n++
		}
	}
	return n, sc.Err()
}

// tokenAt returns the token at a code point of the text.
func tokenAt(d *doc.Doc, s string, runes int) doc.TokenID {
	b := int32(0)
	for i := range s {
		if runes == 0 {
			b = int32(i)
			break
		}
		runes--
	}
	for t := range d.Tokens {
		if d.Tokens[t].Span.End > b {
			return doc.TokenID(t)
		}
	}
	return doc.NoToken
}

// chainOf returns a function that gives the chain of the smallest gold mention
// whose syntactic head is the token, or -1.
func chainOf(d *doc.Doc, chains [][][2]int) func(doc.TokenID) int {
	at := map[doc.TokenID]int{}
	width := map[doc.TokenID]int{}
	for k, c := range chains {
		for _, x := range c {
			h := headOf(d, x)
			if w, ok := width[h]; !ok || x[1]-x[0] < w {
				at[h], width[h] = k, x[1]-x[0]
			}
		}
	}
	return func(t doc.TokenID) int {
		if k, ok := at[t]; ok {
			return k
		}
		return -1
	}
}

// headOf returns the token of the range whose head lies outside of it.
func headOf(d *doc.Doc, x [2]int) doc.TokenID {
	for t := doc.TokenID(x[0]); int(t) < x[1]; t++ {
		if h := d.Arcs[t].Head; int(h) < x[0] || int(h) >= x[1] {
			return t
		}
	}
	return doc.TokenID(x[0])
}

func readChains(file string) (map[string][][][2]int, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	out := map[string][][][2]int{}
	for tr := tar.NewReader(z); ; {
		h, err := tr.Next()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		if !strings.HasSuffix(h.Name, ".conll") {
			continue
		}
		_, chains, err := eval.ReadCorefChains(tr)
		if err != nil {
			return nil, fmt.Errorf("%s: %s: %w", file, h.Name, err)
		}
		out[strings.TrimSuffix(path.Base(h.Name), ".conll")] = chains
	}
}

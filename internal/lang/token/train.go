package token

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"slices"
	"unicode"

	"casus/internal/article"
	"casus/internal/doc"
	"casus/internal/lang/conllu"
)

// How the weights of sentence ends are learned.
const (
	epochs    = 12
	rate      = 0.25
	decay     = 5e-5 // pull towards zero at each step, for features in use
	minCommon = 8    // occurrences in small letters of a word whose capital tells a start
	minCount  = 3    // rarer features are dropped
	minRows   = 15   // and those of smaller weight, in units of 1/scale
)

// An example is a candidate end of the training text.
type example struct {
	features []int32
	ends     bool
}

// Train learns where English sentences end from treebanks and writes the table
// of weights, the file en/ends.tsv of this package. The raw text is put together
// from the treebank; documents whose licence forbids it are left out. The same
// files give the same bytes.
func Train(w io.Writer, paths ...string) error {
	s, err := loadWords(files, "en")
	if err != nil {
		return fmt.Errorf("train sentence ends: %w", err)
	}
	t := trainer{splitter: s, index: map[string]int32{}, common: map[string]bool{}}
	for _, step := range []func([]conllu.Sentence){t.countWords, t.document} {
		for _, path := range paths {
			if err := t.read(path, step); err != nil {
				return fmt.Errorf("train sentence ends: %w", err)
			}
		}
		t.findCommon()
	}
	t.learn()
	return t.write(w)
}

type trainer struct {
	splitter *Splitter
	index    map[string]int32
	names    []string
	counts   []int
	small    map[string]int // occurrences of a word in small letters
	capital  map[string]int // and with a capital inside a sentence
	common   map[string]bool
	examples []example
	weights  []float64
}

func (t *trainer) read(path string, step func([]conllu.Sentence)) error {
	f, err := conllu.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	for ss, err := range conllu.Docs(f, path) {
		if err != nil {
			return err
		}
		if !conllu.NonCommercial(ss[0].DocID) {
			step(ss)
		}
	}
	return nil
}

// countWords counts how words inside sentences are written.
func (t *trainer) countWords(ss []conllu.Sentence) {
	if t.small == nil {
		t.small, t.capital = map[string]int{}, map[string]int{}
	}
	for i := range ss {
		for j, w := range ss[i].Words {
			switch shape(w.Form) {
			case "a":
				t.small[w.Form]++
			case "Aa":
				if j > 1 { // a quotation mark may stand first
					t.capital[smallASCII(w.Form)]++
				}
			}
		}
	}
}

// findCommon lists the words that are mostly written small.
func (t *trainer) findCommon() {
	for w, n := range t.small {
		if n >= minCommon && n >= 12*t.capital[w] {
			t.common[w] = true
		}
	}
}

// document adds the candidates of one document. A candidate is right when the
// gold sentences end after the same number of visible characters.
func (t *trainer) document(ss []conllu.Sentence) {
	d := doc.New(&article.Article{Text: conllu.RawText(ss)})
	ends := goldEnds(ss)
	seen := 0
	s := t.splitter
	blocks := s.blocks(d)
	style := styleOf(d.Text, blocks)
	for _, b := range blocks {
		for _, part := range s.parts(d.Text, b) {
			sc := scanner{lx: s.lex, text: d.Text}
			sc.block(int(part.Start), int(part.End))
			seek := seeker{lx: s.lex, text: d.Text, toks: sc.out, style: blockStyle(b.Kind, style)}
			for i := range sc.out {
				seen += visible(sc.out[i].Span.Of(d.Text))
				if c, ok := seek.candidate(i); ok {
					t.example(&seek, c, ends[seen])
				}
				if ends[seen] {
					seek.begin(i + 1)
				}
			}
		}
	}
}

func (t *trainer) example(seek *seeker, c candidate, ends bool) {
	var names []string
	seek.features(c, &collector{names: &names, common: t.common})
	ex := example{ends: ends}
	for _, n := range names {
		id, ok := t.index[n]
		if !ok {
			id = int32(len(t.names))
			t.index[n] = id
			t.names = append(t.names, n)
			t.counts = append(t.counts, 0)
		}
		t.counts[id]++
		ex.features = append(ex.features, id)
	}
	t.examples = append(t.examples, ex)
}

// goldEnds returns the numbers of visible characters after which a sentence ends.
func goldEnds(ss []conllu.Sentence) map[int]bool {
	ends := map[int]bool{}
	n := 0
	for i := range ss {
		for j := range ss[i].Words {
			n += visible(ss[i].Words[j].Form)
		}
		ends[n] = true
	}
	return ends
}

func visible(s string) int {
	n := 0
	for _, r := range s {
		if !unicode.IsSpace(r) {
			n++
		}
	}
	return n
}

// learn fits a logistic regression by stochastic gradient descent with a rate of
// its own for each feature.
func (t *trainer) learn() {
	t.weights = make([]float64, len(t.names))
	squares := make([]float64, len(t.names))
	rng := rand.New(rand.NewPCG(1, 1))
	order := make([]int, len(t.examples))
	for i := range order {
		order[i] = i
	}
	for range epochs {
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			ex := &t.examples[i]
			sum := 0.0
			for _, f := range ex.features {
				sum += t.weights[f]
			}
			grad := 1 / (1 + math.Exp(-sum))
			if ex.ends {
				grad--
			}
			for _, f := range ex.features {
				if t.counts[f] < minCount {
					continue
				}
				g := grad + decay*float64(len(t.examples))/float64(t.counts[f])*t.weights[f]
				squares[f] += g * g
				t.weights[f] -= rate * g / math.Sqrt(squares[f]+1e-6)
			}
		}
	}
}

func (t *trainer) write(w io.Writer) error {
	type row struct {
		name   string
		weight int
	}
	var rows []row
	for i, name := range t.names {
		if n := int(math.Round(t.weights[i] * scale)); n >= minRows || n <= -minRows {
			rows = append(rows, row{name, max(-30000, min(30000, n))})
		}
	}
	for word := range t.common {
		rows = append(rows, row{templateNames[tCommon] + "\t" + word, 1})
	}
	slices.SortFunc(rows, func(a, b row) int { return cmp.Compare(a.name, b.name) })
	bw := bufio.NewWriter(w)
	fmt.Fprint(bw, "# Weights, in hundredths, of the features of a sentence end. Learned by token.Train; see ends.md.\n")
	fmt.Fprint(bw, "feature\tvalue\tweight\n")
	for _, r := range rows {
		fmt.Fprintf(bw, "%s\t%d\n", r.name, r.weight)
	}
	return bw.Flush()
}

package train

import (
	"fmt"
	"io"
	"strings"

	"casus/internal/article"
	"casus/internal/doc"
	"casus/internal/lang/encoder"
	"casus/internal/text"
)

// A dev is a file to measure on.
type dev struct {
	file  string
	kinds map[string]string // nil for a treebank
	docs  []devDoc
}

// A devDoc is a document of a dev file, with a Doc of its words.
type devDoc struct {
	sentences []sentence
	doc       *doc.Doc
}

// devFiles are read like the sources of the same form. No file of the last one's
// house is trained on: it says how names are found in foreign texts.
var devFiles = []source{
	{file: "en_ewt-ud-dev.conllu.gz", name: "EWT"},
	{file: "en_gum-ud-dev.conllu.gz", name: "GUM"},
	{file: "ner-worldwide-dev.tsv.gz", name: "Worldwide", kinds: worldwideKinds},
	{file: "ner-conllpp-dev.txt.gz", name: "CoNLL++", kinds: fourKinds},
}

func loadDevs(dir string) ([]dev, error) {
	var out []dev
	for _, s := range devFiles {
		d := dev{file: s.name, kinds: s.kinds}
		var all []sentence
		err := withFile(dir, s.file, func(r io.Reader) (err error) {
			if s.kinds != nil {
				all, err = readNames(r, s.file, s.kinds)
			} else {
				all, err = readTrees(r, s.file)
			}
			return err
		})
		if err != nil {
			return nil, err
		}
		for len(all) > 0 {
			n := 1
			for n < len(all) && all[n].doc == all[0].doc {
				n++
			}
			d.docs = append(d.docs, devDoc{all[:n], docOf(all[:n])})
			all = all[n:]
		}
		out = append(out, d)
	}
	return out, nil
}

// docOf returns a Doc of the words with blanks between them.
func docOf(sentences []sentence) *doc.Doc {
	var b strings.Builder
	var tokens []doc.Token
	var marks []doc.Sentence
	for _, s := range sentences {
		first := doc.TokenID(len(tokens))
		for _, w := range s.words {
			start := int32(b.Len())
			b.WriteString(w)
			tokens = append(tokens, doc.Token{Span: text.Span{Start: start, End: int32(b.Len())}, SpaceAfter: true})
			b.WriteByte(' ')
		}
		marks = append(marks, doc.Sentence{First: first, End: doc.TokenID(len(tokens))})
	}
	d := doc.New(&article.Article{Text: b.String()})
	d.Tokens, d.Sentences = tokens, marks
	return d
}

// evaluate returns a line for each dev file.
func (d *corpus) evaluate(m *encoder.Model) []string {
	var lines []string
	for i := range d.devs {
		v := &d.devs[i]
		score := v.treeScore
		if v.kinds != nil {
			score = v.nameScore
		}
		lines = append(lines, fmt.Sprintf("%-9s %s", v.file, score(m)))
	}
	return lines
}

// treeScore compares word by word, the relation without its subtype as the
// shared tasks do.
func (v *dev) treeScore(m *encoder.Model) string {
	var words, upos, xpos, feats, uas, las, full int
	for _, d := range v.docs {
		tags, arcs, _ := m.Annotate(d.doc)
		for i, s := range d.sentences {
			first := d.doc.Sentences[i].First
			for j := range s.words {
				t := first + doc.TokenID(j)
				words++
				u, x, _ := strings.Cut(s.tags[j], "|")
				upos += one(tags[t].UPOS == u)
				xpos += one(tags[t].XPOS == x)
				feats += one(tags[t].Feats == s.feats[j])
				head := int32(0)
				if arcs[t].Head != doc.NoToken {
					head = int32(arcs[t].Head-first) + 1
				}
				if head != s.heads[j] {
					continue
				}
				uas++
				las += one(universal(arcs[t].Deprel) == universal(s.rels[j]))
				full += one(arcs[t].Deprel == s.rels[j])
			}
		}
	}
	p := func(n int) float64 { return 100 * float64(n) / float64(words) }
	return fmt.Sprintf("UPOS %.2f XPOS %.2f FEATS %.2f UAS %.2f LAS %.2f with subtypes %.2f",
		p(upos), p(xpos), p(feats), p(uas), p(las), p(full))
}

func universal(rel string) string {
	u, _, _ := strings.Cut(rel, ":")
	return u
}

func one(ok bool) int {
	if ok {
		return 1
	}
	return 0
}

// nameScore compares exact names. The kinds of a file of four kinds are what
// the reported kinds stand for there; otherwise the convention's own are compared.
func (v *dev) nameScore(m *encoder.Model) string {
	count := map[string]*[3]int{} // right, found, gold by kind; "" is the sum
	add := func(kind string, i int) {
		for _, k := range []string{"", kind} {
			if count[k] == nil {
				count[k] = new([3]int)
			}
			count[k][i]++
		}
	}
	for _, d := range v.docs {
		gold := map[doc.Name]bool{}
		for i, s := range d.sentences {
			first := d.doc.Sentences[i].First
			for _, n := range s.names {
				gold[doc.Name{First: first + doc.TokenID(n.first), End: first + doc.TokenID(n.end), Kind: n.kind}] = true
				add(n.kind, 2)
			}
		}
		for _, n := range v.find(m, d.doc) {
			add(n.Kind, 1)
			if gold[n] {
				add(n.Kind, 0)
			}
		}
	}
	var b strings.Builder
	for _, k := range []string{"", doc.PER, doc.ORG, doc.LOC, doc.NORP, doc.FAC, doc.MISC} {
		if c := count[k]; c != nil && c[2] > 0 {
			fmt.Fprintf(&b, "%s F1 %.2f ", k, 200*float64(c[0])/float64(c[1]+c[2]))
		}
	}
	return strings.TrimSpace(b.String())
}

// find returns the names of d in the kinds of the file.
func (v *dev) find(m *encoder.Model, d *doc.Doc) []doc.Name {
	if len(v.kinds) != len(fourKinds) {
		found, _ := m.Names(d, "news")
		return found
	}
	_, _, found := m.Annotate(d)
	for i := range found {
		found[i].Kind = asFour[found[i].Kind]
	}
	return found
}

// asFour says what a reported kind is in the four kinds of CoNLL.
var asFour = map[string]string{
	doc.PER: doc.PER, doc.ORG: doc.ORG, doc.LOC: doc.LOC, doc.GPE: doc.LOC, doc.FAC: doc.LOC,
	doc.NORP: doc.MISC, doc.EVENT: doc.MISC, doc.MISC: doc.MISC,
}

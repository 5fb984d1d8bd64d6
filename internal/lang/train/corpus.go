package train

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"casus/internal/lang/encoder"
)

// A source is a training file.
type source struct {
	file  string
	kinds map[string]string // of names; nil for a treebank
	name  string            // convention of its names, or of the treebank
	share float64           // part of it that an epoch reads
	grey  bool              // its licence is not stated
}

// sources are the training files in the order in which they are read. The first
// convention of names is the one that the model reports by.
var sources = []source{
	{file: "en_ewt-ud-train.conllu.gz", name: "ewt", share: 1},
	{file: "en_gum-ud-train.conllu.gz", name: "gum", share: 1},
	{file: "ner-worldwide-train.tsv.gz", kinds: worldwideKinds, name: "news", share: 0.6, grey: true},
	{file: "ner-wikigold-train.conll.gz", kinds: fourKinds, name: "wikigold", share: 1},
	{file: "ner-re3d-train.conll.gz", kinds: re3dKinds, name: "re3d", share: 0.5},
	{file: "ner-politics-train.txt.gz", kinds: politicsKinds, name: "politics", share: 1},
	{file: "ner-wnut17-train.conll.gz", kinds: wnutKinds, name: "wnut17", share: 0.3},
	{file: "ner-btc-train.conll.gz", kinds: fourKinds, name: "btc", share: 0.3},
}

// notShipped are the genres of GUM whose texts do not allow commercial use:
// nothing that is shipped is trained on them.
var notShipped = []string{"whow", "fiction", "essay", "letter", "podcast"}

func mayShip(document string) bool {
	for _, g := range notShipped {
		if strings.HasPrefix(document, "GUM_"+g+"_") {
			return false
		}
	}
	return true
}

// A corpus is the training data with its labels as numbers, and what to
// measure on.
type corpus struct {
	news    *vectors
	words   []string // trained words
	freq    []int    // by row of a word
	lexicon *encoder.Lexicon
	labels  labels
	sets    []set
	devs    []dev
	raw     *rawText // nil without
	rawSet  set
}

// A set is the sentences of one source.
type set struct {
	source
	items []item
	heads []int // token heads that learn from it
}

// An item is a sentence as the network trains on it. Labels stand by word; -1
// is unknown.
type item struct {
	words    []string
	features []encoder.Features
	gold     [][]int32 // parallel to set.heads
	arcs     []int32   // head by word, 0 the root; nil without a tree
	rels     []int32
}

func (it *item) len() int { return len(it.features) }

func load(c Config) (*corpus, error) {
	d := &corpus{}
	err := withFile(c.Data, "news64.vec.gz", func(r io.Reader) (err error) {
		d.news, err = readVectors(r, "news64.vec.gz")
		return err
	})
	if err != nil {
		return nil, err
	}
	if d.news.dim != encoder.InputSpecs[0].Dim {
		return nil, fmt.Errorf("read training data: vectors of %d dimensions, want %d", d.news.dim, encoder.InputSpecs[0].Dim)
	}
	var read [][]sentence
	var used []source
	for _, s := range sources {
		if s.grey && c.Licensed {
			continue
		}
		sentences, err := s.read(c.Data)
		if err != nil {
			return nil, err
		}
		read, used = append(read, sentences), append(used, s)
	}
	if d.devs, err = loadDevs(c.Data); err != nil {
		return nil, err
	}
	d.index(used, read)
	if c.Raw > 0 {
		if err := d.loadRaw(c); err != nil {
			return nil, err
		}
	}
	return d, nil
}

func (d *corpus) loadRaw(c Config) error {
	var guess *guesses
	err := withFile(c.Data, "news64.clus.gz", func(r io.Reader) (err error) {
		guess, err = readGuesses(r, "news64.clus.gz")
		return err
	})
	if err != nil {
		return err
	}
	d.addGuesses(guess)
	d.raw, err = d.readRaw(c.Data, c.Raw, guess)
	return err
}

// addGuesses adds the head that guesses hidden words.
func (d *corpus) addGuesses(g *guesses) {
	d.rawSet = set{source: source{file: rawFile, kinds: map[string]string{}}, heads: []int{len(d.labels.heads)}}
	d.labels.heads = append(d.labels.heads, headLabels{name: headGuess, labels: make([]string, g.labels)})
}

func (s *source) read(dir string) (out []sentence, err error) {
	err = withFile(dir, s.file, func(r io.Reader) (err error) {
		if s.kinds != nil {
			out, err = readNames(r, s.file, s.kinds)
			return err
		}
		out, err = readTrees(r, s.file)
		out = slices.DeleteFunc(out, func(s sentence) bool { return !mayShip(s.doc) })
		return err
	})
	return out, err
}

// index numbers words and labels.
func (d *corpus) index(used []source, read [][]sentence) {
	d.countWords(read)
	d.lexicon = encoder.NewLexicon(d.news.words, d.words)
	d.labels.collect(used, read)
	var buf []byte
	for i, src := range used {
		st := set{source: src, heads: d.labels.headsOf(src)}
		for k := range read[i] {
			s := &read[i][k]
			it := item{words: s.words, features: make([]encoder.Features, len(s.words))}
			for j, w := range s.words {
				it.features[j], buf = d.lexicon.Features(w, buf)
			}
			d.labels.apply(&it, s, src)
			st.items = append(st.items, it)
		}
		d.sets = append(d.sets, st)
	}
}

// seldom is the frequency below which a word is not learned by itself.
const seldom = 2

func (d *corpus) countWords(read [][]sentence) {
	count := map[string]int{}
	var buf []byte
	for _, ss := range read {
		for _, s := range ss {
			for _, w := range s.words {
				buf = encoder.AppendFolded(buf[:0], w)
				count[string(buf)]++
			}
		}
	}
	d.freq = []int{0}
	for _, w := range slices.Sorted(maps.Keys(count)) {
		if count[w] >= seldom && !strings.Contains(w, "\n") {
			d.words, d.freq = append(d.words, w), append(d.freq, count[w])
		}
	}
}

func (d *corpus) String() string {
	var b strings.Builder
	for _, s := range d.sets {
		words := 0
		for _, it := range s.items {
			words += len(it.words)
		}
		fmt.Fprintf(&b, "%s: %d sentences, %d words, %.0f%% an epoch\n", s.file, len(s.items), words, 100*s.share)
	}
	if d.raw != nil {
		fmt.Fprintf(&b, "%s: %d sentences, %d words, read first\n", rawFile, len(d.raw.sentences), d.raw.words)
	}
	fmt.Fprintf(&b, "%d pretrained and %d trained words", len(d.news.words), len(d.words))
	return b.String()
}

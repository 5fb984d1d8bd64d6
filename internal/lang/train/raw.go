package train

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ulikunitz/xz"

	"casus/internal/lang/encoder"
)

// Before it learns from labels, the network reads unlabelled news and guesses
// words that were hidden from it. What it learns so about contexts is worth more
// than any label list of its size.

// rawFile holds articles, one JSON object a line, in random order.
const rawFile = "allsides.jsonl.xz"

// A rawText is sentences of unlabelled news. Word types are numbered.
type rawText struct {
	types     []rawType
	sentences [][]int32
	words     int
}

// A rawType is a word: how the network sees it and what it must guess when the
// word is hidden, or -1.
type rawType struct {
	features encoder.Features
	label    int32
}

// Lengths of sentences that are read.
const (
	shortestRaw = 5
	longestRaw  = 60
)

// readRaw reads sentences until they hold the given number of words.
func (d *corpus) readRaw(dir string, words int, guess *guesses) (*rawText, error) {
	f, err := os.Open(filepath.Join(dir, rawFile))
	if err != nil {
		return nil, fmt.Errorf("read unlabelled text: %w", err)
	}
	defer f.Close()
	z, err := xz.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("read unlabelled text %s: %w", rawFile, err)
	}
	t := &rawText{}
	ids := map[string]int32{}
	var buf []byte
	add := func(words []string) {
		if len(words) < shortestRaw || len(words) > longestRaw {
			return
		}
		s := make([]int32, len(words))
		for i, w := range words {
			id, ok := ids[w]
			if !ok {
				id = int32(len(t.types))
				ids[strings.Clone(w)] = id
				var rt rawType
				rt.features, buf = d.lexicon.Features(w, buf)
				rt.label = guess.label(w)
				t.types = append(t.types, rt)
			}
			s[i] = id
		}
		t.sentences, t.words = append(t.sentences, s), t.words+len(s)
	}
	dec := json.NewDecoder(z)
	for t.words < words {
		var article struct{ Text string }
		if err := dec.Decode(&article); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, fmt.Errorf("read unlabelled text %s: %w", rawFile, err)
		}
		for p := range strings.SplitSeq(article.Text, "\n") {
			eachRawSentence(p, add)
		}
	}
	return t, nil
}

// guesses are the labels of hidden words: each frequent word has its own,
// others share that of their cluster of like words.
type guesses struct {
	labels int
	ids    map[string]int32 // by folded word
}

const frequent = 1000

// readGuesses reads clusters: a line for each word, the frequent first, with
// the number of its cluster.
func readGuesses(r io.Reader, name string) (*guesses, error) {
	var words, clusters []string
	err := eachLine(r, name, func(line string) error {
		c, w, ok := strings.Cut(line, "\t")
		if !ok {
			return errors.New("want a cluster and a word")
		}
		words, clusters = append(words, w), append(clusters, c)
		return nil
	})
	if err != nil {
		return nil, err
	}
	known := slices.Compact(slices.Sorted(slices.Values(clusters)))
	g := &guesses{labels: frequent + len(known), ids: make(map[string]int32, len(words))}
	for i, w := range words {
		g.ids[w] = int32(i)
		if i >= frequent {
			at, _ := slices.BinarySearch(known, clusters[i])
			g.ids[w] = int32(frequent + at)
		}
	}
	return g, nil
}

func (g *guesses) label(word string) int32 {
	if id, ok := g.ids[string(encoder.AppendFolded(nil, word))]; ok {
		return id
	}
	return -1
}

// Shares of words that must be guessed, and of these that are hidden: the rest
// are seen, as all are when the network is put to use.
const (
	shareGuessed = 0.15
	shareHidden  = 0.85
)

// rawBatches returns batches over the sentences [from, to) of the text.
func (d *corpus) rawBatches(c *Config, from, to int) []batch {
	rng := rand.New(rand.NewPCG(c.Seed, uint64(1<<33+from)))
	hidden, _ := d.lexicon.Features("\x00", nil)
	items := make([]item, 0, to-from)
	for _, s := range d.raw.sentences[from:to] {
		it := item{features: make([]encoder.Features, len(s)), gold: [][]int32{make([]int32, len(s))}}
		for i, id := range s {
			t := &d.raw.types[id]
			it.features[i], it.gold[0][i] = t.features, -1
			if t.label >= 0 && rng.Float64() < shareGuessed {
				it.gold[0][i] = t.label
				if rng.Float64() < shareHidden {
					it.features[i] = hidden
				}
			}
		}
		items = append(items, it)
	}
	out := d.batches(&d.rawSet, items, rawBatch*c.Batch, nil)
	rng.Shuffle(len(out), func(a, b int) { out[a], out[b] = out[b], out[a] })
	return out
}

// rawBatch says how many times larger the batches of unlabelled text are.
const rawBatch = 2

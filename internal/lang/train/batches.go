package train

import (
	"math/rand/v2"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"casus/internal/lang/encoder"
)

// A batch is sentences of one set, cut into two halves of about the same number
// of words; in each, longer sentences come first.
type batch struct {
	set   *set
	half  [2][]item
	words int
}

// epoch returns the batches of epoch e in the order of training. An epoch reads
// of each set the share that is its own, going on where the last one ended.
func (d *corpus) epoch(c *Config, e int) []batch {
	rng := rand.New(rand.NewPCG(c.Seed, 1+uint64(e)))
	var out []batch
	for i := range d.sets {
		s := &d.sets[i]
		n := len(s.items)
		take := int(s.share*float64(n) + 0.5)
		// The order over several epochs is fixed, so that a part never reads a
		// sentence twice before it has read all.
		order := rand.New(rand.NewPCG(c.Seed, uint64(1<<32+i))).Perm(n)
		chosen := make([]item, take)
		for k := range chosen {
			chosen[k] = s.items[order[(e*take+k)%n]]
		}
		rng.Shuffle(take, func(a, b int) { chosen[a], chosen[b] = chosen[b], chosen[a] })
		out = append(out, d.batches(s, chosen, c.Batch, rng)...)
	}
	rng.Shuffle(len(out), func(a, b int) { out[a], out[b] = out[b], out[a] })
	return out
}

// bucket is the number of sentences among which those of like length are put
// into the same batch.
const bucket = 2048

// batches puts items into batches of about size words. With a source of chance
// it writes some in another case.
func (d *corpus) batches(s *set, items []item, size int, noise *rand.Rand) []batch {
	var out []batch
	for chunk := range slices.Chunk(items, bucket) {
		slices.SortStableFunc(chunk, func(a, b item) int { return b.len() - a.len() })
		for len(chunk) > 0 {
			n, words := 0, 0
			for n < len(chunk) && (n == 0 || words+chunk[n].len() <= size) {
				words += chunk[n].len()
				n++
			}
			b := batch{set: s, words: words}
			for i, it := range chunk[:n] {
				if noise != nil {
					it = d.noisy(it, noise)
				}
				b.half[i%2] = append(b.half[i%2], it)
			}
			out, chunk = append(out, b), chunk[n:]
		}
	}
	return out
}

// Shares of sentences that are read in another case, as headlines are written.
const (
	shareUpper = 0.03
	shareTitle = 0.05
	shareLower = 0.02
)

// noisy returns the item, now and then in another case.
func (d *corpus) noisy(it item, rng *rand.Rand) item {
	var change func(word string, first bool) string
	switch x := rng.Float64(); {
	case x < shareUpper:
		change = func(w string, _ bool) string { return strings.ToUpper(w) }
	case x < shareUpper+shareTitle:
		change = titleCase
	case x < shareUpper+shareTitle+shareLower:
		change = func(w string, _ bool) string { return strings.ToLower(w) }
	default:
		return it
	}
	words, features := make([]string, len(it.words)), make([]encoder.Features, len(it.words))
	var buf []byte
	for i, w := range it.words {
		words[i] = change(w, i == 0)
		features[i], buf = d.lexicon.Features(words[i], buf)
	}
	it.words, it.features = words, features
	return it
}

// titleCase writes a word as the headlines do that capitalise all but the short
// words.
func titleCase(w string, first bool) string {
	r, size := utf8.DecodeRuneInString(w)
	if utf8.RuneCountInString(w) <= 3 && !first {
		return w
	}
	return string(unicode.ToUpper(r)) + w[size:]
}

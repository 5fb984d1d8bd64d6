package encoder

import (
	"strings"
	"sync/atomic"
)

// typeCacheSize is the number of word types whose first products are kept.
// At 160 units a direction an entry takes 5 KB.
const typeCacheSize = 1 << 13

// longestCached is the longest word kept, in bytes: hostile text must not fill
// the memory.
const longestCached = 64

// A typeCache keeps, by word type, the products of the word's vector with the
// gates of the first layer: in running news nine words of ten were met before.
// A word may stand in two slots, the first for the last one met. Readers and
// writers need no lock; what the cache holds changes the time and never the
// result.
type typeCache struct{ slot []atomic.Pointer[wordType] }

// A wordType is a word and the gates' sums over its input.
type wordType struct {
	word              string
	forward, backward []int32
}

func newTypeCache() *typeCache {
	return &typeCache{slot: make([]atomic.Pointer[wordType], typeCacheSize)}
}

// get returns the entry of the word, or nil.
func (c *typeCache) get(word string) *wordType {
	first, second := c.slots(word)
	if t := first.Load(); t != nil && t.word == word {
		return t
	}
	t := second.Load()
	if t == nil || t.word != word {
		return nil
	}
	second.Store(first.Load())
	first.Store(t)
	return t
}

// put makes t the entry of its word, in the place of the one met longer ago.
func (c *typeCache) put(t *wordType) {
	if len(t.word) > longestCached {
		return
	}
	first, second := c.slots(t.word)
	second.Store(first.Load())
	first.Store(t)
}

func (c *typeCache) slots(word string) (first, second *atomic.Pointer[wordType]) {
	h := uint32(2166136261)
	for i := range len(word) {
		h = (h ^ uint32(word[i])) * 16777619
	}
	h = (h ^ h>>15) % (typeCacheSize / 2)
	return &c.slot[2*h], &c.slot[2*h+1]
}

// look fills types with the entries of the words, computing those that the
// cache lacks all at once.
func (m *Model) look(s *scratch, words []string, types []*wordType) {
	s.missing = s.missing[:0]
	for i, w := range words {
		if types[i] = m.types.get(w); types[i] == nil {
			s.missing = append(s.missing, int32(i))
		}
	}
	for at := 0; at < len(s.missing); at += maxMissing {
		m.compute(s, words, types, s.missing[at:min(at+maxMissing, len(s.missing))])
	}
}

// maxMissing bounds the scratch of one product of missing words.
const maxMissing = 256

func (m *Model) compute(s *scratch, words []string, types []*wordType, missing []int32) {
	n := 4 * m.w.Hidden
	x := s.shorts.Raw(len(missing) * InputWidth)
	for r, i := range missing {
		m.input(s, words[i], x[r*InputWidth:(r+1)*InputWidth])
	}
	forward, backward := s.sums.Raw(len(missing)*n), s.sums.Raw(len(missing)*n)
	m.lstm[0].input.Mul(len(missing), x, InputWidth, forward, n)
	m.lstm[1].input.Mul(len(missing), x, InputWidth, backward, n)
	for r, i := range missing {
		w := words[i]
		// The word may stand twice among the missing.
		if t := m.types.get(w); t != nil {
			types[i] = t
			continue
		}
		sums := make([]int32, 2*n)
		copy(sums, forward[r*n:(r+1)*n])
		copy(sums[n:], backward[r*n:(r+1)*n])
		// The text of the document must not be kept alive by the cache.
		t := &wordType{word: strings.Clone(w), forward: sums[:n:n], backward: sums[n:]}
		types[i] = t
		m.types.put(t)
	}
}

// input writes the joined vectors of a word.
func (m *Model) input(s *scratch, word string, x []int16) {
	var f Features
	f, s.buf = m.lexicon.Features(word, s.buf)
	for i, id := range f {
		t := &m.w.Tables[i]
		t.Row(id, x[:t.Dim])
		x = x[t.Dim:]
	}
}

package train

import (
	"maps"
	"slices"
	"strings"

	"casus/internal/lang/encoder"
)

// labels are the label lists of the heads.
type labels struct {
	heads []headLabels // tag, feats, then one for each convention of names
	rels  []string     // the first is root
	pairs [][]int32    // by tag: the FEATS seen with it

	ids map[string]map[string]int32 // by head
	rel map[string]int32
}

type headLabels struct {
	name   string
	labels []string
	kinds  []string // of names
}

const (
	headTag = iota
	headFeats
	headNames // the first
)

const root = "root"

// headGuess is the head that guesses hidden words. It is not part of the model.
const headGuess = "guess"

// collect makes the lists. A tag or FEATS seen but once is more often an error
// than a lesson and is left out.
func (l *labels) collect(used []source, read [][]sentence) {
	tags, feats, rels := map[string]int{}, map[string]int{}, map[string]int{}
	for _, ss := range read {
		for _, s := range ss {
			for i := range s.tags {
				tags[s.tags[i]]++
				feats[s.feats[i]]++
				rels[s.rels[i]]++
			}
		}
	}
	often := func(count map[string]int) []string {
		maps.DeleteFunc(count, func(_ string, n int) bool { return n < seldom })
		return slices.Sorted(maps.Keys(count))
	}
	delete(rels, root)
	l.rels = append([]string{root}, often(rels)...)
	l.heads = []headLabels{{name: encoder.HeadTag, labels: often(tags)}, {name: encoder.HeadFeats, labels: often(feats)}}
	for _, s := range used {
		if s.kinds != nil {
			kinds := slices.Compact(slices.Sorted(maps.Values(s.kinds)))
			l.heads = append(l.heads, headLabels{encoder.HeadNames + s.name, encoder.NameLabels(kinds), kinds})
		}
	}
	l.ids = map[string]map[string]int32{}
	for _, h := range l.heads {
		l.ids[h.name] = number(h.labels)
	}
	l.rel = number(l.rels)
	l.collectPairs(read)
}

func number(list []string) map[string]int32 {
	ids := make(map[string]int32, len(list))
	for i, s := range list {
		ids[s] = int32(i)
	}
	return ids
}

func (l *labels) collectPairs(read [][]sentence) {
	seen := map[[2]int32]bool{}
	for _, ss := range read {
		for _, s := range ss {
			for i := range s.tags {
				t, f := l.id(encoder.HeadTag, s.tags[i]), l.id(encoder.HeadFeats, s.feats[i])
				if t >= 0 && f >= 0 {
					seen[[2]int32{t, f}] = true
				}
			}
		}
	}
	l.pairs = make([][]int32, len(l.heads[headTag].labels))
	for p := range seen {
		l.pairs[p[0]] = append(l.pairs[p[0]], p[1])
	}
	for _, p := range l.pairs {
		slices.Sort(p)
	}
}

func (l *labels) id(head, label string) int32 {
	if id, ok := l.ids[head][label]; ok {
		return id
	}
	return -1
}

// headsOf returns the heads that learn from a source.
func (l *labels) headsOf(s source) []int {
	if s.kinds == nil {
		return []int{headTag, headFeats}
	}
	return []int{slices.IndexFunc(l.heads, func(h headLabels) bool { return h.name == encoder.HeadNames+s.name })}
}

// apply writes the labels of a sentence into its item.
func (l *labels) apply(it *item, s *sentence, src source) {
	n := len(s.words)
	if src.kinds != nil {
		it.gold = [][]int32{labelsOf(n, s.names, l.heads[l.headsOf(src)[0]].kinds)}
		return
	}
	it.gold = [][]int32{make([]int32, n), make([]int32, n)}
	it.arcs, it.rels = s.heads, make([]int32, n)
	for i := range n {
		it.gold[0][i] = l.id(encoder.HeadTag, s.tags[i])
		it.gold[1][i] = l.id(encoder.HeadFeats, s.feats[i])
		it.rels[i] = l.relation(s.rels[i])
	}
}

// relation returns the number of a relation; one that is not in the list is
// taken without its subtype.
func (l *labels) relation(rel string) int32 {
	if id, ok := l.rel[rel]; ok {
		return id
	}
	universal, _, _ := strings.Cut(rel, ":")
	if id, ok := l.rel[universal]; ok {
		return id
	}
	return -1
}

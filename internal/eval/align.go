package eval

import (
	"cmp"
	"slices"
)

// alignWords pairs the words of two analyses of one text.
//
// The words of a range (a contraction) have no characters of their own, so a
// text falls into regions: the ranges of both analyses, overlapping ones
// merged. Inside a region words pair by the longest common subsequence of their
// forms; elsewhere a word is a token, and pairs with one that covers the same
// characters.
func alignWords(gold, system *treeText) []pair {
	var pairs []pair
	g, s := words{gold.words, 0}, words{system.words, 0}
	for _, r := range regions(gold.words, system.words) {
		pairs = appendEqualSpans(pairs, g.until(r.start), s.until(r.start))
		pairs = appendCommon(pairs, g.inside(r), s.inside(r))
	}
	pairs = appendEqualSpans(pairs, g.words[g.next:], s.words[s.next:])
	setHeads(pairs, gold, system)
	return pairs
}

// regions returns the merged ranges of both sides in order of the text.
func regions(sides ...[]treeWord) []span {
	var all []span
	for _, words := range sides {
		for i := range words {
			if words[i].multi {
				all = append(all, words[i].span)
			}
		}
	}
	slices.SortFunc(all, func(a, b span) int { return cmp.Or(a.start-b.start, a.end-b.end) })
	merged := all[:0]
	for _, r := range all {
		if n := len(merged); n > 0 && r.start < merged[n-1].end {
			merged[n-1].end = max(merged[n-1].end, r.end)
		} else {
			merged = append(merged, r)
		}
	}
	return merged
}

// words is read from front to back.
type words struct {
	words []treeWord
	next  int
}

// until takes the words that begin before pos.
func (w *words) until(pos int) []treeWord {
	first := w.next
	for w.next < len(w.words) && w.words[w.next].start < pos {
		w.next++
	}
	return w.words[first:w.next]
}

// inside takes the words that begin before the end of r and returns those that
// end in it too.
func (w *words) inside(r span) []treeWord {
	all := w.until(r.end)
	for len(all) > 0 && all[len(all)-1].end > r.end {
		all = all[:len(all)-1]
	}
	return all
}

func appendEqualSpans(pairs []pair, g, s []treeWord) []pair {
	for len(g) > 0 && len(s) > 0 {
		switch {
		case g[0].span == s[0].span:
			pairs = append(pairs, pair{gold: &g[0], system: &s[0]})
			g, s = g[1:], s[1:]
		case g[0].end <= s[0].end:
			g = g[1:]
		default:
			s = s[1:]
		}
	}
	return pairs
}

// appendCommon pairs the words of a longest common subsequence of forms.
func appendCommon(pairs []pair, g, s []treeWord) []pair {
	// best[i][j] is its length for g[i:] and s[j:].
	best := make([][]int, len(g)+1)
	for i := range best {
		best[i] = make([]int, len(s)+1)
	}
	for i := len(g) - 1; i >= 0; i-- {
		for j := len(s) - 1; j >= 0; j-- {
			best[i][j] = max(best[i+1][j], best[i][j+1])
			if g[i].form == s[j].form {
				best[i][j] = best[i+1][j+1] + 1
			}
		}
	}
	for i, j := 0, 0; i < len(g) && j < len(s); {
		switch {
		case g[i].form == s[j].form:
			pairs = append(pairs, pair{gold: &g[i], system: &s[j]})
			i, j = i+1, j+1
		case best[i+1][j] >= best[i][j+1]:
			i++
		default:
			j++
		}
	}
	return pairs
}

// setHeads notes the heads of the pairs as gold words, so that they compare.
func setHeads(pairs []pair, gold, system *treeText) {
	partner := make([]int, len(system.words))
	for i := range partner {
		partner[i] = unaligned
	}
	for _, p := range pairs {
		partner[p.system.index] = p.gold.index
	}
	for i := range pairs {
		p := &pairs[i]
		p.goldHead, p.systemHead = p.gold.head, -1
		if h := p.system.head; h >= 0 {
			p.systemHead = partner[h]
		}
	}
}

package encoder

import (
	"strings"

	"casus/internal/doc"
)

// Labels of names follow BIOES: O, then for each kind B, I, E and S.
const (
	labelsPerKind = 4
	begin         = 1
	inside        = 2
	end           = 3
	single        = 4
)

// NameLabels returns the labels of a head that finds names of the given kinds.
func NameLabels(kinds []string) []string {
	labels := []string{"O"}
	for _, k := range kinds {
		for _, p := range [...]string{"B-", "I-", "E-", "S-"} {
			labels = append(labels, p+k)
		}
	}
	return labels
}

// kindsOf is the inverse of NameLabels. ok is false for other lists.
func kindsOf(labels []string) (kinds []string, ok bool) {
	for i := begin; i < len(labels); i += labelsPerKind {
		_, k, _ := strings.Cut(labels[i], "-")
		kinds = append(kinds, k)
	}
	want := NameLabels(kinds)
	if len(want) != len(labels) {
		return nil, false
	}
	for i := range want {
		if want[i] != labels[i] {
			return nil, false
		}
	}
	return kinds, true
}

// kinds of name that Annotate reports, by the kinds that heads know. Kinds that
// are absent are found, so that their words are not taken for other names, and
// left out: dates and sums have rooms of their own.
var reported = map[string]string{
	doc.PER: doc.PER, doc.ORG: doc.ORG, doc.LOC: doc.LOC, doc.GPE: doc.GPE, doc.NORP: doc.NORP,
	doc.FAC: doc.FAC, doc.EVENT: doc.EVENT, doc.MISC: doc.MISC, "PRODUCT": doc.MISC,
}

// A nameFinder finds the best sequence of labels in which names begin, go on
// and end as they must.
//
// A state is either "no name open" or "a name of kind k open"; so each token
// costs one step a kind, and not one for each pair of labels.
type nameFinder struct {
	kinds  int
	closed []int16 // by token: the label with which no name is open after it
	opened []bool  // by token and kind: the open name began here
	open   []float32
}

// A nameSpan is the words [first, end) of a sequence.
type nameSpan struct {
	first, end int32
	kind       int32
}

// Find returns the names in n rows of label scores, ld apart, in order.
func (f *nameFinder) Find(score []float32, n, ld int, spans []nameSpan) []nameSpan {
	k := f.kinds
	f.closed, f.opened, f.open = grow(f.closed, n), grow(f.opened, n*k), grow(f.open, k)
	const never = -1e30
	for i := range f.open {
		f.open[i] = never
	}
	closed := float32(0)
	for t := range n {
		row := score[t*ld : t*ld+1+k*labelsPerKind]
		next, label := closed+row[0], 0
		for i, open := range f.open {
			l := row[i*labelsPerKind : i*labelsPerKind+labelsPerKind+1]
			if s := closed + l[single]; s > next {
				next, label = s, i*labelsPerKind+single
			}
			if s := open + l[end]; s > next {
				next, label = s, i*labelsPerKind+end
			}
			b, c := closed+l[begin], open+l[inside]
			f.opened[t*k+i] = b >= c
			f.open[i] = max(b, c)
		}
		closed, f.closed[t] = next, int16(label)
	}
	return f.trace(n, spans)
}

// trace reads the names off the last token's state backwards.
func (f *nameFinder) trace(n int, spans []nameSpan) []nameSpan {
	from := len(spans)
	for t := n - 1; t >= 0; t-- {
		label := int(f.closed[t])
		if label == 0 {
			continue
		}
		kind := (label - 1) / labelsPerKind
		s := nameSpan{first: int32(t), end: int32(t + 1), kind: int32(kind)}
		if label-kind*labelsPerKind == end {
			for t--; t > 0 && !f.opened[t*f.kinds+kind]; t-- {
			}
			s.first = int32(t)
		}
		spans = append(spans, s)
	}
	for i, j := from, len(spans)-1; i < j; i, j = i+1, j-1 {
		spans[i], spans[j] = spans[j], spans[i]
	}
	return spans
}

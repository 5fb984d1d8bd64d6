package train

import (
	"io"
	"slices"
	"strconv"
	"strings"

	"casus/internal/doc"
)

// readNames reads a file of names in columns: the word first, its label last,
// sentences set apart by empty lines and documents by -DOCSTART-. kinds says what the labels' kinds are
// called here; a kind that it lacks is no name. Documents that do not mark
// sentences are cut after final marks, and in any case before maxNameWords.
func readNames(r io.Reader, name string, kinds map[string]string) ([]sentence, error) {
	var out []sentence
	var words, labels []string
	documents := 0
	flush := func() {
		for _, s := range cut(words, labels, kinds) {
			s.doc = strconv.Itoa(documents)
			out = append(out, s)
		}
		words, labels = nil, nil
	}
	err := eachLine(r, name, func(line string) error {
		if opens := strings.HasPrefix(line, "-DOCSTART-"); opens || strings.TrimSpace(line) == "" {
			flush()
			if opens {
				documents++
			}
			return nil
		}
		c := strings.Fields(line)
		if len(c) < 2 {
			return nil // a word that is all white space
		}
		words, labels = append(words, c[0]), append(labels, c[len(c)-1])
		return nil
	})
	flush()
	return out, err
}

const maxNameWords = 120

// cut makes sentences of a stretch of words, never within a name.
func cut(words, labels []string, kinds map[string]string) []sentence {
	var out []sentence
	start := 0
	for i := range words {
		last := i+1 == len(words)
		final := words[i] == "." || words[i] == "?" || words[i] == "!"
		if !last && (labels[i+1][0] == 'I' || !(final && i-start >= 3 && startsSentence(words[i+1])) && i-start < maxNameWords) {
			continue
		}
		out = append(out, sentence{words: words[start : i+1], names: spans(labels[start:i+1], kinds)})
		start = i + 1
	}
	return out
}

// startsSentence reports whether a word can open a sentence.
func startsSentence(w string) bool {
	return w[0] < 'a' || w[0] > 'z'
}

// spans reads labels in any of the schemes IO, BIO and BIOES.
func spans(labels []string, kinds map[string]string) []span {
	var out []span
	var open *span
	for i, l := range labels {
		prefix, kind, _ := strings.Cut(l, "-")
		kind = kinds[kind]
		if prefix == "O" || kind == "" {
			open = nil
			continue
		}
		if open == nil || open.kind != kind || prefix == "B" || prefix == "S" {
			out = append(out, span{first: i, kind: kind})
			open = &out[len(out)-1]
		}
		open.end = i + 1
		if prefix == "E" || prefix == "S" {
			open = nil
		}
	}
	return out
}

// labelsOf writes the names of a sentence of n words as indexes of the labels
// of a head with the given kinds; see [encoder.NameLabels].
func labelsOf(n int, names []span, kinds []string) []int32 {
	const begin, inside, end, single = 1, 2, 3, 4
	out := make([]int32, n)
	for _, s := range names {
		at := int32(4 * slices.Index(kinds, s.kind))
		for i := s.first; i < s.end; i++ {
			switch {
			case s.end-s.first == 1:
				out[i] = at + single
			case i == s.first:
				out[i] = at + begin
			case i == s.end-1:
				out[i] = at + end
			default:
				out[i] = at + inside
			}
		}
	}
	return out
}

// The kinds of the files, by the names that encoder reports. Dates and sums are
// learned so that they are not taken for names; the encoder leaves them out.
var (
	worldwideKinds = map[string]string{
		"Person": doc.PER, "Organization": doc.ORG, "Location": doc.LOC, "NORP": doc.NORP, "Facility": doc.FAC,
		"Misc": doc.MISC, "Product": "PRODUCT", "Date": "DATE", "Money": "MONEY",
	}
	fourKinds     = map[string]string{"PER": doc.PER, "ORG": doc.ORG, "LOC": doc.LOC, "MISC": doc.MISC}
	re3dKinds     = map[string]string{"Person": doc.PER, "Organisation": doc.ORG, "Location": doc.LOC, "Nationality": doc.NORP, "Temporal": "DATE", "Money": "MONEY"}
	wnutKinds     = map[string]string{"person": doc.PER, "corporation": doc.ORG, "group": "GROUP", "location": doc.LOC, "creative-work": doc.MISC, "product": "PRODUCT"}
	politicsKinds = map[string]string{
		"politician": doc.PER, "person": doc.PER, "politicalparty": "PARTY", "organisation": doc.ORG, "country": doc.GPE,
		"location": doc.LOC, "election": doc.EVENT, "event": doc.EVENT, "misc": doc.MISC,
	}
)

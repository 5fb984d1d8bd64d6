package eval

import (
	"bufio"
	"bytes"
	_ "embed"
	"sort"
	"strings"
	"sync"
)

//go:embed quotes_speech.tsv
var speechTSV []byte

var speechLemmas = sync.OnceValue(func() map[string]bool {
	m := map[string]bool{}
	sc := bufio.NewScanner(bytes.NewReader(speechTSV))
	for header := true; sc.Scan(); {
		if strings.HasPrefix(sc.Text(), "#") {
			continue
		}
		if !header {
			m[sc.Text()] = true
		}
		header = false
	}
	return m
})

// irregular are forms that the suffix rules of lemma cannot undo.
var irregular = map[string]string{
	"said": "say", "says": "say", "told": "tell", "tells": "tell", "wrote": "write", "written": "write", "spoke": "speak", "spoken": "speak",
	"swore": "swear", "read": "read", "put": "put", "began": "begin", "according": "according",
}

// speechLemma is the lemma of a word if that is on the speech list, else the word.
func speechLemma(w string, list map[string]bool) string {
	w = strings.ToLower(w)
	if l, ok := irregular[w]; ok {
		return l
	}
	cut := func(n int) string { return w[:max(0, len(w)-n)] }
	c := []string{w}
	if strings.HasSuffix(w, "ied") || strings.HasSuffix(w, "ies") {
		c = append(c, cut(3)+"y")
	}
	if strings.HasSuffix(w, "ing") {
		c = append(c, cut(3), cut(3)+"e", cut(4))
	}
	if strings.HasSuffix(w, "ed") {
		c = append(c, cut(2), cut(1), cut(3))
	}
	if strings.HasSuffix(w, "es") {
		c = append(c, cut(2))
	}
	if strings.HasSuffix(w, "s") {
		c = append(c, cut(1))
	}
	for _, l := range c {
		if list[l] {
			return l
		}
	}
	return w
}

// isSpeech reports whether the quotation is on the speech track: it has marks,
// or its cue holds a lemma of saying.
func (x *quoteText) isSpeech(q *goldQuote) bool {
	if q.Kind == "direct" || q.Kind == "mixed" {
		return true
	}
	if q.Cue == nil {
		return false
	}
	words := string(x.runes[q.Cue[0]:q.Cue[1]])
	switch strings.TrimSpace(words) {
	case ":", "—", "-":
		return true
	}
	for _, w := range strings.FieldsFunc(words, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '\'')
	}) {
		if x.speech[speechLemma(w, x.speech)] {
			return true
		}
	}
	return false
}

// A tokenSet is a sorted set of token numbers.
type tokenSet []int

func (x *quoteText) set(spans ...runeSpan) tokenSet {
	var out tokenSet
	for _, sp := range spans {
		i := max(0, sort.Search(len(x.tokens), func(i int) bool { return x.tokens[i][0] > sp[0] })-1)
		for ; i < len(x.tokens) && x.tokens[i][0] < sp[1]; i++ {
			if x.tokens[i][1] > sp[0] {
				out = append(out, i)
			}
		}
	}
	return out.norm()
}

// norm sorts the set and drops doubles.
func (s tokenSet) norm() tokenSet {
	sort.Ints(s)
	out := s[:0]
	for i, t := range s {
		if i == 0 || t != s[i-1] {
			out = append(out, t)
		}
	}
	return out
}

func (x *quoteText) words(s tokenSet) tokenSet {
	var out tokenSet
	for _, t := range s {
		if x.word[t] {
			out = append(out, t)
		}
	}
	return out
}

// shared counts the tokens in both.
func (s tokenSet) shared(o tokenSet) int {
	n, j := 0, 0
	for _, t := range s {
		for j < len(o) && o[j] < t {
			j++
		}
		if j < len(o) && o[j] == t {
			n++
		}
	}
	return n
}

func (s tokenSet) equal(o tokenSet) bool { return len(s) == len(o) && s.shared(o) == len(s) }

func (s tokenSet) meets(o tokenSet) bool { return s.shared(o) > 0 }

// agree reports that the two share a token, or are both empty.
func (s tokenSet) agree(o tokenSet) bool { return s.meets(o) || len(s) == 0 && len(o) == 0 }

// without returns the tokens of a that are not in b.
func without(a, b tokenSet) tokenSet {
	var out tokenSet
	j := 0
	for _, t := range a {
		for j < len(b) && b[j] < t {
			j++
		}
		if j == len(b) || b[j] != t {
			out = append(out, t)
		}
	}
	return out
}

// feats is a quotation as sets of tokens: all of them, and the words alone.
type feats struct {
	q                                   *goldQuote
	content, source, cue                tokenSet
	contentWords, sourceWords, cueWords tokenSet
}

// feats leaves out quotations whose content holds no word.
func (x *quoteText) feats(qs []goldQuote) []feats {
	var out []feats
	for i := range qs {
		q := &qs[i]
		f := feats{q: q, content: x.set(q.Content...)}
		if q.Source != nil {
			f.source = x.set(*q.Source)
		}
		if q.Cue != nil {
			f.cue = x.set(*q.Cue)
		}
		f.contentWords, f.sourceWords, f.cueWords = x.words(f.content), x.words(f.source), x.words(f.cue)
		if len(f.contentWords) > 0 {
			out = append(out, f)
		}
	}
	return out
}

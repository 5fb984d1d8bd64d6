package eval

import (
	"fmt"
	"io"
	"strings"
	"unicode"

	"casus/internal/article"
	"casus/internal/doc"
	"casus/internal/lang/conllu"
)

// A Parser is the system under test for trees and sentences: it fills the
// layers of lang. It keeps the tokens of a document that has them.
type Parser func(*doc.Doc)

// Parse scores trees by the definitions of the CoNLL 2018 shared task. With raw
// set the system gets the text alone and its words are aligned with the gold
// ones by their place in it; else it gets the gold sentences and tokens.
func Parse(name string, gold io.Reader, raw bool, parse Parser) (*Report, error) {
	task := "parse"
	if raw {
		task = "parse, raw text"
	}
	return scoreDocs(task, name, gold, raw, parse, treeMetrics)
}

// Sentences scores the cutting of raw text into tokens, sentences and words.
func Sentences(name string, gold io.Reader, split Parser) (*Report, error) {
	return scoreDocs("sentences", name, gold, true, split, nil)
}

func scoreDocs(task, name string, gold io.Reader, raw bool, parse Parser, metrics []metric) (*Report, error) {
	total := newTreeScores(metrics)
	for ss, err := range conllu.Docs(gold, name) {
		if err != nil {
			return nil, fmt.Errorf("score %s: %w", task, err)
		}
		d := conllu.Tokens("", ss)
		if raw {
			d = doc.New(&article.Article{ID: d.Article.ID, Text: conllu.RawText(ss)})
		}
		parse(d)
		if err := total.add(ss, conllu.FromDoc(d)); err != nil {
			return nil, fmt.Errorf("score %s: %s: document %q: %w", task, name, d.Article.ID, err)
		}
	}
	return total.report(task, name), nil
}

// CompareTrees scores one analysis of a text against another.
func CompareTrees(name string, gold, system []conllu.Sentence) (*Report, error) {
	total := newTreeScores(treeMetrics)
	if err := total.add(gold, system); err != nil {
		return nil, fmt.Errorf("compare trees: %s: %w", name, err)
	}
	return total.report("parse", name), nil
}

// A span counts the characters of a text that are not white space.
type span struct{ start, end int }

// A treeWord is a word with its place. The words of a range have the place of
// the whole range, which is why multi is noted.
type treeWord struct {
	*conllu.Word
	span
	multi bool
	index int // among the words of the whole text
	head  int // index of its head, -1 for the root
	form  string
}

// A treeText is one analysis of a text, laid out over its characters.
type treeText struct {
	chars             []rune
	tokens, sentences []span
	words             []treeWord
}

func layOut(ss []conllu.Sentence) *treeText {
	t := &treeText{}
	for i := range ss {
		s := &ss[i]
		begin, base := len(t.chars), len(t.words)
		ranges := s.Ranges
		for j := 0; j < len(s.Words); {
			form, next, multi := s.Words[j].Form, j+1, false
			if len(ranges) > 0 && ranges[0].First == j {
				form, next, multi = ranges[0].Form, ranges[0].End, true
				ranges = ranges[1:]
			}
			at := span{start: len(t.chars)}
			t.appendChars(form)
			at.end = len(t.chars)
			t.tokens = append(t.tokens, at)
			for ; j < next; j++ {
				w := layWord(&s.Words[j], at, multi, base)
				w.index = len(t.words)
				t.words = append(t.words, w)
			}
		}
		t.sentences = append(t.sentences, span{begin, len(t.chars)})
	}
	return t
}

func layWord(w *conllu.Word, at span, multi bool, base int) treeWord {
	head := -1
	if w.Head > 0 {
		head = base + w.Head - 1
	}
	return treeWord{Word: w, span: at, multi: multi, head: head, form: strings.ToLower(w.Form)}
}

func (t *treeText) appendChars(form string) {
	for _, r := range form {
		if !unicode.IsSpace(r) {
			t.chars = append(t.chars, r)
		}
	}
}

// checkSame reports where two analyses are not of the same text.
func checkSame(gold, system *treeText) error {
	n := min(len(gold.chars), len(system.chars))
	i := 0
	for i < n && gold.chars[i] == system.chars[i] {
		i++
	}
	if i == len(gold.chars) && i == len(system.chars) {
		return nil
	}
	around := func(c []rune) string { return string(c[min(i, len(c)):min(i+20, len(c))]) }
	return fmt.Errorf("the texts differ at character %d (white space not counted): gold %q, system %q", i, around(gold.chars), around(system.chars))
}

// A metric says what makes two aligned words agree.
type metric struct {
	name  string
	keep  func(w *treeWord) bool // nil for every word
	agree func(p pair) bool
}

// A pair is a gold word and the system word aligned with it.
type pair struct {
	gold, system *treeWord
	goldHead     int
	systemHead   int // as the index of the gold word aligned with it, -1 for the root, unaligned
}

// unaligned stands for a head that has no gold counterpart.
const unaligned = -2

var treeMetrics = []metric{
	{"UPOS", nil, func(p pair) bool { return p.gold.UPOS == p.system.UPOS }},
	{"XPOS", nil, func(p pair) bool { return p.gold.XPOS == p.system.XPOS }},
	{"UFeats", nil, func(p pair) bool { return universal(p.gold.Feats) == universal(p.system.Feats) }},
	{"Lemmas", nil, func(p pair) bool { return p.gold.Lemma == "" || p.gold.Lemma == p.system.Lemma }},
	{"UAS", nil, sameHead},
	{"LAS", nil, func(p pair) bool { return sameHead(p) && relation(p.gold) == relation(p.system) }},
	{"CLAS", isContent, func(p pair) bool { return sameHead(p) && relation(p.gold) == relation(p.system) }},
}

func sameHead(p pair) bool { return p.goldHead == p.systemHead }

// relation is the universal part of a relation.
func relation(w *treeWord) string {
	rel, _, _ := strings.Cut(w.Deprel, ":")
	return rel
}

// isContent reports whether CLAS counts a word: the task leaves out function
// words and punctuation.
func isContent(w *treeWord) bool {
	switch relation(w) {
	case "aux", "cop", "mark", "det", "clf", "case", "cc", "punct":
		return false
	}
	return true
}

// universalFeatures are those that UFeats compares.
var universalFeatures = []string{
	"Abbr", "Animacy", "Aspect", "Case", "Definite", "Degree", "Evident", "Foreign", "Gender", "Mood", "NumType",
	"Number", "Person", "Polarity", "Polite", "Poss", "PronType", "Reflex", "Tense", "VerbForm", "Voice",
}

// universal returns the universal features of a column in a fixed order.
func universal(feats string) string {
	if feats == "" {
		return ""
	}
	var b strings.Builder
	for _, f := range universalFeatures {
		if v, ok := conllu.Field(feats, f); ok {
			b.WriteString(f)
			b.WriteByte('=')
			b.WriteString(v)
			b.WriteByte('|')
		}
	}
	return b.String()
}

// counts are the numbers behind one row of the report.
type counts struct{ right, system, gold int }

// treeScores sums the counts over documents.
type treeScores struct {
	metrics                  []metric
	tokens, sentences, words counts
	by                       []counts
}

func newTreeScores(metrics []metric) *treeScores {
	return &treeScores{metrics: metrics, by: make([]counts, len(metrics))}
}

func (sc *treeScores) add(goldSentences, systemSentences []conllu.Sentence) error {
	gold, system := layOut(goldSentences), layOut(systemSentences)
	if err := checkSame(gold, system); err != nil {
		return err
	}
	sc.tokens.add(matchSpans(gold.tokens, system.tokens), len(system.tokens), len(gold.tokens))
	sc.sentences.add(matchSpans(gold.sentences, system.sentences), len(system.sentences), len(gold.sentences))
	pairs := alignWords(gold, system)
	sc.words.add(len(pairs), len(system.words), len(gold.words))
	for i, m := range sc.metrics {
		right := 0
		for _, p := range pairs {
			if (m.keep == nil || m.keep(p.gold)) && m.agree(p) {
				right++
			}
		}
		sc.by[i].add(right, kept(m, system.words), kept(m, gold.words))
	}
	return nil
}

func (c *counts) add(right, system, gold int) {
	c.right += right
	c.system += system
	c.gold += gold
}

func kept(m metric, words []treeWord) int {
	if m.keep == nil {
		return len(words)
	}
	n := 0
	for i := range words {
		if m.keep(&words[i]) {
			n++
		}
	}
	return n
}

func (sc *treeScores) report(task, name string) *Report {
	r := &Report{Task: task, Gold: name}
	row := func(name string, c counts) { r.PRF(name, c.right, c.system, c.gold) }
	row("Tokens", sc.tokens)
	row("Sentences", sc.sentences)
	row("Words", sc.words)
	for i, m := range sc.metrics {
		row(m.name, sc.by[i])
	}
	return r
}

// matchSpans counts the spans that two sorted lists share.
func matchSpans(a, b []span) int {
	n := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			n, i, j = n+1, i+1, j+1
		case a[i].start < b[j].start || (a[i].start == b[j].start && a[i].end < b[j].end):
			i++
		default:
			j++
		}
	}
	return n
}

package eval

import (
	"bufio"
	"fmt"
	"io"
	"iter"
	"strings"

	"casus/internal/doc"
	"casus/internal/lang/conllu"
)

// Names scores names against a file of tokens with labels: exact span and kind.
// The system gets the gold tokens and sentences and fills Doc.Names; names
// nested in others do not count.
//
// Kinds are compared as the gold file calls them and, because every corpus has
// its own, mapped to those that corpora share.
func Names(name string, gold io.Reader, find Parser) (*Report, error) {
	var asNamed, shared, four nameScores
	for tokens, err := range labelledDocs(gold, name) {
		if err != nil {
			return nil, fmt.Errorf("score names: %w", err)
		}
		d := conllu.Tokens("", tokens.sentences)
		find(d)
		asNamed.add(tokens.names, d.Names, func(kind string) string { return kind })
		shared.add(tokens.names, d.Names, sharedKind)
		four.add(tokens.names, d.Names, conllKind)
	}
	r := &Report{Task: "names", Gold: name}
	asNamed.row(r, "all kinds as named", nil)
	shared.row(r, "PER/LOC/ORG", []string{doc.PER, doc.LOC, doc.ORG})
	shared.row(r, "PER/LOC/ORG/NORP", []string{doc.PER, doc.LOC, doc.ORG, doc.NORP})
	four.row(r, "four kinds of CoNLL", []string{doc.PER, doc.LOC, doc.ORG, doc.MISC})
	for _, kind := range []string{doc.PER, doc.LOC, doc.ORG, doc.NORP, doc.MISC} {
		shared.row(r, kind, []string{kind})
	}
	return r, nil
}

// sharedKinds maps the kinds of casus and of the corpora to the shared ones.
// What a corpus counts and others do not (dates, money, products) is left out.
var sharedKinds = map[string]string{
	"PER": doc.PER, "PERSON": doc.PER, "POLITICIAN": doc.PER,
	"LOC": doc.LOC, "LOCATION": doc.LOC, "GPE": doc.LOC, "COUNTRY": doc.LOC,
	"ORG": doc.ORG, "ORGANIZATION": doc.ORG, "ORGANISATION": doc.ORG, "POLITICALPARTY": doc.ORG, "CORPORATION": doc.ORG,
	"NORP": doc.NORP, "NATIONALITY": doc.NORP,
	"MISC": doc.MISC, "EVENT": doc.MISC, "ELECTION": doc.MISC,
}

// sharedKind returns the shared kind, or "" for one that corpora do not share.
func sharedKind(kind string) string { return sharedKinds[strings.ToUpper(kind)] }

// conllKind maps to the four kinds of CoNLL 2003, which has peoples and events
// among MISC and buildings among LOC.
func conllKind(kind string) string {
	switch k := sharedKind(kind); {
	case k == doc.NORP:
		return doc.MISC
	case k == "" && (kind == doc.FAC || kind == "Facility"):
		return doc.LOC
	default:
		return k
	}
}

// nameKey is what makes two names the same.
type nameKey struct {
	first, end doc.TokenID
	kind       string
}

// nameScores sums counts by kind.
type nameScores struct{ byKind map[string]*counts }

func (sc *nameScores) add(gold, system []doc.Name, mapped func(string) string) {
	if sc.byKind == nil {
		sc.byKind = map[string]*counts{}
	}
	want := map[nameKey]bool{}
	for _, n := range gold {
		if kind := mapped(n.Kind); kind != "" {
			want[nameKey{n.First, n.End, kind}] = true
			sc.of(kind).gold++
		}
	}
	for _, n := range system {
		kind := mapped(n.Kind)
		if kind == "" || n.Nested {
			continue
		}
		c := sc.of(kind)
		c.system++
		key := nameKey{n.First, n.End, kind}
		if want[key] {
			c.right++
			delete(want, key) // counts once
		}
	}
}

func (sc *nameScores) of(kind string) *counts {
	c := sc.byKind[kind]
	if c == nil {
		c = &counts{}
		sc.byKind[kind] = c
	}
	return c
}

// row adds the sum over some kinds, or over all.
func (sc *nameScores) row(r *Report, name string, kinds []string) {
	var sum counts
	if kinds == nil {
		for _, c := range sc.byKind {
			sum.add(c.right, c.system, c.gold)
		}
	}
	for _, kind := range kinds {
		if c := sc.byKind[kind]; c != nil {
			sum.add(c.right, c.system, c.gold)
		}
	}
	r.PRF(name, sum.right, sum.system, sum.gold)
}

// labelled is a document of a name corpus.
type labelled struct {
	sentences []conllu.Sentence
	names     []doc.Name
}

// sentencesPerDoc cuts corpora that do not mark their documents.
const sentencesPerDoc = 100

// labelledDocs reads a file of one token a line, its label last, columns
// separated by tabs or spaces, an empty line after each sentence and, in some,
// a line -DOCSTART- before each document.
func labelledDocs(r io.Reader, name string) iter.Seq2[labelled, error] {
	return func(yield func(labelled, error) bool) {
		b := labelBuilder{}
		sc := bufio.NewScanner(r)
		for n := 1; sc.Scan(); n++ {
			line := strings.TrimRight(sc.Text(), " \t\r")
			switch {
			case strings.HasPrefix(line, "-DOCSTART-"):
				b.endSentence()
				if !b.flush(yield) {
					return
				}
			case line == "":
				b.endSentence()
				if len(b.doc.sentences) >= sentencesPerDoc && !b.marked && !b.flush(yield) {
					return
				}
			default:
				if err := b.token(line); err != nil {
					yield(labelled{}, fmt.Errorf("%s:%d: %w", name, n, err))
					return
				}
			}
			b.marked = b.marked || strings.HasPrefix(line, "-DOCSTART-")
		}
		if err := sc.Err(); err != nil {
			yield(labelled{}, fmt.Errorf("%s: %w", name, err))
			return
		}
		b.endSentence()
		b.flush(yield)
	}
}

// labelBuilder gathers a document.
type labelBuilder struct {
	doc    labelled
	words  []conllu.Word
	labels []string
	base   doc.TokenID
	marked bool // the file marks its documents
}

func (b *labelBuilder) token(line string) error {
	form, label := line, ""
	if i := strings.IndexAny(line, "\t "); i > 0 {
		form, label = line[:i], line[strings.LastIndexAny(line, "\t ")+1:]
	}
	if label == "" {
		return fmt.Errorf("no label after %q", form)
	}
	b.words = append(b.words, conllu.Word{Form: form, Head: conllu.NoHead, SpaceAfter: true})
	b.labels = append(b.labels, label)
	return nil
}

func (b *labelBuilder) endSentence() {
	if len(b.words) == 0 {
		return
	}
	for _, n := range namesOf(b.labels) {
		n.First += b.base
		n.End += b.base
		b.doc.names = append(b.doc.names, n)
	}
	b.base += doc.TokenID(len(b.words))
	b.doc.sentences = append(b.doc.sentences, conllu.Sentence{Words: b.words})
	b.words, b.labels = nil, b.labels[:0]
}

func (b *labelBuilder) flush(yield func(labelled, error) bool) bool {
	if len(b.doc.sentences) == 0 {
		return true
	}
	d := b.doc
	b.doc, b.base = labelled{}, 0
	return yield(d, nil)
}

// namesOf reads labels in BIO, BIOES or BILOU; an inside label that continues
// nothing begins a name, as corpora of the first kind (IOB1) write it.
func namesOf(labels []string) []doc.Name {
	var names []doc.Name
	open := false
	for i, label := range labels {
		mark, kind, ok := strings.Cut(label, "-")
		if !ok {
			open = false
			continue
		}
		at := doc.TokenID(i)
		begins := mark == "B" || mark == "S" || mark == "U" || !open || names[len(names)-1].Kind != kind
		if begins {
			names = append(names, doc.Name{First: at, Kind: kind})
		}
		names[len(names)-1].End = at + 1
		open = mark != "S" && mark != "U" && mark != "E" && mark != "L"
	}
	return names
}

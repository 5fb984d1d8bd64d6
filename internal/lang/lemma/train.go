package lemma

import (
	"bufio"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"casus/internal/lang/conllu"
)

// Tables are where [Train] writes.
type Tables struct{ Casing, Endings, Forms io.Writer }

// word is a form as it stood in a text.
type word struct{ form, lemma string }

// bag counts the words of one tag.
type bag map[word]int

// Train learns the tables from treebanks. Documents whose licence forbids it are
// left out. The words of a large text, in small letters, tell which lemma of a
// form that the treebanks lack is a word: "provoked" is no form of "provok". The
// same input gives the same bytes.
func Train(out Tables, words map[string]bool, paths ...string) error {
	pairs := map[[2]string]bag{}
	for _, path := range paths {
		if err := count(pairs, path); err != nil {
			return fmt.Errorf("train lemmas: %w", err)
		}
	}
	t := newTrainer(pairs)
	t.learn(words)
	for _, step := range []func() error{
		func() error { return t.writeCasing(out.Casing) },
		func() error { return t.writeEndings(out.Endings) },
		func() error { return t.writeForms(out.Forms) },
	} {
		if err := step(); err != nil {
			return fmt.Errorf("train lemmas: %w", err)
		}
	}
	return nil
}

// ReadWords reads the words for [Train], one a line, the last of the columns that
// tabs part: the form of a file of word clusters.
func ReadWords(r io.Reader) (map[string]bool, error) {
	words := map[string]bool{}
	sc := bufio.NewScanner(r)
	for sc.Scan() {
		line := sc.Text()
		if w := line[strings.LastIndexByte(line, '\t')+1:]; w != "" {
			words[w] = true
		}
	}
	if err := sc.Err(); err != nil {
		return nil, fmt.Errorf("read words: %w", err)
	}
	return words, nil
}

func count(pairs map[[2]string]bag, path string) error {
	f, err := conllu.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	for ss, err := range conllu.Docs(f, path) {
		if err != nil {
			return err
		}
		if conllu.NonCommercial(ss[0].DocID) {
			continue
		}
		for i := range ss {
			for _, w := range ss[i].Words {
				if w.Lemma == "" || w.UPOS == "" || len(w.Form) > maxWord || w.XPOS == "GW" || w.XPOS == "AFX" {
					continue // the parts of a word written apart have the lemma of the whole
				}
				tags := [2]string{w.UPOS, w.XPOS}
				if pairs[tags] == nil {
					pairs[tags] = bag{}
				}
				pairs[tags][word{w.Form, w.Lemma}]++
			}
		}
	}
	return nil
}

type trainer struct {
	pairs map[[2]string]bag
	tags  map[string]*tagTable
	// pairTags are the pairs that have a table, by name, with the two tags.
	pairTags map[string][2]string
	fine     map[string]bool // the XPOS tags
}

func newTrainer(pairs map[[2]string]bag) *trainer {
	t := &trainer{pairs: pairs, tags: map[string]*tagTable{}, pairTags: map[string][2]string{}, fine: map[string]bool{}}
	for tags, b := range pairs {
		for _, name := range []string{tags[0], tags[1]} {
			if name == "" {
				continue
			}
			if t.tags[name] == nil {
				t.tags[name] = &tagTable{bag: bag{}}
			}
			for w, n := range b {
				t.tags[name].bag[w] += n
			}
		}
	}
	for tags, b := range pairs {
		if tags[1] != "" {
			name := tags[0] + " " + tags[1]
			t.tags[name] = &tagTable{bag: b}
			t.pairTags[name] = tags
			t.fine[tags[1]] = true
		}
	}
	return t
}

func (b bag) size() int {
	n := 0
	for _, c := range b {
		n += c
	}
	return n
}

func (t *trainer) learn(words map[string]bool) {
	for _, name := range sorted(t.tags) {
		tab := t.tags[name]
		tags, isPair := t.pairTags[name]
		if isPair {
			whole := t.tags[tags[1]].bag.size()
			if n := tab.bag.size(); len(tab.bag) < minPair || float64(n) >= ownTable*float64(whole) {
				continue
			}
		}
		tab.learnCasing()
		tab.learnEndings()
	}
	// Forms last: they are those that the rest gets wrong.
	for _, name := range sorted(t.tags) {
		if _, isPair := t.pairTags[name]; !isPair {
			t.tags[name].learnForms(t.tags[name], nil)
			if t.fine[name] {
				t.tags[name].guessForms(words)
			}
		}
	}
	for _, name := range sorted(t.pairTags) {
		whole := t.tags[t.pairTags[name][1]]
		rules := t.tags[name]
		if rules.endings == nil {
			rules = whole
		}
		t.tags[name].learnForms(rules, whole.forms)
	}
}

func sorted[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

func (t *trainer) writeCasing(w io.Writer) error {
	return t.rows(w, "Whether lemmas keep the capitals of the word, by tag, shape and longest ending.", "tag\tshape\tending\tcasing", func(name string, tab *tagTable) (rows []string) {
		if tab.endings == nil {
			return nil
		}
		for s := capitalised; s < shapes; s++ {
			for ending, c := range tab.casing[s] {
				if ending != "" || c != lowered {
					rows = append(rows, name+"\t"+shapeNames[s]+"\t"+ending+"\t"+casingNames[c])
				}
			}
		}
		return rows
	})
}

func (t *trainer) writeEndings(w io.Writer) error {
	return t.rows(w, "How lemmas are made from words, by tag and longest ending.", "tag\tending\tcut\tadd", func(name string, tab *tagTable) (rows []string) {
		for ending, e := range tab.endings {
			rows = append(rows, fmt.Sprintf("%s\t%s\t%d\t%s", name, ending, e.cut, e.add))
		}
		return rows
	})
}

func (t *trainer) writeForms(w io.Writer) error {
	return t.rows(w, "Words whose lemma the endings do not give.", "tag\tform\tlemma", func(name string, tab *tagTable) (rows []string) {
		for form, lemma := range tab.forms {
			rows = append(rows, name+"\t"+form+"\t"+lemma)
		}
		return rows
	})
}

func (t *trainer) rows(w io.Writer, about, header string, of func(string, *tagTable) []string) error {
	bw := bufio.NewWriter(w)
	fmt.Fprintf(bw, "# %s Learned by lemma.Train; see lemmas.md.\n%s\n", about, header)
	for _, name := range sorted(t.tags) {
		rows := of(name, t.tags[name])
		slices.Sort(rows)
		for _, r := range rows {
			bw.WriteString(strings.TrimRight(r, "\t"))
			bw.WriteByte('\n')
		}
	}
	return bw.Flush()
}

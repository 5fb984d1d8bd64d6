package lemma

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"casus/internal/lang/conllu"
)

func isUpper(r rune) bool { return unicode.IsUpper(r) }
func isLower(r rune) bool { return unicode.IsLower(r) }

// Tables are where [Train] writes.
type Tables struct{ Casing, Endings, Forms io.Writer }

// How endings are learned.
const (
	maxEnding = 5    // bytes
	minTypes  = 2    // words that an ending must explain
	ownTable  = 0.75 // a pair of tags with a smaller share of its XPOS gets endings of its own
	minPair   = 20   // words of a pair that deserve so
	minCasing = 4    // words that an ending must explain to decide about capitals
	minGuess  = 3    // words that an edit must explain to be tried on words of no treebank
)

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

// A tagTable is what is learned for one tag.
type tagTable struct {
	bag     bag
	casing  [shapes]map[string]casing // by ending; nil until learned
	endings map[string]edit
	edits   map[string]map[edit]int // by ending, how many words each edit explains
	forms   map[string]string
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

// learnCasing finds for each shape, by ending, whether lemmas keep their
// capitals.
func (t *tagTable) learnCasing() {
	var counts [shapes]map[string]*[2]int
	for w, n := range t.bag {
		s := shapeOf(w.form)
		if s == small {
			continue
		}
		c := lowered
		if strings.HasPrefix(w.lemma, firstLetter(w.form)) {
			c = kept
		}
		if counts[s] == nil {
			counts[s] = map[string]*[2]int{}
		}
		low := strings.ToLower(w.form)
		for i := range min(maxCasing, len(low)) + 1 {
			ending := low[len(low)-i:]
			if counts[s][ending] == nil {
				counts[s][ending] = &[2]int{}
			}
			if i > 0 {
				n = 1 // the whole counts words of the text, an ending counts different ones
			}
			counts[s][ending][c] += n
		}
	}
	for s := range shapes {
		t.casing[s] = map[string]casing{"": lowered}
		for _, ending := range sortedByLength(counts[s]) {
			n := counts[s][ending]
			c := lowered
			if n[kept] > n[lowered] {
				c = kept
			}
			if ending == "" || utf8.ValidString(ending) && n[c] >= minCasing && n[c] >= 4*n[1-c] && t.caseOf(s, ending[1:]) != c {
				t.casing[s][ending] = c
			}
		}
	}
}

// caseOf returns the casing of the longest ending known.
func (t *tagTable) caseOf(s shape, low string) casing {
	for n := min(maxCasing, len(low)); ; n-- {
		if c, ok := t.casing[s][low[len(low)-n:]]; ok {
			return c
		}
	}
}

func firstLetter(s string) string {
	_, n := utf8.DecodeRuneInString(s)
	return s[:n]
}

func sortedByLength[V any](m map[string]V) []string {
	return slices.SortedFunc(maps.Keys(m), func(a, b string) int {
		return cmp.Or(len(a)-len(b), cmp.Compare(a, b))
	})
}

// base is a form with the casing of the tag.
func (t *tagTable) base(form string) string {
	if s := shapeOf(form); s != small && t.caseOf(s, strings.ToLower(form)) == lowered {
		return strings.ToLower(form)
	}
	return form
}

// editOf returns the edit that makes lemma of base, if one of a few letters does.
func editOf(base, lemma string) (edit, bool) {
	i := 0
	for i < len(base) && i < len(lemma) && base[i] == lemma[i] {
		i++
	}
	for i > 0 && (i < len(base) && !utf8.RuneStart(base[i]) || i < len(lemma) && !utf8.RuneStart(lemma[i])) {
		i--
	}
	if i == 0 || len(base)-i > maxEnding || len(lemma)-i > maxEnding {
		return edit{}, false
	}
	return edit{uint8(len(base) - i), lemma[i:]}, true
}

// learnEndings counts the edits of every ending over the different words of the
// tag, and keeps an ending when its commonest edit is not that of the next
// shorter ending kept.
func (t *tagTable) learnEndings() {
	byEnding := map[string]map[edit]int{}
	for _, f := range t.majority() {
		base := t.base(f.form)
		e, ok := editOf(base, f.lemma)
		if !ok {
			continue
		}
		low := strings.ToLower(base)
		for n := 0; n <= min(maxEnding, len(low)); n++ {
			ending := low[len(low)-n:]
			if n < int(e.cut) && n > 0 || !utf8.ValidString(ending) {
				continue
			}
			if byEnding[ending] == nil {
				byEnding[ending] = map[edit]int{}
			}
			byEnding[ending][e]++
		}
	}
	t.endings = map[string]edit{}
	t.edits = byEnding
	for _, ending := range sortedByLength(byEnding) {
		e, n, total := best(byEnding[ending])
		if int(e.cut) > len(ending) || n < minTypes && ending != "" || 2*n <= total && ending != "" {
			continue
		}
		if shorter, ok := t.edit(ending[min(1, len(ending)):]); ok && shorter == e && ending != "" {
			continue
		}
		t.endings[ending] = e
	}
	if _, ok := t.endings[""]; !ok {
		t.endings[""] = edit{}
	}
}

// edit returns the edit of the longest ending known.
func (t *tagTable) edit(s string) (edit, bool) {
	for n := min(maxEnding, len(s)); n >= 0; n-- {
		if e, ok := t.endings[s[len(s)-n:]]; ok {
			return e, true
		}
	}
	return edit{}, false
}

func best(edits map[edit]int) (top edit, n, total int) {
	for e, c := range edits {
		total += c
		if c > n || c == n && (e.cut < top.cut || e.cut == top.cut && e.add < top.add) {
			top, n = e, c
		}
	}
	return top, n, total
}

// majority returns one word for each form in small letters: that seen most often.
func (t *tagTable) majority() []word {
	top := map[string]word{}
	for w, n := range t.bag {
		low := strings.ToLower(w.form)
		if have, ok := top[low]; ok {
			if m := t.bag[have]; m > n || m == n && (have.form > w.form || have.form == w.form && have.lemma <= w.lemma) {
				continue
			}
		}
		top[low] = w
	}
	words := make([]word, 0, len(top))
	for _, low := range sorted(top) {
		words = append(words, top[low])
	}
	return words
}

// learnForms lists the forms for which one lemma is right more often than the
// rules are. Where coarser forms are given, they come before the rules.
func (t *tagTable) learnForms(rules *tagTable, coarser map[string]string) {
	type tally struct {
		right  int            // by the rules
		lemmas map[string]int // by a listed lemma
		n      int
	}
	forms := map[string]*tally{}
	for w, n := range t.bag {
		low := strings.ToLower(w.form)
		f := forms[low]
		if f == nil {
			f = &tally{lemmas: map[string]int{}}
			forms[low] = f
		}
		got, ok := coarser[low]
		if !ok {
			got = rules.predict(w.form)
		}
		if got == w.lemma {
			f.right += n
		}
		f.lemmas[w.lemma] += n
		f.n += n
	}
	t.forms = map[string]string{}
	for low, f := range forms {
		lemma, n := "", 0
		for _, l := range sorted(f.lemmas) {
			if f.lemmas[l] > n {
				lemma, n = l, f.lemmas[l]
			}
		}
		if n > f.right {
			t.forms[low] = lemma
		}
	}
}

// guessForms lists forms that the treebanks lack and whose lemma by the rules is
// no word, while another edit known for their ending gives one.
func (t *tagTable) guessForms(words map[string]bool) {
	seen := map[string]bool{}
	for w := range t.bag {
		seen[strings.ToLower(w.form)] = true
	}
	for w := range words {
		if seen[w] || len(w) < 4 || len(w) > maxWord {
			continue
		}
		e, ok := t.edit(w)
		if !ok || e.cut == 0 || words[e.apply(w)] {
			continue
		}
		if other, ok := t.otherEdit(w, words); ok {
			t.forms[w] = other.apply(w)
		}
	}
}

// otherEdit returns the edit that explains most words with the ending of w among
// those that make a word of it.
func (t *tagTable) otherEdit(w string, words map[string]bool) (edit, bool) {
	var top edit
	most := minGuess - 1
	for n := min(maxEnding, len(w)-1); n >= 2; n-- {
		for e, c := range t.edits[w[len(w)-n:]] {
			if int(e.cut) >= n || e.cut == 0 || !words[e.apply(w)] {
				continue
			}
			if c > most || c == most && (e.cut < top.cut || e.cut == top.cut && e.add < top.add) {
				top, most = e, c
			}
		}
	}
	return top, most >= minGuess
}

func (t *tagTable) predict(form string) string {
	base := t.base(form)
	e, _ := t.edit(strings.ToLower(base))
	return e.apply(base)
}

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

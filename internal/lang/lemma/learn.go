package lemma

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

// How endings are learned.
const (
	maxEnding = 5    // bytes
	minTypes  = 2    // words that an ending must explain
	ownTable  = 0.75 // a pair of tags with a smaller share of its XPOS gets endings of its own
	minPair   = 20   // words of a pair that deserve so
	minCasing = 4    // words that an ending must explain to decide about capitals
	minGuess  = 3    // words that an edit must explain to be tried on words of no treebank
)

// A tagTable is what is learned for one tag.
type tagTable struct {
	bag     bag
	casing  [shapes]map[string]casing // by ending; nil until learned
	endings map[string]edit
	edits   map[string]map[edit]int // by ending, how many words each edit explains
	forms   map[string]string
}

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

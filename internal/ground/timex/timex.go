// Package timex finds time expressions and says what they mean.
//
// It reads the tokens of a document and returns the layer doc.Times: every
// date, time, duration and set, with its TIMEX3 value, the days [from, to] it
// covers where the calendar has them, its granularity and the rule that found
// it. The work has four steps, each in its own file: tokens are cut into atoms
// and looked up in the lexicon (scan, lexicon, number); rules put them together
// (grammar, chart); the longest readings are kept (find); and a resolver counts
// from the day of publication or from the time the text has just spoken of
// (resolve, tense). [Of] then says which time an event took place at.
//
// What must hold: the words and rules are data, under a folder named for the
// language; the day of publication is the only now, and where it is unknown a
// value that needs it has an X for what is not known; cost is linear in the
// text; a Tagger is never changed by use, so many goroutines may share it.
package timex

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"strconv"
	"strings"
	"sync"

	"casus/internal/table"
)

//go:embed en
var files embed.FS

// A Tagger holds the lexicon and the grammar of a language.
type Tagger struct {
	lang     string
	ids      map[string]int32 // of words
	words    []word
	meanings []meaning // of entries; the first is empty
	symbols  map[string]symbol
	class    map[symbol]uint8 // flags that words of a class get
	rules    []rule
	nodes    []node
	root     []int32  // node after a first symbol, or -1
	kind     []symbol // of the constants dateKind …
	feasts   []feast
	suffixes []suffix
	n        numberSymbols
	s        contextSymbols
	pool     sync.Pool // of *scratch
}

// contextSymbols are the classes that the code asks for by name.
type contextSymbols struct {
	start, end                                          symbol
	timePrep, numbered, measure, function               symbol
	parts, times                                        symbol
	future, modal, past, present, plan, bring, clause   symbol
	infinitive, willBe, aux, since, until, of           symbol
	the, a, possessor, possessive, as, could, not       symbol
	nameMonth, in, perfect, from, report, before, after symbol
	joins                                               [4]symbol
}

// A suffix is an ending that shows the tense of a verb: "-ed".
type suffix struct {
	ending string
	sym    symbol
}

// Load reads the lexicon and grammar of the language from a folder of its name.
func Load(fsys fs.FS, lang string) (*Tagger, error) {
	t := &Tagger{
		lang: lang, ids: map[string]int32{}, symbols: map[string]symbol{}, class: map[symbol]uint8{}, meanings: make([]meaning, 1),
	}
	t.internNumbers()
	t.s = contextSymbols{
		start: t.intern(sentenceStart), end: t.intern(sentenceEnd),
		timePrep: t.intern("TIMEPREP"), numbered: t.intern("NUMBERED"), measure: t.intern("MEASURE"), function: t.intern("FUNCTION"),
		parts: t.intern("PARTS"), times: t.intern("TIMES"),
		future: t.intern("TENSE_FUTURE"), modal: t.intern("TENSE_MODAL"), past: t.intern("TENSE_PAST"), present: t.intern("TENSE_PRESENT"),
		plan: t.intern("TENSE_PLAN"), bring: t.intern("TENSE_DONE"), clause: t.intern("CLAUSE"), infinitive: t.intern("INFINITIVE"),
		willBe: t.intern("TENSE_SET"), aux: t.intern("TENSE_BE"), since: t.intern("SINCE"), until: t.intern("UNTIL"), of: t.intern("OF"),
		the: t.intern("THE"), a: t.intern("A"), possessor: t.intern("POSSDET"), possessive: t.intern("POSS"),
		as: t.intern("AS"), nameMonth: t.intern("NAMEMONTH"), perfect: t.intern("TENSE_PERFECT"), from: t.intern("BETWEEN"), report: t.intern("REPORT"), before: t.intern("BEFORE"), after: t.intern("AFTER"), in: t.intern("IN"), could: t.intern("TENSE_COULD"), not: t.intern("TENSE_NOT"),
		joins: [4]symbol{t.intern("TO"), t.intern("DASH"), t.intern("AND"), t.intern("OR")},
	}
	for _, load := range []func(fs.FS) error{t.loadClasses, t.loadWords, t.loadSuffixes, t.loadRules} {
		if err := load(fsys); err != nil {
			return nil, fmt.Errorf("load time rules: %w", err)
		}
	}
	t.pool.New = func() any { return &scratch{chart: chart{t: t}} }
	return t, nil
}

var english = sync.OnceValues(func() (*Tagger, error) { return Load(files, "en") })

// Default returns the English tagger.
func Default() (*Tagger, error) { return english() }

// Files returns the embedded lexicon and grammar, to lay a user's folder over.
func Files() fs.FS { return files }

func (t *Tagger) loadSuffixes(fsys fs.FS) error {
	return table.Read(fsys, path.Join(t.lang, "suffixes.tsv"), []string{"suffix", "class"}, func(r *table.Row) error {
		sym, ok := t.symbols[r.Get("class")]
		if !ok {
			return r.Errorf("no class %q", r.Get("class"))
		}
		t.suffixes = append(t.suffixes, suffix{r.Get("suffix"), sym})
		return nil
	})
}

// has reports whether a word can be of the class.
func (t *Tagger) has(w string, sym symbol) bool {
	id := t.lookupAbbr(w)
	if id == noWord {
		return false
	}
	for i := range t.words[id].entries {
		if t.words[id].entries[i].sym == sym {
			return true
		}
	}
	return false
}

// A feast is a day with a name, as its definition says: a fixed day of a month,
// a weekday of a month, or days from Easter.
type feast struct {
	easter     bool
	month, day int
	weekday    int // then day is which one of the month, -1 the last
	plus       int
}

// addFeast reads "12-25", "11-4-4" (the fourth Thursday of November),
// "11-4-4+1" (the day after it) or "easter-2".
func (t *Tagger) addFeast(s string) (int32, error) {
	var f feast
	bad := fmt.Errorf("cannot read %q as a feast", s)
	var err error
	if rest, ok := strings.CutPrefix(s, "easter"); ok {
		f.easter = true
		if f.plus, err = strconv.Atoi(rest); err != nil {
			return 0, bad
		}
	} else {
		if day, plus, ok := strings.Cut(s, "+"); ok {
			if f.plus, err = strconv.Atoi(plus); err != nil {
				return 0, bad
			}
			s = day
		}
		parts := strings.SplitN(s, "-", 3)
		n := [3]int{}
		for i, p := range parts {
			if n[i], err = strconv.Atoi(p); err != nil {
				return 0, bad
			}
		}
		f.month, f.day = n[0], n[1]
		if len(parts) == 3 {
			f.weekday, f.day = n[1], n[2]
		}
		if f.month < 1 || f.month > 12 || f.day == 0 || f.weekday < 0 || f.weekday > 7 {
			return 0, bad
		}
	}
	for i, g := range t.feasts {
		if g == f {
			return int32(i), nil
		}
	}
	t.feasts = append(t.feasts, f)
	return int32(len(t.feasts) - 1), nil
}

// in returns the day of the feast in a year.
func (f feast) in(y int) day {
	switch {
	case f.easter:
		return easter(y) + day(f.plus)
	case f.weekday == 0:
		return newDay(y, f.month, f.day) + day(f.plus)
	}
	return nthWeekday(newDay(y, f.month, 1), newDay(y, f.month+1, 1)-1, f.weekday, f.day) + day(f.plus)
}

// nthWeekday returns the nth such weekday of [first, last], or the last for n < 0.
func nthWeekday(first, last day, weekday, n int) day {
	if n < 0 {
		return last - day((last.weekday()-weekday+7)%7)
	}
	return first + day((weekday-first.weekday()+7)%7+7*(n-1))
}

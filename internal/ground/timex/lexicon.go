package timex

import (
	"fmt"
	"io/fs"
	"path"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"casus/internal/table"
)

// A symbol is a class of words, a nonterminal or a word that a rule names.
type symbol int32

// An entry is one reading of a word or phrase.
type entry struct {
	sym     symbol
	meaning int32  // index into Tagger.meanings; 0 means none
	upos    uint32 // tags that allow it, as bits; 0 allows all
	form    form
}

// form says how a word must be written for an entry to hold.
type form uint8

const (
	anyForm   form = iota
	titleForm      // with a capital
	lowerForm      // without
)

// A phrase is an entry of several words. The words after the first:
type phrase struct {
	rest []int32
	entry
}

// Flags of words.
const (
	known   = 1 << iota // may stand inside a time expression
	trigger             // may make one
	abbr                // takes a full stop that is not the sentence's
	numeral             // spells a number
)

// A word of the lexicon.
type word struct {
	flags   uint8
	number  int32 // of a numeral
	literal symbol
	entries []entry
	phrases []phrase
}

// loadClasses reads the list of the lexicon's classes.
func (t *Tagger) loadClasses(fsys fs.FS) error {
	return table.Read(fsys, path.Join(t.lang, "classes.tsv"), []string{"class", "role"}, func(r *table.Row) error {
		s := t.intern(r.Get("class"))
		switch role := r.Get("role"); role {
		case "trigger":
			t.class[s] = known | trigger
		case "part":
			t.class[s] = known
		case "context":
			t.class[s] = 0
		default:
			return r.Errorf("role %q is none of trigger, part, context", role)
		}
		return nil
	})
}

// loadWords reads every file of the folder words.
func (t *Tagger) loadWords(fsys fs.FS) error {
	dir := path.Join(t.lang, "words")
	files, err := fs.ReadDir(fsys, dir)
	if err != nil {
		return err
	}
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), ".tsv") {
			continue
		}
		err := table.Read(fsys, path.Join(dir, f.Name()), []string{"word", "class", "sets", "only"}, func(r *table.Row) error {
			if err := t.addWord(r.Get("word"), r.Get("class"), r.Get("sets"), r.Get("only")); err != nil {
				return r.Errorf("%v", err)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (t *Tagger) addWord(words, classes, sets, only string) error {
	ops, err := t.parseOps(sets)
	if err != nil {
		return err
	}
	var m meaning
	for _, o := range ops {
		o.apply(&m)
	}
	e := entry{meaning: t.addMeaning(&m)}
	var flags uint8
	for w := range strings.FieldsSeq(only) {
		if tags, ok := strings.CutPrefix(w, "upos="); ok {
			for tag := range strings.SplitSeq(tags, ",") {
				bit := uposBit(tag)
				if bit == 0 {
					return fmt.Errorf("no tag %q", tag)
				}
				e.upos |= bit
			}
			continue
		}
		switch w {
		case "title":
			e.form = titleForm
		case "lower":
			e.form = lowerForm
		case "abbr":
			flags |= abbr
		default:
			return fmt.Errorf("cannot read %q in column only", w)
		}
	}
	parts := strings.Fields(words)
	if len(parts) == 0 {
		return fmt.Errorf("no word")
	}
	ids := make([]int32, len(parts))
	longest := 0
	for i, p := range parts {
		ids[i] = t.wordID(p)
		if len(p) > len(parts[longest]) {
			longest = i
		}
	}
	for class := range strings.FieldsSeq(classes) {
		e.sym = t.intern(class)
		role, ok := t.class[e.sym]
		if !ok {
			return fmt.Errorf("class %q is not in classes.tsv", class)
		}
		if len(ids) == 1 {
			w := &t.words[ids[0]]
			w.flags |= role | flags
			w.entries = append(w.entries, e)
			if class == numeralClass {
				w.flags |= numeral
				w.number = m.v[fN]
			}
			continue
		}
		for _, id := range ids {
			t.words[id].flags |= known
		}
		if role&trigger != 0 {
			t.words[ids[longest]].flags |= trigger
		}
		first := &t.words[ids[0]]
		first.phrases = append(first.phrases, phrase{ids[1:], e})
	}
	return nil
}

func (t *Tagger) addMeaning(m *meaning) int32 {
	if m.has == 0 {
		return 0
	}
	t.meanings = append(t.meanings, *m)
	return int32(len(t.meanings) - 1)
}

// wordID returns the id of a lower-case word, making one.
func (t *Tagger) wordID(s string) int32 {
	id, ok := t.ids[s]
	if !ok {
		id = int32(len(t.words))
		t.words = append(t.words, word{literal: -1})
		t.ids[s] = id
	}
	return id
}

// intern returns the symbol of a class or nonterminal, making one.
func (t *Tagger) intern(name string) symbol {
	s, ok := t.symbols[name]
	if !ok {
		s = symbol(len(t.symbols))
		t.symbols[name] = s
	}
	return s
}

// maxWord is the length in bytes of the longest word that is looked up.
const maxWord = 24

// lookup returns the id of a word as written, or noWord.
func (t *Tagger) lookup(s string) int32 {
	if len(s) > maxWord {
		return noWord
	}
	var buf [maxWord]byte
	for i := range len(s) {
		c := s[i]
		if c >= utf8.RuneSelf {
			return t.lookupUnicode(s)
		}
		if 'A' <= c && c <= 'Z' {
			c |= 0x20
		}
		buf[i] = c
	}
	if id, ok := t.ids[string(buf[:len(s)])]; ok {
		return id
	}
	return noWord
}

// lookupUnicode is lookup for words beyond ASCII: typographic apostrophes are
// plain ones.
func (t *Tagger) lookupUnicode(s string) int32 {
	var buf [2 * maxWord]byte
	b := buf[:0]
	for _, r := range s {
		if r == '’' || r == '‘' || r == 'ʼ' {
			r = '\''
		}
		b = utf8.AppendRune(b, unicode.ToLower(r))
	}
	if id, ok := t.ids[string(b)]; ok {
		return id
	}
	return noWord
}

const noWord int32 = -1

// tags are the universal parts of speech, sorted.
var tags = []string{
	"ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X",
}

func uposBit(s string) uint32 {
	if i := sort.SearchStrings(tags, s); i < len(tags) && tags[i] == s {
		return 1 << i
	}
	return 0
}

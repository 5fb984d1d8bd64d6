package token

import (
	"fmt"
	"io/fs"
	"path"
	"strings"

	"casus/internal/table"
)

// abbrev says what may follow an abbreviation; see en/abbreviations.tsv.
type abbrev uint8

const (
	notAbbrev abbrev = iota
	abbrevTitle
	abbrevNumber
	abbrevInside
	abbrevDate // month or day
	abbrevName
	abbrevPlace
	abbrevEnd
	abbrevUnit
)

var abbrevClasses = map[string]abbrev{
	"title": abbrevTitle, "number": abbrevNumber, "inside": abbrevInside, "month": abbrevDate, "day": abbrevDate,
	"name": abbrevName, "place": abbrevPlace, "end": abbrevEnd, "unit": abbrevUnit,
}

// An entry is what the word lists say of one form.
type entry struct {
	abbrev  abbrev
	capital bool // the abbreviation matches only with a capital
	prefix  bool // stays joined to what follows its hyphen
	whole   bool // a form with marks inside that is one word
	unit    bool // a word of its own after a figure
	site    bool // the last label of a host name
	file    bool // the last label of a file name
	elision bool // written with an apostrophe before it
	face    bool // an emoticon
	opener  bool // often opens a sentence
	cuts    [2]uint8
}

// maxForm is the length of the longest form that look finds.
const maxForm = 24

// A lexicon is the word lists of a language, by form in lower case.
type lexicon struct {
	entries map[string]entry
	// contracted marks the first letters and lengths of forms with cuts, so that
	// most words need no look-up.
	contracted [256]uint32
}

func loadLexicon(fsys fs.FS, lang string) (*lexicon, error) {
	lx := &lexicon{entries: make(map[string]entry, 1024)}
	for _, l := range []struct {
		file    string
		columns []string
		set     func(e *entry, row *table.Row) error
	}{
		{"abbreviations.tsv", []string{"form", "class"}, setAbbrev},
		{"prefixes.tsv", []string{"prefix"}, func(e *entry, _ *table.Row) error { e.prefix = true; return nil }},
		{"whole.tsv", []string{"form"}, func(e *entry, _ *table.Row) error { e.whole = true; return nil }},
		{"units.tsv", []string{"unit"}, func(e *entry, _ *table.Row) error { e.unit = true; return nil }},
		{"elisions.tsv", []string{"form"}, func(e *entry, _ *table.Row) error { e.elision = true; return nil }},
		{"emoticons.tsv", []string{"form"}, func(e *entry, _ *table.Row) error { e.face = true; return nil }},
		{"openers.tsv", []string{"form"}, func(e *entry, _ *table.Row) error { e.opener = true; return nil }},
		{"domains.tsv", []string{"label", "class"}, setDomain},
		{"contractions.tsv", []string{"form", "words"}, lx.setCuts},
	} {
		err := table.Read(fsys, path.Join(lang, l.file), l.columns, func(row *table.Row) error {
			form := row.Get(l.columns[0])
			if form == "" || len(form) > maxForm {
				return row.Errorf("form %q: want 1 to %d bytes", form, maxForm)
			}
			key := strings.ToLower(form)
			e := lx.entries[key]
			if err := l.set(&e, row); err != nil {
				return err
			}
			lx.entries[key] = e
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("load word lists: %w", err)
		}
	}
	return lx, nil
}

func setAbbrev(e *entry, row *table.Row) error {
	class, ok := abbrevClasses[row.Get("class")]
	if !ok {
		return row.Errorf("unknown class %q", row.Get("class"))
	}
	form := row.Get("form")
	e.abbrev, e.capital = class, form[0] >= 'A' && form[0] <= 'Z'
	return nil
}

func setDomain(e *entry, row *table.Row) error {
	switch class := row.Get("class"); class {
	case "site":
		e.site = true
	case "file":
		e.file = true
	default:
		return row.Errorf("unknown class %q", class)
	}
	return nil
}

func (lx *lexicon) setCuts(e *entry, row *table.Row) error {
	form, words := row.Get("form"), strings.Fields(row.Get("words"))
	if strings.Join(words, "") != form || len(words) < 2 || len(words) > 3 {
		return row.Errorf("%q is not %q cut in two or three", row.Get("words"), form)
	}
	at := 0
	for i, w := range words[:len(words)-1] {
		at += len(w)
		e.cuts[i] = uint8(at)
	}
	lx.contracted[form[0]] |= 1 << len(form)
	return nil
}

// look returns the entry of a form in any case, the zero entry when there is
// none. It does not allocate.
func (lx *lexicon) look(form string) entry {
	var lower [maxForm]byte
	if len(form) > maxForm {
		return entry{}
	}
	for i := range len(form) {
		c := form[i]
		if c >= 'A' && c <= 'Z' {
			c |= 0x20
		}
		lower[i] = c
	}
	return lx.entries[string(lower[:len(form)])]
}

// mayContract reports whether a look-up for cuts is worth while.
func (lx *lexicon) mayContract(form string) bool {
	return len(form) < 32 && lx.contracted[form[0]|0x20]&(1<<len(form)) != 0
}

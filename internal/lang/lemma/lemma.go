// Package lemma gives every word its lemma: the form a dictionary lists it
// under, as Universal Dependencies writes it.
//
// It knows forms whose lemma no rule gives ("went", "geese", "September" for
// "Sept."), and for all other words endings: the longest ending known for the
// tag says how many letters to cut and what to add. Both are learned from
// treebanks by [Train] and kept as tables. A lemmatiser never fails: a word with
// an unknown tag is its own lemma.
package lemma

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"casus/internal/doc"
	"casus/internal/table"
)

//go:embed en
var files embed.FS

// Files returns the tables that the program carries, one folder a language.
func Files() fs.FS { return files }

// A Lemmatiser is safe for use by many goroutines.
type Lemmatiser struct {
	// tags numbers the tags: "VBD" and, where the part of speech changes the
	// matter, "ADJ VBD"; a part of speech alone serves words without an XPOS.
	tags    map[string]tagID
	pairs   map[string]tagPair // by "UPOS XPOS", those seen in training
	forms   map[string]string  // tag byte and form in small letters → lemma
	endings map[string]edit    // tag byte and ending → edit
	casing  map[string]casing  // shape and tag bytes and ending
	longest [256]uint8         // length of the longest ending of a tag
	clitics []clitic
}

// A clitic is a form whose lemma its place in the tree decides.
type clitic struct{ form, relation, head, lemma string }

type tagID uint8

// A tagPair is where the lemma of a word with two tags is looked for: under both
// tags, then under one of them; by endings under rules.
type tagPair struct{ both, one, rules tagID }

// An edit cuts bytes from the end of a word and adds letters.
type edit struct {
	cut uint8
	add string
}

// A shape is how a word uses capitals.
type shape uint8

const (
	small       shape = iota
	capitalised       // Word
	capitals          // WORD, of two letters or more
	mixed             // WoRd
	shapes
)

// casing says what becomes of capitals.
type casing uint8

const (
	lowered casing = iota
	kept
)

var (
	shapeNames  = [shapes]string{"small", "capitalised", "capitals", "mixed"}
	casingNames = [...]string{"lowered", "kept"}
)

// maxWord is the length in bytes of the longest word that rules are tried on.
const maxWord = 48

// Load reads the tables of a language: casing.tsv, endings.tsv and forms.tsv,
// which are learned, and irregular.tsv, which is written by hand and comes first,
// and auxiliaries.tsv.
func Load(fsys fs.FS, lang string) (*Lemmatiser, error) {
	l := &Lemmatiser{tags: map[string]tagID{}, pairs: map[string]tagPair{}, casing: map[string]casing{}, forms: make(map[string]string, 8192), endings: make(map[string]edit, 4096)}
	for _, t := range []struct {
		file    string
		columns []string
		add     func(*table.Row) error
	}{
		{"casing.tsv", []string{"tag", "shape", "ending", "casing"}, l.addCasing},
		{"endings.tsv", []string{"tag", "ending", "cut", "add"}, l.addEnding},
		{"forms.tsv", []string{"tag", "form", "lemma"}, l.addForm},
		{"auxiliaries.tsv", []string{"form", "relation", "head", "lemma"}, l.addClitic},
		{"irregular.tsv", []string{"tag", "form", "lemma"}, l.addForm},
	} {
		if err := table.Read(fsys, path.Join(lang, t.file), t.columns, t.add); err != nil {
			return nil, fmt.Errorf("load lemmas %s: %w", lang, err)
		}
	}
	l.pairUp()
	return l, nil
}

var english = sync.OnceValues(func() (*Lemmatiser, error) { return Load(files, "en") })

// Default returns the English lemmatiser that the program carries.
func Default() (*Lemmatiser, error) { return english() }

func (l *Lemmatiser) tag(row *table.Row) (tagID, error) {
	name := row.Get("tag")
	id, ok := l.tags[name]
	if !ok {
		if len(l.tags) == 255 || name == "" {
			return 0, row.Errorf("tag %q: too many tags, or none", name)
		}
		id = tagID(len(l.tags) + 1)
		l.tags[name] = id
	}
	return id, nil
}

func (l *Lemmatiser) addCasing(row *table.Row) error {
	id, err := l.tag(row)
	if err != nil {
		return err
	}
	for s, name := range shapeNames {
		if name == row.Get("shape") {
			for c, cname := range casingNames {
				if cname == row.Get("casing") {
					l.casing[string([]byte{byte(s), byte(id)})+row.Get("ending")] = casing(c)
					return nil
				}
			}
		}
	}
	return row.Errorf("unknown shape %q or casing %q", row.Get("shape"), row.Get("casing"))
}

func (l *Lemmatiser) addEnding(row *table.Row) error {
	id, err := l.tag(row)
	if err != nil {
		return err
	}
	cut, err := strconv.ParseUint(row.Get("cut"), 10, 8)
	ending := row.Get("ending")
	if err != nil || int(cut) > len(ending) || len(ending) > maxWord {
		return row.Errorf("cut %q: want a number up to the length of ending %q", row.Get("cut"), ending)
	}
	l.endings[string([]byte{byte(id)})+ending] = edit{uint8(cut), row.Get("add")}
	l.longest[id] = max(l.longest[id], uint8(len(ending)))
	return nil
}

func (l *Lemmatiser) addForm(row *table.Row) error {
	id, err := l.tag(row)
	if err != nil {
		return err
	}
	if row.Get("form") == "" || row.Get("lemma") == "" {
		return row.Errorf("a form or lemma is empty")
	}
	l.forms[string([]byte{byte(id)})+row.Get("form")] = row.Get("lemma")
	return nil
}

func (l *Lemmatiser) addClitic(row *table.Row) error {
	l.clitics = append(l.clitics, clitic{row.Get("form"), row.Get("relation"), row.Get("head"), row.Get("lemma")})
	return nil
}

// Fill sets the lemmas of the tags of a document. Where the document has its
// tree, it tells "he's gone" from "he's here".
func (l *Lemmatiser) Fill(d *doc.Doc, tags []doc.Tag) {
	tree := len(d.Arcs) == len(tags)
	for i := range tags {
		form := d.Tokens[i].Span.Of(d.Text)
		tags[i].Lemma = l.Lemma(form, tags[i].UPOS, tags[i].XPOS)
		if tree && tags[i].UPOS == "AUX" && len(form) <= maxClitic {
			l.fillClitic(d, tags, i, form)
		}
	}
}

// maxClitic is the length in bytes of the longest clitic.
const maxClitic = 4

func (l *Lemmatiser) fillClitic(d *doc.Doc, tags []doc.Tag, i int, form string) {
	a := d.Arcs[i]
	if a.Head < 0 || int(a.Head) >= len(tags) {
		return
	}
	for _, c := range l.clitics {
		if c.form == form && c.relation == a.Deprel && c.head == tags[a.Head].XPOS {
			tags[i].Lemma = c.lemma
		}
	}
}

// key is a look-up key: a tag byte and a word in small letters.
type key struct {
	buf [1 + maxWord + utf8.UTFMax]byte
	n   int
}

// Lemma returns the lemma of a word with the tags given; xpos may be empty.
func (l *Lemmatiser) Lemma(form, upos, xpos string) string {
	if len(form) > maxWord || form == "" {
		return form
	}
	var k key
	k.set(form)
	p := l.pair(upos, xpos)
	if lemma, ok := l.known(&k, p.both); ok {
		return lemma
	}
	if lemma, ok := l.known(&k, p.one); ok {
		return lemma
	}
	switch {
	case p.rules == 0:
		return form
	case upos == "NUM" && form[0] >= '0' && form[0] <= '9':
		return plainFigure(form)
	}
	base := form
	if s := shapeOf(form); s != small && l.caseOf(&k, p.rules, s) == lowered {
		base = strings.ToLower(form)
	}
	return l.change(&k, p.rules, base)
}

// pair returns where to look for a word with the tags.
func (l *Lemmatiser) pair(upos, xpos string) tagPair {
	var buf [32]byte
	name := append(append(append(buf[:0], upos...), ' '), xpos...)
	if p, ok := l.pairs[string(name)]; ok {
		return p
	}
	one := l.tags[xpos]
	if one == 0 {
		one = l.tags[upos]
	}
	return tagPair{one: one, rules: one}
}

// pairUp notes the pairs of tags that have tables.
func (l *Lemmatiser) pairUp() {
	for name, id := range l.tags {
		upos, xpos, ok := strings.Cut(name, " ")
		if !ok {
			continue
		}
		p := l.pair(upos, xpos)
		p.both = id
		if l.longest[id] > 0 {
			p.rules = id
		}
		l.pairs[name] = p
	}
}

// set fills the key from a form; letters beyond ASCII are lowered too.
func (k *key) set(form string) {
	k.n = 1
	for i := 0; i < len(form); {
		if c := form[i]; c < utf8.RuneSelf {
			if c >= 'A' && c <= 'Z' {
				c |= 0x20
			}
			k.buf[k.n] = c
			k.n++
			i++
			continue
		}
		low := strings.ToLower(form[i:])
		k.n += copy(k.buf[k.n:], low)
		return
	}
}

func (l *Lemmatiser) known(k *key, tag tagID) (string, bool) {
	if tag == 0 {
		return "", false
	}
	k.buf[0] = byte(tag)
	lemma, ok := l.forms[string(k.buf[:k.n])]
	return lemma, ok
}

// plainFigure takes the commas out of a figure: "1,100" has the lemma "1100".
func plainFigure(form string) string {
	if strings.IndexByte(form, ',') < 0 {
		return form
	}
	return strings.ReplaceAll(form, ",", "")
}

// maxCasing is the length of the longest ending that decides about capitals.
const maxCasing = 3

// caseOf returns the casing of the longest known ending; without any, capitals
// are lowered.
func (l *Lemmatiser) caseOf(k *key, tag tagID, s shape) casing {
	var buf [2 + maxCasing]byte
	buf[0], buf[1] = byte(s), byte(tag)
	for n := min(maxCasing, k.n-1); n >= 0; n-- {
		end := 2 + copy(buf[2:], k.buf[k.n-n:k.n])
		if c, ok := l.casing[string(buf[:end])]; ok {
			return c
		}
	}
	return lowered
}

// change applies the edit of the longest known ending.
func (l *Lemmatiser) change(k *key, tag tagID, base string) string {
	for n := min(int(l.longest[tag]), k.n-1); n >= 0; n-- {
		at := k.n - n - 1
		was := k.buf[at]
		k.buf[at] = byte(tag)
		e, ok := l.endings[string(k.buf[at:k.n])]
		k.buf[at] = was
		if ok {
			return e.apply(base)
		}
	}
	return base
}

func (e edit) apply(base string) string {
	if int(e.cut) >= len(base) {
		return base
	}
	stem := base[:len(base)-int(e.cut)]
	if !utf8.ValidString(stem) {
		return base
	}
	if e.add == "" {
		return stem
	}
	if shapeOf(base) == capitals {
		return stem + strings.ToUpper(e.add)
	}
	return stem + e.add
}

// shapeOf returns how a word uses capitals. Marks and figures do not count.
func shapeOf(w string) shape {
	c := w[0]
	if c >= 'a' && c <= 'z' && len(w) < 2 {
		return small
	}
	first, up, low := false, 0, 0
	for i, r := range w {
		switch {
		case r >= 'A' && r <= 'Z' || r >= utf8.RuneSelf && unicode.IsUpper(r):
			up++
			first = first || i == 0
		case r >= 'a' && r <= 'z' || r >= utf8.RuneSelf && unicode.IsLower(r):
			low++
		}
	}
	switch {
	case up == 0:
		return small
	case low == 0 && up > 1:
		return capitals
	case first && up == 1:
		return capitalised
	}
	return mixed
}

// Package conllu reads and writes CoNLL-U, the exchange format of Universal
// Dependencies, and turns its sentences into documents and back.
//
// What must hold: a document made from sentences has one token for each word
// row, in order, spelled as in the row; writing a document gives one word row
// for each token. So rows of input and output correspond one to one.
package conllu

// A Word is one syntactic word. Fields that a row leaves open ("_") are empty,
// but for a form or a lemma that is an underscore itself.
type Word struct {
	Form, Lemma, UPOS, XPOS, Feats, Deprel, Deps string
	Head                                         int // 1-based, 0 for the root, NoHead where open
	Misc                                         string
	SpaceAfter                                   bool // false inside a range, but for its last word
}

// NoHead is the head of a word that has none written.
const NoHead = -1

// A Range is a surface token that covers the words [First, End) of its
// sentence: "don't" over "do" and "n't".
type Range struct {
	First, End int
	Form       string
	SpaceAfter bool // the same as that of the last word it covers
}

// A Sentence is a block of rows with the comments above it.
type Sentence struct {
	ID, Text       string
	NewDoc, NewPar bool
	DocID          string   // of the newdoc comment
	Comments       []string // the other comments, without "# "
	Line           int      // of the first row, for messages
	Words          []Word
	Ranges         []Range
}

// Field returns the value of a key in a MISC or FEATS column: "B-PER" of "NER".
func Field(column, key string) (value string, ok bool) {
	for len(column) > 0 {
		item := column
		if i := indexByte(column, '|'); i >= 0 {
			item, column = column[:i], column[i+1:]
		} else {
			column = ""
		}
		if len(item) > len(key) && item[len(key)] == '=' && item[:len(key)] == key {
			return item[len(key)+1:], true
		}
	}
	return "", false
}

func indexByte(s string, b byte) int {
	for i := range len(s) {
		if s[i] == b {
			return i
		}
	}
	return -1
}

// NonCommercial reports whether the licence of a document's text keeps it out of
// what the program carries: some genres of the GUM treebank are so licensed. The
// name of such a document is GUM_genre_title.
func NonCommercial(docID string) bool {
	for _, genre := range [...]string{"GUM_whow_", "GUM_fiction_", "GUM_essay_", "GUM_letter_", "GUM_podcast_"} {
		if len(docID) > len(genre) && docID[:len(genre)] == genre {
			return true
		}
	}
	return false
}

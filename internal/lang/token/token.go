// Package token cuts the text of a document into blocks, sentences and tokens.
//
// It owns the layers Blocks, Sentences and Tokens of [doc.Doc]. What must hold
// for any text, valid UTF-8 or not: tokens are in order, do not overlap, begin
// and end between characters, and cover every character that is not blank;
// sentences cover all tokens; no sentence crosses a block. The cost is linear in
// the length of the text.
//
// Words are those of Universal Dependencies for English: contractions are cut,
// hyphens are words of their own but after a prefix. Sentence ends are learned;
// see [Train]. The dateline that opens a paragraph, and the label that opens a
// turn of a transcript, are sentences of their own, so that no parser has to
// make sense of them.
package token

import (
	"embed"
	"fmt"
	"io/fs"
	"sync"

	"casus/internal/doc"
)

//go:embed en
var files embed.FS

// Files returns the word lists and models that the program carries, one folder
// a language.
func Files() fs.FS { return files }

// A Splitter is safe for use by many goroutines.
type Splitter struct {
	lex    *lexicon
	layout *layoutWords
	ends   *model
}

// Load reads the word lists and the model of a language.
func Load(fsys fs.FS, lang string) (*Splitter, error) {
	s, err := loadWords(fsys, lang)
	if err == nil {
		s.ends, err = loadModel(fsys, lang)
	}
	if err != nil {
		return nil, fmt.Errorf("load tokeniser %s: %w", lang, err)
	}
	return s, nil
}

// loadWords loads what is written by hand.
func loadWords(fsys fs.FS, lang string) (*Splitter, error) {
	lex, err := loadLexicon(fsys, lang)
	if err != nil {
		return nil, err
	}
	layout, err := loadLayout(fsys, lang)
	if err != nil {
		return nil, err
	}
	return &Splitter{lex: lex, layout: layout}, nil
}

var english = sync.OnceValues(func() (*Splitter, error) { return Load(files, "en") })

// Default returns the English splitter that the program carries.
func Default() (*Splitter, error) { return english() }

// Split returns the layers of lang/token for a document.
func (s *Splitter) Split(d *doc.Doc) ([]doc.Block, []doc.Sentence, []doc.Token) {
	blocks := s.blocks(d)
	sc := scanner{lx: s.lex, text: d.Text, out: make([]doc.Token, 0, len(d.Text)/5+8)}
	sentences := make([]doc.Sentence, 0, len(d.Text)/100+len(blocks))
	style := styleOf(d.Text, blocks)
	for i := range blocks {
		for _, part := range s.parts(d.Text, blocks[i]) {
			if part.Empty() {
				continue
			}
			first := len(sc.out)
			sc.block(int(part.Start), int(part.End))
			sentences = s.cut(&sc, first, int32(i), blockStyle(blocks[i].Kind, style), sentences)
		}
	}
	return blocks, sentences, sc.out
}

// blockStyle is the style of a block in a text of the style.
func blockStyle(k doc.BlockKind, style string) string {
	if k == doc.Title || k == doc.Heading && style == careful {
		return headline
	}
	return style
}

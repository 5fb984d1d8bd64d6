package train

import (
	"fmt"
	"io"
	"strconv"
	"strings"
)

// A sentence is a training sentence. A layer that its file does not have is nil.
type sentence struct {
	doc   string
	words []string
	tags  []string // UPOS|XPOS
	feats []string
	heads []int32 // from 1; 0 is the root
	rels  []string
	names []span
}

// A span is the words [first, end) and a kind.
type span struct {
	first, end int
	kind       string
}

// readTrees reads a treebank in CoNLL-U. Empty nodes and the lines of
// contractions are left out: the words themselves follow.
func readTrees(r io.Reader, name string) ([]sentence, error) {
	var out []sentence
	var s sentence
	document := ""
	err := eachLine(r, name, func(line string) error {
		switch {
		case line == "":
			if len(s.words) > 0 {
				s.doc = document
				out = append(out, s)
			}
			s = sentence{}
		case line[0] == '#':
			if id, ok := strings.CutPrefix(line, "# newdoc id = "); ok {
				document = id
			}
		default:
			return s.addLine(line)
		}
		return nil
	})
	if len(s.words) > 0 && err == nil {
		s.doc = document
		out = append(out, s)
	}
	return out, err
}

// Columns of CoNLL-U.
const (
	colID, colForm, colUPOS, colXPOS, colFeats, colHead, colRel = 0, 1, 3, 4, 5, 6, 7

	columns = 10
)

func (s *sentence) addLine(line string) error {
	c := strings.Split(line, "\t")
	if len(c) != columns {
		return fmt.Errorf("%d columns, want %d", len(c), columns)
	}
	if strings.ContainsAny(c[colID], ".-") {
		return nil
	}
	head, err := strconv.Atoi(c[colHead])
	if err != nil || head < 0 {
		return fmt.Errorf("head %q is no number", c[colHead])
	}
	s.words = append(s.words, c[colForm])
	s.tags = append(s.tags, c[colUPOS]+"|"+c[colXPOS])
	if c[colFeats] == "_" {
		c[colFeats] = ""
	}
	s.feats = append(s.feats, harmonise(c[colUPOS]+"|"+c[colXPOS], c[colFeats]))
	s.heads = append(s.heads, int32(head))
	s.rels = append(s.rels, c[colRel])
	return nil
}

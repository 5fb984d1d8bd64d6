package conllu

import (
	"strconv"
	"strings"

	"casus/internal/article"
	"casus/internal/doc"
	"casus/internal/text"
)

// RawText returns the text that the sentences were cut from, as far as the
// format tells: words and ranges with the spaces between them, a blank line
// before each paragraph.
func RawText(ss []Sentence) string {
	var b strings.Builder
	space := ""
	for i := range ss {
		s := &ss[i]
		if i > 0 && (s.NewPar || s.NewDoc) {
			space = "\n\n"
		}
		ranges := s.Ranges
		for j := 0; j < len(s.Words); {
			form, next := s.Words[j].Form, j+1
			if len(ranges) > 0 && ranges[0].First == j {
				form, next = ranges[0].Form, ranges[0].End
				ranges = ranges[1:]
			}
			b.WriteString(space)
			b.WriteString(form)
			space = ""
			if s.Words[next-1].SpaceAfter {
				space = " "
			}
			j = next
		}
	}
	return b.String()
}

// Tokens returns a document with the sentences and tokens given and no other
// layer. Its text is the words with the spaces between them, so that each token
// is spelled as its row even where a range is not the sum of its words.
func Tokens(id string, ss []Sentence) *doc.Doc {
	var b strings.Builder
	var spans []text.Span
	space := ""
	for i := range ss {
		s := &ss[i]
		if i > 0 && (s.NewPar || s.NewDoc) {
			space = "\n\n"
		}
		for j := range s.Words {
			b.WriteString(space)
			start := int32(b.Len())
			b.WriteString(s.Words[j].Form)
			spans = append(spans, text.Span{Start: start, End: int32(b.Len())})
			space = ""
			if s.Words[j].SpaceAfter {
				space = " "
			}
		}
	}
	if id == "" && len(ss) > 0 {
		id = ss[0].DocID
	}
	d := doc.New(&article.Article{ID: id, Text: b.String()})
	lay(d, ss, spans)
	return d
}

// lay fills the layers of lang/token.
func lay(d *doc.Doc, ss []Sentence, spans []text.Span) {
	d.Tokens = make([]doc.Token, 0, len(spans))
	d.Sentences = make([]doc.Sentence, 0, len(ss))
	for i := range ss {
		s := &ss[i]
		first := len(d.Tokens)
		if i == 0 || s.NewPar || s.NewDoc {
			d.Blocks = append(d.Blocks, doc.Block{Span: text.Span{Start: spans[first].Start}})
		}
		for j := range s.Words {
			d.Tokens = append(d.Tokens, doc.Token{Span: spans[first+j], SpaceAfter: s.Words[j].SpaceAfter})
		}
		for _, r := range s.Ranges {
			for j := r.First + 1; j < r.End; j++ {
				d.Tokens[first+j].Glued = true
			}
		}
		block := len(d.Blocks) - 1
		d.Blocks[block].Span.End = spans[len(d.Tokens)-1].End
		d.Sentences = append(d.Sentences, doc.Sentence{
			First: doc.TokenID(first), End: doc.TokenID(len(d.Tokens)), Block: int32(block),
		})
	}
}

// Annotated returns [Tokens] with the tags, arcs and names of the rows besides.
// It is for tests and measurements that want a gold analysis.
func Annotated(id string, ss []Sentence) *doc.Doc {
	d := Tokens(id, ss)
	d.Tags = make([]doc.Tag, 0, len(d.Tokens))
	d.Arcs = make([]doc.Arc, 0, len(d.Tokens))
	for i := range ss {
		first := d.Sentences[i].First
		for _, w := range ss[i].Words {
			head := doc.NoToken
			if w.Head > 0 {
				head = first + doc.TokenID(w.Head-1)
			}
			d.Tags = append(d.Tags, doc.Tag{UPOS: w.UPOS, XPOS: w.XPOS, Feats: w.Feats, Lemma: w.Lemma})
			d.Arcs = append(d.Arcs, doc.Arc{Head: head, Deprel: w.Deprel})
		}
		d.Names = appendNames(d.Names, ss[i].Words, first, "NER", false)
		d.Names = appendNames(d.Names, ss[i].Words, first, "NER2", true)
	}
	return d
}

// appendNames reads the names that a MISC key marks in a sentence.
func appendNames(names []doc.Name, words []Word, first doc.TokenID, key string, nested bool) []doc.Name {
	open := false
	for i := range words {
		label, _ := Field(words[i].Misc, key)
		mark, kind, ok := strings.Cut(label, "-")
		at := first + doc.TokenID(i)
		switch {
		case !ok:
			open = false
		case mark == "I" && open && names[len(names)-1].Kind == kind:
			names[len(names)-1].End = at + 1
		default:
			names = append(names, doc.Name{First: at, End: at + 1, Kind: kind, Nested: nested})
			open = true
		}
	}
	return names
}

// FromDoc returns the sentences of a document with the layers it has.
func FromDoc(d *doc.Doc) []Sentence {
	outer, inner := nameLabels(d)
	ss := make([]Sentence, len(d.Sentences))
	block := int32(-1)
	for i, sent := range d.Sentences {
		s := &ss[i]
		s.NewDoc, s.NewPar, block = i == 0, sent.Block != block, sent.Block
		if d.Article != nil {
			s.DocID = d.Article.ID
			s.ID = s.DocID + "-" + strconv.Itoa(i+1)
		}
		if int(block) < len(d.Blocks) {
			if k := kindNames[d.Blocks[block].Kind]; k != "" && s.NewPar {
				s.Comments = append(s.Comments, "block = "+k)
			}
		}
		if sent.End > sent.First {
			s.Text = oneLine(d.Words(sent.First, sent.End))
		}
		s.Words = make([]Word, 0, sent.End-sent.First)
		for t := sent.First; t < sent.End; t++ {
			s.Words = append(s.Words, word(d, t, sent.First, outer, inner))
			s.glue(d, t, sent.First)
		}
	}
	return ss
}

// kindNames are the values of the block comment; a paragraph needs none.
var kindNames = [...]string{
	doc.Title: "title", doc.Heading: "heading", doc.Dateline: "dateline", doc.Byline: "byline",
	doc.ListItem: "list-item", doc.Caption: "caption", doc.Speaker: "speaker",
}

func word(d *doc.Doc, t, first doc.TokenID, outer, inner []string) Word {
	w := Word{Form: oneLine(d.Word(t)), Head: NoHead, SpaceAfter: d.Tokens[t].SpaceAfter}
	if len(d.Tags) == len(d.Tokens) {
		tag := &d.Tags[t]
		w.Lemma, w.UPOS, w.XPOS, w.Feats = tag.Lemma, tag.UPOS, tag.XPOS, tag.Feats
	}
	if len(d.Arcs) == len(d.Tokens) {
		w.Deprel, w.Head = d.Arcs[t].Deprel, 0
		if h := d.Arcs[t].Head; h != doc.NoToken {
			w.Head = int(h-first) + 1
		} else if w.Deprel == "" {
			w.Head = NoHead
		}
	}
	if outer != nil && outer[t] != "" {
		w.Misc = "NER=" + outer[t]
		if inner[t] != "" {
			w.Misc += "|NER2=" + inner[t]
		}
	} else if inner != nil && inner[t] != "" {
		w.Misc = "NER2=" + inner[t]
	}
	return w
}

// glue extends or opens the range that the word just appended belongs to.
func (s *Sentence) glue(d *doc.Doc, t, first doc.TokenID) {
	if !d.Tokens[t].Glued || t == first {
		return
	}
	i := int(t - first)
	n := len(s.Ranges)
	if n == 0 || s.Ranges[n-1].End != i {
		s.Ranges = append(s.Ranges, Range{First: i - 1})
		n++
	}
	r := &s.Ranges[n-1]
	r.End, r.Form = i+1, oneLine(d.Words(first+doc.TokenID(r.First), t+1))
	r.SpaceAfter = d.Tokens[t].SpaceAfter
}

// nameLabels returns the BIO label of every token for outer and nested names,
// or nil where there are no names.
func nameLabels(d *doc.Doc) (outer, inner []string) {
	if len(d.Names) == 0 {
		return nil, nil
	}
	outer, inner = make([]string, len(d.Tokens)), make([]string, len(d.Tokens))
	for _, n := range d.Names {
		row := outer
		if n.Nested {
			row = inner
		}
		if n.First < 0 || int(n.End) > len(row) || n.First >= n.End || taken(row[n.First:n.End]) {
			continue
		}
		for t := n.First; t < n.End; t++ {
			row[t] = "I-" + n.Kind
		}
		row[n.First] = "B-" + n.Kind
	}
	return outer, inner
}

func taken(row []string) bool {
	for _, l := range row {
		if l != "" {
			return true
		}
	}
	return false
}

// oneLine makes a value fit for a column or comment: valid UTF-8 and no tab or
// line break.
func oneLine(s string) string {
	s = strings.ToValidUTF8(s, "\ufffd")
	if strings.ContainsAny(s, "\t\n\r\v\f\u0085\u2028\u2029") {
		s = strings.Join(strings.Fields(s), " ")
	}
	return s
}

// Package doc defines the annotated document: one article and the layers of
// analysis laid over its text.
//
// A layer is a slice. Layers refer to each other by index, never by pointer,
// and each layer has one writer, named beside it: a stage reads the Doc and
// returns its layer, and pipeline assigns it. Nothing edits the text.
//
// The text of a Doc is the title, a blank line, and the body, so that headline
// and body are analysed alike; [Doc.Anchor] turns a byte span of it into a span
// of code points in the title or in the body, as records carry it.
package doc

import (
	"casus/internal/article"
	"casus/internal/record"
	"casus/internal/text"
)

// TokenID indexes Doc.Tokens, Doc.Tags and Doc.Arcs. NoToken means none.
type TokenID int32

// EntityID indexes Doc.Entities and Doc.Actors. NoEntity means none.
type EntityID int32

// None of the kind.
const (
	NoToken  TokenID  = -1
	NoEntity EntityID = -1
)

// Doc is an article with its layers.
type Doc struct {
	Article *article.Article
	Text    string // title, blank line, body
	Body    int32  // byte offset in Text at which the body begins

	Blocks    []Block        // lang/token: title, paragraphs, headings …, in order
	Sentences []Sentence     // lang/token
	Tokens    []Token        // lang/token
	Quotes    []Quote        // lang/quote: stretches between quotation marks
	Tags      []Tag          // lang/encoder + lang/lemma, parallel to Tokens
	Arcs      []Arc          // lang/encoder, parallel to Tokens
	Names     []Name         // lang/encoder
	Times     []TimeExpr     // ground/timex, in order of the text
	Mentions  []Mention      // lang/coref
	Entities  []Entity       // lang/coref
	Places    []Location     // ground/place, in order of the text
	Actors    []record.Actor // ground/actor, parallel to Entities
	Clauses   []Clause       // extract/clause

	title, body *text.Index
}

// New returns a Doc of the article with no layers yet.
func New(a *article.Article) *Doc {
	d := &Doc{Article: a, Text: a.Text}
	if a.Title != "" {
		d.Text = a.Title + "\n\n" + a.Text
		d.Body = int32(len(a.Title) + 2)
	}
	d.title, d.body = text.NewIndex(a.Title), text.NewIndex(a.Text)
	return d
}

// InTitle reports whether the span lies in the title.
func (d *Doc) InTitle(sp text.Span) bool { return sp.Start < d.Body }

// Anchor returns the span as records carry it. A span that runs from the title
// into the body is cut at the end of the title.
func (d *Doc) Anchor(sp text.Span) record.Span {
	if d.InTitle(sp) {
		end := min(int(sp.End), len(d.Article.Title))
		start := min(int(sp.Start), end)
		return record.Span{Start: d.title.Runes(start), End: d.title.Runes(end), Text: d.Article.Title[start:end], In: "title"}
	}
	start, end := int(sp.Start-d.Body), int(sp.End-d.Body)
	return record.Span{Start: d.body.Runes(start), End: d.body.Runes(end), Text: d.Article.Text[start:end]}
}

// Word returns the text of a token.
func (d *Doc) Word(t TokenID) string { return d.Tokens[t].Span.Of(d.Text) }

// Words returns the text from the first token up to and without the end token.
func (d *Doc) Words(first, end TokenID) string { return d.Range(first, end).Of(d.Text) }

// Range returns the span of the tokens [first, end).
func (d *Doc) Range(first, end TokenID) text.Span {
	if end <= first {
		return text.Span{}
	}
	return text.Span{Start: d.Tokens[first].Span.Start, End: d.Tokens[end-1].Span.End}
}

// SentenceOf returns the index of the sentence that holds the token.
func (d *Doc) SentenceOf(t TokenID) int {
	lo, hi := 0, len(d.Sentences)
	for lo < hi {
		m := (lo + hi) / 2
		if d.Sentences[m].End <= t {
			lo = m + 1
		} else {
			hi = m
		}
	}
	return lo
}

// BlockKind says what part of the page a block was.
type BlockKind uint8

// Kinds of block.
const (
	Paragraph BlockKind = iota
	Title
	Heading
	Dateline // only a dateline stands here; a dateline that opens a paragraph is Block.Dateline
	Byline
	ListItem
	Caption
	Speaker // a transcript's turn: "PENCE: …"
)

// A Block is a paragraph of the text.
type Block struct {
	Span     text.Span
	Kind     BlockKind
	Dateline text.Span // "MEXICO CITY, Jan 13 (Reuters) - " opening the paragraph, else empty
}

// A Sentence is the tokens [First, End).
type Sentence struct {
	First, End TokenID
	Block      int32
}

// A Token is a syntactic word or a mark, by the rules of UD English: "don't" is
// "do" and "n't". Spans of the words of a contraction do not overlap.
type Token struct {
	Span text.Span
	// SpaceAfter and Glued reproduce CoNLL-U: Glued means that this word is
	// written together with the one before in one surface token.
	SpaceAfter, Glued bool
}

// A Quote is a stretch between quotation marks, marks included in Span and
// not in Inner. An unclosed quotation runs to the end of its paragraph.
type Quote struct {
	Span, Inner text.Span
	First, End  TokenID // the tokens of Inner
	Closed      bool
	Continues   bool  // its paragraph opened again a quotation left open by the one before
	Depth       uint8 // 0 outermost
}

// A Tag is the morphology of a token, in the terms of Universal Dependencies.
type Tag struct {
	UPOS, XPOS, Feats, Lemma string
}

// An Arc is the head of a token and its relation. The head of a root is NoToken.
type Arc struct {
	Head   TokenID
	Deprel string // with subtype: "nsubj:pass"
}

// Kinds of name, as in the evaluation interface.
const (
	PER   = "PER"
	ORG   = "ORG"
	LOC   = "LOC"
	GPE   = "GPE"
	NORP  = "NORP"
	FAC   = "FAC"
	EVENT = "EVENT"
	MISC  = "MISC"
)

// A Name is the tokens [First, End) that name something.
type Name struct {
	First, End TokenID
	Kind       string
	Nested     bool // inside a longer name
}

// A TimeExpr is a time expression and its value.
type TimeExpr struct {
	First, End TokenID
	Span       text.Span
	Time       record.Time // without ID until pipeline numbers them
	// EndsRange is set where the expression before begins a range that this one
	// ends: "from Jan. 3 to 5", "2010-2015".
	EndsRange bool
}

// Forms of mention.
const (
	FormName    = "name"
	FormNominal = "nominal"
	FormPronoun = "pronoun"
)

// A Mention is the tokens [First, End) that refer to an entity.
type Mention struct {
	First, End, Head TokenID
	Kind             string // of a name; "" for a nominal or pronoun of unknown kind
	Form             string
	Entity           EntityID
	Rule             string // why it belongs to its entity
}

// Genders of an entity, and numbers.
const (
	Unknown   = ""
	Male      = "male"
	Female    = "female"
	Neuter    = "neuter"
	Singular  = "singular"
	PluralNum = "plural"
)

// An Entity is a chain of mentions of one thing.
type Entity struct {
	Mentions   []int32 // into Doc.Mentions, in order of the text
	Kind       string  // of its names; "" for a group named by a noun alone
	Name       string  // the fullest name, or the words of the first nominal
	Head       string  // lemma of the head of the first nominal: "official"
	Gender     string
	Number     string
	Attributes map[string]any // age, title and descriptors that the text gives
}

// Uses of a place name.
const (
	Literal  = "literal"
	Metonym  = "metonym"
	Demonym  = "demonym"
	NamePart = "name-part"
)

// A Location is one mention of a place and what it resolves to.
type Location struct {
	First, End TokenID
	Span       text.Span
	Use        string
	Place      record.Place // without ID and Mentions until pipeline folds equal ones
	Score      float64
}

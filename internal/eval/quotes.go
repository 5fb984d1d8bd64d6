package eval

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode"

	"casus/internal/article"
	"casus/internal/record"
)

// A span of code points, as the gold files hold them.
type runeSpan [2]int

// A goldQuote is one attribution of a gold file, or one that casus made, in
// the same shape.
type goldQuote struct {
	Kind      string     `json:"kind"`
	Source    *runeSpan  `json:"source"`
	Cue       *runeSpan  `json:"cue"`
	Content   []runeSpan `json:"content"`
	Nested    bool       `json:"nested"`
	Credit    bool       `json:"credit"`
	Canonical *struct {
		Name  string  `json:"name"`
		Etype string  `json:"etype"`
		Wiki  *string `json:"wiki"`
	} `json:"speaker_canonical"`

	speaker []string // of a prediction: names and knowledge-base id of its actor
}

// A quoteDoc is one line of a gold file.
type quoteDoc struct {
	ID     string      `json:"doc_id"`
	Text   string      `json:"text"`
	Title  string      `json:"title"`
	URL    string      `json:"url"`
	Date   string      `json:"date"`
	Quotes []goldQuote `json:"quotes"`
}

// Quotes scores statements against a file of attributions, one document a line,
// by three protocols, on the speech track and on all attributions:
//
//   - quotations, matched one to one by the words their contents share, at
//     several strictnesses, with and without the source;
//   - those of Citron, exact and by overlap;
//   - those of the Gender Gap Tracker, at 0.3 and 0.8.
//
// Where the gold says who a source is, the named speaker is scored too.
func Quotes(gold io.Reader, code Coder) (*Report, error) {
	docs, err := readQuotes(gold)
	if err != nil {
		return nil, err
	}
	speech, all := newTally(true), newTally(false)
	for _, d := range docs {
		stamp, err := article.ParseStamp(d.Date)
		if err != nil {
			return nil, fmt.Errorf("quotes: %s: %w", d.ID, err)
		}
		rec := code(&article.Article{ID: d.ID, Text: d.Text, Title: d.Title, URL: d.URL, Published: stamp})
		x := newQuoteText(d.Text)
		g, p := x.feats(d.Quotes), x.feats(predicted(rec))
		speech.doc(x, g, p)
		all.doc(x, g, p)
	}
	r := &Report{Task: "quotes"}
	speech.report(r, "speech")
	all.report(r, "all")
	return r, nil
}

// readQuotes reads the gold; a later document of the same id replaces the one before.
func readQuotes(gold io.Reader) ([]quoteDoc, error) {
	var docs []quoteDoc
	at := map[string]int{}
	sc := bufio.NewScanner(gold)
	sc.Buffer(nil, 1<<26)
	for n := 1; sc.Scan(); n++ {
		if strings.TrimSpace(sc.Text()) == "" {
			continue
		}
		var d quoteDoc
		if err := json.Unmarshal(sc.Bytes(), &d); err != nil {
			return nil, fmt.Errorf("quotes: line %d: %w", n, err)
		}
		size := len([]rune(d.Text))
		for _, q := range d.Quotes {
			for _, sp := range q.spans() {
				if sp[0] < 0 || sp[0] > sp[1] || sp[1] > size {
					return nil, fmt.Errorf("quotes: line %d: span %v lies outside the text of %s", n, sp, d.ID)
				}
			}
		}
		if i, ok := at[d.ID]; ok {
			docs[i] = d
			continue
		}
		at[d.ID] = len(docs)
		docs = append(docs, d)
	}
	return docs, sc.Err()
}

func (q *goldQuote) spans() []runeSpan {
	out := append([]runeSpan(nil), q.Content...)
	if q.Source != nil {
		out = append(out, *q.Source)
	}
	if q.Cue != nil {
		out = append(out, *q.Cue)
	}
	return out
}

// contentMarks are the marks by which direct content is widened.
const contentMarks = "\"'“”‘’«»„"

// predicted turns statements into the shape of the gold: direct content takes
// in the marks beside it. Gold files know only bodies, so what a title says is
// left out.
func predicted(rec *record.Document) []goldQuote {
	if rec == nil {
		return nil
	}
	runes := []rune(rec.Article.Text)
	actors := map[string]*record.Actor{}
	for i := range rec.Actors {
		actors[rec.Actors[i].ID] = &rec.Actors[i]
	}
	var out []goldQuote
	for _, s := range rec.Statements {
		q := goldQuote{Kind: s.Kind, Source: plain(s.Source), Cue: plain(s.Cue)}
		for _, c := range s.Content {
			if c.In != "" {
				continue
			}
			sp := runeSpan{c.Start, c.End}
			if s.Kind == "direct" {
				sp = widenContent(runes, sp)
			}
			q.Content = append(q.Content, sp)
		}
		if s.Speaker != nil && actors[*s.Speaker] != nil {
			q.speaker = actorNames(actors[*s.Speaker])
		}
		if len(q.Content) > 0 {
			out = append(out, q)
		}
	}
	return out
}

func plain(s *record.Span) *runeSpan {
	if s == nil || s.In != "" {
		return nil
	}
	return &runeSpan{s.Start, s.End}
}

// widenContent takes in a mark on either side.
func widenContent(runes []rune, sp runeSpan) runeSpan {
	if sp[0] > 0 && strings.ContainsRune(contentMarks, runes[sp[0]-1]) {
		sp[0]--
	}
	if sp[1] < len(runes) && strings.ContainsRune(contentMarks, runes[sp[1]]) {
		sp[1]++
	}
	return sp
}

// actorNames are the names an actor answers to, by which it may be told to be
// the gold's speaker.
func actorNames(a *record.Actor) []string {
	names := []string{a.Name}
	for _, m := range a.Mentions {
		if m.Form == "name" {
			names = append(names, m.Text)
		}
	}
	if a.KB != nil {
		names = append(names, *a.KB)
	}
	return names
}

// A quoteText is a text cut into the words and marks that are compared.
type quoteText struct {
	runes  []rune
	tokens []runeSpan
	word   []bool
	speech map[string]bool
}

func newQuoteText(s string) *quoteText {
	x := &quoteText{runes: []rune(s), speech: speechLemmas()}
	for i := 0; i < len(x.runes); {
		r := x.runes[i]
		j := i + 1
		switch {
		case wordRune(r):
			j = x.wordEnd(i)
			if j+1 < len(x.runes) && (x.runes[j] == '\'' || x.runes[j] == '’') && wordRune(x.runes[j+1]) {
				j = x.wordEnd(j + 1)
			}
		case spaceRune(r):
			i++
			continue
		}
		x.tokens = append(x.tokens, runeSpan{i, j})
		x.word = append(x.word, wordRune(r))
		i = j
	}
	return x
}

func (x *quoteText) wordEnd(i int) int {
	for i < len(x.runes) && wordRune(x.runes[i]) {
		i++
	}
	return i
}

func wordRune(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsNumber(r) }

// spaceRune is white space as the reference scorer counts it, separators of
// files and records among them.
func spaceRune(r rune) bool { return unicode.IsSpace(r) || r >= 0x1c && r <= 0x1f }

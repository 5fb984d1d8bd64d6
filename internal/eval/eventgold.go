package eval

import (
	"bufio"
	"cmp"
	"embed"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"casus/internal/article"
	"casus/internal/extract/codebook"
	"casus/internal/record"
)

// The project's own event gold. Its README.md has the guidelines.
//
//go:embed gold/events/*.jsonl
var eventGoldFiles embed.FS

// OwnEventGold returns the project's own event gold: part "dev" is for work,
// part "unseen" is reported and never tuned on. It returns nil for other names.
func OwnEventGold(part string) io.Reader {
	if part != "dev" && part != "unseen" {
		return nil
	}
	var all []io.Reader
	for _, kind := range []string{"negatives", "articles"} {
		f, err := eventGoldFiles.Open("gold/events/" + kind + "." + part + ".jsonl")
		if err != nil {
			return nil // not reached: the files are embedded
		}
		all = append(all, f)
	}
	return io.MultiReader(all...)
}

// EventGold scores the coding of whole articles, and of negatives, which must
// give no shown event. Each line of gold is a negative (it has a "kind") or an
// article annotated whole (it has a "genre").
//
// A shown event is right when a gold event has its type and a trigger that
// overlaps, or one in the same sentence; each gold event is found once. Gold
// events marked optional are neither missed nor false. The details (actors,
// modes, dates, places) are scored on the events found, the status on all that
// the coder found, shown or not.
func EventGold(gold io.Reader, code Coder) (*Report, error) {
	s := newGoldScore()
	sc := bufio.NewScanner(gold)
	sc.Buffer(nil, 16<<20)
	for n := 1; sc.Scan(); n++ {
		if len(sc.Bytes()) == 0 {
			continue
		}
		var g goldArticle
		if err := json.Unmarshal(sc.Bytes(), &g); err != nil {
			return nil, fmt.Errorf("read event gold: line %d: %w", n, err)
		}
		if err := g.check(s.book); err != nil {
			return nil, fmt.Errorf("read event gold: line %d: %s: %w", n, g.ID, err)
		}
		s.add(&g, code(g.article()))
	}
	if err := sc.Err(); err != nil {
		return nil, fmt.Errorf("read event gold: %w", err)
	}
	return s.report(), nil
}

// A goldArticle is a text annotated whole, or a negative.
type goldArticle struct {
	ID      string      `json:"id"`
	Kind    string      `json:"kind"`  // of a negative
	Genre   string      `json:"genre"` // of an article
	Date    string      `json:"date"`
	Title   string      `json:"title"`
	Text    string      `json:"text"`
	Allowed []string    `json:"allowed"` // types that are no error on this negative
	Events  []goldEvent `json:"events"`
}

type goldEvent struct {
	Type       string      `json:"type"`
	Or         []string    `json:"or"` // types that are right too
	Modes      []string    `json:"modes"`
	Status     string      `json:"status"`
	Optional   bool        `json:"optional"`
	Trigger    []string    `json:"trigger"` // words, each at its first place; "title:" puts it in the title
	Actors     []goldActor `json:"actors"`
	Recipients []goldActor `json:"recipients"`
	From       string      `json:"from"`
	To         string      `json:"to"`
	Place      string      `json:"place"`

	spans []record.Span // of the triggers
}

type goldActor struct {
	Words  []string `json:"words"` // any of these names it
	Code   string   `json:"code"`
	Sector string   `json:"sector"`
}

func (g *goldArticle) article() *article.Article {
	stamp, _ := article.ParseStamp(g.Date) // checked
	return &article.Article{ID: g.ID, Title: g.Title, Text: g.Text, Published: stamp}
}

// check finds the triggers in the text, and rejects gold that cannot be right.
func (g *goldArticle) check(book *codebook.Book) error {
	if (g.Kind == "") == (g.Genre == "") {
		return fmt.Errorf("needs a kind or a genre, not both")
	}
	if _, err := article.ParseStamp(g.Date); err != nil {
		return err
	}
	for i := range g.Events {
		e := &g.Events[i]
		for _, t := range append([]string{e.Type}, e.Or...) {
			if _, ok := book.Type(t); !ok {
				return fmt.Errorf("unknown type %q", t)
			}
		}
		for _, m := range e.Modes {
			if _, ok := book.Mode(e.Type, m); !ok && len(e.Or) == 0 {
				return fmt.Errorf("%s: unknown mode %q", e.Type, m)
			}
		}
		if !slices.Contains(statuses, e.Status) {
			return fmt.Errorf("%s: unknown status %q", e.Type, e.Status)
		}
		if len(e.Trigger) == 0 {
			return fmt.Errorf("%s: no trigger", e.Type)
		}
		for _, t := range e.Trigger {
			in, words := g.Text, t
			sp := record.Span{}
			if rest, ok := strings.CutPrefix(t, "title:"); ok {
				in, words, sp.In = g.Title, rest, "title"
			}
			at := occurrences(in, words, sp.In)
			if len(at) == 0 {
				return fmt.Errorf("%s: trigger %q is not in the text", e.Type, t)
			}
			e.spans = append(e.spans, at[0])
		}
		for _, a := range slices.Concat(e.Actors, e.Recipients) {
			if len(g.find(a)) == 0 {
				return fmt.Errorf("%s: actor %q is not in the text", e.Type, a.Words)
			}
		}
	}
	return nil
}

var statuses = []string{record.Actual, record.Historical, record.Future, record.Hypothetical, record.Negated}

// find returns where the words of an actor stand.
func (g *goldArticle) find(a goldActor) []record.Span {
	var at []record.Span
	for _, w := range a.Words {
		at = append(at, occurrences(g.Title, w, "title")...)
		at = append(at, occurrences(g.Text, w, "")...)
	}
	return at
}

// occurrences returns the places where words stand in text as whole words.
func occurrences(text, words, in string) []record.Span {
	var at []record.Span
	if words == "" {
		return nil
	}
	for from := 0; ; {
		i := strings.Index(text[from:], words)
		if i < 0 {
			return at
		}
		start, end := from+i, from+i+len(words)
		before, _ := utf8.DecodeLastRuneInString(text[:start])
		after, _ := utf8.DecodeRuneInString(text[end:])
		if !wordRune(before) && !wordRune(after) {
			first := utf8.RuneCountInString(text[:start])
			at = append(at, record.Span{Start: first, End: first + utf8.RuneCountInString(words), Text: words, In: in})
		}
		from = start + 1
	}
}

func spansMeet(a, b record.Span) bool {
	return a.In == b.In && a.Start < b.End && b.Start < a.End
}

// How closely an event agrees with a gold event.
const (
	apart = iota
	sameSentence
	sameTrigger
)

func (e *goldEvent) agrees(p *record.Event, d *record.Document) int {
	if p.Type != e.Type && !slices.Contains(e.Or, p.Type) {
		return apart
	}
	best := apart
	for _, m := range p.Mentions {
		for _, sp := range e.spans {
			if spansMeet(m.Trigger, sp) {
				return sameTrigger
			}
			if m.Sentence >= 0 && m.Sentence < len(d.Article.Sentences) {
				s := d.Article.Sentences[m.Sentence]
				if s.In == sp.In && s.Start <= sp.Start && sp.Start < s.End {
					best = sameSentence
				}
			}
		}
	}
	return best
}

// pairEvents finds for each event the gold event it tells, nil where none.
// Triggers that overlap go before those of one sentence, gold events that must
// be found before optional ones, confident events before others.
func pairEvents(gold []*goldEvent, events []*record.Event, d *record.Document) []*goldEvent {
	order := make([]int, len(events))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(events[b].Confidence, events[a].Confidence) })
	pairs := make([]*goldEvent, len(events))
	used := map[*goldEvent]bool{}
	for _, level := range []int{sameTrigger, sameSentence} {
		for _, optional := range []bool{false, true} {
			for _, i := range order {
				for _, g := range gold {
					if pairs[i] == nil && !used[g] && g.Optional == optional && g.agrees(events[i], d) >= level {
						pairs[i], used[g] = g, true
					}
				}
			}
		}
	}
	return pairs
}

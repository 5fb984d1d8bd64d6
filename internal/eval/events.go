package eval

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"sort"

	"casus/internal/article"
	"casus/internal/record"
)

// Events scores the coding of events on sentences or short texts, each line of
// gold a JSON object {"id", "text", "date", "expected": [event …]}.
//
// Only shown events count. Everything is a set per text, and duplicates count
// once. An expected event that names no type, only a quad class, is scored by
// quad class alone. Texts that expect nothing are negatives: what is shown there
// is false, and is also given per 100 texts.
func Events(gold io.Reader, code Coder) (*Report, error) {
	items, err := readEventGold(gold)
	if err != nil {
		return nil, err
	}
	s := newEventScore(items)
	for i := range items {
		s.add(&items[i], shownEvents(code(items[i].article())))
	}
	return s.report(), nil
}

// An eventGold is a text and the events expected of it.
type eventGold struct {
	ID       string          `json:"id"`
	Title    string          `json:"title"`
	Text     string          `json:"text"`
	Date     string          `json:"date"`
	Expected []expectedEvent `json:"expected"`
}

type expectedEvent struct {
	Event    string          `json:"event"`
	EventAny []string        `json:"event_any"` // any of these is right
	CAMEO    string          `json:"cameo"`
	Quad     int             `json:"quad"`
	Source   []expectedActor `json:"source"`
	Target   []expectedActor `json:"target"`
}

type expectedActor struct {
	Text    string   `json:"text"`
	Code    *string  `json:"code"` // nil where the gold marks words only
	Sector  string   `json:"sector"`
	CodeAlt []string `json:"code_alt"`
}

func readEventGold(r io.Reader) ([]eventGold, error) {
	var items []eventGold
	sc := bufio.NewScanner(r)
	sc.Buffer(nil, 16<<20)
	for n := 1; sc.Scan(); n++ {
		if len(sc.Bytes()) == 0 {
			continue
		}
		var g eventGold
		if err := json.Unmarshal(sc.Bytes(), &g); err != nil {
			return nil, fmt.Errorf("read event gold: line %d: %w", n, err)
		}
		items = append(items, g)
	}
	if err := sc.Err(); err != nil {
		return nil, fmt.Errorf("read event gold: %w", err)
	}
	return items, nil
}

func (g *eventGold) article() *article.Article {
	stamp, err := article.ParseStamp(g.Date)
	if err != nil { // some sets carry dates of their own making
		stamp = article.Stamp{}
	}
	return &article.Article{ID: g.ID, Title: g.Title, Text: g.Text, Published: stamp}
}

// typed reports whether all expected events name their type.
func (g *eventGold) typed() bool {
	for _, e := range g.Expected {
		if e.Event == "" && len(e.EventAny) == 0 {
			return false
		}
	}
	return true
}

// coded reports whether all expected actors have a country code.
func (g *eventGold) coded() bool {
	for _, e := range g.Expected {
		for _, side := range [][]expectedActor{e.Source, e.Target} {
			for _, a := range side {
				if a.Code == nil {
					return false
				}
			}
		}
	}
	return true
}

// A codedEvent is what a scorer sees of an event.
type codedEvent struct {
	typ, cameo string
	source     []codedActor
	target     []codedActor
}

type codedActor struct{ code, sector string }

// shownEvents returns the shown events of the document, the most confident first.
func shownEvents(d *record.Document) []codedEvent {
	if d == nil {
		return nil
	}
	byID := make(map[string]*record.Actor, len(d.Actors))
	for i := range d.Actors {
		byID[d.Actors[i].ID] = &d.Actors[i]
	}
	side := func(ids []string) []codedActor {
		var out []codedActor
		for _, id := range ids {
			var c codedActor
			if a := byID[id]; a != nil {
				if c.code = deref(a.Code); c.code == "" {
					c.code = deref(a.Country)
				}
				if len(a.Sectors) > 0 {
					c.sector = a.Sectors[0]
				}
			}
			out = append(out, c)
		}
		return out
	}
	var shown []*record.Event
	for i := range d.Events {
		if d.Events[i].Shown(0) && d.Events[i].Type != "" {
			shown = append(shown, &d.Events[i])
		}
	}
	sort.SliceStable(shown, func(i, j int) bool { return shown[i].Confidence > shown[j].Confidence })
	out := make([]codedEvent, len(shown))
	for i, e := range shown {
		out[i] = codedEvent{e.Type, deref(e.CAMEO), side(e.Actors), side(e.Recipients)}
	}
	return out
}

func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

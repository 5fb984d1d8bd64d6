package event

import (
	"fmt"
	"strings"

	"casus/internal/marked"
	"casus/internal/record"
)

// A Failure is an example of a rule that does not come out as it says.
type Failure struct {
	Rule, Sentence, Problem string
}

func (f Failure) String() string { return fmt.Sprintf("%s: %q: %s", f.Rule, f.Sentence, f.Problem) }

// Check codes the examples of every rule and returns those that fail, and how
// many there were. A marked word of a yes must be the trigger of a shown event
// of the marked type; what is marked actor or recipient must take part in it. A
// no must give no shown event of the rule's type.
func (c *Coder) Check(code func(text string) *record.Document) (failures []Failure, examples int) {
	rules := c.Rules()
	for i := range rules {
		r := &rules[i]
		for _, s := range r.Yes {
			examples++
			if p := checkYes(r, s, code); p != "" {
				failures = append(failures, Failure{r.ID, s, p})
			}
		}
		for _, s := range r.No {
			examples++
			if p := checkNo(r, s, code); p != "" {
				failures = append(failures, Failure{r.ID, s, p})
			}
		}
	}
	return failures, examples
}

func checkYes(r *Rule, s string, code func(string) *record.Document) string {
	plain, spans, err := marked.Parse(s)
	if err != nil {
		return err.Error()
	}
	out := code(plain)
	if len(out.Events) == 0 {
		return "no event"
	}
	problem := "no event of type " + r.Gives.Event
	for i := range out.Events {
		e := &out.Events[i]
		if !e.Shown(0) || !typeMarked(e, r, spans) {
			if e.Type == r.Gives.Event && !e.Shown(0) {
				problem = fmt.Sprintf("%s is %s, background %v", e.Type, e.Status, e.Background)
			}
			continue
		}
		if problem = missing(out, e, spans); problem == "" {
			return ""
		}
	}
	return problem
}

// typeMarked reports whether the event is what the sentence marks: its type at
// its trigger, or anywhere when no trigger is marked.
func typeMarked(e *record.Event, r *Rule, spans []marked.Span) bool {
	any := false
	for _, sp := range spans {
		if sp.Label != strings.ToUpper(sp.Label) {
			continue
		}
		any = true
		if sp.Label == e.Type && touches(e.Trigger, sp) || sp.Label == e.Type && supports(e, sp) {
			return true
		}
	}
	return !any && e.Type == r.Gives.Event
}

func touches(s record.Span, m marked.Span) bool {
	return s.Start < int(m.End) && int(m.Start) < s.End
}

// supports reports whether the mark stands on another word of the predicate.
func supports(e *record.Event, m marked.Span) bool {
	return len(e.Why.Evidence) > 1 && touches(e.Why.Evidence[1], m)
}

// missing names a marked participant that the event lacks.
func missing(out *record.Document, e *record.Event, spans []marked.Span) string {
	for _, sp := range spans {
		var ids []string
		switch sp.Label {
		case "actor":
			ids = append(append(ids, e.Actors...), e.Recipients...)
		case "recipient":
			ids = append(append(ids, e.Recipients...), e.Actors...)
		default:
			continue
		}
		if !mentioned(out, ids, sp) {
			return "no participant in the words of " + sp.Label
		}
	}
	return ""
}

func mentioned(out *record.Document, ids []string, sp marked.Span) bool {
	for _, id := range ids {
		for i := range out.Actors {
			if out.Actors[i].ID != id {
				continue
			}
			for _, m := range out.Actors[i].Mentions {
				if touches(m.Span, sp) {
					return true
				}
			}
		}
	}
	return false
}

func checkNo(r *Rule, s string, code func(string) *record.Document) string {
	plain, _, err := marked.Parse(s)
	if err != nil {
		return err.Error()
	}
	for _, e := range code(plain).Events {
		if e.Shown(0) && e.Type == r.Gives.Event {
			return fmt.Sprintf("%s by %s at %q", e.Type, e.Why.Rule, e.Trigger.Text)
		}
	}
	return ""
}

package pipeline

import (
	"strconv"

	"casus/internal/doc"
	"casus/internal/extract/claim"
	"casus/internal/record"
)

// sentences returns the sentences of title and body as records carry them.
func sentences(d *doc.Doc) []record.Sentence {
	out := make([]record.Sentence, len(d.Sentences))
	for i, s := range d.Sentences {
		sp := d.Anchor(d.Range(s.First, s.End))
		out[i] = record.Sentence{Start: sp.Start, End: sp.End, In: sp.In}
	}
	return out
}

// numberTimes gives each time expression its id.
func numberTimes(d *doc.Doc) {
	for i := range d.Times {
		d.Times[i].Time.ID = "t" + strconv.Itoa(i+1)
		d.Times[i].Time.Span = d.Anchor(d.Times[i].Span)
	}
}

// numberPlaces folds the mentions of one place into one record, in order of
// first mention, and gives every location the id of its place. A mention in the
// title counts for the events of the title but is not listed: maps and counts
// are of the body.
func numberPlaces(d *doc.Doc) []record.Place {
	out := []record.Place{}
	index := map[string]int{}
	for i := range d.Places {
		l := &d.Places[i]
		key := l.Place.Name + "|" + deref(l.Place.Country)
		if l.Place.KB != nil {
			key = *l.Place.KB
		}
		n, ok := index[key]
		if !ok {
			n = len(out)
			index[key] = n
			p := l.Place
			p.ID = "p" + strconv.Itoa(n+1)
			p.Mentions = []record.Mention{}
			out = append(out, p)
		}
		l.Place.ID = out[n].ID
		if !d.InTitle(l.Span) {
			out[n].Mentions = append(out[n].Mentions, record.Mention{Span: d.Anchor(l.Span), Use: l.Use})
		}
	}
	return out
}

// assemble moves the finished layers into the document and drops places that
// neither the body mentions nor a record needs.
func assemble(d *doc.Doc, out *record.Document) {
	out.Times = make([]record.Time, len(d.Times))
	for i := range d.Times {
		out.Times[i] = d.Times[i].Time
	}
	sizes := claim.Sizes(out.Claims)
	used := map[string]bool{}
	for i := range out.Events {
		if size := sizes[out.Events[i].ID]; size != nil {
			out.Events[i].Size = size
		}
		if p := out.Events[i].Place; p != nil {
			used[*p] = true
		}
	}
	kept := out.Places[:0]
	for _, p := range out.Places {
		if len(p.Mentions) > 0 || used[p.ID] {
			kept = append(kept, p)
		}
	}
	out.Places = kept
	if out.Events == nil {
		out.Events = []record.Event{}
	}
}

func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

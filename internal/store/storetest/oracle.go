package storetest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"casus/internal/query"
	"casus/internal/record"
	"casus/internal/store"
)

// The searches are checked against a plain reading of the documents.

const corpus = 60

func documents() []*record.Document {
	out := make([]*record.Document, corpus)
	for i := range out {
		out[i] = Document(i, 9)
	}
	return out
}

// truth says whether an event of a document meets a condition.
func truth(d *record.Document, e *record.Event, x query.Expr) bool {
	switch x := x.(type) {
	case nil:
		return true
	case query.And:
		return !slices.ContainsFunc(x, func(y query.Expr) bool { return !truth(d, e, y) })
	case query.Or:
		return slices.ContainsFunc(x, func(y query.Expr) bool { return truth(d, e, y) })
	case query.Not:
		return !truth(d, e, x.X)
	case query.Text:
		return strings.Contains(spacedWords(*d.Article.Title), spacedWords(x.Words)) || strings.Contains(spacedWords(d.Article.Text), spacedWords(x.Words))
	case query.Repeat:
		return strings.Count(spacedWords(*d.Article.Title+" . "+d.Article.Text), " "+x.Word+" ") >= x.Times
	case query.Field:
		return fieldTruth(d, e, x)
	}
	return false
}

// spacedWords has a space before and after each word.
func spacedWords(s string) string {
	return " " + strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9') }), " ") + " "
}

func fieldTruth(d *record.Document, e *record.Event, f query.Field) bool {
	who := func(ids []string) bool {
		return slices.ContainsFunc(ids, func(id string) bool {
			for _, a := range d.Actors {
				if a.ID == id && (*a.Code == f.Value || *a.KB == f.Value || strings.Contains(spacedWords(a.Name), spacedWords(f.Value))) {
					return true
				}
			}
			return false
		})
	}
	switch f.Name {
	case "actor":
		return who(e.Actors)
	case "recipient":
		return who(e.Recipients)
	case "event":
		return e.Type == f.Value
	case "cameo":
		return strings.HasPrefix(*e.CAMEO, f.Value)
	case "context":
		return slices.Contains(e.Contexts, f.Value)
	case "status":
		return f.Value == "any" || e.Status == f.Value
	case "quad":
		return e.Quad == int(f.Number)
	case "confidence":
		return e.Confidence >= f.Number
	case "place":
		for _, p := range d.Places {
			if p.ID == *e.Place {
				return strings.EqualFold(p.Name, f.Value) || *p.Country == f.Value
			}
		}
	case "since":
		return *e.Time.From >= f.Value
	case "until":
		return *e.Time.From <= f.Value
	case "outlet":
		return strings.Contains(strings.ToLower(*d.Article.Outlet), strings.ToLower(f.Value))
	case "domain":
		host := strings.Split(*d.Article.URL, "/")[2]
		return host == f.Value || strings.HasSuffix(host, "."+f.Value)
	case "speaker":
		return slices.ContainsFunc(d.Statements, func(s record.Statement) bool {
			return slices.ContainsFunc(d.Actors, func(a record.Actor) bool {
				return a.ID == *s.Speaker && (*a.Code == f.Value || strings.Contains(spacedWords(a.Name), spacedWords(f.Value)))
			})
		})
	case "polarity":
		return slices.ContainsFunc(d.Statements, func(s record.Statement) bool { return s.Polarity == f.Value })
	}
	return false
}

// events lists the events that a request should find.
func expected(docs []*record.Document, r store.Request) []string {
	var out []string
	for _, d := range docs {
		for i := range d.Events {
			e := &d.Events[i]
			ok := e.Confidence >= r.MinConfidence
			switch {
			case r.All:
				ok = true
			case !r.Query.Uses("status"):
				ok = e.Shown(r.MinConfidence)
			}
			if ok && truth(d, e, r.Query.Expr) {
				out = append(out, d.Article.ID+"/"+e.ID)
			}
		}
	}
	slices.Sort(out)
	return out
}

func search(t *testing.T, s store.Store) {
	docs := documents()
	put(t, s, Items(0, corpus, 9)...)
	w := strings.Fields(docs[3].Article.Text)
	common := word(0)
	total := 0
	for _, q := range []string{
		"", "actor:USA", "recipient:CHN", "actor:USA recipient:CHN", "actor:USA -recipient:CHN", "event:ASSAULT", "event:AID,CONSULT", "event:19",
		"actor:State-USA", `recipient:lima`, `recipient:"Ana Lima"`, "actor:kb:State-CHN", "status:any", "status:future", "status:happened event:COERCE", "quad:4 status:any", "quad:1",
		"place:Northport", "place:northport event:CONSULT", "place:USA", `place:"Salto Alto" status:any`, "since:2025-01-04", "since:2025-01-02 until:2025-01-05", "confidence:0.9",
		"outlet:example", "domain:news2.example", "domain:example", "-domain:news1.example", "speaker:Berg", "speaker:RUS event:PROTEST", "polarity:denies quad:3", "context:diplomatic", "context:military",
		w[10], `"` + strings.Trim(w[10]+" "+w[11], ".") + `"`, common, "repeat6:" + common, "-" + common, "met", `met State-USA`, "(met OR attacked) actor:CHN", "(actor:USA OR recipient:USA)", "-(actor:USA OR recipient:USA)",
		"(place:Northport OR sanctioned) -event:AID", "actor:USA until:2025-01-03 repeat2:" + common, "said actor:ZZZ", "recipient:Nobody",
	} {
		for _, r := range []store.Request{{MinConfidence: 0.5}, {All: true}, {MinConfidence: 0}} {
			r.Query = parse(t, q)
			r.Limit = 1000
			got := find(t, s, r)
			slices.Sort(got)
			want := expected(docs, r)
			total += len(want)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%q (all %v, least %v), want %d, got %d:\n%s", q, r.All, r.MinConfidence, len(want), len(got), diff)
			}
		}
	}
	if total < 1000 {
		t.Errorf("only %d answers in all: the queries test nothing", total)
	}
	best, err := s.Search(context.Background(), store.Request{Query: parse(t, common), Kind: query.Article, Best: true, Limit: 5})
	if err != nil || len(best.Hits) != 5 {
		t.Errorf("search by relevance: %d hits, %v", len(best.Hits), err)
	}
	near := find(t, s, store.Request{Query: parse(t, `near3:"met state"`), Kind: query.Article})
	far := find(t, s, store.Request{Query: parse(t, "met state"), Kind: query.Article})
	if len(near) == 0 || len(near) > len(far) {
		t.Errorf("near finds %d articles, both words stand in %d", len(near), len(far))
	}
	others(t, s, docs)
}

// others checks the other kinds.
func others(t *testing.T, s store.Store, docs []*record.Document) {
	var speaks, arts, claims []string
	for _, d := range docs {
		for i := range d.Statements {
			x := &d.Statements[i]
			for _, a := range d.Actors {
				if a.ID == *x.Speaker && strings.Contains(a.Name, "Berg") && x.Polarity == "denies" {
					speaks = append(speaks, d.Article.ID+"/"+x.ID)
				}
			}
		}
		for i := range d.Claims {
			if *d.Article.Outlet == "Daily Example" {
				claims = append(claims, d.Article.ID+"/"+d.Claims[i].ID)
			}
		}
		for i := range d.Events {
			e := &d.Events[i]
			if e.Shown(0.5) && e.Quad == 4 && fieldTruth(d, e, query.Field{Name: "actor", Value: "USA"}) {
				arts = append(arts, d.Article.ID)
			}
		}
	}
	for _, c := range []struct {
		q    string
		kind query.Kind
		want []string
	}{
		{"speaker:Berg polarity:denies", query.Statement, speaks},
		{"kind:article actor:USA quad:4", query.Event, slices.Compact(arts)},
		{`outlet:"Daily Example"`, query.Claim, claims},
	} {
		got := find(t, s, store.Request{Query: parse(t, c.q), Kind: c.kind, MinConfidence: 0.5, Limit: 1000})
		slices.Sort(got)
		slices.Sort(c.want)
		if diff := cmp.Diff(c.want, got); diff != "" || len(got) == 0 {
			t.Errorf("%s %q: %s", c.kind, c.q, diff)
		}
	}
}

func timeline(t *testing.T, s store.Store) {
	docs := documents()
	put(t, s, Items(0, corpus, 9)...)
	r := store.Request{Query: parse(t, "quad:4 status:any"), MinConfidence: 0.5}
	want := map[string]store.Day{}
	day := func(d string) int {
		x, err := time.Parse(time.DateOnly, d)
		if err != nil {
			t.Fatal(err)
		}
		return query.Day(x)
	}
	for _, d := range docs {
		for i := range d.Events {
			if e := &d.Events[i]; e.Confidence >= 0.5 && e.Quad == 4 {
				x := want[*e.Time.From]
				x.Day, x.N, x.Quads[4] = day(*e.Time.From), x.N+1, x.Quads[4]+1
				want[*e.Time.From] = x
			}
		}
	}
	got, err := s.Timeline(context.Background(), r)
	if err != nil {
		t.Fatal(err)
	}
	n, articles := 0, 0
	for i, d := range got {
		w := want[query.Date(d.Day).Format(time.DateOnly)]
		if d.N != w.N || d.Quads != w.Quads || i > 0 && got[i-1].Day >= d.Day {
			t.Errorf("day %d: %+v, want %+v", d.Day, d, w)
		}
		n += d.N
		articles += d.Articles
	}
	sum := 0
	for _, w := range want {
		sum += w.N
	}
	if n != sum || n == 0 || articles == 0 || articles > corpus {
		t.Errorf("%d events, want %d; %d articles", n, sum, articles)
	}
	arts, err := s.Timeline(context.Background(), store.Request{Kind: query.Article})
	if err != nil {
		t.Fatal(err)
	}
	n = 0
	for _, d := range arts {
		n += d.N
		if d.N != d.Articles {
			t.Errorf("day %d: %d of %d articles match everything", d.Day, d.N, d.Articles)
		}
	}
	if n != corpus {
		t.Errorf("%d articles in all, want %d", n, corpus)
	}
}

func dyad(t *testing.T, s store.Store) {
	docs := documents()
	put(t, s, Items(0, corpus, 9)...)
	type sum struct {
		n    int
		gold float64
	}
	for _, c := range [][2]string{{"USA", "CHN"}, {"RUS", "UKR"}, {"USA", "Lima"}} {
		want, got := map[string]sum{}, map[string]sum{}
		for _, d := range docs {
			for i := range d.Events {
				e := &d.Events[i]
				for _, rev := range []bool{false, true} {
					a, b := c[0], c[1]
					if rev {
						a, b = b, a
					}
					if e.Shown(0.5) && fieldTruth(d, e, query.Field{Name: "actor", Value: a}) && fieldTruth(d, e, query.Field{Name: "recipient", Value: b}) {
						k := fmt.Sprint(*e.Time.From, rev)
						x := want[k]
						want[k] = sum{x.n + 1, x.gold + *e.Goldstein}
					}
				}
			}
		}
		for _, q := range []string{"", "-zyzzyva"} { // the second goes the long way
			clear(got)
			days, err := s.Dyad(context.Background(), c[0], c[1], store.Request{Query: parse(t, q), MinConfidence: 0.5})
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range days {
				got[fmt.Sprint(query.Date(d.Day).Format(time.DateOnly), d.Reverse)] = sum{d.N, d.Goldstein}
			}
			if len(got) != len(want) {
				t.Errorf("%v %q: %d days, want %d", c, q, len(got), len(want))
			}
			for k, w := range want {
				if g := got[k]; g.n != w.n || g.gold-w.gold > 1e-9 || w.gold-g.gold > 1e-9 {
					t.Errorf("%v %q %s: %+v, want %+v", c, q, k, g, w)
				}
			}
		}
	}
}

func facets(t *testing.T, s store.Store) {
	docs := documents()
	put(t, s, Items(0, corpus, 9)...)
	want := map[string]int{}
	all := 0
	for _, d := range docs {
		for i := range d.Events {
			if e := &d.Events[i]; e.Shown(0.5) {
				want[e.Type]++
				all++
			}
		}
	}
	fs, err := s.Facets(context.Background(), store.Request{MinConfidence: 0.5}, 50)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]int{}
	for _, f := range fs {
		if f.Field == "event" {
			got[f.Value] = f.N
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for _, k := range []query.Kind{query.Statement, query.Claim, query.Article} {
		if fs, err := s.Facets(context.Background(), store.Request{Kind: k}, 5); err != nil || len(fs) == 0 {
			t.Errorf("facets of %ss: %v, %v", k, fs, err)
		}
	}
	ps, err := s.Places(context.Background(), store.Request{MinConfidence: 0.5})
	n := 0
	for i, p := range ps {
		n += p.N
		if p.Place.Lat == nil || i > 0 && ps[i-1].N < p.N {
			t.Errorf("place %+v", p)
		}
	}
	if err != nil || n != all {
		t.Errorf("%d events on the map, %v; want %d", n, err, all)
	}
}

func each(t *testing.T, s store.Store) {
	docs := documents()
	put(t, s, Items(0, corpus, 9)...)
	r := store.Request{Query: parse(t, "quad:4"), MinConfidence: 0.5}
	var got []string
	if err := s.Each(context.Background(), r, func(d *record.Document) error {
		if err := record.Validate(&record.Document{Article: d.Article, Actors: d.Actors, Places: d.Places}); err != nil {
			t.Error(err)
		}
		for _, e := range d.Events {
			got = append(got, d.Article.ID+"/"+e.ID)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	slices.Sort(got)
	if diff := cmp.Diff(expected(docs, r), got); diff != "" {
		t.Error(diff)
	}
}

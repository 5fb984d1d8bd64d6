package storetest

import (
	"context"
	"encoding/json"
	"errors"
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

// Run is the suite. open returns an empty store, which the suite closes.
func Run(t *testing.T, open func(t *testing.T) store.Store) {
	for name, f := range map[string]func(*testing.T, store.Store){
		"PutAndGet": putAndGet, "PutIsIdempotent": idempotent, "PutRefusesUnsoundDocuments": refuses, "OutcomesAndFailuresAreKept": outcomes,
		"RecodeKeepsHistory": recode, "ReplaceMovesTheArticle": replace, "CorrectionsSurviveRecoding": corrections, "BadCorrectionsAreRefused": badCorrections,
		"SearchFindsWhatTheDocumentsSay": search, "SearchPages": pages, "PayloadsAreInert": payloads, "TimelineCounts": timeline, "DyadSums": dyad,
		"FacetsAndPlacesCount": facets, "EachHoldsOnlyMatches": each, "Check": check,
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t)
			t.Cleanup(func() {
				if err := s.Close(); err != nil {
					t.Errorf("close: %v", err)
				}
			})
			f(t, s)
		})
	}
}

func put(t testing.TB, s store.Store, items ...store.Item) []store.Result {
	t.Helper()
	rs, err := s.Put(context.Background(), items, At)
	if err != nil {
		t.Fatalf("put: %v", err)
	}
	return rs
}

func get(t testing.TB, s store.Store, id string) *record.Document {
	t.Helper()
	d, err := s.Document(context.Background(), id)
	if err != nil {
		t.Fatalf("get %s: %v", id, err)
	}
	return d
}

// wire is the JSON of a document: what stores promise to give back.
func wire(t testing.TB, d *record.Document) string {
	t.Helper()
	b, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func putAndGet(t *testing.T, s store.Store) {
	items := Items(0, 12, 5)
	items[3].Document.Article.Text += " Zürich, 東京 and naïve façades."
	items[4].Document.Article.Published = nil
	for i, r := range put(t, s, items...) {
		if r != store.Added {
			t.Errorf("item %d: %s, want added", i, r)
		}
	}
	for _, it := range items {
		got := get(t, s, it.Document.Article.ID)
		if diff := cmp.Diff(wire(t, it.Document), wire(t, got)); diff != "" {
			t.Fatalf("document differs:\n%s", diff)
		}
		if err := record.Validate(got); err != nil {
			t.Error(err)
		}
	}
	if _, err := s.Document(context.Background(), "none"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("unknown article: %v, want ErrNotFound", err)
	}
	if rs, err := s.Put(context.Background(), nil, At); err != nil || len(rs) != 0 {
		t.Errorf("put of nothing: %v, %v", rs, err)
	}
}

func idempotent(t *testing.T, s store.Store) {
	items := Items(0, 4, 2)
	put(t, s, items...)
	before, err := s.Stats(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range put(t, s, append(Items(0, 4, 2), items[0])...) {
		if r != store.Unchanged {
			t.Errorf("again: %s, want unchanged", r)
		}
	}
	after, err := s.Stats(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	before.Bytes, after.Bytes = 0, 0
	if diff := cmp.Diff(before, after); diff != "" || after.Articles != 4 || after.Events != 12 {
		t.Errorf("%s\n%+v", diff, after)
	}
	ref := func(d *record.Document) store.Ref { return store.Ref{ID: d.Article.ID, Hash: store.HashOf(&d.Article)} }
	changed := Document(1, 2)
	changed.Article.Text += " More."
	got, err := s.Coded(context.Background(), []store.Ref{ref(items[0].Document), ref(changed), {ID: "none"}}, First)
	if err != nil || !slices.Equal(got, []bool{true, false, false}) {
		t.Errorf("Coded = %v, %v", got, err)
	}
	if got, err := s.Coded(context.Background(), []store.Ref{ref(items[0].Document)}, Second); err != nil || got[0] {
		t.Errorf("Coded by another coder = %v, %v", got, err)
	}
}

func refuses(t *testing.T, s store.Store) {
	items := Items(0, 2, 2)
	items[1].Document.Events[0].Trigger.Text = "wrong"
	if _, err := s.Put(context.Background(), items, At); err == nil {
		t.Fatal("a span that does not slice was stored")
	}
	if _, err := s.Document(context.Background(), items[0].Document.Article.ID); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("half a batch was stored: %v", err)
	}
	twice := Items(0, 2, 2)
	twice[1].Document.Article.ID = twice[0].Document.Article.ID
	if _, err := s.Put(context.Background(), twice, At); err == nil {
		t.Error("two articles of one id were stored")
	}
}

func outcomes(t *testing.T, s store.Store) {
	d := Document(0, 1)
	d.Outcome = &record.Outcome{Stage: "language", Code: "unsupported-language", Reason: "written in fr"}
	d.Events, d.Statements, d.Claims, d.Actors, d.Places, d.Times = nil, nil, nil, nil, nil, nil
	put(t, s, store.Item{Document: d})
	f := store.Failure{Name: "b.bin", Stage: "ingest", Code: "unreadable", Reason: "binary", At: At}
	for range 2 {
		if err := s.Fail(context.Background(), []store.Failure{f}); err != nil {
			t.Fatal(err)
		}
	}
	st, err := s.Stats(context.Background())
	if err != nil || st.Outcomes != 1 || st.Failures != 1 || st.Articles != 1 {
		t.Errorf("stats = %+v, %v", st, err)
	}
	if got := get(t, s, d.Article.ID); got.Outcome == nil || got.Outcome.Code != "unsupported-language" {
		t.Errorf("outcome = %+v", got.Outcome)
	}
}

// recoded is document i as another coder sees it: the first event is gone, the
// second has another type and id, a new one is added.
func recoded(i int) *record.Document {
	d := Document(i, 2)
	d.Coder = Second
	gone := d.Events[0]
	d.Events = d.Events[1:]
	d.Events[0].ID, d.Events[0].Type = "e1", "AID"
	gone.ID, gone.Trigger = "e9", d.Events[1].Why.Evidence[1]
	gone.Mentions[0].Trigger = gone.Trigger
	d.Events = append(d.Events, gone)
	return d
}

func recode(t *testing.T, s store.Store) {
	ctx := context.Background()
	first := Document(0, 2)
	put(t, s, store.Item{Document: first}, Item(1, 2))
	log, err := s.Changes(ctx, 0, 100)
	if err != nil || len(log) != 2 {
		t.Fatalf("log = %+v, %v; want two additions", log, err)
	}
	same := Document(1, 2)
	same.Coder = Second
	rs := put(t, s, store.Item{Document: recoded(0)}, store.Item{Document: same})
	if rs[0] != store.Recoded || rs[1] != store.Recoded {
		t.Fatalf("results = %v", rs)
	}
	if diff := cmp.Diff(wire(t, recoded(0)), wire(t, get(t, s, first.Article.ID))); diff != "" {
		t.Error(diff)
	}
	log, err = s.Changes(ctx, log[1].Seq, 100)
	var ops []string
	for _, c := range log {
		ops = append(ops, c.Article+"/"+c.Record+" "+c.Op)
	}
	want := []string{"doc0000000/e1 edit", "doc0000000/e9 add", "doc0000000/e1 delete"}
	if err != nil || !slices.Equal(ops, want) {
		t.Errorf("log = %q, %v; want %q", ops, err, want)
	}
	runs, err := s.Runs(ctx)
	if err != nil || len(runs) != 2 || runs[0].Before != 2 || runs[1].Articles != 2 || runs[1].Coder != Second {
		t.Fatalf("runs = %+v, %v", runs, err)
	}
	for run, want := range map[int]*record.Document{runs[0].ID: first, runs[1].ID: recoded(0)} {
		got, err := s.DocumentOf(ctx, first.Article.ID, run)
		if err != nil || wire(t, got) != wire(t, want) {
			t.Errorf("document of run %d differs (%v)", run, err)
		}
	}
	got, err := s.DocumentOf(ctx, same.Article.ID, runs[0].ID)
	if err != nil || wire(t, got) != wire(t, Document(1, 2)) {
		t.Errorf("unchanged document of the first run differs (%v)", err)
	}
	var shared []string
	if err := s.Shared(ctx, runs[0].ID, runs[1].ID, func(id string) error { shared = append(shared, id); return nil }); err != nil || len(shared) != 2 {
		t.Errorf("shared = %v, %v", shared, err)
	}
	sound(t, s)
}

func replace(t *testing.T, s store.Store) {
	d := Document(0, 2)
	put(t, s, store.Item{Document: d})
	d = Document(0, 2)
	d.Article.Published = record.Ptr("2020-02-29")
	d.Article.Text += " Correction: zyzzyva."
	if rs := put(t, s, store.Item{Document: d}); rs[0] != store.Replaced {
		t.Fatalf("result = %s", rs[0])
	}
	if wire(t, get(t, s, d.Article.ID)) != wire(t, d) {
		t.Error("the new text does not read back")
	}
	if n := len(find(t, s, store.Request{Query: parse(t, "zyzzyva until:2020-03"), Kind: query.Article})); n != 1 {
		t.Errorf("%d articles found by the new words and date, want 1", n)
	}
	sound(t, s)
}

func corrections(t *testing.T, s store.Store) {
	ctx := context.Background()
	d := Document(0, 2)
	put(t, s, store.Item{Document: d})
	id := d.Article.ID
	correct := func(rec, action, patch string) {
		t.Helper()
		c := store.Correction{Article: id, Record: rec, Action: action, Author: "ana", Reason: "read it", At: At}
		if patch != "" {
			c.Patch = []byte(patch)
		}
		if err := s.Correct(ctx, c); err != nil {
			t.Fatalf("correct %s: %v", rec, err)
		}
	}
	correct("e2", store.Reject, "")
	correct("e3", store.Edit, `{"type":"AGREE","status":"negated"}`)
	correct("s1", store.Accept, "")
	see := func(what string, id2, id3 string) {
		t.Helper()
		got := get(t, s, id)
		by := map[string]record.Event{}
		for _, e := range got.Events {
			by[e.ID] = e
		}
		if by[id2].Review != store.Rejected || by[id3].Review != store.Edited || by[id3].Type != "AGREE" || by[id3].Status != record.Negated || got.Statements[0].Review != store.Accepted {
			t.Errorf("%s: %s %q, %s %q %s, statement %q", what, id2, by[id2].Review, id3, by[id3].Review, by[id3].Type, got.Statements[0].Review)
		}
		for _, h := range find(t, s, store.Request{All: false, Query: parse(t, "status:any")}) {
			if strings.HasSuffix(h, "/"+id2) {
				t.Errorf("%s: the rejected event is listed", what)
			}
		}
		if h := find(t, s, store.Request{Query: parse(t, "review:rejected")}); !slices.Equal(h, []string{id + "/" + id2}) {
			t.Errorf("%s: review:rejected = %v", what, h)
		}
		if h := find(t, s, store.Request{Query: parse(t, "event:AGREE status:negated review:edited")}); !slices.Equal(h, []string{id + "/" + id3}) {
			t.Errorf("%s: edited event = %v", what, h)
		}
		sound(t, s)
	}
	see("at once", "e2", "e3")
	again := Document(0, 2)
	again.Coder = Second
	again.Events = again.Events[1:] // the others keep their words and get other ids
	for i := range again.Events {
		again.Events[i].ID = fmt.Sprintf("e%d", i+1)
	}
	put(t, s, store.Item{Document: again})
	see("recoded", "e1", "e2")
	cs, err := s.Corrections(ctx, id)
	if err != nil || len(cs) != 3 || cs[0].Author != "ana" || !cs[0].At.Equal(At) || string(cs[1].Patch) != `{"type":"AGREE","status":"negated"}` {
		t.Errorf("corrections = %+v, %v", cs, err)
	}
	correct("e1", store.Accept, "")
	if got := get(t, s, id); got.Events[0].Review != store.Accepted {
		t.Errorf("the later word does not win: %q", got.Events[0].Review)
	}
}

func badCorrections(t *testing.T, s store.Store) {
	d := Document(0, 2)
	put(t, s, store.Item{Document: d})
	for name, c := range map[string]store.Correction{
		"unknown article": {Article: "x", Record: "e1", Action: store.Accept},
		"unknown record":  {Article: d.Article.ID, Record: "e99", Action: store.Accept},
		"unknown action":  {Article: d.Article.ID, Record: "e1", Action: "praise"},
		"not JSON":        {Article: d.Article.ID, Record: "e1", Action: store.Edit, Patch: []byte("{")},
		"unknown field":   {Article: d.Article.ID, Record: "e1", Action: store.Edit, Patch: []byte(`{"colour":"red"}`)},
		"another id":      {Article: d.Article.ID, Record: "e1", Action: store.Edit, Patch: []byte(`{"id":"e7"}`)},
		"no such actor":   {Article: d.Article.ID, Record: "e1", Action: store.Edit, Patch: []byte(`{"actors":["a99"]}`)},
		"wrong words":     {Article: d.Article.ID, Record: "e1", Action: store.Edit, Patch: []byte(`{"trigger":{"start":0,"end":3,"text":"qqq"}}`)},
		"wrong type":      {Article: d.Article.ID, Record: "e1", Action: store.Edit, Patch: []byte(`{"quad":"two"}`)},
	} {
		if err := s.Correct(context.Background(), c); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	if wire(t, get(t, s, d.Article.ID)) != wire(t, d) {
		t.Error("a refused correction changed the document")
	}
}

func parse(t testing.TB, s string) *query.Query {
	t.Helper()
	q, err := query.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

// find returns all that a request finds, as ARTICLE/RECORD.
func find(t testing.TB, s store.Store, r store.Request) []string {
	t.Helper()
	var out []string
	for {
		p, err := s.Search(context.Background(), r)
		if err != nil {
			t.Fatalf("search %s: %v", r.Query, err)
		}
		for _, h := range p.Hits {
			name := h.Document.Article.ID
			if h.Record != "" {
				name += "/" + h.Record
			}
			out = append(out, name)
		}
		if p.Next == "" {
			return out
		}
		r.Cursor = p.Next
	}
}

func sound(t testing.TB, s store.Store) {
	t.Helper()
	faults, err := s.Check(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range faults {
		t.Errorf("check: %s", f)
	}
}

func pages(t *testing.T, s store.Store) {
	put(t, s, Items(0, 40, 7)...)
	all := find(t, s, store.Request{All: true, Limit: 1000})
	if len(all) != 120 {
		t.Fatalf("%d events, want 120", len(all))
	}
	for _, n := range []int{1, 7, 120} {
		if got := find(t, s, store.Request{All: true, Limit: n}); !slices.Equal(got, all) {
			t.Errorf("pages of %d differ from one page", n)
		}
	}
	days := map[string]string{}
	for i := range 40 {
		d := Document(i, 7)
		days[d.Article.ID] = *d.Article.Published
	}
	for i := 1; i < len(all); i++ {
		a, _, _ := strings.Cut(all[i-1], "/")
		b, _, _ := strings.Cut(all[i], "/")
		if days[a] < days[b] {
			t.Fatalf("%s (%s) stands before %s (%s)", a, days[a], b, days[b])
		}
	}
	if _, err := s.Search(context.Background(), store.Request{Cursor: "%%%"}); err == nil {
		t.Error("a broken cursor is accepted")
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := s.Search(ctx, store.Request{}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled search: %v", err)
	}
}

func payloads(t *testing.T, s store.Store) {
	put(t, s, Items(0, 3, 2)...)
	for _, p := range []string{`'; DROP TABLE article; --`, `") OR 1=1 --`, `a" OR "b`, `NEAR(a b)`, `title:x`, `*`, `a*`, `^a`, "a\x00b", `{a}`, `%`, `_`, `\`, `=cmd|' /C calc'!A0`, `<script>alert(1)</script>`} {
		fields := []query.Expr{query.Text{Words: p}, query.Near{Distance: 3, Words: []string{p, "x"}}, query.Repeat{Times: 1, Word: p}}
		for _, f := range []string{"actor", "recipient", "speaker", "about", "according_to", "event", "cameo", "mode", "context", "theme", "place", "outlet", "domain", "sourcecountry", "sourcelang", "genre", "story", "polarity", "status", "review"} {
			fields = append(fields, query.Field{Name: f, Value: p})
		}
		for _, e := range fields {
			for _, k := range []query.Kind{query.Event, query.Statement, query.Article, query.Claim} {
				if _, err := s.Search(context.Background(), store.Request{Query: &query.Query{Expr: e}, Kind: k}); err != nil {
					t.Errorf("%s %s: %v", k, e, err)
				}
			}
		}
	}
	if n := len(find(t, s, store.Request{Kind: query.Article})); n != 3 {
		t.Errorf("%d articles left, want 3", n)
	}
}

func check(t *testing.T, s store.Store) {
	put(t, s, Items(0, 20, 5)...)
	sound(t, s)
	n := 0
	since := query.Day(time.Date(2025, 1, 3, 0, 0, 0, 0, time.UTC))
	if err := s.Articles(context.Background(), &since, func(string, int) error { n++; return nil }); err != nil || n != 12 {
		t.Errorf("%d articles since the third day, %v; want 12", n, err)
	}
}

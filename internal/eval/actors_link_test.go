package eval

import (
	"os"
	"strings"
	"testing"

	"casus/internal/article"
	"casus/internal/ground/kb"
	"casus/internal/record"
	"casus/internal/testkit"
)

func TestLinksProtocol(t *testing.T) {
	facts, err := kb.Open(nil)
	if err != nil {
		t.Fatal(err)
	}
	gold := `{"doc_id":"1","dct":"2020-01-01","text":"France sued Zorblax Inc. in Paris for Boeing.","entities":[
{"start":0,"end":6,"type":"LOC","syntactic":"NAM","ref":"http://dbpedia.org/page/France"},
{"start":12,"end":24,"type":"ORG","syntactic":"NAM","ref":"http://dbpedia.org/page/Zorblax"},
{"start":28,"end":33,"type":"LOC","syntactic":"NAM","ref":"http://dbpedia.org/page/Paris"},
{"start":38,"end":44,"type":"ORG","syntactic":"NAM","ref":"http://dbpedia.org/page/Boeing"},
{"start":7,"end":11,"type":"ORG","syntactic":"NOM","ref":"http://dbpedia.org/page/Boeing"}]}`
	code := func(*article.Article) *record.Document {
		return &record.Document{Actors: []record.Actor{
			{KB: record.Ptr("fra"), Mentions: []record.Mention{{Span: record.Span{Start: 0, End: 6}, Form: "name"}}},
			{Mentions: []record.Mention{{Span: record.Span{Start: 12, End: 24}, Form: "name"}}},
			{KB: record.Ptr("fra"), Mentions: []record.Mention{{Span: record.Span{Start: 28, End: 33}, Form: "name"}}},
		}}
	}
	r, err := Links(strings.NewReader(strings.ReplaceAll(gold, "\n", "")), code, facts)
	if err != nil {
		t.Fatal(err)
	}
	// France right; Zorblax rightly none; Paris is a town, not France; Boeing missed.
	if x := r.Rows[0]; *x.P != .5 || *x.R != .5 || x.N != 2 {
		t.Errorf("P %.2f R %.2f of %d, want .50 .50 of 2", *x.P, *x.R, x.N)
	}
	if x := r.Rows[1]; *x.Value != .5 || x.N != 4 {
		t.Errorf("%.2f of %d, want .50 of 4", *x.Value, x.N)
	}
}

// Names of the development half of MEANTIME, from 2004 to 2011, before most
// office-holders of the knowledge base.
func TestLinksFloor(t *testing.T) {
	f, err := os.Open(testkit.Shared(t, "data/actors/meantime_el.dev.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	facts, err := kb.Open(nil)
	if err != nil {
		t.Fatal(err)
	}
	p := newReader(t)
	r, err := Links(f, func(a *article.Article) *record.Document {
		d := p.read(a)
		_, _, actors := p.ac.Unite(d)
		return &record.Document{Actors: actors}
	}, facts)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := r.WriteTable(&b); err != nil {
		t.Fatal(err)
	}
	t.Log("\n" + b.String() + strings.Join(r.Errors, "\n"))
	if x := r.Rows[0]; *x.P < .92 || *x.R < .72 {
		t.Errorf("P %.3f R %.3f, want .92 and .72", *x.P, *x.R)
	}
}

package sqlite

import (
	"context"
	"flag"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"casus/internal/query"
	"casus/internal/store"
	"casus/internal/store/storetest"
)

var benchDocs = flag.Int("docs", 2000, "articles in the store that benchmarks search")

// putMany stores articles a hundred at a time.
func putMany(b *testing.B, s *Store, items []store.Item) {
	b.Helper()
	for c := range slices.Chunk(items, 100) {
		if _, err := s.Put(context.Background(), c, storetest.At); err != nil {
			b.Fatal(err)
		}
	}
}

func benchmarkPut(b *testing.B, o Options) {
	const n = 1000
	items := storetest.Items(0, n, 365)
	var size0 int64
	for b.Loop() {
		b.StopTimer()
		s := create(b, o)
		b.StartTimer()
		putMany(b, s, items)
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
		size0 = size(s.path)
	}
	b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds(), "articles/s")
	b.ReportMetric(float64(size0)/n, "bytes/article")
}

func BenchmarkPut(b *testing.B)     { benchmarkPut(b, Options{}) }
func BenchmarkPutBulk(b *testing.B) { benchmarkPut(b, Options{Bulk: true, CacheKiB: 256 << 10}) }

// BenchmarkRead asks a store of many articles. p95 is over all runs.
func BenchmarkRead(b *testing.B) {
	ctx := context.Background()
	path := filepath.Join(b.TempDir(), "bench.db")
	s, err := Open(ctx, path, Options{Create: true, Bulk: true, CacheKiB: 256 << 10, Now: storetest.At})
	if err != nil {
		b.Fatal(err)
	}
	start := time.Now()
	for i := 0; i < *benchDocs; i += 500 {
		putMany(b, s, storetest.Items(i, min(i+500, *benchDocs), 365))
	}
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
	b.Logf("%d articles loaded in %.1f s with making them, %.2f KB each", *benchDocs, time.Since(start).Seconds(), float64(size(path))/float64(*benchDocs)/1000)
	if s, err = Open(ctx, path, Options{ReadOnly: true}); err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	docs := storetest.Document(1, 365).Article.Text
	rare := docs[40:46]
	ask := func(q string) store.Request {
		p, err := query.Parse(q)
		if err != nil {
			b.Fatal(err)
		}
		return store.Request{Query: p, MinConfidence: 0.5}
	}
	search := func(r store.Request) func() error {
		return func() error { _, err := s.Search(ctx, r); return err }
	}
	best := ask("met attacked")
	best.Best, best.Kind = true, query.Article
	arts := ask(`"` + rare + `"`)
	arts.Kind = query.Article
	for _, c := range []struct {
		name string
		f    func() error
	}{
		{"newest", search(ask(""))},
		{"newest-words", search(ask("met attacked"))},
		{"rare-word", search(arts)},
		{"bm25-two-words", search(best)},
		{"common-actor", search(ask("actor:USA recipient:CHN event:ASSAULT"))},
		{"name", search(ask(`recipient:"Ana Lima" quad:4`))},
		{"place-and-word", search(ask("place:Tamba met"))},
		{"articles-with", search(ask("kind:article actor:RUS event:AID"))},
		{"dyad", func() error { _, err := s.Dyad(ctx, "USA", "CHN", ask("")); return err }},
		{"timeline-all", func() error { _, err := s.Timeline(ctx, ask("")); return err }},
		{"timeline-actor", func() error { _, err := s.Timeline(ctx, ask("actor:USA")); return err }},
		{"facets-all", func() error { _, err := s.Facets(ctx, ask(""), 10); return err }},
		{"document", func() error { _, err := s.Document(ctx, "doc0000042"); return err }},
	} {
		b.Run(c.name, func(b *testing.B) {
			var took []time.Duration
			for b.Loop() {
				t := time.Now()
				if err := c.f(); err != nil {
					b.Fatal(err)
				}
				took = append(took, time.Since(t))
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "p95-ms")
		})
	}
}

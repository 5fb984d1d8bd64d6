//go:build unix

package encoder

import (
	"encoding/json"
	"os"
	"syscall"
	"testing"
	"time"

	"github.com/ulikunitz/xz"

	"casus/internal/article"
	"casus/internal/doc"
	"casus/internal/lang/token"
	"casus/internal/testkit"
)

// rawNews returns n articles of the development data, cut into tokens.
func rawNews(t testing.TB, n int) []*doc.Doc {
	f, err := os.Open(testkit.Shared(t, "data/language/allsides.jsonl.xz"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := xz.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	splitter, err := token.Default()
	if err != nil {
		t.Fatal(err)
	}
	docs := make([]*doc.Doc, n)
	dec := json.NewDecoder(z)
	for i := range docs {
		var a struct{ Title, Text string }
		if err := dec.Decode(&a); err != nil {
			t.Fatal(err)
		}
		d := doc.New(&article.Article{Title: a.Title, Text: a.Text})
		d.Blocks, d.Sentences, d.Tokens = splitter.Split(d)
		docs[i] = d
	}
	return docs
}

// cpuTime returns the processor time that the process has used: on a busy
// machine it measures what the clock on the wall cannot.
func cpuTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkAnnotate reports words per second of processor time (with -cpu 1: on
// one core), the collector's share included, over articles each of which comes
// once in many: some words are always new to the cache.
func BenchmarkAnnotate(b *testing.B) {
	docs, m := rawNews(b, 400), defaultModel(b)
	words, start := 0, cpuTime()
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		d := docs[i%len(docs)]
		m.Annotate(d)
		words += len(d.Tokens)
	}
	b.ReportMetric(float64(words)/(cpuTime()-start).Seconds(), "words/s")
	b.ReportMetric(float64(words)/float64(b.N), "words/doc")
}

// BenchmarkAnnotateParallel does the same on all cores.
func BenchmarkAnnotateParallel(b *testing.B) {
	docs, m := rawNews(b, 400), defaultModel(b)
	words := make(chan int, 1024)
	b.RunParallel(func(pb *testing.PB) {
		n := 0
		for i := 0; pb.Next(); i++ {
			d := docs[i%len(docs)]
			m.Annotate(d)
			n += len(d.Tokens)
		}
		words <- n
	})
	close(words)
	sum := 0
	for n := range words {
		sum += n
	}
	b.ReportMetric(float64(sum)/b.Elapsed().Seconds(), "words/s")
}

package engine

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"testing"
	"time"

	"casus/internal/article"
	"casus/internal/ingest"
	"casus/internal/record"
)

func items(n int) iter.Seq[ingest.Item] {
	return func(yield func(ingest.Item) bool) {
		for i := range n {
			it := ingest.Item{Name: fmt.Sprint(i), Article: &article.Article{ID: fmt.Sprint(i)}}
			if i%10 == 3 {
				it = ingest.Item{Name: fmt.Sprint(i), Err: errors.New("bad")}
			}
			if !yield(it) {
				return
			}
		}
	}
}

func TestRunKeepsTheOrder(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	delays := make([]time.Duration, 200)
	for i := range delays {
		delays[i] = time.Duration(rng.IntN(200)) * time.Microsecond
	}
	for _, workers := range []int{1, 8} {
		next, bad := 0, 0
		err := Run(t.Context(), items(200), workers, func(a *article.Article) *record.Document {
			var i int
			fmt.Sscan(a.ID, &i)
			time.Sleep(delays[i])
			return &record.Document{Article: record.Article{ID: a.ID}}
		}, func(r Result) error {
			if r.Name != fmt.Sprint(next) {
				t.Fatalf("%d workers: result %s came at place %d", workers, r.Name, next)
			}
			next++
			if r.Err != nil {
				bad++
			}
			return nil
		})
		if err != nil || next != 200 || bad != 20 {
			t.Errorf("%d workers: %d results, %d bad, %v", workers, next, bad, err)
		}
	}
}

func TestRunStopsWhenEmitFails(t *testing.T) {
	full := errors.New("disk full")
	n := 0
	err := Run(t.Context(), items(1000), 4, func(*article.Article) *record.Document { return &record.Document{} }, func(Result) error {
		if n++; n == 5 {
			return full
		}
		return nil
	})
	if !errors.Is(err, full) || n != 5 {
		t.Errorf("err = %v after %d results", err, n)
	}
}

func TestRunStopsWhenCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	err := Run(ctx, items(1000), 2, func(*article.Article) *record.Document { return &record.Document{} }, func(Result) error {
		cancel()
		return nil
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("err = %v", err)
	}
}

// Package engine codes many articles with several workers and hands the results
// on in the order of the input. At most a few articles per worker are held in
// memory at a time, however long the input is.
package engine

import (
	"context"
	"iter"
	"sync"

	"casus/internal/article"
	"casus/internal/ingest"
	"casus/internal/record"
)

// A Result is what became of one item: a document, or an error.
type Result struct {
	Name     string
	Document *record.Document
	Err      error
}

// window is how many articles per worker may wait for a slower one before them.
const window = 4

// Run codes the items and calls emit for each result in order. It stops at the
// first error of emit, or when ctx is done, and returns that error.
func Run(ctx context.Context, items iter.Seq[ingest.Item], workers int, code func(*article.Article) *record.Document, emit func(Result) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	workers = max(1, workers)
	type job struct {
		item ingest.Item
		done chan Result
	}
	jobs := make(chan job)
	order := make(chan chan Result, workers*window)
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for j := range jobs {
				r := Result{Name: j.item.Name, Err: j.item.Err}
				if r.Err == nil {
					r.Document = code(j.item.Article)
				}
				j.done <- r
			}
		})
	}
	wg.Go(func() {
		defer close(order)
		defer close(jobs)
		for it := range items {
			done := make(chan Result, 1)
			select {
			case order <- done:
			case <-ctx.Done():
				return
			}
			select {
			case jobs <- job{it, done}:
			case <-ctx.Done():
				return
			}
		}
	})
	err := drain(ctx, order, emit)
	cancel()
	for range order { // lets the feeder see that ctx is done
	}
	wg.Wait()
	return err
}

func drain(ctx context.Context, order <-chan chan Result, emit func(Result) error) error {
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case done, ok := <-order:
			if !ok {
				return nil
			}
			select {
			case r := <-done:
				if err := emit(r); err != nil {
					return err
				}
			case <-ctx.Done():
				return ctx.Err()
			}
		}
	}
}

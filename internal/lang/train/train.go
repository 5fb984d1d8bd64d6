// Package train makes the language model that lang/encoder reads with.
//
// It reads treebanks and files of names, draws sentences from them, and trains
// the network of lang/encoder in float32 on the processor. What must hold:
//
//   - The same data, configuration and seed give the same model file, byte for
//     byte, with one worker or with two: every batch is cut into two halves
//     whose gradients are added in a fixed order, and every drop of chance comes
//     from the seed, the step and the half. (Between processors with and without
//     AVX2 the last bits of the products differ, and so do the files.)
//   - The scores it prints are those of the file it writes: each evaluation
//     rounds the weights to what the file holds and reads with lang/encoder.
//   - Nothing is trained on development files, nor on texts that may not be
//     shipped: [sources] says what is read and what is left out.
package train

import (
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"time"

	"casus/internal/lang/encoder"
)

// A Config says what to train. Zero fields take the values of the shipped model.
type Config struct {
	Data    string // folder of the training data
	Raw     int    // words of unlabelled text read first; negative: none
	Epochs  int
	Hidden  int // units of an LSTM direction
	Batch   int // words of a batch
	Rate    float64
	Seed    uint64
	Workers int // 1 or 2; the result is the same
	Every   int // epochs between two evaluations
	Log     io.Writer
	// Licensed leaves out the files of names whose licence is not stated.
	Licensed bool
}

func (c *Config) defaults() {
	or := func(x *int, v int) {
		if *x == 0 {
			*x = v
		}
	}
	or(&c.Raw, 12_000_000)
	or(&c.Epochs, 24)
	or(&c.Hidden, 176)
	or(&c.Batch, 800)
	or(&c.Workers, 2)
	or(&c.Every, 2)
	if c.Rate == 0 {
		c.Rate = 3e-3
	}
	if c.Seed == 0 {
		c.Seed = 1
	}
	if c.Log == nil {
		c.Log = io.Discard
	}
}

// Write trains a model and writes its file, anew after each evaluation.
func Write(c Config, path string) error {
	c.defaults()
	data, err := load(c)
	if err != nil {
		return err
	}
	return run(c, data, func(model []byte) error {
		if err := os.WriteFile(path, model, 0o644); err != nil {
			return fmt.Errorf("write language model: %w", err)
		}
		return nil
	})
}

// warmup is the number of steps in which the rate rises to its full value;
// from there it falls in a line to lowest times that.
const (
	warmup = 200
	lowest = 0.01
)

func rateAt(c *Config, step, total int) float64 {
	if step <= warmup {
		return c.Rate * float64(step) / warmup
	}
	left := 1 - float64(step-warmup)/float64(max(total-warmup, 1))
	return c.Rate * max(left, lowest)
}

// run trains and gives the model file to keep after each evaluation, the last
// time at the end.
func run(c Config, data *corpus, keep func(model []byte) error) error {
	net := newNetwork(&c, data, rand.New(rand.NewPCG(c.Seed, 0)))
	r := &runner{c: &c, data: data, trainer: newTrainer(&c, net), start: time.Now()}
	fmt.Fprintf(c.Log, "%s\n%d dense weights\n", data, net.size())
	if data.raw != nil {
		if err := r.readRaw(); err != nil {
			return err
		}
	}
	return r.learn(keep)
}

// A runner is one run of training.
type runner struct {
	c       *Config
	data    *corpus
	trainer *trainer
	steps   int // done, over both parts
	start   time.Time
}

// rawParts is the number of parts of the unlabelled text between which progress
// is told.
const rawParts = 10

// readRaw goes once over the unlabelled text.
func (r *runner) readRaw() error {
	n := len(r.data.raw.sentences)
	done, total := 0, r.data.raw.words/(rawBatch*r.c.Batch)
	for part := range rawParts {
		batches := r.data.rawBatches(r.c, part*n/rawParts, (part+1)*n/rawParts)
		if err := r.pass(batches, &done, total, fmt.Sprintf("unlabelled text %d/%d", part+1, rawParts)); err != nil {
			return err
		}
	}
	return nil
}

// learn goes over the labelled text.
func (r *runner) learn(keep func(model []byte) error) error {
	done, total := 0, len(r.data.epoch(r.c, 0))*r.c.Epochs
	for e := range r.c.Epochs {
		if err := r.pass(r.data.epoch(r.c, e), &done, total, fmt.Sprintf("epoch %d", e+1)); err != nil {
			return err
		}
		if (e+1)%r.c.Every == 0 || e+1 == r.c.Epochs {
			if err := r.evaluate(keep); err != nil {
				return err
			}
		}
	}
	return nil
}

// evaluate rounds the network to a model file, measures and keeps it.
func (r *runner) evaluate(keep func(model []byte) error) error {
	model, err := r.trainer.net.weights().Encode()
	if err != nil {
		return err
	}
	m, err := encoder.Load(model)
	if err != nil {
		return err
	}
	for _, line := range r.data.evaluate(m) {
		fmt.Fprintln(r.c.Log, "  "+line)
	}
	return keep(model)
}

// pass takes a step for every batch; done and total say how far the part of the
// training is.
func (r *runner) pass(batches []batch, done *int, total int, name string) error {
	var sum epochLoss
	for _, b := range batches {
		*done++
		r.steps++
		sum.add(r.trainer.step(b, r.steps, float32(rateAt(r.c, *done, total))))
	}
	fmt.Fprintf(r.c.Log, "%s: %s, %s\n", name, &sum, time.Since(r.start).Round(time.Second))
	if sum.broken() {
		return fmt.Errorf("train language model: the loss is no number after %s: lower the rate", name)
	}
	return nil
}

// epochLoss sums what the steps of an epoch report, apart for trees and names.
type epochLoss struct{ tree, names, treeWords, nameWords float64 }

func (e *epochLoss) add(l loss) {
	if l.tree {
		e.tree, e.treeWords = e.tree+l.sum, e.treeWords+float64(l.words)
	} else {
		e.names, e.nameWords = e.names+l.sum, e.nameWords+float64(l.words)
	}
}

func (e *epochLoss) broken() bool { return math.IsNaN(e.tree) || math.IsNaN(e.names) }

func (e *epochLoss) String() string {
	return fmt.Sprintf("loss %.3f trees %.4f names", e.tree/max(e.treeWords, 1), e.names/max(e.nameWords, 1))
}

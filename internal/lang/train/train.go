// Package train makes the language model that lang/encoder reads with.
//
// It reads treebanks and files of names, draws sentences from them, and trains
// the network of lang/encoder in float32 on the processor. What must hold:
//
//   - The same data, configuration and seed give the same model file, byte for
//     byte, with one worker or with two: every batch is cut into two halves
//     whose gradients are added in a fixed order, and every drop of chance comes
//     from the seed, the step and the half.
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
	Epochs  int
	Hidden  int // units of an LSTM direction
	Batch   int // words of a batch
	Rate    float64
	Seed    uint64
	Workers int // 1 or 2; the result is the same
	Every   int // epochs between two evaluations
	Log     io.Writer
	Names   bool // leave out the files of names whose licence is not stated
}

func (c *Config) defaults() {
	or := func(x *int, v int) {
		if *x == 0 {
			*x = v
		}
	}
	or(&c.Epochs, 24)
	or(&c.Hidden, 160)
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

// Run trains a model and returns its file.
func Run(c Config) ([]byte, error) {
	c.defaults()
	data, err := load(c)
	if err != nil {
		return nil, err
	}
	return run(c, data)
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

func run(c Config, data *corpus) ([]byte, error) {
	net := newNetwork(&c, data, rand.New(rand.NewPCG(c.Seed, 0)))
	t := newTrainer(&c, net)
	fmt.Fprintf(c.Log, "%s\n%d dense weights\n", data, net.size())
	perEpoch := len(data.epoch(&c, 0))
	total := perEpoch * c.Epochs
	start := time.Now()
	var model []byte
	for e := range c.Epochs {
		var sum epochLoss
		for i, b := range data.epoch(&c, e) {
			step := e*perEpoch + i + 1
			sum.add(t.step(b, step, float32(rateAt(&c, step, total))))
		}
		fmt.Fprintf(c.Log, "epoch %d: %s, %s\n", e+1, &sum, time.Since(start).Round(time.Second))
		if sum.broken() {
			return nil, fmt.Errorf("train language model: the loss is no number in epoch %d: lower the rate", e+1)
		}
		if (e+1)%c.Every != 0 && e+1 != c.Epochs {
			continue
		}
		var err error
		if model, err = net.weights().Encode(); err != nil {
			return nil, err
		}
		m, err := encoder.Load(model)
		if err != nil {
			return nil, err
		}
		for _, line := range data.evaluate(m) {
			fmt.Fprintln(c.Log, "  "+line)
		}
	}
	return model, nil
}

// Write trains a model and writes its file.
func Write(c Config, path string) error {
	model, err := Run(c)
	if err != nil {
		return err
	}
	if err := os.WriteFile(path, model, 0o644); err != nil {
		return fmt.Errorf("write language model: %w", err)
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

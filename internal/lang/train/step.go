package train

import (
	"math"
	"math/rand/v2"
	"sync"

	"casus/internal/lang/nn"
)

// A trainer runs steps: each half of a batch goes through its own worker, then
// the gradients are added and the weights move.
type trainer struct {
	net     *network
	workers [2]*worker
	seed    uint64
	serial  bool
}

func newTrainer(c *Config, n *network) *trainer {
	t := &trainer{net: n, seed: c.Seed, serial: c.Workers < 2}
	for i := range t.workers {
		t.workers[i] = &worker{net: n, grad: newGradient(n)}
	}
	return t
}

// A loss is what one step measured.
type loss struct {
	sum   float64
	words int
	tree  bool
}

const (
	beta1 = 0.9
	beta2 = 0.95
	// clip is the greatest length of the gradient of the dense weights.
	clip = 5
)

func (t *trainer) step(b batch, step int, rate float32) loss {
	t.both(func(i int) {
		w := t.workers[i]
		w.rng = rand.New(rand.NewPCG(t.seed, uint64(step)<<1|uint64(i)))
		w.drops = labelDrops
		if b.set == &t.net.corpus.rawSet {
			w.drops = rawDrops
		}
		w.grad.reset()
		w.loss = w.run(b.set, b.half[i])
	})
	g, other := t.workers[0].grad, t.workers[1].grad
	norms := make([]float64, len(g.params))
	t.both(func(i int) {
		for p := i; p < len(g.params); p += 2 {
			norms[p] = addInto(g.params[p], other.params[p])
		}
		for k := 1 + i; k < len(g.tables); k += 2 {
			g.tables[k].Merge(other.tables[k])
		}
	})
	scale := 1 / float32(b.words)
	sum := 0.0
	for _, n := range norms {
		sum += n
	}
	if length := float32(math.Sqrt(sum)) * scale; length > clip {
		scale *= clip / length
	}
	adam := nn.Adam{Rate: rate, Beta1: beta1, Beta2: beta2, Step: step}
	t.both(func(i int) {
		for p := i; p < len(g.params); p += 2 {
			t.net.params[p].Update(adam, g.params[p], scale)
		}
		for k := 1 + i; k < len(g.tables); k += 2 {
			t.net.tables[k].Update(adam, g.tables[k], scale)
		}
	})
	return loss{sum: t.workers[0].loss + t.workers[1].loss, words: b.words, tree: b.set.kinds == nil}
}

// both calls f(0) and f(1), at once when there are two workers. The calls share
// nothing that either writes.
func (t *trainer) both(f func(i int)) {
	if t.serial {
		f(0)
		f(1)
		return
	}
	var wg sync.WaitGroup
	wg.Go(func() { f(1) })
	f(0)
	wg.Wait()
}

// addInto adds y to x and returns the sum of the squares.
func addInto(x, y []float32) float64 {
	sum := 0.0
	for i, v := range y {
		x[i] += v
		sum += float64(x[i]) * float64(x[i])
	}
	return sum
}

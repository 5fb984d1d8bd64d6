package train

import (
	"math/rand/v2"
	"slices"

	"casus/internal/lang/encoder"
	"casus/internal/lang/nn"
)

// Widths of the vectors from which arcs and relations are read.
const (
	arcWidth = 128
	relWidth = 96
	mlpWidth = 2*arcWidth + 2*relWidth
)

// A network is the model in training; see lang/encoder for what it computes.
type network struct {
	hidden  int
	corpus  *corpus
	tables  []*nn.Table // the first, of pretrained vectors, is not trained
	lstm    [4]*nn.LSTM
	mlp     linear
	product linear // arcWidth × arcWidth
	root    *nn.Param
	rel     linear
	heads   []linear // parallel to labels.heads
	params  []*nn.Param
}

// A linear is a product and its bias; at is the place of its weights in
// network.params, and its bias follows.
type linear struct {
	w, b *nn.Param
	at   int
}

const tableSpread = 0.1

func newNetwork(c *Config, d *corpus, rng *rand.Rand) *network {
	n := &network{hidden: c.Hidden, corpus: d}
	for i, s := range encoder.InputSpecs {
		rows := s.Rows
		switch i {
		case 0:
			t := nn.NewTable(len(d.news.words)+1, s.Dim, 0, rng)
			copy(t.W[s.Dim:], d.news.rows)
			n.tables = append(n.tables, t)
			continue
		case 1:
			rows = len(d.words) + 1
		}
		n.tables = append(n.tables, nn.NewTable(rows, s.Dim, tableSpread, rng))
	}
	h := c.Hidden
	for i, width := range [4]int{encoder.InputWidth, encoder.InputWidth, 2 * h, 2 * h} {
		l := nn.NewLSTM(width, h, i%2 == 1, rng)
		n.lstm[i] = l
		n.params = append(n.params, l.Input, l.State, l.Bias)
	}
	n.mlp = n.linear(2*h, mlpWidth, rng)
	n.product = n.linear(arcWidth, arcWidth, rng)
	n.rel = n.linear(3*relWidth, nn.Pad(len(d.labels.rels)), rng)
	for _, hd := range d.labels.heads {
		n.heads = append(n.heads, n.linear(2*h, nn.Pad(len(hd.labels)), rng))
	}
	n.root = nn.NewParam(1, arcWidth, tableSpread, rng)
	n.params = append(n.params, n.root)
	return n
}

func (n *network) linear(k, width int, rng *rand.Rand) linear {
	l := linear{w: nn.NewParam(k, width, nn.Glorot(k, width), rng), b: nn.NewParam(1, width, 0, rng), at: len(n.params)}
	n.params = append(n.params, l.w, l.b)
	return l
}

// size returns the number of dense weights.
func (n *network) size() int {
	sum := 0
	for _, p := range n.params {
		sum += len(p.W)
	}
	return sum
}

// A gradient is that of all weights of a network.
type gradient struct {
	params [][]float32 // parallel to network.params
	tables []*nn.TableGrad
}

func newGradient(n *network) *gradient {
	g := &gradient{}
	for _, p := range n.params {
		g.params = append(g.params, make([]float32, len(p.W)))
	}
	for _, t := range n.tables {
		g.tables = append(g.tables, nn.NewTableGrad(t))
	}
	return g
}

func (g *gradient) reset() {
	for _, p := range g.params {
		clear(p)
	}
	for _, t := range g.tables {
		t.Reset()
	}
}

func (g *gradient) lstm(i int) nn.LSTMGrad {
	return nn.LSTMGrad{Input: g.params[3*i], State: g.params[3*i+1], Bias: g.params[3*i+2]}
}

func (g *gradient) root() []float32 { return g.params[len(g.params)-1] }

// forward computes y = x·w + b.
func (l linear) forward(rows int, x []float32, ldx int, y []float32) {
	for r := range rows {
		copy(y[r*l.w.N:(r+1)*l.w.N], l.b.W)
	}
	l.w.Forward(rows, x, ldx, y, l.w.N, true)
}

// backward adds the gradients of the weights to g and that of x to dx.
func (l linear) backward(rows int, x []float32, ldx int, dy, dx []float32, lddx int, g *gradient, mem *nn.Arena[float32]) {
	n := l.w.N
	nn.Outer(rows, l.w.K, n, x, ldx, dy, n, g.params[l.at], mem)
	for r := range rows {
		nn.Axpy(1, dy[r*n:(r+1)*n], g.params[l.at+1])
	}
	l.w.Backward(rows, dy, n, dx, lddx)
}

// weights returns the network rounded to what a model file holds.
func (n *network) weights() *encoder.Weights {
	l := &n.corpus.labels
	w := &encoder.Weights{
		Hidden: n.hidden, Arc: arcWidth, Rel: relWidth, Rels: l.rels, Pairs: l.pairs,
		NewsWords: n.corpus.news.words, Words: n.corpus.words, Root: n.root.W,
	}
	for i, t := range n.tables {
		w.Tables[i] = encoder.RoundTable(t.W, t.Rows, t.Dim)
	}
	h := n.hidden
	inputs := [4][]float32{w.InputBounds(), nil, encoder.StateBounds(2 * h), encoder.StateBounds(2 * h)}
	inputs[1] = inputs[0]
	for i, l := range n.lstm {
		// The rows of the state stand below those of the input.
		bounds := slices.Concat(inputs[i], encoder.StateBounds(h))
		w.LSTM[i] = encoder.RoundLayer(slices.Concat(l.Input.W, l.State.W), l.Bias.W, bounds)
	}
	w.MLP = n.mlp.round(encoder.StateBounds(2 * h))
	w.ArcProduct = encoder.RoundMLPLayer(n.product.w.W, n.product.b.W, arcWidth)
	w.RelOutput = encoder.RoundMLPLayer(n.rel.w.W, n.rel.b.W, 3*relWidth)
	for i, hd := range l.heads {
		if hd.name == headGuess {
			continue
		}
		w.Heads = append(w.Heads, encoder.Head{Name: hd.name, Labels: hd.labels, Layer: n.heads[i].round(encoder.StateBounds(2 * h))})
	}
	return w
}

func (l linear) round(bounds []float32) encoder.Layer {
	return encoder.RoundLayer(l.w.W, l.b.W, bounds)
}

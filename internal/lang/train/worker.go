package train

import (
	"math"
	"math/rand/v2"

	"casus/internal/lang/encoder"
	"casus/internal/lang/nn"
)

// A worker computes the gradient of half a batch.
type worker struct {
	net  *network
	grad *gradient
	rng  *rand.Rand
	loss float64
	drops

	mem   nn.Arena[float32]
	batch nn.Batch
	items []item
}

// drops are the shares of numbers set to zero in training.
type drops struct{ input, state, mlp float32 }

// Labels are few and are learned by heart unless much is dropped; unlabelled
// text is not.
var (
	labelDrops = drops{input: 0.25, state: 0.33, mlp: 0.33}
	rawDrops   = drops{input: 0.1, state: 0.1}
)

// run returns the summed loss and leaves its gradient in w.grad.
func (w *worker) run(s *set, items []item) float64 {
	if len(items) == 0 {
		return 0
	}
	w.mem.Reset()
	w.items = items
	lengths := make([]int, len(items))
	for i, it := range items {
		lengths[i] = it.len()
	}
	w.batch.Reset(lengths)

	p := w.forward()
	width := 2 * w.net.hidden
	dlast := w.mem.Zeroed(w.batch.Rows * width)
	sum := 0.0
	for i, head := range s.heads {
		sum += w.tokenHead(head, i, p.last, dlast)
	}
	if s.kinds == nil {
		sum += w.trees(p.last, dlast)
	}
	w.backward(p, dlast)
	return sum
}

// A pass is what the forward pass leaves for the backward pass: of each layer
// the input, the states, and the masks of what was dropped.
type pass struct {
	ids         []encoder.Features
	input       []float32
	first, last []float32 // states after dropping
	raw         [2][]float32
	traces      [4]nn.Trace
	dropped     [3][]float32
}

func (w *worker) forward() *pass {
	rows, h := w.batch.Rows, w.net.hidden
	p := &pass{ids: make([]encoder.Features, rows), input: w.mem.Raw(rows * encoder.InputWidth)}
	for i, it := range w.items {
		for t := range it.features {
			r := w.batch.Row(i, t)
			p.ids[r] = w.blur(it.features[t])
			x := p.input[r*encoder.InputWidth : (r+1)*encoder.InputWidth]
			for k, table := range w.net.tables {
				x = x[copy(x, table.Row(p.ids[r][k])):]
			}
		}
	}
	p.dropped[0] = w.drop(p.input, w.input)
	p.first, p.raw[0] = w.layer(0, p.input, encoder.InputWidth, p)
	p.dropped[1] = w.drop(p.first, w.state)
	p.last, p.raw[1] = w.layer(1, p.first, 2*h, p)
	p.dropped[2] = w.drop(p.last, w.state)
	return p
}

// layer runs both directions and returns the states twice: to be dropped from,
// and as the backward pass needs them.
func (w *worker) layer(k int, x []float32, ldx int, p *pass) (states, raw []float32) {
	h := w.net.hidden
	raw = w.mem.Raw(w.batch.Rows * 2 * h)
	for i := range 2 {
		p.traces[2*k+i] = w.net.lstm[2*k+i].Forward(&w.batch, x, ldx, raw[i*h:], 2*h, &w.mem)
	}
	states = w.mem.Raw(len(raw))
	copy(states, raw)
	return states, raw
}

// blur makes a word unknown now and then, the seldom ones most often, so that
// the network learns to read unknown words.
func (w *worker) blur(f encoder.Features) encoder.Features {
	const weight = 0.35
	if id := f.Word(); id > 0 && w.rng.Float32() < weight/(weight+float32(w.net.corpus.freq[id])) {
		f.Blur()
	}
	return f
}

// drop sets a share of x to zero, enlarges the rest to make up for it, and
// returns the factors.
func (w *worker) drop(x []float32, share float32) []float32 {
	const perDraw = 4 // one draw serves four numbers; lengths are multiples of it
	factors := w.mem.Raw(len(x))
	limit := uint64(share * (1 << 16))
	factor := [2]float32{0, 1 / (1 - share)}
	for i := 0; i < len(x); i += perDraw {
		bits := w.rng.Uint64()
		for k := range factors[i : i+perDraw] {
			// 1 when the lowest sixteen bits reach the limit
			factors[i+k] = factor[1-((bits&0xffff-limit)>>63)]
			bits >>= 16
		}
	}
	multiply(x, factors)
	return factors
}

func multiply(x, y []float32) {
	for i, v := range y {
		x[i] *= v
	}
}

func (w *worker) backward(p *pass, dlast []float32) {
	rows, h := w.batch.Rows, w.net.hidden
	multiply(dlast, p.dropped[2])
	dfirst := w.mem.Zeroed(rows * 2 * h)
	w.backLayer(1, p, dlast, dfirst, 2*h)
	multiply(dfirst, p.dropped[1])
	dinput := w.mem.Zeroed(rows * encoder.InputWidth)
	w.backLayer(0, p, dfirst, dinput, encoder.InputWidth)
	multiply(dinput, p.dropped[0])
	for r := range rows {
		x := dinput[r*encoder.InputWidth : (r+1)*encoder.InputWidth]
		for k, table := range w.net.tables {
			if k > 0 { // the pretrained vectors stay
				w.grad.tables[k].Add(p.ids[r][k], x[:table.Dim])
			}
			x = x[table.Dim:]
		}
	}
}

func (w *worker) backLayer(k int, p *pass, dout, dx []float32, lddx int) {
	h := w.net.hidden
	for i := range 2 {
		w.net.lstm[2*k+i].Backward(&w.batch, p.traces[2*k+i], p.raw[k][i*h:], 2*h, dout[i*h:], 2*h, dx, lddx, w.grad.lstm(2*k+i), &w.mem)
	}
}

// tokenHead adds the loss of one head; gold is the place of its labels in
// item.gold.
func (w *worker) tokenHead(head, gold int, last, dlast []float32) float64 {
	l := w.net.heads[head]
	labels := len(w.net.corpus.labels.heads[head].labels)
	var rows []int
	var golds []int32
	for i, it := range w.items {
		for t, g := range it.gold[gold] {
			if g >= 0 {
				rows, golds = append(rows, w.batch.Row(i, t)), append(golds, g)
			}
		}
	}
	// Only the words with a label are scored.
	width, n := 2*w.net.hidden, l.w.N
	x, score := w.mem.Raw(len(rows)*width), w.mem.Raw(len(rows)*n)
	for k, r := range rows {
		copy(rowOf(x, k, width), rowOf(last, r, width))
	}
	l.forward(len(rows), x, width, score)
	sum := 0.0
	for k, g := range golds {
		sum += softmax(rowOf(score, k, n), labels, g)
	}
	dx := w.mem.Zeroed(len(x))
	l.backward(len(rows), x, width, score, dx, width, w.grad, &w.mem)
	for k, r := range rows {
		nn.Axpy(1, rowOf(dx, k, width), rowOf(dlast, r, width))
	}
	return sum
}

// softmax returns the loss of the scores of n labels against the right one, and
// replaces the scores by their gradient. Without a right one both are zero.
func softmax(score []float32, n int, gold int32) float64 {
	if gold < 0 {
		clear(score)
		return 0
	}
	most := score[0]
	for _, x := range score[1:n] {
		most = max(most, x)
	}
	sum := float32(0)
	for i, x := range score[:n] {
		e := exp(x - most)
		score[i] = e
		sum += e
	}
	for i := range score[:n] {
		score[i] /= sum
	}
	clear(score[n:])
	right := float64(score[gold])
	score[gold]--
	return -math.Log(max(right, 1e-30))
}

func exp(x float32) float32 { return float32(math.Exp(float64(x))) }

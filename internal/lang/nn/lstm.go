package nn

import "math/rand/v2"

// An LSTM is one direction of a recurrent layer. Its gates stand in the order
// in, forget, out, new, each Hidden wide.
type LSTM struct {
	Hidden  int
	Reverse bool   // reads sequences from their last step
	Input   *Param // width × 4·Hidden
	State   *Param // Hidden × 4·Hidden
	Bias    *Param // 1 × 4·Hidden
}

// NewLSTM returns a layer of the given widths. The forget gates start open.
func NewLSTM(width, hidden int, reverse bool, rng *rand.Rand) *LSTM {
	l := &LSTM{
		Hidden: hidden, Reverse: reverse,
		Input: NewParam(width, gates*hidden, Glorot(width, hidden), rng),
		State: NewParam(hidden, gates*hidden, Glorot(hidden, hidden), rng),
		Bias:  NewParam(1, gates*hidden, 0, rng),
	}
	for j := gateForget * hidden; j < (gateForget+1)*hidden; j++ {
		l.Bias.W[j] = 1
	}
	return l
}

// A Trace is what the forward pass of an [LSTM] leaves for the backward pass.
type Trace struct {
	x      []float32
	ldx    int
	gate   []float32 // rows × 4·Hidden, activated
	memory []float32 // rows × Hidden
	squash []float32 // tanh of memory
}

// order returns the k-th step that the layer reads and the one before it.
func (l *LSTM) order(b *Batch, k int) (step, before int) {
	if l.Reverse {
		return b.Steps() - 1 - k, b.Steps() - k
	}
	return k, k - 1
}

// Forward reads the rows of x, ldx apart, and writes the hidden states to out,
// rows ldo apart.
func (l *LSTM) Forward(b *Batch, x []float32, ldx int, out []float32, ldo int, mem *Arena[float32]) Trace {
	h := l.Hidden
	w := gates * h
	tr := Trace{x: x, ldx: ldx, gate: mem.Raw(b.Rows * w), memory: mem.Raw(b.Rows * h), squash: mem.Raw(b.Rows * h)}
	for r := range b.Rows {
		copy(tr.gate[r*w:(r+1)*w], l.Bias.W)
	}
	l.Input.Forward(b.Rows, x, ldx, tr.gate, w, true)
	for k := range b.Steps() {
		t, before := l.order(b, k)
		row, n := b.Offset[t], b.Active[t]
		prev, had := b.neighbour(before)
		had = min(had, n)
		if had > 0 {
			l.State.Forward(had, out[prev*ldo:], ldo, tr.gate[row*w:], w, true)
		}
		for s := range n {
			r := row + s
			var last []float32
			if s < had {
				last = tr.memory[(prev+s)*h : (prev+s+1)*h]
			}
			forwardCell(tr.gate[r*w:(r+1)*w], last, tr.memory[r*h:(r+1)*h], tr.squash[r*h:(r+1)*h], out[r*ldo:r*ldo+h])
		}
	}
	return tr
}

// split returns the four gates of a row.
func split(g []float32) (in, forget, out, fresh []float32) {
	h := len(g) / gates
	return g[:h], g[h : 2*h], g[2*h : 3*h], g[3*h : 4*h]
}

// forwardCell activates the gates of a row and computes its memory and output.
// last is the memory of the step before, nil at the first.
func forwardCell(gate, last, memory, squash, out []float32) {
	h := len(memory)
	Tanh(gate[:gateNew*h], 0.5, 0.5, 0.5)
	Tanh(gate[gateNew*h:], 1, 1, 0)
	in, forget, open, fresh := split(gate)
	for j := range memory {
		memory[j] = in[j] * fresh[j]
	}
	if last != nil {
		for j := range memory {
			memory[j] += forget[j] * last[j]
		}
	}
	copy(squash, memory)
	Tanh(squash, 1, 1, 0)
	for j := range out {
		out[j] = open[j] * squash[j]
	}
}

// An LSTMGrad is the gradient of the weights of an [LSTM].
type LSTMGrad struct{ Input, State, Bias []float32 }

// Backward adds the gradients of the weights to g and that of the input to dx.
// dout is the gradient of the output; it is used up.
func (l *LSTM) Backward(b *Batch, tr Trace, out []float32, ldo int, dout []float32, lddo int, dx []float32, lddx int, g LSTMGrad, mem *Arena[float32]) {
	h := l.Hidden
	w := gates * h
	dgate, dmemory, states := mem.Raw(b.Rows*w), mem.Zeroed(b.Rows*h), mem.Zeroed(b.Rows*h)
	for k := b.Steps() - 1; k >= 0; k-- {
		t, before := l.order(b, k)
		row, n := b.Offset[t], b.Active[t]
		after, _ := l.order(b, k+1)
		if next, has := b.neighbour(after); has > 0 {
			l.State.Backward(min(has, n), dgate[next*w:], w, dout[row*lddo:], lddo)
		}
		prev, had := b.neighbour(before)
		for s := range n {
			r := row + s
			c := backCell{
				gate: tr.gate[r*w : (r+1)*w], squash: tr.squash[r*h : (r+1)*h],
				dgate: dgate[r*w : (r+1)*w], dmemory: dmemory[r*h : (r+1)*h], dout: dout[r*lddo : r*lddo+h],
			}
			if p := prev + s; s < had {
				c.last, c.dlast = tr.memory[p*h:(p+1)*h], dmemory[p*h:(p+1)*h]
				copy(states[r*h:(r+1)*h], out[p*ldo:p*ldo+h])
			}
			c.run()
		}
	}
	Outer(b.Rows, l.Input.K, w, tr.x, tr.ldx, dgate, w, g.Input, mem)
	Outer(b.Rows, h, w, states, h, dgate, w, g.State, mem)
	for r := range b.Rows {
		Axpy(1, dgate[r*w:(r+1)*w], g.Bias)
	}
	l.Input.Backward(b.Rows, dgate, w, dx, lddx)
}

// backCell holds the slices of one row of the backward pass.
type backCell struct {
	gate, squash, last          []float32
	dgate, dmemory, dlast, dout []float32
}

func (c *backCell) run() {
	in, forget, open, fresh := split(c.gate)
	din, dforget, dopen, dfresh := split(c.dgate)
	for j, d := range c.dout {
		sq := c.squash[j]
		dopen[j] = d * sq * open[j] * (1 - open[j])
		m := c.dmemory[j] + d*open[j]*(1-sq*sq)
		c.dmemory[j] = m
		din[j] = m * fresh[j] * in[j] * (1 - in[j])
		dfresh[j] = m * in[j] * (1 - fresh[j]*fresh[j])
	}
	if c.last == nil {
		clear(dforget)
		return
	}
	for j, m := range c.dmemory {
		dforget[j] = m * c.last[j] * forget[j] * (1 - forget[j])
		c.dlast[j] += m * forget[j]
	}
}

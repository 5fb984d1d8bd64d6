package nn

import (
	"math"
	"testing"
)

// naive runs one sequence through the layer by the textbook.
func naive(l *LSTM, x [][]float32) [][]float64 {
	h := l.Hidden
	out := make([][]float64, len(x))
	state, memory := make([]float64, h), make([]float64, h)
	sigmoid := func(v float64) float64 { return 1 / (1 + math.Exp(-v)) }
	for k := range x {
		t := k
		if l.Reverse {
			t = len(x) - 1 - k
		}
		pre := make([]float64, gates*h)
		for j := range pre {
			pre[j] = float64(l.Bias.W[j])
			for i, v := range x[t] {
				pre[j] += float64(v) * float64(l.Input.W[i*gates*h+j])
			}
			for i, v := range state {
				pre[j] += v * float64(l.State.W[i*gates*h+j])
			}
		}
		next := make([]float64, h)
		for j := range h {
			memory[j] = sigmoid(pre[h+j])*memory[j] + sigmoid(pre[j])*math.Tanh(pre[3*h+j])
			next[j] = sigmoid(pre[2*h+j]) * math.Tanh(memory[j])
		}
		state, out[t] = next, next
	}
	return out
}

func TestLSTMForwardAgreesWithTextbook(t *testing.T) {
	r := newRand()
	const width, hidden = 16, 16
	lengths := []int{5, 3, 3, 1}
	var b Batch
	b.Reset(lengths)
	x := floats(r, b.Rows*width, 1)
	for _, reverse := range []bool{false, true} {
		l := NewLSTM(width, hidden, reverse, r)
		out := make([]float32, b.Rows*hidden)
		l.Forward(&b, x, width, out, hidden, new(Arena[float32]))
		for s, n := range lengths {
			seq := make([][]float32, n)
			for i := range seq {
				seq[i] = x[b.Row(s, i)*width : (b.Row(s, i)+1)*width]
			}
			for i, want := range naive(l, seq) {
				for j, v := range want {
					if got := float64(out[b.Row(s, i)*hidden+j]); math.Abs(got-v) > 1e-4 {
						t.Fatalf("reverse=%v sequence %d step %d unit %d = %v, want %v", reverse, s, i, j, got, v)
					}
				}
			}
		}
	}
}

// The loss is a fixed weighting of the outputs.
func TestLSTMGradients(t *testing.T) {
	r := newRand()
	const width, hidden = 16, 16
	var b Batch
	b.Reset([]int{4, 2, 1})
	x, weight := floats(r, b.Rows*width, 1), floats(r, b.Rows*hidden, 1)
	for _, reverse := range []bool{false, true} {
		l := NewLSTM(width, hidden, reverse, r)
		mem := new(Arena[float32])
		loss := func() float64 {
			l.Input.Repack()
			l.State.Repack()
			out := make([]float32, b.Rows*hidden)
			l.Forward(&b, x, width, out, hidden, mem)
			sum := 0.0
			for i, v := range out {
				sum += float64(v) * float64(weight[i])
			}
			return sum
		}
		out := make([]float32, b.Rows*hidden)
		tr := l.Forward(&b, x, width, out, hidden, mem)
		g := LSTMGrad{make([]float32, len(l.Input.W)), make([]float32, len(l.State.W)), make([]float32, len(l.Bias.W))}
		dx := make([]float32, len(x))
		l.Backward(&b, tr, out, hidden, append([]float32(nil), weight...), hidden, dx, width, g, mem)
		for name, c := range map[string]struct{ w, g []float32 }{
			"input": {l.Input.W, g.Input}, "state": {l.State.W, g.State}, "bias": {l.Bias.W, g.Bias}, "x": {x, dx},
		} {
			for range 12 {
				i := r.IntN(len(c.w))
				const step = 1e-2
				old := c.w[i]
				c.w[i] = old + step
				up := loss()
				c.w[i] = old - step
				down := loss()
				c.w[i] = old
				want := (up - down) / (2 * step)
				if math.Abs(want-float64(c.g[i])) > 3e-3*(1+math.Abs(want)) {
					t.Errorf("reverse=%v %s[%d]: gradient %v, measured %v", reverse, name, i, c.g[i], want)
				}
			}
		}
	}
}

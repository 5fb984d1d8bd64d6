package nn

import "math"

// One is the int16 value that stands for 1 in hidden states and inputs: a
// resolution of 1/4096 and a range of ±8.
const One = 1 << 12

// Fixed is a k×n weight matrix in int16. A sum over column j
// stands for itself times Scale[j]; the scale is chosen so that the int32 sum
// cannot overflow for any input within the stated bounds.
type Fixed struct {
	K, N  int
	Data  []int16 // row-major
	Scale []float32
}

// Quantise returns the int16 form of the k×n matrix w. one is the integer that
// stands for 1 in the inputs, and bound[r] the largest absolute integer that
// input r can take.
func Quantise(w []float32, k, n int, one float32, bound []float32) *Fixed {
	f := &Fixed{K: k, N: n, Data: make([]int16, k*n), Scale: make([]float32, n)}
	const room = math.MaxInt32 * 0.99 // for rounding the weights
	for j := range n {
		var sum, most float64
		for r := range k {
			x := math.Abs(float64(w[r*n+j]))
			most = max(most, x)
			sum += x * float64(bound[r])
		}
		up := 1.0
		if most > 0 {
			up = min(math.MaxInt16/most, room/sum)
		}
		f.Scale[j] = float32(1 / (up * float64(one)))
		for r := range k {
			f.Data[r*n+j] = int16(math.RoundToEven(float64(w[r*n+j]) * up))
		}
	}
	return f
}

// Packed is a [Fixed] in the order in which the kernels read it: panels of
// Width columns, two rows interleaved.
type Packed struct {
	K, N int
	data []int16
}

// Pack returns the packed form of rows [from, to) of f, an even number.
func (f *Fixed) Pack(from, to int) *Packed {
	p := &Packed{K: to - from, N: f.N, data: make([]int16, 0, (to-from)*f.N)}
	for j := 0; j < f.N; j += Width {
		for r := from; r < to; r += 2 {
			for c := j; c < j+Width; c++ {
				p.data = append(p.data, f.Data[r*f.N+c], f.Data[(r+1)*f.N+c])
			}
		}
	}
	return p
}

// Mul computes c = a·p for m rows of a.
func (p *Packed) Mul(m int, a []int16, lda int, c []int32, ldc int) {
	if m == 0 || p.K == 0 {
		return
	}
	for j := 0; j < p.N; j += Width {
		fixedPanel(m, p.K/2, a, lda, p.data[j*p.K:(j+Width)*p.K], c[j:], ldc)
	}
}

// Columns returns the columns of f one after the other, for [DotFixed].
func (f *Fixed) Columns() []int16 {
	out := make([]int16, 0, len(f.Data))
	for j := range f.N {
		for r := range f.K {
			out = append(out, f.Data[r*f.N+j])
		}
	}
	return out
}

// DotFixed returns the inner product: one element of a product, where the others
// are not wanted. Lengths must be equal and a multiple of Width.
func DotFixed(x, y []int16) int32 {
	if len(x) == 0 {
		return 0
	}
	return dotFixedKernel(x, y[:len(x)])
}

// Requantise turns sums into the next layer's input: y = acc*scale + bias,
// then max(y, leak*y), times q, rounded and cut off at the int16 range. The
// length must be a multiple of 8.
func Requantise(acc []int32, scale, bias []float32, leak, q float32, out []int16) {
	if len(acc) == 0 {
		return
	}
	requantiseKernel(acc, scale[:len(acc)], bias[:len(acc)], leak, q, out[:len(acc)])
}

// Dequantise does the same without the last step: the activated sums as floats.
func Dequantise(acc []int32, scale, bias []float32, leak float32, out []float32) {
	if len(acc) == 0 {
		return
	}
	dequantiseKernel(acc, scale[:len(acc)], bias[:len(acc)], leak, out[:len(acc)])
}

// Round rounds to even, as the processor does, and cuts off at ±32767.
func Round(x float32) int16 {
	return int16(math.RoundToEven(float64(max(min(x, math.MaxInt16), -math.MaxInt16))))
}

// Order of the gates in the rows of an LSTM.
const (
	gateIn = iota
	gateForget
	gateOut
	gateNew
	gates
)

// Cell advances one LSTM state: gx and gh are the integer products of the input
// and of the last hidden state with the gates' weights, c is the memory, which
// it updates, and h receives the hidden state. scale and bias must carry the
// factor one half for the three logistic gates; see [HalveGates].
func Cell(gx, gh []int32, scale, bias, c []float32, h []int16) {
	n := len(c)
	cellKernel(gx[:gates*n], gh[:gates*n], scale[:gates*n], bias[:gates*n], c, h[:n])
}

// HalveGates multiplies by one half what feeds the logistic gates of an LSTM:
// their function is 0.5*tanh(x/2) + 0.5.
func HalveGates(x []float32) {
	for i := range x[:len(x)/gates*gateNew] {
		x[i] *= 0.5
	}
}

package nn

import "math"

// The kernels in plain Go. float32 conversions around products forbid the
// compiler to fuse them with a sum, which some architectures would do.

func gemmTileGeneric(k int, a []float32, lda int, b, c []float32, ldc int, add bool) {
	for i := range tileRows {
		gemmRowGeneric(k, a[i*lda:], b, c[i*ldc:], add)
	}
}

func gemmRowGeneric(k int, a, b, c []float32, add bool) {
	var sum [Width]float32
	if add {
		copy(sum[:], c[:Width])
	}
	for r, x := range a[:k] {
		row := b[r*Width : r*Width+Width]
		for j := range sum {
			sum[j] += x * row[j]
		}
	}
	copy(c[:Width], sum[:])
}

func outerTileGeneric(r int, x, g, c []float32, ldc int) {
	for i := range r {
		row := g[i*Width : i*Width+Width]
		for q, v := range x[i*tileRows : i*tileRows+tileRows] {
			sum := c[q*ldc : q*ldc+Width]
			for j := range sum {
				sum[j] += v * row[j]
			}
		}
	}
}

const (
	tanhEnd = 4.97 // the convergent reaches 1 just above
	tanhN0  = 135135
	tanhN1  = 17325
	tanhN2  = 378
	tanhD1  = 62370
	tanhD2  = 3150
	tanhD3  = 28
)

func tanh(x float32) float32 {
	x = max(min(x, tanhEnd), -tanhEnd)
	q := x * x
	n := q + tanhN2
	n = float32(n*q) + tanhN1
	n = float32(n*q) + tanhN0
	n *= x
	d := float32(tanhD3*q) + tanhD2
	d = float32(d*q) + tanhD1
	d = float32(d*q) + tanhN0
	return n / d
}

func tanhGeneric(x []float32, in, out, off float32) {
	for i, v := range x {
		x[i] = float32(out*tanh(in*v)) + off
	}
}

func axpyGeneric(s float32, x, y []float32) {
	for i, v := range x {
		y[i] += s * v
	}
}

func dotGeneric(x, y []float32) float32 {
	var lane [Width]float32
	for i := 0; i < len(x); i += Width {
		for j := range lane {
			lane[j] += float32(x[i+j] * y[i+j])
		}
	}
	for half := Width / 2; half > 0; half /= 2 {
		for j := range half {
			lane[j] += lane[j+half]
		}
	}
	return lane[0]
}

func fixedPanelGeneric(m, pairs int, a []int16, lda int, b []int16, c []int32, ldc int) {
	for i := range m {
		var sum [Width]int32
		for p := range pairs {
			x, y := int32(a[i*lda+2*p]), int32(a[i*lda+2*p+1])
			row := b[p*2*Width : (p+1)*2*Width]
			for j := range sum {
				sum[j] += x*int32(row[2*j]) + y*int32(row[2*j+1])
			}
		}
		copy(c[i*ldc:i*ldc+Width], sum[:])
	}
}

func dotFixedGeneric(x, y []int16) int32 {
	sum := int32(0)
	for i, v := range x {
		sum += int32(v) * int32(y[i])
	}
	return sum
}

func requantiseGeneric(acc []int32, scale, bias []float32, leak, q float32, out []int16) {
	for i, v := range acc {
		y := float32(float32(v)*scale[i]) + bias[i]
		y = max(y, leak*y)
		out[i] = Round(y * q)
	}
}

func dequantiseGeneric(acc []int32, scale, bias []float32, leak float32, out []float32) {
	for i, v := range acc {
		y := float32(float32(v)*scale[i]) + bias[i]
		out[i] = max(y, leak*y)
	}
}

func cellGeneric(gx, gh []int32, scale, bias, c []float32, h []int16) {
	n := len(c)
	gate := func(k, j int) float32 {
		i := k*n + j
		return tanh(float32(float32(gx[i]+gh[i])*scale[i]) + bias[i])
	}
	sigmoid := func(k, j int) float32 { return float32(0.5*gate(k, j)) + 0.5 }
	for j := range c {
		in := sigmoid(gateIn, j) * gate(gateNew, j)
		c[j] = in + float32(sigmoid(gateForget, j)*c[j])
		h[j] = Round(float32(sigmoid(gateOut, j)*tanh(c[j])) * One)
	}
}

// adamGeneric takes beta1, beta2, the gradient's scale, the rate with the
// correction of the mean, and the correction of the size.
func adamGeneric(w, g, mean, size []float32, k [5]float32) {
	for i := range w {
		x := g[i] * k[2]
		mean[i] = float32(k[0]*mean[i]) + float32((1-k[0])*x)
		size[i] = float32(k[1]*size[i]) + float32(float32((1-k[1])*x)*x)
		root := float32(math.Sqrt(float64(size[i] * k[4])))
		w[i] -= float32(k[3]*mean[i]) / (root + adamFloor)
	}
}

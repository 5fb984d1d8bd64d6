package nn

// Tanh replaces every x by out*tanh(in*x) + off. With in = out = off = 0.5 it
// is the logistic function. len(x) must be a multiple of 8.
//
// tanh is the seventh convergent of its continued fraction, cut off where it
// reaches 1: the error is below 1e-4 everywhere and below 2e-6 for |x| < 3.
func Tanh(x []float32, in, out, off float32) {
	if len(x) == 0 {
		return
	}
	tanhKernel(x, in, out, off)
}

// Axpy adds s*x to y. Lengths must be equal and a multiple of 8.
func Axpy(s float32, x, y []float32) {
	if len(x) == 0 {
		return
	}
	axpyKernel(s, x, y[:len(x)])
}

// Dot returns the inner product, added in sixteen lanes whose sums are folded
// in halves. Lengths must be equal and a multiple of Width.
func Dot(x, y []float32) float32 {
	if len(x) == 0 {
		return 0
	}
	return dotKernel(x, y[:len(x)])
}

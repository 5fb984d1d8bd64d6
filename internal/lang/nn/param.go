package nn

import (
	"math"
	"math/rand/v2"
)

// A Param is a trained k×n matrix with the two packed copies that the products
// of the forward and of the backward pass read, and the optimiser's moments.
type Param struct {
	K, N       int
	W          []float32
	forward    []float32 // W packed
	backward   []float32 // Wᵀ packed
	mean, size []float32 // first and second moment of the gradient
}

// NewParam returns a k×n matrix drawn evenly from [-spread, spread].
func NewParam(k, n int, spread float64, rng *rand.Rand) *Param {
	p := &Param{K: k, N: n, W: make([]float32, k*n), mean: make([]float32, k*n), size: make([]float32, k*n)}
	for i := range p.W {
		p.W[i] = float32((rng.Float64()*2 - 1) * spread)
	}
	if k%Width == 0 {
		p.forward, p.backward = make([]float32, k*n), make([]float32, k*n)
	}
	p.Repack()
	return p
}

// Glorot is the spread that keeps the size of signals through a k×n product.
func Glorot(k, n int) float64 { return math.Sqrt(6 / float64(k+n)) }

// Repack refreshes the packed copies after W changed.
func (p *Param) Repack() {
	if p.forward == nil { // a bias
		return
	}
	Pack(p.forward, p.W, p.K, p.N, p.N)
	PackTransposed(p.backward, p.W, p.N, p.K, p.N)
}

// Forward computes y = x·W, or adds it to y, for rows rows.
func (p *Param) Forward(rows int, x []float32, ldx int, y []float32, ldy int, add bool) {
	Gemm(rows, p.N, p.K, x, ldx, p.forward, y, ldy, add)
}

// Backward adds g·Wᵀ, the gradient of the input, to dx.
func (p *Param) Backward(rows int, g []float32, ldg int, dx []float32, lddx int) {
	Gemm(rows, p.K, p.N, g, ldg, p.backward, dx, lddx, true)
}

// Adam is the optimiser's state of one step.
type Adam struct {
	Rate         float32
	Beta1, Beta2 float32
	Step         int // from 1
}

// corrections returns what undoes the pull of the zero start of the moments.
func (a Adam) corrections() (mean, size float32) {
	return 1 / (1 - float32(math.Pow(float64(a.Beta1), float64(a.Step)))),
		1 / (1 - float32(math.Pow(float64(a.Beta2), float64(a.Step))))
}

const adamFloor = 1e-8

// Update moves w against the gradient g times scale. mean and size are the
// moments of w.
func (a Adam) Update(w, g, mean, size []float32, scale float32) {
	if len(w) == 0 {
		return
	}
	cm, cs := a.corrections()
	adamKernel(w, g[:len(w)], mean[:len(w)], size[:len(w)], [5]float32{a.Beta1, a.Beta2, scale, a.Rate * cm, cs})
}

// Update moves the matrix against the gradient g times scale.
func (p *Param) Update(a Adam, g []float32, scale float32) {
	a.Update(p.W, g, p.mean, p.size, scale)
	p.Repack()
}

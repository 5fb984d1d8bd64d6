package nn

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

func newRand() *rand.Rand { return rand.New(rand.NewPCG(1, 2)) }

func floats(r *rand.Rand, n int, spread float32) []float32 {
	s := make([]float32, n)
	for i := range s {
		s[i] = (r.Float32()*2 - 1) * spread
	}
	return s
}

func ints(r *rand.Rand, n, limit int) []int32 {
	s := make([]int32, n)
	for i := range s {
		s[i] = int32(r.IntN(2*limit+1) - limit)
	}
	return s
}

func shorts(r *rand.Rand, n, limit int) []int16 {
	s := make([]int16, n)
	for i := range s {
		s[i] = int16(r.IntN(2*limit+1) - limit)
	}
	return s
}

func near(a, b []float32, tol float64) bool {
	return slices.EqualFunc(a, b, func(x, y float32) bool {
		return math.Abs(float64(x-y)) <= tol*(1+math.Abs(float64(y)))
	})
}

func TestGemmAgreesWithDefinition(t *testing.T) {
	r := newRand()
	for _, m := range []int{1, 3, 4, 9} {
		const k, n, lda, ldc = 32, 48, 37, 53
		a, b, c := floats(r, m*lda, 1), floats(r, k*n, 1), floats(r, m*ldc, 1)
		want := slices.Clone(c)
		for i := range m {
			for j := range n {
				sum := float64(want[i*ldc+j])
				for q := range k {
					sum += float64(a[i*lda+q]) * float64(b[q*n+j])
				}
				want[i*ldc+j] = float32(sum)
			}
		}
		packed := make([]float32, k*n)
		Pack(packed, b, k, n, n)
		Gemm(m, n, k, a, lda, packed, c, ldc, true)
		if !near(c, want, 1e-5) {
			t.Errorf("Gemm of %d rows is wrong", m)
		}
		transposed := make([]float32, k*n)
		bt := make([]float32, k*n)
		for q := range k {
			for j := range n {
				bt[j*k+q] = b[q*n+j]
			}
		}
		PackTransposed(transposed, bt, k, n, k)
		if !slices.Equal(packed, transposed) {
			t.Error("PackTransposed differs from Pack of the transpose")
		}
	}
}

func TestOuterAgreesWithDefinition(t *testing.T) {
	r := newRand()
	const rows, k, n = 7, 16, 32
	x, g, c := floats(r, rows*k, 1), floats(r, rows*n, 1), floats(r, k*n, 1)
	want := slices.Clone(c)
	for i := range rows {
		for q := range k {
			for j := range n {
				want[q*n+j] += x[i*k+q] * g[i*n+j]
			}
		}
	}
	Outer(rows, k, n, x, k, g, n, c, new(Arena[float32]))
	if !near(c, want, 1e-5) {
		t.Error("Outer is wrong")
	}
}

func TestFloatKernelsAgreeWithTwins(t *testing.T) {
	r := newRand()
	const k = 33
	a, b, c := floats(r, 4*k, 1), floats(r, k*Width, 1), floats(r, 4*Width, 1)
	for _, add := range []bool{false, true} {
		got, want := slices.Clone(c), slices.Clone(c)
		gemmTile(k, a, k, b, got, Width, add)
		gemmTileGeneric(k, a, k, b, want, Width, add)
		if !near(got, want, 1e-5) {
			t.Error("gemmTile differs from its twin")
		}
		gemmRow(k, a, b, got, add)
		gemmRowGeneric(k, a, b, want, add)
		if !near(got, want, 1e-5) {
			t.Error("gemmRow differs from its twin")
		}
	}
	got, want := slices.Clone(c), slices.Clone(c)
	outerTile(k, a, b, got, Width)
	outerTileGeneric(k, a, b, want, Width)
	if !near(got, want, 1e-5) {
		t.Error("outerTile differs from its twin")
	}
	axpyKernel(0.3, a[:48], got[:48])
	axpyGeneric(0.3, a[:48], want[:48])
	if !near(got, want, 1e-5) {
		t.Error("axpyKernel differs from its twin")
	}
}

// What inference uses must agree to the last bit.
func TestExactKernelsEqualTwins(t *testing.T) {
	r := newRand()
	x := floats(r, 64, 9)
	copy(x, []float32{0, 4.97, -4.97, 1e9, -1e9, float32(math.Copysign(0, -1)), 1e-20})
	got, want := slices.Clone(x), slices.Clone(x)
	Tanh(got, 0.5, 0.25, 0.75)
	tanhGeneric(want, 0.5, 0.25, 0.75)
	if !slices.Equal(got, want) {
		t.Error("Tanh differs from its twin")
	}
	y := floats(r, 64, 9)
	if a, b := Dot(x[8:56], y[8:56]), dotGeneric(x[8:56], y[8:56]); a != b {
		t.Errorf("Dot = %v, twin %v", a, b)
	}

	for m := 1; m < 16; m++ {
		k := 30 + 2*m
		a, b := shorts(r, m*k, 32767), shorts(r, k*Width, 2000)
		c, d := make([]int32, m*Width), make([]int32, m*Width)
		fixedPanel(m, k/2, a, k, b, c, Width)
		fixedPanelGeneric(m, k/2, a, k, b, d, Width)
		if !slices.Equal(c, d) {
			t.Errorf("fixedPanel of %d rows differs from its twin", m)
		}
	}

	p, q := shorts(r, 352, One), shorts(r, 352, 2000)
	if a, b := DotFixed(p, q), dotFixedGeneric(p, q); a != b {
		t.Errorf("DotFixed = %d, twin %d", a, b)
	}
	acc := ints(r, 64, 1<<30)
	scale, bias := floats(r, 64, 1e-7), floats(r, 64, 5)
	h, i := make([]int16, 64), make([]int16, 64)
	for _, leak := range []float32{0.1, 1} {
		Requantise(acc, scale, bias, leak, 512, h)
		requantiseGeneric(acc, scale, bias, leak, 512, i)
		if !slices.Equal(h, i) {
			t.Error("Requantise differs from its twin")
		}
		Dequantise(acc, scale, bias, leak, got)
		dequantiseGeneric(acc, scale, bias, leak, want)
		if !slices.Equal(got, want) {
			t.Error("Dequantise differs from its twin")
		}
	}
	gh := ints(r, 64, 1<<29)
	m, n := floats(r, 16, 2), make([]float32, 16)
	copy(n, m)
	Cell(acc, gh, scale, bias, m, h[:16])
	cellGeneric(acc, gh, scale, bias, n, i[:16])
	if !slices.Equal(m, n) || !slices.Equal(h[:16], i[:16]) {
		t.Error("Cell differs from its twin")
	}
}

func TestAdamEqualsTwin(t *testing.T) {
	r := newRand()
	var got, want [4][]float32
	for i := range got {
		got[i] = floats(r, 32, 1)
		if i == 3 {
			for j, x := range got[i] {
				got[i][j] = x * x
			}
		}
		want[i] = slices.Clone(got[i])
	}
	k := [5]float32{0.9, 0.95, 0.25, 0.003, 1.5}
	adamKernel(got[0], got[1], got[2], got[3], k)
	adamGeneric(want[0], want[1], want[2], want[3], k)
	for i := range got {
		if !slices.Equal(got[i], want[i]) {
			t.Errorf("slice %d differs from the twin's", i)
		}
	}
}

func TestTanhIsClose(t *testing.T) {
	for x := float32(-8); x <= 8; x += 0.01 {
		v := make([]float32, 8)
		v[0] = x
		Tanh(v, 1, 1, 0)
		if d := math.Abs(float64(v[0]) - math.Tanh(float64(x))); d > 1e-4 {
			t.Fatalf("Tanh(%v) is off by %v", x, d)
		}
		if v[0] > 1 || v[0] < -1 {
			t.Fatalf("Tanh(%v) = %v leaves [-1, 1]", x, v[0])
		}
	}
}

func TestFixedProductIsCloseAndCannotOverflow(t *testing.T) {
	r := newRand()
	const m, k, n = 5, 64, 32
	w := floats(r, k*n, 0.5)
	bound := make([]float32, k)
	for i := range bound {
		bound[i] = One
	}
	f := Quantise(w, k, n, One, bound)
	for j := range n {
		sum := int64(0)
		for q := range k {
			sum += int64(math.Abs(float64(f.Data[q*n+j]))) * One
		}
		if sum > math.MaxInt32 {
			t.Fatalf("column %d can reach %d", j, sum)
		}
	}
	a := shorts(r, m*k, One)
	c := make([]int32, m*n)
	f.Pack(0, k).Mul(m, a, k, c, n)
	for i := range m {
		for j := range n {
			want := 0.0
			for q := range k {
				want += float64(a[i*k+q]) / One * float64(w[q*n+j])
			}
			got := float64(c[i*n+j]) * float64(f.Scale[j])
			if math.Abs(got-want) > 1e-3 {
				t.Errorf("element %d,%d = %v, want %v", i, j, got, want)
			}
		}
	}
}

func BenchmarkFixedMul(b *testing.B) {
	r := newRand()
	const m, k, n = 64, 320, 640
	p := (&Fixed{K: k, N: n, Data: shorts(r, k*n, 100)}).Pack(0, k)
	a, c := shorts(r, m*k, One), make([]int32, m*n)
	for b.Loop() {
		p.Mul(m, a, k, c, n)
	}
	b.ReportMetric(float64(m*k*n)*float64(b.N)/b.Elapsed().Seconds()/1e9, "GMAC/s")
}

func BenchmarkGemm(b *testing.B) {
	r := newRand()
	const m, k, n = 64, 320, 640
	packed, a, c := floats(r, k*n, 1), floats(r, m*k, 1), make([]float32, m*n)
	for b.Loop() {
		Gemm(m, n, k, a, k, packed, c, n, false)
	}
	b.ReportMetric(float64(m*k*n)*float64(b.N)/b.Elapsed().Seconds()/1e9, "GMAC/s")
}

func BenchmarkCell(b *testing.B) {
	r := newRand()
	const h = 160
	gx, gh, s, bias, c, out := ints(r, 4*h, 1<<20), ints(r, 4*h, 1<<20), floats(r, 4*h, 1e-6), floats(r, 4*h, 1), floats(r, h, 1), make([]int16, h)
	for b.Loop() {
		Cell(gx, gh, s, bias, c, out)
	}
}

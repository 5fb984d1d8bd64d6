//go:build amd64 && !purego

package nn

import "golang.org/x/sys/cpu"

// fast says that the processor has what the AVX2 kernels use; wide, that it has
// AVX-512 and adds products of int16 pairs in one instruction.
var (
	fast = cpu.X86.HasAVX2 && cpu.X86.HasFMA
	wide = fast && cpu.X86.HasAVX512F && cpu.X86.HasAVX512VL && cpu.X86.HasAVX512VNNI
)

//go:noescape
func gemmTileAVX2(k int, a *float32, lda int, b, c *float32, ldc int, add bool)

//go:noescape
func gemmRowAVX2(k int, a, b, c *float32, add bool)

//go:noescape
func outerTileAVX2(r int, x, grad, c *float32, ldc int)

//go:noescape
func tanhAVX2(n int, x *float32, in, out, off float32)

//go:noescape
func axpyAVX2(n int, s float32, x, y *float32)

//go:noescape
func dotAVX2(n int, x, y *float32) float32

//go:noescape
func fixedTileAVX2(pairs int, a *int16, lda int, b *int16, c *int32, ldc int)

//go:noescape
func fixedTileVNNI(pairs int, a *int16, lda int, b *int16, c *int32, ldc int)

//go:noescape
func fixedOctetVNNI(pairs int, a *int16, lda int, b *int16, c *int32, ldc int)

//go:noescape
func fixedRowAVX2(pairs int, a, b *int16, c *int32)

//go:noescape
func fixedRowVNNI(pairs int, a, b *int16, c *int32)

//go:noescape
func requantiseAVX2(n int, acc *int32, scale, bias *float32, leak, q float32, out *int16)

//go:noescape
func cellAVX2(n int, gx, gh *int32, scale, bias, c *float32, h *int16)

// The assembly takes pointers and knows no bounds: each wrapper touches the
// last element that the kernel will, so that a wrong length panics here.

func gemmTile(k int, a []float32, lda int, b, c []float32, ldc int, add bool) {
	if !fast {
		gemmTileGeneric(k, a, lda, b, c, ldc, add)
		return
	}
	_, _, _ = a[(tileRows-1)*lda+k-1], b[k*Width-1], c[(tileRows-1)*ldc+Width-1]
	gemmTileAVX2(k, &a[0], lda, &b[0], &c[0], ldc, add)
}

func gemmRow(k int, a, b, c []float32, add bool) {
	if !fast {
		gemmRowGeneric(k, a, b, c, add)
		return
	}
	_, _, _ = a[k-1], b[k*Width-1], c[Width-1]
	gemmRowAVX2(k, &a[0], &b[0], &c[0], add)
}

func outerTile(r int, x, g, c []float32, ldc int) {
	if !fast {
		outerTileGeneric(r, x, g, c, ldc)
		return
	}
	_, _, _ = x[r*tileRows-1], g[r*Width-1], c[(tileRows-1)*ldc+Width-1]
	outerTileAVX2(r, &x[0], &g[0], &c[0], ldc)
}

func tanhKernel(x []float32, in, out, off float32) {
	if !fast {
		tanhGeneric(x, in, out, off)
		return
	}
	tanhAVX2(len(x), &x[0], in, out, off)
}

func axpyKernel(s float32, x, y []float32) {
	if !fast {
		axpyGeneric(s, x, y)
		return
	}
	axpyAVX2(len(x), s, &x[0], &y[0])
}

func dotKernel(x, y []float32) float32 {
	if !fast {
		return dotGeneric(x, y)
	}
	return dotAVX2(len(x), &x[0], &y[0])
}

func fixedPanel(m, pairs int, a []int16, lda int, b []int16, c []int32, ldc int) {
	if !fast {
		fixedPanelGeneric(m, pairs, a, lda, b, c, ldc)
		return
	}
	_, _, _ = a[(m-1)*lda+2*pairs-1], b[2*pairs*Width-1], c[(m-1)*ldc+Width-1]
	i := 0
	if wide {
		for ; i+8 <= m; i += 8 {
			fixedOctetVNNI(pairs, &a[i*lda], lda, &b[0], &c[i*ldc], ldc)
		}
	}
	for ; i+4 <= m; i += 4 {
		if wide {
			fixedTileVNNI(pairs, &a[i*lda], lda, &b[0], &c[i*ldc], ldc)
		} else {
			fixedTileAVX2(pairs, &a[i*lda], lda, &b[0], &c[i*ldc], ldc)
		}
	}
	for ; i < m; i++ {
		if wide && pairs%4 == 0 {
			fixedRowVNNI(pairs, &a[i*lda], &b[0], &c[i*ldc])
			continue
		}
		fixedRowAVX2(pairs, &a[i*lda], &b[0], &c[i*ldc])
	}
}

func requantiseKernel(acc []int32, scale, bias []float32, leak, q float32, out []int16) {
	if !fast {
		requantiseGeneric(acc, scale, bias, leak, q, out)
		return
	}
	requantiseAVX2(len(acc), &acc[0], &scale[0], &bias[0], leak, q, &out[0])
}

//go:noescape
func cellAVX512(n int, gx, gh *int32, scale, bias, c *float32, h *int16)

func cellKernel(gx, gh []int32, scale, bias, c []float32, h []int16) {
	switch {
	case wide && len(c)%16 == 0:
		cellAVX512(len(c), &gx[0], &gh[0], &scale[0], &bias[0], &c[0], &h[0])
		return
	case !fast:
		cellGeneric(gx, gh, scale, bias, c, h)
		return
	}
	cellAVX2(len(c), &gx[0], &gh[0], &scale[0], &bias[0], &c[0], &h[0])
}

//go:noescape
func adamAVX2(n int, w, grad, mean, size *float32, k *[8]float32)

func adamKernel(w, g, mean, size []float32, k [5]float32) {
	if !fast || len(w)%8 != 0 {
		adamGeneric(w, g, mean, size, k)
		return
	}
	c := [8]float32{k[0], 1 - k[0], k[1], 1 - k[1], k[2], k[3], k[4], adamFloor}
	adamAVX2(len(w), &w[0], &g[0], &mean[0], &size[0], &c)
}

//go:noescape
func dequantiseAVX2(n int, acc *int32, scale, bias *float32, leak float32, out *float32)

func dequantiseKernel(acc []int32, scale, bias []float32, leak float32, out []float32) {
	if !fast {
		dequantiseGeneric(acc, scale, bias, leak, out)
		return
	}
	dequantiseAVX2(len(acc), &acc[0], &scale[0], &bias[0], leak, &out[0])
}

//go:noescape
func dotFixedAVX2(n int, x, y *int16) int32

func dotFixedKernel(x, y []int16) int32 {
	if !fast {
		return dotFixedGeneric(x, y)
	}
	return dotFixedAVX2(len(x), &x[0], &y[0])
}

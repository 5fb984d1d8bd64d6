//go:build !amd64 || purego

package nn

func gemmTile(k int, a []float32, lda int, b, c []float32, ldc int, add bool) {
	gemmTileGeneric(k, a, lda, b, c, ldc, add)
}

func gemmRow(k int, a, b, c []float32, add bool) { gemmRowGeneric(k, a, b, c, add) }

func outerTile(r int, x, g, c []float32, ldc int) { outerTileGeneric(r, x, g, c, ldc) }

func tanhKernel(x []float32, in, out, off float32) { tanhGeneric(x, in, out, off) }

func axpyKernel(s float32, x, y []float32) { axpyGeneric(s, x, y) }

func dotKernel(x, y []float32) float32 { return dotGeneric(x, y) }

func fixedPanel(m, pairs int, a []int16, lda int, b []int16, c []int32, ldc int) {
	fixedPanelGeneric(m, pairs, a, lda, b, c, ldc)
}

func requantiseKernel(acc []int32, scale, bias []float32, leak, q float32, out []int16) {
	requantiseGeneric(acc, scale, bias, leak, q, out)
}

func cellKernel(gx, gh []int32, scale, bias, c []float32, h []int16) {
	cellGeneric(gx, gh, scale, bias, c, h)
}

func adamKernel(w, g, mean, size []float32, k [5]float32) { adamGeneric(w, g, mean, size, k) }

func dequantiseKernel(acc []int32, scale, bias []float32, leak float32, out []float32) {
	dequantiseGeneric(acc, scale, bias, leak, out)
}

func dotFixedKernel(x, y []int16) int32 { return dotFixedGeneric(x, y) }

package nn

// tileRows is the number of rows of the left matrix a tile kernel handles.
const tileRows = 4

// Pack lays the k×n matrix b, rows ldb apart, out in panels of Width columns,
// each panel row after row: the order in which [Gemm] reads it.
func Pack(dst, b []float32, k, n, ldb int) {
	o := 0
	for j := 0; j < n; j += Width {
		for r := range k {
			copy(dst[o:o+Width], b[r*ldb+j:r*ldb+j+Width])
			o += Width
		}
	}
}

// PackTransposed packs the transpose of b, which is n×k, as a k×n matrix.
func PackTransposed(dst, b []float32, k, n, ldb int) {
	for j := 0; j < n; j += Width {
		for c := range Width {
			row := b[(j+c)*ldb : (j+c)*ldb+k]
			panel := dst[j*k+c:]
			for r, x := range row {
				panel[r*Width] = x
			}
		}
	}
}

// Gemm computes c = a·b, or c += a·b when add is set, for an m×k matrix a, a
// packed k×n matrix b and an m×n matrix c. Each element is summed in order of k.
func Gemm(m, n, k int, a []float32, lda int, packed, c []float32, ldc int, add bool) {
	if m == 0 || n == 0 || k == 0 {
		return
	}
	full := m - m%tileRows
	for j := 0; j < n; j += Width {
		panel := packed[j*k : (j+Width)*k]
		for i := 0; i < full; i += tileRows {
			gemmTile(k, a[i*lda:], lda, panel, c[i*ldc+j:], ldc, add)
		}
		for i := full; i < m; i++ {
			gemmRow(k, a[i*lda:], panel, c[i*ldc+j:], add)
		}
	}
}

// Outer computes c += xᵀ·g for an r×k matrix x and an r×n matrix g, the
// gradient of a weight matrix. k must be a multiple of tileRows.
func Outer(r, k, n int, x []float32, ldx int, g []float32, ldg int, c []float32, scratch *Arena[float32]) {
	if r == 0 {
		return
	}
	xs, gs := scratch.Raw(k*r), scratch.Raw(r*n)
	o := 0
	for q := 0; q < k; q += tileRows {
		for i := range r {
			copy(xs[o:o+tileRows], x[i*ldx+q:i*ldx+q+tileRows])
			o += tileRows
		}
	}
	Pack(gs, g, r, n, ldg)
	for j := 0; j < n; j += Width {
		for q := 0; q < k; q += tileRows {
			outerTile(r, xs[q*r:], gs[j*r:], c[q*n+j:], n)
		}
	}
}

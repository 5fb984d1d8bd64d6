package encoder

import (
	"math"
	"slices"

	"casus/internal/lang/nn"
)

// RoundTable returns the rows×dim matrix w as a table of bytes.
func RoundTable(w []float32, rows, dim int) Table {
	t := Table{Rows: rows, Dim: dim, Data: make([]byte, rows*dim), Scale: make([]float32, rows)}
	for r := range rows {
		row := w[r*dim : (r+1)*dim]
		most := max(slices.Max(row), -slices.Min(row))
		if most == 0 {
			continue
		}
		t.Scale[r] = most / math.MaxInt8
		for i, x := range row {
			t.Data[r*dim+i] = byte(int8(math.RoundToEven(float64(x / t.Scale[r]))))
		}
	}
	return t
}

// RoundLayer returns the layer of a matrix with len(bounds) rows and len(bias)
// columns that reads input vectors or states. bounds says how large the integer
// of each input can be: see [Weights.InputBounds] and [StateBounds].
func RoundLayer(w, bias, bounds []float32) Layer {
	return Layer{Fixed: nn.Quantise(w, len(bounds), len(bias), nn.One, bounds), Bias: bias}
}

// RoundMLPLayer does the same for a layer that reads n outputs of the MLP.
func RoundMLPLayer(w, bias []float32, n int) Layer {
	bounds := slices.Repeat([]float32{math.MaxInt16}, n)
	return Layer{Fixed: nn.Quantise(w, n, len(bias), mlpOne, bounds), Bias: bias}
}

// StateBounds are the bounds of n hidden states.
func StateBounds(n int) []float32 { return slices.Repeat([]float32{nn.One}, n) }

// InputBounds are the bounds of the joined input vectors.
func (w *Weights) InputBounds() []float32 {
	bounds := make([]float32, 0, InputWidth)
	for i := range w.Tables {
		t := &w.Tables[i]
		most, row := make([]float32, t.Dim), make([]int16, t.Dim)
		for id := range t.Rows {
			t.Row(int32(id), row)
			for d, v := range row {
				most[d] = max(most[d], float32(v), -float32(v))
			}
		}
		bounds = append(bounds, most...)
	}
	return bounds
}

// Package nn holds the arithmetic of the language model: matrix kernels, the
// LSTM, embeddings and the optimiser, in float32 for training and in int16 for
// reading.
//
// Each kernel exists as assembly for amd64 (AVX2, and AVX-512 where it pays) and
// as plain Go; the choice is made once, at start, by asking the processor. What
// must hold:
//
//   - The int16 kernels and everything that inference calls ([Fixed], [Cell],
//     [Requantise], [Tanh], [Dot]) give the same bits in both versions: integers
//     are exact in any order, and floats are never fused and always added in
//     the same order. A decision of the model is the same on every machine.
//   - The float32 products that training calls ([Gemm], [Outer], [Axpy]) use fused
//     multiply-add where it exists: they agree to rounding, and each by
//     itself gives the same bits in every run, whatever the number of workers.
//
// Widths are multiples of [Width], so that no kernel has a tail of columns.
package nn

// Width is the number of columns a kernel handles at once. All layer widths
// are multiples of it; see [Pad].
const Width = 16

// Pad rounds n up to a multiple of Width.
func Pad(n int) int { return (n + Width - 1) &^ (Width - 1) }

package nn

import "math/rand/v2"

// A Table is a trained embedding: one row of Dim numbers for each id. Only the
// rows that a step touched are updated.
type Table struct {
	Rows, Dim  int
	W          []float32
	mean, size []float32
}

// NewTable returns a table drawn evenly from [-spread, spread].
func NewTable(rows, dim int, spread float64, rng *rand.Rand) *Table {
	t := &Table{Rows: rows, Dim: dim, W: make([]float32, rows*dim), mean: make([]float32, rows*dim), size: make([]float32, rows*dim)}
	for i := range t.W {
		t.W[i] = float32((rng.Float64()*2 - 1) * spread)
	}
	return t
}

// Row returns the row of an id.
func (t *Table) Row(id int32) []float32 { return row(t.W, id, t.Dim) }

func row(w []float32, id int32, dim int) []float32 {
	return w[int(id)*dim : int(id)*dim+dim]
}

// A TableGrad is the gradient of the rows that one step touched, in the order
// in which it met them.
type TableGrad struct {
	dim  int
	slot []int32 // by id: 1 + its place in ids, 0 when untouched
	ids  []int32
	g    []float32
}

// NewTableGrad returns an empty gradient for t.
func NewTableGrad(t *Table) *TableGrad {
	return &TableGrad{dim: t.Dim, slot: make([]int32, t.Rows)}
}

// Add adds g to the gradient of the row of id.
func (tg *TableGrad) Add(id int32, g []float32) {
	if tg.slot[id] == 0 {
		tg.ids = append(tg.ids, id)
		tg.slot[id] = int32(len(tg.ids))
		for range tg.dim {
			tg.g = append(tg.g, 0)
		}
	}
	Axpy(1, g[:tg.dim], row(tg.g, tg.slot[id]-1, tg.dim))
}

// Merge adds all of o to tg, in o's order.
func (tg *TableGrad) Merge(o *TableGrad) {
	for i, id := range o.ids {
		tg.Add(id, row(o.g, int32(i), o.dim))
	}
}

// Reset empties the gradient.
func (tg *TableGrad) Reset() {
	for _, id := range tg.ids {
		tg.slot[id] = 0
	}
	tg.ids, tg.g = tg.ids[:0], tg.g[:0]
}

// Update moves the touched rows against the gradient times scale.
func (t *Table) Update(a Adam, tg *TableGrad, scale float32) {
	for i, id := range tg.ids {
		a.Update(t.Row(id), row(tg.g, int32(i), t.Dim), row(t.mean, id, t.Dim), row(t.size, id, t.Dim), scale)
	}
}

package nn

import (
	"slices"
	"testing"
)

func TestTableGradAddsAndMerges(t *testing.T) {
	tab := NewTable(5, 8, 1, newRand())
	a, b := NewTableGrad(tab), NewTableGrad(tab)
	ones := slices.Repeat([]float32{1}, 8)
	a.Add(3, ones)
	a.Add(3, ones)
	b.Add(1, ones)
	b.Add(3, ones)
	a.Merge(b)
	if !slices.Equal(a.ids, []int32{3, 1}) || a.g[0] != 3 || a.g[8] != 1 {
		t.Errorf("ids %v, gradient %v", a.ids, a.g)
	}
	before := slices.Clone(tab.W)
	tab.Update(Adam{Rate: 0.1, Beta1: 0.9, Beta2: 0.95, Step: 1}, a, 1)
	for id := range int32(5) {
		moved := !slices.Equal(row(before, id, 8), tab.Row(id))
		if touched := id == 1 || id == 3; moved != touched {
			t.Errorf("row %d moved: %v, touched: %v", id, moved, touched)
		}
	}
	// The first step of Adam goes by the rate, against the gradient.
	if d := before[8] - tab.W[8]; d < 0.099 || d > 0.101 {
		t.Errorf("first step of %v, want the rate 0.1", d)
	}
	a.Reset()
	if len(a.ids) != 0 || a.slot[3] != 0 {
		t.Error("Reset leaves rows")
	}
}

func TestBatchLaysOutSteps(t *testing.T) {
	var b Batch
	b.Reset([]int{3, 2, 2})
	if b.Rows != 7 || b.Steps() != 3 || !slices.Equal(b.Active, []int{3, 3, 1}) || b.Row(1, 1) != 4 || b.Row(0, 2) != 6 {
		t.Errorf("batch %+v", b)
	}
	b.Reset(nil)
	if b.Rows != 0 || b.Steps() != 0 {
		t.Errorf("empty batch %+v", b)
	}
}

package train

import (
	"casus/internal/lang/encoder"
	"casus/internal/lang/nn"
)

// trees adds the loss of the arcs and relations; see encoder.readArcs for what
// is computed.
func (w *worker) trees(last, dlast []float32) float64 {
	n := w.net
	rows, width := w.batch.Rows, 2*n.hidden
	mlp := w.mem.Raw(rows * mlpWidth)
	n.mlp.forward(rows, last, width, mlp)
	slope := w.activate(mlp)
	dmlp := w.mem.Zeroed(len(mlp))
	sum := w.arcs(mlp, dmlp) + w.relations(mlp, dmlp)
	multiply(dmlp, slope)
	n.mlp.backward(rows, last, width, dmlp, dlast, width, w.grad, &w.mem)
	return sum
}

// activate applies the MLP's activation and drops; it returns the factors by
// which it multiplied.
func (w *worker) activate(mlp []float32) []float32 {
	sign := w.mem.Raw(len(mlp))
	for i, x := range mlp {
		sign[i] = 1
		if x < 0 {
			sign[i] = encoder.Leak
		}
	}
	multiply(mlp, sign)
	factors := w.drop(mlp, w.drops.mlp)
	multiply(factors, sign)
	return factors
}

// Parts of a row of the MLP.
func arcHead(row []float32) []float32 { return row[arcWidth : 2*arcWidth] }
func relDep(row []float32) []float32  { return row[2*arcWidth : 2*arcWidth+relWidth] }
func relHead(row []float32) []float32 { return row[2*arcWidth+relWidth : mlpWidth] }

func rowOf(x []float32, r, width int) []float32 { return x[r*width : (r+1)*width] }

// arcs adds the loss of choosing each word's head among the root and the other
// words of the sentence.
func (w *worker) arcs(mlp, dmlp []float32) float64 {
	rows, p := w.batch.Rows, w.net.product
	want, dwant := w.mem.Raw(rows*arcWidth), w.mem.Zeroed(rows*arcWidth)
	p.forward(rows, mlp, mlpWidth, want)
	root, droot := w.net.root.W, w.grad.root()
	sum := 0.0
	var score []float32
	for i, it := range w.items {
		words := len(it.words)
		score = append(score[:0], make([]float32, words+1)...)
		for d, gold := range it.arcs {
			r := w.batch.Row(i, d)
			a, da := rowOf(want, r, arcWidth), rowOf(dwant, r, arcWidth)
			score[0] = nn.Dot(a, root)
			for h := range words {
				score[h+1] = nn.Dot(a, arcHead(rowOf(mlp, w.batch.Row(i, h), mlpWidth)))
			}
			score[d+1] = -1e9 // no word is its own head
			sum += softmax(score, words+1, gold)
			nn.Axpy(score[0], root, da)
			nn.Axpy(score[0], a, droot)
			for h := range words {
				if g := score[h+1]; g > 1e-6 || g < -1e-6 {
					rh := w.batch.Row(i, h)
					nn.Axpy(g, arcHead(rowOf(mlp, rh, mlpWidth)), da)
					nn.Axpy(g, a, arcHead(rowOf(dmlp, rh, mlpWidth)))
				}
			}
		}
	}
	p.backward(rows, mlp, mlpWidth, dwant, dmlp, mlpWidth, w.grad, &w.mem)
	return sum
}

// relations adds the loss of naming the relation to the right head.
func (w *worker) relations(mlp, dmlp []float32) float64 {
	rows, l := w.batch.Rows, w.net.rel
	const width = 3 * relWidth
	pairs := w.mem.Zeroed(rows * width)
	w.eachPair(func(r, rh int, _ int32) {
		d, h, z := relDep(rowOf(mlp, r, mlpWidth)), relHead(rowOf(mlp, rh, mlpWidth)), rowOf(pairs, r, width)
		for j := range d {
			z[j] = d[j] * h[j]
		}
		copy(z[relWidth:], d)
		copy(z[2*relWidth:], h)
	})
	score := w.mem.Raw(rows * l.w.N)
	l.forward(rows, pairs, width, score)
	sum, labels, known := 0.0, len(w.net.corpus.labels.rels), make([]bool, rows)
	w.eachPair(func(r, _ int, gold int32) {
		known[r] = true
		row := rowOf(score, r, l.w.N)
		row[0] = -1e9 // the root's relation follows from the arc
		sum += softmax(row, labels, gold)
	})
	for r, k := range known {
		if !k {
			clear(rowOf(score, r, l.w.N))
		}
	}
	dpairs := w.mem.Zeroed(len(pairs))
	l.backward(rows, pairs, width, score, dpairs, width, w.grad, &w.mem)
	w.eachPair(func(r, rh int, _ int32) {
		d, h, z := relDep(rowOf(mlp, r, mlpWidth)), relHead(rowOf(mlp, rh, mlpWidth)), rowOf(dpairs, r, width)
		dd, dh := relDep(rowOf(dmlp, r, mlpWidth)), relHead(rowOf(dmlp, rh, mlpWidth))
		for j := range d {
			dd[j] += z[j]*h[j] + z[relWidth+j]
			dh[j] += z[j]*d[j] + z[2*relWidth+j]
		}
	})
	return sum
}

// eachPair calls f with the rows of every word that has a head in its sentence
// and of that head, and with its relation.
func (w *worker) eachPair(f func(row, headRow int, rel int32)) {
	for i, it := range w.items {
		for t, h := range it.arcs {
			if h > 0 {
				f(w.batch.Row(i, t), w.batch.Row(i, int(h-1)), it.rels[t])
			}
		}
	}
}

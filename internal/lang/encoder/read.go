package encoder

import (
	"strings"
	"unicode"

	"casus/internal/doc"
	"casus/internal/lang/nn"
)

// read turns the last states of a batch into the layers.
func (a *annotation) read(s *scratch, qs []sequence, states []int16) {
	m, rows := a.m, s.batch.Rows
	if h := a.only; h != nil {
		sums := s.sums.Raw(rows * h.N)
		h.Mul(rows, states, 2*m.w.Hidden, sums, h.N)
		a.readNames(s, qs, h.kinds, &h.dense, 0, sums)
		return
	}
	n := m.heads.N
	sums := s.sums.Raw(rows * n)
	m.heads.Mul(rows, states, 2*m.w.Hidden, sums, n)
	a.readTags(s, qs, states, sums)
	a.readNames(s, qs, m.names[0].kinds, &m.heads.dense, m.heads.names, sums)
	a.readArcs(s, qs, sums)
}

// readNames finds the names in sums, whose columns from at on are their labels.
func (a *annotation) readNames(s *scratch, qs []sequence, kinds []string, d *dense, at int, sums []int32) {
	ld := nn.Pad(1 + labelsPerKind*len(kinds))
	score := s.floats.Raw(maxSequence * ld)
	s.finder.kinds = len(kinds)
	for i, q := range qs {
		for t := range q.len() {
			r := s.batch.Row(i, t)
			d.floats(sums[r*d.N:], at, score[t*ld:(t+1)*ld])
		}
		s.spans = s.finder.Find(score, q.len(), ld, s.spans[:0])
		for _, sp := range s.spans {
			n := doc.Name{First: q.first + doc.TokenID(sp.first), End: q.first + doc.TokenID(sp.end), Kind: kinds[sp.kind]}
			a.add(n)
		}
	}
}

// add adds a name. A place and the larger one that it lies in are reported as two
// names ("Mosul , Iraq"), though labels now and then take them for one.
func (a *annotation) add(n doc.Name) {
	if a.only == nil && (n.Kind == doc.LOC || n.Kind == doc.GPE) {
		for t := n.First + 1; t < n.End-1; t++ {
			if a.d.Word(t) == "," {
				a.add(doc.Name{First: t + 1, End: n.End, Kind: n.Kind})
				n.End = t
			}
		}
	}
	if a.trim(&n); n.First < n.End {
		a.names = append(a.names, n)
	}
}

// trim takes numbers off the ends of the names of people and places: in tables
// of results they stand beside them ("3. Okafor 51.2").
func (a *annotation) trim(n *doc.Name) {
	if n.Kind != doc.PER && n.Kind != doc.LOC && n.Kind != doc.GPE {
		return
	}
	for n.First < n.End && isNumber(a.d.Word(n.First)) {
		n.First++
	}
	for n.First < n.End && isNumber(a.d.Word(n.End-1)) {
		n.End--
	}
}

// isNumber reports whether a word begins with a digit and has no letter.
func isNumber(w string) bool {
	return w != "" && '0' <= w[0] && w[0] <= '9' && strings.IndexFunc(w, unicode.IsLetter) < 0
}

// floats turns the sums of the columns from at on into numbers.
func (d *dense) floats(sums []int32, at int, out []float32) {
	n := len(out)
	nn.Dequantise(sums[at:at+n], d.scale[at:at+n], d.bias[at:at+n], 1, out)
}

func (a *annotation) readTags(s *scratch, qs []sequence, states []int16, sums []int32) {
	m, n, width := a.m, a.m.heads.N, 2*a.m.w.Hidden
	score := s.floats.Raw(nn.Pad(len(m.tags)))
	for i, q := range qs {
		for t := range q.len() {
			r := s.batch.Row(i, t)
			m.heads.floats(sums[r*n:], m.heads.tag, score)
			tag := argmax(score[:len(m.tags)])
			out := &a.tags[q.first+doc.TokenID(t)]
			*out = m.tags[tag]
			out.Feats = m.feats.best(states[r*width:(r+1)*width], m.w.Pairs[tag])
		}
	}
}

// best returns the best FEATS among the given ones.
func (f *featsHead) best(state []int16, among []int32) string {
	best, most := "", float32(0)
	for i, l := range among {
		if len(among) == 1 {
			return f.labels[l]
		}
		sum := nn.DotFixed(state, f.columns[int(l)*f.width:int(l+1)*f.width])
		if v := float32(float32(sum)*f.scale[l]) + f.bias[l]; i == 0 || v > most {
			best, most = f.labels[l], v
		}
	}
	return best
}

func argmax(x []float32) int {
	best := 0
	for i, v := range x {
		if v > x[best] {
			best = i
		}
	}
	return best
}

// readArcs scores all pairs of each sequence, takes the best tree and names its
// relations. The MLP gives each word four vectors: as a dependent and as a head,
// for the arcs and for the relations.
func (a *annotation) readArcs(s *scratch, qs []sequence, sums []int32) {
	m, n := a.m, a.m.heads.N
	rows, arc, rel := s.batch.Rows, m.w.Arc, m.w.Rel
	w := 2*arc + 2*rel
	mlp, heads := s.shorts.Raw(rows*w), s.floats.Raw(rows*arc)
	for r := range rows {
		row := sums[r*n:]
		nn.Requantise(row[:w], m.heads.scale[:w], m.heads.bias[:w], Leak, mlpOne, mlp[r*w:(r+1)*w])
		nn.Dequantise(row[arc:2*arc], m.heads.scale[arc:2*arc], m.heads.bias[arc:2*arc], Leak, heads[r*arc:(r+1)*arc])
	}
	products, want := s.sums.Raw(rows*arc), s.floats.Raw(rows*arc)
	m.arc.Mul(rows, mlp, w, products, arc)
	for r := range rows {
		m.arc.floats(products[r*arc:], 0, want[r*arc:(r+1)*arc])
	}
	pairs := s.shorts.Raw(rows * 3 * rel)
	score := s.floats.Raw((maxSequence + 1) * (maxSequence + 1))
	for i, q := range qs {
		a.scorePairs(s, i, q.len(), want, heads, score)
		head := s.trees.Find(score, q.len()+1)
		for t := range q.len() {
			r, h := s.batch.Row(i, t), head[t+1]
			out := &a.arcs[q.first+doc.TokenID(t)]
			if h == 0 {
				out.Head = doc.NoToken
				clear(pairs[r*3*rel : (r+1)*3*rel])
				continue
			}
			out.Head = q.first + doc.TokenID(h-1)
			rh := s.batch.Row(i, int(h-1))
			joinPair(mlp[r*w+2*arc:r*w+2*arc+rel], mlp[rh*w+2*arc+rel:rh*w+w], pairs[r*3*rel:(r+1)*3*rel])
		}
	}
	a.readRels(s, qs, pairs)
}

// scorePairs writes the score of every head for every word of sequence i, node
// 0 being the root.
func (a *annotation) scorePairs(s *scratch, i, words int, want, heads, score []float32) {
	arc, n := a.m.w.Arc, words+1
	clear(score[:n])
	for d := range words {
		r := s.batch.Row(i, d)
		w, row := want[r*arc:(r+1)*arc], score[(d+1)*n:(d+2)*n]
		row[0] = nn.Dot(w, a.m.w.Root)
		for h := range words {
			rh := s.batch.Row(i, h)
			row[h+1] = nn.Dot(w, heads[rh*arc:(rh+1)*arc])
		}
	}
}

// joinPair writes the input of the relation: the product of the two vectors,
// the dependent's and the head's.
func joinPair(dep, head, out []int16) {
	n := len(dep)
	for j, d := range dep {
		p := int32(d) * int32(head[j]) / mlpOne
		out[j] = int16(max(min(p, 1<<15-1), -1<<15+1))
	}
	copy(out[n:], dep)
	copy(out[2*n:], head)
}

func (a *annotation) readRels(s *scratch, qs []sequence, pairs []int16) {
	m := a.m
	n, rels := m.rel.N, len(m.w.Rels)
	sums, score := s.sums.Raw(s.batch.Rows*n), s.floats.Raw(n)
	m.rel.Mul(s.batch.Rows, pairs, 3*m.w.Rel, sums, n)
	for i, q := range qs {
		for t := range q.len() {
			out := &a.arcs[q.first+doc.TokenID(t)]
			if out.Head == doc.NoToken {
				a.hang(q, out)
				continue
			}
			r := s.batch.Row(i, t)
			m.rel.floats(sums[r*n:], 0, score)
			out.Deprel = m.w.Rels[1+argmax(score[1:rels])]
		}
	}
}

// hang labels the root of a sequence: that of a later piece of a long sentence
// hangs from the first word of the piece before.
func (a *annotation) hang(q sequence, out *doc.Arc) {
	if q.piece {
		out.Head, out.Deprel = q.first-maxSequence, "parataxis"
		return
	}
	out.Deprel = a.m.w.Rels[0]
}

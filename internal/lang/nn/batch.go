package nn

// A Batch lays sequences of different lengths out in one matrix without
// padding: the rows of step 0 of all sequences, then those of step 1 of the
// sequences that have one, and so on. Sequences come longest first, so the
// active ones of a step are a prefix.
type Batch struct {
	Rows   int
	Active []int // by step: sequences that have it
	Offset []int // by step: its first row
}

// Reset makes b the batch of sequences of the given lengths, which must not
// increase and must be positive.
func (b *Batch) Reset(lengths []int) {
	b.Rows, b.Active, b.Offset = 0, b.Active[:0], b.Offset[:0]
	if len(lengths) == 0 {
		return
	}
	n := len(lengths)
	for t := range lengths[0] {
		for lengths[n-1] <= t {
			n--
		}
		b.Active = append(b.Active, n)
		b.Offset = append(b.Offset, b.Rows)
		b.Rows += n
	}
}

// Steps returns the length of the longest sequence.
func (b *Batch) Steps() int { return len(b.Active) }

// Row returns the row of step t of sequence s.
func (b *Batch) Row(s, t int) int { return b.Offset[t] + s }

// neighbour returns the first row of step t and how many sequences reach it,
// or 0 sequences when there is no such step.
func (b *Batch) neighbour(t int) (row, active int) {
	if t < 0 || t >= len(b.Active) {
		return 0, 0
	}
	return b.Offset[t], b.Active[t]
}

package encoder

import (
	"slices"

	"casus/internal/doc"
	"casus/internal/lang/nn"
)

// maxSequence is the number of tokens read at once: a longer sentence is read
// in pieces. maxRows bounds the tokens of a batch, and so the scratch.
const (
	maxSequence = 250
	maxRows     = 1024
)

// A sequence is the tokens [first, end): a sentence or a piece of a long one.
type sequence struct {
	first, end doc.TokenID
	sentence   int32
	piece      bool // not the first of its sentence
}

func (q sequence) len() int { return int(q.end - q.first) }

// scratch is what one call needs; it is pooled.
type scratch struct {
	shorts nn.Arena[int16]
	sums   nn.Arena[int32]
	floats nn.Arena[float32]

	sequences []sequence
	batch     nn.Batch
	lengths   []int
	words     []string
	types     []*wordType
	missing   []int32
	buf       []byte
	trees     treeFinder
	finder    nameFinder
	spans     []nameSpan
}

// Annotate returns the layers Tags (without lemmas), Arcs and Names of a Doc
// that has Sentences and Tokens.
func (m *Model) Annotate(d *doc.Doc) (tags []doc.Tag, arcs []doc.Arc, names []doc.Name) {
	a := annotation{m: m, d: d, tags: make([]doc.Tag, len(d.Tokens)), arcs: make([]doc.Arc, len(d.Tokens))}
	a.run()
	for _, n := range a.names {
		kind, ok := reported[n.Kind]
		if !ok {
			continue
		}
		n.Kind = kind
		if kind == doc.LOC && m.place != nil && m.place(d.Words(n.First, n.End)) {
			n.Kind = doc.GPE
		}
		names = append(names, n)
	}
	return a.tags, a.arcs, names
}

// Names returns the names that the head of the given convention finds, with its
// own kinds. It is for measuring; ok is false when there is no such head.
func (m *Model) Names(d *doc.Doc, convention string) (names []doc.Name, ok bool) {
	i := slices.IndexFunc(m.names, func(h nameHead) bool { return h.name == convention })
	if i < 0 {
		return nil, false
	}
	a := annotation{m: m, d: d, only: &m.names[i]}
	a.run()
	return a.names, true
}

// An annotation is one call of Annotate or Names.
type annotation struct {
	m     *Model
	d     *doc.Doc
	tags  []doc.Tag
	arcs  []doc.Arc
	names []doc.Name
	only  *nameHead // read nothing but the names of this head
}

func (a *annotation) run() {
	s := a.m.scratch.Get().(*scratch)
	defer a.m.scratch.Put(s)
	s.sequences = sequences(a.d, s.sequences[:0])
	for rest := s.sequences; len(rest) > 0; {
		n, rows := 0, 0
		for n < len(rest) && (n == 0 || rows+rest[n].len() <= maxRows) {
			rows += rest[n].len()
			n++
		}
		a.batch(s, rest[:n])
		rest = rest[n:]
	}
	slices.SortFunc(a.names, func(x, y doc.Name) int { return int(x.First - y.First) })
	kinds := a.m.names[0].kinds
	if a.only != nil {
		kinds = a.only.kinds
	}
	agree(a.d, a.names, kinds)
	clear(s.words) // they keep the text alive
	clear(s.types)
}

// sequences cuts the sentences of d into sequences. Ranges that no tokeniser
// makes, such as sentences that overlap, are cut to what is in bounds.
func sequences(d *doc.Doc, out []sequence) []sequence {
	done := doc.TokenID(0)
	for i, s := range d.Sentences {
		first, end := max(s.First, done), min(s.End, doc.TokenID(len(d.Tokens)))
		for at := first; at < end; at += maxSequence {
			out = append(out, sequence{first: at, end: min(at+maxSequence, end), sentence: int32(i), piece: at > first})
		}
		done = max(done, end)
	}
	return out
}

// batch analyses sequences, which it reorders.
func (a *annotation) batch(s *scratch, qs []sequence) {
	slices.SortStableFunc(qs, func(x, y sequence) int { return y.len() - x.len() })
	s.shorts.Reset()
	s.sums.Reset()
	s.floats.Reset()
	s.lengths = s.lengths[:0]
	for _, q := range qs {
		s.lengths = append(s.lengths, q.len())
	}
	s.batch.Reset(s.lengths)
	rows := s.batch.Rows
	s.words, s.types = grow(s.words, rows), grow(s.types, rows)
	for i, q := range qs {
		for t := range q.len() {
			s.words[s.batch.Row(i, t)] = a.d.Word(q.first + doc.TokenID(t))
		}
	}
	states := a.m.encode(s)
	a.read(s, qs, states)
}

// encode runs both layers over the batch and returns the last states, both
// directions side by side.
func (m *Model) encode(s *scratch) []int16 {
	rows, h := s.batch.Rows, m.w.Hidden
	m.look(s, s.words, s.types)
	first := s.shorts.Raw(rows * 2 * h)
	m.run(s, &m.lstm[0], false, func(r int) []int32 { return s.types[r].forward }, first)
	m.run(s, &m.lstm[1], true, func(r int) []int32 { return s.types[r].backward }, first[h:])

	last := s.shorts.Raw(rows * 2 * h)
	n := 4 * h
	sums := s.sums.Raw(rows * n)
	row := func(r int) []int32 { return sums[r*n : (r+1)*n] }
	for i, reverse := range [2]bool{false, true} {
		l := &m.lstm[2+i]
		l.input.Mul(rows, first, 2*h, sums, n)
		m.run(s, l, reverse, row, last[i*h:])
	}
	return last
}

// run advances one direction over the batch. input gives the sums of the input
// for a row; out receives the states, rows 2·Hidden apart.
func (m *Model) run(s *scratch, l *recurrent, reverse bool, input func(row int) []int32, out []int16) {
	b, h := &s.batch, m.w.Hidden
	n, ldo := 4*h, 2*h
	memory := s.floats.Zeroed(len(s.lengths) * h)
	sums, none := s.sums.Raw(len(s.lengths)*n), s.sums.Zeroed(n)
	had, before := 0, 0 // sequences in the step before, and its first row
	for k := range b.Steps() {
		t := k
		if reverse {
			t = b.Steps() - 1 - k
		}
		row, active := b.Offset[t], b.Active[t]
		had = min(had, active)
		l.state.Mul(had, out[before*ldo:], ldo, sums, n)
		for q := range active {
			state := none
			if q < had {
				state = sums[q*n : (q+1)*n]
			}
			nn.Cell(input(row+q), state, l.scale, l.bias, memory[q*h:(q+1)*h], out[(row+q)*ldo:])
		}
		had, before = active, row
	}
}

package timex

import "casus/internal/doc"

// scratch is what one call of Find works with, reused by the next.
type scratch struct {
	chart
	flags    []uint8
	taken    doc.TokenID // tokens before it are already part of an expression
	limit    doc.TokenID // expressions begin before it
	best     [maxAtoms + 1]choice
	resolver resolver
}

// A choice is the best way to read the atoms from a place to the end.
type choice struct {
	score int32
	edge  int32 // to take here, or -1 to pass the atom
}

// Find returns the time expressions of the document in order. It needs the
// tokens and sentences; tags, trees and names make it surer where they are there.
func (t *Tagger) Find(d *doc.Doc) []doc.TimeExpr {
	s := t.pool.Get().(*scratch)
	defer t.pool.Put(s)
	s.chart.d, s.chart.text = d, d.Text
	s.resolver.begin(t, d)
	s.taken = 0
	s.anchorYear = s.resolver.year()
	for i := range d.Sentences {
		s.sentence(i)
	}
	times := s.resolver.out
	s.resolver.out = nil
	s.chart.d, s.resolver.d, s.chart.text = nil, nil, ""
	return times
}

// sentence finds the islands of a sentence and parses each.
func (s *scratch) sentence(i int) {
	d := s.chart.d
	sent := d.Sentences[i]
	from := max(sent.First, s.taken)
	s.first, s.last, s.limit = sent.First, sent.End, sent.End
	s.resolver.sentence = i
	s.flags = s.flags[:0]
	some := false
	for k := from; k < sent.End; k++ {
		f := s.t.flag(d.Word(k))
		some = some || f&trigger != 0
		s.flags = append(s.flags, f)
	}
	if !some {
		return
	}
	s.overrun(i)
	for a := 0; a < len(s.flags); {
		if s.flags[a]&(known|trigger) == 0 {
			a++
			continue
		}
		b, found := a, false
		for b < len(s.flags) && s.flags[b]&(known|trigger) != 0 {
			found = found || s.flags[b]&trigger != 0
			b++
		}
		if found {
			s.island(from+doc.TokenID(a), from+doc.TokenID(b))
		}
		a = b
	}
}

// overrun is how many tokens an expression may have beyond a sentence.
const overrun = 6

// overrun lets an island run on where an abbreviation ended the sentence, so
// that "10 p.m. Wednesday" is whole even when the sentence was cut there.
func (s *scratch) overrun(i int) {
	d := s.chart.d
	last := d.Word(s.last - 1)
	if i+1 >= len(d.Sentences) || len(last) < 3 || last[len(last)-1] != '.' || s.flags[len(s.flags)-1] == 0 || d.Sentences[i+1].Block != d.Sentences[i].Block {
		return
	}
	for end := min(d.Sentences[i+1].End, s.last+overrun); s.last < end; s.last++ {
		f := s.t.flag(d.Word(s.last))
		if f == 0 {
			break
		}
		s.flags = append(s.flags, f)
	}
}

// island cuts the tokens [first, end) into atoms and parses them, at most
// maxAtoms at once.
func (s *scratch) island(first, end doc.TokenID) {
	d := s.chart.d
	for first < end {
		s.chart.reset()
		start := first
		for first < end && len(s.atoms) < maxAtoms {
			sp := d.Tokens[first].Span
			n := len(s.atoms)
			s.atoms = s.t.appendAtoms(s.atoms, d.Text, sp, first)
			if len(s.atoms) > maxAtoms {
				if n > 0 {
					s.atoms = s.atoms[:n]
					break
				}
				s.atoms = s.atoms[:maxAtoms]
			}
			first++
		}
		if len(s.atoms) == 0 {
			return
		}
		s.atStart, s.atEnd = start == s.first, first == s.last
		s.chart.parse()
		s.choose()
	}
}

// choose keeps the readings that together cover most, with the fewest
// expressions, by the first rules; and hands them to the resolver in order.
func (s *scratch) choose() {
	n := len(s.atoms)
	s.best[n] = choice{0, -1}
	for i := n - 1; i >= 0; i-- {
		s.best[i] = choice{s.best[i+1].score, -1}
	}
	// Edges lie in order of their ends; a pass from the right needs them by start.
	for i := n - 1; i >= 0; i-- {
		b := choice{s.best[i+1].score, -1}
		for k := range s.edges {
			e := &s.edges[k]
			if int(e.start) != i || e.rule < 0 || s.atoms[e.start].tok >= s.limit || s.kindOf(e.sym) < 0 {
				continue
			}
			score := s.best[e.end].score + 100*int32(e.end-e.start) - 60
			if score > b.score || score == b.score && b.edge >= 0 && e.rule < s.edges[b.edge].rule {
				b = choice{score, int32(k)}
			}
		}
		s.best[i] = b
	}
	for i := 0; i < n; {
		k := s.best[i].edge
		if k < 0 {
			i++
			continue
		}
		e := s.edges[k]
		if kind := s.kindOf(e.sym); kind != noneKind {
			s.resolver.add(&s.chart, e, kind)
			s.taken = max(s.taken, s.atoms[e.end-1].tok+1)
		}
		i = int(e.end)
	}
}

// kindOf returns the kind of time expression that a symbol is, or -1.
func (s *scratch) kindOf(sym symbol) int {
	for i, k := range s.t.kind {
		if k == sym {
			return i
		}
	}
	return -1
}

package nn

// An Arena hands out zeroed or raw scratch slices of one element type and takes
// them all back at once. It grows to the largest need it has met and is not
// safe for concurrent use.
type Arena[T any] struct {
	block []T
	used  int
}

// Reset takes back everything handed out.
func (a *Arena[T]) Reset() { a.used = 0 }

// Raw returns n elements with whatever they held before.
func (a *Arena[T]) Raw(n int) []T {
	if a.used+n > len(a.block) {
		// What was handed out stays valid in the old block.
		a.block = make([]T, max(2*len(a.block), a.used+n, 1<<14))
		a.used = 0
	}
	s := a.block[a.used : a.used+n : a.used+n]
	a.used += n
	return s
}

// Zeroed returns n zero elements.
func (a *Arena[T]) Zeroed(n int) []T {
	s := a.Raw(n)
	clear(s)
	return s
}

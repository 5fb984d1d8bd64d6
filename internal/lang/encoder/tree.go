package encoder

import "slices"

// A treeFinder finds the best tree over one sentence. Node 0 is the root and
// nodes 1 to n-1 are the words; score[d*n+h] is the score of h as the head of d.
type treeFinder struct {
	head, seen []int32
	contracted contraction
}

// Find returns the head of every node (0 for node 0 itself) in the tree of the
// highest score among those in which one word hangs from the root. The result
// is valid until the next call.
func (f *treeFinder) Find(score []float32, n int) []int32 {
	f.head, f.seen = grow(f.head, n), grow(f.seen, n)
	if n <= 2 {
		clear(f.head)
		return f.head
	}
	roots := 0
	f.head[0] = 0
	for d := 1; d < n; d++ {
		f.head[d] = bestHead(score[d*n:d*n+n], d)
		if f.head[d] == 0 {
			roots++
		}
	}
	// Nearly always the best heads already form a tree.
	if roots == 1 && findCycle(f.head, f.seen) < 0 {
		return f.head
	}
	f.contracted.solve(score, n, f.head, f.seen)
	return f.head
}

func bestHead(row []float32, d int) int32 {
	best := 0
	for h := 1; h < len(row); h++ {
		if h != d && row[h] > row[best] {
			best = h
		}
	}
	return int32(best)
}

// findCycle returns a node on a cycle of the heads, or -1. A node whose head is
// negative does not exist. seen is scratch of the same length.
func findCycle(head, seen []int32) int32 {
	clear(seen)
	for i := 1; i < len(head); i++ {
		x := int32(i)
		for x > 0 && head[x] >= 0 && seen[x] == 0 {
			seen[x] = int32(i)
			x = head[x]
		}
		if x > 0 && head[x] >= 0 && seen[x] == int32(i) {
			return x
		}
	}
	return -1
}

// A contraction is the algorithm of Chu, Liu and Edmonds: the words of a cycle
// become one node, named after one of them, until the best heads are a tree;
// then the cycles are opened again, the last first.
type contraction struct {
	n     int
	score []float64 // by node and head
	arcs  []arc     // the arc between words that stands behind each score
	head  []int32   // by node; negative: merged into another
	node  []int32   // by word: the node that holds it
	stack []cycle

	// What the cycles of the stack hold, one after the other.
	members []int32
	inner   []arc
	nodes   []int32
}

// An arc joins two words.
type arc struct{ dep, head int16 }

// A cycle is what must be known to open it again: its members and the arc of
// each within it, members[from:to] and inner[from:to], and contraction.node
// before it was merged, at the same place of nodes as the cycle has in the stack.
type cycle struct{ from, to int }

// rootCost is taken off every arc from the root, so that of all trees those
// with one such arc are best: more than any two trees of maxSequence words can
// differ by.
const rootCost = 1e9

func (c *contraction) solve(score []float32, n int, out, seen []int32) {
	c.start(score, n)
	for {
		for d := 1; d < n; d++ {
			if c.head[d] >= 0 {
				c.head[d] = c.best(d)
			}
		}
		at := findCycle(c.head, seen)
		if at < 0 {
			break
		}
		c.merge(at)
	}
	for d := range out {
		out[d] = -1
	}
	out[0] = 0
	for d := 1; d < n; d++ {
		if c.head[d] >= 0 {
			a := c.arcs[d*n+int(c.head[d])]
			out[a.dep] = int32(a.head)
		}
	}
	for i := len(c.stack) - 1; i >= 0; i-- {
		c.open(i, out)
	}
}

func (c *contraction) start(score []float32, n int) {
	c.n, c.stack = n, c.stack[:0]
	c.members, c.inner, c.nodes = c.members[:0], c.inner[:0], c.nodes[:0]
	c.score, c.arcs = grow(c.score, n*n), grow(c.arcs, n*n)
	c.head, c.node = grow(c.head, n), grow(c.node, n)
	clear(c.head)
	for d := range n {
		c.node[d] = int32(d)
		for h := range n {
			c.score[d*n+h] = float64(score[d*n+h])
			c.arcs[d*n+h] = arc{int16(d), int16(h)}
		}
		c.score[d*n] -= rootCost
	}
}

// best returns the best head of node d among those that exist.
func (c *contraction) best(d int) int32 {
	row, best := c.score[d*c.n:(d+1)*c.n], 0
	for h := 1; h < c.n; h++ {
		if h != d && c.head[h] >= 0 && row[h] > row[best] {
			best = h
		}
	}
	return int32(best)
}

// merge makes the cycle through node at one node of that name.
func (c *contraction) merge(at int32) {
	n, from := c.n, len(c.members)
	c.nodes = append(c.nodes, c.node[:n]...)
	for x := at; len(c.members) == from || x != at; x = c.head[x] {
		c.members = append(c.members, x)
		c.inner = append(c.inner, c.arcs[int(x)*n+int(c.head[x])])
	}
	members := c.members[from:]
	c.stack = append(c.stack, cycle{from, len(c.members)})
	for v := range n {
		if c.head[v] >= 0 && !slices.Contains(members, int32(v)) {
			c.join(int(at), v, members)
		}
	}
	for _, m := range members[1:] {
		c.head[m] = -1
	}
	for w, x := range c.node[:n] {
		if slices.Contains(members, x) {
			c.node[w] = at
		}
	}
}

// join gives node at, which stands for the members, its best arcs to and from
// node v. An arc into the cycle is worth what it gains over the arc it breaks.
func (c *contraction) join(at, v int, members []int32) {
	n := c.n
	var in, out float64
	var inArc, outArc arc
	for i, m := range members {
		enter := int(m)*n + v
		if gain := c.score[enter] - c.score[int(m)*n+int(c.head[m])]; i == 0 || gain > in {
			in, inArc = gain, c.arcs[enter]
		}
		leave := v*n + int(m)
		if i == 0 || c.score[leave] > out {
			out, outArc = c.score[leave], c.arcs[leave]
		}
	}
	// The scores between members are read no more: at's own may be replaced,
	// all but the one to its head in the cycle, which is not v.
	c.score[at*n+v], c.arcs[at*n+v] = in, inArc
	c.score[v*n+at], c.arcs[v*n+at] = out, outArc
}

// open gives every member of a cycle but the one that an arc from outside
// entered its arc within. Of the words in the cycle, only that arc's has a head
// yet.
func (c *contraction) open(i int, out []int32) {
	cy := c.stack[i]
	members, entered := c.members[cy.from:cy.to], int32(-1)
	for w, x := range c.nodes[i*c.n : (i+1)*c.n] {
		if out[w] >= 0 && w > 0 && slices.Contains(members, x) {
			entered = x
		}
	}
	for k, m := range members {
		if m != entered {
			a := c.inner[cy.from+k]
			out[a.dep] = int32(a.head)
		}
	}
}

// grow returns s with length n, reallocated when it is too small.
func grow[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/2)
	}
	return s[:n]
}

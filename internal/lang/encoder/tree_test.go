package encoder

import (
	"math"
	"math/rand/v2"
	"testing"
)

func randomScores(r *rand.Rand, n int) []float32 {
	s := make([]float32, n*n)
	for i := range s {
		s[i] = r.Float32()*20 - 10
	}
	return s
}

// treeScore returns the sum of the arcs and whether the heads are a tree with
// one root.
func treeScore(score []float32, head []int32) (float64, bool) {
	n, sum, roots := len(head), 0.0, 0
	for d := 1; d < n; d++ {
		sum += float64(score[d*n+int(head[d])])
		if head[d] == 0 {
			roots++
		}
		x := int32(d)
		for range n {
			x = head[x]
		}
		if x != 0 {
			return 0, false
		}
	}
	return sum, roots == 1
}

// bruteForce tries all assignments of heads.
func bruteForce(score []float32, n int) float64 {
	best, head := math.Inf(-1), make([]int32, n)
	var try func(d int)
	try = func(d int) {
		if d == n {
			if s, ok := treeScore(score, head); ok {
				best = max(best, s)
			}
			return
		}
		for h := range n {
			if h != d {
				head[d] = int32(h)
				try(d + 1)
			}
		}
	}
	try(1)
	return best
}

func TestFindIsTheBestTree(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	var f treeFinder
	for range 300 {
		n := 2 + r.IntN(5)
		score := randomScores(r, n)
		got, ok := treeScore(score, f.Find(score, n))
		if want := bruteForce(score, n); !ok || math.Abs(got-want) > 1e-3 {
			t.Fatalf("n=%d: score %v tree %v, want %v", n, got, ok, want)
		}
	}
}

func TestFindIsAlwaysATree(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	var f treeFinder
	for n := 2; n < 120; n += 3 {
		score := randomScores(r, n)
		if _, ok := treeScore(score, f.Find(score, n)); !ok {
			t.Fatalf("n=%d: no tree with one root", n)
		}
		clear(score) // all ties
		if _, ok := treeScore(score, f.Find(score, n)); !ok {
			t.Fatalf("n=%d: no tree with one root over ties", n)
		}
	}
	if h := f.Find([]float32{0}, 1); len(h) != 1 || h[0] != 0 {
		t.Errorf("no words: heads %v", h)
	}
}

func TestFindTakesGoodHeadsAsTheyAre(t *testing.T) {
	// "they met leaders": met is the root, the others hang from it.
	n := 4
	score := make([]float32, n*n)
	score[2*n+0], score[1*n+2], score[3*n+2] = 5, 5, 5
	var f treeFinder
	if h := f.Find(score, n); h[1] != 2 || h[2] != 0 || h[3] != 2 {
		t.Errorf("heads %v, want 2 0 2", h[1:])
	}
}

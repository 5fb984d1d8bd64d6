package eval

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"casus/internal/doc"
)

// ReadCorefChains reads one document of the CoNLL coreference shape: a token a
// line, its number, form and brackets "(3", "3)", "(3)" joined by "|" or set
// one after another. It returns the forms and the chains.
func ReadCorefChains(r io.Reader) (forms []string, chains [][][2]int, err error) {
	byID := map[string]int{}
	open := map[string][]int{}
	sc := bufio.NewScanner(r)
	sc.Buffer(nil, 1<<20)
	for n := 1; sc.Scan(); n++ {
		line := sc.Text()
		if line == "" || line[0] == '#' {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) < 3 {
			return nil, nil, fmt.Errorf("line %d: %d columns, want 3", n, len(f))
		}
		t := len(forms)
		forms = append(forms, f[1])
		for _, b := range brackets(f[len(f)-1]) {
			id := strings.Trim(b, "()")
			if b[0] == '(' {
				open[id] = append(open[id], t)
			}
			if b[len(b)-1] != ')' {
				continue
			}
			at := open[id]
			if len(at) == 0 {
				return nil, nil, fmt.Errorf("line %d: %q closes nothing", n, b)
			}
			first := at[len(at)-1]
			open[id] = at[:len(at)-1]
			k, ok := byID[id]
			if !ok {
				k = len(chains)
				byID[id] = k
				chains = append(chains, nil)
			}
			chains[k] = append(chains[k], [2]int{first, t + 1})
		}
	}
	return forms, chains, sc.Err()
}

// brackets cuts "(3(5)3)" and "(3|(5)" into "(3", "(5)", "3)".
func brackets(s string) []string {
	var out []string
	for i := 0; i < len(s); {
		j := i
		if s[j] == '(' {
			j++
		}
		start := j
		for j < len(s) && s[j] >= '0' && s[j] <= '9' {
			j++
		}
		if j == start {
			i++
			continue
		}
		if j < len(s) && s[j] == ')' {
			j++
		}
		out = append(out, s[i:j])
		i = j
	}
	return out
}

// A CorefTally counts over documents.
type CorefTally struct {
	muc, b3, ceaf [2]ratioOf // recall, precision
	pronouns      [2]int     // right, wanted
	ofNames       [2]int     // of these, those whose chain has a name
	docs          int
}

type ratioOf struct{ num, den float64 }

func (r *ratioOf) add(num, den float64) { r.num, r.den = r.num+num, r.den+den }

func (r ratioOf) value() float64 {
	if r.den == 0 {
		return 0
	}
	return r.num / r.den
}

// Add scores one document: gold chains and the chains of the resolver, which
// may hold single mentions; those count for neither side.
func (t *CorefTally) Add(gold, pred [][][2]int) {
	drop := func(c [][][2]int) [][][2]int {
		return slices.DeleteFunc(slices.Clone(c), func(x [][2]int) bool { return len(x) < 2 })
	}
	gold, pred = drop(gold), drop(pred)
	t.docs++
	mapOf := func(cs [][][2]int) map[[2]int]int {
		m := map[[2]int]int{}
		for k, c := range cs {
			for _, x := range c {
				m[x] = k
			}
		}
		return m
	}
	gm, pm := mapOf(gold), mapOf(pred)
	muc := func(a [][][2]int, b map[[2]int]int, into *ratioOf) {
		for _, c := range a {
			parts, loose := map[int]bool{}, 0
			for _, x := range c {
				if k, ok := b[x]; ok {
					parts[k] = true
				} else {
					loose++
				}
			}
			into.add(float64(len(c)-len(parts)-loose), float64(len(c)-1))
		}
	}
	muc(gold, pm, &t.muc[0])
	muc(pred, gm, &t.muc[1])
	overlap := func(a, b [][2]int) int {
		n := 0
		for _, x := range a {
			if slices.Contains(b, x) {
				n++
			}
		}
		return n
	}
	cubed := func(a, b [][][2]int, bm map[[2]int]int, into *ratioOf) {
		for _, c := range a {
			for _, x := range c {
				v := 0.0
				if k, ok := bm[x]; ok {
					v = float64(overlap(c, b[k])) / float64(len(c))
				}
				into.add(v, 1)
			}
		}
	}
	cubed(gold, pred, pm, &t.b3[0])
	cubed(pred, gold, gm, &t.b3[1])
	best := align(gold, pred, func(a, b [][2]int) float64 {
		return 2 * float64(overlap(a, b)) / float64(len(a)+len(b))
	})
	t.ceaf[0].add(best, float64(len(gold)))
	t.ceaf[1].add(best, float64(len(pred)))
}

// align returns the weight of the best one-to-one matching of two lists, by the
// Hungarian method.
func align(a, b [][][2]int, weight func(x, y [][2]int) float64) float64 {
	if len(a) > len(b) {
		a, b = b, a
	}
	n, m := len(a), len(b)
	if n == 0 {
		return 0
	}
	cost := make([][]float64, n)
	for i := range a {
		cost[i] = make([]float64, m)
		for j := range b {
			cost[i][j] = -weight(a[i], b[j])
		}
	}
	u, v := make([]float64, n+1), make([]float64, m+1)
	p, way := make([]int, m+1), make([]int, m+1)
	for i := 1; i <= n; i++ {
		p[0] = i
		j0 := 0
		minv, used := make([]float64, m+1), make([]bool, m+1)
		for j := range minv {
			minv[j] = 1e18
		}
		for {
			used[j0] = true
			i0, delta, j1 := p[j0], 1e18, 0
			for j := 1; j <= m; j++ {
				if used[j] {
					continue
				}
				if cur := cost[i0-1][j-1] - u[i0] - v[j]; cur < minv[j] {
					minv[j], way[j] = cur, j0
				}
				if minv[j] < delta {
					delta, j1 = minv[j], j
				}
			}
			for j := 0; j <= m; j++ {
				if used[j] {
					u[p[j]] += delta
					v[j] -= delta
				} else {
					minv[j] -= delta
				}
			}
			j0 = j1
			if p[j0] == 0 {
				break
			}
		}
		for j0 != 0 {
			j1 := way[j0]
			p[j0] = p[j1]
			j0 = j1
		}
	}
	total := 0.0
	for j := 1; j <= m; j++ {
		if p[j] != 0 {
			total -= cost[p[j]-1][j-1]
		}
	}
	return total
}

// Pronouns scores the third-person pronouns of a document that stand in a gold
// chain with a name or noun: one is right when its entity's last name or noun
// before it, or else its first after it, has the head of a mention of the gold chain.
func (t *CorefTally) Pronouns(d *doc.Doc, gold [][][2]int) {
	at := map[doc.TokenID]int{} // pronoun -> mention
	for i := range d.Mentions {
		if d.Mentions[i].Form == doc.FormPronoun {
			at[d.Mentions[i].Head] = i
		}
	}
	for _, c := range gold {
		var full [][2]int
		for _, x := range c {
			if x[1]-x[0] > 1 || d.Tags[x[0]].UPOS != "PRON" {
				full = append(full, x)
			}
		}
		if len(full) == 0 {
			continue
		}
		named := slices.ContainsFunc(full, func(x [2]int) bool { return properHead(d, x) })
		for _, x := range c {
			if x[1]-x[0] != 1 || !thirdPerson(d.Word(doc.TokenID(x[0]))) || d.Tags[x[0]].UPOS != "PRON" {
				continue
			}
			t.pronouns[1]++
			if named {
				t.ofNames[1]++
			}
			i, ok := at[doc.TokenID(x[0])]
			if !ok {
				continue
			}
			if h := namedBefore(d, i); h != doc.NoToken && slices.ContainsFunc(full, func(y [2]int) bool { return y[0] <= int(h) && int(h) < y[1] }) {
				t.pronouns[0]++
				if named {
					t.ofNames[0]++
				}
			}
		}
	}
}

// properHead reports whether the range is headed by a name.
func properHead(d *doc.Doc, x [2]int) bool {
	for t := doc.TokenID(x[0]); int(t) < x[1]; t++ {
		if h := d.Arcs[t].Head; int(h) < x[0] || int(h) >= x[1] {
			return d.Tags[t].UPOS == "PROPN"
		}
	}
	return false
}

func thirdPerson(w string) bool {
	switch strings.ToLower(w) {
	case "he", "him", "his", "himself", "she", "her", "hers", "herself", "it", "its", "itself", "they", "them", "their", "theirs", "themselves":
		return true
	}
	return false
}

// namedBefore returns the head of the last name or noun of the entity of
// mention i before it, else of the first after it.
func namedBefore(d *doc.Doc, i int) doc.TokenID {
	best := doc.NoToken
	for _, k := range d.Entities[d.Mentions[i].Entity].Mentions {
		m := &d.Mentions[k]
		if m.Form == doc.FormPronoun {
			continue
		}
		if m.Head < d.Mentions[i].Head {
			best = m.Head
		} else if best == doc.NoToken {
			return m.Head
		}
	}
	return best
}

// Report returns the scores.
func (t *CorefTally) Report() *Report {
	r := &Report{Task: "coreference"}
	sum := 0.0
	for _, x := range []struct {
		name string
		v    [2]ratioOf
	}{{"MUC", t.muc}, {"B-cubed", t.b3}, {"CEAFe", t.ceaf}} {
		rec, p := x.v[0].value(), x.v[1].value()
		f := 0.0
		if p+rec > 0 {
			f = 2 * p * rec / (p + rec)
		}
		sum += f
		r.Rows = append(r.Rows, Row{Name: x.name, P: &p, R: &rec, F1: &f, N: t.docs})
	}
	mean := sum / 3
	r.Rows = append(r.Rows, Row{Name: "CoNLL", F1: &mean, N: t.docs, Note: strconv.Itoa(t.docs) + " documents"})
	r.Share("third-person pronouns", t.pronouns[0], t.pronouns[1])
	r.Share("third-person pronouns of named entities", t.ofNames[0], t.ofNames[1])
	return r
}

// Chains returns the entities of a document as chains of the widest phrases of
// their mentions, as coreference corpora mark them.
func Chains(d *doc.Doc) [][][2]int {
	out := make([][][2]int, 0, len(d.Entities))
	for i := range d.Entities {
		var c [][2]int
		for _, k := range d.Entities[i].Mentions {
			m := &d.Mentions[k]
			// Adjectives of peoples are no mentions there.
			if m.Kind == doc.NORP && d.Tags[m.Head].UPOS == "ADJ" {
				continue
			}
			x := widest(d, m)
			if !slices.Contains(c, x) {
				c = append(c, x)
			}
		}
		out = append(out, c)
	}
	return out
}

// widest returns the mention with the clauses and appositions that belong to it.
func widest(d *doc.Doc, m *doc.Mention) [2]int {
	if m.Form == doc.FormPronoun {
		return [2]int{int(m.First), int(m.End)}
	}
	first, end := m.First, m.End
	a, b := d.Subtree(m.Head, func(rel string) bool {
		switch rel, _, _ := strings.Cut(rel, ":"); rel {
		case "case", "cc", "conj", "punct", "cop", "nsubj", "aux", "mark", "parataxis", "dep", "discourse", "advcl", "csubj", "obl", "dislocated", "vocative", "list", "expl":
			return true
		}
		return false
	})
	// Subtree leaves out what hangs under skipped relations; clauses inside keep theirs.
	first, end = min(first, a), max(end, b)
	for end > m.Head+1 && d.Tags[end-1].UPOS == "PUNCT" && d.Word(end-1) != "." {
		end--
	}
	for first < m.Head && d.Tags[first].UPOS == "PUNCT" {
		first++
	}
	// The possessive ending is part of the phrase there.
	if int(end) < len(d.Tokens) && d.Tags[end].XPOS == "POS" {
		end++
	}
	return [2]int{int(first), int(end)}
}

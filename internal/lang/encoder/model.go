package encoder

import (
	"errors"
	"strings"
	"sync"

	"casus/internal/doc"
	"casus/internal/lang/nn"
)

// A Model is a network ready to read. It may be shared by goroutines.
type Model struct {
	hash    string
	w       *Weights
	lexicon *Lexicon
	tags    []doc.Tag // by label of the tag head, without FEATS
	feats   featsHead
	lstm    [4]recurrent
	heads   joined // MLP and token heads: all that reads the last states
	arc     dense
	rel     dense
	names   []nameHead // Annotate reports what the first finds
	place   func(name string) bool
	types   *typeCache
	scratch *sync.Pool
}

// recurrent is one direction of a layer.
type recurrent struct {
	input, state *nn.Packed
	scale, bias  []float32 // gates halved
}

// dense is a product with what turns its sums into numbers.
type dense struct {
	*nn.Packed
	scale, bias []float32
}

// joined is the products that every call of Annotate needs, side by side: the
// MLP, then the heads for tags and names, whose first columns it knows.
type joined struct {
	dense
	tag, names int
}

// featsHead reads FEATS: of its many labels only those are scored that were seen
// with the tag.
type featsHead struct {
	labels      []string
	width       int
	columns     []int16 // by label
	scale, bias []float32
}

// nameHead finds names by one convention.
type nameHead struct {
	dense
	name  string
	kinds []string
}

// Load reads a model file.
func Load(data []byte) (*Model, error) {
	w, err := Decode(data)
	if err != nil {
		return nil, err
	}
	return New(w, hashOf(data))
}

// New returns the model of the weights.
func New(w *Weights, hash string) (*Model, error) {
	m := &Model{hash: hash, w: w, lexicon: NewLexicon(w.NewsWords, w.Words)}
	for i := range w.LSTM {
		m.lstm[i] = newRecurrent(w.LSTM[i], w.Hidden)
	}
	m.arc, m.rel = newDense(w.ArcProduct), newDense(w.RelOutput)
	if err := m.join(); err != nil {
		return nil, err
	}
	m.types = newTypeCache()
	m.scratch = &sync.Pool{New: func() any { return new(scratch) }}
	return m, nil
}

// WithPlaces returns the model with a judge of place names: a name of kind LOC
// that it accepts, a country, state or city, is reported as GPE.
func (m *Model) WithPlaces(isGPE func(name string) bool) *Model {
	c := *m
	c.place = isGPE
	return &c
}

// Hash names the weights.
func (m *Model) Hash() string { return m.hash }

func newRecurrent(l Layer, hidden int) recurrent {
	width := l.K - hidden
	r := recurrent{input: l.Pack(0, width), state: l.Pack(width, l.K)}
	r.scale = append(r.scale, l.Scale...)
	r.bias = append(r.bias, l.Bias...)
	nn.HalveGates(r.scale)
	nn.HalveGates(r.bias)
	return r
}

func newDense(l Layer) dense {
	return dense{Packed: l.Pack(0, l.K), scale: l.Scale, bias: l.Bias}
}

// join finds the heads by name and packs those that Annotate reads side by
// side, so that the last states are read once.
func (m *Model) join() error {
	parts, at := []Layer{m.w.MLP}, m.w.MLP.N
	add := func(l Layer) (first int) {
		first = at
		parts, at = append(parts, l), at+l.N
		return first
	}
	for i := range m.w.Heads {
		h := &m.w.Heads[i]
		convention, isNames := strings.CutPrefix(h.Name, HeadNames)
		switch {
		case h.Name == HeadTag:
			m.heads.tag = add(h.Layer)
			for _, l := range h.Labels {
				upos, xpos, _ := strings.Cut(l, "|")
				m.tags = append(m.tags, doc.Tag{UPOS: upos, XPOS: xpos})
			}
		case h.Name == HeadFeats:
			m.feats = featsHead{labels: h.Labels, width: h.Layer.K, columns: h.Layer.Columns(), scale: h.Layer.Scale, bias: h.Layer.Bias}
		case isNames:
			kinds, ok := kindsOf(h.Labels)
			if !ok {
				return errors.New("read language model: labels of names are not BIOES")
			}
			if len(m.names) == 0 {
				m.heads.names = add(h.Layer)
			}
			m.names = append(m.names, nameHead{dense: newDense(h.Layer), name: convention, kinds: kinds})
		}
	}
	if m.heads.tag == 0 || m.feats.labels == nil || m.heads.names == 0 {
		return errors.New("read language model: no head for tags, features or names")
	}
	m.heads.dense = newDense(sideBySide(parts, at))
	return nil
}

// sideBySide returns one layer whose columns are those of the parts.
func sideBySide(parts []Layer, n int) Layer {
	k := parts[0].K
	all := Layer{Fixed: &nn.Fixed{K: k, N: n, Data: make([]int16, k*n)}}
	at := 0
	for _, p := range parts {
		for r := range k {
			copy(all.Data[r*n+at:], p.Data[r*p.N:(r+1)*p.N])
		}
		all.Scale = append(all.Scale, p.Scale...)
		all.Bias = append(all.Bias, p.Bias...)
		at += p.N
	}
	return all
}

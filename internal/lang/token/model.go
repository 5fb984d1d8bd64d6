package token

import (
	"fmt"
	"io/fs"
	"path"
	"strconv"
	"strings"

	"casus/internal/table"
)

// scale is what weights are multiplied by in the file.
const scale = 100

// A model holds the weights of the features of sentence ends in an open hash
// table.
type model struct {
	keys    []uint32
	weights []int16
	mask    uint32
}

// weight returns the weight of a feature, 0 for one never learned.
func (m *model) weight(key uint32) int16 {
	if key == 0 {
		key = 1
	}
	for i := key & m.mask; ; i = (i + 1) & m.mask {
		switch m.keys[i] {
		case key:
			return m.weights[i]
		case 0:
			return 0
		}
	}
}

func (m *model) put(key uint32, w int16) {
	if key == 0 {
		key = 1
	}
	i := key & m.mask
	for m.keys[i] != 0 && m.keys[i] != key {
		i = (i + 1) & m.mask
	}
	m.keys[i], m.weights[i] = key, w
}

// loadModel reads a table of features and weights; see [Train].
func loadModel(fsys fs.FS, lang string) (*model, error) {
	names := map[string]template{}
	for t, n := range templateNames {
		names[n] = template(t)
	}
	type row struct {
		key uint32
		w   int16
	}
	var rows []row
	err := table.Read(fsys, path.Join(lang, "ends.tsv"), []string{"feature", "value", "weight"}, func(r *table.Row) error {
		t, ok := names[r.Get("feature")]
		if !ok {
			return r.Errorf("unknown feature %q", r.Get("feature"))
		}
		w, err := strconv.ParseInt(r.Get("weight"), 10, 16)
		if err != nil {
			return r.Errorf("weight %q: want a whole number", r.Get("weight"))
		}
		rows = append(rows, row{hashFeature(t, strings.Split(r.Get("value"), "|")...), int16(w)})
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("load sentence ends: %w", err)
	}
	size := 1
	for size < 3*len(rows)+2 {
		size *= 2
	}
	m := &model{keys: make([]uint32, size), weights: make([]int16, size), mask: uint32(size - 1)}
	for _, r := range rows {
		m.put(r.key, r.w)
	}
	return m, nil
}

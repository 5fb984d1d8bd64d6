// Package encoder reads sentences: it gives every token its part of speech,
// morphology, head and relation, and finds the names.
//
// One network serves all of it. Each token's word becomes a vector (pretrained
// news vector, trained vector, hashed affixes, shape); two bidirectional LSTM
// layers read the sentence; small heads read the tags, the names, and the scores
// of all pairs of head and dependent, from which the best tree is taken. The
// weights come from lang/train; the model file says which labels there are.
//
// What must hold:
//
//   - Every sentence gets exactly one tree: one root, no cycle, all heads within
//     the sentence. Names are ranges within a sentence and do not overlap.
//   - Any Doc is fine, and the cost is linear in its length: a "sentence" of more
//     than maxSequence tokens is read in pieces whose trees are hung together.
//   - All products are of integers and all other steps are never reordered, so
//     the same words get the same analysis on every processor, in every batch,
//     with any number of goroutines and whatever the cache holds. A sentence is
//     read by itself; only the kinds of names are made to agree within a Doc.
//   - A Model is read-only but for its cache of word types, which is bounded and
//     changes no result.
package encoder

import (
	"crypto/sha256"
	_ "embed" // en.model
	"encoding/hex"
	"sync"
)

//go:embed en.model
var english []byte

// Default returns the English model that is part of the program.
var Default = sync.OnceValues(func() (*Model, error) { return Load(english) })

// hashOf returns the short hash that names a model in the records.
func hashOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:6])
}

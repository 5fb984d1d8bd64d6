package sqlite

import _ "embed"

// dict holds two documents of our own examples, without their texts: what the
// JSON of every document has in common. It makes a stored document a fifth
// smaller. It never changes: stored frames name it by dictID and cannot be read
// without it. A better one gets another id, and both are read.
//
//go:embed records.dict
var dict []byte

const dictID = 0xCA5051

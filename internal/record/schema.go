package record

import _ "embed"

// JSONSchema is the JSON Schema (draft 2020-12) of a [Document].
//
//go:embed casus-1.schema.json
var JSONSchema []byte

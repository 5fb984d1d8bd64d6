// Package article defines what a publisher published, before any analysis.
//
// An Article is made by a package of ingest and never edited afterwards: every
// span in the system refers to its Text or its Title.
package article

import (
	"crypto/sha256"
	"encoding/hex"
)

// An Article is one published text.
type Article struct {
	ID        string // given, or [Hash]
	URL       string
	Outlet    string // the publisher: a name, or the domain where no name is known
	Title     string
	Byline    string
	Language  string // BCP 47; "" when not declared
	Published Stamp
	Text      string // clean body, paragraphs separated by a blank line
	Path      string // where it was read from, for messages
}

// Hash is the id of an article that came without one: the first 16 hex digits
// of the SHA-256 of its URL and text.
func Hash(url, text string) string {
	h := sha256.New()
	h.Write([]byte(url))
	h.Write([]byte{0})
	h.Write([]byte(text))
	return hex.EncodeToString(h.Sum(nil)[:8])
}

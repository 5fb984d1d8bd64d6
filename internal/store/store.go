// Package store defines how records are kept and asked for. Its packages keep
// them: sqlite in one file; storetest holds what every one of them must pass.
//
// A store holds, for each article, the document its latest coder made, and
// indexes of it. What must hold:
//
//   - Put is atomic: an article is there with all its records, or not at all,
//     and what Put acknowledged survives the death of the process.
//   - Put is idempotent: the same article and coder change nothing.
//   - Another coder replaces an article's records in one step; corrections made
//     by people stay, the records before stay readable, and the change log says
//     what came, changed and went.
//   - Documents read back as they were put, so spans slice forever.
//
// A store knows no clock: the time of a change is handed in.
package store

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"time"

	"casus/internal/query"
	"casus/internal/record"
)

// Errors that callers branch on.
var (
	ErrNotFound = errors.New("not in the store")
	ErrReadOnly = errors.New("the store cannot be written")
	ErrFull     = errors.New("no space left for the store")
	ErrCursor   = errors.New("not a cursor of this search")
)

// An Item is an article with its records, as it is put into a store.
type Item struct {
	Document *record.Document
	Country  string // ISO 3166-1 alpha-3 of the outlet, or ""
}

// A Result says what Put did with an item.
type Result string

// Results of putting an item.
const (
	Added     Result = "added"
	Unchanged Result = "unchanged" // the same article by the same coder
	Recoded   Result = "recoded"   // the same article by another coder
	Replaced  Result = "replaced"  // the article itself changed
)

// A Failure is an input that became no article.
type Failure struct {
	Name, Stage, Code, Reason string
	At                        time.Time
}

// A Ref names an article and its content, for [Store.Coded].
type Ref struct {
	ID   string
	Hash Hash
}

// A Hash tells whether an article changed: of everything its publisher gave.
type Hash [16]byte

// ContentHash hashes what a publisher gave.
func ContentHash(url, outlet, title, byline, published, text string) Hash {
	h := sha256.New()
	var n [8]byte
	for _, s := range []string{url, outlet, title, byline, published, text} {
		binary.LittleEndian.PutUint64(n[:], uint64(len(s)))
		h.Write(n[:])
		h.Write([]byte(s))
	}
	return Hash(h.Sum(nil)[:16])
}

// HashOf is the content hash of a document's article.
func HashOf(a *record.Article) Hash {
	return ContentHash(str(a.URL), str(a.Outlet), str(a.Title), str(a.Byline), str(a.Published), a.Text)
}

func str(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// A Request asks for records.
type Request struct {
	Query *query.Query
	Kind  query.Kind // event when empty and the query does not say
	// MinConfidence of events. All lists events of every status, confidence
	// and background; a query that names status: does so for the status.
	MinConfidence float64
	All           bool
	Best          bool   // by relevance of the words, not newest first
	Limit         int    // of one page; 0 is 20
	Cursor        string // of the page before, or ""
}

// KindOf returns what the request lists.
func (r *Request) KindOf() query.Kind {
	switch {
	case r.Query != nil && r.Query.Kind != "":
		return r.Query.Kind
	case r.Kind != "":
		return r.Kind
	}
	return query.Event
}

// A Hit is one record found: the document, and the id of the record in it ("" for
// an article). Hits of one article share the document.
type Hit struct {
	Document *record.Document
	Record   string
}

// A Page is a part of what a search found.
type Page struct {
	Hits []Hit
	Next string // cursor, or "" at the end
}

// A Day counts records of one day.
type Day struct {
	Day      int // since 1970-01-01
	N        int
	Quads    [5]int // by quad class; of events
	Articles int    // stored articles published on the day: the denominator
}

// A DyadDay sums what one side did to the other on a day.
type DyadDay struct {
	Day              int
	Reverse          bool // from the second to the first
	Quads            [5]int
	N                int
	Goldstein, Score float64 // sums
}

// A Facet counts one value of a field.
type Facet struct {
	Field, Value string
	N            int
}

// A PlaceCount counts events at a place.
type PlaceCount struct {
	Place record.Place
	N     int
	Quads [5]int
}

// A Run is a coder that stored documents.
type Run struct {
	ID       int
	Coder    record.Coder
	First    time.Time
	Articles int // whose latest records it made
	Before   int // whose records it made and another replaced
}

// Actions of a correction.
const (
	Accept = "accept"
	Reject = "reject"
	Edit   = "edit"
)

// A Correction is a person's word on a record. It is kept beside the records
// and found again by the words the record stands on, not by its id.
type Correction struct {
	Seq             int64
	Article, Record string
	Action          string
	Patch           []byte // of Edit: a JSON merge patch (RFC 7386) of the record
	Author, Reason  string
	At              time.Time
}

// A Change is a line of the change log.
type Change struct {
	Seq     int64     `json:"seq"`
	At      time.Time `json:"at"`
	Article string    `json:"article"`
	Record  string    `json:"record,omitempty"` // "" is the article itself
	Op      string    `json:"op"`               // add, edit, delete, correct
	Run     int       `json:"run"`
}

// Stats are the sizes of a store.
type Stats struct {
	Schema                                                          int
	Articles, Events, Statements, Claims, Outcomes, Failures, Bytes int64
	First, Last                                                     string // days
}

// A Store keeps documents. Its methods may be called at the same time.
type Store interface {
	// Put stores the items in one transaction and says what became of each.
	Put(ctx context.Context, items []Item, at time.Time) ([]Result, error)
	// Fail keeps inputs that could not be read.
	Fail(ctx context.Context, fs []Failure) error
	// Coded reports for each article whether these words are stored already,
	// coded by this coder.
	Coded(ctx context.Context, refs []Ref, c record.Coder) ([]bool, error)
	// Document returns an article with its records, corrected, or ErrNotFound.
	Document(ctx context.Context, article string) (*record.Document, error)
	// DocumentOf returns the records as a run made them, or ErrNotFound.
	DocumentOf(ctx context.Context, article string, run int) (*record.Document, error)
	// Articles calls f with the id of every article, newest first; since is the
	// first day, or nil.
	Articles(ctx context.Context, since *int, f func(id string, run int) error) error
	Search(ctx context.Context, r Request) (*Page, error)
	// Each calls f with every article that has a match, newest first, holding
	// only the records that match of the kind asked for.
	Each(ctx context.Context, r Request, f func(*record.Document) error) error
	Timeline(ctx context.Context, r Request) ([]Day, error)
	Dyad(ctx context.Context, a, b string, r Request) ([]DyadDay, error)
	Facets(ctx context.Context, r Request, most int) ([]Facet, error)
	Places(ctx context.Context, r Request) ([]PlaceCount, error)
	Correct(ctx context.Context, c Correction) error
	Corrections(ctx context.Context, article string) ([]Correction, error)
	Runs(ctx context.Context) ([]Run, error)
	// Shared calls f with every article that both runs coded.
	Shared(ctx context.Context, a, b int, f func(article string) error) error
	Changes(ctx context.Context, after int64, limit int) ([]Change, error)
	Stats(ctx context.Context) (*Stats, error)
	// Check looks for what must not be and returns it in words.
	Check(ctx context.Context) ([]string, error)
	Backup(ctx context.Context, to string) error
	Vacuum(ctx context.Context) error
	Close() error
}

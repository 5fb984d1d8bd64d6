// Package claim finds the checkable assertions of an article: how many were
// killed, arrested or counted, how much money, what share of what; who asserts
// it, and who or what stands against it.
//
// It owns record.Claim. A quantity is an interval: "at least 12" is open above,
// "tens of thousands" runs from 20,000 to 100,000. What must hold: the span of
// a claim lies in the text and holds its number; low is never above high;
// disputes are symmetric; only claims worth listing are listed: ages, dates,
// ranks and scores are none. Text never makes an error.
package claim

import (
	"embed"
	"io/fs"
	"slices"
	"strconv"
	"sync"

	"casus/internal/doc"
	"casus/internal/extract/tree"
	"casus/internal/record"
	"casus/internal/text"
)

//go:embed en/*.tsv
var files embed.FS

// Files are the embedded tables, over which a user's may be laid.
func Files() fs.FS { return files }

// A Finder finds claims by its tables. It is safe for concurrent use.
type Finder struct{ lx *lexicon }

// Load reads the tables of a language from fsys, such as "en".
func Load(fsys fs.FS, lang string) (*Finder, error) {
	lx, err := load(fsys, lang)
	if err != nil {
		return nil, err
	}
	return &Finder{lx}, nil
}

var english = sync.OnceValues(func() (*Finder, error) { return Load(files, "en") })

// Default returns the Finder of the embedded English tables.
func Default() (*Finder, error) { return english() }

// Find returns the claims of the document in order of the text. It reads the
// language layers, times, places, and the statements and events found before.
func (f *Finder) Find(d *doc.Doc, statements []record.Statement, events []record.Event) []record.Claim {
	if len(d.Tokens) == 0 || len(d.Tags) != len(d.Tokens) || len(d.Arcs) != len(d.Tokens) {
		return []record.Claim{}
	}
	r := newRun(f.lx, d, statements, events)
	for _, s := range d.Sentences {
		for _, n := range r.scan(s) {
			r.count(n, s)
		}
	}
	r.propositions()
	slices.SortStableFunc(r.found, func(a, b found) int { return int(a.at - b.at) })
	r.contradicted()
	r.conflicts()
	return r.records()
}

// Sizes returns for each event the claims that count it, by what became of
// those counted: {"dead": "c1"}.
func Sizes(claims []record.Claim) map[string]map[string]string {
	out := map[string]map[string]string{}
	for i := range claims {
		c := &claims[i]
		if c.Event == nil || c.Quantity == nil || len(c.AssertedBy) == 0 && len(c.DisputedBy) > 0 {
			continue
		}
		key, ok := sizeKeys[c.Quantity.Unit]
		if !ok {
			continue
		}
		if out[*c.Event] == nil {
			out[*c.Event] = map[string]string{}
		}
		if _, ok := out[*c.Event][key]; !ok {
			out[*c.Event][key] = c.ID
		}
	}
	return out
}

var sizeKeys = map[string]string{"deaths": "dead", "injuries": "injured", "arrests": "arrested", "missing": "missing", "displaced": "displaced", "abductions": "abducted", "evacuations": "evacuated", "deportations": "deported"}

// A run is the work on one document.
type run struct {
	*scanner
	t          *tree.Tree
	statements []record.Statement
	contents   []content
	triggers   map[[2]int]string // start of a trigger (1 when in the title) to the event
	timed      []int32           // per token: the time expression that covers it, or -1
	named      []int32           // per token: the name that covers it, or -1
	found      []found
}

// A content is one piece of what a statement says.
type content struct {
	start, end int // code points
	title      bool
	statement  int
}

// A found is a claim in the making.
type found struct {
	record.Claim
	at      int32 // byte where it begins
	span    text.Span
	sent    int
	n       *number
	noun    string // lemma of the head of those counted
	verb    string // lemma of what is said of them
	change  bool   // a difference, not a level
	article bool   // the article itself asserts it
	voice   string // the words of the source, where no actor is known for it
}

func newRun(lx *lexicon, d *doc.Doc, statements []record.Statement, events []record.Event) *run {
	n := len(d.Tokens)
	r := &run{
		scanner: newScanner(lx, d), t: tree.New(d), statements: statements, triggers: map[[2]int]string{},
		timed: make([]int32, n), named: make([]int32, n),
	}
	for i := range n {
		r.timed[i], r.named[i] = -1, -1
	}
	for i := range d.Times {
		for t := max(d.Times[i].First, 0); t < d.Times[i].End && int(t) < n; t++ {
			r.timed[t] = int32(i)
		}
	}
	for i := range d.Names {
		for t := max(d.Names[i].First, 0); t < d.Names[i].End && int(t) < n; t++ {
			r.named[t] = int32(i)
		}
	}
	for i := range statements {
		for _, c := range statements[i].Content {
			r.contents = append(r.contents, content{c.Start, c.End, c.In != "", i})
		}
	}
	slices.SortStableFunc(r.contents, func(a, b content) int { return a.start - b.start })
	for i := range events {
		for _, m := range events[i].Mentions {
			r.trigger(m.Trigger, events[i].ID)
		}
		r.trigger(events[i].Trigger, events[i].ID)
	}
	return r
}

func (r *run) trigger(sp record.Span, id string) {
	key := [2]int{sp.Start, 0}
	if sp.In != "" {
		key[1] = 1
	}
	if _, ok := r.triggers[key]; !ok {
		r.triggers[key] = id
	}
}

// eventAt returns the event whose trigger begins at the token, or nil.
func (r *run) eventAt(t doc.TokenID) *string {
	if t == doc.NoToken {
		return nil
	}
	a := r.d.Anchor(r.d.Tokens[t].Span)
	key := [2]int{a.Start, 0}
	if a.In != "" {
		key[1] = 1
	}
	if id, ok := r.triggers[key]; ok {
		return &id
	}
	return nil
}

// lookBack bounds how many pieces of content are tried for one claim.
const lookBack = 40

// statementAt returns the innermost statement whose content holds the span, or -1.
func (r *run) statementAt(sp text.Span) int {
	a := r.d.Anchor(sp)
	i, _ := slices.BinarySearchFunc(r.contents, a.Start, func(c content, at int) int {
		if c.start <= at {
			return -1
		}
		return 1
	})
	best, size := -1, 0
	for k := 0; k < lookBack && i > 0; k++ {
		i--
		c := r.contents[i]
		if c.title == (a.In != "") && c.start <= a.Start && a.End <= c.end && (best < 0 || c.end-c.start < size) {
			best, size = c.statement, c.end-c.start
		}
	}
	return best
}

// records numbers the claims and links those in conflict.
func (r *run) records() []record.Claim {
	out := make([]record.Claim, len(r.found))
	for i := range r.found {
		c := r.found[i].Claim
		c.ID = "c" + strconv.Itoa(i+1)
		for k := range c.Disputes {
			n, _ := strconv.Atoi(c.Disputes[k])
			c.Disputes[k] = "c" + strconv.Itoa(n+1)
		}
		if c.AssertedBy == nil {
			c.AssertedBy = []string{}
		}
		if c.DisputedBy == nil {
			c.DisputedBy = []record.Dispute{}
		}
		if c.Disputes == nil {
			c.Disputes = []string{}
		}
		out[i] = c
	}
	return out
}

// Package statement finds what people are reported to have said: quotations,
// direct and indirect, with their source, the words that report them, the
// persons addressed and the road the words took to the article.
//
// It owns record.Statement. A statement begins with a cue: a verb of saying
// and its complement, a noun such as "claim" with its clause, "according to",
// a colon or a dash; or with a pair of quotation marks that no cue governs,
// which then continues the quotation before it. What must hold: content, cue
// and source lie in the text; of direct content every piece lies within one
// pair of marks; a statement inside another names it in Within; text never
// makes an error, and the work is linear in the sentences.
//
// English words stand in the tables under en, not in code.
package statement

import (
	"embed"
	"io/fs"
	"sync"

	"casus/internal/doc"
	"casus/internal/extract/tree"
	"casus/internal/record"
)

//go:embed en/*.tsv
var files embed.FS

// A Finder finds statements by its tables. It is safe for concurrent use.
type Finder struct{ lx *lexicon }

// Load reads the tables of a language from fsys, such as "en".
func Load(fsys fs.FS, lang string) (*Finder, error) {
	lx, err := load(fsys, lang)
	if err != nil {
		return nil, err
	}
	return &Finder{lx}, nil
}

// Files are the embedded tables, over which a user's may be laid.
func Files() fs.FS { return files }

var english = sync.OnceValues(func() (*Finder, error) { return Load(files, "en") })

// Default returns the Finder of the embedded English tables.
func Default() (*Finder, error) { return english() }

// Find returns the statements of the document in order of the text. It reads
// tokens, tags, arcs, quotations, names, times, mentions, entities and actors;
// a layer that is missing costs what depends on it.
func (f *Finder) Find(d *doc.Doc) []record.Statement {
	if len(d.Tokens) == 0 || len(d.Tags) != len(d.Tokens) || len(d.Arcs) != len(d.Tokens) {
		return nil
	}
	r := newRun(f.lx, d)
	r.cues()
	r.labels()
	r.quotations()
	r.settle()
	return r.records()
}

// A run is the work on one document.
type run struct {
	*lexicon
	d     *doc.Doc
	t     *tree.Tree
	lower []string
	outer []int   // quotations that lie in no other, into d.Quotes
	inner []int   // quotations inside one other; numbered on after outer
	in    []int32 // per token: index into outer, or -1
	in2   []int32 // per token: number of the inner quotation, or -1
	owner []int   // per outer quotation: the candidate that has it, or -1
	names []int32 // per token: index into d.Names, or -1
	cands []cand
	act   *actors
	byCue []int32 // per token: the candidate whose cue it heads, or -1
}

// A cand is a statement in the making.
type cand struct {
	rule      string
	word      *cueWord // nil for marks
	cue       doc.TokenID
	cueFirst  doc.TokenID
	cueEnd    doc.TokenID
	subj      doc.TokenID // head of the source, or NoToken
	srcFirst  doc.TokenID
	srcEnd    doc.TokenID
	addressee doc.TokenID
	content   []doc.TokenID // in order
	quotes    []int         // outer quotations taken whole, into run.outer
	prep      string        // the preposition before the content
	drop      bool
	nominal   bool // the content is a phrase, not a clause
	passive   bool
	within    int // the candidate that this one is reported in, or -1
}

func newRun(lx *lexicon, d *doc.Doc) *run {
	n := len(d.Tokens)
	r := &run{lexicon: lx, d: d, t: tree.New(d), lower: make([]string, n), in: make([]int32, n), in2: make([]int32, n), names: make([]int32, n), byCue: make([]int32, n), act: newActors(d)}
	for i := range n {
		r.lower[i] = lower(d.Word(doc.TokenID(i)))
		r.in[i], r.in2[i], r.names[i], r.byCue[i] = -1, -1, -1, -1
	}
	for i := range d.Quotes {
		if d.Quotes[i].Depth == 0 {
			r.outer = append(r.outer, i)
		} else if d.Quotes[i].Depth == 1 {
			r.inner = append(r.inner, i)
		}
	}
	for i := range len(r.outer) + len(r.inner) {
		in := r.in
		if i >= len(r.outer) {
			in = r.in2
		}
		q := r.quote(i)
		for t := max(q.First, 0); t < q.End && int(t) < n; t++ {
			in[t] = int32(i)
		}
	}
	r.owner = make([]int, len(r.outer))
	for i := range r.owner {
		r.owner[i] = -1
	}
	for i := range d.Names {
		if nm := &d.Names[i]; !nm.Nested {
			for t := max(nm.First, 0); t < nm.End && int(t) < n; t++ {
				r.names[t] = int32(i)
			}
		}
	}
	return r
}

// quote returns the quotation of a number: an index into r.outer, or past its
// end into r.inner.
func (r *run) quote(i int) *doc.Quote {
	if i >= len(r.outer) {
		return &r.d.Quotes[r.inner[i-len(r.outer)]]
	}
	return &r.d.Quotes[r.outer[i]]
}

// markedBy returns the quotation that the token stands in as seen by a cue that
// lies itself in the outer quotation own, or in none when own is -1.
func (r *run) markedBy(t doc.TokenID, own int) int {
	if own >= 0 && r.in[t] == int32(own) {
		return int(r.in2[t])
	}
	return int(r.in[t])
}

// word returns the token in lower case, "" outside the document.
func (r *run) word(t doc.TokenID) string {
	if t < 0 || int(t) >= len(r.lower) {
		return ""
	}
	return r.lower[t]
}

func (r *run) is(t doc.TokenID, class string) bool { return r.words[class][r.word(t)] }

// upos is the part of speech of the token, "" outside the document.
func (r *run) upos(t doc.TokenID) string {
	if t < 0 || int(t) >= len(r.d.Tags) {
		return ""
	}
	return r.d.Tags[t].UPOS
}

// verbal reports whether t heads a clause by its part of speech.
func (r *run) verbal(t doc.TokenID) bool {
	u := r.upos(t)
	return u == "VERB" || u == "AUX"
}

func (r *run) sentence(t doc.TokenID) doc.Sentence {
	return r.d.Sentences[min(r.d.SentenceOf(t), len(r.d.Sentences)-1)]
}

// punct reports whether the token is a mark.
func (r *run) punct(t doc.TokenID) bool {
	u := r.upos(t)
	return u == "PUNCT" || u == "SYM" && !hasLetter(r.lower[t])
}

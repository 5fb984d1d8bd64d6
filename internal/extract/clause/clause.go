// Package clause writes the ledger of assertions: every predicate of the text
// with its arguments and its status.
//
// It owns what the words around an act make of it: tense, modality, negation,
// condition, the chain of predicates that embed it (threatened to, denied,
// refused), and who its participants are once passive, control, relative
// clauses and coordination are undone. It knows Universal Dependencies and the
// tables in a language's folder; it holds no words itself.
//
// What must hold: it reads any tree, a broken one too, without failing; the
// work is linear in the length of a sentence but for the depth of its tree;
// every status has its reasons.
package clause

import (
	"slices"
	"strings"

	"casus/internal/doc"
)

// An Analyser finds the clauses of documents. It is safe for concurrent use
// once [Analyser.AddNouns] and [Analyser.AddAdjectives] are done.
type Analyser struct{ lx lexicon }

// AddNouns makes further nouns predicates, such as those that rules name.
func (a *Analyser) AddNouns(lemmas ...string) {
	for _, l := range lemmas {
		if _, ok := a.lx.nouns[l]; !ok {
			a.lx.nouns[l] = nominal{"", doc.Patient, doc.Agent}
		}
	}
}

// AddVerbs makes further verbs known: those with a particle, "lay off", are read
// where a tree takes the particle for a preposition, the others where a headline
// was taken for one noun.
func (a *Analyser) AddVerbs(lemmas ...string) {
	for _, l := range lemmas {
		if strings.Contains(l, " ") {
			a.lx.phrasal[l] = true
		} else {
			a.lx.verbs[l] = true
		}
	}
}

// AddAdjectives makes further adjectives predicates.
func (a *Analyser) AddAdjectives(lemmas ...string) {
	for _, l := range lemmas {
		a.lx.adjectives[l] = true
	}
}

// Find returns the clauses of d in order of their predicates' sentences, a
// clause never before the one it hangs from within a sentence.
func (a *Analyser) Find(d *doc.Doc) []doc.Clause {
	n := len(d.Tokens)
	if len(d.Arcs) != n || len(d.Tags) != n {
		return nil
	}
	w := &work{
		lx: &a.lx, d: d,
		pred: make([]doc.ClauseID, n),
		head: make([]doc.TokenID, n), deprel: make([]string, n),
		first: make([]int32, n), next: make([]int32, n),
		lo: make([]doc.TokenID, n), hi: make([]doc.TokenID, n),
		depth: make([]int16, n), quoted: make([]bool, n), dated: make([]int16, n),
		out: make([]doc.Clause, 0, n/5+4), more: make([]extra, 0, n/5+4),
	}
	for i := range w.pred {
		w.pred[i] = doc.NoClause
	}
	for _, q := range d.Quotes {
		if q.End-q.First >= scareQuote {
			for t := max(q.First, 0); t < q.End && int(t) < n; t++ {
				w.quoted[t] = true
			}
		}
	}
	for i, t := range d.Times {
		for k := max(t.First, 0); k < t.End && int(k) < n; k++ {
			w.dated[k] = int16(min(i+1, 1<<15-1))
		}
	}
	for i := range d.Sentences {
		w.sentence(i)
	}
	return w.out
}

// Mend puts right what trees of the news get wrong and its clauses show: verbs
// taken for participles or nouns. It changes the arcs of d, so that all who read
// them, and not clauses alone, see who acts.
func (a *Analyser) Mend(d *doc.Doc) {
	n := len(d.Tokens)
	if len(d.Arcs) != n || len(d.Tags) != n {
		return
	}
	w := &work{
		lx: &a.lx, d: d, head: make([]doc.TokenID, n), deprel: make([]string, n),
		dated: make([]int16, n), quoted: make([]bool, n), pred: make([]doc.ClauseID, n),
		first: make([]int32, n), next: make([]int32, n),
		lo: make([]doc.TokenID, n), hi: make([]doc.TokenID, n), depth: make([]int16, n),
	}
	for i := range w.pred {
		w.pred[i] = doc.NoClause
	}
	for _, s := range d.Sentences {
		if s.End <= s.First || int(s.End) > n {
			continue
		}
		w.tree(s)
		for t := s.First; t < s.End; t++ {
			d.Arcs[t].Head, d.Arcs[t].Deprel = w.head[t], w.deprel[t]
		}
	}
}

// scareQuote is the number of tokens below which a quotation marks a word
// rather than what somebody said.
const scareQuote = 4

// extra is what the analysis knows of a clause and the record need not.
type extra struct {
	subject doc.Arg // surface subject; Head is NoToken without one
	emb     *embedder
	finite  bool
	active  bool        // a past tense, whatever the tree calls its subject
	mark    string      // word that joins it to the clause above: "if", "to", "without"
	noun    doc.TokenID // that a relative clause is about, where the tree does not say
}

// work is the analysis of one document.
type work struct {
	lx *lexicon
	d  *doc.Doc

	pred        []doc.ClauseID // of each token
	head        []doc.TokenID  // of each token, NoToken where it lies outside the sentence
	deprel      []string       // of each token
	first, next []int32        // children of each token, as lists in order
	lo, hi      []doc.TokenID  // tokens that each token and its dependents span
	depth       []int16
	quoted      []bool
	dated       []int16 // 1 + index of the time expression that covers the token

	out  []doc.Clause
	more []extra
}

func (w *work) sentence(i int) {
	s := w.d.Sentences[i]
	if s.End <= s.First || int(s.End) > len(w.d.Tokens) {
		return
	}
	w.tree(s)
	begin := len(w.out)
	headline := w.headline(s)
	w.predicates(s, headline)
	for c := begin; c < len(w.out); c++ {
		w.out[c].Headline = headline
		w.out[c].InQuote = w.quoted[w.out[c].Pred]
		w.features(c, headline)
	}
	for c := begin; c < len(w.out); c++ {
		w.link(c)
		w.arguments(c)
	}
	for c := begin; c < len(w.out); c++ {
		w.undo(c)
	}
	for c := begin; c < len(w.out); c++ {
		w.inheritObject(c)
	}
	question := w.d.Word(s.End-1) == "?" || (s.End-s.First > 1 && w.d.Word(s.End-2) == "?")
	for c := begin; c < len(w.out); c++ {
		w.status(c, question)
	}
	for c := begin; c < len(w.out); c++ {
		w.inheritSource(c)
	}
}

func (w *work) headline(s doc.Sentence) bool {
	if int(s.Block) >= len(w.d.Blocks) || s.Block < 0 {
		return w.d.InTitle(w.d.Tokens[s.First].Span)
	}
	b := &w.d.Blocks[s.Block]
	switch b.Kind {
	case doc.Title, doc.Heading:
		return true
	case doc.Paragraph:
		// A first line that ends without a stop, with text below it, is a headline
		// that came without a mark.
		return s.Block == 0 && len(w.d.Blocks) > 1 && s.End-s.First <= 20 && w.d.Range(s.First, s.End).Len() >= b.Span.Len()-1 && w.d.Tags[s.End-1].UPOS != "PUNCT"
	}
	return false
}

// tree copies heads and relations of s, mends what trees of headlines get wrong,
// and lists the children of every token and the tokens each one spans.
func (w *work) tree(s doc.Sentence) {
	for t := s.First; t < s.End; t++ {
		w.first[t], w.next[t] = -1, -1
		w.lo[t], w.hi[t] = t, t+1
		w.head[t], w.deprel[t] = w.d.Arcs[t].Head, w.d.Arcs[t].Deprel
		if h := w.head[t]; h < s.First || h >= s.End || h == t {
			w.head[t] = doc.NoToken
		}
	}
	w.mend(s)
	w.mendGift(s)
	w.mendGerund(s)
	w.mendObject(s)
	w.mendModal(s)
	w.mendThat(s)
	if w.headline(s) {
		w.mendHeadline(s)
	}
	for t := s.End - 1; t >= s.First; t-- {
		if h := w.head[t]; h != doc.NoToken {
			w.next[t], w.first[h] = w.first[h], int32(t)
		}
	}
	for t := s.First; t < s.End; t++ {
		n := int16(0)
		for h := w.head[t]; h != doc.NoToken && n < maxDepth; h = w.head[h] {
			w.lo[h], w.hi[h] = min(w.lo[h], t), max(w.hi[h], t+1)
			n++
		}
		w.depth[t] = n
	}
}

// mend turns "Bolivia severed ties", read as ties that Bolivia severed, into a
// verb with subject and object: the root is a noun, a past tense stands before
// it, and a noun of the same phrase before that.
func (w *work) mend(s doc.Sentence) {
	for v := s.First + 1; v < s.End; v++ {
		tag := &w.d.Tags[v]
		root := w.head[v]
		if w.deprel[v] != "amod" || tag.UPOS != "VERB" || (tag.XPOS != "VBD" && tag.XPOS != "VBN") || root <= v || w.head[root] != doc.NoToken {
			continue
		}
		subject := v - 1
		if w.head[subject] != root {
			continue
		}
		switch w.rel(subject) {
		case "compound", "nmod", "nsubj":
		default:
			continue
		}
		if u := w.d.Tags[subject].UPOS; u != "NOUN" && u != "PROPN" {
			continue
		}
		if w.hasChild(s, root, "cop", "nsubj") && w.rel(subject) != "nsubj" {
			continue
		}
		for t := s.First; t < s.End; t++ {
			if w.head[t] != root || t == v {
				continue
			}
			switch {
			case t < subject: // the subject's own words
				w.head[t] = subject
			case t == subject:
				w.head[t], w.deprel[t] = v, "nsubj"
			case w.rel(t) == "punct" || w.rel(t) == "parataxis":
				w.head[t] = v
			}
		}
		w.head[root], w.deprel[root] = v, "obj"
		w.head[v], w.deprel[v] = doc.NoToken, "root"
		return
	}
}

// mendGift reads "gave Malawi forty tractors", taken for forty Malawi tractors: a
// name never stands before the number or article of its own phrase.
func (w *work) mendGift(s doc.Sentence) {
	for t := s.First; t < s.End; t++ {
		h := w.head[t]
		if h <= t || w.deprel[t] != "compound" || w.d.Tags[t].UPOS != "PROPN" || w.rel(h) != "obj" {
			continue
		}
		v := w.head[h]
		if v == doc.NoToken || v > t {
			continue
		}
		for k := t + 1; k < h; k++ {
			if w.head[k] == h && (w.rel(k) == "det" || w.rel(k) == "nummod") {
				w.head[t], w.deprel[t] = v, "iobj"
				break
			}
		}
	}
}

// mendHeadline reads "Police arrest opposition leader" and "Israel strikes Gaza
// camp", taken for one long noun: where a word that can be a verb agrees with the
// noun before it, it is one.
func (w *work) mendHeadline(s doc.Sentence) {
	for t := s.First; t < s.End; t++ {
		if w.d.Tags[t].UPOS == "VERB" && w.rel(t) != "amod" {
			return
		}
	}
	for v := s.First + 1; v < s.End; v++ {
		root := w.compoundOf(v)
		if root <= v || w.head[root] != doc.NoToken || w.compoundOf(v-1) != root || !w.lx.verbs[w.lemma(v)] {
			continue
		}
		before, here := w.d.Tags[v-1].XPOS, w.d.Tags[v].XPOS
		many := before == "NNS" || before == "NNPS" || w.lx.quantities[w.lemma(v-1)] || w.lemma(v-1) == "police" || w.lemma(v-1) == "people"
		if !(here == "NN" && many) && !(here == "NNS" && (before == "NN" || before == "NNP")) {
			continue
		}
		for t := s.First; t < root; t++ {
			switch {
			case t < v-1 && w.head[t] >= v:
				w.head[t] = v - 1
			case w.head[t] == v:
				w.head[t] = root
			}
		}
		w.head[v-1], w.deprel[v-1] = v, "nsubj"
		w.head[root], w.deprel[root] = v, "obj"
		w.head[v], w.deprel[v] = doc.NoToken, "root"
		return
	}
}

// compoundOf returns the noun that t is part of the name of, through the words
// between, or NoToken.
func (w *work) compoundOf(t doc.TokenID) doc.TokenID {
	at := t
	for range maxDepth {
		if w.deprel[at] != "compound" || w.head[at] <= at {
			break
		}
		at = w.head[at]
	}
	if at == t {
		return doc.NoToken
	}
	return at
}

func (w *work) hasChild(s doc.Sentence, t doc.TokenID, rels ...string) bool {
	for k := s.First; k < s.End; k++ {
		if w.head[k] == t && slices.Contains(rels, w.rel(k)) {
			return true
		}
	}
	return false
}

// maxDepth bounds the walk to the root: a broken tree must not hang.
const maxDepth = 100

// kid returns the first child of t with the relation, with or without subtype.
func (w *work) kid(t doc.TokenID, rels ...string) doc.TokenID {
	for k := w.first[t]; k >= 0; k = w.next[k] {
		r := w.deprel[k]
		for _, want := range rels {
			if r == want || (len(r) > len(want) && r[len(want)] == ':' && r[:len(want)] == want) {
				return doc.TokenID(k)
			}
		}
	}
	return doc.NoToken
}

func (w *work) lemma(t doc.TokenID) string { return strings.ToLower(w.d.Tags[t].Lemma) }

func (w *work) word(t doc.TokenID) string { return strings.ToLower(w.d.Word(t)) }

// rel returns the relation of t without subtype.
func (w *work) rel(t doc.TokenID) string {
	r := w.deprel[t]
	if i := strings.IndexByte(r, ':'); i >= 0 {
		return r[:i]
	}
	return r
}

// conjunct returns the first conjunct of the coordination that t is in.
func (w *work) conjunct(t doc.TokenID) doc.TokenID {
	for range maxDepth {
		h := w.head[t]
		if w.rel(t) != "conj" || h == doc.NoToken {
			return t
		}
		t = h
	}
	return t
}

// Counts reports whether a noun only counts what follows "of": "hundreds of
// police".
func (a *Analyser) Counts(lemma string) bool { return a.lx.quantities[lemma] }

package coref

import (
	"strings"

	"casus/internal/doc"
)

// A scan is the work on one document.
type scan struct {
	r *Resolver
	d *doc.Doc

	first, next []doc.TokenID // first dependent of a token, and the next of the same head
	sent        []int32       // sentence of a token
	nameAt      []int32       // 1 + the outermost name over a token, or 0
	quoteAt     []int32       // 1 + the quotation over a token, or 0

	cands  []candidate
	all    bool // keep things and pronouns of all persons
	m      []mention
	ents   []entity
	byHead []int32 // 1 + the first mention with its head there
	buf    []byte
}

func newScan(r *Resolver, d *doc.Doc) *scan {
	n := len(d.Tokens)
	s := &scan{
		r: r, d: d, first: make([]doc.TokenID, n), next: make([]doc.TokenID, n), sent: make([]int32, n),
		nameAt: make([]int32, n), quoteAt: make([]int32, n), byHead: make([]int32, n),
	}
	for i := range n {
		s.first[i], s.next[i] = doc.NoToken, doc.NoToken
	}
	for k, st := range d.Sentences {
		for t := st.First; t < st.End && int(t) < n; t++ {
			s.sent[t] = int32(k)
		}
		for t := min(st.End, doc.TokenID(n)) - 1; t >= st.First; t-- {
			if h := d.Arcs[t].Head; h >= st.First && h < st.End && h != t {
				s.next[t] = s.first[h]
				s.first[h] = t
			}
		}
	}
	for i, nm := range d.Names {
		for t := max(nm.First, 0); t < nm.End && int(t) < n; t++ {
			if !nm.Nested {
				s.nameAt[t] = int32(i + 1)
			}
		}
	}
	// A name that is all of a time expression names a day, not an actor.
	for i := range d.Times {
		x := &d.Times[i]
		for t := max(x.First, 0); t < x.End && int(t) < n; t++ {
			if k := s.nameAt[t]; k != 0 && d.Names[k-1].First >= x.First && d.Names[k-1].End <= x.End {
				s.nameAt[t] = 0
			}
		}
	}
	for i, q := range d.Quotes {
		for t := max(q.First, 0); t < q.End && int(t) < n; t++ {
			s.quoteAt[t] = int32(i + 1)
		}
	}
	return s
}

func (s *scan) head(t doc.TokenID) doc.TokenID {
	h := s.d.Arcs[t].Head
	if h < 0 || int(h) >= len(s.sent) || s.sent[h] != s.sent[t] {
		return doc.NoToken
	}
	return h
}

func (s *scan) rel(t doc.TokenID) string { return s.d.Arcs[t].Deprel }

// is reports whether t has the relation, with or without a subtype.
func (s *scan) is(t doc.TokenID, rel string) bool {
	r := s.d.Arcs[t].Deprel
	return r == rel || len(r) > len(rel) && r[len(rel)] == ':' && r[:len(rel)] == rel
}

func (s *scan) upos(t doc.TokenID) string { return s.d.Tags[t].UPOS }

func (s *scan) word(t doc.TokenID) string { return s.d.Word(t) }

func (s *scan) lower(t doc.TokenID) string { return strings.ToLower(s.d.Word(t)) }

func (s *scan) lemma(t doc.TokenID) string {
	l := s.d.Tags[t].Lemma
	if l == "" {
		l = s.word(t)
	}
	return strings.ToLower(l)
}

// child returns the first dependent of t with one of the relations.
func (s *scan) child(t doc.TokenID, rels ...string) doc.TokenID {
	for k := s.first[t]; k != doc.NoToken; k = s.next[k] {
		for _, r := range rels {
			if s.is(k, r) {
				return k
			}
		}
	}
	return doc.NoToken
}

// caseOf returns the lemma of the preposition of t, or "".
func (s *scan) caseOf(t doc.TokenID) string {
	if k := s.child(t, "case"); k != doc.NoToken && k < t {
		return s.lower(k)
	}
	return ""
}

// plural reports whether the noun at t is plural.
func (s *scan) plural(t doc.TokenID) bool {
	switch s.d.Tags[t].XPOS {
	case "NNS", "NNPS":
		return true
	case "NN", "NNP":
		return false
	}
	return strings.Contains(s.d.Tags[t].Feats, "Number=Plur")
}

// inside says which dependents of a noun belong to its phrase, left and right of it.
func (s *scan) inside(k, head doc.TokenID) bool {
	rel := s.rel(k)
	if i := strings.IndexByte(rel, ':'); i >= 0 && rel != "nmod:poss" && rel != "nmod:desc" && rel != "acl:relcl" {
		rel = rel[:i]
	}
	switch rel {
	case "det", "amod", "nummod", "compound", "flat", "fixed", "goeswith", "nmod:poss", "nmod:desc", "advmod":
		return rel != "advmod" || k < head
	case "nmod":
		return k > head
	case "case":
		return s.lower(k) == "'s" || s.lower(k) == "’s" || s.lower(k) == "'" || s.lower(k) == "’"
	case "punct":
		w := s.word(k)
		return w == "-" || w == "." || w == "–"
	}
	return false
}

const maxDepth = 40

// phrase returns the tokens of the noun phrase headed by t, without relative
// clauses, appositions and coordinated phrases; with right set, with the
// prepositional phrases that follow the noun.
func (s *scan) phrase(t doc.TokenID, right bool) (first, end doc.TokenID) {
	first, end = t, t+1
	for k := s.first[t]; k != doc.NoToken; k = s.next[k] {
		if !s.inside(k, t) || (!right && k > t && !s.is(k, "flat") && !s.is(k, "fixed") && !s.is(k, "compound") && !s.is(k, "goeswith")) {
			continue
		}
		a, b := s.span(k, 0)
		if k < t && b <= t {
			first = min(first, a)
		} else if k > t && a >= t {
			end = max(end, b)
		}
	}
	first, end = s.bounded(first, t, end)
	// The possessive ending belongs to the mark, not to the words.
	if end-1 > t {
		switch s.word(end - 1) {
		case "'s", "’s", "'", "’":
			end--
		}
	}
	for first < t {
		switch u := s.upos(first); {
		case u == "CCONJ":
			// "had been detained and accused officers of": a verb taken for an adjective.
			if first++; first < t && s.upos(first) == "VERB" {
				first++
			}
			continue
		case u == "PUNCT", u == "ADP" && s.rel(first) == "case" && !s.atLeast(first):
			first++
			continue
		}
		break
	}
	for end > t+1 && s.upos(end-1) == "PUNCT" && s.word(end-1) != "." {
		end--
	}
	return first, end
}

// atLeast reports whether the preposition belongs to a number: "at least nine".
func (s *scan) atLeast(t doc.TokenID) bool {
	if s.lower(t) != "at" || int(t)+2 >= len(s.d.Tokens) {
		return false
	}
	w := s.lower(t + 1)
	return w == "least" || w == "most"
}

func (s *scan) personAt(t doc.TokenID) bool {
	return s.nameAt[t] != 0 && s.d.Names[s.nameAt[t]-1].Kind == doc.PER
}

// bounded cuts a phrase at verbs, conjunctions and marks that no noun phrase
// has, which stand in it only where the tree is wrong.
func (s *scan) bounded(first, head, end doc.TokenID) (doc.TokenID, doc.TokenID) {
	stops := func(t doc.TokenID) bool {
		switch s.upos(t) {
		case "AUX", "SCONJ":
			return s.nameAt[t] == 0
		case "VERB":
			return s.nameAt[t] == 0 && !s.is(t, "amod") && !s.is(t, "compound") && s.d.Tags[t].XPOS != "VBN" && s.d.Tags[t].XPOS != "VBG"
		case "PUNCT":
			w := s.word(t)
			return w == ";" || w == ":" || w == "—"
		}
		return false
	}
	for t := head - 1; t >= first; t-- {
		if stops(t) {
			first = t + 1
			break
		}
	}
	for t := head + 1; t < end; t++ {
		if stops(t) {
			end = t
			break
		}
	}
	return first, end
}

// noun returns what the lists say of the noun at t.
func (s *scan) noun(t doc.TokenID) noun {
	l := s.lemma(t)
	if n, ok := s.r.nouns[l]; ok {
		return n
	}
	if len(l) > 3 && l[len(l)-1] == 's' {
		return s.r.nouns[l[:len(l)-1]]
	}
	return noun{}
}

// span returns the tokens that t and all below it cover, without clauses and
// appositions.
func (s *scan) span(t doc.TokenID, depth int) (first, end doc.TokenID) {
	first, end = t, t+1
	if depth > maxDepth {
		return
	}
	for k := s.first[t]; k != doc.NoToken; k = s.next[k] {
		switch {
		case s.is(k, "acl"), s.is(k, "advcl"), s.is(k, "appos"), s.is(k, "parataxis"), s.is(k, "ccomp"), s.is(k, "dep"):
			continue
		case s.is(k, "punct") && k > t:
			continue
		case s.is(k, "conj") && s.personAt(k) && !s.personAt(t):
			// "Norway's ambassador to Poland, Kari Lindstad": no conjunct of Poland.
			continue
		}
		a, b := s.span(k, depth+1)
		first, end = min(first, a), max(end, b)
	}
	return first, end
}

package coref

import (
	"os"
	"slices"
	"strings"
	"testing"

	"casus/internal/article"
	"casus/internal/doc"
	"casus/internal/lang/conllu"
	"casus/internal/text"
)

func resolver(t testing.TB) *Resolver {
	t.Helper()
	r, err := New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

type fixture struct {
	id     string
	d      *doc.Doc
	chains []string
}

// fixtures reads testdata/chains.conllu: documents with their trees and names,
// and the chains that must be found as comments of the first sentence.
func fixtures(t testing.TB) []fixture {
	t.Helper()
	f, err := os.Open("testdata/chains.conllu")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []fixture
	for ss, err := range conllu.Docs(f, "chains.conllu") {
		if err != nil {
			t.Fatal(err)
		}
		x := fixture{id: ss[0].DocID, d: conllu.Annotated(ss[0].DocID, ss)}
		for _, c := range ss[0].Comments {
			if s, ok := strings.CutPrefix(c, "chain = "); ok {
				x.chains = append(x.chains, s)
			}
		}
		out = append(out, x)
	}
	if len(out) < 12 {
		t.Fatalf("%d documents, want 12 and more", len(out))
	}
	return out
}

func chainsOf(d *doc.Doc, ms []doc.Mention, es []doc.Entity) []string {
	var out []string
	for _, e := range es {
		var w []string
		for _, k := range e.Mentions {
			w = append(w, d.Words(ms[k].First, ms[k].End))
		}
		out = append(out, strings.Join(w, " | "))
	}
	return out
}

func TestChains(t *testing.T) {
	r := resolver(t)
	for _, x := range fixtures(t) {
		ms, es := r.Resolve(x.d)
		check(t, x.d, ms, es)
		if got := chainsOf(x.d, ms, es); !slices.Equal(got, x.chains) {
			t.Errorf("%s: chains\n\t%s\nwant\n\t%s", x.id, strings.Join(got, "\n\t"), strings.Join(x.chains, "\n\t"))
		}
	}
}

func TestAttributes(t *testing.T) {
	r := resolver(t)
	want := map[string]map[string]any{
		"Ingrid Dahl": {"age": 58, "title": "Norwegian President"},
		"Lena Fisk":   {"age": 34, "descriptor": "a 34-year-old teacher"},
		"Pedro Ruiz":  {"descriptor": "the foreign minister of Paraguay"},
	}
	for _, x := range fixtures(t) {
		_, es := r.Resolve(x.d)
		for _, e := range es {
			w, ok := want[e.Name]
			if !ok {
				continue
			}
			delete(want, e.Name)
			for k, v := range w {
				if e.Attributes[k] != v {
					t.Errorf("%s: %s = %v, want %v", e.Name, k, e.Attributes[k], v)
				}
			}
		}
	}
	if len(want) > 0 {
		t.Errorf("not found: %v", want)
	}
}

// A noun with two demonyms makes two mentions with one head.
func TestTwoDemonyms(t *testing.T) {
	r := resolver(t)
	for _, x := range fixtures(t) {
		ms, _ := r.Resolve(x.d)
		n := map[doc.TokenID][]doc.EntityID{}
		for _, m := range ms {
			if x.d.Word(m.Head) == "officials" {
				n[m.Head] = append(n[m.Head], m.Entity)
			}
		}
		for h, es := range n {
			if len(es) != 2 || es[0] == es[1] {
				t.Errorf("%s: %q heads mentions of %v, want two entities", x.id, x.d.Word(h), es)
			}
		}
	}
}

// check tests what must hold of any result.
func check(t testing.TB, d *doc.Doc, ms []doc.Mention, es []doc.Entity) {
	t.Helper()
	seen := make([]int, len(ms))
	for i := range es {
		if len(es[i].Mentions) == 0 {
			t.Fatalf("entity %d has no mention", i)
		}
		if !slices.IsSorted(es[i].Mentions) {
			t.Fatalf("entity %d lists its mentions out of order: %v", i, es[i].Mentions)
		}
		for _, k := range es[i].Mentions {
			if ms[k].Entity != doc.EntityID(i) {
				t.Fatalf("mention %d is listed by entity %d and says %d", k, i, ms[k].Entity)
			}
			seen[k]++
		}
	}
	for i, m := range ms {
		if m.First < 0 || m.First > m.Head || m.Head >= m.End || int(m.End) > len(d.Tokens) {
			t.Fatalf("mention %d: tokens [%d,%d) head %d of %d", i, m.First, m.End, m.Head, len(d.Tokens))
		}
		if d.SentenceOf(m.First) != d.SentenceOf(m.End-1) {
			t.Fatalf("mention %d runs over a sentence", i)
		}
		if seen[i] != 1 {
			t.Fatalf("mention %d is listed %d times", i, seen[i])
		}
		if i > 0 && ms[i-1].First > m.First {
			t.Fatalf("mentions %d and %d are out of order", i-1, i)
		}
	}
}

func TestNothingToResolve(t *testing.T) {
	r := resolver(t)
	d := doc.New(&article.Article{})
	if ms, es := r.Resolve(d); ms != nil || es != nil {
		t.Errorf("Resolve of an empty document = %v, %v", ms, es)
	}
}

// Any tree, any names: broken heads, cycles, names over sentences.
func FuzzResolve(f *testing.F) {
	f.Add("The Polish president met John Smith . He left .", []byte{2, 2, 3, 0, 3, 4, 3, 9, 0, 9}, []byte{1, 2, 3, 4, 5, 6, 0, 2, 2, 0}, uint8(3), uint8(5), uint8(0))
	f.Add("a , b", []byte{0, 0, 0}, []byte{9, 9, 9}, uint8(0), uint8(3), uint8(4))
	r := resolver(f)
	upos := []string{"NOUN", "DET", "ADJ", "NOUN", "VERB", "PROPN", "PROPN", "PRON", "PUNCT", "NUM", "ADP", "AUX", "CCONJ"}
	rels := []string{"nsubj", "det", "amod", "obj", "root", "compound", "flat", "appos", "punct", "nmod:poss", "nmod", "conj", "case", "cop", "acl:relcl", "nmod:desc", "cc"}
	kinds := []string{doc.PER, doc.ORG, doc.GPE, doc.NORP, doc.MISC, doc.FAC, doc.EVENT, doc.LOC}
	f.Fuzz(func(t *testing.T, s string, heads, labels []byte, first, end, kind uint8) {
		words := strings.Fields(s)
		if len(words) == 0 || len(words) > 60 {
			return
		}
		s = strings.Join(words, " ")
		d := doc.New(&article.Article{Text: s})
		at := int32(0)
		for i, w := range words {
			d.Tokens = append(d.Tokens, doc.Token{Span: text.Span{Start: at, End: at + int32(len(w))}, SpaceAfter: true})
			at += int32(len(w)) + 1
			var h, l byte
			if i < len(heads) {
				h = heads[i]
			}
			if i < len(labels) {
				l = labels[i]
			}
			d.Tags = append(d.Tags, doc.Tag{UPOS: upos[int(l)%len(upos)], Lemma: strings.ToLower(w)})
			d.Arcs = append(d.Arcs, doc.Arc{Head: doc.TokenID(int(h)%(len(words)+2)) - 1, Deprel: rels[int(l/3)%len(rels)]})
		}
		half := doc.TokenID(len(words) / 2)
		d.Sentences = []doc.Sentence{{First: 0, End: half}, {First: half, End: doc.TokenID(len(words))}}
		if half == 0 {
			d.Sentences = d.Sentences[1:]
		}
		d.Blocks = []doc.Block{{Span: text.Span{End: int32(len(s))}}}
		a, b := doc.TokenID(int(first)%len(words)), doc.TokenID(int(end)%(len(words)+1))
		if a < b {
			d.Names = []doc.Name{{First: a, End: b, Kind: kinds[int(kind)%len(kinds)]}}
		}
		ms, es := r.Resolve(d)
		check(t, d, ms, es)
		ms, es = r.ResolveAll(d)
		check(t, d, ms, es)
	})
}

func BenchmarkResolve(b *testing.B) {
	r := resolver(b)
	xs := fixtures(b)
	for b.Loop() {
		for i := range xs {
			r.Resolve(xs[i].d)
		}
	}
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		resolver(b)
	}
}

package encoder

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"casus/internal/article"
	"casus/internal/doc"
	"casus/internal/text"
)

// docOf returns a Doc of sentences whose tokens stand between blanks.
func docOf(sentences ...string) *doc.Doc {
	d := doc.New(&article.Article{Text: strings.Join(sentences, "\n")})
	at := 0
	for _, s := range sentences {
		first := doc.TokenID(len(d.Tokens))
		for _, w := range strings.Fields(s) {
			start := at + strings.Index(d.Text[at:], w)
			at = start + len(w)
			d.Tokens = append(d.Tokens, doc.Token{Span: text.Span{Start: int32(start), End: int32(at)}})
		}
		d.Sentences = append(d.Sentences, doc.Sentence{First: first, End: doc.TokenID(len(d.Tokens))})
	}
	return d
}

// annotate runs the shipped model and checks what must hold of every result.
func annotate(t testing.TB, m *Model, d *doc.Doc) (tags []doc.Tag, arcs []doc.Arc, names []doc.Name) {
	t.Helper()
	tags, arcs, names = m.Annotate(d)
	if len(tags) != len(d.Tokens) || len(arcs) != len(d.Tokens) {
		t.Fatalf("%d tags and %d arcs for %d tokens", len(tags), len(arcs), len(d.Tokens))
	}
	for _, s := range d.Sentences {
		checkTree(t, arcs, s)
	}
	last := doc.TokenID(0)
	for _, n := range names {
		if n.First < last || n.End <= n.First || int(n.End) > len(d.Tokens) || reported[n.Kind] != n.Kind {
			t.Fatalf("bad name %+v after token %d", n, last)
		}
		last = n.End
	}
	return tags, arcs, names
}

// checkTree fails unless the arcs of the sentence are a tree with one root.
func checkTree(t testing.TB, arcs []doc.Arc, s doc.Sentence) {
	t.Helper()
	roots := 0
	good := make([]bool, s.End-s.First) // known to reach the root
	for i := s.First; i < s.End; i++ {
		if arcs[i].Deprel == "" {
			t.Fatalf("token %d has no relation", i)
		}
		if arcs[i].Head == doc.NoToken {
			roots++
		}
		var path []doc.TokenID
		for x := i; x != doc.NoToken && !good[x-s.First]; x = arcs[x].Head {
			if h := arcs[x].Head; h != doc.NoToken && (h < s.First || h >= s.End) || len(path) > len(good) {
				t.Fatalf("token %d does not reach the root within its sentence", i)
			}
			path = append(path, x)
		}
		for _, x := range path {
			good[x-s.First] = true
		}
	}
	if roots != 1 && s.End > s.First {
		t.Fatalf("%d roots in tokens %d to %d", roots, s.First, s.End)
	}
}

func defaultModel(t testing.TB) *Model {
	t.Helper()
	m, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestAnnotateReadsPlainNews(t *testing.T) {
	d := docOf("The rebels attacked the town on Monday .", "Angela Merkel was criticized by the opposition in Berlin .")
	tags, arcs, names := annotate(t, defaultModel(t), d)
	type want struct {
		token        doc.TokenID
		head         doc.TokenID
		upos, deprel string
	}
	for _, w := range []want{
		{1, 2, "NOUN", "nsubj"},
		{2, doc.NoToken, "VERB", "root"},
		{4, 2, "NOUN", "obj"},
		{8, 11, "PROPN", "nsubj:pass"},
		{9, 8, "PROPN", "flat"},
		{10, 11, "AUX", "aux:pass"},
		{14, 11, "NOUN", "obl:agent"},
	} {
		if tags[w.token].UPOS != w.upos || arcs[w.token] != (doc.Arc{Head: w.head, Deprel: w.deprel}) {
			t.Errorf("%s: %s %+v, want %+v", d.Word(w.token), tags[w.token].UPOS, arcs[w.token], w)
		}
	}
	if got := tags[2].Feats; !strings.Contains(got, "Tense=Past") {
		t.Errorf("attacked: FEATS %q lack the past tense", got)
	}
	got := make([]string, len(names))
	for i, n := range names {
		got[i] = n.Kind + " " + d.Words(n.First, n.End)
	}
	if want := []string{"PER Angela Merkel", "LOC Berlin"}; !slices.Equal(got, want) {
		t.Errorf("names %q, want %q", got, want)
	}
}

func TestWithPlacesTellsStatesFromPlaces(t *testing.T) {
	d := docOf("Angela Merkel was criticized by the opposition in Berlin .")
	m := defaultModel(t).WithPlaces(func(name string) bool { return name == "Berlin" })
	_, _, names := annotate(t, m, d)
	if len(names) != 2 || names[1].Kind != doc.GPE {
		t.Errorf("names %+v, want Berlin as GPE", names)
	}
}

func TestAnnotateTakesAnyDoc(t *testing.T) {
	m := defaultModel(t)
	for name, d := range map[string]*doc.Doc{
		"empty":            docOf(),
		"one word":         docOf("Hello"),
		"empty sentence":   docOf("", "a b", ""),
		"bad UTF-8":        docOf("a\xff\xfe \xc3 \x00 b"),
		"emoji and signs":  docOf("😀 \u200d ‼ — “ ” ’s ½ 日本語 ÀÉ"),
		"a very long word": docOf(strings.Repeat("Abc9", 200_000)),
		"a long sentence":  docOf(strings.Repeat("the man said that , and ", 4_000)),
		"ties":             docOf(strings.Repeat("the ", 600)),
	} {
		t.Run(name, func(t *testing.T) { annotate(t, m, d) })
	}
	d := docOf("a b c d")
	d.Sentences = []doc.Sentence{{First: 0, End: 3}, {First: 1, End: 99}}
	if tags, arcs, _ := m.Annotate(d); len(tags) != 4 || len(arcs) != 4 {
		t.Error("sentences out of bounds are not cut")
	}
}

// The same words get the same analysis alone, in any company, from any
// goroutine, and with a cold or a warm cache. Names have the same ends; their
// kinds agree within a document.
func TestAnnotateDependsOnTheSentenceAlone(t *testing.T) {
	warm := defaultModel(t)
	cold, err := Load(english)
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 1))
	words := strings.Fields("The minister of Iraq said on Monday that rebels had attacked Mosul , killing 12 people .")
	var sentences []string
	for range 60 {
		r.Shuffle(len(words), func(i, j int) { words[i], words[j] = words[j], words[i] })
		sentences = append(sentences, strings.Join(words[:1+r.IntN(len(words))], " "))
	}
	all := docOf(sentences...)
	tags, arcs, _ := annotate(t, warm, all)
	names, _ := warm.Names(all, "news")
	var wg sync.WaitGroup
	for k := range 4 {
		wg.Go(func() {
			for i := k; i < len(sentences); i += 4 {
				one := docOf(sentences[i])
				first := all.Sentences[i].First
				gotTags, gotArcs, _ := cold.Annotate(one)
				gotNames, _ := cold.Names(one, "news")
				for j := range gotTags {
					a := gotArcs[j]
					if a.Head != doc.NoToken {
						a.Head += first
					}
					if gotTags[j] != tags[int(first)+j] || a != arcs[int(first)+j] {
						t.Errorf("%q word %d: %v %v alone, %v %v in company", sentences[i], j, gotTags[j], a, tags[int(first)+j], arcs[int(first)+j])
					}
				}
				for _, n := range gotNames {
					n.First, n.End = n.First+first, n.End+first
					if !slices.ContainsFunc(names, func(o doc.Name) bool { return o.First == n.First && o.End == n.End }) {
						t.Errorf("%q: name %+v only alone", sentences[i], n)
					}
				}
			}
		})
	}
	wg.Wait()
}

func TestNamesEndWhereTheyShould(t *testing.T) {
	d := docOf("3. Grace Okafor 51.2", "Mosul , Iraq")
	a := annotation{d: d}
	a.add(doc.Name{First: 0, End: 4, Kind: doc.PER})
	a.add(doc.Name{First: 4, End: 7, Kind: doc.LOC})
	a.add(doc.Name{First: 3, End: 4, Kind: doc.LOC}) // nothing but a number
	a.add(doc.Name{First: 0, End: 4, Kind: doc.ORG})
	want := []doc.Name{
		{First: 1, End: 3, Kind: doc.PER},
		{First: 6, End: 7, Kind: doc.LOC},
		{First: 4, End: 5, Kind: doc.LOC},
		{First: 0, End: 4, Kind: doc.ORG},
	}
	if !slices.Equal(a.names, want) {
		t.Errorf("names %v, want %v", a.names, want)
	}
}

func TestAgree(t *testing.T) {
	d := docOf("Grace Okafor met BANDA .", "Okafor left .", "Banda stayed , Banda said .")
	names := []doc.Name{
		{First: 0, End: 2, Kind: doc.PER},
		{First: 3, End: 4, Kind: doc.LOC},
		{First: 5, End: 6, Kind: doc.LOC},
		{First: 8, End: 9, Kind: doc.PER},
		{First: 11, End: 12, Kind: doc.PER},
	}
	kinds := []string{doc.LOC, doc.ORG, doc.PER}
	agree(d, names, kinds)
	for _, n := range names {
		if n.Kind != doc.PER {
			t.Errorf("%s is %s, want PER", d.Words(n.First, n.End), n.Kind)
		}
	}
	tie := []doc.Name{{First: 8, End: 9, Kind: doc.PER}, {First: 11, End: 12, Kind: doc.LOC}}
	agree(d, tie, kinds)
	if tie[0].Kind != doc.PER || tie[1].Kind != doc.LOC {
		t.Errorf("a tie changes kinds: %v", tie)
	}
}

func TestModelFileRoundTrip(t *testing.T) {
	w, err := Decode(english)
	if err != nil {
		t.Fatal(err)
	}
	again, err := w.Encode()
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(again, english) {
		t.Error("the file changes when it is read and written")
	}
}

func TestLoadRefusesBrokenFiles(t *testing.T) {
	for _, n := range []int{0, 5, len(magic), len(magic) + 2, len(magic) + 4, 1000, len(english) / 2, len(english) - 1} {
		if _, err := Load(english[:n]); err == nil {
			t.Errorf("a file cut to %d bytes loads", n)
		}
	}
	bad := bytes.Replace(english[:len(magic)+200], []byte(`"hidden":1`), []byte(`"hidden":9`), 1)
	if _, err := Load(append(bad, english[len(bad):]...)); err == nil {
		t.Error("a file with a wrong width loads")
	}
}

func FuzzAnnotate(f *testing.F) {
	f.Add("The minister said : \"No .\"", uint8(3))
	f.Add("\xff\xfe ’ 😀", uint8(1))
	m := defaultModel(f)
	f.Fuzz(func(t *testing.T, s string, every uint8) {
		words := strings.Fields(s)
		var sentences []string
		for c := range slices.Chunk(words, 1+int(every)) {
			sentences = append(sentences, strings.Join(c, " "))
		}
		annotate(t, m, docOf(sentences...))
	})
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := Load(english); err != nil {
			b.Fatal(err)
		}
	}
}

func ExampleModel_Annotate() {
	m, err := Default()
	if err != nil {
		fmt.Println(err)
		return
	}
	d := docOf("Kenya sent troops .")
	tags, arcs, _ := m.Annotate(d)
	for i := range tags {
		fmt.Println(d.Word(doc.TokenID(i)), tags[i].UPOS, arcs[i].Head, arcs[i].Deprel)
	}
	// Output:
	// Kenya PROPN 1 nsubj
	// sent VERB -1 root
	// troops NOUN 1 obj
	// . PUNCT 1 punct
}

// Once its words are known, a document costs a few slices, however long it is.
func TestAnnotateAllocatesNothingPerToken(t *testing.T) {
	if testing.Short() {
		t.Skip("the race detector, which runs short tests, allocates too")
	}
	m := defaultModel(t)
	d := docOf(slices.Repeat([]string{"The rebels attacked the town on Monday ."}, 100)...)
	m.Annotate(d)
	if n := testing.AllocsPerRun(5, func() { m.Annotate(d) }); n > 20 {
		t.Errorf("%v allocations for %d tokens", n, len(d.Tokens))
	}
}

package statement

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"casus/internal/article"
	"casus/internal/doc"
	"casus/internal/lang/quote"
	"casus/internal/record"
	"casus/internal/text"
)

func TestLoadErrorsNameFileAndLine(t *testing.T) {
	for name, broken := range map[string]string{
		"en/cues.tsv":    "lemma\tpos\tframes\tsense\trate\nsay\tverb\tzz\tsay\t\n",
		"en/sources.tsv": "lemma\tclass\tanonymous\nofficial\tofficial\tmaybe\n",
		"en/outlets.tsv": "word\tkind\ntimes\tmiddle\n",
	} {
		fsys := fstest.MapFS{}
		err := fs.WalkDir(Files(), ".", func(p string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			b, err := fs.ReadFile(Files(), p)
			fsys[p] = &fstest.MapFile{Data: b}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		fsys[name] = &fstest.MapFile{Data: []byte(broken)}
		if _, err := Load(fsys, "en"); err == nil || !strings.Contains(err.Error(), name+":2") {
			t.Errorf("Load with a broken %s = %v, want an error naming its line 2", name, err)
		}
	}
}

func TestMissingLayersCostNoError(t *testing.T) {
	f := finder(t)
	d := doc.New(&article.Article{Text: "“We go,” he said."})
	if got := f.Find(d); len(got) != 0 {
		t.Errorf("without tokens: %d statements", len(got))
	}
	full := annotate(t, &article.Article{Text: "“We go,” Ida Brandt said on Monday."})
	full.Names, full.Mentions, full.Entities, full.Actors, full.Times = nil, nil, nil, nil, nil
	got := f.Find(full)
	if len(got) != 1 || got[0].Source == nil || got[0].Source.Text != "Ida Brandt" || got[0].Speaker != nil {
		t.Errorf("without names and actors: %+v", got)
	}
}

func TestTitleAndBodyKeepTheirSpans(t *testing.T) {
	d := annotate(t, &article.Article{Title: "Café “is closed,” says owner", Text: "The owner, José Peña, told El País that the café had lost “every euro” it had."})
	ss := finder(t).Find(d)
	checkSpans(t, d, ss)
	in := map[string]bool{}
	for _, s := range ss {
		in[s.Content[0].In] = true
	}
	if !in["title"] || !in[""] {
		t.Errorf("statements in title and body: %v", in)
	}
}

// marks says what the tokens of a fuzzed document are.
var (
	fuzzUPOS = []string{"NOUN", "VERB", "PRON", "PROPN", "PUNCT", "ADP", "DET", "AUX", "SCONJ", "CCONJ", "ADV", "NUM"}
	fuzzXPOS = []string{"VBD", "VBG", "VBN", "VB", "NN", "NNS", "IN", "VBZ"}
	fuzzRel  = []string{"nsubj", "obj", "ccomp", "parataxis", "conj", "obl", "case", "mark", "advcl", "acl:relcl", "xcomp", "punct", "root", "nmod", "nsubj:pass", "appos", "acl"}
	fuzzWord = []string{"said", "told", "that", ",", "“", "”", "\"", "he", "Brandt", "according", "to", ":", "—", "asked", "called", "on", "claim", "denied", ".", "?", "who", "“No,”", "an", "interview", "with", "X"}
)

// tangle makes a document of words and arcs chosen by the bytes.
func tangle(data []byte) *doc.Doc {
	var b strings.Builder
	var spans []text.Span
	for i, x := range data {
		if i > 0 {
			if x%17 == 0 {
				b.WriteString("\n\n")
			} else {
				b.WriteByte(' ')
			}
		}
		start := b.Len()
		b.WriteString(fuzzWord[int(x)%len(fuzzWord)])
		spans = append(spans, text.Span{Start: int32(start), End: int32(b.Len())})
	}
	d := doc.New(&article.Article{Text: b.String()})
	lemmas := map[string]string{"said": "say", "told": "tell", "asked": "ask", "called": "call", "denied": "deny"}
	first := doc.TokenID(0)
	for i, sp := range spans {
		w := sp.Of(d.Text)
		x := data[i]
		lemma := w
		if l := lemmas[w]; l != "" {
			lemma = l
		}
		d.Tokens = append(d.Tokens, doc.Token{Span: sp, SpaceAfter: true})
		d.Tags = append(d.Tags, doc.Tag{UPOS: fuzzUPOS[int(x/3)%len(fuzzUPOS)], XPOS: fuzzXPOS[int(x/5)%len(fuzzXPOS)], Lemma: lemma})
		d.Arcs = append(d.Arcs, doc.Arc{Head: doc.TokenID(int(x)*7%(len(data)+3) - 2), Deprel: fuzzRel[int(x/2)%len(fuzzRel)]})
		if x%11 == 0 || i == len(spans)-1 {
			d.Sentences = append(d.Sentences, doc.Sentence{First: first, End: doc.TokenID(i + 1), Block: int32(len(d.Sentences))})
			d.Blocks = append(d.Blocks, doc.Block{Span: text.Span{Start: spans[first].Start, End: sp.End}, Kind: doc.BlockKind(x % 9)})
			first = doc.TokenID(i + 1)
		}
	}
	if len(data) > 4 {
		d.Names = []doc.Name{{First: 1, End: 3, Kind: doc.PER}}
		d.Mentions = []doc.Mention{{First: 1, End: 3, Head: 1, Form: doc.FormName}, {First: 3, End: 4, Head: 3, Form: doc.FormPronoun}}
		d.Entities = []doc.Entity{{Mentions: []int32{0, 1}, Name: "B"}}
	}
	d.Quotes = quote.Find(d)
	return d
}

// Whatever the trees and marks, statements slice the text and nest forwards.
func FuzzTangle(f *testing.F) {
	for _, s := range []string{"\x00\x04\x01\x02\x05", "said he said", "\x04\x07\x05\x03\x00\x04\x08\x05", strings.Repeat("\x04\x00\x07", 40)} {
		f.Add([]byte(s))
	}
	fi := finder(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 3000 {
			return
		}
		d := tangle(data)
		ss := fi.Find(d)
		checkSpans(t, d, ss)
		ids := map[string]bool{}
		for i := range ss {
			if w := ss[i].Within; w != nil && !ids[*w] {
				t.Fatalf("%s lies in %s, which does not come before it", ss[i].ID, *w)
			}
			ids[ss[i].ID] = true
		}
	})
}

func FuzzText(f *testing.F) {
	f.Add("“We go,” he said. “Now.”\n\n“Then?” — Ida Brandt")
	f.Add("A: b\n\nB: c \"d\n\naccording to ’“”")
	fi := finder(f)
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 4000 || !utf8.ValidString(s) {
			return
		}
		d := annotate(t, &article.Article{Text: s})
		checkSpans(t, d, fi.Find(d))
	})
}

// The same document gives the same statements, and a long one costs no more
// than its length.
func TestDeterministicAndLinear(t *testing.T) {
	d := annotate(t, &article.Article{Text: benchText})
	a, b := finder(t).Find(d), finder(t).Find(d)
	if len(a) == 0 || len(a) != len(b) {
		t.Fatalf("%d and %d statements", len(a), len(b))
	}
	for i := range a {
		if a[i].ID != b[i].ID || a[i].Content[0] != b[i].Content[0] {
			t.Errorf("statement %d differs between runs", i)
		}
	}
	for _, n := range []int{2000, 40000} {
		data := make([]byte, n)
		for i := range data {
			data[i] = byte(4 + i*3%7) // no block or sentence ends but the last
		}
		checkStatements(t, finder(t).Find(tangle(data)))
	}
}

func checkStatements(t *testing.T, ss []record.Statement) {
	t.Helper()
	for i := range ss {
		if len(ss[i].Content) == 0 {
			t.Fatalf("statement %d says nothing", i)
		}
	}
}

const benchText = `The mayor of Port Halden said on Monday that the harbour would stay closed until engineers had inspected every crane.

“We counted eleven cracks in the first hour,” Ida Brandt told the Halden Courier. “Nobody will work under those arms, and nobody should be asked to.”

According to the port authority, the cranes were last inspected in 2019. A spokesman for the builder, who declined to be named, denied that the steel had been at fault.

Dockers called for an inquiry and accused the council of hiding two reports. “They knew,” said Paul Okoro, who has led the union since May. “They knew and they sat on it.”

Brandt rejected the claim. She said the reports had been “published, discussed and forgotten,” adding that she would resign if anyone could show otherwise.

In a post on X, the opposition leader Lena Fors described the closure as “a gift to every other port on the coast.” Traders said cargo worth millions had already been sent south.
`

func BenchmarkFind(b *testing.B) {
	d := annotate(b, &article.Article{Text: strings.Repeat(benchText, 3)})
	f := finder(b)
	b.ReportAllocs()
	b.ReportMetric(float64(len(d.Tokens)), "tokens")
	for b.Loop() {
		f.Find(d)
	}
}

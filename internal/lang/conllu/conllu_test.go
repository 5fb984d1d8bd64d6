package conllu

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"casus/internal/article"
	"casus/internal/doc"
	"casus/internal/testkit"
	"casus/internal/text"

	"github.com/google/go-cmp/cmp"
)

// sample has two paragraphs, a contraction, an empty node and names.
const sample = `# newdoc id = harbour
# newpar
# sent_id = harbour-1
# text = Ana Ruiz can't sail.
1	Ana	Ana	PROPN	NNP	Number=Sing	5	nsubj	_	NER=B-PER
2	Ruiz	Ruiz	PROPN	NNP	_	1	flat	_	NER=I-PER
3-4	can't	_	_	_	_	_	_	_	_
3	ca	can	AUX	MD	_	5	aux	_	_
4	n't	not	PART	RB	_	5	advmod	_	_
5	sail	sail	VERB	VB	_	0	root	_	SpaceAfter=No
5.1	sail	sail	VERB	VB	_	_	_	5:conj	_
6	.	.	PUNCT	.	_	5	punct	_	_

# sent_id = harbour-2
# newpar
# note = kept
1	Why	why	ADV	WRB	_	0	root	_	SpaceAfter=No
2	?	?	PUNCT	.	_	1	punct	_	_

`

func read(t *testing.T, s string) []Sentence {
	t.Helper()
	ss, err := NewReader(strings.NewReader(s), "test").ReadDoc()
	if err != nil {
		t.Fatal(err)
	}
	return ss
}

func TestRead(t *testing.T) {
	ss := read(t, sample)
	if len(ss) != 2 || len(ss[0].Words) != 6 || len(ss[1].Words) != 2 {
		t.Fatalf("got %d sentences: %+v", len(ss), ss)
	}
	s := ss[0]
	if s.ID != "harbour-1" || s.DocID != "harbour" || !s.NewDoc || !s.NewPar || s.Line != 5 {
		t.Errorf("comments read as %+v", s)
	}
	if diff := cmp.Diff([]Range{{First: 2, End: 4, Form: "can't", SpaceAfter: true}}, s.Ranges); diff != "" {
		t.Errorf("ranges (-want +got):\n%s", diff)
	}
	if s.Words[2].SpaceAfter || !s.Words[3].SpaceAfter || s.Words[4].SpaceAfter {
		t.Errorf("spaces: %+v", s.Words)
	}
	if w := s.Words[0]; w.Head != 5 || w.Deprel != "nsubj" || w.Feats != "Number=Sing" || w.Deps != "" {
		t.Errorf("first word = %+v", w)
	}
	if diff := cmp.Diff([]string{"note = kept"}, ss[1].Comments); diff != "" {
		t.Error(diff)
	}
	if got, want := RawText(ss), "Ana Ruiz can't sail.\n\nWhy?"; got != want {
		t.Errorf("RawText = %q, want %q", got, want)
	}
}

func TestAnnotated(t *testing.T) {
	d := Annotated("", read(t, sample))
	if d.Article.ID != "harbour" || len(d.Tokens) != 8 || len(d.Blocks) != 2 || d.Sentences[1].Block != 1 {
		t.Fatalf("document %q: %d tokens, %d blocks, %+v", d.Article.ID, len(d.Tokens), len(d.Blocks), d.Sentences)
	}
	if d.Word(3) != "n't" || !d.Tokens[3].Glued || d.Tokens[2].Glued || d.Tokens[2].SpaceAfter {
		t.Errorf("contraction: %+v", d.Tokens[2:4])
	}
	if d.Arcs[0].Head != 4 || d.Arcs[4].Head != doc.NoToken || d.Arcs[7].Head != 6 {
		t.Errorf("arcs: %+v", d.Arcs)
	}
	if diff := cmp.Diff([]doc.Name{{First: 0, End: 2, Kind: doc.PER}}, d.Names); diff != "" {
		t.Error(diff)
	}
	if got := d.Blocks[0].Span.Of(d.Text); got != "Ana Ruiz can't sail." {
		t.Errorf("first block = %q", got)
	}
}

func TestWriteGivesBackWhatWasRead(t *testing.T) {
	var b bytes.Buffer
	if err := Write(&b, Annotated("", read(t, sample))); err != nil {
		t.Fatal(err)
	}
	want := strings.NewReplacer(
		"5.1\tsail\tsail\tVERB\tVB\t_\t_\t_\t5:conj\t_\n", "", // empty nodes are dropped
		"# newpar\n# sent_id = harbour-1\n", "# sent_id = harbour-1\n# newpar\n",
		"# note = kept\n", "# text = Why?\n", // other comments are the file's own
	).Replace(sample)
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestWriteNestedNamesAndOpenLayers(t *testing.T) {
	d := Tokens("x", []Sentence{{Words: []Word{{Form: "Bank", SpaceAfter: true}, {Form: "of", SpaceAfter: true}, {Form: "Chile", SpaceAfter: true}}}})
	d.Names = []doc.Name{{First: 0, End: 3, Kind: doc.ORG}, {First: 2, End: 3, Kind: doc.GPE, Nested: true}}
	var b bytes.Buffer
	if err := Write(&b, d); err != nil {
		t.Fatal(err)
	}
	want := "3\tChile\t_\t_\t_\t_\t_\t_\t_\tNER=I-ORG|NER2=B-GPE\n"
	if !strings.Contains(b.String(), want) {
		t.Errorf("Write =\n%s\nwant a row %q", b.String(), want)
	}
}

// TestFormsThatAreNotSums covers ranges whose form is not the sum of its words,
// as in Portuguese: tokens are spelled as the words, raw text as the range.
func TestFormsThatAreNotSums(t *testing.T) {
	ss := read(t, "1-2\tda\t_\t_\t_\t_\t_\t_\t_\t_\n1\tde\tde\t_\t_\t_\t_\t_\t_\t_\n2\ta\to\t_\t_\t_\t_\t_\t_\t_\n3\tcasa\t_\t_\t_\t_\t_\t_\t_\t_\n")
	d := Tokens("", ss)
	if d.Text != "dea casa" || d.Word(0) != "de" || d.Word(1) != "a" || RawText(ss) != "da casa" {
		t.Errorf("text %q, raw %q", d.Text, RawText(ss))
	}
}

func TestErrorsNameFileAndLine(t *testing.T) {
	row := func(id, head string) string { return id + "\ta\t_\t_\t_\t_\t" + head + "\t_\t_\t_\n" }
	for in, want := range map[string]string{
		"1\ta\t_\n":                     "f:1: want 10 columns separated by tabs, have 3",
		"1 a _ _ _ _ _ _ _ _\n":         "f:1: want 10 columns separated by tabs, have 1",
		row("1", "0") + row("3", "1"):   `f:2: id "3", want 2`,
		row("1", "x"):                   `f:1: head "x" is no number`,
		"\n# c\n" + row("1", "7"):       "f:3: sentence : head 7 of word 1, the last is 1",
		row("1-3", "_") + row("1", "0"): "f:1: sentence : range 1-3 ends after the last word 1",
		row("2-3", "_"):                 "f:1: range 2-3, want one that begins at 1",
		row("1-2", "_") + "\n":          "f:1: sentence : no words",
		"1\t\t_\t_\t_\t_\t_\t_\t_\t_\n": "f:1: column 2 is empty: write _",
	} {
		_, err := NewReader(strings.NewReader(in), "f").ReadDoc()
		if err == nil || err.Error() != want {
			t.Errorf("Read(%q) = %v, want %s", in, err, want)
		}
	}
	if _, err := NewReader(strings.NewReader("# only a comment\n\n"), "f").Read(); !errors.Is(err, io.EOF) {
		t.Errorf("a file without rows: %v, want EOF", err)
	}
}

func TestDocs(t *testing.T) {
	second := strings.ReplaceAll(sample, "harbour", "hill")
	var ids []string
	for ss, err := range Docs(strings.NewReader(sample+second), "f") {
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, ss[0].DocID)
	}
	if diff := cmp.Diff([]string{"harbour", "hill"}, ids); diff != "" {
		t.Error(diff)
	}
}

// TestHostileText writes tokens that hold what the format cannot.
func TestHostileText(t *testing.T) {
	d := doc.New(&article.Article{ID: "x", Text: "a\tb \xff\xfe"})
	d.Tokens = []doc.Token{{Span: text.Span{Start: 0, End: 3}, SpaceAfter: true}, {Span: text.Span{Start: 4, End: 6}}}
	d.Sentences = []doc.Sentence{{First: 0, End: 2}}
	var b bytes.Buffer
	if err := Write(&b, d); err != nil {
		t.Fatal(err)
	}
	ss := read(t, b.String())
	if ss[0].Words[0].Form != "a b" || ss[0].Words[1].Form != "\ufffd" {
		t.Errorf("forms = %+v", ss[0].Words)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(sample)
	f.Add("1-2\tx\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n")
	f.Fuzz(func(t *testing.T, in string) {
		ss, err := NewReader(strings.NewReader(in), "f").ReadDoc()
		if err != nil {
			return
		}
		d := Annotated("", ss)
		rows := 0
		for i := range ss {
			for _, w := range ss[i].Words {
				if d.Word(doc.TokenID(rows)) != w.Form {
					t.Fatalf("token %d = %q, want %q", rows, d.Word(doc.TokenID(rows)), w.Form)
				}
				rows++
			}
		}
		if rows != len(d.Tokens) {
			t.Fatalf("%d rows, %d tokens", rows, len(d.Tokens))
		}
		var b bytes.Buffer
		if err := Write(&b, d); err != nil {
			t.Fatal(err)
		}
		again, err := NewReader(&b, "again").ReadDoc()
		if err != nil {
			t.Fatalf("what was written cannot be read: %v", err)
		}
		if len(Tokens("", again).Tokens) != rows {
			t.Fatalf("%d tokens read again, want %d", len(Tokens("", again).Tokens), rows)
		}
	})
}

// TestTreebankRoundTrip reads a real treebank and gives back every row.
func TestTreebankRoundTrip(t *testing.T) {
	ss := treebank(t, "data/language/en_ewt-ud-dev.conllu.gz")
	var b bytes.Buffer
	if err := WriteSentences(&b, ss); err != nil {
		t.Fatal(err)
	}
	again := 0
	for doc, err := range Docs(&b, "again") {
		if err != nil {
			t.Fatal(err)
		}
		for i := range doc {
			if diff := cmp.Diff(ss[again].Words, doc[i].Words); diff != "" {
				t.Fatalf("sentence %s (-want +got):\n%s", ss[again].ID, diff)
			}
			again++
		}
	}
	if again != len(ss) || again != 2001 {
		t.Errorf("%d sentences, read again %d, want 2001", len(ss), again)
	}
}

func treebank(t testing.TB, rel string) []Sentence {
	t.Helper()
	f, err := Open(testkit.Shared(t, rel))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var all []Sentence
	for ss, err := range Docs(f, rel) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, ss...)
	}
	return all
}

func BenchmarkRead(b *testing.B) {
	rows := strings.Repeat(sample, 200)
	b.SetBytes(int64(len(rows)))
	for b.Loop() {
		for _, err := range Docs(strings.NewReader(rows), "f") {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
}

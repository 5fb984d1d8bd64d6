package eval

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"casus/internal/doc"
	"casus/internal/lang/conllu"
	"casus/internal/testkit"
)

// sentence makes rows from "form/upos/head/deprel" items; an item that begins
// with "(" opens a range of the two words that follow: "(don't".
func sentence(items ...string) conllu.Sentence {
	var s conllu.Sentence
	for _, it := range items {
		if form, ok := strings.CutPrefix(it, "("); ok {
			n := len(s.Words)
			s.Ranges = append(s.Ranges, conllu.Range{First: n, End: n + 2, Form: form, SpaceAfter: true})
			continue
		}
		f := strings.Split(it, "/")
		w := conllu.Word{Form: f[0], UPOS: f[1], Deprel: f[3], Lemma: f[0], SpaceAfter: true}
		fmt.Sscan(f[2], &w.Head)
		s.Words = append(s.Words, w)
	}
	return s
}

// want checks counts: right, system and gold of a row.
func wantCounts(t *testing.T, r *Report, name string, right, system, gold int) {
	t.Helper()
	for _, row := range r.Rows {
		if row.Name != name {
			continue
		}
		note := fmt.Sprintf("tp %d, predicted %d", right, system)
		if row.Note != note || row.N != gold {
			t.Errorf("%s: %s of %d, want %s of %d", name, row.Note, row.N, note, gold)
		}
		return
	}
	t.Errorf("no row %s", name)
}

func TestCompareTrees(t *testing.T) {
	gold := []conllu.Sentence{
		sentence("Dogs/NOUN/2/nsubj", "bark/VERB/0/root", "loudly/ADV/2/advmod", "./PUNCT/2/punct"),
		sentence("Cats/NOUN/2/nsubj:outer", "purr/VERB/0/root"),
	}
	system := []conllu.Sentence{
		// one tag wrong, one head wrong, one relation wrong, a subtype that does not count
		sentence("Dogs/PROPN/2/nsubj", "bark/VERB/0/root", "loudly/ADV/1/advmod", "./PUNCT/2/punct"),
		sentence("Cats/NOUN/2/nsubj", "purr/VERB/0/dep"),
	}
	r, err := CompareTrees("x", gold, system)
	if err != nil {
		t.Fatal(err)
	}
	wantCounts(t, r, "Sentences", 2, 2, 2)
	wantCounts(t, r, "Words", 6, 6, 6)
	wantCounts(t, r, "UPOS", 5, 6, 6)
	wantCounts(t, r, "UAS", 5, 6, 6)
	wantCounts(t, r, "LAS", 4, 6, 6)
	wantCounts(t, r, "CLAS", 3, 5, 5) // without the full stop
}

// TestCompareTreesAcrossSegmentations: the system joined the two sentences, cut
// "ice-cream" in three and did not take "isn't" apart.
func TestCompareTreesAcrossSegmentations(t *testing.T) {
	gold := []conllu.Sentence{
		sentence("Melt/VERB/0/root", "ice-cream/NOUN/1/obj"),
		sentence("(isn't", "is/AUX/3/cop", "n't/PART/3/advmod", "it/PRON/0/root"),
	}
	system := []conllu.Sentence{
		sentence("Melt/VERB/0/root", "ice/NOUN/4/compound", "-/PUNCT/4/punct", "cream/NOUN/1/obj", "isn't/VERB/6/cop", "it/PRON/1/parataxis"),
	}
	r, err := CompareTrees("x", gold, system)
	if err != nil {
		t.Fatal(err)
	}
	wantCounts(t, r, "Tokens", 3, 6, 4) // Melt, isn't, it
	wantCounts(t, r, "Sentences", 0, 1, 2)
	wantCounts(t, r, "Words", 2, 6, 5) // Melt, it
	wantCounts(t, r, "UAS", 1, 6, 5)   // the root of the first
}

// TestAlignWords lists texts whose words pair in ways that are easy to count.
// An item "ab=x+y" is a token of the words x and y.
func TestAlignWords(t *testing.T) {
	for _, c := range []struct {
		gold, system string
		pairs        int
	}{
		{"one two", "one two", 2},
		{"onetwo", "one two", 0},
		{"cannot=can+not go", "can not go", 3},
		{"cannot=can+not go", "cannot go", 1},
		{"cannot=can+not go", "cannot=ca+nnot go", 1},
		{"cannot=can+not go", "cannotg=cann+go o", 0},
		{"wxyz=w+x+y+z", "wx=w+x yz=y+z", 4},
		{"wx=w+x y", "w xy=q+y", 2},
		{"w x=x y", "wx y", 1},
		{"X=Y z", "X=y z", 2}, // forms compare without case
	} {
		g, s := layOut([]conllu.Sentence{parseTokens(c.gold)}), layOut([]conllu.Sentence{parseTokens(c.system)})
		if err := checkSame(g, s); err != nil {
			t.Fatalf("%q, %q: %v", c.gold, c.system, err)
		}
		if got := len(alignWords(g, s)); got != c.pairs {
			t.Errorf("%q against %q: %d pairs, want %d", c.system, c.gold, got, c.pairs)
		}
	}
}

func parseTokens(items string) conllu.Sentence {
	var s conllu.Sentence
	for _, it := range strings.Fields(items) {
		form, words, ranged := strings.Cut(it, "=")
		if !ranged {
			words = form
		}
		first := len(s.Words)
		for _, w := range strings.Split(words, "+") {
			s.Words = append(s.Words, conllu.Word{Form: w, Head: conllu.NoHead})
		}
		if ranged {
			s.Ranges = append(s.Ranges, conllu.Range{First: first, End: len(s.Words), Form: form})
		}
	}
	return s
}

func TestDifferentTextsAreRefused(t *testing.T) {
	_, err := CompareTrees("x", []conllu.Sentence{parseTokens("a storm came")}, []conllu.Sentence{parseTokens("a story came")})
	want := `compare trees: x: the texts differ at character 5 (white space not counted): gold "mcame", system "ycame"`
	if err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestUniversalFeatures(t *testing.T) {
	a, b := "Number=Sing|Case=Nom|Typo=Yes", "Case=Nom|Number=Sing"
	if universal(a) != universal(b) || universal(a) == universal("Case=Nom") || universal("") != universal("Typo=Yes") {
		t.Errorf("universal: %q, %q", universal(a), universal(b))
	}
}

const twoDocs = `# newdoc id = a
1	Rain	rain	NOUN	NN	_	2	nsubj	_	_
2	fell	fall	VERB	VBD	_	0	root	_	SpaceAfter=No
3	.	.	PUNCT	.	_	2	punct	_	_

1	Stop	stop	VERB	VB	_	0	root	_	_

# newdoc id = b
1	Snow	snow	NOUN	NN	_	0	root	_	_

`

func TestParseGivesTheSystemWhatItMayKnow(t *testing.T) {
	answer := func(d *doc.Doc) {
		if len(d.Tags)+len(d.Arcs) > 0 {
			t.Error("the system sees the gold analysis")
		}
		for i := range d.Tokens {
			d.Tags = append(d.Tags, doc.Tag{UPOS: "NOUN", Lemma: strings.ToLower(d.Word(doc.TokenID(i)))})
			d.Arcs = append(d.Arcs, doc.Arc{Head: doc.NoToken, Deprel: "root"})
		}
	}
	r, err := Parse("two", strings.NewReader(twoDocs), false, answer)
	if err != nil {
		t.Fatal(err)
	}
	wantCounts(t, r, "Sentences", 3, 3, 3)
	wantCounts(t, r, "UPOS", 2, 5, 5)
	wantCounts(t, r, "Lemmas", 4, 5, 5)
	wantCounts(t, r, "LAS", 3, 5, 5)

	r, err = Sentences("two", strings.NewReader(twoDocs), func(d *doc.Doc) {
		if len(d.Tokens) > 0 {
			t.Error("the splitter sees the gold tokens")
		}
		whole := conllu.Tokens("", []conllu.Sentence{parseTokens(d.Text)}) // splits at spaces only
		d.Tokens, d.Sentences = whole.Tokens, whole.Sentences
		for i := range d.Tokens { // spaces were lost: put the spans back
			at := strings.Index(d.Text, whole.Word(doc.TokenID(i)))
			d.Tokens[i].Span.Start, d.Tokens[i].Span.End = int32(at), int32(at+len(whole.Word(doc.TokenID(i))))
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	wantCounts(t, r, "Words", 3, 4, 5) // Rain, Stop, Snow
	wantCounts(t, r, "Sentences", 1, 2, 3)
}

// TestGoldAgainstItself: a perfect system scores 100 on a real treebank.
func TestGoldAgainstItself(t *testing.T) {
	f, err := conllu.Open(testkit.Shared(t, "data/language/en_gum-ud-dev.conllu.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for ss, err := range conllu.Docs(f, "gum") {
		if err != nil {
			t.Fatal(err)
		}
		r, err := CompareTrees("gum", ss, conllu.FromDoc(conllu.Annotated("", ss)))
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range r.Rows {
			if math.Abs(*row.F1-1) > 1e-9 {
				t.Errorf("%s: %s = %v", ss[0].DocID, row.Name, *row.F1)
			}
		}
	}
}

package lemma

import (
	"bytes"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"casus/internal/doc"
	"casus/internal/lang/conllu"
	"casus/internal/testkit"
)

func lemmatiser(t testing.TB) *Lemmatiser {
	t.Helper()
	l, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestLemma(t *testing.T) {
	l := lemmatiser(t)
	for _, c := range []struct{ form, upos, xpos, want string }{
		{"met", "VERB", "VBD", "meet"},
		{"Met", "VERB", "VBD", "meet"},
		{"went", "VERB", "VBD", "go"},
		{"is", "AUX", "VBZ", "be"},
		{"n't", "PART", "RB", "not"},
		{"ca", "AUX", "MD", "can"},
		{"an", "DET", "DT", "a"},
		{"them", "PRON", "PRP", "they"},
		{"I", "PRON", "PRP", "I"},
		{"talks", "NOUN", "NNS", "talk"},
		{"TALKS", "NOUN", "NNS", "talk"},
		{"countries", "NOUN", "NNS", "country"},
		{"women", "NOUN", "NNS", "woman"},
		{"sanctions", "NOUN", "NNS", "sanction"},
		{"Americans", "PROPN", "NNPS", "American"},
		{"Geneva", "PROPN", "NNP", "Geneva"},
		{"Peruvian", "ADJ", "JJ", "Peruvian"},
		{"Sept.", "PROPN", "NNP", "September"},
		{"worse", "ADJ", "JJR", "bad"},
		{"largest", "ADJ", "JJS", "large"},
		{"1,250", "NUM", "CD", "1250"},
		// words of no treebank: the vocabulary decides between edits
		{"provoked", "VERB", "VBD", "provoke"},
		{"escalating", "VERB", "VBG", "escalate"},
		{"vetoed", "VERB", "VBD", "veto"},
		{"glimmered", "VERB", "VBD", "glimmer"},
		{"rebuked", "VERB", "VBN", "rebuke"},
		{"deploying", "VERB", "VBG", "deploy"},
		{"frigates", "NOUN", "NNS", "frigate"},
		// tags that are missing, at odds or unknown
		{"walked", "VERB", "", "walk"},
		{"detained", "ADJ", "VBN", "detain"},
		{"thing", "NOUN", "??", "thing"},
		{"thing", "", "", "thing"},
		{"", "NOUN", "NN", ""},
		{"\xff\xc3", "NOUN", "NNS", "\xff\xc3"},
		{strings.Repeat("long", 40), "NOUN", "NNS", strings.Repeat("long", 40)},
	} {
		if got := l.Lemma(c.form, c.upos, c.xpos); got != c.want {
			t.Errorf("Lemma(%q, %s, %s) = %q, want %q", c.form, c.upos, c.xpos, got, c.want)
		}
	}
}

func TestFill(t *testing.T) {
	d := conllu.Tokens("", []conllu.Sentence{{Words: []conllu.Word{{Form: "Rebels", SpaceAfter: true}, {Form: "fled"}}}})
	tags := []doc.Tag{{UPOS: "NOUN", XPOS: "NNS"}, {UPOS: "VERB", XPOS: "VBD"}}
	lemmatiser(t).Fill(d, tags)
	if tags[0].Lemma != "rebel" || tags[1].Lemma != "flee" {
		t.Errorf("lemmas %q, %q", tags[0].Lemma, tags[1].Lemma)
	}
}

func TestFillAsksTheTree(t *testing.T) {
	d := conllu.Annotated("", []conllu.Sentence{
		{Words: []conllu.Word{{Form: "She", Head: 3, Deprel: "nsubj"}, {Form: "'s", UPOS: "AUX", XPOS: "VBZ", Head: 3, Deprel: "aux"}, {Form: "left", UPOS: "VERB", XPOS: "VBN", Deprel: "root"}}},
		{Words: []conllu.Word{{Form: "It", Head: 3, Deprel: "nsubj:pass"}, {Form: "'s", UPOS: "AUX", XPOS: "VBZ", Head: 3, Deprel: "aux:pass"}, {Form: "called", UPOS: "VERB", XPOS: "VBN", Deprel: "root"}}},
	})
	lemmatiser(t).Fill(d, d.Tags)
	if d.Tags[1].Lemma != "have" || d.Tags[4].Lemma != "be" {
		t.Errorf("'s left: %q, 's called: %q", d.Tags[1].Lemma, d.Tags[4].Lemma)
	}
}

func FuzzLemma(f *testing.F) {
	f.Add("Houses", "NOUN", "NNS")
	f.Add("ŁÓDŹ's", "PROPN", "NNPS")
	f.Add("\xc3", "VERB", "VBG")
	l := lemmatiser(f)
	f.Fuzz(func(t *testing.T, form, upos, xpos string) {
		got := l.Lemma(form, upos, xpos)
		if (got == "") != (form == "") {
			t.Errorf("Lemma(%q, %q, %q) = %q", form, upos, xpos, got)
		}
	})
}

// trainingFile is a treebank of a few sentences: enough for an ending.
const trainingFile = `# newdoc id = a
1	walked	walk	VERB	VBD	_	0	root	_	_
2	talked	talk	VERB	VBD	_	0	root	_	_
3	asked	ask	VERB	VBD	_	0	root	_	_
4	went	go	VERB	VBD	_	0	root	_	_
5	baked	bake	VERB	VBD	_	0	root	_	_
6	faked	fake	VERB	VBD	_	0	root	_	_
7	raked	rake	VERB	VBD	_	0	root	_	_

# newdoc id = GUM_whow_skates
1	skated	SECRET	VERB	VBD	_	0	root	_	_

`

func TestTrain(t *testing.T) {
	train := func() (fs.FS, string) {
		var casing, endings, forms bytes.Buffer
		path := t.TempDir() + "/a.conllu"
		writeFile(t, path, trainingFile)
		words, err := ReadWords(strings.NewReader("7\tstake\n7\tstaked\nmask\n12\tmasked\n\n"))
		if err != nil || len(words) != 4 {
			t.Fatalf("words %v, %v", words, err)
		}
		if err := Train(Tables{&casing, &endings, &forms}, words, path); err != nil {
			t.Fatal(err)
		}
		return fstest.MapFS{
			"xx/casing.tsv": {Data: casing.Bytes()}, "xx/endings.tsv": {Data: endings.Bytes()}, "xx/forms.tsv": {Data: forms.Bytes()},
			"xx/auxiliaries.tsv": {Data: []byte("form\trelation\thead\tlemma\n")}, "xx/irregular.tsv": {Data: []byte("tag\tform\tlemma\n")},
		}, casing.String() + endings.String() + forms.String()
	}
	fsys, first := train()
	if _, second := train(); first != second {
		t.Error("two trainings differ")
	}
	if strings.Contains(first, "SECRET") {
		t.Error("a document that may not be used was used")
	}
	l, err := Load(fsys, "xx")
	if err != nil {
		t.Fatalf("%v\n%s", err, first)
	}
	for form, want := range map[string]string{"went": "go", "hiked": "hike", "milked": "milk", "masked": "mask", "staked": "stake"} {
		if got := l.Lemma(form, "VERB", "VBD"); got != want {
			t.Errorf("Lemma(%q) = %q, want %q\n%s", form, got, want, first)
		}
	}
}

func TestLoadErrorsNameFileAndLine(t *testing.T) {
	good := fstest.MapFS{
		"xx/casing.tsv":      {Data: []byte("tag\tshape\tending\tcasing\n")},
		"xx/endings.tsv":     {Data: []byte("tag\tending\tcut\tadd\n")},
		"xx/forms.tsv":       {Data: []byte("tag\tform\tlemma\n")},
		"xx/auxiliaries.tsv": {Data: []byte("form\trelation\thead\tlemma\n")}, "xx/irregular.tsv": {Data: []byte("tag\tform\tlemma\n")},
	}
	for file, c := range map[string]struct{ row, want string }{
		"xx/endings.tsv": {"NNS\ts\t2\t\n", "xx/endings.tsv:2: cut"},
		"xx/casing.tsv":  {"NN\tround\t\tkept\n", "xx/casing.tsv:2: unknown shape"},
		"xx/forms.tsv":   {"NN\tmice\t\n", "xx/forms.tsv:2: a form or lemma is empty"},
	} {
		bad := fstest.MapFS{}
		for n, f := range good {
			bad[n] = &fstest.MapFile{Data: f.Data}
		}
		bad[file].Data = append(append([]byte{}, bad[file].Data...), c.row...)
		if _, err := Load(bad, "xx"); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", file, err, c.want)
		}
	}
	if _, err := Load(fstest.MapFS{}, "xx"); err == nil {
		t.Error("missing tables are accepted")
	}
}

// TestTreebankAccuracy keeps the score on sentences that nothing was learned from.
func TestTreebankAccuracy(t *testing.T) {
	l := lemmatiser(t)
	for rel, want := range map[string]float64{
		"data/language/en_ewt-ud-dev.conllu.gz": 0.985,
		"data/language/en_gum-ud-dev.conllu.gz": 0.990,
	} {
		f, err := conllu.Open(testkit.Shared(t, rel))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		right, n := 0, 0
		for ss, err := range conllu.Docs(f, rel) {
			if err != nil {
				t.Fatal(err)
			}
			for i := range ss {
				for _, w := range ss[i].Words {
					n++
					if w.Lemma == "" || l.Lemma(w.Form, w.UPOS, w.XPOS) == w.Lemma {
						right++
					}
				}
			}
		}
		got := float64(right) / float64(n)
		t.Logf("%s: %.2f of %d words", rel, 100*got, n)
		if got < want {
			t.Errorf("%s: %.4f, want at least %.4f", rel, got, want)
		}
	}
}

func BenchmarkLemma(b *testing.B) {
	l := lemmatiser(b)
	words := []doc.Tag{
		{Lemma: "The", UPOS: "DET", XPOS: "DT"},
		{Lemma: "ministers", UPOS: "NOUN", XPOS: "NNS"},
		{Lemma: "had", UPOS: "AUX", XPOS: "VBD"},
		{Lemma: "agreed", UPOS: "VERB", XPOS: "VBN"},
		{Lemma: "in", UPOS: "ADP", XPOS: "IN"},
		{Lemma: "Geneva", UPOS: "PROPN", XPOS: "NNP"},
		{Lemma: "quickly", UPOS: "ADV", XPOS: "RB"},
		{Lemma: ".", UPOS: "PUNCT", XPOS: "."},
	}
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		w := &words[n%len(words)]
		n++
		l.Lemma(w.Lemma, w.UPOS, w.XPOS)
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := Load(Files(), "en"); err != nil {
			b.Fatal(err)
		}
	}
}

func writeFile(t *testing.T, path, data string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(data), 0o644); err != nil {
		t.Fatal(err)
	}
}

package train

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"casus/internal/lang/encoder"
)

// Three sentences with all layers, enough to check the arithmetic.
const trees = `# newdoc id = GUM_news_a
1	Rebels	rebel	NOUN	NNS	Number=Plur	2	nsubj	_	_
2	shelled	shell	VERB	VBD	Tense=Past	0	root	_	_
3	the	the	DET	DT	_	4	det	_	_
4	town	town	NOUN	NN	Number=Sing	2	obj	_	_
5	.	.	PUNCT	.	_	2	punct	_	_

# newdoc id = GUM_fiction_b
1	The	the	DET	DT	_	2	det	_	_
2	dragon	dragon	NOUN	NN	Number=Sing	3	nsubj	_	_
3	slept	sleep	VERB	VBD	Tense=Past	0	root	_	_
4	.	.	PUNCT	.	_	3	punct	_	_

# newdoc id = GUM_news_c
1-2	Don't	_	_	_	_	_	_	_	_
1	Do	do	AUX	VB	_	3	aux	_	_
2	n't	not	PART	RB	Polarity=Neg	3	advmod	_	_
3	shell	shell	VERB	VB	_	0	root	_	_
4	the	the	DET	DT	_	5	det	_	_
5	rebels	rebel	NOUN	NNS	Number=Plur	3	obj	_	_
6	.	.	PUNCT	.	_	3	punct	_	_
`

const names = `-DOCSTART- a

Anna	B-PER
Lind	I-PER
met	O
rebels	O
in	O
Oslo	B-LOC
.	O
The	O
town	O
of	O
Oslo	B-LOC
.	O
`

func testCorpus(t *testing.T) *corpus {
	t.Helper()
	a, err := readTrees(strings.NewReader(trees), "trees")
	if err != nil {
		t.Fatal(err)
	}
	b, err := readNames(strings.NewReader(names), "names", fourKinds)
	if err != nil {
		t.Fatal(err)
	}
	d := &corpus{news: &vectors{words: []string{"the", "rebels"}, dim: 64, rows: make([]float32, 128)}}
	for i := range d.news.rows {
		d.news.rows[i] = float32(i%7) / 10
	}
	guess, err := readGuesses(strings.NewReader("7\tthe\n3\trebels\n"), "clusters")
	if err != nil {
		t.Fatal(err)
	}
	d.index([]source{{file: "trees", name: "t", share: 1}, {file: "names", name: "n", kinds: fourKinds, share: 0.5}}, [][]sentence{a, b})
	d.addGuesses(guess)
	raw := &rawText{}
	for i, w := range []string{"the", "rebels", "slept"} {
		f, _ := d.lexicon.Features(w, nil)
		raw.types = append(raw.types, rawType{f, guess.label(w)})
		raw.sentences = append(raw.sentences, slices.Repeat([]int32{int32(i), 0, 1}, 20))
		raw.words += 60
	}
	d.raw = raw
	return d
}

func testConfig() Config {
	c := Config{Hidden: 16, Epochs: 3, Batch: 20, Every: 3}
	c.defaults()
	return c
}

// trainFile trains on the test corpus and returns the file.
func trainFile(t *testing.T, c Config) (file []byte) {
	t.Helper()
	err := run(c, testCorpus(t), func(model []byte) error {
		file = model
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func TestRunIsReproducible(t *testing.T) {
	c := testConfig()
	c.Workers = 1
	first, second := trainFile(t, c), trainFile(t, c)
	if !bytes.Equal(first, second) {
		t.Error("two runs differ")
	}
	c.Workers = 2
	if !bytes.Equal(first, trainFile(t, c)) {
		t.Error("one worker and two differ")
	}
	c.Seed = 2
	if bytes.Equal(first, trainFile(t, c)) {
		t.Error("the seed changes nothing")
	}
	if _, err := encoder.Load(first); err != nil {
		t.Error(err)
	}
}

// The gradient of every part against the change of the loss. The chance of the
// worker is the same in all calls, so the loss is a function of the weights.
func TestGradients(t *testing.T) {
	d := testCorpus(t)
	c := testConfig()
	n := newNetwork(&c, d, rand.New(rand.NewPCG(1, 2)))
	w := &worker{net: n, grad: newGradient(n)}
	for _, s := range []*set{&d.sets[0], &d.sets[1], &d.rawSet} {
		items := d.rawBatches(&c, 0, len(d.raw.sentences))[0].half[0]
		if s != &d.rawSet {
			items = d.batches(s, s.items, 100, rand.New(rand.NewPCG(3, 4)))[0].half[0]
		}
		loss := func() float64 {
			w.rng = rand.New(rand.NewPCG(7, 8))
			w.grad.reset()
			return w.run(s, items)
		}
		loss()
		var want [][]float32
		for _, g := range w.grad.params {
			want = append(want, append([]float32(nil), g...))
		}
		r := rand.New(rand.NewPCG(5, 6))
		for p, param := range n.params {
			for range 6 {
				k := r.IntN(len(param.W))
				const step = 5e-3
				old := param.W[k]
				change := func(v float32) float64 {
					param.W[k] = v
					param.Repack()
					return loss()
				}
				measured := (change(old+step) - change(old-step)) / (2 * step)
				change(old)
				// The MLP's activation has a corner, which a step may cross.
				if got := float64(want[p][k]); math.Abs(got-measured) > 0.05*(1+math.Abs(measured)) {
					t.Errorf("set %s parameter %d weight %d: gradient %v, measured %v", s.name, p, k, got, measured)
				}
			}
		}
	}
}

func TestReadTreesLeavesOutWhatMayNotShip(t *testing.T) {
	ss, err := readTrees(strings.NewReader(trees), "trees")
	if err != nil {
		t.Fatal(err)
	}
	if len(ss) != 3 || len(ss[2].words) != 6 {
		t.Fatalf("read %d sentences, want 3, the last of 6 words", len(ss))
	}
	if !mayShip(ss[0].doc) || mayShip(ss[1].doc) {
		t.Errorf("mayShip(%q) = %v, mayShip(%q) = %v", ss[0].doc, mayShip(ss[0].doc), ss[1].doc, mayShip(ss[1].doc))
	}
}

func TestReadTreesNamesTheLine(t *testing.T) {
	_, err := readTrees(strings.NewReader("1\tx\n"), "f.conllu")
	if err == nil || !strings.Contains(err.Error(), "f.conllu:1") {
		t.Errorf("error %v does not name the line", err)
	}
}

func TestReadNamesCutsSentencesAndReadsSchemes(t *testing.T) {
	ss, err := readNames(strings.NewReader(names), "names", fourKinds)
	if err != nil {
		t.Fatal(err)
	}
	if len(ss) != 2 {
		t.Fatalf("%d sentences, want 2", len(ss))
	}
	if got := ss[0].names; len(got) != 2 || got[0] != (span{0, 2, "PER"}) || got[1] != (span{5, 6, "LOC"}) {
		t.Errorf("names %v", got)
	}
	for _, scheme := range [][]string{{"B-PER", "I-PER", "O"}, {"B-PER", "E-PER", "O"}, {"I-PER", "I-PER", "O"}} {
		if got := spans(scheme, fourKinds); len(got) != 1 || got[0] != (span{0, 2, "PER"}) {
			t.Errorf("spans(%v) = %v", scheme, got)
		}
	}
	if got := spans([]string{"S-PER", "S-PER", "B-XYZ"}, fourKinds); len(got) != 2 {
		t.Errorf("two single names read as %v", got)
	}
}

func TestTitleCase(t *testing.T) {
	for _, c := range []struct{ word, want string }{{"rebels", "Rebels"}, {"of", "of"}, {"état", "État"}} {
		if got := titleCase(c.word, false); got != c.want {
			t.Errorf("titleCase(%q) = %q, want %q", c.word, got, c.want)
		}
	}
	if got := titleCase("the", true); got != "The" {
		t.Errorf("first word = %q, want The", got)
	}
}

func TestEpochsReadAllOfASet(t *testing.T) {
	d := testCorpus(t)
	c := testConfig()
	seen := map[string]bool{}
	for e := range 2 { // a half each
		for _, b := range d.epoch(&c, e) {
			for _, half := range b.half {
				for _, it := range half {
					if it.arcs == nil {
						seen[strings.ToLower(strings.Join(it.words, " "))] = true
					}
				}
			}
		}
	}
	if len(seen) != 2 {
		t.Errorf("two epochs of a half read %d of 2 sentences", len(seen))
	}
}

func TestHarmonise(t *testing.T) {
	for _, c := range []struct{ tag, feats, want string }{
		{"ADV|RB", "Degree=Pos", ""},
		{"ADJ|JJ", "Degree=Pos", "Degree=Pos"},
		{"ADV|RB", "Degree=Pos|Typo=Yes", ""},
		{"PRON|PRP", "Case=Nom|Number=Sing|Person=2|PronType=Prs", "Case=Nom|Person=2|PronType=Prs"},
		{"PRON|PRP", "Case=Nom|Number=Sing|Person=1|PronType=Prs", "Case=Nom|Number=Sing|Person=1|PronType=Prs"},
		{"VERB|VB", "Mood=Imp|Person=2|VerbForm=Fin", "Mood=Imp|VerbForm=Fin"},
	} {
		if got := harmonise(c.tag, c.feats); got != c.want {
			t.Errorf("harmonise(%s, %s) = %q, want %q", c.tag, c.feats, got, c.want)
		}
	}
}

func TestEachRawSentence(t *testing.T) {
	var got []string
	eachRawSentence("Mr. Obama didn't say “no” to the U.S. plan. It’s a well-known (old) idea... said A. Lind, 40.", func(words []string) {
		got = append(got, strings.Join(words, " "))
	})
	want := []string{
		"Mr. Obama did n't say “ no ” to the U.S. plan .",
		"It ’s a well - known ( old ) idea ... said A. Lind , 40 .",
	}
	if !slices.Equal(got, want) {
		t.Errorf("sentences %q, want %q", got, want)
	}
}

func TestGuessesShareClusters(t *testing.T) {
	var b strings.Builder
	for i := range frequent {
		fmt.Fprintf(&b, "1\tw%c%c\n", 'a'+i/26%26, 'a'+i%26)
	}
	b.WriteString("9\tmosul\n9\ttikrit\n1\ttable\n")
	g, err := readGuesses(strings.NewReader(b.String()), "clusters")
	if err != nil {
		t.Fatal(err)
	}
	if g.label("Mosul") != g.label("tikrit") || g.label("mosul") == g.label("table") || g.label("mosul") < frequent || g.label("unheard") != -1 {
		t.Errorf("labels: Mosul %d, tikrit %d, table %d, unheard %d", g.label("Mosul"), g.label("tikrit"), g.label("table"), g.label("unheard"))
	}
}

// The embeddings and all else must move the right way: a few sentences are soon
// learned by heart.
func TestStepsLowerTheLoss(t *testing.T) {
	d := testCorpus(t)
	c := testConfig()
	tr := newTrainer(&c, newNetwork(&c, d, rand.New(rand.NewPCG(1, 2))))
	for i := range d.sets {
		b := d.batches(&d.sets[i], d.sets[i].items, 100, nil)[0]
		first := tr.step(b, 1, 0.01).sum
		last := first
		for n := 2; n < 100; n++ {
			last = tr.step(b, n, 0.01).sum
		}
		if last > first/3 {
			t.Errorf("%s: loss %v after 100 steps, %v before", d.sets[i].name, last, first)
		}
	}
}

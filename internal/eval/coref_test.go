package eval

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"math"
	"os"
	"path"
	"reflect"
	"strings"
	"testing"

	"casus/internal/doc"
	"casus/internal/lang/conllu"
	"casus/internal/testkit"
)

func TestReadCorefChains(t *testing.T) {
	in := "# begin document x\n0\tThe\t(1\n1\tUN\t(2)\n2\tchief\t1)\n3\tsaid\t_\n4\the\t(1)\n5\tlikes\t_\n6\tit\t(2)\n"
	forms, chains, err := ReadCorefChains(strings.NewReader(in))
	if err != nil {
		t.Fatal(err)
	}
	if want := [][][2]int{{{1, 2}, {6, 7}}, {{0, 3}, {4, 5}}}; len(forms) != 7 || !reflect.DeepEqual(chains, want) {
		t.Errorf("ReadCorefChains = %v %v, want 7 forms and %v", forms, chains, want)
	}
	if _, _, err := ReadCorefChains(strings.NewReader("0\tx\t3)\n")); err == nil {
		t.Error("ReadCorefChains of a bracket that closes nothing gives no error")
	}
}

// The example of the CoNLL scorer's papers: gold {a,b,c} {d,e,f,g}, found
// {a,b} {c,d} {f,g,h,i}.
func TestCorefScores(t *testing.T) {
	m := func(s string) (c [][2]int) {
		for _, r := range s {
			c = append(c, [2]int{int(r), int(r) + 1})
		}
		return c
	}
	var tally CorefTally
	tally.Add([][][2]int{m("abc"), m("defg"), m("z")}, [][][2]int{m("ab"), m("cd"), m("fghi")})
	for _, x := range []struct {
		name      string
		got, want float64
	}{
		{"MUC recall", tally.muc[0].value(), 2.0 / 5},
		{"MUC precision", tally.muc[1].value(), 2.0 / 5},
		{"B3 recall", tally.b3[0].value(), (2.0/3 + 2.0/3 + 1.0/3 + 1.0/4 + 0 + 2.0/4 + 2.0/4) / 7},
		{"B3 precision", tally.b3[1].value(), (1 + 1 + .5 + .5 + .5 + .5) / 8},
		{"CEAFe recall", tally.ceaf[0].value(), (.8 + .5) / 2},
		{"CEAFe precision", tally.ceaf[1].value(), (.8 + .5) / 3},
	} {
		if math.Abs(x.got-x.want) > 1e-9 {
			t.Errorf("%s = %v, want %v", x.name, x.got, x.want)
		}
	}
}

// Coreference on the development documents of GUM, tokens given, trees and
// names found.
func TestCorefFloor(t *testing.T) {
	r := newReader(t)
	gold := readChains(t, testkit.Shared(t, "data/language/coref-ontogum-dev.tar.gz"))
	in, err := conllu.Open(testkit.Shared(t, "data/language/en_gum-ud-dev.conllu.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	var all, prose CorefTally
	for ss, err := range conllu.Docs(in, "gum") {
		if err != nil {
			t.Fatal(err)
		}
		id := ss[0].DocID
		g, ok := gold[id]
		if !ok {
			continue
		}
		d := conllu.Tokens(id, ss)
		if len(d.Tokens) != g.tokens {
			t.Errorf("%s: %d tokens, want %d", id, len(d.Tokens), g.tokens)
			continue
		}
		r.annotate(d)
		d.Mentions, d.Entities = r.c.ResolveAll(d)
		chains := Chains(d)
		all.Add(g.chains, chains)
		all.Pronouns(d, g.chains)
		if strings.HasPrefix(id, "GUM_news") || strings.HasPrefix(id, "GUM_bio") || strings.HasPrefix(id, "GUM_court") || strings.HasPrefix(id, "GUM_speech") {
			prose.Add(g.chains, chains)
			prose.Pronouns(d, g.chains)
		}
	}
	for _, x := range []struct {
		name  string
		tally *CorefTally
	}{{"all genres", &all}, {"news, biography, court, speech", &prose}} {
		var b strings.Builder
		if err := x.tally.Report().WriteTable(&b); err != nil {
			t.Fatal(err)
		}
		t.Log(x.name + "\n" + b.String())
	}
	if f := *all.Report().Rows[3].F1; f < .40 {
		t.Errorf("CoNLL F1 = %.3f, want at least .40", f)
	}
}

// The archive alone, without the treebank's sentences.
func TestCorefArchive(t *testing.T) {
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	data := "0\tAna\t(1\n1\tQuispe\t1)\n2\tspoke\t_\n3\t.\t_\n4\tShe\t(1)\n5\tleft\t_\n6\t.\t_\n"
	if err := w.WriteHeader(&tar.Header{Name: "a/x.conll", Mode: 0o644, Size: int64(len(data))}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write([]byte(data)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	rd := newReader(t)
	sentences := 0
	r, err := Coref(&b, func(d *doc.Doc) {
		sentences = len(d.Sentences)
		if d.Text != "Ana Quispe spoke. She left." {
			t.Errorf("text %q", d.Text)
		}
		rd.annotate(d)
	}, rd.c.ResolveAll)
	if err != nil {
		t.Fatal(err)
	}
	if sentences != 2 || *r.Rows[3].F1 != 1 || *r.Rows[4].Value != 1 {
		t.Errorf("%d sentences, CoNLL %v, pronouns %v; want 2, 1, 1", sentences, *r.Rows[3].F1, *r.Rows[4].Value)
	}
	if _, err := Coref(strings.NewReader("no archive"), rd.annotate, rd.c.ResolveAll); err == nil {
		t.Error("Coref of what is no archive gives no error")
	}
}

type goldChains struct {
	tokens int
	chains [][][2]int
}

func readChains(t *testing.T, file string) map[string]goldChains {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]goldChains{}
	for tr := tar.NewReader(z); ; {
		h, err := tr.Next()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(h.Name, ".conll") {
			continue
		}
		forms, chains, err := ReadCorefChains(tr)
		if err != nil {
			t.Fatal(err)
		}
		out[strings.TrimSuffix(path.Base(h.Name), ".conll")] = goldChains{len(forms), chains}
	}
}

package clause

import (
	"strings"
	"testing"

	"casus/internal/article"
	"casus/internal/doc"
	"casus/internal/record"
	"casus/internal/text"
)

// tree makes a document of one sentence: "form lemma UPOS XPOS head deprel"
// a line, heads counted from 1, 0 for the root.
func tree(t testing.TB, rows string) *doc.Doc {
	t.Helper()
	var b strings.Builder
	d := &doc.Doc{}
	for _, row := range strings.Split(strings.TrimSpace(rows), "\n") {
		f := strings.Fields(row)
		if len(f) != 6 {
			t.Fatalf("row %q: %d fields, want 6", row, len(f))
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		head := 0
		for _, r := range f[4] {
			head = head*10 + int(r-'0')
		}
		d.Tokens = append(d.Tokens, doc.Token{Span: text.Span{Start: int32(b.Len()), End: int32(b.Len() + len(f[0]))}, SpaceAfter: true})
		b.WriteString(f[0])
		d.Tags = append(d.Tags, doc.Tag{Lemma: f[1], UPOS: f[2], XPOS: f[3]})
		d.Arcs = append(d.Arcs, doc.Arc{Head: doc.TokenID(head - 1), Deprel: f[5]})
	}
	n := doc.New(&article.Article{Text: b.String()})
	n.Tokens, n.Tags, n.Arcs = d.Tokens, d.Tags, d.Arcs
	n.Sentences = []doc.Sentence{{First: 0, End: doc.TokenID(len(d.Tokens))}}
	n.Blocks = []doc.Block{{Span: text.Span{End: int32(b.Len())}}}
	return n
}

func find(t testing.TB, d *doc.Doc) []doc.Clause {
	t.Helper()
	a, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	return a.Find(d)
}

// pick returns the clause with the lemma.
func pick(t testing.TB, cs []doc.Clause, lemma string) *doc.Clause {
	t.Helper()
	for i := range cs {
		if cs[i].Lemma == lemma {
			return &cs[i]
		}
	}
	t.Fatalf("no clause %q", lemma)
	return nil
}

func argument(d *doc.Doc, c *doc.Clause, role string) string {
	if a := c.Arg(role); a != nil {
		return d.Words(a.First, a.End)
	}
	return ""
}

const rejectedOffer = `
Mexico Mexico PROPN NNP 2 nsubj
rejected reject VERB VBD 0 root
an a DET DT 5 det
American American ADJ JJ 5 amod
offer offer NOUN NN 2 obj
to to PART TO 7 mark
use use VERB VB 5 acl
force force NOUN NN 7 obj
. . PUNCT . 2 punct`

func TestRejectedOfferIsActualAndItsActIsNot(t *testing.T) {
	d := tree(t, rejectedOffer)
	cs := find(t, d)
	if c := pick(t, cs, "reject"); c.Status != record.Actual || argument(d, c, doc.Agent) != "Mexico" {
		t.Errorf("reject: status %s, agent %q", c.Status, argument(d, c, doc.Agent))
	}
	if c := pick(t, cs, "offer"); c.How != "reject" || argument(d, c, doc.Agent) != "American" {
		t.Errorf("offer: how %q, agent %q; want reject, American", c.How, argument(d, c, doc.Agent))
	}
	c := pick(t, cs, "use")
	if c.Status == record.Actual || c.How != "offer" {
		t.Errorf("use: status %s, how %q; want not actual, offer", c.Status, c.How)
	}
	if got := argument(d, c, doc.Agent); got != "American" {
		t.Errorf("use: agent %q, want American", got)
	}
}

const passiveConjunct = `
Two two NUM CD 2 nummod
editors editor NOUN NNS 4 nsubj:pass
were be AUX VBD 4 aux:pass
arrested arrest VERB VBN 0 root
and and CCONJ CC 6 cc
charged charge VERB VBN 4 conj
by by ADP IN 8 case
police police NOUN NN 6 obl:agent
. . PUNCT . 4 punct`

func TestPassiveConjunctsShareSubjectAndAgent(t *testing.T) {
	d := tree(t, passiveConjunct)
	for _, lemma := range []string{"arrest", "charge"} {
		c := pick(t, find(t, d), lemma)
		if got := argument(d, c, doc.Patient); got != "Two editors" || !c.Passive {
			t.Errorf("%s: patient %q, passive %v", lemma, got, c.Passive)
		}
		if got := argument(d, c, doc.Agent); got != "police" {
			t.Errorf("%s: agent %q, want police", lemma, got)
		}
	}
}

const relativeGap = `
Rebels rebel NOUN NNS 8 nsubj
who who PRON WP 3 nsubj
burned burn VERB VBD 1 acl:relcl
the the DET DT 5 det
mill mill NOUN NN 3 obj
have have AUX VBP 8 aux
now now ADV RB 8 advmod
surrendered surrender VERB VBN 0 root
. . PUNCT . 8 punct`

func TestRelativePronounStandsForItsNoun(t *testing.T) {
	d := tree(t, relativeGap)
	c := pick(t, find(t, d), "burn")
	if got := argument(d, c, doc.Agent); got != "Rebels" {
		t.Errorf("burn: agent %q, want Rebels", got)
	}
	if c.Link != "relcl" || c.Status != record.Actual {
		t.Errorf("burn: link %q status %s", c.Link, c.Status)
	}
}

const control = `
Turkey Turkey PROPN NNP 2 nsubj
urged urge VERB VBD 0 root
Syria Syria PROPN NNP 2 obj
not not PART RB 6 advmod
to to PART TO 6 mark
attack attack VERB VB 2 xcomp
Aleppo Aleppo PROPN NNP 6 obj
. . PUNCT . 2 punct`

func TestObjectControl(t *testing.T) {
	d := tree(t, control)
	c := pick(t, find(t, d), "attack")
	if got := argument(d, c, doc.Agent); got != "Syria" {
		t.Errorf("attack: agent %q, want Syria", got)
	}
	if c.Status != record.Negated || c.How != "ask" {
		t.Errorf("attack: status %s how %q, want negated, ask", c.Status, c.How)
	}
}

const lightVerb = `
Peru Peru PROPN NNP 3 nsubj
has have AUX VBZ 3 aux
held hold VERB VBN 0 root
talks talk NOUN NNS 3 obj
with with ADP IN 6 case
Chile Chile PROPN NNP 3 obl
. . PUNCT . 3 punct`

func TestLightVerbGivesItsNounTheArguments(t *testing.T) {
	d := tree(t, lightVerb)
	c := pick(t, find(t, d), "talk")
	if c.Kind != doc.SupportClause || c.Status != record.Actual {
		t.Errorf("talk: kind %s, status %s", c.Kind, c.Status)
	}
	if a, w := argument(d, c, doc.Agent), argument(d, c, "with"); a != "Peru" || w != "Chile" {
		t.Errorf("talk: agent %q, with %q", a, w)
	}
}

func TestBrokenTreesEnd(t *testing.T) {
	for name, d := range map[string]*doc.Doc{
		"cycle": tree(t, "a say VERB VBD 2 ccomp\nb deny VERB VBD 1 ccomp"),
		"self":  tree(t, "a say VERB VBD 1 root"),
		"far":   tree(t, "a say VERB VBD 99 xcomp\nb attack NOUN NN 98 obj"),
	} {
		t.Run(name, func(t *testing.T) {
			for _, c := range find(t, d) {
				if c.Status == "" {
					t.Errorf("%s has no status", c.Lemma)
				}
			}
		})
	}
	d := tree(t, rejectedOffer)
	d.Arcs = d.Arcs[:2]
	if cs := find(t, d); cs != nil {
		t.Errorf("arcs missing: %d clauses, want none", len(cs))
	}
}

func TestEveryStatusHasItsReason(t *testing.T) {
	for _, rows := range []string{rejectedOffer, passiveConjunct, relativeGap, control, lightVerb} {
		for _, c := range find(t, tree(t, rows)) {
			if c.Status != record.Actual && len(c.Reasons) == 0 {
				t.Errorf("%s is %s for no reason", c.Lemma, c.Status)
			}
		}
	}
}

func FuzzFind(f *testing.F) {
	f.Add([]byte{1, 0, 3, 2, 5}, "say VERB reject NOUN talk")
	a, err := Default()
	if err != nil {
		f.Fatal(err)
	}
	rels := []string{"nsubj", "obj", "ccomp", "xcomp", "conj", "acl", "acl:relcl", "advcl", "nmod", "case", "mark", "aux", "root", "parataxis", "obl", "nmod:poss"}
	f.Fuzz(func(t *testing.T, heads []byte, words string) {
		ws := strings.Fields(words)
		n := min(len(ws), len(heads), 40)
		if n == 0 {
			return
		}
		d := doc.New(&article.Article{Text: strings.Join(ws[:n], " ")})
		at := int32(0)
		upos := []string{"VERB", "NOUN", "ADJ", "AUX", "PRON", "ADP"}
		for i := range n {
			d.Tokens = append(d.Tokens, doc.Token{Span: text.Span{Start: at, End: at + int32(len(ws[i]))}})
			at += int32(len(ws[i])) + 1
			d.Tags = append(d.Tags, doc.Tag{Lemma: ws[i], UPOS: upos[int(heads[i])%len(upos)], XPOS: "VBD"})
			d.Arcs = append(d.Arcs, doc.Arc{Head: doc.TokenID(int(heads[i])%(n+2)) - 1, Deprel: rels[int(heads[i])%len(rels)]})
		}
		d.Sentences = []doc.Sentence{{First: 0, End: doc.TokenID(n)}}
		for _, c := range a.Find(d) {
			if c.Status == "" || c.First > c.Pred || c.End <= c.Pred || int(c.End) > n {
				t.Errorf("clause %+v out of bounds", c)
			}
			for _, x := range c.Args {
				if x.First > x.Head || x.End <= x.Head || x.First < 0 || int(x.End) > n {
					t.Errorf("argument %+v out of bounds", x)
				}
			}
		}
	})
}

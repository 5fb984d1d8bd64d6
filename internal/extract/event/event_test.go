package event

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"casus/internal/article"
	"casus/internal/doc"
	"casus/internal/record"
	"casus/internal/text"
)

func TestDefaultLoads(t *testing.T) {
	c, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	types := map[string]bool{}
	for _, r := range c.Rules() {
		types[r.Gives.Event] = true
	}
	for _, want := range []string{"CONSULT", "AGREE"} {
		if !types[want] {
			t.Errorf("no rule gives %s", want)
		}
	}
}

const testRules = `
- id: en.consult.talks
  noun: [talk]
  where: {agent: "actor?", with: "actor?"}
  gives: {event: CONSULT, actors: [agent, with], reciprocal: true}
- id: en.assault.attack
  verb: [attack]
  where: {agent: actor}
  gives: {event: ASSAULT, cameo: "190"}
- id: en.assault.attack-goal
  verb: [attack]
  where: {patient: [goal, record]}
  gives: {}
- id: en.retreat.release
  verb: [release, set free]
  where: {agent: actor, patient: [prisoner, hostage]}
  gives: {event: RETREAT, mode: release, cameo: "0841"}
- id: en.threaten.threaten
  verb: [threaten]
  where: {agent: actor}
  gives: {event: THREATEN}
  inner: xcomp
- id: en.reject.reject
  verb: [reject]
  where: {agent: actor, patient: "any"}
  gives: {event: REJECT}
- id: en.agree.offer
  noun: [offer]
  where: {agent: actor}
  gives: {event: AGREE}
`

func testCoder(t testing.TB) *Coder {
	t.Helper()
	people, err := embedded.ReadFile("en/people.tsv")
	if err != nil {
		t.Fatal(err)
	}
	c, err := Load(fstest.MapFS{
		"en/rules.yaml":        {Data: []byte(testRules)},
		"en/people.tsv":        {Data: people},
		"en/contexts.tsv":      {Data: []byte("lemma\tcontext\nprisoner\tlegal\n")},
		"en/confidence.tsv":    {Data: []byte("sign\tweight\nprior\t1\nno actor\t-1\n")},
		"en/voice.tsv":         {Data: []byte("word\tvoice\nmust\turge\n")},
		"en/voice-weights.tsv": {Data: []byte("voice\tweight\tcap\nurge\t2\t3\n")},
		"en/genres.tsv":        {Data: []byte("words\tgenre\tweight\nquarterback\tsport\t2\ntouchdown\tsport\t2\nleague\tsport\t2\n")},
	}, "en")
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// sentence makes a document of one sentence: "form lemma UPOS XPOS head deprel
// kind" a line, heads from 1, 0 for the root; a kind makes the word the head of
// a mention of its own entity.
func sentence(t testing.TB, rows string) *doc.Doc {
	t.Helper()
	var b strings.Builder
	var d doc.Doc
	for i, row := range strings.Split(strings.TrimSpace(rows), "\n") {
		f := strings.Fields(row)
		if len(f) < 6 {
			t.Fatalf("row %q: %d fields, want 6 or 7", row, len(f))
		}
		if i > 0 {
			b.WriteByte(' ')
		}
		head := 0
		for _, r := range f[4] {
			head = head*10 + int(r-'0')
		}
		id := doc.TokenID(i)
		d.Tokens = append(d.Tokens, doc.Token{Span: text.Span{Start: int32(b.Len()), End: int32(b.Len() + len(f[0]))}, SpaceAfter: true})
		b.WriteString(f[0])
		d.Tags = append(d.Tags, doc.Tag{Lemma: f[1], UPOS: f[2], XPOS: f[3]})
		d.Arcs = append(d.Arcs, doc.Arc{Head: doc.TokenID(head - 1), Deprel: f[5]})
		if len(f) == 7 {
			d.Mentions = append(d.Mentions, doc.Mention{First: id, End: id + 1, Head: id, Kind: f[6], Form: doc.FormName, Entity: doc.EntityID(len(d.Entities))})
			d.Entities = append(d.Entities, doc.Entity{Kind: f[6], Name: f[0], Mentions: []int32{int32(len(d.Mentions) - 1)}})
		}
	}
	n := doc.New(&article.Article{Text: b.String()})
	n.Tokens, n.Tags, n.Arcs, n.Mentions, n.Entities = d.Tokens, d.Tags, d.Arcs, d.Mentions, d.Entities
	n.Sentences = []doc.Sentence{{First: 0, End: doc.TokenID(len(d.Tokens))}}
	n.Blocks = []doc.Block{{Span: text.Span{End: int32(b.Len())}}}
	return n
}

// told returns the events of a document as "TYPE.mode actors>recipients status [inner]".
func told(c *Coder, d *doc.Doc) []string {
	d.Clauses = c.Clauses().Find(d)
	r := c.Find(d, nil)
	names := map[string]string{}
	for i := range d.Entities {
		names["a"+string(rune('1'+i))] = d.Entities[i].Name
	}
	for _, a := range r.Actors {
		names[a.ID] = a.Name
	}
	list := func(ids []string) string {
		var out []string
		for _, id := range ids {
			out = append(out, names[id])
		}
		return strings.Join(out, "+")
	}
	out := []string{}
	for _, e := range r.Events {
		s := strings.Join(append([]string{e.Type}, e.Modes...), ".") + " " + list(e.Actors) + ">" + list(e.Recipients) + " " + e.Status
		for _, in := range e.Inner {
			s += " [" + in.Type + " " + list(in.Actors) + ">" + list(in.Recipients) + " " + in.Status + "]"
		}
		out = append(out, s)
	}
	return out
}

func TestFind(t *testing.T) {
	c := testCoder(t)
	for _, tt := range []struct{ name, rows, want string }{
		{"reciprocal through a light verb", `
Peru Peru PROPN NNP 2 nsubj GPE
held hold VERB VBD 0 root
talks talk NOUN NNS 2 obj
with with ADP IN 5 case
Chile Chile PROPN NNP 2 obl GPE`, "CONSULT Peru+Chile> actual"},
		{"a threat takes its mode from the act inside", `
Iran Iran PROPN NNP 2 nsubj GPE
threatened threaten VERB VBD 0 root
to to PART TO 4 mark
attack attack VERB VB 2 xcomp
Israel Israel PROPN NNP 4 obj GPE`, "THREATEN.violence Iran>Israel actual [ASSAULT Iran>Israel hypothetical]"},
		{"an act for the future is an agreement", `
Israel Israel PROPN NNP 3 nsubj GPE
will will AUX MD 3 aux
release release VERB VB 0 root
prisoners prisoner NOUN NNS 3 obj`, "AGREE Israel>prisoners actual [RETREAT Israel>prisoners future]"},
		{"an act that will not be is a refusal", `
Israel Israel PROPN NNP 4 nsubj GPE
will will AUX MD 4 aux
not not PART RB 4 advmod
release release VERB VB 0 root
prisoners prisoner NOUN NNS 4 obj`, "REJECT.yield Israel>prisoners actual [RETREAT Israel>prisoners negated]"},
		{"a refused offer is no use of force", `
Mexico Mexico PROPN NNP 2 nsubj GPE
rejected reject VERB VBD 0 root
an a DET DT 5 det
American American ADJ JJ 5 amod NORP
offer offer NOUN NN 2 obj
to to PART TO 7 mark
attack attack VERB VB 5 acl
gangs gang NOUN NNS 7 obj`, "REJECT Mexico>American actual [AGREE American>gangs actual]"},
		{"negated acts are told as negated", `
Rebels rebel NOUN NNS 4 nsubj
did do AUX VBD 4 aux
not not PART RB 4 advmod
attack attack VERB VB 0 root
Juba Juba PROPN NNP 4 obj GPE`, "ASSAULT Rebels>Juba negated"},
		{"a rule without an event blocks others", `
Rebels rebel NOUN NNS 2 nsubj
attacked attack VERB VBD 0 root
the the DET DT 4 det
goal goal NOUN NN 2 obj`, ""},
		{"a predicate of several words", `
Rebels rebel NOUN NNS 2 nsubj
set set VERB VBD 0 root
hostages hostage NOUN NNS 2 obj
free free ADJ JJ 2 xcomp`, "RETREAT.release Rebels>hostages actual"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := strings.Join(told(c, sentence(t, tt.rows)), "; "); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestTellingsOfOneHappeningAreOneEvent(t *testing.T) {
	c := testCoder(t)
	d := sentence(t, `
Rebels rebel NOUN NNS 2 nsubj
attacked attack VERB VBD 0 root
Juba Juba PROPN NNP 2 obj GPE
Rebels rebel NOUN NNS 5 nsubj
attacked attack VERB VBD 0 root
Juba Juba PROPN NNP 5 obj GPE`)
	d.Sentences = []doc.Sentence{{First: 0, End: 3}, {First: 3, End: 6}}
	d.Mentions[1].Entity = d.Mentions[0].Entity
	d.Clauses = c.Clauses().Find(d)
	events := c.Find(d, nil).Events
	if len(events) != 1 || len(events[0].Mentions) != 2 {
		t.Fatalf("%d events, want 1 with 2 mentions: %+v", len(events), events)
	}
	for _, e := range events {
		if e.Why.Rule != "en.assault.attack" || len(e.Why.Evidence) == 0 || e.Confidence <= 0 || e.Confidence >= 1 {
			t.Errorf("why %+v, confidence %v", e.Why, e.Confidence)
		}
		if e.Status != record.Actual {
			t.Errorf("status %s, want actual", e.Status)
		}
	}
}

func TestRuleFilesWithMistakesAreNamed(t *testing.T) {
	for name, rule := range map[string]string{
		"no event type": "- {id: x, verb: [a], gives: {event: HUG}}",
		"no mode":       "- {id: x, verb: [a], gives: {event: CONSULT, mode: gossip}}",
		"no class":      "- {id: x, verb: [a], where: {agent: '@nobody'}, gives: {event: CONSULT}}",
		"no verb":       "- {id: x, gives: {event: CONSULT}}",
		"no id":         "- {verb: [a], gives: {event: CONSULT}}",
		"unknown key":   "- {id: x, verbs: [a], gives: {event: CONSULT}}",
	} {
		t.Run(name, func(t *testing.T) {
			people, _ := embedded.ReadFile("en/people.tsv")
			_, err := Load(fstest.MapFS{"en/bad.yaml": {Data: []byte(rule)}, "en/people.tsv": {Data: people}}, "en")
			if err == nil || !strings.Contains(err.Error(), "bad.yaml") {
				t.Errorf("error %v, want one that names bad.yaml", err)
			}
		})
	}
}

func TestRulesKeepTheirExamples(t *testing.T) {
	c, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	all := c.Rules()
	if len(all) != len(c.rules.rules) {
		t.Fatalf("%d rules with examples, %d without", len(all), len(c.rules.rules))
	}
	for i := range all {
		if all[i].ID != c.rules.rules[i].ID || len(all[i].where) != len(c.rules.rules[i].where) {
			t.Errorf("rule %d is %s with examples and %s without", i, all[i].ID, c.rules.rules[i].ID)
		}
		if len(all[i].Yes)+len(all[i].No) == 0 || len(c.rules.rules[i].Yes) != 0 {
			t.Errorf("%s: %d examples, and %d where none are read", all[i].ID, len(all[i].Yes), len(c.rules.rules[i].Yes))
		}
	}
}

// TestFindIsDeterministic codes one document twice and compares.
func TestFindIsDeterministic(t *testing.T) {
	c := testCoder(t)
	d := sentence(t, `
Rebels rebel NOUN NNS 2 nsubj
attacked attack VERB VBD 0 root
Juba Juba PROPN NNP 2 obj GPE
and and CCONJ CC 5 cc
threatened threaten VERB VBD 2 conj
to to PART TO 7 mark
attack attack VERB VB 5 xcomp
Chad Chad PROPN NNP 7 obj GPE`)
	d.Clauses = c.Clauses().Find(d)
	if diff := cmp.Diff(c.Find(d, nil), c.Find(d, nil)); diff != "" {
		t.Errorf("two runs differ:\n%s", diff)
	}
}

func TestDenialsStandAgainstWhatTheyDeny(t *testing.T) {
	c := testCoder(t)
	d := sentence(t, `
Rebels rebel NOUN NNS 2 nsubj
attacked attack VERB VBD 0 root
Juba Juba PROPN NNP 2 obj GPE
Chad Chad PROPN NNP 5 nsubj GPE
denied deny VERB VBD 0 root
rebels rebel NOUN NNS 7 nsubj
attacked attack VERB VBD 5 ccomp
Juba Juba PROPN NNP 7 obj`)
	d.Sentences = []doc.Sentence{{First: 0, End: 3}, {First: 3, End: 8}}
	d.Clauses = c.Clauses().Find(d)
	content := d.Anchor(d.Range(5, 8))
	events := c.Find(d, []record.Statement{{ID: "s1", Polarity: "denies", Content: []record.Span{content}}}).Events
	for _, e := range events {
		if e.Status == record.Actual && (len(e.DisputedBy) != 1 || e.DisputedBy[0] != "s1") {
			t.Errorf("disputed by %v, want s1", e.DisputedBy)
		}
	}
	if len(events) != 2 {
		t.Errorf("%d events, want the attack and its denial", len(events))
	}
}

func FuzzFind(f *testing.F) {
	f.Add([]byte{1, 0, 3, 2, 5, 9}, "attack offer reject talk prisoner threaten")
	c := testCoder(f)
	rels := []string{"nsubj", "obj", "ccomp", "xcomp", "conj", "acl", "acl:relcl", "advcl", "nmod", "case", "mark", "aux", "root", "parataxis", "obl", "nmod:poss", "compound", "appos"}
	upos := []string{"VERB", "NOUN", "ADJ", "PRON", "ADP", "PROPN"}
	f.Fuzz(func(t *testing.T, heads []byte, words string) {
		ws := strings.Fields(words)
		n := min(len(ws), len(heads), 40)
		if n == 0 {
			return
		}
		d := doc.New(&article.Article{Text: strings.Join(ws[:n], " ")})
		at := int32(0)
		for i := range n {
			id, h := doc.TokenID(i), int(heads[i])
			d.Tokens = append(d.Tokens, doc.Token{Span: text.Span{Start: at, End: at + int32(len(ws[i]))}})
			at += int32(len(ws[i])) + 1
			d.Tags = append(d.Tags, doc.Tag{Lemma: ws[i], UPOS: upos[h%len(upos)], XPOS: "VBD"})
			d.Arcs = append(d.Arcs, doc.Arc{Head: doc.TokenID(h%(n+2)) - 1, Deprel: rels[h%len(rels)]})
			if h%3 == 0 {
				d.Mentions = append(d.Mentions, doc.Mention{First: id, End: id + 1, Head: id, Kind: doc.GPE, Entity: doc.EntityID(len(d.Entities))})
				d.Entities = append(d.Entities, doc.Entity{Kind: doc.GPE, Name: ws[i], Mentions: []int32{int32(len(d.Mentions) - 1)}})
			}
		}
		d.Sentences = []doc.Sentence{{First: 0, End: doc.TokenID(n)}}
		d.Blocks = []doc.Block{{}}
		d.Clauses = c.Clauses().Find(d)
		for _, e := range c.Find(d, nil).Events {
			for _, sp := range append([]record.Span{e.Trigger}, e.Why.Evidence...) {
				runes := []rune(d.Article.Text)
				if sp.Start < 0 || sp.End > len(runes) || string(runes[sp.Start:sp.End]) != sp.Text {
					t.Errorf("%s: span %+v is not its words", e.Type, sp)
				}
			}
		}
	})
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := Load(embedded, "en"); err != nil {
			b.Fatal(err)
		}
	}
}

package actor

import (
	"slices"
	"strings"
	"testing"

	"casus/internal/article"
	"casus/internal/lang/conllu"
	"casus/internal/lang/coref"
)

// What an actor is called, whatever its first mention is.
func TestNames(t *testing.T) {
	r, err := coref.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	l := linker(t)
	day, err := article.ParseStamp("2026-01-13")
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct{ name, rows, want string }{
		{"a state by its name", "The DET det 3 _|Mexican ADJ amod 3 NER=B-NORP|delegation NOUN nsubj 4 _|left VERB root 0 _|. PUNCT punct 4 _\nMexico PROPN nsubj 2 NER=B-GPE|condemned VERB root 0 _|the DET det 5 _|Mexican ADJ amod 5 NER=B-NORP|offer NOUN obj 2 _", "Mexico: state MEX MEX  mex"},
		{"a state of which the text has the adjective", "The DET det 3 _|Hungarian ADJ amod 3 NER=B-NORP|offer NOUN nsubj 4 _|failed VERB root 0 _", "Hungary: state HUN HUN  hun"},
		{"a people by its noun", "Hungarians PROPN nsubj 2 NER=B-NORP|voted VERB root 0 _", "Hungarians: people HUN HUN  hun"},
		{"a group that the tagger takes for a person", "Boko PROPN nsubj 3 NER=B-PER|Haram PROPN flat 1 NER=I-PER|attacked VERB root 0 _", "Boko Haram: group NGA NGA REB nga.group.boko-haram"},
		{"a number with what belongs to it", "At ADP case 2 _|least ADJ nmod 3 _|nine NUM nummod 4 _|civilians NOUN nsubj 5 _|died VERB root 0 _", "At least nine civilians: group   CVL "},
		{"a verb taken for an adjective", "It PRON nsubj 2 _|fled VERB root 0 _|and CCONJ cc 4 _|accused VERB amod 5 _|officers NOUN obj 2 _", "officers: group    "},
		{"a body with its country", "The DET det 5 _|Kenya PROPN compound 5 NER=B-GPE|Human PROPN compound 4 NER=B-ORG|Rights PROPN compound 5 NER=I-ORG|Commission PROPN nsubj 6 NER=I-ORG|spoke VERB root 0 _", "Kenya Human Rights Commission: organisation KEN KEN GOV "},
	} {
		var b strings.Builder
		for i, sent := range strings.Split(x.rows, "\n") {
			b.WriteString("# sent_id = " + string(rune('1'+i)) + "\n")
			for k, row := range strings.Split(sent, "|") {
				f := strings.Fields(row)
				lemma := strings.ToLower(f[0])
				if f[1] == "NOUN" {
					lemma = strings.TrimSuffix(lemma, "s")
				}
				b.WriteString(strings.Join([]string{string(rune('1' + k)), f[0], lemma, f[1], "_", "_", f[3], f[2], "_", f[4]}, "\t") + "\n")
			}
			b.WriteString("\n")
		}
		for ss, err := range conllu.Docs(strings.NewReader(b.String()), x.name) {
			if err != nil {
				t.Fatal(err)
			}
			d := conllu.Annotated(x.name, ss)
			d.Article.Published = day
			d.Mentions, d.Entities = r.Resolve(d)
			d.Actors = l.Link(d)
			var got []string
			for i := range d.Actors {
				got = append(got, line(&d.Actors[i]))
			}
			if !slices.Contains(got, x.want) {
				t.Errorf("%s: no actor %q; have\n\t%s", x.name, x.want, strings.Join(got, "\n\t"))
			}
		}
	}
}

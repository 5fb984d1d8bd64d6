package event

import (
	"io/fs"
	"math"

	"casus/internal/doc"
	"casus/internal/record"
	"casus/internal/table"
)

// weights are what each sign of an act adds to the log-odds that it is right.
// They are fitted on labelled sentences and articles; see en/confidence.tsv.
type weights map[string]float64

func loadWeights(fsys fs.FS, name string) (weights, error) {
	w := weights{}
	err := table.Read(fsys, name, []string{"sign", "weight"}, func(r *table.Row) error {
		x, err := r.Float("weight", 0)
		if err != nil {
			return err
		}
		w[r.Get("sign")] = x
		return nil
	})
	return w, err
}

// A sign is a fact about an act that bears on whether it is right.
type sign struct {
	name  string
	value float64
}

// confidence is the calibrated chance that an act is right: of events given 0.8,
// about 80 % are.
func (f *finder) confidence(a *act) float64 {
	z := 0.0
	for _, s := range f.signs(a) {
		z += f.c.weights[s.name] * s.value
	}
	p := math.Round(100/(1+math.Exp(-z))) / 100
	return min(max(p, 0.01), 0.99)
}

// signs returns the facts that hold of an act.
func (f *finder) signs(a *act) []sign {
	c := &f.cl[a.clause]
	prior := defaultPrior
	if a.rule != nil {
		prior = a.rule.Prior
	}
	prior = min(max(prior, 0.03), 0.97)
	out := make([]sign, 0, 16)
	out = append(out, sign{"bias", 1}, sign{"prior", math.Log(prior / (1 - prior))})
	sent := f.d.SentenceOf(a.trigger)
	coded, sectored := f.known(a.actors)
	codedTo, sectoredTo := f.known(a.recipients)
	long := len(f.d.Sentences) > longText
	dated := f.dated(a, news)
	for _, s := range []struct {
		name string
		on   bool
	}{
		{"noun", c.Kind == doc.NounClause},
		{"light verb", c.Kind == doc.SupportClause},
		{"participle", c.Kind == doc.ParticipleClause},
		{"adjective", c.Kind == doc.AdjectiveClause},
		{"presupposed", c.Presupposed},
		{"relative", c.Link == "relcl" || c.Link == "acl"},
		{"adverbial", c.Link == "advcl"},
		{"believed", c.How == "believe" || c.How == "cause"},
		{"said", c.How == "say"},
		{"present", c.Tense == "present" && c.Aspect == "" && !c.Headline},
		{"past", c.Tense == "past"},
		{"main", f.d.Arcs[c.Pred].Head == doc.NoToken},
		{"derived", a.made != ""},
		{"inner", len(a.inner) > 0 && a.made == ""},
		{"no actor", len(a.actors) == 0},
		{"no recipient", len(a.recipients) == 0 && len(a.actors) < 2},
		{"actor by words", byWords(a.actors)},
		{"actor addressed", f.addressed(a.actors)},
		{"actor coded", coded},
		{"actor sectored", sectored},
		{"recipient coded", codedTo},
		{"recipient sectored", sectoredTo},
		{"not actual", a.status != record.Actual},
		{"opinion", f.genre.name == "opinion"},
		{"quoted", c.InQuote},
		{"headline", c.Headline},
		{"lead", sent <= 2},
		{"early", sent > 2 && sent <= 8},
		{"long text", long},
		{"long text, late", long && sent > 8},
		{"long text, noun", long && (c.Kind == doc.NounClause || c.Kind == doc.ParticipleClause)},
		{"long text, below", long && (c.Link == "relcl" || c.Link == "acl" || c.Link == "advcl" || c.Presupposed)},
		{"long text, undated", long && !dated},
		{"dated", dated},
		{"perfect", c.Aspect == "perfect"},
		{"progressive", c.Aspect == "progressive"},
		{"both known", (coded || sectored) && (codedTo || sectoredTo)},
		{"plain pronoun", f.pronoun(a)},
		{"own name", f.named(a.actors)},
		{"specific", len(a.rule.where) > 2},
	} {
		if s.on {
			out = append(out, sign{s.name, 1})
		}
	}
	return append(out, sign{a.typ, 1})
}

// longText is the number of sentences above which a text has room to recall, to
// explain and to argue.
const longText = 12

// pronoun reports whether an actor is only a pronoun that nobody resolved.
func (f *finder) pronoun(a *act) bool {
	for _, p := range a.actors {
		if p.entity == doc.NoEntity && f.d.Tags[p.head].UPOS == "PRON" {
			return true
		}
	}
	return false
}

// named reports whether an actor stands there by its name.
func (f *finder) named(parts []part) bool {
	for _, p := range parts {
		if f.d.Tags[p.head].UPOS == "PROPN" {
			return true
		}
	}
	return false
}

// known reports whether a participant has a country, and whether one has a sector.
func (f *finder) known(parts []part) (coded, sectored bool) {
	for _, p := range parts {
		if p.entity == doc.NoEntity || int(p.entity) >= len(f.d.Actors) {
			continue
		}
		a := &f.d.Actors[p.entity]
		coded = coded || a.Code != nil
		sectored = sectored || len(a.Sectors) > 0
	}
	return coded, sectored
}

// addressed reports whether the only participants are speaker and listener:
// "I", "we", "you".
func (f *finder) addressed(parts []part) bool {
	for _, p := range parts {
		if p.entity != doc.NoEntity || f.d.Tags[p.head].UPOS != "PRON" {
			return false
		}
	}
	return len(parts) > 0
}

// byWords reports whether no participant is a known entity.
func byWords(parts []part) bool {
	for _, p := range parts {
		if p.entity != doc.NoEntity && !p.owner {
			return false
		}
	}
	return len(parts) > 0
}

package statement

import (
	"fmt"
	"io/fs"
	"strconv"
	"strings"

	"casus/internal/table"
)

// frames say where the content of a cue may stand.
type frames uint32

const (
	clauseFrame     frames = 1 << iota // c: a clause or a quotation
	quoteFrame                         // q: a quotation alone
	objectFrame                        // o: the object
	objectAs                           // oa: object, and as with what it is said to be
	objectFor                          // ofor: object with what it is blamed or praised for
	objectPredicate                    // ox: object, and what it is called
	objectInf                          // oi: object and infinitive
	infFrame                           // x: an infinitive
	objectAddressee                    // t: the object may be the addressee
	toAddressee                        // to: the addressee follows "to"
	objectAt                           // oat: object and at with its figure
	gerundFrame                        // g: a gerund
)

var frameNames = map[string]frames{
	"c": clauseFrame, "q": quoteFrame, "o": objectFrame, "oa": objectAs, "ofor": objectFor, "ox": objectPredicate, "oi": objectInf, "x": infFrame,
	"t": objectAddressee, "to": toAddressee, "oat": objectAt, "g": gerundFrame,
}

// A cueWord is a row of cues.tsv.
type cueWord struct {
	frames frames
	preps  []string // p:W, or the prepositions of a noun
	sense  string
	rate   float64 // 0: not counted
}

func (c *cueWord) has(f frames) bool { return c != nil && c.frames&f != 0 }

// A sourceWord is a row of sources.tsv.
type sourceWord struct {
	class     string
	anonymous bool
	post      bool // a post that one person holds: unnamed only where the text leaves it open who
}

// A medium is a row of media.tsv.
type medium struct{ kind, name string }

type lexicon struct {
	verbs, nouns map[string]*cueWord
	sources      map[string]sourceWord
	media        map[string]medium
	mediaLast    map[string][]string // last word of a name or noun of several words to the whole
	outlets      map[string]bool
	outletLast   map[string]bool
	outletFirst  map[string]bool
	outletCommon map[string]bool
	hedges       map[string]string
	words        map[string]map[string]bool // closed classes of words.tsv, by class
}

func load(fsys fs.FS, lang string) (*lexicon, error) {
	lx := &lexicon{
		verbs: map[string]*cueWord{}, nouns: map[string]*cueWord{}, sources: map[string]sourceWord{}, media: map[string]medium{},
		mediaLast: map[string][]string{}, outlets: map[string]bool{}, outletLast: map[string]bool{}, outletFirst: map[string]bool{}, outletCommon: map[string]bool{}, hedges: map[string]string{},
		words: map[string]map[string]bool{},
	}
	for _, t := range []struct {
		name    string
		columns []string
		add     func(*table.Row) error
	}{
		{"cues.tsv", []string{"lemma", "pos", "frames", "sense", "rate"}, lx.addCue},
		{"sources.tsv", []string{"lemma", "class", "anonymous"}, lx.addSource},
		{"media.tsv", []string{"word", "kind", "name"}, lx.addMedium},
		{"outlets.tsv", []string{"word", "kind"}, lx.addOutlet},
		{"hedges.tsv", []string{"word", "pos"}, func(r *table.Row) error { lx.hedges[r.Get("word")] = r.Get("pos"); return nil }},
		{"words.tsv", []string{"word", "class"}, func(r *table.Row) error {
			c := r.Get("class")
			if lx.words[c] == nil {
				lx.words[c] = map[string]bool{}
			}
			lx.words[c][r.Get("word")] = true
			return nil
		}},
	} {
		if err := table.Read(fsys, lang+"/"+t.name, t.columns, t.add); err != nil {
			return nil, fmt.Errorf("load statement tables: %w", err)
		}
	}
	return lx, nil
}

func (lx *lexicon) addCue(r *table.Row) error {
	c := &cueWord{sense: r.Get("sense")}
	noun := r.Get("pos") == "noun"
	for _, f := range r.List("frames") {
		switch p, isPrep := strings.CutPrefix(f, "p:"); {
		case isPrep:
			c.preps = append(c.preps, p)
		case frameNames[f] != 0:
			c.frames |= frameNames[f]
		case noun:
			c.preps = append(c.preps, f)
		default:
			return r.Errorf("unknown frame %q", f)
		}
	}
	if s := r.Get("rate"); s != "" {
		v, err := strconv.ParseFloat(s, 64)
		if err != nil {
			return r.Errorf("rate %q is no number", s)
		}
		c.rate = v
	}
	if c.sense == "" {
		return r.Errorf("no sense")
	}
	switch r.Get("pos") {
	case "verb":
		lx.verbs[r.Get("lemma")] = c
	case "noun":
		lx.nouns[r.Get("lemma")] = c
	default:
		return r.Errorf("unknown pos %q", r.Get("pos"))
	}
	return nil
}

func (lx *lexicon) addSource(r *table.Row) error {
	a := r.Get("anonymous")
	if a != "yes" && a != "no" && a != "post" {
		return r.Errorf("anonymous is %q, want yes, post or no", a)
	}
	lx.sources[r.Get("lemma")] = sourceWord{class: r.Get("class"), anonymous: a != "no", post: a == "post"}
	return nil
}

func (lx *lexicon) addMedium(r *table.Row) error {
	w := r.Get("word")
	lx.media[w] = medium{kind: r.Get("kind"), name: r.Get("name")}
	if i := strings.LastIndexByte(w, ' '); i >= 0 {
		lx.mediaLast[w[i+1:]] = append(lx.mediaLast[w[i+1:]], w)
	}
	return nil
}

func (lx *lexicon) addOutlet(r *table.Row) error {
	switch r.Get("kind") {
	case "name":
		lx.outlets[r.Get("word")] = true
	case "last":
		lx.outletLast[r.Get("word")] = true
	case "first":
		lx.outletFirst[r.Get("word")] = true
	case "common":
		lx.outletCommon[r.Get("word")] = true
	default:
		return r.Errorf("unknown kind %q", r.Get("kind"))
	}
	return nil
}

package event

import (
	"io/fs"
	"strings"

	"casus/internal/doc"
	"casus/internal/table"
)

// genreTable is the words that tell a genre, by their first word.
type genreTable map[string][]genreWord

type genreWord struct {
	rest   []string
	genre  string
	weight int
}

// genreGuess is the genre of an article and, for each sentence, the genre that
// its own words tell plainly, or "".
type genreGuess struct {
	name      string
	sentences []string
}

func loadGenres(fsys fs.FS, name string) (genreTable, error) {
	t := genreTable{}
	err := table.Read(fsys, name, []string{"words", "genre", "weight"}, func(r *table.Row) error {
		w, err := r.Float("weight", 1)
		if err != nil {
			return err
		}
		ws := strings.Fields(strings.ToLower(r.Get("words")))
		if len(ws) == 0 {
			return r.Errorf("no words")
		}
		t[ws[0]] = append(t[ws[0]], genreWord{ws[1:], r.Get("genre"), int(w)})
		return nil
	})
	return t, err
}

// Genre returns the genre of an article as its words tell it; "report" when
// they tell nothing else.
func (c *Coder) Genre(d *doc.Doc) string { return c.guess(d).name }

// What makes an article of a genre, in weight of distinct words: at least
// genreLeast, and one in genreShare of its words; one in plainShare leaves no
// doubt. A word of the headline counts twice.
const (
	genreLeast    = 5
	genreShare    = 40
	plainShare    = 16
	sentenceLeast = 4 // weight in one sentence that tells its genre
)

// order of genres when they tie; only these are guessed from words. The first
// ones are guessed of articles and sentences, the last of sentences alone.
var (
	guessed        = []string{"sport", "market", "culture", "obituary", "court", "weather", "opinion", "list", "transcript"}
	sentenceGenres = []string{"sport", "market", "culture", "weather", "fiction", "boilerplate", "disaster", "testimony", "history"}
)

func (c *Coder) guess(d *doc.Doc) genreGuess {
	g := genreGuess{name: "report", sentences: make([]string, len(d.Sentences))}
	total := c.genres.count(d, g.sentences)
	for i := 1; i < len(d.Sentences); i++ { // a row of links goes on to the end of its paragraph
		if g.sentences[i-1] == "boilerplate" && d.Sentences[i].Block == d.Sentences[i-1].Block {
			g.sentences[i] = "boilerplate"
		}
	}
	if shape := shapeOf(d); shape != "" {
		g.name = shape
		return g
	}
	best := 0
	for _, name := range guessed {
		if n := total[name]; n >= genreLeast && n*genreShare >= len(d.Tokens) && n > best {
			best, g.name = n, name
		}
	}
	switch g.name {
	case "report", "court", "weather", "culture":
		// A voice of its own tells more than what it is about.
		if best*plainShare < len(d.Tokens) && c.voices.opinion(d) {
			g.name = "opinion"
		}
	}
	if g.name == "weather" {
		g.name = "other"
	}
	return g
}

// count returns the weight of each genre's words, each word once, and sets the
// genre of each sentence that has enough of them.
func (t genreTable) count(d *doc.Doc, of []string) map[string]int {
	total := map[string]int{}
	seen := map[string]bool{}
	own, strong := map[string]int{}, map[string]bool{}
	for i, s := range d.Sentences {
		clear(own)
		clear(strong)
		title := s.Block >= 0 && int(s.Block) < len(d.Blocks) && d.Blocks[s.Block].Kind == doc.Title
		for k := s.First; k < s.End; k++ {
			word, lemma := strings.ToLower(d.Word(k)), strings.ToLower(d.Tags[k].Lemma)
			for _, key := range []string{word, lemma} {
				for _, w := range t[key] {
					if !t.follows(d, k+1, s.End, w.rest) {
						continue
					}
					name, headline := strings.CutPrefix(w.genre, "title:")
					if headline && !title {
						continue
					}
					own[name] += w.weight
					strong[name] = strong[name] || w.weight > 1
					if id := name + " " + key + " " + strings.Join(w.rest, " "); !seen[id] {
						seen[id] = true
						total[name] += w.weight
						if title && !headline {
							total[name] += w.weight
						}
					}
				}
				if word == lemma {
					break
				}
			}
		}
		for _, name := range sentenceGenres {
			if strong[name] && own[name] >= sentenceLeast && (of[i] == "" || own[name] > own[of[i]]) {
				of[i] = name
			}
		}
	}
	return total
}

func (t genreTable) follows(d *doc.Doc, k, end doc.TokenID, rest []string) bool {
	for i, w := range rest {
		p := k + doc.TokenID(i)
		if p >= end || (!strings.EqualFold(d.Word(p), w) && !strings.EqualFold(d.Tags[p].Lemma, w)) {
			return false
		}
	}
	return true
}

// shapeOf tells transcripts and lists by the kinds of their blocks, and by what
// paragraphs begin with: "ROME: …", "Monday: …", "3. …".
func shapeOf(d *doc.Doc) string {
	speakers, items, labels, all := 0, 0, 0, 0
	names := map[string]bool{}
	for i := range d.Blocks {
		b := &d.Blocks[i]
		switch b.Kind {
		case doc.Speaker:
			speakers++
		case doc.ListItem:
			items++
		case doc.Title, doc.Byline:
			continue
		}
		all++
		if l := labelOf(d.Text[b.Span.Start:b.Span.End]); l != "" && !names[l] {
			names[l] = true
			labels++
		}
	}
	switch {
	case labels >= 4 && 3*labels >= 2*all: // each paragraph has a label of its own
		return "list"
	case speakers >= 3 && 3*speakers >= all:
		return "transcript"
	case items >= 5 && 3*items >= 2*all:
		return "list"
	}
	return ""
}

// labelOf returns what a paragraph begins with, if that is a short label before
// a colon, or a number before a point.
func labelOf(p string) string {
	const longest = 24
	for i, r := range p {
		switch {
		case i > longest:
			return ""
		case r == ':' && i > 0:
			return p[:i]
		case r == '.' && i > 0 && strings.Trim(p[:i], "0123456789") == "":
			return p[:i]
		case r == '"' || r == ',' || r == '.':
			return ""
		}
	}
	return ""
}

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
func (c *Coder) Genre(d *doc.Doc) string { return c.genres.guess(d).name }

// What makes an article of a genre, in weight of distinct words: at least
// genreLeast, and one in genreShare of its words.
const (
	genreLeast    = 6
	genreShare    = 60
	sentenceLeast = 4 // weight in one sentence that tells its genre
)

// order of genres when they tie; only these are guessed from words.
var guessed = []string{"sport", "market", "culture", "obituary", "opinion", "court", "weather"}

func (t genreTable) guess(d *doc.Doc) genreGuess {
	g := genreGuess{name: "report", sentences: make([]string, len(d.Sentences))}
	total := map[string]int{}
	seen := map[string]bool{}
	for i, s := range d.Sentences {
		own := map[string]int{}
		for k := s.First; k < s.End; k++ {
			l := strings.ToLower(d.Tags[k].Lemma)
			for _, w := range t[l] {
				if !t.follows(d, k+1, s.End, w.rest) {
					continue
				}
				own[w.genre] += w.weight
				if key := w.genre + l; !seen[key] {
					seen[key] = true
					total[w.genre] += w.weight
				}
			}
		}
		for _, name := range guessed {
			if own[name] >= sentenceLeast && (g.sentences[i] == "" || own[name] > own[g.sentences[i]]) {
				g.sentences[i] = name
			}
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
	if g.name == "weather" {
		g.name = "other"
	}
	return g
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

// shapeOf tells transcripts and lists by the kinds of their blocks.
func shapeOf(d *doc.Doc) string {
	speakers, items, all := 0, 0, 0
	for i := range d.Blocks {
		switch d.Blocks[i].Kind {
		case doc.Speaker:
			speakers++
		case doc.ListItem:
			items++
		case doc.Title, doc.Byline:
			continue
		}
		all++
	}
	switch {
	case speakers >= 3 && 3*speakers >= all:
		return "transcript"
	case items >= 5 && 3*items >= 2*all:
		return "list"
	}
	return ""
}

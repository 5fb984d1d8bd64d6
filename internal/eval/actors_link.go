package eval

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"path"
	"slices"
	"strings"

	"casus/internal/article"
	"casus/internal/ground/kb"
)

// pageGold is a document whose names are linked to DBpedia.
type pageGold struct {
	ID       string `json:"doc_id"`
	Day      string `json:"dct"`
	Text     string `json:"text"`
	Entities []struct {
		Start, End      int
		Text, Type, Ref string
		Syntactic       string
	} `json:"entities"`
}

// Links scores the linking of names to the knowledge base. Gold are the mentions
// that are names of a person or a body, or of a place, with a link to DBpedia.
// Where an actor of the knowledge base bears the title of the page, as a name and
// not as a capital or demonym that stands for it, a link to that actor is right
// and none is missing; all others are wanted without a link (NIL). A mention
// counts as linked when the actor whose mention covers it has an id.
func Links(gold io.Reader, code Coder, facts *kb.Base) (*Report, error) {
	r := &Report{Task: "links"}
	var right, linked, known, wanted, nilRight, nils int
	sc := bufio.NewScanner(gold)
	sc.Buffer(nil, 16<<20)
	for n := 1; sc.Scan(); n++ {
		var g pageGold
		if err := json.Unmarshal(sc.Bytes(), &g); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		day, err := article.ParseStamp(g.Day)
		if err != nil {
			day = article.Stamp{} // some days are not written as dates
		}
		d := code(&article.Article{ID: g.ID, Text: g.Text, Published: day})
		for _, e := range g.Entities {
			if e.Syntactic != "NAM" || e.Ref == "" || e.Type != "PER" && e.Type != "ORG" && e.Type != "LOC" {
				continue
			}
			wanted++
			ids := pageActors(facts, e.Ref)
			have := ""
			best := 0.0
			for i := range d.Actors {
				for _, m := range d.Actors[i].Mentions {
					lo, hi := max(m.Start, e.Start), min(m.End, e.End)
					if m.Form == "pronoun" || hi <= lo {
						continue
					}
					iou := float64(hi-lo) / float64(max(m.End, e.End)-min(m.Start, e.Start))
					if (iou >= .5 || m.End == e.End) && iou > best {
						best, have = iou, str(d.Actors[i].KB)
					}
				}
			}
			if have != "" {
				linked++
			}
			switch {
			case len(ids) == 0:
				nils++
				if have == "" {
					nilRight++
				} else {
					r.Errors = append(r.Errors, fmt.Sprintf("%s: %q is %s, which nobody is; have %s", g.ID, e.Text, path.Base(e.Ref), have))
				}
			case slices.Contains(ids, have):
				known++
				right++
			default:
				known++
				r.Errors = append(r.Errors, fmt.Sprintf("%s: %q is %s, %v; have %q", g.ID, e.Text, path.Base(e.Ref), ids, have))
			}
		}
	}
	if err := sc.Err(); err != nil {
		return nil, err
	}
	if wanted == 0 {
		return nil, errors.New("no names with links")
	}
	r.PRF("links to the knowledge base", right, linked, known)
	r.Share("right or rightly none", right+nilRight, wanted)
	r.Share("names that nobody bears, left unlinked", nilRight, nils)
	return r, nil
}

// pageActors returns the ids of the actors that bear the title of a page.
func pageActors(facts *kb.Base, ref string) []string {
	title := path.Base(ref)
	if u, err := url.PathUnescape(title); err == nil {
		title = u
	}
	title, _, _ = strings.Cut(strings.ReplaceAll(title, "_", " "), " (")
	var ids []string
	for _, n := range facts.Lookup(nil, []byte(kb.Fold(title))) {
		switch n.Alias {
		case kb.Metonym, kb.Demonym, kb.Family:
		default:
			ids = append(ids, n.ID())
		}
	}
	return ids
}

package event

import (
	"casus/internal/doc"
	"casus/internal/record"
)

// background marks the acts that their sentence only recalls, when it has news
// of its own, and those of sentences and articles that are about a game, a film
// or the weather.
func (f *finder) background() {
	own := map[int]bool{} // sentences with an act of their own
	for _, a := range f.acts {
		if a.status == record.Actual && !f.subordinate(a) {
			own[f.d.SentenceOf(a.trigger)] = true
		}
	}
	for _, a := range f.acts {
		s := f.d.SentenceOf(a.trigger)
		c := &f.cl[a.clause]
		if a.status != record.Actual {
			continue
		}
		if f.inverted(a) {
			a.status = record.Hypothetical
			a.step("had …, should …: a condition")
			continue
		}
		if f.before(a) {
			a.status = record.Historical
			a.step("its date is long before the article")
			continue
		}
		switch {
		case f.boilerplate(s) || f.genre.sentences[s] == "boilerplate":
			a.background = "boilerplate: a row of links or headlines"
			f.sentenceFlags[s] = a.background
		case f.playful(a, s):
			a.background = "genre: " + f.sentenceGenre(s)
			f.sentenceFlags[s] = a.background
		case f.retold(a, s):
			a.background = "genre: " + f.sentenceGenre(s) + ", no news"
		case f.genre.sentences[s] == "history":
			a.background = "recalled: history"
			f.sentenceFlags[s] = a.background
		case f.genre.sentences[s] == "testimony" && f.testified(a, c):
			a.background = "recalled: court"
		case c.How == "court" || c.How == "commemorate":
			a.background = "recalled: " + c.How
		case f.hadDone(c):
			a.background = "recalled: it had happened before"
		case f.subordinate(a) && own[s]:
			a.background = "recalled beside the sentence's own news"
		}
	}
}

// testified reports whether an act is what a court is told of, and not what is
// done in court.
func (f *finder) testified(a *act, c *doc.Clause) bool {
	switch a.typ {
	case "ACCUSE", "SANCTION", "REJECT", "REQUEST", "CONCEDE":
		return false
	}
	return c.Embedder != doc.NoClause || c.Parent != doc.NoClause
}

// inverted reports whether a clause is a condition by its order: "had they met",
// "should it attack", in a sentence that asks nothing.
func (f *finder) inverted(a *act) bool {
	c := &f.cl[a.clause]
	aux, subject := doc.NoToken, doc.NoToken
	for k := range f.kids(c.Pred) {
		switch rel := f.d.Rel(k); {
		case rel == "aux" && (f.lemma(k) == "have" && f.d.Tags[k].XPOS == "VBD" || f.lemma(k) == "should"):
			aux = k
		case rel == "nsubj" || rel == "nsubj:pass":
			subject = k
		}
	}
	if aux == doc.NoToken || subject == doc.NoToken || subject < aux {
		return false
	}
	sent := f.d.Sentences[f.d.SentenceOf(c.Pred)]
	return f.d.Word(sent.End-1) != "?"
}

// hadDone reports whether a clause goes back behind what an article tells: "had
// agreed", but not what somebody said had happened.
func (f *finder) hadDone(c *doc.Clause) bool {
	if c.Aspect != "perfect" || c.Tense == "present" || c.How != "" || c.Embedder != doc.NoClause || len(f.d.Sentences) <= short {
		return false
	}
	for k := range f.kids(c.Pred) {
		if f.d.Rel(k) == "aux" && f.lemma(k) == "have" && f.d.Tags[k].XPOS == "VBD" {
			return true
		}
	}
	return false
}

// short is the number of sentences up to which a text is all news.
const short = 3

// longest is the number of tokens above which a "sentence" is a row of other
// things.
const longest = 140

// boilerplate reports whether a sentence is a row of links: bars between them, or
// no end in sight.
func (f *finder) boilerplate(s int) bool {
	sent := f.d.Sentences[s]
	if sent.End-sent.First > longest {
		return true
	}
	bars := 0
	for t := sent.First; t < sent.End; t++ {
		switch f.d.Word(t) {
		case "|", "•", "»":
			bars++
		}
	}
	return bars >= 2
}

func (f *finder) sentenceGenre(s int) string {
	if g := f.genre.sentences[s]; g != "" {
		return g
	}
	return f.genre.name
}

// playful reports whether an act is one of a game, a film, a market or the
// weather: "attacked the goal", "stocks were battered". What kills without
// anybody doing it is an accident where the sentence tells of one.
func (f *finder) playful(a *act, s int) bool {
	switch f.sentenceGenre(s) {
	case "fiction":
		return true
	case "disaster":
		return a.typ == "ASSAULT" && len(a.actors) == 0
	case "market":
		switch a.typ {
		case "ASSAULT", "RETREAT", "CONCEDE", "MOBILIZE", "SUPPORT", "CONSULT", "THREATEN":
			return true
		}
		return false
	case "sport", "weather", "other":
	case "culture":
		if f.genre.name != "culture" && f.genre.sentences[s] == "" {
			return false
		}
		if f.dated(a, news) { // a museum returns a bronze
			return false
		}
	default:
		return false
	}
	switch a.typ {
	case "PROTEST", "SANCTION", "COERCE":
		return f.genre.name != "report" && f.genre.sentences[s] != ""
	}
	return true
}

// retold reports whether an act is part of an argument or of a life, and not
// told as news: no date near the article's goes with it.
func (f *finder) retold(a *act, s int) bool {
	switch f.genre.name {
	case "opinion", "obituary":
		return !f.dated(a, news)
	}
	return false
}

// subordinate reports whether the sentence takes the act for known: it stands
// in a relative clause, before a noun, as a definite noun, after "after".
func (f *finder) subordinate(a *act) bool {
	id := a.clause
	for range maxNesting {
		c := &f.cl[id]
		if c.Presupposed || c.Kind == doc.ParticipleClause {
			return true
		}
		switch c.Link {
		case "relcl", "acl", "amod":
			return true
		case "advcl":
			if c.Tense != "" && c.Parent != doc.NoClause && !f.byMark(c, "as", "when", "while") {
				return true
			}
		}
		if c.Parent == doc.NoClause || c.Parent == id {
			return false
		}
		switch c.Link {
		case "conj", "xcomp":
			id = c.Parent
		default:
			return false
		}
	}
	return false
}

// byMark reports whether one of the words joins c to the clause above.
func (f *finder) byMark(c *doc.Clause, words ...string) bool {
	for k := range f.kids(c.Pred) {
		if r := f.d.Rel(k); r != "mark" && r != "advmod" {
			continue
		}
		for _, w := range words {
			if f.lemma(k) == w {
				return true
			}
		}
	}
	return false
}

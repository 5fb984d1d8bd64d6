package place

import (
	"io/fs"

	"casus/internal/table"
)

// A wordClass is a set of what a word tells about the names around it: see en/words.tsv.
type wordClass uint32

const (
	wordStop wordClass = 1 << iota
	wordCommon
	wordTitle
	wordGiven
	wordLocative
	wordStrong
	wordLink
	wordDirection
	wordBody
	wordSite
	wordNamesake
	wordStreet
	wordSpeech
	wordSettlement
	wordProvince
	wordCounty
	wordWater
	wordRelief
	wordParty
)

var classNames = map[string]wordClass{
	"stop": wordStop, "word": wordCommon, "title": wordTitle, "given": wordGiven, "locative": wordLocative, "strong": wordStrong, "link": wordLink,
	"direction": wordDirection, "body": wordBody, "site": wordSite, "namesake": wordNamesake, "street": wordStreet, "speech": wordSpeech,
	"settlement": wordSettlement, "province": wordProvince, "county": wordCounty, "water": wordWater, "relief": wordRelief, "party": wordParty,
}

// words maps folded words to what they tell.
type words map[string]wordClass

func loadWords(fsys fs.FS) (words, error) {
	w := words{}
	err := table.Read(fsys, "en/words.tsv", []string{"class", "word"}, func(r *table.Row) error {
		c, ok := classNames[r.Get("class")]
		if !ok {
			return r.Errorf("class %q is not known", r.Get("class"))
		}
		w[Fold(r.Get("word"))] |= c
		return nil
	})
	return w, err
}

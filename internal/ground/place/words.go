package place

import (
	"io/fs"
	"strconv"

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
	wordDealing
	wordSpot
	wordMotion
	wordState
	wordRival
	wordStrain
	wordSchool
)

var classNames = map[string]wordClass{
	"stop": wordStop, "word": wordCommon, "title": wordTitle, "given": wordGiven, "locative": wordLocative, "strong": wordStrong, "link": wordLink,
	"direction": wordDirection, "body": wordBody, "site": wordSite, "namesake": wordNamesake, "street": wordStreet, "speech": wordSpeech,
	"settlement": wordSettlement, "province": wordProvince, "county": wordCounty, "water": wordWater, "relief": wordRelief, "party": wordParty,
	"dealing": wordDealing, "spot": wordSpot, "motion": wordMotion, "state": wordState, "rival": wordRival, "strain": wordStrain, "school": wordSchool,
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

// usage is how news uses a word that is also the name of a town.
type usage struct{ place, lower uint8 } // of 100

func loadUsage(fsys fs.FS) (map[string]usage, error) {
	m := map[string]usage{}
	err := table.Read(fsys, "en/usage.tsv", []string{"word", "place", "lower"}, func(r *table.Row) error {
		place, err := strconv.ParseUint(r.Get("place"), 10, 7)
		if err != nil {
			return r.Errorf("place: %v", err)
		}
		lower, err := strconv.ParseUint(r.Get("lower"), 10, 7)
		if err != nil {
			return r.Errorf("lower: %v", err)
		}
		m[r.Get("word")] = usage{uint8(place), uint8(lower)}
		return nil
	})
	return m, err
}

// verb returns what the lemma of an inflected verb tells, found by its ending;
// it serves where no lemmas are known.
func (w words) verb(form []byte) wordClass {
	const verbal = wordSpeech | wordMotion | wordState
	c := w[string(form)] & verbal
	for _, end := range []string{"s", "es", "ed", "d", "ing"} {
		n := len(form) - len(end)
		if n < 2 || string(form[n:]) != end {
			continue
		}
		c |= w[string(form[:n])] & verbal
		if end == "ing" {
			c |= w[string(form[:n])+"e"] & verbal
		}
		if n > 2 && form[n-1] == form[n-2] {
			c |= w[string(form[:n-1])] & verbal // "banned"
		}
		if form[n-1] == 'i' {
			c |= w[string(form[:n-1])+"y"] & verbal // "denied"
		}
	}
	return c
}

// plural returns what the singular of a noun tells.
func (w words) plural(form []byte) wordClass {
	n := len(form) - 1
	if n < 3 || form[n] != 's' {
		return 0
	}
	c := w[string(form[:n])]
	if n > 3 && string(form[n-2:]) == "ies" {
		c |= w[string(form[:n-2])+"y"]
	}
	return c &^ (wordStop | wordTitle)
}

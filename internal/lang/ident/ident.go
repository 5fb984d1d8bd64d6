// Package ident tells whether a text is in a language that casus can read.
//
// It answers from the share of the language's commonest function words, which
// no other language imitates, and asks a trigram model only to name the language
// of a text that fails. A text too short to tell is given the benefit of the doubt.
package ident

import (
	"strings"
	"unicode"

	"github.com/abadojack/whatlanggo"
)

// How much is looked at, and how much is needed for a verdict.
const (
	window   = 6000 // bytes
	minWords = 25
	share    = 0.12 // of function words; English news has 0.35 to 0.45
)

// functionWords are words that make up a third of any English text and are rare
// elsewhere. It is a closed class, so it lives here and not in a lexicon.
var functionWords = map[string]bool{
	"the": true, "of": true, "and": true, "to": true, "was": true, "is": true, "that": true, "with": true, "for": true, "it": true,
	"on": true, "by": true, "at": true, "from": true, "he": true, "his": true, "were": true, "has": true, "have": true, "had": true,
	"which": true, "their": true, "they": true, "this": true, "be": true, "been": true, "said": true, "who": true, "will": true, "are": true, "not": true,
}

// Detect returns the BCP 47 code of the text's language, "en" or the name that
// the trigram model gives; ok is false when casus cannot read it. declared is
// what the page says of itself, and is believed only where the text is too
// short to contradict it.
func Detect(text, declared string) (code string, ok bool) {
	head := text
	if len(head) > window {
		head = head[:window]
	}
	words, hits := 0, 0
	for w := range strings.FieldsFuncSeq(head, func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' }) {
		words++
		if len(w) <= 5 && functionWords[strings.ToLower(w)] {
			hits++
		}
	}
	if words >= minWords && float64(hits) >= share*float64(words) {
		return "en", true
	}
	if words < minWords {
		return short(head, declared)
	}
	info := whatlanggo.Detect(head)
	if info.Lang == whatlanggo.Eng || !info.IsReliable() && script(info.Script) {
		return "en", true // lists, tables, results: few function words, still English
	}
	return info.Lang.Iso6391(), false
}

// short judges a text of few words: only another script is proof.
func short(head, declared string) (string, bool) {
	letters, latin := 0, 0
	for _, r := range head {
		if unicode.IsLetter(r) {
			letters++
			if unicode.Is(unicode.Latin, r) {
				latin++
			}
		}
	}
	if letters > 20 && latin*2 < letters {
		return whatlanggo.Detect(head).Lang.Iso6391(), false
	}
	if declared != "" && !strings.HasPrefix(strings.ToLower(declared), "en") {
		return declared, false
	}
	return "en", true
}

func script(t *unicode.RangeTable) bool { return t == nil || t == unicode.Latin }

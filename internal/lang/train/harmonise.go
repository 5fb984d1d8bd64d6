package train

import "strings"

// unlike are the features that the two treebanks give to the same words by
// different rules: they are left out of training, where they would be learned as
// chance. Typo marks the writer's error, not the word's morphology.
var unlike = []struct{ tag, feature string }{
	{"", "Typo=Yes"},
	{"ADV|RB", "Degree=Pos"},
	{"PRON|PRP", "Number=Sing|Person=2"}, // "you": without number
	{"PRON|PRP", "Number=Plur|Person=2"},
	{"PRON|PRP$", "Number=Sing|Person=2"},
	{"PRON|PRP$", "Number=Plur|Person=2"},
	{"VERB|VB", "Person=2"}, // the imperative
	{"AUX|VB", "Person=2"},
}

// harmonise returns the FEATS of a word in the terms that both treebanks share.
func harmonise(tag, feats string) string {
	for _, u := range unlike {
		if u.tag != "" && u.tag != tag {
			continue
		}
		with := ""
		if i := strings.IndexByte(u.feature, '|'); i >= 0 {
			with = u.feature[i+1:] // only the first goes
		}
		feats = replaceFeature(feats, u.feature, with)
	}
	return feats
}

// replaceFeature replaces old, one or more whole features, in a list of them.
func replaceFeature(feats, old, with string) string {
	padded := "|" + feats + "|"
	if !strings.Contains(padded, "|"+old+"|") {
		return feats
	}
	if with != "" {
		with = "|" + with
	}
	return strings.Trim(strings.Replace(padded, "|"+old+"|", with+"|", 1), "|")
}

package event

import (
	"io/fs"
	"path"
	"strings"

	"casus/internal/doc"
	"casus/internal/table"
)

// voices tell an author who argues from one who reports, by the words outside
// quotations.
type voices struct {
	names []string       // of the voices, in order of the file
	of    map[string]int // of each word, its voice
	each  []voiceWeight
	bias  float64
	quoted,
	quotedCap float64
}

type voiceWeight struct{ weight, cap float64 }

func loadVoices(fsys fs.FS, lang string) (voices, error) {
	v := voices{of: map[string]int{}}
	err := table.Read(fsys, path.Join(lang, "voice-weights.tsv"), []string{"voice", "weight", "cap"}, func(r *table.Row) error {
		w, err := r.Float("weight", 0)
		if err != nil {
			return err
		}
		limit, err := r.Float("cap", 1)
		if err != nil {
			return err
		}
		switch name := r.Get("voice"); name {
		case "bias":
			v.bias = w
		case "quoted":
			v.quoted, v.quotedCap = w, limit
		default:
			v.names = append(v.names, name)
			v.each = append(v.each, voiceWeight{w, limit})
		}
		return nil
	})
	if err != nil {
		return v, err
	}
	err = table.Read(fsys, path.Join(lang, "voice.tsv"), []string{"word", "voice"}, func(r *table.Row) error {
		for i, name := range v.names {
			if name == r.Get("voice") {
				v.of[r.Get("word")] = i
				return nil
			}
		}
		return r.Errorf("voice %q has no weight", r.Get("voice"))
	})
	return v, err
}

// voiceLeast is the number of words outside quotations that show a voice.
const voiceLeast = 50

// opinion reports whether the author of d argues rather than reports.
func (v *voices) opinion(d *doc.Doc) bool {
	counts := make([]int, len(v.each))
	own, quoted, q := 0, 0, 0
	for t := range doc.TokenID(len(d.Tokens)) {
		if d.Tags[t].UPOS == "PUNCT" {
			continue
		}
		for q < len(d.Quotes) && d.Quotes[q].End <= t {
			q++
		}
		if q < len(d.Quotes) && d.Quotes[q].First <= t {
			quoted++
			continue
		}
		own++
		if i, ok := v.of[strings.ToLower(d.Word(t))]; ok {
			counts[i]++
		}
	}
	if own < voiceLeast {
		return false
	}
	z := v.bias + v.quoted*min(float64(quoted)/float64(own+quoted), v.quotedCap)
	for i, w := range v.each {
		z += w.weight * min(100*float64(counts[i])/float64(own), w.cap)
	}
	return z > 0
}

package eval

import (
	"archive/tar"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"casus/internal/article"
	"casus/internal/doc"
	"casus/internal/text"
)

// Coref scores coreference on an archive of documents in the CoNLL coreference
// shape, such as OntoGUM's (see [ReadCorefChains]). They have words alone:
// language finds names and trees, and sentences end at ".", "!" and "?". Gold
// mentions are not given.
func Coref(gold io.Reader, language func(*doc.Doc), resolve func(*doc.Doc) ([]doc.Mention, []doc.Entity)) (*Report, error) {
	var t CorefTally
	for tr := tar.NewReader(gold); ; {
		h, err := tr.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("want a tar archive of .conll files: %w", err)
		}
		if !strings.HasSuffix(h.Name, ".conll") {
			continue
		}
		forms, chains, err := ReadCorefChains(tr)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", h.Name, err)
		}
		d := docOf(strings.TrimSuffix(path.Base(h.Name), ".conll"), forms)
		language(d)
		d.Mentions, d.Entities = resolve(d)
		t.Add(chains, Chains(d))
		t.Pronouns(d, chains)
	}
	if t.docs == 0 {
		return nil, errors.New("no .conll files in the archive")
	}
	return t.Report(), nil
}

// maxSentence bounds the sentences that docOf makes, in tokens.
const maxSentence = 120

// docOf returns a document of the words, with the spaces that English has.
func docOf(id string, forms []string) *doc.Doc {
	var b strings.Builder
	spans := make([]text.Span, len(forms))
	glue := true
	for i, f := range forms {
		if !glue && !closing(f) {
			b.WriteByte(' ')
		}
		spans[i] = text.Span{Start: int32(b.Len()), End: int32(b.Len() + len(f))}
		b.WriteString(f)
		glue = f == "(" || f == "[" || f == "“" || f == "‘" || f == "$"
	}
	d := doc.New(&article.Article{ID: id, Text: b.String()})
	first := 0
	for i, f := range forms {
		after := i+1 < len(forms) && spans[i+1].Start > spans[i].End
		d.Tokens = append(d.Tokens, doc.Token{Span: spans[i], SpaceAfter: after})
		end := f == "." || f == "!" || f == "?" || i-first >= maxSentence
		if end && i+1 < len(forms) && (forms[i+1] == "”" || forms[i+1] == ")") {
			end = false
		}
		if end || i+1 == len(forms) || i > first && (f == "”" || f == ")") && strings.ContainsAny(forms[i-1], ".!?") && len(forms[i-1]) == 1 {
			d.Sentences = append(d.Sentences, doc.Sentence{First: doc.TokenID(first), End: doc.TokenID(i + 1)})
			first = i + 1
		}
	}
	return d
}

// closing reports whether a word stands without a space before it.
func closing(f string) bool {
	switch f {
	case ".", ",", ";", ":", "!", "?", ")", "]", "”", "’", "%", "n't", "n’t":
		return true
	}
	return strings.HasPrefix(f, "'") && len(f) > 1 && len(f) < 4 || strings.HasPrefix(f, "’")
}

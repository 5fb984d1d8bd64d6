package train

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// eachRawSentence cuts a paragraph into words and sentences, nearly by the rules
// of the treebanks. It is for unlabelled text alone, where an error costs
// nothing, and stays as it is so that a model can be made again; what casus
// itself reads is cut by lang/token.
func eachRawSentence(paragraph string, yield func(words []string)) {
	var words []string
	fields := strings.Fields(paragraph)
	for i, f := range fields {
		words = appendRawWords(words, f)
		next := ""
		if i+1 < len(fields) {
			next = fields[i+1]
		}
		if endsRawSentence(f, next) {
			yield(words)
			words = words[:0]
		}
	}
	if len(words) > 0 {
		yield(words)
	}
}

const (
	openers = "\"'“‘([{$£€#"
	closers = "\"'”’)]}.,;:!?…%"
	finals  = ".!?"
)

// endsRawSentence reports whether a sentence ends after a field between blanks.
func endsRawSentence(field, next string) bool {
	bare := strings.TrimRight(field, "\"'”’)]")
	if bare == "" || !strings.ContainsRune(finals, rune(bare[len(bare)-1])) {
		return false
	}
	if next == "" {
		return true
	}
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(next, openers))
	return unicode.IsUpper(r) && !abbreviates(bare)
}

// abbreviates reports whether the stop belongs to the word: "Mr.", "Sen.",
// "U.S.", an initial.
func abbreviates(field string) bool {
	w, ok := strings.CutSuffix(field, ".")
	w = strings.TrimLeft(w, openers)
	if !ok || w == "" || strings.HasSuffix(w, ".") {
		return false
	}
	return strings.Contains(w, ".") || len(w) <= 3 && unicode.IsUpper(rune(w[0]))
}

// appendRawWords cuts one field between blanks into words.
func appendRawWords(words []string, f string) []string {
	for f != "" {
		r, size := utf8.DecodeRuneInString(f)
		if !strings.ContainsRune(openers, r) || size == len(f) {
			break
		}
		words, f = append(words, f[:size]), f[size:]
	}
	end := len(f)
	for end > 0 {
		r, size := utf8.DecodeLastRuneInString(f[:end])
		if !strings.ContainsRune(closers, r) || r == '.' && abbreviates(f[:end]) {
			break
		}
		end -= size
	}
	words = appendClitics(words, f[:end])
	for tail := f[end:]; tail != ""; {
		_, size := utf8.DecodeRuneInString(tail)
		if dots := strings.HasPrefix(tail, "..."); dots {
			size = len("...")
		}
		words, tail = append(words, tail[:size]), tail[size:]
	}
	return words
}

// clitics are the endings that are words of their own.
var clitics = []string{"n't", "n’t", "'s", "’s", "'re", "’re", "'ve", "’ve", "'ll", "’ll", "'m", "’m", "'d", "’d"}

func appendClitics(words []string, w string) []string {
	for _, c := range clitics {
		if head, ok := strings.CutSuffix(w, c); ok && head != "" {
			return append(appendHyphened(words, head), c)
		}
	}
	return appendHyphened(words, w)
}

// appendHyphened cuts at hyphens and dashes between letters or digits.
func appendHyphened(words []string, w string) []string {
	if strings.Contains(w, "://") || strings.Contains(w, "@") {
		return append(words, w)
	}
	for {
		i := strings.IndexAny(w, "-—–/")
		if i <= 0 {
			break
		}
		_, size := utf8.DecodeRuneInString(w[i:])
		if i+size == len(w) {
			break
		}
		words, w = append(words, w[:i], w[i:i+size]), w[i+size:]
	}
	if w != "" {
		words = append(words, w)
	}
	return words
}

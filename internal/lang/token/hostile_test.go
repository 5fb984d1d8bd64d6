package token

import (
	"strings"
	"testing"
)

// TestHostileText splits a quarter of a megabyte of each of these; any cost that is not linear
// shows as a test that does not end.
func TestHostileText(t *testing.T) {
	const size = 1 << 20
	for _, unit := range []string{
		"a", "aB3", "'", "''", "'a", "a'", "\"", "\" ", ")", ".)", "(", "((a", ".", ". ", "a.", "A. ", "a.b", "A.COM", "U.S. ", "-", "a-", "non-",
		"1", "1,", "1-", "1/1", "1'", "@", "a@", "a@b.", "#", "http://", "www.a", ":", ":-", "=", "—", "’", "“", "”", "‘", "\n", "a\n", "\n\n",
		"A: ", "A:\n", "MAYOR: a\n", "- a\n", "BY A\n", "LIMA —", "LIMA, ", "(", "\xff", "\xe2\x80", "\u200d", "\U0001F1E8", "\ufe0f", "\u00ad", "\u200b", "\t", "\r", "é", "日本",
	} {
		checkLayers(t, split(t, "", strings.Repeat(unit, size/len(unit)/4)))
	}
	d := split(t, "", strings.Repeat("The talks failed. ", size/18))
	checkLayers(t, d)
	if want := size / 18; len(d.Sentences) != want {
		t.Errorf("%d sentences, want %d", len(d.Sentences), want)
	}
}

func TestEmpty(t *testing.T) {
	for _, body := range []string{"", " ", "\n\n \t", "\u200b\ufeff"} {
		if d := split(t, "", body); len(d.Blocks)+len(d.Sentences)+len(d.Tokens) != 0 {
			t.Errorf("%q: %d blocks, %d sentences, %d tokens", body, len(d.Blocks), len(d.Sentences), len(d.Tokens))
		}
	}
}

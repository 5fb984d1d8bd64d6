package text

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestIndexAgreesWithRuneCount(t *testing.T) {
	for _, s := range []string{"", "plain", "naïve café", strings.Repeat("日本語 x", 300), "a\u00a0b😀c"} {
		x := NewIndex(s)
		n := 0
		for i := range s {
			if got := x.Runes(i); got != n {
				t.Fatalf("Runes(%d) of %.20q = %d, want %d", i, s, got, n)
			}
			if got := x.Bytes(n); got != i {
				t.Fatalf("Bytes(%d) of %.20q = %d, want %d", n, s, got, i)
			}
			n++
		}
		if got := x.Runes(len(s)); got != utf8.RuneCountInString(s) {
			t.Errorf("Runes(len) of %.20q = %d, want %d", s, got, utf8.RuneCountInString(s))
		}
	}
}

func FuzzIndexRoundTrip(f *testing.F) {
	f.Add("a 😀 b é", 3)
	f.Fuzz(func(t *testing.T, s string, n int) {
		if !utf8.ValidString(s) {
			t.Skip()
		}
		x := NewIndex(s)
		total := utf8.RuneCountInString(s)
		if n < 0 || n > total {
			t.Skip()
		}
		if got := x.Runes(x.Bytes(n)); got != n {
			t.Errorf("Runes(Bytes(%d)) of %q = %d", n, s, got)
		}
	})
}

func TestSpan(t *testing.T) {
	a, b := Span{2, 8}, Span{4, 6}
	if !a.Contains(b) || b.Contains(a) || !a.Overlaps(b) || a.Overlaps(Span{8, 9}) {
		t.Error("Contains or Overlaps wrong")
	}
	if got := b.Cover(Span{7, 9}); got != (Span{4, 9}) {
		t.Errorf("Cover = %v", got)
	}
	if got := b.Of("abcdefgh"); got != "ef" {
		t.Errorf("Of = %q", got)
	}
}

package token

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"casus/internal/article"
	"casus/internal/doc"
)

func splitter(t testing.TB) *Splitter {
	t.Helper()
	s, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// split returns a document with the layers of the splitter.
func split(t testing.TB, title, body string) *doc.Doc {
	d := doc.New(&article.Article{Title: title, Text: body})
	d.Blocks, d.Sentences, d.Tokens = splitter(t).Split(d)
	return d
}

// checkLayers reports what must hold for any text.
func checkLayers(t *testing.T, d *doc.Doc) {
	t.Helper()
	pos := int32(0)
	valid := utf8.ValidString(d.Text)
	blank := func(from, to int32) {
		for i := int(from); i < int(to); {
			c, n := at(d.Text, i)
			if c != space {
				t.Fatalf("byte %d of %q is in no token", i, d.Text)
			}
			i += n
		}
	}
	for i, tok := range d.Tokens {
		sp := tok.Span
		if sp.Start < pos || sp.Empty() || int(sp.End) > len(d.Text) {
			t.Fatalf("token %d %v after %d in %q", i, sp, pos, d.Text)
		}
		blank(pos, sp.Start)
		if i > 0 && d.Tokens[i-1].SpaceAfter == (sp.Start == pos) {
			t.Fatalf("token %d: SpaceAfter of the one before is %v in %q", i, d.Tokens[i-1].SpaceAfter, d.Text)
		}
		if tok.Glued && sp.Start != pos {
			t.Fatalf("token %d is glued to a blank in %q", i, d.Text)
		}
		if valid && !utf8.ValidString(sp.Of(d.Text)) {
			t.Fatalf("token %d %q cuts a character", i, sp.Of(d.Text))
		}
		if strings.ContainsFunc(sp.Of(d.Text), unicode.IsSpace) {
			t.Fatalf("token %d %q holds a blank", i, sp.Of(d.Text))
		}
		pos = sp.End
	}
	blank(pos, int32(len(d.Text)))

	next := doc.TokenID(0)
	for i, s := range d.Sentences {
		if s.First != next || s.End <= s.First {
			t.Fatalf("sentence %d %+v, want one that begins at %d", i, s, next)
		}
		if !d.Blocks[s.Block].Span.Contains(d.Range(s.First, s.End)) {
			t.Fatalf("sentence %d leaves its block in %q", i, d.Text)
		}
		if d.Tokens[s.First].Glued {
			t.Fatalf("sentence %d begins inside a contraction in %q", i, d.Text)
		}
		next = s.End
	}
	if int(next) != len(d.Tokens) {
		t.Fatalf("sentences cover %d of %d tokens", next, len(d.Tokens))
	}
	end := int32(0)
	for i, b := range d.Blocks {
		if b.Span.Start < end || b.Span.Empty() || !b.Dateline.Empty() && !b.Span.Contains(b.Dateline) {
			t.Fatalf("block %d %+v after %d", i, b, end)
		}
		end = b.Span.End
	}
}

func FuzzSplit(f *testing.F) {
	for _, s := range []string{
		"", " ", "a", "Don't say \"no\". He can't've gone (cannot)!",
		"GENEVA, May 3 (Agency) — Talks began.\n\n- one\n- two\n1. three",
		"MAYOR: Yes. COUNCIL: No.\nMAYOR: Why?", "\xff\xfe.\x80A\xc3", "e.g. U.S. No. 5 J. Q. Public's x-ray 'tis the '90s’",
		"a\u200bb \u00a0\u2028c\u0085d \U0001F1E8\U0001F1F1\U0001F469\u200d\U0001F680 ok", "http://a.b/c?d=(e). x@y.org 555-0199 $5.2bn 7p.m.",
		"By Ana Ruiz\r\nPhoto: Some Agency\r\n\r\nText.", "…..?! -- ===---> :-) ''a'' ``b'' ‘‘c’’",
	} {
		f.Add("", s)
		f.Add(s, s)
	}
	f.Fuzz(func(t *testing.T, title, body string) {
		checkLayers(t, split(t, title, body))
	})
}

package html

import (
	"errors"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

const page = `<!doctype html><html lang="en"><head><title>Harbour talks resume | The Post</title>
<meta property="og:site_name" content="The Post"><meta name="author" content="Ana Reyes">
<meta property="article:published_time" content="2026-01-13T08:00:00Z"></head>
<body><nav><a href="/">Home</a><a href="/world">World</a></nav><article><h1>Harbour talks resume</h1>
<p>Negotiators from the two coastal states met in the harbour city on Monday for the first time since the autumn, officials on both sides said.</p>
<p>“We have a great deal of work ahead of us,” said the chief negotiator, who declined to say when the next round would be held or who would take part in it.</p>
<p>Fishing crews have waited for months for an agreement on the waters around the cape, where patrol boats turned back trawlers in the summer.</p>
</article><footer>Copyright</footer><script>var x = "attack";</script></body></html>`

func TestRead(t *testing.T) {
	a, err := Read([]byte(page), "")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(a.Title, "Harbour talks resume") || a.Outlet != "The Post" || a.Byline != "Ana Reyes" || a.Published.Day() != "2026-01-13" {
		t.Errorf("metadata = %+v", a)
	}
	if n := strings.Count(a.Text, "\n\n"); n < 2 || strings.Contains(a.Text, "Copyright") || strings.Contains(a.Text, "var x") {
		t.Errorf("body = %q", a.Text)
	}
}

func TestReadHostilePages(t *testing.T) {
	many := "<html><body>" + strings.Repeat("<p>A short paragraph of text.", 50_000)
	deep := "<html><body>" + strings.Repeat("<div>", 30_000) + "<p>Text at the bottom."
	for name, p := range map[string]string{"50,000 open paragraphs": many, "30,000 nested": deep} {
		start := time.Now()
		a, err := Read([]byte(p), "")
		if err != nil || a.Text == "" {
			t.Errorf("%s: %v", name, err)
		}
		t.Logf("%s: %v", name, time.Since(start))
	}
	if _, err := Read([]byte("<html><body><script>x</script></body></html>"), ""); !errors.Is(err, ErrNoText) {
		t.Errorf("an empty page: %v", err)
	}
	if _, err := Read(make([]byte, MaxBytes+1), ""); !errors.Is(err, ErrTooLarge) {
		t.Errorf("a huge page: %v", err)
	}
}

func TestSniff(t *testing.T) {
	if !Sniff([]byte(page)) || Sniff([]byte("The price fell < 3 percent.")) {
		t.Error("Sniff is wrong")
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(page))
	f.Add([]byte("<p>x<table><p>y"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		a, err := Read(raw, "")
		if err == nil && !utf8.ValidString(a.Text) {
			t.Errorf("text is not valid UTF-8: %q", a.Text)
		}
	})
}

func BenchmarkRead(b *testing.B) {
	p := []byte(page)
	b.SetBytes(int64(len(p)))
	for b.Loop() {
		if _, err := Read(p, ""); err != nil {
			b.Fatal(err)
		}
	}
}

package ingest

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"

	"casus/internal/article"
)

func write(t *testing.T, name string, data []byte) string {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, data, 0o644); err != nil {
		t.Fatal(err)
	}
	return name
}

func collect(args []string, o Options) (got []Item) {
	for it := range Sources(args, o) {
		got = append(got, it)
	}
	return got
}

func TestSourcesGoesOnPastBadOnes(t *testing.T) {
	dir := t.TempDir()
	write(t, dir+"/a.txt", []byte("Title: A\n\nText of a."))
	write(t, dir+"/b.bin", bytes.Repeat([]byte{0, 1}, 200))
	write(t, dir+"/sub/c.jsonl", []byte("{\"text\":\"one\",\"id\":1}\n\nnot json\n{\"text\":\"two\"}"))
	write(t, dir+"/.hidden", []byte("x"))
	got := collect([]string{dir, filepath.Join(dir, "none*")}, Options{})
	var names []string
	for _, it := range got {
		s := "ok"
		if it.Err != nil {
			s = "bad"
		}
		names = append(names, strings.TrimPrefix(it.Name, dir)+" "+s)
	}
	want := "/a.txt ok|/b.bin bad|/sub/c.jsonl:1 ok|/sub/c.jsonl:3 bad|/sub/c.jsonl:4 ok|/none* bad"
	if s := strings.Join(names, "|"); s != want {
		t.Errorf("got  %s\nwant %s", s, want)
	}
	if got[2].Article.ID != "1" || len(got[4].Article.ID) != 16 {
		t.Errorf("ids = %q, %q", got[2].Article.ID, got[4].Article.ID)
	}
}

func TestSourcesReadsCompressedInput(t *testing.T) {
	var gz, zs bytes.Buffer
	w := gzip.NewWriter(&gz)
	w.Write([]byte(`{"text":"packed"}`))
	w.Close()
	z, err := zstd.NewWriter(&zs)
	if err != nil {
		t.Fatal(err)
	}
	z.Write([]byte("Plain text."))
	z.Close()
	dir := t.TempDir()
	got := collect([]string{write(t, dir+"/x.gz", gz.Bytes()), write(t, dir+"/y.zst", zs.Bytes())}, Options{})
	if len(got) != 2 || got[0].Err != nil || got[1].Err != nil || got[0].Article.Text != "packed" || got[1].Article.Text != "Plain text." {
		t.Errorf("got %+v", got)
	}
}

func TestOptionsOverride(t *testing.T) {
	st, err := article.ParseStamp("2026-01-13")
	if err != nil {
		t.Fatal(err)
	}
	got := collect([]string{"-"}, Options{Stdin: strings.NewReader(`{"text":"x","date":"2001-01-01"}`), Published: st, Outlet: "O", URL: "u"})
	a := got[0].Article
	if a.Published.Day() != "2026-01-13" || a.Outlet != "O" || a.URL != "u" || got[0].Name != "standard input:1" {
		t.Errorf("got %+v", a)
	}
}

func TestLongLineIsOneError(t *testing.T) {
	long := `{"text":"` + strings.Repeat("x", maxLine) + "\"}\n{\"text\":\"short\"}\n"
	got := collect([]string{"-"}, Options{Stdin: strings.NewReader(long), Format: JSONL})
	if len(got) != 2 || got[0].Err == nil || got[1].Err != nil {
		t.Fatalf("got %d items, first error %v", len(got), got[0].Err)
	}
}

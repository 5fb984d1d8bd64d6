package token

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"casus/internal/doc"
)

var kindNames = map[doc.BlockKind]string{
	doc.Paragraph: "paragraph", doc.Title: "title", doc.Heading: "heading", doc.Dateline: "dateline",
	doc.Byline: "byline", doc.ListItem: "list-item", doc.Caption: "caption", doc.Speaker: "speaker",
}

// TestPages checks the kinds of blocks and the sentences in them over whole
// pages. In the expected blocks ¦ stands between sentences and \ for a line break.
func TestPages(t *testing.T) {
	paths, err := filepath.Glob("testdata/pages/*.txtar")
	if err != nil || len(paths) < 5 {
		t.Fatalf("%d pages, %v", len(paths), err)
	}
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) {
			a, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			part := map[string]string{}
			for _, f := range a.Files {
				part[f.Name] = strings.TrimSpace(string(f.Data))
			}
			d := split(t, part["title"], part["body"])
			checkLayers(t, d)
			if diff := cmp.Diff(strings.Split(part["blocks"], "\n"), describe(d)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func describe(d *doc.Doc) []string {
	var out []string
	block := int32(-1)
	for _, s := range d.Sentences {
		text := strings.ReplaceAll(d.Words(s.First, s.End), "\n", "\\")
		if s.Block == block {
			out[len(out)-1] += " ¦ " + text
			continue
		}
		block = s.Block
		out = append(out, fmt.Sprintf("%-10s %s", kindNames[d.Blocks[block].Kind], text))
	}
	return out
}

func TestDatelineSpan(t *testing.T) {
	d := split(t, "", "LIMA, Peru (AP) — The river fell.")
	if got := d.Blocks[0].Dateline.Of(d.Text); got != "LIMA, Peru (AP) —" {
		t.Errorf("dateline = %q", got)
	}
	d = split(t, "", "The river fell in Lima, Peru.")
	if !d.Blocks[0].Dateline.Empty() {
		t.Errorf("dateline = %q, want none", d.Blocks[0].Dateline.Of(d.Text))
	}
}

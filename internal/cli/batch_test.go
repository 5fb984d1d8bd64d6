package cli

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestOneBadFileAmongAThousand: 999 are coded, one error names the file, and the
// exit code says that some failed.
func TestOneBadFileAmongAThousand(t *testing.T) {
	if testing.Short() {
		t.Skip("codes a thousand files")
	}
	dir := t.TempDir()
	for i := range 1000 {
		text := []byte(fmt.Sprintf("Police arrested %d men in Lagos on Monday.", i+2))
		if i == 617 {
			text = make([]byte, 4000)
		}
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("a%04d.txt", i)), text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var out, errOut bytes.Buffer
	code := Main([]string{"code", "--output", "jsonl", dir}, strings.NewReader(""), &out, &errOut)
	if code != exitPartial {
		t.Errorf("exit code %d, want %d", code, exitPartial)
	}
	if n := bytes.Count(out.Bytes(), []byte("\n")); n != 999 {
		t.Errorf("%d documents, want 999", n)
	}
	lines := strings.Split(strings.TrimSpace(errOut.String()), "\n")
	if len(lines) != 2 || !strings.Contains(lines[0], "a0617.txt: not text") || !strings.Contains(lines[1], "999 articles coded, 1 failed") {
		t.Errorf("standard error:\n%s", errOut.String())
	}
}

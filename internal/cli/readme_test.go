package cli

import (
	"bytes"
	"flag"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the outputs that the README shows anew")

// shown finds a command and the block under it that shows its output.
var shown = regexp.MustCompile("(?s)<!-- output of: casus (.*?) -->\n```\n(.*?)```\n")

// TestReadmeShowsRealOutput runs the commands whose output the README shows.
func TestReadmeShowsRealOutput(t *testing.T) {
	t.Chdir("../..")
	raw, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	got := shown.ReplaceAllStringFunc(string(raw), func(block string) string {
		found++
		m := shown.FindStringSubmatch(block)
		var out, errOut bytes.Buffer
		if code := Main(strings.Fields(m[1]), strings.NewReader(""), &out, &errOut); code != 0 {
			t.Fatalf("casus %s: exit code %d: %s", m[1], code, errOut.String())
		}
		return "<!-- output of: casus " + m[1] + " -->\n```\n" + out.String() + "```\n"
	})
	if found == 0 {
		t.Fatal("the README shows no output")
	}
	if *update {
		if err := os.WriteFile("README.md", []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(string(raw), got); diff != "" {
		t.Errorf("the README shows other output (-shown +real); run go test ./internal/cli -run Readme -update:\n%s", diff)
	}
}

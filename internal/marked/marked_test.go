package marked

import (
	"strings"
	"testing"
)

func TestRead(t *testing.T) {
	got, err := Read(strings.NewReader("# note\n\nThey met {on Thursday|2025-05-15} in {Geneva|place}.\nNothing here.\n"))
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 2 || got[0].Text != "They met on Thursday in Geneva." || len(got[0].Spans) != 2 || len(got[1].Spans) != 0 {
		t.Fatalf("Read = %+v", got)
	}
	if sp := got[0].Spans[0]; sp.Of(got[0].Text) != "on Thursday" || sp.Label != "2025-05-15" || got[0].Line != 3 {
		t.Errorf("first span = %+v", sp)
	}
	if _, _, err := Parse("a {b c"); err == nil {
		t.Error("an open brace is accepted")
	}
}

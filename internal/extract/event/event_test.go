package event

import "testing"

func TestDefaultLoads(t *testing.T) {
	c, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Rules()) == 0 {
		t.Error("no rules")
	}
}

package eval

import (
	"testing"
)

func TestOwnStatementGoldReads(t *testing.T) {
	challenge, articles := 0, 0
	for _, part := range []string{"dev", "unseen"} {
		items, err := readStatementGold(OwnStatementGold(part))
		if err != nil {
			t.Errorf("%s: %v", part, err)
		}
		for _, it := range items {
			if it.date == "" {
				challenge++
			} else {
				articles++
			}
		}
	}
	if challenge < 150 || articles < 30 {
		t.Errorf("%d challenge items, %d articles", challenge, articles)
	}
	if OwnStatementGold("other") != nil {
		t.Error("a part that does not exist")
	}
}

package table

import (
	"strings"
	"testing"
	"testing/fstest"
)

func TestRead(t *testing.T) {
	fsys := fstest.MapFS{"t.tsv": {Data: []byte("# words\nword\trate\tframes\nsay\t0.97\tccomp,quote\n\ntell\n")}}
	var got []string
	err := Read(fsys, "t.tsv", []string{"rate", "word"}, func(r *Row) error {
		f, err := r.Float("rate", 1)
		if err != nil {
			return err
		}
		got = append(got, r.Get("word")+"/"+strings.Join(r.List("frames"), "+"))
		if f == 0 {
			t.Errorf("rate of %s is 0", r.Get("word"))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if s := strings.Join(got, " "); s != "say/ccomp+quote tell/" {
		t.Errorf("rows = %s", s)
	}
}

func TestErrorsNameFileAndLine(t *testing.T) {
	for data, want := range map[string]string{
		"word\n":                  "t.tsv:1: no column \"rate\"",
		"word\trate\na\tb\tc\n":   "t.tsv:2: 3 cells, want 2",
		"word\trate\n#\na\tlow\n": "t.tsv:3: column rate: \"low\" is no number",
		"# nothing\n":             "t.tsv: empty table",
	} {
		err := Read(fstest.MapFS{"t.tsv": {Data: []byte(data)}}, "t.tsv", []string{"word", "rate"}, func(r *Row) error {
			_, err := r.Float("rate", 0)
			return err
		})
		if err == nil || err.Error() != want {
			t.Errorf("Read(%q) = %v, want %s", data, err, want)
		}
	}
}

package sqlite

import (
	"database/sql/driver"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"
	"modernc.org/sqlite"
)

// registerFunctions gives SQLite the function casus_repeats(title, body, frame,
// word): how often the word stands in a packed document. The driver keeps its
// functions for the whole process, so it is done once.
var registerFunctions = sync.OnceFunc(func() {
	c, err := newCodec()
	if err != nil {
		panic("sqlite: " + err.Error()) // fixed options: the tests would meet it
	}
	sqlite.MustRegisterDeterministicScalarFunction("casus_repeats", 4, func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
		title, ok1 := args[0].(int64)
		body, ok2 := args[1].(int64)
		frame, ok3 := args[2].([]byte)
		word, ok4 := args[3].(string)
		if !ok1 || !ok2 || !ok3 || !ok4 {
			return int64(0), nil
		}
		t, b, _, err := c.open(packed{int(title), int(body), frame})
		if err != nil {
			return nil, err
		}
		return int64(count(t, word) + count(b, word)), nil
	})
})

// count counts a word in a text as the index reads words: letters and digits,
// without case and marks.
func count(text, word string) int {
	want := fold(word)
	n := 0
	for w := range strings.FieldsFuncSeq(fold(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) }) {
		if w == want {
			n++
		}
	}
	return n
}

func fold(s string) string {
	s = strings.ToLower(s)
	for i := range len(s) {
		if s[i] >= 0x80 {
			return strings.Map(func(r rune) rune {
				if unicode.Is(unicode.Mn, r) {
					return -1
				}
				return r
			}, norm.NFD.String(s))
		}
	}
	return s
}

package clause

import (
	"embed"
	"io"
	"io/fs"
	"strings"
)

//go:embed gold/*.txt
var goldFiles embed.FS

// Gold returns the project's own gold of the ledger; gold/README.md has its
// format and guidelines. Part "dev" is for work, part "unseen" is reported and
// never tuned on. It returns nil for other names.
func Gold(part string) io.Reader {
	if part != "dev" && part != "unseen" {
		return nil
	}
	names, err := fs.Glob(goldFiles, "gold/*."+part+".txt")
	if err != nil {
		return nil // not reached: the pattern is well formed
	}
	var all []io.Reader
	for _, n := range names {
		f, err := goldFiles.Open(n)
		if err != nil {
			return nil // not reached: the files are embedded
		}
		all = append(all, f, strings.NewReader("\n"))
	}
	return io.MultiReader(all...)
}

// Package table reads the tab-separated tables in which rooms keep their words
// and facts: lines that begin with # are comments, the first other line names
// the columns, and every row has as many cells as there are columns; trailing
// empty cells may be left out.
package table

import (
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"
)

// A Row is one line of a table.
type Row struct {
	File  string
	Line  int
	Cells []string
	cols  []string
}

// Get returns the cell of the named column.
func (r *Row) Get(column string) string {
	if i := slices.Index(r.cols, column); i >= 0 {
		return r.Cells[i]
	}
	return ""
}

// List returns the cell of the named column, cut at commas; nil when empty.
func (r *Row) List(column string) []string {
	s := r.Get(column)
	if s == "" {
		return nil
	}
	return strings.Split(s, ",")
}

// Float returns the cell of the named column as a number, or def when empty.
func (r *Row) Float(column string, def float64) (float64, error) {
	s := r.Get(column)
	if s == "" {
		return def, nil
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return 0, r.Errorf("column %s: %q is no number", column, s)
	}
	return f, nil
}

// Errorf returns an error that names the file and line of the row.
func (r *Row) Errorf(format string, args ...any) error {
	return fmt.Errorf("%s:%d: %s", r.File, r.Line, fmt.Sprintf(format, args...))
}

// Read calls add for every row of the table. The header must name the columns,
// in any order.
func Read(fsys fs.FS, name string, columns []string, add func(*Row) error) error {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return err
	}
	var header []string
	n := 0
	for line := range strings.Lines(string(data)) {
		n++
		line = strings.TrimRight(line, "\r\n")
		if strings.TrimSpace(line) == "" || line[0] == '#' {
			continue
		}
		cells := strings.Split(line, "\t")
		if header == nil {
			for _, c := range columns {
				if !slices.Contains(cells, c) {
					return fmt.Errorf("%s:%d: no column %q", name, n, c)
				}
			}
			header = cells
			continue
		}
		if len(cells) > len(header) {
			return fmt.Errorf("%s:%d: %d cells, want %d", name, n, len(cells), len(header))
		}
		for len(cells) < len(header) {
			cells = append(cells, "")
		}
		if err := add(&Row{File: name, Line: n, Cells: cells, cols: header}); err != nil {
			return err
		}
	}
	if header == nil {
		return fmt.Errorf("%s: empty table", name)
	}
	return nil
}

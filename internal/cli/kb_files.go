package cli

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"casus/internal/ground/kb"
)

func (a *app) kbLint() *cobra.Command {
	return &cobra.Command{
		Use:   "lint DIR",
		Short: "Check a folder of facts before it is laid over the built-in ones",
		Long: `Lint reads every NAME.SHAPE.csv of the folder and reports what is wrong, as
FILE:LINE: unknown columns, kinds, countries, sectors and offices, bad dates, two
holders of one office on one day, ids of nobody, rows without a source. It exits
with 5 when there is anything.`,
		Example: "  casus kb lint my-rules/kb",
		Args:    cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			b, err := kb.Open(nil)
			if err != nil {
				return err
			}
			ps, err := b.Lint(os.DirFS(args[0]), nil)
			if err != nil {
				return err
			}
			for _, p := range ps {
				fmt.Fprintf(a.out, "%s\n", filepath.Join(args[0], p.String()))
			}
			if len(ps) > 0 {
				return exitCode{exitData, fmt.Errorf("%d problems in %s", len(ps), args[0])}
			}
			return nil
		},
	}
}

func (a *app) kbDiff() *cobra.Command {
	return &cobra.Command{
		Use:   "diff DIR",
		Short: "Show what a folder of facts changes",
		Long: `Diff lays the folder over the built-in facts and prints a line for each
difference: + new, - gone, ~ other.`,
		Example: "  casus kb diff my-rules/kb",
		Args:    cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if info, err := os.Stat(args[0]); err != nil {
				return err
			} else if !info.IsDir() {
				return usageError("%s is not a folder", args[0])
			}
			changes, err := kb.Diff(os.DirFS(args[0]))
			if err != nil {
				return exitCode{exitData, err}
			}
			for _, c := range changes {
				fmt.Fprintf(a.out, "%c %-6s %s: %s\n", c.Op, c.What, c.ID, c.Text)
			}
			return nil
		},
	}
}

func (a *app) kbAdd() *cobra.Command {
	return &cobra.Command{
		Use:   "add DIR SHAPE COLUMN=VALUE…",
		Short: "Add a checked row to a folder of facts",
		Long: `Add appends a row to DIR/added.SHAPE.csv. The row is checked together with the
rest of the folder; if that finds anything new, nothing is written and casus exits
with 5. Use the folder with --rules, as its subfolder kb.

Shapes and their columns:
` + shapeHelp(),
		Example: "  casus kb add my-rules/kb holder name=\"Ana Quispe\" gender=f country=BOL office=finance-minister \\\n    title=\"Finance Minister\" sectors=GOV start=2026-02-01 end_kind=open source=https://example.org/cabinet",
		Args:    cobra.MinimumNArgs(3),
		RunE: func(_ *cobra.Command, args []string) error {
			dir, shape := args[0], args[1]
			columns := kb.Columns(shape)
			if columns == nil {
				return usageError("unknown shape %q: use %s", shape, list(kb.Shapes()))
			}
			row := make([]string, len(columns))
			for _, f := range args[2:] {
				k, v, ok := strings.Cut(f, "=")
				i := slices.Index(columns, k)
				if !ok || i < 0 {
					return usageError("%q: want COLUMN=VALUE with a column of %s", f, list(columns))
				}
				row[i] = v
			}
			name := "added." + shape + ".csv"
			data, err := os.ReadFile(filepath.Join(dir, name))
			if errors.Is(err, fs.ErrNotExist) {
				data, err = csvLine(nil, columns)
			}
			if err != nil {
				return err
			}
			if len(data) > 0 && data[len(data)-1] != '\n' {
				data = append(data, '\n')
			}
			if data, err = csvLine(data, row); err != nil {
				return err
			}
			return a.writeFacts(dir, name, data)
		},
	}
}

func shapeHelp() string {
	var b strings.Builder
	for _, s := range kb.Shapes() {
		fmt.Fprintf(&b, "  %-8s %s\n", s, strings.Join(kb.Columns(s), ", "))
	}
	return b.String()
}

func csvLine(data []byte, row []string) ([]byte, error) {
	b := bytes.NewBuffer(data)
	w := csv.NewWriter(b)
	if err := w.Write(row); err != nil {
		return nil, err
	}
	w.Flush()
	return b.Bytes(), w.Error()
}

// writeFacts writes a file of facts if it brings no problem into its folder.
func (a *app) writeFacts(dir, name string, data []byte) error {
	b, err := kb.Open(nil)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	before, err := b.Lint(os.DirFS(dir), nil)
	if err != nil {
		return err
	}
	after, err := b.Lint(os.DirFS(dir), map[string][]byte{name: data})
	if err != nil {
		return err
	}
	n := 0
	for _, p := range after {
		if !slices.Contains(before, p) {
			fmt.Fprintln(a.errOut, filepath.Join(dir, p.String()))
			n++
		}
	}
	if n > 0 {
		return exitCode{exitData, errors.New("nothing written")}
	}
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path+".tmp", data, 0o666); err != nil {
		return err
	}
	if err := os.Rename(path+".tmp", path); err != nil {
		return err
	}
	if !a.quiet {
		fmt.Fprintln(a.errOut, "wrote "+path)
	}
	return nil
}

func (a *app) kbImport() *cobra.Command {
	var as, out string
	var columns, values []string
	c := &cobra.Command{
		Use:   "import FILE",
		Short: "Turn a CSV file of your own into a file of facts",
		Long: `Import reads a CSV file with a header and writes DIR/NAME.SHAPE.csv. A column
whose header is that of the shape goes there; --map names others, --set gives one
value to all rows. Countries may be names; dates are YYYY, YYYY-MM or YYYY-MM-DD.
If any row does not pass the check, nothing is written and casus exits with 5.

Shapes and their columns:
` + shapeHelp(),
		Example: "  casus kb import ministers.csv --as holder --out my-rules/kb --map name=Minister,start=From,end=To --set office=minister,sectors=GOV,source=ministers.csv",
		Args:    cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			want := kb.Columns(as)
			if want == nil {
				return usageError("--as %q: use %s", as, list(kb.Shapes()))
			}
			if out == "" {
				return usageError("--out DIR is needed")
			}
			m, err := mapping(want, columns, values)
			if err != nil {
				return err
			}
			b, err := kb.Open(nil)
			if err != nil {
				return err
			}
			f, err := os.Open(args[0])
			if err != nil {
				return err
			}
			defer f.Close()
			base := filepath.Base(args[0])
			data, err := m.convert(f, b, base)
			if err != nil {
				return exitCode{exitData, fmt.Errorf("%s: %w", args[0], err)}
			}
			name := strings.ReplaceAll(strings.TrimSuffix(base, filepath.Ext(base)), ".", "-") + "." + as + ".csv"
			return a.writeFacts(out, name, data)
		},
	}
	c.Flags().StringVar(&as, "as", "", "shape of the rows: "+strings.Join(kb.Shapes(), ", "))
	c.Flags().StringVar(&out, "out", "", "folder to write to")
	c.Flags().StringSliceVar(&columns, "map", nil, "COLUMN=HEADER: the column of the shape and the header of the file")
	c.Flags().StringArrayVar(&values, "set", nil, "COLUMN=VALUE for all rows; may be repeated, or hold several with commas between")
	complete(c, "as", kb.Shapes()...)
	return c
}

// A columnMap says where the columns of a shape come from.
type columnMap struct {
	want   []string
	header map[string]string // column → header of the file, where they differ
	value  map[string]string // column → value of all rows
}

func mapping(want, columns, values []string) (*columnMap, error) {
	m := &columnMap{want, map[string]string{}, map[string]string{}}
	var flat []string
	for _, v := range values {
		// A comma may stand in a value; before COLUMN= it parts two.
		for part := range strings.SplitSeq(v, ",") {
			if k, _, ok := strings.Cut(part, "="); len(flat) > 0 && (!ok || !slices.Contains(want, k)) {
				flat[len(flat)-1] += "," + part
				continue
			}
			flat = append(flat, part)
		}
	}
	for _, x := range []struct {
		flag string
		list []string
		into map[string]string
	}{{"--map", columns, m.header}, {"--set", flat, m.value}} {
		for _, f := range x.list {
			k, v, ok := strings.Cut(f, "=")
			if !ok || !slices.Contains(want, k) {
				return nil, usageError("%s %q: want COLUMN=… with a column of %s", x.flag, f, list(want))
			}
			x.into[k] = v
		}
	}
	return m, nil
}

// convert writes the rows of the file in the shape.
func (m *columnMap) convert(r io.Reader, b *kb.Base, name string) ([]byte, error) {
	cr := csv.NewReader(r)
	cr.FieldsPerRecord = -1
	cr.Comment = '#'
	head, err := cr.Read()
	if err != nil {
		return nil, fmt.Errorf("read header: %w", err)
	}
	head[0] = strings.TrimPrefix(head[0], "\ufeff")
	from := make([]int, len(m.want)) // column of the file, or -1
	used := 0
	for i, c := range m.want {
		h, given := m.header[c]
		if !given {
			h = c
		}
		from[i] = slices.IndexFunc(head, func(x string) bool { return strings.EqualFold(strings.TrimSpace(x), h) })
		if from[i] < 0 && given {
			return nil, fmt.Errorf("no column %q: the header is %s", h, strings.Join(head, ","))
		}
		if from[i] >= 0 {
			used++
		}
	}
	if used == 0 {
		return nil, fmt.Errorf("no column of %s in the header %s: use --map", strings.Join(m.want, ","), strings.Join(head, ","))
	}
	data, err := csvLine([]byte("# Imported from "+name+".\n"), m.want)
	if err != nil {
		return nil, err
	}
	for {
		f, err := cr.Read()
		if errors.Is(err, io.EOF) {
			return data, nil
		}
		if err != nil {
			return nil, err
		}
		line, _ := cr.FieldPos(0)
		if len(f) != len(head) {
			return nil, fmt.Errorf("line %d: %d fields, want %d", line, len(f), len(head))
		}
		row := make([]string, len(m.want))
		for i, c := range m.want {
			if from[i] >= 0 {
				row[i] = strings.TrimSpace(f[from[i]])
			}
			if row[i] == "" {
				row[i] = m.value[c]
			}
			if c == "country" {
				row[i] = countryCode(b, row[i])
			}
		}
		if data, err = csvLine(data, row); err != nil {
			return nil, err
		}
	}
}

// countryCode returns the code of a country's name; what is no such name stays
// for the check to report.
func countryCode(b *kb.Base, s string) string {
	for _, n := range b.Lookup(nil, []byte(kb.Fold(s))) {
		if n.Kind() == kb.Country && n.Alias != kb.Metonym && len(s) != 3 {
			return n.Country()
		}
	}
	return s
}

package cli

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"casus/internal/ground/place"
)

func (a *app) gazetteerCmd() *cobra.Command {
	c := &cobra.Command{Use: "gazetteer", Short: "Make a larger gazetteer from GeoNames"}
	c.AddCommand(a.gazetteerImport())
	return c
}

func (a *app) gazetteerImport() *cobra.Command {
	var out string
	o := place.ImportOptions{}
	c := &cobra.Command{
		Use:   "import FILE",
		Short: "Compile GeoNames' main table, laid over the built-in places",
		Long: `Import reads GeoNames' main table (allCountries.zip, or a country's, such as
UA.zip, from https://download.geonames.org/export/dump/; also unpacked) and writes
a table of the built-in places and those of the file. Put it into a folder of
rules as place/gazetteer.zst and name the folder with --rules. GeoNames data are
licensed CC BY 4.0: say where they come from.`,
		Example: "  casus gazetteer import UA.zip --min-population 0 --out my-rules/place/gazetteer.zst\n  casus code --rules my-rules article.txt",
		Args:    cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if out == "" {
				return usageError("--out FILE is needed")
			}
			for i, c := range o.Countries {
				if o.Countries[i] = strings.ToUpper(c); len(c) != 2 {
					return usageError("--country %q: want ISO 3166-1 alpha-2 codes, such as UA", c)
				}
			}
			base, err := place.Default()
			if err != nil {
				return err
			}
			in, err := openDump(args[0])
			if err != nil {
				return err
			}
			defer in.Close()
			b, st, err := place.Import(in, base, o)
			if err != nil {
				return exitCode{exitData, fmt.Errorf("%s: %w", args[0], err)}
			}
			if err := writeWhole(out, b.Write); err != nil {
				return err
			}
			if !a.quiet {
				fmt.Fprintf(a.errOut, "%s: %d lines, %d places taken, with %d built-in ones in %s\n", args[0], st.Lines, st.Taken, st.Kept, out)
			}
			return nil
		},
	}
	f := c.Flags()
	f.StringVar(&out, "out", "", "file to write, as my-rules/place/gazetteer.zst")
	f.Uint32Var(&o.MinPopulation, "min-population", 500, "leave out towns with fewer inhabitants; seats of divisions stay")
	f.StringSliceVar(&o.Countries, "country", nil, "take these countries only: ISO 3166-1 alpha-2 codes")
	f.StringSliceVar(&o.Codes, "feature", nil, "take these GeoNames feature codes too: AIRP, MT")
	f.IntVar(&o.MaxRows, "max", 1_000_000, "stop with an error beyond this many places; each takes about 500 bytes of memory")
	return c
}

// dumpFile is the text in a dump, packed or not.
type dumpFile struct {
	io.Reader
	close []io.Closer
}

func (d *dumpFile) Close() error {
	var errs []error
	for _, c := range d.close {
		errs = append(errs, c.Close())
	}
	return errors.Join(errs...)
}

// openDump opens a GeoNames dump: the text, or the one text in the archive that
// is no readme.
func openDump(name string) (io.ReadCloser, error) {
	if !strings.EqualFold(filepath.Ext(name), ".zip") {
		return os.Open(name)
	}
	z, err := zip.OpenReader(name)
	if err != nil {
		return nil, exitCode{exitData, fmt.Errorf("%s: %w", name, err)}
	}
	for _, f := range z.File {
		if b := path.Base(f.Name); !strings.HasSuffix(b, ".txt") || strings.EqualFold(b, "readme.txt") {
			continue
		}
		r, err := f.Open()
		if err != nil {
			return nil, errors.Join(exitCode{exitData, fmt.Errorf("%s: %s: %w", name, f.Name, err)}, z.Close())
		}
		return &dumpFile{r, []io.Closer{r, z}}, nil
	}
	return nil, errors.Join(exitCode{exitData, fmt.Errorf("%s: no table in the archive", name)}, z.Close())
}

// writeWhole writes a file so that it is there whole or not at all.
func writeWhole(name string, write func(io.Writer) error) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(name), filepath.Base(name)+".*")
	if err != nil {
		return err
	}
	err = errors.Join(write(f), f.Chmod(0o644), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}

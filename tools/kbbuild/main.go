// Kbbuild makes the knowledge base of actors.
//
//	kbbuild import DIR   writes internal/ground/kb/data/in-*.csv from the fact tables in DIR
//	kbbuild compile      writes internal/ground/kb/kb.bin.zst from internal/ground/kb/data/*.csv
//
// Run it from the root of the module. Files that begin with "own-" are written
// by hand and never touched.
package main

import (
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"casus/internal/ground/kb"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

const dataDir = "internal/ground/kb/data"

func main() {
	err := fmt.Errorf("usage: kbbuild import DIR | compile")
	switch {
	case len(os.Args) == 3 && os.Args[1] == "import":
		err = importAll(os.Args[2])
	case len(os.Args) == 2 && os.Args[1] == "compile":
		err = compile()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "kbbuild:", err)
		os.Exit(1)
	}
}

func compile() error {
	rows, err := kb.ReadAll(os.DirFS(dataDir), ".")
	if err != nil {
		return err
	}
	data, err := kb.Compile(rows)
	if err != nil {
		return err
	}
	enc, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBestCompression), zstd.WithEncoderConcurrency(1))
	if err != nil {
		return err
	}
	packed := enc.EncodeAll(data, nil)
	fmt.Printf("%d bytes, packed %d\n", len(data), len(packed))
	return os.WriteFile("internal/ground/kb/kb.bin.zst", packed, 0o644)
}

func importAll(dir string) error {
	c, err := readCountries(dir)
	if err != nil {
		return err
	}
	for _, step := range []func(string, *countries) error{
		writeCountries, importLeaders, importCongress, importCIA, importFactbook, importAgents, importPhoenix, importOutlets,
	} {
		if err := step(dir, c); err != nil {
			return err
		}
	}
	return nil
}

// readTable returns the rows of a CSV file as maps, handling a byte-order mark.
func readTable(dir, name string) ([]map[string]string, error) {
	text, err := readText(dir, name)
	if err != nil {
		return nil, err
	}
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff")))
	r.LazyQuotes, r.FieldsPerRecord = true, -1
	all, err := r.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	var out []map[string]string
	for _, f := range all[1:] {
		m := map[string]string{}
		for i, h := range all[0] {
			if i < len(f) {
				m[h] = strings.TrimSpace(f[i])
			}
		}
		out = append(out, m)
	}
	return out, nil
}

func readText(dir, name string) (string, error) {
	f, err := os.Open(filepath.Join(dir, name))
	if err != nil {
		return "", err
	}
	defer f.Close()
	var r io.Reader = f
	if strings.HasSuffix(name, ".gz") {
		if r, err = gzip.NewReader(f); err != nil {
			return "", fmt.Errorf("%s: %w", name, err)
		}
	}
	b, err := io.ReadAll(r)
	return string(b), err
}

var heads = map[string][]string{
	"actor":  {"id", "kind", "name", "country", "code", "sectors", "aliases", "source"},
	"alias":  {"actor", "alias", "kind", "start", "end", "source"},
	"holder": {"name", "family", "gender", "country", "office", "title", "sectors", "start", "end", "end_kind", "aliases", "source"},
	"agent":  {"pattern", "sectors", "source"},
	"member": {"actor", "body", "source"},
	"outlet": {"domain", "country", "share", "source"},
}

// write writes a sorted CSV file with a comment that says where it came from.
func write(name, about string, rows [][]string) error {
	shape := strings.TrimSuffix(name, ".csv")
	shape = shape[strings.LastIndexByte(shape, '.')+1:]
	slices.SortFunc(rows, slices.Compare)
	rows = slices.CompactFunc(rows, slices.Equal)
	var b strings.Builder
	for line := range strings.SplitSeq(about, "\n") {
		b.WriteString("# " + line + "\n")
	}
	w := csv.NewWriter(&b)
	if err := w.Write(heads[shape]); err != nil {
		return err
	}
	for _, r := range rows {
		if len(r) != len(heads[shape]) {
			return fmt.Errorf("%s: row %q has %d fields", name, r, len(r))
		}
		if err := w.Write(r); err != nil {
			return err
		}
	}
	w.Flush()
	fmt.Printf("%-24s %6d rows\n", name, len(rows))
	return os.WriteFile(filepath.Join(dataDir, name), []byte(b.String()), 0o644)
}

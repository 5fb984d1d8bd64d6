package main

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// input writes the files of a small world to a folder.
func input(t *testing.T, cities string) string {
	t.Helper()
	dir := t.TempDir()
	var z bytes.Buffer
	w := gzip.NewWriter(&z)
	if _, err := w.Write([]byte(cities)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string]string{
		"gazetteer_cities500_latin.tsv.gz": z.String(),
		"admin1CodesASCII.txt":             "XX.01\tUpper Province\tUpper Province\t11\nXX.02\tEmpty\tEmpty\t12\n",
		"admin2Codes.txt":                  "XX.01.001\tHill County\tHill County\t13\n",
		"natural_earth_regions.json":       `[["Long I.", 1.5, 2.5, "island", ["Isla Larga"]], ["Pole", 90, 0, "pole", []]]`,
		"points.tsv":                       "code\tlat\tlon\nXX.01\t10\t20\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

const cities = "geonameid\tname\tascii\talt_latin\tlat\tlon\tfcode\tcc\tadmin1\tadmin2\tpop\ttz\tmodified\n" +
	"1\tHillton\t\tMonteville,HTN\t10.5\t20.5\tPPL\tXX\t01\t001\t5000\tEtc/UTC\t2023-01-01\n"

func TestRun(t *testing.T) {
	dir := input(t, cities)
	var files [2][]byte
	for i := range files {
		out := filepath.Join(dir, "out.zst")
		if err := run(dir, filepath.Join(dir, "points.tsv"), out); err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		files[i] = b
	}
	if !bytes.Equal(files[0], files[1]) {
		t.Error("two runs give different tables")
	}
	g := gazetteer{a1: map[string]*division{}, a2: map[string]*division{}}
	if err := readFile(filepath.Join(dir, "gazetteer_cities500_latin.tsv.gz"), g.cities); err != nil {
		t.Fatal(err)
	}
	if d := g.a1["XX.01"]; d == nil || d.pop != 5000 {
		t.Errorf("division XX.01 = %+v", d)
	}
}

func TestBadInputNamesFileAndLine(t *testing.T) {
	dir := input(t, cities+"x\ty\n")
	err := run(dir, filepath.Join(dir, "points.tsv"), filepath.Join(dir, "out.zst"))
	if err == nil || !strings.Contains(err.Error(), "cities500") || !strings.Contains(err.Error(), "line 3") {
		t.Errorf("error %v, want file and line", err)
	}
}

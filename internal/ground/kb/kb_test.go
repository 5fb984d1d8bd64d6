package kb

import (
	"bytes"
	"os"
	"testing"

	"github.com/klauspost/compress/zstd"
)

func open(t testing.TB) *Base {
	t.Helper()
	b, err := Open(nil)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"Al-Qa’ida": "al qaida", "al-Qaʿida": "al qaida", "U.S.": "us", "Britain’s": "britain", "Jüri Ratas": "juri ratas", "Hashim Thaçi": "hashim thaci",
		"Erdoğan": "erdogan", "Strauß": "strauss", "Rhodes' men": "rhodes men", "AT&T": "at and t", "  The   Hague ": "the hague", "O'Brien's": "obrien", "": "", "’s": "", "it's": "it", "Jama'at": "jamaat",
		"Łukaszenka": "lukaszenka", "N’Djamena": "ndjamena", "l’sa": "lsa",
	} {
		if got := Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
}

// The embedded table is the one that the files make.
func TestEmbeddedTableIsCurrent(t *testing.T) {
	rows, err := ReadAll(os.DirFS("data"), ".")
	if err != nil {
		t.Fatal(err)
	}
	want, err := Compile(rows)
	if err != nil {
		t.Fatal(err)
	}
	d, err := zstd.NewReader(nil)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	packed, err := files.ReadFile("kb.bin.zst")
	if err != nil {
		t.Fatal(err)
	}
	got, err := d.DecodeAll(packed, nil)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("kb.bin.zst is not what data/*.csv make: run go run ./tools/kbbuild compile")
	}
	if len(packed) > 2<<20 {
		t.Errorf("packed table has %d bytes, want at most 2 MiB", len(packed))
	}
}

func BenchmarkLoad(b *testing.B) {
	packed, err := files.ReadFile("kb.bin.zst")
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		d, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1))
		if err != nil {
			b.Fatal(err)
		}
		data, err := d.DecodeAll(packed, make([]byte, 0, 8<<20))
		if err != nil {
			b.Fatal(err)
		}
		if _, err := Read(data); err != nil {
			b.Fatal(err)
		}
		d.Close()
	}
}

func BenchmarkLookup(b *testing.B) {
	base := open(b)
	keys := [][]byte{[]byte("mexico"), []byte("claudia sheinbaum"), []byte("nobody at all"), []byte("vladimir putin")}
	var dst []Name
	for b.Loop() {
		for _, k := range keys {
			dst = base.Lookup(dst[:0], k)
		}
	}
}

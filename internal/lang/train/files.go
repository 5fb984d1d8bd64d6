package train

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
)

// withFile opens a gzipped file of the data folder.
func withFile(dir, name string, read func(io.Reader) error) error {
	f, err := os.Open(filepath.Join(dir, name))
	if err != nil {
		return fmt.Errorf("read training data: %w", err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return fmt.Errorf("read training data %s: %w", name, err)
	}
	if err := read(z); err != nil {
		return fmt.Errorf("read training data: %w", err)
	}
	return nil
}

// eachLine calls f for the lines of r, without their ends.
func eachLine(r io.Reader, name string, f func(line string) error) error {
	sc := bufio.NewScanner(r)
	sc.Buffer(nil, 1<<24)
	for n := 1; sc.Scan(); n++ {
		if err := f(string(bytes.TrimRight(sc.Bytes(), "\r"))); err != nil {
			return fmt.Errorf("%s:%d: %w", name, n, err)
		}
	}
	if err := sc.Err(); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// vectors are pretrained word vectors.
type vectors struct {
	words []string
	dim   int
	rows  []float32
}

// vectorSize is the root mean square to which every vector is brought: about
// that of the trained inputs beside it.
const vectorSize = 0.35

// readVectors reads vectors in the binary layout of word2vec: a line with the
// number of words and of dimensions, then each word, a line end or blank, and
// its floats.
func readVectors(r io.Reader, name string) (*vectors, error) {
	br := bufio.NewReaderSize(r, 1<<16)
	var n int
	v := &vectors{}
	if _, err := fmt.Fscanf(br, "%d %d\n", &n, &v.dim); err != nil || n < 0 || v.dim <= 0 {
		return nil, fmt.Errorf("%s: no sizes in the first line", name)
	}
	raw := make([]byte, 4*v.dim)
	for range n {
		word, err := br.ReadString('\n')
		if err != nil {
			return nil, fmt.Errorf("%s: word %d: %w", name, len(v.words)+1, err)
		}
		if _, err := io.ReadFull(br, raw); err != nil {
			return nil, fmt.Errorf("%s: vector of %q: %w", name, word, err)
		}
		v.words = append(v.words, word[:len(word)-1])
		at := len(v.rows)
		sum := 0.0
		for i := 0; i < len(raw); i += 4 {
			x := math.Float32frombits(binary.LittleEndian.Uint32(raw[i:]))
			v.rows = append(v.rows, x)
			sum += float64(x) * float64(x)
		}
		scale := float32(vectorSize / (math.Sqrt(sum/float64(v.dim)) + 1e-9))
		for i := at; i < len(v.rows); i++ {
			v.rows[i] *= scale
		}
	}
	return v, nil
}

package conllu

import (
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"strings"
)

// Open opens a file, which may be compressed with gzip.
func Open(path string) (io.ReadCloser, error) {
	f, err := os.Open(path)
	if err != nil || !strings.HasSuffix(path, ".gz") {
		return f, err
	}
	z, err := gzip.NewReader(f)
	if err != nil {
		f.Close()
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	return zipped{z, f}, nil
}

// zipped closes both the decompressor and its file.
type zipped struct {
	*gzip.Reader
	file *os.File
}

func (z zipped) Close() error {
	err := z.Reader.Close()
	if cerr := z.file.Close(); err == nil {
		err = cerr
	}
	return err
}

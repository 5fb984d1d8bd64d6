package ingest

import (
	"errors"
	"io"
	"os"
)

// OpenFile opens a file and looks through gzip and zstd.
func OpenFile(name string) (io.ReadCloser, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	r, done, err := decompress(f)
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return &opened{Reader: r, done: done, file: f}, nil
}

type opened struct {
	io.Reader
	done func()
	file *os.File
}

// Close closes the file and what unpacks it.
func (o *opened) Close() error {
	o.done()
	return o.file.Close()
}

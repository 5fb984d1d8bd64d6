package sqlite

import (
	"encoding/json"
	"fmt"

	"github.com/klauspost/compress/zstd"

	"casus/internal/record"
)

// A codec packs documents. The text stands before the JSON in one frame, so
// that the words in the spans cost next to nothing.
type codec struct {
	enc *zstd.Encoder
	dec *zstd.Decoder
}

// most bytes that a packed document may open to: a damaged one must not take
// all memory.
const maxDocument = 1 << 30

func newCodec() (*codec, error) {
	enc, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBetterCompression), zstd.WithEncoderConcurrency(2), zstd.WithWindowSize(1<<20),
		zstd.WithEncoderDictRaw(dictID, dict))
	if err != nil {
		return nil, err
	}
	dec, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(4), zstd.WithDecoderMaxMemory(maxDocument), zstd.WithDecoderDictRaw(dictID, dict))
	if err != nil {
		return nil, err
	}
	return &codec{enc, dec}, nil
}

func (c *codec) close() {
	c.enc.Close()
	c.dec.Close()
}

// A packed document: sizes of title and text, and the frame.
type packed struct {
	title, body int
	frame       []byte
}

func (c *codec) pack(d *record.Document) (packed, error) {
	lean := *d
	title := str(d.Article.Title)
	lean.Article.Text = ""
	raw, err := json.Marshal(&lean)
	if err != nil {
		return packed{}, fmt.Errorf("write document %s: %w", d.Article.ID, err)
	}
	buf := make([]byte, 0, len(title)+len(d.Article.Text)+len(raw))
	buf = append(append(append(buf, title...), d.Article.Text...), raw...)
	return packed{len(title), len(d.Article.Text), c.enc.EncodeAll(buf, make([]byte, 0, len(buf)/4))}, nil
}

// open returns title, text and JSON.
func (c *codec) open(p packed) (title, body string, raw []byte, err error) {
	buf, err := c.dec.DecodeAll(p.frame, nil)
	if err != nil {
		return "", "", nil, fmt.Errorf("stored document is damaged: %w", err)
	}
	if p.title < 0 || p.body < 0 || p.title+p.body > len(buf) {
		return "", "", nil, fmt.Errorf("stored document is damaged: shorter than its text")
	}
	return string(buf[:p.title]), string(buf[p.title : p.title+p.body]), buf[p.title+p.body:], nil
}

func (c *codec) unpack(p packed) (*record.Document, error) {
	_, body, raw, err := c.open(p)
	if err != nil {
		return nil, err
	}
	d := &record.Document{}
	if err := json.Unmarshal(raw, d); err != nil {
		return nil, fmt.Errorf("stored document is damaged: %w", err)
	}
	d.Article.Text = body
	return d, nil
}

func str(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

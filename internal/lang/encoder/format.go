package encoder

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strings"

	"casus/internal/lang/nn"
)

// A model file is a line that names the format, the length of the header, the
// header in JSON, and then the numbers, little-endian, in the order in which
// [Weights.walk] visits them. The header gives every size.
const magic = "casus language model 1\n"

type header struct {
	Hidden int         `json:"hidden"`
	Arc    int         `json:"arc"`
	Rel    int         `json:"rel"`
	Heads  []fileHead  `json:"heads"`
	Rels   []string    `json:"rels"`
	Pairs  [][]int32   `json:"pairs"`
	Tables []fileTable `json:"tables"`
	News   int         `json:"news_bytes"`
	Words  int         `json:"word_bytes"`
}

type fileHead struct {
	Name   string   `json:"name"`
	Labels []string `json:"labels"`
}

type fileTable struct {
	Name string `json:"name"`
	Rows int    `json:"rows"`
	Dim  int    `json:"dim"`
}

// walk calls layer and floats for all dense parts in the order of the file.
func (w *Weights) walk(layer func(l *Layer, k, n int), floats func(x *[]float32, n int)) {
	h := w.Hidden
	for i, width := range [4]int{InputWidth, InputWidth, 2 * h, 2 * h} {
		layer(&w.LSTM[i], width+h, 4*h)
	}
	layer(&w.MLP, 2*h, 2*w.Arc+2*w.Rel)
	layer(&w.ArcProduct, w.Arc, w.Arc)
	floats(&w.Root, w.Arc)
	layer(&w.RelOutput, 3*w.Rel, nn.Pad(len(w.Rels)))
	for i := range w.Heads {
		layer(&w.Heads[i].Layer, 2*h, nn.Pad(len(w.Heads[i].Labels)))
	}
}

// Encode returns the model file.
func (w *Weights) Encode() ([]byte, error) {
	news, words := strings.Join(w.NewsWords, "\n"), strings.Join(w.Words, "\n")
	hd := header{Hidden: w.Hidden, Arc: w.Arc, Rel: w.Rel, Rels: w.Rels, Pairs: w.Pairs, News: len(news), Words: len(words)}
	for _, h := range w.Heads {
		hd.Heads = append(hd.Heads, fileHead{h.Name, h.Labels})
	}
	for i, t := range w.Tables {
		hd.Tables = append(hd.Tables, fileTable{InputSpecs[i].Name, t.Rows, t.Dim})
	}
	text, err := json.Marshal(hd)
	if err != nil {
		return nil, fmt.Errorf("write language model: %w", err)
	}
	out := []byte(magic)
	out = binary.LittleEndian.AppendUint32(out, uint32(len(text)))
	out = append(out, text...)
	out = append(out, news...)
	out = append(out, words...)
	floats := func(x *[]float32, _ int) {
		for _, v := range *x {
			out = binary.LittleEndian.AppendUint32(out, math.Float32bits(v))
		}
	}
	for i := range w.Tables {
		floats(&w.Tables[i].Scale, 0)
		out = append(out, w.Tables[i].Data...)
	}
	w.walk(func(l *Layer, _, _ int) {
		floats(&l.Scale, 0)
		floats(&l.Bias, 0)
		for _, v := range l.Data {
			out = binary.LittleEndian.AppendUint16(out, uint16(v))
		}
	}, floats)
	return out, nil
}

// Decode reads a model file. The weights keep parts of data.
func Decode(data []byte) (*Weights, error) {
	w, err := decode(data)
	if err != nil {
		return nil, fmt.Errorf("read language model: %w", err)
	}
	return w, nil
}

func decode(data []byte) (*Weights, error) {
	rest, ok := bytes.CutPrefix(data, []byte(magic))
	if !ok {
		return nil, errors.New("not a model file of this version")
	}
	r := &reader{data: rest}
	var hd header
	size := r.take(4)
	if size == nil {
		return nil, errShort
	}
	if err := json.Unmarshal(r.take(int(binary.LittleEndian.Uint32(size))), &hd); err != nil {
		return nil, fmt.Errorf("header: %w", err)
	}
	if err := hd.check(); err != nil {
		return nil, fmt.Errorf("header: %w", err)
	}
	w := &Weights{Hidden: hd.Hidden, Arc: hd.Arc, Rel: hd.Rel, Rels: hd.Rels, Pairs: hd.Pairs}
	for _, h := range hd.Heads {
		w.Heads = append(w.Heads, Head{Name: h.Name, Labels: h.Labels})
	}
	w.NewsWords = strings.Split(string(r.take(hd.News)), "\n")
	w.Words = strings.Split(string(r.take(hd.Words)), "\n")
	for i, t := range hd.Tables {
		w.Tables[i] = Table{Rows: t.Rows, Dim: t.Dim, Scale: r.floats(t.Rows), Data: r.take(t.Rows * t.Dim)}
	}
	w.walk(func(l *Layer, k, n int) {
		l.Fixed = &nn.Fixed{K: k, N: n, Scale: r.floats(n)}
		l.Bias = r.floats(n)
		l.Data = r.shorts(k * n)
	}, func(x *[]float32, n int) { *x = r.floats(n) })
	if r.short {
		return nil, errShort
	}
	if len(w.NewsWords)+1 != w.Tables[inNews].Rows || len(w.Words)+1 != w.Tables[inWord].Rows {
		return nil, errors.New("a word list and its table differ in length")
	}
	return w, nil
}

// check refuses sizes that the kernels or the labels cannot have.
func (h *header) check() error {
	for _, n := range []int{h.Hidden, h.Arc, h.Rel} {
		if n <= 0 || n > 4096 || n%nn.Width != 0 {
			return fmt.Errorf("width %d is not a multiple of %d below 4096", n, nn.Width)
		}
	}
	if len(h.Tables) != inputs {
		return fmt.Errorf("%d input tables, want %d", len(h.Tables), inputs)
	}
	for i, t := range h.Tables {
		s := InputSpecs[i]
		if t.Name != s.Name || t.Dim != s.Dim || t.Rows < 1 || (s.Rows > 0 && t.Rows != s.Rows) {
			return fmt.Errorf("input table %q of %d×%d, want %q", t.Name, t.Rows, t.Dim, s.Name)
		}
	}
	if len(h.Rels) < 2 || h.News < 0 || h.Words < 0 {
		return errors.New("relations or words are missing")
	}
	tags, feats := 0, 0
	for _, hd := range h.Heads {
		if len(hd.Labels) == 0 {
			return fmt.Errorf("head %q has no labels", hd.Name)
		}
		switch hd.Name {
		case HeadTag:
			tags = len(hd.Labels)
		case HeadFeats:
			feats = len(hd.Labels)
		}
	}
	if tags == 0 || len(h.Pairs) != tags {
		return errors.New("tags and their features do not match")
	}
	for _, p := range h.Pairs {
		for _, f := range p {
			if f < 0 || int(f) >= feats {
				return fmt.Errorf("no features %d", f)
			}
		}
	}
	return nil
}

var errShort = errors.New("the file is cut short")

// A reader takes parts off the front of data; after a part that is not there
// it returns nothing more.
type reader struct {
	data  []byte
	short bool
}

func (r *reader) take(n int) []byte {
	if n < 0 || n > len(r.data) {
		r.short, r.data = true, nil
		return nil
	}
	b := r.data[:n:n]
	r.data = r.data[n:]
	return b
}

func (r *reader) floats(n int) []float32 {
	b := r.take(4 * n)
	x := make([]float32, len(b)/4)
	for i := range x {
		x[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
	}
	return x
}

func (r *reader) shorts(n int) []int16 {
	b := r.take(2 * n)
	x := make([]int16, len(b)/2)
	for i := range x {
		x[i] = int16(binary.LittleEndian.Uint16(b[2*i:]))
	}
	return x
}

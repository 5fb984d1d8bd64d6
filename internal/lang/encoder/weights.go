package encoder

import (
	"casus/internal/lang/nn"
)

// Names of the heads that Annotate reads. Others may follow; a head is found by
// its name.
const (
	HeadTag   = "tag"    // UPOS|XPOS
	HeadFeats = "feats"  // FEATS
	HeadNames = "names/" // and the name of a convention of labelling names
)

// Weights is a trained model as lang/train makes it and the model file holds it.
type Weights struct {
	Hidden int // of an LSTM direction
	Arc    int // width of the vectors whose products score heads
	Rel    int // width of the vectors from which relations are read

	Heads []Head
	Rels  []string  // relations; the first is root
	Pairs [][]int32 // by tag: the FEATS seen with it

	NewsWords, Words []string // rows from 1 of the tables news and word
	Tables           [inputs]Table
	LSTM             [4]Layer  // first forward, first backward, second forward, second backward
	MLP              Layer     // 2·Hidden × (2·Arc + 2·Rel)
	ArcProduct       Layer     // Arc × Arc
	Root             []float32 // the root's vector as a head
	RelOutput        Layer     // 3·Rel × relations
}

// A Head reads one label a token from the last hidden states.
type Head struct {
	Name   string
	Labels []string
	Layer  Layer // 2·Hidden × labels, padded
}

// A Layer is a product and its bias. The weights of an LSTM hold the rows of the
// input, then those of the state.
type Layer struct {
	*nn.Fixed
	Bias []float32
}

// A Table is an embedding of one signed byte a number; each row has its scale.
type Table struct {
	Rows, Dim int
	Data      []byte
	Scale     []float32
}

// mlpOne is the integer that stands for 1 in the outputs of the MLP, whose
// range is therefore ±64.
const mlpOne = 1 << 9

// Leak is the slope of the MLP's activation below 0.
const Leak = 0.1

// Row writes row id of the table as the first layer reads it.
func (t *Table) Row(id int32, out []int16) {
	s := t.Scale[id] * nn.One
	for i, v := range t.Data[int(id)*t.Dim : int(id+1)*t.Dim] {
		out[i] = nn.Round(float32(int8(v)) * s)
	}
}

package export

import (
	"crypto/sha256"
	"encoding/binary"
	"strings"

	"casus/internal/record"
)

// A Pair is one side and the other of an event, for formats with one actor and
// one recipient a row. Either may be nil.
type Pair struct {
	Actor, Recipient *record.Actor
	Mirror           bool // the second row of a reciprocal event
}

// Pairs lists who did it to whom: every actor with every recipient, and each
// two of a reciprocal event both ways.
func (v *View) Pairs(e *record.Event) []Pair {
	who := func(ids []string) []*record.Actor {
		var out []*record.Actor
		for _, id := range ids {
			if a := v.actors[id]; a != nil {
				out = append(out, a)
			}
		}
		return out
	}
	src, tgt := who(e.Actors), who(e.Recipients)
	var out []Pair
	switch {
	case len(tgt) == 0 && len(src) > 1:
		for i, a := range src {
			for _, b := range src[i+1:] {
				out = append(out, Pair{a, b, false}, Pair{b, a, true})
			}
		}
	case len(tgt) == 0:
		for _, a := range src {
			out = append(out, Pair{Actor: a})
		}
	case len(src) == 0:
		for _, b := range tgt {
			out = append(out, Pair{Recipient: b})
		}
	default:
		for _, a := range src {
			for _, b := range tgt {
				out = append(out, Pair{a, b, false})
			}
		}
	}
	return out
}

// Sum is a hash of words that stays the same in every version.
func Sum(words ...string) [32]byte { return sha256.Sum256([]byte(strings.Join(words, "\x00"))) }

// Number is a hash below 2^53, which readers that keep numbers as floats survive.
func Number(words ...string) uint64 {
	s := Sum(words...)
	return binary.BigEndian.Uint64(s[:8]) >> 11
}

// Flat makes a text fit a cell of a format without quoting: no tabs, no line ends.
func Flat(s string) string { return strings.Join(strings.Fields(s), " ") }

package place

import "math"

// A class is what kind of place a candidate is, as far as resolving cares.
type class uint8

const (
	classCity class = iota
	classDistrict
	classAdmin2
	classAdmin1
	classCountry
	classRegion // of the tables by hand
	classNature // of Natural Earth
	classMetonym
)

// classOf returns the class of a row or fact.
func (g *Gazetteer) classOf(ref int32) class {
	if ref < 0 {
		switch g.f.list[^ref].kind {
		case factCountry:
			return classCountry
		case factMetonym:
			return classMetonym
		}
		return classRegion
	}
	if g.t.country(ref) == "" {
		return classNature
	}
	switch g.t.code(ref) {
	case "ADM1":
		return classAdmin1
	case "ADM2":
		return classAdmin2
	case "PPLX":
		return classDistrict
	}
	return classCity
}

// prior says how likely a bare name means this bearer of it, as a logarithm to
// base ten: a place of ten times the people is one more.
func (g *Gazetteer) prior(ref int32) float64 {
	c := g.classOf(ref)
	if ref < 0 {
		f := &g.f.list[^ref]
		switch c {
		case classCountry:
			return 6 + math.Log10(float64(f.pop)+1)
		case classMetonym:
			return 9
		}
		switch f.typ {
		case "continent", "ocean", "union":
			return 11
		}
		return 8
	}
	s := math.Log10(float64(g.t.pop(ref)) + 1)
	switch c {
	case classAdmin1:
		return s + 0.9
	case classAdmin2:
		return s - 0.8
	case classDistrict:
		return s - 0.3
	case classNature:
		return 3.5
	}
	switch g.t.code(ref) {
	case "PPLC":
		return s + 2.2
	case "PPLA":
		return s + 0.5
	case "PPLA2":
		return s + 0.2
	}
	return s
}

package statement

import (
	"slices"
	"sort"
	"unicode/utf8"

	"casus/internal/doc"
	"casus/internal/text"
)

// Kinds of statement.
const (
	direct   = "direct"
	indirect = "indirect"
	mixed    = "mixed"
)

// Shares of letters inside marks that make content direct or indirect.
const (
	directShare   = 0.95
	indirectShare = 0.02
)

// A piece is a run of content: tokens, or a whole quotation.
type piece struct {
	first, end doc.TokenID
	quote      int // index into run.outer when the piece is one quotation's inside, else -1
}

// pieces returns the content of the candidate as runs of tokens and whole
// quotations, and its kind.
func (r *run) pieces(c *cand) ([]piece, string) {
	own := -1 // the quotation that the cue itself lies in
	if c.cue != doc.NoToken {
		own = r.quoteOf(c.cue)
	}
	if (c.rule == "transcript.turn" || c.rule == "colon.block" && !r.quoted(c)) && len(c.content) > 0 { // the label or the colon stands for the marks
		return []piece{{c.content[0], c.content[len(c.content)-1] + 1, -1}}, direct
	}
	runs := r.runs(c.content, own)
	for _, q := range c.quotes {
		qt := r.quote(q)
		runs = append(runs, piece{qt.First, qt.End, q})
	}
	sort.Slice(runs, func(i, j int) bool { return runs[i].first < runs[j].first })
	runs = r.join(runs)
	if n := len(runs); n > 1 && runs[0].end == runs[0].first+1 && runs[0].quote < 0 && r.is(runs[0].first, "relative") {
		runs = runs[1:] // “which” alone says nothing
	}
	kind := r.kind(runs, own)
	if kind == indirect && len(runs) > 0 && c.rule == "verb.inserted" && r.dashOpens(runs[0].first) { // the dash stands for the marks
		return runs, direct
	}
	if kind != direct {
		return runs, kind
	}
	var out []piece
	for _, p := range runs {
		if p.quote >= 0 {
			out = append(out, p)
			continue
		}
		for t := p.first; t < p.end; {
			q := r.markedBy(t, own)
			if q < 0 {
				t++
				continue
			}
			qt := r.quote(q)
			out = append(out, piece{qt.First, qt.End, q})
			t = max(qt.End, t+1)
		}
	}
	return dedupe(out), kind
}

// dashOpens reports whether the token comes after a dash that opens its block,
// as speech may be set.
func (r *run) dashOpens(t doc.TokenID) bool {
	if t == 0 || !dash(r.lower[t-1]) {
		return false
	}
	return r.d.Tokens[t-1].Span.Start == r.blockSpan(r.block(r.d.Tokens[t].Span.Start)).Start
}

// runs cuts the tokens where words that are no content stand between, widens
// each run by the quotations it enters, and trims its marks.
func (r *run) runs(toks []doc.TokenID, own int) []piece {
	var out []piece
	for i := 0; i < len(toks); {
		j := i + 1
		for j < len(toks) && r.onlyPunct(toks[j-1]+1, toks[j]) {
			j++
		}
		p := piece{toks[i], toks[j-1] + 1, -1}
		i = j
		if p = r.trim(p); p.first >= p.end {
			continue
		}
		p = r.widen(p, own)
		out = append(out, p)
	}
	return out
}

func (r *run) onlyPunct(first, end doc.TokenID) bool {
	for t := first; t < end; t++ {
		if !r.punct(t) {
			return false
		}
	}
	return true
}

// trim drops marks at both ends.
func (r *run) trim(p piece) piece {
	for p.first < p.end && r.punct(p.first) && !r.keptMark(p.first) {
		p.first++
	}
	for p.end > p.first && r.punct(p.end-1) && !r.keptMark(p.end-1) {
		p.end--
	}
	return p
}

// keptMark reports whether a mark belongs to the words beside it: "$5", "40%",
// "(sic)" inside a quotation.
func (r *run) keptMark(t doc.TokenID) bool {
	return r.upos(t) == "SYM"
}

// widen takes in the whole of a quotation that the run enters.
func (r *run) widen(p piece, own int) piece {
	if q := r.markedBy(p.first, own); q >= 0 {
		p.first = min(p.first, r.quote(q).First)
	}
	if q := r.markedBy(p.end-1, own); q >= 0 {
		p.end = max(p.end, r.quote(q).End)
	}
	return p
}

// join merges runs that overlap.
func (r *run) join(ps []piece) []piece {
	var out []piece
	for _, p := range ps {
		if n := len(out); n > 0 && p.first < out[n-1].end {
			if p.end > out[n-1].end {
				out[n-1].end = p.end
				out[n-1].quote = -1
			}
			continue
		}
		out = append(out, p)
	}
	return out
}

func dedupe(ps []piece) []piece {
	return slices.CompactFunc(ps, func(a, b piece) bool { return a.first == b.first && a.end == b.end })
}

// kind tells direct from indirect by the share of letters between marks.
func (r *run) kind(ps []piece, own int) string {
	in, all := 0, 0
	for _, p := range ps {
		for t := p.first; t < p.end; t++ {
			n := alnums(r.lower[t])
			all += n
			if r.markedBy(t, own) >= 0 {
				in += n
			}
		}
	}
	switch {
	case all == 0 || float64(in) <= indirectShare*float64(all):
		return indirect
	case float64(in) >= directShare*float64(all):
		return direct
	}
	return mixed
}

// span returns the bytes of a piece: without the marks of a direct piece, with
// those of the quotations inside a mixed one.
func (r *run) span(p piece, kind string, own int) text.Span {
	if kind == direct && p.quote >= 0 {
		return r.quote(p.quote).Inner
	}
	sp := r.d.Range(p.first, p.end)
	if q := r.markedBy(p.first, own); q >= 0 && r.quote(q).First == p.first {
		sp.Start = min(sp.Start, r.quote(q).Span.Start)
	}
	if q := r.markedBy(p.end-1, own); q >= 0 && r.quote(q).End == p.end {
		sp.End = max(sp.End, r.quote(q).Span.End)
	}
	return onRunes(r.d.Text, sp)
}

// onRunes moves the ends outward to rune boundaries.
func onRunes(s string, sp text.Span) text.Span {
	for sp.Start > 0 && int(sp.Start) < len(s) && !utf8.RuneStart(s[sp.Start]) {
		sp.Start--
	}
	for int(sp.End) < len(s) && !utf8.RuneStart(s[sp.End]) {
		sp.End++
	}
	return sp
}

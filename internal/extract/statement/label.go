package statement

import (
	"casus/internal/doc"
)

// Labels are words set before or after what somebody says, with a colon or a
// dash and no verb: "PENCE: …", "Mayor: Bridge will be rebuilt", "Bridge to be
// rebuilt: report".

// labels makes candidates of the turns of transcripts and of headlines.
func (r *run) labels() {
	before := doc.NoToken
	for b := range r.d.Blocks {
		first, end := r.tokensOf(b)
		if first >= end {
			continue
		}
		label := r.turnLabel(b)
		turns := label != doc.NoToken && (before != doc.NoToken || r.turnLabel(b+1) != doc.NoToken)
		before = label
		r.blockAfterColon(b, first, end)
		switch k := r.d.Blocks[b].Kind; {
		case k == doc.Speaker || turns:
			r.turn(first, end)
		case k == doc.Title || k == doc.Heading || b == 0 && end-first <= 30:
			r.headline(first, end)
		}
	}
}

// blockAfterColon makes a candidate of a paragraph that a report ending in a
// colon leads to, and that has no marks of its own: "The director wrote:".
func (r *run) blockAfterColon(b int, first, end doc.TokenID) {
	if r.lower[end-1] != ":" || b+1 >= len(r.d.Blocks) || r.d.Blocks[b+1].Kind != doc.Paragraph {
		return
	}
	from, to := r.tokensOf(b + 1)
	if from >= to || r.in[from] >= 0 || r.openMark(from) || r.turnLabel(b+1) != doc.NoToken || r.lower[to-1] == ":" || !r.punct(to-1) || r.upos(from) == "SYM" || r.punct(from) {
		return
	}
	for v := end - 2; v >= first && v > end-maxAside; v-- {
		if r.in[v] >= 0 || r.byCue[v] >= 0 {
			return
		}
		w := r.verbs[r.d.Tags[v].Lemma]
		if !r.verbal(v) || !w.has(clauseFrame|quoteFrame) || w.rate < sureRate || !r.finite(v) {
			continue
		}
		if subj := r.subjectOf(v, r.t.Child(v, "nsubj")); subj != doc.NoToken {
			r.add(cand{rule: "colon.block", word: w, cue: v, cueFirst: v, cueEnd: v + 1, subj: subj, addressee: doc.NoToken, content: tokens(from, to)})
		}
		return
	}
}

// turnLabel returns the colon after the label of somebody who speaks, with which
// the block begins, or NoToken.
func (r *run) turnLabel(b int) doc.TokenID {
	if b >= len(r.d.Blocks) || r.d.Blocks[b].Kind == doc.Title {
		return doc.NoToken
	}
	first, end := r.tokensOf(b)
	for t := first + 1; t < end-1 && t < first+7; t++ {
		if r.lower[t] != ":" {
			continue
		}
		if f, e, ok := r.bareName(first, t); ok && f == first && e == t && r.labelPerson(f, e) && r.in[t+1] < 0 && !r.openMark(t+1) {
			return t
		}
		break
	}
	return doc.NoToken
}

// labelPerson reports whether the words name a person or a kind of one.
func (r *run) labelPerson(first, end doc.TokenID) bool {
	for t := first; t < end; t++ {
		if i := r.names[t]; i >= 0 && r.d.Names[i].Kind == doc.PER {
			return true
		}
	}
	_, ok := r.sources[r.d.Tags[r.top(first, end)].Lemma]
	return ok || r.words["turn"][r.word(end-1)]
}

// tokensOf returns the tokens of the block.
func (r *run) tokensOf(b int) (first, end doc.TokenID) {
	sp := r.d.Blocks[b].Span
	return r.tokenAt(sp.Start), r.tokenAt(sp.End)
}

// tokenAt returns the first token that begins at or after the position.
func (r *run) tokenAt(at int32) doc.TokenID {
	lo, hi := 0, len(r.d.Tokens)
	for lo < hi {
		m := (lo + hi) / 2
		if r.d.Tokens[m].Span.Start < at {
			lo = m + 1
		} else {
			hi = m
		}
	}
	return doc.TokenID(lo)
}

// turn makes a candidate of a turn in a transcript: the label up to the colon,
// and all that follows in the block.
func (r *run) turn(first, end doc.TokenID) {
	colon := first
	for colon < end && r.lower[colon] != ":" && colon < first+12 {
		colon++
	}
	if colon == first || colon >= end-1 || r.lower[colon] != ":" {
		return
	}
	last := colon
	for i := first; i < colon; i++ { // PENCE (via video):
		if r.lower[i] == "(" || r.lower[i] == "," {
			last = i
			break
		}
	}
	if last == first || !r.holdsVerb(colon+1, end) && end-colon < 4 {
		return
	}
	r.add(cand{rule: "transcript.turn", cue: colon, cueFirst: colon, cueEnd: colon + 1, subj: r.top(first, last), srcFirst: first, srcEnd: last, addressee: doc.NoToken, content: tokens(colon+1, end)})
}

// tokens lists the tokens of a range.
func tokens(first, end doc.TokenID) []doc.TokenID {
	out := make([]doc.TokenID, 0, max(0, end-first))
	for t := first; t < end; t++ {
		out = append(out, t)
	}
	return out
}

// headline makes a candidate of a headline with a label before or after it.
func (r *run) headline(first, end doc.TokenID) {
	for end > first && r.punct(end-1) && r.in[end-1] < 0 && r.lower[end-1] != "”" && r.lower[end-1] != "’" {
		end--
	}
	for t := first + 1; t < end-2 && t < first+9; t++ {
		if r.lower[t] != ":" || r.in[t] >= 0 {
			continue
		}
		from := first
		for k := first; k < t; k++ { // EXCLUSIVE – Ida Brandt:
			if dash(r.lower[k]) && !r.glued(k) {
				from = k + 1
			}
		}
		if f, e, ok := r.bareName(from, t); ok && r.labelNames(f, e) {
			r.add(cand{rule: "headline.label", cue: t, cueFirst: t, cueEnd: t + 1, subj: r.top(f, e), srcFirst: f, srcEnd: e, addressee: doc.NoToken, content: tokens(t+1, end)})
		}
		return
	}
	for t := end - 2; t > first+2 && t > end-5; t-- {
		if (r.lower[t] == ":" || dash(r.lower[t]) && !r.glued(t)) && r.in[t] < 0 {
			if f, e, ok := r.bareName(t+1, end); ok && r.words["report-head"][r.word(e-1)] {
				r.add(cand{rule: "headline.label", cue: t, cueFirst: t, cueEnd: t + 1, subj: r.top(f, e), srcFirst: f, srcEnd: e, addressee: doc.NoToken, content: tokens(first, t)})
			}
			return
		}
	}
}

// glued reports whether the mark is written together with the words beside it.
func (r *run) glued(t doc.TokenID) bool {
	return t > 0 && !r.d.Tokens[t-1].SpaceAfter
}

// labelNames reports whether the words before a colon name somebody who can
// speak: a person, an organisation, a kind of source; not "Breaking", "The Latest".
func (r *run) labelNames(first, end doc.TokenID) bool {
	x := r.top(first, end)
	if r.words["not-a-source"][r.word(first)] && end-first == 1 || r.words["not-a-source"][r.word(end-1)] {
		return r.words["report-head"][r.word(end-1)] && end-first <= 3
	}
	for t := first; t < end; t++ {
		i := r.names[t]
		if i < 0 {
			continue
		}
		nm := &r.d.Names[i]
		switch nm.Kind {
		case doc.PER, doc.ORG, doc.NORP, doc.GPE:
			if nm.End >= end-1 || nm.First <= first+2 {
				return true
			}
		}
	}
	if _, ok := r.sources[r.d.Tags[x].Lemma]; ok {
		return true
	}
	return r.words["report-head"][r.word(end-1)]
}

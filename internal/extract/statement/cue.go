package statement

import (
	"slices"

	"casus/internal/doc"
)

// cues makes a candidate of every cue that governs content by the tree.
func (r *run) cues() {
	for t := range r.d.Tokens {
		t := doc.TokenID(t)
		var c cand
		ok := false
		switch r.upos(t) {
		case "VERB", "AUX":
			if w := r.verbs[r.d.Tags[t].Lemma]; w != nil {
				c, ok = r.verbCue(t, w)
			}
		case "NOUN", "PROPN":
			if w := r.nouns[r.d.Tags[t].Lemma]; w != nil && r.names[t] < 0 {
				c, ok = r.nounCue(t, w)
			}
		}
		if !ok && (r.is(t, "according") || r.is(t, "per") || r.is(t, "in-words")) {
			c, ok = r.accordingCue(t)
		}
		if ok {
			r.add(c)
		}
	}
}

func (r *run) add(c cand) int {
	if c.cueEnd <= c.cueFirst {
		c.cueFirst, c.cueEnd = c.cue, c.cue+1
	}
	if c.subj != doc.NoToken && c.srcEnd <= c.srcFirst {
		c.srcFirst, c.srcEnd = r.sourcePhrase(c.subj)
	}
	c.within = -1
	r.cands = append(r.cands, c)
	if c.cue != doc.NoToken {
		r.byCue[c.cue] = int32(len(r.cands) - 1)
	}
	return len(r.cands) - 1
}

func (r *run) args(v doc.TokenID) args {
	no := doc.NoToken
	a := args{subj: no, subjPass: no, agent: no, obj: no, iobj: no, ccomp: no, xcomp: no, parataxis: no, particle: no}
	set := func(p *doc.TokenID, c doc.TokenID) {
		if *p == no {
			*p = c
		}
	}
	for _, c := range r.t.Children(v) {
		switch rel := r.d.Arcs[c].Deprel; {
		case rel == "nsubj" || rel == "nsubj:outer" || rel == "csubj":
			set(&a.subj, c)
		case rel == "nsubj:pass" || rel == "csubj:pass":
			set(&a.subjPass, c)
		case rel == "expl":
			a.expletive = true
		case rel == "obj":
			set(&a.obj, c)
		case rel == "iobj":
			set(&a.iobj, c)
		case rel == "ccomp":
			set(&a.ccomp, c)
		case rel == "xcomp":
			set(&a.xcomp, c)
		case rel == "compound:prt":
			set(&a.particle, c)
		case r.t.Rel(c, "parataxis"):
			set(&a.parataxis, c)
		case r.t.Rel(c, "obl"):
			if rel == "obl:agent" || r.case_(c, "by") && (a.subjPass != no || r.passiveForm(v)) {
				set(&a.agent, c)
			}
			a.obls = append(a.obls, c)
		case r.t.Rel(c, "advcl"):
			a.advcls = append(a.advcls, c)
		}
	}
	return a
}

// quoteOf returns the outer quotation of the token, or -1.
func (r *run) quoteOf(t doc.TokenID) int { return int(r.in[t]) }

// verbCue makes a candidate of a verb that governs content.
func (r *run) verbCue(v doc.TokenID, w *cueWord) (cand, bool) {
	if r.t.Rel(v, "amod", "compound", "aux", "flat", "case", "cop") || r.command(v) || r.filler(v) || r.nameLike(v) {
		return cand{}, false
	}
	a := r.args(v)
	c := cand{cue: v, word: w, subj: doc.NoToken, addressee: doc.NoToken, cueFirst: v, cueEnd: v + 1}
	if r.splitSubject(&c, v, w) {
		return c, true
	}
	if r.invertedObject(v, w, a) {
		a.subj, a.obj = a.obj, doc.NoToken
	}
	if a.subjPass != doc.NoToken && a.subj == doc.NoToken && a.subjPass < v && r.t.Child(v, "aux:pass") == doc.NoToken && r.activeClause(v) {
		a.subj, a.subjPass = a.subjPass, doc.NoToken // a past tense taken for a participle
	}
	if a.particle == v+1 {
		c.cueEnd = v + 2
	}
	c.passive = a.subjPass != doc.NoToken || r.passiveForm(v) && !r.activeSubject(v, a) || r.bareParticiple(v, w, a)
	if c.passive {
		if a.agent != doc.NoToken {
			c.subj = a.agent
		}
	} else {
		c.subj = r.subjectOf(v, a.subj)
	}
	if !r.content(&c, v, w, a) {
		return cand{}, false
	}
	r.frontedEnd(&c)
	return c, len(c.content) > 0
}

// invertedObject reports whether what the tree takes for the object of a verb at
// the end of its sentence is the subject: "They will stay, said the youngest."
func (r *run) invertedObject(v doc.TokenID, w *cueWord, a args) bool {
	if a.subj != doc.NoToken || a.obj == doc.NoToken || w.rate < sureRate || w.has(objectAddressee) || !r.finite(v) || r.word(v-1) != "," || !r.t.Rel(v, "parataxis", "root") {
		return false
	}
	first, end := r.t.Phrase(a.obj, nil)
	s := r.sentence(v)
	return first == v+1 && end >= s.End-1 && r.holdsVerb(s.First, v-1)
}

// command reports whether the verb tells the reader to do something.
func (r *run) command(v doc.TokenID) bool {
	tag := r.d.Tags[v]
	if tag.XPOS != "VB" || r.t.Child(v, "nsubj", "aux", "mark", "csubj") != doc.NoToken {
		return false
	}
	return r.t.Rel(v, "root", "parataxis", "conj") && (r.t.Head(v) == doc.NoToken || r.t.Child(r.t.Head(v), "nsubj", "aux", "mark") == doc.NoToken)
}

// nameLike reports whether a verb is written like a name inside a sentence:
// "Amir Said, a nurse".
func (r *run) nameLike(v doc.TokenID) bool {
	return v > 0 && r.word(v+1) == "," && capital(r.d.Word(v)) && v > r.sentence(v).First && capital(r.d.Word(v-1)) && r.upos(v-1) == "PROPN" && !r.titleToken(v)
}

// filler reports whether the verb is a mere "say," between commas.
func (r *run) filler(v doc.TokenID) bool {
	return r.d.Tags[v].XPOS == "VB" && r.word(v-1) == "," && r.word(v+1) == ","
}

// bareParticiple reports whether the verb is a participle that the tagger took
// for a past tense: "when asked about", "told that".
func (r *run) bareParticiple(v doc.TokenID, w *cueWord, a args) bool {
	if !w.has(objectAddressee|objectInf) && w.sense != "accuse" || a.subj != doc.NoToken || a.obj != doc.NoToken || a.iobj != doc.NoToken {
		return false
	}
	if r.t.Rel(v, "conj") && r.t.Head(v) != doc.NoToken {
		return r.passiveForm(r.t.Head(v)) && r.t.Child(r.t.Head(v), "nsubj:pass") != doc.NoToken
	}
	return r.t.Rel(v, "advcl", "acl") && r.d.Tags[v].XPOS == "VBD"
}

// content sets what the cue reports, by the frames of the verb.
func (r *run) content(c *cand, v doc.TokenID, w *cueWord, a args) bool {
	no := doc.NoToken
	obj := a.obj
	if w.has(objectAddressee) {
		c.addressee = a.iobj
		if c.addressee == no {
			c.addressee = a.obj
		}
		if c.passive {
			c.addressee = a.subjPass
		}
		obj = no
		if c.addressee == no && !c.passive {
			c.addressee = r.toldName(v)
		}
	}
	if o := firstOf(a.iobj, a.obj); o > v && a.ccomp > o && w.has(clauseFrame) && c.addressee == no && !c.passive && r.human(o) {
		c.addressee = o // "promised pensioners that …"
	}
	if w.has(clauseFrame | quoteFrame) {
		if r.reported(c, v, w, a) {
			r.toAddressee(c, w, a)
			return true
		}
	}
	if c.passive {
		obj = a.subjPass
		if w.has(objectAddressee) && !w.has(objectInf) {
			obj = no
		}
	}
	if obj == no && !c.passive && w.has(objectFrame) && r.bareNoun(a.ccomp) {
		obj = a.ccomp // "rejected that claim", where "that" misled the tree
	}
	switch {
	case w.has(objectPredicate) && !c.passive && r.calledQuote(c, v):
	case w.has(objectPredicate) && obj != no && a.xcomp != no:
		r.takePhrases(c, v, "verb.object-called", obj, a.xcomp)
	case w.has(objectInf) && a.xcomp != no && r.infinitive(a.xcomp):
		if o := firstOf(obj, a.obj, a.iobj, r.oblique(a, "on", "upon", "out")); o != no {
			r.takePhrases(c, v, "verb.object-infinitive", o, a.xcomp)
			if m := r.caseOf(o); m == c.cueEnd && len(c.content) > 1 && c.content[0] == m { // called on
				c.content = c.content[1:]
				c.cueEnd++
			}
		} else {
			r.takePhrases(c, v, "verb.infinitive", a.xcomp)
		}
	case w.has(infFrame) && a.xcomp != no && r.infinitive(a.xcomp):
		r.takePhrases(c, v, "verb.infinitive", a.xcomp)
	case w.has(gerundFrame) && !c.passive && r.gerund(v, firstOf(a.xcomp, a.ccomp)):
		r.takePhrases(c, v, "verb.gerund", firstOf(a.xcomp, a.ccomp))
	case c.passive && w.has(clauseFrame) && obj != no && a.xcomp != no && r.infinitive(a.xcomp) && w.sense != "think" && w.sense != "show":
		r.takePhrases(c, v, "verb.passive-infinitive", obj, a.xcomp)
	case w.has(objectAt) && obj != no && r.atFigure(a) != no:
		r.takePhrases(c, v, "verb.object-at", obj, r.atFigure(a))
	case w.has(objectFor) && obj != no && !c.passive && r.forWhat(a, obj):
		r.takeObject(c, v, w, a, obj)
	case w.has(objectAs) && obj != no && r.as(a) != no:
		r.takePhrases(c, v, "verb.object-as", obj, r.as(a))
	case w.has(objectFrame) && obj != no && !r.emptyObject(obj, w) && r.reportedObject(c, w, a, obj):
		r.takeObject(c, v, w, a, obj)
	case c.passive && c.subj == no && w.has(objectAddressee) && w.sense != "ask": // "when told of the remark"
	default:
		r.prepositional(c, v, w, a)
	}
	return len(c.content) > 0
}

// toldName returns the name right after a verb of telling that a new clause
// follows, where the tree has drawn it into that clause: "told Sky News the …".
func (r *run) toldName(v doc.TokenID) doc.TokenID {
	s := r.sentence(v)
	t := v + 1
	if r.is(t, "article") {
		t++
	}
	if t >= s.End {
		return doc.NoToken
	}
	if r.names[t] < 0 {
		return r.toldNoun(v, s)
	}
	end := r.d.Names[r.names[t]].End
	if end >= s.End || r.punct(end) || r.names[end] == r.names[t] {
		return doc.NoToken
	}
	switch r.upos(end) {
	case "PRON", "DET", "PROPN", "SCONJ", "NOUN", "ADJ":
		return r.top(t, end)
	}
	return doc.NoToken
}

// toldNoun is toldName for common nouns: "told the council the …".
func (r *run) toldNoun(v doc.TokenID, s doc.Sentence) doc.TokenID {
	head := doc.NoToken
	t := v + 1
	for ; t < s.End && t < v+6; t++ {
		switch u := r.upos(t); {
		case u == "NOUN" || u == "PROPN":
			head = t
			continue
		case head == doc.NoToken && (u == "DET" || u == "ADJ" || r.d.Tags[t].XPOS == "PRP$"):
			continue
		}
		break
	}
	if head == doc.NoToken || t >= s.End || r.upos(t) != "DET" && !(r.upos(t) == "PRON" && r.is(t, "nominative")) {
		return doc.NoToken
	}
	return head
}

// forWhat reports whether the object is followed by what it is blamed or
// praised for.
func (r *run) forWhat(a args, obj doc.TokenID) bool {
	for _, list := range [][]doc.TokenID{a.obls, a.advcls} {
		for _, o := range list {
			if o > obj && r.withPrep(o) {
				return true
			}
		}
	}
	return false
}

// reportedObject reports whether the object can be what is reported: an act
// that nobody is said to report is an act, and a person is questioned or
// denied a thing, not reported.
func (r *run) reportedObject(c *cand, w *cueWord, a args, obj doc.TokenID) bool {
	if c.passive && c.subj == doc.NoToken && w.sense != "accuse" && w.sense != "criticize" && w.sense != "describe" && w.sense != "praise" {
		return false
	}
	switch w.sense {
	case "deny":
		if a.iobj != doc.NoToken || c.passive {
			return false
		}
		return !r.human(obj)
	case "ask":
		return !r.human(obj)
	}
	return true
}

// human reports whether the noun names a person or a kind of person.
func (r *run) human(x doc.TokenID) bool {
	if i := r.names[x]; i >= 0 && r.d.Names[i].Kind == doc.PER {
		return true
	}
	_, ok := r.sources[r.d.Tags[x].Lemma]
	return ok || r.upos(x) == "PRON" || r.act.head[x] >= 0
}

// emptyObject reports whether the object says nothing: "said so", "denied it"
// holds, but "told lies" does not tell what.
func (r *run) emptyObject(obj doc.TokenID, w *cueWord) bool {
	if r.upos(obj) == "PRON" {
		switch w.sense {
		case "criticize", "praise", "accuse", "describe", "call":
			return false
		}
		return true
	}
	return r.is(obj, "empty")
}

// toAddressee sets the person addressed by "to".
func (r *run) toAddressee(c *cand, w *cueWord, a args) {
	if c.addressee != doc.NoToken || !w.has(toAddressee|clauseFrame) {
		return
	}
	if o := r.oblique(a, "to"); o != doc.NoToken && !slices.Contains(c.content, o) {
		c.addressee = o
	}
}

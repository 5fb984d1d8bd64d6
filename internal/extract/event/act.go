package event

import (
	"fmt"
	"slices"
	"strings"

	"casus/internal/doc"
	"casus/internal/extract/codebook"
	"casus/internal/record"
)

// An act is an event in the making.
type act struct {
	clause     doc.ClauseID
	rule       *Rule  // nil for an act that only a table made: see made
	made       string // id of the step that made the type out of another
	typ        string
	modes      []string
	cameo      string
	contexts   []string
	actors     []part
	recipients []part
	status     string
	inner      []*act
	within     bool // it is the inner act of another
	background string
	confidence float64
	steps      []string
	lost       []string
	trigger    doc.TokenID
}

// actAll makes an act of every matched clause, outer ones first, so that each
// knows what it embeds.
func (f *finder) actAll() {
	for i := range f.cl {
		if m := f.match[i]; m != nil && m.rule.Gives.Event != "" {
			f.byClause[i] = f.plain(doc.ClauseID(i), m)
		}
	}
	f.mergeSupport()
	// Inner acts are made what they are inside before the outer ones read them:
	// clauses lower in the tree come later in the ledger.
	for i := len(f.cl) - 1; i >= 0; i-- {
		if a := f.byClause[i]; a != nil {
			f.enclose(a)
		}
	}
	for i := range f.cl {
		if a := f.byClause[i]; a != nil && !a.within {
			f.declare(a)
			f.acts = append(f.acts, a)
		}
	}
}

// plain is the act that a rule gives, before what embeds it is considered.
func (f *finder) plain(id doc.ClauseID, m *match) *act {
	c := &f.cl[id]
	r := m.rule
	a := &act{
		clause: id, rule: r, typ: r.Gives.Event, modes: r.Gives.Mode, cameo: r.Gives.CAMEO,
		contexts: r.Gives.Contexts, status: c.Status, trigger: c.Pred,
	}
	a.step("rule %s reads %q as %s", r.ID, c.Lemma, a.typ)
	for _, l := range m.lost {
		if l.Gives.Event != a.typ || !slices.Equal(l.Gives.Mode, r.Gives.Mode) {
			a.lost = append(a.lost, fmt.Sprintf("%s (%s): less specific", l.ID, l.Gives.Event))
		}
	}
	f.cast(a, c)
	return a
}

func (a *act) step(format string, args ...any) {
	a.steps = append(a.steps, fmt.Sprintf(format, args...))
}

// cast fills actors and recipients from the roles that the rule names, else
// from agent and from the roles it constrains to somebody.
func (f *finder) cast(a *act, c *doc.Clause) {
	actorRoles, recipientRoles := a.rule.Gives.Actors, a.rule.Gives.Recipients
	if actorRoles == nil {
		actorRoles = words{doc.Agent}
	}
	for _, role := range actorRoles {
		switch role {
		case "in", "at", "of", "from": // a place stands for its government where nobody is named
			if len(a.actors) > 0 && !a.rule.Gives.Reciprocal {
				continue
			}
		}
		a.actors = f.fill(a.actors, c, role)
	}
	if len(actorRoles) == 0 && c.Embedder != doc.NoClause { // who says so is the actor
		a.actors = f.fill(nil, &f.cl[c.Embedder], doc.Agent)
	}
	if len(recipientRoles) == 0 {
		recipientRoles = f.defaultRecipients(a.rule, actorRoles)
	}
	for _, role := range recipientRoles { // in order of preference
		parts := f.fillRecipients(c, role, a.rule)
		if a.rule.Gives.Reciprocal {
			a.recipients = append(a.recipients, parts...)
		} else if a.recipients = f.others(a, parts); len(a.recipients) > 0 {
			break
		}
	}
	a.recipients = slices.DeleteFunc(a.recipients, func(p part) bool { return slices.ContainsFunc(a.actors, p.same) })
	if len(a.recipients) == 0 && !a.rule.Gives.Reciprocal {
		a.recipients = f.farther(a, a.clause, actorRoles, 0)
	}
	if a.rule.Gives.Reciprocal {
		a.actors = append(a.actors, a.recipients...)
		a.recipients = nil
	}
}

// bearing is the roles in which whom an act concerns may stand, nearest first.
var bearing = []string{doc.Patient, doc.Recipient, "against", "with", "on", "to", "at", "from", "of", "into", "over", "about", "for", "by", "in"}

// farther looks for the recipient inside what the act is about: "vetoed a bill
// drafted by the ministry", "called for the resignation of the premier", "demanded
// that Chad pay".
func (f *finder) farther(a *act, id doc.ClauseID, actorRoles words, depth int) []part {
	c := &f.cl[id]
	if depth > 0 {
		if parts := f.others(a, f.fill(nil, c, doc.Agent)); len(parts) > 0 && !c.Passive {
			return parts
		}
	}
	for _, role := range bearing {
		if slices.Contains(actorRoles, role) && depth == 0 || role == "by" && c.Passive {
			continue
		}
		thing := depth == 0 && a.rule.asksThing(role)
		for i := range c.Args {
			if c.Args[i].Role != role {
				continue
			}
			parts := f.others(a, f.within(c.Args[i].Head, 0))
			if thing {
				parts = f.owners(a.rule, parts)
			}
			if len(parts) > 0 {
				return parts[:1]
			}
		}
	}
	if depth > 1 {
		return nil
	}
	for i := range f.cl {
		if e := &f.cl[i]; e.Parent == id && i != int(id) && (e.Embedder == id || e.Condition || e.How == "purpose") {
			if parts := f.farther(a, doc.ClauseID(i), actorRoles, depth+1); len(parts) > 0 {
				return parts
			}
		}
	}
	return nil
}

// others returns the parts that are no actors of a.
func (f *finder) others(a *act, parts []part) []part {
	return slices.DeleteFunc(parts, func(p part) bool { return slices.ContainsFunc(a.actors, p.same) })
}

// within returns the participants at t, else those of the nearest words below it
// that have some.
func (f *finder) within(t doc.TokenID, depth int) []part {
	if parts := f.partsAt(nil, t, 0); len(parts) > 0 || depth > 3 {
		return parts
	}
	for k := range f.kids(t) {
		switch f.d.Rel(k) {
		case "nmod", "acl", "obl", "obj", "appos", "conj", "amod", "compound":
			if parts := f.within(k, depth+1); len(parts) > 0 {
				for i := range parts {
					parts[i].owner = true
				}
				return parts
			}
		}
	}
	return nil
}

func (p part) same(q part) bool {
	return p.entity == q.entity && (p.entity != doc.NoEntity || p.head == q.head)
}

func (f *finder) defaultRecipients(r *Rule, actors words) words {
	var out words
	for i := range r.where {
		k := &r.where[i]
		if (k.kinds|k.orKinds)&^(fillAny|fillNone) != 0 && !slices.Contains(actors, k.role) && k.role != doc.Agent {
			out = append(out, k.role)
		}
	}
	if len(out) == 0 && !slices.Contains(actors, doc.Patient) {
		out = words{doc.Patient}
	}
	return out
}

// fillRecipients returns the participants with a role. Where the rule asks for a
// thing there ("fired shells"), only the one whose thing it is takes part.
func (f *finder) fillRecipients(c *doc.Clause, role string, r *Rule) []part {
	parts := f.fill(nil, c, role)
	if r.asksThing(role) {
		return f.owners(r, parts)
	}
	return parts
}

// asksThing reports whether the rule lists things for a role: shells, troops.
func (r *Rule) asksThing(role string) bool {
	for i := range r.where {
		if k := &r.where[i]; k.role == role {
			return k.listed() && k.kinds|k.orKinds == 0 && len(k.sectors) == 0
		}
	}
	return false
}

// owners keeps those whose thing it is, those who are known, and people: freed
// prisoners take part, fired shells and deployed troops do not.
func (f *finder) owners(r *Rule, parts []part) []part {
	return slices.DeleteFunc(parts, func(p part) bool {
		return !p.owner && f.code(p) == "" && (r.Gives.Event == "MOBILIZE" || !f.people(p.head))
	})
}

// fill appends the participants of every argument with the role; "ccomp.agent"
// names the agent of the embedded clause.
func (f *finder) fill(out []part, c *doc.Clause, role string) []part {
	if link, sub, ok := strings.Cut(role, "."); ok {
		for i := range f.cl {
			if e := &f.cl[i]; e.Parent >= 0 && &f.cl[e.Parent] == c && e.Link == link {
				out = f.fill(out, e, sub)
			}
		}
		return out
	}
	for i := range c.Args {
		a := &c.Args[i]
		if a.Role != role && !(giving(a.Role) && giving(role)) && !(role == doc.Agent && a.Role == doc.Modifier && f.people(a.Head)) {
			continue
		}
		for _, p := range f.participants(a) {
			out = f.addPart(out, p)
		}
	}
	return out
}

// mergeSupport keeps one act of "held talks": the noun's, unless the verb's
// rule says more.
func (f *finder) mergeSupport() {
	for i := range f.cl {
		c := &f.cl[i]
		if c.Kind != doc.SupportClause {
			continue
		}
		v := f.clauseAt(c.Support)
		if v == doc.NoClause {
			continue
		}
		noun, verb := f.byClause[i], f.byClause[v]
		if noun == nil || verb == nil {
			continue
		}
		if f.match[v].score > f.match[i].score {
			verb.takeParts(noun)
			verb.lost = append(verb.lost, noun.rule.ID+": the verb says more")
			f.byClause[i] = nil
		} else {
			noun.takeParts(verb)
			noun.lost = append(noun.lost, verb.rule.ID+": the noun says more")
			f.byClause[v] = nil
		}
	}
}

// takeParts fills empty sides from another reading of the same words.
func (a *act) takeParts(b *act) {
	if len(a.actors) == 0 {
		a.actors = b.actors
	}
	if len(a.recipients) == 0 && !a.rule.Gives.Reciprocal {
		for _, p := range b.recipients {
			if !slices.ContainsFunc(a.actors, p.same) {
				a.recipients = append(a.recipients, p)
			}
		}
	}
}

func (f *finder) clauseAt(t doc.TokenID) doc.ClauseID {
	if t < 0 || int(t) >= len(f.pred) {
		return doc.NoClause
	}
	return f.pred[t]
}

// enclose reads the acts that a's clause embeds as its inner acts, and lets
// them say what it is: an agreement to meet, a threat of violence.
func (f *finder) enclose(a *act) {
	for _, id := range f.embedded[a.clause] {
		in := f.byClause[id]
		if in == nil {
			in = f.deeper(id, 0)
		}
		if in == nil || in == a || in.within {
			continue
		}
		st := f.cl[id].Status
		if st == record.Actual || st == record.Historical {
			continue // condemned what did happen: an event of its own
		}
		in.within = true
		a.inner = append(a.inner, in)
		if len(a.inner) == 1 {
			f.become(a, in)
		}
	}
}

// deeper looks for the act inside a clause that no rule reads: "agreed to try
// to meet".
func (f *finder) deeper(id doc.ClauseID, depth int) *act {
	if depth > maxNesting {
		return nil
	}
	for _, sub := range f.embedded[id] {
		if in := f.byClause[sub]; in != nil {
			return in
		}
		if in := f.deeper(sub, depth+1); in != nil {
			return in
		}
	}
	return nil
}

// become applies the code book: what the outer act is, given the inner one.
func (f *finder) become(a, in *act) {
	o, ok := f.c.book.Inside(a.typ, in.typ, in.modes...)
	if !ok && a.typ == "AGREE" && f.cl[in.clause].How != "offer" && f.cl[in.clause].How != "agree" {
		// A promise of force or of reprisals is a threat, one to refuse a refusal.
		o, ok = f.c.book.Inside(codebook.Future, in.typ, in.modes...)
	}
	if ok {
		if o.Type != a.typ {
			a.step("%s of %s is %s", a.typ, in.typ, o.Type)
		} else {
			a.step("inner act %s", in.typ)
		}
		a.typ, a.cameo = o.Type, o.CAMEO
		if o.Mode != "" {
			a.modes = []string{o.Mode}
		}
	}
	if len(a.recipients) > 0 {
		return
	}
	from := in.recipients
	if a.typ == "REQUEST" && len(in.actors) > 0 && !slices.ContainsFunc(in.actors, func(p part) bool { return slices.ContainsFunc(a.actors, p.same) }) {
		from = in.actors
	}
	for _, p := range append(slices.Clip(from), in.actors...) {
		if !slices.ContainsFunc(a.actors, p.same) {
			a.recipients = f.addPart(a.recipients, p)
		}
	}
}

// declare makes of an act that is not actual what PLOVER makes of it: "will
// meet" is an agreement, "will not release" a refusal, "plans to attack" a threat.
func (f *finder) declare(a *act) {
	if a.status == record.Actual || a.status == record.Historical {
		return
	}
	c := &f.cl[a.clause]
	if c.How == "offer" && c.Link == "obj" && c.Status == record.Hypothetical {
		switch a.typ {
		case "SUPPORT", "CONCEDE", "ACCUSE": // to offer an apology is to make it
			a.status = record.Actual
			return
		}
	}
	if c.How == "try" && f.attempted(a, c) {
		return
	}
	outer, why := f.stance(a, c)
	if outer == "" {
		return
	}
	o, ok := f.c.book.Inside(outer, a.typ, a.modes...)
	if !ok {
		return
	}
	var asking, asked []part
	if outer == "REQUEST" {
		if asking, asked = f.requester(a, c); len(asking) == 0 {
			return
		}
	}
	in := *a
	in.within = true
	a.inner = []*act{&in}
	a.step("%s: %s becomes %s", why, a.typ, o.Type)
	a.made = outer
	a.typ, a.cameo, a.modes, a.status = o.Type, o.CAMEO, nil, record.Actual
	if o.Mode != "" {
		a.modes = []string{o.Mode}
	}
	if outer == "REQUEST" {
		a.actors, a.recipients = asking, asked
	}
}

// attempted makes an attempt on life or limb what PLOVER takes it for: an
// assault, whether it came off or not.
func (f *finder) attempted(a *act, c *doc.Clause) bool {
	if a.typ != "ASSAULT" && !(a.typ == "COERCE" && slices.Contains(a.modes, "cyber")) {
		return false
	}
	e := &f.cl[c.Embedder]
	if e.Status != record.Actual && e.How != "prevent" {
		return false
	}
	a.status = record.Actual
	if slices.Contains(a.modes, "targeted") {
		a.cameo = attemptedKilling
	}
	a.step("%s: an attempt counts as the act", e.Lemma)
	return true
}

// attemptedKilling is CAMEO's "attempt to assassinate".
const attemptedKilling = "185"

// stance says how a clause that is not actual stands: declared for the future,
// refused, demanded. It is empty where nobody commits to anything.
func (f *finder) stance(a *act, c *doc.Clause) (outer, why string) {
	if c.Condition || c.Question {
		return "", ""
	}
	if c.Embedder != doc.NoClause {
		e := &f.cl[c.Embedder]
		if c.How != "say" && c.How != "believe" && !f.positive(e, 0) {
			return "", ""
		}
		switch c.How {
		case "plan", "announce", "promise", "agree", "approve":
			if e.Negated {
				return codebook.Refused, "not " + e.Lemma
			}
			return codebook.Future, e.Lemma
		case "offer":
			return "AGREE", e.Lemma
		case "threaten":
			return "THREATEN", e.Lemma
		case "refuse", "reject":
			return codebook.Refused, e.Lemma
		case "demand", "ask":
			return "REQUEST", e.Lemma
		case "begin", "succeed", "seem", "order": // "will extend the curfew": the verb decides
			return f.stance(a, e)
		case "say", "":
		default:
			return "", ""
		}
	}
	switch {
	case c.Tense == "future" && c.Negated || c.Modal == "would" && c.Negated:
		return codebook.Refused, "will not"
	case c.Status == record.Future && f.unless(a.clause):
		return "THREATEN", "will … unless"
	case c.Status == record.Future:
		return codebook.Future, "will"
	case c.Modal == "would" && c.Embedder == doc.NoClause && len(a.actors) > 0 && !a.actors[0].owner && !f.conditional(a.clause):
		return codebook.Future, "would" // said by somebody whom the sentence does not name again
	case c.How == "say" && (c.Modal == "must" || c.Modal == "should") && c.Aspect != "perfect":
		return "REQUEST", c.Modal
	}
	return "", ""
}

// unless reports whether a clause names what would avert it.
func (f *finder) unless(id doc.ClauseID) bool {
	for i := range f.cl {
		if f.cl[i].Parent == id && f.cl[i].Condition && f.byMark(&f.cl[i], "unless") {
			return true
		}
	}
	return false
}

// conditional reports whether a clause depends on a condition.
func (f *finder) conditional(id doc.ClauseID) bool {
	for i := range f.cl {
		if f.cl[i].Parent == id && f.cl[i].Condition {
			return true
		}
	}
	return false
}

// positive reports whether a predicate stands as said: it happened, or it is
// itself what somebody agreed or planned to do.
func (f *finder) positive(e *doc.Clause, depth int) bool {
	switch e.Status {
	case record.Actual, record.Historical:
		return true
	case record.Future:
		switch e.How {
		case "plan", "announce", "promise", "agree", "approve":
			return depth < maxNesting && e.Embedder != doc.NoClause && f.positive(&f.cl[e.Embedder], depth+1)
		}
	}
	return false
}

// requester returns who says that somebody must act, and who must.
func (f *finder) requester(a *act, c *doc.Clause) (asking, asked []part) {
	if c.Embedder == doc.NoClause {
		return nil, nil
	}
	asking = f.fill(nil, &f.cl[c.Embedder], doc.Agent)
	for _, p := range a.actors {
		if !slices.ContainsFunc(asking, p.same) {
			asked = f.addPart(asked, p)
		}
	}
	return asking, asked
}

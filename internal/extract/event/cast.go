package event

import (
	"slices"
	"strings"

	"casus/internal/doc"
)

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
		f.partner(a, c)
	}
}

// partner adds the one who tells of a call or a meeting that names only the other
// side: "Chad's leader says call with Mali went well".
func (f *finder) partner(a *act, c *doc.Clause) {
	if a.typ != "CONSULT" || len(a.actors) != 1 || c.Kind != doc.NounClause || c.Arg("with") == nil || c.Arg(doc.Agent) != nil {
		return
	}
	up := c.Parent
	for range maxNesting {
		if up == doc.NoClause {
			return
		}
		if e := f.cl[up].Embedder; e != doc.NoClause && f.cl[up].How == "say" {
			a.actors = append(a.actors, f.others(a, f.fill(nil, &f.cl[e], doc.Agent))...)
			return
		}
		if f.cl[up].How == "" && f.cl[up].Kind == doc.VerbClause { // "Chad hailed the call with Mali"
			a.actors = append(a.actors, f.others(a, f.fill(nil, &f.cl[up], doc.Agent))...)
			return
		}
		up = f.cl[up].Parent
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
	for _, i := range f.under[id] {
		if e := &f.cl[i]; e.Embedder == id || e.Condition || e.How == "purpose" {
			if parts := f.farther(a, i, actorRoles, depth+1); len(parts) > 0 {
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
		id := f.clauseAt(c.Pred)
		if id == doc.NoClause {
			return out
		}
		for _, i := range f.under[id] {
			if e := &f.cl[i]; e.Link == link {
				out = f.fill(out, e, sub)
			}
		}
		return out
	}
	for i := range c.Args {
		a := &c.Args[i]
		if a.Role != role && !(giving(a.Role) && giving(role)) && !(role == doc.Agent && a.Role == doc.Modifier && f.people(a.Head)) && !f.addressee(c, a.Role, role) {
			continue
		}
		for _, p := range f.participants(a) {
			out = f.addPart(out, p)
		}
	}
	return out
}

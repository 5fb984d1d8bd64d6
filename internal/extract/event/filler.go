package event

import (
	"errors"
	"fmt"
	"strings"

	"casus/internal/doc"
	"casus/internal/extract/codebook"
)

// A constraint is what a rule asks of one role: all of its kinds, one of its
// words, sectors or types where it lists some, and none of its forbidden words.
type constraint struct {
	role      string
	optional  bool
	kinds     fillerKind
	words     wordSet
	sectors   map[string]bool
	types     map[string]bool // of the embedded clause's own act
	forbidden wordSet
	notKinds  fillerKind
	orKinds   fillerKind // stand in for the listed words: "|actor"
}

// A wordSet is words of a rule's own and the classes that it names.
type wordSet struct {
	own     map[string]bool
	classes []map[string]bool // shared by all rules
}

func (w *wordSet) empty() bool { return len(w.own) == 0 && len(w.classes) == 0 }

func (w *wordSet) has(s string) bool {
	if w.own[s] {
		return true
	}
	for _, c := range w.classes {
		if c[s] {
			return true
		}
	}
	return false
}

type fillerKind uint16

const (
	fillAny    fillerKind = 1 << iota // anything stands there
	fillNone                          // nothing stands there
	fillActor                         // someone who acts
	fillActors                        // two or more of them, or a plural
	fillPerson                        // a person or group of persons, not a thing of theirs
	fillPlace                         // a place
	fillOwned                         // something of an actor's: "Iran's offer"
	fillState                         // a state, its government or its people
	fillOrg                           // an organisation
)

var fillerNames = map[string]fillerKind{
	"any": fillAny, "none": fillNone, "actor": fillActor, "actors": fillActors,
	"person": fillPerson, "place": fillPlace, "owned": fillOwned,
	"state": fillState, "org": fillOrg,
}

// supportRole names the verb that a nominal predicate stands with.
const supportRole = "support"

// complements are the roles that an embedded clause fills.
var complements = map[string]bool{"xcomp": true, "ccomp": true, "acl": true, "advcl": true}

// constraint compiles the fillers that a rule asks for in a role.
func (rs *ruleset) constraint(role string, list []string, book *codebook.Book) (constraint, error) {
	k := constraint{role: strings.ToLower(role)}
	if len(list) == 0 {
		return k, errors.New("empty filler")
	}
	for _, f := range list {
		f, optional := strings.CutSuffix(f, "?")
		k.optional = k.optional || optional
		f, negate := strings.CutPrefix(f, "!")
		if alt, ok := strings.CutPrefix(f, "|"); ok {
			kind, known := fillerNames[alt]
			if !known {
				return k, fmt.Errorf("no kind %q", alt)
			}
			k.orKinds |= kind
			continue
		}
		if f == "" {
			return k, errors.New("empty filler")
		}
		if err := rs.filler(&k, f, negate, book); err != nil {
			return k, err
		}
	}
	return k, nil
}

// filler adds one filler to k.
func (rs *ruleset) filler(k *constraint, f string, negate bool, book *codebook.Book) error {
	// "state" and "place" are light verbs and modifiers too.
	plain := k.role == supportRole || k.role == doc.Modifier
	if kind, ok := fillerNames[f]; ok && (!plain || kind&(fillAny|fillNone) != 0) {
		if negate {
			k.notKinds |= kind
		} else {
			k.kinds |= kind
		}
		return nil
	}
	if _, ok := book.Type(f); ok && complements[k.role] {
		put(&k.types, f)
		return nil
	}
	if len(f) == 3 && f == strings.ToUpper(f) && book.HasSector(f) && !negate {
		put(&k.sectors, f)
		return nil
	}
	set := &k.words
	if negate {
		set = &k.forbidden
	}
	if name, isClass := strings.CutPrefix(f, "@"); isClass {
		class, ok := rs.sets[name]
		if !ok {
			return fmt.Errorf("no class %q", name)
		}
		set.classes = append(set.classes, class)
		return nil
	}
	for _, s := range spellings(strings.ToLower(f)) {
		put(&set.own, s)
	}
	return nil
}

func put(m *map[string]bool, s string) {
	if *m == nil {
		*m = map[string]bool{}
	}
	(*m)[s] = true
}

// listed reports whether the constraint lists what the filler must be one of.
func (k *constraint) listed() bool {
	return !k.words.empty() || len(k.sectors)+len(k.types) > 0 || k.orKinds != 0
}

// negative reports whether the constraint only forbids: it holds of nothing.
func (k *constraint) negative() bool { return k.kinds == 0 && !k.listed() }

// cost orders constraints so that the cheap ones are tried first.
func (k *constraint) cost() int {
	if (k.kinds|k.orKinds)&^(fillAny|fillNone) != 0 || len(k.sectors) > 0 {
		return 1
	}
	return 0
}

// weight is what a held constraint adds to how specific a match is.
func (k *constraint) weight() float64 {
	w := 0.0
	if k.listed() {
		w += 3
	}
	if k.kinds&(fillPerson|fillPlace|fillOwned|fillActors|fillState|fillOrg) != 0 {
		w += 1.5
	}
	if k.kinds&fillActor != 0 {
		w++
	}
	if k.kinds&(fillAny|fillNone) != 0 {
		w += 0.8
	}
	if k.negative() {
		w += 0.3
	}
	if k.optional {
		w *= 0.5
	}
	return w
}

// obliques that the analysis names otherwise.
func canonicalRole(role string) string {
	switch role {
	case "subject", "nsubj":
		return doc.Agent
	case "object", "obj":
		return doc.Patient
	case "iobj":
		return doc.Recipient
	}
	return role
}

// Package query owns the language in which records are asked for: GDELT's
// operators and casus's own fields, in one parser.
//
//	peace talks                     both words, anywhere in the article
//	"peace talks"                   the phrase
//	(truce OR ceasefire) -football  one of them, and not the last
//	near20:"trump putin"            within 20 words of each other
//	repeat3:"sanctions"             at least three times
//	actor:NOR event:CONSULT         fields of the record
//
// The package knows no store: it makes an [Expr], which a store compiles. What
// Parse returns has known fields and checked values, and Parse(q.String()) gives
// the same query again. An empty query asks for everything.
package query

import (
	"strconv"
	"strings"
)

// A Kind is what a search lists.
type Kind string

// The kinds of record that can be listed.
const (
	Event     Kind = "event"
	Statement Kind = "statement"
	Article   Kind = "article"
	Claim     Kind = "claim"
)

// Kinds lists the kinds, for help.
var Kinds = []string{string(Event), string(Statement), string(Article), string(Claim)}

// A Query is a parsed query.
type Query struct {
	Kind Kind // "" when the query does not say
	Expr Expr // nil asks for everything
}

// String writes the query so that Parse reads it again.
func (q *Query) String() string {
	var parts []string
	if q.Kind != "" {
		parts = append(parts, "kind:"+string(q.Kind))
	}
	switch e := q.Expr.(type) {
	case nil:
	case And:
		parts = append(parts, e.list(" "))
	default:
		parts = append(parts, e.String())
	}
	return strings.Join(parts, " ")
}

// Uses reports whether the query names one of the fields.
func (q *Query) Uses(names ...string) bool {
	found := false
	Walk(q.Expr, func(e Expr) {
		if f, ok := e.(Field); ok {
			for _, n := range names {
				found = found || f.Name == n
			}
		}
	})
	return found
}

// An Expr is a condition on a record: And, Or, Not, Text, Near, Repeat or Field.
type Expr interface{ String() string }

type (
	// And holds when all of its conditions hold.
	And []Expr
	// Or holds when one of its conditions holds.
	Or []Expr
	// Not holds when X does not.
	Not struct{ X Expr }
	// Text is a word, or the words of a phrase, of the article.
	Text struct{ Words string }
	// Near holds when the words stand within Distance words of each other.
	Near struct {
		Distance int
		Words    []string
	}
	// Repeat holds when the article has the word at least Times times.
	Repeat struct {
		Times int
		Word  string
	}
	// Field is a condition on a field of a record. Value is checked and in the
	// spelling that records use; Number is its value where it is a number or,
	// as days since 1970, a date.
	Field struct {
		Name   string
		Value  string
		Number float64
	}
)

func (e And) list(sep string) string {
	s := make([]string, len(e))
	for i, x := range e {
		s[i] = x.String()
	}
	return strings.Join(s, sep)
}

func (e And) String() string { return "(" + e.list(" ") + ")" }
func (e Or) String() string  { return "(" + And(e).list(" OR ") + ")" }
func (e Not) String() string { return "-" + e.X.String() }
func (e Near) String() string {
	return "near" + strconv.Itoa(e.Distance) + ":" + quote(strings.Join(e.Words, " "))
}
func (e Repeat) String() string { return "repeat" + strconv.Itoa(e.Times) + ":" + quote(e.Word) }
func (e Field) String() string  { return e.Name + ":" + quote(e.Value) }

func (e Text) String() string { return quote(e.Words) }

// quote puts s between quotation marks; there is no way to write one inside.
func quote(s string) string { return `"` + s + `"` }

// Walk calls f for the expression and every one inside it.
func Walk(e Expr, f func(Expr)) {
	if e == nil {
		return
	}
	f(e)
	switch e := e.(type) {
	case And:
		for _, x := range e {
			Walk(x, f)
		}
	case Or:
		for _, x := range e {
			Walk(x, f)
		}
	case Not:
		Walk(e.X, f)
	}
}

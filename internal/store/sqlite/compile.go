package sqlite

import (
	"strconv"
	"strings"

	"casus/internal/query"
	"casus/internal/store"
)

// A level is the table that a condition is about.
type level string

const (
	articles   level = "article"
	events     level = "event"
	statements level = "statement"
	claims     level = "claim"
)

// alias is the name of each level's row in a query.
var alias = map[level]string{articles: "r", events: "e", statements: "s", claims: "c"}

func levelOf(k query.Kind) level { return level(k) }

// A compiler turns a query into SQL. Every value becomes a parameter; the SQL
// itself is made of constants of this file only.
type compiler struct {
	kind    level
	shown   string // condition on events that are listed when status is not asked for
	shownIs []any
}

// sqlCond is SQL with its parameters.
type sqlCond struct {
	sql  string
	args []any
}

func (c *sqlCond) add(sql string, args ...any) {
	c.sql += sql
	c.args = append(c.args, args...)
}

func join(cs []sqlCond, sep string) sqlCond {
	var out sqlCond
	for i, c := range cs {
		if i > 0 {
			out.sql += sep
		}
		out.add(c.sql, c.args...)
	}
	return out
}

func paren(c sqlCond) sqlCond { return sqlCond{"(" + c.sql + ")", c.args} }

// newCompiler returns the compiler of a request.
func newCompiler(r *store.Request) *compiler {
	c := &compiler{kind: levelOf(r.KindOf())}
	switch {
	case r.All:
		c.shown = "1"
	case r.Query != nil && r.Query.Uses("status", "review"):
		c.shown, c.shownIs = "e.confidence >= ?", []any{r.MinConfidence}
		if !r.Query.Uses("review") {
			c.shown += " AND e.review IS NOT 'rejected'"
		}
	default:
		c.shown, c.shownIs = "e.status = 'actual' AND e.background = 0 AND e.confidence >= ? AND e.review IS NOT 'rejected'", []any{r.MinConfidence}
	}
	return c
}

// base is the condition on the rows of the kind before any query.
func (c *compiler) base(r *store.Request) sqlCond {
	switch {
	case c.kind == events:
		return sqlCond{c.shown, c.shownIs}
	case c.kind == articles || r.All || r.Query != nil && r.Query.Uses("review"):
		return sqlCond{"1", nil}
	}
	return sqlCond{alias[c.kind] + ".review IS NOT 'rejected'", nil}
}

// level returns the level that all parts of an expression are about, and false
// when they are about several.
func (c *compiler) level(e query.Expr) (level, bool) {
	var found level
	ok := true
	query.Walk(e, func(e query.Expr) {
		var l level
		switch e := e.(type) {
		case query.Field:
			l = c.fieldLevel(e.Name)
		case query.Text, query.Near, query.Repeat:
			l = articles
		default:
			return
		}
		if found == "" {
			found = l
		}
		ok = ok && found == l
	})
	return found, ok
}

func (c *compiler) fieldLevel(name string) level {
	switch name {
	case "actor", "recipient", "according_to", "event", "cameo", "mode", "context", "theme", "status", "quad", "place", "confidence":
		return events
	case "speaker", "about", "polarity":
		return statements
	case "review", "since", "until":
		return c.kind
	}
	return articles
}

// compile returns the condition of an expression. in is the level whose row is
// at hand besides the article's, which always is.
func (c *compiler) compile(e query.Expr, in level) sqlCond {
	if l, ok := c.level(e); ok && l != articles && l != in {
		return c.exists(l, e)
	}
	switch e := e.(type) {
	case query.And:
		return c.and(e, in)
	case query.Or:
		cs := make([]sqlCond, len(e))
		for i, x := range e {
			cs[i] = c.compile(x, in)
		}
		return paren(join(cs, " OR "))
	case query.Not:
		x := c.compile(e.X, in)
		return sqlCond{"NOT coalesce(" + x.sql + ", 0)", x.args}
	case query.Text, query.Near:
		return sqlCond{"r.a IN (SELECT rowid FROM words WHERE words MATCH ?)", []any{match(e)}}
	case query.Repeat:
		return sqlCond{
			"(r.a IN (SELECT rowid FROM words WHERE words MATCH ?) AND (SELECT casus_repeats(k.title, k.body, k.doc, ?) FROM content k WHERE k.a = r.a) >= ?)",
			[]any{match(query.Text{Words: e.Word}), e.Word, e.Times},
		}
	case query.Field:
		return c.field(e)
	}
	return sqlCond{"1", nil}
}

// and keeps together the conditions on one other level: actor:NOR event:AID asks
// an article for one event with both.
func (c *compiler) and(e query.And, in level) sqlCond {
	other := map[level]query.And{}
	var cs []sqlCond
	for _, x := range e {
		if l, ok := c.level(x); ok && l != articles && l != in {
			if _, not := x.(query.Not); !not {
				other[l] = append(other[l], x)
				continue
			}
		}
		cs = append(cs, c.compile(x, in))
	}
	for _, l := range []level{events, statements, claims} {
		if xs := other[l]; len(xs) > 0 {
			cs = append(cs, c.exists(l, xs))
		}
	}
	return paren(join(cs, " AND "))
}

// exists asks for a row of another level in the same article.
func (c *compiler) exists(l level, e query.Expr) sqlCond {
	a := alias[l]
	out := sqlCond{sql: "EXISTS (SELECT 1 FROM " + string(l) + " " + a + " WHERE " + a + ".a = r.a AND "}
	if l == events {
		out.add(c.shown+" AND ", c.shownIs...)
	}
	if and, ok := e.(query.And); ok && len(and) > 0 {
		cs := make([]sqlCond, len(and))
		for i, x := range and {
			cs[i] = c.compile(x, l)
		}
		x := join(cs, " AND ")
		out.add(x.sql, x.args...)
	} else {
		x := c.compile(e, l)
		out.add(x.sql, x.args...)
	}
	out.add(")")
	return out
}

// match writes FTS5's own query: words only ever stand between quotation marks.
func match(e query.Expr) string {
	switch e := e.(type) {
	case query.Text:
		return quote(e.Words)
	case query.Near:
		w := make([]string, len(e.Words))
		for i, x := range e.Words {
			w[i] = quote(x)
		}
		return "NEAR(" + strings.Join(w, " ") + ", " + strconv.Itoa(e.Distance) + ")"
	}
	return `""`
}

// quote makes a string of FTS5, which ends at a NUL.
func quote(s string) string {
	return `"` + strings.NewReplacer(`"`, `""`, "\x00", " ").Replace(s) + `"`
}

func (c *compiler) field(f query.Field) sqlCond {
	switch f.Name {
	case "actor":
		return c.who("a", "src", f.Value)
	case "recipient":
		return c.who("r", "tgt", f.Value)
	case "according_to":
		return taking(events, "w", f.Value)
	case "speaker":
		return taking(statements, "s", f.Value)
	case "about":
		return taking(statements, "b", f.Value)
	case "event":
		return sqlCond{"e.type = ?", []any{f.Value}}
	case "cameo":
		return sqlCond{"e.cameo GLOB ?", []any{f.Value + "*"}}
	case "mode":
		return sqlCond{"instr(e.modes, ?)", []any{" " + f.Value + " "}}
	case "context":
		return sqlCond{"instr(e.contexts, ?)", []any{" " + f.Value + " "}}
	case "theme":
		return sqlCond{"(e.type = ? OR instr(e.contexts, ?))", []any{strings.ToUpper(f.Value), " " + f.Value + " "}}
	case "status":
		if f.Value == "any" {
			return sqlCond{"e.status <> ''", nil}
		}
		return sqlCond{"e.status = ?", []any{f.Value}}
	case "quad":
		return sqlCond{"e.quad = ?", []any{int(f.Number)}}
	case "confidence":
		return sqlCond{"e.confidence >= ?", []any{f.Number}}
	case "place":
		x := spotsNamed(f.Value)
		return sqlCond{"e.spot IN (" + x.sql + ")", x.args}
	case "polarity":
		return sqlCond{"s.polarity = ?", []any{f.Value}}
	case "review":
		if c.kind == articles {
			return sqlCond{"EXISTS (SELECT 1 FROM correction x WHERE x.article = r.id AND x.action = ?)", []any{map[string]string{"accepted": store.Accept, "rejected": store.Reject, "edited": store.Edit}[f.Value]}}
		}
		return sqlCond{alias[c.kind] + ".review = ?", []any{f.Value}}
	case "since":
		return c.days(">=", f)
	case "until":
		return c.days("<=", f)
	case "outlet":
		return sqlCond{`r.outlet LIKE ? ESCAPE '\'`, []any{"%" + like(f.Value) + "%"}}
	case "domain":
		return sqlCond{`(r.domain = ? OR r.domain LIKE ? ESCAPE '\')`, []any{f.Value, "%." + like(f.Value)}}
	case "domainis":
		return sqlCond{"r.domain = ?", []any{f.Value}}
	case "sourcecountry":
		return sqlCond{"r.country = ?", []any{f.Value}}
	case "sourcelang":
		return sqlCond{"r.language = ?", []any{f.Value}}
	case "genre":
		return sqlCond{"r.genre = ?", []any{f.Value}}
	case "story":
		return sqlCond{"r.a IN (SELECT x.a FROM story_article x JOIN story y ON y.id = x.story WHERE y.key = ?)", []any{f.Value}}
	}
	return sqlCond{"0", nil}
}

// days compares the day of an event, or of the article's publication.
func (c *compiler) days(op string, f query.Field) sqlCond {
	if c.kind == events {
		return sqlCond{"e.day " + op + " ?", []any{int(f.Number)}}
	}
	low, high := keyRange(int(f.Number), int(f.Number))
	bound := low
	if op == "<=" {
		bound = high
	}
	// Articles of unknown date come before all others and are in no range.
	none, _ := keyRange(noDay+1, 0)
	return sqlCond{"(r.a " + op + " ? AND r.a >= ?)", []any{bound, none}}
}

// who is a condition on the actors or recipients of an event. Codes stand in
// the event's own row; names are looked up.
func (c *compiler) who(role, column, v string) sqlCond {
	if isCode(v) {
		return sqlCond{"instr(e." + column + ", ?)", []any{" " + v + " "}}
	}
	return taking(events, role, v)
}

// taking is a condition on who takes part in a record.
func taking(l level, role, v string) sqlCond {
	x := partsOf(role, v)
	a := alias[l]
	return sqlCond{"(" + a + ".a, " + a + ".n) IN (" + x.sql + ")", x.args}
}

// partsOf lists the records in which somebody has a role.
func partsOf(role, v string) sqlCond {
	x := entitiesNamed(v)
	return sqlCond{"SELECT p.a, p.n FROM part p WHERE p.role = '" + role + "' AND p.entity IN (" + x.sql + ")", x.args}
}

// entitiesNamed lists those who go by a code, a knowledge-base id or a name.
func entitiesNamed(v string) sqlCond {
	if isCode(v) {
		return sqlCond{"SELECT id FROM entity WHERE code = ?", []any{v}}
	}
	return sqlCond{"SELECT id FROM entity WHERE kb = ? UNION SELECT rowid FROM entity_words WHERE entity_words MATCH ?", []any{v, quote(v)}}
}

// spotsNamed lists places by country code or by name, which also covers the
// places of a region of that name.
func spotsNamed(v string) sqlCond {
	if isCode(v) {
		return sqlCond{"SELECT id FROM spot WHERE country = ?", []any{v}}
	}
	return sqlCond{"SELECT id FROM spot WHERE name = ? OR admin1 = ? OR kb = ?", []any{v, v, v}}
}

// isCode reports whether v is a country or other three-letter code.
func isCode(v string) bool {
	return len(v) == 3 && strings.Trim(v, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

func like(s string) string { return strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(s) }

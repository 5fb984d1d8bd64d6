package event

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"

	"casus/internal/extract/codebook"
)

// A Rule says which predicate, with which arguments, is which act.
type Rule struct {
	ID       string           `yaml:"id"`
	Verb     words            `yaml:"verb"`
	Noun     words            `yaml:"noun"`
	Adj      words            `yaml:"adj"`
	Class    words            `yaml:"class"`
	Where    map[string]words `yaml:"where"`
	Gives    Gives            `yaml:"gives"`
	Inner    words            `yaml:"inner"` // frames of the embedded clause that is the inner act; "any"
	Priority int              `yaml:"priority"`
	Prior    float64          `yaml:"prior"`
	Yes      []string         `yaml:"yes"`
	No       []string         `yaml:"no"`
	Note     string           `yaml:"note"`

	File  string `yaml:"-"`
	where []constraint
}

// Gives is what a rule makes of the predicate it matches. Actors and Recipients
// name roles.
type Gives struct {
	Event      string `yaml:"event"`
	Mode       words  `yaml:"mode"`
	CAMEO      string `yaml:"cameo"`
	Contexts   words  `yaml:"contexts"`
	Actors     words  `yaml:"actors"`
	Recipients words  `yaml:"recipients"`
	Reciprocal bool   `yaml:"reciprocal"`
}

// words is a list that may be written as one scalar.
type words []string

// UnmarshalYAML reads a scalar or a list.
func (w *words) UnmarshalYAML(unmarshal func(any) error) error {
	var list []string
	if unmarshal(&list) == nil {
		*w = list
		if list == nil {
			*w = words{} // an empty list says none, its absence says the default
		}
		return nil
	}
	var one string
	if err := unmarshal(&one); err != nil {
		return err
	}
	if one != "" {
		*w = words{one}
	}
	return nil
}

// ruleset is all rules, by the lemma they wait for.
type ruleset struct {
	rules              []Rule
	byLemma            map[string][]entry // by head word: "v:meet", "n:talks", "a:critical"
	phrasal            map[string]bool    // verbs with a particle that rules name
	classes            map[string][]string
	sets               map[string]map[string]bool // the classes, with both spellings
	nouns, verbs, adjs []string
}

// An entry is a rule that waits for a word, and the further words of the
// predicate: "take hostage", "hunger strike", "exchange of views".
type entry struct {
	rule int32
	rest []string
	of   bool
}

// loadRules reads classes.yaml and every other YAML file of the folder, with the
// yes and no sentences only where they are asked for: coding has no need of them.
func loadRules(fsys fs.FS, dir string, book *codebook.Book, examples bool) (*ruleset, error) {
	rs := &ruleset{byLemma: map[string][]entry{}, phrasal: map[string]bool{}, classes: map[string][]string{}, sets: map[string]map[string]bool{}}
	if data, err := fs.ReadFile(fsys, path.Join(dir, "classes.yaml")); err == nil {
		var raw map[string]words
		if err := yaml.Unmarshal(data, &raw); err != nil {
			return nil, fmt.Errorf("classes.yaml: %w", err)
		}
		for name, list := range raw {
			rs.classes[name] = list
		}
		if err := rs.expand(); err != nil {
			return nil, fmt.Errorf("classes.yaml: %w", err)
		}
	} else if !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	entries, err := fs.ReadDir(fsys, dir)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, e := range entries {
		if path.Ext(e.Name()) == ".yaml" && e.Name() != "classes.yaml" {
			names = append(names, path.Join(dir, e.Name()))
		}
	}
	// Most of the time to the first record would be spent here: files are read
	// side by side.
	lists, errs := make([][]Rule, len(names)), make([]error, len(names))
	var wg sync.WaitGroup
	for i, name := range names {
		wg.Go(func() { lists[i], errs[i] = rs.read(fsys, name, book, examples) })
	}
	wg.Wait()
	for i := range names {
		if errs[i] != nil {
			return nil, errs[i]
		}
		rs.rules = append(rs.rules, lists[i]...)
	}
	rs.index()
	return rs, nil
}

// expand puts the words of classes that name other classes ("@troops") in
// their place.
func (rs *ruleset) expand() error {
	names := make([]string, 0, len(rs.classes))
	for n := range rs.classes {
		names = append(names, n)
	}
	slices.Sort(names)
	for _, n := range names {
		list, err := rs.resolve(rs.classes[n], 0)
		if err != nil {
			return fmt.Errorf("class %s: %w", n, err)
		}
		rs.classes[n] = list
	}
	for _, n := range names {
		set := make(map[string]bool, len(rs.classes[n]))
		for _, w := range rs.classes[n] {
			for _, s := range spellings(strings.ToLower(w)) {
				set[s] = true
			}
		}
		rs.sets[n] = set
	}
	return nil
}

func (rs *ruleset) resolve(list []string, depth int) ([]string, error) {
	if depth > 8 {
		return nil, errors.New("classes name each other in a circle")
	}
	var out []string
	for _, w := range list {
		name, isClass := strings.CutPrefix(w, "@")
		if !isClass {
			out = append(out, w)
			continue
		}
		sub, ok := rs.classes[name]
		if !ok {
			return nil, fmt.Errorf("no class %q", name)
		}
		more, err := rs.resolve(sub, depth+1)
		if err != nil {
			return nil, err
		}
		out = append(out, more...)
	}
	return out, nil
}

// read returns the rules of one file.
func (rs *ruleset) read(fsys fs.FS, name string, book *codebook.Book, examples bool) ([]Rule, error) {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, err
	}
	if !examples {
		data = withoutExamples(data)
	}
	var list []Rule
	dec := yaml.NewDecoder(bytes.NewReader(data), yaml.Strict())
	if err := dec.Decode(&list); err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	for i := range list {
		r := &list[i]
		r.File = path.Base(name)
		if err := rs.compile(r, book); err != nil {
			return nil, fmt.Errorf("%s: rule %d (%s): %w", name, i+1, r.ID, err)
		}
	}
	return list, nil
}

// withoutExamples empties the lines of the keys yes and no, and those indented
// below them. Line numbers stay what they are.
func withoutExamples(data []byte) []byte {
	out := make([]byte, 0, len(data))
	inside := -1 // indentation of the key whose lines are left out
	for line := range bytes.Lines(data) {
		text := bytes.TrimLeft(line, " ")
		indent := len(line) - len(text)
		blank := len(bytes.TrimSpace(line)) == 0
		if inside >= 0 && !blank && indent <= inside {
			inside = -1
		}
		if inside < 0 && (bytes.HasPrefix(text, []byte("yes:")) || bytes.HasPrefix(text, []byte("no:"))) {
			inside = indent
		}
		if inside >= 0 {
			line = []byte("\n")
		}
		out = append(out, line...)
	}
	return out
}

// compile checks a rule against the code book and prepares its constraints.
func (rs *ruleset) compile(r *Rule, book *codebook.Book) error {
	if r.ID == "" {
		return errors.New("no id")
	}
	for _, c := range r.Class {
		list, ok := rs.classes[strings.TrimPrefix(c, "@")]
		if !ok {
			return fmt.Errorf("no class %q", c)
		}
		r.Verb = append(r.Verb, list...)
	}
	for _, l := range []*words{&r.Verb, &r.Noun, &r.Adj} {
		list, err := rs.resolve(*l, 0)
		if err != nil {
			return err
		}
		*l = list
	}
	if len(r.Verb)+len(r.Noun)+len(r.Adj) == 0 {
		return errors.New("names no verb, noun, adj or class")
	}
	// A rule without an event keeps its words from being any: "meet the target".
	if r.Gives.Event != "" {
		if _, ok := book.Type(r.Gives.Event); !ok {
			return fmt.Errorf("no event type %q", r.Gives.Event)
		}
	}
	for _, m := range r.Gives.Mode {
		if _, ok := book.Mode(r.Gives.Event, m); !ok {
			return fmt.Errorf("%s has no mode %q", r.Gives.Event, m)
		}
	}
	for _, c := range r.Gives.Contexts {
		if !book.HasContext(c) {
			return fmt.Errorf("no context %q", c)
		}
	}
	if r.Gives.CAMEO != "" {
		if _, ok := book.CAMEO(r.Gives.CAMEO); !ok {
			return fmt.Errorf("no CAMEO code %q", r.Gives.CAMEO)
		}
	}
	if r.Prior == 0 {
		r.Prior = defaultPrior
	}
	roles := make([]string, 0, len(r.Where))
	for role := range r.Where {
		roles = append(roles, role)
	}
	slices.Sort(roles)
	for _, role := range roles {
		k, err := rs.constraint(canonicalRole(strings.TrimSuffix(role, "?")), r.Where[role], book)
		if err != nil {
			return fmt.Errorf("where %s: %w", role, err)
		}
		k.optional = k.optional || strings.HasSuffix(role, "?")
		r.where = append(r.where, k)
	}
	slices.SortStableFunc(r.where, func(a, b constraint) int { return cmp.Compare(a.cost(), b.cost()) })
	return nil
}

// index lists the rules by the words they wait for, with the other spelling of
// -ize and -ise words.
func (rs *ruleset) index() {
	slices.SortStableFunc(rs.rules, func(a, b Rule) int { return cmp.Compare(a.ID, b.ID) })
	nouns, adjs := map[string]bool{}, map[string]bool{}
	for i := range rs.rules {
		r := &rs.rules[i]
		for _, l := range r.Verb {
			head, rest, _ := strings.Cut(strings.ToLower(l), " ")
			rs.wait("v:", head, entry{rule: int32(i), rest: strings.Fields(rest)})
			if rest != "" {
				rs.phrasal[strings.ToLower(l)] = true
			}
			rs.verbs = append(rs.verbs, strings.ToLower(l))
		}
		for _, l := range r.Noun {
			head, e := nounEntry(int32(i), strings.ToLower(l))
			rs.wait("n:", head, e)
			for _, s := range spellings(head) {
				nouns[s] = true
			}
		}
		for _, l := range r.Adj {
			rs.wait("a:", strings.ToLower(l), entry{rule: int32(i)})
			adjs[strings.ToLower(l)] = true
		}
	}
	rs.nouns, rs.adjs = sortedKeys(nouns), sortedKeys(adjs)
}

func (rs *ruleset) wait(prefix, head string, e entry) {
	for _, s := range spellings(head) {
		rs.byLemma[prefix+s] = append(rs.byLemma[prefix+s], e)
	}
}

// nounEntry splits a noun predicate of several words at its head: the last
// word, or the one before "of".
func nounEntry(rule int32, l string) (string, entry) {
	if head, of, ok := strings.Cut(l, " of "); ok {
		return head, entry{rule: rule, rest: []string{of}, of: true}
	}
	ws := strings.FieldsFunc(l, func(r rune) bool { return r == ' ' || r == '-' })
	n := len(ws) - 1
	return ws[n], entry{rule: rule, rest: ws[:n]}
}

func sortedKeys(m map[string]bool) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// spellings returns a lemma and how the other side of the Atlantic writes it.
func spellings(l string) []string {
	for _, p := range [][2]string{{"ize", "ise"}, {"yze", "yse"}, {"ization", "isation"}, {"defense", "defence"}, {"offense", "offence"}, {"license", "licence"}, {"labor", "labour"}} {
		for i, suffix := range p {
			if stem, ok := strings.CutSuffix(l, suffix); ok && (len(stem) > 3 || len(suffix) > 4) {
				return []string{l, stem + p[1-i]}
			}
		}
	}
	return []string{l}
}

// defaultPrior is the confidence of a rule that states none.
const defaultPrior = 0.75

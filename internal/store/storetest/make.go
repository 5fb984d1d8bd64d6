// Package storetest holds what every store must pass, and makes the documents
// to pass it with: as many as wanted, always the same ones.
package storetest

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"time"

	"casus/internal/query"
	"casus/internal/record"
	"casus/internal/store"
)

// Coders that made documents hand out.
var (
	First  = record.Coder{Version: "v1", Model: "m1", Lexicon: "l1"}
	Second = record.Coder{Version: "v2", Model: "m1", Lexicon: "l2"}
)

// At is when tests put things.
var At = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

var (
	states   = []string{"USA", "CHN", "RUS", "UKR", "ISR", "PSE", "GBR", "FRA", "DEU", "IRN", "IND", "PAK", "TUR", "SYR", "JPN", "KOR", "PRK", "BRA", "MEX", "COL", "VEN", "NGA", "KEN", "ETH", "SDN", "EGY", "SAU", "YEM", "AUS", "IDN", "NOR", "SWE", "POL", "ITA", "ESP", "GRC", "ZAF", "COD", "MMR", "PHL"}
	sectors  = []string{"GOV", "MIL", "COP", "OPP", "LEG", "JUD", "CVL", "REB", "BUS", "MED"}
	given    = []string{"Ana", "Bo", "Carla", "Dmitri", "Elif", "Farid", "Grace", "Hiro", "Ines", "Jonas", "Kofi", "Lina"}
	family   = []string{"Lima", "Berg", "Okafor", "Haddad", "Novak", "Sato", "Moreau", "Silva", "Kaya", "Petrov", "Ruiz", "Ndlovu"}
	towns    = []string{"Northport", "Easton", "Vale", "Kirra", "Salto Alto", "Brod", "Minas", "Port Reva", "Ostrava Hill", "Tamba"}
	acts     = []act{{"CONSULT", "met", "040", 1, 1, 1}, {"AGREE", "agreed", "030", 1, 3, 4}, {"SUPPORT", "praised", "051", 1, 3, 3.4}, {"COOPERATE", "joined", "060", 2, 6, 6}, {"AID", "supplied", "070", 2, 7, 7}, {"REQUEST", "urged", "100", 3, -1, -5}, {"ACCUSE", "accused", "112", 3, -2, -2}, {"REJECT", "refused", "120", 3, -4, -4}, {"THREATEN", "threatened", "130", 3, -4.4, -4.4}, {"PROTEST", "protested", "141", 3, -6.5, -6.5}, {"SANCTION", "sanctioned", "163", 4, -8, -8}, {"COERCE", "arrested", "173", 4, -5, -5}, {"ASSAULT", "attacked", "190", 4, -10, -10}}
	statuses = []string{record.Actual, record.Actual, record.Actual, record.Actual, record.Historical, record.Future, record.Hypothetical, record.Negated}
	outlets  = []string{"Daily Example", "Example Wire", "The Northport Post", "Evening Sample", "Sample Tribune"}
)

type act struct {
	typ, verb, cameo string
	quad             int
	score, goldstein float64
}

// vocabulary is so many invented words, the first the commonest.
const vocabulary = 40_000

// zipf returns a word number, small ones more often.
func zipf(r *rand.Rand, n int) int {
	return min(n-1, int(math.Exp(r.Float64()*math.Log(float64(n))))-1)
}

func word(n int) string {
	const cons, vows = "bcdfghklmnprstvz", "aeiou"
	var b strings.Builder
	for i := 0; i < 2 || n > 0; i++ {
		b.WriteByte(cons[n%16])
		n /= 16
		b.WriteByte(vows[n%5])
		n /= 5
	}
	return b.String()
}

// Document makes document number i of a corpus that spreads over days days from
// 2025-01-01. It has about 400 words, three events, three statements and a claim,
// and the reasons that a coder gives.
func Document(i, days int) *record.Document {
	r := rand.New(rand.NewPCG(uint64(i), 20260301))
	m := &maker{r: r, d: &record.Document{Schema: record.Schema, Coder: First}}
	d := m.d
	day := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, i*7919%days)
	d.Actors, d.Places, d.Times = []record.Actor{}, []record.Place{}, []record.Time{}
	d.Events, d.Statements, d.Claims = []record.Event{}, []record.Statement{}, []record.Claim{}
	published := day.Format(time.DateOnly)
	title := m.words(6)
	d.Article = record.Article{
		ID: fmt.Sprintf("doc%07d", i), URL: record.Ptr(fmt.Sprintf("https://news%d.example/%s/%d", i%len(outlets), published, i)), Outlet: record.Ptr(outlets[i%len(outlets)]),
		Title: &title, Published: &published, Language: record.Ptr("en"), Genre: record.Ptr("report"), Sentences: []record.Sentence{{Start: 0, End: len(title), In: "title"}},
	}
	for n := range 3 {
		m.filler(4)
		m.event(n, day)
		m.filler(1)
		m.statement(n)
	}
	m.filler(2)
	d.Article.Text = m.text.String()
	return d
}

type maker struct {
	r    *rand.Rand
	d    *record.Document
	text strings.Builder
}

func (m *maker) words(n int) string {
	w := make([]string, n)
	for i := range w {
		w[i] = word(zipf(m.r, vocabulary))
	}
	w[0] = strings.ToUpper(w[0][:1]) + w[0][1:]
	return strings.Join(w, " ")
}

// sentence writes a sentence and returns its number and where it begins.
func (m *maker) sentence(s string) (n, at int) {
	if m.text.Len() > 0 {
		m.text.WriteString(" ")
	}
	at = m.text.Len()
	m.text.WriteString(s)
	m.d.Article.Sentences = append(m.d.Article.Sentences, record.Sentence{Start: at, End: m.text.Len()})
	return len(m.d.Article.Sentences) - 1, at
}

func (m *maker) filler(n int) {
	for range n {
		m.sentence(m.words(20) + ".")
	}
}

// span finds words in a sentence that begins at a place.
func span(sentence string, at int, words string) record.Span {
	i := at + strings.Index(sentence, words)
	return record.Span{Start: i, End: i + len(words), Text: words}
}

func (m *maker) actor(sentence string, at int, name, typ, code, sector string) string {
	sp := span(sentence, at, name)
	for i := range m.d.Actors {
		if a := &m.d.Actors[i]; a.Name == name {
			a.Mentions = append(a.Mentions, record.Mention{Span: sp, Form: "name"})
			return a.ID
		}
	}
	id := fmt.Sprintf("a%d", len(m.d.Actors)+1)
	m.d.Actors = append(m.d.Actors, record.Actor{
		ID: id, Name: name, Type: typ, Country: &code, Code: &code, Sectors: []string{sector}, KB: record.Ptr("kb:" + strings.ReplaceAll(name, " ", "-")),
		Mentions: []record.Mention{{Span: sp, Form: "name"}}, Why: []string{"kb.name", "kb.context"},
	})
	return id
}

func (m *maker) event(n int, day time.Time) {
	x := acts[m.r.IntN(len(acts))]
	src, tgt := zipf(m.r, len(states)), zipf(m.r, len(states))
	if tgt == src {
		tgt = (src + 1) % len(states)
	}
	who := family[m.r.IntN(len(family))]
	town := towns[zipf(m.r, len(towns))]
	when := []string{"on Monday", "on Tuesday", "last week"}[m.r.IntN(3)]
	a, b := "State-"+states[src], given[m.r.IntN(len(given))]+" "+who
	s := fmt.Sprintf("%s %s %s of %s in %s %s, %s.", a, x.verb, b, states[tgt], town, when, m.words(6))
	sn, at := m.sentence(s)
	ai := m.actor(s, at, a, record.State, states[src], "GOV")
	bi := m.actor(s, at, b, record.Person, states[tgt], sectors[m.r.IntN(len(sectors))])
	pid := ""
	for i := range m.d.Places {
		if m.d.Places[i].Name == town {
			pid = m.d.Places[i].ID
		}
	}
	if pid == "" {
		pid = fmt.Sprintf("p%d", len(m.d.Places)+1)
		lat, lon := float64(len(town)), float64(src)
		m.d.Places = append(m.d.Places, record.Place{
			ID: pid, Name: town, Type: "city", Country: &states[src], Lat: &lat, Lon: &lon, KB: record.Ptr(fmt.Sprintf("geonames:%d", 1000+src)),
			Mentions: []record.Mention{{Span: span(s, at, town), Use: "literal"}}, Why: []string{"population", "country of the actor"},
		})
	}
	from := query.Date(query.Day(day) - m.r.IntN(7)).Format(time.DateOnly)
	tid := fmt.Sprintf("t%d", n+1)
	m.d.Times = append(m.d.Times, record.Time{ID: tid, Span: span(s, at, when), Type: "DATE", Value: from, From: &from, To: &from, Granularity: "day", Rule: "en.weekday"})
	trig := span(s, at, x.verb)
	status := statuses[m.r.IntN(len(statuses))]
	score, gold := x.score, x.goldstein
	m.d.Events = append(m.d.Events, record.Event{
		ID: fmt.Sprintf("e%d", n+1), Type: x.typ, Modes: []string{}, Contexts: []string{"diplomatic"}, CAMEO: record.Ptr(x.cameo), Quad: x.quad, Score: &score, Goldstein: &gold,
		Actors: []string{ai}, Recipients: []string{bi}, Background: m.r.IntN(5) == 0, Inner: []record.Inner{}, Status: status,
		Time: &record.EventTime{From: &from, To: &from, Ref: &tid, Basis: "clause"}, Place: &pid, Trigger: trig, Sentence: sn,
		Mentions:   []record.EventMention{{Trigger: trig, Sentence: sn, Status: status, AccordingTo: []string{}}},
		DisputedBy: []string{}, Size: map[string]string{}, AccordingTo: []string{}, Confidence: float64(30+m.r.IntN(70)) / 100,
		Why: record.Why{Rule: "en." + strings.ToLower(x.typ) + "." + x.verb, Evidence: []record.Span{trig, span(s, at, a), span(s, at, b)}, Steps: []string{"subject of " + x.verb + " is " + a, "object is " + b, "past tense, no cue of negation"}},
	})
}

func (m *maker) statement(n int) {
	who := given[m.r.IntN(len(given))] + " " + family[m.r.IntN(len(family))]
	code := states[zipf(m.r, len(states))]
	what := m.words(12)
	dead := m.r.IntN(90) + 2
	plain := fmt.Sprintf("%q, said %s, who counted %d people.", what, who, dead)
	sn, at := m.sentence(plain)
	id := m.actor(plain, at, who, record.Person, code, "GOV")
	about := []string{}
	if len(m.d.Actors) > 1 && m.d.Actors[0].ID != id {
		about = append(about, m.d.Actors[0].ID)
	}
	cue, src := span(plain, at, "said"), span(plain, at, who)
	sid := fmt.Sprintf("s%d", n+1)
	m.d.Statements = append(m.d.Statements, record.Statement{
		ID: sid, Kind: "direct", Speaker: &id, Source: &src, Cue: &cue, Content: []record.Span{span(plain, at, what)}, Candidates: []string{}, Addressees: []string{}, Via: []record.Via{},
		Polarity: []string{"affirms", "affirms", "denies"}[m.r.IntN(3)], About: about, Sentence: sn, Why: record.Why{Rule: "en.quote.said", Evidence: []record.Span{cue}},
	})
	low := float64(dead)
	m.d.Claims = append(m.d.Claims, record.Claim{
		ID: fmt.Sprintf("c%d", n+1), Span: span(plain, at, fmt.Sprintf("%d people", dead)), Quantity: &record.Quantity{Low: &low, High: &low, Unit: "people"},
		AssertedBy: []string{id}, DisputedBy: []record.Dispute{}, Disputes: []string{}, Statement: &sid, Why: record.Why{Rule: "en.count", Evidence: []record.Span{}},
	})
}

// Item is document i as an item to put.
func Item(i, days int) store.Item {
	return store.Item{Document: Document(i, days), Country: states[i%5]}
}

// Items are the documents [from, to).
func Items(from, to, days int) []store.Item {
	out := make([]store.Item, 0, to-from)
	for i := from; i < to; i++ {
		out = append(out, Item(i, days))
	}
	return out
}

// Package record defines what casus writes: events, statements and claims, with
// the actors, places and times they name, each anchored to its words.
//
// The types marshal to the schema "casus/1". They import nothing of the
// analysis, so that stores, servers and exporters can be built without it.
// Offsets are half-open counts of Unicode code points into the article's text
// (or its title, where a span says so). Unknown is null or absent, never a guess.
package record

// Schema names the shape of the records.
const Schema = "casus/1"

// A Document is all that one article yields.
type Document struct {
	Schema     string      `json:"schema"`
	Coder      Coder       `json:"coder"`
	Article    Article     `json:"article"`
	Outcome    *Outcome    `json:"outcome"`
	Actors     []Actor     `json:"actors"`
	Places     []Place     `json:"places"`
	Times      []Time      `json:"times"`
	Events     []Event     `json:"events"`
	Statements []Statement `json:"statements"`
	Claims     []Claim     `json:"claims"`
}

// A Coder says what made the records: the same input and coder give the same bytes.
type Coder struct {
	Version string `json:"version"`
	Model   string `json:"model"`   // hash of the language model
	Lexicon string `json:"lexicon"` // hash of rules, lexicons and tables
}

// An Article is the text that the spans slice.
type Article struct {
	ID        string     `json:"id"`
	URL       *string    `json:"url"`
	Outlet    *string    `json:"outlet"`
	Title     *string    `json:"title"`
	Byline    *string    `json:"byline"`
	Published *string    `json:"published"`
	Language  *string    `json:"language"`
	Genre     *string    `json:"genre"`
	Text      string     `json:"text"`
	Sentences []Sentence `json:"sentences"`
}

// A Sentence is a range of the text, or of the title where In says so.
type Sentence struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	In    string `json:"in,omitempty"`
	// Background says why events of this sentence are background, if they are.
	Background string `json:"background,omitempty"`
}

// An Outcome says why an article has no records.
type Outcome struct {
	Stage  string `json:"stage"`
	Code   string `json:"code"`
	Reason string `json:"reason"`
}

// A Span is a range of the text and the words in it.
type Span struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Text  string `json:"text"`
	In    string `json:"in,omitempty"` // "title", or "" for the text
}

// Types of actor.
const (
	Person       = "person"
	State        = "state"
	Organisation = "organisation"
	Group        = "group"
	People       = "people"
	PlaceActor   = "place"
)

// An Actor is a participant: one per entity, not one per mention.
type Actor struct {
	ID         string         `json:"id"`
	Name       string         `json:"name"`
	Type       string         `json:"type"`
	Country    *string        `json:"country"` // ISO 3166-1 alpha-3
	Code       *string        `json:"code"`    // PLOVER country field
	Sectors    []string       `json:"sectors"` // PLOVER sectors, primary first
	Role       *string        `json:"role"`
	KB         *string        `json:"kb"`
	Attributes map[string]any `json:"attributes,omitempty"`
	Mentions   []Mention      `json:"mentions"`
	Why        []string       `json:"why,omitempty"` // rule ids of the linking, in order
}

// A Mention is a span that refers to an actor or a place.
type Mention struct {
	Span
	Form string `json:"form,omitempty"` // of an actor: name | nominal | pronoun
	Use  string `json:"use,omitempty"`  // of a place: literal | metonym | demonym | name-part
}

// A Place is a resolved location.
type Place struct {
	ID         string           `json:"id"`
	Name       string           `json:"name"`
	Type       string           `json:"type"`
	Country    *string          `json:"country"`
	Admin1     *string          `json:"admin1,omitempty"`
	Lat        *float64         `json:"lat"`
	Lon        *float64         `json:"lon"`
	KB         *string          `json:"kb"`
	Mentions   []Mention        `json:"mentions"`
	Candidates []PlaceCandidate `json:"candidates,omitempty"` // that lost, best first
	Why        []string         `json:"why,omitempty"`
}

// A PlaceCandidate is a reading of a place name that lost.
type PlaceCandidate struct {
	Name    string  `json:"name"`
	Country string  `json:"country"`
	KB      string  `json:"kb"`
	Score   float64 `json:"score"`
}

// A Time is a time expression, in the terms of TIMEX3.
type Time struct {
	ID string `json:"id"`
	Span
	Type        string  `json:"type"` // DATE | TIME | DURATION | SET
	Value       string  `json:"value"`
	From        *string `json:"from"`
	To          *string `json:"to"`
	Granularity string  `json:"granularity"`
	Mod         string  `json:"mod,omitempty"`
	Quant       string  `json:"quant,omitempty"`
	Freq        string  `json:"freq,omitempty"`
	Rule        string  `json:"rule"`
}

// Statuses of an event, PLOVER's auxiliary modes.
const (
	Actual       = "actual"
	Historical   = "historical" // it happened, before the time this article reports on
	Future       = "future"
	Hypothetical = "hypothetical"
	Negated      = "negated"
)

// An Event is who did what to whom, when and where.
type Event struct {
	ID          string            `json:"id"`
	Type        string            `json:"type"` // PLOVER
	Modes       []string          `json:"modes"`
	Contexts    []string          `json:"contexts"`
	CAMEO       *string           `json:"cameo"`
	Quad        int               `json:"quad"`
	Score       *float64          `json:"score"`
	Goldstein   *float64          `json:"goldstein"`
	Actors      []string          `json:"actors"`
	Recipients  []string          `json:"recipients"`
	Background  bool              `json:"background"`
	Inner       []Inner           `json:"inner"`
	Status      string            `json:"status"`
	Time        *EventTime        `json:"time"`
	Place       *string           `json:"place"`
	Trigger     Span              `json:"trigger"`
	Sentence    int               `json:"sentence"`
	Mentions    []EventMention    `json:"mentions"`
	DisputedBy  []string          `json:"disputed_by"`
	Size        map[string]string `json:"size"`
	AccordingTo []string          `json:"according_to"`
	Confidence  float64           `json:"confidence"`
	Why         Why               `json:"why"`
	Review      string            `json:"review,omitempty"` // of a person: accepted | edited | rejected
}

// DefaultMinConfidence is the threshold at which about eight shown events in ten
// are right in natural news.
const DefaultMinConfidence = 0.75

// Shown reports whether the event is listed by default: it happened, and it is
// the article's own news.
func (e *Event) Shown(minConfidence float64) bool {
	return e.Status == Actual && !e.Background && e.Confidence >= minConfidence
}

// An Inner is the act inside a threat, offer, demand, refusal, fear or plan.
type Inner struct {
	Type       string   `json:"type"`
	Modes      []string `json:"modes"`
	Actors     []string `json:"actors"`
	Recipients []string `json:"recipients"`
	Trigger    Span     `json:"trigger"`
	Status     string   `json:"status"`
}

// An EventTime is when an event took place, and how that is known.
type EventTime struct {
	From  *string `json:"from"`
	To    *string `json:"to"`
	Ref   *string `json:"ref"`
	Basis string  `json:"basis"` // clause | sentence | narrative | publication
}

// An EventMention is one telling of a happening.
type EventMention struct {
	Trigger     Span     `json:"trigger"`
	Sentence    int      `json:"sentence"`
	Status      string   `json:"status"`
	AccordingTo []string `json:"according_to"`
}

// A Why is what a person needs to check a record.
type Why struct {
	Rule     string   `json:"rule"`
	Evidence []Span   `json:"evidence"`
	Steps    []string `json:"steps,omitempty"` // what decided, in words, in order
	Lost     []string `json:"lost,omitempty"`  // alternatives that lost, in words
}

// A Statement is what somebody is reported to have said.
type Statement struct {
	ID          string     `json:"id"`
	Kind        string     `json:"kind"` // direct | indirect | mixed
	Speaker     *string    `json:"speaker"`
	Source      *Span      `json:"source"`
	Cue         *Span      `json:"cue"`
	Content     []Span     `json:"content"`
	Candidates  []string   `json:"candidates"`
	Addressees  []string   `json:"addressees"`
	Via         []Via      `json:"via"`
	Anonymous   bool       `json:"anonymous"`
	SourceClass *string    `json:"source_class"`
	Within      *string    `json:"within"`
	Polarity    string     `json:"polarity"` // affirms | denies | questions | declines
	Hedge       *string    `json:"hedge"`
	Time        *EventTime `json:"time"`
	About       []string   `json:"about"`
	Sentence    int        `json:"sentence"`
	Why         Why        `json:"why"`
	Review      string     `json:"review,omitempty"`
}

// A Via is one link of the chain between a speaker and the article.
type Via struct {
	Kind  string  `json:"kind"` // platform | outlet | interview | document
	Name  string  `json:"name"`
	Actor *string `json:"actor"`
	Span  *Span   `json:"span"`
}

// A Claim is a checkable assertion and who stands for or against it.
type Claim struct {
	ID         string    `json:"id"`
	Span       Span      `json:"span"`
	Quantity   *Quantity `json:"quantity"`
	Event      *string   `json:"event"`
	AssertedBy []string  `json:"asserted_by"`
	DisputedBy []Dispute `json:"disputed_by"`
	Disputes   []string  `json:"disputes"`
	Statement  *string   `json:"statement"`
	Why        Why       `json:"why"`
	Review     string    `json:"review,omitempty"`
}

// A Quantity is the interval [Low, High); Low == High when exact.
type Quantity struct {
	Low    *float64 `json:"low"`
	High   *float64 `json:"high"`
	Unit   string   `json:"unit"`
	Hedge  *string  `json:"hedge"`
	Of     *string  `json:"of"`
	Per    *string  `json:"per"`
	Place  *string  `json:"place"`
	Period *string  `json:"period"`
}

// A Dispute is somebody who stands against a claim.
type Dispute struct {
	Actor     string  `json:"actor,omitempty"`
	Article   bool    `json:"article,omitempty"`
	Document  string  `json:"document,omitempty"`
	Kind      string  `json:"kind"` // denied | contradicted-by-data | called-false
	Statement *string `json:"statement"`
}

// Ptr returns a pointer to s, or nil for the zero value: unknown is null.
func Ptr[T comparable](v T) *T {
	var zero T
	if v == zero {
		return nil
	}
	return &v
}

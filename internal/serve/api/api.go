// Package api serves the records of a store over HTTP, under /api/v1, described
// by OpenAPI 3.1 at /openapi.json. Errors are problem+json (RFC 9457).
//
// The package only reads. It never answers 5xx for what a client sent: queries
// are parsed by internal/query, values are bound, and texts leave as JSON.
package api

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"casus/internal/export/listing"
	"casus/internal/query"
	"casus/internal/record"
	"casus/internal/store"
)

// Options says how an API is served.
type Options struct {
	Version       string
	MinConfidence float64 // of events, where a request does not say
	Token         string  // asked of every request but /healthz, when set
}

// New returns the handler of the API of a store.
func New(s store.Store, o Options) http.Handler {
	mux := http.NewServeMux()
	c := huma.DefaultConfig("casus", o.Version)
	c.DocsPath = "" // its page loads scripts from elsewhere
	c.SchemasPath = ""
	c.CreateHooks = nil // no $schema links in records
	h := &handlers{s, o}
	h.register(humago.New(mux, c))
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte("ok\n")) })
	return guard(mux, o.Token)
}

// guard asks for the token, and sets the headers of every answer.
func guard(next http.Handler, token string) http.Handler {
	want := sha256.Sum256([]byte("Bearer " + token))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Header().Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
		got := sha256.Sum256([]byte(r.Header.Get("Authorization")))
		if token != "" && r.URL.Path != "/healthz" && subtle.ConstantTimeCompare(got[:], want[:]) != 1 {
			w.Header().Set("WWW-Authenticate", "Bearer")
			w.Header().Set("Content-Type", "application/problem+json")
			w.WriteHeader(http.StatusUnauthorized)
			w.Write([]byte(`{"title":"Unauthorized","status":401,"detail":"send Authorization: Bearer TOKEN"}` + "\n"))
			return
		}
		http.MaxBytesHandler(next, 1<<20).ServeHTTP(w, r)
	})
}

type handlers struct {
	s store.Store
	o Options
}

func (h *handlers) register(api huma.API) {
	for path, kind := range map[string]query.Kind{"events": query.Event, "statements": query.Statement, "claims": query.Claim, "articles": query.Article} {
		huma.Register(api, op("list-"+path, "/api/v1/"+path, "List "+path+", newest first"), func(ctx context.Context, in *listIn) (*listOut, error) { return h.list(ctx, kind, in) })
	}
	huma.Register(api, op("get-article", "/api/v1/articles/{id}", "An article with all its records"), h.article)
	huma.Register(api, op("timeline", "/api/v1/timeline", "Count records by day, with the articles of each day"), h.timeline)
	huma.Register(api, op("dyad", "/api/v1/dyads/{a}/{b}", "Sum by day what two sides did to each other"), h.dyad)
	huma.Register(api, op("facets", "/api/v1/facets", "Count the values of each field"), h.facets)
	huma.Register(api, op("map", "/api/v1/map", "Count events by place"), h.places)
	huma.Register(api, op("changes", "/api/v1/changes", "What came, changed and went"), h.changes)
	huma.Register(api, op("runs", "/api/v1/runs", "The coders that filled the store"), h.runs)
}

func op(id, path, summary string) huma.Operation {
	return huma.Operation{OperationID: id, Method: http.MethodGet, Path: path, Summary: summary}
}

// Ask are the parameters of every question.
type Ask struct {
	Q             string  `query:"q" maxLength:"8192" doc:"query; empty asks for everything" example:"actor:USA event:CONSULT"`
	All           bool    `query:"all" doc:"events of every status and confidence, and background"`
	MinConfidence float64 `query:"min_confidence" minimum:"-1" maximum:"1" default:"-1" doc:"least confidence of an event; -1 is that of the server"`
}

func (h *handlers) request(in *Ask, kind query.Kind) (store.Request, error) {
	q, err := query.Parse(in.Q)
	if err != nil {
		return store.Request{}, badQuery(in.Q, err)
	}
	if q.Kind != "" && kind != "" && q.Kind != kind {
		return store.Request{}, huma.Error422UnprocessableEntity("the query asks for another kind than the path")
	}
	r := store.Request{Query: q, Kind: kind, All: in.All, MinConfidence: in.MinConfidence}
	if r.MinConfidence < 0 {
		r.MinConfidence = h.o.MinConfidence
	}
	return r, nil
}

func badQuery(q string, err error) error {
	return huma.Error422UnprocessableEntity("the query cannot be read", &huma.ErrorDetail{Location: "query.q", Message: err.Error(), Value: q})
}

// problem turns what a client can mend into 4xx.
func problem(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, store.ErrNotFound):
		return huma.Error404NotFound("not in the store")
	case errors.Is(err, context.DeadlineExceeded):
		return huma.Error503ServiceUnavailable("the query took too long: narrow it with since: and until:")
	}
	return err
}

type listIn struct {
	Ask
	Limit  int    `query:"limit" minimum:"1" maximum:"1000" default:"20"`
	Cursor string `query:"cursor" maxLength:"100" doc:"of the page before"`
	Best   bool   `query:"best" doc:"by relevance among the newest matches; one page"`
}

type listOut struct {
	Link string `header:"Link"`
	Body struct {
		Items []*listing.Entry `json:"items"`
		Next  string           `json:"next,omitempty" doc:"cursor of the next page"`
	}
}

func (h *handlers) list(ctx context.Context, kind query.Kind, in *listIn) (*listOut, error) {
	r, err := h.request(&in.Ask, kind)
	if err != nil {
		return nil, err
	}
	r.Limit, r.Cursor, r.Best = in.Limit, in.Cursor, in.Best
	page, err := h.s.Search(ctx, r)
	if errors.Is(err, store.ErrCursor) {
		return nil, huma.Error422UnprocessableEntity(err.Error())
	}
	if err != nil {
		return nil, problem(err)
	}
	out := &listOut{}
	out.Body.Items = make([]*listing.Entry, 0, len(page.Hits))
	for _, hit := range page.Hits {
		if e, ok := listing.EntryOf(hit.Document, hit.Record); ok {
			out.Body.Items = append(out.Body.Items, e)
		}
	}
	if out.Body.Next = page.Next; page.Next != "" {
		v := url.Values{"q": {in.Q}, "limit": {strconv.Itoa(in.Limit)}, "cursor": {page.Next}}
		if in.All {
			v.Set("all", "true")
		}
		if in.MinConfidence >= 0 {
			v.Set("min_confidence", strconv.FormatFloat(in.MinConfidence, 'f', -1, 64))
		}
		out.Link = "<?" + v.Encode() + `>; rel="next"`
	}
	return out, nil
}

type articleIn struct {
	ID  string `path:"id" maxLength:"500"`
	Run int    `query:"run" minimum:"0" doc:"as this run coded it, without corrections"`
}

type articleOut struct{ Body *record.Document }

func (h *handlers) article(ctx context.Context, in *articleIn) (*articleOut, error) {
	d, err := h.s.Document(ctx, in.ID)
	if in.Run > 0 {
		d, err = h.s.DocumentOf(ctx, in.ID, in.Run)
	}
	return &articleOut{d}, problem(err)
}

// TimelineIn are the parameters of counts.
type TimelineIn struct {
	Ask
	Kind string `query:"kind" enum:"event,statement,claim,article" default:"event"`
}

// A Day is one day of a series.
type Day struct {
	Day      string `json:"day" format:"date"`
	Count    int    `json:"count"`
	Articles int    `json:"articles" doc:"articles of the store published on the day: the denominator"`
	Quads    [4]int `json:"quads" doc:"events by quad class: verbal cooperation, material cooperation, verbal conflict, material conflict"`
}

type timelineOut struct {
	Body struct {
		Days []Day `json:"days"`
	}
}

func (h *handlers) timeline(ctx context.Context, in *TimelineIn) (*timelineOut, error) {
	r, err := h.request(&in.Ask, query.Kind(in.Kind))
	if err != nil {
		return nil, err
	}
	days, err := h.s.Timeline(ctx, r)
	out := &timelineOut{}
	out.Body.Days = make([]Day, 0, len(days))
	for _, d := range days {
		out.Body.Days = append(out.Body.Days, Day{date(d.Day), d.N, d.Articles, [4]int(d.Quads[1:])})
	}
	return out, problem(err)
}

func date(day int) string { return query.Date(day).Format(time.DateOnly) }

type dyadIn struct {
	Ask
	A string `path:"a" maxLength:"200" doc:"code or name"`
	B string `path:"b" maxLength:"200"`
}

// A DyadDay is what one side did to the other on a day.
type DyadDay struct {
	Day       string  `json:"day" format:"date"`
	Actor     string  `json:"actor"`
	Recipient string  `json:"recipient"`
	Events    int     `json:"events"`
	Goldstein float64 `json:"goldstein_sum"`
	Score     float64 `json:"score_sum"`
	Quads     [4]int  `json:"quads"`
}

type dyadOut struct {
	Body struct {
		Days []DyadDay `json:"days"`
	}
}

func (h *handlers) dyad(ctx context.Context, in *dyadIn) (*dyadOut, error) {
	r, err := h.request(&in.Ask, query.Event)
	if err != nil {
		return nil, err
	}
	days, err := h.s.Dyad(ctx, in.A, in.B, r)
	out := &dyadOut{}
	out.Body.Days = make([]DyadDay, 0, len(days))
	for _, d := range days {
		a, b := in.A, in.B
		if d.Reverse {
			a, b = b, a
		}
		out.Body.Days = append(out.Body.Days, DyadDay{date(d.Day), a, b, d.N, d.Goldstein, d.Score, [4]int(d.Quads[1:])})
	}
	return out, problem(err)
}

type facetsIn struct {
	TimelineIn
	Most int `query:"most" minimum:"1" maximum:"100" default:"10"`
}

// A Facet is one value of a field.
type Facet struct {
	Field string `json:"field"`
	Value string `json:"value"`
	Count int    `json:"count"`
}

type facetsOut struct {
	Body struct {
		Facets []Facet `json:"facets"`
	}
}

func (h *handlers) facets(ctx context.Context, in *facetsIn) (*facetsOut, error) {
	r, err := h.request(&in.Ask, query.Kind(in.Kind))
	if err != nil {
		return nil, err
	}
	fs, err := h.s.Facets(ctx, r, in.Most)
	out := &facetsOut{}
	out.Body.Facets = make([]Facet, 0, len(fs))
	for _, f := range fs {
		out.Body.Facets = append(out.Body.Facets, Facet{f.Field, f.Value, f.N})
	}
	return out, problem(err)
}

// A Spot is a place and its events.
type Spot struct {
	Name    string   `json:"name"`
	Type    string   `json:"type"`
	Country *string  `json:"country"`
	Lat     *float64 `json:"lat"`
	Lon     *float64 `json:"lon"`
	KB      *string  `json:"kb"`
	Events  int      `json:"events"`
	Quads   [4]int   `json:"quads"`
}

type placesOut struct {
	Body struct {
		Places []Spot `json:"places"`
	}
}

func (h *handlers) places(ctx context.Context, in *Ask) (*placesOut, error) {
	r, err := h.request(in, query.Event)
	if err != nil {
		return nil, err
	}
	ps, err := h.s.Places(ctx, r)
	out := &placesOut{}
	out.Body.Places = make([]Spot, 0, len(ps))
	for _, p := range ps {
		out.Body.Places = append(out.Body.Places, Spot{p.Place.Name, p.Place.Type, p.Place.Country, p.Place.Lat, p.Place.Lon, p.Place.KB, p.N, [4]int(p.Quads[1:])})
	}
	return out, problem(err)
}

type changesIn struct {
	After int64 `query:"after" minimum:"0" doc:"the last seq that you have"`
	Limit int   `query:"limit" minimum:"1" maximum:"1000" default:"100"`
}

type changesOut struct {
	Body struct {
		Changes []store.Change `json:"changes"`
	}
}

func (h *handlers) changes(ctx context.Context, in *changesIn) (*changesOut, error) {
	cs, err := h.s.Changes(ctx, in.After, in.Limit)
	out := &changesOut{}
	out.Body.Changes = append([]store.Change{}, cs...)
	return out, problem(err)
}

// A Run is a coder.
type Run struct {
	ID       int          `json:"id"`
	Coder    record.Coder `json:"coder"`
	First    time.Time    `json:"first"`
	Articles int          `json:"articles"`
	Before   int          `json:"replaced"`
}

type runsOut struct {
	Body struct {
		Runs []Run `json:"runs"`
	}
}

func (h *handlers) runs(ctx context.Context, _ *struct{}) (*runsOut, error) {
	rs, err := h.s.Runs(ctx)
	out := &runsOut{}
	out.Body.Runs = make([]Run, 0, len(rs))
	for _, r := range rs {
		out.Body.Runs = append(out.Body.Runs, Run(r))
	}
	return out, problem(err)
}

// Loopback reports whether an address to listen on is of this machine alone.
func Loopback(addr string) bool {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return false
	}
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

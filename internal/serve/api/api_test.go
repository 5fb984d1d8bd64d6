package api

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"casus/internal/store/sqlite"
	"casus/internal/store/storetest"
)

func serve(t *testing.T, o Options) http.Handler {
	t.Helper()
	s, err := sqlite.Open(context.Background(), filepath.Join(t.TempDir(), "s.db"), sqlite.Options{Create: true, Now: storetest.At})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	if _, err := s.Put(context.Background(), storetest.Items(0, 30, 9), storetest.At); err != nil {
		t.Fatal(err)
	}
	return New(s, o)
}

func get(h http.Handler, path string, header ...string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	h.ServeHTTP(w, r)
	return w
}

func TestListGoesOnWithTheCursor(t *testing.T) {
	h := serve(t, Options{})
	seen := map[string]bool{}
	path := "/api/v1/events?all=true&limit=40"
	for next := ""; ; {
		w := get(h, path+"&cursor="+next)
		var body struct {
			Items []struct {
				ID    string
				Event struct{ Type string }
			}
			Next string
		}
		if err := json.Unmarshal(w.Body.Bytes(), &body); err != nil || w.Code != 200 {
			t.Fatalf("%d %s %v", w.Code, w.Body, err)
		}
		for _, it := range body.Items {
			if seen[it.ID] || it.Event.Type == "" {
				t.Errorf("%s is listed twice, or without its event", it.ID)
			}
			seen[it.ID] = true
		}
		if (body.Next == "") != (w.Header().Get("Link") == "") {
			t.Errorf("next %q, Link %q", body.Next, w.Header().Get("Link"))
		}
		if next = body.Next; next == "" {
			break
		}
	}
	if len(seen) != 90 {
		t.Errorf("%d events, want 90", len(seen))
	}
}

func TestAnswers(t *testing.T) {
	h := serve(t, Options{MinConfidence: 0.5})
	for path, want := range map[string]struct {
		code int
		text string
	}{
		"/api/v1/articles/doc0000001":           {200, `"schema":"casus/1"`},
		"/api/v1/articles/doc0000001?run=1":     {200, `"schema":"casus/1"`},
		"/api/v1/articles/none":                 {404, `"status":404`},
		"/api/v1/statements?q=polarity:denies":  {200, `"kind":"statement"`},
		"/api/v1/claims?limit=2":                {200, `"next":`},
		"/api/v1/articles?q=met&best=true":      {200, `"kind":"article"`},
		"/api/v1/timeline":                      {200, `"articles":`},
		"/api/v1/timeline?kind=article":         {200, `"count":`},
		"/api/v1/dyads/USA/CHN":                 {200, `"days":[`},
		"/api/v1/facets?most=3":                 {200, `"field":"event"`},
		"/api/v1/map":                           {200, `"name":"Northport"`},
		"/api/v1/changes?limit=3":               {200, `"op":"add"`},
		"/api/v1/runs":                          {200, `"version":"v1"`},
		"/healthz":                              {200, "ok"},
		"/openapi.json":                         {200, `"openapi":"3.1.0"`},
		"/api/v1/events?q=actr:USA":             {422, "did you mean actor?"},
		"/api/v1/events?q=kind:claim":           {422, "another kind"},
		"/api/v1/events?limit=0":                {422, "limit"},
		"/api/v1/events?cursor=%25%25":          {422, "cursor"},
		"/api/v1/events?q=met&best=1&cursor=AA": {422, "cursor"},
		"/api/v1/nothing":                       {404, ""},
	} {
		w := get(h, path)
		if w.Code != want.code || !strings.Contains(w.Body.String(), want.text) {
			t.Errorf("%s: %d %.300s; want %d and %q", path, w.Code, w.Body, want.code, want.text)
		}
		if w.Code == 422 && !strings.HasPrefix(w.Header().Get("Content-Type"), "application/problem+json") {
			t.Errorf("%s: %s", path, w.Header().Get("Content-Type"))
		}
	}
}

// Whatever is sent, the answer is never the server's fault, and never a page.
func TestPayloadsAreInert(t *testing.T) {
	h := serve(t, Options{})
	var doc struct {
		Paths map[string]map[string]struct {
			Parameters []struct{ Name, In string }
		}
	}
	if err := json.Unmarshal(get(h, "/openapi.json").Body.Bytes(), &doc); err != nil || len(doc.Paths) < 10 {
		t.Fatalf("%d paths, %v", len(doc.Paths), err)
	}
	payloads := []string{"", "'", `"`, "') OR 1=1 --", "<script>alert(1)</script>", "=cmd|' /C calc'!A0", "\x00", "\xff", "-1", "1e999", "9223372036854775808", "NaN", "actor:\"", "(((", "near2:", "a OR", strings.Repeat("(", 9000), strings.Repeat("a ", 300), "../../etc/passwd", "%", "true"}
	for path, ops := range doc.Paths {
		for _, p := range ops["get"].Parameters {
			for _, x := range payloads {
				to := strings.NewReplacer("{id}", "doc0000001", "{a}", "USA", "{b}", "CHN").Replace(path) + "?" + url.Values{p.Name: {x}}.Encode()
				if p.In == "path" {
					if x == "" {
						continue
					}
					to = strings.NewReplacer("{"+p.Name+"}", url.PathEscape(x), "{id}", "x", "{a}", "USA", "{b}", "CHN").Replace(path)
				}
				w := get(h, to)
				if w.Code >= 500 || strings.Contains(w.Header().Get("Content-Type"), "html") && w.Code != http.StatusMovedPermanently && w.Code != http.StatusTemporaryRedirect {
					t.Errorf("%.120s: %d %s %.200s", to, w.Code, w.Header().Get("Content-Type"), w.Body)
				}
			}
		}
	}
}

func TestToken(t *testing.T) {
	h := serve(t, Options{Token: "a-long-secret-token"})
	for auth, want := range map[string]int{"": 401, "Bearer wrong": 401, "a-long-secret-token": 401, "Bearer a-long-secret-token": 200} {
		if w := get(h, "/api/v1/runs", "Authorization", auth); w.Code != want {
			t.Errorf("%q: %d, want %d", auth, w.Code, want)
		}
	}
	if w := get(h, "/healthz"); w.Code != 200 {
		t.Errorf("healthz: %d", w.Code)
	}
}

func TestLoopback(t *testing.T) {
	for addr, want := range map[string]bool{"127.0.0.1:80": true, "localhost:1": true, "[::1]:1": true, ":80": false, "0.0.0.0:80": false, "10.0.0.1:80": false, "127.evil.example:80": false} {
		if Loopback(addr) != want {
			t.Errorf("Loopback(%s) = %v", addr, !want)
		}
	}
}

package cli

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"time"

	"github.com/spf13/cobra"

	"casus/internal/record"
	"casus/internal/serve/api"
	"casus/internal/store"
)

// shortToken is the least length of a token that guards an open address.
const shortToken = 16

func (a *app) serveCmd() *cobra.Command {
	var sf storeFlag
	var addr string
	c := &cobra.Command{
		Use:   "serve",
		Short: "Serve a store over HTTP, to read",
		Long: `Serve answers questions about a store under /api/v1; /openapi.json describes it.
It listens on this machine alone. To listen on another address, set a token of 16
characters or more in CASUS_TOKEN, which every request must then carry.`,
		Example: "  casus serve --store news.db\n  curl 'http://127.0.0.1:8080/api/v1/events?q=actor:USA'",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			token := os.Getenv("CASUS_TOKEN")
			switch {
			case token != "" && len(token) < shortToken:
				return usageError("CASUS_TOKEN is shorter than %d characters", shortToken)
			case token == "" && !api.Loopback(addr):
				return usageError("--addr %s is open to others: set a token in CASUS_TOKEN", addr)
			}
			s, err := sf.read(cmd.Context())
			return with(s, err, func(s store.Store) error {
				return a.serve(cmd.Context(), addr, api.New(s, api.Options{Version: version(), MinConfidence: record.DefaultMinConfidence, Token: token}))
			})
		},
	}
	sf.register(c)
	c.Flags().StringVar(&addr, "addr", "127.0.0.1:8080", "address to listen on")
	return c
}

// serve answers until it is interrupted, then lets running requests end.
func (a *app) serve(ctx context.Context, addr string, h http.Handler) error {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return err
	}
	srv := &http.Server{Handler: h, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 30 * time.Second, WriteTimeout: 2 * time.Minute, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10}
	if !a.quiet {
		fmt.Fprintf(a.errOut, "casus: serving http://%s/api/v1\n", l.Addr())
	}
	done := make(chan error, 1)
	go func() { done <- srv.Serve(l) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	end, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	if err := srv.Shutdown(end); err != nil {
		return err
	}
	if err := <-done; !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"casus/internal/store"
	"casus/internal/store/sqlite"
)

func (a *app) correctCmd() *cobra.Command {
	c := &cobra.Command{
		Use:   "correct",
		Short: "Accept, reject or edit a record of a store",
		Long: `Correct keeps what a person makes of a record, with author, time and reason. The
records as coded stay as they are: a correction is laid over them and stays in
force when the article is coded again, as long as the record stands on the same
words. Rejected records are not listed; review:rejected finds them.`,
		Example: "  casus correct reject 3f9c21aa77b04c1e/e2 --author ana --reason \"a football match\" --store news.db\n  casus correct edit 3f9c21aa77b04c1e/e1 --set '{\"type\":\"AID\"}' --author ana --reason \"a loan\" --store news.db",
	}
	c.AddCommand(a.correctDo(store.Accept, "Say that a record is right"), a.correctDo(store.Reject, "Say that a record is wrong"), a.correctDo(store.Edit, "Change fields of a record"), a.correctList())
	return c
}

func (a *app) correctDo(action, short string) *cobra.Command {
	var sf storeFlag
	var author, reason, at, set string
	c := &cobra.Command{
		Use: action + " ARTICLE/RECORD", Short: short, Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			art, rec, err := splitID(args[0])
			if err != nil {
				return err
			}
			if rec == "" || author == "" {
				return usageError("want ARTICLE/RECORD and --author")
			}
			co := store.Correction{Article: art, Record: rec, Action: action, Author: author, Reason: reason, At: now()}
			if at != "" {
				if co.At, err = time.Parse(time.RFC3339, at); err != nil {
					return usageError("--at: want an RFC 3339 date-time, got %q", at)
				}
			}
			if action == store.Edit {
				if set == "-" {
					raw, err := io.ReadAll(io.LimitReader(a.in, 1<<20))
					if err != nil {
						return err
					}
					set = string(raw)
				}
				if set == "" {
					return usageError("want --set with a JSON object of the fields to change")
				}
				co.Patch = []byte(set)
			}
			s, err := sf.open(cmd.Context(), sqlite.Options{})
			return with(s, err, func(s store.Store) error { return s.Correct(cmd.Context(), co) })
		},
	}
	sf.register(c)
	f := c.Flags()
	f.StringVar(&author, "author", os.Getenv("CASUS_AUTHOR"), "who says so (also: CASUS_AUTHOR in the environment)")
	f.StringVar(&reason, "reason", "", "why")
	f.StringVar(&at, "at", "", "when it was said, RFC 3339 (default: now)")
	if action == store.Edit {
		f.StringVar(&set, "set", "", `JSON object of the fields to change, for example {"type":"AID"}; - reads it from standard input`)
	}
	return c
}

func (a *app) correctList() *cobra.Command {
	var sf storeFlag
	c := &cobra.Command{
		Use: "list [ARTICLE]", Short: "Print the corrections, one JSON object a line", Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			s, err := sf.read(cmd.Context())
			return with(s, err, func(s store.Store) error {
				cs, err := s.Corrections(cmd.Context(), strings.Join(args, ""))
				if err != nil {
					return err
				}
				enc := json.NewEncoder(a.out)
				enc.SetEscapeHTML(false)
				for _, c := range cs {
					if err := enc.Encode(struct {
						ID     string          `json:"id"`
						Action string          `json:"action"`
						Set    json.RawMessage `json:"set,omitempty"`
						Author string          `json:"author"`
						Reason string          `json:"reason"`
						At     time.Time       `json:"at"`
					}{c.Article + "/" + c.Record, c.Action, c.Patch, c.Author, c.Reason, c.At}); err != nil {
						return err
					}
				}
				return nil
			})
		},
	}
	sf.register(c)
	return c
}

// splitID reads ARTICLE or ARTICLE/RECORD. Ids of articles may hold slashes;
// those of records are a letter and a number.
func splitID(s string) (art, rec string, err error) {
	if s == "" {
		return "", "", usageError("want the id of an article or of a record")
	}
	i := strings.LastIndexByte(s, '/')
	if i > 0 && i < len(s)-2 && s[i+1] >= 'a' && s[i+1] <= 'z' && digits(s[i+2:]) {
		return s[:i], s[i+1:], nil
	}
	return s, "", nil
}

// notFound says what to do about an unknown id.
func notFound(id string) error {
	return exitCode{exitError, fmt.Errorf("%s is not in the store; casus search --kind article '' lists what is", id)}
}

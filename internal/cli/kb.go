package cli

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"
)

func (a *app) kbCmd() *cobra.Command {
	c := &cobra.Command{Use: "kb", Short: "Ask the knowledge base of actors, check and extend it"}
	c.AddCommand(a.kbCode(), a.kbLookup(), a.kbLint(), a.kbDiff(), a.kbAdd(), a.kbImport())
	return c
}

// coded is a line of kb code.
type coded struct {
	ID      any      `json:"id"`
	Country *string  `json:"country"`
	Code    *string  `json:"code"`
	Sectors []string `json:"sectors"`
	KB      *string  `json:"kb"`
	Name    string   `json:"name"`
	Why     []string `json:"why,omitempty"`
}

func (a *app) kbCode() *cobra.Command {
	var input, output string
	c := &cobra.Command{
		Use:   "code [PHRASE…]",
		Short: "Give country, code and sectors of actor phrases",
		Long: `Code reads actor phrases, as arguments or as JSON lines on standard input
({"id","text","date"}), and prints a JSON line for each.`,
		Example: "  casus kb code \"a former CIA official\"\n  casus kb code --input jsonl --output jsonl < phrases.jsonl",
		RunE: func(_ *cobra.Command, args []string) error {
			if input != "jsonl" || output != "jsonl" {
				return usageError("kb code reads and writes jsonl only")
			}
			p, err := a.pipeline()
			if err != nil {
				return err
			}
			w := bufio.NewWriter(a.out)
			enc := json.NewEncoder(w)
			enc.SetEscapeHTML(false)
			put := func(id any, text, context, date string) error {
				x := p.Phrase(text, context, date)
				return enc.Encode(coded{ID: id, Country: x.Country, Code: x.Code, Sectors: x.Sectors, KB: x.KB, Name: x.Name, Why: x.Why})
			}
			for _, s := range args {
				if err := put(s, s, "", ""); err != nil {
					return err
				}
			}
			if len(args) == 0 {
				if err := eachPhrase(a.in, put); err != nil {
					return errors.Join(err, w.Flush())
				}
			}
			return w.Flush()
		},
	}
	c.Flags().StringVar(&input, "input", "jsonl", "jsonl")
	c.Flags().StringVarP(&output, "output", "o", "jsonl", "jsonl")
	return c
}

// eachPhrase calls put for every line of r.
func eachPhrase(r io.Reader, put func(id any, text, context, date string) error) error {
	sc := bufio.NewScanner(r)
	sc.Buffer(nil, 1<<20)
	for n := 1; sc.Scan(); n++ {
		if len(bytes.TrimSpace(sc.Bytes())) == 0 {
			continue
		}
		var l struct {
			ID                  any
			Text, Context, Date string
		}
		if err := json.Unmarshal(sc.Bytes(), &l); err != nil {
			return exitCode{exitData, fmt.Errorf("standard input:%d: want {\"id\",\"text\",\"date\"}: %w", n, err)}
		}
		if err := put(l.ID, l.Text, l.Context, l.Date); err != nil {
			return err
		}
	}
	return sc.Err()
}

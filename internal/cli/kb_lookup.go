package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"casus/internal/ground/kb"
)

// facts opens the knowledge base with the folder kb of --rules over it.
func (a *app) facts() (*kb.Base, error) {
	var over fs.FS
	if a.rules != "" {
		dir := filepath.Join(a.rules, "kb")
		if info, err := os.Stat(dir); err == nil && info.IsDir() {
			over = os.DirFS(dir)
		}
	}
	return kb.Open(over)
}

// found is an actor as kb lookup shows it.
type found struct {
	ID      string      `json:"id"`
	Name    string      `json:"name"`
	Kind    string      `json:"kind"`
	Gender  string      `json:"gender,omitempty"`
	Country string      `json:"country,omitempty"`
	Code    string      `json:"code,omitempty"`
	Sectors []string    `json:"sectors"`
	As      string      `json:"as,omitempty"` // the kind of name that was looked up
	Aliases []foundName `json:"aliases"`
	Roles   []foundRole `json:"roles"`
	Source  string      `json:"source"`
}

type foundName struct {
	Name  string `json:"name"`
	Kind  string `json:"kind"`
	Start string `json:"start,omitempty"`
	End   string `json:"end,omitempty"`
}

type foundRole struct {
	Title   string   `json:"title"`
	Office  string   `json:"office,omitempty"`
	Country string   `json:"country,omitempty"`
	Sectors []string `json:"sectors"`
	Start   string   `json:"start,omitempty"`
	End     string   `json:"end,omitempty"`
	EndKind string   `json:"end_kind"`
	On      string   `json:"on_date,omitempty"` // in office, ended, not begun
	AsOf    string   `json:"as_of,omitempty"`   // the last day known, where the date asked for lies beyond it
	Source  string   `json:"source"`
}

func (a *app) kbLookup() *cobra.Command {
	var date, output string
	c := &cobra.Command{
		Use:   "lookup NAME",
		Short: "Show the actors that a name or id stands for, with their offices by date",
		Long: `Lookup shows every actor of the knowledge base that bears the name, or has the
id: what it is, its country, code and sectors, its names (in lower case, as they
are compared), its offices by date, and the source of each row. With --date, each
office says how it stands on that day.`,
		Example: "  casus kb lookup Sheinbaum --date 2026-01-13\n  casus kb lookup mex.person.claudia-sheinbaum -o json",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if output != "text" && output != "json" {
				return usageError("unknown output format %q: use text or json", output)
			}
			day := kb.ParseDate(date, false)
			if date != "" && day == 0 {
				return usageError("--date %q: want YYYY-MM-DD", date)
			}
			b, err := a.facts()
			if err != nil {
				return err
			}
			all := lookup(b, strings.Join(args, " "), day)
			if len(all) == 0 {
				return exitCode{exitEmpty, fmt.Errorf("nobody is called %q in the knowledge base", strings.Join(args, " "))}
			}
			if output == "json" {
				enc := json.NewEncoder(a.out)
				enc.SetEscapeHTML(false)
				for i := range all {
					if err := enc.Encode(&all[i]); err != nil {
						return err
					}
				}
				return nil
			}
			for i := range all {
				if i > 0 {
					fmt.Fprintln(a.out)
				}
				if err := writeFound(a.out, &all[i]); err != nil {
					return err
				}
			}
			return nil
		},
	}
	c.Flags().StringVar(&date, "date", "", "day on which the offices are judged, YYYY-MM-DD")
	c.Flags().StringVarP(&output, "output", "o", "text", "text or json")
	complete(c, "output", "text", "json")
	return c
}

// lookup returns the actors of a name, or of an id, each once.
func lookup(b *kb.Base, name string, day kb.Date) []found {
	var out []found
	add := func(r kb.Ref, as string) {
		if !slices.ContainsFunc(out, func(f found) bool { return f.ID == r.ID() }) {
			out = append(out, describe(r, as, day))
		}
	}
	if r, ok := b.ByID(name); ok {
		add(r, "")
	}
	for _, n := range b.Lookup(nil, []byte(kb.Fold(name))) {
		add(n.Ref, n.Alias.String())
	}
	return out
}

func describe(r kb.Ref, as string, day kb.Date) found {
	f := found{
		ID: r.ID(), Name: r.Name(), Kind: r.Kind().String(), Gender: r.Gender(), Country: r.Country(), Code: r.Code(), Sectors: r.Sectors(), As: as,
		Aliases: []foundName{}, Roles: []foundRole{}, Source: r.Source(),
	}
	if f.Sectors == nil {
		f.Sectors = []string{}
	}
	for _, n := range r.Aliases() {
		s, e := n.Dates()
		f.Aliases = append(f.Aliases, foundName{n.Folded, n.Alias.String(), s.String(), e.String()})
	}
	for _, x := range r.Roles() {
		g := foundRole{Title: x.Title, Office: x.Office, Country: x.Country, Sectors: x.Sectors, Start: x.Start.String(), End: x.End.String(), EndKind: kb.EndKindName(x.EndKind), Source: x.Source}
		if day != 0 {
			g.On = map[kb.Standing]string{kb.InOffice: "in office", kb.Former_: "ended", kb.Ahead: "not begun"}[x.Stands(day)]
			if x.Beyond(day) {
				g.AsOf = kb.AsOf.String()
			}
		}
		f.Roles = append(f.Roles, g)
	}
	return f
}

func writeFound(w io.Writer, f *found) error {
	fmt.Fprintf(w, "%s\n", f.Name)
	tw := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	row := func(key, value string) {
		if value != "" {
			fmt.Fprintf(tw, "  %s\t%s\n", key, value)
		}
	}
	row("id", f.ID)
	row("kind", strings.TrimSuffix(f.Kind+", "+f.Gender, ", "))
	row("country", f.Country)
	row("code", f.Code)
	row("sectors", strings.Join(f.Sectors, ";"))
	row("found as", f.As)
	for i, n := range f.Aliases {
		key := ""
		if i == 0 {
			key = "names"
		}
		s := n.Name + " (" + n.Kind + ")"
		if n.Start+n.End != "" {
			s += " " + n.Start + ".." + n.End
		}
		fmt.Fprintf(tw, "  %s\t%s\n", key, s)
	}
	row("source", f.Source)
	if err := tw.Flush(); err != nil || len(f.Roles) == 0 {
		return err
	}
	fmt.Fprintln(w, "  offices")
	tw = tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	for _, x := range f.Roles {
		on := x.On
		if x.AsOf != "" {
			on += ", as of " + x.AsOf
		}
		title := x.Title
		if x.Country != "" {
			title += " (" + x.Country + ")"
		}
		fmt.Fprintf(tw, "    %s\t%s\t%s\t%s\t%s\n", x.when(), title, strings.Join(x.Sectors, ";"), on, x.Source)
	}
	return tw.Flush()
}

// when writes the dates of a role: "2024-10-01..", "2018-12-01..2024-10-01",
// "about 2019-10-01".
func (x *foundRole) when() string {
	switch x.EndKind {
	case "observed":
		return "about " + max(x.Start, x.End)
	case "about":
		return x.Start + "..about " + x.End
	}
	return x.Start + ".." + x.End
}

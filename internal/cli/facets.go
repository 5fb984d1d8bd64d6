package cli

import (
	"encoding/json"

	"github.com/spf13/cobra"

	"casus/internal/query"
	"casus/internal/store"
)

func (a *app) facetsCmd() *cobra.Command {
	var qf queryFlags
	var kind, output string
	var most int
	c := &cobra.Command{
		Use:   "facets QUERY",
		Short: "Count the values of each field over what a query finds",
		Long:  "Facets counts types, statuses, actors, places, outlets and so on.\n\n" + queryHelp,
		RunE: func(cmd *cobra.Command, args []string) error {
			r, err := qf.request(args)
			if err != nil {
				return err
			}
			if err := setKind(&r, kind); err != nil {
				return err
			}
			s, err := qf.read(cmd.Context())
			return with(s, err, func(s store.Store) error {
				fs, err := s.Facets(cmd.Context(), r, most)
				if err != nil {
					return err
				}
				g := &grid{columns: []string{"field", "value", "count"}}
				for _, f := range fs {
					g.rows = append(g.rows, []any{f.Field, f.Value, f.N})
				}
				return a.writeTable(g, output)
			})
		},
	}
	qf.register(c)
	c.Flags().StringVar(&kind, "kind", "", "event, statement, article or claim (default: event)")
	c.Flags().IntVar(&most, "most", 10, "values listed of each field")
	c.Flags().StringVarP(&output, "output", "o", "", "table, json, jsonl or csv (default: table on a terminal, else csv)")
	complete(c, "kind", query.Kinds...)
	return c
}

func (a *app) mapCmd() *cobra.Command {
	var qf queryFlags
	var output string
	c := &cobra.Command{
		Use:   "map QUERY",
		Short: "Count events by place, as GeoJSON",
		Long:  "Map prints a GeoJSON collection with a point for each place, for any map program.\n\n" + queryHelp,
		RunE: func(cmd *cobra.Command, args []string) error {
			r, err := qf.request(args)
			if err != nil {
				return err
			}
			if output != "geojson" {
				return usageError("unknown output format %q: use geojson", output)
			}
			s, err := qf.read(cmd.Context())
			return with(s, err, func(s store.Store) error {
				ps, err := s.Places(cmd.Context(), r)
				if err != nil {
					return err
				}
				enc := json.NewEncoder(a.out)
				enc.SetEscapeHTML(false)
				return enc.Encode(features(ps))
			})
		},
	}
	qf.register(c)
	c.Flags().StringVarP(&output, "output", "o", "geojson", "geojson")
	return c
}

// A collection is a FeatureCollection of RFC 7946.
type collection struct {
	Type     string    `json:"type"`
	Features []feature `json:"features"`
}

type feature struct {
	Type       string         `json:"type"`
	Geometry   map[string]any `json:"geometry"`
	Properties map[string]any `json:"properties"`
}

func features(ps []store.PlaceCount) collection {
	c := collection{"FeatureCollection", []feature{}}
	for _, p := range ps {
		if p.Place.Lat == nil || p.Place.Lon == nil {
			continue
		}
		props := map[string]any{"name": p.Place.Name, "type": p.Place.Type, "country": p.Place.Country, "admin1": p.Place.Admin1, "kb": p.Place.KB, "events": p.N}
		for i, q := range quadColumns {
			props[q] = p.Quads[i+1]
		}
		c.Features = append(c.Features, feature{"Feature", map[string]any{"type": "Point", "coordinates": []float64{*p.Place.Lon, *p.Place.Lat}}, props})
	}
	return c
}

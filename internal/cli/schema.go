package cli

import (
	"github.com/spf13/cobra"

	"casus/internal/record"
)

func (a *app) schemaCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "schema",
		Short: "Print the JSON Schema of the records",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			_, err := a.out.Write(record.JSONSchema)
			return err
		},
	}
}

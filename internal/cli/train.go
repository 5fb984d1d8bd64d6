package cli

import (
	"github.com/spf13/cobra"

	"casus/internal/lang/train"
)

func (a *app) trainCmd() *cobra.Command {
	c := &cobra.Command{Use: "train", Short: "Rebuild the trained parts of casus from their data"}
	c.AddCommand(a.trainLanguage())
	return c
}

func (a *app) trainLanguage() *cobra.Command {
	var cfg train.Config
	var out string
	c := &cobra.Command{
		Use:   "language",
		Short: "Train the language model: tags, trees and names",
		Long: `Language trains the model that is built into casus, from treebanks and files of
names in the folder --data. The same data, settings and seed give the same file,
byte for byte, with one worker or two. MODELS.md says what the shipped model was
trained on and with which settings; they are the defaults.`,
		Example: "  casus train language --data ../shared/data/language --out en.model",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if cfg.Workers < 0 || cfg.Workers > 2 {
				return usageError("--workers: want 1 or 2, got %d", cfg.Workers)
			}
			if !a.quiet {
				cfg.Log = a.errOut
			}
			return train.Write(cfg, out)
		},
	}
	f := c.Flags()
	f.StringVar(&cfg.Data, "data", "", "folder of the training data")
	f.StringVar(&out, "out", "", "model file to write")
	f.IntVar(&cfg.Raw, "raw-words", 0, "words of unlabelled news read first (0: as shipped, -1: none)")
	f.IntVar(&cfg.Epochs, "epochs", 0, "passes over the treebanks (0: as shipped)")
	f.IntVar(&cfg.Hidden, "hidden", 0, "units of an LSTM direction (0: as shipped)")
	f.Uint64Var(&cfg.Seed, "seed", 0, "seed of chance (0: as shipped)")
	f.IntVar(&cfg.Workers, "workers", 2, "processors to use, 1 or 2")
	f.BoolVar(&cfg.Licensed, "stated-licences-only", false, "leave out names whose licence is not stated")
	for _, name := range []string{"data", "out"} {
		// The only error is a flag that does not exist, which the tests would meet.
		_ = c.MarkFlagRequired(name)
	}
	return c
}

package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"casus/internal/ingest"
	"casus/internal/lang/lemma"
	"casus/internal/lang/token"
	"casus/internal/lang/train"
)

func (a *app) trainCmd() *cobra.Command {
	c := &cobra.Command{Use: "train", Short: "Rebuild the trained parts of casus from their data"}
	c.AddCommand(a.trainLanguage(), a.trainWords())
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

// treebanks are the files that sentence ends and lemmas are learned from.
var treebanks = []string{"en_ewt-ud-train.conllu.gz", "en_gum-ud-train.conllu.gz"}

func (a *app) trainWords() *cobra.Command {
	var data, out string
	c := &cobra.Command{
		Use:   "words",
		Short: "Learn the tables of sentence ends and of lemmas",
		Long: `Words learns from the treebanks in --data and writes token/en/ends.tsv and
lemma/en/{casing,endings,forms}.tsv below --out. The same data give the same
bytes. The folder can be tried with --rules before it replaces the built-in files.`,
		Example: "  casus train words --data ../shared/data/language --out tables\n  casus code --rules tables article.txt",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			return trainWords(data, out)
		},
	}
	c.Flags().StringVar(&data, "data", "", "folder of the training data")
	c.Flags().StringVar(&out, "out", "", "folder to write")
	for _, name := range []string{"data", "out"} {
		_ = c.MarkFlagRequired(name)
	}
	return c
}

func trainWords(data, out string) error {
	paths := make([]string, len(treebanks))
	for i, t := range treebanks {
		paths[i] = filepath.Join(data, t)
	}
	clusters := filepath.Join(data, "news64.clus.gz")
	f, err := ingest.OpenFile(clusters)
	if err != nil {
		return err
	}
	defer f.Close()
	words, err := lemma.ReadWords(f)
	if err != nil {
		return fmt.Errorf("%s: %w", clusters, err)
	}
	files := map[string]io.WriteCloser{}
	var errs []error
	for _, name := range []string{"token/en/ends.tsv", "lemma/en/casing.tsv", "lemma/en/endings.tsv", "lemma/en/forms.tsv"} {
		p := filepath.Join(out, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			return err
		}
		w, err := os.Create(p)
		if err != nil {
			return err
		}
		files[name] = w
	}
	errs = append(errs, token.Train(files["token/en/ends.tsv"], paths...))
	errs = append(errs, lemma.Train(lemma.Tables{
		Casing: files["lemma/en/casing.tsv"], Endings: files["lemma/en/endings.tsv"], Forms: files["lemma/en/forms.tsv"],
	}, words, paths...))
	for _, w := range files {
		errs = append(errs, w.Close())
	}
	return errors.Join(errs...)
}

package cli

import (
	"fmt"
	"io/fs"
	"os"
	"slices"

	"casus/internal/eval"
	"casus/internal/pipeline"
	"casus/internal/record"

	"casus/internal/article"
)

// pipeline loads the models and rules that the flags name.
func (a *app) pipeline() (*pipeline.Pipeline, error) {
	var over fs.FS
	if a.rules != "" {
		info, err := os.Stat(a.rules)
		if err != nil {
			return nil, fmt.Errorf("--rules: %w", err)
		}
		if !info.IsDir() {
			return nil, usageError("--rules: %s is not a folder", a.rules)
		}
		over = os.DirFS(a.rules)
	}
	return pipeline.New(pipeline.Options{Rules: over, Version: version()})
}

// shownOnly codes as casus code prints by default: without the events below
// the default confidence.
func shownOnly(p *pipeline.Pipeline) eval.Coder {
	return func(art *article.Article) *record.Document {
		d := p.Code(art)
		show(d, false, record.DefaultMinConfidence)
		return d
	}
}

// confidentOnly codes without the events that only their confidence keeps from
// being shown; those of another status stay.
func confidentOnly(p *pipeline.Pipeline) eval.Coder {
	return func(art *article.Article) *record.Document {
		d := p.Code(art)
		d.Events = slices.DeleteFunc(d.Events, func(e record.Event) bool {
			return e.Shown(0) && !e.Shown(record.DefaultMinConfidence)
		})
		return d
	}
}

// Package cli is the command line: one file a subcommand. It is the only place
// that reads flags, and the only one that prints.
//
// Data goes to standard output; progress, warnings and errors go to standard
// error. Exit codes: 0 done, 1 error, 2 wrong usage, 3 nothing found, 4 some inputs failed,
// 5 data of the wrong shape, 130 interrupted.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
)

// Exit codes.
const (
	exitOK          = 0
	exitError       = 1
	exitUsage       = 2
	exitPartial     = 4
	exitData        = 5
	exitInterrupted = 130
)

// An exitCode is an error that says how the process ends. A nil err means that
// what happened has been reported already.
type exitCode struct {
	code int
	err  error
}

func (e exitCode) Error() string {
	if e.err == nil {
		return fmt.Sprintf("exit code %d", e.code)
	}
	return e.err.Error()
}

func (e exitCode) Unwrap() error { return e.err }

// usageError is an error of the words of the command.
func usageError(format string, args ...any) error {
	return exitCode{exitUsage, fmt.Errorf(format, args...)}
}

// An app is what the subcommands share.
type app struct {
	in          io.Reader
	out, errOut io.Writer
	quiet       bool
	noColor     bool
	rules       string
}

// Main runs the command line and returns the exit code.
func Main(args []string, in io.Reader, out, errOut io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	a := &app{in: in, out: out, errOut: errOut}
	root := a.root()
	root.SetArgs(args)
	root.SetIn(in)
	root.SetOut(out)
	root.SetErr(errOut)
	err := root.ExecuteContext(ctx)
	var ec exitCode
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(errOut, "casus: interrupted")
		return exitInterrupted
	case errors.Is(err, syscall.EPIPE):
		return exitOK // the reader has what it wanted: casus … | head
	case errors.As(err, &ec):
		if ec.err != nil {
			fmt.Fprintln(errOut, "casus: "+oneLine(ec.err))
		}
		return ec.code
	}
	fmt.Fprintln(errOut, "casus: "+oneLine(err))
	if isUsage(err) {
		return exitUsage
	}
	return exitError
}

// isUsage reports whether the error comes from the parser of flags.
func isUsage(err error) bool {
	s := err.Error()
	for _, p := range []string{"unknown command", "unknown flag", "unknown shorthand", "invalid argument", "flag needs an argument", "requires at least", "accepts ", "required flag"} {
		if strings.Contains(s, p) {
			return true
		}
	}
	return false
}

func oneLine(err error) string { return strings.Join(strings.Fields(err.Error()), " ") }

func (a *app) root() *cobra.Command {
	c := &cobra.Command{
		Use:   "casus",
		Short: "Write down who did what to whom, when and where, and who said so",
		Long: `Casus reads news articles and writes down who did what to whom, when and where,
and who said so. Every record is anchored to the exact words it stands on.`,
		Example: `  casus code article.txt                       read one article, print a table
  casus code --output jsonl articles/ > out.jsonl
  pbpaste | casus code --why -                 paste text, see each record and why
  casus explain article.txt#e1                 why is this record there?`,
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	c.CompletionOptions.HiddenDefaultCmd = false
	f := c.PersistentFlags()
	f.BoolVarP(&a.quiet, "quiet", "q", false, "no progress and no summary on standard error")
	f.BoolVar(&a.noColor, "no-color", false, "no colours (also: NO_COLOR in the environment)")
	f.StringVar(&a.rules, "rules", os.Getenv("CASUS_RULES"), "folder whose rules and lexicons are laid over the built-in ones")
	c.AddCommand(a.codeCmd(), a.clausesCmd(), a.extractCmd(), a.parseCmd(), a.explainCmd(), a.evalCmd(), a.kbCmd(), a.gazetteerCmd(), a.rulesCmd(), a.schemaCmd(), a.trainCmd(), a.versionCmd())
	c.AddCommand(a.ingestCmd(), a.searchCmd(), a.showCmd(), a.timelineCmd(), a.dyadCmd(), a.facetsCmd(), a.mapCmd(), a.exportCmd(), a.recodeCmd(), a.diffCmd(), a.correctCmd(), a.dbCmd(), a.serveCmd())
	c.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return exitCode{exitUsage, err} })
	return c
}

// version is the module's version as built, or "devel".
func version() string {
	bi, ok := debug.ReadBuildInfo()
	if !ok || bi.Main.Version == "" || bi.Main.Version == "(devel)" {
		return "devel"
	}
	return bi.Main.Version
}

// color reports whether to print colours to w.
func (a *app) color(w io.Writer) bool {
	return !a.noColor && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" && isTerminal(w)
}

// Command casus reads the news and writes down who did what to whom, when and
// where, and who said so.
package main

import (
	"os"

	"casus/internal/cli"
)

func main() { os.Exit(cli.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }

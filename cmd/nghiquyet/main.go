// Command nghiquyet searches the documents of Party committees: it builds the index
// (reindex), serves it (serve) and answers in the terminal (search).
//
// This package has everything that belongs to a process: flags, environment,
// configuration file, signals, exit codes, and the wiring of the packages below.
// Each command has a file.
package main

import (
	"context"
	"io"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	// The first signal ends the command in order, the second one at once.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)
	os.Exit(run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// run runs one command and returns the exit code.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	root := newRoot()
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	return exitCode(root, root.ExecuteContext(ctx))
}

package main

import (
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"nghiquyet/index"
)

func newVersion() *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "In phiên bản", Args: usage(cobra.NoArgs),
		Run: func(cmd *cobra.Command, _ []string) {
			cmd.Printf("nghiquyet %s, %s, %s/%s, schema %d\n", version(), runtime.Version(), runtime.GOOS, runtime.GOARCH, index.SchemaVersion)
		},
	}
}

// version is the module's version, or the commit that it was built from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "dev"
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		return v
	}
	v := "dev"
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision" && len(s.Value) >= 12:
			v = s.Value[:12]
		case s.Key == "vcs.modified" && s.Value == "true":
			v += "+"
		}
	}
	return v
}

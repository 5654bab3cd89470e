package main

import (
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"

	"nghiquyet/index"
)

// release is the version of these sources, without the v of a tag. It is defined
// only here: raise it in the commit that is tagged.
const release = "1.0.0"

func newVersion() *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "In phiên bản", Args: usage(cobra.NoArgs),
		Run: func(cmd *cobra.Command, _ []string) {
			cmd.Printf("nghiquyet %s, %s, %s/%s, schema %d\n", version(), runtime.Version(), runtime.GOOS, runtime.GOARCH, index.SchemaVersion)
		},
	}
}

// version returns the version of this program.
func version() string {
	info, _ := debug.ReadBuildInfo()
	return versionOf(info)
}

// shortCommit is how many characters of a commit a version names.
const shortCommit = 12

// versionOf returns the version of a build: that of the module if a tag was built
// (1.2.0), otherwise the release with the commit (1.2.0+0123456789ab, followed by
// .dirty if files were changed). Without version control data it is only the
// release. info may be nil.
func versionOf(info *debug.BuildInfo) string {
	if info == nil {
		return release
	}
	commit, dirty := "", false
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			commit = s.Value[:min(len(s.Value), shortCommit)]
		case "vcs.modified":
			dirty = s.Value == "true"
		}
	}
	tag, isTag := strings.CutPrefix(info.Main.Version, "v")
	switch {
	case isTag && !strings.HasPrefix(tag, "0.0.0-"): // no pseudo-version of a repository without tags
		return tag
	case commit == "":
		return release
	case dirty:
		return release + "+" + commit + ".dirty"
	}
	return release + "+" + commit
}

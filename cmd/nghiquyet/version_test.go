package main

import (
	"runtime/debug"
	"testing"
)

func TestVersionOf(t *testing.T) {
	stamp := func(commit, modified string) []debug.BuildSetting {
		return []debug.BuildSetting{{Key: "vcs.revision", Value: commit}, {Key: "vcs.modified", Value: modified}}
	}
	const commit = "0123456789abcdef0123456789abcdef01234567"
	for _, c := range []struct {
		info *debug.BuildInfo
		want string
	}{
		{nil, release},
		{&debug.BuildInfo{Main: debug.Module{Version: "(devel)"}}, release},
		{&debug.BuildInfo{Main: debug.Module{Version: "v3.2.1"}}, "3.2.1"},
		{&debug.BuildInfo{Main: debug.Module{Version: "v0.0.0-20261129101500-0123456789ab"}, Settings: stamp(commit, "false")}, release + "+0123456789ab"},
		{&debug.BuildInfo{Main: debug.Module{Version: "(devel)"}, Settings: stamp(commit, "true")}, release + "+0123456789ab.dirty"},
		{&debug.BuildInfo{Settings: stamp("01", "false")}, release + "+01"},
	} {
		if got := versionOf(c.info); got != c.want {
			t.Errorf("versionOf(%+v) = %q, want %q", c.info, got, c.want)
		}
	}
}

func TestVersion(t *testing.T) {
	want(t, exitOK, "nghiquyet "+release, "version")
}

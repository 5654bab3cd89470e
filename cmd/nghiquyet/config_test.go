package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/spf13/cobra"
)

// serveConfig is a serve command that only reads its configuration.
func serveConfig(t *testing.T, args ...string) (*cobra.Command, error) {
	t.Helper()
	root := newRoot()
	cmd, _, err := root.Find([]string{"serve"})
	if err != nil {
		t.Fatal(err)
	}
	cmd.RunE = func(*cobra.Command, []string) error { return nil }
	root.SetArgs(append([]string{"serve"}, args...))
	return cmd, root.Execute()
}

func TestFlagsWinThenEnvironmentThenFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "n.yaml")
	text := "listen: file:1\ndata: file\nopensearch-url: http://file\nsource: [a, b]\ntrusted-proxy: 10.0.0.0/8\nmax-queue: 7\nquery-timeout: 3s\nlog-json: true\nkeep: 9\npublic-url:\n"
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Setenv("NGHIQUYET_LISTEN", "env:2")
	t.Setenv("NGHIQUYET_DATA", "env")
	t.Setenv("NGHIQUYET_CONFIG", file)
	cmd, err := serveConfig(t, "--listen", "flag:3")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ flag, value, origin string }{
		{"listen", "flag:3", "flag"},
		{"data", "env", "NGHIQUYET_DATA"},
		{"opensearch-url", "http://file", file},
		{"source", "[a,b]", file},
		{"trusted-proxy", "[10.0.0.0/8]", file},
		{"max-queue", "7", file},
		{"query-timeout", "3s", file},
		{"log-json", "true", file},
		{"public-url", "", "default"},
		{"engine", "bleve", "default"},
	} {
		f := cmd.Flags().Lookup(c.flag)
		if got := f.Value.String(); got != c.value || originOf(f) != c.origin {
			t.Errorf("%s = %s from %s, want %s from %s", c.flag, got, originOf(f), c.value, c.origin)
		}
	}
}

func TestConfigErrorsNameWhatIsWrong(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"unknown key", "lisen: x\n", `"lisen"`},
		{"nested key", "serve:\n  listen: x\n", `"serve.listen"`},
		{"empty map", "listen: {}\n", `"listen"`},
		{"key twice", "listen: a\nlisten: b\n", "n.yaml"},
		{"bad value", "max-queue: many\n", "max-queue"},
		{"not YAML", "listen: [\n", "n.yaml"},
		{"no map", "- a\n", "n.yaml"},
		{"its own name", "config: x\n", `"config"`},
	} {
		file := filepath.Join(t.TempDir(), "n.yaml")
		if err := os.WriteFile(file, []byte(c.text), 0o644); err != nil {
			t.Fatal(err)
		}
		want(t, exitUsage, c.want, "serve", "--config", file)
	}
	want(t, exitUsage, "none.yaml", "serve", "--config", "none.yaml")
	t.Setenv("NGHIQUYET_MAX_QUEUE", "x")
	want(t, exitUsage, "NGHIQUYET_MAX_QUEUE", "serve")
}

package main

import (
	"fmt"
	"strings"
	"text/template"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// clusterFlag is how the flags that matter to OpenSearch alone begin.
const clusterFlag = "opensearch-"

// usageTemplate is the usage of a command. Flags that only a cluster needs come last.
var usageTemplate = template.Must(template.New("usage").Funcs(template.FuncMap{
	"pad":   func(s string, n int) string { return fmt.Sprintf("%-*s", n, s) },
	"own":   func(cmd *cobra.Command) string { return flagUsages(cmd.LocalFlags(), isOwn) },
	"taken": func(cmd *cobra.Command) string { return flagUsages(cmd.InheritedFlags(), isOwn) },
	"cluster": func(cmd *cobra.Command) string {
		return flagUsages(cmd.LocalFlags(), isCluster) + flagUsages(cmd.InheritedFlags(), isCluster)
	},
}).Parse(`Cách dùng:{{if .Runnable}}
  {{.UseLine}} [TÙY CHỌN]{{end}}{{if .HasAvailableSubCommands}}
  {{.CommandPath}} LỆNH{{end}}{{if .HasExample}}

Ví dụ:
{{.Example}}{{end}}{{if .HasAvailableSubCommands}}

Các lệnh:{{range .Commands}}{{if .IsAvailableCommand}}
  {{pad .Name .NamePadding}} {{.Short}}{{end}}{{end}}{{end}}{{with own .}}

Tùy chọn:
{{.}}{{end}}{{with taken .}}

Tùy chọn chung:
{{.}}{{end}}{{with cluster .}}

Chỉ khi dùng cụm OpenSearch (--engine opensearch):
{{.}}{{end}}{{if .HasAvailableSubCommands}}

Xem thêm: {{.CommandPath}} LỆNH --help{{end}}
`))

func isCluster(f *pflag.Flag) bool { return strings.HasPrefix(f.Name, clusterFlag) }

func isOwn(f *pflag.Flag) bool { return !isCluster(f) }

// flagUsages lists the flags of a set that are wanted, "" for none.
func flagUsages(fs *pflag.FlagSet, wanted func(*pflag.Flag) bool) string {
	some := pflag.NewFlagSet("", pflag.ContinueOnError)
	fs.VisitAll(func(f *pflag.Flag) {
		if wanted(f) {
			some.AddFlag(f)
		}
	})
	return strings.TrimRight(some.FlagUsages(), "\n")
}

// printUsage writes the usage of a command.
func printUsage(cmd *cobra.Command) error { return usageTemplate.Execute(cmd.OutOrStderr(), cmd) }

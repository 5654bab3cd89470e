package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"nghiquyet/analyzers/vi"
)

func newAnalyze() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:     "analyze TEXT",
		Short:   "In các từ sau mỗi bước phân tích tiếng Việt",
		Example: `  nghiquyet analyze "Nghị quyết số 35-CT/TW của Đảng uỷ"`,
		Args:    usage(cobra.MinimumNArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			text := strings.Join(args, " ")
			stages := vi.Stages(text)
			if asJSON {
				return printJSON(cmd.OutOrStdout(), stages)
			}
			for _, s := range stages {
				cmd.Printf("%s\n", s.Name)
				for _, t := range s.Tokens {
					cmd.Printf("  %4d  %-10s %-12s %s\n", t.Pos, fmt.Sprintf("%d:%d", t.Start, t.End), t.Kind, printable(t.Term))
				}
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "in JSON")
	return cmd
}

package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"nghiquyet/analyzers/vi"
)

func newAnalyze() *cobra.Command {
	return &cobra.Command{
		Use:     "analyze TEXT",
		Short:   "In các từ sau mỗi bước phân tích tiếng Việt",
		Example: `  nghiquyet analyze "Nghị quyết số 35-CT/TW của Đảng uỷ"`,
		Args:    usage(cobra.MinimumNArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			text := strings.Join(args, " ")
			toks := vi.Tokens(text)
			var spans []string
			for _, t := range toks {
				spans = append(spans, fmt.Sprintf("%s %d:%d", t.Kind, t.Start, t.End))
			}
			for _, stage := range []struct {
				name  string
				terms []string
			}{
				{"text", []string{text}},
				{"NFC", []string{vi.NFC(text)}},
				{"normalize", []string{vi.Normalize(text)}},
				{"spans", spans},
				{"exact", vi.AppendExact(nil, toks)},
				{"folded", vi.AppendFolded(nil, toks)},
				{"bigrams", vi.AppendBigrams(nil, toks)},
			} {
				for i, t := range stage.terms {
					stage.terms[i] = printable(t)
				}
				cmd.Printf("%-10s%s\n", stage.name, strings.Join(stage.terms, " | "))
			}
			return nil
		},
	}
}

package main

import (
	"context"

	"github.com/spf13/cobra"

	"nghiquyet/search"
	"nghiquyet/search/api"
)

func newShow() *cobra.Command {
	var flags indexFlags
	cmd := &cobra.Command{
		Use:   "show ID",
		Short: "In một bài: siêu dữ liệu, căn cứ, bài học, trích dẫn, như API trả lời (JSON)",
		Args:  usage(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			return flags.withEngine(cmd, func(ctx context.Context, e search.Engine) error {
				a, err := api.ReadArticle(ctx, e, args[0])
				if err != nil {
					return err
				}
				return printJSON(cmd.OutOrStdout(), a)
			})
		},
	}
	flags.add(cmd)
	return cmd
}

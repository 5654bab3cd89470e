package main

import (
	"context"

	"github.com/spf13/cobra"

	"nghiquyet/search"
)

func newShow() *cobra.Command {
	var flags indexFlags
	cmd := &cobra.Command{
		Use:   "show ID",
		Short: "In một bài: siêu dữ liệu, căn cứ, bài học, trích dẫn (JSON)",
		Args:  usage(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			return flags.withEngine(cmd, func(ctx context.Context, e search.Engine) error {
				a, err := e.Article(ctx, args[0])
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

package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"nghiquyet/index"
	"nghiquyet/index/extract"
	"nghiquyet/index/page"
)

func newExtract() *cobra.Command {
	var explain bool
	var scans ocrFlags
	cmd := &cobra.Command{
		Use:   "extract FILE",
		Short: "Đọc một tệp mà không lập chỉ mục, in kết quả (JSON)",
		Long: `Đọc một tệp và in những gì đọc được: tiêu đề, ngày, tỉnh, chủ đề, bài học, trích dẫn,
mỗi giá trị kèm căn cứ. Tệp JSON Lines cho mỗi dòng một kết quả. Dòng hỏng được báo ra
stderr và những dòng khác vẫn được đọc; mã thoát khi đó là 1.`,
		Args: usage(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			engine, err := scans.engine("", codeFolder())
			if err != nil {
				return err
			}
			return extractFile(cmd, extract.New(extract.Config{OCR: engine}), args[0], explain)
		},
	}
	cmd.Flags().BoolVar(&explain, "explain", false, "kèm quy tắc đã quyết định mỗi giá trị và ý kiến của các quy tắc khác")
	scans.add(cmd.Flags())
	return cmd
}

// explained is an article with the decisions that made it.
type explained struct {
	*index.Article
	Decisions []extract.Decision `json:"decisions"`
}

func extractFile(cmd *cobra.Command, x *extract.Extractor, path string, explain bool) error {
	read, rejected := 0, 0
	for res, err := range x.File(cmd.Context(), path) {
		var rej *page.Reject
		switch {
		case errors.As(err, &rej):
			rejected++
			cmd.PrintErrf("%v\n", rej)
			continue
		case err != nil:
			return err
		}
		read++
		var v any = &res.Article
		if explain {
			v = explained{&res.Article, res.Decisions}
		}
		if err := printJSON(cmd.OutOrStdout(), v); err != nil {
			return err
		}
	}
	if rejected > 0 {
		return fmt.Errorf("%s: đọc được %d, từ chối %d", printable(path), read, rejected)
	}
	return nil
}

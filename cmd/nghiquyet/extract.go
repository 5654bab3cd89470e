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
	var (
		explain bool
		reading readFlags
		scans   ocrFlags
	)
	cmd := &cobra.Command{
		Use:   "extract FILE",
		Short: "Đọc một tệp mà không lập chỉ mục, in kết quả (JSON)",
		Long: `Đọc một tệp và in những gì đọc được: tiêu đề, ngày, tỉnh, chủ đề, bài học, trích dẫn,
mỗi giá trị kèm căn cứ. Tệp JSON Lines cho mỗi dòng một kết quả, thư (.eml)
cho một kết quả và mỗi tệp đính kèm thêm một. Dòng hỏng được báo ra
stderr và những dòng khác vẫn được đọc; mã thoát khi đó là 1.`,
		Args: usage(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			how, err := reading.config()
			if err != nil {
				return err
			}
			if how.OCR, err = scans.engine("", codeFolder()); err != nil {
				return err
			}
			return extractFile(cmd, args[0], explain, how)
		},
	}
	reading.add(cmd.Flags())
	cmd.Flags().BoolVar(&explain, "explain", false, "kèm quy tắc đã quyết định mỗi giá trị và ý kiến của các quy tắc khác")
	scans.add(cmd.Flags())
	return cmd
}

// explained is an article with the decisions that made it.
type explained struct {
	*index.Article
	Decisions []extract.Decision `json:"decisions"`
}

func extractFile(cmd *cobra.Command, path string, explain bool, how extract.Config) error {
	read, rejected := 0, 0
	leftOut := map[string]int{}
	for res, err := range extract.New(how).File(cmd.Context(), path) {
		var rej *page.Reject
		switch {
		case errors.As(err, &rej) && rej.Skip:
			leftOut[rej.Code]++
			continue
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
	if len(leftOut) > 0 {
		cmd.PrintErrf("%s: bỏ qua (%s)\n", printable(path), byCode(leftOut))
	}
	if rejected > 0 {
		return fmt.Errorf("%s: đọc được %d, từ chối %d", printable(path), read, rejected)
	}
	return nil
}

package main

import (
	"fmt"
	"log/slog"
	"strings"

	"github.com/spf13/cobra"
)

// newRoot puts all commands together.
func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:   "nghiquyet",
		Short: "Tìm kiếm toàn văn trong văn bản của các cấp ủy",
		Long: `nghiquyet lập chỉ mục và tìm kiếm toàn văn các trang và văn bản của các cấp ủy:
nghị quyết, chỉ thị, lịch sử Đảng bộ, bài học kinh nghiệm.

Bắt đầu:
  nghiquyet serve --demo                  thử ngay với các trang mẫu
  nghiquyet reindex THƯ_MỤC               đọc các tệp và lập chỉ mục
  nghiquyet serve                         phục vụ tại http://127.0.0.1:8080/

Mỗi tùy chọn còn đặt được bằng biến môi trường NGHIQUYET_… (ví dụ NGHIQUYET_DATA)
và bằng khóa cùng tên trong tệp YAML cho bởi --config. Tùy chọn trên dòng lệnh được
ưu tiên, rồi đến biến môi trường, rồi đến tệp.

Mã thoát: 0 xong; 1 lỗi; 2 sai cách dùng; 3 đã lập chỉ mục nhưng có văn bản bị từ chối hoặc không đọc được.`,
		Args: usage(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return usagef("cần một lệnh\n\n%s", cmd.UsageString())
		},
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error { return configure(cmd) },
		SilenceErrors:     true,
		SilenceUsage:      true,
		CompletionOptions: cobra.CompletionOptions{HiddenDefaultCmd: true},
	}
	root.PersistentFlags().String(configFlag, "", "tệp cấu hình YAML")
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	root.SetUsageFunc(printUsage)
	root.SetHelpCommand(&cobra.Command{Use: "help [LỆNH]", Short: "Cách dùng một lệnh", Hidden: true, Run: help})
	root.AddCommand(
		newServe(), newReindex(), newGenerations(), newSearch(), newShow(), newMCP(), newDeliver(), newExtract(),
		newAnalyze(), newEval(), newDoctor(), newBackup(), newRestore(), newMigrate(), newLearn(), newPlaces(), newVersion(), newRender(),
	)
	describeHelp(root)
	return root
}

// describeHelp translates the texts that cobra adds to every command into Vietnamese.
func describeHelp(cmd *cobra.Command) {
	cmd.InitDefaultHelpFlag()
	cmd.Flags().Lookup("help").Usage = "cách dùng lệnh này"
	cmd.DisableFlagsInUseLine = true
	cmd.SuggestionsMinimumDistance = 2
	for _, sub := range cmd.Commands() {
		describeHelp(sub)
	}
}

func help(cmd *cobra.Command, args []string) {
	if c, _, err := cmd.Root().Find(args); err == nil {
		cmd = c
	}
	cmd.Help()
}

// usage turns errors of an argument check into usage errors.
func usage(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		err := check(cmd, args)
		switch {
		case err == nil:
			return nil
		case cmd.HasSubCommands() && len(args) > 0:
			err = fmt.Errorf("không có lệnh %q (unknown command)", args[0])
			if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
				err = fmt.Errorf("%w; có phải: %s?", err, strings.Join(near, ", "))
			}
		default:
			err = fmt.Errorf("số tham số không đúng (%w)\nCách dùng: %s", err, cmd.UseLine())
		}
		return usageError{err}
	}
}

// logger writes structured logs to the command's standard error.
func logger(cmd *cobra.Command) *slog.Logger {
	return slog.New(slog.NewTextHandler(cmd.ErrOrStderr(), nil))
}

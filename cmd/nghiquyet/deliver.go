package main

import (
	"context"
	"errors"
	"net/url"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"nghiquyet/search"
	"nghiquyet/search/follow"
)

// deliveriesDir is the folder in the data folder with the state of deliveries.
const deliveriesDir = "deliveries"

// errUndelivered ends a run in which some deliveries did not arrive.
var errUndelivered = errors.New("some deliveries did not arrive")

// deliverFlags are the flags of sending new documents to followers.
type deliverFlags struct {
	searches, public string
	file             *follow.File // the file that searches names, once checked
}

func (f *deliverFlags) add(fs *pflag.FlagSet) {
	fs.StringVar(&f.searches, "saved-searches", "", "tệp các câu tìm đã lưu (YAML hoặc JSON): có văn bản mới thì báo cho webhook và thư điện tử")
	fs.StringVar(&f.public, "public-url", "", "địa chỉ người đọc dùng, cho liên kết trong tin báo")
}

// check reads the file of saved searches, if one is configured.
func (f *deliverFlags) check() error {
	if f.searches == "" {
		return nil
	}
	if u, err := url.Parse(f.public); err != nil || u.Host == "" {
		return usagef("--public-url %q: tin báo cần địa chỉ mà người đọc dùng, ví dụ https://timkiem.example.vn", f.public)
	}
	var err error
	if f.file, err = follow.Read(f.searches); err != nil {
		return usagef("--saved-searches: %w", err)
	}
	return nil
}

// deliver sends the new documents of the current generation to the receivers of
// saved searches.
func (f *deliverFlags) deliver(cmd *cobra.Command, index *indexFlags) error {
	d := follow.Deliverer{File: f.file, Dir: filepath.Join(index.store.Dir, deliveriesDir), Base: strings.TrimRight(f.public, "/"),
		Version: version(), Log: logger(cmd)}
	var undelivered error
	err := index.withEngine(cmd, func(ctx context.Context, e search.Engine) error {
		undelivered = d.Run(ctx, e)
		return nil
	})
	if err == nil && undelivered != nil {
		err = errors.Join(errUndelivered, undelivered)
	}
	return err
}

func newDeliver() *cobra.Command {
	var flags indexFlags
	var to deliverFlags
	cmd := &cobra.Command{
		Use:   "deliver",
		Short: "Báo văn bản mới của các câu tìm đã lưu cho webhook và thư điện tử",
		Long: `Hỏi chỉ mục đang phục vụ xem mỗi câu tìm đã lưu có văn bản nào mới từ lần báo trước, rồi báo
cho webhook (POST, có chữ ký) và thư điện tử. Lần đầu chỉ ghi nhận mốc, không báo gì. Tin chưa
đến được giữ lại cho lần sau, cùng một mã. reindex --saved-searches làm việc này ở cuối lượt;
lệnh này dành cho nơi reindex không được ra mạng, hoặc để gửi lại.

Mã thoát: 0 mọi tin đã đến; 1 có tin chưa đến, chạy lại sẽ gửi tiếp; 2 sai cách dùng.`,
		Example: "  nghiquyet deliver --data /var/lib/nghiquyet --saved-searches /etc/nghiquyet-theo-doi.yaml --public-url https://timkiem.example.vn",
		Args:    usage(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if to.searches == "" {
				return usagef("cần --saved-searches TỆP")
			}
			if err := to.check(); err != nil {
				return err
			}
			return to.deliver(cmd, &flags)
		},
	}
	flags.add(cmd)
	to.add(cmd.Flags())
	return cmd
}

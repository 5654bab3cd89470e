package main

import (
	"context"

	"github.com/spf13/cobra"

	"nghiquyet/index"
	"nghiquyet/index/generation"
	"nghiquyet/index/reindex"
)

func newMigrate() *cobra.Command {
	var (
		flags              indexFlags
		from, to, progress string
	)
	cmd := &cobra.Command{
		Use:   "migrate --from bleve --to opensearch",
		Short: "Chuyển chỉ mục từ máy tìm kiếm này sang máy kia, không đọc lại tệp",
		Long: `Lấy mọi bài của thế hệ hiện tại trong một máy tìm kiếm, lập thế hệ mới trong máy kia rồi
chuyển sang nó, chỉ khi số bài và số bài học bằng nhau. Không đọc lại tệp nào; thế hệ cũ
giữ nguyên. Lần reindex sau với máy kia lập lại từ những gì đã đọc.`,
		Example: "  nghiquyet migrate --from bleve --to opensearch --opensearch-url https://os1:9200,https://os2:9200",
		Args:    usage(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if from == to {
				return usagef("--from và --to phải khác nhau")
			}
			show, err := newProgress(progress, cmd.OutOrStdout(), cmd.ErrOrStderr())
			if err != nil {
				return err
			}
			cfg := reindex.Config{Schema: index.SchemaVersion, Progress: show.status, Log: logger(cmd)}
			flags.engine = to
			if err := flags.target(&cfg); err != nil {
				return err
			}
			flags.engine = from
			old, m, err := migrate(cmd.Context(), &flags, cfg)
			if err != nil {
				return err
			}
			cmd.Printf("Đã chuyển thế hệ %s (%s) thành %s (%s): %d bài, %d bài học.\n", old.ID, from, m.ID, to, m.Articles, m.Lessons)
			return nil
		},
	}
	flags.addPlaces(cmd)
	fs := cmd.Flags()
	fs.StringVar(&from, "from", "bleve", "máy tìm kiếm đang có chỉ mục: bleve hoặc opensearch")
	fs.StringVar(&to, "to", "opensearch", "máy tìm kiếm sẽ có chỉ mục: bleve hoặc opensearch")
	fs.StringVar(&progress, "progress", "auto", "tiến độ: auto, plain, json hoặc none")
	return cmd
}

// migrate copies the current generation of an engine into the next one of cfg.
func migrate(ctx context.Context, from *indexFlags, cfg reindex.Config) (old, m *generation.Manifest, err error) {
	e, err := from.get()
	if err != nil {
		return nil, nil, err
	}
	r, err := from.generation("")
	if err != nil {
		return nil, nil, err
	}
	defer r.Close()
	if err := from.readable(r); err != nil {
		return nil, nil, err
	}
	articles, err := e.stored(ctx, from, r)
	if err != nil {
		return nil, nil, err
	}
	defer articles.Close()
	m, err = reindex.Migrate(ctx, cfg, r, articles.Articles(ctx))
	return r.Manifest, m, err
}

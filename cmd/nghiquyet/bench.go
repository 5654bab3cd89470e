package main

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"nghiquyet/index/generation"
	"nghiquyet/search/bench"
)

func newBench() *cobra.Command {
	var (
		flags    indexFlags
		cfg      bench.Config
		file     string
		progress string
	)
	cmd := &cobra.Command{
		Use:   "bench --corpus FILE",
		Short: "Đo tốc độ lập chỉ mục và tìm kiếm trên một kho cho trước",
		Long: `Đo tốc độ trên một kho JSON Lines: bóc tách và lập chỉ mục, kích thước chỉ mục, bộ nhớ,
thời gian mở, độ trễ theo từng loại câu hỏi, trong tiến trình và qua HTTP, một lõi và
mọi lõi. Kho lớn hơn tự sinh được từ kho đã cho (--docs, --seed): cùng phân bố độ dài
và từ ngữ. Không có --queries thì câu hỏi lấy từ chính kho.

Không có --data thì làm trong thư mục tạm rồi xóa. Hồ sơ CPU (--profile) có nhãn theo
loại câu hỏi: go tool pprof -tagfocus scenario=long -top queries.pprof`,
		Example: "  nghiquyet bench --corpus vanban.jsonl.zst\n" +
			"  nghiquyet bench --corpus vanban.jsonl.zst --docs 150000 --data ./do --json do.json",
		Args: usage(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if _, err := flags.get(); err != nil {
				return err
			}
			if cfg.Corpus == "" {
				return usagef("cần --corpus TỆP (JSON Lines)")
			}
			if cfg.Docs < 0 || cfg.Docs > bench.MaxDocs || cfg.Clients < 0 || cfg.Time < 0 {
				return usagef("--docs từ 0 đến %d; --clients và --time không âm", bench.MaxDocs)
			}
			show, err := newProgress(progress, cmd.ErrOrStderr(), cmd.ErrOrStderr())
			if err != nil {
				return err
			}
			if !cmd.Flag("data").Changed {
				dir, remove, err := scratch()
				if err != nil {
					return err
				}
				defer remove()
				flags.store = generation.Store{Dir: dir}
			}
			b := &cfg.Batch
			if err := flags.target(b); err != nil {
				return err
			}
			b.Log, b.Progress = logger(cmd), show.status
			if err := extraction(b); err != nil {
				return err
			}
			cfg.Dir, cfg.Open = filepath.Join(flags.store.Dir, "bench"), flags.open
			cfg.Log = func(s string) { cmd.PrintErrf("%s %s\n", time.Now().Format(time.TimeOnly), s) }
			// What was measured before an error is told too.
			report, err := bench.Run(cmd.Context(), cfg)
			if file != "" {
				err = errors.Join(err, writeJSON(file, report))
			}
			return errors.Join(err, report.Print(cmd.OutOrStdout()))
		},
	}
	flags.add(cmd)
	fs := cmd.Flags()
	fs.StringVar(&cfg.Corpus, "corpus", "", "kho: tệp JSON Lines, có thể nén gz hoặc zst")
	fs.StringVar(&cfg.Queries, "queries", "", `câu hỏi: tệp JSON Lines {"text": …}; không có thì lấy từ kho`)
	fs.IntVar(&cfg.Docs, "docs", 0, "sinh kho lớn chừng này văn bản; 0: dùng kho như đã cho")
	fs.Float64Var(&cfg.Length, "length", 1, "văn bản sinh ra dài gấp mấy lần văn bản thật")
	fs.Uint64Var(&cfg.Seed, "seed", 1, "số gieo cho mọi lựa chọn ngẫu nhiên")
	fs.IntVar(&cfg.Clients, "clients", 4, "số máy khách hỏi cùng lúc")
	fs.DurationVar(&cfg.Time, "time", 2*time.Second, "thời gian hỏi mỗi loại câu")
	fs.BoolVar(&cfg.Reuse, "reuse", false, "đo thế hệ hiện tại trong --data, không lập lại")
	fs.StringVar(&cfg.Profile, "profile", "", "thư mục ghi hồ sơ CPU")
	fs.StringVar(&file, "json", "", "ghi kết quả JSON vào tệp này")
	fs.StringVar(&progress, "progress", "none", "tiến độ lập chỉ mục: auto, plain, json hoặc none")
	return cmd
}

func writeJSON(path string, v any) error {
	b, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(path, append(b, '\n'), 0o644)
}

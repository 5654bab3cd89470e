package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"github.com/spf13/cobra"

	"nghiquyet/index/generation"
	"nghiquyet/index/learned"
	"nghiquyet/index/reindex"
)

// checkpointSuffix is added to the name of a model for the file from which interrupted
// learning resumes.
const checkpointSuffix = ".learning"

func newLearn() *cobra.Command {
	var (
		cfg           reindex.Config
		out, progress string
		seed          uint64
		reading       readFlags
	)
	cmd := &cobra.Command{
		Use:   "learn --corpus TỆP --out MÔ_HÌNH",
		Short: "Học từ một kho văn bản để xếp hạng tốt hơn, không lập chỉ mục",
		Long: `Đọc các tệp, thư mục của --corpus (lặp lại được) và học từ tiêu đề và nội dung của chúng: từ nào trong câu
hỏi thường có trong đoạn trả lời, đoạn nào nói cùng một việc bằng từ khác. Kết quả là một tệp mô hình. Cùng một kho
và --seed luôn cho cùng một tệp, dù máy có mấy nhân (bộ xử lý khác loại, như ARM, có thể cho tệp khác). Bị ngắt
giữa chừng thì lần chạy lại học tiếp từ tệp MÔ_HÌNH.learning. Không tải gì về, không gửi gì đi.`,
		Example: "  nghiquyet learn --corpus ./vanban.jsonl.zst --corpus ./trang --out ./mohinh",
		Args:    usage(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if len(cfg.Paths) == 0 || out == "" {
				return usagef("cần --corpus và --out")
			}
			show, err := newProgress(progress, cmd.OutOrStdout(), cmd.ErrOrStderr())
			if err != nil {
				return err
			}
			if err := reading.set(&cfg); err != nil {
				return err
			}
			cfg.Progress = show.status
			start := time.Now()
			m, lesson, err := reindex.Learn(cmd.Context(), cfg, learned.Training{Seed: seed, Checkpoint: out + checkpointSuffix})
			if errors.Is(err, reindex.ErrFewTitles) {
				return fmt.Errorf("chỉ có %d văn bản vừa có tiêu đề vừa có nội dung trong %d đọc được, quá ít để học (%w)",
					lesson.Titled, lesson.Documents, err)
			}
			if err != nil {
				return err
			}
			if err := generation.WriteFile(out, m.Bytes()); err != nil {
				return fmt.Errorf("write model: %w", err)
			}
			if err := os.Remove(out + checkpointSuffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return fmt.Errorf("remove steps of learning: %w", err)
			}
			cmd.Printf("Đã học từ %d văn bản (%d bị từ chối), %d âm tiết và cặp âm tiết; %d giây; mô hình %s: %s\n",
				m.Documents(), lesson.Rejected, m.Features(), int(time.Since(start).Seconds()), m.ID(), printable(out))
			return nil
		},
	}
	fs := cmd.Flags()
	fs.StringArrayVar(&cfg.Paths, "corpus", nil, "tệp hoặc thư mục văn bản để học (lặp lại được)")
	reading.add(fs)
	fs.StringVar(&out, "out", "", "ghi mô hình vào tệp này")
	fs.Uint64Var(&seed, "seed", 0, "số bắt đầu của các lựa chọn ngẫu nhiên")
	fs.StringVar(&progress, "progress", "auto", "tiến độ: auto, plain, json hoặc none")
	return cmd
}

// teachFlags are the flags of reindex for the model of a generation.
type teachFlags struct{ learn, model string }

const (
	learnFlag = "learn"
	modelFlag = "model"
)

func (f *teachFlags) add(cmd *cobra.Command) {
	fs := cmd.Flags()
	fs.StringVar(&f.learn, learnFlag, reindex.LearnAuto, "học từ chính các văn bản để xếp hạng: auto (từ 5.000 văn bản có tiêu đề, học lại khi một phần tư đã đổi), always (mỗi lần lập) hoặc off")
	fs.StringVar(&f.model, modelFlag, "", "dùng mô hình của 'nghiquyet learn' trong tệp này, không học")
}

// apply configures learning. The caller must close the model, which may be nil.
func (f *teachFlags) apply(cmd *cobra.Command, to *reindex.Teaching) (*learned.Model, error) {
	if err := choice(learnFlag, f.learn, reindex.LearnAuto, reindex.LearnOff, reindex.LearnAlways); err != nil {
		return nil, err
	}
	if to.Learn = f.learn; f.model == "" {
		return nil, nil
	}
	if cmd.Flags().Changed(learnFlag) {
		return nil, usagef("--%s và --%s không đi cùng nhau", learnFlag, modelFlag)
	}
	m, err := learned.Open(f.model, true)
	if errors.Is(err, learned.ErrModel) {
		return nil, fmt.Errorf("--%s %s: không phải một mô hình nguyên vẹn (%w)", modelFlag, printable(f.model), err)
	}
	if err != nil {
		return nil, fmt.Errorf("--%s: %w", modelFlag, err)
	}
	to.Model = m
	return m, nil
}

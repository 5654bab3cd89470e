package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"nghiquyet/index/reindex"
)

// shownNotes is how many rejects are printed; the report has them all.
const shownNotes = 20

func newReindex() *cobra.Command {
	var (
		flags    indexFlags
		scans    ocrFlags
		cfg      reindex.Config
		progress string
		// removable is --max-removed
		removable int
		// followers get a message about new documents
		followers deliverFlags
		teach     teachFlags
		reading   readFlags
	)
	cmd := &cobra.Command{
		Use:   "reindex PATH...",
		Short: "Đọc tệp và thư mục, lập chỉ mục mới và đưa vào phục vụ",
		Long: `Đọc các tệp và thư mục (txt, html, htm, md, doc, docx, xml của Word, rtf, odt, xlsx, pptx, eml (kèm tệp đính kèm), mht,
pdf, png, jpg, tif, jsonl, warc, wet, wacz, và bản nén gz, zst của chúng), lập thế hệ chỉ mục tiếp theo rồi chuyển sang phục vụ nó. Tệp không thay đổi
không bị đọc lại; tệp không còn nữa ra khỏi chỉ mục. Tệp, thư mục lần này không đọc được
(thiếu quyền, nén bị cắt cụt, đang được ghi, ổ chưa gắn…) thì giữ văn bản của lần đọc tốt
gần nhất. Nếu quá nhiều văn bản sẽ ra khỏi chỉ mục thì không lập gì cả (--max-removed).
Dừng giữa chừng lúc nào cũng được: chỉ mục đang phục vụ giữ nguyên, lần chạy sau làm tiếp.

Mã thoát: 0 đã đọc hết (cả khi không có gì mới); 3 đã lập chỉ mục, có văn bản bị từ chối
hoặc không đọc được, xem báo cáo; 1 lỗi hoặc không đọc được mà cũng không có gì mới, chỉ mục
đang phục vụ giữ nguyên; 2 sai cách dùng.`,
		Example: "  nghiquyet reindex --data ./data --report baocao.json ./trang ./vanban.jsonl.zst",
		Args:    usage(cobra.MinimumNArgs(1)),
		RunE: func(cmd *cobra.Command, paths []string) error {
			if _, err := flags.get(); err != nil {
				return err
			}
			show, err := newProgress(progress, cmd.OutOrStdout(), cmd.ErrOrStderr())
			if err != nil {
				return err
			}
			if err := flags.target(&cfg); err != nil {
				return err
			}
			cfg.Paths, cfg.Progress, cfg.Log = paths, paced(show.status), logger(cmd)
			if cfg.OCR, err = scans.engine(reindex.OCRFolders(cfg.Store.Dir)); err != nil {
				return err
			}
			if err := reading.set(&cfg); err != nil {
				return err
			}
			model, err := teach.apply(cmd, &cfg.Teaching)
			if err != nil {
				return err
			}
			defer model.Close()
			if err := reindex.CheckExcludes(cfg.Exclude); err != nil {
				return usageError{err}
			}
			if err := followers.check(); err != nil {
				return err
			}
			if removable < 0 || removable > 100 {
				return usagef("--max-removed từ 0 đến 100")
			}
			if cfg.MaxRemoved = removable; removable == 0 {
				cfg.MaxRemoved = -1
			}
			report, err := reindex.Run(cmd.Context(), cfg)
			show.done(report)
			if progress != "json" {
				summary(cmd.OutOrStdout(), report, cfg.Report)
			}
			if err == nil && followers.file != nil {
				// What did not arrive is sent by the next run: the index is sound.
				if err := followers.deliver(cmd, &flags); err != nil {
					cmd.PrintErrf("Cảnh báo: %s\n", message(err))
				}
			}
			switch {
			case err != nil:
				return err
			case report.Incomplete() && report.Result == reindex.Committed:
				return errRejects
			case report.Incomplete():
				return errUnread
			}
			return nil
		},
	}
	flags.add(cmd)
	teach.add(cmd)
	fs := cmd.Flags()
	scans.add(fs)
	fs.BoolVar(&cfg.Full, "full", false, "đọc lại và lập lại tất cả")
	fs.BoolVar(&cfg.AllowEmpty, "allow-empty", false, "cho phép chỉ mục rỗng")
	fs.IntVar(&removable, "max-removed", 20, "phần trăm văn bản nhiều nhất được ra khỏi chỉ mục trong một lần (tính từ hơn 20 văn bản); 100 là không giới hạn")
	reading.add(fs)
	fs.StringArrayVar(&cfg.Exclude, "exclude", nil, "không đọc tên hoặc đường dẫn khớp mẫu này trong các thư mục (lặp lại được), ví dụ 'nháp*' hoặc 'luu-tru/**'")
	fs.StringVar(&cfg.Report, "report", "", "ghi báo cáo JSON vào tệp này")
	fs.StringVar(&progress, "progress", "auto", "tiến độ: auto, plain, json hoặc none")
	followers.add(fs)
	fs.IntVar(&cfg.Keep, "keep", 3, "số thế hệ giữ lại")
	return cmd
}

// summary prints the result of a run for people. exitCode prints the error.
func summary(w io.Writer, r *reindex.Report, file string) {
	switch r.Result {
	case reindex.Unchanged:
		again := "không đọc lại tệp nào"
		if r.Files.Read+r.Files.Rejected > 0 {
			again = fmt.Sprintf("%d tệp đọc lại, %d bị từ chối", r.Files.Read, r.Files.Rejected)
		}
		fmt.Fprintf(w, "Không có gì mới: %d tệp không thay đổi, %s; thế hệ %s (%d bài, %d bài học) vẫn phục vụ.\n",
			r.Files.Unchanged, again, r.Generation, r.Articles, r.Lessons)
	case reindex.Held:
		fmt.Fprintf(w, "Giữ thế hệ %s (%d bài, %d bài học) đã được quay lại; muốn lập thế hệ mới: 'nghiquyet generations unpin', hoặc thêm --full.\n",
			r.Generation, r.Articles, r.Lessons)
	case reindex.Committed:
		fmt.Fprintf(w, "Đã lập thế hệ %s: %d bài, %d bài học.\n", r.Generation, r.Articles, r.Lessons)
		fmt.Fprintf(w, "Tệp: %d mới hoặc thay đổi, %d không thay đổi, %d bị từ chối, %d bỏ qua. Văn bản: %d đọc mới, %d dùng lại.\n",
			r.Files.Read, r.Files.Unchanged, r.Files.Rejected, r.Skipped, r.Extracted, r.Reused)
		fmt.Fprintf(w, "%.1f giây, %.0f văn bản/giây, %.1f MB/giây, bộ nhớ cao nhất %d MB.\n",
			r.Seconds, r.DocsRate, r.MBRate, r.PeakMemory>>20)
	}
	if l := r.Learned; l != nil && l.Model != "" {
		fmt.Fprintf(w, "Xếp hạng theo mô hình %s, học từ %d văn bản; %d đã đổi từ đó.\n", l.Model, l.Documents, l.Changed)
	}
	if r.Result == reindex.Committed || r.Removed > 0 {
		fmt.Fprintf(w, "So với thế hệ trước: thêm %d, thay đổi %d, ra khỏi chỉ mục %d.\n", r.Added, r.Changed, r.Removed)
	}
	if r.Kept > 0 {
		fmt.Fprintf(w, "Giữ lại %d văn bản của %d tệp lần này không đọc được:\n", r.Kept, len(r.Keeps))
		for _, n := range r.Keeps[:min(len(r.Keeps), shownNotes)] {
			fmt.Fprintf(w, "  %s: %d văn bản, đọc lúc %s (%s)\n", where(n), n.Kept, clock(n.Read), n.Code)
		}
		if more := len(r.Keeps) - shownNotes; more > 0 {
			fmt.Fprintf(w, "  … và %d tệp nữa\n", more)
		}
	}
	if r.Copied > 0 {
		fmt.Fprintf(w, "Bản sao: %d dòng có cùng id và cùng nội dung với một dòng khác, chỉ mục giữ một.\n", r.Copied)
	}
	if r.LeftOut > 0 {
		fmt.Fprintf(w, "Kho trang web: bỏ qua %d bản ghi (%s).\n", r.LeftOut, byCode(r.LeftOutBy))
	}
	if len(r.Unmapped) > 0 {
		fmt.Fprintf(w, "Chủ đề, loại văn bản kèm theo không có trong danh mục: %d tên, xem unmapped trong báo cáo; đổi bằng --mapping.\n", len(r.Unmapped))
	}
	if r.Doubtful > 0 {
		fmt.Fprintf(w, "Ngày đáng ngờ: %d văn bản, xem báo cáo.\n", r.Doubtful)
	}
	if r.Excluded > 0 {
		fmt.Fprintf(w, "Loại trừ theo tên: %d tệp, thư mục.\n", r.Excluded)
	}
	if r.Rejected > 0 {
		fmt.Fprintf(w, "Bị từ chối: %d\n", r.Rejected)
		for _, n := range r.Rejects[:min(len(r.Rejects), shownNotes)] {
			fmt.Fprintf(w, "  %s: %s (%s)\n", where(n), n.Reason, n.Code)
		}
		if more := r.Rejected - shownNotes; more > 0 {
			fmt.Fprintf(w, "  … và %d nữa\n", more)
		}
	}
	switch {
	case file != "":
		fmt.Fprintf(w, "Báo cáo: %s\n", filepath.Clean(file))
	case r.Skipped+r.Excluded+r.Removed > 0 || r.Rejected > shownNotes:
		fmt.Fprintln(w, "Tên từng tệp bị bỏ qua, bị từ chối và lý do: thêm --report TỆP.")
	}
}

// byCode writes counts, the largest first.
func byCode(counts map[string]int) string {
	codes := slices.SortedFunc(maps.Keys(counts), func(a, b string) int { return cmp.Or(counts[b]-counts[a], strings.Compare(a, b)) })
	for i, code := range codes {
		codes[i] = fmt.Sprintf("%s %d", code, counts[code])
	}
	return strings.Join(codes, ", ")
}

// where returns the file of a note and the line or attached file in it, safe to
// print, because a file name may contain anything.
func where(n reindex.Note) string {
	switch {
	case n.Line > 0:
		return fmt.Sprintf("%s:%d", printable(n.File), n.Line)
	case n.Part != "":
		return printable(n.File + "/" + n.Part)
	}
	return printable(n.File)
}

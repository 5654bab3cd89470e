package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"nghiquyet/index"
	"nghiquyet/index/generation"
	"nghiquyet/index/reindex"
)

// lowSpace is the free disk space in bytes below which a reindex may fail.
const lowSpace = 2 << 30

func newDoctor() *cobra.Command {
	var flags indexFlags
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "Kiểm tra đĩa, quyền, khóa, các thế hệ và cấu hình đang có hiệu lực",
		Args:  usage(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			bad := 0
			for _, c := range checks {
				text, err := c.run(&flags)
				if err == errSkip {
					continue
				}
				mark := "tốt "
				if err != nil {
					mark, text = "XẤU ", err.Error()
					bad++
				}
				cmd.Printf("%s %-12s %s\n", mark, c.name, printable(text))
			}
			if err := printConfig(cmd); err != nil {
				return err
			}
			if bad > 0 {
				return fmt.Errorf("%d mục cần xem lại", bad)
			}
			return nil
		},
	}
	flags.add(cmd)
	return cmd
}

// errSkip leaves a check out that is not of this configuration.
var errSkip = errors.New("not of this configuration")

// checks are the checks of doctor, in order. Each returns the state, or an error
// with advice.
var checks = []struct {
	name string
	run  func(*indexFlags) (string, error)
}{
	{"chương trình", func(*indexFlags) (string, error) {
		return fmt.Sprintf("phiên bản %s, schema %d", version(), index.SchemaVersion), nil
	}},
	{"địa danh", func(*indexFlags) (string, error) { return knownCountry(), nil }},
	{"thư mục", checkFolder},
	{"đĩa", func(f *indexFlags) (string, error) {
		free, _, err := f.store.Space()
		if err != nil {
			return "không đo được chỗ trống: " + err.Error(), nil
		}
		text := fmt.Sprintf("còn trống %.1f GB", float64(free)/1e9)
		if free < lowSpace {
			return "", errors.New(text + "; reindex có thể hết chỗ")
		}
		return text, nil
	}},
	{"khóa", func(f *indexFlags) (string, error) {
		h, err := f.store.Locked()
		switch {
		case err != nil:
			return "", err
		case h != nil:
			return fmt.Sprintf("đang reindex: tiến trình %d trên %s từ %s", h.PID, h.Host, clock(h.Started)), nil
		}
		return "không có reindex nào đang chạy", nil
	}},
	{"opensearch", checkCluster},
	{"thế hệ", checkGenerations},
	{"chỉ mục", checkEngine},
	{"reindex", checkLastRun},
}

func checkFolder(f *indexFlags) (string, error) {
	dir, err := filepath.Abs(f.store.Dir)
	if err != nil {
		return "", err
	}
	st, err := os.Stat(dir)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return dir + " chưa có; reindex sẽ tạo", nil
	case err != nil:
		return "", err
	case !st.IsDir():
		return "", fmt.Errorf("%s không phải thư mục", dir)
	}
	probe, err := os.CreateTemp(dir, ".doctor-*")
	if err != nil {
		return dir + " chỉ đọc được: serve chạy được, reindex thì không", nil
	}
	return dir + " đọc và ghi được", errors.Join(probe.Close(), os.Remove(probe.Name()))
}

func checkGenerations(f *indexFlags) (string, error) {
	set, err := f.generations()
	if err != nil {
		return "", err
	}
	list, err := set.List()
	if err != nil {
		return "", err
	}
	if len(list) == 0 {
		return "chưa có thế hệ nào; hãy chạy reindex", nil
	}
	current := "không có"
	for _, e := range list {
		bad, err := set.Verify(context.Background(), e.ID)
		if err == nil && len(bad) > 0 {
			err = bad[0]
		}
		if err != nil {
			return "", fmt.Errorf("thế hệ %s bị hỏng (%w); xem: nghiquyet generations verify, rồi rollback, restore hoặc reindex --full", e.ID, err)
		}
		if e.Current {
			current = e.ID
		}
	}
	held := ""
	if h, err := set.Hold(); err == nil && h != nil {
		held = ", giữ lại sau khi quay lại"
	}
	return fmt.Sprintf("%d thế hệ nguyên vẹn, hiện tại %s%s", len(list), current, held), nil
}

// results are how a run ended, for people.
var results = map[string]string{
	reindex.Committed: "đã lập thế hệ mới", reindex.Unchanged: "không có gì mới", reindex.Held: "giữ thế hệ đã quay lại",
}

// checkLastRun reports how the last run ended.
func checkLastRun(f *indexFlags) (string, error) {
	last, running, err := lastRun(f.store)
	switch {
	case err != nil:
		return "", err
	case last == nil:
		return "chưa có lần nào", nil
	case running:
		return fmt.Sprintf("đang chạy từ %s", clock(last.Underway)), nil
	case !last.Underway.IsZero():
		return "", fmt.Errorf("lần chạy lúc %s bị ngắt; chạy lại sẽ làm tiếp", clock(last.Underway))
	case last.Result == reindex.Failed:
		return "", fmt.Errorf("lần chạy lúc %s lỗi: %s", clock(last.Started), last.Error)
	}
	text := fmt.Sprintf("%s lúc %s, %.1f giây, %d văn bản: thêm %d, thay đổi %d, ra khỏi chỉ mục %d, giữ lại %d; %d bị từ chối", results[last.Result], clock(last.Finished),
		last.Seconds, last.Extracted+last.Reused, last.Added, last.Changed, last.Removed, last.Kept, last.Rejected)
	if last.Kept+last.Unreadable > 0 {
		return "", fmt.Errorf("%s; %d tệp, thư mục hoặc nguồn không đọc được: xem keeps và rejects trong báo cáo của reindex (--report)", text, last.Unreadable)
	}
	return text, nil
}

func checkEngine(f *indexFlags) (string, error) {
	r, err := f.generation("")
	if errors.Is(err, generation.ErrNone) {
		return "chưa có", nil
	}
	if err != nil {
		return "", err
	}
	defer r.Close()
	started := time.Now()
	e, err := f.open(r)
	if err != nil {
		return "", err
	}
	defer e.Close()
	return fmt.Sprintf("mở được sau %v: %d bài, %d bài học", time.Since(started).Round(time.Millisecond), r.Articles, r.Lessons), nil
}

// printConfig lists the effective settings of the service and the indexer, each
// with the origin of its value.
func printConfig(doctor *cobra.Command) error {
	type row struct{ name, value, from string }
	var rows []row
	var errs []error
	for _, cmd := range append([]*cobra.Command{doctor}, doctor.Root().Commands()...) {
		switch cmd.Name() {
		case "doctor":
		case "serve", "reindex":
			cmd.InheritedFlags() // adds the flags of its parents
			errs = append(errs, configure(cmd))
		default:
			continue
		}
		cmd.Flags().VisitAll(func(f *pflag.Flag) {
			if f.Name != "help" && !slices.ContainsFunc(rows, func(r row) bool { return r.name == f.Name }) {
				rows = append(rows, row{f.Name, f.Value.String(), originOf(f)})
			}
		})
	}
	for _, env := range []string{adminTokenEnv, readTokenEnv} {
		if os.Getenv(env) != "" {
			rows = append(rows, row{strings.ToLower(strings.TrimPrefix(env, envPrefix)), "(có)", env})
		}
	}
	doctor.Println("\nCấu hình:")
	w := tabwriter.NewWriter(doctor.OutOrStdout(), 0, 0, 2, ' ', 0)
	slices.SortFunc(rows, func(a, b row) int { return strings.Compare(a.name, b.name) })
	for _, r := range rows {
		fmt.Fprintf(w, "  %s\t%s\t%s\n", r.name, printable(r.value), origins(r.from))
	}
	return errors.Join(append(errs, w.Flush())...)
}

// origins returns the origin of a value in words; a variable and a file keep their
// names.
func origins(from string) string {
	switch from {
	case fromDefault:
		return "mặc định"
	case fromFlag:
		return "dòng lệnh"
	}
	return from
}

// clock is a time on the operator's clock.
func clock(t time.Time) string { return t.Local().Format("15:04:05 02/01/2006 MST") }

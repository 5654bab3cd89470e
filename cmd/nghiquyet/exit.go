package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"nghiquyet/index"
	"nghiquyet/index/generation"
	"nghiquyet/index/opensearchindex"
	"nghiquyet/index/reindex"
	"nghiquyet/search"
	"nghiquyet/search/follow"
	"nghiquyet/search/locale"
)

// Exit codes, a contract with scripts.
const (
	exitOK      = 0 // done
	exitFailed  = 1 // failed, with the reason printed; the served index is unchanged
	exitUsage   = 2 // wrong usage
	exitRejects = 3 // committed, with rejects listed in the report
)

// usageError is a command line or configuration that cannot be meant.
type usageError struct{ error }

func usagef(format string, args ...any) error {
	return usageError{fmt.Errorf(format, args...)}
}

// errRejects ends a reindex that committed without some documents. It has
// been reported already.
var errRejects = errors.New("some documents were rejected")

// errUnread ends a reindex that could not read everything and had nothing new to
// commit.
var errUnread = errors.New("some files or folders could not be read")

// exitCode prints the error for people and returns its exit code for scripts.
func exitCode(cmd *cobra.Command, err error) int {
	var usage usageError
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, errRejects):
		return exitRejects
	case errors.As(err, &usage):
		cmd.PrintErrf("Sai cách dùng: %s\nXem: nghiquyet --help\n", message(usage.error))
		return exitUsage
	}
	cmd.PrintErrf("Lỗi: %s\n", message(err))
	return exitFailed
}

// hints describe errors in Vietnamese, with advice; the error's own text follows in
// brackets.
var hints = []struct {
	is   func(error) bool
	text string
}{
	// Bleve passes on the text of the error only.
	{func(err error) bool { return strings.Contains(err.Error(), syscall.ENOSPC.Error()) }, "hết chỗ trên đĩa; hãy giải phóng rồi chạy lại, phần đã đọc được giữ"},
	{is(context.Canceled), "đã dừng theo yêu cầu; dữ liệu đang phục vụ không thay đổi"},
	{is(errUnread), "có tệp, thư mục hoặc nguồn không đọc được; không có gì mới, chỉ mục đang phục vụ giữ nguyên"},
	{is(reindex.ErrEmpty), "không đọc được văn bản nào nên chỉ mục cũ được giữ nguyên; nếu thật sự muốn chỉ mục rỗng, thêm --allow-empty"},
	{is(generation.ErrNone), "chưa có chỉ mục; hãy chạy: nghiquyet reindex THƯ_MỤC"},
	{is(search.ErrNoIndex), "chưa có chỉ mục; hãy chạy: nghiquyet reindex THƯ_MỤC"},
	{is(generation.ErrDamaged), "chỉ mục bị hỏng và không có thế hệ nguyên vẹn nào trước nó; xem: nghiquyet generations list; hãy restore, rollback đến thế hệ còn tốt, hoặc reindex --full"},
	{is(errExists), "tệp đã có; thêm --overwrite nếu muốn ghi đè"},
	{is(generation.ErrNoEarlier), "không có thế hệ nguyên vẹn nào trước thế hệ hiện tại"},
	{is(generation.ErrNotFound), "không có thế hệ này; xem: nghiquyet generations list"},
	{is(generation.ErrBackup), "tệp này không phải bản sao lưu của nghiquyet, hoặc không còn nguyên vẹn; không có gì thay đổi; hãy dùng một bản khác"},
	{is(search.ErrNotFound), "không có văn bản này trong chỉ mục"},
	{is(search.ErrBadCursor), "cursor không thuộc lần tìm kiếm này"},
	{is(opensearchindex.ErrAuth), "cụm OpenSearch không chấp nhận tài khoản hoặc tài khoản thiếu quyền; xem --opensearch-username, --opensearch-api-key-file"},
	{is(opensearchindex.ErrForeign), "chỉ mục, bí danh hoặc máy chủ này không phải của nghiquyet hoặc do phiên bản khác lập; xem --opensearch-url, --opensearch-prefix, hoặc chạy lại reindex"},
	{is(index.ErrLost), "cụm OpenSearch đã mất một mảnh của chỉ mục đang lập cùng với nút giữ nó, hai lần; chỉ mục đang phục vụ giữ nguyên; hãy kiểm tra các nút rồi chạy lại, sẽ làm lại từ đầu"},
	{is(index.ErrUnavailable), "cụm OpenSearch không trả lời hoặc đang thiếu mảnh; hãy kiểm tra các nút rồi chạy lại, phần đã làm được giữ"},
	{is(errUndelivered), "có tin báo chưa đến nơi; lần reindex sau, hoặc lệnh deliver, sẽ gửi tiếp"},
	{is(fs.ErrNotExist), "không có tệp hoặc thư mục này"},
	{is(fs.ErrPermission), "không có quyền đọc hoặc ghi"},
}

func is(target error) func(error) bool {
	return func(err error) bool { return errors.Is(err, target) }
}

// message returns the text of an error for people.
func message(err error) string {
	var (
		locked  *generation.LockedError
		param   *search.ParamError
		unknown *pflag.NotExistError
		missing *pflag.ValueRequiredError
		invalid *pflag.InvalidValueError
		removed *reindex.RemovedError
		closed  *generation.UnreadableError
		saved   *follow.Wrong
	)
	switch {
	case errors.As(err, &closed):
		text := fmt.Sprintf("chương trình này không mở được thế hệ %s nên không quay lại; thế hệ đang phục vụ giữ nguyên", closed.Generation)
		if closed.Instead != "" {
			text += "; thế hệ mới nhất mở được: " + closed.Instead
		}
		return fmt.Sprintf("%s (%v)", text, closed.Err)
	case errors.As(err, &removed):
		return fmt.Sprintf("%d trong %d văn bản sẽ ra khỏi chỉ mục, quá %d %%, nên không lập gì cả, chỉ mục đang phục vụ giữ nguyên; nếu đúng là muốn vậy, chạy lại với --max-removed 100 (%v)",
			removed.Removed, removed.Total, removed.Percent, err)
	case errors.As(err, &locked) && locked.Holder.PID > 0:
		h := locked.Holder
		return fmt.Sprintf("một lần reindex khác đang chạy: tiến trình %d trên máy %s, từ %s (%v)",
			h.PID, h.Host, clock(h.Started), err)
	case errors.As(err, &param):
		return fmt.Sprintf("%s: %s; %s (%v)", param.Param, param.Wrong.In(locale.Vietnamese), param.Right.In(locale.Vietnamese), err)
	case errors.As(err, &unknown):
		return fmt.Sprintf("không có tùy chọn này (%v)", err)
	case errors.As(err, &missing):
		return fmt.Sprintf("tùy chọn --%s cần một giá trị (%v)", missing.GetFlag().Name, err)
	case errors.As(err, &invalid):
		return fmt.Sprintf("giá trị %q không hợp lệ cho --%s (%v)", invalid.GetValue(), invalid.GetFlag().Name, err)
	}
	for _, h := range hints {
		if h.is(err) {
			return fmt.Sprintf("%s (%v)", h.text, err)
		}
	}
	if errors.As(err, &saved) {
		return fmt.Sprintf("%s (%v)", saved.In(locale.Vietnamese), err)
	}
	return err.Error()
}

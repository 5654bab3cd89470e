package main

import (
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"nghiquyet/index"
	"nghiquyet/index/generation"
	"nghiquyet/search/api"
)

func TestReindexIsMeasured(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	in := folder(t, papers)
	s := startService(t, "--data", data)
	metrics := func() string {
		t.Helper()
		resp, err := http.Get(s.url + "metrics")
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		b, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	if strings.Contains(metrics(), "nghiquyet_reindex_") {
		t.Error("figures before the first run")
	}
	if err := os.WriteFile(filepath.Join(in, "cut.jsonl"), []byte(`{"id":"b2","te`), 0o644); err != nil {
		t.Fatal(err)
	}
	want(t, exitRejects, "3 bài", "reindex", "--data", data, in)
	first := metrics()
	want(t, exitFailed, "no such file", "reindex", "--data", data, filepath.Join(in, "none"))
	second := metrics()
	for _, c := range []struct{ text, line string }{
		{first, `nghiquyet_reindex_result{result="committed"} 1`}, {first, "nghiquyet_reindex_running 0"}, {first, "nghiquyet_reindex_documents 3"},
		{first, "nghiquyet_reindex_rejected 1"}, {first, "nghiquyet_reindex_duration_seconds "}, {first, "nghiquyet_reindex_finished_timestamp_seconds 1."},
		{second, `nghiquyet_reindex_result{result="failed"} 1`}, {second, "nghiquyet_reindex_last_success_timestamp_seconds 1."},
	} {
		if !strings.Contains(c.text, c.line) {
			t.Errorf("metrics lack %s", c.line)
		}
	}
	if strings.Contains(first, "nghiquyet_reindex_duration_seconds 0\n") {
		t.Error("a run that takes no time")
	}
	want(t, exitFailed, "lỗi", "doctor", "--data", data)
}

func TestRollbackStands(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	in := folder(t, papers)
	add := func(name string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(in, name), []byte("Công tác dân vận\n\nDân vận khéo thì việc gì cũng thành công."), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want(t, exitOK, "3 bài", "reindex", "--data", data, in)
	add("new.txt")
	want(t, exitOK, "4 bài", "reindex", "--data", data, in)
	want(t, exitOK, "Đã quay lại", "generations", "--data", data, "rollback")
	want(t, exitOK, "Giữ thế hệ|3 bài|unpin", "reindex", "--data", data, in)
	want(t, exitOK, "đến khi nguồn thay đổi", "generations", "--data", data)
	want(t, exitOK, "Đã quay lại", "generations", "--data", data, "rollback", "--pin", current(t, data))
	add("newer.txt")
	want(t, exitOK, "Giữ thế hệ|3 bài", "reindex", "--data", data, in)
	want(t, exitOK, "giữ lại", "doctor", "--data", data)
	want(t, exitOK, "", "generations", "--data", data, "unpin")
	want(t, exitOK, "5 bài", "reindex", "--data", data, in)
}

func current(t *testing.T, data string) string {
	t.Helper()
	id, err := (&generation.Store{Dir: data}).Current()
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// TestOutdatedIndex: an index of another schema is reported as outdated, not as damaged
// or missing.
func TestOutdatedIndex(t *testing.T) {
	store := generation.Store{Dir: filepath.Join(t.TempDir(), "data")}
	lock, err := store.Lock()
	if err != nil {
		t.Fatal(err)
	}
	b, err := lock.Begin()
	if err == nil {
		_, err = b.Commit(generation.Info{Articles: 1, Engine: "bleve", Schema: index.SchemaVersion - 1})
	}
	if err != nil {
		t.Fatal(err)
	}
	lock.Unlock()
	for _, command := range []string{"search", "doctor"} {
		code, stdout, stderr := nghiquyet(t, command, "--data", store.Dir)
		said := stdout + stderr
		if code != exitFailed || strings.Count(said, "hãy chạy lại reindex") != 1 || strings.Contains(said, "damaged") || strings.Contains(said, "chưa có chỉ mục") {
			t.Errorf("%s: exit %d: %s", command, code, said)
		}
	}
	s := startService(t, "--data", store.Dir)
	var p api.Problem
	if code := s.get("readyz", &p); code != http.StatusServiceUnavailable || p.Type != "/docs#chi-muc-cu" {
		t.Errorf("readyz: %d, %+v", code, p)
	}
	want(t, exitOK, "3 bài", "reindex", "--data", store.Dir, folder(t, papers))
	s.until("ready", func() bool { return s.get("readyz", nil) == http.StatusOK })
}

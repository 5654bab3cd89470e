package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"nghiquyet/index/opensearchindex"
)

// openSearch returns the flags of a prefix of its own in a real cluster.
func openSearch(t *testing.T) []string {
	t.Helper()
	url := os.Getenv("NGHIQUYET_TEST_OPENSEARCH_URL")
	if url == "" {
		t.Skip("no OpenSearch: give its address in NGHIQUYET_TEST_OPENSEARCH_URL")
	}
	prefix := fmt.Sprintf("command-%d", time.Now().UnixNano())
	t.Cleanup(func() {
		c, err := opensearchindex.NewClient(opensearchindex.Config{URLs: strings.Split(url, ","), Prefix: prefix})
		if err != nil {
			t.Error(err)
			return
		}
		if err := c.Do(context.Background(), http.MethodDelete, "/"+prefix+"-*?expand_wildcards=all", nil, nil); err != nil {
			t.Error(err)
		}
		c.Close()
	})
	return []string{"--opensearch-url", url, "--opensearch-prefix", prefix, "--opensearch-replicas", "0"}
}

// TestCluster: the commands do the same with a cluster as with a folder, and an
// index can be migrated there and back with all its contents.
func TestCluster(t *testing.T) {
	cluster := openSearch(t)
	pages := folder(t, map[string]string{"a.txt": "Đồng chí A\n\nBài học kinh nghiệm:\nThứ nhất, gần dân.\nThứ hai, nghe dân.", "b.txt": "Công tác dân vận"})
	data := []string{"--data", filepath.Join(t.TempDir(), "d")}
	with := func(words ...string) []string { return append(append(words, data...), cluster...) }
	onCluster := func(words ...string) []string { return append(with(words...), "--engine", "opensearch") }

	want(t, 1, "chưa có chỉ mục", with("migrate")...)
	want(t, 2, "phải khác nhau", with("migrate", "--to", "bleve")...)
	made := want(t, 0, "2 bài", append(append([]string{"reindex"}, data...), pages)...)
	totals := made[strings.Index(made, ": ")+2 : strings.Index(made, "\n")]
	want(t, 0, totals, with("migrate")...)
	want(t, 0, "nguyên vẹn", onCluster("generations", "verify")...)
	want(t, 0, "Đã lập thế hệ", append(onCluster("reindex"), pages)...)
	want(t, 0, "Không có gì mới", append(onCluster("reindex"), pages)...)
	want(t, 0, "Đã quay lại", onCluster("generations", "rollback")...)
	want(t, 0, "Giữ thế hệ", append(onCluster("reindex"), pages)...)
	want(t, 0, "", onCluster("generations", "unpin")...)
	want(t, 0, "Đã lập thế hệ", append(onCluster("reindex", "--full"), pages)...)
	want(t, 0, "Đã xóa thế hệ", onCluster("generations", "prune", "--keep", "1")...)
	want(t, 0, totals, with("migrate", "--from", "opensearch", "--to", "bleve")...)
	want(t, 2, "snapshot", onCluster("backup", "x")...)
}

// TestClusterFailures: errors of a cluster have a text, and wrong flags are usage
// errors.
func TestClusterFailures(t *testing.T) {
	for words, code := range map[string]int{
		"--opensearch-url http://127.0.0.1:1":       1,
		"--opensearch-url 127.0.0.1:1":              2,
		"--opensearch-url http://u:p@127.0.0.1:1":   2,
		"--opensearch-prefix A*":                    2,
		"--opensearch-shards 0":                     2,
		"--opensearch-ca /nowhere/ca.pem":           1,
		"--opensearch-api-key-file /nowhere/key":    1,
		"--opensearch-username u --opensearch-ca /": 1,
	} {
		args := append(strings.Fields(words), "--engine", "opensearch", "--data", t.TempDir())
		want(t, code, map[int]string{1: "", 2: "Sai cách dùng"}[code], append([]string{"generations"}, args...)...)
	}
	want(t, 1, "không trả lời", "generations", "--engine", "opensearch", "--opensearch-url", "http://127.0.0.1:1", "--data", t.TempDir())
}

// TestServeWithoutCluster: a service whose cluster does not answer lives, is
// not ready, and says why.
func TestServeWithoutCluster(t *testing.T) {
	s := startService(t, "--engine", "opensearch", "--opensearch-url", "http://127.0.0.1:1", "--data", t.TempDir())
	if got := s.get("healthz", nil); got != http.StatusOK {
		t.Errorf("healthz: %d", got)
	}
	for _, path := range []string{"readyz", "api/v1/search?q=a"} {
		var problem struct{ Type string }
		if got := s.get(path, &problem); got != http.StatusServiceUnavailable || problem.Type != "/docs#may-tim-kiem-gian-doan" {
			t.Errorf("%s: %d %s", path, got, problem.Type)
		}
	}
}

// TestClusterByTheDifference: a night's change extends the index of the night
// before inside the cluster, and searches find the current documents.
func TestClusterByTheDifference(t *testing.T) {
	flags := append(openSearch(t), "--engine", "opensearch", "--data", filepath.Join(t.TempDir(), "d"))
	files := map[string]string{}
	for i := range 8 {
		files[fmt.Sprintf("f%d.txt", i)] = fmt.Sprintf("Báo cáo số %d về công tác dân vận", i)
	}
	pages := folder(t, files)
	reindex := func() string {
		return want(t, 0, "Đã lập thế hệ", append([]string{"reindex", pages}, flags...)...)
	}
	search := func(q string) string { return want(t, 0, "", append([]string{"search", "--json", q}, flags...)...) }
	reindex()
	err := errors.Join(os.WriteFile(filepath.Join(pages, "f3.txt"), []byte("Kế hoạch thủy lợi"), 0o644), os.Remove(filepath.Join(pages, "f5.txt")))
	if err != nil {
		t.Fatal(err)
	}
	reindex()
	want(t, 0, "nguyên vẹn", append([]string{"generations", "verify"}, flags...)...)
	if found := search("dan van"); !strings.Contains(found, `"total": 6`) || strings.Contains(found, `"f5"`) {
		t.Errorf("after a night: %s", found)
	}
	if found := search("thuy loi"); !strings.Contains(found, `"f3"`) {
		t.Errorf("after a night: %s", found)
	}
	c, err := opensearchindex.NewClient(opensearchindex.Config{URLs: strings.Split(flags[1], ","), Prefix: flags[3]})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	var settings map[string]any
	if err := c.Do(t.Context(), http.MethodGet, "/"+flags[3]+"/_settings?flat_settings", nil, &settings); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(fmt.Sprint(settings), "index.resize.source.name") {
		t.Errorf("the index was built anew: %v", settings)
	}
}

// TestClusterTakesTheModel: a model is migrated to a cluster, stays there after a
// night made by the difference, and is migrated back.
func TestClusterTakesTheModel(t *testing.T) {
	onBoth := append(openSearch(t), "--data", filepath.Join(t.TempDir(), "d"))
	both := func(args ...string) []string { return append(args, onBoth...) }
	onCluster := func(args ...string) []string { return append(both(args...), "--engine", "opensearch") }
	in := folder(t, map[string]string{"list.jsonl": lessons(120), "more.jsonl": `{"id":"m","title":"một việc khác","text":"nông thôn mới"}`})
	list := func(args []string) string {
		t.Helper()
		answer := want(t, exitOK, `"learned"`, args...)
		var found struct{ Hits []struct{ ID string } }
		if err := json.Unmarshal([]byte(answer), &found); err != nil {
			t.Fatal(err)
		}
		return fmt.Sprint(found.Hits)
	}
	asked := []string{"search", "--explain", "--json", "dân vận khéo nông thôn"}
	want(t, exitOK, "121 bài", both("reindex", in, "--learn", "always", "--progress", "none")...)
	first := list(both(asked...))
	want(t, exitOK, "121 bài", both("migrate")...)
	if got := list(onCluster(asked...)); got != first {
		t.Errorf("after migrate %s, want %s", got, first)
	}
	if err := os.WriteFile(filepath.Join(in, "more.jsonl"), []byte(`{"id":"m","title":"một việc khác","text":"dân vận khéo nông thôn mới"}`), 0o644); err != nil {
		t.Fatal(err)
	}
	want(t, exitOK, "học từ 121 văn bản; 1 đã đổi", onCluster("reindex", in, "--progress", "none")...)
	changed := list(onCluster(asked...))
	want(t, exitOK, "nguyên vẹn", onCluster("generations", "verify")...)
	want(t, exitOK, "121 bài", both("migrate", "--from", "opensearch", "--to", "bleve")...)
	if got := list(both(asked...)); got != changed {
		t.Errorf("migrated back %s, want %s", got, changed)
	}
	want(t, exitOK, "nguyên vẹn", both("generations", "verify")...)
	want(t, exitOK, "", both("generations", "rollback")...)
	if got := list(both(asked...)); got != first {
		t.Errorf("rolled back %s, want %s", got, first)
	}
}

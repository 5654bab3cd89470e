package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// TestReindexDelivers: reindex sends new documents to a webhook, once.
func TestReindexDelivers(t *testing.T) {
	var mu sync.Mutex
	var got []string
	hook := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		mu.Lock()
		defer mu.Unlock()
		got = append(got, string(body))
	}))
	defer hook.Close()
	about := strings.Repeat("Cấp ủy xã bàn về công tác dân vận ở cơ sở. ", 5)
	pages := folder(t, map[string]string{"a.txt": "Bài đã có từ trước về dân vận\n\n" + about})
	files := folder(t, map[string]string{"secret": "a secret of enough bytes for a test"})
	saved := filepath.Join(files, "saved.yaml")
	text := "webhook-secret-file: " + filepath.Join(files, "secret") + "\nsearches: [{name: x, query: q=dân vận, webhook: '" + hook.URL + "'}]"
	if err := os.WriteFile(saved, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	to := []string{"--data", t.TempDir(), "--saved-searches", saved}
	linked := append(to[:4:4], "--public-url", "https://tk.example.vn")
	reindex := append(append([]string{"reindex", "--progress", "none"}, linked...), pages)
	for range 2 {
		want(t, exitOK, "", reindex...)
	}
	if len(got) > 0 {
		t.Fatalf("what was there already is announced: %q", got)
	}
	if err := os.WriteFile(filepath.Join(pages, "b.txt"), []byte("Bài mới đến về dân vận\n\n"+about), 0o600); err != nil {
		t.Fatal(err)
	}
	want(t, exitOK, "delivered", reindex...)
	if len(got) != 1 || !strings.Contains(got[0], "https://tk.example.vn/bai-viet/b") {
		t.Errorf("announced %q", got)
	}
	want(t, exitOK, "", append([]string{"deliver"}, linked...)...)
	want(t, exitUsage, "--public-url", append([]string{"deliver"}, to...)...)
	want(t, exitUsage, "--saved-searches", "deliver")
	empty := filepath.Join(t.TempDir(), "rong.yaml")
	if err := os.WriteFile(empty, []byte("searches: []"), 0o600); err != nil {
		t.Fatal(err)
	}
	want(t, exitUsage, "có 0 câu tìm, cần từ 1", "deliver", "--saved-searches", empty, "--public-url", "https://x.example.vn")
	if len(got) != 1 {
		t.Errorf("announced again: %q", got[1:])
	}
}

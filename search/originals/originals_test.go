package originals

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"nghiquyet/index"
	"nghiquyet/index/page/pagetest"
	"nghiquyet/index/register"
)

func digest(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}

func TestRead(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "nguồn")
	outside := filepath.Join(filepath.Dir(dir), "secret.txt")
	const line, shrimp = `{"id":"b","text":"cua"}`, "<p>Mở ao.</p>"
	for name, text := range map[string]string{
		"a.txt": "Mở ao", "2020/b.html": shrimp, "l.jsonl": `{"id":"a","text":"ốc"}` + "\n" + line + "\n",
		"c.warc": pagetest.Fetched("https://a.example/0", pagetest.CrawlDay, "<p>Đắp đê.</p>") + pagetest.Fetched("https://a.example/1", pagetest.CrawlDay, shrimp), "../secret.txt": "kín",
		"t.eml": pagetest.Letter("x", "Đắp đê", "../kênh.txt", "Đào kênh", "t.eml", pagetest.Letter("y", "Lũ", "đê.txt", "Vỡ đê")),
	} {
		path := filepath.Join(dir, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(text), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	for link, to := range map[string]string{"out.txt": outside, "in.txt": "a.txt", "up": ".."} {
		if err := os.Symlink(to, filepath.Join(dir, link)); err != nil {
			t.Skip(err)
		}
	}
	if err := syscall.Mkfifo(filepath.Join(dir, "pipe.txt"), 0o644); err != nil {
		t.Skip(err)
	}
	o := New(func(_ context.Context, generation string) ([]register.Source, error) {
		if generation != "g" {
			return nil, nil
		}
		return []register.Source{{Key: "in", Root: dir}, {Key: "one", Root: filepath.Join(dir, "a.txt")}}, nil
	})
	for _, tt := range []struct {
		source, path, text string
		want               error
	}{
		{"in", "a.txt", "Mở ao", nil},
		{"in", "2020/b.html", shrimp, nil},
		{"in", "l.jsonl", line, nil},
		{"in", "c.warc", shrimp, nil},
		{"one", "a.txt", "Mở ao", nil},
		{"in", "t.eml/-kênh.txt", "Đào kênh", nil},
		{"in", "t.eml/t.eml/đê.txt", "Vỡ đê", nil},
		{"in", "t.eml/none.txt", "Vỡ", ErrChanged},
		{"in", "a.txt", "Mở đê", ErrChanged},
		{"in", "l.jsonl", "gone", ErrChanged},
		{"in", "none.txt", "", ErrMissing},
		{"in", "2020", "", ErrMissing},
		{"in", "", "", ErrMissing},
		{"other", "a.txt", "Mở ao", ErrMissing},
		{"in", "../secret.txt", "kín", ErrMissing},
		{"in", "2020/../../secret.txt", "kín", ErrMissing},
		{"in", outside, "kín", ErrMissing},
		{"in", "out.txt", "kín", ErrMissing},
		{"in", "in.txt", "Mở ao", ErrMissing},
		{"in", "up/secret.txt", "kín", ErrMissing},
		{"in", "pipe.txt", "", ErrMissing},
	} {
		a := &index.Article{Hash: digest(tt.text), Original: &index.Original{Source: tt.source, Path: tt.path, Alone: tt.source == "one"}}
		data, err := o.Read(t.Context(), "g", a)
		if !errors.Is(err, tt.want) || err == nil && string(data) != tt.text {
			t.Errorf("%s %q: %q, %v, want %v", tt.source, tt.path, data, err, tt.want)
		}
	}
	if _, err := o.Read(t.Context(), "another", &index.Article{Original: &index.Original{Source: "in", Path: "a.txt"}}); !errors.Is(err, ErrMissing) {
		t.Errorf("another generation: %v", err)
	}
	if _, err := o.Read(t.Context(), "g", &index.Article{}); !errors.Is(err, ErrMissing) {
		t.Errorf("an article without original: %v", err)
	}
}

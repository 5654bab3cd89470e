package main

import (
	"bufio"
	"context"
	"io"
	"net"
	"strings"
	"testing"
)

func TestSearchAnswersFromSamplesWithoutIndex(t *testing.T) {
	t.Chdir(t.TempDir())
	code, stdout, stderr := nghiquyet(t, "search", "35 ct tw")
	if code != exitOK || !strings.Contains(stdout, "35-CT/TW") || !strings.Contains(stderr, "Chưa có chỉ mục trong ./data") {
		t.Errorf("search without index: exit %d, want 0, answers from the samples and says so\n%s%s", code, stdout, stderr)
	}
	if strings.Contains(stdout, "Chưa có chỉ mục") {
		t.Errorf("standard output has more than the answer: %s", stdout)
	}
	// A configured folder is used, whether or not it has an index.
	want(t, exitFailed, "", "search", "--data", t.TempDir(), "35 ct tw")
}

func TestDemoFindsFreePort(t *testing.T) {
	taken, err := net.Listen("tcp", defaultListen)
	if err == nil {
		defer taken.Close()
	} // else another program uses it already
	ctx, cancel := context.WithCancel(t.Context())
	said, out := io.Pipe()
	ended := make(chan int)
	go func() {
		code := run(ctx, []string{"serve", "--demo"}, strings.NewReader(""), out, out)
		_ = out.Close()
		ended <- code
	}()
	lines := bufio.NewScanner(said)
	var got []string
	for lines.Scan() {
		got = append(got, lines.Text())
		if strings.Contains(lines.Text(), "Đang phục vụ tại") {
			break
		}
	}
	go io.Copy(io.Discard, said)
	cancel()
	if code := <-ended; code != exitOK {
		t.Errorf("exit %d, want 0\n%s", code, strings.Join(got, "\n"))
	}
	if len(got) < 3 || !strings.Contains(got[0], "Đang lập chỉ mục") || !strings.Contains(got[1], "chọn cổng trống") || strings.Contains(got[len(got)-1], ":8080") {
		t.Errorf("got %q, want what it does, then a free port, then where it is", got)
	}
	// With --listen, serve uses that address or fails.
	want(t, exitFailed, "không nghe được", "serve", "--demo", "--listen", defaultListen)
}

func TestHelpKeepsClusterFlagsApart(t *testing.T) {
	for _, command := range []string{"search", "serve", "reindex", "mcp"} {
		_, stdout, _ := nghiquyet(t, command, "--help")
		own, cluster, ok := strings.Cut(stdout, "Chỉ khi dùng cụm OpenSearch")
		if !ok || strings.Contains(own, "--opensearch-") || !strings.Contains(cluster, "--opensearch-url") || !strings.Contains(own, "--engine") {
			t.Errorf("%s --help: want the flags of OpenSearch below a heading of their own\n%s", command, stdout)
		}
	}
}

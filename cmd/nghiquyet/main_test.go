package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"nghiquyet/index"
	"nghiquyet/index/generation"
	"nghiquyet/index/reindex"
	"nghiquyet/search"
	"nghiquyet/search/api"
)

func TestMain(m *testing.M) {
	if os.Getenv(mainEnv) != "" {
		main()
	}
	os.Exit(m.Run())
}

// nghiquyet runs a command line.
func nghiquyet(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	code = run(t.Context(), args, strings.NewReader(""), &out, &errs)
	return code, out.String(), errs.String()
}

// want runs a command line and checks its exit code, and that its output contains
// the words.
func want(t *testing.T, code int, words string, args ...string) string {
	t.Helper()
	got, stdout, stderr := nghiquyet(t, args...)
	if got != code {
		t.Fatalf("nghiquyet %q: exit %d, want %d\n%s%s", args, got, code, stdout, stderr)
	}
	for _, w := range strings.Split(words, "|") {
		if !strings.Contains(stdout+stderr, w) {
			t.Errorf("nghiquyet %q does not say %q:\n%s%s", args, w, stdout, stderr)
		}
	}
	if code != exitOK && code != exitRejects && stderr == "" {
		t.Errorf("nghiquyet %q fails without a word", args)
	}
	return stdout
}

// folder writes files and returns their folder.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// papers are a few documents.
var papers = map[string]string{
	"huong.txt": "Đảng bộ xã Hương Sơn tổng kết công tác dân vận\n\nĐảng bộ xã thực hiện Nghị quyết số 25-NQ/TW về công tác dân vận. Cán bộ gần dân, sát dân, nghe dân nói.\n",
	"list.jsonl": `{"id":"a1","title":"Xây dựng nông thôn mới","text":"Toàn dân chung sức xây dựng nông thôn mới ở vùng cao.","date":"2020-10-05","province":"Gia Lai"}
{"id":"a2","title":"Chuyển đổi số","text":"Cấp ủy lãnh đạo chuyển đổi số trong cải cách hành chính.","date":"2021-03-02"}
`,
}

func TestUsage(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	in := folder(t, papers)
	for _, c := range []struct{ words, args string }{
		{"cần một lệnh|reindex", ""},
		{`không có lệnh "serch"|search`, "serch"},
		{"--nope", "reindex --nope x"},
		{"--keep|abc", "reindex --keep abc x"},
		{"số tham số", "reindex"},
		{"số tham số", "show"},
		{"số tham số", "show a b"},
		{"--progress", "reindex --progress loud " + in},
		{"bleve|opensearch", "reindex --engine lucene " + in},
		{"bleve|opensearch", "serve --engine lucene"},
		{"size|0 đến 100", "search --size -1 x"},
		{"from|2020-10-05", "search --from 2020-13-01 x"},
		{"--queries", "eval"},
		{"--url", "eval --queries a --qrels b --url ftp://x"},
		{"--trusted-proxy", "serve --trusted-proxy example"},
		{"--tls-key", "serve --tls-cert x"},
		{"--max-queue|âm", "serve --max-queue -1"},
		{"--read-timeout|âm", "serve --read-timeout -1s"},
		{`"nope"`, "generations nope"},
	} {
		args := strings.Fields(c.args)
		if len(args) > 0 && args[0] != "serch" && args[0] != "eval" {
			args = append(args, "--data", data)
		}
		if strings.Contains(c.args, "--queries a") {
			args = []string{"eval", "--queries", filepath.Join(in, "q"), "--qrels", filepath.Join(in, "r"), "--url", "ftp://x"}
			os.WriteFile(filepath.Join(in, "q"), []byte(`{"id":"1","text":"x"}`), 0o644)
			os.WriteFile(filepath.Join(in, "r"), []byte("1\ta\t1\n"), 0o644)
		}
		want(t, exitUsage, c.words, args...)
	}
}

func TestFailures(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	in := folder(t, papers)
	for _, c := range []struct{ words, args string }{
		{"chưa có chỉ mục", "search x"},
		{"chưa có chỉ mục", "show x"},
		{"chưa có chỉ mục", "generations rollback"},
		{"chưa có chỉ mục", "backup " + filepath.Join(in, "b")},
		{"none: no such file", "reindex " + filepath.Join(in, "none")},
		{"không đọc được văn bản nào", "reindex " + t.TempDir()},
		{"OpenSearch", "reindex --engine opensearch " + in},
		{"không có thế hệ này", "generations verify 20200101T000000Z-0000"},
	} {
		want(t, exitFailed, c.words, append(strings.Fields(c.args), "--data", data)...)
	}
	want(t, exitFailed, "no such file", "extract", filepath.Join(in, "none.txt"))
}

func TestSecondReindexSaysWhoIsFirst(t *testing.T) {
	store := generation.Store{Dir: filepath.Join(t.TempDir(), "data")}
	lock, err := store.Lock()
	if err != nil {
		t.Fatal(err)
	}
	defer lock.Unlock()
	want(t, exitFailed, fmt.Sprintf("tiến trình %d", os.Getpid()), "reindex", "--data", store.Dir, folder(t, papers))
}

// TestWalk is the life of an index in the terminal.
func TestWalk(t *testing.T) {
	in := folder(t, papers)
	data := filepath.Join(t.TempDir(), "data")
	report := filepath.Join(t.TempDir(), "report.json")

	want(t, exitOK, "3 bài|Đọc văn bản", "reindex", "--data", data, in)
	want(t, exitOK, "Không có gì mới", "reindex", "--data", data, in)

	want(t, exitOK, "1 kết quả|huong|[dân vận]", "search", "--data", data, `"dan van"`)
	var res search.Results
	out := want(t, exitOK, "", "search", "--data", data, "--json", "--province", "Gia Lai", "")
	if err := json.Unmarshal([]byte(out), &res); err != nil || res.Total != 1 || res.Hits[0].ID != "a1" {
		t.Errorf("search by province: %v\n%s", err, out)
	}
	var a index.Article
	out = want(t, exitOK, "", "show", "--data", data, "a1")
	if err := json.Unmarshal([]byte(out), &a); err != nil || a.Date != "2020-10-05" || a.Evidence["date"].From != index.FromSupplied {
		t.Errorf("show: %v\n%s", err, out)
	}
	want(t, exitFailed, "không có văn bản này", "show", "--data", data, "none")
	want(t, exitUsage, "province", "search", "--data", data, "--province", "Atlantis", "")

	// A line cut in half and random bytes: the rest is taken.
	for name, text := range map[string]string{"cut.jsonl": `{"id":"b1","text":"Kiểm tra, giám sát"}` + "\n" + `{"id":"b2","te`, "noise.pdf": "\x00\x9c\xff\x13random"} {
		if err := os.WriteFile(filepath.Join(in, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want(t, exitRejects, "4 bài|cut.jsonl:2|noise.pdf", "reindex", "--data", data, "--report", report, in)
	var r reindex.Report
	text, err := os.ReadFile(report)
	if err != nil || json.Unmarshal(text, &r) != nil || r.Rejected != 2 || r.Articles != 4 {
		t.Errorf("report: %v\n%s", err, text)
	}

	want(t, exitOK, "*", "generations", "--data", data)
	strict(t, &[]api.Generation{}, want(t, exitOK, `"name": |"current": true`, "generations", "list", "--json", "--data", data))
	strict(t, &api.Article{}, want(t, exitOK, `"copies": []`, "show", "--data", data, "a1"))
	strict(t, &search.Results{}, want(t, exitOK, "", "search", "--json", "--data", data, "dan van"))
	want(t, exitOK, "nguyên vẹn", "generations", "--data", data, "verify")
	want(t, exitOK, "Đã quay lại", "generations", "--data", data, "rollback")
	want(t, exitOK, "0 kết quả", "search", "--data", data, "--literal", `"kiem tra, giam sat"`)

	backup := filepath.Join(t.TempDir(), "backup.tar.zst")
	other := filepath.Join(t.TempDir(), "other")
	want(t, exitOK, "3 bài", "backup", "--data", data, backup)
	want(t, exitFailed, "tệp đã có", "backup", "--data", data, backup)
	want(t, exitOK, "3 bài", "backup", "--data", data, "--overwrite", backup)
	want(t, exitOK, "3 bài", "restore", "--data", other, backup)
	want(t, exitOK, "1 kết quả", "search", "--data", other, "nông thôn mới")
	want(t, exitOK, "tốt|nguyên vẹn", "doctor", "--data", other)
	want(t, exitOK, "Không có thế hệ nào cần xóa", "generations", "--data", other, "prune")

	queries, qrels := filepath.Join(t.TempDir(), "q.jsonl"), filepath.Join(t.TempDir(), "r.tsv")
	os.WriteFile(queries, []byte(`{"id":"1","text":"nông thôn mới"}`+"\n"), 0o644)
	os.WriteFile(qrels, []byte("1\ta1\t1\n"), 0o644)
	want(t, exitOK, "nDCG@10 1.0000  MRR@10 1.0000  recall@10 1.0000  recall@100 1.0000", "eval", "--data", other, "--queries", queries, "--qrels", qrels)

	// Damage is found and reported, and the generation before answers.
	list, _ := filepath.Glob(filepath.Join(data, "generations", "*", "manifest.json"))
	want(t, exitRejects, "4 bài", "reindex", "--data", data, "--full", "--progress", "none", in)
	all, _ := filepath.Glob(filepath.Join(data, "generations", "*", "manifest.json"))
	if err := os.Truncate(all[len(all)-1], 5); err != nil || len(all) != len(list)+1 {
		t.Fatal(err, all)
	}
	want(t, exitFailed, "HỎNG", "generations", "--data", data, "verify")
	want(t, exitOK, "Cảnh báo", "search", "--data", data, "x")
	want(t, exitFailed, "XẤU", "doctor", "--data", data)
}

func TestExtract(t *testing.T) {
	in := folder(t, papers)
	var a index.Article
	out := want(t, exitOK, "", "extract", filepath.Join(in, "huong.txt"))
	if err := json.Unmarshal([]byte(out), &a); err != nil || !strings.HasPrefix(a.Title, "Đảng bộ xã Hương Sơn") {
		t.Errorf("extract: %v\n%s", err, out)
	}
	want(t, exitOK, `"decisions"|"rule"`, "extract", "--explain", filepath.Join(in, "huong.txt"))
	dec := json.NewDecoder(strings.NewReader(want(t, exitOK, "", "extract", filepath.Join(in, "list.jsonl"))))
	n := 0
	for ; dec.Decode(&a) == nil; n++ {
	}
	if n != 2 {
		t.Errorf("%d articles of two lines", n)
	}
}

func TestAnalyze(t *testing.T) {
	want(t, exitOK, "dang uy|đảng|35-ct/tw", "analyze", "Đảng", "uỷ", "35-CT/TW")
	want(t, exitOK, `"Name": "folded"`, "analyze", "--json", "Đảng uỷ")
}

func TestVersionAndHelp(t *testing.T) {
	want(t, exitOK, "nghiquyet |schema", "version")
	want(t, exitOK, "reindex|Tùy chọn", "--help")
	want(t, exitOK, "--full", "help", "reindex")
	for _, cmd := range newRoot().Commands() {
		want(t, exitOK, "--help", cmd.Name(), "--help")
	}
}

func TestProgressJSON(t *testing.T) {
	out := want(t, exitOK, "", "reindex", "--data", filepath.Join(t.TempDir(), "data"), "--progress", "json", folder(t, papers))
	var phases []string
	for dec := json.NewDecoder(strings.NewReader(out)); ; {
		var s struct {
			Phase    string `json:"phase"`
			Articles int    `json:"articles"`
		}
		if err := dec.Decode(&s); err == io.EOF {
			break
		} else if err != nil {
			t.Fatalf("%v in\n%s", err, out)
		}
		phases = append(phases, s.Phase)
		if s.Phase == "done" && s.Articles != 3 {
			t.Errorf("done with %d articles", s.Articles)
		}
	}
	if got := strings.Join(phases, " "); !strings.HasPrefix(got, "find read index merge commit") || !strings.HasSuffix(got, " done") {
		t.Errorf("phases: %s", got)
	}
}

func TestStopped(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var out, errs bytes.Buffer
	code := run(ctx, []string{"reindex", "--data", filepath.Join(t.TempDir(), "data"), folder(t, papers)}, nil, &out, &errs)
	if code != exitFailed || !strings.Contains(errs.String(), "đã dừng theo yêu cầu") {
		t.Errorf("exit %d: %s", code, errs.String())
	}
}

// strict decodes JSON of the command line into the API's type, and rejects other
// fields.
func strict(t *testing.T, answer any, text string) {
	t.Helper()
	in := json.NewDecoder(strings.NewReader(text))
	in.DisallowUnknownFields()
	if err := in.Decode(answer); err != nil {
		t.Errorf("%T: %v in\n%s", answer, err, text)
	}
}

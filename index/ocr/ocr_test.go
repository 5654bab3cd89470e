package ocr_test

import (
	"context"
	"errors"
	"fmt"
	"image"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"nghiquyet/index/ocr"
	"nghiquyet/index/page"
	"nghiquyet/index/raster"
	"nghiquyet/index/raster/scantest"
)

// The test binary is also run as the processes that the package starts: its first
// argument chooses which.
func TestMain(m *testing.M) {
	if len(os.Args) < 2 || !strings.HasPrefix(os.Args[1], "role-") {
		os.Exit(m.Run())
	}
	switch os.Args[1] {
	case "role-render":
		pages, err := ocr.ParsePages(os.Args[3], 100)
		if err == nil {
			err = raster.Run(context.Background(), os.Stdin, os.Stdout, raster.Options{Pages: pages, Cache: os.Args[5]})
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	case "role-slow": // draws nothing
		time.Sleep(time.Minute)
	default:
		role(os.Args[1], os.Args[2:])
	}
	os.Exit(0)
}

// role behaves as a command that recognises letters may.
func role(name string, args []string) {
	head := make([]byte, len("P5 595 842 255\n"))
	io.ReadFull(os.Stdin, head)
	switch name {
	case "role-hocr":
		io.Copy(io.Discard, os.Stdin)
		fmt.Print(hocr)
	case "role-plain":
		if log := args[0]; log != "" {
			f, _ := os.OpenFile(log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
			fmt.Fprintln(f, strings.Join(append(args[1:], strings.TrimSpace(string(head)), os.Getenv("OMP_THREAD_LIMIT"), os.Getenv("SECRET")), " "))
			f.Close()
		}
		n, _ := io.Copy(io.Discard, os.Stdin)
		fmt.Printf("CHỈ THỊ\nvề một việc thử\n\nĐiều 1. Có %d điểm ảnh.\n", n)
	case "role-says":
		answer, _ := os.ReadFile(args[0])
		if len(answer) == 0 {
			os.Exit(1)
		}
		os.Stdout.Write(answer)
	case "role-fails":
		fmt.Fprintln(os.Stderr, "no such\nlanguage")
		os.Exit(3)
	case "role-spins":
		for n := 0; n >= 0; n++ { // for 292 years
		}
	case "role-sleeps": // with a child that would outlive it
		child := exec.Command(os.Args[0], "role-child")
		child.Start()
		os.WriteFile(args[0], []byte(strconv.Itoa(child.Process.Pid)), 0o600)
		time.Sleep(time.Minute)
	case "role-child":
		time.Sleep(time.Minute)
	case "role-grows":
		var kept [][]byte
		for {
			kept = append(kept, make([]byte, 64<<20))
			for i := range kept[len(kept)-1] {
				kept[len(kept)-1][i] = 1
			}
		}
	case "role-floods":
		for {
			fmt.Println("lời lời lời lời lời lời lời lời lời lời lời lời")
		}
	}
}

// hocr is Tesseract's answer for a page that is askew by a hundredth.
const hocr = `<?xml version="1.0" encoding="UTF-8"?>
<html><head><meta name='ocr-system' content='tesseract 5.3.0' /></head><body>
<div class='ocr_page' id='page_1' title='image "stdin"; bbox 0 0 1653 2339; ppageno 0'>
<p class='ocr_par'><span class='ocr_line' title="bbox 200 100 1400 140; baseline 0.01 -12; x_size 40; x_descenders 8">
<span class='ocrx_word' title='bbox 200 100 300 130; x_wconf 95'><strong>Tỉnh</strong></span>
<span class='ocrx_word' title='bbox 310 100 400 131; x_wconf 41'>4&#39;7-CT/TU</span>
<span class='ocrx_word' title='bbox 1000 100 1090 139; x_wconf 96'>R&amp;D</span>
<span class='ocrx_word' title='bbox 1095 100 1390 140; x_wconf 33'>18</span>
<span class='ocrx_word' title='bbox broken'>mất</span></span>
<span class='ocr_line' title="bbox 200 160 1400 200; baseline 0.01 -12; x_size 46"><span class='ocrx_word' title='bbox 200 160 420 196; x_wconf 90'>chữ</span>
<span class='ocrx_word' title='bbox 440 160 500 196; x_wconf 90'>a</span><span class='ocrx_word' title='bbox 510 160 600 196; x_wconf 90'>b</span>
<span class='ocrx_word' title='bbox 610 160 700 196; x_wconf 90'>c</span><span class='ocrx_word' title='bbox 710 160 800 196; x_wconf 90'>d</span></span></p>
</div></body></html>`

var scan = func(pages int) []byte {
	var imgs []image.Image
	for range pages {
		imgs = append(imgs, scantest.Page(scantest.Look{DPI: 72}, scantest.Text{S: "x", X: 100, Y: 100}))
	}
	return scantest.TIFF(true, imgs...)
}

func self(t *testing.T, role string, args ...string) []string {
	t.Helper()
	path, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return append([]string{path, role}, args...)
}

func engine(t *testing.T, c ocr.Config, role string, args ...string) *ocr.Engine {
	t.Helper()
	c.Command = self(t, role, args...)
	c.Code = filepath.Join(os.TempDir(), "nghiquyet-test-pdfium") // kept between tests, because making it takes seconds
	if c.Render == nil {
		c.Render = self(t, "role-render")
	}
	return ocr.New(c)
}

func words(s page.Sheet) (out []string) {
	for _, w := range s.Words {
		out = append(out, w.Text)
	}
	return out
}

func TestRead(t *testing.T) {
	t.Setenv("SECRET", "of the service")
	dir := t.TempDir()
	log := filepath.Join(dir, "log")
	var told []string
	ctx := ocr.WithProgress(t.Context(), func(done, all int) { told = append(told, fmt.Sprint(done, "/", all)) })
	data := scan(3)
	read := func(pages ...int) map[int]page.Sheet {
		sheets, err := engine(t, ocr.Config{Pages: filepath.Join(dir, "pages")}, "role-plain", log).Read(ctx, data, pages)
		if err != nil {
			t.Fatal(err)
		}
		return sheets
	}
	sheets := read(1, 3)
	if got := strings.Join(words(sheets[3]), " "); len(sheets) != 2 || got != "CHỈ THỊ về một việc thử Điều 1. Có 500990 điểm ảnh." {
		t.Errorf("%d sheets, page 3 says %q", len(sheets), got)
	}
	want := "stdin stdout -l vie --dpi 200 -c tessedit_create_hocr=1 P5 595 842 255"
	asked, _ := os.ReadFile(log)
	if lines := strings.Split(strings.TrimSpace(string(asked)), "\n"); len(lines) != 2 || !strings.HasPrefix(lines[0], want) || !strings.HasSuffix(lines[0], " 1 ") {
		t.Errorf("the command was asked %q, want twice %q, one thread and no secret", lines, want)
	}
	if want := []string{"0/2", "1/2", "2/2"}; !slices.Equal(told, want) {
		t.Errorf("progress %q, want %q", told, want)
	}
	again := read(1, 2, 3) // only page 2 is new
	asked, _ = os.ReadFile(log)
	if n := strings.Count(string(asked), "\n"); n != 3 || len(again) != 3 || !slices.Equal(words(again[1]), words(sheets[1])) {
		t.Errorf("asked %d times for 3 pages, two of which were known; %d sheets", n, len(again))
	}
	kept, _ := filepath.Glob(filepath.Join(dir, "pages", "??", "*", "*-1.zst"))
	if len(kept) != 1 {
		t.Fatalf("kept %q", kept)
	}
	os.Truncate(kept[0], 9) // as after a power cut
	read(1)
	asked, _ = os.ReadFile(log)
	if n := strings.Count(string(asked), "\n"); n != 4 {
		t.Errorf("a damaged page was read %d times in all, want 4", n)
	}
}

// What was read before a page fails is there the next time.
func TestResume(t *testing.T) {
	dir := t.TempDir()
	log := filepath.Join(dir, "log")
	ctx, cancel := context.WithCancel(t.Context())
	ctx = ocr.WithProgress(ctx, func(done, _ int) {
		if done == 1 {
			cancel()
		}
	})
	data := scan(4)
	if _, err := engine(t, ocr.Config{Pages: dir}, "role-plain", log).Read(ctx, data, []int{1, 2, 3, 4}); !errors.Is(err, context.Canceled) {
		t.Fatalf("interrupted: %v", err)
	}
	asked, _ := os.ReadFile(log)
	before := strings.Count(string(asked), "\n")
	kept, _ := filepath.Glob(filepath.Join(dir, "??", "*", "*.zst"))
	if _, err := engine(t, ocr.Config{Pages: dir}, "role-plain", log).Read(t.Context(), data, []int{1, 2, 3, 4}); err != nil {
		t.Fatal(err)
	}
	asked, _ = os.ReadFile(log)
	if again := strings.Count(string(asked), "\n") - before; len(kept) == 0 || again != 4-len(kept) {
		t.Errorf("%d of 4 pages were kept, %d read again", len(kept), again)
	}
}

func TestBounds(t *testing.T) {
	one := []int{1}
	data := scan(1)
	small := ocr.Limits{CPU: time.Second, Time: 20 * time.Second, Memory: 3 << 30, Output: 1 << 16}
	check := func(name string, err error, want string) {
		t.Helper()
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", name, err, want)
		}
	}
	begun := time.Now()
	_, err := engine(t, ocr.Config{Limits: small}, "role-fails").Read(t.Context(), data, one)
	check("a command that fails", err, "page 1: ")
	check("a command that fails", err, "exit status 3: no such language")
	_, err = engine(t, ocr.Config{Limits: small}, "role-floods").Read(t.Context(), data, one)
	check("a command that answers without end", err, "answers too much")
	if runtime.GOOS == "linux" {
		_, err = engine(t, ocr.Config{Limits: small}, "role-spins").Read(t.Context(), data, one)
		check("a command that computes without end", err, "killed")
		_, err = engine(t, ocr.Config{Limits: ocr.Limits{CPU: 20 * time.Second, Memory: 3 << 29}}, "role-grows").Read(t.Context(), data, one)
		check("a command that takes all memory", err, "exit status")
	}
	_, err = engine(t, ocr.Config{Limits: ocr.Limits{Pages: 1}}, "role-plain", "").Read(t.Context(), data, []int{1, 2})
	if !errors.Is(err, ocr.ErrTooMany) {
		t.Errorf("two pages where one may be read: %v", err)
	}
	pidFile := filepath.Join(t.TempDir(), "pid")
	_, err = engine(t, ocr.Config{Limits: ocr.Limits{Time: 2 * time.Second}}, "role-sleeps", pidFile).Read(t.Context(), data, one)
	if !errors.Is(err, ocr.ErrTime) {
		t.Errorf("a command that sleeps: %v", err)
	}
	if b, err := os.ReadFile(pidFile); err == nil {
		pid, _ := strconv.Atoi(string(b))
		gone := false
		for range 100 {
			if gone = syscall.Kill(pid, 0) != nil || zombie(pid); gone {
				break
			}
			time.Sleep(20 * time.Millisecond)
		}
		if !gone {
			t.Errorf("its child %d outlives it", pid)
		}
	} else {
		t.Error("the command had no child")
	}
	_, err = engine(t, ocr.Config{Render: self(t, "role-slow"), Limits: ocr.Limits{Time: time.Second}}, "role-plain", "").Read(t.Context(), data, one)
	check("a program that draws nothing", err, "no page drawn in time")
	_, err = engine(t, ocr.Config{Render: self(t, "role-fails")}, "role-plain", "").Read(t.Context(), data, one)
	check("a program that cannot draw", err, "exit status 3")
	_, err = engine(t, ocr.Config{Limits: small}, "role-plain", "").Read(t.Context(), []byte("GIF89a"), one)
	check("no picture", err, "neither a PDF nor a picture")
	_, err = engine(t, ocr.Config{Limits: small}, "role-plain", "").Read(t.Context(), data, []int{1, 2})
	check("a page that is not there", err, "fewer pages than asked for")
	if took := time.Since(begun); took > 50*time.Second {
		t.Errorf("it all took %v", took)
	}
}

// zombie reports whether a process has ended without being waited for.
func zombie(pid int) bool {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	return err != nil || strings.Contains(string(b), ") Z ")
}

func TestIdentity(t *testing.T) {
	var none *ocr.Engine
	if none.Identity() != "none" || none.Prune(nil) != nil {
		t.Error("no engine has an identity")
	}
	t.Setenv("PATH", t.TempDir())
	var missing *ocr.Missing
	e := ocr.New(ocr.Config{})
	if err := e.Ready(); !errors.As(err, &missing) || !strings.Contains(err.Error(), "apt install tesseract-ocr tesseract-ocr-vie") || e.Identity() != "none" {
		t.Errorf("without Tesseract: %v, %q", err, e.Identity())
	}
	script := func(name, text string) string {
		path := filepath.Join(os.Getenv("PATH"), name)
		os.WriteFile(path, []byte("#!/bin/sh\n"+text), 0o700)
		return path
	}
	script("tesseract", "case $1 in --version) echo tesseract 9.9;; --list-langs) echo 'List (1):'; echo eng;; esac\n")
	if err := ocr.New(ocr.Config{}).Ready(); !errors.As(err, &missing) || !strings.Contains(err.Error(), "chưa có tiếng Việt") {
		t.Errorf("without Vietnamese: %v", err)
	}
	script("tesseract", "case $1 in --version) echo tesseract 9.9;; --list-langs) echo 'List (2):'; echo eng; echo vie;; esac\n")
	with := ocr.New(ocr.Config{})
	if id := with.Identity(); with.Ready() != nil || !strings.Contains(id, "tesseract 9.9") {
		t.Errorf("with Vietnamese: %v, %q", with.Ready(), id)
	}
	path := script("own", "cat\n")
	before := ocr.New(ocr.Config{Command: []string{path}}).Identity()
	script("own", "cat -v\n")
	if after := ocr.New(ocr.Config{Command: []string{path}}).Identity(); after == before {
		t.Errorf("another program has the same identity %q", after)
	}
	if err := ocr.New(ocr.Config{Command: []string{"nowhere"}}).Ready(); !errors.As(err, &missing) {
		t.Errorf("a command that is not there: %v", err)
	}
}

func TestPrune(t *testing.T) {
	dir := t.TempDir()
	e := engine(t, ocr.Config{Pages: dir}, "role-plain", "")
	for _, pages := range []int{1, 2} {
		if _, err := e.Read(t.Context(), scan(pages), []int{1}); err != nil {
			t.Fatal(err)
		}
	}
	kept, _ := filepath.Glob(filepath.Join(dir, "??", "*"))
	if len(kept) != 2 {
		t.Fatalf("kept %q", kept)
	}
	used := func(hash string) bool { return hash == filepath.Base(kept[0]) }
	left := func() []string {
		if err := e.Prune(used); err != nil {
			t.Fatal(err)
		}
		out, _ := filepath.Glob(filepath.Join(dir, "??", "*"))
		return out
	}
	if got := left(); len(got) != 2 {
		t.Errorf("new pages are gone: %q", got)
	}
	old := time.Now().Add(-60 * 24 * time.Hour)
	for _, k := range kept {
		os.Chtimes(k, old, old)
	}
	if got := left(); !slices.Equal(got, kept[:1]) {
		t.Errorf("left %q, want those that a file contains: %q", got, kept[0])
	}
}

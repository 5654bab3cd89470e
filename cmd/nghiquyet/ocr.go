package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"nghiquyet/index/ocr"
	"nghiquyet/index/raster"
)

// ocrFlags configure the reading of scans.
type ocrFlags struct{ mode, command string }

func (f *ocrFlags) add(fs *pflag.FlagSet) {
	fs.StringVar(&f.mode, "ocr", "auto", "nhận dạng chữ của bản quét: auto (khi có chương trình), off, required (không có thì báo lỗi)")
	fs.StringVar(&f.command, "ocr-command", "", "lệnh nhận dạng chữ thay cho tesseract: đọc ảnh PGM từ stdin, trả hOCR hoặc văn bản ra stdout")
}

// engine returns the engine that reads scans, nil for none. It stores pages in the
// folder pages (none if empty), and PDFium's machine code in code.
func (f *ocrFlags) engine(pages, code string) (*ocr.Engine, error) {
	if err := choice("ocr", f.mode, "auto", "off", "required"); err != nil {
		return nil, err
	}
	if f.mode == "off" {
		return nil, nil
	}
	self, err := executable()
	if err != nil {
		return nil, err
	}
	words := strings.Fields(f.command)
	if _, err := exec.LookPath(f.command); err == nil { // a path with spaces
		words = []string{f.command}
	}
	e := ocr.New(ocr.Config{Command: words, Render: []string{self, renderName}, Pages: pages, Code: code, Env: renderEnv()})
	if f.mode == "required" || f.command != "" {
		if err := e.Ready(); err != nil {
			return nil, err
		}
	}
	return e, nil
}

// renderEnv returns the variables that make a test binary the program.
func renderEnv() []string {
	if v := os.Getenv(mainEnv); v != "" {
		return []string{mainEnv + "=" + v}
	}
	return nil
}

// mainEnv is the variable that makes a test binary run as the program, for processes
// that it starts.
const mainEnv = "NGHIQUYET_TEST_MAIN"

// codeFolder is the folder for PDFium's machine code without a data folder, "" if
// the system has no cache folder.
func codeFolder() string {
	dir, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "nghiquyet", "pdfium")
}

const renderName = "render"

// newRender is the process that draws pages: reindex and extract start it, people
// do not.
func newRender() *cobra.Command {
	var list, cache string
	cmd := &cobra.Command{
		Use:    renderName,
		Short:  "Vẽ các trang của PDF hoặc ảnh ở stdin thành ảnh xám PGM ra stdout",
		Hidden: true,
		Args:   usage(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			opt := raster.Options{Cache: cache}
			if list != "" {
				pages, err := ocr.ParsePages(list, ocr.DefaultLimits().Pages)
				if err != nil {
					return usageError{err}
				}
				opt.Pages = pages
			}
			return raster.Run(cmd.Context(), cmd.InOrStdin(), cmd.OutOrStdout(), opt)
		},
	}
	cmd.Flags().StringVar(&list, "pages", "", "các trang, ví dụ 1,3-5; tất cả nếu bỏ trống")
	cmd.Flags().StringVar(&cache, "cache", "", "thư mục giữ mã máy của PDFium")
	return cmd
}

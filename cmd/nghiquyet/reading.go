package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"github.com/spf13/pflag"

	"nghiquyet/index"
	"nghiquyet/index/extract"
	"nghiquyet/index/page"
	"nghiquyet/index/reindex"
)

// readFlags are the flags that say how documents are read.
type readFlags struct {
	perDocument time.Duration
	language    string
}

func (f *readFlags) add(fs *pflag.FlagSet) {
	fs.DurationVar(&f.perDocument, "document-time", page.DefaultLimits().Time, "giờ máy (CPU) nhiều nhất để đọc một văn bản")
	fs.StringVar(&f.language, "language", extract.LanguageVietnamese, "ngôn ngữ của trang trong kho thu thập (WARC, WACZ, JSON Lines không có id): vi hoặc any")
}

// config is how documents are read.
func (f *readFlags) config() (extract.Config, error) {
	if f.perDocument <= 0 {
		return extract.Config{}, usagef("--document-time %v: phải lớn hơn 0", f.perDocument)
	}
	if err := choice("language", f.language, extract.LanguageVietnamese, extract.LanguageAny); err != nil {
		return extract.Config{}, err
	}
	return extract.Config{Limits: page.Limits{Time: f.perDocument}, Language: f.language}, nil
}

// set sets how reindex reads documents. Documents that were read in another way
// are read again.
func (f *readFlags) set(cfg *reindex.Config) error {
	how, err := f.config()
	if err != nil {
		return err
	}
	if err := extraction(cfg, how); err != nil {
		return err
	}
	cfg.Version = strings.Join([]string{cfg.Version, f.language}, " ")
	return nil
}

// extraction sets how reindex reads documents.
func extraction(cfg *reindex.Config, how extract.Config) error {
	version, err := programDigest()
	if err != nil {
		return err
	}
	if cfg.OCR != nil {
		how.OCR = cfg.OCR
	}
	cfg.Extractor, cfg.Version, cfg.Schema = extract.New(how), version, index.SchemaVersion
	return nil
}

// programDigest names this very program. What was extracted by another one is
// extracted again: any change of a rule or a library may have changed it. Where
// the program cannot find itself (Linux without /proc) its commit and modules
// stand for it, and a build of changed sources passes for that of their commit.
var programDigest = sync.OnceValues(func() (string, error) {
	path, err := executable()
	if err != nil {
		if info, ok := debug.ReadBuildInfo(); ok {
			sum := sha256.Sum256([]byte(info.String()))
			return hex.EncodeToString(sum[:]), nil
		}
		return "", err
	}
	f, err := os.Open(path)
	if err != nil {
		return "", fmt.Errorf("read this program: %w", err)
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", fmt.Errorf("read this program: %w", err)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
})

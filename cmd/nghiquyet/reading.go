package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"sync"
	"time"

	"github.com/spf13/pflag"

	"nghiquyet/index"
	"nghiquyet/index/extract"
	"nghiquyet/index/page"
	"nghiquyet/index/reindex"
)

// readFlags are the flags for reading documents.
type readFlags struct {
	perDocument time.Duration
	language    string
	topics      string
	mapping     string // file
	digest      string // digest of all settings that change the result of reading, after config was called
}

func (f *readFlags) add(fs *pflag.FlagSet) {
	fs.DurationVar(&f.perDocument, "document-time", page.DefaultLimits().Time, "giờ máy (CPU) nhiều nhất để đọc một văn bản")
	fs.StringVar(&f.language, "language", extract.LanguageVietnamese, "ngôn ngữ của trang trong kho thu thập (WARC, WACZ, JSON Lines không có id): vi hoặc any")
	fs.StringVar(&f.topics, "topics", extract.TopicsSupplied, "chủ đề: supplied (chủ đề kèm theo, không có thì theo lời văn), own (chỉ theo lời văn) hoặc both (cả hai)")
	fs.StringVar(&f.mapping, "mapping", "", "tệp YAML đổi chủ đề, loại văn bản kèm theo sang của danh mục")
}

// config is how documents are read.
func (f *readFlags) config() (extract.Config, error) {
	if f.perDocument <= 0 {
		return extract.Config{}, usagef("--document-time %v: phải lớn hơn 0", f.perDocument)
	}
	if err := choice("language", f.language, extract.LanguageVietnamese, extract.LanguageAny); err != nil {
		return extract.Config{}, err
	}
	if err := choice("topics", f.topics, extract.TopicsSupplied, extract.TopicsOwn, extract.TopicsBoth); err != nil {
		return extract.Config{}, err
	}
	how := extract.Config{Limits: page.Limits{Time: f.perDocument}, Language: f.language, Which: f.topics}
	text, err := f.readMapping(&how)
	if err != nil {
		return extract.Config{}, err
	}
	f.digest = fmt.Sprintf("%s %s %x", f.language, f.topics, sha256.Sum256(text))
	return how, nil
}

// readMapping reads the mapping, if one is configured, and returns its text.
func (f *readFlags) readMapping(how *extract.Config) ([]byte, error) {
	if f.mapping == "" {
		return nil, nil
	}
	text, err := os.ReadFile(f.mapping)
	if err != nil {
		return nil, usagef("--mapping: %w", err)
	}
	if how.Mapping, err = extract.LoadMapping(bytes.NewReader(text), how.Topics); err != nil {
		return nil, usagef("--mapping %s: %w", printable(f.mapping), err)
	}
	return text, nil
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
	cfg.Version += " " + f.digest
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
	cfg.Extractor, cfg.Today, cfg.Version, cfg.Schema = extract.New(how), how.Today, version, index.SchemaVersion
	return nil
}

// programDigest identifies this build. Documents that another build extracted are
// extracted again, because any change of a rule or a library may change the result.
// If the program cannot find its file (Linux without /proc), its commit and modules
// identify it, and builds of changed sources look the same.
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

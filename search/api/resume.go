package api

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"
)

// exactTag makes the ETag of an answer strong if its bytes are the same each time:
// those of an export that no encoding changes. It returns the tag, "" for none.
func exactTag(c *gin.Context) string {
	if encodings := c.GetHeader("Accept-Encoding"); encodings != "" && encodings != "identity" {
		return ""
	}
	h := c.Writer.Header()
	tag := strings.TrimPrefix(h.Get("ETag"), "W/")
	h.Set("ETag", tag)
	return tag
}

// resumeAt returns the first byte that a request wants of a file with a tag, and
// whether it wants a part at all. Only the rest of a file is given; for another
// range, or with an If-Range that does not name this very file, the answer is all
// of it (RFC 9110, 14.2).
func resumeAt(r *http.Request, tag string) (from int64, wanted bool) {
	if given := r.Header.Get("If-Range"); given != "" && given != tag {
		return 0, false
	}
	rest, isBytes := strings.CutPrefix(r.Header.Get("Range"), "bytes=")
	first, isRest := strings.CutSuffix(rest, "-")
	if !isBytes || !isRest {
		return 0, false
	}
	n, err := strconv.ParseUint(first, 10, 62)
	return int64(n), err == nil
}

// resume answers with what a file has from a byte on. The file is made again: the
// length of the rest has to be known before it begins, so that it goes through a
// temporary file.
func resume(c *gin.Context, out io.Writer, from int64, write func(io.Writer) error) error {
	kept, err := os.CreateTemp("", "nghiquyet-export-*")
	if err != nil {
		return fmt.Errorf("resume export: %w", err)
	}
	defer func() {
		_ = kept.Close()
		_ = os.Remove(kept.Name())
	}()
	rest := &skipping{w: kept, skip: from}
	if err := write(rest); err != nil {
		return err
	}
	c.Header("Content-Range", fmt.Sprintf("bytes */%d", rest.size))
	if from >= rest.size {
		return errRange
	}
	if _, err := kept.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("resume export: %w", err)
	}
	c.Header("Content-Range", fmt.Sprintf("bytes %d-%d/%d", from, rest.size-1, rest.size))
	c.Header("Content-Length", strconv.FormatInt(rest.size-from, 10))
	c.Status(http.StatusPartialContent)
	if _, err := io.Copy(out, kept); err != nil {
		return fmt.Errorf("resume export: %w", err)
	}
	return nil
}

// skipping writes what comes after the first skip bytes, and counts all.
type skipping struct {
	w    io.Writer
	skip int64
	size int64
}

func (s *skipping) Write(b []byte) (int, error) {
	begin := min(max(s.skip-s.size, 0), int64(len(b)))
	s.size += int64(len(b))
	if _, err := s.w.Write(b[begin:]); err != nil {
		return 0, err
	}
	return len(b), nil
}

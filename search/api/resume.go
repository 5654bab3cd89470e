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

// exactTag makes the ETag of an answer strong if its bytes are always the same, as
// those of an uncompressed export are. It returns the tag, "" if there is none.
func exactTag(c *gin.Context) string {
	if encodings := c.GetHeader("Accept-Encoding"); encodings != "" && encodings != "identity" {
		return ""
	}
	h := c.Writer.Header()
	tag := strings.TrimPrefix(h.Get("ETag"), "W/")
	h.Set("ETag", tag)
	return tag
}

// resumeAt returns the first byte that a request wants of the file with this tag,
// and whether it wants only a part. Only the rest of a file can be requested; for
// other ranges, or if If-Range names another file, the answer is the complete file
// (RFC 9110, 14.2).
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

// resume answers with a file from a byte on. The file is made again into a
// temporary file, because the length of the rest must be known first.
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

// skipping writes all but the first skip bytes, and counts all.
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

package read

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"mime"
	"net/http/httputil"
	"net/url"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zlib"

	"nghiquyet/index"
	"nghiquyet/index/page"
)

// httpBody parts a stored answer of a server into its media type and its body,
// decoded. A crawler may have decoded the body and left the header as it was: a body
// without the first bytes of its encoding is taken as it is.
func (w *warcReader) httpBody(block []byte) (media string, body []byte, rej *page.Reject) {
	status, head, body, ok := cutHTTP(block)
	switch {
	case !ok:
		return "", nil, page.Rejectf(w.name, page.CodeDamaged, "câu trả lời HTTP không có phần đầu")
	case status >= 300 && status < 400 && status != 304:
		return "", nil, skipped(page.CodeRedirect, "máy chủ chuyển sang địa chỉ khác")
	case status != 200:
		return "", nil, skipped(page.CodeStatus, "máy chủ báo mã khác 200")
	}
	if strings.Contains(strings.ToLower(head["transfer-encoding"]), "chunked") {
		plain, err := unchunked(body, w.lim.Bytes)
		if errors.Is(err, io.ErrUnexpectedEOF) {
			return "", nil, skipped(page.CodeTruncated, "câu trả lời bị cắt cụt")
		}
		if err == nil {
			body = plain
		}
	}
	codings := strings.Split(strings.ToLower(head["content-encoding"]), ",")
	for _, coding := range slices.Backward(codings) {
		if body, rej = w.decode(strings.TrimSpace(coding), body); rej != nil {
			return "", nil, rej
		}
	}
	return mediaType(head["content-type"]), body, nil
}

// cutHTTP parts a stored answer into status, header and body.
func cutHTTP(block []byte) (status int, head map[string]string, body []byte, ok bool) {
	if !bytes.HasPrefix(block, []byte("HTTP/")) {
		return 0, nil, nil, false
	}
	head = map[string]string{}
	var last string
	rest := block
	for first := true; ; first = false {
		line, more, found := bytes.Cut(rest, []byte("\n"))
		if !found || len(block)-len(more) > maxHTTPHead {
			return 0, nil, nil, false
		}
		line, rest = bytes.TrimRight(line, "\r"), more
		switch {
		case first:
			fields := strings.Fields(string(line[:min(len(line), 100)]))
			if len(fields) < 2 || len(fields[1]) != 3 {
				return 0, nil, nil, false
			}
			for _, c := range fields[1] {
				status = 10*status + int(c-'0')
			}
		case len(line) == 0:
			return status, head, rest, true
		default:
			last = headField(head, line, last)
		}
	}
}

// unchunked decodes a chunked body. Its error is io.ErrUnexpectedEOF if the body is
// cut short, another one if it is not chunked.
func unchunked(body []byte, most int64) ([]byte, error) {
	size, _, _ := bytes.Cut(body[:min(len(body), 64)], []byte("\n"))
	size, _, _ = bytes.Cut(bytes.TrimSpace(size), []byte(";"))
	if len(size) == 0 || len(size) > 16 || len(bytes.Trim(size, "0123456789abcdefABCDEF ")) > 0 {
		return nil, errNoChunks
	}
	return io.ReadAll(io.LimitReader(httputil.NewChunkedReader(bytes.NewReader(body)), most))
}

var errNoChunks = errors.New("not chunked")

// decode decodes one content coding of a body, within the bounds of a document.
func (w *warcReader) decode(coding string, body []byte) ([]byte, *page.Reject) {
	in := &counter{r: bytes.NewReader(body)}
	var z io.Reader
	var err error
	switch begins := func(magic string) bool { return bytes.HasPrefix(body, []byte(magic)) }; {
	case (coding == "gzip" || coding == "x-gzip") && begins(gzipMagic):
		z, err = gzip.NewReader(in)
	case coding == "deflate" && begins("\x78"):
		z, err = zlib.NewReader(in)
	case coding == "deflate" && !utf8.Valid(body):
		z = flate.NewReader(in)
	case coding == "zstd" && begins(zstdMagic):
		z, err = newZstd(in)
	case slices.Contains([]string{"", "identity", "gzip", "x-gzip", "deflate", "zstd"}, coding), utf8.Valid(body):
		return body, nil
	default: // brotli: browsers that archive store the decoded body
		return nil, skipped(page.CodeEncoding, "cách nén không mở được: "+page.OneLine(coding))
	}
	if err != nil {
		return nil, skipped(page.CodeTruncated, "câu trả lời bị cắt cụt")
	}
	if c, ok := z.(io.Closer); ok {
		defer c.Close()
	}
	out, err := io.ReadAll(io.LimitReader(&bounded{r: z, in: in, ratio: w.lim.Ratio, name: w.name}, w.lim.Bytes+1))
	var rej *page.Reject
	switch {
	case errors.As(err, &rej) && rej.Torn:
		return nil, skipped(page.CodeTruncated, "câu trả lời bị cắt cụt")
	case errors.As(err, &rej):
		return nil, rej
	case int64(len(out)) > w.lim.Bytes:
		return nil, page.Rejectf(w.name, page.CodeTooLarge, "trang lớn hơn %d MB", w.lim.Bytes>>20)
	}
	return out, nil
}

// mediaType is the media type of a header without parameters, lower case.
func mediaType(header string) string {
	if media, _, err := mime.ParseMediaType(header); err == nil || media != "" {
		return media
	}
	media, _, _ := strings.Cut(header, ";")
	return strings.ToLower(strings.TrimSpace(media))
}

// vague are the media types of servers that do not know the type.
var vague = []string{"", typeBytes, "binary/octet-stream", "application/download", "application/force-download", "application/x-download", "application/unknown", "unknown/unknown"}

// readable reports whether a capture may be a document: by the media type that the
// server sent, or, if that is vague, by its first bytes and its address.
func readable(media, address string, body []byte) bool {
	if !slices.Contains(vague, media) {
		return typed(media) != nil
	}
	if f := begun(body); f != nil {
		return f.read != nil && len(f.types) > 0 // of a crawl no pictures
	}
	f := named(path.Base(pathOf(address)))
	return looksHTML(string(body[:min(len(body), 1024)])) || f != nil && f.read != nil && f.magic == nil
}

// MediaType returns the media type of a document: that of its format, or the one
// that a capture was sent with.
func MediaType(in Input) string {
	switch {
	case in.Web != nil && !slices.Contains(vague, in.Web.Type):
		return in.Web.Type
	case in.Web == nil && in.Line > 0:
		return typeJSON
	}
	f := begun(afterJunk(in.Data))
	switch {
	case f == nil && looksHTML(string(in.Data[:min(len(in.Data), 1024)])):
		return typeHTML
	case f == nil:
		f = named(in.Name)
	}
	if f == nil || len(f.types) == 0 {
		return typeBytes
	}
	return f.types[0]
}

// pathOf is the path of an address.
func pathOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Path
}

// isRobots reports the address of the rules of a site for crawlers.
func isRobots(address string) bool { return strings.EqualFold(pathOf(address), "/robots.txt") }

// CaptureID returns the ID of a page fetched from an address: the address without
// its fragment, if that is not too long.
func CaptureID(address string) string {
	id, _, _ := strings.Cut(page.CleanText(strings.TrimSpace(address)), "#")
	if len(id) <= index.MaxIDBytes {
		return id
	}
	sum := sha256.Sum256([]byte(id))
	suffix := "-" + hex.EncodeToString(sum[:8])
	return strings.ToValidUTF8(id[:index.MaxIDBytes-len(suffix)], "") + suffix
}

// readCapture reads a page of a crawl with the reader for its content or its media
// type.
func readCapture(ctx context.Context, in Input, lim page.Limits) (*page.Page, error) {
	name := path.Base(pathOf(in.Web.URL))
	f := typed(in.Web.Type)
	if f == nil && looksHTML(string(in.Data[:min(len(in.Data), 1024)])) {
		f = typed(typeHTML)
	}
	if f != nil {
		name = Stem(name) + f.exts[0]
	}
	p, err := Document(ctx, Input{Name: name, Data: in.Data}, lim)
	if rej, ok := errors.AsType[*page.Reject](err); ok {
		rej.Name, rej.ID = in.Name, CaptureID(in.Web.URL)
	}
	if err != nil {
		return nil, err
	}
	p.Meta["supplied:id"], p.Meta["supplied:url"] = CaptureID(in.Web.URL), page.CleanText(in.Web.URL)
	p.Supplied = in.Web.Type == typePlain
	p.Crawl = &page.Crawl{Fetched: in.Web.Fetched}
	return p, nil
}

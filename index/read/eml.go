package read

import (
	"bytes"
	"cmp"
	"context"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"strings"
	"time"

	"golang.org/x/text/encoding/htmlindex"

	"nghiquyet/index/page"
)

// readEML reads an e-mail, or a web page saved in one file (RFC 5322, 2045, 2557).
// Its body is the document, in HTML if it has that. A note at the end names the
// attached files, which are documents of their own: see letters.
func readEML(ctx context.Context, name string, data []byte, lim page.Limits) (*page.Page, error) {
	lim = lim.WithDefaults()
	if int64(len(data)) > lim.Bytes {
		return nil, page.Rejectf(name, page.CodeTooLarge, "tệp lớn hơn %d MB", lim.Bytes>>20)
	}
	l := &letter{ctx: ctx, name: name, data: data}
	head, err := l.read()
	if err != nil {
		return nil, err
	}
	var p *page.Page
	switch {
	case strings.TrimSpace(l.html.String()) != "":
		p, err = readHTML(ctx, name, l.html.String(), lim)
	case strings.TrimSpace(l.plain.String()) != "":
		p, err = readText(ctx, name, l.plain.String(), lim)
	case len(l.attached) > 0:
		return nil, page.Rejectf(name, page.CodeEmpty, "thư không có chữ, chỉ có tệp đính kèm (%s): hãy lưu riêng các tệp đó", page.OneLine(l.names()))
	default:
		return nil, page.Rejectf(name, page.CodeEmpty, "thư không có chữ")
	}
	if err != nil {
		return nil, err
	}
	if p.Meta == nil {
		p.Meta = map[string]string{}
	}
	for key, v := range map[string]string{"doc:title": decodeWords(head.Get("Subject")), "doc:author": decodeWords(head.Get("From"))} {
		if v = strings.TrimSpace(page.CleanText(v)); v != "" && len(v) < 4<<10 {
			p.Meta[key] = v
		}
	}
	if sent, err := head.Date(); err == nil {
		p.Meta["doc:created"] = sent.UTC().Format(time.RFC3339)
	}
	if title := p.Meta["doc:title"]; title != "" {
		p.Title = title
	}
	if len(l.attached) > 0 {
		p.Blocks = append(p.Blocks, page.Block{Text: page.CleanText("Tệp đính kèm: " + l.names())})
	}
	return p, nil
}

// letter has the parts found in an e-mail.
type letter struct {
	ctx         context.Context
	name        string
	data        []byte // the letter with all its parts
	plain, html strings.Builder
	attached    []string
	parts       int
	keep        bool // the files too
	files       []attachment
}

// read reads all parts of the letter and returns its header.
func (l *letter) read() (mail.Header, error) {
	m, err := mail.ReadMessage(bytes.NewReader(l.data))
	if err != nil {
		return nil, page.Rejectf(l.name, page.CodeDamaged, "không đọc được phần đầu của thư (%v)", err)
	}
	return m.Header, l.part(m.Header, m.Body, "", 0)
}

// hasText reports whether the letter itself has text.
func (l *letter) hasText() bool {
	return strings.TrimSpace(l.plain.String()) != "" || strings.TrimSpace(l.html.String()) != ""
}

func (l *letter) names() string { return strings.Join(l.attached, "; ") }

// header is the header of a letter or of one of its parts.
type header interface{ Get(key string) string }

// part reads a part inside another of a media type, "" for the letter, and the
// parts inside it to a small depth.
func (l *letter) part(h header, body io.Reader, inside string, depth int) error {
	const deepest, most = 20, 1000
	if l.parts++; depth > deepest || l.parts > most {
		return page.Rejectf(l.name, page.CodeTooDeep, "thư có hơn %d phần hoặc lồng sâu hơn %d mức", most, deepest)
	}
	if l.ctx.Err() != nil {
		return l.ctx.Err()
	}
	kind, params, err := mime.ParseMediaType(h.Get("Content-Type"))
	if err != nil || kind == "" {
		kind = "text/plain"
	}
	if strings.HasPrefix(kind, "multipart/") {
		if depth == 0 && !bytes.Contains(l.data, []byte("--"+params["boundary"]+"--")) {
			return page.Rejectf(l.name, page.CodeDamaged, "thư bị cắt cụt: thiếu dấu kết thúc các phần")
		}
		return l.multipart(multipart.NewReader(body, params["boundary"]), kind, depth)
	}
	disposition, named, _ := mime.ParseMediaType(h.Get("Content-Disposition"))
	attached := disposition == "attachment"
	if attached || kind != typePlain && kind != typeHTML {
		file := attachment{kind: kind, name: decodeWords(cmp.Or(named["filename"], params["name"]))}
		file.shown = strings.HasPrefix(kind, "image/") && (inside == typeRelated || !attached && h.Get("Content-ID") != "")
		l.attach(file, h, body)
		return l.ctx.Err()
	}
	data, err := io.ReadAll(decodeTransfer(h.Get("Content-Transfer-Encoding"), body))
	if err != nil {
		return page.Rejectf(l.name, page.CodeDamaged, "phần %s của thư bị hỏng (%v)", kind, err)
	}
	if len(bytes.TrimSpace(data)) == 0 {
		return nil
	}
	text, _, err := page.DecodeText(data, params["charset"])
	if err != nil {
		return page.Rejectf(l.name, page.CodeNotUTF8, "không nhận ra bảng mã của thư (%v)", err)
	}
	if kind == typeHTML {
		l.html.WriteString(text)
	} else {
		l.plain.WriteString(text + "\n")
	}
	return nil
}

func (l *letter) multipart(r *multipart.Reader, kind string, depth int) error {
	for {
		p, err := r.NextRawPart()
		switch {
		case err == io.EOF:
			return nil
		case err != nil:
			return page.Rejectf(l.name, page.CodeDamaged, "thư bị hỏng hoặc bị cắt cụt (%v)", err)
		}
		if err := l.part(p.Header, p, kind, depth+1); err != nil {
			return err
		}
	}
}

// attachment is a part of a letter that is a file.
type attachment struct {
	kind, name string // media type; name as the letter writes it, often ""
	shown      bool   // a picture inside the text, such as an office's logo
	data       []byte
	err        error // why the data cannot be read
}

// attach remembers a file. Pictures inside a page have no name worth a note.
func (l *letter) attach(file attachment, h header, body io.Reader) {
	switch {
	case strings.HasPrefix(file.kind, "image/") && file.name == "", file.kind == "text/css":
	case file.name == "":
		l.attached = append(l.attached, file.kind)
	default:
		l.attached = append(l.attached, page.OneLine(page.CleanText(file.name)))
	}
	if l.keep && !file.shown {
		file.data, file.err = io.ReadAll(decodeTransfer(h.Get("Content-Transfer-Encoding"), body))
		l.files = append(l.files, file)
	}
}

// decodeTransfer decodes the transfer encoding of a part.
func decodeTransfer(encoding string, r io.Reader) io.Reader {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "base64":
		return base64.NewDecoder(base64.StdEncoding, r)
	case "quoted-printable":
		return quotedprintable.NewReader(r)
	}
	return r
}

// decodeWords undoes the encoded words of a header (RFC 2047).
func decodeWords(s string) string {
	d := mime.WordDecoder{CharsetReader: func(charset string, in io.Reader) (io.Reader, error) {
		enc, err := htmlindex.Get(charset)
		if err != nil {
			return nil, err
		}
		return enc.NewDecoder().Reader(in), nil
	}}
	if out, err := d.DecodeHeader(s); err == nil {
		return out
	}
	return s
}

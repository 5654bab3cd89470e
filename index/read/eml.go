package read

import (
	"bytes"
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

// readEML reads a letter of e-mail, or a web page in one file (RFC 5322, 2045,
// 2557): its body is the document, in HTML where there is one. Files attached
// to it are not read; a note at the end names them.
func readEML(ctx context.Context, name string, data []byte, lim page.Limits) (*page.Page, error) {
	lim = lim.WithDefaults()
	if int64(len(data)) > lim.Bytes {
		return nil, page.Rejectf(name, page.CodeTooLarge, "tệp lớn hơn %d MB", lim.Bytes>>20)
	}
	m, err := mail.ReadMessage(bytes.NewReader(data))
	if err != nil {
		return nil, page.Rejectf(name, page.CodeDamaged, "không đọc được phần đầu của thư: %v", err)
	}
	l := &letter{ctx: ctx, name: name, data: data}
	if err := l.part(m.Header, m.Body, 0); err != nil {
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
	for key, v := range map[string]string{"doc:title": decodeWords(m.Header.Get("Subject")), "doc:author": decodeWords(m.Header.Get("From"))} {
		if v = strings.TrimSpace(page.CleanText(v)); v != "" && len(v) < 4<<10 {
			p.Meta[key] = v
		}
	}
	if sent, err := m.Header.Date(); err == nil {
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

// letter is what was found of a letter.
type letter struct {
	ctx         context.Context
	name        string
	data        []byte // the letter with all its parts
	plain, html strings.Builder
	attached    []string
	parts       int
}

func (l *letter) names() string { return strings.Join(l.attached, "; ") }

// header is that of a letter or of a part of it.
type header interface{ Get(key string) string }

// part reads a part, and those inside it to a small depth.
func (l *letter) part(h header, body io.Reader, depth int) error {
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
		return l.multipart(multipart.NewReader(body, params["boundary"]), depth)
	}
	disposition, named, _ := mime.ParseMediaType(h.Get("Content-Disposition"))
	file := decodeWords(named["filename"])
	if file == "" {
		file = decodeWords(params["name"])
	}
	isText := kind == "text/plain" || kind == "text/html"
	if disposition == "attachment" || !isText {
		l.attach(kind, file)
		return nil
	}
	data, err := io.ReadAll(decodeTransfer(h.Get("Content-Transfer-Encoding"), body))
	if err != nil {
		return page.Rejectf(l.name, page.CodeDamaged, "phần %s của thư bị hỏng: %v", kind, err)
	}
	if len(bytes.TrimSpace(data)) == 0 {
		return nil
	}
	text, _, err := page.DecodeText(data, params["charset"])
	if err != nil {
		return page.Rejectf(l.name, page.CodeNotUTF8, "không nhận ra bảng mã của thư: %v", err)
	}
	if kind == "text/html" {
		l.html.WriteString(text)
	} else {
		l.plain.WriteString(text + "\n")
	}
	return nil
}

func (l *letter) multipart(r *multipart.Reader, depth int) error {
	for {
		p, err := r.NextRawPart()
		switch {
		case err == io.EOF:
			return nil
		case err != nil:
			return page.Rejectf(l.name, page.CodeDamaged, "thư bị hỏng hoặc bị cắt cụt: %v", err)
		}
		if err := l.part(p.Header, p, depth+1); err != nil {
			return err
		}
	}
}

// attach remembers a file. Pictures inside a page have no name worth a note.
func (l *letter) attach(kind, file string) {
	switch {
	case strings.HasPrefix(kind, "image/") && file == "", kind == "text/css":
	case file == "":
		l.attached = append(l.attached, kind)
	default:
		l.attached = append(l.attached, page.OneLine(page.CleanText(file)))
	}
}

// decodeTransfer undoes what made bytes fit for mail.
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

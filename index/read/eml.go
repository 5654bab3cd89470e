package read

import (
	"bytes"
	"cmp"
	"context"
	"encoding/base64"
	"io"
	"maps"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"slices"
	"strings"
	"time"

	"nghiquyet/index/page"
)

// readEML reads an e-mail, or a web page saved in one file (RFC 5322, 2045, 2557).
// Its body is the document: all its texts in order; where a letter has the same text in
// several forms, only the one in HTML. A note at the end names the attached files, which are
// documents of their own: see letters.
func readEML(ctx context.Context, name string, data []byte, lim page.Limits) (*page.Page, error) {
	l := &letter{ctx: ctx, name: name, data: data}
	head, err := l.read()
	if err != nil {
		return nil, err
	}
	switch {
	case l.hasText():
	case len(l.attached) > 0:
		return nil, page.Rejectf(name, page.CodeEmpty, "thư không có chữ, chỉ có tệp đính kèm (%s): hãy lưu riêng các tệp đó", page.OneLine(l.names()))
	default:
		return nil, page.Rejectf(name, page.CodeEmpty, "thư không có chữ")
	}
	p, err := l.page(lim)
	if err != nil {
		return nil, err
	}
	maps.Copy(p.Meta, properties(map[string]string{"doc:title": decodeWords(head.Get("Subject")), "doc:author": decodeWords(head.Get("From"))}))
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
	ctx      context.Context
	name     string
	data     []byte // the letter with all its parts
	texts    []letterText
	attached []string
	parts    int
	keep     bool // the files too
	files    []attachment
}

// letterText is a text of a letter. It has letters or signs.
type letterText struct {
	html bool
	text *strings.Builder
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
func (l *letter) hasText() bool { return len(l.texts) > 0 }

// page reads the texts of the letter. Some programs send a text a second time, in HTML,
// and do not say so: a long paragraph that an earlier text has is left out.
func (l *letter) page(lim page.Limits) (*page.Page, error) {
	const long = 40 // bytes of letters
	out := &page.Page{Meta: map[string]string{}}
	known := map[string]bool{}
	for i, t := range l.texts {
		read := readText
		if t.html {
			read = readHTML
		}
		p, err := read(l.ctx, l.name, t.text.String(), lim)
		if err != nil {
			return nil, err
		}
		out.Title, out.Office = cmp.Or(out.Title, p.Title), out.Office || p.Office
		for key, v := range p.Meta {
			out.Meta[key] = cmp.Or(out.Meta[key], v)
		}
		from := len(out.Blocks)
		for _, b := range p.Blocks {
			if i == 0 || !known[letterKey(b.Text)] {
				out.Blocks = append(out.Blocks, b)
			}
		}
		for _, b := range out.Blocks[from:] {
			if key := letterKey(b.Text); len(key) > long {
				known[key] = true
			}
		}
	}
	return out, nil
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
		from := len(l.texts)
		err := l.multipart(multipart.NewReader(body, params["boundary"]), kind, depth)
		if kind == "multipart/alternative" {
			l.choose(from)
		}
		return err
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
	if kind == typePlain && strings.EqualFold(params["format"], "flowed") {
		text = unflow(text, strings.EqualFold(params["delsp"], "yes"))
	}
	last := len(l.texts) - 1
	if frame := kind == typeHTML && inside == typeRelated; !frame || last < 0 || !l.texts[last].html {
		l.texts = append(l.texts, letterText{kind == typeHTML, &strings.Builder{}})
		last++
	}
	l.texts[last].text.WriteString(text)
	return nil
}

// choose removes alternatives of a text: if one of the texts from index from on is
// HTML, only these remain.
func (l *letter) choose(from int) {
	isHTML := func(t letterText) bool { return t.html }
	if slices.ContainsFunc(l.texts[from:], isHTML) {
		l.texts = append(l.texts[:from], slices.DeleteFunc(l.texts[from:], func(t letterText) bool { return !t.html })...)
	}
}

// unflow joins the lines of paragraphs that end in a space (RFC 3676). With delSp a program
// added that space.
func unflow(text string, delSp bool) string {
	var b strings.Builder
	open := -1 // depth of quotation of a line that goes on
	for line := range strings.SplitSeq(strings.ReplaceAll(text, "\r\n", "\n"), "\n") {
		words := strings.TrimLeft(line, ">")
		depth := len(line) - len(words)
		words = strings.TrimPrefix(words, " ") // stuffed
		if open != depth {
			b.WriteString("\n" + line[:depth])
		}
		open = -1
		if strings.HasSuffix(words, " ") && words != "-- " {
			open = depth
			if delSp {
				words = words[:len(words)-1]
			}
		}
		b.WriteString(words)
	}
	return b.String()
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
	d := mime.WordDecoder{CharsetReader: charsetReader}
	if out, err := d.DecodeHeader(s); err == nil {
		return out
	}
	return s
}

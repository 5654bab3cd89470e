package read

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"fmt"
	"net/mail"
	"path"
	"strings"

	"nghiquyet/index/page"
)

const (
	// maxAttached bounds the files of a letter, with those of letters attached to it.
	maxAttached = 200
	// deepestLetter bounds letters attached to letters.
	deepestLetter = 5
	// maxAttachedName bounds the name of an attached file, in bytes.
	maxAttachedName = 150
)

// letters yields a letter and each file attached to it that has a format of ours,
// with the files of letters attached to it. A letter without text of its own is no
// document if it has such files. Pictures inside its text are no documents.
//
// A file has the name from the letter: "báo cáo.pdf", and "báo cáo (2).pdf" for a
// second one of that name; one in an attached letter "Fwd.eml/báo cáo.pdf".
//
// The files need no bound of bytes: decoded, and without those of attached letters,
// they are smaller together than the letter.
func letters(ctx context.Context, name string, br *bufio.Reader, lim page.Limits, yield func(Input, error) bool) error {
	data, err := allOf(name, br, lim)
	if err != nil {
		return err
	}
	c := &letterCutter{ctx: ctx, name: name, taken: map[string]bool{}}
	c.cut("", data, 0)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	for _, f := range c.found {
		if !yield(f.in, f.err) {
			return nil
		}
	}
	return nil
}

// letterCutter collects the documents of a letter.
type letterCutter struct {
	ctx   context.Context
	name  string
	found []foundFile
	taken map[string]bool // names
	files int             // so far
}

// foundFile is a document of a letter, or the reject in its place.
type foundFile struct {
	in  Input
	err error
}

// input is the document at a part, "" for the letter itself.
func (c *letterCutter) input(part string, data []byte) Input {
	in := NewInput(c.name, 0, data)
	if part != "" {
		in.Name, in.Part = c.name+"/"+part, part
	}
	return in
}

// cut finds the letter at a part and its files. The reader of letters reports
// errors; a damaged letter gives no files.
func (c *letterCutter) cut(part string, data []byte, depth int) {
	own := len(c.found)
	c.found = append(c.found, foundFile{in: c.input(part, data)})
	l := &letter{ctx: c.ctx, name: c.name, data: data, keep: true}
	if _, err := l.read(); err != nil {
		return
	}
	documents := false
	for _, file := range l.files {
		documents = c.file(part, file, depth) || documents
	}
	if documents && !l.hasText() {
		c.found = append(c.found[:own], c.found[own+1:]...)
	}
}

// file reads a file attached to the letter, and reports whether it may be a
// document.
func (c *letterCutter) file(letter string, file attachment, depth int) bool {
	name, f := file.fileName()
	if name == "" {
		return false
	}
	part := c.free(path.Join(letter, name))
	refuse := func(rej *page.Reject) { c.found = append(c.found, foundFile{c.input(part, nil), rej}) }
	at := c.name + "/" + part
	switch c.files++; {
	case c.files == maxAttached+1:
		refuse(page.Rejectf(at, page.CodeTooMany, "thư có hơn %d tệp đính kèm: không đọc từ tệp này", maxAttached))
	case c.files > maxAttached:
	case f == nil:
		rej := skipped(page.CodeUnsupported, "tệp đính kèm có định dạng không đọc")
		rej.Name = at
		refuse(rej)
		return false
	case file.err != nil:
		refuse(page.Rejectf(at, page.CodeDamaged, "tệp đính kèm bị hỏng (%v)", file.err))
	case f.mail && depth == deepestLetter:
		refuse(page.Rejectf(at, page.CodeTooDeep, "thư đính kèm thư lồng sâu hơn %d mức", deepestLetter))
	case f.mail:
		c.cut(part, file.data, depth+1)
	default:
		c.found = append(c.found, foundFile{in: c.input(part, file.data)})
	}
	return true
}

// free makes a name that no file of the letter has yet.
func (c *letterCutter) free(name string) string {
	ext := path.Ext(name)
	free := name
	for n := 2; c.taken[free]; n++ {
		free = fmt.Sprintf("%s (%d)%s", strings.TrimSuffix(name, ext), n, ext)
	}
	c.taken[free] = true
	return free
}

// fileName returns the name of an attached file, and its format if that is read. If
// the name does not show the format, the media type or the first bytes do, and the
// extension is added. It is "" for a part that is no file, such as an answer to an
// invitation.
func (a *attachment) fileName() (string, *format) {
	name := cleanFileName(decodeName(a))
	if f := named(name); f != nil && f.read != nil && extension(name) != "" && uncompressedName(name) == name {
		return name, f
	}
	f := typed(a.kind)
	if f == nil || name != "" && f.magic == nil && !f.mail {
		f = begun(a.data)
	}
	if f == nil || f.read == nil || len(f.exts) == 0 {
		return name, nil
	}
	return cmp.Or(name, "dinh-kem") + f.exts[0], f
}

// decodeName returns the name of a file in the letter; for an attached letter
// without one its subject.
func decodeName(a *attachment) string {
	if a.name == "" && a.kind == typeLetter {
		if m, err := mail.ReadMessage(bytes.NewReader(a.data)); err == nil {
			return decodeWords(m.Header.Get("Subject"))
		}
	}
	return a.name
}

// cleanFileName makes a name one part of a path.
func cleanFileName(name string) string {
	name = strings.NewReplacer("/", "-", `\`, "-").Replace(page.Squeeze(page.CleanText(name)))
	name = strings.Trim(name, " .")
	if ext := path.Ext(name); len(name) > maxAttachedName && len(ext) <= len(".xhtml") {
		return strings.ToValidUTF8(name[:maxAttachedName-len(ext)], "") + ext
	}
	return strings.ToValidUTF8(name[:min(len(name), maxAttachedName)], "")
}

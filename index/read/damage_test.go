package read

import (
	"archive/zip"
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/png"
	"io/fs"
	"maps"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"

	"nghiquyet/analyzers/shareddata"
	"nghiquyet/index/page"
	"nghiquyet/index/page/pagetest"
)

// specimen is a file to read. core, the part that is damaged, is the file itself or
// its compressed content.
type specimen struct {
	name string
	core []byte
	wrap func(core []byte) []byte // makes the file of core; nil for the file itself
}

// inParts are specimens of a ZIP file: damaged itself, and in each of its parts.
func inParts(name string, parts map[string]string) []specimen {
	out := []specimen{{name, pagetest.Zip(parts), nil}}
	for _, part := range slices.Sorted(maps.Keys(parts)) {
		out = append(out, specimen{name, []byte(parts[part]), func(core []byte) []byte {
			changed := maps.Clone(parts)
			changed[part] = string(core)
			return pagetest.Zip(changed)
		}})
	}
	return out
}

func specimens(t testing.TB) []specimen {
	gz := func(core []byte) []byte { return []byte(zipped(string(core))) }
	zst := func(core []byte) []byte {
		z, err := zstd.NewWriter(nil)
		if err != nil {
			t.Fatal(err)
		}
		defer z.Close()
		return z.EncodeAll(core, nil)
	}
	doc, _ := testDOC(t)
	streams := draftDOC(nil, draftPara{text: "Nghị quyết\r"}, draftPara{text: "a\x07", props: inTable(1)}, draftPara{text: "\x07", props: inTable(1, sprm(0x2417, 1))})
	html := []byte("<!DOCTYPE html><html><head><meta charset=utf-8><title>Ao</title></head><body><h1>Ao</h1><table><tr><td>a<td>b</table><p>" + pagetest.Sample + "</p></body></html>")
	rtf := []byte(`{\rtf1\ansi\ansicpg1258{\fonttbl{\f0 .VnTime;}}{\stylesheet{\s1 heading 1;}}\s1\f0 \'ad{\super 1{\footnote x}}\u7879?c\trowd\intbl\itap2 a\nestcell{\*\nesttableprops\nestrow}\cell\row\pard b}`)
	crawl := pagetest.Fetched("https://a.example/1", pagetest.CrawlDay, string(html)) + pagetest.Captured("conversion", "https://a.example/2", pagetest.CrawlDay, "text/plain", pagetest.Sample)
	lines := []byte(`{"id":"a","text":"` + pagetest.Sample + `"}` + "\n" + `{"id":"b","html":"<p>ao</p>","date":"2020-10-05","topics":["x"]}` + "\n")
	pdf := pagetest.Official()
	picture := image.NewGray(image.Rect(0, 0, 40, 40))
	picture.Set(20, 20, color.White)
	var dots bytes.Buffer
	if err := png.Encode(&dots, picture); err != nil {
		t.Fatal(err)
	}
	tiff := []byte("II*\x00\x08\x00\x00\x00\x04\x00" + "\x00\x01\x03\x00\x01\x00\x00\x00\x08\x00\x00\x00" + "\x01\x01\x03\x00\x01\x00\x00\x00\x08\x00\x00\x00" +
		"\x11\x01\x04\x00\x01\x00\x00\x00\x3e\x00\x00\x00" + "\x17\x01\x04\x00\x01\x00\x00\x00\x08\x00\x00\x00" + "\x00\x00\x00\x00" + "\x00\xff\x00\xff\x00\xff\x00\xff")
	all := []specimen{
		{"a.html", html, nil}, {"a.txt", []byte(strings.Repeat(pagetest.Sample+"\n", 5)), nil},
		{"a.md", []byte("---\ntitle: x\n---\n# Ao\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n1. " + pagetest.Sample + "[^1]\n\n[^1]: x\n"), nil},
		{"a.pdf", pdf.Bytes(), nil}, {"a.pdf", pdf.PackedBytes(), nil}, {"a.doc", doc, nil}, {"a.rtf", rtf, nil},
		{"a.eml", []byte(pagetest.Letter("Thư", "Chào", "a.txt", "ao", "b.eml", testLetter)), nil}, {"a.mht", []byte(testLetter), nil},
		{"a.warc", []byte(crawl), nil}, {"a.wet", []byte(crawl), nil}, {"a.warc.gz", gz([]byte(crawl)), nil}, {"a.warc.gz", []byte(crawl), gz},
		{"a.jsonl", lines, nil}, {"a.json", []byte("[" + strings.ReplaceAll(strings.TrimSpace(string(lines)), "\n", ",") + "]"), nil},
		{"a.jsonl.gz", gz(lines), nil}, {"a.jsonl.zst", zst(lines), nil}, {"a.html.zst", html, zst},
		{"a.xml", []byte(word2003(`<w:p><w:r><w:t>` + pagetest.Sample + `</w:t></w:r></w:p>`)), nil}, {"a.xml", []byte(flatOPC(pagetest.Listed(1, 0, pagetest.Sample))), nil},
		{"a.png", dots.Bytes(), nil}, {"a.tif", tiff, nil},
	}
	for _, stream := range []string{"WordDocument", "0Table"} {
		all = append(all, specimen{"stream.doc", streams[stream], func(core []byte) []byte {
			changed := maps.Clone(streams)
			changed[stream] = core
			p, err := readDOCStreams(t.Context(), stream, changed, page.DefaultLimits())
			check(t, p, err)
			return doc
		}})
	}
	zips := map[string]map[string]string{
		"a.docx": pagetest.DOCXParts(pagetest.Listed(1, 0, pagetest.Sample) + `<w:tbl><w:tr><w:tc>` + pagetest.WordPara("", "ô") + `</w:tc></w:tr></w:tbl>`),
		"a.odt":  odtParts(`<text:h text:outline-level="1">Ao</text:h><text:p>` + pagetest.Sample + `</text:p>`), "a.pptx": pptxParts(`<p:sp><a:p><a:r><a:t>Ao</a:t></a:r></a:p></p:sp>`, `<a:tbl><a:tr><a:tc><a:p><a:r><a:t>xã</a:t></a:r></a:p></a:tc></a:tr></a:tbl>`),
		"a.xlsx": unzipped(t, testXLSX(t)),
		"a.wacz": {"archive/a.warc": crawl, "archive/b.warc.gz": zipped(crawl)},
	}
	for _, name := range slices.Sorted(maps.Keys(zips)) {
		all = append(all, inParts(name, zips[name])...)
	}
	return all
}

// unzipped are the parts of a ZIP file.
func unzipped(t testing.TB, data []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	for _, f := range z.File {
		part, err := fs.ReadFile(z, f.Name)
		if err != nil {
			t.Fatal(err)
		}
		parts[f.Name] = string(part)
	}
	return parts
}

// check tests what every reader must return for any bytes, and that the text is
// bounded.
func check(t testing.TB, p *page.Page, err error) {
	t.Helper()
	const most = 4 << 20 // bytes of text
	if pagetest.Check(t, p, err); p == nil {
		return
	}
	size := 0
	for _, text := range pagetest.Texts(p) {
		size += len(text)
	}
	if size > most {
		t.Errorf("%d MB of text", size>>20)
	}
}

// readAll reads all documents of a file.
func readAll(t *testing.T, name string, data []byte, lim page.Limits) {
	for in, err := range InputsFrom(t.Context(), name, bytes.NewReader(data), lim) {
		var p *page.Page
		if err == nil {
			p, err = Document(t.Context(), in, lim)
		}
		check(t, p, err)
	}
}

// TestDamaged: each format, damaged in forty ways, gives texts or rejects with
// reasons, within bounds of time and memory.
func TestDamaged(t *testing.T) {
	shareddata.OneGoroutine(t)
	const maxTime, maxMemory = 5 * time.Second, 512 << 20
	lim := page.Limits{Bytes: 4 << 20}.WithDefaults()
	for _, s := range specimens(t) {
		for _, d := range pagetest.Damage(s.core) {
			t.Run(s.name+"/"+d.How, func(t *testing.T) {
				var before, after runtime.MemStats
				runtime.ReadMemStats(&before)
				start := time.Now()
				if s.wrap != nil {
					d.Data = s.wrap(d.Data)
				}
				readAll(t, s.name, d.Data, lim)
				took := time.Since(start)
				runtime.ReadMemStats(&after)
				if memory := after.TotalAlloc - before.TotalAlloc; took > maxTime || memory > maxMemory {
					t.Errorf("took %v and %d MB", took, memory>>20)
				}
			})
		}
	}
}

// rejects tests that a document is rejected with a code.
func rejects(t *testing.T, how string, in Input, code string) {
	t.Helper()
	_, err := Document(t.Context(), in, page.DefaultLimits())
	var rej *page.Reject
	if !errors.As(err, &rej) || rej.Code != code {
		t.Errorf("%s: %v, want %s", how, err, code)
	}
}

// TestTooLarge: one bound of size is for all formats, whatever the file contains.
func TestTooLarge(t *testing.T) {
	for _, f := range formats {
		for _, magic := range append(f.magic, pagetest.Sample) {
			in, lim := NewInput("a"+append(f.exts, ".txt")[0], 0, []byte(magic+pagetest.Sample)), page.Limits{Bytes: 20}
			_, err := Document(t.Context(), in, lim)
			_, ofSheets := Sheets(t.Context(), in, nil, lim)
			for _, err := range []error{err, ofSheets} {
				var rej *page.Reject
				if !errors.As(err, &rej) || rej.Code != page.CodeTooLarge {
					t.Errorf("%s that begins with %q: %v", in.Name, magic, err)
				}
			}
		}
	}
}

// TestReasons: reasons are in Vietnamese, with the words of a library only in brackets.
func TestReasons(t *testing.T) {
	zip := pagetest.Zip(pagetest.DOCXParts(pagetest.WordPara("", strings.Repeat("x", 500))))
	for _, tt := range []struct{ name, data, want string }{
		{"a.pptx", string(zip[:len(zip)/2]), "tệp PPTX bị hỏng hoặc bị cắt cụt (zip: "},
		{"a.docx", string(zip[:len(zip)/2]), "tệp DOCX bị hỏng hoặc bị cắt cụt (zip: "},
		{"a.doc", oleMagic + strings.Repeat("\x01", 600), "tệp DOC bị hỏng hoặc bị cắt cụt (mscfb: "},
		{"a.png", "\x89PNG\r\n\x1a\nxxxxxxxx", "không đọc được ảnh ("},
		{"a.jsonl", `{"id":"a","text":[1]}`, `"text" là mảng, sai kiểu`},
		{"a.jsonl", `[1]`, "không phải một đối tượng JSON mà là mảng"},
		{"a.jsonl", `{"id":x}`, "không phải JSON (invalid character"},
	} {
		said := ""
		for in, err := range InputsFrom(t.Context(), tt.name, strings.NewReader(tt.data), page.DefaultLimits()) {
			if err == nil {
				_, err = Document(t.Context(), in, page.DefaultLimits())
			}
			var rej *page.Reject
			if errors.As(err, &rej) {
				said = rej.Msg
			}
		}
		if !strings.HasPrefix(said, tt.want) || strings.Contains(tt.want, "(") && !strings.HasSuffix(said, ")") {
			t.Errorf("%s: %q, want %q", tt.name, said, tt.want)
		}
	}
}

// FuzzInputs: every document of any file is read, or rejected with a reason.
func FuzzInputs(f *testing.F) {
	for _, s := range specimens(f) {
		if s.wrap != nil {
			s.core = s.wrap(s.core)
		}
		f.Add(s.name, s.core)
	}
	lim := page.Limits{Bytes: 1 << 20, Entities: 10_000, Depth: 64}.WithDefaults()
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		readAll(t, name, data, lim)
	})
}

// FuzzDOCStreams: the streams of a Word document, without the file around them.
func FuzzDOCStreams(f *testing.F) {
	for _, paras := range [][]draftPara{{{text: "Nghị quyết\r"}, {text: "a\x07", props: inTable(2, sprm(0x244B, 1))}, {text: "b\x07", modifier: 1}}, {{text: "a"}}} {
		streams := draftDOC([][]byte{sprm(0x0835, 1)}, paras...)
		f.Add(streams["WordDocument"], streams["0Table"])
	}
	f.Fuzz(func(t *testing.T, doc, table []byte) {
		p, err := readDOCStreams(t.Context(), "fuzz.doc", map[string][]byte{"WordDocument": doc, "0Table": table}, page.Limits{Bytes: 1 << 20}.WithDefaults())
		pagetest.Check(t, p, err)
	})
}

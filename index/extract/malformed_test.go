package extract

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"nghiquyet/analyzers/shareddata"
	"nghiquyet/index/page"
	"nghiquyet/index/page/pagetest"
)

func gzipped(data []byte) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	z.Write(data)
	z.Close()
	return b.Bytes()
}

func zstded(data []byte) []byte {
	z, err := zstd.NewWriter(nil)
	if err != nil {
		panic(err)
	}
	defer z.Close()
	return z.EncodeAll(data, nil)
}

// specimen is an input that is read, by the name of its file.
type specimen struct {
	name string
	data []byte
}

func specimens() []specimen {
	prose := strings.Repeat("<p>"+pagetest.Sample+"</p>\n", 20)
	page := "<!DOCTYPE html><html><head><meta charset=utf-8><title>Nghị quyết</title></head><body><div class=content><h1>Nghị quyết</h1>" + prose + "</div></body></html>"
	lines := fmt.Sprintf("{\"id\":\"a\",\"text\":%q}\n{\"id\":\"b\",\"html\":%q,\"date\":\"2020-10-05\"}\n", pagetest.Sample, page)
	crawl := pagetest.Fetched("https://a.example/1", pagetest.CrawlDay, page)
	docx := pagetest.Zip(pagetest.DOCXParts(pagetest.Listed(1, 0, pagetest.Sample) + pagetest.Listed(1, 1, "ý") + `<w:tbl><w:tr><w:tc>` + pagetest.WordPara("", "ô") + `</w:tc></w:tr></w:tbl>`))
	return []specimen{
		{"a.pdf", pagetest.Official().Bytes()},
		{"packed.pdf", pagetest.Official().PackedBytes()},
		{"a.docx", docx},
		{"a.html", []byte(page)},
		{"word.htm", pagetest.WordBytes(pagetest.WordPageHTML)},
		{"a.md", []byte("---\ntitle: x\n---\n# Nghị quyết\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n1. " + pagetest.Sample + "\n")},
		{"vni.txt", latin1(strings.Repeat(sampleVNI+"\n", 10))},
		{"utf16.txt", utf16(strings.Repeat(pagetest.Sample+"\n", 10), unicode.LittleEndian)},
		{"a.jsonl", []byte(lines)},
		{"a.warc", []byte(crawl)},
		{"a.warc.gz", gzipped([]byte(crawl))},
		{"a.wacz", pagetest.Zip(map[string]string{"archive/a.warc": crawl})},
		{"a.jsonl.gz", gzipped([]byte(lines))},
		{"a.jsonl.zst", zstded([]byte(lines))},
		{"a.html.gz", gzipped([]byte(page))},
	}
}

// spoiled changes good inputs, and mixes parts and names of them.
func spoiled() []specimen {
	rnd := rand.New(rand.NewPCG(1, 2))
	good := specimens()
	var out []specimen
	for i, s := range good {
		for _, d := range pagetest.Damage(s.data) {
			out = append(out, specimen{d.How + "." + s.name, d.Data})
		}
		for k := range 4 {
			other := good[rnd.IntN(len(good))].data
			data := append(bytes.Clone(s.data[:rnd.IntN(len(s.data))]), other[rnd.IntN(len(other)):]...)
			out = append(out, specimen{fmt.Sprintf("splice%d.%s", k, s.name), data})
		}
		other := good[(i+1)%len(good)]
		out = append(out, specimen{"renamed." + other.name, s.data})
	}
	return out
}

// hostile are inputs made to be bombs, cycles and depths.
func hostile() []specimen {
	pdf := func(change func(d *pagetest.Draft)) []byte {
		d := pagetest.NewDraft()
		d.Plain = true
		d.Page(d.Lines(85, 700, "một dòng", "hai dòng"))
		change(d)
		return d.Bytes()
	}
	object := func(num int, body string) func(*pagetest.Draft) {
		return func(d *pagetest.Draft) {
			d.Trailer = fmt.Sprintf(">>\nendobj\n%d 0 obj\n%s\nendobj\ntrailer<<", num, body)
		}
	}
	bomb := bytes.Repeat([]byte{0}, 40<<20)
	zipBomb := pagetest.DOCXParts("")
	zipBomb["word/document.xml"] = "<x>" + string(bomb) + "</x>"
	entities := pagetest.DOCXParts("")
	entities["word/document.xml"] = `<!DOCTYPE l [<!ENTITY a0 "ha">` + func() (s string) {
		for i := 1; i < 30; i++ {
			s += fmt.Sprintf(`<!ENTITY a%d "&a%d;&a%d;">`, i, i-1, i-1)
		}
		return s
	}() + `]><l>&a29;</l>`
	climbing := pagetest.DOCXParts(pagetest.WordPara("", "chữ"))
	climbing["../../etc/passwd"], climbing["/word/document.xml"] = "x", "y"
	nested := []byte("chữ")
	for range 5 {
		nested = gzipped(nested)
	}
	flate := pagetest.NewDraft()
	flateBomb := flate.Stream("", string(bomb))
	self := pagetest.NewDraft()
	self.Page("/I Do")
	selfForm := self.Add(self.Stream(fmt.Sprintf("/Subtype/Form/Resources<</XObject<</I %d 0 R/J %d 0 R>>>>", pagetest.ObjectImage, pagetest.ObjectImage), strings.Repeat("/I Do /J Do ", 1000)))
	self.Set(pagetest.ObjectImage, fmt.Sprintf("%d 0 R", selfForm))
	chain := pagetest.NewDraft() // each form draws the next a thousand times
	chain.Page("/I Do")
	next := chain.Add(chain.Stream("/Subtype/Form", "BT ET"))
	for range 14 {
		next = chain.Add(chain.Stream(fmt.Sprintf("/Subtype/Form/Resources<</XObject<</I %d 0 R>>>>", next), strings.Repeat("/I Do ", 1000)))
	}
	chain.Set(pagetest.ObjectImage, fmt.Sprintf("%d 0 R", next))
	return []specimen{
		{"kids-self.pdf", pdf(object(pagetest.ObjectPages, fmt.Sprintf("<</Type/Pages/Kids[%d 0 R]>>", pagetest.ObjectPages)))},
		{"kids-ring.pdf", pdf(object(pagetest.ObjectPages, fmt.Sprintf("<</Type/Pages/Kids[50 0 R 50 0 R]>>\nendobj\n50 0 obj<</Kids[%d 0 R]>>", pagetest.ObjectPages)))},
		{"reference-self.pdf", pdf(object(pagetest.ObjectPages, fmt.Sprintf("%d 0 R", pagetest.ObjectPages)))},
		{"catalog-self.pdf", pdf(object(pagetest.ObjectCatalog, fmt.Sprintf("<</Pages %d 0 R>>", pagetest.ObjectCatalog)))},
		{"length-self.pdf", pdf(object(60, "<</Length 60 0 R>>stream\nx\nendstream"))},
		{"filter-self.pdf", pdf(object(9, "<</Length 1/Filter 9 0 R>>stream\nx\nendstream"))},
		{"filters-many.pdf", pdf(object(8, "<</Filter["+strings.Repeat("/FlateDecode ", 100_000)+"]/Length 3>>stream\nabc\nendstream"))},
		{"prev-self.pdf", pdf(func(d *pagetest.Draft) { d.Trailer = "/Prev 15" })},
		{"objstm-self.pdf", pdf(object(61, "<</Type/ObjStm/N 1000000000/First 6/Length 20>>stream\n61 0  61 0 R 61 0 R\nendstream"))},
		{"font-self.pdf", pdf(object(pagetest.ObjectFont, fmt.Sprintf("<</Subtype/Type0/DescendantFonts[%d 0 R]/ToUnicode %d 0 R/Encoding %d 0 R>>", pagetest.ObjectFont, pagetest.ObjectFont, pagetest.ObjectFont)))},
		{"cmap-self.pdf", pdf(object(pagetest.ObjectFont, "<</Subtype/Type0/ToUnicode 62 0 R>>\nendobj\n62 0 obj<</UseCMap 62 0 R/Length 4>>stream\nabcd\nendstream"))},
		{"cmap-wide.pdf", pdf(object(pagetest.ObjectFont, "<</Subtype/Type0/ToUnicode 62 0 R>>\nendobj\n62 0 obj<<>>stream\n"+strings.Repeat("<0000><FFFF><0041> ", 50_000)+"endbfrange\nendstream"))},
		{"widths-wide.pdf", pdf(object(pagetest.ObjectFont, "<</Subtype/Type0/DescendantFonts[<</W[0 2000000000 5]>>]>>"))},
		{"predictor-wide.pdf", pdf(object(8, "<</Filter/LZWDecode/DecodeParms<</Predictor 15/Columns 65535/Colors 65535/BitsPerComponent 65535>>/Length 4>>stream\n\x80\x0b\x60\x50\nendstream"))},
		{"size-wide.pdf", []byte("%PDF-1.5\n1 0 obj<</Type/XRef/Size 99999999999/W[1 2 1]/Index[0 99999999999]/Root 1 0 R>>stream\nx\nendstream endobj\nstartxref\n9\n%%EOF")},
		{"deep.pdf", pdf(object(pagetest.ObjectPages, strings.Repeat("[", 100_000)))},
		{"deep-dict.pdf", pdf(object(pagetest.ObjectPages, strings.Repeat("<</A", 100_000)))},
		{"deep-content.pdf", pdf(object(8, "<<>>stream\n"+strings.Repeat("[", 100_000)+"\nendstream"))},
		{"form-self.pdf", self.Bytes()},
		{"forms-many.pdf", chain.Bytes()},
		{"flate-bomb.pdf", pdf(func(d *pagetest.Draft) {
			d.Set(8, flateBomb)
			d.Pages = append(d.Pages, d.Pages[0])
		})},
		{"string-open.pdf", pdf(object(pagetest.ObjectPages, "("+strings.Repeat("(", 100_000)))},
		{"objects-many.pdf", []byte("%PDF-1.4\n" + strings.Repeat("1 0 obj<</Length 9 0 R>>stream\n", 50_000) + "\n%%EOF")},
		{"glyphs-many.pdf", pdf(object(8, "<<>>stream\nBT /L 14 Tf 1 0 0 1 85 700 Tm ("+strings.Repeat("x", 400_000)+") Tj ET\nendstream"))},
		{"glyphs-heap.pdf", pdf(object(8, "<<>>stream\nBT /L 14 Tf "+strings.Repeat("1 0 0 1 85 700 Tm (a) Tj ", 100_000)+" ET\nendstream"))},
		{"glyphs-column.pdf", pdf(object(8, "<<>>stream\nBT /L 1 Tf "+func() (s string) {
			var b strings.Builder
			for i := range 40_000 {
				fmt.Fprintf(&b, "1 0 0 1 %d %d Tm (ab) Tj ", 85+i%2*300, 90_000-i*2)
			}
			return b.String()
		}()+" ET\nendstream"))},
		{"rules-many.pdf", pdf(object(8, "<<>>stream\n"+strings.Repeat("1 1 500 0.5 re 1 1 0.5 700 re 300 1 0.5 700 re f ", 20_000)+"BT /L 14 Tf "+strings.Repeat("1 0 0 1 85 700 Tm (a b) Tj ", 3_000)+"ET\nendstream"))},
		{"numbers-odd.pdf", pdf(object(8, "<<>>stream\nBT /L 1e999 Tf --5 +.-3 99999999999999999999999999 Td 1 0 0 1 1"+strings.Repeat("0", 400)+" 0 Tm (a) Tj ET\nendstream"))},
		{"bomb.docx", pagetest.Zip(zipBomb)},
		{"entities.docx", pagetest.Zip(entities)},
		{"climbing.docx", pagetest.Zip(climbing)},
		{"empty.docx", pagetest.Zip(nil)},
		{"bomb.txt.gz", gzipped(bomb)},
		{"bomb.jsonl.zst", zstded(bomb)},
		{"nested.txt.gz", nested},
		{"nested.jsonl.gz", gzipped(gzipped([]byte(`{"id":"a","text":"b"}`)))},
		{"deep.html", []byte("<html><body>" + strings.Repeat("<div>", 200_000) + "chữ")},
		{"spans.html", []byte("<html><body>" + strings.Repeat("<b><i>", 100_000) + "chữ")},
		{"table.html", []byte("<html><body>" + strings.Repeat("<table><tr><td>", 5_000) + "chữ")},
		{"attributes.html", []byte("<html><body><p " + strings.Repeat("a=b ", 200_000) + ">chữ</p>")},
		{"style.html", []byte("<html><style>" + strings.Repeat("a{font-family:.VnTime}", 100_000) + "</style><p>ch÷</p>")},
		{"unclosed.html", []byte("<html><!-- " + strings.Repeat("-", 1<<20))},
		{"deep.jsonl", []byte(`{"id":"a","text":` + strings.Repeat("[", 1<<20))},
		{"long.txt", bytes.Repeat([]byte("không dấu cách "), 1<<16)},
		{"marks.txt", []byte("a" + strings.Repeat("\u0301", 1<<20))},
		{"mixed.txt", append([]byte(pagetest.Sample+"\n"), append(latin1(sampleVNI), utf16(pagetest.Sample, unicode.BigEndian)...)...)},
		{"odd.txt", append([]byte("\xff\xfe"), 'a')},
		{"table.md", []byte(strings.Repeat("|", 1<<18))},
		{"quotes.md", []byte(strings.Repeat("> ", 1<<18))},
		{"emphasis.md", []byte(strings.Repeat("*_`[", 1<<17))},
	}
}

// TestMalformed: no input stops the reading of others: each is read
// or rejected with a reason, in bounded memory and processor time.
func TestMalformed(t *testing.T) {
	shareddata.OneGoroutine(t)
	const maxTime, maxAlloc = 10 * time.Second, 2 << 30
	all := append(spoiled(), hostile()...)
	if len(all) < 200 {
		t.Fatalf("only %d inputs", len(all))
	}
	x := New(Config{})
	read, rejected := 0, map[string]int{}
	one := func(t *testing.T, s specimen) {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		start := threadTime()
		for res, err := range x.Bytes(t.Context(), s.name, s.data) {
			if err != nil {
				var rej *page.Reject
				if errors.As(err, &rej) {
					rejected[rej.Code]++
				}
				pagetest.CheckReject(t, err)
				continue
			}
			read++
			if err := res.Article.Validate(); err != nil {
				t.Error(err)
			}
			pagetest.CheckText(t, res.Article.Text)
		}
		took := threadTime() - start
		runtime.ReadMemStats(&after)
		if alloc := after.TotalAlloc - before.TotalAlloc; took > maxTime || alloc > maxAlloc {
			t.Errorf("took %v and allocated %d MB", took, alloc>>20)
		} else if took > time.Second || alloc > 300<<20 {
			t.Logf("took %v and allocated %d MB", took, alloc>>20)
		}
	}
	for _, s := range all {
		t.Run(s.name, func(t *testing.T) { one(t, s) })
	}
	t.Logf("%d inputs: %d documents read, rejected %v", len(all), read, rejected)
}

// sampleVNI is pagetest.Sample in a VNI font: each character is one byte of a file.
const sampleVNI = "Nghò quyeát Ñaïi hoäi ñaïi bieåu Ñaûng boä tænh laàn thöù möôøi baûy ñaõ ñeà ra muïc tieâu phaùt trieån kinh teá - xaõ hoäi; kieåm ñieåm vieäc laõnh ñaïo, chæ ñaïo, toå chöùc thöïc hieän vaø ruùt ra nhöõng baøi hoïc kinh nghieäm quyù baùu. Uûy ban kieåm tra baùo caùo."

// latin1 returns the bytes of a text of characters below U+0100.
func latin1(s string) []byte {
	out, err := charmap.ISO8859_1.NewEncoder().String(s)
	if err != nil {
		panic(err)
	}
	return []byte(out)
}

// utf16 returns s in UTF-16 without a byte order mark.
func utf16(s string, order unicode.Endianness) []byte {
	out, err := unicode.UTF16(order, unicode.IgnoreBOM).NewEncoder().String(s)
	if err != nil {
		panic(err)
	}
	return []byte(out)
}

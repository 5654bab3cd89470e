package extract

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"nghiquyet/index"
	"nghiquyet/index/ocr"
	"nghiquyet/index/page"
	"nghiquyet/index/read"
)

// picturedPages returns the pages that are pictures, according to the document's
// reader.
func picturedPages(p *page.Page, err error) []int {
	var rej *page.Reject
	switch {
	case err == nil:
		return p.Pictured
	case errors.As(err, &rej):
		return rej.Pictured
	}
	return nil
}

// byHand is the advice for a scan if no program reads pictures.
const byHand = "hãy nhận dạng chữ (OCR) trước"

// readPictures has the pictures among the pages read, and makes a page of them and
// the document's own text. If that is not possible or fails, a document with text
// of its own stays as its reader made it, and any other is rejected.
func (x *Extractor) readPictures(ctx context.Context, in read.Input, pages []int, own *page.Page, why error) (*page.Page, error) {
	if x.OCR == nil {
		return own, withAdvice(why, byHand)
	}
	sheets, err := x.OCR.Read(ctx, in.Data, pages)
	if err == nil {
		limited := newBudget(ctx, x.Limits.Time)
		return read.Sheets(limited, in, sheets, x.Limits)
	}
	var missing *ocr.Missing
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case own != nil:
		return own, nil
	case errors.As(err, &missing):
		return nil, withAdvice(why, missing.Error())
	case errors.Is(err, ocr.ErrTooMany):
		return nil, page.Rejectf(in.Name, page.CodeTooMany, "bản quét quá nhiều trang: %d, nhiều nhất %d", len(pages), x.OCR.Limits.Pages)
	case errors.Is(err, ocr.ErrTime):
		return nil, page.Rejectf(in.Name, page.CodeTimeout, "nhận dạng chữ (OCR) quá lâu%s", failed(err))
	}
	return nil, page.Rejectf(in.Name, page.CodeOCR, "nhận dạng chữ (OCR) không được%s", failed(err))
}

// failures say in Vietnamese why the OCR program gave no text.
var failures = []struct {
	err  error
	text string
}{
	{ocr.ErrTime, "quá thời gian cho phép"},
	{ocr.ErrUndrawn, "không vẽ được trang"},
	{ocr.ErrOutput, "chương trình trả lời quá dài"},
	{context.DeadlineExceeded, "quá thời gian cho phép"},
}

// failed says at which page the OCR program failed and why. The words of the program
// and of the system follow in brackets.
func failed(err error) string {
	where, why := "", "chương trình báo lỗi"
	if at, ok := errors.AsType[*ocr.PageError](err); ok {
		where = fmt.Sprintf(" ở trang %d", at.Page)
		err = at.Err
	}
	for _, f := range failures {
		if errors.Is(err, f.err) {
			why = f.text
			break
		}
	}
	return fmt.Sprintf("%s: %s (%v)", where, why, err)
}

// withAdvice adds advice to the reason of a reject.
func withAdvice(err error, advice string) error {
	if rej, ok := errors.AsType[*page.Reject](err); ok {
		rej.Msg = fmt.Sprintf("%s; %s", rej.Msg, advice)
	}
	return err
}

// ownWords are the sources of evidence that are the text of the document itself.
var ownWords = map[string]bool{index.FromMasthead: true, index.FromDateline: true, index.FromHeading: true, index.FromBody: true,
	index.FromDistrict: true, index.FromCommune: true, index.FromSignature: true, index.FromFurniture: true}

// recognised lowers the certainty of evidence in text that OCR read: digits, tone marks
// and names may be misread. Evidence in pages with text of their own keeps its
// certainty.
func recognised(a *index.Article, p *page.Page) {
	own := trueText(p)
	for field, ev := range a.Evidence {
		if !ownWords[ev.From] || own != "" && strings.Contains(own, ev.Text) {
			continue
		}
		ev.From = index.FromOCR
		if ev.Sure == index.SureHigh {
			ev.Sure = index.SureMedium
		}
		a.Evidence[field] = ev
	}
	a.Evidence[index.EvidenceText] = index.Evidence{From: index.FromOCR, Sure: index.SureMedium, Text: ocr.PageList(p.OCRPages)}
}

// believed returns a decision about a number or a date. If the OCR program was not
// sure of the digits (handwriting), it returns the value of the file's name or of
// the file's metadata instead, or none.
func believed(dec Decision, p *page.Page) Decision {
	if !p.OCR || dec.Field != "number" && dec.Field != "date" || !ownWords[dec.From] {
		return dec
	}
	if !doubtful(dec.Text, p.Doubtful) && !(dec.Field == "number" && toned(dec.Value)) {
		return dec
	}
	out := Decision{Field: dec.Field, Evidence: index.Evidence{From: index.FromNone}, Others: []Opinion{{dec.Rule, dec.Value, dec.Evidence}}}
	for _, o := range dec.Others {
		if out.Rule == "" && !ownWords[o.From] {
			out.Rule, out.Value, out.Evidence = o.Rule, o.Value, o.Evidence
			continue
		}
		out.Others = append(out.Others, o)
	}
	return out
}

// toned reports a tone mark, which no number of a document has: 47-CT/TỤU.
func toned(number string) bool {
	return strings.ContainsAny(norm.NFD.String(number), "\u0300\u0301\u0303\u0309\u0323")
}

// doubtful reports whether a piece of evidence contains one of the doubtful words
// with its neighbours; a word without neighbours must be all of it.
func doubtful(text string, found []string) bool {
	words := " " + strings.Join(strings.Fields(text), " ") + " "
	return slices.ContainsFunc(found, func(f string) bool {
		if !strings.Contains(f, " ") {
			return strings.TrimSpace(words) == f
		}
		return strings.Contains(words, " "+f+" ")
	})
}

// trueText is the text of the pages that were not read by OCR.
func trueText(p *page.Page) string {
	if len(p.OCRPages) == 0 {
		return ""
	}
	var b strings.Builder
	for _, block := range p.Blocks {
		if !slices.Contains(p.OCRPages, block.Page) && block.Page > 0 {
			b.WriteString(page.OneLine(block.Text))
			b.WriteByte('\n')
		}
	}
	return b.String()
}

package read

import (
	"encoding/xml"
	"strings"

	"nghiquyet/index/page"
)

// richText is the text of a cell whose parts differ in their look (CT_Rst, 18.4.8 of
// ISO 29500-1):
//
//	đạt 320¹ triệu   plain "đạt 3201 triệu"    shown "đạt 320 triệu"
//	đạt ~300~400     plain "đạt 300400"        shown "đạt 400"
//
// The library returns the plain text.
type richText struct{ plain, shown string }

// richReader reads the strings of a part one after another.
type richReader struct {
	walk     docxWalk
	plain    strings.Builder
	run      docxRunProps
	text     bool // in an element whose characters are shown
	phonetic bool // in the reading of a Japanese word, which is not shown
}

// start begins a string.
func (r *richReader) start() {
	r.walk = docxWalk{paras: []*docxParagraph{{}}}
	r.plain.Reset()
	r.run, r.text, r.phonetic = docxRunProps{}, false, false
}

// take adds a token of the string.
func (r *richReader) take(tok xml.Token) {
	switch t := tok.(type) {
	case xml.StartElement:
		switch t.Name.Local {
		case "r":
			r.run = docxRunProps{}
		case "rPh":
			r.phonetic = true
		case "strike":
			on := attr(t, "val")
			r.run.Strike = toggleOf(on != "0" && on != "false")
		case "vertAlign":
			r.run.Align = val(attr(t, "val"))
		case "t":
			r.text = !r.phonetic
		}
	case xml.EndElement:
		switch t.Name.Local {
		case "rPh":
			r.phonetic = false
		case "t":
			r.text = false
		}
	case xml.CharData:
		if r.text {
			r.add(strings.ReplaceAll(string(t), "_x000D_", "\r")) // as the library reads it
		}
	}
}

// add adds characters in the look of the run.
func (r *richReader) add(s string) {
	align := r.run.Align.text()
	r.walk.looks = []look{{struck: r.run.Strike.on(), raised: align == "superscript", lowered: align == "subscript"}}
	r.plain.WriteString(s)
	r.walk.write(s)
}

// end returns the string, and whether it is shown otherwise than its plain text.
func (r *richReader) end() (richText, bool) {
	if len(r.walk.paras) == 0 {
		return richText{}, false
	}
	p := r.walk.paras[0]
	p.lower(false)
	t := richText{plain: r.plain.String(), shown: p.struck.Without(p.text.String())}
	r.walk.paras = nil
	return t, t.plain != t.shown
}

// richStrings are the shared strings of a workbook that are shown otherwise than their
// plain text, by their index.
type richStrings struct {
	texts map[int]richText
	next  int // index of the next string
	read  richReader
}

// take adds a token of the part.
func (s *richStrings) take(tok xml.Token) {
	switch t := tok.(type) {
	case xml.StartElement:
		if t.Name.Local == "si" {
			s.read.start()
			return
		}
	case xml.EndElement:
		if t.Name.Local == "si" {
			if text, ok := s.read.end(); ok {
				s.texts[s.next] = text
			}
			s.next++
			return
		}
	}
	if len(s.read.walk.paras) > 0 {
		s.read.take(tok)
	}
}

// shownText returns the text of a cell as its parts look. A cell whose format adds words
// to the text stays as it is.
func (t richText) shownText(cell string) string {
	if t.plain != "" && page.CleanText(cell) == page.CleanText(t.plain) {
		return t.shown
	}
	return cell
}

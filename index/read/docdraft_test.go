package read

import (
	"encoding/binary"
	"unicode/utf16"
)

// draftPara is a paragraph of a Word document for tests: its text with its mark, the
// properties of the paragraph, and the modifier of its piece of the text.
type draftPara struct {
	text     string
	props    []byte
	modifier uint16
}

// sprm returns a property with an operand of one byte.
func sprm(code uint16, v byte) []byte { return append(binary.LittleEndian.AppendUint16(nil, code), v) }

// inTable returns the properties of a paragraph in depth nested tables.
func inTable(depth byte, more ...[]byte) []byte {
	out := append(sprm(0x2416, 1), binary.LittleEndian.AppendUint32([]byte{0x49, 0x66}, uint32(depth))...)
	for _, m := range more {
		out = append(out, m...)
	}
	return out
}

// rowEdges returns the property with the edges of the cells of a row.
func rowEdges(edges ...int16) []byte {
	out := binary.LittleEndian.AppendUint16([]byte{0x08, 0xD6}, uint16(2*len(edges)+2))
	out = append(out, byte(len(edges)-1))
	for _, e := range edges {
		out = binary.LittleEndian.AppendUint16(out, uint16(e))
	}
	return out
}

// draftDOC makes the streams of a document in which every paragraph is a piece.
// Lists are the properties that modifiers refer to.
func draftDOC(lists [][]byte, paras ...draftPara) map[string][]byte {
	const pageSize = 512
	doc := make([]byte, (fibSize/pageSize+1)*pageSize)
	put32 := binary.LittleEndian.PutUint32
	var ends, places []uint32
	var modifiers []uint16
	cp := uint32(0)
	starts := []uint32{uint32(len(doc))}
	for _, p := range paras {
		units := utf16.Encode([]rune(p.text))
		places, modifiers = append(places, uint32(len(doc))), append(modifiers, p.modifier)
		for _, u := range units {
			doc = binary.LittleEndian.AppendUint16(doc, u)
		}
		cp += uint32(len(units))
		ends, starts = append(ends, cp), append(starts, uint32(len(doc)))
	}
	doc = append(doc, make([]byte, pageSize-len(doc)%pageSize)...)
	fkp := make([]byte, pageSize) // the properties, from the end of the page on
	at := pageSize - 2
	for i, p := range paras {
		size := 2 + len(p.props) // a style before them
		at = (at - size - 2) &^ 1
		fkp[at+1] = byte((size + 1) / 2)
		copy(fkp[at+4:], p.props)
		fkp[4*(len(paras)+1)+13*i] = byte(at / 2)
		put32(fkp[4*i:], starts[i])
	}
	put32(fkp[4*len(paras):], starts[len(paras)])
	fkp[pageSize-1] = byte(len(paras))
	pageAt := uint32(len(doc) / pageSize)
	doc = append(doc, fkp...)

	var table []byte
	pair := func(n int, b []byte) {
		put32(doc[fibOffsets+8*n:], uint32(len(table)))
		put32(doc[fibOffsets+8*n+4:], uint32(len(b)))
		table = append(table, b...)
	}
	plc := binary.LittleEndian.AppendUint32(nil, starts[0])
	plc = binary.LittleEndian.AppendUint32(plc, starts[len(paras)])
	pair(pairParaPages, binary.LittleEndian.AppendUint32(plc, pageAt))
	var clx []byte
	for _, l := range lists {
		clx = append(append(clx, 1, byte(len(l)), byte(len(l)>>8)), l...)
	}
	clx = binary.LittleEndian.AppendUint32(append(clx, 2), uint32(4*(len(paras)+1)+8*len(paras)))
	clx = binary.LittleEndian.AppendUint32(clx, 0)
	for _, end := range ends {
		clx = binary.LittleEndian.AppendUint32(clx, end)
	}
	for i, fc := range places {
		clx = binary.LittleEndian.AppendUint32(append(clx, 0, 0), fc)
		clx = binary.LittleEndian.AppendUint16(clx, modifiers[i])
	}
	pair(pairPieces, clx)
	binary.LittleEndian.PutUint16(doc, 0xA5EC)
	binary.LittleEndian.PutUint16(doc[2:], 0xC1)
	put32(doc[76:], cp)
	return map[string][]byte{"WordDocument": doc, "0Table": table}
}

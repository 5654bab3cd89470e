package read

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"testing"
)

// TestSheetNumbers: the numbers of rows with and without places, in any order.
func TestSheetNumbers(t *testing.T) {
	for _, tt := range []struct{ rows, want string }{
		{`<row r="1"><c r="A1"><v>1</v></c><c r="B1" t="s"><v>0</v></c><c r="C1" t="n"><f>A1+1</f><v>2.5</v></c></row>`, "1:A=1,C=2.5"},
		{`<row><c><v>1</v></c><c t="str"><v>x</v></c><c><v>3</v></c></row><row><c><v>4</v></c></row>`, "1:A=1,C=3 2:A=4"},
		{`<row r="3"><c r="B3"><v>7</v></c><c r="A3"><v>8</v></c></row><row r="9"/><row r="12"><c r="A12"/></row>`, "3:A=8,B=7 12:A="},
		{`<x:row xmlns:x="u" r="2"><x:c r="A2"><x:v>1<!-- 0 -->2</x:v></x:c></x:row>`, "2:A=12"},
		{`<row><c t="d"><v>2021-03-05</v></c></row>`, "1:A=2021-03-05"},
		{`<c r="A1"><v>1</v></c>`, ""},
	} {
		s, dec := &sheetNumbers{}, xml.NewDecoder(strings.NewReader("<sheetData>"+tt.rows+"</sheetData>"))
		for {
			tok, err := dec.RawToken()
			if err == io.EOF {
				break
			}
			s.take(tok)
		}
		var got []string
		for n := range 20 {
			var cells []string
			for _, c := range s.row(n) {
				cells = append(cells, fmt.Sprintf("%c=%s", 'A'+c.column-1, c.value))
			}
			if len(cells) > 0 {
				got = append(got, fmt.Sprintf("%d:%s", n, strings.Join(cells, ",")))
			}
		}
		if s := strings.Join(got, " "); s != tt.want {
			t.Errorf("%s: %s, want %s", tt.rows, s, tt.want)
		}
	}
}

package extract

import (
	"errors"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// checkRead holds what every reader promises of any input: a page of clean
// text, or a *Reject with a reason.
func checkRead(t *testing.T, p *Page, err error) {
	t.Helper()
	if err != nil {
		var rej *Reject
		if !errors.As(err, &rej) || rej.Code == "" || rej.Msg == "" {
			t.Errorf("error %v is no reject with a reason", err)
		}
		return
	}
	for _, b := range p.Blocks {
		if !utf8.ValidString(b.Text) || !norm.NFC.IsNormalString(b.Text) {
			t.Errorf("block %+q is not NFC UTF-8", b.Text)
		}
	}
}

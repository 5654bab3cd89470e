package extract

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// checkRead holds what every reader promises of any input: a page of clean
// text, or a *Reject with a reason that is no recovered defect.
func checkRead(t *testing.T, p *Page, err error) {
	t.Helper()
	if err != nil {
		checkReject(t, err)
		return
	}
	for _, b := range p.Blocks {
		checkText(t, b.Text)
	}
}

func checkReject(t *testing.T, err error) {
	t.Helper()
	var rej *Reject
	if !errors.As(err, &rej) || rej.Code == "" || rej.Msg == "" {
		t.Errorf("error %v is no reject with a reason", err)
	} else if strings.Contains(rej.Msg, "runtime error") {
		t.Errorf("recovered: %v", err)
	}
}

func checkText(t *testing.T, s string) {
	t.Helper()
	if !utf8.ValidString(s) || !norm.NFC.IsNormalString(s) {
		t.Errorf("%+q is not NFC UTF-8", s)
	}
}

// texts lists the blocks of a page, furniture aside.
func texts(p *Page) []string {
	var out []string
	for _, b := range p.Blocks {
		if !b.Furniture {
			out = append(out, b.Text)
		}
	}
	return out
}

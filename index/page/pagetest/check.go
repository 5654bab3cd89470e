// Package pagetest makes files for tests and checks the pages read from them: PDFs
// object by object ([Draft]), DOCX part by part ([DOCXParts]), letters, crawls, and pages
// saved by Word. Names and places in them are invented.
package pagetest

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"nghiquyet/index/page"
)

// Check tests what every reader promises of any input: a page of clean
// text, or a *Reject with a reason that is no recovered defect.
func Check(t testing.TB, p *page.Page, err error) {
	t.Helper()
	if err != nil {
		CheckReject(t, err)
		return
	}
	for _, b := range p.Blocks {
		CheckText(t, b.Text)
	}
}

// CheckReject fails unless err is a reject that says why.
func CheckReject(t testing.TB, err error) {
	t.Helper()
	var rej *page.Reject
	if !errors.As(err, &rej) || rej.Code == "" || rej.Msg == "" {
		t.Errorf("error %v is no reject with a reason", err)
	} else if strings.Contains(rej.Msg, "runtime error") {
		t.Errorf("recovered: %v", err)
	}
}

// CheckText fails unless s is NFC in UTF-8.
func CheckText(t testing.TB, s string) {
	t.Helper()
	if !utf8.ValidString(s) || !norm.NFC.IsNormalString(s) {
		t.Errorf("%+q is not NFC UTF-8", s)
	}
}

// Texts lists the blocks of a page, furniture aside.
func Texts(p *page.Page) []string {
	var out []string
	for _, b := range p.Blocks {
		if !b.Furniture {
			out = append(out, b.Text)
		}
	}
	return out
}

package main

import (
	"os"
	"path/filepath"
	"testing"
)

func TestPlacesCommand(t *testing.T) {
	list := filepath.Join(t.TempDir(), "list.csv")
	if err := os.WriteFile(list, []byte("code,kind,name\n01,thành phố,Hà Nội\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	want(t, exitOK, "25 tỉnh, 9 thành phố trực thuộc trung ương; 2599 xã, 709 phường, 13 đặc khu", "places")
	want(t, exitFailed, "province\t04\tchỉ một bên có\ttỉnh Cao Bằng\t-", "places", "--check", list)
	want(t, exitFailed, "", "places", "--check", list+"x")
	want(t, exitUsage, "", "places", "extra")
}

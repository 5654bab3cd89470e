package places

import (
	"fmt"
	"strings"
	"testing"

	"nghiquyet/analyzers/shareddata"
)

// officialList writes the built-in tables as a list, with some lines changed.
func officialList(change func(u *listed) bool) string {
	var b strings.Builder
	b.WriteString("# a comment\ncode,kind,name,province_code,province,resolution\n")
	for _, u := range ourList() {
		if change(&u) {
			fmt.Fprintf(&b, "%s,%s,\"%s\",,%s,\n", u.code, u.kind, u.name, u.province)
		}
	}
	return b.String()
}

func TestCheck(t *testing.T) {
	if got, err := Check(strings.NewReader(officialList(func(*listed) bool { return true }))); err != nil || len(got) > 0 {
		t.Errorf("the tables differ from themselves: %v, %v", got, err)
	}
	list := officialList(func(u *listed) bool {
		switch u.code {
		case "23701":
			u.kind = "phường"
		case "07399":
			u.name = "Kép Mới"
		case "16480":
			u.province = "Nghệ An"
		case "01777":
			return false
		case "20":
			u.kind = "thành phố"
		}
		return true
	}) + "99999,xã,Suối Xanh,,Cao Bằng,\n"
	got, err := Check(strings.NewReader(list))
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, d := range got {
		lines = append(lines, strings.Join([]string{d.Level, d.Code, d.What, d.Ours, d.List}, "|"))
	}
	want := []string{
		"commune|01777|unit|xã Thành Công, Cao Bằng|",
		"commune|07399|name|phường Kép, Bắc Ninh|phường Kép Mới, Bắc Ninh",
		"commune|16480|province|xã Quảng Yên, Thanh Hóa|xã Quảng Yên, Nghệ An",
		"province|20|kind|tỉnh Lạng Sơn|thành phố Lạng Sơn",
		"commune|23701|kind|xã Kon Gang, Gia Lai|phường Kon Gang, Gia Lai",
		"commune|99999|unit||xã Suối Xanh, Cao Bằng",
	}
	if strings.Join(lines, "\n") != strings.Join(want, "\n") {
		t.Errorf("Check =\n%s\nwant\n%s", strings.Join(lines, "\n"), strings.Join(want, "\n"))
	}
}

func TestCheckRefuses(t *testing.T) {
	for _, list := range []string{
		"", "\x00\xff", "a,b,c\n1,2,3\n", "code,kind,name\n", "code,kind,name\n,xã,A\n", "code,kind,name\n1,xã,\n",
		"code,kind,name\n00004,xã,A\n00004,xã,B\n", "code,kind,name\n\"00004,xã,A\n",
	} {
		if got, err := Check(strings.NewReader(list)); err == nil {
			t.Errorf("Check(%q) = %v", list, got)
		}
	}
}

// TestCheckOfficial compares with the lists from which the tables were made.
func TestCheckOfficial(t *testing.T) {
	for _, file := range []string{"gazetteer/communes_2026-10-10.csv", "gazetteer/provinces_2026-10-10.csv"} {
		if got, err := Check(shareddata.Open(t, file)); err != nil || len(got) > 0 {
			t.Errorf("%s: %v, %v", file, got, err)
		}
	}
}

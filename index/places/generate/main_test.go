package main

import (
	"bytes"
	"os"
	"strings"
	"testing"
)

// TestGenerated checks that the tables are what their sources make.
func TestGenerated(t *testing.T) {
	for name, make := range map[string]func([]byte) ([]byte, error){"communes": communes, "former": former} {
		source, err := os.ReadFile("../source/" + name + ".csv")
		if err != nil {
			t.Fatal(err)
		}
		want, err := make(source)
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile("../data/" + name + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("data/%s.txt is not what its source makes: run go generate ./index/places", name)
		}
	}
}

// TestValues checks the rule of values: the slug, the province where several
// have it, the code where one province has it twice.
func TestValues(t *testing.T) {
	out, err := communes([]byte(`code,kind,name,province_code,province,law,since,was
90001,xã,Suối Xanh,04,Cao Bằng,1/NQ,2025-07-01,
90002,xã,Đồi Cao,04,Cao Bằng,1/NQ,2025-07-01,
90003,phường,Đồi Cao,08,Tuyên Quang,1/NQ,2026-03-01,xã
90004,xã,Đôi Cao,08,Tuyên Quang,1/NQ,2025-07-01,
90005,xã,Bến Tháng,11,Điện Biên,1/NQ,2025-07-01,
90006,xã,Bến Thang,11,Điện Biên,1/NQ,2025-07-01,
`))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"Cao Bằng\t90001\txã\tSuối Xanh\tsuoi-xanh\t-\t-\n",
		"Cao Bằng\t90002\txã\tĐồi Cao\tdoi-cao-cao-bang\t-\t-\n",
		"Tuyên Quang\t90003\tphường\tĐồi Cao\tdoi-cao-tuyen-quang-90003\t2026-03-01\txã\n",
		"Tuyên Quang\t90004\txã\tĐôi Cao\tdoi-cao-tuyen-quang-90004\t-\t-\n",
		"Điện Biên\t90005\txã\tBến Tháng\tben-thang-90005\t-\t-\n",
	} {
		if !strings.Contains(string(out), want) {
			t.Errorf("table lacks %q:\n%s", want, out)
		}
	}
}

func TestRefused(t *testing.T) {
	for _, line := range []string{
		"9000,xã,Suối Xanh,04,Cao Bằng,1/NQ,2025-07-01,",
		"90001,thị trấn,Suối Xanh,04,Cao Bằng,1/NQ,2025-07-01,",
		"90001,xã,,04,Cao Bằng,1/NQ,2025-07-01,",
		"90001,xã,Suối Xanh,04,Cao Bằng,,2025-07-01,",
		"90001,xã,Suối Xanh,04,Cao Bằng,1/NQ,2025-07-01,\n90001,xã,Suối Vàng,04,Cao Bằng,1/NQ,2025-07-01,",
	} {
		if _, err := communes([]byte("code,kind,name,province_code,province,law,since,was\n" + line + "\n")); err == nil {
			t.Errorf("communes took %q", line)
		}
	}
}

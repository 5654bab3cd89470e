package places

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// TestFind has one line for each rule: a text and its mentions.
func TestFind(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		// The territory and its authority.
		{"Đảng bộ tỉnh Gia Lai", "province Gia Lai strong"},
		{"Tỉnh ủy Quảng Trị và Tỉnh uỷ Thanh Hoá", "province Quảng Trị strong; province Thanh Hóa strong"},
		{"UBND tỉnh Bà Rịa - Vũng Tàu", "province Bà Rịa - Vũng Tàu strong"},
		{"UBND tỉnh Bà Rịa-Vũng Tàu", "province Bà Rịa - Vũng Tàu strong"},
		{"CỦA TỈNH AN GIANG NĂM 2025", "province An Giang strong"},
		{"CỦA TỈNH AN\nGIANG NĂM 2025", "province An Giang strong"},
		{"của thành phố Hà Nội", "province Hà Nội strong"},
		{"TP. Hồ Chí Minh", "province Hồ Chí Minh strong"},
		{"TP.HCM", "province Hồ Chí Minh strong"},
		{"Thành ủy TPHCM", "province Hồ Chí Minh strong"},
		{"thành phố Hồ Chí Minh", "province Hồ Chí Minh strong"},
		{"thành phố Huế", "province Huế strong"},
		{"thành phố Vinh", "district Vinh strong"},
		{"UBND Phường 5, Quận 11, TP.HCM", "district Quận 11 strong in Hồ Chí Minh; province Hồ Chí Minh strong"},
		{"Phường 5, quận 11 họp", "district Quận 11 strong"},
		{"cac co quan 11 lan", ""},
		{"thành phố Thái Bình", "district Thái Bình strong"},
		{"Thành ủy Pleiku", "district Pleiku strong"},
		{"Huyện ủy Đak Đoa", "district Đak Đoa strong"},
		{"huyện Đăk Đoa", "district Đak Đoa strong"},
		{"Đảng bộ huyện Triệu Phong, tỉnh Quảng Trị", "district Triệu Phong strong in Quảng Trị; province Quảng Trị strong"},
		{"huyện Kỳ Sơn (Nghệ An)", "district Kỳ Sơn strong in Nghệ An; province Nghệ An bare"},
		{"Thị xã Phú Thọ", "district Phú Thọ strong"},
		{"huyện Quảng Ninh", "district Quảng Ninh strong"},
		{"tỉnh Quảng Ninh", "province Quảng Ninh strong"},
		{"T.P Vinh", "district Vinh strong"},
		{"H. Phú Vang, TX. Gia Nghĩa", "district Phú Vang strong; district Gia Nghĩa strong"},
		{"tỉnh Thừa Thiên - Huế", "province Thừa Thiên Huế strong"},
		{"Bí thư Huyện ủy Kim Bôi Bùi Văn Điệp", "district Kim Bôi strong"},
		{"tỉnh Hà Đông cũ", "province Hà Đông strong"},
		{"quận Hà Đông", "district Hà Đông strong"},
		{"huyện M’Drắk và huyện Ea H'leo", "district M'Drắk strong; district Ea H'leo strong"},
		{"huyện Phan Rang - Tháp Chàm", "district Phan Rang - Tháp Chàm strong"},

		// Its people and bodies; the name alone.
		{"Đảng bộ Đak Đoa đổi mới", "district Đak Đoa local"},
		{"Nhân dân Gia Lai", "province Gia Lai local"},
		{"Năm 2020, Gia Lai đạt", "province Gia Lai bare"},
		{"Riêng Gia Lai đạt", "province Gia Lai bare"},
		{"của tỉnh. Gia Lai đã đạt", "province Gia Lai bare"},

		// Enumerations.
		{"sáp nhập hai tỉnh Bình Định và Gia Lai", "province Bình Định pair; province Gia Lai pair"},
		{"các tỉnh Gia Lai, Kon Tum, Đắk Lắk", "province Gia Lai list; province Kon Tum list; province Đắk Lắk list"},
		{"gồm Gia Lai, Kon Tum, Đắk Lắk và Lâm Đồng", "province Gia Lai list; province Kon Tum list; province Đắk Lắk list; province Lâm Đồng list"},
		{"Hà Nam - Ninh Bình", "province Hà Nam bare; province Ninh Bình bare"},

		// Look-alikes.
		{"Báo Thanh Hóa", "province Thanh Hóa press"},
		{"Báo Hà Nội mới", ""},
		{"Khu kinh tế Đông Nam Quảng Trị", "province Quảng Trị name"},
		{"chiến thắng Điện Biên Phủ", "district Điện Biên Phủ battle"},
		{"trận quyết chiến Điện Biên Phủ", "district Điện Biên Phủ battle"},
		{"thành phố Điện Biên Phủ", "district Điện Biên Phủ strong"},
		{"phong trào Xô viết Nghệ Tĩnh", "province Nghệ Tĩnh battle"},
		{"Chiến dịch Hồ Chí Minh", "province Hồ Chí Minh battle"},
		{"Chủ tịch Hồ Chí Minh", "province Hồ Chí Minh person"},
		{"tư tưởng Hồ Chí Minh", "province Hồ Chí Minh person"},
		{"đường Hà Nội", "province Hà Nội street"},
		{"Xa lộ Hà Nội", "province Hà Nội street"},
		{"cao tốc Hà Nội - Hải Phòng", "province Hà Nội street; province Hải Phòng street"},
		{"bia Hà Nội", "province Hà Nội organisation"},
		{"Đại học Thái Nguyên", "province Thái Nguyên organisation"},
		{"Trường Đại học Sư phạm Hà Nội", "province Hà Nội organisation"},
		{"Đại học Quốc gia Thành phố Hồ Chí Minh", "province Hồ Chí Minh organisation"},
		{"Trường Chính trị tỉnh Gia Lai", "province Gia Lai strong"},
		{"quê Nghệ An", "province Nghệ An origin"},
		{"quê ở tỉnh Nghệ An", "province Nghệ An origin"},
		{"Quê quán: xã Kim Liên, huyện Nam Đàn, tỉnh Nghệ An", "district Nam Đàn origin in Nghệ An; province Nghệ An origin"},
		{"Ông sinh ngày 1/9/1948 tại xã Kiến Quốc, tỉnh Hải Dương. Tỉnh Gia Lai", "province Hải Dương origin; province Gia Lai strong"},
		{"hy sinh tại Côn Đảo", "district Côn Đảo passing"},
		{"Đảng bộ Công ty Điện lực Gia Lai", "province Gia Lai organisation"},
		{"Trụ sở: 20 Trần Phú, thành phố Hà Nội", "province Hà Nội origin"},
		{"sân bay Tân Sơn Nhất", ""},
		{"Bệnh viện Thống Nhất Long", "district Thống Nhất name"},
		{"Nguyễn Hà Bắc", "province Hà Bắc name"},
		{"Từ điển Việt Nam. Hà Nội, 1996", "province Hà Nội printed"},
		{"toàn tập. Hà Nội: Nhà xuất bản", "province Hà Nội printed"},
		{"năm nay, Hà Nội, 2 huyện", "province Hà Nội bare"},
		{"Thiên Huế", "province Huế name"},
		{"Sáng nay Huế mưa", "province Huế bare"},
		{"từ tỉnh Thừa Thiên Huế trở ra", "province Thừa Thiên Huế passing"},
		{"sông Lục Nam dâng cao", "district Lục Nam organisation"},
		{"Hà Nội, ngày 16 tháng 6 năm 2025", "province Hà Nội signed"},
		{"Số: 1   *Hà Nội, ngày 16 tháng 6 năm 2025*", "province Hà Nội signed"},
		{"TP. Hồ Chí Minh, ngày 16 tháng 6 năm 2025", "province Hồ Chí Minh signed"},
		{"Số: 4240/UBND-VX\n*Thành phố Hồ Chí Minh, ngày 28 tháng 11*", "province Hồ Chí Minh signed"},
		{"của tỉnh Gia Lai, ngày 5/3 họp", "province Gia Lai strong"},
		{"\nHà Nội, tháng 4 năm 2025", "province Hà Nội signed"},
		{"\nHà Nội, 12/4/2025", "province Hà Nội signed"},
		{"tại Hà Nội, ngày 16/6, Ban", "province Hà Nội passing"},
		{"đồng chí Nguyễn Thái Bình phát biểu", "province Thái Bình name"},
		{"khu vực Thái Bình Dương", ""},
		{"vùng Đồng Tháp Mười", ""},
		{"vì Hòa Bình", "province Hòa Bình word"},
		{"tỉnh Hòa Bình", "province Hòa Bình strong"},
		{"hòa bình và an giang", ""},
		{"xã Hòa Bình", "province Hòa Bình commune"},
		{"phường Thống Nhất", "district Thống Nhất commune"},
		{"xứ Thanh anh hùng", "province Thanh Hóa nickname"},
		{"vùng đất Sen Hồng", "province Đồng Tháp nickname"},

		// Without marks, and in NFD.
		{"Dang bo tinh Quang Tri lan thu XVII", "province Quảng Trị strong unmarked"},
		{"Dang bo huyen Dak Doa lan thu XVII", "district Đak Đoa strong unmarked"},
		{"Dang bo huyen Phu My lan thu XVII", "district Phù Mỹ word unmarked"}, // or Phú Mỹ
		{"Huyện Quang Tri của tỉnh", ""},
		{norm.NFD.String("Đảng bộ tỉnh Quảng Trị, huyện Đăk Đoa"), "province Quảng Trị strong; district Đak Đoa strong"},

		// Bodies of the whole country.
		{"BAN CHẤP HÀNH TRUNG ƯƠNG", "national Trung ương bare"},
		{"ỦY BAN THƯỜNG VỤ\nQUỐC HỘI", "national Trung ương bare"},

		{"", ""},
		{"2025", ""},
		{strings.Repeat("A", 5000), ""},
	} {
		if got := printed(Find(c.text, "")); got != c.want {
			t.Errorf("Find(%q) = %s, want %s", c.text, got, c.want)
		}
	}
}

func printed(found []Mention) string {
	var list []string
	for _, m := range found {
		s := m.Kind + " " + m.Name + " " + m.Role
		if m.In != "" {
			s += " in " + m.In
		}
		if m.Unmarked {
			s += " unmarked"
		}
		list = append(list, s)
	}
	return strings.Join(list, "; ")
}

func FuzzFind(f *testing.F) {
	for _, s := range []string{"Đảng bộ tỉnh Gia Lai, huyện M'Drắk", "Hà Nội, ngày 1", "\xff\u0302TP.HCM", "cao tốc Hà Nội - Hải Phòng", norm.NFD.String("Bà Rịa - Vũng Tàu")} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		end := 0
		for _, m := range Find(text, "") {
			if m.Start < end || m.End <= m.Start || m.End > len(text) {
				t.Fatalf("span %d:%d after byte %d of %d", m.Start, m.End, end, len(text))
			}
			if utf8.ValidString(text) && !utf8.ValidString(text[m.Start:m.End]) {
				t.Fatalf("span %d:%d of %+q cuts a rune", m.Start, m.End, text)
			}
			if m.Name == "" || m.Role == "" {
				t.Fatalf("mention without name or role: %v", m)
			}
			end = m.End
		}
	})
}

func BenchmarkFind(b *testing.B) {
	text := strings.Repeat("Ban Thường vụ Tỉnh ủy Quảng Trị yêu cầu các cấp ủy, tổ chức đảng quán triệt nghị quyết của Bộ Chính trị, "+
		"tổ chức thực hiện nhiệm vụ phát triển kinh tế - xã hội trên địa bàn huyện Triệu Phong và thành phố Đông Hà. "+
		"Công tác xây dựng Đảng được chú trọng; đời sống của đồng bào các dân tộc được nâng lên rõ rệt.\n", 2000)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Find(text, "")
	}
}

package main

import (
	"fmt"
	"strings"

	"nghiquyet/index/raster/scantest"
)

// directive is an invented document of one page.
var directive = struct {
	Number, Date, Signer string
	Left, Right          []string // of its head
	Title                []string
	Body                 []string
	Recipients           []string
	Signature            []string
}{
	Number: "47-CT/TU", Date: "2021-03-18", Signer: "Nguyễn Văn Thử",
	Left:  []string{"TỈNH ỦY SƠN LA", "*", "Số 47-CT/TU"},
	Right: []string{"ĐẢNG CỘNG SẢN VIỆT NAM", "", "Sơn La, ngày 18 tháng 3 năm 2021"},
	Title: []string{"CHỈ THỊ", "về tăng cường phòng cháy, chữa cháy rừng trong mùa khô"},
	Body: []string{
		"Thời gian qua, các cấp ủy đảng, chính quyền và nhân dân trong tỉnh đã có nhiều cố gắng trong công tác quản lý, bảo vệ rừng; " +
			"số vụ cháy giảm 35% so với năm 2019, thiệt hại 128,5 ha rừng trồng. Tuy nhiên, ở một số nơi việc kiểm tra chưa thường xuyên, " +
			"lực lượng tại chỗ còn mỏng, phương tiện chữa cháy còn thiếu, người dân đốt nương làm rẫy chưa đúng quy trình.",
		"Để khắc phục những hạn chế nêu trên, Ban Thường vụ Tỉnh ủy yêu cầu các cấp ủy, tổ chức đảng thực hiện tốt những nhiệm vụ sau:",
		"1. Các huyện ủy, thành ủy lãnh đạo việc rà soát, bổ sung phương án chữa cháy theo phương châm bốn tại chỗ; hoàn thành trước ngày " +
			"30/4/2021; bố trí ít nhất 2.450 triệu đồng cho 12 xã trọng điểm.",
		"2. Ban cán sự đảng Ủy ban nhân dân tỉnh chỉ đạo các sở, ngành hướng dẫn, kiểm tra, xử lý nghiêm những hành vi vi phạm.",
		"3. Mặt trận Tổ quốc và các đoàn thể vận động đoàn viên, hội viên ký cam kết bảo vệ rừng, không đốt thực bì khi có gió lớn.",
	},
	Recipients: []string{"Nơi nhận:", "- Các huyện ủy, thành ủy;", "- Các ban của Tỉnh ủy;", "- Lưu Văn phòng."},
	Signature:  []string{"T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ", "", "", "Nguyễn Văn Thử"},
}

// directiveTexts lays [directive] out.
func directiveTexts() (texts []scantest.Text) {
	d := directive
	for i, s := range d.Left {
		texts = append(texts, scantest.Text{S: s, X: 160, Y: 70 + 18*float64(i), Face: []int{scantest.Bold, scantest.Regular, scantest.Regular}[i], Center: true})
	}
	for i, s := range d.Right {
		texts = append(texts, scantest.Text{S: s, X: 430, Y: 70 + 18*float64(i), Face: []int{scantest.Bold, scantest.Regular, scantest.Italic}[i], Center: true})
	}
	for i, s := range d.Title {
		texts = append(texts, scantest.Text{S: s, X: 310, Y: 150 + 20*float64(i), Face: scantest.Bold, Center: true})
	}
	y := 205.0
	for _, s := range d.Body {
		first, rest := firstRow(s)
		texts = append(texts, scantest.Text{S: first, X: 105, Y: y}, scantest.Text{S: rest, X: 78, Y: y + leading*14, Width: 460})
		y += leading * 14 * (1 + rowsOf(rest))
		y += 8
	}
	y += 12
	for i, s := range d.Recipients {
		texts = append(texts, scantest.Text{S: s, X: 78, Y: y + 15*float64(i), Size: 11})
	}
	for i, s := range d.Signature {
		texts = append(texts, scantest.Text{S: s, X: 430, Y: y + 20*float64(i), Face: scantest.Bold, Center: true})
	}
	return texts
}

// sealAt returns where the seal of [directive] is: over the name of the signer.
func sealAt() [2]float64 {
	texts := directiveTexts()
	last := texts[len(texts)-1]
	return [2]float64{last.X - 50, last.Y - 15}
}

// leading is the distance of lines, in sizes of their letters.
const leading = 1.35

// rowLetters is about how many letters of the body are in a row.
const rowLetters = 70

// firstRow cuts off the words of the first, indented, row.
func firstRow(s string) (first, rest string) {
	n := 0
	words := strings.Fields(s)
	for i, w := range words {
		if n += len([]rune(w)) + 1; n > rowLetters-6 {
			return strings.Join(words[:i], " "), strings.Join(words[i:], " ")
		}
	}
	return s, ""
}

func rowsOf(s string) float64 {
	if s == "" {
		return 0
	}
	return float64(len([]rune(s))/rowLetters + 1)
}

// directiveText is the text in the order in which a person reads it.
func directiveText() string {
	d := directive
	var b strings.Builder
	for _, part := range [][]string{d.Left, d.Right, d.Title, d.Body, d.Recipients, d.Signature} {
		for _, s := range part {
			fmt.Fprintln(&b, s)
		}
	}
	return b.String()
}

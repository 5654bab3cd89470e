package extract

import (
	"errors"
	"strings"
	"testing"

	"nghiquyet/index/page"
)

// TestChallenges: a server's message in place of a page is no document; an article
// about such messages is one.
func TestChallenges(t *testing.T) {
	body := "<p>" + strings.Repeat("Đảng ủy xã An Bình tổ chức quán triệt nghị quyết. ", 40) + "</p>"
	for html, is := range map[string]bool{
		`<title>Just a moment...</title><h1>hoaan.example.vn</h1><p>Checking your browser before accessing hoaan.example.vn. Please enable JavaScript and cookies to continue.</p>`: true,
		`<title>Just a moment...</title><p>hoaan.example.vn</p><p>Ray ID: 8f1</p>`:                                                                                                  true,
		`<html><head><title>403 Forbidden</title></head><body><h1>Forbidden</h1><p>nginx</p></body></html>`:                                                                         true,
		`<title>Đăng nhập</title><h1>Cổng thông tin xã Hòa An</h1><p>Phiên đăng nhập đã hết hạn, mời đăng nhập lại.</p>`:                                                            true,
		`<h1>Xác minh bạn không phải là robot</h1><p>Nhập các chữ trong hình.</p>`:                                                                                                  true,
		`<h1>hoaan.example.vn</h1><p>Website này đã tạm ngưng. Quản trị viên xin liên hệ nhà cung cấp.</p>`:                                                                         true,
		`<h1>Xã Hòa An hướng dẫn đăng nhập dịch vụ công</h1><p>Khi hết phiên làm việc, người dân đăng nhập lại và nhập mã captcha.</p>`:                                             false,
		`<h1>502 Bad Gateway</h1><p>nginx/1.18</p>`:                                                                                                                   true,
		`<title>Thông báo</title><h1>Hệ thống đang bảo trì</h1><p>Mong quý vị quay lại sau.</p>`:                                                                      true,
		`<title>Lỗi</title><h1>Error establishing a database connection</h1>`:                                                                                         true,
		`<title>Cổng thông tin xã Hòa An</title><h1>Thông báo</h1><p>Xin lỗi, trang bạn cần đã được chuyển đi nơi khác.</p>`:                                          true,
		`<h1>Xã Hòa An bảo trì hệ thống truyền thanh</h1><p>Hệ thống truyền thanh của xã đang được bảo trì trong hai ngày.</p>`:                                       false,
		`<title>Không tìm thấy trang</title><h1>Không tìm thấy trang</h1><p>Trang bạn yêu cầu không tồn tại hoặc đã bị xóa.</p>`:                                      true,
		`<title>Service Unavailable</title><h2>HTTP Error 503. The service is unavailable.</h2>`:                                                                      true,
		`<title>Trang báo lỗi 404 làm khó người dân</title><h1>Trang báo lỗi 404 làm khó người dân</h1><p>Không tìm thấy trang là câu trả lời hay gặp.</p>`:           false,
		`<title>Cổng thông tin xã Hòa An</title><h1>Xã Hòa An tập huấn an toàn thông tin</h1><p>Trang báo “Checking your browser before accessing” là gì?</p>` + body: false,
		`<title>Đại hội Đảng bộ xã Hòa An</title><h1>Đại hội Đảng bộ xã Hòa An</h1><p>Sáng 05/10/2020, đại hội khai mạc.</p>`:                                         false,
	} {
		for res, err := range New(Config{}).Bytes(t.Context(), "x.html", []byte(html)) {
			var rej *page.Reject
			if got := errors.As(err, &rej) && rej.Code == page.CodeChallenge; got != is {
				t.Errorf("%.60s: %v, %v", html, res, err)
			}
		}
	}
}

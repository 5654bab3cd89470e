package searchtest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
	"nghiquyet/search"
)

// spellings are things that are abbreviated, with ways to write each.
var spellings = []string{
	"TPHCM; TP.HCM; TP HCM; Thành phố Hồ Chí Minh; TP. Hồ Chí Minh; TP.Hồ Chí Minh; thành phố HCM; TP. HCM; Tp.HCM; tp.hcm",
	"T.Ư; TƯ; Trung ương; TW; T.W",
	"KT-XH; KTXH; KT XH; K.T.X.H; kt-xh; kinh tế - xã hội; kinh tế xã hội",
	"UBND; U.B.N.D; ubnd; Ủy ban nhân dân; Uỷ ban Nhân dân",
	"HĐND; H.Đ.N.D; hđnd; Hội đồng nhân dân",
	"Đại biểu HĐND; Đại biểu H.Đ.N.D; đại biểu Hội đồng nhân dân",
	"Văn phòng UBND; Văn phòng U.B.N.D; văn phòng Ủy ban nhân dân",
	"UBKTTW; UBKT TW; UBKT-TW; UBKTTƯ; Ủy ban Kiểm tra Trung ương; Ủy ban Kiểm tra T.Ư",
	"BTCTW; BTC-TW; Ban Tổ chức Trung ương; Ban Tổ chức TW; Ban Tổ chức T.Ư; Ban Tổ chức TƯ; Ban Tổ chức T.W",
	"BCH; B.C.H; ban chấp hành; Ban Chấp hành",
	"BTV; B.T.V; Ban Thường vụ",
	"UBKT; U.B.K.T; UB-KT; Ủy ban Kiểm tra",
	"MTTQ; M.T.T.Q; MT-TQ; Mặt trận Tổ quốc",
	"UBMTTQ; UBMT-TQ; Ủy ban Mặt trận Tổ quốc; Ủy ban MTTQ",
	"QPAN; QP-AN; QP&AN; quốc phòng - an ninh; quốc phòng và an ninh",
	"ANTT; AN-TT; an ninh trật tự; an ninh, trật tự",
	"PCTN; PC-TN; phòng chống tham nhũng; phòng, chống tham nhũng",
	"CCHC; C.C.H.C; CC-HC; cải cách hành chính",
	"CNTT; C.N.T.T; CN-TT; công nghệ thông tin",
	"CĐS; C.Đ.S; cđs; chuyển đổi số",
	"KHCN; KH-CN; KH&CN; KH CN; khoa học và công nghệ; khoa học công nghệ",
	"GDĐT; GD-ĐT; GD&ĐT; GD ĐT; giáo dục và đào tạo",
	"CBCC; CB-CC; cán bộ công chức; cán bộ, công chức",
	"CBCCVC; CB-CC-VC; cán bộ, công chức, viên chức",
	"HTX; H.T.X; hợp tác xã",
	"GPMB; GP-MB; giải phóng mặt bằng",
	"BHXH; B.H.X.H; bảo hiểm xã hội",
	"BHYT; B.H.Y.T; bảo hiểm y tế",
	"DTTS; D.T.T.S; DT-TS; dân tộc thiểu số",
	"TNMT; TN-MT; TN&MT; TN MT; tài nguyên và môi trường",
	"CNH-HĐH; CNH HĐH; CNHHĐH; công nghiệp hóa, hiện đại hóa; công nghiệp hoá hiện đại hoá",
	"XDNTM; XD-NTM; XD NTM; xây dựng nông thôn mới; xây dựng NTM",
	"TDTT; T.D.T.T; TD-TT; thể dục thể thao; thể dục, thể thao",
	"VSATTP; VS-ATTP; VS ATTP; an toàn thực phẩm",
	"LLVT; L.L.V.T; lực lượng vũ trang",
	"ĐBQH; Đ.B.Q.H; đại biểu Quốc hội",
	"TAND; T.A.N.D; tòa án nhân dân; toà án nhân dân",
	"CNXH; C.N.X.H; chủ nghĩa xã hội",
	"CCB; C.C.B; cựu chiến binh",
	"LĐLĐ; LĐ-LĐ; liên đoàn lao động",
	"TTTT; TT-TT; TT&TT; thông tin và truyền thông",
	"TCCSĐ; T.C.C.S.Đ; tổ chức cơ sở đảng",
	"HU; H.U; Huyện ủy; huyện uỷ",
	"ĐU; Đ.U; Đảng ủy; đảng uỷ",
	"CMT8; CMT 8; Cách mạng tháng Tám; cách mạng tháng 8",
	"LĐ-TB&XH; LĐTBXH; LĐ-TB và XH; Lao động - Thương binh và Xã hội; lao động, thương binh, xã hội",
	"NN&PTNT; NN và PTNT; NNPTNT; Nông nghiệp và Phát triển nông thôn; nông nghiệp, phát triển nông thôn",
	"PCCC; P.C.C.C; phòng cháy, chữa cháy; phòng cháy và chữa cháy",
	"QCDCCS; QCDC-CS; QCDC ở cơ sở; quy chế dân chủ ở cơ sở",
	// Two that no list knows.
	"QLZX; Q.L.Z.X; QL-ZX; QL ZX; QLZ-X",
	"GKXZ; G.K.X.Z; GK-XZ; GK&XZ",
}

// spelled: however an abbreviation is written, in texts and in questions, it is
// the same: every spelling finds all.
func spelled(t *testing.T, build func(t *testing.T, articles []*index.Article) search.Engine) {
	var articles []*index.Article
	id := func(i, n int) string { return fmt.Sprintf("cach-viet-%d-%d", i, n) }
	for i, line := range spellings {
		for n, text := range strings.Split(line, "; ") {
			articles = append(articles, &index.Article{
				ID: id(i, n), Title: "Bản tin", Text: "Hôm qua có đoàn khách về làm việc với bà con, nghe " + text + " nêu ý kiến rồi đi.",
			})
		}
	}
	engine := build(t, articles)
	for i, line := range spellings {
		total := -1
		texts := strings.Split(line, "; ")
		asked := slices.Clone(texts)
		for _, text := range texts { // a long form can be typed without marks
			if bare := vi.Fold(text); len(strings.Fields(text)) > 2 && !strings.ContainsAny(text, "ĐƯ&") && bare != strings.ToLower(text) {
				asked = append(asked, bare)
			}
		}
		for _, text := range asked {
			q := query(t, "size=100")
			q.Text = text
			res := resultsOf(t, engine, q)
			found := idsOf(res.Hits)
			for n := range texts {
				if !slices.Contains(found, id(i, n)) {
					t.Errorf("%s does not find %s (counted: %s)", text, texts[n], res.Query.Match)
				}
			}
			if total < 0 {
				total = res.Total
			}
			if res.Total != total || total < len(texts) || total > 3*len(texts) {
				t.Errorf("%s: %d found, want %d as %s (counted: %s, corrected: %q)", text, res.Total, total, line, res.Query.Match, res.Query.Corrected)
			}
		}
	}
}

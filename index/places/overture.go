package places

import (
	"regexp"
	"strings"

	"nghiquyet/analyzers/vi"
)

// group is provinces that are named together: X, Y và Z.
type group struct {
	names []string // as on the date
	from  string   // the part
	text  string
}

// overture reads the title, or the lead of the body, for provinces that are
// named together and for a central body that does something.
func (w *weighed) overture(from, text string, found []Mention, lead int) {
	end := -1 // of the mention before, if it was a province
	for _, m := range found {
		if m.Start >= lead {
			break
		}
		if m.Kind == KindNational && w.acts == "" && acts(text, m) {
			w.acts, w.actsFrom = lineAround(text, m), from
		}
		if m.Kind != KindProvince || m.Weight() == 0 {
			end = -1
			continue
		}
		name := w.then(m.Name)
		if before := vi.Fold(text[max(0, m.Start-exampleReach):m.Start]); end < 0 && example.MatchString(before) {
			continue // như X, Y
		}
		if end < 0 || !together(text[end:m.Start]) {
			w.together = append(w.together, group{from: from, text: lineAround(text, m)})
		}
		g := &w.together[len(w.together)-1]
		g.names = withNew(g.names, name)
		end = m.End
	}
}

// example matches the word for "such as" before provinces that are examples,
// folded, at most exampleReach bytes before the name.
var example = regexp.MustCompile(`\bnhu\b[^.]*$`)

const exampleReach = 40

// togetherGap matches the text between provinces named together, folded: the
// conjunction, then the kind of the next province or its authority.
var togetherGap = regexp.MustCompile(`^ ?(?:,|;|-|–|va|voi|cung|, va) ?(?:(?:ban thuong vu|thuong truc|lanh dao|ban chap hanh|btv) )?` +
	`(?:(?:tinh|thanh pho|tp\.?|tinh uy|thanh uy|dang bo tinh|dang bo thanh pho|ubnd tinh|uy ban nhan dan tinh|hdnd tinh|cong an tinh) ?)?$`)

func together(gap string) bool { return len(gap) < 100 && togetherGap.MatchString(vi.Fold(gap)) }

// actsWords are words for acts of central bodies, folded, soon after their names;
// actsNot are words that make such an act the basis of another body's.
var (
	actsWords = regexp.MustCompile(`^(?:[ ,]|viet nam|khoa [ivx]+|va|ban bi thu|chinh phu|quoc hoi|bo [a-z ]{2,30}?)*(?:da |vua |se |tiep tuc |phoi hop )*` +
		`(?:to chuc|ban hanh|ky|thong qua|hop|khai mac|cong bo|phe duyet|tong ket|so ket|chu tri|tien hanh|quyet dinh|ket luan|yeu cau|de nghi|giao|chi dao|lam viec|phan cong|chi dinh|thong nhat|cho y kien|quyet nghi)\b`)
	actsNot = regexp.MustCompile(`\b(?:thuc hien|trien khai|quan triet|thi hanh|can cu|theo|sau khi|ngay khi|tu khi|duoc|do|ma|cua|nghi quyet|chi thi|ket luan|quy dinh)\b[^.]*$`)
)

// actsReach is how many bytes of the sentence before and after a body's name
// are looked at.
const actsReach = 160

// acts reports whether the body of the mention does something, as the subject
// of its sentence.
func acts(text string, m Mention) bool {
	before := strings.ToValidUTF8(text[max(sentenceStart(text, m.Start), m.Start-actsReach):m.Start], "")
	after := strings.ToValidUTF8(text[m.End:min(len(text), m.End+actsReach)], "")
	return actsWords.MatchString(vi.Fold(after)) && !actsNot.MatchString(vi.Fold(before))
}

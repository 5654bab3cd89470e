package docnumber

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"nghiquyet/analyzers/vi"
)

// plenums finds resolutions of the Central Committee named by plenum and term:
// "Nghị quyết Trung ương 4 khóa XII", "Nghị quyết Hội nghị lần thứ tư Ban Chấp
// hành Trung ương Đảng khóa XII", "Nghị quyết Trung ương 4 (khóa XI, XII)".
func (f *finder) plenums() {
	for _, cue := range []string{"uyết ", "UYẾT ", "NQ"} {
		for i := 0; ; {
			k := strings.Index(f.text[i:], cue)
			if k < 0 {
				break
			}
			from := i + k
			i += k + len(cue)
			if cue != "NQ" {
				from -= len("nghị q")
				if from < 0 || !strings.EqualFold(f.text[from:i-len(cue)], "nghị q") {
					continue
				}
			}
			keys, length := plenum(f.text[i:min(len(f.text), i+160)], 0)
			for _, key := range keys {
				f.add(key, from, i+length)
			}
		}
	}
}

// centre writes T.Ư and TƯ as TW, with as many runes.
var centre = strings.NewReplacer("T.Ư", " TW", "TƯ", "TW", "T.W", " TW")

// plenum reads the text after "Nghị quyết ". Folding keeps runes, so offsets are
// counted in runes of the folded text and mapped back.
func plenum(s string, depth int) (keys []string, length int) {
	var nums []int
	s = strings.ToValidUTF8(s, "")
	r := &words{rest: strings.ReplaceAll(vi.Fold(centre.Replace(s)), "\n", " "), total: s}
	r.skip("cua", "so")
	switch {
	case r.take("hoi nghi lan thu"), r.take("hoi nghi trung uong lan thu"), r.take("trung uong lan thu"),
		r.take("hoi nghi tw lan thu"), r.take("hoi nghi ban chap hanh trung uong lan thu"), r.take("hoi nghi ban chap hanh trung uong dang lan thu"),
		r.take("hoi nghi bch trung uong lan thu"), r.take("hoi nghi bch tw lan thu"), r.take("lan thu"):
		nums = r.numbers()
		r.skip(",", "cua", "bch tw")
		for r.take("ban chap hanh trung uong") || r.take("bch trung uong") || r.take("trung uong") || r.take("tw") || r.take("dang") {
		}
	case r.take("hoi nghi trung uong"), r.take("trung uong"), r.take("tw"), r.take("hoi nghi tw"), r.take("hntw"), r.take("bchtw"):
		nums = r.numbers()
	default:
		return nil, 0
	}
	if len(nums) == 0 {
		return nil, 0
	}
	second := ""
	if r.take("(lan 2)") || r.take("lan 2") || r.take("(lan hai)") {
		second = "(2)"
	}
	length = r.offset()
	r.skip("cua", "dang", ",", "(")
	if !r.take("khoa") && !r.take("k.") { // the term may come after the next one: Nghị quyết Trung ương 3 và Nghị quyết Trung ương 4 khóa X
		r.skip(",", "va")
		if !r.take("nghi quyet") || depth == maxListed {
			return nil, 0
		}
		later, _ := plenum(s[r.offset():], depth+1)
		if len(later) == 0 {
			return nil, 0
		}
		_, term, _ := strings.Cut(later[0], "-")
		return plenumKeys(nums, second, term), length
	}
	for {
		term := r.term()
		if term == "" {
			break
		}
		keys = append(keys, plenumKeys(nums, second, term)...)
		length = r.offset()
		if !r.take(",") && !r.take("va") {
			break
		}
	}
	if len(keys) == 0 {
		return nil, 0
	}
	if strings.HasPrefix(strings.TrimLeft(s[length:], " "), ")") && strings.Contains(s[:length], "(") {
		length += strings.Index(s[length:], ")") + 1
	}
	return keys, length
}

// maxListed is how many plenums of one term may be listed before the term.
const maxListed = 4

func plenumKeys(nums []int, second, term string) (keys []string) {
	for _, num := range nums {
		keys = append(keys, "NQTW"+strconv.Itoa(num)+second+"-"+term)
	}
	return keys
}

// words reads a folded text word by word.
type words struct {
	rest  string
	total string
}

func (w *words) offset() int {
	return runesFromEnd(w.total, utf8.RuneCountInString(w.rest))
}

// take skips phrase if it comes next as complete words.
func (w *words) take(phrase string) bool {
	s := strings.TrimLeft(w.rest, " ")
	rest, ok := strings.CutPrefix(s, phrase)
	if !ok || rest != "" && isLetter(rest[0]) && isLetter(phrase[len(phrase)-1]) {
		return false
	}
	w.rest = rest
	return true
}

func (w *words) skip(phrases ...string) {
	for _, p := range phrases {
		w.take(p)
	}
}

var ordinals = []string{"nhat", "hai", "ba", "tu", "nam", "sau", "bay", "tam", "chin", "muoi", "muoi mot", "muoi hai", "muoi ba", "muoi bon", "muoi lam"}

// numbers reads 4, or the list 6, 7 và 8: of plenums, of which a term has at
// most twenty.
func (w *words) numbers() (nums []int) {
	for len(nums) < maxListed {
		before := *w
		if len(nums) > 0 {
			if !w.take(",") && !w.take("va") {
				break
			}
			w.skip("trung uong", "tw")
		}
		n := w.number()
		if n == 0 || n > 20 {
			*w = before
			break
		}
		nums = append(nums, n)
	}
	return nums
}

// figure reads 4 or IV, 0 for other text.
func (w *words) figure() int {
	s := strings.TrimLeft(w.rest, " ")
	if d := digits(s, 0); d > 0 && d < 3 {
		n, _ := strconv.Atoi(s[:d])
		w.rest = s[d:]
		return n
	}
	n := romanValue(w.word())
	if n > 0 {
		w.take(w.word())
	}
	return n
}

// number reads 4, "tư" or IV.
func (w *words) number() int {
	for i := len(ordinals) - 1; i >= 0; i-- {
		if w.take(ordinals[i]) {
			return i + 1
		}
	}
	if w.take("bon") {
		return 4
	}
	return w.figure()
}

// term reads XII or 12 and returns XII.
func (w *words) term() string { return roman(w.figure()) }

func (w *words) word() string {
	s := strings.TrimLeft(w.rest, " ")
	for i := range len(s) {
		if !isLetter(s[i]) {
			return s[:i]
		}
	}
	return s
}

// roman returns 1–39 as congresses are numbered, "" for other numbers.
func roman(n int) string {
	if n < 1 || n > 39 {
		return ""
	}
	ones := []string{"", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"}
	return strings.Repeat("X", n/10) + ones[n%10]
}

// romanValue reads a Roman numeral of 1–39 in lower case, 0 for other text.
func romanValue(s string) int {
	for n := 1; n < 40; n++ {
		if strings.EqualFold(roman(n), s) {
			return n
		}
	}
	return 0
}

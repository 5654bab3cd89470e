package extract

import (
	"strconv"
	"strings"

	"nghiquyet/index"
)

// lessonCues announce lessons learned, folded. What they announce begins where
// the cue begins.
var lessonCues = []string{
	"bai hoc kinh nghiem", "bai hoc lon", "bai hoc quy", "bai hoc sau", "bai hoc chu yeu", "bai hoc co ban", "bai hoc chung", "bai hoc bo ich", "bai hoc thuc tien",
	"nhung bai hoc", "cac bai hoc", "mot so bai hoc", "bai hoc rut ra", "rut ra bai hoc", "rut ra duoc bai hoc", "rut ra nhung bai hoc", "bai hoc:", "bai hoc thanh cong",
	"kinh nghiem rut ra", "kinh nghiem quy", "kinh nghiem buoc dau", "kinh nghiem chu yeu", "kinh nghiem sau", "kinh nghiem thuc tien", "kinh nghiem tot", "kinh nghiem hay", "kinh nghiem cho thay", "kinh nghiem:",
	"mot so kinh nghiem", "nhung kinh nghiem", "cac kinh nghiem", "mot vai kinh nghiem", "kinh nghiem nhu sau", "kinh nghiem la", "kinh nghiem lanh dao", "kinh nghiem trong", "kinh nghiem tu", "ve kinh nghiem",
	"kinh nghiem", "bai hoc", // with a count before them only
}

// lessonStarts are verbs and counts that a cue may have before it and that
// belong to it.
var lessonStarts = []string{"rut ra ", "rut ra duoc ", "dut ket ", "duc ket ", "duc rut ", "duc ket duoc ", "tong ket ", "neu ra ", "neu len ", "chi ra ", "xac dinh ", "de lai ", "co ",
	"mot so ", "nhung ", "cac ", "mot vai ", "nhieu "}

// otherCues announce lists that are not lessons, when one of them stands
// between the cue and the list.
var otherCues = []string{"nhiem vu", "giai phap", "phuong huong", "muc tieu", "chi tieu", "bien phap", "khau dot pha", "noi dung sau", "noi dung trong tam", "viec sau", "cong viec", "ket qua", "thanh tuu", "han che", "khuyet diem", "nguyen nhan", "kien nghi", "de xuat", "quan diem sau", "yeu cau sau", "van de sau", "van de dat ra"}

// notLessons are sentences that hold a cue and announce nothing.
var notLessons = []string{"chia se kinh nghiem", "trao doi kinh nghiem", "hoc tap kinh nghiem", "hoc hoi kinh nghiem", "co kinh nghiem", "thieu kinh nghiem", "giau kinh nghiem", "nhieu kinh nghiem", "tich luy kinh nghiem", "chua rut kinh nghiem", "hop rut kinh nghiem", "kiem diem, rut kinh nghiem", "to chuc rut kinh nghiem", "hoi nghi rut kinh nghiem"}

// announcement is a piece of the text that announces lessons.
type announcement struct {
	para       int
	start, end int  // bytes of the paragraph: the words that announce; end is also where the list may begin
	line       bool // the paragraph is nothing else: a heading
}

// Bounds on what is looked at: beyond them a page is no list of lessons but a
// trap or a whole book in one paragraph.
const (
	maxAnnouncement = 32 << 10 // bytes of a paragraph that may announce
	maxCueHits      = 8        // places of one cue in one paragraph
	maxContinued    = 100      // paragraphs of one lesson after its first
)

// speaksOfLessons is a quick look before any closer one.
func speaksOfLessons(text string) bool {
	for _, s := range []string{"inh nghi", "INH NGHI", "inh Nghi", "ài học", "ài Học", "ÀI HỌC", "ai hoc"} {
		if strings.Contains(text, s) {
			return true
		}
	}
	return false
}

// announces reports whether the paragraph announces lessons.
func announces(text string, heading bool) (a announcement, ok bool) {
	if len(text) > maxAnnouncement || !speaksOfLessons(text) {
		return a, false
	}
	folded := fold(text)
	short := len(folded) < 220
	from0, end0, stop0 := 0, 0, 0 // of the cue chosen so far: start, its own end, the clause's
	// The last cue counts: a paragraph may speak of lessons before it announces any.
	for _, cue := range lessonCues {
		for from, hits := 0, 0; hits < maxCueHits; hits++ {
			k := strings.Index(folded[from:], cue)
			if k < 0 {
				break
			}
			at := from + k
			from = at + len(cue)
			if cue == "kinh nghiem" || cue == "bai hoc" { // "nêu ba kinh nghiệm", "kinh nghiệm thành công là:"
				n := countBefore(folded[:at])
				if n == 0 && !namesThem(folded[from:]) {
					continue
				}
				at -= n
			}
			end := strings.IndexByte(folded[at:], ':')
			if end >= 0 {
				end += at
			}
			stop := strings.Index(folded[at:], ". ")
			if stop >= 0 {
				stop += at
			}
			alone := false
			switch {
			case end >= 0 && (stop < 0 || end < stop):
			case short && (heading || headingLike(text)):
				end, alone = len(folded), true
			case stop >= 0 && lessonStop(folded[at:stop]):
				end = stop
			case stop < 0 && lessonStop(strings.TrimRight(folded[at:], ". ")):
				end = len(folded)
			default:
				continue
			}
			sentence := folded[strings.LastIndex(folded[:at], ". ")+1 : end]
			if hasWithin(sentence, notLessons) && !strings.Contains(sentence, "bai hoc") {
				continue
			}
			if strings.Contains(sentence, "nam kinh nghiem") && !strings.Contains(sentence, "ra nam kinh") && !strings.Contains(sentence, "neu nam kinh") {
				continue // years of experience
			}
			after := folded[min(at+len(cue), end):end]
			if !strings.Contains(cue, "bai hoc") && len(after) > 40 && strings.Contains(after, ",") && !complement(after) {
				continue
			}
			if hasWithin(after, otherCues) && !complement(after) || alone && mixed(sentence) {
				continue
			}
			start := at
			for again := true; again; {
				again = false
				for _, s := range lessonStarts {
					if strings.HasSuffix(folded[:start], s) {
						start, again = start-len(s), true
					}
				}
			}
			if strings.HasSuffix(cue, ":") && start == at && len(strings.Trim(folded[:at], " 0123456789.ivx*-#)")) > 0 {
				continue // "yêu cầu kinh nghiệm:"
			}
			// Of two cues the later announces; of two inside one another the longer.
			if !ok || start > from0 && at > end0 || start < from0 && end == stop0 && from0-start < 40 {
				from0, end0, stop0 = start, at+len(cue), end
				a = announcement{start: byteAt(text, start), end: byteAt(text, end), line: alone || short && end >= len(strings.TrimRight(folded, " :"))}
				ok = true
			}
		}
	}
	return a, ok
}

// namesThem reports a clause that goes on to name what it speaks of: "thành
// công là:".
func namesThem(after string) bool {
	i := strings.IndexByte(after, ':')
	return i >= 0 && i < 40 && (strings.HasSuffix(after[:i], " la") || strings.HasSuffix(after[:i], " sau") || strings.HasSuffix(after[:i], " sau day"))
}

// countBefore is the length of a number from 2 on at the end of folded text:
// "ba ", "05 ".
func countBefore(folded string) int {
	head := strings.TrimRight(folded, " ")
	if len(head) == len(folded) {
		return 0
	}
	start := strings.LastIndexByte(head, ' ') + 1
	word := head[start:]
	switch n := digitsOf(word); {
	case word != "" && n == len(word) && n < 3 && atoi(word) > 1:
	case word == "nam": // five, or a year
		if start > 0 && !strings.HasSuffix(head[:start], "ra ") && !strings.HasSuffix(head[:start], "neu ") && !strings.HasSuffix(head[:start], "ket ") {
			return 0
		}
	case counts[word] > 1 && word != "sau" && word != "nhi" && word != "lam":
	default:
		return 0
	}
	return len(folded) - start
}

// lessonStop reports a sentence that announces with a full stop: "… rút ra
// những bài học kinh nghiệm sau."
func lessonStop(s string) bool {
	return len(s) < 160 && (strings.HasSuffix(s, " sau") || strings.HasSuffix(s, " sau day") || strings.HasSuffix(s, "nhu sau") || strings.HasSuffix(s, "do la"))
}

// complement reports that other nouns only say what the lessons are about:
// "bài học kinh nghiệm trong thực hiện nhiệm vụ", "… về lãnh đạo …".
func complement(after string) bool {
	after = strings.TrimLeft(after, " ")
	for _, p := range []string{"trong ", "ve ", "tu ", "qua ", "cua ", "rut ra trong ", "rut ra tu ", "rut ra qua ", "lanh dao", "cho "} {
		if strings.HasPrefix(after, p) {
			return !strings.Contains(after, "can ") && !strings.Contains(after, "tap trung") && !strings.Contains(after, "de ra") && !strings.Contains(after, "thoi gian toi")
		}
	}
	return false
}

// mixed reports a heading about several things, of which lessons are one: its
// list may be of any of them.
func mixed(heading string) bool {
	i := strings.Index(heading, "bai hoc")
	if i < 0 {
		i = strings.Index(heading, "kinh nghiem")
	}
	return hasWithin(heading[:max(0, i)], otherCues) && (strings.Contains(heading[:i], ",") || strings.Contains(heading[:i], " va ") || strings.Contains(heading[:i], ";"))
}

func hasWithin(s string, words []string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// headingLike reports a line that stands over a passage: short, without a full
// stop, numbered or in capitals or not.
func headingLike(s string) bool {
	return len(s) < 260 && !sentence(s) && !strings.HasSuffix(s, ";") && !strings.HasSuffix(s, ",")
}

// lessons finds the numbered items of every lessons-learned section.
func (d *doc) lessons() []index.Lesson {
	out := []index.Lesson{}
	if !speaksOfLessons(d.text) && !speaksOfLessons(d.value["title"]) {
		return out
	}
	anchors := map[string]bool{}
	for i := 0; i < len(d.body); i++ {
		p := d.body[i]
		a, ok := announces(p.Text, p.Heading > 0)
		if ok && p.Item && a.end < len(p.Text) && p.Text[a.end] != ':' && ordinalAt(p.Text).form == formBullet {
			ok = false // an item of a list of something else
		}
		var items []item
		var heading string
		next := i
		if ok {
			a.para = i
			items, next = d.items(a)
			heading = strings.Trim(p.Text[a.start:a.end], " :.-–*")
			if a.line && a.start < 100 && !strings.Contains(p.Text[:a.start], ",") {
				heading = strings.Trim(p.Text[ordinalAt(p.Text).len:a.end], " :.*")
			}
		}
		if len(items) < 2 {
			if items, next = d.selfAnnounced(i); len(items) < 2 {
				continue
			}
			heading = ""
		}
		for _, it := range items {
			anchor := "bai-hoc-" + strconv.Itoa(it.n)
			for k := 2; anchors[anchor]; k++ {
				anchor = "bai-hoc-" + strconv.Itoa(it.n) + "-" + strconv.Itoa(k)
			}
			anchors[anchor] = true
			out = append(out, index.Lesson{Ordinal: it.n, Heading: oneLine(heading), Text: d.text[it.start:it.end], Anchor: anchor, Span: index.Span{Start: it.start, End: it.end}})
		}
		i = max(i, next-1)
		if len(out) >= index.MaxLessons {
			return out[:index.MaxLessons]
		}
	}
	if len(out) == 0 {
		return d.titledLessons(out)
	}
	return out
}

// item is one lesson: bytes of the text.
type item struct {
	n, start, end int
	para, last    int // first and last paragraph
	form          rune
}

// items reads the list that an announcement opens: in the rest of its own
// paragraph, or in the paragraphs below. next is the paragraph after the list.
func (d *doc) items(a announcement) (items []item, next int) {
	p := d.body[a.para]
	if rest := p.Text[a.end:]; len(rest) > 40 {
		if in := inlineItems(rest); len(in) >= 2 {
			for k := range in {
				in[k].start += p.start + a.end
				in[k].end += p.start + a.end
			}
			return in, a.para + 1
		}
	}
	own := ordinalAt(p.Text)
	if a.start > 200 {
		own = ordinal{}
	}
	first := a.para + 1
	for gap := 0; first < len(d.body); first++ {
		q := d.body[first]
		o := d.ordinal(first)
		if o.form != 0 && !(own.form != 0 && o.form == own.form && o.n == own.n+1 && own.form != formBullet && !(o.n == 1)) {
			if d.announcesOther(first) && o.form != formWord || o.form == formBullet && gap > 0 {
				return nil, first
			}
			break
		}
		if o.form != 0 || q.Heading > 0 && !d.isLessonHeading(first) || d.announcesOther(first) {
			return nil, first
		}
		if in := d.inlineAt(first); len(in) >= 2 && len(q.Text) > 80 {
			return in, first + 1
		}
		if gap++; gap > 3 {
			return nil, first
		}
	}
	if items, next = d.listFrom(first, own); len(items) == 1 {
		if in := d.inlineAt(first); len(in) >= 2 {
			return in, first + 1
		}
	}
	return items, next
}

// inlineAt reads a list inside paragraph i.
func (d *doc) inlineAt(i int) []item {
	in := inlineItems(d.body[i].Text)
	for k := range in {
		in[k].start += d.body[i].start
		in[k].end += d.body[i].start
	}
	return in
}

// ordinal is the numbering of a paragraph, by its text or by its place in a list.
func (d *doc) ordinal(i int) ordinal {
	p := d.body[i]
	if o := ordinalAt(p.Text); o.form != 0 {
		return o
	}
	if p.Item {
		return ordinal{form: formBullet}
	}
	return ordinal{}
}

func (d *doc) isLessonHeading(i int) bool {
	_, ok := announces(d.body[i].Text, true)
	return ok
}

// announcesOther reports a paragraph that opens a list of something else.
func (d *doc) announcesOther(i int) bool {
	s := d.body[i].Text
	if len(s) > 600 {
		return false
	}
	folded := strings.TrimRight(fold(s), " *")
	if !strings.HasSuffix(folded, ":") && !headingLike(s) {
		return false
	}
	if _, ok := announces(s, d.body[i].Heading > 0); ok {
		return false
	}
	return hasWithin(folded, otherCues)
}

// listFrom collects the items of one list from paragraph i on. own is the
// numbering of the heading above it, which ends the list when it goes on.
func (d *doc) listFrom(i int, own ordinal) (items []item, next int) {
	if i >= len(d.body) {
		return nil, i
	}
	main := d.ordinal(i)
	var more []int // paragraphs of every item after its first
	for ; i < len(d.body); i++ {
		p := d.body[i]
		o := d.ordinal(i)
		last := 0
		if len(items) > 0 {
			last = items[len(items)-1].n
		}
		same := o.form == main.form && (o.form == formBullet || o.n > last && o.n <= last+3)
		switch {
		case o.form != 0 && own.form != 0 && o.form == own.form && o.n == own.n+1 && !(same && main.form == own.form && last > 0 && o.n == last+1 && own.n != last):
			return d.finish(items, more), i // the next section of the document
		case same && !(d.announcesOther(i) && len(items) > 0 && o.form != formBullet && o.form != formWord):
			n := o.n
			if o.form == formBullet {
				n = last + 1
			}
			if len(items) == 0 && n > 2 {
				return nil, i
			}
			items = append(items, item{n: n, start: p.start + o.len, end: p.end, para: i, last: i, form: o.form})
			more = append(more, 0)
		case len(items) == 0:
			return nil, i
		case p.Heading > 0 && p.Heading < 6, o.form == formRoman, o.form == main.form && o.form != formBullet,
			o.form == formWord, higher(o.form, main.form), d.announcesOther(i) && o.form == 0, numberedHeading(p.Text):
			return d.finish(items, more), i
		case main.form == formBullet && o.form == 0:
			return d.finish(items, more), i
		case o.form == 0 && concludes(p.Text) && !d.listGoesOn(i, main, last):
			return d.finish(items, more), i
		case more[len(more)-1] >= maxContinued || len(items) > index.MaxLessons:
			return d.finish(items, more), i
		case caption(p.Text):
		default:
			items[len(items)-1].last = i
			items[len(items)-1].end = p.end
			more[len(more)-1]++
		}
	}
	return d.finish(items, more), i
}

// caption reports the line below a picture: "Quang cảnh hội nghị. Ảnh: M.T".
func caption(s string) bool {
	return len(s) < 300 && (strings.Contains(s, "Ảnh:") || strings.HasPrefix(s, "Ảnh"))
}

// listGoesOn reports whether the next numbers of the list follow later.
func (d *doc) listGoesOn(i int, main ordinal, last int) bool {
	for j := i + 1; j < min(len(d.body), i+12); j++ {
		if o := d.ordinal(j); o.form == main.form && o.n == last+1 {
			return true
		}
	}
	return false
}

// higher reports a numbering that stands above another: sections end lists.
func higher(o, main rune) bool {
	const order = "rwdpsab" // I. – Một là – 1. – (1) – 4.1 – a) – -
	return o != 0 && main != 0 && o != formWord && strings.IndexRune(order, o) < strings.IndexRune(order, main)
}

func numberedHeading(s string) bool {
	f := fold(s[:min(len(s), 24)])
	return strings.HasPrefix(f, "dieu ") && len(f) > 5 && isDigit(f[5]) || strings.HasPrefix(f, "phan thu") || strings.HasPrefix(f, "chuong ")
}

// conclusions begin paragraphs that close an article, folded.
var conclusions = []string{"voi ", "phat huy ", "tren day la", "tin tuong", "nhung bai hoc", "nhung kinh nghiem", "cac bai hoc", "trong thoi gian toi", "thoi gian toi", "tu nhung", "tu thuc tien", "buoc vao", "co the khang dinh", "co the noi", "tu hao", "nhin lai", "ket luan", "tom lai", "chang duong", "trong giai doan", "trong boi canh", "ky niem"}

func concludes(s string) bool { return hasAny(fold(s[:min(len(s), 40)]), conclusions) }

// finish gives the last item no more paragraphs than the others have: what
// follows a list of single paragraphs is not of its last item.
func (d *doc) finish(items []item, more []int) []item {
	for _, it := range items {
		if it.start >= it.end {
			return nil // numbers without words: a list of something lost
		}
	}
	if len(items) < 2 {
		return items
	}
	most := 0
	for _, m := range more[:len(more)-1] {
		most = max(most, m)
	}
	last := &items[len(items)-1]
	if extra := last.last - last.para; extra > most {
		last.last = last.para + most
		last.end = d.body[last.last].end
	}
	return items
}

// selfAnnounced reads "Bài học thứ nhất …", "Bài học thứ hai …" without any
// heading over them.
func (d *doc) selfAnnounced(i int) ([]item, int) {
	f := strings.TrimLeft(fold(d.body[i].Text[:min(len(d.body[i].Text), 60)]), " -*+?\"")
	if o := d.ordinal(i); !strings.HasPrefix(f, "bai hoc") && !strings.HasPrefix(f, "kinh nghiem") || o.form != formWord || o.n != 1 {
		return nil, i
	}
	return d.listFrom(i, ordinal{})
}

// titledLessons reads the first list of an article whose title announces
// lessons and that has no other heading for them.
func (d *doc) titledLessons(out []index.Lesson) []index.Lesson {
	title := d.value["title"]
	if _, ok := announces(title, true); !ok {
		return out
	}
	for i := range d.body {
		o := d.ordinal(i)
		if o.form != formWord || o.n != 1 || i > 0 && d.announcesOther(i-1) {
			continue
		}
		items, _ := d.listFrom(i, ordinal{})
		if len(items) < 2 {
			return out
		}
		for _, it := range items {
			out = append(out, index.Lesson{Ordinal: it.n, Heading: oneLine(title), Text: d.text[it.start:it.end],
				Anchor: "bai-hoc-" + strconv.Itoa(it.n), Span: index.Span{Start: it.start, End: it.end}})
		}
		return out
	}
	return out
}

// inlineItems cuts "(1) …; (2) …" and "một là, …; hai là, …" inside one
// paragraph. Numbers must rise from 1.
func inlineItems(s string) []item {
	if len(s) > maxAnnouncement {
		return nil
	}
	best := []item(nil)
	for _, form := range []rune{formWord, formParen, formDigit} {
		var items []item
		for i := 0; i < len(s); {
			at, o := nextInline(s, i, form)
			if at < 0 {
				break
			}
			i = at + max(o.len, 1)
			last := 0
			if len(items) > 0 {
				last = items[len(items)-1].n
			}
			if o.n != last+1 && !(last > 0 && o.n == last+2) {
				continue
			}
			if last > 0 {
				items[len(items)-1].end = at
			}
			items = append(items, item{n: o.n, start: at + o.len, end: len(s), form: form})
		}
		if len(items) > len(best) {
			best = items
		}
	}
	for k := range best {
		text := s[best[k].start:best[k].end]
		if k == len(best)-1 && strings.HasSuffix(strings.TrimRight(s[:best[k].start-1], " ("), ";") {
			// Items parted by semicolons end with the sentence.
			if stop := strings.Index(text, ". "); stop > 0 {
				text = text[:stop+1]
			}
		}
		if text = strings.TrimRight(text, " \n;,"); text == "" {
			return nil
		}
		for _, and := range []string{" và", "; và"} {
			text = strings.TrimRight(strings.TrimSuffix(text, and), " ;,")
		}
		best[k].end = best[k].start + len(text)
	}
	return best
}

// nextInline finds the next numbering of a form after a boundary of clauses.
func nextInline(s string, i int, form rune) (int, ordinal) {
	for ; i < len(s); i++ {
		c := s[i]
		switch form {
		case formParen:
			if c != '(' {
				continue
			}
		case formDigit:
			if !isDigit(c) || i > 0 && !strings.HasSuffix(strings.TrimRight(s[:i], " "), ":") && !strings.HasSuffix(strings.TrimRight(s[:i], " "), ";") && !strings.HasSuffix(s[:i], ". ") {
				continue
			}
		default:
			if !strings.ContainsRune("MmHhBbNnSsTtCcK", rune(c)) || i > 0 && s[i-1] != ' ' && s[i-1] != '"' && s[i-1] != '(' {
				continue
			}
			before := strings.TrimRight(s[:i], " \"-–(")
			if before != "" && !strings.ContainsAny(before[len(before)-1:], ".;:,!?") && !strings.HasSuffix(before, "là") && !strings.HasSuffix(before, "và") {
				continue
			}
		}
		if o := ordinalAt(s[i:]); o.form == form {
			return i, o
		}
	}
	return -1, ordinal{}
}

package extract

import (
	"slices"
	"strings"

	"nghiquyet/index/page"
)

// dayLabel is the meaning of a day by the words before it. The greatest label wins:
// a document has the day of its signing, its page that of its publication.
type dayLabel int8

const (
	labelOther     dayLabel = iota - 2 // in force, expires, printed: not the document's
	labelUpdated                       // a later day of the page, used if there is no other
	labelNone                          // no label: the zero value
	labelPublished                     // the day of the page
	labelIssued                        // the day of the document
)

// dayLabels are the words of labels, in small letters with their marks: folded,
// "đăng" would be the name of the Party.
var dayLabels = []struct {
	label dayLabel
	words []string
}{
	{labelIssued, printed("dates/labels-issued")},
	{labelPublished, printed("dates/labels-published")},
	{labelUpdated, printed("dates/labels-updated")},
	{labelOther, printed("dates/labels-other")},
}

// labelOf finds the label nearest to the end of s, the longest if several end
// there, and its bytes.
func labelOf(s string) (label dayLabel, start, end int) {
	lower := strings.ToLower(s)
	if len(lower) != len(s) {
		return labelNone, 0, 0
	}
	for _, row := range dayLabels {
		for _, words := range row.words {
			i := lastWords(lower, words)
			if i < 0 {
				continue
			}
			if e := i + len(words); e > end || e == end && i < start {
				label, start, end = row.label, i, e
			}
		}
	}
	return label, start, end
}

// lastWords is the last place of words in s between other words, or -1.
func lastWords(s, words string) int {
	for to := len(s); ; {
		i := strings.LastIndex(s[:to], words)
		if i < 0 {
			return -1
		}
		before, after := strings.TrimRightFunc(s[:i], page.NotLetter), strings.TrimLeftFunc(s[i+len(words):], page.NotLetter)
		if (i == 0 || len(before) < i) && (i+len(words) == len(s) || len(after) < len(s)-i-len(words)) {
			return i
		}
		to = i + len(words) - 1
	}
}

// ownDay gives each day of a line its label and returns the day of the document:
// the first with the greatest label. If labels decide, bare is the line without the
// days and their labels; else it is the line.
func ownDay(line string, days []day) (own day, bare string) {
	type span struct{ start, end int }
	var cut []span
	labelled, from := false, 0
	for i := range days {
		d := &days[i]
		label, start, end := labelOf(line[from:max(from, beforeFigures(line, d.start))])
		if label != labelNone {
			cut = append(cut, span{from + start, from + end})
		} else if after, ok := bracketed(line[d.end:]); ok {
			if label, start, end = labelOf(after); label != labelNone {
				cut = append(cut, span{d.end + start, d.end + end})
			}
		}
		d.label = label
		labelled = labelled || label != labelNone
		cut = append(cut, span{d.start, d.end})
		from = d.end
	}
	own = days[0]
	for _, d := range days[1:] {
		if d.label > own.label {
			own = d
		}
	}
	if !labelled {
		return own, line
	}
	slices.SortFunc(cut, func(a, b span) int { return a.start - b.start })
	var b strings.Builder
	at := 0
	for _, c := range cut {
		b.WriteString(line[at:max(at, c.start)])
		b.WriteByte(' ')
		at = max(at, c.end)
	}
	b.WriteString(line[at:])
	return own, b.String()
}

// beforeFigures returns where the digits of the day at start begin, after its word
// "ngày", which is part of some labels: "In ngày 15/01/2021".
func beforeFigures(line string, start int) int {
	if end, ok := word(line, start, "ngày"); ok {
		return end
	}
	return start
}

// labelAbove returns the label of which a line consists, as a table cell beside or
// above the day does.
func labelAbove(line string) dayLabel {
	if line = strings.TrimRight(line, " :"); !endsInLabel(line) {
		return labelNone
	}
	if label, _, end := labelOf(line); label != labelNone && end == len(line) && len(findDays(line)) == 0 {
		return label
	}
	return labelNone
}

// dayOfLabel reports a line whose day is that of a label in the line above it, and not the
// document's: the two lines "Ngày khởi công" and "05/10/2020".
func (d *doc) dayOfLabel(i int) bool {
	const longest = 60 // bytes of a label
	if i == 0 || i-1 == d.title {
		return false
	}
	above := strings.TrimRight(d.lines[i-1].Text, " :")
	if len(above) > longest || strings.ContainsAny(above, "0123456789\t") {
		return false
	}
	if label := labelAbove(above); label != labelNone {
		return label == labelOther
	}
	return strings.HasPrefix(page.Fold(above), "ngay ") && !isDateline(above+": "+d.lines[i].Text)
}

// isDateline reports whether line i has the document's day and little else.
func (d *doc) isDateline(i int) bool { return isDateline(d.lines[i].Text) && !d.dayOfLabel(i) }

// endsInLabel reports whether a line ends in the words of a label. Nearly all lines do
// not, and need not be searched for labels.
func endsInLabel(line string) bool {
	tail := strings.ToLower(line[max(0, len(line)-longestLabel):])
	for _, row := range dayLabels {
		if slices.ContainsFunc(row.words, func(words string) bool { return strings.HasSuffix(tail, words) }) {
			return true
		}
	}
	return false
}

// longestLabel is the size of the longest words of a label, in bytes.
var longestLabel = func() (size int) {
	for _, row := range dayLabels {
		for _, words := range row.words {
			size = max(size, len(words))
		}
	}
	return size
}()

// dayBelow is the day of the document in a table whose head is line i: that in the
// column with the greatest label. A table of several rows lists documents, as does
// one that numbers its rows.
func (d *doc) dayBelow(i int) (own day, ok bool) {
	if !d.tableHead(i) || d.tableRow(i-1) || d.tableRow(i+2) {
		return day{}, false
	}
	own.label = labelOther
	values := strings.Split(d.lines[i+1].Text, "\t")
	for k, head := range strings.Split(d.lines[i].Text, "\t") {
		if rowNumbers[strings.Trim(page.Fold(head), " .")] {
			return day{}, false
		}
		label := labelAbove(head)
		if label <= own.label || label == labelNone {
			continue
		}
		if found, is := wholeDay(values[k]); is {
			own, ok = found, true
			own.label = label
		}
	}
	return own, ok
}

// rowNumbers are heads of the column that numbers the rows of a table, folded.
var rowNumbers = setOf([]string{"stt", "tt", "so tt", "so thu tu", "#"})

// tableRow reports whether line i is a row of a table.
func (d *doc) tableRow(i int) bool {
	return i >= 0 && i < len(d.lines) && strings.Contains(d.lines[i].Text, "\t")
}

// labelledMonth reads a line that is a label and a month: "Ngày ban hành: 12/2020",
// "Ban hành: tháng 12 năm 2020".
func labelledMonth(line string) (day, bool) {
	head, value, found := strings.Cut(line, ":")
	if !found {
		return day{}, false
	}
	label := labelAbove(head)
	if label < labelPublished {
		return day{}, false
	}
	own, ok := wholeDay(value)
	own.label = label
	return own, ok && own.d == 0
}

// wholeDay reads a text that is a day or a month, and no more.
func wholeDay(s string) (day, bool) {
	s = strings.TrimSpace(s)
	if m := monthOnly.FindStringSubmatch(s); m != nil {
		own := day{y: page.Atoi(m[2]), m: page.Atoi(m[1]), end: len(s)}
		return own, own.real()
	}
	days := findDays(s)
	if len(days) != 1 || len(strings.Fields(s[:days[0].start]+s[days[0].end:])) > 1 { // a clock may be beside the day
		return day{}, false
	}
	return days[0], true
}

// bracketed returns the text in brackets at the beginning of s.
func bracketed(s string) (string, bool) {
	t := strings.TrimLeft(s, " ")
	end := strings.IndexByte(t, ')')
	if !strings.HasPrefix(t, "(") || end < 0 {
		return "", false
	}
	return s[:len(s)-len(t)+end], true
}

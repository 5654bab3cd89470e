package extract

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"nghiquyet/index"
	"nghiquyet/index/page"
)

// dateTags are the tags in which pages give their date, the most trusted first.
var dateTags = []string{"article:published_time", "ld:datepublished", "og:article:published_time", "pubdate", "publishdate",
	"publish_date", "dc.date.issued", "dc.date", "dcterms.created", "citation_publication_date", "itemprop:datepublished", "date", "front:date", "time"}

var dateRules = []rule{
	supplied("date"),
	{"supplied", index.FromSupplied, index.SureHigh, func(d *doc) []finding {
		given := d.meta["supplied:date-text"]
		return one(givenDate(given), given)
	}},
	{"masthead", index.FromMasthead, index.SureHigh, ofMasthead(func(d *doc, m *masthead) []finding { return d.days(m.day, m.dateLine, "") })},
	tabled("date"),
	{"dateline", index.FromDateline, index.SureHigh, func(d *doc) []finding {
		var best []finding
		label := labelOther
		for i := d.title + 1; i < min(d.prose+1, d.end, d.title+maxFromTitle); i++ {
			text := d.lines[i].Text
			day, ok := dateline(text)
			if !ok {
				day, ok = labelledMonth(text)
			}
			if below, head := d.dayBelow(i); head {
				day, ok, text = below, true, text+"\n"+d.lines[i+1].Text
			}
			broken := day.named && i+1 < len(d.lines) && page.IsLowerAt(d.lines[i+1].Text) // the sentence continues
			if ok && day.label == labelNone && i > 0 {
				day.label = labelAbove(d.lines[i-1].Text)
			}
			if ok && day.label == labelNone && d.dayOfLabel(i) {
				day.label = labelOther
			}
			if !ok || broken || day.label <= label {
				continue
			}
			if f := d.days(day, text, d.doubt(day)); f != nil {
				best, label = f, day.label
			}
		}
		return best
	}},
	{"dateline-beside", index.FromDateline, index.SureHigh, func(d *doc) []finding {
		if d.title < 0 {
			return nil
		}
		if _, day, ok := titleDay(d.lines[d.title].Text); ok {
			sure := d.doubt(day)
			if !clock(d.lines[d.title].Text) {
				sure = index.SureMedium // may be the day of the event in the title
			}
			return d.days(day, d.lines[d.title].Text, sure)
		}
		if d.title+1 < d.end {
			if day, ok := d.echo(d.title + 1); ok && strings.Trim(d.lines[d.title+1].Text[day.end:], clockSigns) == "" {
				return d.days(day, d.lines[d.title+1].Text, d.doubt(day))
			}
		}
		return nil
	}},
	{"dateline-below", index.FromDateline, index.SureMedium, func(d *doc) []finding {
		for _, i := range d.tail {
			if day, ok := dateline(d.lines[i].Text); ok {
				return d.days(day, d.lines[i].Text, "")
			}
		}
		return nil
	}},
	{"meta", index.FromMeta, index.SureHigh, func(d *doc) []finding {
		for _, k := range dateTags {
			if day, ok := isoDay(d.meta[k]); ok {
				if f := d.days(day, d.meta[k], d.doubt(day)); f != nil {
					return f
				}
			}
		}
		return nil
	}},
	{"meta-month", index.FromMeta, index.SureHigh, func(d *doc) []finding { // or year
		for _, k := range dateTags {
			given := d.meta[k]
			date := givenDate(given)
			if date == "" || len(date) == len("2006-01-02") || k == "time" || d.await(date) {
				continue
			}
			sure := index.SureHigh
			if len(date) == len("2006") && k != "front:date" { // may be that of the site
				sure = index.SureMedium
			}
			return []finding{{value: date, text: given, sure: sure}}
		}
		return nil
	}},
	{"dateline-above", index.FromDateline, index.SureMedium, func(d *doc) []finding {
		parted := false // from the title, by a path or label of the site
		for i := d.title - 1; i >= max(0, d.title-3); i-- {
			parted = parted || d.lines[i].cue != cueNone
			if day, ok := dateline(d.lines[i].Text); ok {
				if sure := siteClock(d.lines[i].Text); sure == "" || !parted {
					return d.days(day, d.lines[i].Text, sure)
				}
			}
		}
		return nil
	}},
	{"adopted", index.FromBody, index.SureMedium, func(d *doc) []finding {
		// "Nghị quyết này được Quốc hội … thông qua ngày 16 tháng 6 năm 2025."
		if d.mast == nil && !operative(d) {
			return nil
		}
		for i := len(d.body) - 1; i >= max(0, len(d.body)-12); i-- {
			s := d.body[i].Text
			if k := strings.Index(s, "thông qua"); k >= 0 && len(s) < 600 {
				for _, day := range findDays(s[k:]) {
					return d.days(day, s, "")
				}
			}
		}
		return nil
	}},
	{"signature", index.FromBody, index.SureMedium, func(d *doc) []finding {
		// A place and a day alone in a line, above a signature.
		for i := len(d.body) - 1; i >= max(0, len(d.body)-15); i-- {
			for s := range strings.SplitSeq(d.body[i].Text, "\n") {
				if len(s) > 90 || !page.IsUpperAt(s) || strings.HasSuffix(s, ":") {
					continue
				}
				day, ok := signedOn(s)
				if !ok {
					day, ok = signedInFigures(s)
				}
				if !ok {
					continue
				}
				if place, parted := strings.CutSuffix(strings.TrimSpace(s[:day.start]), ","); place == "" || parted && signingPlace(place, s[:day.start]) && !strings.ContainsAny(place, "0123456789.") {
					return d.days(day, s, "")
				}
			}
		}
		return nil
	}},
	{"event", index.FromBody, index.SureMedium, func(d *doc) []finding {
		if d.mast != nil {
			return nil
		}
		for n, p := range d.body {
			if n > 2 || p.start > 1200 {
				break
			}
			if strings.Contains(p.Text, "\t") { // rows of tables give days of other things
				continue
			}
			if f := d.event(p.Text); f != nil {
				return f
			}
		}
		return nil
	}},
	{"url", index.FromURL, index.SureLow, func(d *doc) []finding {
		for _, s := range []string{d.meta["supplied:url"], d.meta["canonical"], d.meta["og:url"]} {
			if day, ok := pathDay(s); ok {
				return d.days(day, s, "")
			}
		}
		return nil
	}},
	{"file name", index.FromURL, index.SureLow, dateOfFile},
}

// monthOnly is a month and its year, day first: 10/2020, tháng 10 năm 2020, …/10/2020.
var monthOnly = regexp.MustCompile(`^(?:(?i:tháng\s*)|(?i:ngày)?[ .…_]*/)?(0?[1-9]|1[0-2])\s*(?:[/.-]|(?i:năm))\s*(\d{4})$`)

// givenDate reads a date that was supplied in another form than ISO 8601, day
// first: 05/10/2020, "ngày 5 tháng 10 năm 2020", 10/2020, 20201005. It is empty
// where there is no such day, or s lists several.
func givenDate(s string) string {
	if s == "" || strings.Contains(s, ";") {
		return ""
	}
	if m := monthOnly.FindStringSubmatch(s); m != nil {
		month := fmt.Sprintf("%s-%02s", m[2], m[1])
		if _, _, err := index.ParseDate(month); err == nil {
			return month
		}
	}
	if day, ok := isoDay(s); ok {
		return day.String()
	}
	if _, _, err := index.ParseDate(s); err == nil {
		return s
	}
	return ""
}

// publishedCues mark a date as that of publication.
var publishedCues = cues("dates/published")

// siteClock lowers a date above the title that names the day of the week and
// has no label: most sites print today's there.
func siteClock(line string) string {
	folded := page.Fold(line)
	if (strings.HasPrefix(folded, "thu ") || strings.HasPrefix(folded, "chu nhat")) && !page.Mentions(folded, publishedCues...) {
		return index.SureLow
	}
	return ""
}

// maxFromTitle is how many lines below the title a dateline may be.
const maxFromTitle = 9

// days makes a finding of a day that has come.
func (d *doc) days(day day, text, sure string) []finding {
	if !day.real() || d.await(day.String()) {
		return nil
	}
	return []finding{{value: day.String(), text: text, sure: sure}}
}

// await reports whether a date has not come yet. The document then awaits the
// earliest of such dates.
func (d *doc) await(date string) bool {
	if Come(index.Maybe(date), d.today) {
		return false
	}
	if d.awaits == "" || date < d.awaits {
		d.awaits = date
	}
	return true
}

// doubt lowers the certainty of a date whose month and day may be exchanged.
func (d *doc) doubt(day day) string {
	if day.weak || day.half && day.d <= 12 && day.m <= 12 {
		return index.SureMedium
	}
	return ""
}

// operative reports whether the page is a legal text whose masthead was lost.
func operative(d *doc) bool {
	return slices.ContainsFunc(d.body[:min(len(d.body), 40)], func(p para) bool {
		return hasAny(p.Text, []string{"Điều 1.", "QUYẾT NGHỊ", "QUYẾT ĐỊNH:"})
	})
}

var (
	// noEvent come right before the day of something else.
	noEvent = cues("dates/no-event")

	// takesPlace are near a day in mid-sentence that is the event's.
	takesPlace = cues("dates/takes-place")

	timesOfDay = cues("dates/time-of-day")
)

// eventCues come right before the day of the reported event.
var eventCues = cues("dates/event")

// event finds the day of the event in the first sentence of a paragraph:
// "Sáng 31/01/2023, tại …", "… diễn ra vào chiều 31/01/2023". Days of cited
// documents, of anniversaries and of terms do not count.
func (d *doc) event(s string) []finding {
	if i := strings.Index(s, ". "); i > 200 {
		s = s[:i]
	}
	s = page.Clip(s, 1200)
	for _, day := range findDays(s) {
		if day.d == 0 || day.y < 1998 {
			continue
		}
		before := strings.TrimRight(page.Fold(s[max(0, day.start-60):day.start]), " ")
		word := strings.TrimLeft(page.Fold(s[day.start:day.end]), " ")
		after := strings.TrimLeft(page.Fold(s[day.end:min(len(s), day.end+40)]), " ")
		if strings.HasPrefix(after, "cua ") || strings.HasPrefix(after, "-") || cited(before) {
			continue
		}
		for _, no := range noEvent {
			if strings.HasSuffix(before, " "+no) || before == no || (no == "-" || no == "/") && strings.HasSuffix(before, no) {
				word = ""
			}
		}
		if word == "" {
			continue
		}
		ok := strings.HasPrefix(word, "ngay") || before == ""
		for _, cue := range eventCues {
			ok = ok || before == cue || strings.HasSuffix(before, " "+cue) || cue == "(" && strings.HasSuffix(before, cue)
		}
		// A day in mid-sentence without such words may be any day.
		bare := len(before) > 30 && !page.Mentions(before+" "+after, takesPlace...) && !timed(before, word)
		if ok && !bare {
			return d.days(day, s, index.SureMedium)
		}
	}
	return nil
}

// timed reports a time of day in the words of a date or right before them.
func timed(before, word string) bool {
	return hasAny(word, timesOfDay) || hasEnd(before, timesOfDay)
}

// cited reports whether a document's number or kind comes before the day.
func cited(before string) bool {
	before = strings.TrimRight(strings.TrimSuffix(strings.TrimRight(before, " ,("), "ngay"), " ,(")
	i := strings.LastIndexByte(before, ' ')
	last := before[i+1:]
	if strings.Contains(last, "-") || strings.Contains(last, "/") {
		return true
	}
	return slices.ContainsFunc(docKinds, func(k docKind) bool {
		return hasEnd(before, []string{k.folded, k.folded + " so " + last, k.folded + " " + last})
	})
}

// pathDay reads /2021/09/20/ and -20210920- of an address.
func pathDay(url string) (day, bool) {
	if url == "" {
		return day{}, false
	}
	for i := 0; i+8 <= len(url); i++ {
		if !page.IsDigit(url[i]) || i > 0 && page.IsDigit(url[i-1]) {
			continue
		}
		if n := len(url[i:]) - len(strings.TrimLeft(url[i:], "0123456789")); n == 8 && (url[i:i+2] == "20" || url[i:i+2] == "19") {
			if d, ok := isoDay(url[i : i+8]); ok {
				return d, true
			}
		} else if n == 4 {
			if d, ok := dayAt(url, i); ok && d.iso {
				return d, true
			}
		}
	}
	return day{}, false
}

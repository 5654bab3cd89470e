package read

import (
	"encoding/xml"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"nghiquyet/index/page"
)

// workbook is an XLSX file: the library returns the cells as shown, and the parts
// of the ZIP file show which of them are numbers. A text "1.234" is no number.
type workbook struct {
	zip      *officeZip
	book     *excelize.File
	parts    map[string]string        // of the sheets, by their names
	numbers  map[string]*sheetNumbers // by part
	from1904 bool                     // its days count from 1904, not from 1900
}

// open finds the parts of the sheets.
func (w *workbook) open() error {
	const main = "xl/workbook.xml"
	var v struct {
		Props struct {
			From1904 string `xml:"date1904,attr"`
		} `xml:"workbookPr"`
		Sheets []struct {
			Name  string     `xml:"name,attr"`
			Attrs []xml.Attr `xml:",any,attr"`
		} `xml:"sheets>sheet"`
	}
	if err := w.zip.unmarshal(main, &v); err != nil {
		return err
	}
	targets, err := w.zip.targets(main)
	if err != nil {
		return err
	}
	w.from1904 = v.Props.From1904 == "1" || v.Props.From1904 == "true"
	w.parts = map[string]string{}
	for _, s := range v.Sheets {
		for _, a := range s.Attrs {
			if a.Name.Local == "id" {
				w.parts[s.Name] = targets[a.Value]
			}
		}
	}
	return nil
}

// misreadFormat matches what excelize v2.11.1 shows wrongly without an error: a format
// that chooses by a condition ([=1]"Nam";[=2]"Nữ"), of which it takes the first choice,
// and one that scales to billions (#,##0,,," tỷ"), which it shows as millions.
var misreadFormat = regexp.MustCompile(`\[[<>=]|[0#?],,,`)

// plainFormats replaces formats that excelize misreads by General, which shows the
// stored number.
func plainFormats(book *excelize.File) {
	if book.Styles == nil || book.Styles.NumFmts == nil {
		return
	}
	for _, format := range book.Styles.NumFmts.NumFmt {
		if misreadFormat.MatchString(format.FormatCode) {
			format.FormatCode, format.FormatCode16 = "General", ""
		}
	}
}

// cellText returns a number as shown in Việt Nam; shown is the number as shown in English:
//
//	1,234,567.9 → 1.234.567,9    a dot separates thousands if the format of the cell does
//	12.5%       → 12,5%          percentages, units and rounding are those of the format
//	12.345      → 12,345         also where the cell has no format
//	3/5/21      → 05/03/2021     dates of figures have the day first and the full year
//	5-Mar-21    → 05/03/2021
//	2021-03-05  → 05/03/2021     stored so in Strict Open XML, where days are no numbers
//
// The figures are compared with the stored value. Where they do not give it, as the format
// rounds or scales it, the library or the format is not understood, and the stored value is
// written with all its digits.
func cellText(shown, stored string, from1904 bool) string {
	if day, ok := storedDay(stored); ok {
		return day
	}
	n, err := strconv.ParseFloat(strings.TrimSpace(stored), 64)
	if err != nil || math.IsInf(n, 0) || math.IsNaN(n) || shown == "" {
		return shown
	}
	shown = page.Squeeze(shown)
	for _, read := range []func() (string, bool){
		func() (string, bool) { return shown, shownDigits(shown, n) }, // before 1.235 is read as 1,235 thousand
		func() (string, bool) { return shownNumber(shown, n) },
		func() (string, bool) { return shownDate(shown, n, from1904) },
	} {
		if text, ok := read(); ok {
			return text
		}
	}
	return plainNumber(n, stored)
}

// storedDay writes a day that is stored as in ISO 8601 (18.17.4.1 of ISO 29500-1), with its
// time unless that is midnight.
func storedDay(stored string) (string, bool) {
	stored, _ = strings.CutSuffix(strings.TrimSpace(stored), "Z")
	for _, form := range []string{"2006-01-02", "2006-01-02T15:04:05", "2006-01-02T15:04"} {
		t, err := time.Parse(form, stored)
		switch {
		case err != nil:
		case t.Hour() == 0 && t.Minute() == 0:
			return t.Format("02/01/2006"), true
		default:
			return t.Format("02/01/2006 15:04"), true
		}
	}
	return "", false
}

// significant is how many digits of a number spreadsheets compute with.
const significant = 15

// plainNumber writes a number with all its digits.
func plainNumber(n float64, stored string) string {
	n, err := strconv.ParseFloat(strconv.FormatFloat(n, 'g', significant, 64), 64)
	if size := math.Abs(n); err != nil || size >= 1e15 || size < 1e-9 && size > 0 {
		return stored
	}
	return strings.Replace(strconv.FormatFloat(n, 'f', -1, 64), ".", ",", 1)
}

// shownNumber writes a number shown in English in the Vietnamese way. It rejects
// digits that are not those of n, rounded, per cent, or in thousands, millions or
// billions.
func shownNumber(shown string, n float64) (string, bool) {
	before, digits, fraction, after, ok := cutNumber(shown)
	if !ok {
		return "", false
	}
	whole := strings.ReplaceAll(digits, ",", "")
	v, err := strconv.ParseFloat(whole+fraction, 64)
	if err != nil || len(whole)+len(fraction) > significant+1 {
		return "", false
	}
	decimals := max(len(fraction)-1, 0)
	scales := []float64{1, 1e-3, 1e-6, 1e-9}
	if strings.Contains(before+after, "%") {
		scales = []float64{100, 1} // 1 where the format has the sign in quotes
	}
	rounded := 0.5*math.Pow10(-decimals) + 1e-9*v
	if !slices.ContainsFunc(scales, func(scale float64) bool { return math.Abs(math.Abs(n)*scale-v) <= rounded }) {
		return "", false
	}
	if v == 0 {
		before = strings.Trim(before, "-")
	} else if n < 0 && !strings.ContainsAny(before, "-(") {
		return "", false
	}
	if strings.Contains(digits, ",") {
		whole = grouped(whole)
	}
	return before + whole + strings.Replace(fraction, ".", ",", 1) + after, true
}

// cutNumber cuts a text with one number in English: "-$1,234.50 đ" → "-$", "1,234",
// ".50", " đ".
func cutNumber(s string) (before, whole, fraction, after string, ok bool) {
	i := strings.IndexAny(s, "0123456789")
	if i < 0 {
		return "", "", "", "", false
	}
	j := len(s) - len(strings.TrimLeft(s[i:], "0123456789,"))
	k := j
	if k+1 < len(s) && s[k] == '.' && page.IsDigit(s[k+1]) {
		k += 1 + page.DigitsOf(s[k+1:])
	}
	return s[:i], s[i:j], s[j:k], s[k:], !page.IsFigure(s[k:])
}

// grouped parts digits in threes by dots.
func grouped(digits string) string {
	var b strings.Builder
	for i, c := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteByte('.')
		}
		b.WriteRune(c)
	}
	return b.String()
}

var (
	shownDigitsRE = regexp.MustCompile(`^[\d\s()+-]+$|^\d{1,3}(?:\.\d{3})+$`)
	notDigitRE    = regexp.MustCompile(`\D`)
)

// shownDigits reports whether shown has the digits of a whole number with signs
// between them, as telephone and card numbers are shown.
func shownDigits(shown string, n float64) bool {
	digits := strings.TrimLeft(notDigitRE.ReplaceAllString(shown, ""), "0")
	return n > 0 && shownDigitsRE.MatchString(shown) && digits == strconv.FormatFloat(math.Round(n), 'f', -1, 64)
}

var (
	digitsRE    = regexp.MustCompile(`\d+`)
	figureDate  = regexp.MustCompile(`\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})\b`)
	monthNameRE = regexp.MustCompile(`\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b`)
	clockRE     = regexp.MustCompile(`\d{1,2}:\d{2}(?::\d{2})?(?: [AP]M)?`)
)

// shownDate writes the day or time that n is. It refuses figures that are not its
// own.
func shownDate(shown string, n float64, from1904 bool) (string, bool) {
	t, err := excelize.ExcelDateToTime(n, from1904)
	if err != nil || n < 0 {
		return "", false
	}
	t = t.Round(time.Second)
	y, m, d := t.Date()
	own := []int{y, y % 100, int(m), d, t.Hour(), (t.Hour()+11)%12 + 1, t.Minute(), t.Second(),
		int(n * 24), int(math.Round(n * 24 * 60)), int(math.Round(n * 24 * 60 * 60))}
	figures := map[int]bool{}
	for _, s := range digitsRE.FindAllString(shown, -1) {
		v, err := strconv.Atoi(s)
		if err != nil || !slices.Contains(own, v) {
			return "", false
		}
		figures[v] = true
	}
	if monthNameRE.MatchString(shown) {
		clock := clockRE.FindString(shown)
		rest := digitsRE.FindAllString(strings.Replace(shown, clock, "", 1), -1)
		return strings.TrimSpace(clock + " " + dateOfNames(rest, t)), true
	}
	return figureDate.ReplaceAllStringFunc(shown, func(date string) string {
		f := figureDate.FindStringSubmatch(date)
		a, b := page.Atoi(f[1]), page.Atoi(f[2])
		if a == d && b == int(m) || a == int(m) && b == d {
			return t.Format("02/01/2006")
		}
		return date
	}), true
}

// dateOfNames returns a day whose month is shown by its name, with the day and the
// year if they are shown.
func dateOfNames(figures []string, t time.Time) string {
	out := fmt.Sprintf("%02d", int(t.Month()))
	day, year := false, false
	for i, s := range figures {
		switch v, _ := strconv.Atoi(s); {
		case len(s) == 4 || i > 0 && v == t.Year()%100 || len(figures) == 1 && v != t.Day():
			year = true
		default:
			day = true
		}
	}
	if day {
		out = fmt.Sprintf("%02d/%s", t.Day(), out)
	}
	if year {
		out += t.Format("/2006")
	}
	return out
}

package extract

import (
	"fmt"
	"regexp"
	"strings"

	"nghiquyet/index/docnumber"
	"nghiquyet/index/page"
	"nghiquyet/index/read"
)

var (
	// fileNumberRE is the number of a document as a file can be called: a slash
	// is no letter of a name. 29-CT-TU, 12_NQ_TU, 35 CT TW.
	fileNumberRE = regexp.MustCompile(`(?i)(?:^|[^\p{L}\d])(\d{1,4})[-_. ](\p{L}{2,4})[-_. ](\p{L}{2,6})(?:$|[^\p{L}\d])`)
	fileDayRE    = regexp.MustCompile(`(?:^|\D)\d{1,2}[-._](?:0?[1-9]|1[0-2])[-._](?:19|20)\d{2}(?:\D|$)`)
)

// numberOfFile reads the number in the name of a scan ("29-CT-TU.pdf"), because on
// the page it may be handwritten. It must contain a kind of document.
func numberOfFile(d *doc) []finding {
	if !d.page.OCR {
		return nil
	}
	name := read.Stem(d.name)
	m := fileNumberRE.FindStringSubmatch(name)
	if m == nil {
		return nil
	}
	number := fmt.Sprintf("%s-%s/%s", m[1], strings.ToUpper(m[2]), strings.ToUpper(m[3]))
	key, ok := docnumber.NormalizeNumber(number)
	if only, _ := kindByNumber(key, ""); !ok || only == "" {
		return nil
	}
	return one(number, baseName(d.name))
}

// dateOfFile reads the date in the name of a scan: "nghi-quyet-2021-03-05.pdf",
// "05.3.2021.pdf".
func dateOfFile(d *doc) []finding {
	if !d.page.OCR {
		return nil
	}
	name := page.CleanText(read.Stem(d.name))
	if day, ok := pathDay(name); ok {
		return d.days(day, baseName(d.name), "")
	}
	found := fileDayRE.FindString(name)
	if i := strings.IndexAny(found, "0123456789"); i >= 0 {
		if day, ok := dayAt(found, i); ok {
			return d.days(day, baseName(d.name), "")
		}
	}
	return nil
}

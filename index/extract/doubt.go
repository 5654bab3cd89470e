package extract

import (
	"fmt"
	"regexp"
	"strconv"

	"nghiquyet/index"
)

// yearOfNumber is the year in the number of an act of State: 15/2020/NĐ-CP.
var yearOfNumber = regexp.MustCompile(`/((?:19|20)\d{2})/`)

// doubtOf returns why the date of an article is implausible: it is in the future,
// or the article cites an act of a later year. Supplied dates are checked too. The
// result is a value of [index.Evidence.Doubt].
func doubtOf(a *index.Article, today string) string {
	date := string(a.Date)
	if date == "" {
		return ""
	}
	if !Come(a.Date, today) {
		return index.DoubtFuture
	}
	year, err := strconv.Atoi(date[:len("2006")])
	if err != nil {
		return ""
	}
	for _, c := range a.Citations {
		m := yearOfNumber.FindStringSubmatch(c.Key)
		if m == nil {
			continue
		}
		// A cited year may be a typing error, so one in the future does not count.
		if of, _ := strconv.Atoi(m[1]); of > year && m[1] <= today[:len("2006")] {
			return c.Key
		}
	}
	return ""
}

// wordDoubt returns the text in Vietnamese of a doubt about a date.
func wordDoubt(date index.Maybe, doubt string) string {
	if doubt == index.DoubtFuture {
		return fmt.Sprintf("ngày %s ở tương lai", date)
	}
	return fmt.Sprintf("ngày %s trước năm của văn bản được dẫn %s", date, doubt)
}

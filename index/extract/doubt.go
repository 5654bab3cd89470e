package extract

import (
	"fmt"
	"regexp"
	"strconv"

	"nghiquyet/index"
)

// yearOfNumber is the year in the number of an act of State: 15/2020/NĐ-CP.
var yearOfNumber = regexp.MustCompile(`/((?:19|20)\d{2})/`)

// doubtOf finds why the date of an article can hardly be its own, supplied or
// not: it has not come yet, or the article cites an act of a later year. The
// answer is that of [index.Evidence.Doubt].
func doubtOf(a *index.Article, today string) string {
	date := string(a.Date)
	if date == "" {
		return ""
	}
	if date > today[:min(len(today), len(date))] {
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
		// A later act may be cited by a slip of its year, so one beyond today is none.
		if of, _ := strconv.Atoi(m[1]); of > year && m[1] <= today[:len("2006")] {
			return c.Key
		}
	}
	return ""
}

// wordDoubt says a doubt about a date in Vietnamese.
func wordDoubt(date index.Maybe, doubt string) string {
	if doubt == index.DoubtFuture {
		return fmt.Sprintf("ngày %s ở tương lai", date)
	}
	return fmt.Sprintf("ngày %s trước năm của văn bản được dẫn %s", date, doubt)
}

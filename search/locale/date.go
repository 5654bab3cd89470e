package locale

import "nghiquyet/index"

// Date writes 2020-10-05 as 05/10/2020 and 2020-10 as 10/2020; in English as 5 Oct
// 2020 and Oct 2020. It returns years, and texts that are no dates, unchanged.
func Date(code, s string) string {
	day, complete, err := index.ParseDate(s)
	if err != nil || len(s) == len("2006") {
		return s
	}
	if complete {
		return day.Format(Of(code).day)
	}
	return day.Format(Of(code).month)
}

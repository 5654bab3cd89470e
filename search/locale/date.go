package locale

import "nghiquyet/index"

// Date writes 2020-10-05 as 05/10/2020 and 2020-10 as 10/2020; in English as 5 Oct
// 2020 and Oct 2020. It returns years, and texts that are no dates, unchanged.
func Date(code, s string) string {
	day, whole, err := index.ParseDate(s)
	switch {
	case err != nil, len(s) == len("2006"):
		return s
	case code == English && whole:
		return day.Format("2 Jan 2006")
	case code == English:
		return day.Format("Jan 2006")
	case whole:
		return day.Format("02/01/2006")
	}
	return day.Format("01/2006")
}

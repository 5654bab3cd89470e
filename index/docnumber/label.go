package docnumber

import (
	"slices"
	"strings"
	"time"
)

// Label returns a key as it is printed: 35-CT/TW unchanged, 02-NQ/TU@gia-lai as "02-NQ/TU
// (Gia Lai)", with its term or year after the place, 35-CT as "Chỉ thị 35", NQTW4-XII as
// "Nghị quyết Trung ương 4 khóa XII". name returns the name of a place's slug. A text that
// is no key is its own label.
func Label(key string, name func(slug string) string) string {
	number, place, local := strings.Cut(key, "@")
	if rest, ok := strings.CutPrefix(number, "NQTW"); ok {
		if plenum, term, ok := strings.Cut(rest, "-"); ok {
			return "Nghị quyết Trung ương " + strings.Replace(plenum, "(2)", " (lần 2)", 1) + " khóa " + term
		}
	}
	if num, abbr, ok := strings.Cut(number, "-"); ok && !strings.Contains(abbr, "/") && digits(num, 0) == len(num) {
		if names := kindsOf(abbr); names != "" {
			number = names + " " + num
		}
	}
	if !local {
		return number
	}
	slug, date, dated := strings.Cut(place, ":")
	if day, err := time.Parse(time.DateOnly, date); dated && err == nil {
		number += " ngày " + day.Format("02/01/2006")
	}
	if slug == unknownPlace {
		return number + " (không rõ nơi ban hành)"
	}
	province, district, ok := strings.Cut(slug, "/")
	whose := name(province)
	if ok {
		whose = name(district) + ", " + whose
	}
	switch {
	case strings.Contains(date, "-"):
		whose += ", nhiệm kỳ " + date
	case date != "":
		whose += ", năm " + date
	}
	return number + " (" + whose + ")"
}

// kindsOf returns the names of the kinds that have an abbreviation: Quy định/Quyết định for
// QĐ. Where one name begins with another, only the shorter one is returned: Chương trình
// for CTr, not Chương trình hành động. It returns "" for none.
func kindsOf(abbr string) string {
	var names []string
	for _, k := range kinds {
		if k.abbr() == abbr {
			names = append(names, k.printed)
		}
	}
	return strings.Join(slices.DeleteFunc(slices.Clone(names), func(long string) bool {
		return slices.ContainsFunc(names, func(short string) bool { return strings.HasPrefix(long, short+" ") })
	}), "/")
}

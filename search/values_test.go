package search

import (
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// Each query string, with the one written back, or the errors as param code.
var valuesTests = []struct{ in, want string }{
	{"", ""},
	{"q=&province=&size=&from=&facets=&group=", ""},
	{"q=%20&province=%20&facets=%20", ""},
	{"q=+nghi+quyet+", "q=nghi+quyet"},
	{"q=a&type=article&province_view=now&sort=relevance&size=10&page=1&group=none&explain=0&literal=0", "q=a"},
	{"type=lesson&province_view=then&sort=newest&size=0&page=3&group=copies&explain=1&literal=true", "explain=1&group=copies&literal=1&page=3&province_view=then&size=0&sort=newest&type=lesson"},
	{"province=Gia+Lai&province=&province=hue&province=Gia++Lai", "province=Gia+Lai&province=hue"},
	{"district=a&topic=b&kind=c&cites=35-CT/TW", "cites=35-CT%2FTW&district=a&kind=c&topic=b"},
	{"province=a,b", "province=a%2Cb"},
	{"year=2020&year=unknown&month=2020-10", "month=2020-10&year=2020&year=unknown"},
	{"issuer=Tỉnh+ủy&signer=unknown&term=2020-2025", "issuer=T%E1%BB%89nh+%E1%BB%A7y&signer=unknown&term=2020-2025"},
	{"from=2020-02-29&to=2020-02-29", "from=2020-02-29&to=2020-02-29"},
	{"facets=none", "facets=none"},
	{"facets=&facets=+year+", "facets=year"},
	{"facets=topic,province&facets=topic", "facets=province%2Ctopic"},
	{"facets=" + strings.Join(Facets, ","), ""},
	{"cursor=abc", "cursor=abc"},
	{"page=1000&size=10", "page=1000"},

	{"type=book", "type unknown_value"},
	{"sort=up", "sort unknown_value"},
	{"province_view=x&group=x&explain=x&facets=x", "province_view unknown_value, facets unknown_value, group unknown_value, explain unknown_value"},
	{"facets=none,year", "facets conflict"},
	{"facets=,", "facets unknown_value"},
	{"facets=year,,kind", "facets unknown_value"},
	{"size=-1", "size out_of_range"},
	{"size=101", "size out_of_range"},
	{"size=ten", "size bad_format"},
	{"size=%0C", "size bad_format"},
	{"sort=%20", "sort unknown_value"},
	{"size=99999999999999999999", "size out_of_range"},
	{"page=0", "page out_of_range"},
	{"page=1001", "page out_of_range"},
	{"page=2&cursor=abc", "page conflict"},
	{"cursor=" + strings.Repeat("a", MaxCursorSize+1), "cursor too_long"},
	{"from=2020-13-01", "from bad_format"},
	{"from=2021-02-29&to=2020-1-1", "from bad_format, to bad_format"},
	{"from=2020-02", "from bad_format"},
	{"from=2021-01-01&to=2020-01-01", "from conflict"},
	{"year=20", "year bad_format"},
	{"year=2020..2022", "year bad_format"},
	{"month=2020-13", "month bad_format"},
	{"term=2020", "term bad_format"},
	{"term=2025-2020", "term bad_format"},
	{"q=a&q=b", "q repeated"},
	{"q=%ff", "q invalid_utf8"},
	{"q=" + strings.Repeat("a", 2001), "q too_long"},
	{"province=" + strings.Repeat("a", 201), "province too_long"},
	{"tinh=hue&Q=1", "Q unknown_parameter, tinh unknown_parameter"},
	{many("topic", MaxFilter+1), "topic too_many"},
}

func many(name string, n int) string {
	var parts []string
	for i := range n {
		parts = append(parts, name+"="+strings.Repeat("a", i+1))
	}
	return strings.Join(parts, "&")
}

func TestFromValues(t *testing.T) {
	for _, tt := range valuesTests {
		v, err := url.ParseQuery(tt.in)
		if err != nil {
			t.Fatal(err)
		}
		q, errs := FromValues(v)
		got := q.Values().Encode()
		if len(errs) > 0 {
			got = codes(t, errs)
		}
		if got != tt.want {
			t.Errorf("FromValues(%.80s) = %s, want %s", tt.in, got, tt.want)
		}
	}
}

// codes lists the errors, each of which must have all its texts.
func codes(t *testing.T, errs []ParamError) string {
	var list []string
	for _, e := range errs {
		if slices.Contains(slices.Concat(e.Wrong[:], e.Right[:]), "") || len([]rune(e.Value)) > 100 {
			t.Errorf("incomplete %+v", e)
		}
		list = append(list, e.Param+" "+e.Code)
	}
	return strings.Join(list, ", ")
}

func TestFromValuesAlso(t *testing.T) {
	q, errs := FromValues(url.Values{"q": {`tinh:hue (a`}, "format": {"csv"}}, "format")
	if len(errs) != 0 || print(q.Expr) != "tinh:hue a" || len(q.Notes) != 1 {
		t.Errorf("FromValues = %v, %v, %v", q.Expr, q.Notes, errs)
	}
}

func TestValuesOfZero(t *testing.T) {
	if got, want := (Query{}).Values().Encode(), "size=0"; got != want {
		t.Errorf("Values of the zero query = %s, want %s", got, want)
	}
}

func TestStatsFromValues(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"by=province,year", "json by=province%2Cyear"},
		{"by=province&by=year,+topic&format=csv&q=a&lang=vi", "csv by=province%2Cyear%2Ctopic&q=a"},
		{"by=year,year", "json by=year"},
		{"", "by unknown_value"},
		{"by=type", "by unknown_value"},
		{"by=year,month,topic,kind", "by too_many"},
		{"by=year&format=xml&size=-1&z=1", "size out_of_range, z unknown_parameter, format unknown_value"},
	} {
		v, _ := url.ParseQuery(tt.in)
		q, format, errs := StatsFromValues(v, "lang")
		got := format + " " + q.Values().Encode()
		if len(errs) > 0 {
			got = codes(t, errs)
		}
		if got != tt.want {
			t.Errorf("StatsFromValues(%s) = %s, want %s", tt.in, got, tt.want)
		}
	}
}

func TestUnknownValue(t *testing.T) {
	err := UnknownValue("province", "Atlantis", []string{"An Giang"})
	if got, want := err.Error(), "parameter province: there is no such value; did you mean: An Giang?"; got != want {
		t.Errorf("Error() = %s, want %s", got, want)
	}
	if e := UnknownValue("province", strings.Repeat("ă", 300), nil); len([]rune(e.Value)) != 100 {
		t.Errorf("value of %d runes", len([]rune(e.Value)))
	}
}

func FuzzValues(f *testing.F) {
	for _, tt := range valuesTests {
		f.Add(tt.in)
	}
	f.Fuzz(func(t *testing.T, in string) {
		v, err := url.ParseQuery(in)
		if err != nil {
			t.Skip("no query string")
		}
		q, errs := FromValues(v)
		codes(t, errs)
		if len(errs) > 0 {
			return
		}
		again, errs := FromValues(q.Values())
		if len(errs) > 0 || !reflect.DeepEqual(again, q) {
			t.Errorf("FromValues(%s) = %+v, want %+v: %v", q.Values().Encode(), again, q, errs)
		}
	})
}

// TestEcho: an error repeats the beginning of the wrong value, in complete characters.
func TestEcho(t *testing.T) {
	for given, want := range map[string]string{
		"": "", "ế\xff\xfeế": "ế\uFFFDế",
		strings.Repeat("ế", maxEcho):   strings.Repeat("ế", maxEcho),
		strings.Repeat("😀", maxEcho+1): strings.Repeat("😀", maxEcho),
	} {
		if got := echo(given); got != want {
			t.Errorf("echo(%+q) = %+q, want %+q", given, got, want)
		}
	}
}

package follow

import (
	"errors"
	"fmt"
	"strings"

	"nghiquyet/search"
	"nghiquyet/search/locale"
)

// Wrong is what is wrong with a file of saved searches, and where: one of Text and Err
// is set.
type Wrong struct {
	At   string // key, or path of a file
	Text locale.Text
	Args []any // of Text
	Err  error // what is wrong inside At
}

var badAddress = locale.Text{"%q không phải địa chỉ thư điện tử", "%q is not an address of e-mail"}

func wrong(at string, text locale.Text, args ...any) error {
	return &Wrong{At: at, Text: text, Args: args}
}

func inside(at string, err error) error { return &Wrong{At: at, Err: err} }

func searchName(i int, s *Search) string { return fmt.Sprintf("search %d %q", i+1, s.Name) }

// In says what is wrong in a language.
func (w *Wrong) In(language string) string {
	text := ""
	var within *Wrong
	var param *search.ParamError
	switch {
	case w.Err == nil:
		text = w.Text.Format(language, w.Args...)
	case errors.As(w.Err, &within):
		text = within.In(language)
	case errors.As(w.Err, &param):
		text = fmt.Sprintf("%s: %s; %s", param.Param, param.Wrong.In(language), param.Right.In(language))
	default:
		text = w.Err.Error()
	}
	return strings.TrimPrefix(w.At+": "+text, ": ")
}

func (w *Wrong) Error() string { return w.In(locale.English) }
func (w *Wrong) Unwrap() error { return w.Err }

package web

import (
	"embed"
	"fmt"
	"strings"

	"nghiquyet/search"
	"nghiquyet/search/locale"
)

// message is a text of the interface, in the manner of fmt.Sprintf. A key that
// is not in the table is an error.
func message(lang, key string, args ...any) (string, error) {
	w, ok := messages[key]
	if name, is := strings.CutPrefix(key, "facet."); is && !ok {
		if row := search.FacetOf(name); row != nil {
			w, ok = locale.Row{Text: row.Label}, true
		}
	}
	if !ok {
		return "", fmt.Errorf("no message %q", key)
	}
	return w.Format(lang, args...), nil
}

// say returns the message of a key that the code names; an unknown key is returned
// itself.
func say(lang, key string, args ...any) string {
	text, err := message(lang, key, args...)
	if err != nil {
		return key
	}
	return text
}

//go:embed messages.txt
var messagesFile embed.FS

// messages are all texts of the interface but the names of facets, which are in
// their table.
var messages = locale.Table(messagesFile, "messages.txt")

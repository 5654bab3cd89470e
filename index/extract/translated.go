package extract

import (
	"strings"

	"nghiquyet/index/official"
	"nghiquyet/index/page"
)

// englishKinds are kinds of documents by the line that names them in an English
// translation.
var englishKinds = func() map[string]string {
	kinds := map[string]string{}
	for _, k := range official.Kinds() {
		for _, name := range k.English {
			kinds[name] = k.Kind
		}
	}
	return kinds
}()

var (
	translatedState  = printed("masthead/translated-state")  // in the motto
	translatedNumber = printed("masthead/translated-number") // before the number
)

// translation is the kind and number in the masthead of a document's translation.
type translation struct{ kind, number string }

// readTranslated reads the masthead of a document's English translation: its kind, and
// its number as printed there (301/2025/ND-CP). Both are empty if the State's motto
// is not above the kind.
func (d *doc) readTranslated() (none translation) {
	if d.mast != nil {
		return none
	}
	motto, number := false, ""
	for _, l := range d.lines[:min(len(d.lines), maxHead)] {
		for line := range strings.SplitSeq(l.Text, "\n") {
			line = strings.Trim(line, " .:*")
			switch {
			case page.Mentions(line, translatedState...):
				motto = true
			case hasAny(line, translatedNumber):
				if value := strings.TrimSpace(line[strings.IndexByte(line, ' ')+1:]); number == "" && len(value) < 40 && page.IsDigit(value[0]) && strings.Contains(value, "/") && !strings.Contains(value, " ") {
					number = value
				}
			case motto && englishKinds[line] != "":
				return translation{englishKinds[line], number}
			}
		}
	}
	return none
}

package pdf

import (
	"cmp"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// glyphNames are the names of the Adobe Glyph List that do not follow from a
// letter and its marks, as pairs of name and character.
var glyphNames = pairs(`space|  exclam|! quotedbl|" numbersign|# dollar|$ percent|% ampersand|& quotesingle|' quoteright|’
quoteleft|‘ parenleft|( parenright|) asterisk|* plus|+ comma|, hyphen|- minus|− period|. slash|/ zero|0 one|1 two|2
three|3 four|4 five|5 six|6 seven|7 eight|8 nine|9 colon|: semicolon|; less|< equal|= greater|> question|? at|@
bracketleft|[ backslash|\ bracketright|] asciicircum|^ underscore|_ grave|` + "`" + ` braceleft|{ bar|| braceright|} asciitilde|~
endash|– emdash|— quotedblleft|“ quotedblright|” quotedblbase|„ quotesinglbase|‚ guillemotleft|« guillemotright|»
guilsinglleft|‹ guilsinglright|› bullet|• ellipsis|… dagger|† daggerdbl|‡ section|§ paragraph|¶ degree|° plusminus|±
multiply|× divide|÷ copyright|© registered|® trademark|™ periodcentered|· middot|· onesuperior|¹ twosuperior|²
threesuperior|³ onequarter|¼ onehalf|½ threequarters|¾ fi|fi fl|fl ff|ff ffi|ffi ffl|ffl dcroat|đ Dcroat|Đ dmacron|đ
Dmacron|Đ dslash|đ Dslash|Đ eth|ð Eth|Đ dong|₫ Euro|€ sterling|£ yen|¥ cent|¢ germandbls|ß ae|æ AE|Æ oe|œ OE|Œ
oslash|ø Oslash|Ø dotlessi|ı acute|´ circumflex|ˆ tilde|˜ dieresis|¨ macron|¯ breve|˘ nbspace|  nonbreakingspace|
sfthyphen|- arrowright|→ arrowleft|← checkmark|✓ square|□ filledbox|■ H18533|■ perthousand|‰ acutecomb|` + "\u0301" + `
gravecomb|` + "\u0300" + ` hookabovecomb|` + "\u0309" + ` tildecomb|` + "\u0303" + ` dotbelowcomb|` + "\u0323")

func pairs(s string) map[string]string {
	out := map[string]string{}
	for p := range strings.FieldsSeq(s) {
		name, char, _ := strings.Cut(p, "|")
		out[name] = cmp.Or(char, " ")
	}
	return out
}

// glyphMarks are the endings of accented letters' names: acircumflexhookabove
// is a, circumflex, hook above.
var glyphMarks = []struct{ name, mark string }{
	{"circumflex", "\u0302"}, {"breve", "\u0306"}, {"horn", "\u031b"}, {"acute", "\u0301"}, {"grave", "\u0300"},
	{"hookabove", "\u0309"}, {"hook", "\u0309"}, {"tilde", "\u0303"}, {"dotbelow", "\u0323"}, {"underdot", "\u0323"},
	{"dieresis", "\u0308"}, {"ring", "\u030a"}, {"cedilla", "\u0327"}, {"caron", "\u030c"}, {"macron", "\u0304"},
}

// glyphText returns the text of a glyph name: from the list, a letter with its
// marks, uni1EBF, u1EBF, or one of these with a suffix such as .sc or .alt.
func glyphText(name string) string {
	if s, ok := glyphNames[name]; ok {
		return s
	}
	if i := strings.IndexByte(name, '.'); i > 0 {
		name = name[:i]
		if s, ok := glyphNames[name]; ok {
			return s
		}
	}
	for _, prefix := range []string{"uni", "u"} {
		if h, ok := strings.CutPrefix(name, prefix); ok && len(h) >= 4 && len(h) <= 6 {
			if n, err := strconv.ParseUint(h, 16, 32); err == nil && n <= 0x10FFFF {
				return string(rune(n))
			}
		}
	}
	if name == "" {
		return ""
	}
	out, rest := name[:1], name[1:]
	for rest != "" {
		n := len(rest)
		for _, m := range glyphMarks {
			if strings.HasPrefix(rest, m.name) {
				out, rest = out+m.mark, rest[len(m.name):]
				break
			}
		}
		if len(rest) == n {
			return ""
		}
	}
	return norm.NFC.String(out)
}

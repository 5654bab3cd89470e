package web

import (
	"html/template"
	"strconv"
	"strings"
)

// hrefOf is an address of ours as the attribute of a link: a dashboard has a thousand
// links, a page of hits two hundred, and templates check and escape an address in three
// steps. It is empty for an address that begins neither with a slash nor with #.
func hrefOf(address string) template.HTMLAttr {
	if !strings.HasPrefix(address, "/") && !strings.HasPrefix(address, "#") {
		return ""
	}
	return template.HTMLAttr(` href="` + template.HTMLEscapeString(address) + `"`)
}

// box is the class and the place of a rectangle in a drawing. All attributes are one
// value, since a dashboard has a thousand shapes and each value of a template costs;
// they contain names and numbers of ours only.
func box(class string, x, y, width, height float64) template.HTMLAttr {
	return shape(class, "x", x, "y", y) + shape("", "width", width, "height", height)
}

// shape is a class and two attributes with numbers.
func shape(class, first string, a float64, second string, b float64) template.HTMLAttr {
	var out []byte
	if class != "" {
		out = append(append(append(out, ` class="`...), class...), '"')
	}
	for _, of := range []struct {
		name string
		n    float64
	}{{first, a}, {second, b}} {
		out = append(append(append(out, ' '), of.name...), `="`...)
		out = append(strconv.AppendFloat(out, of.n, 'f', -1, 64), '"')
	}
	return template.HTMLAttr(out)
}

// marked returns a class, with " on" after it for an element that is chosen.
func marked(class string, on bool) string {
	if on {
		return class + " on"
	}
	return class
}

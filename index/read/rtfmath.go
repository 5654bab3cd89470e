package read

import (
	"encoding/xml"
	"strings"
)

// A formula of RTF (specification 1.9.1, Math) has the elements of Office Math as groups:
// {\mmath{\*\moMath{\mf{\mnum{\mr 1}}{\mden{\mr 2}}}}{\mmathPict{\pict …}}}. The picture is
// for programs that read no formulas.

// openMath begins an element with the first word of its group, and reports whether the
// word is one of a formula.
func (r *rtfReader) openMath(word string) bool {
	g := &r.group
	name, isMath := strings.CutPrefix(word, "m")
	if !isMath || g.kind == rtfText && word != "moMath" || g.kind != rtfText && g.kind != rtfMath {
		return false
	}
	if !g.isMath && len(r.outer) > 0 {
		r.maths = append(r.maths, &mathNode{XMLName: xml.Name{Local: name}, Val: new(string)})
		g.isMath, g.kind = true, rtfMath
	}
	return true
}

// mathRun adds text to the open element: it is that of a run, or the value of a property.
func (r *rtfReader) mathRun(s string) {
	n := r.maths[len(r.maths)-1]
	n.Val = &s
	n.Nodes = append(n.Nodes, mathNode{XMLName: xml.Name{Local: "t"}, Text: s})
}

// closeMath ends an element. The text of a complete formula belongs to the group around it.
func (r *rtfReader) closeMath() {
	n := len(r.maths) - 1
	last := r.maths[n]
	if r.maths = r.maths[:n]; n > 0 {
		r.maths[n-1].Nodes = append(r.maths[n-1].Nodes, *last)
		return
	}
	var formula mathWriter
	formula.write(last)
	if g := &r.group; !g.deleted && formula.Len() > 0 {
		w := r.walks[len(r.walks)-1]
		w.begin(g.para, g.tables())
		w.looks = []look{{hidden: r.look(g.para, g.run).hidden}} // it is set in a font of its own
		w.write(formula.String())
	}
}

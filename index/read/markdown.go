package read

import (
	"context"
	"html"
	"strings"
	"unicode"
	"unicode/utf8"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index/page"
)

// readMarkdown reads CommonMark as pandoc and crawlers write it: headings,
// lists, front matter, tables (pipe, grid, simple and multiline), emphasis and
// escapes. It is a reader of text, not a renderer: what it does not know stays
// as it stands.
func readMarkdown(ctx context.Context, _, text string, _ page.Limits) (*page.Page, error) {
	m := &markdown{page: &page.Page{Meta: map[string]string{}}, lines: strings.Split(text, "\n")}
	m.frontMatter()
	m.join = wrapped(m.lines)
	for m.at < len(m.lines) {
		if m.at&0xFFF == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		m.block()
	}
	m.flush()
	return m.page, nil
}

type markdown struct {
	page  *page.Page
	lines []string
	at    int
	join  bool     // lines were broken to a width
	para  []string // lines of the paragraph under way
	open  int      // no simple table closes before this line
}

// frontMatter takes "key: value" lines between two lines of ---.
func (m *markdown) frontMatter() {
	if len(m.lines) == 0 || strings.TrimSpace(m.lines[0]) != "---" {
		return
	}
	for i := 1; i < len(m.lines) && i < 100; i++ {
		line := strings.TrimSpace(m.lines[i])
		if line == "---" || line == "..." {
			m.lines = m.lines[i+1:]
			m.page.Title = m.page.Meta["front:title"]
			return
		}
		key, value, ok := strings.Cut(line, ":")
		if !ok && line != "" && !strings.HasPrefix(line, "-") && !strings.HasPrefix(line, "#") {
			break
		}
		if value = strings.Trim(strings.TrimSpace(value), `"'`); ok && value != "" {
			m.page.Meta["front:"+strings.ToLower(strings.TrimSpace(key))] = value
		}
	}
	clear(m.page.Meta) // a rule, not front matter
}

func (m *markdown) add(b page.Block) {
	if b.Text = inline(b.Text); b.Text != "" {
		m.page.Blocks = append(m.page.Blocks, b)
	}
}

// flush ends the paragraph under way.
func (m *markdown) flush() {
	if len(m.para) == 0 {
		return
	}
	lines := m.para
	m.para = nil
	if !m.join {
		for _, l := range lines {
			m.paragraph(l)
		}
		return
	}
	// A backslash or two spaces at a line's end break the line for good.
	var b strings.Builder
	for i, l := range lines {
		l = strings.TrimPrefix(l, "> ")
		hard := strings.HasSuffix(l, "\\") || strings.HasSuffix(l, "  ")
		b.WriteString(strings.TrimSpace(strings.TrimSuffix(l, "\\")))
		if i+1 < len(lines) {
			if hard {
				b.WriteByte('\n')
			} else {
				b.WriteByte(' ')
			}
		}
	}
	m.paragraph(b.String())
}

func (m *markdown) paragraph(s string) {
	s = strings.TrimSpace(s)
	b := page.Block{Text: strings.TrimSuffix(s, "\\"), Item: page.Bulleted(strings.TrimPrefix(s, "\\"))}
	if !b.Item && boldOnly(s) {
		b.Heading = 6
	}
	m.add(b)
}

// boldOnly reports whether a short paragraph is set in bold as a whole, which
// is how pages without headings mark them.
func boldOnly(s string) bool {
	if len(s) <= 4 || len(s) >= 400 {
		return false
	}
	bold := strings.HasPrefix(s, "**") && strings.HasSuffix(s, "**") && !strings.Contains(s[2:len(s)-2], "**")
	return bold && !strings.HasSuffix(strings.TrimRight(s, "* "), ".")
}

// block reads what begins at the current line.
func (m *markdown) block() {
	line := m.lines[m.at]
	trim := strings.TrimSpace(line)
	switch {
	case trim == "":
		m.flush()
	case trim[0] == '#':
		if n := len(trim) - len(strings.TrimLeft(trim, "#")); n <= 6 && len(trim) > n && trim[n] == ' ' {
			m.flush()
			m.add(page.Block{Text: strings.TrimRight(strings.TrimSpace(trim[n:]), " #"), Heading: n})
			break
		}
		m.para = append(m.para, line)
	case strings.HasPrefix(trim, "+-") && strings.HasSuffix(trim, "+") && m.grid():
		return
	case trim[0] == '|' || strings.Contains(trim, "|") && m.at+1 < len(m.lines) && pipeRule(m.lines[m.at+1]):
		m.flush()
		m.pipes()
		return
	case dashes(trim) && len(m.para) == 0 && m.at >= m.open && m.simple():
		return
	case thematic(trim):
		if len(m.para) == 1 && len(m.para[0]) < 200 && trim[0] != '*' { // setext heading
			level := 2
			if trim[0] == '=' {
				level = 1
			}
			m.add(page.Block{Text: strings.TrimSpace(m.para[0]), Heading: level})
			m.para = nil
			break
		}
		m.flush()
	case strings.HasPrefix(trim, "```"), strings.HasPrefix(trim, ":::"), strings.HasPrefix(trim, "<!--") && strings.HasSuffix(trim, "-->"):
		m.flush()
	default:
		if m.join && len(m.para) > 0 && (listItem(trim) || boldOnly(trim)) {
			m.flush()
		}
		m.para = append(m.para, line)
	}
	m.at++
}

// listItem reports whether a line begins an item.
func listItem(s string) bool {
	return page.Bulleted(s) || strings.HasPrefix(s, `\- `) || page.OrdinalAt(s).Form == page.FormDigit
}

// thematic reports a line of at least three = - * or _ only.
func thematic(s string) bool {
	return len(s) >= 3 && strings.Contains("=-*_", s[:1]) && strings.Trim(s, s[:1]+" ") == ""
}

// dashes reports a line of dashes and spaces: the edge of a simple table.
func dashes(s string) bool {
	return len(s) >= 3 && s[0] == '-' && strings.Trim(s, "- ") == "" && (len(s) > 20 || strings.Contains(s, " "))
}

func pipeRule(s string) bool {
	return strings.Contains(s, "--") && strings.Trim(s, "|-: \t") == ""
}

// pipes reads a pipe table, or a line of what was one.
func (m *markdown) pipes() {
	var rows [][]string
	for ; m.at < len(m.lines); m.at++ {
		line := strings.TrimSpace(m.lines[m.at])
		if line == "" || !strings.Contains(line, "|") {
			break
		}
		if strings.Trim(line, "|-: \t") == "" {
			continue
		}
		var row []string
		for _, cell := range strings.Split(strings.Trim(line, "|"), "|") {
			row = append(row, inline(strings.ReplaceAll(strings.ReplaceAll(cell, "<br>", "\n"), "<br/>", "\n")))
		}
		rows = append(rows, row)
	}
	m.page.Blocks = append(m.page.Blocks, page.TableBlocks(rows)...)
}

// grid reads a pandoc grid table: rows between lines of +---+, cells of
// several lines between bars.
func (m *markdown) grid() bool {
	end := m.at
	for end < len(m.lines) && end-m.at < 5000 {
		if t := strings.TrimSpace(m.lines[end]); t == "" || t[0] != '+' && t[0] != '|' {
			break
		}
		end++
	}
	if end-m.at < 3 {
		return false
	}
	m.flush()
	var rows [][]string
	var cells [][]string
	for _, line := range m.lines[m.at:end] {
		line = strings.TrimSpace(line)
		if line[0] == '+' {
			rows = appendRow(rows, cells)
			cells = nil
			continue
		}
		for i, part := range strings.Split(strings.Trim(line, "|"), "|") {
			for len(cells) <= i {
				cells = append(cells, nil)
			}
			cells[i] = append(cells[i], part)
		}
	}
	rows = appendRow(rows, cells)
	m.at = end
	m.page.Blocks = append(m.page.Blocks, page.TableBlocks(rows)...)
	return true
}

// simple reads a pandoc simple or multiline table: columns under runs of
// dashes, rows parted by empty lines, to the closing line of dashes.
func (m *markdown) simple() bool {
	spans := dashSpans(m.lines[m.at])
	if len(spans) == 0 {
		return false
	}
	end := m.at + 1
	for ; end < len(m.lines) && end-m.at < 2000; end++ {
		if t := strings.TrimSpace(m.lines[end]); dashes(t) {
			if next := end + 1; next >= len(m.lines) || strings.TrimSpace(m.lines[next]) == "" {
				break // the closing line; one under the head only gives columns
			}
			if s := dashSpans(m.lines[end]); len(s) > len(spans) {
				spans = s
			}
		}
	}
	if end >= len(m.lines) || end-m.at >= 2000 {
		m.open = end
		return false
	}
	m.flush()
	var rows [][]string
	cells := make([][]string, len(spans))
	for _, line := range m.lines[m.at+1 : end] {
		if t := strings.TrimSpace(line); t == "" || dashes(t) {
			rows = appendRow(rows, cells)
			cells = make([][]string, len(spans))
			continue
		}
		for i, part := range cut(line, spans) {
			cells[i] = append(cells[i], part)
		}
	}
	rows = appendRow(rows, cells)
	m.at = end + 1
	m.page.Blocks = append(m.page.Blocks, page.TableBlocks(rows)...)
	return true
}

// dashSpans gives the runes at which columns begin.
func dashSpans(line string) (starts []int) {
	for i := range len(line) {
		if line[i] == '-' && (i == 0 || line[i-1] == ' ') {
			starts = append(starts, i)
		}
	}
	return starts
}

// cut cuts a line at the columns that begin at starts, in runes.
func cut(line string, starts []int) []string {
	runes := []rune(line)
	parts := make([]string, len(starts))
	for i, from := range starts {
		to := len(runes)
		if i+1 < len(starts) {
			to = min(to, starts[i+1])
		}
		if i == 0 {
			from = 0
		}
		if from < to {
			parts[i] = string(runes[from:to])
		}
	}
	return parts
}

// appendRow joins the lines of every cell: a backslash ends a line for good.
func appendRow(rows [][]string, cells [][]string) [][]string {
	row := make([]string, len(cells))
	empty := true
	for i, lines := range cells {
		var b strings.Builder
		for _, l := range lines {
			l = strings.TrimSpace(l)
			if cutl, hard := strings.CutSuffix(l, "\\"); hard {
				b.WriteString(cutl + "\n")
			} else if l != "" {
				b.WriteString(l + " ")
			} else {
				b.WriteByte('\n')
			}
		}
		row[i] = inline(b.String())
		empty = empty && strings.TrimSpace(row[i]) == ""
	}
	if empty {
		return rows
	}
	return append(rows, row)
}

// inline takes the marks of emphasis, links, code and escapes off s.
func inline(s string) string {
	if !strings.ContainsAny(s, "*_`[]\\<&!") {
		return page.TrimLines(s)
	}
	if strings.Contains(s, "&") {
		s = page.CleanText(html.UnescapeString(s))
	}
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); {
		switch c := s[i]; {
		case c == '\\' && i+1 < len(s) && s[i+1] < utf8.RuneSelf && strings.IndexByte("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", s[i+1]) >= 0:
			b.WriteByte(s[i+1])
			i += 2
		case c == '*' && !bulletStar(s, i):
			n := 1
			for i+n < len(s) && s[i+n] == '*' {
				n++
			}
			// Between letters the marks of emphasis are all that parts two
			// words; one between figures is a sign.
			if before, after := wordBefore(s, i), wordAfter(s, i+n); before != 0 && after != 0 {
				switch digits := unicode.IsDigit(before) && unicode.IsDigit(after); {
				case n == 1 && digits:
					b.WriteByte('*')
				case !digits && !oneSyllable(s, i, i+n):
					b.WriteByte(' ')
				}
			}
			i += n
		case c == '_' && (wordEdge(s, i)):
			i++
		case c == '`':
			i++
		case c == '!' && strings.HasPrefix(s[i:], "!["):
			if _, length, ok := link(s[i+1:]); ok { // an image: its text describes a picture
				i += 1 + length
				break
			}
			b.WriteByte(c)
			i++
		case c == '[' && noteRef(s[i:]) > 0:
			n := noteRef(s[i:])
			if i == 0 || s[i-1] == '\n' { // the footnote itself
				b.WriteString("[" + s[i+len("[^"):i+n])
			}
			i += n
		case c == '[':
			if label, length, ok := link(s[i:]); ok {
				b.WriteString(inline(label))
				i += length
				break
			}
			b.WriteByte(c)
			i++
		case c == '<':
			if n := tag(s[i:]); n > 0 {
				b.WriteByte(' ')
				i += n
				break
			}
			b.WriteByte(c)
			i++
		default:
			b.WriteByte(c)
			i++
		}
	}
	return page.TrimLines(b.String())
}

// noteRef is the length of the mark of a footnote at the start of s: [^1].
func noteRef(s string) int {
	const longest = 32
	end := strings.IndexByte(s[:min(len(s), longest)], ']')
	if !strings.HasPrefix(s, "[^") || end < len("[^1") || strings.ContainsAny(s[:end], " \n") {
		return 0
	}
	return end + 1
}

// oneSyllable reports that the letters on both sides of s[i:j] are pieces of one
// syllable, which emphasis begins or ends in: "ng**ày", "C****ÔNG".
func oneSyllable(s string, i, j int) bool {
	head := s[:i]
	if k := strings.LastIndexFunc(head, page.NotLetter); k >= 0 {
		_, size := utf8.DecodeRuneInString(head[k:])
		head = head[k+size:]
	}
	tail := s[j:]
	if k := strings.IndexFunc(tail, page.NotLetter); k >= 0 {
		tail = tail[:k]
	}
	if len(head)+len(tail) > 32 {
		return false
	}
	head, tail = strings.ToLower(head), strings.ToLower(tail)
	return vi.IsSyllable(head+tail) && !(vi.IsSyllable(head) && vi.IsSyllable(tail))
}

// bulletStar is a star that is a bullet or stands between spaces.
func bulletStar(s string, i int) bool {
	begins := i == 0 || s[i-1] == ' ' || s[i-1] == '\n'
	return begins && strings.HasPrefix(s[i+1:], " ") && !strings.Contains(s[i+1:], "*")
}

// wordBefore returns the letter or digit that ends at i, 0 for none.
func wordBefore(s string, i int) rune {
	if r, _ := utf8.DecodeLastRuneInString(s[:i]); unicode.IsLetter(r) || unicode.IsDigit(r) {
		return r
	}
	return 0
}

// wordAfter returns the letter or digit that begins at i, 0 for none.
func wordAfter(s string, i int) rune {
	if r, _ := utf8.DecodeRuneInString(s[i:]); unicode.IsLetter(r) || unicode.IsDigit(r) {
		return r
	}
	return 0
}

// wordEdge reports whether an underscore marks emphasis and is not part of a name.
func wordEdge(s string, i int) bool {
	before := i == 0 || s[i-1] == ' ' || s[i-1] == '_' || s[i-1] == '*' || s[i-1] == '('
	after := i+1 == len(s) || strings.IndexByte(" _*.,;:)", s[i+1]) >= 0
	return before != after || i > 0 && s[i-1] == '_' || i+1 < len(s) && s[i+1] == '_'
}

// link reads [label](address), [label]{.class} and [label][ref].
func link(s string) (label string, length int, ok bool) {
	depth, i := 0, 0
	for ; i < len(s) && i < 2000; i++ {
		if s[i] == '\\' {
			i++
		} else if s[i] == '[' {
			if depth++; depth > 8 {
				return "", 0, false
			}
		} else if s[i] == ']' {
			if depth--; depth == 0 {
				break
			}
		}
	}
	if i+1 >= len(s) || s[i] != ']' {
		return "", 0, false
	}
	closing := map[byte]string{'(': ")", '{': "}"}[s[i+1]]
	if closing == "" {
		return "", 0, false
	}
	j := strings.Index(s[i+1:], closing)
	if j < 0 || j > 2000 {
		return "", 0, false
	}
	return s[1:i], i + 1 + j + 1, true
}

// tag is the length of an HTML tag at the start of s, 0 for anything else.
func tag(s string) int {
	if len(s) < 3 || !(isASCIILetter(s[1]) || s[1] == '/' && isASCIILetter(s[2])) {
		return 0
	}
	if j := strings.IndexByte(s[:min(len(s), 400)], '>'); j > 0 && !strings.Contains(s[1:j], "<") {
		return j + 1
	}
	return 0
}

func isASCIILetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

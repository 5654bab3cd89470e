package read

import (
	"context"
	"strings"

	"nghiquyet/index/page"
)

// readMarkdown reads CommonMark as written by pandoc and crawlers: headings, lists,
// front matter, tables (pipe, grid, simple and multiline), emphasis and escapes. It
// extracts text and does not render: unknown syntax stays as it is.
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
	para  []string // lines of the paragraph being read
	open  int      // no simple table closes before this line
}

// frontMatter reads "key: value" lines between two lines of ---.
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

// flush ends the paragraph being read.
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

// boldOnly reports whether all of a short paragraph is bold, as headings are in
// pages without heading marks.
func boldOnly(s string) bool {
	if len(s) <= 4 || len(s) >= 400 {
		return false
	}
	bold := strings.HasPrefix(s, "**") && strings.HasSuffix(s, "**") && !strings.Contains(s[2:len(s)-2], "**")
	return bold && !strings.HasSuffix(strings.TrimRight(s, "* "), ".")
}

// block reads the block that begins at the current line.
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

// pipes reads a pipe table, or a line left over from one.
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
		for _, cell := range pipeCells(line) {
			row = append(row, inline(strings.ReplaceAll(strings.ReplaceAll(cell, "<br>", "\n"), "<br/>", "\n")))
		}
		rows = append(rows, row)
	}
	m.page.Blocks = append(m.page.Blocks, page.TableBlocks(rows)...)
}

// pipeCells cuts a row at its bars; \| is a bar of the text. The first cell may be empty.
func pipeCells(line string) []string {
	const textBar = "\x00"
	line = strings.ReplaceAll(line, `\|`, textBar)
	line = strings.TrimSuffix(strings.TrimPrefix(line, "|"), "|")
	cells := strings.Split(line, "|")
	for i := range cells {
		cells[i] = strings.ReplaceAll(cells[i], textBar, "|")
	}
	return cells
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
				break // the closing line; one below the head only separates columns
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

// dashSpans returns the rune offsets at which columns begin.
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

// appendRow appends a row of a table, unless it is empty. It joins the lines of each
// cell with spaces; a line that ends in a backslash stays a line of its own.
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

package read

import (
	"context"
	"strings"

	"nghiquyet/index/page"
)

// readText makes one block of every line, because scraped pages have one paragraph
// per line. Lines broken to a fixed width are joined. Lines of two columns, as in
// mastheads, become a block per column.
func readText(ctx context.Context, _, text string, _ page.Limits) (*page.Page, error) {
	lines := strings.Split(text, "\n")
	hard := wrapped(lines)
	p := &page.Page{Meta: map[string]string{}}
	open := false // the last block may go on
	// The lines of the last block, joined when it ends: adding each to its text
	// would copy the text for each.
	var joined strings.Builder
	end := func() {
		if joined.Len() > 0 {
			p.Blocks[len(p.Blocks)-1].Text = joined.String()
			joined.Reset()
		}
	}
	for i, line := range lines {
		if i&0xFFF == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		raw := strings.TrimRight(line, " \t")
		line = strings.TrimSpace(line)
		if line == "" {
			open = false
			continue
		}
		if !hard || !open || startsBlock(line) {
			end()
		}
		if cols := columns(raw); len(cols) > 1 {
			end()
			for _, c := range cols {
				p.Blocks = append(p.Blocks, page.Block{Text: c})
			}
			open = false
			continue
		}
		if hard && open && !startsBlock(line) {
			if joined.Len() == 0 {
				joined.WriteString(p.Blocks[len(p.Blocks)-1].Text)
			}
			joined.WriteString(" ")
			joined.WriteString(line)
			open = widthOf(line) >= wrapMin
			continue
		}
		p.Blocks = append(p.Blocks, page.Block{Text: page.Squeeze(line), Item: page.Bulleted(line)})
		open = widthOf(line) >= wrapMin
	}
	end()
	return p, nil
}

// Lines broken by a program end between these widths, in runes.
const (
	wrapMin = 58
	wrapMax = 84
)

// wrapped reports whether nearly all lines that go on were broken to a width.
func wrapped(lines []string) bool {
	full, long, total := 0, 0, 0
	for _, l := range lines {
		switch w := widthOf(l); {
		case w > wrapMax+16:
			long++
		case w >= wrapMin:
			full++
			total++
		case w > 0:
			total++
		}
	}
	return full >= 4 && full*3 > total && long*20 < full
}

func widthOf(s string) int { return page.CountRunes(s) }

// startsBlock reports whether a line begins something even in wrapped text.
func startsBlock(line string) bool {
	return page.Bulleted(line) || page.OrdinalAt(line).Form != 0 || strings.HasPrefix(line, "Điều ") || strings.HasPrefix(line, "Chương ")
}

// columns splits a short line at gaps of four spaces or a tab. Prose with a stray
// gap is not split.
func columns(line string) []string {
	if len(line) > 300 || !strings.Contains(line, "    ") && !strings.Contains(line, "\t") {
		return nil
	}
	var cols []string
	for _, part := range strings.FieldsFunc(strings.ReplaceAll(line, "    ", "\t"), func(r rune) bool { return r == '\t' }) {
		if part = page.Squeeze(part); part == "" {
			continue
		}
		if n := len(cols) - 1; n >= 0 && blankAfter(cols[n]) {
			cols[n] += " " + part
			continue
		}
		cols = append(cols, part)
	}
	if len(cols) != 2 || widthOf(cols[0]) > 60 || widthOf(cols[1]) > 60 {
		return nil
	}
	return cols
}

// blankAfter reports words of a masthead after which a number or day is left
// to be written by hand: the gap is no border of columns.
func blankAfter(s string) bool {
	f := strings.TrimRight(page.Fold(s), " :.")
	return f == "so" || strings.HasSuffix(f, " ngay") || strings.HasSuffix(f, " thang")
}

package extract

import (
	"slices"

	"nghiquyet/index/page"
)

const (
	longBlock  = 100 // bytes of a block that is surely of the article, at least
	aboveBlock = 12  // blocks above it that title and dateline may be
	belowBlock = 6   // blocks below it that the byline may be
)

// frame marks as furniture the parts of a page's frame that only their place
// gives away. The article lies between the first and the last long block that
// go-readability takes; of what it leaves out, blocks between those stay unless
// they stand in a menu or are links only, as do title and dateline right above
// and a byline right below. Where it takes nothing, all is the article that is
// not in a menu or links only. Pages of other formats have no such marks and
// are left as they are.
func frame(p *page.Page) {
	first, last := -1, -1
	for i, b := range p.Blocks {
		if b.Main && len(b.Text) > longBlock {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	head := first - aboveBlock
	if first >= 0 { // else the masthead is looked for once, in newDoc
		if m := findMasthead(p.Blocks); m != nil {
			head = min(head, m.first)
		}
	}
	for i := range p.Blocks {
		b := &p.Blocks[i]
		inFrame := b.Outer || b.Links
		switch {
		case first < 0:
			b.Furniture = b.Furniture || b.Outer || b.Links && b.Heading == 0
		case b.Main:
		case i > first && i < last:
			b.Furniture = inFrame
		case i < first && i >= head && !inFrame:
		case i > last && i <= last+belowBlock && !inFrame && b.Heading == 0:
		default:
			b.Furniture = true
		}
	}
}

// takeHeads takes the running heads and feet out of a page and returns them, a
// line each. They stand after the text, where they interrupt no sentence and no
// lesson and no rule looks.
func takeHeads(p *page.Page) (heads string) {
	p.Blocks = slices.DeleteFunc(p.Blocks, func(b page.Block) bool {
		if b.Running {
			heads += "\n" + b.Text
		}
		return b.Running
	})
	return heads
}

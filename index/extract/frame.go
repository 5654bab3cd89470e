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

// frame marks as furniture the parts of a page's frame that only their position
// reveals. The article is between the first and the last long block that
// go-readability selects. Of the blocks that it drops, those between stay unless
// they are in a menu or only links; title and dateline right above stay too, and a
// byline right below. If it selects nothing, the article is all that is not in a
// menu or only links. Pages of other formats have no such marks and stay unchanged.
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
	if first >= 0 { // else newDoc looks for the masthead once
		if m := findMasthead(p.Blocks); m != nil {
			head = min(head, m.first)
			if last <= m.end { // a short document, which has no other long block
				last = lastMain(p.Blocks)
			}
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

// lastMain is the last block, of any length, that go-readability selects.
func lastMain(blocks []page.Block) int {
	for i, b := range slices.Backward(blocks) {
		if b.Main {
			return i
		}
	}
	return -1
}

// takeHeads removes the running heads and feet from a page and returns them, one
// per line. They are put after the text, where they interrupt no sentence and no
// lesson, and no rule reads them.
func takeHeads(p *page.Page) (heads string) {
	p.Blocks = slices.DeleteFunc(p.Blocks, func(b page.Block) bool {
		if b.Running {
			heads += "\n" + b.Text
		}
		return b.Running
	})
	return heads
}

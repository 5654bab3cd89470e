package web

import (
	"fmt"
	"html"
	"html/template"
	"strings"
)

// embedding has the HTML with which another site can show the figures.
type embedding struct {
	Href    template.HTMLAttr // the page for a frame
	Snippet string            // HTML that shows it
}

// embedHeight is the height of the frame in CSS pixels. The embedding site may
// change it; the figures scroll.
const embedHeight = 900

// embedding is the snippet for the figures of the board at the address of a site.
func (b board) embedding(lang, site string) embedding {
	if !strings.Contains(site, "://") { // no public URL is configured
		site = say(lang, "board.embed.host") + site
	}
	b.embed = true
	page := b.link(b.q)
	return embedding{Href: hrefOf(page), Snippet: fmt.Sprintf(`<iframe src="%s" title="%s" width="100%%" height="%d" style="border:0" loading="lazy"></iframe>`,
		html.EscapeString(site+page), html.EscapeString(say(lang, "board.title")), embedHeight)}
}

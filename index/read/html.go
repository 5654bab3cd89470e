package read

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"codeberg.org/readeck/go-readability/v2"
	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"nghiquyet/index/page"
)

// readHTML reads the page in reading order. Each block records where it is and
// whether go-readability selects it for the article. None is left out, because a
// dateline is often outside that selection.
func readHTML(ctx context.Context, name, text string, lim page.Limits) (*page.Page, error) {
	root, err := parseHTML(name, text, lim)
	if err != nil {
		return nil, err
	}
	word := prepareWord(root)
	p := &page.Page{Meta: map[string]string{}, Office: word}
	q := goquery.NewDocumentFromNode(root)
	readMeta(q, p)
	w := &walker{ctx: ctx}
	var main map[string]bool
	if !word && len(text) <= maxJudged { // all of a page that Word saved is the document
		main = mainText(root)
	}
	w.walk(root, false)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	for i := range w.blocks {
		w.blocks[i].Main = main[letterKey(w.blocks[i].Text)]
	}
	w.writeNumbers(p.Title, word)
	p.Blocks = w.blocks
	return p, nil
}

// parseHTML counts elements and depth before it builds the tree, because building
// is the expensive step with a hostile page.
func parseHTML(name, text string, lim page.Limits) (*html.Node, error) {
	z := html.NewTokenizer(strings.NewReader(text))
	for n, depth := 0, 0; ; {
		switch z.Next() {
		case html.ErrorToken:
			root, err := html.Parse(strings.NewReader(text))
			if err != nil {
				if strings.Contains(err.Error(), "open stack") {
					return nil, page.Rejectf(name, page.CodeTooDeep, "HTML lồng nhau quá sâu")
				}
				return nil, page.Rejectf(name, page.CodeDamaged, "HTML không đọc được (%v)", err)
			}
			return root, nil
		case html.StartTagToken:
			tag, _ := z.TagName()
			if !voidElements[atom.Lookup(tag)] {
				depth++
			}
			if n++; n > lim.Entities {
				return nil, page.Rejectf(name, page.CodeTooDeep, "HTML có hơn %d thẻ", lim.Entities)
			}
		case html.EndTagToken:
			depth = max(0, depth-1)
		}
		if depth > lim.Depth*8 { // unclosed <p> and <li> do not nest
			return nil, page.Rejectf(name, page.CodeTooDeep, "HTML lồng nhau quá sâu")
		}
	}
}

// voidElements have no end tag, or may go without: they do not nest.
var voidElements = map[atom.Atom]bool{atom.Br: true, atom.Img: true, atom.Hr: true, atom.Input: true, atom.Meta: true, atom.Link: true,
	atom.P: true, atom.Li: true, atom.Td: true, atom.Tr: true, atom.Option: true, atom.Dt: true, atom.Dd: true, atom.Col: true, atom.Area: true, atom.Wbr: true, atom.Source: true}

// maxJudged is the largest HTML, in bytes, for which go-readability is called. It
// takes time in proportion to the size times the depth of elements: a second for 8
// MB of sections side by side, or for 1 MB inside a hundred lists.
const maxJudged = 8 << 20

// mainText returns the pieces of text that go-readability selects for the article,
// by their letters; nil if it selects too little.
func mainText(root *html.Node) map[string]bool {
	defer func() { _ = recover() }() // after a panic in the library the page is still read, by the fallback
	parser := readability.NewParser()
	parser.DisableJSONLD, parser.CharThresholds = true, minArticle
	article, err := parser.ParseDocument(root, nil)
	if err != nil || article.Node == nil {
		return nil
	}
	w := &walker{ctx: context.Background()}
	w.walk(article.Node, false)
	set, size := map[string]bool{}, 0
	for _, b := range w.blocks {
		size += len(b.Text)
		set[letterKey(b.Text)] = true
	}
	if size < minArticle {
		return nil
	}
	return set
}

// minArticle is the least text, in bytes, that is taken for an article.
const minArticle = 200

// letterKey returns the letters of a text without blanks, some 120 bytes, by which
// copies are recognised.
func letterKey(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r > ' ' && r != '\u00a0' {
			b.WriteRune(r)
		}
		if b.Len() > 120 {
			break
		}
	}
	return b.String()
}

// readMeta reads meta tags, JSON-LD, canonical address, <title> and <time>.
func readMeta(q *goquery.Document, p *page.Page) {
	p.Title = page.Squeeze(page.CleanText(q.Find("head title").First().Text()))
	if p.Title == "" {
		p.Title = page.Squeeze(page.CleanText(q.Find("title").First().Text()))
	}
	set := func(key, value string) {
		key, value = strings.ToLower(strings.TrimSpace(key)), page.Squeeze(page.CleanText(value))
		if key != "" && value != "" && len(value) < 2000 && p.Meta[key] == "" && len(p.Meta) < 300 {
			p.Meta[key] = value
		}
	}
	q.Find("meta").Each(func(_ int, s *goquery.Selection) {
		content := s.AttrOr("content", "")
		for _, attr := range []string{"property", "name"} {
			set(s.AttrOr(attr, ""), content)
		}
		if k := s.AttrOr("itemprop", ""); k != "" {
			set("itemprop:"+k, content)
		}
	})
	set("canonical", q.Find(`link[rel="canonical"]`).AttrOr("href", ""))
	q.Find(`[itemprop="datePublished"]`).Each(func(_ int, s *goquery.Selection) {
		set("itemprop:datepublished", s.AttrOr("datetime", s.AttrOr("content", s.Text())))
	})
	if t := q.Find("article time[datetime], main time[datetime], time[datetime][pubdate]").First(); t.Length() > 0 {
		set("time", t.AttrOr("datetime", ""))
	}
	q.Find(`script[type="application/ld+json"]`).Each(func(i int, s *goquery.Selection) {
		var v any
		if i < 20 && json.Unmarshal([]byte(s.Text()), &v) == nil {
			linkedData(v, set, 0)
		}
	})
}

// linkedData calls set with the headline, date, URL and author of the articles in a
// JSON-LD value, under keys that begin with "ld:". It stops at a depth of six.
func linkedData(v any, set func(key, value string), depth int) {
	if depth > 6 {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			linkedData(e, set, depth+1)
		}
	case map[string]any:
		if g, ok := v["@graph"]; ok {
			linkedData(g, set, depth+1)
		}
		kind := ""
		switch t := v["@type"].(type) {
		case string:
			kind = t
		case []any:
			for _, e := range t {
				if s, ok := e.(string); ok {
					kind += s
				}
			}
		}
		if !strings.Contains(kind, "Article") && !strings.Contains(kind, "Posting") && kind != "WebPage" && kind != "Report" {
			return
		}
		for _, k := range []string{"headline", "datePublished", "url"} {
			if s, ok := v[k].(string); ok && (kind != "WebPage" || k != "headline") {
				set("ld:"+k, s)
			}
		}
		author := v["author"]
		if list, ok := author.([]any); ok && len(list) > 0 {
			author = list[0]
		}
		switch a := author.(type) {
		case string:
			set("ld:author", a)
		case map[string]any:
			if s, ok := a["name"].(string); ok && a["@type"] != "Organization" {
				set("ld:author", s)
			}
		}
	}
}

// walker turns a tree into blocks.
type walker struct {
	ctx     context.Context
	blocks  []page.Block
	text    strings.Builder
	linked  int // bytes of text inside links
	level   int // heading
	item    bool
	skip    bool // inside furniture elements
	depth   int
	crossed int // open elements that strike their text through
	struck  page.Struck

	lists   []*htmlList
	marker  string         // numbers of open items before their first words: "1. a. "
	number  page.Ordinal   // the last of them
	markers map[int]marker // by block
}

func (w *walker) flush() {
	s := page.TrimLines(page.CleanText(page.Repair(w.struck.Without(w.text.String())))) // written as entities, it is not garbled before
	total := w.text.Len()
	w.text.Reset()
	w.struck = page.Struck{}
	linked := w.linked
	w.linked = 0
	if s == "" {
		return
	}
	w.mark()
	for line := range strings.SplitSeq(s, "\n") {
		w.blocks = append(w.blocks, page.Block{Text: line, Heading: w.level, Item: w.item, List: len(w.lists), Outer: w.skip, Links: linked*10 > total*8})
	}
}

// furnitureElements never contain an article.
var furnitureElements = map[atom.Atom]bool{atom.Nav: true, atom.Footer: true, atom.Aside: true, atom.Form: true, atom.Select: true, atom.Button: true, atom.Menu: true}

// furnitureNames are words of class and id of parts that are not the article.
var furnitureNames = []string{"menu", "nav", "footer", "sidebar", "breadcrumb", "related", "lien-quan", "lienquan", "comment", "share", "social", "banner", "adv", "quangcao", "counter", "thongke", "widget", "popup", "tags", "rating", "vote", "tinkhac", "tin-khac", "othernews", "other-news", "hot-news", "most-view"}

// lineBreaks are spaces in the text of a page.
var lineBreaks = strings.NewReplacer("\n", " ", "\r", " ", "\t", " ")

func (w *walker) walk(n *html.Node, inLink bool) {
	if w.depth > 4000 || w.ctx.Err() != nil {
		return
	}
	w.depth++
	defer func() { w.depth-- }()
	switch n.Type {
	case html.TextNode:
		w.write(lineBreaks.Replace(n.Data), inLink)
		return
	case html.CommentNode, html.DoctypeNode:
		return
	case html.ElementNode:
		switch n.DataAtom {
		case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Head, atom.Iframe, atom.Object, atom.Svg, atom.Textarea, atom.Title:
			return
		case atom.Br:
			w.text.WriteByte('\n')
			return
		case atom.Sup:
			w.raise(n, inLink)
			return
		case atom.Math:
			w.formula(n, inLink)
			return
		case atom.A:
			if noteLink(n) {
				w.raise(n, true)
				return
			}
		case atom.Table:
			if w.table(n) {
				return
			}
		}
	}
	block := n.Type == html.ElementNode && blockElement(n)
	savedLevel, savedItem, savedSkip, savedMarker, savedLists := w.level, w.item, w.skip, len(w.marker), len(w.lists)
	if block {
		w.flush()
		switch n.DataAtom {
		case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
			w.level = int(n.Data[1] - '0')
		case atom.Li:
			w.item = true
			savedMarker = len(w.marker) // flush wrote those of the words before
			w.openItem(n)
		}
		if isList(n) {
			w.lists = append(w.lists, newHTMLList(n))
		}
		w.skip = w.skip || furnitureElement(n)
	}
	if strikes(n) {
		w.crossed++
		defer func() { w.crossed-- }()
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.walk(c, inLink || n.DataAtom == atom.A)
	}
	if block {
		w.flush()
		w.level, w.item, w.skip = savedLevel, savedItem, savedSkip
		w.lists = w.lists[:savedLists]
		if n.DataAtom == atom.Li {
			w.marker = w.marker[:min(len(w.marker), savedMarker)] // an item without words
		}
	}
}

// formula reads a formula, which stands in the line, or in one of its own.
func (w *walker) formula(n *html.Node, inLink bool) {
	formula := htmlMath(n)
	text := mathMLText(&formula)
	if text != "" && attribute(n, "display") == "block" {
		text = "\n" + text + "\n"
	}
	w.write(text, inLink)
}

// write adds text to the line.
func (w *walker) write(text string, inLink bool) {
	w.struck.Mark(w.text.Len(), w.crossed > 0)
	w.text.WriteString(text)
	if inLink {
		w.linked += len(text)
	}
}

func furnitureElement(n *html.Node) bool {
	if furnitureElements[n.DataAtom] {
		return true
	}
	if n.DataAtom == atom.Body || n.DataAtom == atom.Html || n.DataAtom == atom.Article || n.DataAtom == atom.Main {
		return false
	}
	for _, a := range n.Attr {
		if a.Key != "class" && a.Key != "id" && a.Key != "role" {
			continue
		}
		for _, word := range strings.FieldsFunc(strings.ToLower(a.Val), func(r rune) bool { return r == ' ' || r == '_' }) {
			for _, name := range furnitureNames {
				if word == name || strings.HasPrefix(word, name+"-") || strings.HasSuffix(word, "-"+name) || len(name) > 6 && strings.Contains(word, name) {
					return true
				}
			}
		}
	}
	return false
}

func blockElement(n *html.Node) bool {
	switch n.DataAtom {
	case atom.A, atom.Abbr, atom.B, atom.Bdi, atom.Bdo, atom.Big, atom.Cite, atom.Code, atom.Data, atom.Del, atom.Dfn, atom.Em, atom.Font, atom.I, atom.Img, atom.Ins,
		atom.Kbd, atom.Label, atom.Mark, atom.Q, atom.S, atom.Samp, atom.Small, atom.Span, atom.Strike, atom.Strong, atom.Sub, atom.Sup, atom.Time, atom.Tt, atom.U, atom.Var, atom.Wbr:
		return false
	}
	// Office's own elements, <o:p> and <st1:place>, are inside words.
	return !strings.Contains(n.Data, ":") && n.Data != "graphic" && n.Data != "hi"
}

// covers is how many columns or rows a cell covers by an attribute, at least one.
func covers(cell *goquery.Selection, attribute string) int {
	n, err := strconv.Atoi(strings.TrimSpace(cell.AttrOr(attribute, "1")))
	if err != nil {
		return 1
	}
	return max(1, n)
}

// rowsAsShown returns the rows of a table in the order of the screen: the first thead stands
// above all others and the first tfoot below, wherever they are in the page.
func rowsAsShown(table *goquery.Selection) *goquery.Selection {
	rows := table.Find("tr")
	head, foot := table.Find("thead").First(), table.Find("tfoot").First()
	place := func(row *html.Node) int {
		switch {
		case slices.Contains(head.Nodes, row.Parent):
			return -1
		case slices.Contains(foot.Nodes, row.Parent):
			return 1
		}
		return 0
	}
	slices.SortStableFunc(rows.Nodes, func(a, b *html.Node) int { return place(a) - place(b) })
	return rows
}

// table reads a table of data and reports whether n is one. A table that contains
// tables, forms, headings, lists or long cells is layout, and is left to the caller.
func (w *walker) table(n *html.Node) bool {
	sel := goquery.NewDocumentFromNode(n)
	if sel.Find("table table").Length() > 0 || sel.Find("form, h1, h2, ul, ol").Length() > 0 {
		return false
	}
	if sel.Find("td").FilterFunction(func(_ int, td *goquery.Selection) bool { return len(td.Text()) > 700 }).Length() > 0 {
		return false // a page laid out as a table
	}
	rows := spreadTable{left: mostCovered}
	rowsAsShown(sel.Selection).Each(func(_ int, tr *goquery.Selection) {
		tr.ChildrenFiltered("td, th").Each(func(_ int, td *goquery.Selection) {
			in := &walker{ctx: w.ctx, depth: w.depth}
			for _, c := range td.Nodes {
				in.walk(c, false)
			}
			rows.add(linesOf(in.blocks), covers(td, "colspan"), covers(td, "rowspan"))
		})
		rows.end()
	})
	w.flush()
	sel.ChildrenFiltered("caption").Each(func(_ int, caption *goquery.Selection) {
		for _, c := range caption.Nodes {
			w.walk(c, false)
		}
	})
	for _, b := range rows.blocks() {
		w.mark()
		b.Outer = w.skip
		w.blocks = append(w.blocks, b)
	}
	return true
}

package extract

import (
	"strings"

	"nghiquyet/index"
	"nghiquyet/index/page"
)

// attributeLabels maps the folded labels of the table of attributes (thuộc tính văn
// bản) that document libraries print beside a document to fields.
var attributeLabels = func() map[string]string {
	labels := map[string]string{}
	for _, line := range printed("attributes/labels") {
		field, label, _ := strings.Cut(line, "\t")
		labels[page.Fold(label)] = field
	}
	return labels
}()

// maxAttributes bounds the lines in which the table is looked for.
const maxAttributes = 150

// attributes reads "Số hiệu: 84/2025/QĐ-UBND", or a label and its value in two
// lines or cells, into Meta as "attribute:number" and so on. A table needs two
// labels; a single one may be prose.
func (d *doc) attributes() {
	found := map[string]string{}
	var lines []string
	belowHead := false
	for i, l := range d.lines[:min(len(d.lines), maxAttributes)] {
		head := d.tableHead(i)
		if !l.long && len(l.Text) < 400 && !head && !belowHead {
			lines = append(lines, strings.Split(strings.ReplaceAll(l.Text, "\t", "\n"), "\n")...)
		}
		belowHead = head
	}
	for i, line := range lines {
		label, value, inline := strings.Cut(line, ":")
		if len(label) > 40 {
			continue
		}
		field := attributeLabels[strings.Trim(page.Fold(label), " *|-")]
		if field == "" || found[field] != "" {
			continue
		}
		if value = strings.Trim(value, " *|"); value == "" && i+1 < len(lines) {
			value = strings.Trim(lines[i+1], " *|:")
			if inline = !strings.Contains(value, ":"); !inline {
				continue
			}
		}
		switch {
		case !inline || value == "", attributeLabels[page.Fold(value)] != "":
		case field == "number" && !strings.ContainsAny(value, "0123456789"), field == "signer" && !signature(value), len(value) > 900:
		default:
			found[field] = value
		}
	}
	if len(found) < 2 {
		return
	}
	for field, value := range found {
		if field == "date" {
			if value = givenDate(value); value == "" || d.await(value) {
				continue
			}
		}
		d.meta["attribute:"+field] = value
	}
}

// tableHead reports whether line i is the head of a table: the labels of columns,
// above a row of as many cells.
func (d *doc) tableHead(i int) bool {
	if i < 0 || i+1 >= len(d.lines) {
		return false
	}
	tabs := strings.Count(d.lines[i].Text, "\t")
	if tabs == 0 || strings.Count(d.lines[i+1].Text, "\t") != tabs {
		return false
	}
	labels := 0
	for cell := range strings.SplitSeq(d.lines[i].Text, "\t") {
		if page.DigitsOf(strings.TrimLeft(cell, " ")) > 0 || len(findDays(cell)) > 0 {
			return false
		}
		if attributeLabels[strings.Trim(page.Fold(cell), " :*|-")] != "" || labelAbove(cell) != labelNone {
			labels++
		}
	}
	return labels > 1
}

// tabled is the rule that reads that table.
func tabled(field string) rule {
	return rule{"attributes", index.FromMeta, index.SureHigh, metaValue("attribute:" + field)}
}

package extract

import (
	"strings"

	"nghiquyet/index"
	"nghiquyet/index/page"
)

// attributeLabels are the labels of the table that libraries of documents
// (thuộc tính văn bản) print beside a document, folded, with the field they give.
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

// attributes reads "Số hiệu: 84/2025/QĐ-UBND" or the label and its value in two
// lines or two cells into Meta as "attribute:number" and so on. Two labels make
// a table; one may be prose.
func (d *doc) attributes() {
	found := map[string]string{}
	var lines []string
	for _, l := range d.lines[:min(len(d.lines), maxAttributes)] {
		if !l.long && len(l.Text) < 400 {
			lines = append(lines, strings.Split(strings.ReplaceAll(l.Text, "\t", "\n"), "\n")...)
		}
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
			day, ok := isoDay(value)
			if !ok || day.String() > d.today {
				continue
			}
			value = day.String()
		}
		d.meta["attribute:"+field] = value
	}
}

// tabled is the rule that reads that table.
func tabled(field string) rule {
	return rule{"attributes", index.FromMeta, index.SureHigh, metaValue("attribute:" + field)}
}

package web

import (
	"cmp"

	"nghiquyet/index"
	"nghiquyet/search/export"
)

// maxLinkedCitations bounds the citations that an article's linked data names.
const maxLinkedCitations = 50

// linked describes an article for crawlers and portals in the vocabulary of
// schema.org: as Legislation if it has a number, else as Article. Its template is a
// script of type application/ld+json, in which html/template writes values as JSON.
type linked map[string]any

// linkedOf describes an article at an address.
func linkedOf(a *index.Article, address string) linked {
	l := linked{"@context": "https://schema.org", "@type": "Article", "@id": address, "url": address, "inLanguage": "vi", "headline": clip(export.Plain(a.Title), maxTitle)}
	put := func(name string, value index.Maybe, of string) {
		switch {
		case value == "":
		case of == "":
			l[name] = string(value)
		default:
			l[name] = linked{"@type": of, "name": string(value)}
		}
	}
	if a.Number != "" {
		l["@type"] = "Legislation"
		l["name"] = l["headline"]
		delete(l, "headline") // of creative works that are articles
		put("legislationIdentifier", a.Number, "")
		put("legislationType", a.Kind, "")
		put("legislationDate", a.TrustedDate(), "")
		put("legislationPassedBy", a.Issuer, "Organization")
	} else {
		put("articleSection", a.Kind, "")
	}
	put("datePublished", a.TrustedDate(), "")
	put("dateModified", a.Updated, "")
	put("author", a.Author, "Person")
	put("publisher", a.Source, "Organization")
	put("spatialCoverage", cmp.Or(a.Province.Now, a.Province.Then), "AdministrativeArea")
	put("sameAs", index.Maybe(export.WebAddress(string(a.URL))), "")
	if len(a.Topics) > 0 {
		l["keywords"] = a.Topics
	}
	var cited []linked
	seen := map[string]bool{}
	for _, c := range a.Citations {
		if !seen[c.Key] && len(cited) < maxLinkedCitations {
			cited = append(cited, linked{"@type": "Legislation", "name": c.Text})
		}
		seen[c.Key] = true
	}
	if cited != nil {
		l["citation"] = cited
	}
	return l
}

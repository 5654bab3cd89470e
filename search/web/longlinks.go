package web

import (
	"bytes"
	"net/url"
	"regexp"
)

// A page links each of its facts to the same query with one filter more or less: a
// dashboard has a thousand links. Only some of them repeat a query of kilobytes;
// the others have no address, and the page says so.
const (
	longAddress = 1000 // bytes of an encoded question, or of a link, that are long
	longLinks   = 24   // at the beginning of a page, and as many at its end
)

// longAsked reports whether a query makes long links.
func longAsked(text string) bool { return len(url.QueryEscape(text)) > longAddress }

// anyLink finds the address of a link.
var anyLink = regexp.MustCompile(`(<a\b[^>]*?) href="([^"]*)"`)

// longAddresses counts the long addresses of all elements of a page. It costs little, and
// few pages have any.
func longAddresses(page []byte) (n int) {
	for {
		_, rest, found := bytes.Cut(page, []byte(` href="`))
		if !found {
			return n
		}
		address, after, _ := bytes.Cut(rest, []byte(`"`))
		if len(address) > longAddress {
			n++
		}
		page = after
	}
}

// cutLinks removes the address from the long links of a page, except the first and
// the last ones: those around the answer and those of the navigation.
func cutLinks(page []byte) []byte {
	if longAddresses(page) <= 2*longLinks {
		return page
	}
	n := 0
	for _, at := range anyLink.FindAllSubmatchIndex(page, -1) {
		if at[5]-at[4] > longAddress {
			n++
		}
	}
	if n <= 2*longLinks {
		return page
	}
	nth := 0
	return anyLink.ReplaceAllFunc(page, func(link []byte) []byte {
		at := anyLink.FindSubmatchIndex(link)
		if at[5]-at[4] <= longAddress {
			return link
		}
		nth++
		if nth <= longLinks || nth > n-longLinks {
			return link
		}
		return link[at[2]:at[3]]
	})
}

package pagetest

import "fmt"

// CrawlDay is when the pages of [Response] were fetched.
const CrawlDay = "2026-11-20T01:02:03Z"

// Record is a record of a crawl: header lines without the length, and a block.
func Record(head, block string) string {
	return fmt.Sprintf("WARC/1.1\r\n%sContent-Length: %d\r\n\r\n%s\r\n\r\n", head, len(block), block)
}

// Captured is a record of a kind (response, conversion, …) with a media type.
func Captured(kind, url, date, media, block string) string {
	return Record(fmt.Sprintf("WARC-Type: %s\r\nWARC-Target-URI: %s\r\nWARC-Date: %s\r\nContent-Type: %s\r\n", kind, url, date, media), block)
}

// Response is the answer of a server as a record of a crawl. head are header
// lines of HTTP, each with its end.
func Response(url, status, head, body string) string {
	return Captured("response", url, CrawlDay, "application/http; msgtype=response", "HTTP/1.1 "+status+"\r\n"+head+"\r\n"+body)
}

// Fetched is a page in HTML that was fetched at a time.
func Fetched(url, date, body string) string {
	return Captured("response", url, date, "application/http; msgtype=response", "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"+body)
}

package places

import (
	"regexp"
	"strings"

	"nghiquyet/analyzers/vi"
	"nghiquyet/index"
)

// spoken writes an address as Find reads it: capitals between spaces.
func spoken(url string) string {
	if _, path, ok := strings.Cut(url, "://"); ok {
		_, url, _ = strings.Cut(path, "/")
	}
	return strings.ToUpper(strings.ReplaceAll(vi.Slug(url), "-", " "))
}

// siteHost is a host of Viet Nam in an address, a text or a mailbox.
var siteHost = regexp.MustCompile(`(?i)[a-z0-9-]+(?:\.[a-z0-9-]+)*\.vn\b`)

// maxHosts bounds how many hosts of a part are looked at.
const maxHosts = 50

// hosts counts the provinces that sites are named after: dongthap.gov.vn,
// tinhuyquangtri.vn, toasoan@baogialai.com.vn.
func (w *weighed) hosts(text, from string) {
	for _, host := range siteHost.FindAllString(text, maxHosts) {
		for _, label := range strings.Split(strings.ToLower(host), ".") {
			if name, ok := siteProvince(label); ok {
				w.tally(w.provinces, from, w.then(name)).add(Mention{Role: RolePress}, weights[RoleLocal], false, clipLine(host))
				break
			}
		}
	}
}

// sitePrefixes are what the names of local sites put before the province's.
var sitePrefixes = []string{"", "bao", "tinhuy", "thanhuy", "tinhdoan", "dangbo", "dangcongsan", "dukcq", "dbnd", "ubnd", "hdnd", "truongchinhtri", "bantuyengiao", "tuyengiao", "xaydungdang", "mattran"}

func siteProvince(label string) (name string, ok bool) {
	label = strings.ReplaceAll(label, "-", "")
	for _, prefix := range sitePrefixes {
		if rest, found := strings.CutPrefix(label, prefix); found && len(rest) > 2 {
			if name, ok = tables().provinceKey[rest]; ok && name != index.National {
				return name, true
			}
		}
	}
	return "", false
}

// clipLine bounds an address.
func clipLine(s string) string {
	return strings.ToValidUTF8(s[:min(len(s), lineSize)], "")
}

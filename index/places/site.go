package places

import (
	"regexp"
	"slices"
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

// hosts counts the provinces after which sites are named (dongthap.gov.vn,
// toasoan@baogialai.com.vn), and records the district of a district's site
// (tuyphong.binhthuan.dcs.vn).
func (w *weighed) hosts(text, from string) {
	for _, host := range siteHost.FindAllString(text, maxHosts) {
		labels := strings.Split(strings.ToLower(strings.ReplaceAll(host, "-", "")), ".")
		named := false
		for i, label := range labels {
			name, ok := siteProvince(label)
			if !ok {
				continue
			}
			named = true
			t := w.tally(w.provinces, from, w.then(name))
			t.add(Mention{Role: RolePress}, weights[RoleLocal], false, clipLine(host))
			t.site = true
			for _, d := range tables().allDistricts {
				if i > 0 && from == index.FromURL && d.Province == name && lookupKey(d.Slug) == labels[i-1] {
					w.siteDistrict, w.in[d.Name] = d.Name, d.Province
				}
			}
			break
		}
		if d, ok := siteDistrict(labels); !named && ok && from == index.FromURL {
			w.siteDistrict, w.in[d.Name] = d.Name, d.Province
			w.tally(w.provinces, from, w.then(provinceOn(d.Name, d.Province, w.date))).add(Mention{Role: RolePress}, weights[RoleLocal], false, clipLine(host))
		}
	}
}

// siteDistrict returns the district that a label of a host is named after, if
// no other has the name: sonduong.halongcity.gov.vn, cualo.vn.
func siteDistrict(labels []string) (d District, ok bool) {
	for _, label := range slices.Backward(labels) {
		for _, prefix := range []string{"huyenuy", "thanhuy", "thiuy", "ubnd", "huyen", "thixa", "tp", "tx"} {
			label = strings.TrimPrefix(label, prefix)
		}
		label = strings.TrimSuffix(label, "city")
		if names := tables().districtKey[label]; len(label) >= shortKey && len(names) == 1 && !AmbiguousDistrict(names[0]) {
			return Districts(names[0])[0], true
		}
	}
	return District{}, false
}

// shortKey is the fewest letters of a district's name in a host.
const shortKey = 5

// sitePrefixes and siteSuffixes are the parts of local sites' names before and
// after the province's.
var (
	sitePrefixes = []string{"", "bao", "tinhuy", "thanhuy", "tinhdoan", "dangbo", "dangbokhoi", "dangcongsan", "dukcq", "dbnd", "ubnd", "hdnd",
		"truongchinhtri", "bantuyengiao", "tuyengiao", "xaydungdang", "mattran", "congan", "dai", "daipthh"}
	siteSuffixes = []string{"", "tv", "ptth", "online", "dientu", "24h", "city", "portal"}
)

// siteProvince returns the province that a label of a host is named after.
func siteProvince(label string) (name string, ok bool) {
	if len(label) > maxLabel {
		return "", false
	}
	for _, prefix := range sitePrefixes {
		rest, found := strings.CutPrefix(label, prefix)
		if !found {
			continue
		}
		for _, suffix := range siteSuffixes {
			key, found := strings.CutSuffix(rest, suffix)
			if !found || len(key) < 3 {
				continue
			}
			if name, ok = tables().siteKey[key]; ok {
				return name, true
			}
		}
	}
	for at := 1; len(label)-at >= longKey; at++ { // vanhoanghean, truyenhinhthanhhoa
		if name, ok = tables().siteKey[label[at:]]; ok && !wordNames[name] {
			return name, true
		}
	}
	return "", false
}

// maxLabel is the longest label of a host, in bytes (RFC 1035).
const maxLabel = 63

// longKey is the fewest letters of a province's name that count at the end of a
// label of a host; wordNames are names that are also persons' names or words.
const longKey = 6

var wordNames = map[string]bool{"Hồ Chí Minh": true, "Hòa Bình": true}

// clipLine bounds an address.
func clipLine(s string) string {
	return strings.ToValidUTF8(s[:min(len(s), lineSize)], "")
}

#!/usr/bin/env bash
# Package: golang.org/x/net v0.62.0 (Go module), its package publicsuffix, which has the Public
# Suffix List, 2026-11-30.
# Behaviour: the names of the 63 provinces before July 2025 are public suffixes below .vn, like
# com.vn. Two hosts below gialai.vn are therefore two sites that have nothing to do with each
# other, and gialai.vn itself has no site: asking for it is an error. Huế, the name of a city
# of the centre since 2025, is not in the list (thuathienhue is), so that all hosts below hue.vn
# are one site, as all below gialai.gov.vn are.
# Output seen:
#   suffixes: 63 of 63
#   congbao.gialai.vn: congbao.gialai.vn
#   www.gialai.vn: www.gialai.vn
#   gialai.vn: error
#   congbao.hue.vn: hue.vn
#   www.hue.vn: hue.vn
#   congbao.gialai.gov.vn: gialai.gov.vn
# Meaning for users: crawlers limit their requests and choose what belongs together by site.
# The same set of hosts is many sites in one province and one site in the next.
# Consequence here: nothing is grouped by site; the source of a page is its host without www.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
cat >go.mod <<'MOD'
module finding

go 1.26

require golang.org/x/net v0.62.0
MOD
cat >main.go <<'GO'
package main

import (
	"fmt"
	"strings"

	"golang.org/x/net/publicsuffix"
)

const provinces = "angiang bacgiang backan baclieu bacninh baria-vungtau bentre binhdinh binhduong binhphuoc binhthuan camau cantho " +
	"caobang daklak daknong danang dienbien dongnai dongthap gialai hagiang haiduong haiphong hanam hanoi hatinh haugiang hoabinh " +
	"hungyen khanhhoa kiengiang kontum laichau lamdong langson laocai longan namdinh nghean ninhbinh ninhthuan phutho phuyen quangbinh " +
	"quangnam quangngai quangninh quangtri soctrang sonla tayninh thaibinh thainguyen thanhhoa thanhphohochiminh thuathienhue " +
	"tiengiang travinh tuyenquang vinhlong vinhphuc yenbai"

func main() {
	all, listed := strings.Fields(provinces), 0
	for _, name := range all {
		if suffix, _ := publicsuffix.PublicSuffix("www." + name + ".vn"); suffix == name+".vn" {
			listed++
		}
	}
	fmt.Printf("suffixes: %d of %d\n", listed, len(all))
	for _, host := range []string{"congbao.gialai.vn", "www.gialai.vn", "gialai.vn", "congbao.hue.vn", "www.hue.vn", "congbao.gialai.gov.vn"} {
		site, err := publicsuffix.EffectiveTLDPlusOne(host)
		if err != nil {
			site = "error"
		}
		fmt.Printf("%s: %s\n", host, site)
	}
}
GO
go mod tidy >/dev/null 2>&1
seen=$(go run .)
echo "$seen"
want='suffixes: 63 of 63
congbao.gialai.vn: congbao.gialai.vn
www.gialai.vn: www.gialai.vn
gialai.vn: error
congbao.hue.vn: hue.vn
www.hue.vn: hue.vn
congbao.gialai.gov.vn: gialai.gov.vn'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi

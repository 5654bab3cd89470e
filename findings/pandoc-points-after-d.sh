#!/usr/bin/env bash
# Package: pypandoc_binary 1.17 (pandoc 3.9), beside docutils 0.23 (PyPI), 2026-11-30.
# Behaviour: the points of a Vietnamese clause are a) b) c) d) đ) e) g) h) i) k), without f and
# j. pandoc reads them in Markdown as a list of which only the first letter counts. đ) is text
# for it, e) begins a new list, and the rest is lettered anew: g) is written f), h) is g), i) is
# h). In HTML the letters are gone and only the start of each list is left. docutils, which
# reads the same text as reStructuredText, begins a new list at each gap, and all stay right.
# Output seen:
#   pandoc: a) một b) hai c) ba d) bốn đ) năm e) sáu f) bảy g) tám h) chín i) mười
#   docutils, starts of lists: 5 sáu, 7 bảy, 11 mười
# Meaning for users: "điểm g khoản 2" is the address of a rule. Web pages and Word files that
# are made from Markdown have another rule at it, and points up to e) look right.
# Consequence here: index/read leaves such lines of Markdown as they are written.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m pip install -q --no-compile --target lib pypandoc_binary==1.17 docutils==0.23
seen=$(PYTHONPATH=lib python3 - <<'PY'
import re
import docutils.core
import pypandoc

points = "a) một,b) hai,c) ba,d) bốn,đ) năm,e) sáu,g) bảy,h) tám,i) chín,k) mười".split(",")
text = "\n\n".join(["Khoản 2", *points]) + "\n"
plain = pypandoc.convert_text(text, "plain", format="markdown")
print("pandoc:", " ".join(plain.split()).removeprefix("Khoản 2 "))
page = docutils.core.publish_string(text, writer="html5", settings_overrides={"report_level": 5, "output_encoding": "unicode"})
starts = re.findall(r'<ol[^>]* start="(\d+)"[^>]*>\s*<li><p>([^<]*)', page)
print("docutils, starts of lists:", ", ".join(" ".join(start) for start in starts))
PY
)
echo "$seen"
want='pandoc: a) một b) hai c) ba d) bốn đ) năm e) sáu f) bảy g) tám h) chín i) mười
docutils, starts of lists: 5 sáu, 7 bảy, 11 mười'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi

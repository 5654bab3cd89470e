#!/usr/bin/env bash
# Packages: trafilatura 2.3.1 (with lxml_html_clean 0.4.6) and inscriptis 2.7.6, beside html2text
# 2025.4.15 (PyPI); html-to-text 10.0.1 and turndown 7.2.5 (npm), 2026-12-01.
# Behaviour: of a page on which a figure is crossed out and the valid one stands beside it, as drafts
# of laws are published, four converters write both without a sign or a space between: 300 and
# 400 million are 300400 million, 5 and 7 % are 57 %. They do so too where the page says by <del>
# that the text is deleted. trafilatura knows it: asked for Markdown it marks the text, and in the
# plain text that it gives by itself it does not. html2text marks it, with a space.
# Output seen:
#   trafilatura: Thu quý ba: 300400 triệu đồng, tăng 57%
#   trafilatura, Markdown: Thu quý ba: ~~300~~400 triệu đồng, tăng ~~5~~7%
#   inscriptis: Thu quý ba: 300400 triệu đồng, tăng 57%
#   html2text: Thu quý ba: ~~300~~ 400 triệu đồng, tăng ~~5~~ 7%
#   html-to-text: Thu quý ba: 300400 triệu đồng, tăng 57%
#   turndown: Thu quý ba: 300400 triệu đồng, tăng 57%
# Meaning for users: the figure is in no version of the page, and nothing shows that it is two.
# Consequence here: crossed out text is left out beside what replaces it, in every format
# (index/page, Struck).
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install -q trafilatura==2.3.1 lxml_html_clean==0.4.6 inscriptis==2.7.6 html2text==2025.4.15 2>pip.log || { cat pip.log; exit 1; }
npm init -y >npm.log
npm install --silent --no-audit --no-fund html-to-text@10.0.1 turndown@7.2.5 >>npm.log
cat >page.html <<'HTML'
<html><body><article><h1>Báo cáo thu ngân sách xã</h1>
<p>Thu quý ba: <s>300</s>400 triệu đồng, tăng <del>5</del><ins>7</ins>%. Các chi bộ đã sinh hoạt, quán triệt nội dung và phân công nhiệm vụ cho từng đảng viên trong toàn xã.</p>
<p>Đảng ủy phân công cấp ủy viên phụ trách từng khu dân cư, hằng quý báo cáo kết quả với Ban Thường vụ để kịp thời chỉ đạo.</p></article></body></html>
HTML
cat >convert.py <<'PY'
import html2text
import inscriptis
import trafilatura

page = open("page.html", encoding="utf-8").read()
for name, text in {
    "trafilatura": trafilatura.extract(page),
    "trafilatura, Markdown": trafilatura.extract(page, output_format="markdown"),
    "inscriptis": inscriptis.get_text(page),
    "html2text": html2text.html2text(page),
}.items():
    print(f"{name}: {text[text.index('Thu quý') :].partition('.')[0]}")
PY
cat >convert.cjs <<'JS'
const { readFileSync } = require("fs");
const { convert } = require("html-to-text");
const Turndown = require("turndown");

const page = readFileSync("page.html", "utf8");
const show = (name, text) => console.log(`${name}: ${text.slice(text.indexOf("Thu quý")).split(".")[0]}`);
show("html-to-text", convert(page, { wordwrap: false }));
show("turndown", new Turndown().turndown(page));
JS
seen=$(venv/bin/python convert.py
node convert.cjs)
echo "$seen"
want='trafilatura: Thu quý ba: 300400 triệu đồng, tăng 57%
trafilatura, Markdown: Thu quý ba: ~~300~~400 triệu đồng, tăng ~~5~~7%
inscriptis: Thu quý ba: 300400 triệu đồng, tăng 57%
html2text: Thu quý ba: ~~300~~ 400 triệu đồng, tăng ~~5~~ 7%
html-to-text: Thu quý ba: 300400 triệu đồng, tăng 57%
turndown: Thu quý ba: 300400 triệu đồng, tăng 57%'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi

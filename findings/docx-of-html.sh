#!/usr/bin/env bash
# Packages: html-docx-js 0.3.1 (npm), which writes the file; python-docx 1.2.0, docx2txt 0.9,
# mammoth 1.13.0 and pypandoc_binary 1.17 (pandoc 3.9) (PyPI), word-extractor 1.0.4 and
# officeparser 8.1.1 (npm), which read it; 2026-11-30.
# Behaviour: the writer makes a Word file whose document is a single w:altChunk, a reference
# to the page in the package (word/afchunk.mht), which Word shows as if it were typed. Of
# the six readers only officeparser follows it; the others give an empty text and no error.
# Output seen, the length of each text:
#   in the package: True
#   python-docx 0, docx2txt 0, mammoth 0, pandoc 0
#   word-extractor 0, officeparser 49
# Meaning for users: web systems for incoming and outgoing documents have a button "export to
# Word", and this package is the simplest for it. The files open in Word; an index made
# with a reader has them without a word, and nobody is told.
# Consequence here: index/read reads the page that such a file contains; a test has one.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install -q python-docx==1.2.0 docx2txt==0.9 mammoth==1.13.0 pypandoc_binary==1.17
npm init -y >/dev/null
npm install --silent --no-audit --no-fund html-docx-js@0.3.1 word-extractor@1.0.4 officeparser@8.1.1 >/dev/null 2>&1
cat >write.cjs <<'JS'
const { asBlob } = require('html-docx-js');

const page = '<!DOCTYPE html><html><head><meta charset="utf-8"></head><body><p>Nghị quyết số 35-NQ/TW, kinh phí 1.250 triệu đồng</p></body></html>';
(async () => {
  const written = asBlob(page);
  require('fs').writeFileSync('page.docx', Buffer.from(written.arrayBuffer ? await written.arrayBuffer() : written));
})();
JS
cat >read.py <<'PY'
import zipfile

import docx
import docx2txt
import mammoth
import pypandoc

with zipfile.ZipFile("page.docx") as package:
    print("in the package:", "1.250" in package.read("word/afchunk.mht").decode())
with open("page.docx", "rb") as file:
    texts = {
        "python-docx": "".join(p.text for p in docx.Document("page.docx").paragraphs),
        "docx2txt": docx2txt.process("page.docx"),
        "mammoth": mammoth.extract_raw_text(file).value,
        "pandoc": pypandoc.convert_file("page.docx", "plain", format="docx"),
    }
print(", ".join(f"{name} {len(text.strip())}" for name, text in texts.items()))
PY
cat >read.cjs <<'JS'
const WordExtractor = require('word-extractor');
const { parseOffice } = require('officeparser');

(async () => {
  const word = (await new WordExtractor().extract('page.docx')).getBody();
  const office = (await (await parseOffice('page.docx')).to('text')).value;
  console.log(`word-extractor ${word.trim().length}, officeparser ${office.trim().length}`);
})();
JS
node write.cjs
seen=$(venv/bin/python read.py
node read.cjs)
echo "$seen"
want='in the package: True
python-docx 0, docx2txt 0, mammoth 0, pandoc 0
word-extractor 0, officeparser 49'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi

#!/usr/bin/env bash
# Packages: python-docx 1.2.0, docx2txt 0.9 and mammoth 1.13.0 (PyPI), word-extractor 1.0.4
# and officeparser 8.1.1 (npm), 2026-11-30.
# Behaviour: what was typed into a formula of Word is left out, or becomes another number.
# Of "1/2" three libraries give nothing; word-extractor gives 12, officeparser \frac12. Of
# 10 to the fifth word-extractor gives 105. Text around the formula is complete, and nothing
# is said.
# Output seen:
#   python-docx: Mức hưởng của lương, tối đa đồng
#   docx2txt: Mức hưởng của lương, tối đa đồng
#   mammoth: Mức hưởng của lương, tối đa đồng
#   word-extractor: Mức hưởng 12 của lương, tối đa 105 đồng
#   officeparser: Mức hưởng \frac12 của lương, tối đa {10}^5 đồng
# Meaning for users: circulars state shares, pensions and ceilings as formulas, and Word
# makes one of 1/2 when Alt+= was typed before it. The share is what a reader looks for.
# Consequence here: index/read writes 1/2 and 10^5; a test has both.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install -q python-docx==1.2.0 docx2txt==0.9 mammoth==1.13.0
npm init -y >/dev/null
npm install --silent --no-audit --no-fund word-extractor@1.0.4 officeparser@8.1.1 >/dev/null
cat >main.cjs <<'JS'
const Extractor = require('word-extractor');
const { parseOffice } = require('officeparser');

const line = (text) => text.replace(/\s+/g, ' ').trim();
(async () => {
  console.log('word-extractor:', line((await new Extractor().extract('pay.docx')).getBody()));
  console.log('officeparser:', line((await (await parseOffice('pay.docx')).to('text')).value));
})();
JS
seen=$(venv/bin/python - <<'PY'
import docx2txt
import mammoth
from docx import Document
from docx.oxml import parse_xml

OPEN = "http://schemas.openxmlformats.org"
run = lambda text: f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'
sign = lambda name, text: f"<m:{name}><m:r><m:t>{text}</m:t></m:r></m:{name}>"
half = f'<m:oMath><m:f>{sign("num", "1")}{sign("den", "2")}</m:f></m:oMath>'
power = f'<m:oMath><m:sSup>{sign("e", "10")}{sign("sup", "5")}</m:sSup></m:oMath>'
document = Document()
document.element.body.insert(0, parse_xml(
    f'<w:p xmlns:w="{OPEN}/wordprocessingml/2006/main" xmlns:m="{OPEN}/officeDocument/2006/math">'
    f'{run("Mức hưởng ")}{half}{run(" của lương, tối đa ")}{power}{run(" đồng")}</w:p>'))
document.save("pay.docx")

line = lambda text: " ".join(text.split())
print("python-docx:", line(Document("pay.docx").paragraphs[0].text))
print("docx2txt:", line(docx2txt.process("pay.docx")))
print("mammoth:", line(mammoth.extract_raw_text("pay.docx").value))
PY
node main.cjs)
echo "$seen"
want='python-docx: Mức hưởng của lương, tối đa đồng
docx2txt: Mức hưởng của lương, tối đa đồng
mammoth: Mức hưởng của lương, tối đa đồng
word-extractor: Mức hưởng 12 của lương, tối đa 105 đồng
officeparser: Mức hưởng \frac12 của lương, tối đa {10}^5 đồng'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi

#!/usr/bin/env bash
# Package: ftfy 6.3.1 (PyPI), which collections of text for language models are cleaned with,
# 2026-11-30.
# Behaviour: right text is taken for text that was decoded wrongly, and "repaired". A word in
# capitals that ends in Ã before a closing quotation mark loses both, and becomes another
# word: “XÃ” (commune) is "XÔ (vehicle), “MÃ” (code) is "MÔ. Before a space that does not break,
# as typists put it into names, XÃ and the space are Xà. The letters of capitals that are not
# at such a place, and small letters, stay. ftfy.fix_and_explain names the step.
# Output seen:
#   Mô hình “XÃ” và “PHƯỜNG” -> Mô hình "XÔ và "PHƯỜNG"
#   “DÂN CHỦ Ở XÃ” -> "DÂN CHỦ Ở XÔ
#   ĐẢNG BỘ XÃ_ĐỒNG TÂM -> ĐẢNG BỘ XàĐỒNG TÂM (_ is U+00A0)
#   “Dân chủ ở xã” -> "Dân chủ ở xã"
#   step: decode_inconsistent_utf8
# Meaning for users: titles and slogans of the Party's committees in communes are in capitals
# and in quotation marks. The word is right in most lines and wrong at the end of a slogan.
# Consequence here: text is not repaired by guesses; it is converted where a font or a page
# states that it is not Unicode, and index/read keeps these lines.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m pip install -q --no-compile --target lib ftfy==6.3.1
seen=$(PYTHONPATH=lib python3 - <<'PY'
import ftfy

for text in ("Mô hình “XÃ” và “PHƯỜNG”", "“DÂN CHỦ Ở XÃ”", "ĐẢNG BỘ XÃ\u00a0ĐỒNG TÂM", "“Dân chủ ở xã”"):
    fixed = ftfy.fix_text(text)
    print(text.replace("\u00a0", "_"), "->", fixed.replace("\u00a0", "_"))
steps = ftfy.fix_and_explain("“XÃ”").explanation
print("step:", ", ".join(step.parameter for step in steps if step.parameter.startswith("decode")))
PY
)
echo "$seen"
want='Mô hình “XÃ” và “PHƯỜNG” -> Mô hình "XÔ và "PHƯỜNG"
“DÂN CHỦ Ở XÃ” -> "DÂN CHỦ Ở XÔ
ĐẢNG BỘ XÃ_ĐỒNG TÂM -> ĐẢNG BỘ XàĐỒNG TÂM
“Dân chủ ở xã” -> "Dân chủ ở xã"
step: decode_inconsistent_utf8'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi

#!/usr/bin/env bash
# Package: pypandoc_binary 1.17 (pandoc 3.9, PyPI), with striprtf 0.0.35, 2026-11-30.
# Behaviour: of RTF, the character after each Vietnamese letter is left out where the sign
# for old programs is written as itself, \u7883?, as WordPad and most libraries do: spaces,
# letters and figures are lost, and 1.250 after "ỉ" is .250. With the sign as a code
# (\u7883\'3f), as Word writes it, nothing is lost. No warning is given. English text has no
# such letters and is always read well.
# Output seen:
#   pandoc, ?: Nghịquyế số35: tỉ.250
#   pandoc, \'3f: Nghị quyết số 35: tỉ1.250
#   striprtf, ?: Nghị quyết số 35: tỉ1.250
# Meaning for users: RTF from office systems and mail programs becomes text without the
# ends of its syllables; no search finds them, and figures lose their first digit.
# Consequence here: index/read reads both ways.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q pypandoc_binary==1.17 striprtf==0.0.35
seen=$("$dir/venv/bin/python" - 2>/dev/null <<'PY'
import pypandoc
from striprtf.striprtf import rtf_to_text

def rtf(text, sign):
    letters = "".join(c if c.isascii() else f"\\u{ord(c)}{sign}" for c in text)
    return r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fnil\fcharset0 Arial;}}\uc1\pard\f0\fs28 " + letters + r"\par}"

text = "Nghị quyết số 35: tỉ1.250"
for sign in ("?", r"\'3f"):
    print(f"pandoc, {sign}:", pypandoc.convert_text(rtf(text, sign), "plain", format="rtf").strip())
print("striprtf, ?:", rtf_to_text(rtf(text, "?")).strip())
PY
)
echo "$seen"
want="pandoc, ?: Nghịquyế số35: tỉ.250
pandoc, \\'3f: Nghị quyết số 35: tỉ1.250
striprtf, ?: Nghị quyết số 35: tỉ1.250"
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi

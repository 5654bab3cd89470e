#!/usr/bin/env bash
# Package: email-reply-parser 0.5.12 (PyPI), 2026-11-30.
# Behaviour: a line that begins with a hyphen and a letter or a digit is taken for the
# beginning of a signature, and it and all lines up to the next quotation are left out
# of the reply: the lists of a Vietnamese letter, "-Thời gian: ..." (time), and changes
# below zero, "-5%". With a space after the hyphen the lines are kept. The header of a quotation in
# Vietnamese ("... đã viết:") is kept as words of the sender.
# Output seen:
#   'Kính gửi các đồng chí,\n\nNội dung họp:'
#   'Nội dung họp:\n\n- Báo cáo quý III\n- Kinh phí 1.250 triệu đồng'
#   'Kết quả:'
# Meaning for users: invitations and reports by mail are lists of such lines. What is
# stored of them is the greeting; time, place, figures are gone, and no error tells so.
# Consequence here: index/read keeps such lines.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q email-reply-parser==0.5.12
seen=$("$dir/venv/bin/python" - <<'PY'
from email_reply_parser import EmailReplyParser

for letter in ("Kính gửi các đồng chí,\n\nNội dung họp:\n\n-Báo cáo quý III\n-Kinh phí 1.250 triệu đồng\n",
               "Nội dung họp:\n\n- Báo cáo quý III\n- Kinh phí 1.250 triệu đồng\n",
               "Kết quả:\n\n-5% so với năm 2019\n"):
    print(repr(EmailReplyParser.parse_reply(letter)))
PY
)
echo "$seen"
want="'Kính gửi các đồng chí,\n\nNội dung họp:'
'Nội dung họp:\n\n- Báo cáo quý III\n- Kinh phí 1.250 triệu đồng'
'Kết quả:'"
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi

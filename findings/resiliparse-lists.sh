#!/usr/bin/env bash
# Package: Resiliparse 2.0.1 (PyPI), its extract_plain_text with main_content, by which large
# collections of text for language models were made, 2026-11-30.
# Behaviour: a list with bullets (<ul>) in the middle of an article is left out, however long
# its sentences are and although it has no links; the sentence that announces it and the
# paragraphs around it stay. A list with numbers (<ol>) of the same items stays. The
# element <article> or <main> around the text does not help. Without main_content all is
# there.
# Output seen:
#   ul: 0 of 2 targets, 3 of 3 paragraphs
#   ol: 2 of 2 targets, 3 of 3 paragraphs
#   ul in <article>: 0 of 2 targets, 3 of 3 paragraphs
#   ul, main_content=False: 2 of 2 targets, 3 of 3 paragraphs
# Meaning for users: the targets of a resolution are such a list on most portals. What is left
# says "the targets are as follows" and goes on with the next chapter.
# Consequence here: index/read reads lists like paragraphs, and index/extract keeps them.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install -q Resiliparse==2.0.1
seen=$(venv/bin/python - <<'PY'
from resiliparse.extract.html2text import extract_plain_text

paragraphs = [
    "Ban Chấp hành Đảng bộ tỉnh yêu cầu các cấp ủy, tổ chức đảng tiếp tục thực hiện nghiêm túc nghị quyết về phát triển kinh tế.",
    "Các chỉ tiêu đến năm 2025 như sau:",
    "Ban Thường vụ lãnh đạo việc xây dựng kế hoạch thực hiện, kiểm tra hằng năm và báo cáo kết quả với Ban Chấp hành.",
]
targets = [
    "Đến năm 2025, tỷ lệ hộ nghèo theo chuẩn mới của toàn tỉnh giảm còn dưới 5,5%, không còn hộ đói.",
    "Đến năm 2025, thu ngân sách trên địa bàn tỉnh đạt trên 12.500 tỷ đồng, tăng bình quân 10,5% mỗi năm.",
]


def show(name, kind, around="div", **options):
    items = "".join(f"<li>{target}</li>" for target in targets)
    before, announced, after = (f"<p>{paragraph}</p>" for paragraph in paragraphs)
    html = f"<html><body><{around}><h1>Nghị quyết</h1>{before}{announced}<{kind}>{items}</{kind}>{after}</{around}></body></html>"
    text = extract_plain_text(html, **{"main_content": True, **options})
    found = [sum(part in text for part in parts) for parts in (targets, paragraphs)]
    print(f"{name}: {found[0]} of {len(targets)} targets, {found[1]} of {len(paragraphs)} paragraphs")


show("ul", "ul")
show("ol", "ol")
show("ul in <article>", "ul", around="article")
show("ul, main_content=False", "ul", main_content=False)
PY
)
echo "$seen"
want='ul: 0 of 2 targets, 3 of 3 paragraphs
ol: 2 of 2 targets, 3 of 3 paragraphs
ul in <article>: 0 of 2 targets, 3 of 3 paragraphs
ul, main_content=False: 2 of 2 targets, 3 of 3 paragraphs'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi

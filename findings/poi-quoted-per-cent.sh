#!/usr/bin/env bash
# Package: org.apache.poi:poi 5.5.1 (Maven), its DataFormatter, 2026-11-30.
# Behaviour: a per cent sign in quotes, by which a format writes the sign behind a number
# that already is a percentage, is taken for the sign that multiplies: 12,5 % is shown as
# 1250,0 %. A unit in quotes behind the commas that scale a number ("triệu", million;
# "tỷ", billion) makes the format unusable, and the stored number is shown without its
# unit; without the word the commas work. With the Vietnamese locale, separators are
# right.
# Output seen:
#   12.5 as 0.0" %": 1250,0 %
#   0.125 as 0.0%: 12,5%
#   1.25E9 as #,##0,," triệu": 1250000000
#   1.25E9 as #,##0,,: 1.250
# Meaning for users: office workbooks store 12,5 and show "12,5 %" far more often than
# they store 0,125. Readers built on POI make shares of 1250 % of them; columns of
# millions lose the word that the heading relies on.
# Consequence here: index/read compares what is shown with the stored number.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
cat >pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.apache.poi</groupId><artifactId>poi</artifactId><version>5.5.1</version></dependency>
  </dependencies>
</project>
XML
cat >Shown.java <<'JAVA'
import java.util.Locale;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.DataFormatter;
import org.apache.poi.ss.usermodel.Workbook;

public class Shown {
  public static void main(String[] args) throws Exception {
    show(12.5, "0.0\" %\"");
    show(0.125, "0.0%");
    show(1.25e9, "#,##0,,\" triệu\"");
    show(1.25e9, "#,##0,,");
  }

  static void show(double value, String format) throws Exception {
    try (Workbook book = new HSSFWorkbook()) {
      Cell cell = book.createSheet().createRow(0).createCell(0);
      cell.setCellValue(value);
      CellStyle style = book.createCellStyle();
      style.setDataFormat(book.createDataFormat().getFormat(format));
      cell.setCellStyle(style);
      System.out.println(value + " as " + format + ": " + new DataFormatter(Locale.forLanguageTag("vi-VN")).formatCellValue(cell));
    }
  }
}
JAVA
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib >/dev/null 2>&1
seen=$(java -Dstdout.encoding=UTF-8 -Dfile.encoding=UTF-8 -cp "lib/*" Shown.java 2>/dev/null | grep -v Log4j)
echo "$seen"
want='12.5 as 0.0" %": 1250,0 %
0.125 as 0.0%: 12,5%
1.25E9 as #,##0,," triệu": 1250000000
1.25E9 as #,##0,,: 1.250'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi

#!/usr/bin/env bash
# Package: org.apache.poi:poi 5.5.1 (Maven), its DateUtil and DataFormatter, 2026-11-30.
# Behaviour: a day whose format has words in quotes is no date for the library. The way in
# which Vietnamese documents write a day, "ngày "dd" tháng "mm" năm "yyyy, and a label
# before a day or a month give the number of days since 1900 instead of the day. The
# same cell with figures only is a date. The words of the format are lost too.
# Output seen:
#   dd/mm/yyyy: date true, 05/10/2020
#   "ngày "dd" tháng "mm" năm "yyyy: date false, 44109.0
#   "Hà Nội, "dd/mm/yyyy: date false, 44109.0
#   "Tháng "mm/yyyy: date false, 44109.0
# Meaning for users: registers of documents received and issued have their days in such
# columns. What is read of them is a figure that no search for the day finds, and
# a program that asks DateUtil.isCellDateFormatted stores it as an amount.
# Consequence here: index/read takes what the cell shows, "ngày 05 tháng 10 năm 2020".
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
import java.time.LocalDate;
import java.util.Locale;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.DataFormatter;
import org.apache.poi.ss.usermodel.DateUtil;
import org.apache.poi.ss.usermodel.Workbook;

public class Shown {
  public static void main(String[] args) throws Exception {
    show("dd/mm/yyyy");
    show("\"ngày \"dd\" tháng \"mm\" năm \"yyyy");
    show("\"Hà Nội, \"dd/mm/yyyy");
    show("\"Tháng \"mm/yyyy");
  }

  static void show(String format) throws Exception {
    try (Workbook book = new HSSFWorkbook()) {
      Cell cell = book.createSheet().createRow(0).createCell(0);
      cell.setCellValue(LocalDate.of(2020, 10, 5));
      CellStyle style = book.createCellStyle();
      style.setDataFormat(book.createDataFormat().getFormat(format));
      cell.setCellStyle(style);
      String shown = new DataFormatter(Locale.forLanguageTag("vi-VN")).formatCellValue(cell);
      System.out.println(format + ": date " + DateUtil.isCellDateFormatted(cell) + ", " + shown);
    }
  }
}
JAVA
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib >/dev/null 2>&1
seen=$(java -Dstdout.encoding=UTF-8 -Dfile.encoding=UTF-8 -cp "lib/*" Shown.java 2>/dev/null | grep -v Log4j)
echo "$seen"
want='dd/mm/yyyy: date true, 05/10/2020
"ngày "dd" tháng "mm" năm "yyyy: date false, 44109.0
"Hà Nội, "dd/mm/yyyy: date false, 44109.0
"Tháng "mm/yyyy: date false, 44109.0'
if [ "$seen" != "$want" ]; then
  echo "changed"
  exit 1
fi
